"""Exif in a chunk of its own, as PNG (eXIf) and WebP (EXIF) keep it."""

from __future__ import annotations

from typing import Final

from app.metadata.blocks import exif
from app.metadata.blocks.tiff import Tiff

#: What leads Exif in a JPEG. It does not belong into a chunk, but some writers leave it.
HEADER: Final = b"Exif\0\0"


def tiff(data: bytes, start: int, end: int) -> Tiff:
    """The TIFF structure in the chunk whose content is `data[start:end]`.

    Raises:
        Refusal: there is none.
    """
    return Tiff(data, start + len(HEADER) * data.startswith(HEADER, start, end), end)


def holds_only_keywords(found: Tiff) -> bool:
    """Whether Windows' keywords are all that there is, so that without them the chunk can go.

    Raises:
        Refusal: its first directory cannot be read.
    """
    entries, following = found.ifd(found.first)
    return len(entries) == 1 and not following and exif.xp_keywords(found) is not None
