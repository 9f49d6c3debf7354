"""Looking through a folder of classes on a thread of its own."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import TagwrightError
from app.services.class_folders import find_classes
from app.workers.thread import Thread


class ClassFinder(QObject):
    """Says which classes there are in a folder; of several questions only the last is answered."""

    #: ClassFolders, or TagwrightError for a folder that cannot be looked through.
    found = Signal(object)

    _answered = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked = 0
        self._stop = threading.Event()
        self._threads: list[Thread] = []
        self._answered.connect(self._hear)

    def look(self, folder: Path) -> None:
        """Look through a folder; `found` follows."""
        self._stop.set()
        self._stop = threading.Event()
        self._asked += 1
        work = partial(self._work, self._asked, folder, self._stop)
        number = self._asked
        thread = Thread("class finder", work, lambda error: self._answered.emit(number, error))
        self._threads = [each for each in self._threads if not each.isFinished()]
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        """End, and wait until the threads are gone."""
        self._asked += 1
        self._stop.set()
        for thread in self._threads:
            thread.wait()
        self._threads.clear()

    def _work(self, number: int, folder: Path, stop: threading.Event) -> None:
        classes = find_classes(folder, stop.is_set)
        if not stop.is_set():
            self._answered.emit(number, classes)

    @Slot(int, object)
    def _hear(self, number: int, answer: object) -> None:
        if number != self._asked:
            return
        if isinstance(answer, BaseException) and not isinstance(answer, TagwrightError):
            raise answer
        self.found.emit(answer)
