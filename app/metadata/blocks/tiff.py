"""Just enough of TIFF to walk directories, in Exif, in the MP index and in TIFF files, and to
give the first of them other entries without moving anything.

Source: TIFF 6.0 section 2, the BigTIFF design (libtiff), TIFF Technical Note 1 (SubIFDs, type
13); Exif 3.0 section 4.6.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import numpy as np
import numpy.typing as npt

from app.metadata.splice import Edit, Refusal


class Data(Protocol):
    """Bytes of which parts can be taken: a file's, in memory or not."""

    def __len__(self) -> int: ...
    def __getitem__(self, part: slice, /) -> bytes: ...


#: Bytes per value by TIFF type; 13 is IFD, 16 to 18 are BigTIFF's.
SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8,
                13: 4, 16: 8, 17: 8, 18: 8, 129: 1}  # fmt: skip
BYTE, UNDEFINED, LONG, IFD = 1, 7, 4, 13
#: Of the directories whose pages or previews are followed by another one, and of those (Exif,
#: GPS, interoperability) whose last four bytes some cameras fill with noise.
_CHAINED: Final = (0x014A, 0x0190)
_SINGLE: Final = (0x8769, 0x8825, 0xA005)
#: Offset and length of data elsewhere: strips, tiles, a JPEG.
DATA_TAGS: Final = {0x0111: 0x0117, 0x0144: 0x0145, 0x0201: 0x0202}
#: Values that this program writes, and so may move: XMP, IPTC, XPKeywords.
_OURS: Final = (700, 33723, 0x9C9E)
#: Where a LONG value may be an offset to something not known here: free space and the tables of
#: old-style JPEG (TIFF 6.0), private tags. Sizes in pixels and such would look like offsets too.
_OFFSETS: Final = frozenset((288, 519, 520, 521))
_NO_OFFSETS: Final = frozenset((*_OURS, *range(0x8822, 0x8836), *range(0x9000, 0x9300),
                                *range(0xA000, 0xA500)))  # fmt: skip
_MAX_DIRECTORIES: Final = 40_000
_HEADER: Final = 8


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


@dataclass(frozen=True, slots=True)
class Value:
    """What an entry is to hold.

    Attributes:
        type: of TIFF.
        data: the bytes as they are to stand in the file, a whole number of values.
    """

    type: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory that can be reached; `parent` is the tag that points at it, 0 for a page."""

    offset: int
    entries: Sequence[Entry]
    following: int
    parent: int


class Structure:
    """All directories that can be reached, and which bytes they use.

    Attributes:
        directories: IFD0 first.
        used: shape (n, 2), absolute ranges that something uses; IFD0 and its values of tags
            that this program writes are left out, see `own`.
        own: the absolute ranges of those values.
        numbers: values that may be offsets from `base` to something not known here.

    Raises:
        Refusal: something lies outside of the block (appended bytes would become part of it)
            or in the header, is met twice, or is too much.
    """

    def __init__(self, tiff: Tiff) -> None:
        self.directories: list[Directory] = []
        self.own: list[tuple[int, int]] = []
        self._tiff = tiff
        self._room = 4 * (tiff.end - tiff.base)
        self._known: set[tuple[int, int]] = set()
        self._ranges: list[tuple[int, int]] = []
        self._arrays: list[npt.NDArray[np.int64]] = []
        self._numbers: list[npt.NDArray[np.int64]] = []
        self._walk()
        ranges = np.array(self._ranges, np.int64).reshape(-1, 2)
        self.used = np.concatenate((ranges, *self._arrays))
        self.numbers = np.concatenate((np.zeros(0, np.int64), *self._numbers))
        if len(self.used) and (self.used[:, 0].min() < tiff.base + _HEADER):
            raise Refusal("data inside the TIFF header")
        if len(self.used) and self.used[:, 1].max() > tiff.end:
            raise Refusal("data that overruns its TIFF block")

    @property
    def pages(self) -> list[Directory]:
        """The directories that follow each other from the header on."""
        return [found for found in self.directories if not found.parent]

    def users(self, start: int, end: int) -> int:
        """How many of `used` touch an absolute range."""
        return int(np.count_nonzero((self.used[:, 0] < end) & (self.used[:, 1] > start)))

    def _walk(self) -> None:
        tiff = self._tiff
        pending, seen = [(tiff.first, 0)], set[int]()
        while pending:
            offset, parent = pending.pop()
            if not offset:
                continue
            if offset < _HEADER:
                raise Refusal("a directory inside the TIFF header")
            if offset in seen:
                raise Refusal("a directory that is reached twice")
            seen.add(offset)
            entries, following = tiff.ifd(offset)
            size = 2 + 12 * len(entries) + 4
            self._spend(size)
            if len(seen) > _MAX_DIRECTORIES:
                raise Refusal("too many directories")
            if tiff.base + offset + size > tiff.end:
                raise Refusal("a directory that is cut off")
            first = len(seen) == 1
            if not first:
                self._ranges.append((tiff.base + offset, tiff.base + offset + size))
            self.directories.append(Directory(offset, entries, following, parent))
            if parent in _SINGLE:
                self._numbers.append(np.array([following], np.int64))
            else:
                pending.append((following, parent))
            for entry in entries:
                pending += self._note(entry, first)
            self._note_data({entry.tag: entry for entry in entries})

    def _note(self, entry: Entry, first: bool) -> list[tuple[int, int]]:
        """Note what an entry uses; returns the directories that it points at."""
        where = (entry.data, entry.data + entry.size)
        if entry.offset >= 0:
            (self.own if first and entry.tag in _OURS else self._ranges).append(where)
            if entry.offset < _HEADER:
                raise Refusal("a value inside the TIFF header")
            if where[1] > self._tiff.end:
                raise Refusal("a value that overruns its TIFF block")
            if where not in self._known:  # pages may share one
                self._known.add(where)
                self._spend(entry.size)
        elif entry.type not in SIZES:
            self._numbers.append(np.array([self._tiff.long(entry.at + 8)], np.int64))
        if entry.tag in (*_CHAINED, *_SINGLE) or entry.type == IFD:
            if entry.type not in (LONG, IFD):
                raise Refusal("a directory's offset of an unusual type")
            return [(number, entry.tag) for number in self._read(entry).tolist()]
        private = entry.tag >= 0x8000 and entry.tag not in _NO_OFFSETS
        if entry.type in (LONG, 9) and (private or entry.tag in _OFFSETS):
            self._numbers.append(self._read(entry))
        return []

    def _note_data(self, entries: Mapping[int, Entry]) -> None:
        for offset_tag, size_tag in DATA_TAGS.items():
            if offset_tag not in entries:
                continue
            starts, sizes = (
                self._read(entries[tag]) if tag in entries else np.zeros(0, np.int64)
                for tag in (offset_tag, size_tag)
            )
            # Of a size that is missing or 0 libtiff makes the rest of the file.
            if len(starts) != len(sizes) or np.any((sizes <= 0) & (starts != 0)):
                raise Refusal("picture data of unknown length")
            starts, sizes = starts[sizes > 0] + self._tiff.base, sizes[sizes > 0]
            self._arrays.append(np.stack((starts, starts + sizes), axis=1))

    def _read(self, entry: Entry) -> npt.NDArray[np.int64]:
        """All numbers of an entry of an integer type that lies inside the block."""
        kind = {BYTE: "u1", 3: "u2", LONG: "u4", 9: "i4", IFD: "u4"}.get(entry.type)
        if kind is None or entry.data + entry.size > self._tiff.end:
            raise Refusal("numbers of an unusual type")
        self._spend(entry.size)
        raw = self._tiff.data[entry.data : entry.data + entry.size]
        order = "<" if self._tiff.order == "little" else ">"
        return np.frombuffer(raw, order + kind).astype(np.int64)

    def _spend(self, size: int) -> None:
        """Ranges that overlap could make a small file take endless time or memory."""
        self._room -= size
        if self._room < 0:
            raise Refusal("directories or values that overlap")


def tail(tiff: Tiff, structure: Structure) -> int:
    """The absolute offset from which a block consists of IFD0 and values of ours that only it
    uses, as `directory_edits` leaves them: this may be replaced. `tiff.end` if there is none.
    """
    first = structure.directories[0]
    start = tiff.base + first.offset
    position = start + 2 + 12 * len(first.entries) + 4
    for begin, end in sorted(structure.own):
        if end <= start:
            continue
        aligned = position + (position - tiff.base) % 2
        if begin != aligned or any(tiff.data[position:begin]):
            return tiff.end
        position = end
    numbers = structure.numbers + tiff.base
    alone = (
        position == tiff.end
        and first.offset % 2 == 0
        and not structure.users(start, tiff.end)
        and not np.any((numbers >= start) & (numbers < tiff.end))
    )
    return start if alone else tiff.end


def directory_edits(
    tiff: Tiff, entries: Mapping[int, Value | None], structure: Structure | None = None
) -> list[Edit]:
    """The edits that add, replace or (None) remove entries of IFD0.

    A copy of IFD0 with the new values behind it is appended to the block and the header points
    at it; no other byte moves or changes. Values elsewhere keep their offsets, so that the copy
    is as right as the original. A copy that an earlier edit appended is replaced. Positions are
    absolute; what is appended is inserted at `tiff.end`. Empty if nothing changes.

    Args:
        tiff: the block.
        entries: by tag.
        structure: of the block, if it is known already.

    Raises:
        Refusal: IFD0 or something else in the block is broken, or would pass a limit.
    """
    if tiff.big or bytes(tiff.data[tiff.base + 2 : tiff.base + 4]) not in (b"*\0", b"\0*"):
        raise Refusal("not a classic TIFF block")
    structure = structure or Structure(tiff)
    if not structure.directories:
        raise Refusal("a TIFF block without a directory")
    first = structure.directories[0]
    old = {entry.tag: entry for entry in first.entries}
    tags = [entry.tag for entry in first.entries]
    if any(tags.count(tag) > 1 for tag in (*entries, *_OURS)):
        raise Refusal("a directory that holds an entry twice")
    if all(_holds(tiff, old.get(tag), value) for tag, value in entries.items()):
        return []
    start = tail(tiff, structure)
    new = {tag: value for tag, value in entries.items() if value is not None}
    kept = [entry for entry in first.entries if entry.tag not in entries]
    for entry in kept:
        if entry.offset >= 0 and entry.data >= start:  # goes where the tail goes
            new[entry.tag] = Value(entry.type, _raw(tiff, entry))
    kept = [entry for entry in kept if entry.tag not in new]
    pad = bytes((start - tiff.base) % 2) if start == tiff.end else b""
    offset = start + len(pad) - tiff.base
    body = pad + _directory(tiff, kept, new, offset, first.following)
    if np.any((structure.numbers >= offset) & (structure.numbers < start + len(body) - tiff.base)):
        raise Refusal("a number that could be an offset into what would be appended")
    edits = [Edit(start, tiff.end, body)]
    if offset != first.offset:
        pointer = offset.to_bytes(4, tiff.order)
        edits.insert(0, Edit(tiff.base + 4, tiff.base + 8, pointer))
    return edits


def _raw(tiff: Tiff, entry: Entry) -> bytes:
    return bytes(tiff.data[entry.data : entry.data + entry.size])


def _holds(tiff: Tiff, entry: Entry | None, value: Value | None) -> bool:
    if entry is None or value is None:
        return entry is None and value is None
    return entry.type == value.type and _raw(tiff, entry) == value.data


def _directory(
    tiff: Tiff, kept: Sequence[Entry], new: Mapping[int, Value], offset: int, following: int
) -> bytes:
    """A directory at an offset from `base` (an even one) with the values of `new` behind it."""
    count = len(kept) + len(new)
    if not 0 < count <= 0xFFFF:
        raise Refusal("a directory with no or too many entries")
    rows = [(entry.tag, bytes(tiff.data[entry.at : entry.at + 12])) for entry in kept]
    values, position = b"", offset + 2 + 12 * count + 4
    shape = ("<" if tiff.order == "little" else ">") + "HHI"
    for tag, value in sorted(new.items()):
        number, rest = divmod(len(value.data), SIZES[value.type])
        if rest or not number:
            raise ValueError(f"{len(value.data)} bytes are no values of TIFF type {value.type}")
        content = value.data.ljust(4, b"\0")
        if len(value.data) > 4:
            values += bytes((position + len(values)) % 2)
            at = (position + len(values)) & 0xFFFFFFFF  # what does not fit is refused below
            content = at.to_bytes(4, tiff.order)
            values += value.data
        rows.append((tag, struct.pack(shape, tag, value.type, number) + content))
    if (position + len(values)) >> 32:
        raise Refusal("offsets that do not fit into 32 bits")
    rows.sort(key=lambda row: row[0])
    return (
        count.to_bytes(2, tiff.order)
        + b"".join(row for _, row in rows)
        + following.to_bytes(4, tiff.order)
        + values
    )
