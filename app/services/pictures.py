"""Pictures of photos for showing, from their files."""

from __future__ import annotations

import stat
from pathlib import Path

from PIL import Image

from app.core.errors import ReadError
from app.services.tagging import MAX_FILE_SIZE, Gate
from app.vision.decode import decode, memory_needed
from app.vision.exif_preview import HEAD, exif_preview


def read_picture(path: Path, short_side: int, gate: Gate) -> Image.Image:
    """A photo, upright and scaled down.

    Args:
        short_side: of the result, in pixels; that of the photo if it is smaller.
        gate: is entered with the bytes that decoding takes, and may wait for others.

    Raises:
        ReadError: it cannot be read.
        DecodeError: it cannot be decoded.
    """
    _check(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(path, error.strerror or str(error)) from error
    with gate(memory_needed(path, content)):
        decoded = decode(path, content, short_side)
    if min(decoded.width, decoded.height) >= short_side:
        return decoded.image
    # Larger than it is it would only look blurred.
    return decoded.image.resize((decoded.width, decoded.height), Image.Resampling.BICUBIC)


def read_preview(path: Path) -> Image.Image | None:
    """The small picture in a photo's Exif, upright; None where there is none that fits.

    Reads only the head of the file.

    Raises:
        ReadError: it cannot be read.
    """
    _check(path)
    try:
        with path.open("rb") as file:
            return exif_preview(file.read(HEAD))
    except OSError as error:
        raise ReadError(path, error.strerror or str(error)) from error


def _check(path: Path) -> None:
    try:
        status = path.stat()
    except OSError as error:
        raise ReadError(path, error.strerror or str(error)) from error
    if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
        raise ReadError(path, "is not a file")
    if status.st_size > MAX_FILE_SIZE:
        raise ReadError(path, "is too large to be read safely")
