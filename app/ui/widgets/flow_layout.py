"""A layout like that of words in a paragraph."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Puts items side by side and goes on in the next line where the width ends.

    An item that is wider than a line gets the whole line, and no more.

    Args:
        spacing: between items and between lines, in pixels.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        # Qt asks for the height of the same width again and again.
        self._heights: dict[int, int] = {}
        self._smallest: QSize | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        self._smallest = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        if self._smallest is None:
            size = QSize()
            for item in self._items:
                if not item.isEmpty():
                    size = size.expandedTo(item.minimumSize())
            self._smallest = size.grownBy(self.contentsMargins())
        return self._smallest

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the items, or only find out which height they need."""
        inside = rect.marginsRemoved(self.contentsMargins())
        right_to_left = self._right_to_left()
        x, y, line = inside.left(), inside.top(), 0
        for item in self._items:
            if item.isEmpty():  # its widget is hidden
                continue
            size = item.sizeHint()
            width = min(size.width(), max(inside.width(), item.minimumSize().width()))
            height = item.heightForWidth(width) if item.hasHeightForWidth() else size.height()
            if x > inside.left() and x + width > inside.right() + 1:
                x, y, line = inside.left(), y + line + self.spacing(), 0
            if move:
                left = inside.right() + 1 - (x - inside.left()) - width if right_to_left else x
                item.setGeometry(QRect(QPoint(left, y), QSize(width, height)))
            x += width + self.spacing()
            line = max(line, height)
        return y + line - rect.top() + self.contentsMargins().bottom()

    def _right_to_left(self) -> bool:
        parent = self.parentWidget()
        return parent is not None and parent.isRightToLeft()
