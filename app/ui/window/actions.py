"""Every menu entry and shortcut of the main window, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.ui.icons import icon

_CONTEXT = "Actions"


def _tr(text: str) -> str:
    """Marks a text of the table for translation; it is translated when actions are made."""
    return text


@dataclass(frozen=True, slots=True)
class Entry:
    """An action.

    Attributes:
        id: by which code names it.
        menu: the menu that it stands in, and the section of the list of keys.
        text: for the menu, with its mnemonic.
        keys: the first is shown in the menu.
        icon: name of its icon, if it has one.
        checkable: whether it is switched on and off.
        in_menu: False for keys that would only make the menu long.
        separate: whether a line stands before it.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str | QKeySequence.StandardKey, ...] = ()
    icon: str = ""
    checkable: bool = False
    in_menu: bool = True
    separate: bool = False


_Key = QKeySequence.StandardKey
FILE, EDIT, PHOTO, VIEW, TAGS, HELP = (
    _tr("&File"), _tr("&Edit"), _tr("&Photo"), _tr("&View"), _tr("&Tags"), _tr("&Help"),
)  # fmt: skip

TABLE: tuple[Entry, ...] = (
    Entry("add", FILE, _tr("&Add folder…"), (_Key.Open,), "add-folder"),
    Entry("paste", FILE, _tr("Add from the cli&pboard"), (_Key.Paste,)),
    Entry("folders", FILE, _tr("&Watched folders…"), (), "folder"),
    Entry("export", FILE, _tr("&Export…"), ("Ctrl+E",), "export", separate=True),
    Entry("settings", FILE, _tr("&Settings…"), (_Key.Preferences, "Ctrl+,"), "settings",
          separate=True),
    Entry("quit", FILE, _tr("&Quit"), (_Key.Quit, "Ctrl+Q"), separate=True),
    Entry("undo", EDIT, _tr("&Undo"), (_Key.Undo,), "undo"),
    Entry("redo", EDIT, _tr("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    Entry("copy", EDIT, _tr("&Copy"), (_Key.Copy,), separate=True),
    Entry("select_all", EDIT, _tr("Select &all"), (_Key.SelectAll,)),
    Entry("find", EDIT, _tr("&Find…"), (_Key.Find, "/"), "search", separate=True),
    Entry("accept_all", PHOTO, _tr("&Accept all suggestions"), ("Return", "Enter"), "accept-all"),
    Entry("reject_all", PHOTO, _tr("Re&ject all suggestions"), ("Shift+Return", "Shift+Enter"),
          "reject"),
    Entry("type_tag", PHOTO, _tr("&Type a tag…"), ("T",), "tag"),
    Entry("remove", PHOTO, _tr("&Remove a tag…"), (_Key.Delete,), "remove"),
    Entry("large", PHOTO, _tr("Show &large"), ("Space",), "photo", separate=True),
    Entry("similar", PHOTO, _tr("Find &similar photos"), ("Ctrl+Shift+F",), "similar"),
    Entry("show_in_folder", PHOTO, _tr("Show in &folder"), ("Ctrl+Shift+O",), "folder"),
    Entry("look_again", PHOTO, _tr("Look at it a&gain"), ("F5",), "retry", separate=True),
    Entry("sidebar", VIEW, _tr("&Tags"), ("F7",), "sidebar", checkable=True),
    Entry("inspector", VIEW, _tr("&Details"), ("F8",), "inspector", checkable=True),
    Entry("larger", VIEW, _tr("&Larger"), (_Key.ZoomIn, "Ctrl+="), "zoom-in", separate=True),
    Entry("smaller", VIEW, _tr("&Smaller"), (_Key.ZoomOut,), "zoom-out"),
    Entry("full_screen", VIEW, _tr("&Full screen"), (_Key.FullScreen, "F11"), checkable=True),
    Entry("review", TAGS, _tr("&Review doubtful photos"), ("Ctrl+R",), "review"),
    Entry("bulk", TAGS, _tr("&Accept many…"), ("Ctrl+Shift+A",), "bulk"),
    Entry("duplicates", TAGS, _tr("Find &near-duplicates"), (), "duplicates"),
    Entry("pause", TAGS, _tr("&Pause"), ("Ctrl+P",), "pause", checkable=True, separate=True),
    Entry("stop", TAGS, _tr("&Stop"), (), "stop"),
    Entry("import_keywords", TAGS, _tr("&Import a keyword list…"), (), separate=True),
    Entry("export_keywords", TAGS, _tr("E&xport a keyword list…")),
    Entry("rules", TAGS, _tr("R&ules…"), (), "tags"),
    Entry("keys", HELP, _tr("&Keys"), ("?", "F1"), "keys"),
    Entry("problems", HELP, _tr("&Problems…"), (), "warning"),
    Entry("about", HELP, _tr("&About Tagwright"), (), "info", separate=True),
)  # fmt: skip

#: The number keys, which belong to the grid and the large photo.
NUMBERS = range(1, 10)


class Actions:
    """The actions of the table, made for one window.

    Args:
        window: they belong to it, and their keys work in all of it.
        handlers: what each does, by id.
    """

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> None:
        self._actions: dict[str, QAction] = {}
        for entry in TABLE:
            action = QAction(_translated(entry.text), window)
            action.setObjectName(entry.id)
            action.setCheckable(entry.checkable)
            if entry.icon:
                action.setIcon(icon(entry.icon))
            if entry.keys:
                action.setShortcuts(_sequences(entry.keys))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            handler = handlers[entry.id]
            action.triggered.connect(lambda _=False, handler=handler: handler())
            window.addAction(action)
            self._actions[entry.id] = action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def fill(self, bar: QMenuBar) -> None:
        """Put all actions into the menus."""
        menus: dict[str, QMenu] = {}
        for entry in TABLE:
            menu = menus.get(entry.menu)
            if menu is None:
                menu = menus[entry.menu] = bar.addMenu(_translated(entry.menu))
            if entry.separate:
                menu.addSeparator()
            if entry.in_menu:
                menu.addAction(self._actions[entry.id])

    def keys(self) -> Iterator[tuple[str, str, QKeySequence]]:
        """All keys: section, text, key."""
        for entry in TABLE:
            action = self._actions[entry.id]
            for key in action.shortcuts()[:1]:
                yield _plain(entry.menu), _plain(entry.text).rstrip("…"), key


def _sequences(keys: Sequence[str | QKeySequence.StandardKey]) -> list[QKeySequence]:
    """The keys of an action here, each once: Qt takes one that is there twice for ambiguous.

    What a standard key is depends on the desktop; it may be none, or one that is named as well.
    """
    found = {each.toString(): each for each in map(QKeySequence, keys)}
    found.pop("", None)
    return list(found.values())


def _translated(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def _plain(text: str) -> str:
    return _translated(text).replace("&", "")


def is_child_of(widget: QObject | None, parent: QObject) -> bool:
    """Whether a widget is inside another."""
    while widget is not None:
        if widget is parent:
            return True
        widget = widget.parent()
    return False
