"""`tagwright models`: networks of one's own, from a file to tags, by the real command."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Tagwright
from tests.tiny_tflite import colour_network

LABELS = "Red things\nGreen things\nBlue things\n"


@pytest.fixture
def network(tmp_path: Path) -> Path:
    path = tmp_path / "My colours.tflite"
    path.write_bytes(colour_network(numbers="uint8", outputs="uint8", background=True))
    return path


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.txt"
    path.write_text("background\n" + LABELS)
    return path


def test_added_shown_used_and_removed(
    network: Path, labels: Path, tmp_path: Path, home: Path, tagwright: Tagwright
) -> None:
    added = tagwright("models", "add", network, "--labels", labels)
    assert added.code == 0, added.err
    assert "tagwright tag --model my-colours" in added.out and "-1..1" in added.out

    listed = json.loads(tagwright("models", "--json").out)
    here = [card["id"] for card in listed if "download" not in card]
    assert here == ["efficientnet-lite2", "efficientnet-lite0", "my-colours"]
    assert "my-colours" in tagwright("models", "list").out
    shown = json.loads(tagwright("models", "show", "my-colours", "--json").out)
    assert shown["input"]["size"] == [24, 32] and shown["outputs"]["embedding"]["shape"] == [3]

    photos = tmp_path / "photos"
    photos.mkdir()
    for name, colour in (("red", (240, 10, 10)), ("blue", (10, 10, 240)), ("dark", (9, 9, 9))):
        Image.new("RGB", (400, 300), colour).save(photos / f"{name}.png")
    told = tagwright("tag", photos, "--model", "my-colours", "--write", "none", "--json").by_name()
    assert told["red.png"]["tags"][0]["tag"] == "red things"
    assert told["blue.png"]["tags"][0]["tag"] == "blue things"
    # The background is the most certain there, and no tag.
    assert "background" not in {tag["tag"] for tag in told["dark.png"]["tags"]}

    again = tagwright("models", "add", network, "--labels", labels)
    assert again.code == 2 and "already" in again.err
    removed = tagwright("models", "remove", "my-colours")
    assert removed.code == 0 and "tags that it gave stay" in removed.out
    assert not list((home / "config" / "models").iterdir())
    assert tagwright("models", "show", "my-colours").code == 2


def test_what_teachable_machine_exports_needs_no_labels(
    tmp_path: Path, home: Path, tagwright: Tagwright
) -> None:
    path = tmp_path / "converted_tflite_quantized.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.tflite", colour_network(numbers="uint8", outputs="uint8"))
        archive.writestr("labels.txt", "0 Red things\n1 Green things\n2 Blue things\n")
    added = tagwright("models", "add", path, "--name", "Colours", "--json")
    assert added.code == 0, added.err
    assert json.loads(added.out)["id"] == "colours"
    assert (home / "config" / "models" / "colours.labels.txt").read_text() == LABELS


def test_what_cannot_be_added_leaves_nothing(
    network: Path, tmp_path: Path, home: Path, tagwright: Tagwright
) -> None:
    few = tmp_path / "few.txt"
    few.write_text("cat\ndog\n")
    no_labels = tagwright("models", "add", network)
    wrong = tagwright("models", "add", network, "--labels", few)
    broken = tmp_path / "broken.tflite"
    broken.write_bytes(network.read_bytes()[:300])
    damaged = tagwright("models", "add", broken, "--labels", few)
    for ran, words in (
        (no_labels, "give --labels"),
        (wrong, "few.txt: holds 2 labels, but the network has 4 classes"),
        (damaged, "broken.tflite: is damaged"),
    ):
        assert ran.code == 1 and words in ran.err, ran.err
        assert "Traceback" not in ran.err and len(ran.err.splitlines()) == 1
    assert not (home / "config" / "models").exists()


def test_what_came_with_the_program_or_is_in_use_stays(home: Path, tagwright: Tagwright) -> None:
    assert tagwright("models", "remove", "efficientnet-lite0").code == 2
    in_use = tagwright("models", "remove", "efficientnet-lite2")
    assert in_use.code == 2 and "in use" in in_use.err
    assert tagwright("models", "remove", "nobody").code == 2
    assert tagwright("models", "add", "x.tflite", "--input-range", "0..7").code == 2


@pytest.mark.slow
def test_the_lent_network_knows_photos(
    data_dir: Path, tmp_path: Path, home: Path, tagwright: Tagwright
) -> None:
    folder = data_dir / "models"
    path = folder / "mobilenet_v2_1.0_224_int8.tflite"
    labels = folder / "mobilenet_v2_labels.txt"
    added = tagwright("models", "add", path, "--labels", labels, "--name", "MobileNetV2")
    assert added.code == 0, added.err
    some = tmp_path / "some"
    some.mkdir()
    for photo in sorted((data_dir / "imagenet").iterdir())[::6]:
        (some / photo.name).write_bytes(photo.read_bytes())
    ran = tagwright("evaluate", some, "--model", "mobilenetv2", "--crops", "1", "--json")
    figures = json.loads(ran.out)
    assert figures["photos"] == 50
    assert figures["top_1"] > 0.7


def test_a_damaged_card_is_named_and_the_rest_goes_on(home: Path, tagwright: Tagwright) -> None:
    folder = home / "config" / "models"
    folder.mkdir(parents=True)
    (folder / "mine.yml").write_text("id: mine\n")

    listed = tagwright("models", "list")
    assert listed.code == 1 and "mine.yml" in listed.err
    assert "efficientnet-lite2" in listed.out
    assert tagwright("models", "show", "efficientnet-lite0").code == 0
    shown = tagwright("models", "show", "mine")
    assert shown.code == 1 and "mine.yml" in shown.err
