"""The entries above the tree: all photos, and those that want something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.core.photo import State
from app.ui.tags.model import TagRole

#: The key of each entry, and the states of its photos; none for all photos.
ENTRIES: dict[str, tuple[State, ...]] = {
    "all": (),
    "review": (State.SUGGESTED,),
    "untagged": (State.UNTAGGED,),
    "failed": (State.FAILED,),
}
_KEYS = tuple(ENTRIES)


class EntryModel(QAbstractListModel):
    """The entries with their numbers of photos."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts = dict.fromkeys(ENTRIES, 0)

    def show(self, states: Mapping[State, int]) -> None:
        """Bring the numbers up to date."""
        for row, (key, wanted) in enumerate(ENTRIES.items()):
            number = sum(n for state, n in states.items() if not wanted or state in wanted)
            if number != self._counts[key]:
                self._counts[key] = number
                self.dataChanged.emit(self.index(row), self.index(row))

    def key(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The key of an entry."""
        return _KEYS[index.row()]

    def index_of(self, key: str) -> QModelIndex:
        """Where the entry with a key is."""
        return self.index(_KEYS.index(key))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else len(_KEYS)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See Qt."""
        if not index.isValid():
            return None
        key = _KEYS[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._name(key)
            case Qt.ItemDataRole.AccessibleTextRole:
                photos = self.tr("%n photo(s)", "", self._counts[key])
                return f"{self._name(key)}, {photos}"
            case TagRole.CONFIRMED:
                return self._counts[key]
            case _:
                return None

    def _name(self, key: str) -> str:
        match key:
            case "all":
                return self.tr("All photos")
            case "review":
                return self.tr("To review")
            case "untagged":
                return self.tr("Without tags")
            case _:
                return self.tr("Failed")
