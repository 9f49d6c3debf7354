"""TIFF files, whose metadata are entries of the first directory.

New values and a copy of that directory are appended and the header points at the copy, as
libtiff does when it rewrites a directory. So nothing in the file moves: every page, strip and
tile stays where it is, also what is behind the last one.

Source: TIFF 6.0 section 2; XMP specification part 3, section 1.1.7 (tags 700, 33723, 34377);
DNG specification 1.7 (50706 DNGVersion, photometric 32803 and 34892); C2PA 2.1, appendix A.3.4
(tag 52545). The signs of raw files are those of ExifTool's and dcraw's documentation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import ClassVar, Final

from app.metadata import splice
from app.metadata.blocks import exif, iptc, photoshop
from app.metadata.blocks.photoshop import Resources
from app.metadata.blocks.tiff import (
    BYTE,
    LONG,
    UNDEFINED,
    Directory,
    Entry,
    Structure,
    Tiff,
    Value,
    directory_edits,
    tail,
)
from app.metadata.containers import jpeg_segments
from app.metadata.containers.base import BlockChanges, Container, Kind
from app.metadata.splice import Edit, Refusal

_XMP, _IPTC, _RESOURCES = 700, 33723, 34377
_COMPRESSION, _PHOTOMETRIC, _MODEL, _MAKER_NOTE = 259, 262, 272, 0x927C
_DNG_VERSION, _DNG_PRIVATE, _C2PA = 0xC612, 0xC634, 0xCD41
_XMP_IN_RESOURCES: Final = 0x0424
_MAX_PAGES: Final = 10_000
_MAX_SIZE: Final = (1 << 32) - (1 << 16)
#: Of the colour filter's mosaic, and of pixels before they are developed.
_RAW_PHOTOMETRICS: Final = (32803, 34892)
#: Sony, Epson, Samsung (two), Nikon, lossy DNG, Kodak (two), Pentax; ExifTool's `Exif.pm`.
_RAW_COMPRESSIONS: Final = (32767, 32769, 32770, 32772, 34713, 34892, 65000, 65024, 65535)
_CFA_TAGS: Final = (33421, 33422)
#: Cameras whose raw files are called .TIF and say nothing else.
_RAW_MODELS: Final = (b"Canon EOS-1D", b"Canon EOS-1DS")


class TiffFile(Container):
    """A TIFF file.

    Raises:
        Refusal: it is BigTIFF, DNG or another raw format, signed, or breaks the format.
    """

    name: ClassVar[str] = "TIFF"
    makes_iptc: ClassVar[bool] = True
    max_xmp: ClassVar[int] = 16 << 20

    def __init__(self, data: bytes) -> None:
        if data[:4] in (b"II+\0", b"MM\0+"):
            raise Refusal("BigTIFF")
        if data[:4] not in (b"II*\0", b"MM\0*"):
            raise Refusal("not a TIFF file")
        _check_head(data[:16])
        if len(data) > _MAX_SIZE:
            raise Refusal("a TIFF file that is too large to grow")
        self.data = data
        self._tiff = Tiff(data, 0, len(data))
        self._structure = Structure(self._tiff)
        if not self._structure.directories:
            raise Refusal("a TIFF file without a page")
        if len(self._structure.pages) > _MAX_PAGES:
            raise Refusal("a TIFF file with too many pages")
        for directory in self._structure.directories:
            self._check(directory)
        if len(self._entries(_XMP)) > 1:
            raise Refusal("more than one XMP packet")

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._structure.pages)

    def content(self, kind: Kind) -> bytes | None:
        """See `Container.content`."""
        if kind == "xmp":
            return self._xmp()
        entry = self._iptc_entry()
        return None if entry is None else _trimmed(self._bytes(entry))

    def exif(self) -> Tiff | None:
        """See `Container.exif`: the whole file is one such structure."""
        return self._tiff

    def hidden_xmp(self) -> list[bytes]:
        """The packets of other pages, and one in the Photoshop resources."""
        found = {
            (entry.data, entry.size)
            for directory in self._structure.directories[1:]
            for entry in directory.entries
            if entry.tag == _XMP
        }
        others = [self.data[at : at + size] for at, size in sorted(found)]
        for entry in self._entries(_RESOURCES):
            try:
                resources = _resources(self._bytes(entry))
            except Refusal:
                continue
            others += map(resources.content, resources.all(_XMP_IN_RESOURCES))
        return others

    def edits(self, changes: BlockChanges) -> list[Edit]:
        """See `Container.edits`: one copy of the directory, and digests in place."""
        entries: dict[int, Value | None] = {}
        digests: list[Edit] = []
        if changes.xmp:
            old = self._xmp()
            kind = self._entries(_XMP)[0].type if old is not None else BYTE
            new = splice.apply(old or b"", changes.xmp)
            entries[_XMP] = Value(kind, new) if new else None
        if changes.iptc:
            entries[_IPTC], digests = self._new_iptc(changes.iptc)
        if changes.xp_keywords is not None:
            entries[exif.XP_KEYWORDS] = exif.keyword_value(self._tiff, changes.xp_keywords)
        edits = directory_edits(self._tiff, entries, self._structure) if entries else []
        if len(self.data) + sum(edit.growth for edit in edits) > _MAX_SIZE:
            raise Refusal("a TIFF file that would become too large")
        return [*edits, *digests]

    def picture(self) -> Sequence[tuple[int, int]]:
        """See `Container.picture`: all but the header's pointer, the copy of the directory that
        an earlier edit has appended with what is in it, the byte that aligns it, and digests.
        """
        stop = tail(self._tiff, self._structure)
        if stop % 2 == 0 and self.data[stop - 1] == 0:
            stop -= 1  # perhaps put there by an edit
        position, ranges = 8, [(0, 4)]
        for start, end, editable in sorted(self._digests()):
            if editable:
                ranges.append((position, start))
                position = end
        return [*ranges, (position, stop)]

    def _check(self, directory: Directory) -> None:
        """Refuse raw files and what is signed."""
        for entry in directory.entries:
            if entry.tag == _DNG_VERSION:
                raise Refusal("DNG")
            if entry.tag == _C2PA:
                raise Refusal("Content Credentials (C2PA), whose signature covers the whole file")
            raw = entry.tag in (*_CFA_TAGS, _DNG_PRIVATE)
            if entry.tag == _PHOTOMETRIC:
                raw = any(number in _RAW_PHOTOMETRICS for number in self._tiff.values(entry))
            elif entry.tag == _COMPRESSION:
                raw = any(number in _RAW_COMPRESSIONS for number in self._tiff.values(entry))
            elif entry.tag == _MODEL and self._bytes(entry).rstrip(b"\0 ") in _RAW_MODELS:
                found = self._structure.directories
                raw = any(each.tag == _MAKER_NOTE for other in found for each in other.entries)
            if raw:
                raise Refusal("a raw file")

    def _entries(self, tag: int) -> list[Entry]:
        return [entry for entry in self._structure.directories[0].entries if entry.tag == tag]

    def _bytes(self, entry: Entry) -> bytes:
        return self.data[entry.data : entry.data + entry.size]

    def _xmp(self) -> bytes | None:
        for entry in self._entries(_XMP):
            if entry.type not in (BYTE, UNDEFINED) or not entry.size:
                raise Refusal("XMP of an unusual type")
            return self._bytes(entry)
        return None

    def _iptc_entry(self) -> Entry | None:
        """The entry of the IPTC block, None without one.

        Raises:
            Refusal: it cannot be read, or there is another.
        """
        found = [
            entry
            for directory in self._structure.directories
            for entry in directory.entries
            if entry.tag == _IPTC
        ]
        for entry in self._entries(_RESOURCES):
            if _resources(self._bytes(entry)).all(photoshop.IPTC_ID):
                raise Refusal("IPTC in the Photoshop resources of a TIFF file")
        own = self._entries(_IPTC)
        if len(found) > 1 or len(found) != len(own):
            raise Refusal("more than one IPTC block")
        if not own:
            return None
        if own[0].type not in (BYTE, UNDEFINED, LONG):
            raise Refusal("IPTC of an unusual type")
        raw = self._bytes(own[0])
        try:
            iptc.Block(raw)
        except Refusal:
            _check_swapped(raw)
            raise
        return own[0]

    def _new_iptc(self, edits: Sequence[Edit]) -> tuple[Value | None, list[Edit]]:
        """The new entry, and the edits to digests of the block."""
        entry = self._iptc_entry()
        raw = b"" if entry is None else self._bytes(entry)
        old = _trimmed(raw)
        new = splice.apply(old, edits)
        # The specifications say UNDEFINED or BYTE; Photoshop, ExifTool and Exiv2 write LONG, and
        # ExifTool warns of all else.
        kind = LONG if entry is None else entry.type
        padded = new + bytes(-len(new) % 4) if kind == LONG else new
        digests = []
        for start, end, editable in self._digests():
            # With or without the padding: programs differ. A digest without a block says
            # nothing that could be kept (see `Resources.create`), and one that does not fit
            # says that the block is newer than the XMP; that stays said.
            for before, after in ((raw, padded), (old, new)):
                if entry is None or self.data[start:end] == _md5(before):
                    digests.append(Edit(start, end, _md5(after)))
                    if not editable:
                        raise Refusal("an IPTC digest that cannot be updated")
                    break
        return Value(kind, padded) if padded else None, digests

    def _digests(self) -> list[tuple[int, int, bool]]:
        """The ranges of the IPTC digests, and whether nothing else uses them."""
        found = []
        first = self._structure.directories[0]
        table = (first.offset, first.offset + 2 + 12 * len(first.entries) + 4)
        for entry in self._entries(_RESOURCES):
            try:
                resources = _resources(self._bytes(entry))
            except Refusal:
                continue
            for each in resources.all(photoshop.DIGEST_ID):
                start, end = entry.data + each.data, entry.data + each.end
                taken = any(a < end and b > start for a, b in (*self._structure.own, table))
                alone = self._structure.users(start, end) == 1 and not taken
                found.append((start, end, alone and end - start == 16))
        return found


def _check_head(head: bytes) -> None:
    """Refuse by what follows the TIFF header: raw files of Canon and Phase One, GeoTIFF."""
    phase_one = head[8:12] in (b"IIII", b"MMMM") and (b"Raw" in head[12:] or b"waR" in head[12:])
    if head[8:10] == b"CR" or phase_one:
        raise Refusal("a raw file")
    if head[8:].startswith(b"GDAL_STR"):
        raise Refusal("a cloud-optimised GeoTIFF, which says that its directories come first")


def _check_swapped(raw: bytes) -> None:
    """Refuse a block of which each four bytes stand in the wrong order, and say so."""
    swapped = b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4))
    try:
        iptc.Block(swapped)
    except Refusal:
        return
    raise Refusal("IPTC whose bytes stand in the wrong order")


def _trimmed(raw: bytes) -> bytes:
    """An IPTC block without the zeros that fill the entry up."""
    sets = iptc.Block(raw).sets
    return raw[: sets[-1].end] if sets else b""


def _resources(raw: bytes) -> Resources:
    """The resources of a TIFF file; they are those of one APP13 segment without its header.

    Raises:
        Refusal: they cannot be read.
    """
    size = len(photoshop.HEADER) + len(raw)
    whole = jpeg_segments.Segment(jpeg_segments.APP13, 0, 0, size)
    return Resources(photoshop.HEADER + raw, [whole])


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()
