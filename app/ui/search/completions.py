"""The list under the search field: its model and how a line of it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.search import Completion
from app.ui import theme
from app.ui.icons import icon
from app.ui.search import wording

_Index = QModelIndex | QPersistentModelIndex
COMPLETION = Qt.ItemDataRole.UserRole + 1
_DETAIL, _COUNT = COMPLETION + 1, COMPLETION + 2
_ICONS = {
    "key": "filter",
    "tag": "tag",
    "state": "review",
    "camera": "photo",
    "folder": "folder",
    "date": "sort",
    "rating": "star",
    "certainty": "accept",
    "history": "search",
}


class CompletionModel(QAbstractListModel):
    """What could be typed next; each line answers `COMPLETION` with a `Completion`."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._found: list[Completion] = []
        self._icon = ""

    def show(self, found: Sequence[Completion], icon_name: str = "") -> None:
        """Show these.

        Args:
            icon_name: in front of each; empty for that of its kind.
        """
        self.beginResetModel()
        self._found, self._icon = list(found), icon_name
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        each = self._found[index.row()]
        detail = self._detail(each)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return each.text
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(self._icon or _ICONS[each.kind])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (each.text, detail, self._count(each))))
        if role == COMPLETION:
            return each
        if role == _DETAIL:
            return detail
        return self._count(each) if role == _COUNT else None

    def _detail(self, each: Completion) -> str:
        if self._icon:
            return ""
        if each.kind == "key":
            return wording.explained(each.text)
        return wording.state(each.text) if each.kind == "state" else each.detail

    def _count(self, each: Completion) -> str:
        return "" if each.count is None else QLocale().toString(each.count)


class CompletionDelegate(QStyledItemDelegate):
    """An icon, the text, what it is in a quieter colour, and at the right how many there are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        palette = option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 5, 5)
        strong = palette.color(
            QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        )
        quiet = strong if chosen else theme.subtle(palette)
        metrics = option.fontMetrics
        inner = option.rect.adjusted(12, 0, -14, 0)
        side = metrics.height()
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        mode = picture.Mode.Selected if chosen else picture.Mode.Normal
        place = QRect(inner.left(), inner.center().y() - side // 2 + 1, side, side)
        picture.paint(painter, place, mode=mode)
        middle = Qt.AlignmentFlag.AlignVCenter
        count = index.data(_COUNT)
        painter.setPen(quiet)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, count)
        left = place.right() + 10
        room = inner.right() - left - (metrics.horizontalAdvance(count) + 16 if count else 0)
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideMiddle, room)
        painter.setPen(strong)
        painter.drawText(QRect(left, inner.top(), room, inner.height()), middle, text)
        used = metrics.horizontalAdvance(text) + 12
        if room - used > 40:
            detail = metrics.elidedText(
                index.data(_DETAIL), Qt.TextElideMode.ElideRight, room - used
            )
            painter.setPen(quiet)
            painter.drawText(
                QRect(left + used, inner.top(), room - used, inner.height()), middle, detail
            )
        painter.restore()
