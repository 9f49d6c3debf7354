"""The list of networks as a Qt model: those that are here, one's own, those that can be fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.services.networks import KnownNetwork, Place
from app.ui.networks import words
from app.workers.fetching import FetchState

Index = QModelIndex | QPersistentModelIndex

_ORDER: Final[tuple[Place, ...]] = ("here", "own", "fetchable")
_NOWHERE: Final = QModelIndex()


class NetworkRole(IntEnum):
    """What the model answers beside Qt's own roles."""

    NETWORK = Qt.ItemDataRole.UserRole + 1  #: KnownNetwork, or None for a heading
    LINE = Qt.ItemDataRole.UserRole + 2  #: what it is good for
    STATE = Qt.ItemDataRole.UserRole + 3  #: in a few words
    TONE = Qt.ItemDataRole.UserRole + 4  #: a meaning of `app.ui.theme`
    SHARE = Qt.ItemDataRole.UserRole + 5  #: how much is fetched, 0 to 1; -1 where none is


class NetworksModel(QAbstractListModel):
    """Networks below headings, which cannot be chosen."""

    def __init__(self, in_use: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._in_use = in_use
        self._networks: list[KnownNetwork] = []
        self._rows: list[KnownNetwork | Place] = []
        self._fetching: dict[str, FetchState] = {}
        self._wanted: list[str] = []

    @property
    def networks(self) -> list[KnownNetwork]:
        """All there are, whether they are shown or not."""
        return list(self._networks)

    @property
    def in_use(self) -> str:
        """The id of the one that is in use."""
        return self._in_use

    def set_networks(self, networks: Sequence[KnownNetwork]) -> None:
        """Show others."""
        self._networks = list(networks)
        self._build()

    def set_in_use(self, model_id: str) -> None:
        """Another one is in use."""
        before, self._in_use = self._in_use, model_id
        for each in (before, model_id):
            self._tell(each)

    def set_fetching(self, model_id: str, state: FetchState | None) -> None:
        """One is on its way, or no longer."""
        if state is None:
            self._fetching.pop(model_id, None)
        else:
            self._fetching[model_id] = state
            if state.doing == "fetch":
                self._remember(model_id, state.done)
        self._tell(model_id)

    def fetching(self, model_id: str) -> FetchState | None:
        """How far one is that is on its way."""
        return self._fetching.get(model_id)

    def filter(self, text: str) -> None:
        """Show only those in which each of some words occurs."""
        wanted = text.casefold().split()
        if wanted != self._wanted:
            self._wanted = wanted
            self._build()

    def row_of(self, model_id: str) -> int:
        """Where a network is; -1 where it is not shown."""
        for row, each in enumerate(self._rows):
            if isinstance(each, KnownNetwork) and each.id == model_id:
                return row
        return -1

    def network(self, index: Index) -> KnownNetwork | None:
        """The network at a place; None for a heading."""
        found = self.data(index, NetworkRole.NETWORK)
        return found if isinstance(found, KnownNetwork) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not isinstance(self._rows[index.row()], KnownNetwork):
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if not isinstance(row, KnownNetwork):
            return words.of_place(row) if role == Qt.ItemDataRole.DisplayRole else None
        fetching = self._fetching.get(row.id)
        in_use = row.id == self._in_use
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words.plain(row.name)
            case NetworkRole.NETWORK:
                return row
            case NetworkRole.LINE:
                return words.problem(row.problem) if row.problem else words.line(row)
            case Qt.ItemDataRole.ToolTipRole:
                return None if row.problem else words.line(row)
            case NetworkRole.STATE:
                return words.state(row, in_use, fetching)
            case NetworkRole.TONE:
                return _tone(row, in_use, fetching)
            case NetworkRole.SHARE:
                return _share(fetching)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = (row.name, words.state(row, in_use, fetching), words.line(row))
                return ", ".join(filter(None, said))
        return None

    def _remember(self, model_id: str, arrived: int) -> None:
        """What has arrived is there when it is stopped."""
        for rows in (self._networks, self._rows):
            for number, each in enumerate(rows):
                if isinstance(each, KnownNetwork) and each.id == model_id:
                    rows[number] = replace(each, arrived=arrived)

    def _build(self) -> None:
        self.beginResetModel()
        self._rows = []
        for place in _ORDER:
            found = [each for each in self._networks if each.place == place and self._fits(each)]
            if found:
                self._rows += [place, *found]
        self.endResetModel()

    def _fits(self, network: KnownNetwork) -> bool:
        text = f"{network.name} {network.id} {words.line(network)} {' '.join(network.classes)}"
        return all(word in text.casefold() for word in self._wanted)

    def _tell(self, model_id: str) -> None:
        row = self.row_of(model_id)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))


def _tone(network: KnownNetwork, in_use: bool, fetching: FetchState | None) -> str:
    if fetching is not None:
        return "working"
    if network.problem:
        return "failed"
    return "confirmed" if in_use else "subtle"


def _share(fetching: FetchState | None) -> float:
    if fetching is None or fetching.doing in ("wait", "start"):
        return -1.0
    if fetching.doing == "fetch":
        return fetching.done / fetching.total if fetching.total else 0.0
    return 1.0
