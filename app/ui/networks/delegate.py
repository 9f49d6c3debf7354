"""How a network is painted in the list: its name, its state, and a line about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui import theme
from app.ui.networks.model import NetworkRole

Index = QModelIndex | QPersistentModelIndex

_MARGIN: Final = 12
_PADDING: Final = 9
_GAP: Final = 16
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class NetworkDelegate(QStyledItemDelegate):
    """Two lines for a network, and a bar while it is fetched; one for a heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """See Qt."""
        height = option.fontMetrics.height()
        if index.data(NetworkRole.NETWORK) is None:
            return QSize(0, height + 3 * _PADDING)
        return QSize(0, 2 * height + 2 * _PADDING + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """See Qt."""
        painter.save()
        if index.data(NetworkRole.NETWORK) is None:
            self._paint_heading(painter, option, index)
        else:
            self._paint_network(painter, option, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setFont(_heavy(option.font))
        painter.setPen(theme.subtle(option.palette))
        place = option.rect.adjusted(_MARGIN, _PADDING, -_MARGIN, 0)
        painter.drawText(place, _LEFT, str(index.data()))

    def _paint_network(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = option.palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        metrics = option.fontMetrics
        place = option.rect.adjusted(_MARGIN, _PADDING, -_MARGIN, 0)
        upper = QRect(place.left(), place.top(), place.width(), metrics.height())
        lower = upper.translated(0, metrics.height() + 4)

        state = str(index.data(NetworkRole.STATE))
        width = min(metrics.horizontalAdvance(state) + 2, place.width() // 2)
        painter.setFont(option.font)
        painter.setPen(theme.colour(str(index.data(NetworkRole.TONE)), palette))
        painter.drawText(upper, _RIGHT, _short(metrics, state, width))

        heavy = _heavy(option.font)
        painter.setFont(heavy)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        room = upper.width() - width - _GAP
        painter.drawText(upper, _LEFT, _short(QFontMetrics(heavy), str(index.data()), room))

        painter.setFont(option.font)
        is_wrong = index.data(NetworkRole.TONE) == "failed"
        painter.setPen(theme.failed(palette) if is_wrong else theme.subtle(palette))
        line = str(index.data(NetworkRole.LINE))
        painter.drawText(lower, _LEFT, _short(metrics, line, lower.width()))

        share = float(index.data(NetworkRole.SHARE))
        if share >= 0:
            bar = QRectF(lower.left(), option.rect.bottom() - 5, lower.width(), 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.pressed(palette))
            painter.drawRoundedRect(bar, 1.5, 1.5)
            bar.setWidth(bar.width() * min(share, 1.0))
            painter.setBrush(theme.working(palette))
            painter.drawRoundedRect(bar, 1.5, 1.5)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        palette = option.palette
        ground = QRectF(option.rect).adjusted(2.5, 1.5, -2.5, -1.5)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(theme.selected(palette))
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(theme.accent(palette), 1.5) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(ground, 6, 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.hover(palette))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(ground, 6, 6)


def _heavy(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy


def _short(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))
