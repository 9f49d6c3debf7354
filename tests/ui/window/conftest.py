"""A real main window with a home of its own, driven as a person would, and nothing left behind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QTranslator, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.folders import Folders
from app.core.photo import Card, PhotoId
from app.core.preferences import Preferences
from app.library.library import Library
from app.library.lock import run_lock
from app.ui.application import prepare
from app.ui.window.main_window import MainWindow

#: The fast network, and only what the user accepts is written.
PREFERENCES = Preferences(
    model="efficientnet-lite0", crops=1, write_suggestions="accepted", theme="light"
)
#: What our threads are called.
_THREADS = (
    "writer", "finder", "feeder", "decoder", "network", "reader", "thumbnails", "watcher",
    "picture", "every pixel", "export", "preparing", "teacher", "judge", "comparer",
    "class finder", "duplicates",
)  # fmt: skip


class Bench:
    """A window and what a person does with it.

    Args:
        base: home of the library.
    """

    def __init__(self, base: Path, qtbot: QtBot, preferences: Preferences) -> None:
        self.qtbot = qtbot
        self.folders = Folders(base / "data", base / "cache", base / "config")
        self._lock = run_lock(self.folders.data)
        self._lock.__enter__()
        self.window = MainWindow(self.folders, preferences)
        self.window.resize(1100, 760)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.window.start()

    def close(self) -> None:
        """Close the window as the user does."""
        if self._lock is None:
            return
        self.window.close()
        assert not [t for t in self.window.findChildren(QTimer) if t.isActive()]
        self._lock.__exit__(None, None, None)
        self._lock = None
        self.window.deleteLater()
        QApplication.processEvents()

    def drop(self, *paths: Path, onto: QWidget | None = None) -> None:
        """Drop files from a file manager onto a part of the window."""
        target = onto or self.window.pages.currentWidget()
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        point = QPoint(target.width() // 2, target.height() // 2)
        actions, button, keys = (
            Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        enter = QDragEnterEvent(point, actions, data, button, keys)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted()
        drop = QDropEvent(QPointF(point), actions, data, button, keys)
        QApplication.sendEvent(target, drop)
        assert drop.isAccepted() and drop.dropAction() is Qt.DropAction.CopyAction

    def settle(self, photos: int) -> None:
        """Wait until so many photos are shown and nothing is to be done."""
        self.qtbot.waitUntil(
            lambda: self.window.browser.total == photos and not self.window.session.is_busy(),
            timeout=90_000,
        )

    def key(self, key: Qt.Key | str, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the focus is."""
        widget = QApplication.focusWidget() or self.window
        if isinstance(key, str):
            self.qtbot.keyClicks(widget, key, modifier)
        else:
            self.qtbot.keyClick(widget, key, modifier)

    def go_to(self, name: str) -> PhotoId:
        """Make a photo the current one, by its name."""
        photo = self.id_of(name)
        self.qtbot.waitUntil(lambda: self.window.proxy.row_of(photo) >= 0, timeout=10_000)
        self.window.view.setFocus()
        self.window.photos.go_to(photo)
        self.qtbot.waitUntil(
            lambda: [card.id for card in self.window.inspector.cards()] == [photo], timeout=10_000
        )
        return photo

    def id_of(self, name: str) -> PhotoId:
        """The id of a photo, by its name."""
        return self.card_of(name).id

    def card_of(self, name: str) -> Card:
        """What the library knows of a photo."""
        with Library(self.folders.data) as library:
            cards = library.cards(library.listing().ids)
        return next(card for card in cards if card.path.name == name)

    def acted(self, do: Callable[[], object]) -> None:
        """Do something and wait until it is in the files."""
        with self.qtbot.waitSignal(self.window.session.acted, timeout=20_000):
            do()


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Bench]]:
    """Opens a window; several ones after each other have the same home."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    prepare(application, PREFERENCES)
    # Libraries keep threads for later, which are called as the one that needed them first.
    before = _running()
    with ExitStack() as stack:

        def open_window(**settings: object) -> Bench:
            bench = Bench(tmp_path / "home", qtbot, replace(PREFERENCES, **settings))
            stack.callback(bench.close)
            return bench

        yield open_window
    for translator in application.findChildren(QTranslator):  # other tests know none
        application.removeTranslator(translator)
        translator.deleteLater()
    # The system takes a moment to clear away a thread that has ended.
    qtbot.waitUntil(lambda: _running() <= before, timeout=3000)


def _running() -> set[tuple[str, str]]:
    """Number and name of our threads that run, where the system tells."""
    tasks = Path("/proc/self/task")
    found = set()
    for task in tasks.iterdir() if tasks.is_dir() else ():
        with suppress(OSError):  # it has ended meanwhile
            found.add((task.name, (task / "comm").read_text().strip()))
    return {each for each in found if each[1].startswith(_THREADS)}


def digest(path: Path) -> str:
    """What a file holds, in short."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
