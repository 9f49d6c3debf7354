"""TIFF files and Exif laid out byte by byte, without the code under test."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image

from tests.metadata.builders import Entry

XMP, IPTC, RESOURCES, XP_KEYWORDS = 700, 33723, 34377, 0x9C9E
EXIF_IFD, SUB_IFDS, ICC = 0x8769, 0x014A, 34675


@dataclass
class Page:
    """A page of 8-bit RGB.

    Attributes:
        size: width and height in pixels; multiples of 16 where there are tiles.
        layout: how the pixels are kept.
        packed: by deflate.
        extra: further entries.
        below: directories that entries point at, by tag.
        photometric: 2 is RGB.
    """

    size: tuple[int, int] = (48, 32)
    layout: str = "strips"
    packed: bool = False
    extra: Sequence[Entry] = ()
    below: dict[int, Sequence[Entry]] = field(default_factory=dict)
    photometric: int = 2


def tiff(*pages: Page, order: str = "<", trailer: bytes = b"") -> bytes:
    """A file with these pages; each directory stands before its values and after its pixels."""
    mark = b"II" if order == "<" else b"MM"
    data = bytearray(mark + struct.pack(order + "HI", 42, 0))
    pointer = 4
    for number, page in enumerate(pages):
        entries = [*_pixels(data, page, number, order), *page.extra]
        for tag, below in page.below.items():
            at, _ = directory(data, below, order)
            entries.append((tag, 4, 1, struct.pack(order + "I", at)))
        at, behind = directory(data, entries, order)
        struct.pack_into(order + "I", data, pointer, at)
        pointer = behind
    return bytes(data) + trailer


def directory(data: bytearray, entries: Sequence[Entry], order: str) -> tuple[int, int]:
    """Put a directory at the end; returns where it is and where the next one's offset goes."""
    data += bytes(len(data) % 2)
    at = len(data)
    away = at + 2 + 12 * len(entries) + 4
    body, values = struct.pack(order + "H", len(entries)), b""
    for tag, kind, count, value in sorted(entries):
        inline = value.ljust(4, b"\0")
        if len(value) > 4:
            inline = struct.pack(order + "I", away + len(values))
            values += value + b"\0" * (len(value) % 2)
        body += struct.pack(order + "HHI", tag, kind, count) + inline
    data += body + bytes(4) + values
    return at, away - 4


def blob(tag: int, value: bytes, kind: int = 1) -> Entry:
    """An entry of single bytes, or of LONG padded with zeros."""
    if kind == 4:
        value += bytes(-len(value) % 4)
    return tag, kind, len(value) // (4 if kind == 4 else 1), value


def _pixels(data: bytearray, page: Page, number: int, order: str) -> list[Entry]:
    width, height = page.size
    rows = [
        bytes(c for x in range(width) for c in ((x * 5) % 256, (y * 7) % 256, (number * 40) % 256))
        for y in range(height)
    ]
    if page.layout == "tiles":
        parts = [
            b"".join(row[left * 3 : left * 3 + 48] for row in rows[top : top + 16])
            for top in range(0, height, 16)
            for left in range(0, width, 16)
        ]
        shape: list[tuple[int, int]] = [(322, 16), (323, 16)]
        where, sizes = 324, 325
    else:
        parts = [b"".join(rows[top : top + 8]) for top in range(0, height, 8)]
        shape, where, sizes = [(278, 8)], 273, 279
    offsets = []
    stored = [zlib.compress(part) if page.packed else part for part in parts]
    for part in stored:
        offsets.append(len(data))
        data += part
    short = [
        (256, width), (257, height), (259, 8 if page.packed else 1), (262, page.photometric),
        (277, 3), (284, 1), (296, 2), *shape,
    ]  # fmt: skip
    longs = {where: offsets, sizes: [len(part) for part in stored]}
    resolution = struct.pack(order + "II", 72, 1)
    return [
        *((tag, 3, 1, struct.pack(order + "H", value)) for tag, value in short),
        (258, 3, 3, struct.pack(order + "HHH", 8, 8, 8)),
        (282, 5, 1, resolution),
        (283, 5, 1, resolution),
        *((t, 4, len(n), struct.pack(f"{order}{len(n)}I", *n)) for t, n in longs.items()),
    ]


def by_pillow(pages: int = 1, **options: object) -> bytes:
    """A file that Pillow (and libtiff, where it is compressed) has written."""
    images = []
    for number in range(pages):
        image = Image.new("RGB", (64, 48))
        image.putdata([(x * 3, y * 5, number * 30) for y in range(48) for x in range(64)])
        images.append(image)
    file = io.BytesIO()
    images[0].save(
        file, "TIFF", save_all=pages > 1, append_images=images[1:], dpi=(72, 72), **options
    )
    return file.getvalue()


def pages_of(data: bytes) -> list[bytes]:
    """The decoded pixels of each page."""
    with Image.open(io.BytesIO(data)) as image:
        found = []
        for number in range(image.n_frames):
            image.seek(number)
            found.append(image.tobytes())
    return found


def first_directory(data: bytes) -> tuple[int, dict[int, tuple[int, bytes]], int]:
    """Offset of IFD0, type and bytes of its entries by tag, offset of the next directory."""
    order = "<" if data[:2] == b"II" else ">"
    (at,) = struct.unpack_from(order + "I", data, 4)
    (count,) = struct.unpack_from(order + "H", data, at)
    widths = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 12: 8, 13: 4}
    found = {}
    for number in range(count):
        entry = at + 2 + 12 * number
        tag, kind, length, where = struct.unpack_from(order + "HHII", data, entry)
        size = length * widths[kind]
        start = where if size > 4 else entry + 8
        found[tag] = (kind, data[start : start + size])
    (following,) = struct.unpack_from(order + "I", data, at + 2 + 12 * count)
    return at, found, following
