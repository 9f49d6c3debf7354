"""Just enough of TIFF to walk directories: in Exif, in the MP index and in TIFF files.

Source: TIFF 6.0 section 2 and the BigTIFF design (libtiff); Exif 3.0 section 4.6.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from app.metadata.splice import Refusal


class Data(Protocol):
    """Bytes of which parts can be taken: a file's, in memory or not."""

    def __len__(self) -> int: ...
    def __getitem__(self, part: slice, /) -> bytes: ...


#: Bytes per value by TIFF type; 13 is IFD, 16 to 18 are BigTIFF's.
SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8,
                13: 4, 16: 8, 17: 8, 18: 8, 129: 1}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One directory entry.

    Attributes:
        tag, type, count: as written.
        at: absolute offset of the entry in the file.
        data: absolute offset of its value; inside the entry where it is small.
        size: bytes of its value; 0 for an unknown type.
        offset: what the file says for where the value is, -1 if it is inside the entry.
    """

    tag: int
    type: int
    count: int
    at: int
    data: int
    size: int
    offset: int


class Tiff:
    """A TIFF structure whose offsets count from `base` and which should not pass `end`.

    Raises:
        Refusal: there is no TIFF header at `base`.
    """

    def __init__(self, data: Data, base: int, end: int) -> None:
        mark = bytes(data[base : base + 4])
        self.data, self.base, self.end = data, base, end
        self.order: Literal["little", "big"] = "little" if mark[:2] == b"II" else "big"
        self.big = mark in (b"II+\0", b"MM\0+")
        if mark[:2] not in (b"II", b"MM") or base + 8 > end:
            raise Refusal("no TIFF header")
        self.first = self._number(base + 8, 8) if self.big else self.long(base + 4)

    @classmethod
    def view(cls, data: Data, end: int, order: Literal["little", "big"]) -> Tiff:
        """Directories without a header, whose offsets count from the start of the file."""
        tiff = cls.__new__(cls)
        tiff.data, tiff.base, tiff.end, tiff.order, tiff.big = data, 0, end, order, False
        return tiff

    def short(self, at: int) -> int:
        """The 16-bit number at an absolute offset."""
        return self._number(at, 2)

    def long(self, at: int) -> int:
        """The 32-bit number at an absolute offset."""
        return self._number(at, 4)

    def ifd(self, offset: int) -> tuple[list[Entry], int]:
        """The entries of the directory at an offset from `base`, and the offset of the next.

        Raises:
            Refusal: the directory passes `end`.
        """
        start = self.base + offset
        head, step, inline = (8, 20, 8) if self.big else (2, 12, 4)
        if not self.base <= start <= self.end - head:
            raise Refusal("a directory outside of its block")
        count = self._number(start, head)
        stop = start + head + count * step
        if stop > self.end:
            raise Refusal("a directory outside of its block")
        raw = bytes(self.data[start + head : stop])
        shape = ("<" if self.order == "little" else ">") + ("HHQ8s" if self.big else "HHI4s")
        entries = []
        for at, (tag, kind, number, value) in zip(
            range(start + head, stop, step), struct.iter_unpack(shape, raw), strict=False
        ):
            size = number * SIZES.get(kind, 0)
            away = int.from_bytes(value, self.order) if size > inline else -1
            place = self.base + away if size > inline else at + 4 + inline
            entries.append(Entry(tag, kind, number, at, place, size, away))
        following = self._number(stop, inline) if stop + inline <= self.end else 0
        return entries, following

    def values(self, entry: Entry) -> list[int]:
        """The numbers of an entry of an integer type that lies inside the data."""
        width = SIZES.get(entry.type, 0)
        if entry.type not in (1, 3, 4, 13, 16, 18) or entry.data + entry.size > len(self.data):
            return []
        return [self._number(entry.data + i * width, width) for i in range(min(entry.count, 4096))]

    def _number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], self.order)
