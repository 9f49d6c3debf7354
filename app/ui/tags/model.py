"""The tree of tags as Qt models: it changes in place, so that views keep what they show."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import count
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)

from app.core.tag import Tag
from app.library.vocabulary import Branch
from app.ui.mime import PHOTOS_MIME, TAGS_MIME, photos_in, put_tags, tags_in

Index = QModelIndex | QPersistentModelIndex


class TagRole(IntEnum):
    """What the model answers beside Qt's own roles."""

    TAG = Qt.ItemDataRole.UserRole + 101  #: core.tag.Tag
    CONFIRMED = Qt.ItemDataRole.UserRole + 102  #: photos that have it or one below it
    SUGGESTED = Qt.ItemDataRole.UserRole + 103  #: photos for which one of them is suggested
    SEARCH = Qt.ItemDataRole.UserRole + 104  #: the name and the synonyms


class _Node:
    """A place in the tree. Qt knows it by its number, so that a stale index cannot reach it."""

    __slots__ = ("branch", "children", "keys", "number", "parent")

    def __init__(self, number: int, branch: Branch | None, parent: _Node | None) -> None:
        self.number = number
        self.branch = branch
        self.parent = parent
        self.children: list[_Node] = []
        self.keys: list[str] = []

    @property
    def row(self) -> int:
        assert self.parent is not None
        assert self.branch is not None
        return bisect_left(self.parent.keys, self.branch.tag.key[-1])


class TagTreeModel(QAbstractItemModel):
    """Every tag in its place, with the number of photos.

    `show` brings it up to date row by row: what stays keeps its rows, selection and expansion.
    """

    #: list[PhotoId], Tag: photos were dropped onto a tag.
    photos_dropped = Signal(object, object)
    #: list[Tag], Tag or None: tags were dropped onto another one, or beside all of them.
    tags_dropped = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._root = _Node(0, None, None)
        self._nodes: dict[int, _Node] = {}
        self._by_key: dict[tuple[str, ...], _Node] = {}

    # The tree

    def show(self, branches: Iterable[Branch]) -> None:
        """Bring the tree up to date; each branch comes after the one that it is in."""
        below: dict[tuple[str, ...], list[Branch]] = defaultdict(list)
        for branch in branches:
            below[branch.tag.key[:-1]].append(branch)
        for siblings in below.values():
            siblings.sort(key=lambda branch: branch.tag.key[-1])
        if not self._root.children:  # nothing that a view could lose
            self.beginResetModel()
            self._grow(self._root, below)
            self.endResetModel()
        else:
            self._update(self._root, below)

    def tags(self) -> list[Tag]:
        """All tags of the tree."""
        return [node.branch.tag for node in self._nodes.values() if node.branch is not None]

    def branch(self, tag: Tag) -> Branch | None:
        """A tag with its numbers, if it is in the tree."""
        node = self._by_key.get(tag.key)
        return node.branch if node else None

    def index_of(self, tag: Tag) -> QModelIndex:
        """Where a tag is; invalid if it is not in the tree."""
        node = self._by_key.get(tag.key)
        return self.createIndex(node.row, 0, node.number) if node else QModelIndex()

    def _grow(self, node: _Node, below: dict[tuple[str, ...], list[Branch]]) -> None:
        for branch in below.get(_key(node), ()):
            self._insert(node, len(node.children), branch, below)

    def _insert(
        self, parent: _Node, row: int, branch: Branch, below: dict[tuple[str, ...], list[Branch]]
    ) -> None:
        node = _Node(next(self._numbers), branch, parent)
        parent.children.insert(row, node)
        parent.keys.insert(row, branch.tag.key[-1])
        self._nodes[node.number] = node
        self._by_key[branch.tag.key] = node
        self._grow(node, below)

    def _forget(self, node: _Node) -> None:
        for child in node.children:
            self._forget(child)
        del self._nodes[node.number]
        assert node.branch is not None
        self._by_key.pop(node.branch.tag.key, None)

    def _update(self, node: _Node, below: dict[tuple[str, ...], list[Branch]]) -> None:
        index = self._index(node)
        wanted = {branch.tag.key[-1]: branch for branch in below.get(_key(node), ())}
        for row in reversed(range(len(node.children))):
            if node.keys[row] not in wanted:
                self.beginRemoveRows(index, row, row)
                self._forget(node.children.pop(row))
                del node.keys[row]
                self.endRemoveRows()
        for key, branch in wanted.items():
            row = bisect_left(node.keys, key)
            if row < len(node.keys) and node.keys[row] == key:
                child = node.children[row]
                old, child.branch = child.branch, branch
                assert old is not None
                if old != branch or old.tag.path != branch.tag.path:
                    place = self._index(child)
                    self.dataChanged.emit(place, place)
                self._update(child, below)
            else:
                self.beginInsertRows(index, row, row)
                self._insert(node, row, branch, below)
                self.endInsertRows()

    def _index(self, node: _Node) -> QModelIndex:
        if node is self._root:
            return QModelIndex()
        return self.createIndex(node.row, 0, node.number)

    def _node(self, index: Index) -> _Node | None:
        return self._nodes.get(index.internalId()) if index.isValid() else self._root

    # Qt's questions

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """See Qt."""
        node = self._node(parent)
        if node is None or column != 0 or not 0 <= row < len(node.children):
            return QModelIndex()
        return self.createIndex(row, 0, node.children[row].number)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """See Qt."""
        node = self._node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self._index(node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        node = self._node(parent)
        return len(node.children) if node is not None and parent.column() <= 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        node = self._node(index)
        if node is None or node.branch is None:
            return None
        branch = node.branch
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return branch.tag.name
            case Qt.ItemDataRole.ToolTipRole:
                return self._told(branch, bool(node.children))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(branch)
            case TagRole.TAG:
                return branch.tag
            case TagRole.CONFIRMED:
                return branch.confirmed
            case TagRole.SUGGESTED:
                return branch.suggested
            case TagRole.SEARCH:
                return "\n".join((branch.tag.name, *branch.synonyms))
            case _:
                return None

    def _spoken(self, branch: Branch) -> str:
        said = [branch.tag.name, self.tr("%n photo(s)", "", branch.confirmed)]
        if branch.suggested:
            said.append(self.tr("suggested for %n photo(s)", "", branch.suggested))
        return ", ".join(said)

    def _told(self, branch: Branch, parent: bool) -> str:
        lines = [str(branch.tag)]
        if branch.synonyms:
            lines.append(self.tr("Also: {words}").format(words=", ".join(branch.synonyms)))
        if parent:
            text = self.tr("%n photo(s) with this tag or one below it", "", branch.confirmed)
            lines.append(text)
            lines.append(self.tr("%n of them with this very tag", "", branch.own))
        else:
            lines.append(self.tr("%n photo(s) with this tag", "", branch.confirmed))
        if branch.suggested:
            lines.append(self.tr("Suggested for %n photo(s)", "", branch.suggested))
        return "\n".join(lines)

    # Dragging and dropping

    def flags(self, index: Index) -> Qt.ItemFlag:
        """See Qt."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemIsDropEnabled
        )

    def supportedDragActions(self) -> Qt.DropAction:
        """A copy, for Qt: with a move, the view would take out rows by itself."""
        return Qt.DropAction.CopyAction

    def supportedDropActions(self) -> Qt.DropAction:
        """See Qt."""
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """See Qt."""
        return [TAGS_MIME, PHOTOS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """See Qt."""
        mime = QMimeData()
        put_tags(mime, (index.data(TagRole.TAG) for index in indexes))
        return mime

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Photos onto a tag; tags onto another one that is not below them, or to the top."""
        target = parent.data(TagRole.TAG) if parent.isValid() else None
        if photos_in(data):
            return target is not None
        tags = tags_in(data)
        if not tags:
            return False
        key = target.key if target is not None else ()
        return all(key[: len(tag.key)] != tag.key for tag in tags) and any(
            tag.key[:-1] != key for tag in tags
        )

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Say what was dropped; nothing is changed here."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        target = parent.data(TagRole.TAG) if parent.isValid() else None
        if photos := photos_in(data):
            self.photos_dropped.emit(photos, target)
        else:
            self.tags_dropped.emit(tags_in(data), target)
        return True


class TagFilter(QSortFilterProxyModel):
    """The tags whose name or synonym holds some words, with those above and below them."""

    def __init__(self, model: TagTreeModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSourceModel(model)
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)
        self.setFilterRole(TagRole.SEARCH)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)


def _key(node: _Node) -> tuple[str, ...]:
    return node.branch.tag.key if node.branch is not None else ()
