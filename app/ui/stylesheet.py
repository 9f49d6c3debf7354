"""The small style sheet over Qt's Fusion style: flat controls, thin scroll bars."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPalette


def style_sheet(palette: QPalette, colour: Callable[[str], str]) -> str:
    """The sheet for a palette.

    Args:
        palette: of the application.
        colour: gives `#rrggbb` for the name of a meaning or a role.
    """
    return ""
