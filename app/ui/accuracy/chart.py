"""A widget for a drawing: things in it can be pointed at, or reached by the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.accuracy.drawings import Drawing

_EDGE = 8


class Chart(QWidget):
    """Shows a drawing, and says what is pointed at.

    Args:
        name: what it shows, for screen readers.
        size: about how large it is to be.
    """

    #: str: what is to be said about what is pointed at; empty for nothing.
    pointed = Signal(str)

    def __init__(self, name: str, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._drawing: Drawing | None = None
        self._current = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def drawing(self) -> Drawing | None:
        """What is shown."""
        return self._drawing

    @property
    def current(self) -> int:
        """The thing that is pointed at; -1 for none."""
        return self._current

    def show_drawing(self, drawing: Drawing | None) -> None:
        """Show another one."""
        self._drawing = drawing
        self._current = -1
        self._describe()
        self.pointed.emit("")
        self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return self._size * 0.6

    def _place(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)

    def _describe(self) -> None:
        """Describe all of it."""
        texts = self._drawing.texts if self._drawing is not None else ()
        self.setAccessibleDescription("; ".join(texts))

    def _go_to(self, number: int) -> None:
        if self._drawing is None or number == self._current:
            return
        self._current = number
        text = self._drawing.texts[number] if number >= 0 else ""
        self.pointed.emit(text)
        if not text:
            self._describe()
        elif self.hasFocus():
            self.setAccessibleDescription(text)
            QAccessible.updateAccessibility(
                QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._drawing is not None:
            self._drawing.paint(painter, self._place(), self.palette(), self._current)
        if self.hasFocus():
            painter.setPen(theme.colour("accent", self.palette()))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing is not None:
            metrics = QFontMetricsF(self.font())
            self._go_to(self._drawing.thing_at(event.position(), self._place(), metrics))

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._go_to(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._drawing is not None and self._drawing.texts and self._current < 0:
            self._go_to(len(self._drawing.texts) - 1)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._go_to(-1)
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._drawing.texts) if self._drawing is not None else 0
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: count - 1}
        key = Qt.Key(event.key())
        if count and key in steps:
            self._go_to(min(max(self._current + steps[key], 0), count - 1))
        elif count and key in ends:
            self._go_to(ends[key])
        else:
            super().keyPressEvent(event)
