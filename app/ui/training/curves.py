"""How a training goes, as two lines over its rounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from app.ui import theme

_GAP = 8.0
_LINES = 4
#: So many names of rounds are seldom too wide for one chart.
_MARKS = 8


@dataclass(frozen=True, eq=False, slots=True)
class Curves:
    """A measure of each round on the photos that are learned, and on those that only judge.

    Attributes:
        training, validation: one value for each round, as many as there are so far.
        texts: what to say about each round.
        borders: numbers of rounds, from 0, at which another part of the training begins.
        names: of the two lines.
        is_share: whether the values are shares of one; else they begin at 0 and have no end.
        best: number of the round that is kept; -1 for none.
    """

    training: Sequence[float]
    validation: Sequence[float]
    texts: Sequence[str]
    borders: Sequence[int]
    names: tuple[str, str]
    is_share: bool
    best: int = -1

    def paint(self, painter: QPainter, place: QRectF, palette: QPalette, current: int = -1) -> None:
        """Paint them; the current round stands out."""
        metrics = QFontMetricsF(painter.font())
        area = self._area(place, metrics)
        self._paint_names(painter, place, metrics, palette)
        top = self._top()
        for line in range(_LINES + 1):
            y = area.bottom() - area.height() * line / _LINES
            painter.setPen(QPen(theme.border(palette), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.subtle(palette))
            box = QRectF(place.left(), y - metrics.height() / 2, area.left() - place.left() - _GAP,
                         metrics.height())  # fmt: skip
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, side, self._number(top * line / _LINES))
        self._paint_rounds(painter, area, metrics, palette)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for values, pen in (
            (self.training, self._pens(palette)[0]),
            (self.validation, self._pens(palette)[1]),
        ):
            points = [self._at(area, number, value, top) for number, value in enumerate(values)]
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            for number, point in enumerate(points):
                if number == current or len(points) == 1:
                    painter.drawEllipse(point, 4, 4)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if 0 <= self.best < len(self.validation):
            painter.setPen(QPen(self._pens(palette)[1].color(), 2))
            painter.setBrush(palette.color(QPalette.ColorRole.Base))
            painter.drawEllipse(
                self._at(area, self.best, self.validation[self.best], top), 4.5, 4.5
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if 0 <= current < len(self.training):
            x = self._across(area, current)
            painter.setPen(QPen(theme.strong_border(palette), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def thing_at(self, point: QPointF, place: QRectF, metrics: QFontMetricsF) -> int:
        """Which round is at a point, or -1."""
        area = self._area(place, metrics)
        count = len(self.training)
        if not count or not area.left() - _GAP <= point.x() <= area.right() + _GAP:
            return -1
        step = area.width() / max(1, self._rounds() - 1)
        return min(max(round((point.x() - area.left()) / step), 0), count - 1)

    def _pens(self, palette: QPalette) -> tuple[QPen, QPen]:
        """Told apart by their strokes as well, for who does not see the colours."""
        dashed = QPen(theme.warning(palette), 2, Qt.PenStyle.DashLine)
        return dashed, QPen(theme.accent(palette), 2.5)

    def _paint_names(
        self, painter: QPainter, place: QRectF, metrics: QFontMetricsF, palette: QPalette
    ) -> None:
        left = self._area(place, metrics).left()
        middle = place.top() + metrics.height() / 2
        for pen, name in zip(self._pens(palette), self.names, strict=True):
            painter.setPen(pen)
            painter.drawLine(QPointF(left, middle), QPointF(left + 26, middle))
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            width = metrics.horizontalAdvance(name) + 4
            box = QRectF(left + 26 + _GAP, place.top(), width, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            left += 26 + _GAP + width + 2 * _GAP

    def _paint_rounds(
        self, painter: QPainter, area: QRectF, metrics: QFontMetricsF, palette: QPalette
    ) -> None:
        rounds = self._rounds()
        every = max(1, math.ceil(rounds / _MARKS))
        for number in range(0, rounds, every):
            x = self._across(area, number)
            painter.setPen(theme.subtle(palette))
            box = QRectF(x - 30, area.bottom() + 4, 60, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.setPen(QPen(theme.strong_border(palette), 1, Qt.PenStyle.DotLine))
        for border in self.borders:
            if 0 < border < rounds:
                x = self._across(area, border - 0.5)
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _rounds(self) -> int:
        """How many there is room for: the lines grow to the right while there are few."""
        return max(5, len(self.training))

    def _across(self, area: QRectF, number: float) -> float:
        return area.left() + area.width() * number / max(1, self._rounds() - 1)

    def _at(self, area: QRectF, number: int, value: float, top: float) -> QPointF:
        share = min(max(value / top, 0.0), 1.0)
        return QPointF(self._across(area, number), area.bottom() - share * area.height())

    def _top(self) -> float:
        if self.is_share:
            return 1.0
        values = sorted((*self.training, *self.validation))
        if not values:
            return 1.0
        # One round that went astray is not to flatten all others.
        usual = values[int(0.95 * (len(values) - 1))]
        wanted = max(0.1, min(values[-1], 2 * usual))
        power = 10 ** math.floor(math.log10(wanted))
        return next(power * step for step in (1, 2, 4, 8, 10) if power * step >= wanted)

    def _number(self, value: float) -> str:
        return f"{value:.0%}" if self.is_share else f"{value:.3g}"

    def _area(self, place: QRectF, metrics: QFontMetricsF) -> QRectF:
        left = metrics.horizontalAdvance("100 %") + _GAP
        line = metrics.height()
        return place.adjusted(left, 1.5 * line + _GAP, -_GAP, -line - 6)
