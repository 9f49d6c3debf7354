"""A screen that nobody sees, for programs with windows: X server, session bus, private home."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

#: Variables of the real session that would reach out of the private one.
_OUTSIDE = (
    "DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "XAUTHORITY", "SESSION_MANAGER",
    "QT_PLUGIN_PATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH", "PYTHONHOME",
)  # fmt: skip
#: Marks all processes of one screen, including what its session bus starts.
_MARK = "TAGWRIGHT_TEST_SCREEN"


class Screen:
    """Where programs with windows run. Use `screen(...)`, which ends all that runs on it."""

    def __init__(self, work: Path) -> None:
        self.home = work / "home"
        runtime = work / "runtime"
        for folder in (self.home, runtime):
            folder.mkdir(parents=True)
        runtime.chmod(0o700)
        self._server: subprocess.Popen[bytes] | None = None
        self._log = (work / "log").open("wb")
        inherited = {name: text for name, text in os.environ.items() if name not in _OUTSIDE}
        self.environment = {
            **inherited,
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local" / "share"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",  # it refuses to run as root with one
            "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox",
            "GSETTINGS_BACKEND": "keyfile",
            "GIO_USE_VFS": "local",
            "NO_AT_BRIDGE": "1",  # no accessibility bus beside the session bus
            _MARK: str(work),
        }

    def start_server(self) -> None:
        """Start the X server, which picks a free number and says which."""
        reading, writing = os.pipe()
        try:
            self._server = subprocess.Popen(
                ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24",
                 "-nolisten", "tcp", "-noreset"],
                env=self.environment, pass_fds=[writing], start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            )  # fmt: skip
            os.close(writing)
            number = b""
            while not number.endswith(b"\n"):  # written in two pieces
                if not select.select([reading], [], [], 20)[0]:
                    raise TimeoutError("Xvfb did not start")
                piece = os.read(reading, 20)
                if not piece:
                    raise OSError("Xvfb ended at once")
                number += piece
            self.environment["DISPLAY"] = f":{int(number)}"
        finally:
            os.close(reading)

    def start(self, *command: str | Path) -> subprocess.Popen[bytes]:
        """Start a program on the screen, with a session bus of its own."""
        return subprocess.Popen(
            ["dbus-run-session", "--", *map(str, command)], env=self.environment,
            start_new_session=True, cwd=self.home,
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
        )  # fmt: skip

    def check(self, process: subprocess.Popen[bytes]) -> None:
        """Raise OSError with the end of the log if a program has ended by itself."""
        if process.poll() is not None:
            log = Path(self._log.name).read_text(encoding="utf-8", errors="replace")
            raise OSError(f"{process.args!r} ended with {process.returncode}:\n{log[-2000:]}")

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End a program and all that is in its process group: kindly first, then surely."""
        for number, seconds in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
                break
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End whatever still runs on this screen, wherever it has gone to."""
        left = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if process.environ().get(_MARK) == self.environment[_MARK]:
                    process.kill()
                    left.append(process)
        psutil.wait_procs(left, timeout=10)
        if self._server is not None:
            self._server.wait(10)
        self._log.close()


@contextmanager
def screen(work: Path) -> Iterator[Screen]:
    """A screen whose home, settings and log lie in `work`."""
    made = Screen(work)
    try:
        made.start_server()
        yield made
    finally:
        made.close()
