"""A folder with a folder of small photos for each class, which any network can tell apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

#: Name of a class, and the colour that its photos have more of.
CLASSES = {"Reds": (200, 60, 60), "Blues": (60, 60, 200)}


def make_classes(folder: Path, photos: int = 8, edge: int = 48) -> Path:
    """Write JPEGs of noise in two colours."""
    chance = np.random.default_rng(0)
    for name, colour in CLASSES.items():
        (folder / name).mkdir(parents=True)
        for number in range(photos):
            noise = chance.normal(colour, 40, (edge, edge, 3)).clip(0, 255).astype(np.uint8)
            Image.fromarray(noise).save(folder / name / f"{number}.jpg", quality=90)
    return folder
