"""Getting ready to look at photos, without keeping the window waiting.

Cards, labels and rules are read for it: a tenth of a second or more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import TagwrightError
from app.core.settings import TagSettings
from app.services.tagging import Tagger
from app.workers.thread import Thread


class Preparer(QObject):
    """Makes the steps of tagging on a thread; of several wishes, the last one counts.

    Args:
        make_tagger: the steps under some settings; called on the thread.
        failed: is called on the thread with an error that nobody expects.
    """

    #: Tagger, or the TagwrightError that says why there is none.
    prepared = Signal(object)

    _made = Signal(int, object)

    def __init__(
        self,
        make_tagger: Callable[[TagSettings], Tagger],
        failed: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_tagger = make_tagger
        self._failed = failed
        self._threads: list[Thread] = []
        self._number = 0
        self._is_ready = threading.Event()
        self._closed = False
        self._made.connect(self._deliver)

    def prepare(self, settings: TagSettings) -> None:
        """Begin; returns at once, and `prepared` follows."""
        self._number += 1
        number = self._number
        self._is_ready.clear()

        def make() -> None:
            made: Tagger | TagwrightError
            try:
                made = self._make_tagger(settings)
            except TagwrightError as error:
                # The frames of a traceback would keep this alive.
                made = error.with_traceback(None)
            except BaseException:
                self._is_ready.set()
                raise
            self._made.emit(number, made)

        self._threads = [each for each in self._threads if not each.isFinished()]
        self._threads.append(Thread("preparing", make, self._failed))
        self._threads[-1].start()

    def wait(self) -> None:
        """From another thread: wait until the last wish has been delivered."""
        self._is_ready.wait()

    def close(self) -> None:
        """Deliver nothing any more, and let go who waits. Waits for the thread."""
        self._closed = True
        self._is_ready.set()
        for thread in self._threads:
            thread.wait()
        self._threads.clear()  # each knows what it ran, and so this

    @Slot(int, object)
    def _deliver(self, number: int, made: Tagger | TagwrightError) -> None:
        if number == self._number and not self._closed:
            self.prepared.emit(made)
            self._is_ready.set()
