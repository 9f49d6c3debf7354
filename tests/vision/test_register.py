"""Networks that are put into the user's catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import UsageError
from app.core.paths import data_path
from app.vision.catalogue import Catalogue
from app.vision.register import NewFloatModel, NewNetwork, id_from, register, unregister


def network(name: str = "My dogs") -> NewNetwork:
    return NewNetwork(
        id=id_from(name),
        name=name,
        litert=b"the network",
        labels=["Rex", "Bella"],
        input_size=(96, 64),
        mean=(127.5, 127.5, 127.5),
        std=(127.5, 127.5, 127.5),
        embedding_size=8,
        channels="BGR",
        activation="logits",
        more={"licence": "mine"},
    )


def test_what_was_registered_is_in_the_catalogue(tmp_path: Path) -> None:
    register(tmp_path / "models", network())

    card = Catalogue([tmp_path / "models", data_path("models")]).get("my-dogs")

    assert card.load() == b"the network"
    assert [label.name for label in card.labels()] == ["rex", "bella"]
    assert (card.input_size, card.channels, card.activation) == ((96, 64), "BGR", "logits")
    assert card.card["licence"] == "mine"
    assert card.is_here


def test_the_float_model_comes_along(tmp_path: Path) -> None:
    weights = tmp_path / "weights.keras"
    weights.write_bytes(b"weights")
    new = network()
    new = NewNetwork(
        **{name: getattr(new, name) for name in new.__slots__ if name != "float_model"},
        float_model=NewFloatModel("keras", "cnn", weights),
    )

    card = register(tmp_path / "models", new)

    assert card.float_model is not None
    assert card.float_model.file.read_bytes() == b"weights"
    assert not weights.exists()


def test_another_file_under_the_same_name_is_refused(tmp_path: Path) -> None:
    register(tmp_path, network())

    with pytest.raises(UsageError, match="already"):
        register(tmp_path, network("MY DOGS!"))


def test_what_is_taken_out_leaves_nothing(tmp_path: Path) -> None:
    card = register(tmp_path / "models", network())

    unregister(card, tmp_path / "models")

    assert list((tmp_path / "models").iterdir()) == []


def test_what_came_with_the_program_stays(tmp_path: Path) -> None:
    card = Catalogue([data_path("models")]).get("efficientnet-lite2")

    with pytest.raises(UsageError, match="came with the program"):
        unregister(card, tmp_path)

    assert card.is_here


def test_a_name_without_a_letter_is_no_name() -> None:
    assert id_from("  Mes Chiens été ") == "mes-chiens-ete"
    with pytest.raises(UsageError):
        id_from("***")
