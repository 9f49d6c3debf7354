"""The process that trains, seen from the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.training import (
    EpochDone,
    Event,
    Failed,
    Finished,
    TrainingSettings,
    Working,
    to_line,
)
from app.services.class_folders import ClassFolders
from app.workers.class_finder import ClassFinder
from app.workers.command import this_program
from app.workers.network_training import Ended, NetworkTraining, arguments
from tests.class_photos import make_classes

TINY = TrainingSettings(network="cnn", image_size=32, epochs=2, batch=4)


class Heard:
    """What a training has said."""

    def __init__(self, training: NetworkTraining) -> None:
        self.events: list[Event] = []
        self.ended: list[Ended] = []
        training.happened.connect(self.events.append)
        training.ended.connect(self.ended.append)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A program in place of ours; it is called with our arguments."""
    return tmp_path / "program.py"


@pytest.fixture
def training(script: Path, qtbot: QtBot) -> Iterator[NetworkTraining]:
    training = NetworkTraining(command=(sys.executable, "-u", str(script)))
    yield training
    training.close()


def run(training: NetworkTraining, folder: Path, qtbot: QtBot) -> Heard:
    heard = Heard(training)
    with qtbot.waitSignal(training.ended, timeout=20_000):
        training.start(folder, TINY)
    assert not training.is_running()
    return heard


@pytest.mark.slow
def test_a_real_training(home: Path, tmp_path: Path, qtbot: QtBot) -> None:
    training = NetworkTraining()
    heard = Heard(training)

    with qtbot.waitSignal(training.ended, timeout=250_000):
        training.start(make_classes(tmp_path / "Colours"), TINY)

    assert heard.ended == [Ended("finished", "colours")]
    assert [event.epoch for event in heard.events if isinstance(event, EpochDone)] == [1, 2]
    assert isinstance(heard.events[-1], Finished)
    assert (home / "config" / "models" / "colours.yml").exists()


def test_lines_may_come_in_pieces(
    training: NetworkTraining, script: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    said = [Working("reading", 1, 3), Failed("ünlesbar")]
    text = to_line(said[0]) + "\nsome library's chatter\n" + to_line(said[1])
    script.write_text(
        "import sys, time\n"
        f"for piece in {[text[start : start + 7] for start in range(0, len(text), 7)]!r}:\n"
        "    sys.stdout.write(piece); sys.stdout.flush(); time.sleep(0.001)\n"
        "sys.exit(1)\n"
    )

    heard = run(training, tmp_path, qtbot)

    assert heard.events == said
    assert heard.ended == [Ended("failed", reason="ünlesbar")]


def test_a_crash_is_told_with_the_last_words(
    training: NetworkTraining, script: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    script.write_text(
        "import os, signal, sys\nprint('out of memory', file=sys.stderr)\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
    )

    (ended,) = run(training, tmp_path, qtbot).ended

    assert ended.how == "failed" and ended.model_id == ""
    assert "crashed" in ended.reason and "out of memory" in ended.reason


def test_an_end_without_a_word_is_a_failure(
    training: NetworkTraining, script: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    script.write_text("import sys\nsys.exit(7)\n")

    assert run(training, tmp_path, qtbot).ended == [
        Ended("failed", reason="the training ended with code 7")
    ]


def test_a_program_that_is_not_there_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    training = NetworkTraining(command=(str(tmp_path / "nothing"),))

    (ended,) = run(training, tmp_path, qtbot).ended

    assert ended.how == "failed" and "cannot be started" in ended.reason


@pytest.mark.parametrize("keep", [False, True])
def test_it_is_asked_to_stop(
    training: NetworkTraining, script: Path, tmp_path: Path, qtbot: QtBot, keep: bool
) -> None:
    script.write_text(
        f"import sys\nprint({to_line(Working('starting'))!r}, flush=True)\n"
        "word = sys.stdin.readline().strip()\n"
        f"print({to_line(Finished('x', 'X', 1.0, 1.0))!r} if word == 'keep' else '')\n"
    )
    heard = Heard(training)
    with qtbot.waitSignal(training.happened, timeout=20_000):
        training.start(tmp_path, TINY)

    with qtbot.waitSignal(training.ended, timeout=20_000):
        training.stop(keep=keep)

    assert heard.ended == [Ended("finished", "x") if keep else Ended("stopped")]


def test_closed_it_is_gone_even_if_it_does_not_listen(
    training: NetworkTraining, script: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    script.write_text(
        "import os, sys, time\n"
        f"print({to_line(Working('starting'))!r}, flush=True)\n"
        "open(sys.argv[0] + '.pid', 'w').write(str(os.getpid()))\n"
        f"print({to_line(Working('reading'))!r}, flush=True)\n"
        "time.sleep(600)\n"
    )
    heard = Heard(training)
    training.start(tmp_path, TINY)
    qtbot.waitUntil(lambda: len(heard.events) == 2, timeout=20_000)

    training.close()

    assert not training.is_running() and heard.ended == []
    process = int(Path(f"{script}.pid").read_text())
    if os.name != "nt":
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_the_command_line_says_all_that_is_set(tmp_path: Path) -> None:
    from app.bootstrap import build_parser
    from app.cli.train_network import settings_of

    settings = TrainingSettings(
        network="finetune", name="-x y", base="efficientnet-lite0", epochs=3, batch=5, seed=7,
        image_size=64, flip=False, zoom=False, dropout=0.0,
    )  # fmt: skip

    options = build_parser().parse_args(arguments(tmp_path, settings))

    assert settings_of(options) == settings
    assert options.folder == tmp_path and options.json_lines and options.controlled
    assert this_program()[0] == sys.executable


def test_classes_are_found_beside_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    finder = ClassFinder()
    answers: list[object] = []
    finder.found.connect(answers.append)
    folder = make_classes(tmp_path / "Colours")

    with qtbot.waitSignal(finder.found, timeout=5000):
        finder.look(tmp_path / "nothing")
        finder.look(folder)
    finder.close()

    (answer,) = answers
    assert isinstance(answer, ClassFolders) and answer.photos == 16


def test_a_folder_that_is_gone_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    finder = ClassFinder()

    with qtbot.waitSignal(finder.found, timeout=5000) as heard:
        finder.look(tmp_path / "nothing")
    finder.close()

    assert heard.args is not None and "is not a folder" in str(heard.args[0])
