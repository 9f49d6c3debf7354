"""A model of photos with no library behind it, and pixels to look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPalette, QPixmap

from app.core.photo import Card, PhotoId, State
from app.core.tag import Suggestion, Tag
from app.ui.roles import Role

Index = QModelIndex | QPersistentModelIndex

DARK = {"Base": "#181818", "Text": "#e6e6e6", "Highlight": "#2c68bd"}
LIGHT = {"Base": "#ffffff", "Text": "#1d1d1d", "Highlight": "#1f63c4"}


def palette(colours: dict[str, str]) -> QPalette:
    """A palette with some roles set."""
    found = QPalette()
    for role, colour in colours.items():
        found.setColor(getattr(QPalette.ColorRole, role), QColor(colour))
    return found


def card(photo_id: PhotoId, state: State = State.SUGGESTED, **more: Any) -> Card:
    """A photo with two suggestions and a tag, unless told otherwise."""
    more.setdefault("confirmed", (Tag.parse("Place/Sea"),))
    more.setdefault(
        "suggested",
        (
            Suggestion(Tag.parse("Animal/Cat"), 0.87, "net"),
            Suggestion(Tag.parse("Animal/Dog"), 0.31, "net"),
        ),
    )
    return Card(photo_id, Path(f"/photos/IMG_{photo_id:04}.jpg"), state, **more)


class SmallModel(QAbstractListModel):
    """Photos by their ids; `asked` counts questions and indexes."""

    def __init__(self, ids: Sequence[PhotoId]) -> None:
        super().__init__()
        self.ids = list(ids)
        self.cards: dict[PhotoId, Card | None] = {}
        self.pictures: dict[PhotoId, QPixmap] = {}
        self.asked = 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's own)
        return 0 if parent.isValid() else len(self.ids)

    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        self.asked += 1
        return super().index(row, column, parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked += 1
        if not index.isValid():
            return None
        photo_id = self.ids[index.row()]
        if role == Role.ID:
            return photo_id
        if role == Role.CARD:
            if photo_id not in self.cards:
                self.cards[photo_id] = card(photo_id)
            return self.cards[photo_id]
        if role == Role.PICTURE:
            return self.pictures.get(photo_id)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"photo {photo_id}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag
        return flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsDragEnabled

    def row_of(self, photo_id: PhotoId) -> int:
        return self.ids.index(photo_id) if photo_id in self.ids else -1

    def reset_to(self, ids: Sequence[PhotoId]) -> None:
        self.beginResetModel()
        self.ids = list(ids)
        self.endResetModel()

    def arrange(self, ids: Sequence[PhotoId]) -> None:
        """Other order, or other photos, told as a change of layout."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        photos = [self.ids[index.row()] for index in held]
        self.ids = list(ids)
        rows = [self.row_of(photo) for photo in photos]
        self.changePersistentIndexList(
            held, [self.createIndex(row, 0) if row >= 0 else QModelIndex() for row in rows]
        )
        self.layoutChanged.emit()

    def remove(self, row: int, count: int = 1) -> None:
        self.beginRemoveRows(QModelIndex(), row, row + count - 1)
        del self.ids[row : row + count]
        self.endRemoveRows()

    def insert(self, row: int, ids: Sequence[PhotoId]) -> None:
        self.beginInsertRows(QModelIndex(), row, row + len(ids) - 1)
        self.ids[row:row] = ids
        self.endInsertRows()
