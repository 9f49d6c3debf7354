"""Judging the library on a thread of its own, with word of how far it is."""

from __future__ import annotations

import logging
import threading
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import TagwrightError
from app.core.folders import Folders
from app.core.settings import TagSettings
from app.library.library import Library
from app.services.accuracy.judging import LibraryFigures
from app.services.accuracy.opening import judge
from app.workers.thread import Thread

_log = logging.getLogger(__name__)


class Judge(QObject):
    """Judges the head in use on what the user has confirmed, once at a time.

    Args:
        folders: where the library and the networks are.
    """

    #: int, int: steps that are done, and all of them.
    progressed = Signal(int, int)
    #: LibraryFigures, or None if it was stopped.
    finished = Signal(object)
    #: str: why it cannot be done; `finished` does not follow.
    failed = Signal(str)

    _ended = Signal(int, object, str)  # number of the run, what came out, what went wrong

    def __init__(self, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._stop = threading.Event()
        self._thread: Thread | None = None
        self._number = 0
        self._ended.connect(self._end)

    def start(self, settings: TagSettings, kind: str) -> None:
        """Begin; returns at once. What is on its way is dropped.

        Args:
            settings: say which network is in use.
            kind: of head, one of `app.learning.heads.KINDS`.
        """
        self.close()
        self._stop = threading.Event()
        self._number += 1
        work = partial(self._work, self._number, settings, kind, self._stop)
        self._thread = Thread("judge", work)
        self._thread.start()

    def is_running(self) -> bool:
        """Whether it is at work."""
        return self._thread is not None

    def stop(self) -> None:
        """End soon; `finished` follows."""
        self._stop.set()

    def close(self) -> None:
        """Stop, and wait until the thread has ended; no signal follows."""
        self.stop()
        self._number += 1
        if self._thread is not None:
            self._thread.wait()
            self._thread = None

    @Slot(int, object, str)
    def _end(self, number: int, found: LibraryFigures | None, error: str) -> None:
        if number != self._number or self._thread is None:
            return
        self._thread.wait()
        self._thread = None
        if error:
            self.failed.emit(error)
        else:
            self.finished.emit(found)

    def _work(self, number: int, settings: TagSettings, kind: str, stop: threading.Event) -> None:
        found: LibraryFigures | None = None
        error = ""
        try:
            with Library(self._folders.data) as library:
                found = judge(
                    library,
                    self._folders,
                    settings,
                    kind,
                    progress=self.progressed.emit,
                    stopped=stop.is_set,
                )
        except TagwrightError as problem:
            error = str(problem)
        except Exception as problem:  # noqa: BLE001 (the window is to say so, not to hang)
            _log.exception("unexpected error while judging")
            error = f"unexpected error: {type(problem).__name__}: {problem}"
        self._ended.emit(number, found, error)
