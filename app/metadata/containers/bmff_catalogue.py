"""The boxes of ISO base media files, and the catalogue of items in HEIC and AVIF.

Nothing here trusts a number of the file: each is checked against the bytes that are there,
and a file that breaks a rule is refused.

Sources: ISO/IEC 14496-12:2022, 4.2 (boxes) and 8.11 (meta, iinf, iloc, iref, pitm, idat).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.metadata.splice import Refusal

XMP_TYPE: Final = "application/rdf+xml"
#: More than any photo has: a phone's picture of 48 megapixels has 200 tiles.
_MAX_BOXES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four-letter type, and where it, its content and what follows begin."""

    type: bytes
    start: int
    body: int
    end: int
    uuid: bytes = b""

    @property
    def name(self) -> str:
        """The type, for people."""
        return self.type.decode("latin-1").strip() if self.type.isascii() else self.type.hex()


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the catalogue.

    Attributes:
        box: the `infe` box that describes it.
        type: four letters, such as b"hvc1"; b"" in the oldest form of the box.
        content_type: the MIME type of b"mime" items, in lower case.
        plain: whether its bytes are neither encoded nor protected.
    """

    number: int
    box: Box
    type: bytes
    content_type: str
    plain: bool

    @property
    def is_xmp(self) -> bool:
        """Whether it is an XMP packet."""
        return self.content_type == XMP_TYPE


@dataclass(frozen=True, slots=True)
class Location:
    """Where an item's bytes are.

    Attributes:
        method: 0 in the file, 1 in the `idat` box, 2 within another item.
        reference: 0 for this file.
        extents: start and end of each piece: positions in the file for methods 0 and 1.
    """

    method: int
    reference: int
    extents: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """That one item refers to others, for example b"cdsc": it describes them."""

    type: bytes
    source: int
    targets: tuple[int, ...]


@dataclass(slots=True)
class Catalogue:
    """What the `meta` box says of the file.

    Attributes:
        children: the boxes in it.
        items, locations: by the items' numbers, in the order of the file.
        references: between items.
        primary: the number of the item that is the picture, None where it is not said.
    """

    children: list[Box] = field(default_factory=list)
    items: dict[int, Item] = field(default_factory=dict)
    locations: dict[int, Location] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    primary: int | None = None


def read(data: bytes, metas: list[Box]) -> Catalogue:
    """The catalogue, from the `meta` boxes at the top level.

    Raises:
        Refusal: there is not exactly one, or it does not add up.
    """
    if len(metas) != 1:
        raise Refusal("a photo without exactly one catalogue of its contents")
    return _Reader(data, metas[0]).catalogue


def walk(data: bytes, start: int, end: int, *, to_the_end: bool = False) -> Iterator[Box]:
    """The boxes one behind the other between two positions.

    Args:
        to_the_end: whether a box may have the size 0 and go on to the end.

    Raises:
        Refusal: they do not fill that space exactly.
    """
    position = start
    for _ in range(_MAX_BOXES):
        if position == end:
            return
        cursor = Cursor(data, position, end, "data behind the last box of the photo")
        size, kind = cursor.number(4), cursor.take(4)
        if size == 1:
            size = cursor.number(8)
        elif size == 0 and to_the_end:
            size = end - position
        uuid = cursor.take(16) if kind == b"uuid" else b""
        if size < cursor.position - position or size > end - position:
            raise Refusal("a photo that is cut off, or has data behind its last box")
        yield Box(kind, position, cursor.position, position + size, uuid)
        position += size
    raise Refusal("a photo with far too many boxes")


class _Reader:
    """Fills a catalogue."""

    def __init__(self, data: bytes, meta: Box) -> None:
        self.data = data
        self.catalogue = Catalogue()
        cursor = Cursor(data, meta.body, meta.end)
        if cursor.number(4):
            raise Refusal("a photo with an unknown kind of catalogue")
        self.catalogue.children.extend(walk(data, cursor.position, meta.end))
        by_type: dict[bytes, tuple[Box]] = {}
        for box in self.catalogue.children:
            if box.type in (b"iinf", b"iloc", b"iref", b"pitm", b"idat", b"hdlr"):
                if box.type in by_type:
                    raise Refusal(f"a photo with two boxes '{box.name}'")
                by_type[box.type] = (box,)
        for box in by_type.get(b"hdlr", ()):
            handler = Cursor(self.data, box.body, box.end)
            handler.take(8)
            if handler.take(4) != b"pict":
                raise Refusal("a file whose catalogue is not of pictures")
        for box in by_type.get(b"pitm", ()):
            cursor = Cursor(self.data, box.body, box.end)
            self.catalogue.primary = cursor.number(4 if _version(cursor, 1) else 2)
        for box in by_type.get(b"iinf", ()):
            self._read_items(box)
        for box in by_type.get(b"iref", ()):
            self._read_references(box)
        for box in by_type.get(b"iloc", ()):
            self._read_locations(box, *by_type.get(b"idat", ()))

    def _read_items(self, table: Box) -> None:
        cursor = Cursor(self.data, table.body, table.end)
        count = cursor.number(4 if _version(cursor, 1) else 2)
        entries = list(walk(self.data, cursor.position, table.end))
        if len(entries) != count or any(entry.type != b"infe" for entry in entries):
            raise Refusal("a photo whose catalogue does not add up")
        for entry in entries:
            item = _item(self.data, entry)
            if item.number in self.catalogue.items:
                raise Refusal("a photo with two items of the same number")
            self.catalogue.items[item.number] = item

    def _read_references(self, table: Box) -> None:
        cursor = Cursor(self.data, table.body, table.end)
        width = 4 if _version(cursor, 1) else 2
        for box in walk(self.data, cursor.position, table.end):
            entry = Cursor(self.data, box.body, box.end)
            source, count = entry.number(width), entry.number(2)
            targets = tuple(entry.number(width) for _ in range(count))
            if entry.position != box.end:
                raise Refusal("a photo whose catalogue does not add up")
            self.catalogue.references.append(Reference(box.type, source, targets))

    def _read_locations(self, table: Box, idat: Box | None = None) -> None:
        cursor = Cursor(self.data, table.body, table.end)
        version = _version(cursor, 2)
        sizes = cursor.number(2)
        offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
        index_size = sizes & 15 if version else 0
        if {offset_size, length_size, base_size, index_size} - {0, 4, 8}:
            raise Refusal("a photo whose catalogue has numbers of an unknown size")
        for _ in range(cursor.number(4 if version == 2 else 2)):
            number = cursor.number(4 if version == 2 else 2)
            method = cursor.number(2) if version else 0
            reference = cursor.number(2)
            base = cursor.number(base_size)
            count = cursor.number(2)
            # Extents that take no room could be 65,535 for nothing.
            if method > 2 or number in self.catalogue.locations or (count > 1 and not length_size):
                raise Refusal("a photo whose catalogue does not add up")
            extents = []
            for _ in range(count):
                cursor.number(index_size)
                start = base + cursor.number(offset_size)
                extents.append((start, start + cursor.number(length_size)))
            location = Location(method, reference, tuple(extents))
            self.catalogue.locations[number] = self._checked(location, idat)
        if cursor.position != table.end:
            raise Refusal("a photo whose catalogue does not add up")

    def _checked(self, location: Location, idat: Box | None) -> Location:
        """A location with positions in the file, which must be there."""
        if location.method > 1 or location.reference:
            return location
        origin, limit = 0, len(self.data)
        if location.method == 1:
            if idat is None:
                raise Refusal("a photo whose catalogue does not add up")
            origin, limit = idat.body, idat.end
        extents = [(origin + start, origin + end) for start, end in location.extents]
        # A length of 0 stands for all that there is, which nobody means.
        if any(start >= end or end > limit for start, end in extents):
            raise Refusal("a photo with data behind its end")
        return Location(location.method, location.reference, tuple(extents))


def _item(data: bytes, box: Box) -> Item:
    cursor = Cursor(data, box.body, box.end)
    version = _version(cursor, 3)
    number = cursor.number(4 if version == 3 else 2)
    protected = cursor.number(2)
    kind = cursor.take(4) if version > 1 else b""
    cursor.text()  # its name
    content_type = encoding = ""
    if kind in (b"", b"mime"):
        content_type = cursor.text().lower()
        encoding = cursor.text() if cursor.position < box.end else ""
    return Item(number, box, kind, content_type, not (encoding or protected))


def _version(cursor: Cursor, highest: int) -> int:
    """The version of a box; its flags are passed over."""
    version = cursor.number(1)
    cursor.number(3)
    if version > highest:
        raise Refusal("a photo whose catalogue is of an unknown version")
    return version


class Cursor:
    """Reading forward between two positions, and never beyond."""

    def __init__(
        self, data: bytes, position: int, end: int, overrun: str = "a photo with a box cut short"
    ) -> None:
        self._data, self.position, self._end, self._overrun = data, position, end, overrun

    def take(self, size: int) -> bytes:
        if size > self._end - self.position:
            raise Refusal(self._overrun)
        self.position += size
        return self._data[self.position - size : self.position]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def text(self) -> str:
        """Up to a zero byte, which must be there."""
        end = self._data.find(b"\0", self.position, self._end)
        if end < 0:
            raise Refusal(self._overrun)
        text = self._data[self.position : end]
        self.position = end + 1
        return text.decode("utf-8", "replace")
