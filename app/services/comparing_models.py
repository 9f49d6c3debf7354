"""Which network learns the user's own tags best, and how fast it is on the user's own photos.

The published accuracy of a network says how well it knows ImageNet's thousand classes. What counts
here is something else: how well its embeddings tell apart what the user has named. So the photos
with confirmed tags are asked about by a head that was taught the others (cross-validation), with
each network's embeddings; those that the library has are used, the others are made and not kept.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.embedding import powered
from app.core.errors import FileError, UsageError
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import leaves
from app.learning.cross_validation import OutOfFold, out_of_fold
from app.learning.evaluation import average_precision
from app.learning.examples import Example, ExampleSet
from app.learning.nearest_mean import NearestMeanHead
from app.library.learned import Decided
from app.library.library import DATABASE, Library
from app.services.calibrating import spread
from app.services.features import look_at
from app.vision.catalogue import ModelCard
from app.vision.litert import LiteRTEmbedder

#: Tags with fewer confirmed photos are left out: one or two answers say nothing about a network.
FEWEST_PHOTOS = 5
#: So many such tags there must be; to know the only one there is needs no network.
FEWEST_TAGS = 2
#: Photos on which the speed is measured.
_TIMED = 24


@dataclass(frozen=True, slots=True)
class Step:
    """Photo `done` of `total` with one network."""

    model: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One network.

    Attributes:
        photos: that it was asked about.
        tags: that it had to tell apart.
        accuracy: share of photos whose likeliest tag is one that the user has confirmed.
        average_precision: the mean over the tags; 1 if each tag's photos come first.
        photos_a_second: decoding included, with all cores.
        bytes: of its file.
    """

    model: str
    name: str
    photos: int
    tags: int
    accuracy: float
    average_precision: float
    photos_a_second: float
    bytes: int

    @property
    def margin(self) -> float:
        """How far the accuracy may be off, being that of so few photos: 19 times of 20 less."""
        return 1.96 * math.sqrt(self.accuracy * (1 - self.accuracy) / self.photos)


@dataclass(slots=True)
class Comparing:
    """Comparing networks. Iterating does it; who stops iterating stops it.

    Attributes:
        library_folder: of the library with the confirmed tags. It is only read.
        cards: of the networks, all of which must be here.
        at_most: photos, spread over the tags.
        crops: of each photo that has to be looked at, 1 or 3.
        results: of the networks that are done, in their order.
        failed: photos that could not be read, each once.
    """

    library_folder: Path
    cards: Sequence[ModelCard]
    at_most: int = 300
    crops: int = 3
    results: list[Compared] = field(default_factory=list)
    failed: dict[Path, FileError] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Step]:
        """Do it.

        Raises:
            UsageError: too little is confirmed; it says how much is needed.
            ModelError: a network is not there or damaged.
        """
        if not (self.library_folder / DATABASE).is_file():
            raise UsageError(_too_few(Counter()))
        with Library(self.library_folder) as library:
            for card in self.cards:
                chosen = self._choose(library, library.decided_photos(card.key))
                yield from self._compare(library, card, chosen)

    def _choose(
        self, library: Library, decided: Mapping[PhotoId, Decided]
    ) -> dict[PhotoId, tuple[Path, Decided]]:
        """Photos with confirmed tags, spread over these tags; the same ones for each network."""
        confirmed = Counter(tag for about in decided.values() for tag in about.confirmed)
        tags = {tag for tag, photos in confirmed.items() if photos >= FEWEST_PHOTOS}
        found = []
        for photo_id, about in decided.items():
            named = about.confirmed & tags
            photo = library.by_id(photo_id) if named else None
            if photo is not None and photo.path.is_file():
                found.append((min(named), photo_id, photo.path, about))
        found.sort(key=lambda each: each[:2])
        chosen = spread(found, self.at_most)
        kept = Counter(tag for _, _, _, about in chosen for tag in about.confirmed & tags)
        if sum(photos >= FEWEST_PHOTOS for photos in kept.values()) < FEWEST_TAGS:
            raise UsageError(_too_few(confirmed))
        return {photo_id: (path, about) for _, photo_id, path, about in chosen}

    def _compare(
        self, library: Library, card: ModelCard, chosen: Mapping[PhotoId, tuple[Path, Decided]]
    ) -> Iterator[Step]:
        known = _known(library, card, chosen)
        # Whatever is known, the speed is measured on the same photos for all networks.
        asked = spread(list(chosen), _TIMED)
        asked += [photo for photo in chosen if photo not in known and photo not in asked]
        width, height = card.input_size
        embedder = LiteRTEmbedder(card)
        embedder.embed(np.zeros((1, height, width, 3), np.uint8))
        for path in (chosen[photo][0] for photo in asked[:_TIMED]):
            with suppress(OSError):
                path.read_bytes()  # none shall wait for the disk because it came first
        seconds, seen = 0.0, 0
        started = time.perf_counter()
        paths = [chosen[photo][0] for photo in asked]
        for done, (photo, answer) in enumerate(
            zip(asked, look_at(paths, embedder, self.crops), strict=True), 1
        ):
            seconds += time.perf_counter() - started
            if isinstance(answer, FileError):
                self.failed[answer.path] = answer
            else:
                seen += 1
                known.setdefault(photo, powered(answer.embedding))
            yield Step(card.id, done, len(asked))
            started = time.perf_counter()
        examples = ExampleSet(card.embedding_size)
        for photo, (_, about) in chosen.items():
            if photo in known:
                right, wrong = frozenset(about.confirmed), frozenset(about.rejected)
                examples.put(Example(photo, known[photo], right, wrong))
        accuracy, precision, tags = _judge(card, examples)
        self.results.append(
            Compared(
                card.id,
                card.name,
                len(examples),
                tags,
                accuracy,
                precision,
                seen / seconds if seconds else 0.0,
                card.file.stat().st_size,
            )
        )


def _known(
    library: Library, card: ModelCard, photos: Mapping[PhotoId, tuple[Path, Decided]]
) -> dict[PhotoId, NDArray[np.floating]]:
    """The embeddings that the library has."""
    matrix = library.embedding_file(card.key, card.embedding_size).matrix()
    return {
        photo: matrix[about.row]
        for photo, (_, about) in photos.items()
        if about.row is not None and about.row < len(matrix) and matrix[about.row].any()
    }


def _judge(card: ModelCard, examples: ExampleSet) -> tuple[float, float, int]:
    """Accuracy, mean average precision, and the number of tags."""
    background = Background.of(np.array([example.embedding for example in examples]))
    judged = out_of_fold(NearestMeanHead.kind, card.key, examples, background)
    columns = _columns(judged)
    scores = np.nan_to_num(judged.scores[:, columns], nan=-np.inf)
    right = judged.right[:, columns]
    asked = right.any(axis=1)
    first = scores.argmax(axis=1)
    hits = right[np.arange(len(right)), first][asked]
    precisions = [average_precision(scores[:, n], right[:, n]) for n in range(len(columns))]
    return float(hits.mean()), float(np.mean(precisions)), len(columns)


def _columns(judged: OutOfFold) -> list[int]:
    """The tags that are judged: with enough photos, and none of them above another."""
    often = frozenset(
        tag
        for number, tag in enumerate(judged.tags)
        if judged.right[:, number].sum() >= FEWEST_PHOTOS
    )
    kept = leaves(often)
    return [number for number, tag in enumerate(judged.tags) if tag in kept]


def _too_few(confirmed: Counter[Tag]) -> str:
    enough = sum(photos >= FEWEST_PHOTOS for photos in confirmed.values())
    return (
        f"too little is confirmed to compare networks by: {FEWEST_TAGS} tags with"
        f" {FEWEST_PHOTOS} confirmed photos each are needed, and {enough} of your"
        f" {len(confirmed)} tags have so many"
    )
