"""What the status bar says about the work."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from app.ui.window.status import StatusBar
from app.workers.progress import Progress


def words(bar: StatusBar) -> str:
    labels = [each for each in bar.findChildren(QLabel) if each.accessibleName() == "Progress"]
    return labels[0].text()


@pytest.mark.parametrize("state", ["running", "paused"])
def test_looking_with_another_network_is_said_and_can_be_paused(qtbot: QtBot, state: str) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_progress(Progress(done=1, total=9, state=state, renewing=True))
    assert words(bar).startswith("Looking with the other network: 1 of 9")
    wanted = "Pause" if state == "running" else "Go on"
    (button,) = [b for b in bar.findChildren(QToolButton) if b.accessibleName() == wanted]
    signal = bar.pause_wanted if state == "running" else bar.resume_wanted
    with qtbot.waitSignal(signal):
        button.click()


def test_new_photos_are_only_counted(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_progress(Progress(done=1, total=9, state="running"))
    assert words(bar) == "1 of 9"
