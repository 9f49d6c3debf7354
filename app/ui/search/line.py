"""The line in which a search is typed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui import theme


class SearchLine(QLineEdit):
    """A line edit that can underline a part of its text."""

    #: Down was pressed: what was searched for before is wanted.
    history_wanted = Signal()
    #: Escape was pressed.
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrong: tuple[int, int] | None = None

    def underline(self, wrong: tuple[int, int] | None) -> None:
        """Underline a part of the text, from a position on for a length; or (None) nothing."""
        if wrong != self._wrong:
            self._wrong = wrong
            self.update()

    @property
    def underlined(self) -> tuple[int, int] | None:
        """What is underlined."""
        return self._wrong

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.history_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._wrong is None or not self.text():
            return
        position, length = self._wrong
        metrics, text = self.fontMetrics(), self.text()
        # Where the text begins follows from where the cursor is, however far it is scrolled.
        # (The rectangle is that of the cursor and five pixels on both sides.)
        begin = (
            self.cursorRect().left() + 5 - metrics.horizontalAdvance(text[: self.cursorPosition()])
        )
        first = begin + metrics.horizontalAdvance(text[:position])
        last = begin + metrics.horizontalAdvance(text[: position + length])
        inside = self.contentsRect().adjusted(6, 0, -6, 0)
        first, last = max(first, inside.left()), min(max(last, first + 6), inside.right())
        if last <= first:
            return
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2 + 3.5
        wave = QPolygonF(
            [
                QPointF(min(x, last), base + (1.5 if n % 2 else 0))
                for n, x in enumerate(range(first, last + 3, 3))
            ]
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.failed(self.palette()), 1.4))
        painter.drawPolyline(wave)
