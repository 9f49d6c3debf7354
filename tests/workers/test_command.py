"""A command in a process of its own: what is heard of it, and how it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.workers.command import Command, CommandEnded

Run = Callable[..., Command]


class Heard:
    """What a command has said, and how it ended."""

    def __init__(self, command: Command) -> None:
        self.said: list[Any] = []
        self.ended: list[CommandEnded] = []
        command.said.connect(self.said.append)
        command.ended.connect(self.ended.append)


@pytest.fixture
def make(tmp_path: Path, qtbot: QtBot) -> Iterator[Run]:
    """Makes commands that run some Python."""
    made: list[Command] = []

    def make(code: str, **more: Any) -> Command:
        script = tmp_path / "program.py"
        script.write_text(code)
        command = Command("the test", program=(sys.executable, "-u", str(script)), **more)
        made.append(command)
        return command

    yield make
    for command in made:
        command.close()


def run(command: Command, qtbot: QtBot, *arguments: str) -> Heard:
    heard = Heard(command)
    with qtbot.waitSignal(command.ended, timeout=20_000):
        command.start(arguments)
    assert not command.is_running()
    return heard


def test_lines_of_json_come_whole_and_in_order(make: Run, qtbot: QtBot) -> None:
    text = '{"step": "füllen"}\nchatter of a library\n[1]\n{"done": 2}'
    command = make(
        "import sys, time\n"
        f"for piece in {[text[at : at + 5] for at in range(0, len(text), 5)]!r}:\n"
        "    sys.stdout.write(piece); sys.stdout.flush(); time.sleep(0.001)\n"
    )

    heard = run(command, qtbot)

    assert heard.said == [{"step": "füllen"}, {"done": 2}]
    assert [(each.code, each.stopped) for each in heard.ended] == [(0, False)]


def test_our_own_reason_is_told_apart_from_chatter(make: Run, qtbot: QtBot) -> None:
    command = make(
        "import sys\nprint('2026 I tensorflow: x', file=sys.stderr)\n"
        "print('tagwright: x.tflite: is empty', file=sys.stderr)\n"
        "print('bye', file=sys.stderr)\nsys.exit(1)\n"
    )

    assert run(command, qtbot).ended == [CommandEnded(1, False, "x.tflite: is empty")]


def test_only_the_last_words_of_many_are_kept(make: Run, qtbot: QtBot) -> None:
    command = make(
        "import sys\nfor n in range(500): print('line', n, file=sys.stderr)\nsys.exit(3)\n"
    )

    (ended,) = run(command, qtbot).ended

    assert ended.code == 3 and ended.reason.startswith("the test ended with code 3:\nline 492")
    assert len(ended.reason.splitlines()) == 9


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_crash(make: Run, qtbot: QtBot) -> None:
    (ended,) = run(make("import os; os.kill(os.getpid(), 9)"), qtbot).ended

    assert (ended.code, ended.stopped) == (None, False)
    assert ended.reason == "the test crashed (signal 9)"


def test_a_program_that_is_not_there(tmp_path: Path, qtbot: QtBot) -> None:
    command = Command("the test", program=(str(tmp_path / "nothing"),))

    (ended,) = run(command, qtbot).ended

    assert ended.code is None and ended.reason.startswith("the test cannot be started: ")


def test_one_that_listens_is_stopped(make: Run, qtbot: QtBot) -> None:
    command = make(
        "import sys\nprint('{}', flush=True)\n"
        "sys.exit(130 if sys.stdin.readline() == 'stop\\n' else 5)\n"
    )
    heard = Heard(command)
    with qtbot.waitSignal(command.said, timeout=20_000):
        command.start([])

    with qtbot.waitSignal(command.ended, timeout=20_000):
        command.stop()

    assert [(each.code, each.stopped) for each in heard.ended] == [(130, True)]


def test_one_that_does_not_listen_is_killed(make: Run, qtbot: QtBot) -> None:
    command = make("import time\nprint('{}', flush=True)\ntime.sleep(600)\n", grace=50)
    heard = Heard(command)
    with qtbot.waitSignal(command.said, timeout=20_000):
        command.start([])

    with qtbot.waitSignal(command.ended, timeout=20_000):
        command.stop()

    assert [(each.code, each.stopped) for each in heard.ended] == [(None, True)]


def test_it_can_be_started_again_after_its_end(make: Run, qtbot: QtBot) -> None:
    command = make("import sys; print('{\"n\": ' + sys.argv[1] + '}')")

    assert run(command, qtbot, "1").said == [{"n": 1}]
    assert run(command, qtbot, "2").said == [{"n": 2}]
