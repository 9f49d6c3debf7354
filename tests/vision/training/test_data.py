"""Photos for training: decoded, split and weighed."""

from __future__ import annotations

import errno
import os
import resource
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.core.errors import FileError, WriteError
from app.vision.training.data import Rows, class_weights, read_photos, split


def test_every_class_is_split_in_the_same_way() -> None:
    classes = np.repeat([0, 1, 2], [50, 10, 2])

    learn, held = split(classes, 0.8, seed=3)

    assert np.bincount(classes[learn]).tolist() == [40, 8, 1]
    assert np.bincount(classes[held]).tolist() == [10, 2, 1]
    assert sorted([*learn, *held]) == list(range(62))


def test_the_seed_says_which_photos_are_held_back() -> None:
    classes = np.repeat([0, 1], 50)

    _, first = split(classes, 0.8, seed=1)
    _, again = split(classes, 0.8, seed=1)
    _, other = split(classes, 0.8, seed=2)

    assert first.tolist() == again.tolist() != other.tolist()


def test_rare_classes_weigh_more() -> None:
    weights = class_weights(np.repeat([0, 1], [30, 10]), 2)

    assert weights == {0: pytest.approx(2 / 3), 1: pytest.approx(2.0)}
    # All together count as much as without weights.
    assert 30 * weights[0] + 10 * weights[1] == pytest.approx(40)


def test_damaged_photos_are_passed_over(samples: Path, tmp_path: Path) -> None:
    turned, cut, empty = (tmp_path / f"{name}.jpg" for name in ("turned", "cut", "empty"))
    with Image.open(samples / "chelsea.png") as image:
        exif = Image.Exif()
        exif[0x0112] = 6
        image.save(turned, exif=exif)
    cut.write_bytes(turned.read_bytes()[:900])
    empty.write_bytes(b"")
    missing = tmp_path / "missing.jpg"
    skipped: list[FileError] = []
    done: list[int] = []

    rows = Rows(tmp_path, (32, 32, 3), np.uint8)
    photos = read_photos(
        [(cut, 0), (turned, 1), (empty, 0), (missing, 1), (samples / "coffee.png", 0)],
        (32, 32), 0.875, rows,
        skipped=skipped.append, progressed=done.append,
    )  # fmt: skip

    rows.close()

    assert [error.path for error in skipped] == [cut, empty, missing]
    assert photos.classes.tolist() == [1, 0] and photos.pixels.shape == (2, 32, 32, 3)
    assert done == [1, 2, 3, 4, 5]
    with Image.open(samples / "chelsea.png") as image:
        upright = image.transpose(Image.Transpose.ROTATE_270)
    edge = min(upright.size) * 0.875
    left, top = (upright.width - edge) / 2, (upright.height - edge) / 2
    small = upright.resize((32, 32), box=(left, top, left + edge, top + edge))
    right, wrong = (
        np.abs(photos.pixels[0].astype(float) - np.rot90(np.asarray(small, float), turns)).mean()
        for turns in (0, 1)
    )
    assert right < 15 and wrong > 2 * right


def test_rows_of_a_file_leave_nothing_behind(tmp_path: Path) -> None:
    rows = Rows(tmp_path, (2,), np.float16)
    rows.append(np.array([[1, 2]]))
    rows.append(np.array([[3, 4], [5, 6]]))

    array = rows.array()
    rows.close()

    assert array.tolist() == [[1, 2], [3, 4], [5, 6]] and array.dtype == np.float16
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_an_error_and_no_crash(tmp_path: Path) -> None:
    rows = Rows(tmp_path, (1000,), np.uint8)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(WriteError, match=os.strerror(errno.EFBIG)):
            rows.append(np.zeros((100, 1000), np.uint8))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        rows.close()


def test_a_folder_that_is_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(WriteError):
        Rows(tmp_path / "file", (1,), np.uint8)
