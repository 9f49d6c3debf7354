"""The preview that a camera puts into its RAW files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from app.core.errors import DecodeError

#: LibRaw's `flip` to the Exif orientation that says the same.
_ORIENTATION_OF_FLIP = {0: 1, 3: 3, 5: 8, 6: 6}


def preview(path: Path, content: bytes) -> Image.Image:
    """The embedded preview; a quick half-size development where there is none.

    Raises:
        DecodeError: LibRaw cannot read the file.
    """
    import rawpy

    try:
        with rawpy.imread(io.BytesIO(content)) as photo:
            flip = photo.sizes.flip
            try:
                thumbnail = photo.extract_thumb()
            except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
                return _developed(path, photo)
    except rawpy.LibRawError as error:
        raise DecodeError(path, f"LibRaw cannot read it: {_reason(error)}") from error
    image: Image.Image
    if isinstance(thumbnail.data, bytes):
        image = Image.open(io.BytesIO(thumbnail.data), formats=("JPEG",))
    else:
        image = Image.fromarray(np.asarray(thumbnail.data))
    if 0x0112 not in image.getexif():
        image.getexif()[0x0112] = _ORIENTATION_OF_FLIP.get(flip, 1)
    return image


def _developed(path: Path, photo: Any) -> Image.Image:
    pixels = photo.postprocess(half_size=True, use_camera_wb=True)
    # LibRaw fills what is cut off with zeros and says nothing. No sensor sees one even colour.
    if pixels.min() == pixels.max():
        raise DecodeError(path, "holds no picture data; the file is probably cut off")
    return Image.fromarray(pixels)


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else error
    return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
