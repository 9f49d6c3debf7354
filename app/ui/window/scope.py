"""The bar above the grid that says why not all photos are shown, and leads back to all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class ScopeBar(QWidget):
    """Says which photos are shown where neither the search nor the review does."""

    #: Show all photos again.
    left = Signal()
    #: Back to the page that has asked for these photos.
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._to_accuracy = QPushButton(self.tr("&Back to accuracy"))
        self._to_accuracy.clicked.connect(self.back_wanted)
        self._back = QPushButton(self.tr("Show &all photos"))
        self._back.clicked.connect(self.left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 10, 7)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._to_accuracy)
        layout.addWidget(self._back)
        self.hide()

    def say(self, text: str, *, from_accuracy: bool = False) -> None:
        """Show the bar with a text; an empty one hides it.

        Args:
            from_accuracy: whether the page about accuracy has asked for the photos.
        """
        self._text.setText(text)
        self._to_accuracy.setVisible(from_accuracy)
        self.setVisible(bool(text))
