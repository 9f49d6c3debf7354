"""Finding near duplicates on a thread of its own, with word of how far it is."""

from __future__ import annotations

import logging
import threading
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import TagwrightError
from app.library.library import Library
from app.services.similar import near_duplicates
from app.workers.thread import Thread

_log = logging.getLogger(__name__)

#: Between words of how far it is, in seconds.
_TOLD_EVERY = 0.25


class DuplicateFinder(QObject):
    """Compares all photos with each other, once at a time. It may take minutes.

    Args:
        library_folder: the thread opens the library there for itself.
    """

    #: float: share of the work that is done, 0 to 1.
    progressed = Signal(float)
    #: list[tuple[PhotoId, ...]]: groups, see `near_duplicates`; None if it was stopped.
    finished = Signal(object)
    #: str: why it cannot be done; `finished` does not follow.
    failed = Signal(str)

    _ended = Signal(object, str)

    def __init__(self, library_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library_folder = library_folder
        self._stop = threading.Event()
        self._thread: Thread | None = None
        self._told = 0.0
        self._ended.connect(self._end)

    def start(self, model: str) -> None:
        """Begin; returns at once. What is on its way goes on.

        Args:
            model: key of the network whose embeddings are compared.
        """
        if self._thread is None:
            self._stop.clear()
            self._thread = Thread("duplicates", partial(self._work, model))
            self._thread.start()

    def stop(self) -> None:
        """End soon; `finished` follows."""
        self._stop.set()

    def close(self) -> None:
        """Stop, and wait until the thread has ended; no signal follows."""
        self.stop()
        if self._thread is not None:
            self._thread.wait()
            self._thread = None

    @Slot(object, str)
    def _end(self, found: object, error: str) -> None:
        if self._thread is None:
            return
        self._thread.wait()
        self._thread = None
        if error:
            self.failed.emit(error)
        else:
            self.finished.emit(found)

    # On the thread

    def _work(self, model: str) -> None:
        found: object = None
        error = ""
        try:
            with Library(self._library_folder) as library:
                groups = near_duplicates(
                    library, model, stopped=self._stop.is_set, progress=self._tell
                )
            found = None if self._stop.is_set() else groups
        except TagwrightError as problem:
            error = str(problem)
        except Exception as problem:  # noqa: BLE001 (the window is to say so, not to hang)
            _log.exception("unexpected error while comparing photos")
            error = f"unexpected error: {type(problem).__name__}: {problem}"
        self._ended.emit(found, error)

    def _tell(self, share: float) -> None:
        now = time.monotonic()
        if share < 1 and now - self._told >= _TOLD_EVERY:
            self._told = now
            self.progressed.emit(share)
