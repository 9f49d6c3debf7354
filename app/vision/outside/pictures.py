"""Pictures to try a network on where nobody has given any: drawn, each with other things in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

_SIDE: Final = 320
#: Sky, ground, things.
_COLOURS: Final = (
    ((120, 170, 230), (70, 120, 50), (200, 60, 40)),
    ((230, 190, 150), (120, 90, 60), (60, 40, 30)),
    ((40, 60, 110), (20, 30, 40), (240, 220, 120)),
    ((190, 200, 205), (90, 95, 100), (30, 110, 160)),
    ((240, 240, 235), (200, 190, 175), (220, 140, 40)),
    ((30, 90, 80), (15, 50, 30), (235, 235, 245)),
)


def draw_pictures(number: int = 12) -> list[Image.Image]:
    """Pictures with the contrasts and colours of photos: the same ones each time."""
    random = np.random.default_rng(7)
    return [_draw(random, _COLOURS[n % len(_COLOURS)], n) for n in range(number)]


def _draw(
    random: np.random.Generator, colours: Sequence[tuple[int, int, int]], kind: int
) -> Image.Image:
    sky, ground, thing = (np.array(colour, float) for colour in colours)
    horizon = int(_SIDE * random.uniform(0.35, 0.75))
    rows = np.linspace(0, 1, _SIDE)[:, None, None]
    pixels = np.where(
        np.arange(_SIDE)[:, None, None] < horizon,
        sky * (0.8 + 0.3 * rows),
        ground * (1.2 - rows / 2),
    )
    pixels = pixels * np.ones((1, _SIDE, 1)) + 28 * _clouds(random)[..., None]
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    pencil = ImageDraw.Draw(image)
    middle, size = _SIDE // 2 + int(random.integers(-40, 40)), int(random.uniform(45, 110))
    box = (middle - size, _SIDE // 2 - size, middle + size, _SIDE // 2 + size)
    fill = (int(thing[0]), int(thing[1]), int(thing[2]))
    dark = (fill[0] // 3, fill[1] // 3, fill[2] // 3)
    if kind % 4 == 0:
        pencil.ellipse(box, fill=fill, outline=dark, width=4)
    elif kind % 4 == 1:
        pencil.rounded_rectangle(box, size // 5, fill=fill, outline=dark, width=5)
        for n in range(5):
            y = box[1] + (2 * n + 1) * size // 5
            pencil.line((box[0], y, box[2], y), fill=dark, width=6)
    elif kind % 4 == 2:
        for angle in np.linspace(0, 2 * np.pi, 9)[:-1]:
            right = middle + size * 0.7 * float(np.cos(angle))
            down = _SIDE / 2 + size * 0.7 * float(np.sin(angle))
            pencil.ellipse(
                (right - size / 2, down - size / 3, right + size / 2, down + size / 3), fill=fill
            )
        pencil.ellipse((middle - 25, _SIDE // 2 - 25, middle + 25, _SIDE // 2 + 25), fill=dark)
    else:
        pencil.polygon([(box[0], box[3]), (middle, box[1]), (box[2], box[3])], fill=fill)
        pencil.rectangle((middle - 15, box[3] - 50, middle + 15, box[3]), fill=dark)
    return image.filter(ImageFilter.GaussianBlur(0.8))


def _clouds(random: np.random.Generator) -> NDArray[np.float64]:
    """Noise in which, as in photos, large patches have more contrast than small ones."""
    across = np.fft.fftfreq(_SIDE)
    frequency = np.hypot(across[:, None], across[None, :])
    frequency[0, 0] = 1
    waves = random.normal(size=(2, _SIDE, _SIDE)) / frequency
    waves[:, 0, 0] = 0
    found = np.fft.ifft2(waves[0] + 1j * waves[1]).real
    return np.asarray(found / found.std())
