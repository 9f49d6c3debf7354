"""The dialog with the rules: a table, and what a change would do to the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.core.errors import TagwrightError
from app.core.folders import Folders
from app.core.photo import PhotoId
from app.core.settings import TagSettings
from app.library.library import Library
from app.services.rules_preview import Network, Preview, network_in_use, preview
from app.services.rules_text import (
    RulesText,
    applied,
    changed_text,
    drop_own_rules,
    read_rules,
    save_rules,
)
from app.ui import reasons
from app.ui.context import Context
from app.ui.rules.delegate import RulesDelegate
from app.ui.rules.model import Column, RulesFilter, RulesModel
from app.ui.rules.preview import PreviewPane

#: Between a change and the look through the library, in milliseconds.
_PAUSE = 150


@dataclass(frozen=True, slots=True)
class _Loaded:
    rules: RulesText
    network: Network | None
    problem: str = ""


class RulesDialog(QDialog):
    """Shows the rules in use, lets them be changed, and saves them as the user's own.

    Args:
        context: of the window.
        settings: name the network whose answers the preview is made from.
        picture: gives the thumbnail of a photo, where there is one at hand.
    """

    #: The rules are others now: photos are to be judged anew.
    rules_changed = Signal()
    #: PhotoId: the user wants to see an example.
    photo_wanted = Signal(object)

    def __init__(
        self,
        context: Context,
        settings: TagSettings,
        parent: QWidget | None = None,
        *,
        picture: Callable[[PhotoId], QPixmap | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._settings = settings
        self._loaded: _Loaded | None = None
        self._stop = Event()
        self._saving = False
        self.setWindowTitle(self.tr("Rules"))
        self.resize(1080, 680)

        hint = QLabel(
            self.tr(
                "The network knows a thousand words. The rules turn them into your tags:"
                " which tag a word becomes, and how certain the network must be."
            )
        )
        hint.setWordWrap(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find a tag or a word of the network"))
        self.search.setAccessibleName(self.tr("Find a rule"))
        self.search.setClearButtonEnabled(True)
        self.model = RulesModel(self)
        self.filter = RulesFilter(self.model, self)
        self.table = self._make_table()
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setVisible(False)
        self.pane = PreviewPane(picture)
        self.pane.photo_wanted.connect(self.photo_wanted)
        self._where = QLabel()
        self._where.setWordWrap(True)
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(self.problem)
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 3)
        splitter.setChildrenCollapsible(False)
        left.setContentsMargins(0, 0, 12, 0)  # on both sides of a handle that is a line
        self.pane.setContentsMargins(12, 0, 0, 0)
        splitter.setSizes([680, 360])

        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save_button: QPushButton = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save_button.setAutoDefault(False)  # Enter belongs to the table
        self.reset_button: QPushButton = self._buttons.addButton(
            self.tr("&Use the program's rules again…"), QDialogButtonBox.ButtonRole.ResetRole
        )
        self.reset_button.setAutoDefault(False)
        cancel = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setAutoDefault(False)
        self._buttons.accepted.connect(self.save)
        self._buttons.rejected.connect(self.reject)
        self.reset_button.clicked.connect(self.ask_for_program_rules)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(hint)
        layout.addWidget(splitter, 1)
        layout.addWidget(self._where)
        layout.addWidget(self._buttons)

        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look)
        self.search.textChanged.connect(lambda text: self.filter.setFilterFixedString(text.strip()))
        self.model.changed.connect(self._changed)
        self.model.refused.connect(self._refused)
        self._enable()
        self.load()

    # Loading

    def load(self) -> None:
        """Read the rules in use; what was changed and not saved is dropped."""
        folders, settings = self._context.folders, self._settings
        self._context.reader.ask(
            lambda _: _load(folders, settings),
            self._guarded(self._show),
            key=f"rules {id(self)}",
            failed=self._guarded(self._cannot_load),
        )

    def _show(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self.model.show(loaded.rules.entries)
        self.filter.sort(Column.TAG)
        self.table.resizeColumnToContents(Column.THRESHOLD)
        self.table.resizeColumnToContents(Column.PRIORITY)
        if loaded.rules.own:
            text = self.tr("These are your own rules, in {path}. Comments in it stay.")
        else:
            text = self.tr(
                "These are the program's rules. Once you save, you have rules of your own, in"
                " {path}, and changes that come with a new version do not reach them."
            )
        self._where.setText(text.format(path=self._context.folders.own_rules))
        if loaded.problem:
            self.pane.say(loaded.problem)
        self._enable()

    def _cannot_load(self, error: TagwrightError) -> None:
        self.pane.say(
            self.tr("The rules cannot be read. Mend the file, or use the program's rules again.")
        )
        self._refused(reasons.of_error(error))
        self._enable(broken=True)

    # Changing

    def restore_selected(self) -> None:
        """Drop what was changed about the selected rules."""
        for index in self.table.selectionModel().selectedRows():
            self.model.restore(self.filter.mapToSource(index).row())

    def _changed(self) -> None:
        self._stop.set()
        self._enable()
        if self._loaded is None or self._loaded.network is None:
            return
        if not self.model.changes:
            self._timer.stop()
            # So that an answer that is on its way is one too old.
            self._context.reader.ask(lambda _: None, lambda _: None, key=self._key)
            self.pane.say(self.tr("Change a rule to see what it would do to your photos."))
            return
        self.pane.wait()
        self._timer.start()

    def _look(self) -> None:
        loaded = self._loaded
        if loaded is None or loaded.network is None:
            return
        network, before = loaded.network, loaded.rules.rules
        after = applied(loaded.rules, self.model.changes)
        stop = self._stop = Event()

        def ask(library: Library) -> Preview | None:
            return preview(library, network, before, after, stop.is_set)

        self._context.reader.ask(
            ask,
            self._guarded(self._show_preview),
            key=self._key,
            failed=self._guarded(lambda error: self.pane.say(reasons.of_error(error))),
        )

    @property
    def _key(self) -> str:
        return f"rules preview {id(self)}"

    def _show_preview(self, found: Preview | None) -> None:
        if found is not None:
            self.pane.show_preview(found)

    def _refused(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    # Saving

    def save(self) -> None:
        """Save what was changed as the user's own rules, and close."""
        if self._loaded is None or not self.model.changes or self._saving:
            return
        rules, changes, folders = self._loaded.rules, self.model.changes, self._context.folders
        self._write(lambda _: save_rules(folders, changed_text(rules, changes)))

    def ask_for_program_rules(self) -> None:
        """Ask whether the user's own rules are to be set aside."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Rules"))
        box.setText(self.tr("Use the program's rules again?"))
        box.setInformativeText(
            self.tr(
                "Your own rules are kept beside them, as rules.before.yml, in place of an older"
                " file of that name."
            )
        )
        yes = box.addButton(self.tr("Use the program's rules"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        yes.clicked.connect(self.use_program_rules)
        box.open()

    def use_program_rules(self) -> None:
        """Set the user's own rules aside, and close."""
        folders = self._context.folders
        self._write(lambda _: drop_own_rules(folders))

    def _write(self, job: Callable[[Library], object]) -> None:
        self._saving = True
        self._enable()
        self._context.reader.ask(
            job, self._guarded(self._saved), failed=self._guarded(self._not_saved)
        )

    def _saved(self, _: object) -> None:
        self._saving = False
        self.rules_changed.emit()
        self.accept()

    def _not_saved(self, error: TagwrightError) -> None:
        self._saving = False
        self._refused(reasons.of_error(error))
        self._enable()

    def done(self, result: int) -> None:
        """Close; a preview that is being made stops."""
        self._stop.set()
        self._timer.stop()
        super().done(result)

    # Parts

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.filter)
        table.setItemDelegate(RulesDelegate(table))
        table.setSortingEnabled(True)
        table.sortByColumn(Column.TAG, Qt.SortOrder.AscendingOrder)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setAlternatingRowColors(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 10)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.TAG, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(Column.WORD, 160)
        table.setColumnWidth(Column.ALSO, 96)
        for column in (Column.THRESHOLD, Column.PRIORITY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        table.setAccessibleName(self.tr("Rules"))
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open_menu)
        self._restore_action = QAction(self.tr("&Drop the change"), table)
        self._restore_action.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        self._restore_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._restore_action.triggered.connect(self.restore_selected)
        table.addAction(self._restore_action)
        return table

    def _open_menu(self, point: QPoint) -> None:
        index: QModelIndex = self.table.indexAt(point)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._restore_action)
        menu.popup(self.table.viewport().mapToGlobal(point))

    def _enable(self, *, broken: bool = False) -> None:
        loaded = self._loaded
        self.save_button.setEnabled(bool(self.model.changes) and not self._saving)
        own = broken or (loaded is not None and loaded.rules.own)
        self.reset_button.setEnabled(own and not self._saving)

    def _guarded(self, answer: Callable[..., None]) -> Callable[..., None]:
        """An answer may come when the dialog is gone."""

        def guarded(*arguments: object) -> None:
            if isValid(self):
                answer(*arguments)

        return guarded


def _load(folders: Folders, settings: TagSettings) -> _Loaded:
    rules = read_rules(folders)
    try:
        return _Loaded(rules, network_in_use(folders, settings))
    except TagwrightError as error:
        return _Loaded(rules, None, str(error))
