"""Changing photos by chance while they are learned, and showing what that does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.core.errors import WriteError
from app.core.training import TrainingSettings

#: The share of a full turn, and of the size, up to which photos are turned and scaled.
ROTATION: Final = 0.1
ZOOM: Final = 0.1

_EDGE: Final = 112
_GAP: Final = 4
#: Between two photos in a row, each with so many changed ones behind it.
_BLOCK_GAP: Final = 24
_BLOCKS: Final = 2
_CHANGED: Final = 4


def augmenter(settings: TrainingSettings) -> Any:
    """A Keras model that changes photos `[batch, edge, edge, 3]`, 0 to 255, by chance.

    It changes them only when it is called with `training=True`. As in TensorFlow's tutorial on
    image classification: mirrored, turned by up to 36 degrees, up to a tenth larger or smaller;
    what comes into the picture at its borders is the photo mirrored there.
    """
    import keras

    seed = settings.seed
    steps = []
    if settings.flip:
        steps.append(keras.layers.RandomFlip("horizontal", seed=seed))
    if settings.rotation:
        steps.append(keras.layers.RandomRotation(ROTATION, seed=seed + 1))
    if settings.zoom:
        steps.append(keras.layers.RandomZoom(ZOOM, seed=seed + 2))
    return keras.Sequential(steps or [keras.layers.Identity()], name="augmentation")


def contact_sheet(augment: Any, photos: Sequence[NDArray[np.uint8]], path: Path) -> None:
    """Write a picture of some photos, two in a row: as it is, then as augmentation changes it.

    Args:
        augment: see `augmenter`.
        photos: shape (edge, edge, 3) each.
        path: a PNG file; its folder is made.

    Raises:
        WriteError: it cannot be written.
    """
    step, block = _EDGE + _GAP, _CHANGED * (_EDGE + _GAP) + _EDGE
    blocks = min(len(photos), _BLOCKS)
    rows = -(-len(photos) // _BLOCKS)
    size = (blocks * block + (blocks - 1) * _BLOCK_GAP, rows * step - _GAP)
    # What is between the photos is transparent, for light and dark windows.
    sheet = Image.new("RGBA", size)
    for number, photo in enumerate(photos):
        same = np.repeat(photo[np.newaxis].astype(np.float32), _CHANGED, axis=0)
        changed = np.clip(np.asarray(augment(same, training=True)), 0, 255).astype(np.uint8)
        row, left = number // _BLOCKS, number % _BLOCKS * (block + _BLOCK_GAP)
        for column, pixels in enumerate([photo, *changed]):
            small = Image.fromarray(pixels).resize((_EDGE, _EDGE), Image.Resampling.BICUBIC)
            sheet.paste(small, (left + column * step, row * step))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(path, "PNG")
    except OSError as error:
        raise WriteError(path, error.strerror or str(error)) from error
