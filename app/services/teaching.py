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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.core.photo import PhotoId
from app.core.preferences import DEFAULT_HEAD
from app.core.rules import Labeller
from app.core.tag import Suggestion, Tag
from app.learning.base import KEPT_FITS, Fitted
from app.learning.calibration import Calibration
from app.learning.examples import Example, ancestry, at_or_below
from app.learning.fixed import FixedHead
from app.learning.heads import Head, load_head, save_head
from app.library.learned import LearnedTag, example_count, learned_by
from app.library.library import Library
from app.services.doubting import Doubting
from app.services.learned_tags import FLOOR, LearnedTags
from app.services.learning import Learner
from app.services.network_word import NetworkWord
from app.services.spreading import ScanRows, rescore
from app.services.tagging import Tagger

_log = logging.getLogger(__name__)

#: A tag that the network knows by itself is suggested as a learned one from so many examples on:
#: until then the network's own word is worth more (the first photo of a tripod that was named made
#: a cat one with 44 %). Names that it does not know are suggested from the first.
KNOWN_FROM = 3
#: The library's picture is taken anew when it has so many times the photos.
_GROWTH = 1.5
#: The same when no more are to come for now. Photos come folder by folder: until the last ones are
#: in the picture, all that they show stands out from it, and any tag claims it.
_GROWTH_AT_REST = 1.05
#: So many new photos are scored faster together with all others.
_MANY = 500


class Teaching:
    """One network's head over one library. One thread uses it.

    Args:
        folder: where heads are kept.
        model: key of the network.
        size: values per embedding.
        labeller, crops, classes: what else is to be known to read the network's answers.
        kind: of head, one of `app.learning.heads.KINDS`.
    """

    def __init__(
        self,
        folder: Path,
        model: str,
        size: int,
        labeller: Labeller,
        crops: int,
        classes: int,
        kind: str = DEFAULT_HEAD,
    ) -> None:
        self.model = model
        self.kind = kind
        self._size = size
        self.network = NetworkWord(model, labeller, crops, classes)
        self._known_by_network = ancestry(labeller.tags)
        name = "".join(c if c.isalnum() or c in "-_.@" else "_" for c in model)
        self._path = folder / f"{name}{'' if kind == DEFAULT_HEAD else f'+{kind}'}.npz"
        self._learner = Learner.new(kind, model, size)
        self._rows = ScanRows()
        self._doubting = Doubting()
        #: All embeddings. Kept, for the sake of the next scan.
        self._mapped: NDArray[np.float16] | None = None
        #: How many rows the embeddings had when the head's picture of the library was taken.
        self._pictured = 0
        #: Photos up to this row of the embeddings have the suggestions that they should have.
        self._done = 0
        self._calibrations: list[tuple[Fitted | None, Calibration]] = []
        self._is_changed = False
        #: Whether no more photos are to come for now.
        self.at_rest = False

    @classmethod
    def of(cls, library_folder: Path, tagger: Tagger, kind: str = DEFAULT_HEAD) -> Teaching:
        """The head of a library for the network that tags, read as it tags."""
        card = tagger.card
        return cls(
            library_folder / "heads",
            card.key,
            card.embedding_size,
            tagger.labeller,
            tagger.settings.crops,
            card.classes,
            kind,
        )

    @property
    def _head(self) -> Head:
        return self._learner.head

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags that it knows."""
        return self._head.tags

    @property
    def learned_by(self) -> str:
        """Under which name the library keeps what follows: network and head."""
        return learned_by(self.model, self.kind)

    @property
    def _temperature(self) -> float:
        """Under which the network's word was taken, 0 for as it is."""
        return self.network.labeller.confidence.temperature or 0.0

    def _matrix(self, library: Library) -> NDArray[np.float16]:
        self._mapped = library.embedding_file(self.model, self._size).matrix(self._mapped)
        return self._mapped

    def read_with(self, labeller: Labeller, crops: int) -> None:
        """Read the network's answers in another way from now on."""
        self.network.read_with(labeller, crops)
        self._known_by_network = ancestry(labeller.tags)

    # Keeping

    def open(
        self, library: Library, stopped: Callable[[], bool] = lambda: False
    ) -> set[Tag] | None:
        """Take up what was saved, and all that has been decided since.

        Args:
            stopped: is asked now and then whether to give up.

        Returns:
            The tags to be scored anew; None if it was given up.
        """
        known = True
        try:
            head, extra = load_head(self._path, self.model)
            if head.kind != self.kind or head.examples.size != self._size:
                raise ModelError(self._path, "is another kind of head")
            self._learner = Learner(head, Calibration.from_arrays(extra))
            self._pictured, self._done = (int(number) for number in extra["rows"])
            self._doubting.restore(extra, self._size)
            is_calibrated = float(extra.get("temperature", np.nan)) == self._temperature
        except (ModelError, ValueError, KeyError, TypeError) as error:
            if self._path.exists():
                _log.warning("learning anew: %s", error)
            self._learner = Learner.new(self.kind, self.model, self._size)
            self._pictured = self._done = 0
            known, is_calibrated = False, False
        self._calibrations = [(self._head.fitted, self._learner.calibration)]
        self._is_changed = not known
        self._rows = ScanRows()
        # Also those of which nothing is suggested: perhaps since learning was switched off.
        changed = set(library.learned_tags(self.learned_by)) ^ set(self._head.tags)
        self._doubting.doubt_all(self._rejected(library))
        self._renew_doubts(library, spread=not is_calibrated)
        self._doubting.unspread |= self._doubting.doubts.keys() ^ library.doubted_tags(self.model)
        decided = library.decided_photos(self.model)
        photos = {*decided, *(example.photo for example in self._head.examples)}
        changed |= self.take(library, photos)
        if self.needs_settling(library) or (self._head.tags and not is_calibrated):
            settled = self.settle(library, stopped)
            if settled is None:
                return None
            changed |= settled
        new = library.embedding_rows(self.model, self._done)
        if not known or len(new) > _MANY:
            changed |= set(self._head.tags)
            self._set_done(max((row + 1 for _, row in new), default=self._done))
        # Now, and not when the first answer is waited for.
        self._rows.update(library, self.model, self._matrix(library))
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
        arrays = self._learner.calibration.to_arrays() | self._doubting.to_arrays()
        arrays["rows"] = rows
        arrays["temperature"] = np.array(self._temperature)
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
        answered = []
        for photo, about in decided.items():
            answered.append((photo, known.get(photo)))
            is_example = about.row is not None and (about.confirmed or about.rejected)
            if not is_example:
                if known.get(photo) is not None:
                    changed |= self._learner.forget(photo)
                continue
            if matrix is None or about.row >= len(matrix):  # type: ignore[operator]
                matrix = self._matrix(library)
            if about.row < len(matrix):  # type: ignore[operator]
                changed |= self._learner.decide(
                    photo, matrix[about.row], about.confirmed, about.rejected
                )
        if changed:
            self._is_changed = True
            self._follow_fit()
        self._doubt(library, answered)
        # Beside a network that is less certain now, what was learned may be shown.
        return changed | (ancestry(self._doubting.unspread) & set(self._head.tags))

    # Doubting

    def _doubt(self, library: Library, before: Sequence[tuple[PhotoId, Example | None]]) -> None:
        """Follow what has changed about photos, from what was said of each before."""
        examples = self._head.examples
        changed = [(was, examples.get(photo)) for photo, was in before]
        changed = [(was, now) for was, now in changed if was != now]
        if changed:
            self._is_changed = True
            names = self.network.tags(library)
            for was, now in changed:
                self._doubting.answered(names, was, now)
            self._renew_doubts(library)

    def _renew_doubts(self, library: Library, *, spread: bool = True) -> None:
        matrix = self._matrix(library)
        examples = self._head.examples
        self._doubting.renew(
            examples, partial(self.network.certainties, library), matrix, spread=spread
        )

    def _rejected(self, library: Library) -> set[Tag]:
        wrong = {tag for example in self._head.examples for tag in example.wrong}
        return at_or_below(self.network.tags(library), wrong)

    def doubted(self, library: Library) -> Iterator[tuple[Tag, NDArray[np.void]]]:
        """Tags of which it has changed how certain the network's word is, for `save_doubted`.

        A tag counts as done when the next one is asked for.
        """
        matrix = self._matrix(library)
        self._rows.update(library, self.model, matrix)
        for tag in sorted(self._doubting.unspread):
            yield tag, self._doubting.spread(tag, library, self.model, matrix, self._rows)
            self._doubting.unspread.discard(tag)

    @property
    def has_doubts(self) -> bool:
        """Whether `doubted` has something to say."""
        return bool(self._doubting.unspread)

    def needs_settling(self, library: Library) -> bool:
        """Whether `settle` is due."""
        return bool(self._head.tags) and (self._learner.stale or self._has_grown(library))

    def has_no_picture(self, library: Library) -> bool:
        """Whether it knows so little of the library that nothing can be said before `settle`."""
        return bool(self._head.tags) and self._has_grown(library)

    def settle(
        self, library: Library, stopped: Callable[[], bool] = lambda: False
    ) -> set[Tag] | None:
        """Learn what is near and what scores are worth; takes a second or more.

        Args:
            stopped: is asked now and then whether to give up; it is due again then.

        Returns:
            The tags to be scored anew: all. None if it was given up.
        """
        matrix = self._matrix(library)
        grown = self._has_grown(library)
        changed = self._learner.settle(
            matrix if grown else None,
            partial(self.network.certainties, library, stopped=stopped),
            stopped,
        )
        if changed is None:
            return None
        if grown:
            self._pictured, self.at_rest = len(matrix), False
        self._is_changed = True
        self._remember()
        return set(changed)

    def _has_grown(self, library: Library) -> bool:
        rows = len(self._matrix(library))
        growth = _GROWTH_AT_REST if self.at_rest else _GROWTH
        return rows >= max(1, self._pictured) * growth or rows > 0 == self._pictured

    def _remember(self) -> None:
        """Note which calibration goes with what was fitted."""
        fitted = self._head.fitted
        kept = [each for each in self._calibrations if each[0] is not fitted]
        self._calibrations = [*kept, (fitted, self._learner.calibration)][-KEPT_FITS - 1 :]

    def _follow_fit(self) -> None:
        """With a fit of before (an undo) its calibration comes back."""
        for fitted, calibration in self._calibrations:
            if fitted is self._head.fitted:
                self._learner.calibration = calibration
                return
        self._remember()

    # Answering

    def spread_all(self) -> set[Tag]:
        """Let the library be told everything once more; returns the tags to be scored anew."""
        self._doubting.unspread |= self._doubting.doubts.keys()
        return set(self._head.tags)

    def snapshot(self) -> LearnedTags:
        """What was learned, for other threads."""
        made = LearnedTags(
            self.model,
            self.learned_by,
            FixedHead.of(self._head),
            self._learner.calibration_of(self._head.tags),
            self._unripe(),
            dict(self._doubting.doubts),
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
        matrix = self._matrix(library)
        self._rows.update(library, self.model, matrix)
        found = rescore(
            self._learner, library, matrix, self._rows, tags, FLOOR, stopped, self._unripe()
        )
        self._remember()
        if found is not None:
            # Those after it were told the other tags when they were recorded.
            self._set_done(len(self._rows.photos))
        return found

    def _unripe(self) -> frozenset[Tag]:
        """Tags that are not suggested: too young, or no more than one tag below them."""
        known, head = self._known_by_network, self._head
        young = {t for t in head.tags if t in known and head.count_of(t) < KNOWN_FROM}
        # All that is known of pets is Rex: what is not Rex is no pet that could be told.
        same = {
            above
            for tag in head.tags
            for above in ancestry((tag,)) - {tag}
            if head.count_of(above) == head.count_of(tag)
        }
        return frozenset(young | same)

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
        """What is to be suggested to some photos, for `save_learned_of`."""
        found = {}
        decided = library.decided_photos(self.model, photos)
        matrix = self._matrix(library)
        for photo in photos:
            row = library.embedding_row(photo, self.model)
            if row is None or row >= len(matrix):
                continue
            own = library.suggestions(photo, self.model)
            network = [s for s in own if example_count(s.source) is None]
            about = decided[photo]
            suggested = learned.suggest(matrix[row], network, about.confirmed, about.rejected)
            doubted = {(s.tag, s.source) for s in suggested}
            believed = tuple(
                replace(s, score=s.own, said=None)
                for s in network
                if s.said is not None and (s.tag, s.source) not in doubted
            )
            found[photo] = believed + suggested
        return found
