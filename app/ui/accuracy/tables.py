"""Tables of figures: each row a tag, each column a figure that it can be sorted by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui import numbers, theme

Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
#: Stands where nothing is known.
UNKNOWN = "–"


class FigureRole(IntEnum):
    """What the model answers beside Qt's own roles."""

    SORT = Qt.ItemDataRole.UserRole + 301
    TREND = Qt.ItemDataRole.UserRole + 302  #: shares, shape (periods,), NaN for none


@dataclass(frozen=True, slots=True)
class Column:
    """A figure.

    Attributes:
        title: over the column.
        about: what it is, as a tool tip.
        value: of a row: a text, a number, a share from 0 to 1, or None where it is not known.
        tip: more about the figure of a row.
        share: whether it is a share.
        trend: whether it is an array of shares, painted as a line.
    """

    title: str
    about: str
    value: Callable[[Any], Any]
    tip: Callable[[Any], str] | None = None
    share: bool = False
    trend: bool = False


class FigureModel(QAbstractTableModel):
    """Rows of anything.

    Args:
        columns: what is shown of each; the first is its name.
    """

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._rows: Sequence[Any] = ()

    def show(self, rows: Sequence[Any]) -> None:
        """Show others."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> Any:
        """What a row is about."""
        return self._rows[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """See Qt."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See Qt."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.about
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section == 0 or column.trend else _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See Qt."""
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column.trend else shown(column.value(row), share=column.share)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if index.column() == 0 else _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip is not None else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = column.tip(row) if column.trend and column.tip is not None else None
            return said or shown(column.value(row), share=column.share)
        if role == FigureRole.TREND:
            return column.value(row) if column.trend else None
        if role == FigureRole.SORT:
            return _last(column.value(row)) if column.trend else column.value(row)
        return None


class FigureFilter(QSortFilterProxyModel):
    """Sorts and filters; what is not known comes last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(FigureRole.SORT)
        self.setFilterKeyColumn(0)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def lessThan(self, left: Index, right: Index) -> bool:
        """See Qt."""
        one, other = left.data(FigureRole.SORT), right.data(FigureRole.SORT)
        if one is None or other is None:
            # Qt turns the order round for a descending one.
            descending = self.sortOrder() == Qt.SortOrder.DescendingOrder
            return (one is None) == descending and one is not other
        if isinstance(one, str):
            return one.casefold() < other.casefold()
        return bool(one < other)


class TrendDelegate(QStyledItemDelegate):
    """Paints shares as a small line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        super().paint(painter, option, index)
        shares = index.data(FigureRole.TREND)
        if shares is None:
            return
        place = QRectF(option.rect).adjusted(8, 5, -8, -5)
        step = place.width() / max(1, len(shares) - 1)
        points = [
            QPointF(place.left() + number * step, place.bottom() - share * place.height())
            for number, share in enumerate(shares.tolist())
            if not np.isnan(share)
        ]
        if not points:
            return
        palette = option.palette
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = palette.color(QPalette.ColorRole.HighlightedText)
        accent = ink if is_selected else theme.colour("accent", palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink if is_selected else theme.border(palette), 0.5))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.setPen(QPen(accent, 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(accent)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(points[-1], 2.5, 2.5)
        painter.restore()


def table_of(model: FigureFilter, name: str) -> QTableView:
    """A table that can be sorted.

    Args:
        name: for screen readers.
    """
    table = QTableView()
    table.setModel(model)
    table.setSortingEnabled(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 10)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setMinimumSectionSize(56)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.setAccessibleName(name)
    return table


def shown(value: Any, *, share: bool = False) -> str:
    """A figure as text."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if share:
        return percent(value)
    return QLocale().toString(int(value))


def percent(share: float) -> str:
    """A share as text; 99.6 % is not all."""
    number = round(100 * share)
    if number == 100 and share < 1:
        return f"> {numbers.percent(99)}"
    return numbers.percent(number)


def _last(shares: NDArray[np.float64]) -> float | None:
    known = shares[~np.isnan(shares)]
    return float(known[-1]) if len(known) else None
