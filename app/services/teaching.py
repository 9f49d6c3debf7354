"""Learning from the decisions in a library, and what follows from them for its photos.

Without threads: `app.workers.teacher` calls it, reads with a library of its own, and hands what is
to be changed to the thread that writes.

What is suggested depends on the examples, and on when the head was last settled (its metric, its
calibration and its picture of the library). It is settled at fixed points, whenever the examples
have grown enough, so that the same decisions in the same order give the same suggestions; and what
was in use with a set of examples is in use again when an undo brings that set back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.photo import PhotoId
from app.core.rules import SCORE_FLOOR, Labeller
from app.core.tag import Suggestion, Tag
from app.learning.calibration import Calibration
from app.learning.examples import ancestry
from app.learning.fixed import FixedHead
from app.learning.heads import load_head, save_head
from app.learning.nearest_mean import KEPT_METRICS, Metric, NearestMeanHead
from app.library.learned import LEARNED, LearnedTag, example_count
from app.library.library import Library
from app.services.learning import Learner
from app.services.spreading import ScanRows, priority_of, rescore

_log = logging.getLogger(__name__)

#: What is less certain is not suggested. Higher than for the network's tags, of which a photo has
#: few: a learned tag stands beside all others, and most of what is shown of it should be right.
#: One kind of flower named among five kinds and 300 other photos, nothing rejected yet: from 0.25
#: on 36 % of what was suggested after three photos was right and 44 % after ten (with 89 and 92 %
#: of the kind found), from 0.4 on 48 and 60 % (82 and 85 % found).
FLOOR = 0.4
#: A tag that the network knows by itself is suggested as a learned one from so many examples on:
#: until then the network's own word is worth more (the first photo of a tripod that was named made
#: a cat one with 44 %). Names that it does not know are suggested from the first.
KNOWN_FROM = 3
#: The library's picture is taken anew when it has so many times the photos.
_GROWTH = 1.5
#: Beyond so many examples the network's own word about them is not asked for: it takes a
#: look at each one's class scores.
_ASKED = 2000
#: So many new photos are scored faster together with all others.
_MANY = 500


@dataclass(frozen=True, eq=False, slots=True)
class LearnedTags:
    """What was learned, at one moment: it never changes, and any thread may ask it.

    Attributes:
        model: key of the network whose embeddings it knows.
        unripe: tags of which there are too few examples (see `KNOWN_FROM`).
    """

    model: str
    head: FixedHead
    calibration: Calibration
    unripe: frozenset[Tag] = frozenset()

    def suggest(
        self,
        embedding: NDArray[np.floating],
        network: Sequence[Suggestion],
        confirmed: Collection[Tag],
        rejected: Collection[Tag],
    ) -> tuple[Suggestion, ...]:
        """The learned tags for one photo, without those of which the network is more certain.

        Args:
            embedding: shape (size,).
            network: what the network suggests.
            confirmed: neither they nor what stands above them is suggested.
            rejected: neither they nor what stands below them is suggested.
        """
        tags = self.head.tags
        if not tags:
            return ()
        others = {s.tag: s for s in network if s.tag not in rejected}
        said = np.array([[others[t].score if t in others else np.nan for t in tags]])
        # As the library keeps it, and scored by length 1 like there.
        scores = self.head.scores(np.asarray(embedding, "<f2")[None], tags)
        sure = self.calibration.certainties(tags, scores, said, self.head.counts)
        rounded = np.round(sure[0].astype(np.float64), 4)
        open_ = {
            tags[n]: float(rounded[n])
            for n in np.flatnonzero(rounded >= FLOOR)
            if ancestry((tags[n],)).isdisjoint(rejected) and tags[n] not in self.unripe
        }
        below: dict[Tag, float] = {}
        for tag, score in [*open_.items(), *((s.tag, s.score) for s in others.values())]:
            for above in ancestry((tag,)) - {tag}:
                below[above] = max(below.get(above, 0.0), score)
        had = ancestry(confirmed)
        return tuple(
            Suggestion(
                tag,
                score,
                f"{LEARNED}{self.head.counts[tag]}",
                max(priority_of(score), others[tag].priority)
                if tag in others
                else priority_of(score),
            )
            for tag, score in sorted(open_.items(), key=lambda item: (-item[1], item[0]))
            if tag not in had
            and score > below.get(tag, 0.0)
            and (tag not in others or score > others[tag].score)
        )


class Teaching:
    """One network's head over one library. One thread uses it.

    Args:
        folder: where heads are kept.
        model: key of the network.
        size: values per embedding.
        labeller, crops, classes: what else is to be known to read the network's answers.
    """

    def __init__(
        self, folder: Path, model: str, size: int, labeller: Labeller, crops: int, classes: int
    ) -> None:
        self.model = model
        self._size = size
        self._labeller = labeller
        self._crops = crops
        self._classes = classes
        name = "".join(c if c.isalnum() or c in "-_.@" else "_" for c in model)
        self._path = folder / f"{name}.npz"
        self._learner = Learner.new(NearestMeanHead.kind, model, size)
        self._rows = ScanRows()
        #: How many rows the embeddings had when the head's picture of the library was taken.
        self._pictured = 0
        #: Photos up to this row of the embeddings have the suggestions that they should have.
        self._done = 0
        self._calibrations: list[tuple[Metric | None, Calibration]] = []
        self._is_changed = False

    @property
    def _head(self) -> NearestMeanHead:
        head = self._learner.head
        assert isinstance(head, NearestMeanHead)
        return head

    def read_with(self, labeller: Labeller, crops: int) -> None:
        """Read the network's answers in another way from now on."""
        self._labeller, self._crops = labeller, crops

    # Keeping

    def open(self, library: Library) -> set[Tag]:
        """Take up what was saved, and all that has been decided since.

        Returns:
            The tags to be scored anew.
        """
        known = True
        try:
            head, extra = load_head(self._path, self.model)
            if not isinstance(head, NearestMeanHead) or head.examples.size != self._size:
                raise ModelError(self._path, "is another kind of head")
            self._learner = Learner(head, Calibration.from_arrays(extra))
            self._pictured, self._done = (int(number) for number in extra["rows"])
        except (ModelError, ValueError, KeyError, TypeError) as error:
            if self._path.exists():
                _log.warning("learning anew: %s", error)
            self._learner = Learner.new(NearestMeanHead.kind, self.model, self._size)
            self._pictured = self._done = 0
            known = False
        self._calibrations = [(self._head.metric, self._learner.calibration)]
        self._is_changed = not known
        self._rows = ScanRows()
        # Also those of which nothing is suggested: perhaps since learning was switched off.
        changed = set(library.learned_tags(self.model)) ^ set(self._head.tags)
        decided = library.decided_photos(self.model)
        photos = {*decided, *(example.photo for example in self._head.examples)}
        changed |= self.take(library, photos)
        if self.needs_settling(library):
            changed |= self.settle(library)
        new = library.embedding_rows(self.model, self._done)
        if not known or len(new) > _MANY:
            changed |= set(self._head.tags)
            self._set_done(max((row + 1 for _, row in new), default=self._done))
        return changed

    def save(self) -> None:
        """Keep what was learned, if it has changed.

        Raises:
            ModelError: it cannot be written.
        """
        if not self._is_changed:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ModelError(self._path, error.strerror or str(error)) from error
        rows = np.array([self._pictured, self._done], dtype=np.int64)
        arrays = self._learner.calibration.to_arrays() | {"rows": rows}
        save_head(self._head, self._path, arrays)
        self._is_changed = False

    # Learning

    def take(self, library: Library, photos: Iterable[PhotoId]) -> set[Tag]:
        """Learn what is decided about some photos now, whatever was decided before.

        Returns:
            The tags to be scored anew.
        """
        changed: set[Tag] = set()
        known = self._head.examples
        decided = library.decided_photos(self.model, list(photos))
        matrix = None
        for photo, about in decided.items():
            is_example = about.row is not None and (about.confirmed or about.rejected)
            if not is_example:
                if known.get(photo) is not None:
                    changed |= self._learner.forget(photo)
                continue
            if matrix is None or about.row >= len(matrix):  # type: ignore[operator]
                matrix = library.embedding_file(self.model, self._size).matrix()
            if about.row < len(matrix):  # type: ignore[operator]
                changed |= self._learner.decide(
                    photo, matrix[about.row], about.confirmed, about.rejected
                )
        if changed:
            self._is_changed = True
            self._follow_metric()
        return changed

    def needs_settling(self, library: Library) -> bool:
        """Whether `settle` is due."""
        return bool(self._head.tags) and (self._learner.stale or self._has_grown(library))

    def has_no_picture(self, library: Library) -> bool:
        """Whether it knows so little of the library that nothing can be said before `settle`."""
        return bool(self._head.tags) and self._has_grown(library)

    def settle(self, library: Library) -> set[Tag]:
        """Learn what is near and what scores are worth; takes a second or more.

        Returns:
            The tags to be scored anew: all.
        """
        matrix = library.embedding_file(self.model, self._size).matrix()
        grown = self._has_grown(library)
        changed = self._learner.settle(matrix if grown else None, self._network(library))
        if grown:
            self._pictured = len(matrix)
        self._is_changed = True
        self._remember()
        return set(changed)

    def _has_grown(self, library: Library) -> bool:
        rows = len(library.embedding_file(self.model, self._size).matrix())
        return rows >= max(1, self._pictured) * _GROWTH or rows > 0 == self._pictured

    def _remember(self) -> None:
        """Note which calibration goes with the metric."""
        metric = self._head.metric
        kept = [each for each in self._calibrations if each[0] is not metric]
        self._calibrations = [*kept, (metric, self._learner.calibration)][-KEPT_METRICS - 1 :]

    def _follow_metric(self) -> None:
        """With a metric of before (an undo) its calibration comes back."""
        for metric, calibration in self._calibrations:
            if metric is self._head.metric:
                self._learner.calibration = calibration
                return
        self._remember()

    def _network(
        self, library: Library
    ) -> Callable[[Sequence[PhotoId], Sequence[Tag]], NDArray[np.float64]]:
        aliases = library.aliases()

        def said(photos: Sequence[PhotoId], tags: Sequence[Tag]) -> NDArray[np.float64]:
            found = np.full((len(photos), len(tags)), np.nan)
            if len(photos) > _ASKED:
                return found
            column = {tag: n for n, tag in enumerate(tags)}
            for row, photo in enumerate(photos):
                known = library.analysis(photo, self.model, self._crops, self._classes)
                if known is None:
                    continue
                names, scores = self._labeller.tag_scores(known.scores)
                for n in np.flatnonzero(scores >= SCORE_FLOOR):
                    tag = aliases.get(names[n], names[n])
                    if tag in column:
                        found[row, column[tag]] = max(
                            float(scores[n]), np.nan_to_num(found[row, column[tag]])
                        )
            return found

        return said

    # Answering

    def snapshot(self) -> LearnedTags:
        """What was learned, for other threads."""
        made = LearnedTags(
            self.model, FixedHead.of(self._head), self._learner.calibration, self._unripe()
        )
        self._remember()
        return made

    def rescore(
        self, library: Library, tags: Collection[Tag], stopped: Callable[[], bool]
    ) -> Mapping[Tag, LearnedTag | None] | None:
        """Who is to be suggested some tags, and those above them, of all photos.

        Args:
            stopped: is asked now and then whether to give up.

        Returns:
            None if it was given up.
        """
        self._rows.update(library, self.model)
        matrix = library.embedding_file(self.model, self._size).matrix()
        found = rescore(
            self._learner, library, matrix, self._rows, tags, FLOOR, stopped, self._unripe()
        )
        self._remember()
        if found is not None:
            # Those after it were told the other tags when they were recorded.
            self._set_done(len(self._rows.photos))
        return found

    def _unripe(self) -> frozenset[Tag]:
        known = ancestry(self._labeller.tags)
        head = self._head
        return frozenset(t for t in head.tags if t in known and head.count_of(t) < KNOWN_FROM)

    def left_out(self, library: Library) -> list[PhotoId]:
        """The photos that were looked at since all were scored; they count as done then."""
        new = library.embedding_rows(self.model, self._done)
        if new:
            self._set_done(max(row for _, row in new) + 1)
        return [photo for photo, _ in new]

    def _set_done(self, rows: int) -> None:
        if rows != self._done:
            self._done = rows
            self._is_changed = True

    def suggest(
        self, library: Library, photos: Sequence[PhotoId], learned: LearnedTags
    ) -> dict[PhotoId, tuple[Suggestion, ...]]:
        """What is to be suggested to some photos."""
        found = {}
        decided = library.decided_photos(self.model, photos)
        matrix = library.embedding_file(self.model, self._size).matrix()
        for photo in photos:
            row = library.embedding_row(photo, self.model)
            if row is None or row >= len(matrix):
                continue
            network = [s for s in library.suggestions(photo) if example_count(s.source) is None]
            about = decided[photo]
            found[photo] = learned.suggest(matrix[row], network, about.confirmed, about.rejected)
        return found
