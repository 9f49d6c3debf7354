"""How many suggestions there are at each certainty, as bars over a slider."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionSlider, QWidget

from app.ui import theme

_HEIGHT = 56


class Histogram(QWidget):
    """Bars for a range of percentages; those that are meant stand out.

    Args:
        first, last: the range, both included.
    """

    def __init__(self, first: int, last: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._last = first, last
        self._counts: NDArray[np.int64] = np.zeros(101, np.int64)
        self._from = last
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, counts: NDArray[np.int64]) -> None:
        """Show how many there are at each percentage, shape (101,)."""
        self._counts = counts
        self.update()

    def show_from(self, percent: int) -> None:
        """Let stand out what is at least so sure."""
        self._from = percent
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        # Bars stand over the middle of the slider's handle.
        option = QStyleOptionSlider()
        handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)
        steps = self._last - self._first
        step = (self.width() - handle) / steps
        counts = self._counts[self._first : self._last + 1].astype(float)
        # A few very common certainties would leave nothing to see of the others.
        heights = np.sqrt(counts / max(1.0, counts.max())) * (self.height() - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        meant = palette.color(QPalette.ColorRole.Highlight)
        for place, height in enumerate(heights):
            if height > 0:
                left = handle / 2 + (place - 0.5) * step
                high = max(2.0, float(height))
                bar = QRectF(left + 0.5, self.height() - high, max(1.0, step - 1), high)
                chosen = self._first + place >= self._from
                painter.setBrush(meant if chosen else theme.border(palette))
                painter.drawRect(bar)
        painter.end()
