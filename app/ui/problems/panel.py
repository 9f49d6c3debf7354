"""The list of what went wrong, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, QPoint, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.core.photo import Card, PhotoId
from app.core.query_text import parse
from app.library.library import Library
from app.services.search import find
from app.ui import reasons, theme
from app.ui.context import Context
from app.ui.problems.model import FOLDER, ProblemModel
from app.workers.session import Acted, Problem


class Problems(QObject):
    """Collects what the session says has failed, and drops what is well again.

    Args:
        context: its session is listened to.
    """

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._unchecked: set[PhotoId] = set()
        self.model = ProblemModel(self)
        self._gone: set[PhotoId] = set()
        context.session.failed.connect(self._on_failed)
        context.session.added.connect(self._on_added)
        context.session.acted.connect(self._on_acted)
        context.session.changed.connect(self._on_changed)
        context.session.removed.connect(self._on_removed)

    def load(self) -> None:
        """Show as well what went wrong before the program was started."""

        def look(library: Library) -> list[Card]:
            return library.cards(find(library, parse("state:failed")).ids)

        def answer(failed: list[Card]) -> None:
            known = self.model.photos()
            for card in failed:
                if card.id not in known and card.error:
                    self.model.add(Problem(card.path, card.error, card.id))

        self._context.reader.ask(look, answer, key="problems: before")

    @Slot(object)
    def _on_acted(self, acted: Acted) -> None:
        for problem in acted.problems:
            self.model.add(problem)

    @Slot(object)
    def _on_changed(self, photos: list[PhotoId]) -> None:
        if ours := self.model.photos().intersection(photos):
            self._unchecked |= ours
            asked = set(self._unchecked)

            def look(library: Library) -> list[PhotoId]:
                return [card.id for card in library.cards(asked) if card.error is None]

            def answer(well: list[PhotoId]) -> None:
                self._unchecked -= asked
                for photo in well:
                    self.model.resolved(photo)

            self._context.reader.ask(look, answer, key="problems: resolved")

    @Slot(object)
    def _on_failed(self, problem: Problem) -> None:
        # That a file is gone is noticed twice: by who watches, and by who was to look at it.
        if problem.photo is None or problem.photo not in self._gone:
            self.model.add(problem)

    @Slot(object)
    def _on_added(self, photos: list[PhotoId]) -> None:
        self._gone.difference_update(photos)

    @Slot(object)
    def _on_removed(self, photos: list[PhotoId]) -> None:
        self._gone.update(photos)
        for photo in photos:
            self.model.resolved(photo)


class ProblemsPanel(QWidget):
    """Files by what is wrong with them; they can be tried again, found and copied as text."""

    #: list[PhotoId]: to be looked at again.
    retry_wanted = Signal(object)
    #: list[Path]: to be added again; the library does not know them.
    add_wanted = Signal(object)

    def __init__(self, model: ProblemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._view = QTreeView()
        self._summary = QLabel()
        self._nothing = QLabel(self.tr("Nothing went wrong."))
        self._retry = QPushButton(self.tr("&Try Again"))
        self._retry_all = QPushButton(self.tr("Try &All Again"))
        self._show = QPushButton(self.tr("Show in &Folder"))
        self._copy = QPushButton(self.tr("&Copy"))
        self._set_up_view()
        self._lay_out()
        self._retry.clicked.connect(self.retry_selected)
        self._retry_all.clicked.connect(self.retry_all)
        self._show.clicked.connect(self.show_in_folder)
        self._copy.clicked.connect(self.copy)
        model.rowsInserted.connect(self._on_rows)
        model.count_changed.connect(self._refresh)
        model.dataChanged.connect(self._refresh)
        self._view.selectionModel().selectionChanged.connect(self._refresh)
        self._open(0, model.rowCount() - 1)
        self._refresh()

    def _set_up_view(self) -> None:
        view = self._view
        view.setModel(self._model)
        view.setAccessibleName(self.tr("What went wrong"))
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setUniformRowHeights(True)
        view.setItemDelegate(_Roomy(view))
        view.setTabKeyNavigation(False)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.header().setStretchLastSection(False)
        view.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        view.header().setSectionResizeMode(FOLDER, QHeaderView.ResizeMode.Stretch)
        view.header().resizeSection(0, 280)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        # On the view alone, so that it takes nothing from text fields elsewhere.
        copy = QAction(self.tr("Copy"), view)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        view.addAction(copy)

    def _lay_out(self) -> None:
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._retry, self._retry_all, self._show, self._copy):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text().replace("&", ""))
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self._view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._summary)
        layout.addLayout(self._pages, 1)
        layout.addLayout(buttons)

    @property
    def view(self) -> QTreeView:
        """The list."""
        return self._view

    def selected(self) -> list[Problem]:
        """The selected files; a selected reason stands for all below it."""
        found: dict[Path, Problem] = {}
        for index in self._view.selectionModel().selectedRows():
            problem = index.data(ProblemModel.PROBLEM)
            rows = range(self._model.rowCount(index)) if problem is None else ()
            below = [self._model.index(n, 0, index).data(ProblemModel.PROBLEM) for n in rows]
            for each in below if problem is None else [problem]:
                found[each.path] = each
        return list(found.values())

    @Slot()
    def retry_selected(self) -> None:
        """Try the selected files again."""
        self._try(self.selected())

    @Slot()
    def retry_all(self) -> None:
        """Try all again."""
        self._try(self._model.problems())

    @Slot()
    def show_in_folder(self) -> None:
        """Open the folders of the selected files in the file manager."""
        folders = {problem.path.parent for problem in self.selected()}
        for folder in sorted(folders)[:5]:  # nobody wants a hundred windows
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    @Slot()
    def copy(self) -> None:
        """Put the selected files (or all) with their reasons on the clipboard."""
        problems = self.selected() or self._model.problems()
        lines = [f"{problem.path}: {reasons.in_words(problem.reason)}" for problem in problems]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _try(self, problems: Iterable[Problem]) -> None:
        again = [each for each in problems if self._can_retry(each)]
        self._model.mark_retried(again)
        if photos := [each.photo for each in again if each.photo is not None]:
            self.retry_wanted.emit(photos)
        if paths := [each.path for each in again if each.photo is None]:
            self.add_wanted.emit(paths)

    def _can_retry(self, problem: Problem) -> bool:
        return problem.can_retry and not self._model.is_retried(problem)

    @Slot(QModelIndex, int, int)
    def _on_rows(self, parent: QModelIndex, first: int, last: int) -> None:
        if not parent.isValid():
            self._open(first, last)

    def _open(self, first: int, last: int) -> None:
        """Show what is below new reasons."""
        for row in range(first, last + 1):
            index = self._model.index(row, 0)
            self._view.setFirstColumnSpanned(row, QModelIndex(), True)
            self._view.setExpanded(index, True)

    @Slot()
    def _refresh(self) -> None:
        count, selected = self._model.count, self.selected()
        self._summary.setText(self.tr("%n file(s) could not be handled", "", count))
        self._summary.setVisible(count > 0)
        self._pages.setCurrentIndex(1 if count else 0)
        self._retry.setEnabled(any(map(self._can_retry, selected)))
        self._retry_all.setEnabled(any(map(self._can_retry, self._model.problems())))
        self._show.setEnabled(bool(selected))
        self._copy.setEnabled(count > 0)
        palette = self._nothing.palette()
        palette.setColor(self._nothing.foregroundRole(), theme.subtle(self.palette()))
        self._nothing.setPalette(palette)

    @Slot(QPoint)
    def _menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (self._retry, self._show, self._copy):
            action = menu.addAction(button.text(), button.click)
            action.setEnabled(button.isEnabled())
        menu.popup(self._view.viewport().mapToGlobal(point))


class _Roomy(QStyledItemDelegate):
    """Lines with some room between them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(option.fontMetrics.height() + 10)
        return size


class ProblemsDialog(QDialog):
    """The same in a window of its own, which stays open beside the main window.

    Args:
        context: its session tries again what the user wants.
        problems: what went wrong so far, and from now on.
    """

    def __init__(self, context: Context, problems: Problems, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What Went Wrong"))
        self._problems = problems  # the list must outlive its view
        self.panel = ProblemsPanel(problems.model)
        self.panel.retry_wanted.connect(context.session.look_again)
        self.panel.add_wanted.connect(context.session.add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.addWidget(self.panel)
        self.resize(760, 460)
