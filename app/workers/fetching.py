"""Networks that are fetched beside the window, one after the other."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.workers.command import Command, CommandEnded


@dataclass(frozen=True, slots=True)
class FetchState:
    """How far a network is.

    Attributes:
        doing: `wait` for another one, `start`, `fetch`, `build`, `convert` or `try`, as in
            `app.services.fetching`, or `stop`.
        done, total: bytes; 0 where nobody knows.
    """

    doing: str
    done: int = 0
    total: int = 0


class Fetcher(QObject):
    """Makes networks usable, each in a process; what has arrived is kept when it is stopped.

    Args:
        command: runs it; None for this program.
    """

    #: str, FetchState: of a network on its way, or None for one that no longer is.
    changed = Signal(str, object)
    #: str: id of a network that is here now.
    fetched = Signal(str)
    #: str, str: id of a network, and why it is not here.
    failed = Signal(str, str)

    def __init__(self, parent: QObject | None = None, *, command: Command | None = None) -> None:
        super().__init__(parent)
        self._command = command or Command("fetching", self)
        self._command.said.connect(self._hear)
        self._command.ended.connect(self._ended)
        self._waiting: deque[tuple[str, Path | None]] = deque()
        self._current = ""
        self._states: dict[str, FetchState] = {}

    @property
    def states(self) -> dict[str, FetchState]:
        """Of all networks that are on their way."""
        return dict(self._states)

    def fetch(self, model_id: str, weights: Path | None = None) -> None:
        """Fetch a network, after those that were asked for before.

        Args:
            weights: a file on this computer that is taken instead.
        """
        if model_id in self._states:
            return
        self._waiting.append((model_id, weights))
        self._set(model_id, FetchState("wait"))
        self._next()

    def stop(self, model_id: str) -> None:
        """Leave it for later; what has arrived stays."""
        if model_id == self._current:
            self._set(model_id, FetchState("stop"))
            self._command.stop()
        elif model_id in self._states:
            self._waiting = deque(each for each in self._waiting if each[0] != model_id)
            self._set(model_id, None)

    def close(self) -> None:
        """Leave all for later, at once."""
        self._waiting.clear()
        self._states.clear()
        self._current = ""
        self._command.close()

    def _next(self) -> None:
        if self._current or not self._waiting:
            return
        self._current, weights = self._waiting.popleft()
        self._set(self._current, FetchState("start"))
        arguments = ["models", "fetch", self._current, "--json", "--controlled"]
        if weights is not None:
            arguments.append(f"--weights={weights}")
        self._command.start(arguments)

    def _set(self, model_id: str, state: FetchState | None) -> None:
        if state is None:
            self._states.pop(model_id, None)
        else:
            self._states[model_id] = state
        self.changed.emit(model_id, state)

    @Slot(object)
    def _hear(self, said: dict[str, Any]) -> None:
        stopping = self._states[self._current].doing == "stop"
        if "step" in said and not stopping:
            state = FetchState(str(said["step"]), int(said["done"]), int(said["total"] or 0))
            self._set(self._current, state)

    @Slot(object)
    def _ended(self, ended: CommandEnded) -> None:
        model_id, self._current = self._current, ""
        self._set(model_id, None)
        if ended.code == 0:
            self.fetched.emit(model_id)
        elif not ended.stopped:
            self.failed.emit(model_id, ended.reason)
        self._next()
