"""The panel with the tree of tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import (
    QElapsedTimer,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.core.photo import State
from app.core.tag import Tag
from app.library.library import Library
from app.library.vocabulary import Branch
from app.ui.context import Context
from app.ui.tags.actions import TagActions
from app.ui.tags.delegate import CountDelegate
from app.ui.tags.entries import EntryModel
from app.ui.tags.model import TagFilter, TagRole, TagTreeModel

#: The tree is read again at most this often, in milliseconds, and at most a quarter of the time.
_PAUSE = 200
_SHARE = 4
#: A tree with at most this many branches at the top shows what is below them at first.
_SMALL = 12


class TagTreePanel(QWidget):
    """Shows all tags with their numbers, filters by them, and changes them.

    Args:
        context: of the window.
    """

    #: list[Tag]: show only photos with one of these tags, or a tag below; empty for all.
    filter_wanted = Signal(object)
    #: str: show only "review", "untagged" or "failed" photos, or "all".
    state_wanted = Signal(str)
    #: str: something was done that shows nowhere else, for the status bar.
    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._branches: Sequence[Branch] = ()
        self._waiting_selection: list[Tag] | None = None
        self._moving: dict[Tag, Tag] = {}
        self._expand_wanted: list[Tag] | None = None
        self._quiet = False
        self.setAccessibleName(self.tr("Tags"))

        self.model = TagTreeModel(self)
        self._filter = TagFilter(self.model, self)
        self._entry_model = EntryModel(self)
        self.commands = TagActions(context, self, lambda: self._branches)
        self.commands.told.connect(self.told)
        self.commands.renamed.connect(self._follow)

        self.entries = self._make_entries()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find a tag"))
        self.search.setAccessibleName(self.tr("Find a tag"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.tree = self._make_tree()
        self._empty = QLabel(
            self.tr("Your tags appear here as soon as photos have some."), self.tree
        )
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._empty.setMargin(16)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        tree_layout = QVBoxLayout(self.tree.viewport())
        tree_layout.addWidget(self._empty)
        tree_layout.addStretch()
        self._make_actions()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.entries)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        self.setTabOrder(self.entries, self.search)
        self.setTabOrder(self.search, self.tree)

        self._took = QElapsedTimer()
        self._asking = self._stale = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        session = context.session
        session.tags_changed.connect(self._refresh_soon)
        for signal in (session.added, session.changed, session.removed):
            signal.connect(self._refresh_soon)
        self.refresh()

    # What other parts may ask for

    def refresh(self) -> None:
        """Read the tree again; what is shown changes in place."""
        if self._asking:
            self._stale = True
            return
        self._asking, self._stale = True, False
        self._took.start()
        self._context.reader.ask(_look, self._show, failed=self._failed)

    def selected_tags(self) -> list[Tag]:
        """The tags that are selected, in the order of the tree."""
        indexes = self.tree.selectionModel().selectedIndexes()
        return sorted(index.data(TagRole.TAG) for index in indexes)

    def select_tags(self, tags: Iterable[Tag]) -> None:
        """Show tags as selected without a word of it, as when a search names them."""
        self._quiet = True
        try:
            model = self.tree.selectionModel()
            model.clear()
            self.entries.clearSelection()
            for tag in tags:
                index = self._filter.mapFromSource(self.model.index_of(tag))
                if index.isValid():
                    flags = QItemSelectionModel.SelectionFlag
                    model.setCurrentIndex(index, flags.Select)
                    self.tree.scrollTo(index)
        finally:
            self._quiet = False

    def select_state(self, key: str) -> None:
        """Show an entry as selected without a word of it; "" for none."""
        self._quiet = True
        try:
            self.tree.selectionModel().clear()
            self.entries.clearSelection()
            if key:
                self.entries.setCurrentIndex(self._entry_model.index_of(key))
        finally:
            self._quiet = False

    def rename(self) -> None:
        """Ask for another name for the current tag."""
        if (tag := self._current()) is not None:
            self.commands.rename(tag)

    def move(self) -> None:
        """Ask where the selected tags are to go."""
        if tags := self.selected_tags():
            self.commands.move(tags)

    def merge(self) -> None:
        """Ask which tag the selected ones are to be merged into."""
        if tags := self.selected_tags():
            self.commands.merge(tags)

    def delete(self) -> None:
        """Ask whether the selected tags are to go."""
        if tags := self.selected_tags():
            self.commands.delete(tags)

    def new_tag(self) -> None:
        """Ask for a tag that no photo has yet, below the one that is selected."""
        tags = self.selected_tags()
        self.commands.create(tags[0] if len(tags) == 1 else None)

    def edit_synonyms(self) -> None:
        """Show the other words for the current tag."""
        if (tag := self._current()) is not None:
            self.commands.synonyms(tag)

    def filter_by_selection(self) -> None:
        """Show only the photos with the selected tags."""
        self.filter_wanted.emit(self.selected_tags())

    def expanded(self) -> list[str]:
        """The branches that are open, to be kept for the next start."""
        found = []
        for tag in self.model.tags():
            index = self._filter.mapFromSource(self.model.index_of(tag))
            if index.isValid() and self._filter.rowCount(index) and self.tree.isExpanded(index):
                found.append(str(tag))
        return sorted(found)

    def set_expanded(self, tags: Iterable[str]) -> None:
        """Open branches, as soon as there are any."""
        self._expand_wanted = [Tag.parse(text) for text in tags]
        if self.model.rowCount():
            self._open_branches()

    # The parts

    def _make_entries(self) -> QListView:
        view = QListView()
        view.setModel(self._entry_model)
        view.setItemDelegate(CountDelegate(view))
        view.setUniformItemSizes(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.tr("Photos by state"))
        rows = self._entry_model.rowCount()
        view.setFixedHeight(view.sizeHintForRow(0) * rows + 2 * view.frameWidth())
        view.selectionModel().selectionChanged.connect(self._entry_chosen)
        return view

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self._filter)
        self._numbers = CountDelegate(tree)
        tree.setItemDelegate(self._numbers)
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setIndentation(16)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        tree.setDefaultDropAction(Qt.DropAction.CopyAction)
        tree.setDropIndicatorShown(True)
        tree.setAutoExpandDelay(600)
        tree.setExpandsOnDoubleClick(True)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.setAccessibleName(self.tr("Tags"))
        tree.customContextMenuRequested.connect(self._open_menu)
        tree.selectionModel().selectionChanged.connect(self._tags_chosen)
        self.model.photos_dropped.connect(self.commands.apply)
        self.model.tags_dropped.connect(self.commands.move_to)
        return tree

    def _make_actions(self) -> None:
        def action(text: str, do: object, key: QKeySequence | None = None) -> QAction:
            made = QAction(text, self.tree)
            made.triggered.connect(do)
            if key is not None:
                made.setShortcut(key)
                made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.tree.addAction(made)
            return made

        self._filter_action = action(self.tr("Show &photos"), self.filter_by_selection)
        self._rename_action = action(self.tr("Re&name…"), self.rename, QKeySequence(Qt.Key.Key_F2))
        self._move_action = action(self.tr("M&ove to…"), self.move)
        self._merge_action = action(self.tr("&Merge into…"), self.merge)
        self._delete_action = action(
            self.tr("&Delete…"), self.delete, QKeySequence(Qt.Key.Key_Delete)
        )
        self._new_action = action(self.tr("New &tag…"), self.new_tag)
        self._synonyms_action = action(self.tr("&Synonyms…"), self.edit_synonyms)

    def _open_menu(self, point: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.tree.viewport().mapToGlobal(point))

    def menu(self) -> QMenu:
        """The context menu for what is selected."""
        tags = self.selected_tags()
        for action in (self._filter_action, self._move_action, self._merge_action,
                       self._delete_action):  # fmt: skip
            action.setEnabled(bool(tags))
        for action in (self._rename_action, self._synonyms_action):
            action.setEnabled(len(tags) == 1)
        menu = QMenu(self)
        menu.addAction(self._filter_action)
        menu.addSeparator()
        menu.addActions([self._rename_action, self._move_action, self._merge_action])
        menu.addActions([self._synonyms_action, self._new_action])
        menu.addSeparator()
        menu.addAction(self._delete_action)
        # Left enabled for their keys, which look at the selection themselves.
        menu.aboutToHide.connect(self._enable_actions)
        return menu

    def _enable_actions(self) -> None:
        for action in self.tree.actions():
            action.setEnabled(True)

    # Changes

    def _refresh_soon(self, *_: object) -> None:
        if not self._timer.isActive():
            self._timer.start(_PAUSE)

    def _show(self, answer: tuple[Sequence[Branch], Mapping[State, int]]) -> None:
        if not isValid(self):  # closed meanwhile
            return
        self._asking = False
        took = self._took.elapsed()
        branches, states = answer
        first = not self.model.rowCount()
        self._branches = branches
        self._quiet = True
        try:
            selected, opened = self._selected_and_open() if self._moving else ([], [])
            self._numbers.set_widest(max((branch.confirmed for branch in branches), default=0))
            self.model.show(branches)
            self._entry_model.show(states)
            if selected or opened:
                self._restore(selected, opened)
        finally:
            self._quiet = False
        if first:
            self._open_branches()
        self._empty.setVisible(not branches)
        if self._stale:
            self._timer.start(max(_PAUSE, _SHARE * took))

    def _failed(self, _: object) -> None:
        self._asking = False

    def _follow(self, renames: Sequence[tuple[Tag, Tag]]) -> None:
        """Keep renamed tags selected and open where they are next."""
        self._moving.update(renames)

    def _selected_and_open(self) -> tuple[list[Tag], list[Tag]]:
        new = {branch.tag for branch in self._branches}
        moving = {old: to for old, to in self._moving.items() if to in new and old != to}
        if not moving:
            return [], []
        selected = self.selected_tags()
        opened = [Tag.parse(text) for text in self.expanded()]
        self._moving.clear()
        return [moving.get(t, t) for t in selected], [moving[t] for t in opened if t in moving]

    def _restore(self, selected: Sequence[Tag], opened: Sequence[Tag]) -> None:
        for tag in opened:
            self._expand(tag)
        if selected:
            self.select_tags(selected)

    def _open_branches(self) -> None:
        if self._expand_wanted is not None:
            for tag in self._expand_wanted:
                self._expand(tag)
        elif self.model.rowCount() <= _SMALL:
            self.tree.expandToDepth(0)

    def _expand(self, tag: Tag) -> None:
        index = self._filter.mapFromSource(self.model.index_of(tag))
        if index.isValid():
            self.tree.expand(index)

    def _current(self) -> Tag | None:
        tags = self.selected_tags()
        current: Tag | None = self.tree.currentIndex().data(TagRole.TAG)
        return current if current in tags or not tags else tags[0]

    # Filters

    def _search(self, text: str) -> None:
        words = text.strip()
        self._quiet = True  # rows that are hidden are no choice of the user's
        try:
            self._filter.setFilterFixedString(words)
            if words:
                self.tree.expandAll()
        finally:
            self._quiet = False

    def _tags_chosen(self, *_: object) -> None:
        if self._quiet:
            return
        tags = self.selected_tags()
        if tags:
            self._quiet = True
            self.entries.clearSelection()
            self._quiet = False
        self.filter_wanted.emit(tags)

    def _entry_chosen(self, *_: object) -> None:
        indexes: list[QModelIndex] | list[QPersistentModelIndex]
        indexes = self.entries.selectionModel().selectedIndexes()
        if self._quiet or not indexes:
            return
        self._quiet = True
        self.tree.selectionModel().clear()
        self._quiet = False
        self.state_wanted.emit(self._entry_model.key(indexes[0]))


def _look(library: Library) -> tuple[list[Branch], Mapping[State, int]]:
    return library.branches(), library.state_counts()
