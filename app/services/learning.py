"""The learner: a head and its calibration at work on the library's embeddings.

It opens no library and no thread: whoever has those gives it embeddings, decisions and the
network's own tags, and gets back what is to be suggested. One thread uses it at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.photo import PhotoId
from app.core.rules import SCORE_FLOOR
from app.core.tag import Suggestion, Tag
from app.learning.background import Background
from app.learning.calibration import Calibration, calibrate
from app.learning.cross_validation import held_out
from app.learning.examples import Example, ancestry
from app.learning.heads import Head, load_head, make_head, save_head
from app.learning.scan import score_all

#: Tags that the network suggests for a photo, with its certainty.
NetworkTags = Mapping[Tag, float]


class Learner:
    """Learns from decisions and says what they mean for photos.

    Args:
        head: what learns.
        calibration: what its scores are worth.
    """

    def __init__(self, head: Head, calibration: Calibration | None = None) -> None:
        self.head = head
        self.calibration = calibration or Calibration()
        #: Whether it was stopped in the middle of `settle`.
        self._is_half_settled = False

    @classmethod
    def new(cls, kind: str, model: str, size: int) -> Learner:
        """One that knows nothing.

        Args:
            kind: of head, one of `app.learning.heads.KINDS`.
            model: key of the network.
            size: values per embedding.
        """
        return cls(make_head(kind, model, size))

    @classmethod
    def load(cls, path: Path, model: str) -> Learner:
        """One that was saved.

        Raises:
            ModelError: there is none, it is damaged, or it belongs to another network: then a new
                one has to learn from the decisions that the library keeps.
        """
        head, extra = load_head(path, model)
        try:
            return cls(head, Calibration.from_arrays(extra))
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(path, "its calibration is damaged") from error

    def save(self, path: Path) -> None:
        """Keep it in a file.

        Raises:
            ModelError: it cannot be written.
        """
        save_head(self.head, path, self.calibration.to_arrays())

    # Learning

    def decide(
        self,
        photo: PhotoId,
        embedding: NDArray[np.floating],
        confirmed: Iterable[Tag],
        rejected: Iterable[Tag],
    ) -> frozenset[Tag]:
        """All that is decided about a photo now, in place of what was before; none is undoing.

        Returns:
            The tags to be scored anew over the library.
        """
        right, wrong = frozenset(confirmed), frozenset(rejected)
        if not right and not wrong:
            return self.head.forget(photo)
        return self.head.learn(Example(photo, embedding, right, wrong))

    def forget(self, photo: PhotoId) -> frozenset[Tag]:
        """Nothing is decided about a photo any longer; returns as `decide`."""
        return self.head.forget(photo)

    @property
    def stale(self) -> bool:
        """Whether `settle` is worth its time."""
        return self.head.stale or self._is_half_settled

    def settle(
        self,
        library: NDArray[np.floating] | None = None,
        network: Callable[[Sequence[PhotoId], Sequence[Tag]], NDArray[np.floating]] | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> frozenset[Tag] | None:
        """Fit and calibrate anew; it takes seconds where there are thousands of examples.

        Args:
            library: embeddings of all photos there are, shape (photos, size); None leaves the
                head's picture of the library as it was.
            network: gives the network's own probabilities, shape (photos, tags), NaN for tags
                that it does not know.
            stopped: is asked now and then whether to give up; it is `stale` again then.

        Returns:
            The tags to be scored anew: all of them. None if it was given up.
        """
        before = frozenset(self.head.tags)
        background = Background.of(library) if library is not None else None
        self._is_half_settled = True
        self.head.fit(background, stopped)
        judged = None if stopped() else held_out(self.head, stopped=stopped)
        if judged is None:
            return None
        examples, background = self.head.examples, self.head.background
        known = set(self.head.tags)
        scored = np.full((len(background.sample), len(judged.tags)), np.nan)
        columns = [n for n, tag in enumerate(judged.tags) if tag in known]
        if len(background.sample):
            chosen = [judged.tags[n] for n in columns]
            scored[:, columns] = self.head.scores(background.sample, chosen)
        said = None
        if network is not None:
            photos = [example.photo for example in examples]
            said = np.asarray(network(photos, judged.tags), dtype=np.float64)
        if stopped():
            return None
        self.calibration = calibrate(judged, scored, said, background.photos)
        self._is_half_settled = False
        return before | known

    # Answering

    def certainties(
        self,
        matrix: NDArray[np.floating],
        tags: Collection[Tag],
        network: NDArray[np.floating] | None = None,
        *,
        inverse_lengths: NDArray[np.float32] | None = None,
        calibration: Calibration | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> NDArray[np.float32]:
        """How certain some tags are for all photos: what is to be done after a correction.

        Args:
            matrix: embeddings, shape (photos, size), perhaps a memory map.
            tags: those that `decide` has named; one that the head does not know (any longer) is as
                certain as the network says.
            network: the network's own probabilities, shape (photos, tags), NaN where it has none.
            inverse_lengths: see `app.learning.boundary.score`.
            calibration: of `calibration_of`, if it is known.

        Returns:
            Shape (photos, tags). Rejections and what photos have already are not looked at.
        """
        columns = list(tags)
        known = set(self.head.tags)
        taught = [n for n, tag in enumerate(columns) if tag in known]
        scores = np.full((len(matrix), len(columns)), np.nan, np.float32)
        scores[:, taught] = score_all(
            self.head,
            matrix,
            [columns[n] for n in taught],
            inverse_lengths=inverse_lengths,
            stopped=stopped,
        )
        calibration = calibration or self.calibration_of(columns)
        return calibration.certainties(columns, scores, network, self._counts(columns))

    def calibration_of(self, tags: Iterable[Tag]) -> Calibration:
        """What scores are worth, of tags that came after the last `settle` as well."""
        head = self.head
        if not len(head.background.sample):
            return self.calibration
        known, shares = set(head.tags), self.calibration.shares
        new = [tag for tag in tags if tag in known and tag not in shares]
        if not new:
            return self.calibration
        background = head.background
        scores = head.scores(background.sample, new)
        return self.calibration.with_new(new, scores, self._counts(new), background.photos)

    def suggest(
        self,
        embeddings: NDArray[np.floating],
        network: Sequence[NetworkTags],
        confirmed: Sequence[Collection[Tag]],
        rejected: Sequence[Collection[Tag]],
        *,
        floor: float = SCORE_FLOOR,
    ) -> list[tuple[Suggestion, ...]]:
        """One list for each photo: the head's tags and the network's, best first.

        A tag is at least as certain as any tag below it: a cat is an animal. What stands above a
        suggested tag is not suggested beside it unless it is more certain.

        Args:
            embeddings: shape (photos, size).
            network: what the network suggests for each photo.
            confirmed: tags of each photo; neither they nor what stands above them is suggested.
            rejected: tags of each photo; neither they nor what stands below them ever comes back.
            floor: what is less certain is left out.
        """
        known = set(self.head.tags)
        columns = sorted(known.union(*network))
        place = {tag: n for n, tag in enumerate(columns)}
        said = np.full((len(embeddings), len(columns)), np.nan)
        for row, tags in enumerate(network):
            for tag, score in tags.items():
                said[row, place[tag]] = score
        sure = self.certainties(embeddings, columns, said)
        found = []
        for row, has, lacks in zip(sure, confirmed, rejected, strict=True):
            scores = {
                columns[n]: float(row[n])
                for n in np.flatnonzero(row >= floor)
                if ancestry((columns[n],)).isdisjoint(lacks)
            }
            found.append(self._list(scores, ancestry(has), known))
        return found

    def _list(
        self, scores: dict[Tag, float], had: frozenset[Tag], known: set[Tag]
    ) -> tuple[Suggestion, ...]:
        below: dict[Tag, float] = {}
        for tag, score in scores.items():
            for above in ancestry((tag,)) - {tag}:
                below[above] = max(below.get(above, 0.0), score)
        return tuple(
            Suggestion(
                tag,
                round(score, 4),
                f"{self.head.kind}:{self.head.model}" if tag in known else self.head.model,
            )
            for tag, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))
            if tag not in had and score > below.get(tag, 0.0)
        )

    def _counts(self, tags: Iterable[Tag]) -> Mapping[Tag, int]:
        return {tag: self.head.count_of(tag) for tag in tags}
