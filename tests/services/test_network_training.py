"""Training a network and putting it into the catalogue."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.core.errors import FileError, UsageError
from app.core.folders import Folders
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
    TrainingSettings,
)
from app.services.network_training import Control, train_network
from app.vision.keras_embedder import KerasEmbedder
from app.vision.litert import LiteRTEmbedder
from app.vision.networks.load import load_float
from app.vision.training.fit import TrainingStopped
from tests.class_photos import make_classes
from tests.services.colours import make_network

#: A training that is over in a few seconds.
SMALL = TrainingSettings(network="cnn", image_size=32, epochs=2, batch=4, seed=1)


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    return make_classes(tmp_path / "Colours")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


class Heard:
    """What a training says; it may be stopped at an event."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.control = Control()
        self.at: Callable[[Event], bool] = lambda event: False

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        if self.at(event):
            self.control.stop()

    def one(self, kind: type) -> Any:
        """The only event of a kind."""
        (found,) = (event for event in self.events if isinstance(event, kind))
        return found


def left(folders: Folders) -> list[str]:
    folder = folders.own_models
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_it_is_in_the_catalogue_and_says_how_it_came_to_be(classes: Path, folders: Folders) -> None:
    (classes / "Reds" / "broken.jpg").write_bytes(b"no photo")
    heard = Heard()

    card = train_network(classes, SMALL, folders, heard, heard.control)

    started = heard.one(Started)
    assert (started.classes, started.counts) == (("Blues", "Reds"), (8, 8))
    assert (started.training, started.validation, started.seed) == (12, 4, 1)
    assert heard.one(Skipped).path.endswith("broken.jpg")
    assert heard.one(Notice).kind == "few-photos"
    with Image.open(heard.one(Examples).path) as image:
        assert image.width > 500
    checked = heard.one(Checked)
    assert checked.forms[0].difference < 0.01 and checked.forms[0].agreement == 1
    assert checked.forms[1].size < checked.forms[0].size / 2
    assert [sum(row) for row in heard.one(Confusion).matrix] == [2, 2]
    assert heard.one(Finished).id == card.id == "colours"
    assert left(folders) == [f"colours.{end}" for end in ("keras", "labels.txt", "tflite", "yml")]
    trained = card.card["trained"]
    assert trained["classes"] == {"Blues": 8, "Reds": 8} and trained["from"] == "scratch"
    assert len(trained["curves"]["whole"]["validation_loss"]) == 2
    assert [str(label.tag) for label in card.labels()] == ["Blues", "Reds"]
    # It can be refined in its turn, or run on a graphics card.
    assert load_float(card).output["embedding"].shape == (None, card.embedding_size)
    # On the one and the other it answers alike.
    crops = np.random.default_rng(0).integers(0, 256, (3, *card.input_size[::-1], 3), np.uint8)
    answers = [each.embed(crops).scores for each in (KerasEmbedder(card), LiteRTEmbedder(card))]
    assert answers[0] == pytest.approx(answers[1], abs=0.05)
    # Of what it needed meanwhile, only the examples are left.
    assert [path.name for path in (folders.cache / "training").iterdir()] == ["examples.png"]


@pytest.mark.filterwarnings("default")  # TensorFlow's converter warns
def test_a_network_that_wants_its_colours_the_other_way_round_is_refined_so(
    classes: Path, folders: Folders, keras: Any, tmp_path: Path
) -> None:
    base = make_network(keras, tmp_path, "colours")
    folders.own_models.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(base.path.parent, folders.own_models)
    path = folders.own_models / "colours.yml"
    path.write_text(path.read_text("utf-8").replace("channels: RGB", "channels: BGR"), "utf-8")
    values = {name: getattr(SMALL, name) for name in SMALL.__slots__}
    settings = TrainingSettings(
        **values | {"network": "finetune", "base": "colours", "name": "mine", "epochs": 1}
    )

    card = train_network(classes, settings, folders, Heard(), Control())

    assert card.channels == "BGR"
    # The lower layers are those of the base, whose embedding is the mean colour, blue first.
    crops = np.zeros((1, 32, 32, 3), np.uint8)
    crops[..., 2] = 255
    embedding = KerasEmbedder(card).embed(crops).embeddings[0]
    assert embedding.argmax() == 0
    assert LiteRTEmbedder(card).embed(crops).embeddings[0].argmax() == 0


def test_stopped_it_leaves_nothing(classes: Path, folders: Folders) -> None:
    heard = Heard()
    heard.at = lambda event: isinstance(event, EpochDone)

    with pytest.raises(TrainingStopped):
        train_network(classes, SMALL, folders, heard, heard.control)

    assert left(folders) == []
    assert len([event for event in heard.events if isinstance(event, EpochDone)]) == 1


def test_stopped_it_can_keep_the_best_so_far(classes: Path, folders: Folders) -> None:
    heard = Heard()
    heard.control.keep = True
    heard.at = lambda event: isinstance(event, EpochDone)

    card = train_network(classes, SMALL, folders, heard, heard.control)

    assert card.card["trained"]["stopped_early"] is True
    assert len(card.card["trained"]["curves"]["whole"]["loss"]) == 1


def test_stopped_twice_it_keeps_nothing() -> None:
    control = Control(keep=True)
    control.stop()
    with pytest.raises(TrainingStopped):
        control.check()
    control.go_on()
    control.check()
    control.stop()

    assert not control.keep
    with pytest.raises(TrainingStopped):
        control.check()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"epochs": 0}, "the number of rounds must be from 1"),
        ({"batch": 0}, "photos in a batch must be"),
        ({"image_size": 4}, "the image size must be from"),
        ({"dropout": 1.0}, "the dropout must be"),
        ({"seed": -1}, "the seed must be"),
        ({"name": "…"}, "needs a letter or a digit"),
        ({"name": "EfficientNet Lite0"}, "already"),
        ({"network": "finetune", "base": "none"}, "no such model"),
    ],
)
def test_settings_that_make_no_sense_are_refused(
    classes: Path, folders: Folders, change: dict[str, Any], reason: str
) -> None:
    values = {name: getattr(SMALL, name) for name in SMALL.__slots__}

    with pytest.raises(UsageError, match=reason):
        train_network(classes, TrainingSettings(**values | change), folders, Heard(), Control())

    assert left(folders) == []


def test_photos_that_cannot_be_read_do_not_count(classes: Path, folders: Folders) -> None:
    for path in list((classes / "Reds").iterdir())[1:]:
        path.write_bytes(b"no photo")

    with pytest.raises(UsageError, match="Reds: has 1 photo that can be read"):
        train_network(classes, SMALL, folders, Heard(), Control())


def test_there_must_be_a_place_for_the_pixels(classes: Path, folders: Folders) -> None:
    folders.cache.write_bytes(b"a file where a folder should be")

    with pytest.raises(FileError, match="cache"):
        train_network(classes, SMALL, folders, Heard(), Control())


def test_a_disk_that_is_too_small_is_told_before_anything_is_read(
    classes: Path, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the photos were so large that no disk has room for them.
    monkeypatch.setattr("app.services.network_training._SPARE", 10**18)
    heard = Heard()

    with pytest.raises(UsageError, match="GB are free"):
        train_network(classes, SMALL, folders, heard, heard.control)

    assert all(isinstance(event, Notice) for event in heard.events)
