"""The language that is set is there from the start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from app.ui.application import prepare
from tests.ui.window.conftest import PREFERENCES, Bench


def test_the_window_opens_in_german(start: Callable[..., Bench]) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = QLocale()
    prepare(application, replace(PREFERENCES, language="de"))
    try:
        window = start(language="de").window
        menus = [action.text() for action in window.menuBar().actions()]
        assert menus[0] == "&Datei" and menus[-1] == "&Hilfe"
        assert window.tags_dock.windowTitle() == "Schlagwörter"
    finally:
        prepare(application, PREFERENCES)
        QLocale.setDefault(before)
