"""Photos as a network sees them, and the crops that calibrate its quantisation.

Calibration shows the float network some photos and notes the range of every activation; int8
then divides that range into 255 steps. What counts is variety, not labels: each photo gives its
centre crop, as in use, and random crops at other scales, half of them mirrored.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from app.core.errors import DecodeError, ReadError
from app.vision.build.sources import sha256

MEAN: Final = 127.0
STD: Final = 128.0
CROP_FRACTION: Final = 0.875
CROPS_PER_PHOTO: Final = 10
# Of these, so many round the weights: all that layers give for them has to fit in memory.
CROPS_TO_ROUND: Final = 3
_SMALLEST_CROP: Final = 0.35

_PHOTO_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class CalibrationPhoto:
    """A photo by its path below the folder of calibration photos, `/` between the parts."""

    name: str
    path: Path
    sha256: str


def list_photos(folder: Path) -> list[CalibrationPhoto]:
    """The photos in a folder and below it, sorted by name.

    Raises:
        ReadError: there is none, or one cannot be read.
    """
    try:
        paths = [path for path in folder.rglob("*") if path.suffix.lower() in _PHOTO_SUFFIXES]
        photos = [
            CalibrationPhoto(path.relative_to(folder).as_posix(), path, sha256(path.read_bytes()))
            for path in paths
        ]
    except OSError as error:
        raise ReadError(folder, str(error)) from error
    if not photos:
        raise ReadError(folder, "no photos for calibration in this folder")
    return sorted(photos, key=lambda photo: photo.name)


def samples(
    photos: Sequence[CalibrationPhoto], size: int, crops: int = CROPS_PER_PHOTO
) -> Iterator[NDArray[np.float32]]:
    """The network inputs `[1, size, size, 3]` for calibration, always the same for the same photos.

    The random numbers start from each photo's own SHA-256, so that another photo in the folder
    changes nothing for this one.
    """
    for photo in photos:
        image = open_rgb(photo.path)
        # random.Random keeps its sequence across Python versions; numpy does not promise that.
        chance = random.Random(photo.sha256)
        yield prepare(image, centre_box(image.width, image.height), size)[np.newaxis]
        for index in range(1, crops):
            box = _random_box(chance, image.width, image.height)
            pixels = prepare(image, box, size)
            yield np.ascontiguousarray(pixels[:, ::-1] if index % 2 else pixels)[np.newaxis]


def _random_box(chance: random.Random, width: int, height: int) -> Box:
    edge = chance.uniform(_SMALLEST_CROP, 1.0) * min(width, height)
    left, top = chance.uniform(0, width - edge), chance.uniform(0, height - edge)
    return left, top, left + edge, top + edge


def open_rgb(path: Path) -> Image.Image:
    """The photo, upright, as RGB.

    Raises:
        DecodeError: it is not a photo that Pillow decodes.
    """
    try:
        with Image.open(path) as image:
            return ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise DecodeError(path, str(error)) from error


def centre_box(width: int, height: int) -> Box:
    """Left, top, right, bottom in pixels of the central square, 0.875 of the shorter side wide."""
    edge = CROP_FRACTION * min(width, height)
    left, top = (width - edge) / 2, (height - edge) / 2
    return left, top, left + edge, top + edge


def prepare(image: Image.Image, box: Box, size: int) -> NDArray[np.float32]:
    """A part of an RGB image as network input: float32 `[size, size, 3]`, (x - 127) / 128."""
    scaled = image.resize((size, size), Image.Resampling.BICUBIC, box=box)
    return (np.asarray(scaled, dtype=np.float32) - np.float32(MEAN)) / np.float32(STD)
