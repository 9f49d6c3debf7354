"""Questions to the library that are answered off the GUI thread.

A question is a function of the library. Its answer comes back on the thread that the reader lives
in, by a queued signal. A newer question with the same key takes the place of an older one: of the
letters that somebody types into the search, only the last is searched for.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from app.core.errors import TagwrightError
from app.library.library import Library
from app.workers.thread import Thread

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
#: Threads that read. The first one takes urgent questions only: slow ones must not hold up what
#: is on the screen.
_THREADS = 3


@dataclass(slots=True)
class _Question:
    """What the threads get to see of a question; they let go of `ask` before they answer."""

    number: int
    key: str
    ask: Callable[[Library], Any] | None
    urgent: bool


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stays with the reader until a question is answered.

    Whoever asks may be a widget, which its functions keep alive. So that the last to let go of it
    is never another thread, where it must not end, all of them are held here as well.
    """

    key: str
    ask: Callable[[Library], Any]
    answer: Callable[[Any], None]
    failed: Callable[[TagwrightError], None] | None


class Reader(QObject):
    """Asks the library on threads of its own.

    Args:
        folder: of the library.
        parent: of this object; answers come on its thread.
    """

    _answered = Signal(int, object, object)  # number of the question, answer, error

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._waiting: list[_Question] = []
        self._asked: dict[int, _Asked] = {}
        self._newest: dict[str, int] = {}
        self._number = 0
        self._closed = False
        self._changed = threading.Condition()
        self._answered.connect(self._deliver)
        self._threads = [
            Thread(f"reader {n + 1}", partial(self._run, only_urgent=n == 0))
            for n in range(_THREADS)
        ]
        for thread in self._threads:
            thread.start()

    def ask(
        self,
        ask: Callable[[Library], Answer],
        answer: Callable[[Answer], None],
        *,
        key: str = "",
        urgent: bool = False,
        failed: Callable[[TagwrightError], None] | None = None,
    ) -> None:
        """Ask something; returns at once.

        Args:
            ask: is called with the library on another thread. It must not touch widgets.
            answer: is called with what it returned, on this object's thread; not if a newer
                question with the same key was asked meanwhile, or the reader was closed; nor if
                it is a method of a widget that is gone by then.
            key: what the question is about; empty for one that is to be answered in any case.
            urgent: before all that waits, for what is on the screen.
            failed: is called instead of `answer` with an error; it is logged in any case.
        """
        with self._changed:
            self._number += 1
            question = _Question(self._number, key, ask, urgent)
            self._asked[question.number] = _Asked(key, ask, answer, failed)
            if key:
                self._newest[key] = question.number
                for each in [each for each in self._waiting if each.key == key]:
                    self._waiting.remove(each)
                    del self._asked[each.number]
            self._waiting.insert(0 if urgent else len(self._waiting), question)
            self._changed.notify_all()

    def close(self) -> None:
        """End the threads; what is not answered by now never is."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.wait()
        self._threads.clear()  # each knows what it ran, and so this

    def _run(self, *, only_urgent: bool) -> None:
        with ExitStack() as stack:
            library: Library | None = None
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._has(only_urgent) or self._closed)
                    if self._closed:
                        return
                    question = self._waiting.pop(0)
                try:
                    # Where it cannot be opened, each question is told so, and the next one tries.
                    library = library or stack.enter_context(Library(self._folder))
                except TagwrightError as failure:
                    _log.warning("%s", failure)
                    answer: Any = None
                    error: TagwrightError | None = failure
                else:
                    answer, error = self._answer(question, library)
                question.ask = None
                if not self._closed:
                    self._answered.emit(question.number, answer, error)
                # A mapped file or a large answer is not to live until the next question.
                del question, answer, error

    def _has(self, only_urgent: bool) -> bool:
        # Urgent ones stand before all others.
        return bool(self._waiting) and (self._waiting[0].urgent or not only_urgent)

    def _answer(self, question: _Question, library: Library) -> tuple[Any, TagwrightError | None]:
        assert question.ask is not None
        try:
            return question.ask(library), None
        except TagwrightError as error:
            _log.warning("%s", error)
            # The frames of a traceback would keep alive what the question knows.
            return None, error.with_traceback(None)
        except Exception as error:  # noqa: BLE001 (one question must not end the thread)
            _log.exception("unexpected error in a question to the library")
            return None, TagwrightError(f"unexpected error: {type(error).__name__}: {error}")

    @Slot(int, object, object)
    def _deliver(self, number: int, answer: Any, error: TagwrightError | None) -> None:
        asked = self._asked.pop(number)
        if self._closed or (asked.key and self._newest[asked.key] != number):
            return
        if error is None:
            if _is_there(asked.answer):
                asked.answer(answer)
        elif asked.failed is not None and _is_there(asked.failed):
            asked.failed(error)


def _is_there(call: Callable[..., object]) -> bool:
    """Whether the object behind a method is alive: a dialog may be closed before its answer."""
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
