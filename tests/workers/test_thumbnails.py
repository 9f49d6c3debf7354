"""Thumbnails for the window: what is wanted comes, once, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import piexif
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.library.library import Library
from app.library.thumbnails import open_thumbnails
from app.vision.thumbnail import thumbnail
from app.workers.thumbnails import Pixels, ThumbnailLoader, Wanted

PATIENCE = 20_000  # milliseconds, on a busy machine


class Results:
    """Collects what a loader delivers."""

    def __init__(self, loader: ThumbnailLoader) -> None:
        self.previews: dict[int, tuple[int, int]] = {}
        self.pictures: dict[int, tuple[int, int]] = {}
        self.order: list[int] = []
        self.seen: list[tuple[int, bool]] = []
        self.colours: dict[int, tuple[int, ...]] = {}
        self.failures: list[tuple[int, str]] = []
        loader.ready.connect(self._ready)
        loader.failed.connect(lambda photo, reason: self.failures.append((photo, reason)))

    def _ready(self, photo: int, image: Pixels, is_preview: bool, pixels: int) -> None:
        size = (image.width, image.height)
        assert max(size) <= pixels
        self.seen.append((photo, is_preview))
        (self.previews if is_preview else self.pictures)[photo] = size
        if not is_preview:
            self.order.append(photo)
        whole = Image.frombytes("RGB", size, image.bgrx, "raw", "BGRX")
        centre = whole.getpixel((size[0] // 2, size[1] // 2))
        assert isinstance(centre, tuple)
        self.colours[photo] = centre

    @property
    def ended(self) -> set[int]:
        return {*self.pictures, *(photo for photo, _ in self.failures)}


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[], ThumbnailLoader]]:
    loaders: list[ThumbnailLoader] = []

    def new() -> ThumbnailLoader:
        loader = ThumbnailLoader(tmp_path / "thumbnails.db", tmp_path / "library")
        loaders.append(loader)
        return loader

    yield new
    for loader in loaders:
        loader.close()


def cached(tmp_path: Path) -> dict[int, bytes]:
    with closing(open_thumbnails(tmp_path / "thumbnails.db", tmp_path / "library")) as cache:
        return cache.get_many(range(1000))


def like_camera(path: Path, orientation: int = 1, bars: bool = False) -> None:
    """A photo whose Exif thumbnail is red, and which is itself blue."""
    small = Image.new("RGB", (160, 120 if not bars else 90), "red")
    exif = piexif.dump(
        {"0th": {piexif.ImageIFD.Orientation: orientation}, "1st": {}, "thumbnail": _jpeg(small)}
    )
    Image.new("RGB", (1600, 1200), "blue").save(path, exif=exif)


def _jpeg(image: Image.Image) -> bytes:
    return thumbnail(image)


def test_real_photos_come_and_are_kept(
    make: Callable[[], ThumbnailLoader], photos: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = dict(enumerate(sorted(photos.iterdir()), 1))
    first = make()
    first.set_size(200)
    results = Results(first)
    first.want([Wanted(photo, path) for photo, path in paths.items()])
    qtbot.waitUntil(lambda: results.ended == set(paths), timeout=PATIENCE)
    first.close()
    assert results.failures == []
    assert all(max(size) == 200 for size in results.pictures.values())
    assert set(cached(tmp_path)) == set(paths)

    for path in paths.values():  # now they can only come from the cache
        path.unlink()
    again = make()
    results = Results(again)
    again.want([Wanted(photo, path) for photo, path in paths.items()])
    qtbot.waitUntil(lambda: results.ended == set(paths), timeout=PATIENCE)
    assert results.failures == []
    assert results.previews == {}


def test_the_exif_preview_comes_first_and_upright(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    like_camera(tmp_path / "lying.jpg")
    like_camera(tmp_path / "standing.jpg", orientation=6)
    loader = make()
    results = Results(loader)
    loader.want([Wanted(1, tmp_path / "lying.jpg"), Wanted(2, tmp_path / "standing.jpg")])
    qtbot.waitUntil(lambda: results.ended == {1, 2}, timeout=PATIENCE)
    assert results.previews == {1: (160, 120), 2: (120, 160)}
    assert results.pictures == {1: (256, 192), 2: (192, 256)}
    for photo in (1, 2):
        assert [preview for who, preview in results.seen if who == photo] == [True, False]
        assert results.colours[photo][2] > 200


def test_an_exif_preview_of_other_proportions_is_not_shown(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    like_camera(tmp_path / "cropped.jpg", bars=True)
    loader = make()
    results = Results(loader)
    loader.want([Wanted(1, tmp_path / "cropped.jpg")])
    qtbot.waitUntil(lambda: results.ended == {1}, timeout=PATIENCE)
    assert results.previews == {}


def test_what_is_not_wanted_any_more_is_not_made(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (1500, 1500), "green").save(path)
    loader = make()
    results = Results(loader)
    loader.want([Wanted(photo, path) for photo in range(500)])
    loader.want([Wanted(photo, path) for photo in range(600, 610)])
    qtbot.waitUntil(lambda: set(results.pictures) >= set(range(600, 610)), timeout=PATIENCE)
    assert len(set(results.pictures) - set(range(600, 610))) <= 16  # those already begun


def test_the_first_that_is_wanted_is_made_first(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (300, 300), "green").save(path)
    loader = make()
    results = Results(loader)
    loader.want([Wanted(photo, path) for photo in reversed(range(40))])
    qtbot.waitUntil(lambda: len(results.ended) == 40, timeout=PATIENCE)
    # Two threads take from the same line, so this is not strict.
    assert sum(results.order[:20]) > sum(results.order[20:])


def test_a_photo_that_cannot_be_decoded_is_reported_once(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"\xff\xd8 no photo")
    loader = make()
    results = Results(loader)
    others = [tmp_path / "is not there.jpg", tmp_path, tmp_path / "pipe.jpg", tmp_path / "e.png"]
    os.mkfifo(others[2])
    others[3].touch()
    wanted = [Wanted(photo, each) for photo, each in enumerate([path, *others], 1)]
    loader.want(wanted)
    qtbot.waitUntil(lambda: results.ended == {1, 2, 3, 4, 5}, timeout=PATIENCE)
    Image.new("RGB", (300, 200), "green").save(path)
    Image.new("RGB", (300, 200), "green").save(tmp_path / "fine.png")
    loader.want([*wanted, Wanted(6, tmp_path / "fine.png")])
    qtbot.waitUntil(lambda: 6 in results.pictures, timeout=PATIENCE)
    assert len(results.failures) == 5
    assert all(reason for _, reason in results.failures)
    loader.forget([1])
    qtbot.waitUntil(lambda: results.pictures.get(1) == (256, 171), timeout=PATIENCE)
    assert len(results.failures) == 5


def test_a_photo_that_is_another_one_now_is_decoded_anew(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (300, 200), "red").save(path)
    loader = make()
    results = Results(loader)
    loader.want([Wanted(1, path)])
    qtbot.waitUntil(lambda: 1 in results.pictures, timeout=PATIENCE)
    Image.new("RGB", (200, 300), "blue").save(path)
    loader.forget([1])
    loader.want([Wanted(1, path, stale=True)])
    qtbot.waitUntil(lambda: results.pictures[1] == (171, 256), timeout=PATIENCE)
    loader.close()
    with Image.open(tmp_path / "a.png") as _, closing(_cache(tmp_path)) as cache:
        kept = cache.get(1)
    (tmp_path / "kept.jpg").write_bytes(kept or b"")
    with Image.open(tmp_path / "kept.jpg") as image:
        assert image.height > image.width


def _cache(tmp_path: Path):  # type: ignore[no-untyped-def]
    return open_thumbnails(tmp_path / "thumbnails.db", tmp_path / "library")


def test_larger_cells_get_larger_pictures_but_none_larger_than_the_photo(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    large, small = tmp_path / "large.png", tmp_path / "small.png"
    Image.new("RGB", (2000, 2000), "red").save(large)
    Image.new("RGB", (60, 40), "red").save(small)
    wanted = [Wanted(1, large, size=(2000, 2000)), Wanted(2, small, size=(60, 40))]
    loader = make()
    loader.set_size(128)
    results = Results(loader)
    loader.want(wanted)
    qtbot.waitUntil(lambda: results.pictures == {1: (128, 128), 2: (60, 40)}, timeout=PATIENCE)
    loader.set_size(600)
    qtbot.waitUntil(lambda: results.pictures == {1: (600, 600), 2: (60, 40)}, timeout=PATIENCE)
    assert results.previews == {1: (300, 300)}  # of the cache, until the large one was there


def test_a_damaged_thumbnail_is_made_again(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (300, 200), "red").save(path)
    with closing(_cache(tmp_path)) as cache:
        cache.put({1: b"\xff\xd8\xff damaged"})
    loader = make()
    results = Results(loader)
    loader.want([Wanted(1, path)])
    qtbot.waitUntil(lambda: 1 in results.pictures, timeout=PATIENCE)
    loader.close()
    assert len(cached(tmp_path)[1]) > 100


def test_lent_photos_of_all_kinds(
    make: Callable[[], ThumbnailLoader], data_dir: Path, qtbot: QtBot
) -> None:
    folders = (data_dir / name for name in ("camera", "formats", "metadata"))
    paths = [path for folder in folders for path in sorted(folder.iterdir()) if path.is_file()]
    loader = make()
    results = Results(loader)
    loader.want([Wanted(photo, path) for photo, path in enumerate(paths)])
    qtbot.waitUntil(lambda: len(results.ended) == len(paths), timeout=6 * PATIENCE)
    assert len(results.previews) >= 10
    for photo, size in results.previews.items():
        if photo in results.pictures:
            # Upright like the photo, so the picture does not jump when the real one comes.
            lies = [width > height for width, height in (size, results.pictures[photo])]
            assert lies[0] == lies[1], paths[photo].name
    failed = {paths[photo].name for photo, _ in results.failures}
    assert "truncated.dng" in failed
    assert len(failed) <= 6, failed


def test_modes_that_screens_do_not_know(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    kinds = {"I;16": 40000, "CMYK": (0, 0, 0, 0), "LA": (128, 10), "P": 3, "1": 1, "F": 0.5}
    wanted = []
    for photo, (mode, colour) in enumerate(kinds.items()):
        path = tmp_path / f"{photo}.tif"
        Image.new(mode, (300, 200), colour).save(path)
        wanted.append(Wanted(photo, path))
    loader = make()
    results = Results(loader)
    loader.want(wanted)
    qtbot.waitUntil(lambda: len(results.ended) == len(wanted), timeout=PATIENCE)
    assert results.failures == []


def test_closing_in_the_middle_ends_the_threads(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (1500, 1500), "green").save(path)
    loader = make()
    results = Results(loader)
    loader.want([Wanted(photo, path) for photo in range(300)])
    qtbot.waitUntil(lambda: len(results.pictures) >= 3, timeout=PATIENCE)
    loader.close()
    assert len(results.pictures) < 300
    assert set(cached(tmp_path)) >= set(results.pictures)  # what was made is kept


def test_without_a_library_it_works_and_keeps_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "library").write_text("in the way")
    Image.new("RGB", (300, 200), "red").save(tmp_path / "a.png")
    loader = ThumbnailLoader(tmp_path / "thumbnails.db", tmp_path / "library")
    results = Results(loader)
    loader.want([Wanted(1, tmp_path / "a.png")])
    qtbot.waitUntil(lambda: 1 in results.pictures, timeout=PATIENCE)
    loader.close()
    assert not (tmp_path / "thumbnails.db").exists()


def test_the_cache_of_another_library_is_not_shown(
    make: Callable[[], ThumbnailLoader], tmp_path: Path, qtbot: QtBot
) -> None:
    Library(tmp_path / "other").close()
    with closing(open_thumbnails(tmp_path / "thumbnails.db", tmp_path / "other")) as cache:
        cache.put({1: thumbnail(Image.new("RGB", (400, 300), "red"))})
    Image.new("RGB", (400, 300), "blue").save(tmp_path / "a.png")
    loader = make()
    results = Results(loader)
    loader.want([Wanted(1, tmp_path / "a.png")])
    qtbot.waitUntil(lambda: 1 in results.pictures, timeout=PATIENCE)
    assert results.colours[1][2] > 200
