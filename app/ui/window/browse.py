"""Which photos the grid shows: the search, the order, the groups, and what comes and goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView

from app.core.listing import Grouping, Listing, Sort
from app.core.photo import PhotoId
from app.core.query import Query
from app.library.library import Library
from app.services.search import find
from app.ui.context import Context
from app.ui.grid.model import PhotoModel
from app.ui.grid.proxy import ListingProxy

#: While photos come in, the grid takes them up so often, in milliseconds.
_TAKE_UP = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """What the grid shows.

    Attributes:
        query: only photos that match; None for all.
        only: these photos in this order; then the query is not used.
        title: what they are.
    """

    query: Query | None = None
    sort: Sort = "path"
    descending: bool = False
    grouping: Grouping = "none"
    only: Listing | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """All photos, and how they differ from those that were there when it was asked."""

    ids: NDArray[np.int64]
    listing: Listing
    before: NDArray[np.int64]
    gone: NDArray[np.int64]
    new: NDArray[np.int64]


class Browser(QObject):
    """Fills the models of the grid.

    Args:
        context: asks the library.
        model: all photos.
        proxy: those that are shown.
    """

    #: Listing: what is shown now.
    listed = Signal(object)
    #: int: how many photos there are in the library.
    counted = Signal(int)

    def __init__(
        self, context: Context, model: PhotoModel, proxy: ListingProxy, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self._proxy = proxy
        self._shown = Shown()
        self._ids = np.empty(0, np.int64)
        self._timer = QTimer(self, interval=_TAKE_UP, singleShot=True)
        self._timer.timeout.connect(self.refresh)
        session = context.session
        session.added.connect(self._later)
        session.removed.connect(self._later)
        session.changed.connect(self._model.refresh)
        session.working.connect(self._model.set_working)

    @property
    def shown(self) -> Shown:
        """What is shown."""
        return self._shown

    @property
    def total(self) -> int:
        """How many photos there are in the library."""
        return len(self._ids)

    def show_query(self, query: Query | None) -> None:
        """Show the photos that match a query, or (None) all."""
        self.show(replace(self._shown, query=query, only=None, title=""))

    def show_only(self, listing: Listing, title: str = "") -> None:
        """Show these photos in this order.

        Args:
            title: what they are.
        """
        self.show(replace(self._shown, only=listing, title=title))

    def show_sorted(self, sort: Sort, *, descending: bool) -> None:
        """Show them in another order."""
        self.show(replace(self._shown, sort=sort, descending=descending, only=None, title=""))

    def show_grouped(self, grouping: Grouping) -> None:
        """Show them in other groups."""
        self.show(replace(self._shown, grouping=grouping, only=None, title=""))

    def refresh(self) -> None:
        """Ask the library once more."""
        shown, model_key = self._shown, self._context.session.model_key
        before = self._ids

        def ask(library: Library) -> _Answer:
            everything = shown.query is None and shown.only is None
            listing = shown.only or find(
                library,
                shown.query,
                shown.sort,
                shown.grouping,
                descending=shown.descending,
                model_key=model_key,
            )
            ids = np.sort(listing.ids) if everything else library.all_ids()
            return _Answer(ids, listing, before, *_differences(before, ids))

        self._context.reader.ask(ask, self._take, key="listing", urgent=True)

    def show(self, shown: Shown) -> None:
        """Show what was shown at another time."""
        self._shown = shown
        self.refresh()

    def begin_at(self, photo: PhotoId, view: QAbstractItemView) -> None:
        """Once the library is there, scroll to a photo."""

        def scroll(_: object) -> None:
            row = self._proxy.row_of(photo)
            if row >= 0:
                view.scrollTo(self._proxy.index(row, 0), view.ScrollHint.PositionAtTop)

        self.listed.connect(scroll, Qt.ConnectionType.SingleShotConnection)

    def _later(self, photos: Iterable[PhotoId]) -> None:
        del photos
        if not self._timer.isActive():
            self._timer.start()

    def _take(self, answer: _Answer) -> None:
        gone, new = answer.gone, answer.new
        if answer.before is not self._ids:  # another answer came first
            gone, new = _differences(self._ids, answer.ids)
        if len(gone) or len(new):
            if len(self._ids) and len(gone) + len(new) < len(answer.ids) // 2:
                if len(gone):
                    self._model.remove(gone)
                if len(new):
                    self._model.add(new)
            else:
                self._model.set_ids(answer.ids)
            self._ids = answer.ids
            self.counted.emit(len(answer.ids))
        self._proxy.set_listing(answer.listing)
        self.listed.emit(answer.listing)


def _differences(
    before: NDArray[np.int64], now: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The photos that are gone and those that are new. A tenth of a second for a million."""
    if np.array_equal(before, now):
        return before[:0], before[:0]
    gone = np.setdiff1d(before, now, assume_unique=True)
    return gone, np.setdiff1d(now, before, assume_unique=True)


def selected_ids(selection: QItemSelectionModel, proxy: ListingProxy) -> NDArray[np.int64]:
    """The photos that are selected, in the order in which they are shown.

    Selecting everything is one range, whatever it holds.
    """
    ids = proxy.ids()
    ranges = sorted((each.top(), each.bottom()) for each in selection.selection().toList())
    parts = [ids[top : bottom + 1] for top, bottom in ranges]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def select_ids(
    selection: QItemSelectionModel, proxy: ListingProxy, photos: Iterable[PhotoId]
) -> None:
    """Select photos, as far as they are shown."""
    chosen = QItemSelection()
    for photo in photos:
        row = proxy.row_of(photo)
        if row >= 0:
            index = proxy.index(row, 0)
            chosen.select(index, index)
    selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
