"""Comparing kinds of heads on a thread of its own, with word of how far it is."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import TagwrightError
from app.library.library import Library
from app.services.comparison import Comparison, compare_heads, own_examples
from app.workers.thread import Thread

_log = logging.getLogger(__name__)


class Comparer(QObject):
    """Says which kind of head is best for what the user has decided so far.

    Args:
        library_folder: where the library is.
        model: key of the network in use; empty where there is none.
        in_use: which kind is in use now.
    """

    #: int, int: the steps that are done, and all of them.
    progressed = Signal(int, int)
    #: Comparison, or None where nothing was decided yet.
    finished = Signal(object)
    #: str: it could not be done.
    failed = Signal(str)

    _done = Signal(object)
    _broke = Signal(object)

    def __init__(
        self, library_folder: Path, model: str, in_use: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = library_folder
        self._model = model
        self._in_use = in_use
        self._stop = threading.Event()
        self._thread = Thread("comparer", self._work, self._broke.emit)
        self._done.connect(self._on_done)
        self._broke.connect(self._on_broke)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and wait until the thread has ended; nothing is told any longer."""
        self._stop.set()
        self._thread.wait()

    def _work(self) -> None:
        with Library(self._folder) as library:
            known = own_examples(library, self._model)
        if known is None:
            self._done.emit(None)
            return
        found = compare_heads(
            *known, in_use=self._in_use, told=self.progressed.emit, stopped=self._stop.is_set
        )
        if found is not None:
            self._done.emit(found)

    @Slot(object)
    def _on_done(self, found: Comparison | None) -> None:
        if not self._stop.is_set():
            self.finished.emit(found)

    @Slot(object)
    def _on_broke(self, error: BaseException) -> None:
        if not isinstance(error, TagwrightError):
            _log.error("unexpected error in a comparison", exc_info=error)
        if not self._stop.is_set():
            self.failed.emit(str(error))
