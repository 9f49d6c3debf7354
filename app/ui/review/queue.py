"""What is reviewed, one photo after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from app.core.listing import Listing
from app.core.photo import Card, PhotoId
from app.library.browsing import EVERYTHING, Condition
from app.library.library import Library
from app.library.reviewing import open_tags
from app.services.review import review_order
from app.ui.context import Context
from app.workers.session import Acted

#: Photos answered last, to which the next ones should be unlike.
_REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How far the review has come.

    Attributes:
        reviewed: photos that are answered, or that the user is done with.
        left: photos still to come, those put off included.
        skipped: of them, those that were put off.
    """

    reviewed: int = 0
    left: int = 0
    skipped: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.reviewed + self.left


class ReviewQueue(QObject):
    """Goes through the photos with open suggestions, the most doubtful first.

    When nothing is open any more about a photo, it goes on to the next one by itself. Nothing is
    kept on the disk; what was put off lately comes last as long as the program runs.
    """

    #: Listing: the photos in the order in which they will be asked about, for the grid.
    started = Signal(object)
    #: PhotoId, or None where there is none.
    current_changed = Signal(object)
    #: ReviewProgress
    progressed = Signal(object)
    #: Nothing is left. ReviewProgress
    finished = Signal(object)
    #: The user has ended it.
    stopped = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._condition = EVERYTHING
        self._running = False
        self._order: list[PhotoId] = []  # what is left, in order
        self._left: set[PhotoId] = set()  # the same
        self._current: PhotoId | None = None
        self._reviewed: set[PhotoId] = set()
        self._passed: set[PhotoId] = set()  # of them, those that were left open on purpose
        self._unchecked: set[PhotoId] = set()
        self._lately: deque[PhotoId] = deque(maxlen=_REMEMBERED)
        self._put_off: dict[PhotoId, None] = {}  # in this round
        self._skipped: dict[PhotoId, None] = {}  # lately, the first one first
        context.session.changed.connect(self._on_changed)
        context.session.removed.connect(self._on_removed)
        context.session.acted.connect(self._on_acted)

    @property
    def running(self) -> bool:
        """Whether a review is going on."""
        return self._running

    @property
    def progress(self) -> ReviewProgress:
        """How far it has come."""
        return ReviewProgress(len(self._reviewed), len(self._left), len(self._put_off))

    def current(self) -> PhotoId | None:
        """The photo that is asked about."""
        return self._current

    def coming(self, count: int) -> list[PhotoId]:
        """The next photos after the current one, for having their pictures ready."""
        return [photo for photo in self._order[: count + 1] if photo != self._current][:count]

    def start(self, condition: Condition = EVERYTHING) -> None:
        """Begin; `started` follows, or `finished` where there is nothing to review.

        Args:
            condition: which photos are meant.
        """
        self._condition, self._running = condition, True
        self._order, self._left, self._current = [], set(), None
        self._reviewed, self._passed, self._put_off, self._unchecked = set(), set(), {}, set()
        skipped, asked = tuple(self._skipped), tuple(self._lately)

        def order(library: Library) -> NDArray[np.int64]:
            return review_order(library, condition=condition, skipped=skipped, asked=asked)

        self._context.reader.ask(order, self._begin, key="review order", urgent=True)

    @Slot()
    def next(self) -> None:
        """Be done with this photo, whatever is still open about it."""
        if self._current is not None:
            self._passed.add(self._current)
            self._answered([self._current])

    @Slot()
    def skip(self) -> None:
        """Put this photo off: it comes again at the end, and when put off again, no more."""
        photo = self._current
        if photo is None:
            return
        self._skipped.pop(photo, None)
        self._skipped[photo] = None
        self._order.remove(photo)
        if photo in self._put_off:
            self._left.discard(photo)
            del self._put_off[photo]
        else:
            self._put_off[photo] = None
            self._order.append(photo)
        self._go_on()

    @Slot()
    def stop(self) -> None:
        """End the review."""
        if self._running:
            self._running = False
            self._set_current(None)
            self.stopped.emit()

    def go_to(self, photo: PhotoId) -> None:
        """Ask about this photo now: the user has chosen it. Others are no part of the review."""
        if self._running and photo in self._left and photo != self._current:
            self._order.remove(photo)
            self._order.insert(0, photo)
            self._set_current(photo)

    def see(self, card: Card) -> None:
        """Take notice of a card as it will be, before it is on the disk: so it goes on at once."""
        if self._running and not card.suggested and card.id in self._left:
            self._answered([card.id])

    def _begin(self, order: NDArray[np.int64]) -> None:
        if not self._running:
            return
        self._order = order.tolist()
        self._left = set(self._order)
        if not self._order:
            self._end()
            return
        self.started.emit(Listing(order))
        self._go_on()

    def _answered(self, photos: Iterable[PhotoId]) -> None:
        """Nothing is to be asked about these any more."""
        for photo in photos:
            self._order.remove(photo)
            self._left.discard(photo)
            self._put_off.pop(photo, None)
            self._skipped.pop(photo, None)
            self._reviewed.add(photo)
            self._lately.append(photo)
        self._go_on()

    # What becomes of photos meanwhile

    @Slot(object)
    def _on_changed(self, photos: list[PhotoId]) -> None:
        if self._running and (ours := self._left.intersection(photos)):
            self._unchecked |= ours
            self._check(self._unchecked, self._checked, "review: answered")

    def _checked(self, asked: set[PhotoId], still_open: set[PhotoId]) -> None:
        self._unchecked -= asked
        if self._running and (done := (asked - still_open) & self._left):
            self._answered(done)

    @Slot(object)
    def _on_acted(self, acted: Acted) -> None:
        # Only then: right after an answer the library may know only of the one before it.
        if self._running and acted.what == "undone":
            self._check(self._reviewed - self._passed, self._taken_back, "review: taken back")

    def _taken_back(self, _: set[PhotoId], still_open: set[PhotoId]) -> None:
        """Answers were taken back: those photos are asked about again, now."""
        again = sorted(still_open & self._reviewed)
        if self._running and again:
            self._reviewed.difference_update(again)
            self._order[:0] = again
            self._left.update(again)
            self._go_on()

    def _check(
        self,
        photos: set[PhotoId],
        answer: Callable[[set[PhotoId], set[PhotoId]], None],
        key: str,
    ) -> None:
        """Ask which of some photos have open suggestions."""
        asked = set(photos)

        def look(library: Library) -> set[PhotoId]:
            return set(open_tags(library, asked)[0]["photo"].tolist())

        self._context.reader.ask(look, lambda found: answer(asked, found), key=key, urgent=True)

    @Slot(object)
    def _on_removed(self, photos: list[PhotoId]) -> None:
        gone = self._left.intersection(photos)
        if not self._running or not gone:
            return
        self._order = [photo for photo in self._order if photo not in gone]
        self._left -= gone
        for photo in gone:
            self._put_off.pop(photo, None)
        self._go_on()

    def _go_on(self) -> None:
        """To the first one that is left."""
        self.progressed.emit(self.progress)
        if self._order:
            self._set_current(self._order[0])
        else:
            self._end()

    def _end(self) -> None:
        self._running = False
        self._set_current(None)
        self.finished.emit(self.progress)

    def _set_current(self, photo: PhotoId | None) -> None:
        if photo != self._current:
            self._current = photo
            self.current_changed.emit(photo)
