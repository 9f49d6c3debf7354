"""Training a network in a process of its own, which the window hears from and can stop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal, Slot

from app.core.training import (
    Event,
    Failed,
    Finished,
    Stopped,
    TrainingSettings,
    from_line,
)
from app.workers.command import Command, CommandEnded

#: Milliseconds in which it has to end when it is asked to: a round may be long.
_GRACE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Ended:
    """How a training has ended.

    Attributes:
        how: finished with a network in the catalogue, stopped by the user, or failed.
        model_id: of the network; empty where there is none.
        reason: why it failed.
    """

    how: Literal["finished", "stopped", "failed"]
    model_id: str = ""
    reason: str = ""


class NetworkTraining(QObject):
    """One training at a time. It ends when this object is closed, and when the program dies.

    Args:
        command: the program and its first arguments; None for this program.
    """

    #: Event of `app.core.training`: what the process says, in its order.
    happened = Signal(object)
    #: Ended: the process is gone.
    ended = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, command: tuple[str, ...] | None = None
    ) -> None:
        super().__init__(parent)
        self._command = Command(
            "the training", self, program=command, parse=from_line, grace=_GRACE
        )
        self._command.said.connect(self._hear)
        self._command.ended.connect(self._end)
        self._said: Finished | Failed | Stopped | None = None

    def is_running(self) -> bool:
        """Whether a process is at work."""
        return self._command.is_running()

    def start(self, folder: Path, settings: TrainingSettings) -> None:
        """Begin; `ended` follows."""
        self._said = None
        self._command.start(arguments(folder.absolute(), settings))

    def stop(self, *, keep: bool = False) -> None:
        """Ask it to end; `ended` follows.

        Args:
            keep: register the best network so far, if a round is done.
        """
        if keep:
            self._command.tell("keep")
        else:
            self._command.stop()

    def close(self) -> None:
        """End it at once, and wait until it is gone; `ended` does not follow."""
        self._command.close()

    @Slot(object)
    def _hear(self, event: Event) -> None:
        if isinstance(event, Finished | Failed | Stopped):
            self._said = event
        self.happened.emit(event)

    @Slot(object)
    def _end(self, ended: CommandEnded) -> None:
        match self._said:
            case Finished(id=model_id):
                self.ended.emit(Ended("finished", model_id))
            case Failed(reason=reason):
                self.ended.emit(Ended("failed", reason=reason))
            case _ if ended.stopped or isinstance(self._said, Stopped):
                self.ended.emit(Ended("stopped"))
            case _:
                self.ended.emit(Ended("failed", reason=ended.reason))


def arguments(folder: Path, settings: TrainingSettings) -> list[str]:
    """The command line of a training that is heard and stopped by the window."""
    given = [
        "train", str(folder), "--network", settings.network, "--model", settings.base,
        "--epochs", str(settings.epochs), "--batch", str(settings.batch),
        "--image-size", str(settings.image_size), "--seed", str(settings.seed),
        "--share", str(settings.share), "--json-lines", "--controlled",
    ]  # fmt: skip
    if settings.name:
        given.append(f"--name={settings.name}")
    changes = ("flip", "rotation", "zoom")
    given += [f"--no-{name}" for name in changes if not getattr(settings, name)]
    if not settings.dropout:
        given.append("--no-dropout")
    return given
