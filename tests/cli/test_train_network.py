"""`tagwright train --network`: from a folder of classes to a network that tags."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from PIL import Image

from app.core.training import (
    Checked,
    Confusion,
    EpochDone,
    Event,
    Examples,
    Finished,
    Notice,
    Skipped,
    Started,
    Stopped,
    from_line,
)
from app.vision.catalogue import read_card
from app.vision.networks.load import load_float
from tests.class_photos import make_classes
from tests.conftest import ROOT, Tagwright

#: A training that is over in a few seconds.
SMALL = ("--network", "cnn", "--image-size", "32", "--epochs", "2", "--batch", "4")


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


def test_from_a_folder_to_tags(tagwright: Tagwright, classes: Path, home: Path) -> None:
    (classes / "Reds" / "broken.jpg").write_bytes(b"no photo")

    ran = tagwright("train", classes, *SMALL, "--epochs", "8", "--json-lines", "--seed", "1")

    assert ran.code == 0, ran.err
    events: list[Event] = [from_line(line) for line in ran.out.splitlines()]
    kinds = {type(event) for event in events}
    assert kinds >= {Notice, Skipped, Started, Examples, EpochDone, Confusion, Checked, Finished}
    started = next(event for event in events if isinstance(event, Started))
    assert (started.classes, started.counts) == (("Blues", "Reds"), (8, 8))
    assert (started.training, started.validation, started.seed) == (12, 4, 1)
    examples = next(event for event in events if isinstance(event, Examples))
    with Image.open(examples.path) as image:
        assert image.width > 500
    checked = next(event for event in events if isinstance(event, Checked))
    assert checked.forms[0].difference < 0.01 and checked.forms[0].agreement == 1
    assert checked.forms[1].size < checked.forms[0].size / 2
    confusion = next(event for event in events if isinstance(event, Confusion))
    assert [sum(row) for row in confusion.matrix] == [2, 2]
    assert left(home) == [f"colours.{kind}" for kind in ("keras", "labels.txt", "tflite", "yml")]

    card = read_card(home / "config" / "models" / "colours.yml")
    assert yaml.safe_load(card.path.read_text())["trained"]["classes"] == {"Blues": 8, "Reds": 8}
    model = load_float(card)
    assert model.output["embedding"].shape == (None, card.embedding_size)
    ran = tagwright("tag", classes / "Blues", "--model", "colours", "--write", "none", "--json")
    assert ran.code == 0 and len(ran.lines) == 8
    assert all("Blues" in str(line) for line in ran.lines)


def test_for_people_it_is_said_in_words(tagwright: Tagwright, classes: Path, home: Path) -> None:
    ran = tagwright("train", classes, *SMALL, "--name", "Two colours", "--no-dropout")

    assert ran.code == 0, ran.err
    assert "Two colours: a small network from scratch, 2 classes, 12 photos to learn" in ran.out
    assert "round   2" in ran.out and "Checked on 4 validation photos" in ran.out
    assert "--model two-colours" in ran.out
    # Neither TensorFlow nor Keras has anything to say.
    assert ran.err == ""

    again = tagwright("train", classes, *SMALL, "--name", "two COLOURS")
    assert again.code == 2 and "there is a model of that name already" in again.err


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["INT", "TERM"])
def test_stopped_it_leaves_nothing(number: signal.Signals, classes: Path, home: Path) -> None:
    with started(classes) as process:
        process.send_signal(number)
        out, err = process.communicate(timeout=60)

    assert process.returncode == 130, err
    assert isinstance(from_line(out.splitlines()[-1]), Stopped)
    assert left(home) == []


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_stopped_it_can_keep_the_best_so_far(classes: Path, home: Path) -> None:
    with started(classes, "--keep-on-stop") as process:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)

    assert process.returncode == 0, err
    assert isinstance(from_line(out.splitlines()[-1]), Finished)
    card = yaml.safe_load((home / "config" / "models" / "colours.yml").read_text())
    assert card["trained"]["stopped_early"] is True


def test_it_dies_with_the_window(classes: Path, home: Path) -> None:
    with started(classes, "--controlled") as process:
        assert process.stdin is not None
        process.stdin.close()  # as the system does for a window that has crashed
        assert process.wait(60) == 130

    assert left(home) == []


def test_what_makes_no_sense_is_explained(
    tagwright: Tagwright, classes: Path, home: Path, tmp_path: Path
) -> None:
    one = make_classes(tmp_path / "one")
    for path in (one / "Reds").iterdir():
        path.unlink()
    for path in list((classes / "Reds").iterdir())[1:]:
        path.write_bytes(b"no photo")

    for folder, *more, reason in (
        (tmp_path / "none", "is not a folder"),
        (one, "Reds: has no photos"),
        (one / "Blues", "has no photos in folders"),
        (classes, "Reds: has 1 photo that can be read"),
        (classes, "--epochs", "0", "the number of rounds must be from 1"),
        (classes, "--image-size", "4", "the image size must be from"),
        (classes, "--name", "…", "needs a letter or a digit"),
    ):
        ran = tagwright("train", folder, *SMALL, *more)
        assert ran.code == 2 and reason in ran.err, ran.err
    ran = tagwright("train", classes, "--network", "finetune", "--model", "none")
    assert ran.code == 2 and "no such model" in ran.err
    assert left(home) == []


def test_the_disk_must_have_room(tagwright: Tagwright, classes: Path, home: Path) -> None:
    home.mkdir()
    (home / "cache").write_bytes(b"a file where a folder should be")

    ran = tagwright("train", classes, *SMALL)

    assert ran.code == 1 and str(home / "cache") in ran.err
