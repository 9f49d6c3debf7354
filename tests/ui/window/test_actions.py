"""The table of actions: each key means one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.window.actions import TABLE, Actions, _sequences


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[Actions]:
    window = QWidget()
    qtbot.addWidget(window)
    yield Actions(window, {entry.id: lambda: None for entry in TABLE})
    window.close()  # it is kept until here


def test_no_key_is_there_twice(actions: Actions) -> None:
    # Qt carries out nothing at all for a key that two shortcuts claim, even of the same action.
    keys = Counter(key.toString() for entry in TABLE for key in actions[entry.id].shortcuts())
    assert not [key for key, times in keys.items() if times > 1]
    assert keys["Ctrl+Q"] == keys["Ctrl+Shift+Z"] == 1


def test_a_standard_key_that_is_named_as_well_counts_once() -> None:
    keys = _sequences((QKeySequence.StandardKey.Copy, "Ctrl+C", "Ctrl+Ins", ""))
    assert [key.toString() for key in keys] == ["Ctrl+C", "Ctrl+Ins"]
