"""The small sign for how far a photo has come: each state has a shape of its own and a colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from app.core.photo import State
from app.ui.grid.colours import Colours

#: Shapes are drawn on a square of this side, then scaled.
_SIDE = 16.0


class Badges:
    """Keeps the sign of each state as a pixmap for one size and one set of colours."""

    def __init__(self, colours: Colours, side: int, ratio: float, *, backed: bool) -> None:
        """Args: `backed` puts a round ground behind each, for a place on the picture."""
        self._pixmaps = {
            state: _drawn(state, colours, side, ratio, backed=backed) for state in State
        }

    def of(self, state: State) -> QPixmap:
        """The sign of a state."""
        return self._pixmaps[state]


def _drawn(state: State, colours: Colours, side: int, ratio: float, *, backed: bool) -> QPixmap:
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / _SIDE, side / _SIDE)
    if backed:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.background)
        painter.drawEllipse(QRectF(0, 0, _SIDE, _SIDE))
        painter.translate(_SIDE * 0.1, _SIDE * 0.1)
        painter.scale(0.8, 0.8)
    _SHAPES[state](painter, colours.badge[state], colours.badge_mark[state])
    painter.end()
    return pixmap


def _pen(colour: QColor, width: float) -> QPen:
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(colour, width, Qt.PenStyle.SolidLine, round_cap, round_join)


def _filled(painter: QPainter, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)


def _lined(painter: QPainter, colour: QColor, width: float = 1.6) -> None:
    painter.setPen(_pen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _waiting(painter: QPainter, colour: QColor, mark: QColor) -> None:
    """A clock."""
    _lined(painter, colour)
    painter.drawEllipse(QRectF(2, 2, 12, 12))
    painter.drawPolyline(QPolygonF([QPointF(8, 5), QPointF(8, 8.3), QPointF(10.2, 9.8)]))


def _working(painter: QPainter, colour: QColor, mark: QColor) -> None:
    """Three dots on the way."""
    _filled(painter, colour)
    for x, radius in ((3.2, 1.5), (8.0, 2.0), (12.8, 1.5)):
        painter.drawEllipse(QPointF(x, 8), radius, radius)


def _suggested(painter: QPainter, colour: QColor, mark: QColor) -> None:
    """A diamond that is not filled yet. (A question in one looks like a broken character.)"""
    _lined(painter, colour, 2.0)
    painter.drawPolygon(
        QPolygonF([QPointF(8, 1.6), QPointF(14.4, 8), QPointF(8, 14.4), QPointF(1.6, 8)])
    )
    _filled(painter, colour)
    painter.drawEllipse(QPointF(8, 8), 2.4, 2.4)


def _confirmed(painter: QPainter, colour: QColor, mark: QColor) -> None:
    """A tick in a disc."""
    _filled(painter, colour)
    painter.drawEllipse(QRectF(1, 1, 14, 14))
    _lined(painter, mark, 1.9)
    painter.drawPolyline(QPolygonF([QPointF(4.7, 8.3), QPointF(7.0, 10.6), QPointF(11.3, 5.7)]))


def _failed(painter: QPainter, colour: QColor, mark: QColor) -> None:
    """An exclamation mark in a triangle."""
    _filled(painter, colour)
    painter.setPen(_pen(colour, 2.0))
    painter.drawPolygon(QPolygonF([QPointF(8, 2.4), QPointF(14.4, 13.4), QPointF(1.6, 13.4)]))
    _lined(painter, mark, 1.7)
    painter.drawLine(QPointF(8, 6), QPointF(8, 9.2))
    _filled(painter, mark)
    painter.drawEllipse(QPointF(8, 11.9), 1.0, 1.0)


def _untagged(painter: QPainter, colour: QColor, mark: QColor) -> None:
    """An empty tag."""
    _lined(painter, colour)
    painter.drawPolygon(
        QPolygonF(
            [QPointF(2, 2), QPointF(8.2, 2), QPointF(14, 7.8), QPointF(7.8, 14), QPointF(2, 8.2)]
        )
    )
    _filled(painter, colour)
    painter.drawEllipse(QPointF(5.3, 5.3), 1.1, 1.1)


_SHAPES = {
    State.WAITING: _waiting,
    State.WORKING: _working,
    State.SUGGESTED: _suggested,
    State.CONFIRMED: _confirmed,
    State.FAILED: _failed,
    State.UNTAGGED: _untagged,
}
