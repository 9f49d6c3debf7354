"""Finding keywords in files that tags are not put into: other formats, and broken ones.

A new sidecar must hold what was visible from the file before, because programs let the
sidecar speak for the file. What cannot be read is reported, never raised.

Sources: XMP specification part 3 section 1.1 (where each format keeps XMP); PNG specification
section 11.3.4.5 (iTXt); WebP container specification (RIFF chunks); TIFF tags 700 and 33723
(XMP part 3, section 1.1.7).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, Protocol

from app.metadata.blocks import exif
from app.metadata.blocks.tiff import Data, Tiff
from app.metadata.contents import Contents
from app.metadata.splice import Refusal


class Searchable(Data, Protocol):
    """Bytes in which something can be found."""

    def find(self, what: bytes, start: int = 0, end: int | None = None, /) -> int: ...


class FileBytes:
    """The bytes of an open file, read piece by piece as they are asked for.

    Not a memory map: a file that is cut short while it is mapped kills the process.
    """

    _STEP: Final = 1 << 20

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size = file, size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, step = part.indices(self._size)
        self._file.seek(start)
        return self._file.read(max(stop - start, 0))[::step]

    def find(self, what: bytes, start: int = 0, end: int | None = None) -> int:
        """Like `bytes.find`."""
        stop = self._size if end is None else min(end, self._size)
        while start + len(what) <= stop:
            piece = self[start : min(start + self._STEP, stop)]
            found = piece.find(what)
            if found >= 0:
                return start + found
            if len(piece) < len(what):  # the file has become shorter
                break
            start += len(piece) - len(what) + 1
        return -1


_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEYWORD: Final = b"XML:com.adobe.xmp\0"
_TIFF: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"IIRO", b"IIRS", b"MMOR", b"IIU\0")
_XMP_TAG, _IPTC_TAG = 700, 33723
#: The largest packet that is looked at, and the most that a compressed one may unpack to.
MAX_PACKET: Final = 16 << 20
_MAX_PACKETS: Final = 16


def read_contents(data: Searchable) -> Contents:
    """What a file says about tags, as far as it can be read, and what could not be."""
    found = Contents()
    head = bytes(data[:12])
    packets: Iterable[bytes] = ()
    try:
        if head[:8] == _PNG:
            packets = list(_png(data))
        elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            packets = list(_riff(data))
        elif head[:4] in _TIFF:
            packets = _tiff(data, found)
        else:
            packets = _scan(data)
    except Refusal as refusal:
        found.problems.append(refusal.reason)
    for packet in packets:
        found.take_xmp(packet)
    return found


def _png(data: Data) -> Iterator[bytes]:
    position = 8
    while position + 12 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        kind, start = bytes(data[position + 4 : position + 8]), position + 8
        if start + size + 4 > len(data):
            raise Refusal("a PNG chunk that overruns the file")
        head = bytes(data[start : start + min(size, 200)])
        if kind == b"iTXt" and head.startswith(_PNG_KEYWORD) and size <= MAX_PACKET:
            yield _itxt(bytes(data[start + len(_PNG_KEYWORD) : start + size]))
        elif kind in (b"tEXt", b"zTXt", b"iTXt") and head.startswith(b"Raw profile type xmp"):
            raise Refusal("XMP in a raw profile, which is not read")
        position = start + size + 4


def _itxt(body: bytes) -> bytes:
    compressed = body[:1] == b"\1"
    parts = body[2:].split(b"\0", 2)  # language, translated keyword, text
    if len(parts) < 3:
        raise Refusal("a PNG text chunk that is cut off")
    if not compressed:
        return parts[2]
    unpack = zlib.decompressobj()
    try:
        return unpack.decompress(parts[2], MAX_PACKET)
    except zlib.error as error:
        raise Refusal("compressed XMP that does not unpack") from error


def _riff(data: Data) -> Iterator[bytes]:
    position = 12
    while position + 8 <= len(data):
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        if bytes(data[position : position + 4]) in (b"XMP ", b"XMP\0") and size <= MAX_PACKET:
            yield bytes(data[position + 8 : position + 8 + size])
        position += 8 + size + size % 2


def _tiff(data: Data, found: Contents) -> list[bytes]:
    tiff = Tiff(data, 0, len(data))
    entries, _ = tiff.ifd(tiff.first)
    packets = []
    for entry in entries:
        if entry.size > MAX_PACKET or entry.data + entry.size > len(data):
            continue
        if entry.tag == _XMP_TAG:
            packets.append(bytes(data[entry.data : entry.data + entry.size]))
        elif entry.tag == _IPTC_TAG:
            found.take_iptc(bytes(data[entry.data : entry.data + entry.size]))
    found.take_windows(exif.xp_keywords(tiff))
    return packets


def _scan(data: Searchable) -> Iterator[bytes]:
    """The packets anywhere in the file: HEIC, AVIF and JPEG XL store them as they are.

    There can be several: that of a gain map, for one, beside that of the photo.
    """
    position = 0
    for _ in range(_MAX_PACKETS):
        start = data.find(b"<x:xmpmeta", position)
        end = data.find(b"</x:xmpmeta>", start, start + MAX_PACKET) if start >= 0 else -1
        if end < 0:
            break
        position = end + len(b"</x:xmpmeta>")
        yield bytes(data[start:position])
    if position:
        return
    start = data.find(b"<rdf:RDF")
    end = data.find(b"</rdf:RDF>", start, start + MAX_PACKET) if start >= 0 else -1
    if end >= 0:
        yield bytes(data[start : end + len(b"</rdf:RDF>")])
