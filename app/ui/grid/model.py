"""Every photo of the library, in the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    QUrl,
)

from app.core.change import Edit
from app.core.photo import Card, PhotoId
from app.library.library import Library
from app.ui.context import Context
from app.ui.grid.cards import Cards
from app.ui.grid.pictures import Pictures
from app.ui.grid.ranges import count_ranges, max_pieces, ranges
from app.ui.grid.words import spoken, tooltip
from app.ui.mime import PHOTOS_MIME, put_photos
from app.ui.roles import Role
from app.workers.thumbnails import Wanted

#: More files than these are not handed to other programs.
MAX_DRAGGED = 10_000

#: Pictures beyond those on the screen that may be asked for, the last ones first.
_BESIDE = 200
_CARD_ROLES = [
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Role.CARD,
]
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_PICTURE_ROLES = [Role.PICTURE, Qt.ItemDataRole.ToolTipRole]

Index = QModelIndex | QPersistentModelIndex
Ids = NDArray[np.int64]


class PhotoModel(QAbstractListModel):
    """All photos by id. Answers at once with what is there, and says when more is.

    Args:
        context: whose reader reads the cards.
        pictures: of the photos.
    """

    def __init__(self, context: Context, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ids: Ids = np.empty(0, np.int64)
        self._table: NDArray[np.int32] | None = None  # row by id; made when it is needed
        self._cards = Cards(context.reader, self)
        self._pictures = pictures
        self._views: dict[str, list[PhotoId]] = {}
        self._wanted: dict[PhotoId, None] = {}
        self._beside: dict[PhotoId, None] = {}
        self._to_drag: dict[PhotoId, str] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask_for_pictures)
        self._cards.changed.connect(self._cards_changed)
        self._cards.replaced.connect(pictures.renew)
        pictures.changed.connect(self._pictures_changed)

    # Which photos

    def ids(self) -> Ids:
        """The ids of all rows, ascending. Not to be written to."""
        return self._ids

    def rows(self, ids: Ids) -> NDArray[np.int64]:
        """The rows of photos; -1 for one that is not there."""
        if len(self._ids) == 0 or len(ids) == 0:
            return np.full(len(ids), -1, np.int64)
        if len(ids) > 1000 and self._ids[-1] < 8 * len(self._ids) and self._ids[0] >= 0:
            # Ids are nearly dense, so that a table is faster than a search.
            if self._table is None:
                self._table = np.full(int(self._ids[-1]) + 1, -1, np.int32)
                self._table[self._ids] = np.arange(len(self._ids), dtype=np.int32)
            inside = (ids >= 0) & (ids < len(self._table))
            if inside.all():
                return self._table[ids].astype(np.int64)
            return np.where(inside, self._table[np.where(inside, ids, 0)], -1).astype(np.int64)
        rows = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        return np.where(self._ids[rows] == ids, rows, -1).astype(np.int64)

    def row_of(self, photo: PhotoId) -> int:
        """The row of a photo; -1 where it is not there."""
        row = int(np.searchsorted(self._ids, photo))
        return row if row < len(self._ids) and self._ids[row] == photo else -1

    def set_ids(self, ids: Ids | Sequence[PhotoId]) -> None:
        """There are these photos and no others."""
        self.beginResetModel()
        new = np.array(ids, np.int64)
        is_ascending = bool((new[1:] > new[:-1]).all())  # as a rule, and quicker than sorting
        self._use(new if is_ascending else np.unique(new))
        self.endResetModel()

    def add(self, ids: Iterable[PhotoId]) -> None:
        """These are there, too. What is known already is left as it is."""
        new = np.unique(np.fromiter(ids, np.int64))
        new = new[self.rows(new) < 0]
        if len(new) == 0:
            return
        # Mostly all of them are behind the last one.
        before = np.searchsorted(self._ids, new)
        starts = np.flatnonzero(np.diff(before, prepend=-1))
        if len(starts) > max_pieces(len(self._ids)):
            self.set_ids(np.concatenate((self._ids, new)))
            return
        for piece in np.split(new, starts[1:]):
            row = int(np.searchsorted(self._ids, piece[0]))
            self.beginInsertRows(QModelIndex(), row, row + len(piece) - 1)
            self._use(np.insert(self._ids, row, piece))
            self.endInsertRows()

    def remove(self, ids: Iterable[PhotoId]) -> None:
        """These are not there any more."""
        photos = np.unique(np.fromiter(ids, np.int64))
        rows = self.rows(photos)
        photos, rows = photos[rows >= 0], rows[rows >= 0]
        self._cards.remove(photos.tolist())
        self._pictures.remove(photos.tolist())
        if count_ranges(rows) > max_pieces(len(self._ids)):
            self.set_ids(np.delete(self._ids, rows))
            return
        for first, last in reversed(list(ranges(rows))):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._use(np.delete(self._ids, slice(first, last + 1)))
            self.endRemoveRows()

    def _use(self, ids: Ids) -> None:
        self._ids = ids
        self._table = None

    # What is known about them

    def card(self, photo: PhotoId) -> Card | None:
        """The card of a photo if it is at hand; one that is not is read, see `dataChanged`."""
        return self._cards.get(photo)

    def want(self, photos: Iterable[PhotoId], view: str = "grid") -> None:
        """These photos are on the screen or about to be, the most important first.

        Their cards and pictures are got before all others. What was wanted before and has not
        been begun is dropped.

        Args:
            view: who wants them; what another view wants is got after them.
        """
        self._views.pop(view, None)
        self._views[view] = [int(photo) for photo in photos]
        newest_first = reversed(self._views.values())
        self._wanted = dict.fromkeys(photo for wanted in newest_first for photo in wanted)
        self._beside.clear()
        self._cards.want(self._wanted)
        self._soon.start()

    def refresh(self, photos: Iterable[PhotoId]) -> None:
        """The library says something else of these photos now."""
        self._cards.refresh(photos)

    def set_working(self, photos: Iterable[PhotoId]) -> None:
        """The network works on these and on no others."""
        self._cards.set_working(photos)

    def apply(self, edits: Sequence[tuple[PhotoId, Edit]]) -> None:
        """Show what the user decided before it is carried out; `settle` has to follow."""
        self._cards.apply(edits)

    def settle(self, photos: Iterable[PhotoId]) -> None:
        """The first edit of each photo that was applied is carried out, or has failed."""
        self._cards.settle(photos)

    def _cards_changed(self, photos: list[PhotoId]) -> None:
        self._pictures.retry(photos)
        self._tell(photos, _CARD_ROLES)
        self._ask_soon()  # now their paths are known

    def _pictures_changed(self, photos: list[PhotoId]) -> None:
        self._tell(photos, _PICTURE_ROLES)

    def _tell(self, photos: list[PhotoId], roles: list[int]) -> None:
        rows = np.sort(self.rows(np.array(photos, np.int64)))
        for first, last in ranges(rows[rows >= 0]):
            self.dataChanged.emit(self.index(first), self.index(last), roles)

    def _need_picture(self, photo: PhotoId) -> None:
        self._beside.pop(photo, None)
        self._beside[photo] = None
        if len(self._beside) > _BESIDE:
            del self._beside[next(iter(self._beside))]
        self._ask_soon()

    def _ask_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _ask_for_pictures(self) -> None:
        wanted = []
        for photo in (*self._wanted, *reversed(self._beside)):
            card = self._cards.peek(photo)
            if card is not None:
                wanted.append(Wanted(photo, card.path, size=card.size))
        self._pictures.want(wanted)

    # Qt's model

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        return self.value(int(self._ids[index.row()]), role)

    def value(self, photo: PhotoId, role: int) -> Any:
        """What `data` says of a photo."""
        if role == Role.PICTURE:
            if photo not in self._wanted and not self._pictures.is_good(photo):
                self._need_picture(photo)
                self._cards.get(photo)
            return self._pictures.get(photo)
        if role == Role.CARD:
            return self._cards.get(photo)
        if role == Role.ID:
            return photo
        if role not in _CARD_ROLES:
            return None
        card = self._cards.get(photo)
        if card is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return card.path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(card, self._pictures.error(photo))
        return spoken(card)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    # Dragging

    def prepare_drag(self, photos: Iterable[PhotoId]) -> None:
        """These are selected: get the paths, so that they can be dragged out as files."""
        chosen = list(islice(map(int, photos), MAX_DRAGGED + 1))
        if len(chosen) > MAX_DRAGGED:
            chosen = []

        def ask(library: Library) -> dict[PhotoId, str]:
            found = ((photo, library.by_id(photo)) for photo in chosen)
            return {photo: str(known.path) for photo, known in found if known is not None}

        def answer(paths: dict[PhotoId, str]) -> None:
            self._to_drag = paths

        self._to_drag = {}
        self._context.reader.ask(ask, answer, key="paths to drag")

    def supportedDragActions(self) -> Qt.DropAction:
        # Never moved: the file would be gone from where the library knows it.
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [PHOTOS_MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The photos for this window and, where all paths are known, files for other programs.

        Some of the selected files only would be worse than none.
        """
        ids = np.array([index.data(Role.ID) for index in indexes], np.int64)
        data = QMimeData()
        put_photos(data, ids.tolist())
        paths = [self._path(photo) for photo in ids.tolist()[: MAX_DRAGGED + 1]]
        if len(paths) <= MAX_DRAGGED and None not in paths:
            data.setUrls([QUrl.fromLocalFile(path) for path in paths if path is not None])
        return data

    def _path(self, photo: PhotoId) -> str | None:
        card = self._cards.peek(photo)
        return str(card.path) if card is not None else self._to_drag.get(photo)
