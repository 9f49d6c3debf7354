"""The photos that are shown, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractProxyModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.core.listing import Group, Listing
from app.core.photo import PhotoId
from app.ui.grid.model import PhotoModel
from app.ui.grid.ranges import count_ranges, max_pieces, ranges

Index = QModelIndex | QPersistentModelIndex
Ids = NDArray[np.int64]

#: In more pieces than these, a change of data is told as one.
_MAX_TOLD = 200


class ListingProxy(QAbstractProxyModel):
    """A listing of the library over the model of all photos.

    Selections and the current photo survive another listing, as far as it has them. Photos that
    are new in the library are shown when a listing has them; those that are gone are at once.

    A new listing with other photos than before is told to views in steps: some go, the others
    change places, some come. A change of layout in which rows come and go as well would be
    shorter, but where more than a thousand rows are all selected, QItemSelectionModel takes it
    that whatever rows there are afterwards are still selected.
    """

    #: There is another listing, and all that belongs to it has been said.
    listed = Signal()

    def __init__(self, model: PhotoModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._listing = Listing()
        self._ids: Ids = np.empty(0, np.int64)
        self._unknown: Ids = self._ids  # in the listing, but not in the model
        self._keys: list[str] = []
        self._counts: NDArray[np.int64] = np.empty(0, np.int64)
        self._source_rows: NDArray[np.int64] = np.empty(0, np.int64)  # by row
        self._own_rows: NDArray[np.int64] = np.empty(0, np.int64)  # by row of the source, -1
        self.setSourceModel(model)
        self._map()
        model.dataChanged.connect(self._source_data_changed)
        model.rowsInserted.connect(self._source_rows_inserted)
        model.rowsAboutToBeRemoved.connect(self._source_rows_going)
        model.rowsRemoved.connect(self._source_rows_removed)
        model.modelReset.connect(self._source_reset)

    def ids(self) -> Ids:
        """The photos in their order. Not to be written to."""
        return self._ids

    def groups(self) -> tuple[Group, ...]:
        """The groups one after the other, without empty ones; none where nothing is grouped."""
        counts = self._counts.tolist()
        return tuple(Group(k, n) for k, n in zip(self._keys, counts, strict=True) if n)

    def id_at(self, row: int) -> PhotoId:
        """The photo in a row.

        Raises:
            IndexError: there is no such row.
        """
        if row < 0:
            raise IndexError(row)
        return int(self._ids[row])

    def row_of(self, photo: PhotoId) -> int:
        """The row of a photo; -1 where it is not shown."""
        source = self._model.row_of(photo)
        return -1 if source < 0 else int(self._own_rows[source])

    def index_of(self, photo: PhotoId) -> QModelIndex:
        """The index of a photo; an invalid one where it is not shown."""
        return self.index(self.row_of(photo), 0)

    def set_listing(self, listing: Listing) -> None:
        """Show these photos. Those that the model does not have come when it has them."""
        self._listing = listing
        rows = self._model.rows(listing.ids)
        keys = [group.key for group in listing.groups]
        counts = np.array([group.count for group in listing.groups], np.int64)
        known = rows >= 0
        ids = listing.ids
        self._unknown = ids[~known]
        if not known.all():
            if len(counts):
                group_of = np.repeat(np.arange(len(counts)), counts)
                counts = np.bincount(group_of[known], minlength=len(counts))
            ids = ids[known]
            rows = rows[known]
        self._keys, self._counts = [], np.empty(0, np.int64)
        if self.persistentIndexList():
            places = np.full(len(self._model.ids()), -1, np.int64)
            places[rows] = np.arange(len(rows))
            self._make_room(ids, places)
        # What is left to be done is to change places, if anything holds on to any.
        with self._layout(ids):
            self._keys, self._counts = keys, counts
        self.listed.emit()

    def _make_room(self, ids: Ids, places: NDArray[np.int64]) -> None:
        """Have just the rows of a listing, in any order.

        Args:
            places: row in the listing by row of the source, -1 where it has none.
        """
        source = self._model.rows(self._ids)
        ours = np.where(source >= 0, places[source] if len(places) else -1, -1)
        if len(ids) and not (ours >= 0).any():
            self.beginResetModel()
            self._use(ids)
            self.endResetModel()
            return
        self._take_out(np.flatnonzero(ours < 0))
        stay = ours[ours >= 0]
        coming = np.ones(len(ids), bool)
        coming[stay] = False
        rows = np.flatnonzero(coming)
        if len(rows) == 0:
            return
        if count_ranges(rows) > max_pieces(len(self._ids)):
            self._insert(len(self._ids), ids[rows])
            return
        with self._layout(ids[~coming]):
            pass
        for first, last in ranges(rows):
            self._insert(first, ids[first : last + 1])

    def _insert(self, row: int, ids: Ids) -> None:
        self.beginInsertRows(QModelIndex(), row, row + len(ids) - 1)
        self._use(np.insert(self._ids, row, ids))
        self.endInsertRows()

    def _take_out(self, rows: NDArray[np.int64]) -> None:
        if len(self._counts) and len(rows):
            group_of = np.searchsorted(np.cumsum(self._counts), rows, side="right")
            self._counts = self._counts - np.bincount(group_of, minlength=len(self._counts))
        if count_ranges(rows) > max_pieces(len(self._ids)):
            # Brought together at the end, they go at once.
            with self._layout(np.concatenate((np.delete(self._ids, rows), self._ids[rows]))):
                pass
            rows = np.arange(len(self._ids) - len(rows), len(self._ids))
        for first, last in reversed(list(ranges(rows))):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._use(np.delete(self._ids, slice(first, last + 1)))
            self.endRemoveRows()

    @contextmanager
    def _layout(self, ids: Ids) -> Iterator[None]:
        """Change the places of rows; persistent indexes follow their photos."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        rows = np.fromiter((index.row() for index in held), np.int64, len(held))
        photos = self._ids[rows]
        self._use(ids)
        source = self._model.rows(photos)
        own = np.where(source >= 0, self._own_rows[source] if len(self._own_rows) else -1, -1)
        now = [self.createIndex(row, 0) if row >= 0 else QModelIndex() for row in own.tolist()]
        self.changePersistentIndexList(held, now)
        yield
        self.layoutChanged.emit()

    def _use(self, ids: Ids) -> None:
        self._ids = ids
        self._map()

    def _map(self) -> None:
        """Work out which rows belong to which of the source."""
        self._source_rows = self._model.rows(self._ids)
        self._own_rows = np.full(len(self._model.ids()), -1, np.int64)
        known = np.flatnonzero(self._source_rows >= 0)
        self._own_rows[self._source_rows[known]] = known

    # What the source says

    def _source_data_changed(
        self, first: QModelIndex, last: QModelIndex, roles: Sequence[int] = ()
    ) -> None:
        rows = self._own_rows[first.row() : last.row() + 1]
        rows = np.sort(rows[rows >= 0])
        if count_ranges(rows) > _MAX_TOLD:
            # Views look at what is on the screen only: one long range is less work for all.
            pieces = [(int(rows[0]), int(rows[-1]))]
        else:
            pieces = list(ranges(rows))
        for start, end in pieces:
            self.dataChanged.emit(self.index(start, 0), self.index(end, 0), roles)

    def _source_rows_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        count = last - first + 1
        if first < len(self._own_rows):
            self._source_rows[self._source_rows >= first] += count
        self._own_rows = np.insert(self._own_rows, first, np.full(count, -1))
        if len(self._unknown) and np.isin(self._model.ids()[first : last + 1], self._unknown).any():
            self.set_listing(self._listing)

    def _source_rows_going(self, parent: QModelIndex, first: int, last: int) -> None:
        rows = self._own_rows[first : last + 1]
        rows = np.sort(rows[rows >= 0])
        # If they turn up again, they have their places.
        self._unknown = np.concatenate((self._unknown, self._ids[rows]))
        self._take_out(rows)

    def _source_rows_removed(self, parent: QModelIndex, first: int, last: int) -> None:
        self._own_rows = np.delete(self._own_rows, slice(first, last + 1))
        self._source_rows[self._source_rows > last] -= last - first + 1

    def _source_reset(self) -> None:
        # Our own rows have not changed by that, but for those that are gone.
        self._map()
        self.set_listing(self._listing)

    # Qt's model

    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if parent.isValid() or column != 0 or not 0 <= row < len(self._ids):
            return QModelIndex()
        return self.createIndex(row, 0)

    def parent(self, index: Index | None = None) -> Any:
        return super().parent() if index is None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return not parent.isValid() and len(self._ids) > 0

    def mapToSource(self, index: Index) -> QModelIndex:
        if not index.isValid() or index.row() >= len(self._source_rows):
            return QModelIndex()
        return self._model.index(int(self._source_rows[index.row()]), 0)

    def mapFromSource(self, index: Index) -> QModelIndex:
        if not index.isValid() or index.row() >= len(self._own_rows):
            return QModelIndex()
        return self.index(int(self._own_rows[index.row()]), 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # Straight to the photo, without an index of the source in between.
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        return self._model.value(int(self._ids[index.row()]), role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return self._model.flags(index)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return self._model.mimeData(indexes)
