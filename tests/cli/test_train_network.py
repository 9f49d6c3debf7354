"""`tagwright train --network`: from a folder of classes to a network that tags."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cli.train_network import _Terminal
from app.core.training import (
    BatchDone,
    Checked,
    Confusion,
    EpochDone,
    Examples,
    Finished,
    Form,
    Notice,
    Skipped,
    Started,
    Working,
    from_line,
)
from app.core.work_folder import PREFIX, work_folder
from tests.class_photos import make_classes
from tests.conftest import ROOT, Tagwright

#: A training that is over in a few seconds.
SMALL = ("--network", "cnn", "--image-size", "32", "--epochs", "4", "--batch", "4")


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    return make_classes(tmp_path / "Colours")


def left(home: Path) -> list[str]:
    """What is in the user's folder of networks."""
    folder = home / "config" / "models"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@contextmanager
def started(classes: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A training that would go on for hours, after its first round."""
    command = [sys.executable, "-m", "app", "train", str(classes), *SMALL, "--json-lines"]
    command += ["--epochs", "10000", "--no-augment", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if isinstance(from_line(line), EpochDone):
                    break
            else:
                raise AssertionError(process.stderr.read() if process.stderr else "")
            yield process
        finally:
            process.kill()


@pytest.mark.slow
def test_from_a_folder_to_tags(tagwright: Tagwright, classes: Path, home: Path) -> None:
    ran = tagwright("train", classes, *SMALL, "--name", "Two colours")

    # Neither TensorFlow nor Keras has anything to say.
    assert (ran.code, ran.err) == (0, "")
    assert "Two colours: a small network from scratch, 2 classes, 12 photos to learn" in ran.out
    assert "round   4" in ran.out and "Checked on 4 validation photos" in ran.out
    ran = tagwright("tag", classes / "Blues", "--model", "two-colours", "--write", "none", "--json")
    assert ran.code == 0 and len(ran.lines) == 8
    assert [line["tags"][0]["tag"] for line in ran.lines] == ["Blues"] * 8
    ran = tagwright("models")
    (line,) = (line for line in ran.out.splitlines() if line.startswith("two-colours "))
    assert " %" in line and " of 4 photos" in line


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_signal_stops_it_and_leaves_nothing(classes: Path, home: Path) -> None:
    with started(classes) as process:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (130, "")
    assert out.splitlines()[-1] == '{"event": "Stopped"}'
    assert left(home) == []


@pytest.mark.slow
def test_it_dies_with_the_window(classes: Path, home: Path) -> None:
    with started(classes, "--controlled") as process:
        assert process.stdin is not None
        process.stdin.close()  # as the system does for a window that has crashed
        assert process.wait(60) == 130

    assert left(home) == []


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_killed_it_leaves_nothing_for_longer_than_until_the_next_one(
    classes: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    with started(classes, "--epochs", "1") as process:
        while not list(place.glob(f"{PREFIX}*/files/*")):  # a network on its way
            assert process.poll() is None
            time.sleep(0.001)
        process.kill()
        process.wait(60)
    kept = list(place.glob(f"{PREFIX}*"))
    assert kept
    for folder in kept:
        os.utime(folder, (0, 0))

    with work_folder(place):
        assert not any(folder.exists() for folder in kept)

    assert left(home) == []
    assert list((home / "cache" / "training").glob("*")) == []


def test_what_makes_no_sense_is_explained(tagwright: Tagwright, classes: Path, home: Path) -> None:
    ran = tagwright("train", classes, "--network", "cnn", "--epochs", "0")
    assert ran.code == 2 and "the number of rounds must be from 1" in ran.err
    ran = tagwright("train", classes / "Reds", "--network", "finetune", "--json-lines")
    assert ran.code == 2 and "no photos in folders" in ran.err
    assert "no photos in folders" in ran.out  # the window hears it as well
    assert left(home) == []


def test_everything_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    shown = _Terminal()
    with shown:
        for event in (
            Notice("few-photos", "Fewer than 20 photos: Rex.", 20, ("Rex",)),
            Working("reading", 1, 3),
            Skipped("/p/a\n.jpg", "the file is empty"),
            Started(
                "finetune", "My dogs", "efficientnet-lite2", ("Rex", "Bella"), (8, 9), 13, 4, 0,
                "cpu", ("head", "upper"), 30,
            ),
            Examples("/c/examples.png"),
            BatchDone("head", 1, 30, 1, 5, 0.7, 0.5),
            EpochDone("head", 1, 30, 0.7, 0.5, 0.6, 0.75, 1.5, True),
            Confusion(("Rex", "Bella"), ((2, 0), (1, 1))),
            Checked(
                4, 0.75, (Form("float", 9_000_000, 0.75, 1.0, 0.0),
                          Form("int8", 3_000_000, 0.5, 0.9, 0.1)), "float",
            ),
            Finished("my-dogs", "My dogs", 0.75, 12.5),
        ):  # fmt: skip
            shown.tell(event)

    said = capsys.readouterr()

    assert said.err == "tagwright: /p/a\\n.jpg: the file is empty\n"
    assert "My dogs: refined from efficientnet-lite2, 2 classes, 13 photos to learn" in said.out
    assert "new last layer, round   1: training loss 0.700,  50.0% right" in said.out
    assert "float        75.0% right, 9.0 MB; same answer for 100.0%" in said.out
    assert "difference 0.000 (used)" in said.out and "--model my-dogs" in said.out
