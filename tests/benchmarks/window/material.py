"""What the window is measured on: libraries, thumbnails and photos, made once in a work folder."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import skimage
from PIL import Image

from app.core.folders import Folders
from app.library.library import Library
from app.library.thumbnails import open_thumbnails
from app.vision.thumbnail import thumbnail
from tests.benchmarks.synthetic import make_library

#: The colour photos among scikit-image's samples.
SAMPLES = (
    "astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "motorcycle_left.png",
    "motorcycle_right.png", "hubble_deep_field.jpg", "retina.jpg", "ihc.png",
)  # fmt: skip
#: So many photos of a synthetic library have a thumbnail.
_WITH_THUMBNAIL = 4000
_SIZE = (640, 480)


def folders(home: Path) -> Folders:
    """The user's folders below a home."""
    return Folders(home / "data", home / "cache", home / "config")


def library_home(work: Path, photos: int) -> Path:
    """A home with a library of so many photos, the first ones with thumbnails. Not to be used."""
    home = work / f"library-{photos}"
    done = home / "done"
    if not done.exists():
        shutil.rmtree(home, ignore_errors=True)
        where = folders(home)
        where.data.mkdir(parents=True)
        if photos:
            make_library(where.data, photos)
        _add_thumbnails(where, min(photos, _WITH_THUMBNAIL))
        done.touch()
    return home


def copy_of(home: Path, to: Path) -> Path:
    """A copy of a home for one measurement."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(home, to)
    return to


def photo_folder(work: Path, count: int) -> Path:
    """A folder of small photos, all different. Not to be used: take a copy."""
    folder = work / f"photos-{count}"
    done = work / f"photos-{count}.done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for number, picture in enumerate(_pictures(count)):
            picture.save(folder / f"{number:05}.jpg", quality=85)
        done.touch()
    return folder


def _pictures(count: int) -> Iterator[Image.Image]:
    """Parts of the samples, each another one."""
    random = np.random.default_rng(0)
    base = Path(skimage.__file__).parent / "data"
    samples = [Image.open(base / name).convert("RGB") for name in SAMPLES if (base / name).exists()]
    for number in range(count):
        sample = samples[number % len(samples)]
        share = random.uniform(0.75, 1.0)
        width, height = int(sample.width * share), int(sample.height * share)
        left = int(random.integers(0, sample.width - width + 1))
        top = int(random.integers(0, sample.height - height + 1))
        box = (left, top, left + width, top + height)
        yield sample.resize(_SIZE, Image.Resampling.BILINEAR, box)


def _add_thumbnails(where: Folders, count: int) -> None:
    """As the pipeline would have made them."""
    if not count:
        return
    with Library(where.data) as library:
        ids = library.listing().ids[:count].tolist()
    some = [thumbnail(picture) for picture in _pictures(200)]
    for jpeg in some[:1]:
        Image.open(io.BytesIO(jpeg)).verify()
    with closing(open_thumbnails(where.thumbnails, where.data)) as cache:
        for first in range(0, count, 500):
            batch = ids[first : first + 500]
            cache.put({photo: some[n % len(some)] for n, photo in enumerate(batch)})
