"""`tagwright models fetch`, `quantise` and `compare` through the front door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.core.tag import Tag
from app.library.library import Library
from app.services.evaluation import Example
from tests.conftest import Tagwright
from tests.services.colours import COLOURS, make_network, make_pictures


@pytest.fixture
def pictures(tmp_path: Path) -> list[Example]:
    """Pictures of three colours, in a folder for each."""
    for name in COLOURS:
        (tmp_path / "pictures" / name).mkdir(parents=True)
    made = make_pictures(tmp_path / "pictures", 45)
    names = list(COLOURS)
    found = []
    for each in made:
        (index,) = each.classes
        path = each.path.rename(each.path.parent / names[index] / each.path.name)
        found.append(Example(path, each.classes))
    return found


@pytest.fixture
def colours(keras: Any, home: Path) -> str:
    """The id of a network in the user's own catalogue, that knows colours."""
    (home / "config").mkdir(parents=True)
    return make_network(keras, home / "config", "colours").id


def test_networks_that_are_not_here_are_listed_as_such(tagwright: Tagwright) -> None:
    ran = tagwright("models")

    assert ran.code == 0, ran.err
    (line,) = [each for each in ran.out.splitlines() if each.startswith("resnet50v2 ")]
    assert "not fetched" in line and "98 MB" in line and "76.0 %" in line
    assert "DAMAGED" not in ran.out


def test_tagging_with_a_network_that_is_not_here_says_how_to_get_it(
    tagwright: Tagwright, photos: Path
) -> None:
    ran = tagwright("tag", photos, "--model", "resnet50v2")

    assert ran.code == 1
    assert "has not been fetched; `tagwright models fetch resnet50v2` does that" in ran.err


def test_a_network_is_not_fetched_twice_or_made_of_anything(
    tagwright: Tagwright, tmp_path: Path
) -> None:
    ran = tagwright("models", "fetch", "efficientnet-lite2")
    assert (ran.code, ran.err) == (2, "tagwright: efficientnet-lite2: is here already\n")

    ran = tagwright("models", "fetch", "alexnet")
    assert ran.code == 2
    assert "no such model" in ran.err

    weights = tmp_path / "weights.h5"
    weights.write_bytes(b"no weights")
    ran = tagwright("models", "fetch", "mobilenet", "--weights", weights)
    assert ran.code == 1
    assert f"tagwright: {weights}: is no HDF5 file that can be read" in ran.err
    assert "Traceback" not in ran.err


def test_three_precisions_and_the_one_that_is_kept(
    tagwright: Tagwright, colours: str, pictures: list[Example], home: Path
) -> None:
    folder = pictures[0].path.parent.parent
    ran = tagwright(
        "models", "quantise", colours, folder, "--threads", "1", "--keep", "int8", "--json"
    )

    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    assert list(result["precisions"]) == ["float", "dynamic", "int8"]
    assert result["photos"] == 36  # every fifth was calibrated with
    assert {each["top_1"] for each in result["precisions"].values()} == {1.0}
    assert result["kept"] == ["colours-int8"]
    assert (home / "config" / "models" / "colours-int8.tflite").exists()
    # Told before it is made again, not after.
    again = tagwright("models", "quantise", colours, folder.parent / "nothing", "--keep", "int8")
    assert again.code == 2 and "colours-int8: there is a model of that name" in again.err


def test_the_one_that_learns_the_users_tags_best_comes_first(
    tagwright: Tagwright, colours: str, pictures: list[Example], home: Path
) -> None:
    ran = tagwright("models", "compare")
    assert ran.code == 2
    assert "too little is confirmed to compare networks by" in ran.err

    with Library(home / "data") as library:
        for each in pictures:
            photo = library.register(each.path, 1, 1)
            library.decide(photo, [Tag((each.path.parent.name,))], "confirmed")

    ran = tagwright("models", "compare", colours, "efficientnet-lite0")
    assert ran.code == 0, ran.err
    first, _, *rows = ran.out.splitlines()
    assert first.startswith("45 confirmed photos, 3 tags")
    assert rows[0].split()[0] == colours
    assert "100% ± 0%" in rows[0]

    ran = tagwright("models", "compare", colours, "--photos", "15", "--json")
    (result,) = json.loads(ran.out)["models"]
    assert (result["photos"], result["tags"], result["accuracy"]) == (15, 3, 1.0)
