"""A QThread that runs one function and hands on what it raised."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QThread

from app.workers.channel import Stopped


class Thread(QThread):
    """Runs a function on a thread of its own.

    Args:
        name: for debuggers and logs.
        work: what it runs; `Stopped` is a good end.
        failed: is called on the thread with anything else that `work` raises; without it, that
            goes where Qt leaves what nobody expects.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._work = work
        self._failed = failed

    def run(self) -> None:
        try:
            self._work()
        except Stopped:
            pass
        except BaseException as error:
            if self._failed is None:
                raise
            self._failed(error)
