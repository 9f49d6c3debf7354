"""What the inspector says while no photo is selected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.icons import pixmap
from app.ui.inspector.sections import Meaning


class Hint(QWidget):
    """Says what to do, and which keys there are for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(self.tr("No photo selected"), self)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title.setWordWrap(True)
        text = Meaning(self)
        text.setText(
            self.tr("Select one to see its tags, or several to change their tags together.")
        )
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        keys = QGridLayout()
        keys.setHorizontalSpacing(12)
        keys.setVerticalSpacing(6)
        keys.setColumnStretch(1, 1)
        for row, (key, words) in enumerate(
            (
                (self.tr("1 to 9"), self.tr("accept a suggestion")),
                (self.tr("Shift+1 to 9"), self.tr("reject it")),
                (self.tr("Enter"), self.tr("accept all")),
                (self.tr("T"), self.tr("type a tag")),
            )
        ):
            name = QLabel(key, self)
            name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            says = Meaning(self)
            says.setText(words)
            keys.addWidget(name, row, 0)
            keys.addWidget(says, row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(title)
        layout.addWidget(text)
        layout.addSpacing(16)
        layout.addLayout(keys)
        layout.addStretch(3)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        colour = theme.subtle(QPalette(self.palette())).name()
        self._icon.setPixmap(pixmap("photo", 40, colour, self.devicePixelRatioF()))
