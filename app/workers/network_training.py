"""Training a network in a process of its own, which the window hears from and can stop."""

from __future__ import annotations

import os
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

import app
from app.core.training import Failed, Finished, Stopped, TrainingSettings, from_line

#: Milliseconds that a process which was asked to stop has for it, and those it has when the
#: window closes.
_GRACE: Final = 20_000
_LAST_GRACE: Final = 1_500
#: Lines of its error output that are kept, for when it breaks.
_LINES: Final = 8


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
        self._command = command or this_program()
        self._process: QProcess | None = None
        self._half = b""
        self._errors: deque[str] = deque(maxlen=_LINES)
        self._said: Finished | Failed | Stopped | None = None
        self._stopping = False
        self._patience = QTimer(self, singleShot=True, interval=_GRACE)
        self._patience.timeout.connect(self._kill)

    def is_running(self) -> bool:
        """Whether a process is at work."""
        return self._process is not None

    def start(self, folder: Path, settings: TrainingSettings) -> None:
        """Begin; `ended` follows."""
        assert self._process is None, "one training at a time"
        self._half, self._said, self._stopping = b"", None, False
        self._errors.clear()
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        # Lines come as they are said, and in an encoding that is known.
        environment.insert("PYTHONUNBUFFERED", "1")
        environment.insert("PYTHONIOENCODING", "utf-8")
        process.setProcessEnvironment(environment)
        # From there `python -m app` finds the same program as this is.
        process.setWorkingDirectory(str(Path(app.__file__).parent.parent))
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._broke)
        self._process = process
        program, *first = self._command
        process.start(program, [*first, *arguments(folder.absolute(), settings)])

    def stop(self, *, keep: bool = False) -> None:
        """Ask it to end; `ended` follows.

        Args:
            keep: register the best network so far, if a round is done.
        """
        if self._process is None:
            return
        self._process.write(b"keep\n" if keep else b"stop\n")
        if not keep:
            self._stopping = True
            self._patience.start()

    def close(self) -> None:
        """End it at once, and wait until it is gone; `ended` does not follow."""
        process, self._process = self._process, None
        self._patience.stop()
        if process is None:
            return
        process.blockSignals(True)
        process.closeWriteChannel()
        if not process.waitForFinished(_LAST_GRACE):
            process.kill()
            process.waitForFinished()
        process.deleteLater()

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        data = self._half + bytes(self._process.readAllStandardOutput().data())
        *lines, self._half = data.split(b"\n")
        for line in lines:
            self._hear(line)

    def _hear(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace").strip()
        if not text:
            return
        try:
            event = from_line(text)
        except ValueError:
            # Something that a library prints.
            self._errors.append(text)
            return
        if isinstance(event, Finished | Failed | Stopped):
            self._said = event
        self.happened.emit(event)

    @Slot()
    def _read_errors(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._errors.extend(line for line in text.splitlines() if line.strip())

    @Slot()
    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    @Slot(QProcess.ProcessError)
    def _broke(self, error: QProcess.ProcessError) -> None:
        # After any other error `finished` follows.
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = f"the training cannot be started: {self._process.errorString()}"
            self._end(Ended("failed", reason=reason))

    @Slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process is None:
            return
        self._read()
        self._read_errors()
        if self._half:
            self._hear(self._half)
        match self._said:
            case Finished(id=model_id):
                self._end(Ended("finished", model_id))
            case Failed(reason=reason):
                self._end(Ended("failed", reason=reason))
            case _ if self._stopping or isinstance(self._said, Stopped):
                self._end(Ended("stopped"))
            case _:
                crashed = status == QProcess.ExitStatus.CrashExit
                how = f"crashed (signal {code})" if crashed else f"ended with code {code}"
                last = "\n".join(self._errors)
                reason = f"the training {how}" + (f":\n{last}" if last else "")
                self._end(Ended("failed", reason=reason))

    def _end(self, ended: Ended) -> None:
        self._patience.stop()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self.ended.emit(ended)


def this_program() -> tuple[str, ...]:
    """What starts this program with a command, as it was started itself."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    executable = Path(sys.executable)
    # On Windows, the one for windows has no standard output.
    if os.name == "nt" and executable.name.lower() == "pythonw.exe":
        executable = executable.with_name("python.exe")
    return (str(executable), "-m", "app")


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
