"""Photos that show a network what to expect before its numbers are rounded to int8.

Rounding divides the range of each layer's values into 256 steps, and the ranges are those that some
photos give. What counts is that they are the kind of photos that will come: the user's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.core.errors import FileError, ReadError, UsageError
from app.library.library import Library
from app.services.features import load_crops
from app.services.scan import find_photos
from app.vision.catalogue import ModelCard
from app.vision.pixels import as_input

_T = TypeVar("_T")

#: With fewer photos the ranges are a matter of luck.
FEWEST = 8
#: More do not change the ranges any more, and each takes as long as some dozen photos tagged.
MOST = 64


def photos_in(folder: Path) -> list[Path]:
    """All photos in a folder.

    Raises:
        UsageError: not a folder, or there are none.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: is not a folder")
    found = [each for each in find_photos([folder]) if not isinstance(each, ReadError)]
    if not found:
        raise UsageError(f"{folder}: has no photos in it")
    return found


def photos_of(library_folder: Path) -> list[Path]:
    """All photos that the library knows and that are there; none where there is no library."""
    if not library_folder.is_dir():
        return []
    with Library(library_folder) as library:
        return [photo.path for photo in library.photos() if photo.path.is_file()]


def spread(items: Sequence[_T], most: int) -> list[_T]:
    """Some of many, evenly from beginning to end; always the same ones."""
    if len(items) <= most:
        return list(items)
    return [items[index * len(items) // most] for index in range(most)]


def calibration_inputs(
    card: ModelCard, photos: Iterable[Path]
) -> Callable[[], Iterable[NDArray[np.float32]]]:
    """What `app.vision.convert.convert` calibrates with: each photo, every other one mirrored.

    Raises:
        UsageError: fewer than `FEWEST` of the photos can be read.
    """
    crops: list[NDArray[np.uint8]] = []
    for path in spread(list(photos), MOST):
        try:
            crop = load_crops(path, card, 1)
        except FileError:
            continue
        crops.append(np.ascontiguousarray(crop[:, :, ::-1]) if len(crops) % 2 else crop)
    if len(crops) < FEWEST:
        raise UsageError(
            f"int8 needs at least {FEWEST} photos to calibrate with, and there are {len(crops)};"
            " name a folder of them, or tag some photos first"
        )
    return lambda: (as_input(card, crop) for crop in crops)
