"""The list of networks, with what is wrong with some of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.folders import Folders
from app.core.paths import data_path
from app.services.models import find_labels
from app.services.networks import KnownNetwork, downloads, known_networks
from app.vision.register import NewNetwork, register
from tests.weights_server import table

CONTENT = data_path("models", "efficientnet-lite0-int8.tflite").read_bytes()[:1000]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


def own(folders: Folders, name: str, labels: list[str] | None = None) -> None:
    """Register something; nothing here runs it."""
    network = NewNetwork(
        id=name, name=name.title(), litert=CONTENT, labels=labels or ["cat", "dog"],
        input_size=(8, 8), mean=(0, 0, 0), std=(1, 1, 1), embedding_size=4,
    )  # fmt: skip
    register(folders.own_models, network)


def found(folders: Folders, *, thorough: bool = False) -> dict[str, KnownNetwork]:
    return {each.id: each for each in known_networks(folders, thorough=thorough)}


def test_each_network_is_in_its_place(folders: Folders) -> None:
    own(folders, "rex")
    own(folders, "mobilenet")  # as if it had been fetched

    networks = found(folders, thorough=True)

    assert next(iter(networks)) == "efficientnet-lite2"
    assert networks["rex"].place == "own" and networks["rex"].removable
    assert networks["rex"].classes == ("cat", "dog") and networks["rex"].bytes == 1000
    assert networks["mobilenet"].place == "here" and networks["mobilenet"].removable
    assert networks["efficientnet-lite0"].place == "here"
    assert not networks["efficientnet-lite0"].removable
    assert networks["vgg16"].place == "fetchable"
    assert not [each for each in networks.values() if each.problem]


def test_what_has_arrived_is_known(folders: Folders) -> None:
    downloads(folders).mkdir(parents=True)
    (downloads(folders) / "vgg16.h5.part").write_bytes(bytes(5000))

    assert found(folders)["vgg16"].arrived == 5000


def test_one_that_is_damaged_leaves_the_others(folders: Folders) -> None:
    own(folders, "changed")
    own(folders, "gone")
    own(folders, "labels")
    (folders.own_models / "changed.tflite").write_bytes(bytes(1000))
    (folders.own_models / "gone.tflite").unlink()
    (folders.own_models / "labels.labels.txt").write_text("cat\n")
    (folders.own_models / "card.yml").write_text("name: half a card\n")

    quick, networks = found(folders), found(folders, thorough=True)

    assert "is damaged" in networks["changed"].problem and not quick["changed"].problem
    assert "No such file" in networks["gone"].problem
    assert "holds 1 labels" in networks["labels"].problem
    assert networks["card"].card is None and "the model card has no" in quick["card"].problem
    assert not networks["efficientnet-lite2"].problem


def test_a_file_that_is_damaged_later_is_seen(folders: Folders) -> None:
    own(folders, "rex")
    assert not found(folders, thorough=True)["rex"].problem

    (folders.own_models / "rex.tflite").write_bytes(bytes(999))

    assert found(folders, thorough=True)["rex"].problem


def test_a_table_of_ones_own_can_be_fetched(folders: Folders) -> None:
    folders.own_models.mkdir(parents=True)
    (folders.own_models / "zz.yml").write_text(table("https://example.org/", ""))

    served = found(folders, thorough=True)["served"]

    assert (served.place, served.bytes, served.problem) == ("fetchable", 17_000_000, "")


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["net_v2_labels.txt", "other_labels.txt", "readme.txt"], "net_v2_labels.txt"),
        (["labels.txt"], "labels.txt"),
        (["labels.txt", "net_labels.txt"], "net_labels.txt"),
        (["net_v2_1.0_int8.csv"], "net_v2_1.0_int8.csv"),
        (["labels.txt", "classes.txt"], None),
        (["net_v3_labels.txt", "readme.txt", "net.txt"], None),
        (["net_v2_labels.tflite"], None),
        ([], None),
    ],
)
def test_labels_are_found_by_their_name(
    names: list[str], wanted: str | None, tmp_path: Path
) -> None:
    for name in names:
        (tmp_path / name).write_text("x")

    labels = find_labels(tmp_path / "net_v2_1.0_int8.tflite")

    assert (labels.name if labels else None) == wanted


def test_labels_beside_what_is_not_there(tmp_path: Path) -> None:
    assert find_labels(tmp_path / "nowhere" / "net.tflite") is None
