"""All keys at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import theme

#: Where it stands, what it does, and the key: a sequence, or text such as "1 – 9".
Key = tuple[str, str, QKeySequence | str]

#: By section: what a key does, and what stands on its caps.
Sections = dict[str, list[tuple[str, list[str]]]]

_GAP, _PAD, _SCROLL_BAR = 3, 7, 20


class KeysOverlay(QDialog):
    """Shows every key, by section. Escape closes it, and so does the key that opened it.

    Args:
        keys: in the order in which they are shown; the same section need not be together. What
            has no key is left out.
    """

    def __init__(self, keys: Iterable[Key], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        sections: Sections = {}
        for section, text, key in keys:
            if parts := caps(key):
                sections.setdefault(section, []).append((text, parts))
        room = self.screen().availableSize() * 0.9
        for count in (3, 2, 1):
            inside = self._in_columns(sections, count)
            if inside.sizeHint().width() + _SCROLL_BAR <= room.width():
                break
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("Keys"))
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        below = QHBoxLayout()
        below.setContentsMargins(26, 12, 26, 16)
        below.addStretch(1)
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addLayout(below)
        wanted = inside.sizeHint()
        height = wanted.height() + below.sizeHint().height()
        self.resize(QSize(wanted.width() + _SCROLL_BAR, height).boundedTo(room))

    def _in_columns(self, sections: Sections, count: int) -> QWidget:
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(26, 22, 26, 22)
        columns.setSpacing(44)
        for names in _balanced([(name, len(rows)) for name, rows in sections.items()], count):
            column = QVBoxLayout()
            column.setSpacing(24)
            for name in names:
                column.addLayout(self._section(name, sections[name]))
            column.addStretch(1)
            columns.addLayout(column, 1)
        return inside

    def _section(self, name: str, rows: Sequence[tuple[str, list[str]]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        heading = QLabel(name)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        grid.addWidget(heading, 0, 0, 1, 2)
        for number, (text, parts) in enumerate(rows, 1):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, number, 0)
            grid.addWidget(_Caps(parts, text), number, 1, Qt.AlignmentFlag.AlignRight)
        return grid

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?":
            self.accept()
        else:
            super().keyPressEvent(event)


def caps(key: QKeySequence | str) -> list[str]:
    """What stands on the keys of a sequence: ['Ctrl', 'Shift', 'Z'] (of several, the first)."""
    if isinstance(key, str):
        text = key
    else:
        text = key.toString(QKeySequence.SequenceFormat.NativeText).split(", ")[0]
    parts: list[str] = []
    while "+" in text[1:-1]:
        first, text = text[:1] + text[1:].split("+", 1)[0], text[1:].split("+", 1)[1]
        parts.append(first)
    return [*parts, text] if text else parts


def _balanced(sections: Sequence[tuple[str, int]], most: int) -> list[list[str]]:
    """The sections in columns of about the same height, in their order."""
    total = sum(rows + 2 for _, rows in sections)
    count = max(1, min(most, len(sections), -(-total // 12)))
    columns: list[list[str]] = [[] for _ in range(count)]
    so_far = 0
    for name, rows in sections:
        middle = so_far + (rows + 2) / 2
        columns[min(count - 1, int(middle * count / max(1, total)))].append(name)
        so_far += rows + 2
    return [column for column in columns if column] or [[]]


class _Caps(QWidget):
    """Keys as they look on a keyboard."""

    def __init__(self, parts: Sequence[str], action: str) -> None:
        super().__init__()
        self._parts = parts
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{action}: {'+'.join(parts)}")

    def _widths(self) -> list[int]:
        metrics = self.fontMetrics()
        height = self._height()
        return [max(height, metrics.horizontalAdvance(part) + 2 * _PAD) for part in self._parts]

    def _height(self) -> int:
        return self.fontMetrics().height() + 8

    def sizeHint(self) -> QSize:
        width = sum(self._widths()) + (len(self._parts) - 1) * _GAP
        return QSize(width + 1, self._height() + 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        left = 0.0
        for part, width in zip(self._parts, self._widths(), strict=True):
            cap = QRectF(left + 0.5, 0.5, width - 1, self._height() - 1)
            painter.setPen(QPen(theme.strong_border(palette), 1))
            painter.setBrush(theme.chip(palette))
            painter.drawRoundedRect(cap, 5, 5)
            painter.setPen(theme.chip_text(palette))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, part)
            left += width + _GAP
        painter.end()
