"""Small parts of the page: figures that stand out, a legend, and a place that may be empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui import theme
from app.ui.accuracy.drawings import ANSWERS


class Facts(QWidget):
    """Figures in a row, each large and with a word below.

    Args:
        facts: the words and, for a tool tip, what each means.
    """

    def __init__(self, facts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[QLabel] = []
        self._words = [word for word, _ in facts]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for word, about in facts:
            card = QFrame()
            card.setProperty("role", "card")
            card.setToolTip(about)
            value, below = QLabel("–"), QLabel(word)
            font = QFont(value.font())
            font.setPointSizeF(font.pointSizeF() * 1.6)
            value.setFont(font)
            below.setProperty("role", "subtle")
            below.setWordWrap(True)
            column = QVBoxLayout(card)
            column.setContentsMargins(14, 8, 14, 9)
            column.setSpacing(0)
            column.addWidget(value)
            column.addWidget(below)
            layout.addWidget(card, 1)
            value.setAccessibleName(f"{word}: –")
            self._values.append(value)

    def show_values(self, values: Sequence[str]) -> None:
        """Show figures, in the order of the words."""
        for label, word, value in zip(self._values, self._words, values, strict=True):
            label.setText(value)
            label.setAccessibleName(f"{word}: {value}")

    def values(self) -> list[str]:
        """What is shown."""
        return [label.text() for label in self._values]


class Legend(QWidget):
    """What the colours of `drawings.ANSWERS` mean.

    Args:
        words: in their order.
    """

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(words))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide = sum(metrics.horizontalAdvance(word) + 34 for word in self._words)
        return QSize(wide, metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_legend(painter, QRectF(self.rect()), self._words, self.palette())
        painter.end()


def paint_legend(painter: QPainter, place: QRectF, words: Sequence[str], palette: QPalette) -> None:
    """Paint squares and words in a row."""
    x = place.left()
    for word, meaning in zip(words, ANSWERS, strict=True):
        square = QRectF(x, place.center().y() - 5, 10, 10)
        painter.fillRect(square, theme.colour(meaning, palette))
        painter.setPen(theme.subtle(palette))
        wide = painter.fontMetrics().horizontalAdvance(word)
        box = QRectF(x + 16, place.top(), wide + 4, place.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, word)
        x += wide + 34


class Pane(QStackedWidget):
    """Shows something, or a sentence in its place.

    Args:
        content: what it shows.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setProperty("role", "subtle")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        around = QWidget()
        layout = QHBoxLayout(around)
        layout.addStretch(1)
        layout.addWidget(self._sentence, 3)
        layout.addStretch(1)
        self._content = content
        self.addWidget(content)
        self.addWidget(around)

    def say(self, sentence: str) -> None:
        """Show a sentence; an empty one shows the content."""
        self._sentence.setText(sentence)
        self.setCurrentIndex(1 if sentence else 0)

    @property
    def sentence(self) -> str:
        """What is said in place of the content."""
        return self._sentence.text() if self.currentIndex() else ""
