"""One network in float, dynamic and int8, side by side on photos.

What is compared is what tagging does with a network: the same crops, LiteRT on the processor, one
photo at a time, the same rules. The clock runs for one crop, whatever the answer is made of. The
precisions take turns photo by photo, and who begins changes, so that whatever else the machine does
meanwhile falls on all of them.
"""

from __future__ import annotations

import math
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from app.core.cpu import usable_cores
from app.core.errors import FileError, ReadError, UsageError
from app.core.rules import Labeller
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.learning.evaluation import rank_of, top_k_accuracy
from app.services.calibrating import calibration_inputs
from app.services.evaluation import Example
from app.services.features import load_crops
from app.vision.catalogue import ModelCard
from app.vision.convert import Precision, convert
from app.vision.crops import join_crops
from app.vision.embedder import Prediction
from app.vision.litert import LiteRTEmbedder
from app.vision.networks.load import load_float
from app.vision.register import NewFloatModel, NewNetwork, register
from app.vision.variant import variant

#: In the order in which they are shown; the first is what the others are compared with.
PRECISIONS: tuple[Precision, ...] = ("float", "dynamic", "int8")
#: Photos before the clock counts: the first runs allocate.
_WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done: loading the float network, converting, or judging photo `done`."""

    doing: Literal["load", "convert", "judge"]
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """One precision, on some photos.

    Attributes:
        bytes: of the LiteRT file.
        milliseconds: median of one photo's single crop, from pixels to scores.
        top_k: how often the right class is among the first 1, 5 and 10; None where nobody knows.
        same_first: share of photos whose best class is that of float.
        same_tags: share of photos that get exactly the tags that they get with float.
        largest_difference: of any score of any photo from that of float, 0 to 1.
        cosine: the mean between embeddings and those of float.
        cosine_least: the least of these.
    """

    precision: Precision
    bytes: int
    milliseconds: float
    top_k: dict[int, float] | None
    same_first: float
    same_tags: float
    largest_difference: float
    cosine: float
    cosine_least: float


@dataclass
class Answers:
    """What one precision said, photo by photo, and how long that took."""

    seconds: list[float] = field(default_factory=list)
    scores: list[NDArray[np.float32]] = field(default_factory=list)
    embeddings: list[NDArray[np.float32]] = field(default_factory=list)
    tags: list[frozenset[Tag]] = field(default_factory=list)


class Quantising:
    """Converting a network in several ways, and judging them. Iterating does it.

    A context manager: the files are in a temporary folder.

    Args:
        card: of a network with a float form.
        photos: to judge with; those without classes only say how far the precisions agree.
        calibration: photos for int8.
        labeller: makes tags of scores.
        settings: how many crops are looked at, and which tags count as given.
        threads: that one run may use; None for all there are.
        given: LiteRT files that are there already and are not made anew.

    Attributes:
        failed: photos that could not be read.
    """

    def __init__(
        self,
        card: ModelCard,
        photos: Sequence[Example],
        calibration: Sequence[Path],
        labeller: Labeller,
        settings: TagSettings,
        *,
        threads: int | None = None,
        precisions: Sequence[Precision] = PRECISIONS,
        given: dict[Precision, bytes] | None = None,
    ) -> None:
        if card.float_model is None:
            raise UsageError(
                f"{card.id}: there is no float form of this network here, which this starts from"
            )
        if not photos:
            raise UsageError("there are no photos to judge with; name a folder of them")
        self._card = card
        self._photos = photos
        self._calibration = calibration
        self._labeller = labeller
        self._settings = settings
        self.threads = threads or usable_cores()
        self._precisions = tuple(precisions)
        self._content: dict[Precision, bytes] = dict(given or {})
        self._answers = {precision: Answers() for precision in self._precisions}
        self._ranks: dict[Precision, list[int]] = {each: [] for each in self._precisions}
        self._folder = tempfile.TemporaryDirectory(prefix="tagwright-")
        self.failed: list[FileError] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def __iter__(self) -> Iterator[Step]:
        # First, what can go wrong for want of photos.
        samples = None
        missing = [each for each in self._precisions if each not in self._content]
        if "int8" in missing:
            samples = calibration_inputs(self._card, self._calibration)
        if missing:
            yield Step("load")
            model: Any = load_float(self._card)
            for done, precision in enumerate(missing):
                yield Step("convert", done, len(missing))
                self._content[precision] = convert(model, precision, samples)
            del model
        yield from self._judge()

    def _judge(self) -> Iterator[Step]:
        embedders = {
            precision: LiteRTEmbedder(
                variant(
                    self._card,
                    self._content[precision],
                    Path(self._folder.name) / f"{precision}.tflite",
                ),
                threads=self.threads,
            )
            for precision in self._precisions
        }
        width, height = self._card.input_size
        for _ in range(_WARM_UP):
            for embedder in embedders.values():
                embedder.embed(np.zeros((1, height, width, 3), np.uint8))
        order = list(self._precisions)
        for done, photo in enumerate(self._photos):
            yield Step("judge", done, len(self._photos))
            try:
                crops = load_crops(photo.path, self._card, self._settings.crops)
            except FileError as error:
                self.failed.append(error)
                continue
            for precision in order:
                started = time.perf_counter()
                said = embedders[precision].embed(crops[len(crops) // 2 :][:1])
                seconds = time.perf_counter() - started
                if len(crops) > 1:
                    said = embedders[precision].embed(crops)
                self._note(precision, photo, said, seconds)
            order.append(order.pop(0))

    def _note(self, precision: Precision, photo: Example, said: Prediction, seconds: float) -> None:
        answers = self._answers[precision]
        embedding, scores = join_crops(said)
        answers.seconds.append(seconds)
        answers.scores.append(scores.copy())
        answers.embeddings.append(embedding.copy())
        suggestions = self._labeller.suggest(scores, self._card.id, choice=self._settings.choice)
        answers.tags.append(
            frozenset(each.tag for each in suggestions if each.score >= self._settings.min_score)
        )
        if photo.classes:
            self._ranks[precision].append(rank_of(scores, photo.classes))

    def judged(self) -> list[Judged]:
        """What came out.

        Raises:
            UsageError: no photo could be read.
        """
        first = self._answers[self._precisions[0]]
        if not first.seconds:
            raise UsageError("none of the photos can be read")
        scores, embeddings = np.array(first.scores), np.array(first.embeddings)
        found = []
        for precision in self._precisions:
            answers, ranks = self._answers[precision], self._ranks[precision]
            others, cosines = np.array(answers.scores), _cosines(embeddings, answers.embeddings)
            same = [one == other for one, other in zip(first.tags, answers.tags, strict=True)]
            found.append(
                Judged(
                    precision,
                    len(self._content[precision]),
                    1000 * float(np.median(answers.seconds)),
                    top_k_accuracy(ranks) if ranks else None,
                    float(np.mean(scores.argmax(axis=1) == others.argmax(axis=1))),
                    float(np.mean(same)),
                    float(np.abs(scores - others).max()),
                    float(cosines.mean()),
                    float(cosines.min()),
                )
            )
        return found

    def speed_up(self, precision: Precision) -> float:
        """How many times as fast it is as the first one: the median over the photos' ratios."""
        first = self._answers[self._precisions[0]].seconds
        other = self._answers[precision].seconds
        return float(np.median(np.divide(first, other)))

    def points_lost(self, precision: Precision) -> tuple[float, float] | None:
        """How many points of top-1 it loses to the first one, and how far that may be off.

        Both have seen the same photos, so only those count on which one of them is right and the
        other wrong; 19 times of 20, the loss over many photos is within the margin of this one.
        """
        first, other = (np.array(self._ranks[p]) == 1 for p in (self._precisions[0], precision))
        if not len(first):
            return None
        lost = 100.0 * (first.astype(np.float64) - other)
        return float(lost.mean()), 1.96 * float(lost.std()) / math.sqrt(len(lost))

    def keep(self, precision: Precision, models: Path) -> ModelCard:
        """Put one of them into the user's catalogue, with a copy of the float form.

        Args:
            models: the user's folder of networks.

        Raises:
            UsageError: there is one of that name already.
            ModelError: it cannot be written.
        """
        card, source = self._card, self._card.float_model
        assert source is not None
        copy = Path(self._folder.name) / source.file.name
        try:
            shutil.copyfile(source.file, copy)
        except OSError as error:
            raise ReadError(source.file, error.strerror or str(error)) from error
        kept = ("licence", "source", "confidence", "labels_are")
        more = {key: card.card[key] for key in kept if key in card.card}
        return register(
            models,
            NewNetwork(
                id=f"{card.id}-{precision}",
                name=f"{card.name} ({precision})",
                litert=self._content[precision],
                labels=card.labels_file.read_text("utf-8").splitlines(),
                input_size=card.input_size,
                mean=card.mean,
                std=card.std,
                embedding_size=card.embedding_size,
                crop_fraction=card.crop_fraction,
                channels=card.channels,
                activation=card.activation,
                quantisation=precision,
                float_model=NewFloatModel(source.kind, source.architecture, copy),
                more=more | {"made_from": card.id},
            ),
        )


def _cosines(
    one: NDArray[np.float32], others: Sequence[NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Row by row; 1 between rows of zeros."""
    other = np.array(others)
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    lengths = np.where(lengths == 0, 1, lengths)
    both_empty = ~one.any(axis=1) & ~other.any(axis=1)
    return np.where(both_empty, 1, np.vecdot(one, other) / lengths).astype(np.float32)


def split_for_calibration(photos: Sequence[Example]) -> tuple[list[Example], list[Path]]:
    """Every fifth photo to calibrate with, the others to judge with."""
    judged = [photo for number, photo in enumerate(photos) if number % 5]
    return judged, [photo.path for photo in photos[::5]]
