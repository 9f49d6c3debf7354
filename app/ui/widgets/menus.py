"""Menus that belong to a place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu


def add_action(menu: QMenu, text: str, triggered: Callable[[], object]) -> QAction:
    """Put something into a menu. An ampersand in the text is one."""
    action = menu.addAction(text.replace("&", "&&"))
    action.triggered.connect(lambda _checked: triggered())
    return action
