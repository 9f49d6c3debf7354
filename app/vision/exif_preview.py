"""The small picture that cameras put into the Exif of a JPEG: at hand without decoding the photo.

Exif 3.0, 4.5.8: the second directory of the TIFF structure in APP1 holds a thumbnail, mostly
160 by 120 pixels, which is turned like the photo itself.
"""

from __future__ import annotations

import io
import struct
from typing import Any

import piexif
from PIL import Image

from app.vision.decode import upright

#: So much of a file holds its Exif and, nearly always, the photo's size after it, in bytes.
HEAD = 1 << 17
_LONGEST = 1024  # what is larger is no thumbnail, and takes long to decode
#: How far the proportions may be apart. Some cameras put a 3:2 photo into a 4:3 thumbnail with
#: black bars, and editors leave the old thumbnail when they crop.
_TOLERANCE = 0.03
#: Bytes of each TIFF type (TIFF 6.0, section 2).
_TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_POINTERS = (0x8769, 0x8825, 0xA005)  # Exif, GPS, interoperability


def exif_preview(head: bytes) -> Image.Image | None:
    """The thumbnail in a photo's Exif, upright.

    Args:
        head: the first `HEAD` bytes of the file.

    Returns:
        Mode RGB. None where there is none, it is damaged, or it shows something else than the
        photo, by its proportions.
    """
    exif = _exif(head)
    if exif is None:
        return None
    try:
        if not _is_sane(exif):
            return None
        said = piexif.load(b"Exif\0\0" + exif)
        if not said["thumbnail"]:
            return None
        image = Image.open(io.BytesIO(said["thumbnail"]), formats=("JPEG",))
        size = _photo_size(head, said)
        if size is None or max(image.size) > _LONGEST or not _alike(size, image.size):
            return None
        image.load()
        orientation = said["0th"].get(piexif.ImageIFD.Orientation, 1)
    except Exception:  # noqa: BLE001 (damaged Exif raises nearly anything; it is only a preview)
        return None
    return upright(image.convert("RGB"), orientation)


def _exif(head: bytes) -> bytes | None:
    """The TIFF structure in a JPEG's first Exif segment."""
    if not head.startswith(b"\xff\xd8"):
        return None
    position = 2
    while position + 4 <= len(head) and head[position] == 0xFF:
        marker = head[position + 1]
        if marker == 0xFF:  # a fill byte
            position += 1
            continue
        if marker == 0xDA:  # the picture itself
            return None
        length = int.from_bytes(head[position + 2 : position + 4], "big")
        segment = head[position + 4 : position + 2 + length]
        if marker == 0xE1 and segment.startswith(b"Exif\0"):
            return segment[6:]
        position += 2 + length
    return None


def _is_sane(tiff: bytes) -> bool:
    """Whether no entry claims more values than there are bytes.

    piexif believes the counts and would ask for gigabytes.
    """
    order = "<" if tiff.startswith(b"II") else ">"
    todo = [struct.unpack_from(order + "L", tiff, 4)[0]]
    seen: set[int] = set()
    while todo:
        start = todo.pop()
        if start in seen:
            return False
        seen.add(start)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for number in range(count):
            entry = start + 2 + 12 * number
            tag, kind, values, pointer = struct.unpack_from(order + "HHLL", tiff, entry)
            if _TYPE_SIZES.get(kind, 1) * values > len(tiff):
                return False
            if tag in _POINTERS:
                todo.append(pointer)
        after = start + 2 + 12 * count
        if len(seen) == 1 and after + 4 <= len(tiff):  # the second directory: the thumbnail's
            todo += [p for p in struct.unpack_from(order + "L", tiff, after) if p]
    return True


def _photo_size(head: bytes, said: dict[str, Any]) -> tuple[int, int] | None:
    """Width and height of the photo as it is stored, not turned."""
    try:
        with Image.open(io.BytesIO(head), formats=("JPEG",)) as photo:
            return photo.size
    except Exception:  # noqa: BLE001 (its size is not in the head)
        exif = said["Exif"]
        width = exif.get(piexif.ExifIFD.PixelXDimension)
        height = exif.get(piexif.ExifIFD.PixelYDimension)
    if isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0:
        return width, height
    return None


def _alike(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] * other[1] / (one[1] * other[0]) - 1) <= _TOLERANCE
