"""Every menu entry and shortcut of the main window, in one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.ui.icons import icon

#: The context of the texts of the table, for `QCoreApplication.translate`.
_CONTEXT = ""


def _t(text: str) -> str:
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
    _t("&File"), _t("&Edit"), _t("&Photo"), _t("&View"), _t("&Tags"), _t("&Help"),
)  # fmt: skip

TABLE: tuple[Entry, ...] = (
    Entry("add", FILE, _t("&Add folder…"), (_Key.Open,), "add-folder"),
    Entry("paste", FILE, _t("Add from the cli&pboard"), (_Key.Paste,)),
    Entry("folders", FILE, _t("&Watched folders…"), (), "folder"),
    Entry("export", FILE, _t("&Export…"), ("Ctrl+E",), "export", separate=True),
    Entry("settings", FILE, _t("&Settings…"), (_Key.Preferences, "Ctrl+,"), "settings",
          separate=True),
    Entry("quit", FILE, _t("&Quit"), (_Key.Quit, "Ctrl+Q"), separate=True),
    Entry("undo", EDIT, _t("&Undo"), (_Key.Undo,), "undo"),
    Entry("redo", EDIT, _t("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    Entry("copy", EDIT, _t("&Copy"), (_Key.Copy,), separate=True),
    Entry("select_all", EDIT, _t("Select &all"), (_Key.SelectAll,)),
    Entry("find", EDIT, _t("&Find…"), (_Key.Find, "/"), "search", separate=True),
    Entry("accept_all", PHOTO, _t("&Accept all suggestions"), ("Enter", "Return"), "accept-all"),
    Entry("reject_all", PHOTO, _t("Re&ject all suggestions"), ("Shift+Enter", "Shift+Return"),
          "reject"),
    Entry("type_tag", PHOTO, _t("&Type a tag…"), ("T",), "tag"),
    Entry("remove", PHOTO, _t("&Remove a tag…"), (_Key.Delete,), "remove"),
    Entry("large", PHOTO, _t("Show &large"), ("Space",), "photo", separate=True),
    Entry("similar", PHOTO, _t("Find &similar photos"), ("Ctrl+Shift+F",), "similar"),
    Entry("show_in_folder", PHOTO, _t("Show in &folder"), ("Ctrl+Shift+O",), "folder"),
    Entry("look_again", PHOTO, _t("Look at it a&gain"), ("F5",), "retry", separate=True),
    Entry("sidebar", VIEW, _t("&Tags"), ("F7",), "sidebar", checkable=True),
    Entry("inspector", VIEW, _t("&Details"), ("F8",), "inspector", checkable=True),
    Entry("larger", VIEW, _t("&Larger"), (_Key.ZoomIn, "Ctrl+="), "zoom-in", separate=True),
    Entry("smaller", VIEW, _t("&Smaller"), (_Key.ZoomOut,), "zoom-out"),
    Entry("full_screen", VIEW, _t("&Full screen"), (_Key.FullScreen, "F11"), checkable=True),
    Entry("review", TAGS, _t("&Review doubtful photos"), ("Ctrl+R",), "review"),
    Entry("bulk", TAGS, _t("&Accept many…"), ("Ctrl+Shift+A",), "bulk"),
    Entry("duplicates", TAGS, _t("Find &near-duplicates"), (), "duplicates"),
    Entry("accuracy", TAGS, _t("A&ccuracy"), ("F9",), "accuracy", checkable=True),
    Entry("pause", TAGS, _t("&Pause"), ("Ctrl+P",), "pause", checkable=True, separate=True),
    Entry("stop", TAGS, _t("&Stop"), (), "stop"),
    Entry("import_keywords", TAGS, _t("&Import a keyword list…"), (), separate=True),
    Entry("export_keywords", TAGS, _t("E&xport a keyword list…")),
    Entry("rules", TAGS, _t("R&ules…"), (), "tags"),
    Entry("networks", TAGS, _t("Net&works…"), (), "similar", separate=True),
    Entry("train", TAGS, _t("&Train your own network…")),
    Entry("keys", HELP, _t("&Keys"), ("?", "F1"), "keys"),
    Entry("problems", HELP, _t("&Problems…"), (), "warning"),
    Entry("about", HELP, _t("&About Tagwright"), (), "info", separate=True),
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

    def enable(self, menu: str, enabled: bool) -> None:
        """Switch all actions of a menu on or off, by keys as well."""
        for entry in TABLE:
            if entry.menu == menu:
                self._actions[entry.id].setEnabled(enabled)

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
        """All keys: section, text, key; also those that stand in no menu."""
        for entry in TABLE:
            action = self._actions[entry.id]
            for key in action.shortcuts()[:1]:
                yield _plain(entry.menu), _plain(entry.text), key
        photo = QCoreApplication.translate("MainWindow", "Photo")
        yield (
            photo,
            QCoreApplication.translate(
                "MainWindow", "Accept the first suggestion (2 to 9: the others)"
            ),
            QKeySequence("1"),
        )
        yield (
            photo,
            QCoreApplication.translate(
                "MainWindow", "Reject the first suggestion (Shift+2 to 9: the others)"
            ),
            QKeySequence("Shift+1"),
        )


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
    """The words of a menu entry alone; in Japanese its key stands behind them, as in "(&F)"."""
    words = re.sub(r"\(&.\)", "", _translated(text)).replace("&", "")
    return words.rstrip("…").rstrip()
