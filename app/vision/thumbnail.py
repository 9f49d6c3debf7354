"""Thumbnails: the small JPEGs that are kept of every photo."""

from __future__ import annotations

import io
import math

from PIL import Image

#: Longest side that a kept thumbnail may have, in pixels.
THUMBNAIL_SIZE = 640
_QUALITY = 80


def thumbnail(image: Image.Image) -> bytes:
    """A decoded photo as the JPEG to be kept, at most `THUMBNAIL_SIZE` long."""
    # The network's size, about 300 pixels on the short side, suits a grid; only long panoramas
    # are made smaller.
    if max(image.size) > THUMBNAIL_SIZE:
        image = image.copy()
        image.thumbnail((THUMBNAIL_SIZE, THUMBNAIL_SIZE))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    """A kept thumbnail, not decoded yet.

    Raises:
        OSError: it is damaged.
    """
    return Image.open(io.BytesIO(jpeg), formats=("JPEG",))


def fitted(image: Image.Image, side: int) -> Image.Image:
    """A picture scaled down into a square; one that fits stays as large as it is.

    Args:
        image: what Pillow has opened; a JPEG that is not decoded yet is decoded scaled.
        side: of the square, in pixels.

    Returns:
        Mode RGB.

    Raises:
        OSError: it is damaged.
    """
    width, height = fitted_size(image.size, side)
    image.draft("RGB", (width, height))
    if image.size != (width, height):
        image = image.resize((width, height), Image.Resampling.BICUBIC)
    return image.convert("RGB")


def fitted_size(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Width and height of a picture scaled down into a square of `side` pixels."""
    scale = min(1.0, side / max(size))
    width, height = size
    return max(1, round(width * scale)), max(1, round(height * scale))


def short_side_for(size: tuple[int, int], side: int) -> int:
    """How long the short side is of a picture whose long side is to be `side`, rounded up."""
    return max(1, math.ceil(min(size) * min(1.0, side / max(size))))
