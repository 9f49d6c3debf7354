"""Children of the test that write photos, to be killed, slowed down and given errors."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import needs

#: prctl(2): lets any process of this user trace this one where Yama would not.
_PR_SET_PTRACER, _ANY = 0x59616D61, ctypes.c_ulong(-1)


@dataclass
class Child:
    """A forked process that waits for `go`."""

    pid: int
    to_child: int
    from_child: int

    def go(self) -> None:
        """Let it work."""
        os.write(self.to_child, b"g")

    def kill(self) -> bool:
        """Kill it as a power cut would; say whether it was still at work.

        Raises:
            AssertionError: it has failed by itself.
        """
        os.kill(self.pid, signal.SIGKILL)
        return self._end()[1] is None

    def result(self) -> str:
        """Wait for what its work returned."""
        answer, code = self._end()
        assert code == 0, f"killed by somebody else: {answer}"
        return answer

    def _end(self) -> tuple[str, int | None]:
        parts = []
        while part := os.read(self.from_child, 1 << 16):
            parts.append(part)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.to_child)
        os.close(self.from_child)
        answer = b"".join(parts).decode()
        code = None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
        assert code in (0, None), f"the child failed:\n{answer}"
        return answer, code


def fork(work: Callable[[], str | None], *, prepare: Callable[[], object] = lambda: None) -> Child:
    """A child that prepares itself at once, and does some work when it is told to."""
    to_child, from_child = os.pipe(), os.pipe()
    pid = os.fork()
    if pid:
        os.close(to_child[0])
        os.close(from_child[1])
        child = Child(pid, to_child[1], from_child[0])
        assert os.read(child.from_child, 1) == b"r"
        return child
    code = 77
    try:
        os.close(to_child[1])
        os.close(from_child[0])
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANY, 0, 0, 0)
        prepare()
        # `writev` and `readv`, so that no error that is meant for others can hit these.
        os.writev(from_child[1], [b"r"])
        if os.readv(to_child[0], [bytearray(1)]):
            os.writev(from_child[1], [(work() or "").encode()])
            code = 0
    except BaseException:  # noqa: BLE001 (told to the parent)
        os.writev(from_child[1], [traceback.format_exc().encode()])
    finally:
        os._exit(code)


def done(work: Callable[[], str | None]) -> str:
    """What some work returns that is done in a process of its own."""
    child = fork(work)
    child.go()
    return child.result()


@contextlib.contextmanager
def traced(child: Child, *arguments: str | Path) -> Iterator[None]:
    """Have strace look at a child, from before it goes; skips where that is not possible."""
    needs("strace")
    command = ["strace", "-f", "-o", os.devnull, *arguments, "-p", str(child.pid)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        said = strace.stderr.readline()
        if "attached" not in said:
            child.kill()
            if "PTRACE" in said or "ptrace" in said:
                pytest.skip(f"processes cannot be traced here: {said.strip()}")
            pytest.fail(said + strace.stderr.read())
        yield
        strace.wait(30)


def until(is_so: Callable[[], object], seconds: float = 10) -> None:
    """Wait for something to become so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never became so"
        time.sleep(0.002)
