"""From a photo file to a picture to look at: upright, in sRGB, never larger than the photo is."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageFile

from app.core.errors import DecodeError
from app.vision.decode import (
    _SIDEWAYS,
    _TURNS,
    MAX_PIXELS,
    Decoded,
    _open,
    _orientation,
    _refuse_bomb,
    _rgb,
    _to_srgb,
    blamed_on,
)


def decode_to_view(path: Path, content: bytes, longest: int | None = None) -> Decoded:
    """Decode a photo for the eye.

    Args:
        path: names the photo in errors, and its suffix tells RAW files.
        content: the whole file.
        longest: what the longer side of the result may have, in pixels. None: every pixel of the
            photo, or as many as can be held safely where a JPEG has more than `MAX_PIXELS`.

    Raises:
        DecodeError: damaged, not an image, of an unknown kind, or too large.
    """
    if not content:
        raise DecodeError(path, "the file is empty")
    with blamed_on(path), _open(path, content) as source:
        return _for_the_eye(path, source, len(content), longest)


def _for_the_eye(path: Path, source: Image.Image, size: int, longest: int | None) -> Decoded:
    width, height = source.size
    # The DCT scales by halves.
    too_large = max(1.0, math.sqrt(width * height / MAX_PIXELS))
    scale = 0.5 ** math.ceil(math.log2(too_large))
    if longest is not None:
        scale = min(scale, longest / max(1, width, height))
    wanted = max(1, round(width * scale)), max(1, round(height * scale))
    if scale < 1:
        # JPEG only: decoded straight to a half, quarter or eighth by the DCT.
        source.draft("RGB", wanted)
    _refuse_bomb(
        path, width * height if "progressive" in source.info else source.width * source.height
    )
    if isinstance(source, ImageFile.ImageFile):
        # One call of the decoder: between two of them other threads would be waited for.
        source.decodermaxblock = max(source.decodermaxblock, size)
    source.load()
    turn = _TURNS.get(_orientation(source))
    profile = source.info.get("icc_profile")
    image = _rgb(source)
    if image.width > wanted[0]:
        image = image.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if profile:
        image = _to_srgb(image, profile)
    if turn is not None:
        image = image.transpose(turn)
        if turn in _SIDEWAYS:
            width, height = height, width
    return Decoded(image, width, height)
