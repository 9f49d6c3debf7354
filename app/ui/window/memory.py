"""What the window remembers from one start to the next: its shape, order, size and place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from app.core.listing import GROUPINGS, SORTS

if TYPE_CHECKING:
    from app.ui.window.main_window import MainWindow


class Memory:
    """Keeps it in a small file.

    Args:
        path: of the file; one that is damaged or from another version is as good as none.
    """

    def __init__(self, path: Path) -> None:
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def shows(self, dock: str) -> bool:
        """Whether the user wants to see one of the sides."""
        return self._file.value(f"shows/{dock}", True, type=bool) is not False

    def set_shows(self, dock: str, shown: bool) -> None:
        """Note whether the user wants to see one of the sides."""
        self._file.setValue(f"shows/{dock}", shown)

    def restore(self, window: MainWindow) -> None:
        """Make a window as it was."""
        geometry, docks = self._file.value("geometry"), self._file.value("docks")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
        if isinstance(docks, QByteArray):
            window.restoreState(docks)
        window.view.set_cell_size(self._number("cell", window.view.cell_size))
        window.search.set_history(self._texts("searches"))
        window.tags.set_expanded(self._texts("branches"))
        self._restore_order(window)
        place = self._number("place", 0)
        if place:
            window.browser.begin_at(place, window.view)

    def keep(self, window: MainWindow) -> None:
        """Note how a window is."""
        shown = window.browser.shown
        kept = {
            "geometry": window.saveGeometry(),
            "docks": window.saveState(),
            "cell": window.view.cell_size,
            "searches": json.dumps(window.search.history()),
            "branches": json.dumps(window.tags.expanded()),
            "sort": shown.sort,
            "descending": int(shown.descending),
            "grouping": shown.grouping,
        }
        visible = window.view.visible_photos()
        if visible and shown.query is None and shown.only is None:
            kept["place"] = visible[0]
        for key, value in kept.items():
            self._file.setValue(key, value)
        self._file.sync()

    def _restore_order(self, window: MainWindow) -> None:
        shown = window.browser.shown
        wanted = replace(shown, descending=bool(self._number("descending", 0)))
        for sort in SORTS:
            if sort == self._file.value("sort"):
                wanted = replace(wanted, sort=sort)
        for grouping in GROUPINGS:
            if grouping == self._file.value("grouping"):
                wanted = replace(wanted, grouping=grouping)
        window.tools.show_order(wanted.sort, wanted.descending, wanted.grouping)
        if wanted != shown:
            window.browser.show(wanted)

    def _number(self, key: str, default: int) -> int:
        try:
            return int(str(self._file.value(key, default)))
        except ValueError:
            return default

    def _texts(self, key: str) -> list[str]:
        try:
            texts = json.loads(str(self._file.value(key, "[]")))
        except ValueError:
            return []
        return [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []
