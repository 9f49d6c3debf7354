"""The dialog for the other words of a tag."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.tag import Tag


class SynonymsDialog(QDialog):
    """Shows and changes the other words for a tag.

    Args:
        tag: the tag.
        words: what there is now.
    """

    #: Tag, tuple[str, ...]: the user wants these.
    decided = Signal(object, object)

    def __init__(self, tag: Tag, words: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag = tag
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Synonyms"))
        self.setMinimumWidth(400)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        headline = QLabel(self.tr("Other words for “{tag}”").format(tag=tag))
        headline.setTextFormat(Qt.TextFormat.PlainText)
        headline.setWordWrap(True)
        font = headline.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        headline.setFont(font)
        layout.addWidget(headline)
        hint = QLabel(
            self.tr(
                "One on each line. You find the tag by any of them when you type or search;"
                " they are exported in keyword lists, and not written into photos."
            )
        )
        hint.setWordWrap(True)
        layout.addWidget(hint)
        self.words = QPlainTextEdit("\n".join(words))
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText(self.tr("Kitty"))
        self.words.setAccessibleName(self.tr("Synonyms, one on each line"))
        layout.addWidget(self.words, 1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def accept(self) -> None:
        """Say what the user wants."""
        lines = (" ".join(line.split()) for line in self.words.toPlainText().splitlines())
        self.decided.emit(self._tag, tuple(dict.fromkeys(filter(None, lines))))
        super().accept()
