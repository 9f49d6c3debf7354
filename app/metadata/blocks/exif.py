"""What Exif says that matters here: whether the file may grow, and Windows' keywords.

Nothing else in Exif is changed or moved. But offsets in it can point behind its own segment (camera
makers keep large previews at the end of the file, and some old MakerNotes count from the
start of the file), and such a file breaks when anything in front of the target grows.
Embedding is refused there. A needless refusal costs a sidecar, a missed one costs data, so
whatever looks like such an offset counts as one.

Source: Exif 3.0 sections 4.5.4 and 4.6; for MakerNotes, ExifTool's `MakerNotes.pm` and
`Minolta.pm`/`Olympus.pm`/`Canon.pm` describe the habits (where each maker's offsets count
from); no code was taken from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import piexif

from app.metadata.blocks.tiff import BYTE, SIZES, UNDEFINED, Entry, Tiff, Value, directory_edits
from app.metadata.splice import Edit, Refusal

HEADER: Final = b"Exif\0"
_EXIF, _GPS, _INTEROP, _SUB_IFDS, _MAKER_NOTE = 0x8769, 0x8825, 0xA005, 0x014A, 0x927C
XP_KEYWORDS: Final = 0x9C9E
#: Offset and length of data elsewhere: strips, thumbnail.
_PAIRS: Final = {0x0111: 0x0117, 0x0144: 0x0145, 0x0201: 0x0202}
#: The same in MakerNotes and the directories below them: Nikon and others, Minolta, Olympus,
#: Pentax (ExifTool's tables of those names, PreviewImageStart and PreviewImageLength).
_MAKER_PAIRS: Final = {0x0201: 0x0202, 0x0088: 0x0089, 0x0101: 0x0102, 0x0004: 0x0003}
_MAX_IFDS: Final = 64
_TYPES: Final = frozenset(SIZES)


def tiff_of(data: bytes, start: int, end: int) -> Tiff:
    """The TIFF structure in an Exif segment whose payload is `data[start:end]`.

    Raises:
        Refusal: there is none.
    """
    return Tiff(data, start + 6, end)


def xp_keywords(tiff: Tiff) -> tuple[str, ...] | None:
    """Windows' keywords from IFD0, or None where there are none."""
    try:
        entries, _ = tiff.ifd(tiff.first)
    except Refusal:
        return None
    for entry in entries:
        if entry.tag == XP_KEYWORDS and entry.type in (BYTE, UNDEFINED):
            raw = bytes(tiff.data[entry.data : entry.data + entry.size])
            text = raw[: len(raw) - len(raw) % 2].decode("utf-16-le", "replace")
            parts = (part.strip() for part in text.partition("\0")[0].split(";"))
            return tuple(part for part in parts if part)
    return None


def keyword_edits(tiff: Tiff, values: tuple[str, ...]) -> list[Edit]:
    """The edits that make these Windows' keywords, or take the entry out if there are none.

    Positions are absolute; what becomes longer is inserted at `tiff.end`. Empty if they are
    these already.

    Raises:
        Refusal: the keywords there are, or the directory, or a new keyword cannot be handled.
    """
    return directory_edits(tiff, {XP_KEYWORDS: keyword_value(tiff, values)})


def keyword_value(tiff: Tiff, values: tuple[str, ...]) -> Value | None:
    """The entry `XP_KEYWORDS` that holds these keywords; the one there is where it does already.

    Source: ExifTool's `Exif.pm` and Microsoft's System.Keywords (/app1/ifd/{ushort=40094}):
    UTF-16LE in either byte order of the file, ';' between keywords, a NUL at the end.

    Raises:
        Refusal: the keywords there are cannot be read in full, or a new one be written.
    """
    old = [entry for entry in tiff.ifd(tiff.first)[0] if entry.tag == XP_KEYWORDS]
    for entry in old:
        raw = bytes(tiff.data[entry.data : entry.data + entry.size])
        _check_keywords(entry, raw)
        if values and xp_keywords(tiff) == values:
            return Value(entry.type, raw)
    if not values:
        return None
    text = ";".join(values)
    if "\0" in text or text.count(";") != len(values) - 1:
        raise Refusal("a tag with a character that separates Windows' keywords")
    try:
        return Value(BYTE, (text + "\0").encode("utf-16-le"))
    except UnicodeEncodeError as error:
        raise Refusal("a tag that is no Unicode text") from error


def new_block(values: tuple[str, ...]) -> bytes:
    """A TIFF block, without 'Exif' and two NULs before it, that holds these keywords only.

    Exif 3.0 (section 4.6.8) also wants a resolution, a position of colour samples and a version
    in JPEG, and strict checkers miss them. They are left out: nobody has measured them here, and
    programs would believe them before what JFIF says.

    Raises:
        Refusal: a keyword cannot be written.
    """
    empty = Tiff(b"II*\0\x08\0\0\0" + bytes(6), 0, 14)
    value = keyword_value(empty, values)
    if value is None:
        raise ValueError("no keywords")
    dumped: bytes = piexif.dump({"0th": {XP_KEYWORDS: value.data}})
    return dumped.removeprefix(b"Exif\0\0")


def _check_keywords(entry: Entry, raw: bytes) -> None:
    """Refuse to replace what cannot be read in full."""
    try:
        rest = raw.decode("utf-16-le").partition("\0")[2]
    except UnicodeDecodeError as error:
        raise Refusal("Windows' keywords that cannot be read") from error
    if entry.type not in (BYTE, UNDEFINED) or rest.strip("\0") or len(raw) != entry.size:
        raise Refusal("Windows' keywords that cannot be read")


def check_self_contained(data: bytes, start: int, end: int, scan: int) -> bool:
    """Check that nothing in an Exif segment points at bytes behind it.

    `start` and `end` are the range of its payload, `scan` is where the picture data begins.
    Returns whether there is a MakerNote, whose offsets may count from the start of the file.

    Raises:
        Refusal: something does, or may.
    """
    try:
        tiff = tiff_of(data, start, end)
    except Refusal:
        return False  # no directory, no offsets
    has_maker_note = False
    for entry in _entries(tiff):
        if entry.tag == _MAKER_NOTE and entry.size > 4:
            has_maker_note = True
            _inside(tiff, entry.data, entry.size, "the MakerNote lies")
            _check_maker_note(tiff, entry.data, min(entry.data + entry.size, end))
        elif entry.offset >= 0:
            _inside(tiff, entry.data, entry.size, "Exif data lies")
    _check_previews(data, tiff, scan)
    return has_maker_note


def _entries(tiff: Tiff) -> Iterator[Entry]:
    """All entries of the directories that can be reached."""
    pending = [tiff.first]
    seen: set[int] = set()
    while pending and len(seen) < _MAX_IFDS:
        offset = pending.pop()
        if offset in seen or not offset:
            continue
        seen.add(offset)
        try:
            entries, following = tiff.ifd(offset)
        except Refusal:
            _inside(tiff, tiff.base + offset, 2, "an Exif directory lies")
            continue
        pending.append(following)
        by_tag = {entry.tag: entry for entry in entries}
        for entry in entries:
            if entry.tag in (_EXIF, _GPS, _INTEROP, _SUB_IFDS):
                pending += tiff.values(entry)
            if entry.tag in _PAIRS and _PAIRS[entry.tag] in by_tag:
                sizes = tiff.values(by_tag[_PAIRS[entry.tag]])
                for place, size in zip(tiff.values(entry), sizes, strict=False):
                    _inside(tiff, tiff.base + place, size, "an Exif preview lies")
            yield entry


def _inside(tiff: Tiff, start: int, size: int, what: str) -> None:
    """Refuse a range that is in the file but not (wholly) in the segment.

    What passes the end of the file is broken already and no worse when it grows.
    """
    if tiff.end < start + size <= len(tiff.data) and size:
        raise Refusal(f"{what} outside of its segment")


def _check_maker_note(tiff: Tiff, start: int, end: int) -> None:
    """Check the offsets of what looks most like a directory in a MakerNote, and below it.

    Makers count them from the TIFF header, the MakerNote or a header of its own. Data that
    fits by none of these, but lies in the file if counted from the start of it (or by any of
    these), is taken for data outside of the segment.
    """
    best: list[Entry] = []
    bases: set[int] = set()
    big = False
    for head in range(0, min(48, end - start - 14), 2):
        for order in (False, True):
            found = _directory(tiff, start + head, end, order)
            if len(found) > len(best):
                best, big = found, order
                bases = {tiff.base, start, start + head, start + max(head - 8, 0)}
    view = Tiff.view(tiff.data, tiff.end, "big" if big else "little")
    below = {
        base + number
        for entry in best
        for number in ([entry.offset] if entry.offset >= 0 else view.values(entry)[:1])
        for base in bases
        if tiff.base <= base + number < tiff.end
    }
    for entry in best:
        if entry.offset >= 0:
            _inside_by_any(tiff, bases, entry.offset, entry.size)
    for directory in (best, *(_directory(tiff, at, tiff.end, big) for at in below)):
        numbers = {entry.tag: view.values(entry) for entry in directory if entry.count == 1}
        for place, size in _MAKER_PAIRS.items():
            if numbers.get(place) and numbers.get(size):
                _inside_by_any(tiff, bases, numbers[place][0], numbers[size][0])


def _inside_by_any(tiff: Tiff, bases: set[int], offset: int, size: int) -> None:
    places = [base + offset for base in bases]
    if not any(tiff.base <= at and at + size <= tiff.end for at in places):
        for at in (*places, offset):
            _inside(tiff, at, size, "the MakerNote has data")


def _directory(tiff: Tiff, at: int, end: int, big: bool) -> list[Entry]:
    """The directory at an absolute offset; empty if it is not plausible that there is one."""
    count = int.from_bytes(tiff.data[at : at + 2], "big" if big else "little")
    if not 3 <= count <= 1000 or at + 2 + 12 * count > end:
        return []
    kinds = (
        tiff.data[at + 4 : at + 2 + 12 * count : 12],
        tiff.data[at + 5 : at + 2 + 12 * count : 12],
    )
    if any(kinds[1 - big]) or not _TYPES.issuperset(kinds[big]):
        return []  # most places fail here, before any entry is made
    entries, _ = Tiff.view(tiff.data, end, "big" if big else "little").ifd(at)
    plausible = len({entry.tag for entry in entries}) > 0.9 * count and all(
        entry.type in SIZES and entry.count and entry.size < len(tiff.data) for entry in entries
    )
    return entries if plausible else []


def _check_previews(data: bytes, tiff: Tiff, scan: int) -> None:
    """Look for numbers that are offsets of a JPEG behind the segment.

    Every 32-bit number in the segment is tried, counted from the start of the file and from
    the TIFF header; in the other byte order as well where the target would lie behind the
    start of the scan, which nothing hits by chance. Some Minolta cameras spoil the first
    byte of their previews, so only 'xx D8 FF' is asked for, and what can follow the FF of a
    marker there: neither 00 nor RSTn, which stand in a scan by chance (ITU-T T.81, B.1.1).
    """
    octets = np.frombuffer(data, np.uint8)
    block = data[tiff.base : tiff.end]
    for lead in range(4):
        whole = block[lead : len(block) - (len(block) - lead) % 4]
        for kind, order in (("<u4", "little"), (">u4", "big")):
            numbers = np.frombuffer(whole, kind)
            first = tiff.end if order == tiff.order else scan
            near = numbers[(numbers >= first - tiff.base) & (numbers < len(data) - 3)]
            for base in (0, tiff.base):
                places = near.astype(np.int64) + base
                places = places[(places >= first) & (places < len(data) - 3)]
                places = places[(octets[places + 1] == 0xD8) & (octets[places + 2] == 0xFF)]
                marker = octets[places + 3]
                if np.any((marker >= 0xC0) & (marker & 0xF8 != 0xD0)):
                    raise Refusal("the MakerNote or Exif points at a preview elsewhere in the file")
