"""The overview of the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.keys.overlay import KeysOverlay, caps

# Qt without a screen says so of every window.

KEYS = [
    ("Review", "Accept the n-th suggestion", "1 – 9"),
    ("Edit", "Undo", QKeySequence("Ctrl+Z")),
    ("Review", "Accept all", QKeySequence("Return")),
    ("Edit", "Has no key", QKeySequence()),
]


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("Shift+1 – 9", ["Shift", "1 – 9"]),
        ("+", ["+"]),
        ("Ctrl++", ["Ctrl", "+"]),
        (QKeySequence("Ctrl+Shift+Z"), ["Ctrl", "Shift", "Z"]),
        (QKeySequence("Ctrl++"), ["Ctrl", "+"]),
        (QKeySequence("?"), ["?"]),
        (QKeySequence(), []),
    ],
)
def test_what_stands_on_the_caps(key: QKeySequence | str, parts: list[str]) -> None:
    assert caps(key) == parts


def test_keys_stand_in_their_sections(qtbot: QtBot) -> None:
    overlay = KeysOverlay(KEYS)
    qtbot.addWidget(overlay)
    overlay.show()
    texts = [label.text() for label in overlay.findChildren(QLabel)]
    assert texts == ["Review", "Accept the n-th suggestion", "Accept all", "Edit", "Undo"]
    spoken = [each.accessibleName() for each in overlay.findChildren(QWidget)]
    assert "Undo: Ctrl+Z" in spoken


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Question, Qt.Key.Key_Return])
def test_is_closed_from_the_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    overlay = KeysOverlay(KEYS)
    qtbot.addWidget(overlay)
    overlay.show()
    qtbot.keyClick(overlay, key if key != Qt.Key.Key_Question else "?")
    assert not overlay.isVisible()


def test_without_any_keys(qtbot: QtBot) -> None:
    overlay = KeysOverlay([])
    qtbot.addWidget(overlay)
    overlay.show()
    assert overlay.isVisible()
