"""Colours that are made from a palette can be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from app.ui import contrast as colours


def palette(window: str, text: str, accent: str, on_accent: str) -> QPalette:
    result = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, window),
        (QPalette.ColorRole.Base, window),
        (QPalette.ColorRole.WindowText, text),
        (QPalette.ColorRole.Highlight, accent),
        (QPalette.ColorRole.HighlightedText, on_accent),
    ):
        result.setColor(role, QColor(colour))
    return result


def test_contrast_of_black_and_white() -> None:
    assert colours.contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert colours.contrast(QColor("red"), QColor("red")) == pytest.approx(1)


@pytest.mark.parametrize(
    "look",
    [
        ("#efefef", "#000000", "#308cc6", "#ffffff"),  # Fusion, light
        ("#323232", "#ffffff", "#308cc6", "#ffffff"),  # Fusion, dark
        ("#ffffff", "#000000", "#ffff00", "#ffffff"),  # white on yellow cannot be read
        ("#000000", "#ffffff", "#00ff00", "#ffffff"),
    ],
)
def test_text_can_be_read(look: tuple[str, str, str, str]) -> None:
    made = palette(*look)
    window = made.color(QPalette.ColorRole.Window)
    assert colours.contrast(colours.subtle(made), window) >= 4.5
    assert colours.contrast(colours.chip_text(made), colours.chip(made)) >= 4.5
    assert colours.contrast(colours.confirmed_chip_text(made), colours.confirmed_chip(made)) >= 4.5
    assert colours.contrast(made.color(QPalette.ColorRole.WindowText), colours.stage(made)) >= 4.5
    assert colours.contrast(colours.strong_border(made), window) >= 3
