"""`tagwright features`, `train` and `evaluate --head`: a tutorial's flow in three commands."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.conftest import Tagwright


@pytest.fixture
def classes(photos: Path, tmp_path: Path) -> Path:
    """A folder for each of three kinds, with six parts of a sample photo in each."""
    folder = tmp_path / "classes"
    for name, kind in (
        ("chelsea", "Animal/Cat"),
        ("coffee", "Coffee"),
        ("motorcycle_left", "Bike"),
    ):
        (folder / kind).mkdir(parents=True)
        with Image.open(photos / f"{name}.jpg") as image:
            for n in range(6):
                left, top = n % 3 * image.width // 16, n // 3 * image.height // 16
                box = (left, top, left + image.width * 7 // 8, top + image.height * 7 // 8)
                part = image.crop(box)
                part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if n % 2 else part
                part.save(folder / kind / f"{n}.jpg")
    (folder / "Coffee" / "broken.jpg").write_bytes(b"no photo")
    return folder


def test_the_whole_flow(tagwright: Tagwright, classes: Path, tmp_path: Path) -> None:
    file, head = tmp_path / "features.npz", tmp_path / "head"
    ran = tagwright("features", classes, "-o", file, "--model", "efficientnet-lite0")
    assert ran.code == 1 and "broken.jpg" in ran.err  # one photo cannot be read
    assert "18 photos in 3 folders" in ran.out
    with np.load(file) as kept:
        assert kept["embeddings"].shape == (18, 1280) and kept["scores"].shape == (18, 1000)
        assert set(kept["classes"]) == {"Animal/Cat", "Coffee", "Bike"}

    table, picture = tmp_path / "figures.csv", tmp_path / "figures.png"
    ran = tagwright(
        "train", file, "-o", head, "--seed", "1", "--json", "--csv", table, "--png", picture,
        "--learning-curve",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    assert (result["learned"], result["judged"], result["head"]) == (15, 3, "nearest-mean")
    assert result["accuracy"] == 1.0 and result["tags"]["Animal/Cat"]["average_precision"] == 1.0
    assert result["learning_curve"]["3"] == [1.0] * 5
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    assert rows[0][:5] == ["tag", "photos", "precision", "recall", "average precision"]
    assert ["Bike", "1", "1.0000", "1.0000", "1.0000"] in [row[:5] for row in rows]
    with Image.open(picture) as image:
        assert image.width > 400 and len(image.getcolors(1 << 20) or []) > 5

    again = tagwright("train", file, "--seed", "1", "--json")
    assert json.loads(again.out)["confusion"] == result["confusion"]

    # The kept head has learned all of them, and judges a folder as well as a file.
    ran = tagwright("evaluate", file, "--head", head, "--json")
    assert ran.code == 0 and json.loads(ran.out)["accuracy"] == 1.0
    text = tagwright("evaluate", classes, "--head", head).out
    assert "judged on 18 photos" in text and "100.0% right" in text and "Animal/Cat" in text


@pytest.mark.parametrize("kind", ["gnb", "svm", "logistic"])
def test_other_heads(kind: str, tagwright: Tagwright, classes: Path, tmp_path: Path) -> None:
    if kind in ("svm", "logistic"):
        pytest.importorskip("sklearn")
    (classes / "Coffee" / "broken.jpg").unlink()
    head = tmp_path / "head"
    model = ("--model", "efficientnet-lite0", "--crops", "1")
    ran = tagwright("train", classes, "--head", kind, "-o", head, *model)
    assert ran.code == 0 and f"{kind} on efficientnet-lite0" in ran.out
    ran = tagwright("evaluate", classes, "--head", head, "--crops", "1", "--json")
    assert json.loads(ran.out)["accuracy"] > 0.8


def test_wrong_use_is_explained(tagwright: Tagwright, photos: Path, tmp_path: Path) -> None:
    ran = tagwright("train", photos)
    assert ran.code == 2 and "at least two folders" in ran.err
    assert tagwright("train", tmp_path / "none").code == 2
    (tmp_path / "empty").mkdir()
    ran = tagwright("features", tmp_path / "empty", "-o", tmp_path / "x.npz")
    assert ran.code == 2 and "has no photos" in ran.err
    (tmp_path / "text").write_text("hello")
    ran = tagwright("evaluate", photos, "--head", tmp_path / "text")
    assert ran.code == 1 and "is not a head" in ran.err
    ran = tagwright("train", tmp_path / "text")
    assert ran.code == 1 and "tagwright features" in ran.err
    assert tagwright("train", photos, "--head", "forest").code == 2


def test_evaluate_says_how_good_each_tag_is(
    tagwright: Tagwright, photos: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "set"
    for name, kind in (("chelsea", "Cat"), ("camera", "tripod"), ("coffee", "tripod")):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        (photos / f"{name}.jpg").rename(folder / kind / f"{name}.jpg")
    table, picture = tmp_path / "t.csv", tmp_path / "p.png"
    ran = tagwright("evaluate", folder, "--json", "--csv", table, "--png", picture)
    result = json.loads(ran.out)
    assert result["tags"]["Animal/Cat"]["average_precision"] == 1.0
    # The coffee is not taken for a tripod, but for something that no photo here should be.
    assert result["tags"]["Technology/Tripod"]["recall"] == 0.5
    assert result["confusion"] == [[1, 0, 0], [0, 1, 1]]
    assert 0 <= result["calibration_error"] <= 1
    assert "taken for something else" in table.read_text(encoding="utf-8").splitlines()[0]
    assert picture.exists()
    assert "Technology/Tripod" in tagwright("evaluate", folder).out


def test_comparing_heads(tagwright: Tagwright, tmp_path: Path, classes: Path) -> None:
    ran = tagwright("train", "--head", "compare")
    assert ran.code == 2 and "nothing has been accepted" in ran.err
    ran = tagwright("train", "--head", "svm")
    assert ran.code == 2 and "name a folder" in ran.err
    ran = tagwright("train", classes, "--head", "compare", "--model", "efficientnet-lite0")
    assert ran.code == 1 and "broken.jpg" in ran.err
    assert ran.out.startswith("18 photos, 3 tags")
    for kind in ("nearest-mean", "gnb", "svm", "logistic"):
        assert kind in ran.out
