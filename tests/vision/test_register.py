"""Networks that are put into the user's catalogue."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.errors import ModelError, UsageError
from app.core.paths import data_path
from app.core.rules import Labeller, Rule, RuleSet
from app.services.rules_file import load_rules
from app.vision.card_file import write_card
from app.vision.catalogue import Catalogue, ModelCard
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
    assert id_from("花") == id_from("花") != id_from("鳥")
    with pytest.raises(UsageError):
        id_from("***")


def test_labels_may_be_tags_with_a_place_in_a_hierarchy(tmp_path: Path) -> None:
    new = network()
    values = {name: getattr(new, name) for name in new.__slots__}
    values |= {"labels": ["Rex", "Animal/Cat"], "more": {"labels_are": "tags"}}

    card = register(tmp_path, NewNetwork(**values))

    labels = card.labels()
    assert [str(label.tag) for label in labels] == ["Rex", "Animal/Cat"]
    tags = [str(tag) for tag in Labeller(RuleSet(), labels).tags]
    assert tags == ["Rex", "Animal/Cat"]
    # What rules say of another thing of that name does not count; what they say of the tag does.
    assert RuleSet({"rex": Rule("Dinosaur", threshold=1.0)}).rule_for(labels[0]) == Rule("Rex")
    own = Rule("Rex", threshold=0.5)
    assert RuleSet({"rex": own}).rule_for(labels[0]) == own


def test_the_rules_of_the_program_are_not_about_classes_of_ones_own(tmp_path: Path) -> None:
    """There, a mouse is a computer's, and a crane has two meanings."""
    rules = load_rules(data_path("rules.yml"), tmp_path)
    names = ["Mouse", "Mousetrap", "Crane", "Pets/Tabby"]
    new = replace(network(), labels=names, more={"labels_are": "tags"})

    labels = register(tmp_path / "models", new).labels()

    labeller = Labeller(rules, labels)
    for number, name in enumerate(names):
        scores = np.eye(len(names))[number]
        assert str(labeller.suggest(scores, "x")[0].tag) == name


def test_labels_that_cannot_be_tags_are_refused(tmp_path: Path) -> None:
    card = register(tmp_path, network())
    damaged = replace(card, card={**card.card, "labels_are": "tags"})
    damaged.labels_file.write_text("Rex\na;b\n")

    with pytest.raises(ModelError, match="cannot contain"):
        damaged.labels()


def test_the_same_file_given_other_numbers_is_another_version(tmp_path: Path) -> None:
    """Embeddings in the cache are of one way to put colours into numbers."""
    new = network()
    others = [
        replace(new, mean=(0, 0, 0)),
        replace(new, labels=["Bella", "Rex"]),
        replace(new, crop_fraction=0.5),
        replace(new, litert=b"another"),
    ]
    keys = [register(tmp_path / str(n), each).key for n, each in enumerate([new, *others, new])]
    assert keys[0] == keys[-1]
    assert len(set(keys)) == 5


#: Ends a process like `kill -9` does when it is about to do its n-th step on files.
KILLED = """
import os, pathlib, shutil, sys
from app.vision import register as module
from tests.vision.test_register import network
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
folder, weights, n = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
def counting(function):
    def do(*arguments):
        global n
        n -= 1
        if n == 0:
            os._exit(9)
        return function(*arguments)
    return do
os.replace, shutil.move = counting(os.replace), counting(shutil.move)
module.write_card = counting(module.write_card)
module.register(folder, replace(network(), float_model=module.NewFloatModel("keras", "x", weights)))
"""


@pytest.mark.parametrize("step", range(1, 6))
def test_killed_in_the_middle_it_is_not_there_and_can_be_added_again(
    tmp_path: Path, step: int
) -> None:
    weights, folder = tmp_path / "weights.keras", tmp_path / "models"
    weights.write_bytes(b"weights")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, folder, weights, str(step)], cwd=Path.cwd(), check=False
    )
    assert killed.returncode == 9

    there = Catalogue([folder])
    assert (there.cards(), there.damaged()) == ([], [])
    card = register(folder, network())

    assert card.load() == b"the network"
    assert not list(folder.glob("*.new"))


def test_two_at_once_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second is refused; the file of one never gets the card of the other."""
    folder = tmp_path / "models"

    def slowly(*arguments: Any) -> None:
        time.sleep(0.2)
        write_card(*arguments)

    monkeypatch.setattr("app.vision.register.write_card", slowly)

    def add(number: int) -> ModelCard | UsageError:
        try:
            return register(folder, replace(network(), litert=bytes([number]) * 1_000_000))
        except UsageError as error:
            return error

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(add, range(8)))

    (card,) = [each for each in found if isinstance(each, ModelCard)]
    assert card.load() == Catalogue([folder]).get("my-dogs").load()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_full_disk_leaves_nothing_and_keeps_the_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights, folder = tmp_path / "weights.keras", tmp_path / "models"
    weights.write_bytes(b"weights")

    def full(path: Path, *_: object) -> None:
        path.write_bytes(b"half of it")
        Path("/dev/full").write_bytes(b"the rest")

    monkeypatch.setattr("app.vision.register.write_card", full)
    with pytest.raises(ModelError, match="No space left"):
        register(folder, replace(network(), float_model=NewFloatModel("keras", "x", weights)))

    assert list(folder.iterdir()) == []
    assert weights.read_bytes() == b"weights"


def test_what_another_card_names_as_well_stays(tmp_path: Path) -> None:
    card = register(tmp_path / "models", network())
    other = card.path.with_name("other.yml")
    other.write_text(card.path.read_text("utf-8").replace("id: my-dogs", "id: other"), "utf-8")

    unregister(card, tmp_path / "models")

    assert Catalogue([tmp_path / "models"]).get("other").load() == b"the network"
