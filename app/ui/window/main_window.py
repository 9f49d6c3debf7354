"""The main window: puts the parts together. What they do to each other is in the modules beside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.core.folders import Folders
from app.core.preferences import Preferences
from app.services.setup import tagger
from app.ui import reasons
from app.ui.context import Context
from app.ui.grid.model import PhotoModel
from app.ui.grid.pictures import Pictures
from app.ui.grid.proxy import ListingProxy
from app.ui.grid.view import GridView
from app.ui.inspector.panel import InspectorPanel
from app.ui.problems.panel import Problems
from app.ui.review.bar import ReviewBar
from app.ui.review.queue import ReviewQueue
from app.ui.search.field import SearchField
from app.ui.search.saved import SavedSearches
from app.ui.start.page import StartPage
from app.ui.tag_field.keeper import VocabularyKeeper
from app.ui.tags.panel import TagTreePanel
from app.ui.undo import UndoStack
from app.ui.viewer.viewer import PhotoViewer
from app.ui.window.accuracy import AccuracyMode
from app.ui.window.actions import NUMBERS, PHOTO, Actions
from app.ui.window.browse import Browser
from app.ui.window.commands import Commands
from app.ui.window.dropping import DropTarget
from app.ui.window.leaving import may_leave
from app.ui.window.memory import Memory
from app.ui.window.photos import PhotoCommands
from app.ui.window.reviewing import Reviewing
from app.ui.window.scope import ScopeBar
from app.ui.window.status import StatusBar
from app.ui.window.tools import ToolBar
from app.workers.pictures import PictureLoader
from app.workers.reader import Reader
from app.workers.session import Session
from app.workers.thumbnails import ThumbnailLoader
from app.workers.watcher import Watcher

#: Actions whose keys must not work while somebody types: they belong to the photos.
_ONLY_OVER_PHOTOS = ("accept_all", "reject_all", "large", "remove", "type_tag")


class MainWindow(QMainWindow):
    """The window. `start` begins the work; until then it only shows itself.

    Args:
        folders: of the user; whoever makes the window holds the run lock of the library.
        preferences: what the user has set.
    """

    #: Preferences: the user has set something.
    preferences_changed = Signal(object)

    def __init__(self, folders: Folders, preferences: Preferences) -> None:
        super().__init__()
        self.folders = folders
        self.preferences = preferences
        self._memory = Memory(folders.config / "window.ini")
        self.session = Session(
            folders,
            partial(tagger, folders),
            preferences.tag_settings,
            learn=preferences.learn,
            head=preferences.head,
            parent=self,
        )
        self.reader = Reader(folders.data, self)
        self.context = Context(self.session, self.reader, folders)
        self._thumbnails = ThumbnailLoader(
            folders.thumbnails, folders.data, self, limit=preferences.cache_megabytes * 1_000_000
        )
        self._large = PictureLoader(self)
        self.watcher = Watcher(parent=self)
        self._watched: list[Path] = []
        self._has_shut_down = False
        #: Whether somebody is there to be asked, when much is left to be written.
        self.asks_before_closing = True
        self._make_parts()
        self._arrange()
        self._connect()
        self._memory.restore(self)
        self._use_cell_size(self.view.cell_size)

    # What it is made of

    def _make_parts(self) -> None:
        self.pictures = Pictures(self._thumbnails, self)
        self.model = PhotoModel(self.context, self.pictures, self)
        self.proxy = ListingProxy(self.model, self)
        self.view = GridView()
        self.view.setModel(self.proxy)
        self.browser = Browser(self.context, self.model, self.proxy, self)
        self.browser.refresh()  # before the parts below ask for what can wait
        self.inspector = InspectorPanel()
        self.vocabulary = VocabularyKeeper(self.context, self)
        self.tags = TagTreePanel(self.context)
        self.searches = SavedSearches(self.context, self)
        self.search = SearchField(self.context, self.searches)
        self.viewer = PhotoViewer(self._large)
        self.start_page = StartPage((), self.preferences)
        self.queue = ReviewQueue(self.context, self)
        self.review_bar = ReviewBar(self.queue)
        self.problems = Problems(self.context, self)
        self.status = StatusBar()
        self.undo = UndoStack(self.context, self)
        self.pages = QStackedWidget()
        self.grid_page = QWidget()
        layout = QVBoxLayout(self.grid_page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.scope = ScopeBar()
        layout.addWidget(self.scope)
        layout.addWidget(self.review_bar)
        layout.addWidget(self.view)
        self.review_bar.hide()
        for page in (self.grid_page, self.viewer, self.start_page):
            self.pages.addWidget(page)
        self.photos = PhotoCommands(
            self.context,
            self.model,
            self.proxy,
            self.view,
            self.inspector,
            self.viewer,
            self.browser,
            self.pages,
            self.grid_page,
            self,
        )
        self.photos.confirm_from = self.preferences.confirm_bulk
        self.accuracy = AccuracyMode(self)
        self.commands = Commands(self)
        self.reviewing = Reviewing(self.queue, self.browser, self.photos, self.model, self)
        self.actions_ = Actions(self, self.commands.handlers())

    def _arrange(self) -> None:
        self.setWindowTitle("Tagwright")
        self.setObjectName("main")
        self.setCentralWidget(self.pages)
        self.setStatusBar(self.status)
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks)
        self.tags_dock = self._dock(
            "tags", self.tr("Tags"), self.tags, Qt.DockWidgetArea.LeftDockWidgetArea
        )
        self.inspector_dock = self._dock(
            "inspector", self.tr("Details"), self.inspector, Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.resizeDocks([self.tags_dock, self.inspector_dock], [220, 300],
                         Qt.Orientation.Horizontal)  # fmt: skip
        actions = self.actions_
        self.tools = ToolBar(
            self.search,
            [actions["add"]],
            [actions["review"], actions["bulk"], actions["export"]],
        )
        self.addToolBar(self.tools)
        actions.fill(self.menuBar())
        for name in _ONLY_OVER_PHOTOS:
            self._only_over_photos(name)
        for number in NUMBERS:
            for key, do in (("", self.photos.accept), ("Shift+", self.photos.reject)):
                for page in (self.grid_page, self.viewer, self.inspector):
                    shortcut = QShortcut(QKeySequence(f"{key}{number}"), page)
                    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                    shortcut.activated.connect(partial(do, number))
        self.resize(1280, 820)

    def _only_over_photos(self, name: str) -> None:
        action = self.actions_[name]
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.removeAction(action)
        for page in (self.grid_page, self.viewer):
            page.addAction(action)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(widget)
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetClosable
            | QDockWidget.DockWidgetFeature.DockWidgetMovable
        )
        self.addDockWidget(area, dock)
        return dock

    def _connect(self) -> None:
        session, status = self.session, self.status
        drops = DropTarget(self)
        drops.dropped.connect(self.add)
        drops.hovering.connect(self.start_page.set_highlighted)
        self.start_page.add_wanted.connect(self.commands.add)
        self.start_page.open_wanted.connect(lambda path: self.add([path]))
        self.start_page.settings_wanted.connect(self.commands.show_settings)
        self.preferences_changed.connect(self.start_page.set_preferences)
        self.view.visible_changed.connect(self.model.want)
        self.view.visible_changed.connect(session.look_first)
        self.view.cell_size_changed.connect(self._use_cell_size)
        self.view.left.connect(self.commands.leave_listing)
        self.view.context_menu_wanted.connect(
            lambda point: self.photos.show_menu(point, self.actions_)
        )
        self.tools.size_wanted.connect(self.view.set_cell_size)
        # Another order or search ends the review, which has an order of its own.
        self.tools.sort_wanted.connect(self.commands.end_review)
        self.tools.grouping_wanted.connect(self.commands.end_review)
        self.search.query_changed.connect(self.commands.follow_search)
        self.tools.sort_wanted.connect(
            lambda sort, down: self.browser.show_sorted(sort, descending=down)
        )
        self.tools.grouping_wanted.connect(self.browser.show_grouped)
        self.search.query_changed.connect(self.browser.show_query)
        self.search.left.connect(self._back_to_photos)
        self.scope.left.connect(self.commands.show_all)
        self.scope.back_wanted.connect(self.accuracy.go_back)
        self.pages.currentChanged.connect(self._show_sides)
        self.accuracy.give_way()
        self.tags.filter_wanted.connect(self.commands.filter_by_tags)
        self.tags.state_wanted.connect(self.commands.filter_by_state)
        self.tags.told.connect(status.say)
        self.inspector.tag_clicked.connect(lambda tag: self.commands.filter_by_tags([tag]))
        self.browser.listed.connect(self._listed)
        self.photos.selected.connect(lambda _: self._count())
        self.photos.told.connect(status.say)
        session.progressed.connect(status.show_progress)
        session.progressed.connect(self._progressed)
        session.left.connect(status.show_left)
        self.problems.model.count_changed.connect(status.show_problems)
        self.vocabulary.changed.connect(self.inspector.set_vocabulary)
        self.inspector.left.connect(self._back_to_photos)
        session.acted.connect(self.commands.say_what_was_done)
        session.stopped.connect(self.commands.say_stopped)
        session.learning_anew.connect(status.show_learning_anew)
        status.pause_wanted.connect(session.pause)
        status.resume_wanted.connect(session.resume)
        status.cancel_wanted.connect(session.cancel)
        status.give_up_wanted.connect(session.give_up)
        status.problems_wanted.connect(self.commands.show_problems)
        self.watcher.changed.connect(partial(session.find_again, deep=False))
        # What has changed while nobody watched: before the start, or while folders were taken in.
        self.watcher.ready.connect(self.look_through_again)
        stack = self.undo.stack
        stack.canUndoChanged.connect(self.actions_["undo"].setEnabled)
        stack.canRedoChanged.connect(self.actions_["redo"].setEnabled)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_undo)
        for name in ("undo", "redo"):
            self.actions_[name].setEnabled(False)
        for dock, name in ((self.tags_dock, "sidebar"), (self.inspector_dock, "inspector")):
            dock.visibilityChanged.connect(self.actions_[name].setChecked)

    # Its life

    def start(self, paths: Sequence[Path] = (), warnings: Sequence[str] = ()) -> None:
        """Begin: show the library, go on with what was left, and add some folders."""
        self.session.start()
        self.problems.load()
        self.reader.ask(lambda library: library.roots(), self._watch)
        if paths:
            self.add(paths)
        for warning in warnings:
            self.status.say(reasons.in_words(warning))

    @Slot(object)
    def add(self, paths: Sequence[Path]) -> None:
        """Add folders and photos."""
        self.session.add(list(paths))
        self.pages.setCurrentWidget(self.grid_page)
        self.view.setFocus()
        QTimer.singleShot(500, self.rewatch)

    @Slot(object)
    def called(self, paths: Sequence[Path]) -> None:
        """A second start of the program hands over its folders."""
        if paths:
            self.add(paths)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def rewatch(self) -> None:
        """Watch the folders that the library knows by now."""
        self.reader.ask(lambda library: library.roots(), self._watch, key="roots")

    def _watch(self, roots: list[Path]) -> None:
        self.start_page.set_recent(roots)
        watched = roots if self.preferences.watch else []
        if watched != self._watched:
            self._watched = watched
            self.watcher.watch(watched)

    def look_through_again(self) -> None:
        """Look through all folders, as the settings or rules are others now."""
        self.reader.ask(lambda library: library.roots(), self.session.find_again)

    def use_cache_limit(self, limit: int) -> None:
        """Let the thumbnails take so many bytes on the disk."""
        self._thumbnails.set_limit(limit)

    def report(self, text: str) -> None:
        """Say that something went wrong which nobody expected."""
        self.status.say(self.tr("Something went wrong: {text}").format(text=text))

    def closeEvent(self, event: QCloseEvent) -> None:
        left = 0 if self._has_shut_down else self.session.photos_left()
        if left and self.asks_before_closing and not may_leave(left, self):
            event.ignore()
            return
        self._memory.keep(self)
        event.accept()
        self.hide()
        self.shut_down()

    def shut_down(self) -> None:
        """End all threads; what was decided is written first."""
        if self._has_shut_down:
            return
        self._has_shut_down = True
        self.commands.close()
        self.accuracy.close()
        for timer in self.findChildren(QTimer):
            timer.stop()
        self.watcher.close()
        self._large.close()
        self._thumbnails.close()
        self.reader.close()
        self.session.close()

    def _back_to_photos(self) -> None:
        large = self.pages.currentWidget() is self.viewer
        (self.viewer if large else self.view).setFocus()

    # What it shows

    def _listed(self, listing: object) -> None:
        self.view.set_groups(self.proxy.groups())
        is_empty = not self.browser.total
        if is_empty and self.pages.currentWidget() is self.grid_page:
            self.pages.setCurrentWidget(self.start_page)
        elif not is_empty and self.pages.currentWidget() is self.start_page:
            self.pages.setCurrentWidget(self.grid_page)
            self.view.setFocus()
        self._show_sides()
        self.tools.setVisible(not is_empty)
        self.scope.say(self.commands.title(), from_accuracy=self.accuracy.has_way_back())
        if self.browser.shown.query is not None:
            self.view.set_empty_text(
                self.tr("No photo matches"), self.tr("Press Escape to see all.")
            )
        else:
            self.view.set_empty_text(self.tr("No photos"), "")
        self._count()
        del listing

    def _show_sides(self) -> None:
        """The sides are about photos: where none are shown, they would only take the room."""
        wanted = bool(self.browser.total) and not self.accuracy.is_shown()
        self.tags_dock.setVisible(wanted and self._memory.shows("sidebar"))
        self.inspector_dock.setVisible(wanted and self._memory.shows("inspector"))
        self.actions_["accuracy"].setChecked(self.accuracy.is_shown())
        # Nor does a key change photos that are selected but not seen.
        self.actions_.enable(PHOTO, not self.accuracy.is_shown())

    def _progressed(self, progress: object) -> None:
        del progress
        if self.session.is_busy() and self.pages.currentWidget() is self.start_page:
            self.pages.setCurrentWidget(self.grid_page)

    def _count(self) -> None:
        selected = len(self.photos.ids())
        self.status.show_photos(self.proxy.rowCount(), selected, self.browser.total)

    def _name_undo(self) -> None:
        stack = self.undo.stack
        for name, text, plain in (
            ("undo", stack.undoText(), self.tr("&Undo")),
            ("redo", stack.redoText(), self.tr("&Redo")),
        ):
            self.actions_[name].setText(f"{plain}: {text}" if text else plain)

    def _use_cell_size(self, pixels: int) -> None:
        self.tools.show_size(pixels)
        self.pictures.set_size(self.view.picture_pixels())

    def show_dock(self, name: str, shown: bool) -> None:
        """Show or hide one of the sides, and remember it."""
        self._memory.set_shows(name, shown)
        dock = self.tags_dock if name == "sidebar" else self.inspector_dock
        dock.setVisible(shown)
