"""The pictures at hand: bounded, never worse than what was there, of the size that is painted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.ui.grid.pictures import Pictures
from app.workers.thumbnails import Pixels, ThumbnailLoader, Wanted

PATIENCE = 20_000


@pytest.fixture
def loader(tmp_path: Path, qtbot: QtBot) -> Iterator[ThumbnailLoader]:
    made = ThumbnailLoader(tmp_path / "thumbnails.db", tmp_path / "library")
    yield made
    made.close()


def picture(width: int, height: int, colour: str = "red") -> Pixels:
    pixels = Image.new("RGB", (width, height), colour).tobytes("raw", "BGRX")
    return Pixels(width, height, pixels)


def test_real_photos(loader: ThumbnailLoader, photos: Path, qtbot: QtBot) -> None:
    pictures = Pictures(loader)
    news: list[int] = []
    pictures.changed.connect(news.extend)
    wanted = [Wanted(photo, path) for photo, path in enumerate(sorted(photos.iterdir()))]
    pictures.want(wanted)
    qtbot.wait(50)
    assert news == []  # nobody has said how large
    pictures.set_size(120)
    qtbot.waitUntil(lambda: len(set(news)) == len(wanted), timeout=PATIENCE)
    for each in wanted:
        pixmap = pictures.get(each.photo)
        assert pixmap is not None
        assert max(pixmap.width(), pixmap.height()) == 120


def test_the_old_size_is_shown_until_the_new_one_is_there(
    loader: ThumbnailLoader, photos: Path, qtbot: QtBot
) -> None:
    pictures = Pictures(loader)
    pictures.set_size(100)
    pictures.want([Wanted(1, photos / "coffee.jpg")])
    with qtbot.waitSignal(pictures.changed, timeout=PATIENCE):
        qtbot.waitUntil(lambda: pictures.is_good(1), timeout=PATIENCE)
    seen: list[int] = []
    pictures.changed.connect(lambda _: seen.append(pictures.get(1).width()))  # type: ignore[union-attr]
    for pixels in range(110, 210, 10):  # a slider is drawn
        pictures.set_size(pixels)
        assert pictures.get(1) is not None
    qtbot.waitUntil(lambda: seen[-1:] == [200], timeout=PATIENCE)
    assert seen == [200]


def test_it_holds_what_was_used_last(loader: ThumbnailLoader) -> None:
    pictures = Pictures(loader, limit=10 * 4 * 100 * 100)
    pictures.set_size(100)
    for photo in range(10):
        loader.ready.emit(photo, picture(100, 100), False, 100)
    assert pictures.get(0) is not None  # used
    for photo in range(10, 15):
        loader.ready.emit(photo, picture(100, 100), False, 100)
    there = [photo for photo in range(15) if pictures.get(photo) is not None]
    assert there == [0, *range(6, 15)]
    loader.ready.emit(0, picture(10, 10), False, 100)  # takes less room now
    loader.ready.emit(20, picture(90, 90), False, 100)
    assert pictures.get(6) is not None


def test_a_preview_does_not_take_the_place_of_a_picture(loader: ThumbnailLoader) -> None:
    pictures = Pictures(loader)
    pictures.set_size(100)
    loader.ready.emit(1, picture(100, 80, "red"), False, 100)
    loader.ready.emit(1, picture(100, 80, "blue"), True, 100)
    assert pictures.get(1).toImage().pixelColor(5, 5) == QColor("red")  # type: ignore[union-attr]
    assert pictures.is_good(1)
    loader.ready.emit(2, picture(40, 30, "red"), True, 100)
    loader.ready.emit(2, picture(100, 75, "blue"), True, 100)
    assert pictures.get(2).width() == 100  # type: ignore[union-attr]
    assert not pictures.is_good(2)


def test_news_are_told_together(loader: ThumbnailLoader, qtbot: QtBot) -> None:
    pictures = Pictures(loader)
    told: list[list[int]] = []
    pictures.changed.connect(told.append)
    for photo in (3, 1, 2, 3):
        loader.ready.emit(photo, picture(10, 10), False, 256)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told == [[3, 1, 2]]


def test_what_cannot_be_shown_is_tried_again_when_asked(
    loader: ThumbnailLoader, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.png"
    pictures = Pictures(loader)
    pictures.set_size(100)
    pictures.want([Wanted(1, path)])
    qtbot.waitUntil(lambda: pictures.error(1) is not None, timeout=PATIENCE)
    assert pictures.is_good(1)  # there is nothing better to be had
    Image.new("RGB", (200, 100)).save(path)
    pictures.retry([1, 2])
    assert pictures.error(1) is None
    qtbot.waitUntil(lambda: pictures.get(1) is not None, timeout=PATIENCE)


def test_another_photo_at_the_same_path(
    loader: ThumbnailLoader, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (200, 100), "red").save(path)
    pictures = Pictures(loader)
    pictures.set_size(100)
    pictures.want([Wanted(1, path)])
    qtbot.waitUntil(lambda: pictures.is_good(1), timeout=PATIENCE)
    Image.new("RGB", (100, 200), "blue").save(path)
    pictures.renew([1])
    assert pictures.get(1).width() == 100  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: pictures.get(1).width() == 50, timeout=PATIENCE)  # type: ignore[union-attr]
    pictures.remove([1])
    assert pictures.get(1) is None


def test_what_is_on_the_screen_is_held_in_any_case(
    loader: ThumbnailLoader, photos: Path, qtbot: QtBot
) -> None:
    pictures = Pictures(loader, limit=1)
    news: list[int] = []
    pictures.changed.connect(news.extend)
    wanted = [Wanted(photo, path) for photo, path in enumerate(sorted(photos.iterdir()))]
    pictures.set_size(100)
    pictures.want(wanted)
    qtbot.waitUntil(lambda: len(set(news)) == len(wanted), timeout=PATIENCE)
    assert all(pictures.get(each.photo) is not None for each in wanted)
    pictures.want([])
    loader.ready.emit(100, picture(10, 10), False, 100)
    assert all(pictures.get(each.photo) is None for each in wanted)
