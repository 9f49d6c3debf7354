"""Commands of Tagwright, each in a process of its own, from a Python that has all imports done.

A command of the tests spends most of its time on imports. `Warm` keeps a process that has done them
and nothing else, and that forks for each command. So nothing of one command reaches the next: each
has its own memory, threads, environment, output and end.

This module is also the program of that process. It reads an order, a line of JSON, for each
command, and answers with two lines: the number of the process, and later its exit code.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

#: What commands import when they are at work.
_AT_WORK = ("ai_edge_litert.interpreter", "PIL.JpegImagePlugin", "PIL.PngImagePlugin")


class Warm:
    """The process that has all imports done, for those who start commands."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.warm"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, bufsize=0)

    def run(self, arguments: Sequence[str], out: Path, err: Path, timeout: float = 120) -> int:
        """Run a command, with the environment that this process has now.

        Args:
            arguments: what comes behind `tagwright`.
            out: the file for its standard output.
            err: the file for its standard error.
            timeout: how long it may take, in seconds.

        Returns:
            Its exit code; as `subprocess` has it, negative where a signal ended it.

        Raises:
            subprocess.TimeoutExpired: it took longer, and was killed.
        """
        orders, answers = self._process.stdin, self._process.stdout
        assert orders is not None
        assert answers is not None
        order = {"environment": dict(os.environ), "out": str(out), "err": str(err)}
        orders.write(json.dumps(order | {"arguments": list(arguments)}).encode() + b"\n")
        number = int(answers.readline())
        if not select.select([answers], [], [], timeout)[0]:
            os.kill(number, signal.SIGKILL)
            answers.readline()
            raise subprocess.TimeoutExpired(list(arguments), timeout)
        return int(answers.readline())

    def close(self) -> None:
        """End it."""
        self._process.communicate(timeout=30)


def _import_all() -> None:
    import app.cli

    for module in pkgutil.walk_packages(app.cli.__path__, "app.cli."):
        importlib.import_module(module.name)
    for name in _AT_WORK:
        importlib.import_module(name)
    # A fork has only the thread that forks; a lock of another would stay locked for ever.
    assert threading.active_count() == 1
    assert "tensorflow" not in sys.modules, "it starts threads"
    gc.freeze()  # so that looking for garbage does not copy all of it into each child


def _be(order: dict[str, Any]) -> int:
    """Become the command, in the forked process."""
    os.environ.clear()
    os.environ.update(order["environment"])
    for number, name, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, order["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (2, order["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        file = os.open(name, flags)
        os.dup2(file, number)
        os.close(file)
    sys.argv[1:] = order["arguments"]
    from app.__main__ import main

    return main()


def serve() -> int:
    """Run the commands that are ordered, until there are no more orders."""
    _import_all()
    orders, answers = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb", 0)
    while line := orders.readline():
        child = os.fork()
        if not child:
            orders.close()
            answers.close()
            return _be(json.loads(line))
        answers.write(b"%d\n" % child)
        _, status = os.waitpid(child, 0)
        answers.write(b"%d\n" % os.waitstatus_to_exitcode(status))
    return 0


if __name__ == "__main__":
    sys.exit(serve())
