"""The rules as a table that can be edited."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from app.core.errors import UsageError
from app.core.rules import Rule
from app.core.tag import Tag, fold
from app.services.rules_text import RuleEntry, placed, with_also
from app.ui import reasons

Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns of the table."""

    WORD = 0
    TAG = 1
    THRESHOLD = 2
    PRIORITY = 3
    ALSO = 4


class RuleRole(IntEnum):
    """What the model answers beside Qt's own roles."""

    SORT = Qt.ItemDataRole.UserRole + 201
    SEARCH = Qt.ItemDataRole.UserRole + 202


class RulesModel(QAbstractTableModel):
    """Entries of a rules file, with what the user has changed."""

    #: Something was changed.
    changed = Signal()
    #: str: what was typed cannot be; empty once something else was.
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[RuleEntry, ...] = ()
        self._changes: dict[str, Rule] = {}

    def show(self, entries: tuple[RuleEntry, ...]) -> None:
        """Start with other entries; what was changed is dropped."""
        self.beginResetModel()
        self._entries = entries
        self._changes = {}
        self.endResetModel()

    @property
    def changes(self) -> dict[str, Rule]:
        """What the user has changed, by entry."""
        return dict(self._changes)

    def row_of(self, name: str) -> int:
        """The row of an entry; -1 if there is none."""
        return next((row for row, each in enumerate(self._entries) if each.name == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See Qt."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(Column(section))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explained(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = section in (Column.THRESHOLD, Column.PRIORITY)
            return _RIGHT if number else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """See Qt."""
        flags = super().flags(index)
        if index.isValid() and index.column() != Column.WORD:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], Column(index.column())
        rule = self._rule(entry)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(entry, rule, column)
            case Qt.ItemDataRole.EditRole:
                return self._edited(rule, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._told(entry, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column in (Column.THRESHOLD, Column.PRIORITY) else None
            case Qt.ItemDataRole.FontRole:
                if self._differs(entry, column):
                    font = QFont()
                    font.setBold(True)
                    return font
                return None
            case RuleRole.SORT:
                if column == Column.TAG:
                    return "\n".join(rule.tag.key)
                return entry.name if column == Column.WORD else self._edited(rule, column)
            case RuleRole.SEARCH:
                return "\n".join((entry.name, *entry.names, str(rule.tag), *map(str, rule.also)))
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take over what was typed, or say why it cannot be."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        entry = self._entries[index.row()]
        try:
            rule = self._with(self._rule(entry), Column(index.column()), value)
        except UsageError as error:
            self.refused.emit(reasons.of_error(error))
            return False
        self.refused.emit("")
        self._set(index.row(), rule)
        return True

    def restore(self, row: int) -> None:
        """Drop what was changed about an entry."""
        self._set(row, self._entries[row].rule)

    def _set(self, row: int, rule: Rule) -> None:
        entry = self._entries[row]
        if _same(rule, entry.rule):
            self._changes.pop(entry.name, None)
        else:
            self._changes[entry.name] = rule
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
        self.changed.emit()

    def _rule(self, entry: RuleEntry) -> Rule:
        return self._changes.get(entry.name, entry.rule)

    def _with(self, rule: Rule, column: Column, value: Any) -> Rule:
        match column:
            case Column.TAG:
                tag = Tag.parse(str(value))
                return rule if tag.path == rule.tag.path else placed(rule, tag)
            case Column.THRESHOLD:
                return Rule(rule.label, float(value), rule.priority, rule.categories)
            case Column.PRIORITY:
                return Rule(rule.label, rule.threshold, int(value), rule.categories)
            case Column.ALSO:
                texts = [text.strip() for text in str(value).split(",")]
                also = tuple(dict.fromkeys(Tag.parse(text) for text in texts if text))
                if any(fold(tag.name) == fold(rule.label) for tag in also):
                    text = self.tr("“{name}” is the tag itself.")
                    raise UsageError(text.format(name=rule.label))
                return rule if also == rule.also else with_also(rule, also)
            case _:
                return rule

    def _differs(self, entry: RuleEntry, column: Column) -> bool:
        if column == Column.WORD or entry.name not in self._changes:
            return False
        return self._edited(self._rule(entry), column) != self._edited(entry.rule, column)

    def _edited(self, rule: Rule, column: Column) -> Any:
        match column:
            case Column.TAG:
                return str(rule.tag)
            case Column.THRESHOLD:
                return rule.threshold
            case Column.PRIORITY:
                return rule.priority
            case Column.ALSO:
                return ", ".join(map(str, rule.also))
            case _:
                return ""

    def _shown(self, entry: RuleEntry, rule: Rule, column: Column) -> str:
        match column:
            case Column.WORD:
                more = len(entry.names)
                if not more:
                    return entry.name
                return self.tr("{word} and %n more", "", more).format(word=entry.name)
            case Column.THRESHOLD:
                if rule.threshold >= 1:
                    return self.tr("never")
                return self.tr("{percent} %").format(percent=f"{rule.threshold * 100:g}")
            case _:
                return str(self._edited(rule, column))

    def _told(self, entry: RuleEntry, column: Column) -> str | None:
        if column == Column.WORD and entry.names:
            words = (entry.name, *entry.names)
            return ", ".join(words[:40]) + (" …" if len(words) > 40 else "")
        if entry.name in self._changes and self._differs(entry, column):
            was = self._shown(entry, entry.rule, column)
            return self.tr("Before: {value}").format(value=was or "–")
        return None

    def _heading(self, column: Column) -> str:
        match column:
            case Column.WORD:
                return self.tr("The network says")
            case Column.TAG:
                return self.tr("Tag")
            case Column.THRESHOLD:
                return self.tr("Suggested from")
            case Column.PRIORITY:
                return self.tr("Priority")
            case _:
                return self.tr("Further tags")

    def _explained(self, column: Column) -> str:
        match column:
            case Column.WORD:
                return self.tr("The network's own words that lead to the tag.")
            case Column.TAG:
                return self.tr("The tag with its place in the tree, as in Animal/Cat.")
            case Column.THRESHOLD:
                return self.tr(
                    "The network's own score must be at least this; the certainty that you see is"
                    " made from it and mostly higher. 100 % switches the rule off."
                )
            case Column.PRIORITY:
                return self.tr("Of a photo's suggestions, the higher comes first.")
            case _:
                return self.tr("More tags that come with it, with commas between them.")


class RulesFilter(QSortFilterProxyModel):
    """The rules that hold some words, sorted by a column."""

    def __init__(self, model: RulesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSourceModel(model)
        self.setSortRole(RuleRole.SORT)
        self.setFilterRole(RuleRole.SEARCH)
        self.setFilterKeyColumn(0)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        # A row must not jump away while it is edited.
        self.setDynamicSortFilter(False)


def _same(first: Rule, second: Rule) -> bool:
    """Whether two rules say the same in the same spelling."""
    return first == second and all(
        a.path == b.path for a, b in zip(first.categories, second.categories, strict=True)
    )
