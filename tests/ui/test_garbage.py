"""When Python looks for garbage."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.garbage import Garbage
from tests.conftest import ROOT

#: Receivers of signals are garbage; one thread makes objects without end, the other one widgets.
_TWO_THREADS = """
import gc, threading
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QScrollArea
from app.ui.garbage import Garbage

class Sender(QObject):
    said = Signal()

class Receiver(QObject):
    def hear(self):
        pass

def knot(senders):
    receiver = Receiver()
    for sender in senders:
        sender.said.connect(receiver.hear)
    receiver.itself = receiver

application = QApplication([])
garbage = Garbage(application)
gc.collect()
senders = [[Sender() for _ in range(5)] for _ in range(1000)]
for each in senders:
    knot(each)
worker = threading.Thread(target=lambda: [[] for _ in range(300_000)])
worker.start()
areas = []
while worker.is_alive() or len(areas) < 200:
    areas.append(QScrollArea())
garbage._collect()
print("done", flush=True)
"""


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QGuiApplication]:
    gc.collect()
    yield qapp
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


def test_it_looks_on_its_own_thread_only(application: QGuiApplication, qtbot: QtBot) -> None:
    parent = QObject()
    looked: set[threading.Thread] = set()

    def note(phase: str, _: dict[str, int]) -> None:
        looked.add(threading.current_thread())

    gc.enable()
    garbage = Garbage(application, parent)
    alive = weakref.ref(_Knot())
    gc.callbacks.append(note)
    try:
        made: list[list[object]] = []
        worker = threading.Thread(target=lambda: made.extend([] for _ in range(200_000)))
        worker.start()
        worker.join()
        assert not looked and alive() is not None
        qtbot.waitUntil(lambda: alive() is None, timeout=5000)
    finally:
        gc.callbacks.remove(note)
    assert garbage and looked == {threading.main_thread()}


def test_a_receiver_that_is_garbage_does_not_stop_the_program() -> None:
    # Where garbage is looked for on any thread, the two wait for each other for ever.
    ran = subprocess.run(
        [sys.executable, "-c", _TWO_THREADS], cwd=ROOT, timeout=60, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "done"), ran.stderr
