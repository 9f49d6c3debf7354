"""Pictures to look at: made on other threads, kept within bounds, right to the pixel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.workers.pictures import Picture, PictureLoader


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[PictureLoader]:
    loader = PictureLoader()
    yield loader
    loader.close()


def test_the_picture_is_that_of_the_file(
    qtbot: QtBot, loader: PictureLoader, samples: Path
) -> None:
    path = samples / "chelsea.png"
    with qtbot.waitSignal(loader.loaded) as loaded:
        assert loader.load(path, 4000) is None
    picture: Picture = loaded.args[0]
    assert picture.path == path and picture.full and picture.size == (451, 300)
    with Image.open(path) as image:
        for x, y in ((0, 0), (450, 299), (200, 260)):
            assert tuple(picture.levels[0][y, x, 2::-1].tolist()) == image.getpixel((x, y))
    assert loader.load(path, 4000) is picture, "it is kept"
    assert loader.load_full(path) is picture, "it has every pixel already"


def test_every_pixel_comes_when_it_is_wanted(
    qtbot: QtBot, loader: PictureLoader, photos: Path
) -> None:
    path = photos / "coffee.jpg"
    with qtbot.waitSignal(loader.loaded) as loaded:
        loader.load(path, 300)
    assert loaded.args[0].width == 300 and not loaded.args[0].full
    with qtbot.waitSignal(loader.loaded) as loaded:
        assert loader.load_full(path) is None
    assert loaded.args[0].width == 600 and loaded.args[0].full
    assert loader.load(path, 300) is loaded.args[0]


def test_neighbours_are_ready(qtbot: QtBot, loader: PictureLoader, photos: Path) -> None:
    paths = sorted(photos.iterdir())
    with qtbot.waitSignals([loader.loaded] * len(paths)):
        loader.load(paths[0], 300)
        loader.preload(paths[1:])
    assert all(loader.load(path, 300) is not None for path in paths)


def test_memory_is_bounded(qtbot: QtBot, photos: Path) -> None:
    loader = PictureLoader(memory=300 * 300 * 4)
    try:
        paths = sorted(photos.iterdir())
        for path in paths:
            with qtbot.waitSignal(loader.loaded):
                loader.load(path, 300)
        assert [loader.load(path, 300) is not None for path in paths] == [False] * 3 + [True]
    finally:
        loader.close()


def test_what_is_wanted_no_longer_is_not_made(
    qtbot: QtBot, loader: PictureLoader, photos: Path
) -> None:
    paths = sorted(photos.iterdir())
    made: list[Path] = []
    loader.loaded.connect(lambda picture: made.append(picture.path))
    loader.load(paths[0], 300)
    loader.preload(paths * 50)
    loader.cancel()
    with qtbot.waitSignal(loader.loaded):
        loader.load(paths[-1], 300)
    assert made == [paths[-1]]


def test_says_why_a_photo_cannot_be_shown(
    qtbot: QtBot, loader: PictureLoader, tmp_path: Path, photos: Path
) -> None:
    damaged = tmp_path / "damaged.jpg"
    damaged.write_bytes((photos / "coffee.jpg").read_bytes()[:300])
    for path, word in ((damaged, "damaged"), (tmp_path / "gone.jpg", "No such file")):
        with qtbot.waitSignal(loader.failed) as failed:
            loader.load(path, 300)
        assert failed.args[0] == path and word in failed.args[1]
    with qtbot.waitSignal(loader.loaded):
        loader.load(photos / "coffee.jpg", 300)


def test_a_large_photo_has_smaller_copies(
    qtbot: QtBot, loader: PictureLoader, tmp_path: Path
) -> None:
    path = tmp_path / "large.jpg"
    Image.linear_gradient("L").resize((5000, 3000)).save(path)
    with qtbot.waitSignal(loader.loaded) as loaded:
        loader.load(path, 5000)
    picture: Picture = loaded.args[0]
    assert [level.shape[1] for level in picture.levels] == [5000, 2500, 1250]
    assert picture.levels[picture.level(1.0)].shape[1] == 5000
    assert picture.levels[picture.level(0.5)].shape[1] == 2500
    assert picture.levels[picture.level(0.3)].shape[1] == 2500
    assert picture.levels[picture.level(0.01)].shape[1] == 1250
    assert picture.levels[picture.level(3.0)].shape[1] == 5000
