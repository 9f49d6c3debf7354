"""Searches with a name: kept for all who show them, named, and edited in a list."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.library.library import Library
from app.library.saved_searches import SavedSearch
from app.ui import theme
from app.ui.context import Context
from app.ui.icons import icon

_Index = QModelIndex | QPersistentModelIndex


class SavedSearches(QObject):
    """The saved searches as the library has them; one for the whole window."""

    #: Others, or under other names, than before.
    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._searches: list[SavedSearch] = []
        context.session.tags_changed.connect(self.refresh)
        self.refresh()

    def searches(self) -> list[SavedSearch]:
        """All of them, in the order of the alphabet."""
        return list(self._searches)

    def names(self) -> list[str]:
        """Their names."""
        return [search.name for search in self._searches]

    def name_of(self, text: str) -> str | None:
        """Under which name a search is saved, if it is."""
        return next((s.name for s in self._searches if text and s.query == text), None)

    @Slot()
    def refresh(self) -> None:
        """Ask the library for them."""
        self._context.reader.ask(Library.saved_searches, self._take, key="saved searches")

    @Slot(object)
    def _take(self, searches: list[SavedSearch]) -> None:
        if searches != self._searches:
            self._searches = searches
            self.changed.emit()

    def save(self, name: str, query: str) -> None:
        """Keep a search under a name."""
        self._context.session.remember(lambda library: library.save_search(name, query))

    def rename(self, old: str, new: str) -> None:
        """Give one another name."""
        self._context.session.remember(lambda library: library.rename_search(old, new))

    def delete(self, name: str) -> None:
        """Forget one."""
        self._context.session.remember(lambda library: library.delete_search(name))

    def edit(self, window: QWidget | None) -> QDialog:
        """Open a dialog to rename and delete them."""
        dialog = QDialog(window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Saved searches"))
        layout = QVBoxLayout(dialog)
        layout.addWidget(SavedSearchList(self, dialog))
        hint = QLabel(self.tr("F2 renames, Delete forgets."), dialog)
        palette = hint.palette()
        palette.setColor(hint.foregroundRole(), theme.subtle(dialog.palette()))
        hint.setPalette(palette)
        layout.addWidget(hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
        buttons.rejected.connect(dialog.close)
        layout.addWidget(buttons)
        dialog.resize(420, 320)
        dialog.open()
        return dialog


class SavedSearchModel(QAbstractListModel):
    """The saved searches by name; giving one another name renames it."""

    def __init__(self, saved: SavedSearches, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saved = saved
        self._shown = saved.searches()
        saved.changed.connect(self._on_changed)

    def search(self, index: _Index) -> SavedSearch | None:
        """The one on a line."""
        return self._shown[index.row()] if index.isValid() else None

    @Slot()
    def _on_changed(self) -> None:
        self.beginResetModel()
        self._shown = self._saved.searches()
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        search = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return search.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return search.query
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{search.name}: {search.query}"
        return icon("search") if role == Qt.ItemDataRole.DecorationRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        search, name = self.search(index), str(value).strip()
        if role != Qt.ItemDataRole.EditRole or search is None or not name:
            return False
        if name != search.name:
            self._saved.rename(search.name, name)
        return True


class SavedSearchList(QListView):
    """A list of the saved searches, for a side bar or a dialog."""

    #: str: this is to be searched for.
    chosen = Signal(str)

    def __init__(self, saved: SavedSearches, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved = saved
        self._searches = SavedSearchModel(saved, self)
        self.setModel(self._searches)
        self.setAccessibleName(self.tr("Saved searches"))
        self.setUniformItemSizes(True)
        side = self.fontMetrics().height()
        self.setIconSize(QSize(side, side))
        self.setEditTriggers(self.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.activated.connect(self._on_activated)
        self._search = self._action(self.tr("Search"), None, self._on_current)
        self._rename = self._action(self.tr("Rename"), None, self._on_rename)
        self._delete = self._action(self.tr("Forget"), QKeySequence.StandardKey.Delete, self.forget)

    def _action(self, text: str, key: QKeySequence.StandardKey | None, then: Any) -> QAction:
        action = QAction(text, self)
        if key is not None:
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(then)
        self.addAction(action)
        return action

    @Slot()
    def forget(self) -> None:
        """Forget the chosen one."""
        search = self._searches.search(self.currentIndex())
        if search is not None:
            self._saved.delete(search.name)

    @Slot()
    def _on_rename(self) -> None:
        self.edit(self.currentIndex())

    @Slot()
    def _on_current(self) -> None:
        self._on_activated(self.currentIndex())

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        search = self._searches.search(index)
        if search is not None:
            self.chosen.emit(search.query)


class NameDialog(QDialog):
    """Asks for the name of a search."""

    #: str: the name.
    named = Signal(str)

    def __init__(self, parent: QWidget, query: str, taken: Collection[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Save search"))
        self._taken = taken
        self.name = QLineEdit(query, self)
        self.name.selectAll()
        self.name.setMinimumWidth(320)
        label = QLabel(self.tr("&Name"), self)
        label.setBuddy(self.name)
        self.note = QLabel(self)
        palette = self.note.palette()
        palette.setColor(self.note.foregroundRole(), theme.subtle(self.palette()))
        self.note.setPalette(palette)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.save = buttons.button(QDialogButtonBox.StandardButton.Save)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (label, self.name, self.note, buttons):
            layout.addWidget(widget)
        self.name.textChanged.connect(self._check)
        self._check()

    @Slot()
    def _check(self) -> None:
        name = self.name.text().strip()
        self.save.setEnabled(bool(name))
        self.note.setText(
            self.tr("Takes the place of the search that has this name.")
            if name in self._taken
            else ""
        )

    @Slot()
    def _on_accepted(self) -> None:
        self.named.emit(self.name.text().strip())
        self.accept()
