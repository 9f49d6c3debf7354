"""The comparison of ways of learning, on a real library."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from app.core.preferences import Preferences
from app.core.tag import Tag
from app.library.library import Analysis, Library
from app.ui.settings.comparison import ComparisonDialog
from app.ui.settings.dialog import SettingsDialog
from tests.learning.kinds import centres, photos


@pytest.fixture
def library(tmp_path: Path) -> Path:
    pytest.importorskip("sklearn")
    folder = tmp_path / "library"
    with Library(folder) as made:
        run = made.start_run("net@1", "{}")
        for kind, middle in enumerate(centres(3)):
            for n, row in enumerate(photos(middle, 8, kind, 0.3)):
                photo = made.save_photo(
                    Path(f"/{kind} {n}.jpg"), size=1, mtime_ns=1, content_hash=bytes([kind, n])
                )
                made.save_analysis(photo, "net@1", Analysis(row, np.zeros(1), 1), run)
                made.decide(photo, [Tag((f"tag {kind}",))], "confirmed")
    return folder


def opened(qtbot: QtBot, folder: Path, in_use: str) -> ComparisonDialog:
    dialog = ComparisonDialog(folder, "net@1", in_use)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def texts(dialog: ComparisonDialog) -> str:
    return " ".join(each.text() for each in dialog.findChildren(QLabel))


def test_it_compares_and_another_one_can_be_used(qtbot: QtBot, library: Path) -> None:
    dialog = opened(qtbot, library, "svm")
    table = dialog.findChild(QTableWidget)
    qtbot.waitUntil(table.isVisible, timeout=30_000)
    assert table.rowCount() == 4 and "chance" in texts(dialog) and "24 photo" in texts(dialog)
    rows = {table.item(row, 0).text(): row for row in range(4)}
    in_use = next(row for text, row in rows.items() if text.endswith("in use"))
    use = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Use this one")
    assert table.currentRow() == in_use and not use.isEnabled()
    mean = next(row for text, row in rows.items() if "recommended" in text)
    table.setFocus()
    key = Qt.Key.Key_Up if mean < in_use else Qt.Key.Key_Down
    for _ in range(abs(mean - in_use)):
        qtbot.keyClick(table, key)
    with qtbot.waitSignal(dialog.chosen) as heard:
        qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert heard.args == ["nearest-mean"] and not dialog.isVisible()


def test_with_too_little_it_says_what_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(qtbot, tmp_path / "empty", "nearest-mean")
    qtbot.waitUntil(lambda: "too little" in texts(dialog), timeout=10_000)
    assert not dialog.findChild(QTableWidget).isVisible()


def test_what_cannot_be_read_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "library").write_bytes(b"a file and no folder")
    dialog = opened(qtbot, tmp_path / "library", "nearest-mean")
    qtbot.waitUntil(lambda: dialog._say.property("role") == "failed", timeout=10_000)
    assert str(tmp_path) in texts(dialog)


def test_closing_stops_it(qtbot: QtBot, library: Path) -> None:
    dialog = opened(qtbot, library, "svm")
    with qtbot.assertNotEmitted(dialog._comparer.finished, wait=300):
        cancel = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert dialog._comparer._thread.isFinished()


def test_the_settings_have_a_button_for_it(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Preferences(), [("efficientnet-lite2", "Lite 2")])
    qtbot.addWidget(dialog)
    dialog.show()
    button = next(b for b in dialog.findChildren(QPushButton) if "Compare" in b.text())
    with qtbot.waitSignal(dialog.action_wanted) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == ["head"]
    with qtbot.waitSignal(dialog.changed) as told:
        dialog.choose("head", "svm")
    assert told.args[0].head == "svm" and dialog.preferences.head == "svm"
