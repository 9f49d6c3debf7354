"""The folders that were added, and are watched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.context import Context
from app.ui.icons import icon


class FoldersDialog(QDialog):
    """Shows the folders, and lets go of one.

    Args:
        context: of the window.
    """

    add_wanted = Signal()
    #: Other folders are watched now.
    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(self.tr("Watched folders"))
        text = QLabel(
            self.tr(
                "New, changed and vanished photos in these folders are noticed while Tagwright is"
                " open."
            )
        )
        text.setWordWrap(True)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Folders"))
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        add = buttons.addButton(self.tr("&Add folder…"), QDialogButtonBox.ButtonRole.ActionRole)
        add.setIcon(icon("add-folder"))
        add.clicked.connect(self.add_wanted)
        self._remove = buttons.addButton(
            self.tr("&Watch no longer"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self._remove.setToolTip(self.tr("Its photos stay in the library, with their tags"))
        self._remove.setEnabled(False)
        self._remove.clicked.connect(self._forget)
        self._list.currentRowChanged.connect(self._chosen)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(self._list)
        layout.addWidget(buttons)
        self.resize(520, 320)
        context.session.added.connect(self.refresh)
        context.session.tags_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the folders again."""
        self._context.reader.ask(lambda library: library.roots(), self._show, key="roots dialog")

    def _show(self, roots: list[Path]) -> None:
        chosen = self._list.currentItem()
        text = chosen.text() if chosen is not None else ""
        self._list.clear()
        for root in roots:
            item = QListWidgetItem(icon("folder"), str(root), self._list)
            if str(root) == text:
                self._list.setCurrentItem(item)

    def _chosen(self, row: int) -> None:
        self._remove.setEnabled(row >= 0)

    def _forget(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            path = Path(item.text())
            self._context.session.remember(lambda library: library.remove_root(path))
            self._list.takeItem(self._list.row(item))
            self.changed.emit()
