"""A command of this program in a process of its own, which the window hears from and can stop."""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

import app

#: Milliseconds that a process has to end when the window closes.
_LAST_GRACE: Final = 1_500
#: Lines of its error output that are kept, for when it breaks.
_LINES: Final = 8
#: What our commands put before the reason why they cannot go on.
_OWN: Final = "tagwright: "


@dataclass(frozen=True, slots=True)
class CommandEnded:
    """How a command has ended.

    Attributes:
        code: its exit code; None where it crashed, was killed, or could not be started.
        stopped: whether it was asked to stop before.
        reason: what it gave as its reason, or else how it ended, with its last words.
    """

    code: int | None
    stopped: bool
    reason: str


def from_json(line: str) -> dict[str, Any]:
    """What a line of JSON says.

    Raises:
        ValueError: it is no object of JSON, but something that a library prints.
    """
    said = json.loads(line)
    if not isinstance(said, dict):
        raise ValueError(line)
    return said


class Command(QObject):
    """One run of a command at a time. It ends when this object is closed, and when the program
    dies: the command must listen to its standard input, and end when that does.

    Args:
        what: what is done, for reasons: "the training".
        program: the program and its first arguments; None for this program.
        parse: what to make of a line; what raises a ValueError is not for us.
        grace: milliseconds in which it has to end when it is asked to stop.
    """

    #: What `parse` has made of a line, in the order of the lines.
    said = Signal(object)
    #: CommandEnded: the process is gone.
    ended = Signal(object)

    def __init__(
        self,
        what: str,
        parent: QObject | None = None,
        *,
        program: Sequence[str] | None = None,
        parse: Callable[[str], object] = from_json,
        grace: int = 6_000,
    ) -> None:
        super().__init__(parent)
        self._what = what
        self._program = tuple(program or this_program())
        self._parse = parse
        self._process: QProcess | None = None
        self._half = b""
        self._half_error = b""
        self._errors: deque[str] = deque(maxlen=_LINES)
        self._stopping = False
        self._patience = QTimer(self, singleShot=True, interval=grace)
        self._patience.timeout.connect(self._kill)

    def is_running(self) -> bool:
        """Whether a process is at work."""
        return self._process is not None

    def start(self, arguments: Sequence[str]) -> None:
        """Begin; `ended` follows."""
        assert self._process is None, "one run at a time"
        self._half, self._half_error, self._stopping = b"", b"", False
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
        program, *first = self._program
        process.start(program, [*first, *arguments])

    def tell(self, order: str) -> None:
        """Put a line on its standard input."""
        if self._process is not None:
            self._process.write(f"{order}\n".encode())

    def stop(self) -> None:
        """Ask it to end, and kill it when it does not; `ended` follows."""
        if self._process is not None and not self._stopping:
            self._stopping = True
            self.tell("stop")
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
            said = self._parse(text)
        except ValueError:
            # Something that a library prints.
            self._errors.append(text)
            return
        self.said.emit(said)

    @Slot()
    def _read_errors(self) -> None:
        if self._process is not None:
            data = self._half_error + bytes(self._process.readAllStandardError().data())
            *lines, self._half_error = data.split(b"\n")
            self._note_errors(lines)

    def _note_errors(self, lines: list[bytes]) -> None:
        texts = (line.decode("utf-8", "replace").rstrip() for line in lines)
        self._errors.extend(text for text in texts if text)

    @Slot()
    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    @Slot(QProcess.ProcessError)
    def _broke(self, error: QProcess.ProcessError) -> None:
        # After any other error `finished` follows.
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._end(None, f"{self._what} cannot be started: {self._process.errorString()}")

    @Slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process is None:
            return
        self._read()
        self._read_errors()
        self._note_errors([self._half_error])
        if self._half:
            self._hear(self._half)
        crashed = status == QProcess.ExitStatus.CrashExit
        own = [line.removeprefix(_OWN) for line in self._errors if line.startswith(_OWN)]
        how = f"crashed (signal {code})" if crashed else f"ended with code {code}"
        last = "\n".join(self._errors)
        reason = own[-1] if own else f"{self._what} {how}" + (f":\n{last}" if last else "")
        self._end(None if crashed else code, reason)

    def _end(self, code: int | None, reason: str) -> None:
        self._patience.stop()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self.ended.emit(CommandEnded(code, self._stopping, reason))


def this_program() -> tuple[str, ...]:
    """What starts this program with a command, as it was started itself."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    executable = Path(sys.executable)
    # On Windows, the one for windows has no standard output.
    if os.name == "nt" and executable.name.lower() == "pythonw.exe":
        executable = executable.with_name("python.exe")
    return (str(executable), "-m", "app")
