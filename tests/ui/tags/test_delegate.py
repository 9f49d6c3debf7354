"""What is painted in the tree can be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.ui.tags.delegate import _colours


def luminance(colour: QColor) -> float:
    """WCAG 2.1, "relative luminance"."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: QColor, second: QColor) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("#000000", "#ffffff"),
        ("#202020", "#f5f5f5"),
        ("#e6e6e6", "#18191c"),
        ("#d0d0d0", "#2b2d31"),
    ],
)
def test_numbers_stand_back_but_can_be_read(qtbot: QtBot, text: str, base: str) -> None:
    option = QStyleOptionViewItem()
    option.palette.setColor(QPalette.ColorRole.Text, QColor(text))
    option.palette.setColor(QPalette.ColorRole.Base, QColor(base))
    name, number = _colours(option)
    assert name == QColor(text)
    assert 4.5 <= contrast(number, QColor(base)) < contrast(name, QColor(base))
    option.palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#ffffff"))
    option.state |= QStyle.StateFlag.State_Selected
    assert _colours(option) == (QColor("#ffffff"), QColor("#ffffff"))
