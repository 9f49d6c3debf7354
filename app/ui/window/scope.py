"""The bar above the grid that says why not all photos are shown, and leads back to all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class ScopeBar(QWidget):
    """Says which photos are shown where neither the search nor the review does."""

    #: Show all photos again.
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._back = QPushButton(self.tr("Show &all photos"))
        self._back.clicked.connect(self.left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 10, 7)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._back)
        self.hide()

    def say(self, text: str) -> None:
        """Show the bar with a text; an empty one hides it."""
        self._text.setText(text)
        self.setVisible(bool(text))
