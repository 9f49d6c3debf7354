"""The cards that are at hand: read in batches, bounded, and ahead of the library where the user is.

What the user does is shown at once. `apply` lays an edit over the card; `settle` says that it is
carried out (or has failed), after which a card that is read from then on tells the truth without
it. In between, cards that were read before the edit was written do no harm: the edit lies over
them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.change import Edit
from app.core.errors import TagwrightError
from app.core.photo import Card, PhotoId, State
from app.library.library import Library
from app.workers.reader import Reader

#: Cards that are held: about 2 KB each.
DEFAULT_LIMIT = 20_000
#: Cards that are read at once: a few milliseconds, so that what is wanted next need not wait.
_BATCH = 100
#: Questions on their way: one for each thread of the reader would leave none for others.
_QUESTIONS = 2
#: Cards beyond those on the screen that may be asked for, the last ones first.
_BESIDE = 1000


@dataclass(slots=True)
class _Pending:
    """An edit that may not be in the library yet.

    Attributes:
        settled: number of the first question whose answer has it; None before it is carried out.
    """

    edit: Edit
    settled: int | None = None


class Cards(QObject):
    """Cards by photo. GUI thread only; nothing here waits for the library.

    Args:
        reader: reads them.
        limit: how many to hold.
    """

    #: list[PhotoId]: photos whose card is there now, or is another one.
    changed = Signal(object)
    #: list[PhotoId]: photos whose file shows something else now, as far as one can tell.
    replaced = Signal(object)

    def __init__(
        self, reader: Reader, parent: QObject | None = None, *, limit: int = DEFAULT_LIMIT
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._limit = limit
        self._read: OrderedDict[PhotoId, Card] = OrderedDict()  # as the library says
        self._shown: dict[PhotoId, Card] = {}  # with edits and work laid over
        self._pending: dict[PhotoId, list[_Pending]] = {}
        self._working: frozenset[PhotoId] = frozenset()
        self._stale: set[PhotoId] = set()  # to be read again when somebody asks
        self._wanted: dict[PhotoId, None] = {}  # on the screen, the first ones first
        self._beside: dict[PhotoId, None] = {}  # asked for otherwise, the last ones first
        self._asked: dict[PhotoId, int] = {}  # on their way, by the number of the question
        #: There is no such photo, or it could not be read: asking at once could go on for ever.
        self._missing: set[PhotoId] = set()
        self._again: set[PhotoId] = set()  # worked on, and the network knew them before
        self._number = 0
        self._questions = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    def get(self, photo: PhotoId) -> Card | None:
        """The card as it is shown; one that is not there is asked for."""
        card = self._shown.get(photo)
        if card is None or photo in self._stale:
            self._need(photo)
        if card is not None:
            self._read.move_to_end(photo)
        return card

    def peek(self, photo: PhotoId) -> Card | None:
        """The card if it is there."""
        return self._shown.get(photo)

    def want(self, photos: Iterable[PhotoId]) -> None:
        """These are on the screen, the first ones first; others are not read for it any more."""
        self._wanted = dict.fromkeys(islice(photos, self._limit // 2))
        self._missing.clear()
        self._soon.start()

    def refresh(self, photos: Iterable[PhotoId]) -> None:
        """The library says something else of these photos now.

        Those on the screen are read again at once. Others when they are asked for the next time,
        and that there is reason to is said by `changed`.
        """
        photos = list(photos)
        self._missing.difference_update(photos)
        self._stale.update(each for each in photos if each in self._shown or each in self._asked)
        self._soon.start()
        elsewhere = [each for each in photos if each in self._shown and each not in self._wanted]
        if elsewhere:
            self.changed.emit(elsewhere)

    def remove(self, photos: Iterable[PhotoId]) -> None:
        """Forget photos that are not there any more."""
        for photo in photos:
            self._read.pop(photo, None)
            self._shown.pop(photo, None)
            self._pending.pop(photo, None)
            self._wanted.pop(photo, None)
            self._beside.pop(photo, None)
            self._asked.pop(photo, None)
            self._stale.discard(photo)
            self._again.discard(photo)

    def set_working(self, photos: Iterable[PhotoId]) -> None:
        """The network works on these and on no others."""
        before, self._working = self._working, frozenset(photos)
        for photo in self._working - before:
            card = self._read.get(photo)
            if card is not None and card.state is not State.WAITING:
                self._again.add(photo)
        self._show(before ^ self._working)
        # The network looks a second time at what has changed.
        others = list(self._again - self._working)
        if others:
            self._again.difference_update(others)
            self.replaced.emit(others)

    def apply(self, edits: Sequence[tuple[PhotoId, Edit]]) -> None:
        """Show what the user decided before it is carried out; `settle` has to follow."""
        for photo, edit in edits:
            self._pending.setdefault(photo, []).append(_Pending(edit))
        self._show(photo for photo, _ in edits)

    def settle(self, photos: Iterable[PhotoId]) -> None:
        """The first edit of each that is not settled is carried out, or will never be.

        It goes on being shown until the card has been read again.
        """
        photos = list(photos)
        for photo in photos:
            for pending in self._pending.get(photo, ()):
                if pending.settled is None:
                    pending.settled = self._number + 1
                    break
            if photo not in self._shown and photo not in self._asked:
                self._drop_settled(photo, self._number + 1)
        self.refresh(photos)

    def _show(self, photos: Iterable[PhotoId]) -> None:
        """Work out how some cards are shown, and say which of them look otherwise now."""
        changed = []
        for photo in photos:
            card = self._read.get(photo)
            if card is None:
                continue
            for pending in self._pending.get(photo, ()):
                card = card.after(pending.edit)
            if photo in self._working and card.state is State.WAITING:
                card = replace(card, state=State.WORKING)
            if card != self._shown.get(photo):
                self._shown[photo] = card
                changed.append(photo)
        if changed:
            self.changed.emit(changed)

    # Reading

    def _need(self, photo: PhotoId) -> None:
        is_coming = photo in self._asked and photo not in self._stale
        if is_coming or photo in self._wanted or photo in self._missing:
            return
        self._beside.pop(photo, None)
        self._beside[photo] = None
        if len(self._beside) > _BESIDE:
            del self._beside[next(iter(self._beside))]
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        while self._questions < _QUESTIONS:
            batch = self._next_batch()
            if not batch:
                return
            self._number += 1
            self._questions += 1
            self._asked.update(dict.fromkeys(batch, self._number))
            self._stale.difference_update(batch)
            self._send(batch, self._number)

    def _next_batch(self) -> list[PhotoId]:
        batch = []
        for photo in (*self._wanted, *reversed(self._beside)):
            if self._is_needed(photo):
                batch.append(photo)
                if len(batch) == _BATCH:
                    break
        for photo in batch:
            self._beside.pop(photo, None)
        return batch

    def _is_needed(self, photo: PhotoId) -> bool:
        if photo in self._stale:
            return True
        return not (photo in self._shown or photo in self._asked or photo in self._missing)

    def _send(self, batch: list[PhotoId], number: int) -> None:
        def ask(library: Library) -> list[Card]:
            return library.cards(batch)

        def answer(cards: list[Card]) -> None:
            self._answered(batch, number, {card.id: card for card in cards})

        def failed(error: TagwrightError) -> None:
            self._answered(batch, number, {})

        self._reader.ask(ask, answer, urgent=True, failed=failed)

    def _answered(self, batch: list[PhotoId], number: int, cards: dict[PhotoId, Card]) -> None:
        self._questions -= 1
        news, others = [], []
        for photo in batch:
            newest = self._asked.get(photo, -1)
            if newest == number:
                del self._asked[photo]
            # A later one was answered before, or the photo was removed meanwhile.
            if newest < number:
                continue
            card = cards.get(photo)
            if card is None:
                self._missing.add(photo)
                continue
            old = self._read.get(photo)
            if old is not None and old.size is not None and old.size != card.size:
                others.append(photo)
            self._read[photo] = card
            self._read.move_to_end(photo)
            self._drop_settled(photo, number)
            news.append(photo)
        self._show(news)
        if others:
            self.replaced.emit(others)
        self._shrink()
        self._ask()

    def _drop_settled(self, photo: PhotoId, number: int) -> None:
        pending = self._pending.get(photo)
        if pending is not None:
            pending[:] = [p for p in pending if p.settled is None or p.settled > number]
            if not pending:
                del self._pending[photo]

    def _shrink(self) -> None:
        while len(self._read) > self._limit:
            photo, _ = self._read.popitem(last=False)
            del self._shown[photo]
            self._stale.discard(photo)
