"""`tagwright evaluate` on the library's own tags, and with a learning curve."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PIL import Image

from app.core.tag import Tag
from app.library.library import Library
from tests.conftest import Tagwright
from tests.workers.test_teacher import make_two_things

MODEL = ("--model", "efficientnet-lite0", "--crops", "1")


@pytest.fixture
def folder(tmp_path: Path, samples: Path) -> Path:
    folder = tmp_path / "photos"
    make_two_things(samples, folder)
    return folder


def test_the_librarys_own_tags(
    tagwright: Tagwright, folder: Path, home: Path, tmp_path: Path
) -> None:
    ran = tagwright("evaluate", "--library", *MODEL)
    assert ran.code == 2 and "too little is confirmed" in ran.err
    tagwright("tag", folder, "--write", "none", *MODEL)
    rex, tom = (sorted(folder.glob(f"{name} *.jpg")) for name in ("rex", "tom"))
    # One photo of Tom goes by the other name.
    tagwright("edit", *rex, tom[4], "--add", "Pets/Rex", "--write", "none")
    tagwright("edit", *tom[:4], *tom[5:], "--add", "Tom", "--write", "none")
    tagwright("edit", folder / "other rocket.jpg", "--add", "Rocket", "--write", "none")

    table, picture, photos = (tmp_path / name for name in ("t.csv", "p.png", "photos.csv"))
    ran = tagwright(
        "evaluate", "--library", *MODEL, "--json",
        "--csv", table, "--png", picture, "--photos", photos,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    assert result["judged"] == len(rex) + len(tom)
    assert set(result["tags"]) == {"Pets/Rex", "Tom"} and result["too_few"] == {"Rocket": 1}
    assert result["mistakes"] == [
        {"shows": "Pets/Rex", "taken_for": "Tom", "photos": [str(tom[4])]}
    ]
    assert result["learning_curve"]["3"]
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("tag,photos,precision") and "" in lines
    assert lines[lines.index("") + 1] == "examples of each tag,right,lowest,highest"
    rows = list(csv.reader(photos.read_text(encoding="utf-8").splitlines()))
    assert [str(tom[4]), "Pets/Rex", "Tom"] in rows and len(rows) == 1 + result["judged"]
    with Image.open(picture) as image:
        assert image.height > 800  # the curves stand below each other
    text = tagwright("evaluate", "--library", *MODEL).out
    assert "Pets/Rex" in text and "Left out, because fewer than 5" in text and "Rocket (1)" in text
    # Nothing of it is written: the same answers as before.
    with Library(home / "data") as library:
        assert Tag.parse("Tom") in {each.tag for each in library.answers()}


def test_wrong_use_is_explained(tagwright: Tagwright, folder: Path) -> None:
    assert "goes with neither" in tagwright("evaluate", folder, "--library").err
    assert "name a folder" in tagwright("evaluate").err
    ran = tagwright("evaluate", folder, "--learning-curve")
    assert ran.code == 2 and "--learning-curve needs" in ran.err


def test_a_learning_curve_of_a_head(tagwright: Tagwright, folder: Path, tmp_path: Path) -> None:
    classes = tmp_path / "classes"
    for name in ("rex", "tom"):
        (classes / name).mkdir(parents=True)
        for path in folder.glob(f"{name} *.jpg"):
            path.rename(classes / name / path.name)
    features, head, table = (tmp_path / name for name in ("f.npz", "head", "t.csv"))
    tagwright("features", classes, "-o", features, *MODEL)
    assert tagwright("train", features, "-o", head).code == 0
    ran = tagwright(
        "evaluate", features, "--head", head, "--learning-curve", "--json", "--photos", table
    )
    result = json.loads(ran.out)
    assert list(result["learning_curve"]) == ["1", "3", "5"]
    assert result["mistakes"] == []
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    assert ["rex/rex 0.jpg", "rex", "rex"] in rows


def test_the_photos_behind_the_mistakes_of_a_network(
    tagwright: Tagwright, photos: Path, tmp_path: Path
) -> None:
    folder, table = tmp_path / "set", tmp_path / "photos.csv"
    for name, kind in (("chelsea", "Cat"), ("coffee", "tripod")):
        (folder / kind).mkdir(parents=True)
        (photos / f"{name}.jpg").rename(folder / kind / f"{name}.jpg")
    result = json.loads(tagwright("evaluate", folder, "--json", "--photos", table).out)
    wrong = str(folder / "tripod" / "coffee.jpg")
    assert result["mistakes"] == [
        {"shows": "Technology/Tripod", "taken_for": "something else", "photos": [wrong]}
    ]
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    assert [wrong, "Technology/Tripod", "something else"] in rows
