"""When Python looks for garbage."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ui.garbage import Garbage


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QGuiApplication]:
    before = gc.get_threshold()
    yield qapp
    gc.set_threshold(*before)
    gc.unfreeze()


class _Knot:
    """Refers to itself, so that counting references does not free it."""

    def __init__(self) -> None:
        self.itself = self


def test_it_waits_until_the_user_has_gone(application: QGuiApplication) -> None:
    parent = QObject()
    garbage = Garbage(application, parent)
    knot = _Knot()
    alive = weakref.ref(knot)
    gc.collect(1)  # it is an old object now
    del knot
    keep = [[] for _ in range(200_000)]
    assert alive() is not None and keep
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert alive() is not None  # it was looked for not long ago
    for _ in range(2):
        garbage._timer.timeout.emit()
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert alive() is not None
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert alive() is None


def test_it_does_not_wait_for_ever(application: QGuiApplication) -> None:
    parent = QObject()
    garbage = Garbage(application, parent)
    knot = _Knot()
    alive = weakref.ref(knot)
    gc.collect(1)
    del knot
    for _ in range(15):
        garbage._timer.timeout.emit()
    assert alive() is None
