"""Features in a file, and training on them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.core.errors import ReadError, UsageError
from app.core.tag import Tag
from app.services.features import Features
from app.services.training import judge_trained, learning_curve, split, train
from tests.learning.kinds import centres, photos


def made(names: tuple[str, ...] = ("Animal/Cat", "Animal/Dog", "boat"), each: int = 20) -> Features:
    rows = np.concatenate([photos(kind, each, n) for n, kind in enumerate(centres(len(names)))])
    classes = tuple(name for name in names for _ in range(each))
    paths = tuple(f"{name}/{n}.jpg" for n, name in enumerate(classes))
    return Features("net@1", 3, paths, classes, rows, np.zeros((len(rows), 7), np.float32))


def test_features_are_kept(tmp_path: Path) -> None:
    features = made()
    features.save(tmp_path / "f.npz")
    again = Features.load(tmp_path / "f.npz")
    assert (again.model, again.crops, again.paths, again.classes) == (
        "net@1", 3, features.paths, features.classes
    )  # fmt: skip
    assert (again.embeddings == features.embeddings).all() and again.scores.shape == (60, 7)
    assert again.tags() == tuple(map(Tag.parse, ("Animal/Cat", "Animal/Dog", "boat")))
    # Anybody can read it without this program.
    with np.load(tmp_path / "f.npz") as file:
        assert file["embeddings"].dtype == np.float16


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.npz").write_text("no archive")
    np.savez(tmp_path / "other.npz", a=np.zeros(3))
    for name in ("text.npz", "other.npz", "none.npz"):
        with pytest.raises(ReadError):
            Features.load(tmp_path / name)


def test_a_split_takes_its_share_of_every_class() -> None:
    features = made(each=10)
    learn, held = split(features, seed=3)
    assert sorted([*learn, *held]) == list(range(30))
    assert [int(np.sum((held >= n) & (held < n + 10))) for n in (0, 10, 20)] == [2, 2, 2]
    assert (split(features, seed=3)[1] == held).all() and (split(features, seed=4)[1] != held).any()
    two = features.take(np.array([0, 1, 10, 11]))
    assert [len(rows) for rows in split(two, seed=0)] == [2, 2]
    with pytest.raises(UsageError, match="needs two photos"):
        split(features.take(np.array([0, 1, 10])), seed=0)
    with pytest.raises(UsageError, match="at least two folders"):
        split(features.take(np.arange(10)), seed=0)


def test_training_and_judging() -> None:
    features = made()
    learn, held = split(features, seed=0)
    trained = train("nearest-mean", features.take(learn))
    figures = judge_trained(trained, features.take(held))
    assert figures.photos == 12 and figures.top_k[1] == 1.0
    # The head knows the parent, too, but that is no answer here.
    assert Tag(("Animal",)) in trained.head.tags
    assert figures.tags == features.tags()
    assert [each.photos for each in figures.by_tag] == [4, 4, 4]
    with pytest.raises(UsageError, match="named as the head's tags are"):
        judge_trained(trained, made(("x", "y")))


def test_a_learning_curve_rises() -> None:
    noisy = made(each=40)
    random = np.random.default_rng(0).standard_normal(noisy.embeddings.shape) * 1.5
    rows = np.maximum(noisy.embeddings + random, 0).astype(np.float16)
    features = Features("m", 1, noisy.paths, noisy.classes, rows, noisy.scores)
    learn, held = split(features, seed=0)
    points = list(
        learning_curve("nearest-mean", features.take(learn), features.take(held), seeds=5)
    )
    assert [each.examples for each in points] == [1, 3, 5, 10]  # no class has 50
    assert points[0].mean < points[-1].mean
