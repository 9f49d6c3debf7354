"""What charts look like, apart from any widget: they are painted on the screen and into files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from app.ui import theme

#: The meanings (see `app.ui.theme`) in whose colours what was kept, removed and added is painted.
#: They stay apart also for who does not tell red from green.
ANSWERS = ("accent", "warning", "waiting")
_GAP = 8.0


class Drawing(Protocol):
    """A chart with things in it that can be pointed at."""

    @property
    def texts(self) -> Sequence[str]:
        """What to say about each thing, from left to right."""
        ...

    def paint(self, painter: QPainter, place: QRectF, palette: QPalette, current: int = -1) -> None:
        """Paint it; the current thing stands out."""
        ...

    def thing_at(self, point: QPointF, place: QRectF, metrics: QFontMetricsF) -> int:
        """Which thing is at a point, or -1."""
        ...


@dataclass(frozen=True, eq=False, slots=True)
class Bars:
    """Numbers of kept, removed and added for each period, as bars in three parts.

    Attributes:
        numbers: shape (periods, 3).
        names: of the periods, as they stand below; some are left out where there is no room.
        texts: see `Drawing`.
    """

    numbers: NDArray[np.int64]
    names: Sequence[str]
    texts: Sequence[str]

    def paint(self, painter: QPainter, place: QRectF, palette: QPalette, current: int = -1) -> None:
        metrics = QFontMetricsF(painter.font())
        area = self._area(place, metrics)
        top = _round_up(int(self.numbers.sum(axis=1).max(initial=1)))
        parts = 4 if top % 4 == 0 else 2 if top % 2 == 0 else 1
        for part in range(parts + 1):
            y = area.bottom() - area.height() * part / parts
            _line_across(painter, area, y, str(top * part // parts), palette)
        step = area.width() / max(1, len(self.numbers))
        width = min(step * 0.72, 36.0)
        last = -1e9
        for place_, (row, name) in enumerate(zip(self.numbers, self.names, strict=True)):
            middle = area.left() + (place_ + 0.5) * step
            if place_ == current:
                ground = QRectF(middle - step / 2, area.top(), step, area.height())
                painter.fillRect(ground, theme.hover(palette))
            bottom = area.bottom()
            for number, meaning in zip(row.tolist(), ANSWERS, strict=True):
                high = area.height() * number / top
                bar = QRectF(middle - width / 2, bottom - high, width, high)
                painter.fillRect(bar, theme.colour(meaning, palette))
                bottom -= high
            wide = metrics.horizontalAdvance(name)
            if middle - wide / 2 > last + 2 * _GAP:
                painter.setPen(theme.subtle(palette))
                text = QRectF(middle - wide, area.bottom() + 4, 2 * wide, metrics.height())
                painter.drawText(text, Qt.AlignmentFlag.AlignCenter, name)
                last = middle + wide / 2

    def thing_at(self, point: QPointF, place: QRectF, metrics: QFontMetricsF) -> int:
        area = self._area(place, metrics)
        if not len(self.numbers) or not area.left() <= point.x() < area.right():
            return -1
        return int((point.x() - area.left()) / area.width() * len(self.numbers))

    def _area(self, place: QRectF, metrics: QFontMetricsF) -> QRectF:
        left = metrics.horizontalAdvance("0000") + _GAP
        return place.adjusted(left, metrics.height() / 2, 0, -metrics.height() - 6)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a curve.

    Attributes:
        across: 0 to 1, from left to right.
        share: 0 to 1, from bottom to top.
        text: what to say about it.
        weight: 0 to 1, how much it stands for: the size of its dot.
        low, high: between which shares it was found.
    """

    across: float
    share: float
    text: str
    weight: float = 0.3
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Curve:
    """Shares over something.

    Attributes:
        points: from left to right.
        marks: numbers below, each with its place across, 0 to 1.
        below: what they are.
        diagonal: whether the line is drawn on which shares are what stands below.
    """

    points: Sequence[Point]
    marks: Sequence[tuple[float, str]]
    below: str
    diagonal: bool = False

    @property
    def texts(self) -> Sequence[str]:
        return [each.text for each in self.points]

    def paint(self, painter: QPainter, place: QRectF, palette: QPalette, current: int = -1) -> None:
        metrics = QFontMetricsF(painter.font())
        area = self._area(place, metrics)
        for fifth in range(6):
            y = area.bottom() - area.height() * fifth / 5
            _line_across(painter, area, y, f"{fifth * 20} %", palette)
        for across, name in self.marks:
            x = area.left() + area.width() * across
            painter.setPen(QPen(theme.border(palette), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(theme.subtle(palette))
            text = QRectF(x - 60, area.bottom() + 4, 120, metrics.height())
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, name)
        painter.setPen(theme.subtle(palette))
        text = QRectF(area.left(), area.bottom() + 6 + metrics.height(), area.width(),
                      metrics.height())  # fmt: skip
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, self.below)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.diagonal:
            painter.setPen(QPen(theme.strong_border(palette), 1, Qt.PenStyle.DashLine))
            painter.drawLine(area.bottomLeft(), area.topRight())
        self._paint_curve(painter, area, palette, current)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_curve(
        self, painter: QPainter, area: QRectF, palette: QPalette, current: int
    ) -> None:
        accent = theme.colour("accent", palette)
        painter.setPen(QPen(theme.strong_border(palette), 1.5))
        for each in self.points:
            if each.low is not None and each.high is not None:
                painter.drawLine(
                    _at(area, each.across, each.low), _at(area, each.across, each.high)
                )
        places = [_at(area, each.across, each.share) for each in self.points]
        painter.setPen(QPen(accent, 2))
        painter.drawPolyline(QPolygonF(places))
        for number, (each, at) in enumerate(zip(self.points, places, strict=True)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            radius = 3.5 + 5 * each.weight**0.5
            painter.drawEllipse(at, radius, radius)
            if number == current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
                painter.drawEllipse(at, radius + 4, radius + 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def thing_at(self, point: QPointF, place: QRectF, metrics: QFontMetricsF) -> int:
        area = self._area(place, metrics)
        near = [
            (abs(point.x() - (area.left() + each.across * area.width())), number)
            for number, each in enumerate(self.points)
        ]
        distance, number = min(near, default=(1e9, -1))
        return number if distance < 24 else -1

    def _area(self, place: QRectF, metrics: QFontMetricsF) -> QRectF:
        left = metrics.horizontalAdvance("100 %") + _GAP
        return place.adjusted(left, metrics.height() / 2 + 6, -28, -2 * metrics.height() - 10)


def mixed(ground: QColor, colour: QColor, share: float) -> QColor:
    """A colour between two."""
    parts = zip(ground.getRgb()[:3], colour.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(one + (other - one) * share) for one, other in parts))


def _at(area: QRectF, across: float, share: float) -> QPointF:
    return QPointF(area.left() + across * area.width(), area.bottom() - share * area.height())


def _line_across(painter: QPainter, area: QRectF, y: float, text: str, palette: QPalette) -> None:
    painter.setPen(QPen(theme.border(palette), 1))
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
    painter.setPen(theme.subtle(palette))
    place = QRectF(area.left() - 100 - _GAP, y - 10, 100, 20)
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _round_up(number: int) -> int:
    """The next number that is easily divided: 1, 2, 4, 8, 10, 20, 40 …"""
    power = 1
    while True:
        for factor in (1, 2, 4, 8):
            if factor * power >= number:
                return factor * power
        power *= 10
