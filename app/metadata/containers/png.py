"""PNG: where it keeps its metadata, and how that is put back into it.

XMP is an iTXt chunk, Exif is eXIf. ImageMagick and others keep both, and IPTC, as hexadecimal
text in "raw profiles"; those are read only.

Sources: PNG specification, third edition, sections 5 (chunk layout, order), 11.3.3 (tEXt, zTXt,
iTXt), 11.3.4 (eXIf), 14.2 (what PNG editors may do); XMP specification part 3 section 1.1.5; raw
profiles as ExifTool's `PNG.pm` documents them; C2PA 2.1 appendix A.3 (caBX). Apple's iDOT is
not published: offsets of IDAT chunks counted from its own start, by the analysis in the issues
54 and 530 of github.com/w3c/png.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final

from app.metadata import splice
from app.metadata.blocks import exif, photoshop
from app.metadata.blocks.tiff import Tiff
from app.metadata.containers import exif_chunk
from app.metadata.containers.base import BlockChanges, Container, Kind
from app.metadata.containers.jpeg_segments import APP13, Segment
from app.metadata.splice import Edit, Refusal

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
XMP_KEYWORD: Final = b"XML:com.adobe.xmp"
#: Keyword, not compressed, method 0, no language, no translated keyword (XMP part 3, 1.1.5).
_XMP_HEAD: Final = XMP_KEYWORD + b"\0\0\0\0\0"
_APP1_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_RAW_PROFILE: Final = b"raw profile type "
_PROFILE_HEAD: Final = re.compile(rb"\s*[^\n]*\n\s*(\d{1,9})\s*\n")
_TEXTS: Final = (b"tEXt", b"zTXt", b"iTXt")
_CRITICAL: Final = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
#: What comes first of these is what new chunks go before: the picture data, the frame control
#: that belongs to it, and Apple's chunk whose offsets count up to it.
_BEFORE: Final = (b"IDAT", b"fcTL", b"iDOT")
_SIGNED: Final = (b"caBX", b"dSIG")
_MAX_KEYWORD: Final = 79
_MAX_CHUNK: Final = (1 << 31) - 1
#: More are taken for an attack on memory; a gigabyte in chunks of 4 KB has a quarter of them.
_MAX_CHUNKS: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk: `start` is that of its length, `data` up to `end` its content, then the CRC."""

    kind: bytes
    start: int
    data: int
    end: int

    @property
    def after(self) -> int:
        """Where the next chunk begins."""
        return self.end + 4


@dataclass(frozen=True, slots=True)
class _Profile:
    """A raw profile: its name in small letters, and the text chunk that it is in."""

    name: bytes
    chunk: Chunk


class Png(Container):
    """A PNG or APNG file."""

    name: ClassVar[str] = "PNG"
    makes_iptc: ClassVar[bool] = False
    max_xmp: ClassVar[int] = 32 << 20

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.chunks = _parse(data)
        self._xmp: list[Chunk] = []
        self._misplaced: list[Chunk] = []  # XMP in a text chunk of the wrong kind
        self._profiles: list[_Profile] = []
        for chunk in self.chunks:
            if chunk.kind not in _TEXTS:
                continue
            keyword = self._keyword(chunk)
            if keyword == XMP_KEYWORD:
                (self._xmp if chunk.kind == b"iTXt" else self._misplaced).append(chunk)
            elif keyword.lower().startswith(_RAW_PROFILE):
                name = keyword.lower()[len(_RAW_PROFILE) :]
                self._profiles.append(_Profile(name, chunk))
        self._exif = [chunk for chunk in self.chunks if chunk.kind == b"eXIf"]
        self._place = next(chunk.start for chunk in self.chunks if chunk.kind in _BEFORE)

    def content(self, kind: Kind) -> bytes | None:
        """See `Container.content`; IPTC comes from raw profiles."""
        return self._xmp_content() if kind == "xmp" else self._iptc_content()

    def exif(self) -> Tiff | None:
        """See `Container.exif`; Exif in a raw profile is not in `data` as it is, so it is None."""
        if any(chunk.kind == b"zxIf" for chunk in self.chunks):
            raise Refusal("Exif in a compressed chunk")
        if any(exif.xp_keywords(tiff) for tiff in self._raw_exif()):
            raise Refusal("keywords in Exif in a raw profile")
        if not self._exif:
            return None
        if len(self._exif) > 1:
            raise Refusal("more than one Exif chunk")
        (chunk,) = self._exif
        self._check(chunk)
        return exif_chunk.tiff(self.data, chunk.data, chunk.end)

    def hidden_xmp(self) -> list[bytes]:
        """See `Container.hidden_xmp`; without what cannot be decoded."""
        packets: list[bytes] = []
        try:
            self._xmp_content()
        except Refusal:
            for chunk in (*self._xmp, *self._misplaced):
                try:
                    packets.append(self._text(chunk, self.max_xmp))
                except Refusal:
                    continue
        return packets + [packet for packet in self._raw_xmp if packet is not None]

    def edits(self, changes: BlockChanges) -> list[Edit]:
        """See `Container.edits`."""
        if changes.iptc:
            raise Refusal("IPTC, which is only read in PNG")
        made = self._xmp_edits(changes.xmp) + self._exif_edits(changes.xp_keywords)
        if made:
            self._check_movable(made)
        return made

    def picture(self) -> list[tuple[int, int]]:
        """See `Container.picture`; split where new chunks would go."""
        free = {chunk for found in (self._xmp, self._exif) if len(found) == 1 for chunk in found}
        ranges = [(0, len(SIGNATURE))]
        for chunk in self.chunks:
            if chunk in free:
                continue
            if ranges[-1][1] == chunk.start != self._place:
                ranges[-1] = (ranges[-1][0], chunk.after)
            else:
                ranges.append((chunk.start, chunk.after))
        end = self.chunks[-1].after
        return ranges if end == len(self.data) else [*ranges, (end, len(self.data))]

    # Reading

    def _keyword(self, chunk: Chunk) -> bytes:
        """The keyword of a text chunk; empty if it has none that is legal."""
        end = self.data.find(b"\0", chunk.data, min(chunk.end, chunk.data + _MAX_KEYWORD + 1))
        return self.data[chunk.data : max(end, chunk.data)]

    def _check(self, chunk: Chunk) -> None:
        stored = int.from_bytes(self.data[chunk.end : chunk.after], "big")
        if zlib.crc32(memoryview(self.data)[chunk.start + 4 : chunk.end]) != stored:
            raise Refusal(f"a PNG chunk {chunk.kind.decode()} whose checksum is wrong")

    def _layout(self, chunk: Chunk) -> tuple[int, bool]:
        """Where in the file the text of a text chunk begins, and whether it is compressed."""
        at = chunk.data + len(self._keyword(chunk)) + 1
        head = self.data[at : min(at + 2, chunk.end)]
        if chunk.kind == b"tEXt":
            return at, False
        if chunk.kind == b"zTXt":
            if head[:1] != b"\0":
                raise Refusal("a PNG text chunk compressed by an unknown method")
            return at + 1, True
        if head not in (b"\0\0", b"\1\0"):
            raise Refusal("a PNG text chunk compressed by an unknown method")
        at += 2
        for _ in ("language", "translated keyword"):
            at = self.data.find(b"\0", at, chunk.end) + 1
            if not at:
                raise Refusal("a PNG text chunk that is cut off")
        return at, head == b"\1\0"

    def _text(self, chunk: Chunk, limit: int) -> bytes:
        """The text of a text chunk, at most `limit` bytes of it."""
        at, compressed = self._layout(chunk)
        if compressed:
            return _unpack(self.data[at : chunk.end], limit)
        if chunk.end - at > limit:
            raise Refusal("a PNG text chunk that is too large")
        return self.data[at : chunk.end]

    def _xmp_content(self) -> bytes | None:
        if self._misplaced:
            raise Refusal("XMP in a PNG text chunk of the wrong kind")
        if self._raw_xmp:
            raise Refusal("XMP in a raw profile")
        if len(self._xmp) > 1:
            raise Refusal("more than one XMP packet")
        for chunk in self._xmp:
            self._check(chunk)
            return self._text(chunk, self.max_xmp)
        return None

    def _iptc_content(self) -> bytes | None:
        blocks: list[bytes] = []
        for profile in self._profiles:
            if profile.name in (b"iptc", b"8bim", b"app13"):
                self._check(profile.chunk)
                blocks += _iim(self._decoded(profile))
        if len(blocks) > 1:
            raise Refusal("more than one IPTC block")
        return blocks[0] if blocks else None

    def _decoded(self, profile: _Profile) -> bytes:
        """The bytes of a raw profile: its name, their number, and they in hexadecimal."""
        text = self._text(profile.chunk, 3 * self.max_xmp).strip(b"\0")
        head = _PROFILE_HEAD.match(text[:200])
        if head is None:
            raise Refusal("a raw profile that cannot be read")
        try:
            found = bytes.fromhex(text[head.end() :].decode("ascii"))
        except ValueError as error:
            raise Refusal("a raw profile that cannot be read") from error
        if len(found) != int(head.group(1)):
            raise Refusal("a raw profile that is cut off")
        return found

    @cached_property
    def _raw_xmp(self) -> list[bytes | None]:
        """The packets in raw profiles; None for what cannot be read and may be one."""
        packets: list[bytes | None] = []
        for profile in self._profiles:
            if profile.name not in (b"xmp", b"app1"):
                continue
            try:
                found = self._decoded(profile)
            except Refusal:
                packets.append(None)
                continue
            if profile.name == b"xmp" or found.startswith(_APP1_XMP):
                packets.append(found.removeprefix(_APP1_XMP))
        return packets

    def _raw_exif(self) -> Iterator[Tiff]:
        """Exif in raw profiles.

        Raises:
            Refusal: it cannot be read.
        """
        for profile in self._profiles:
            if profile.name in (b"exif", b"app1"):
                found = self._decoded(profile)
                if not found.startswith(_APP1_XMP):
                    yield exif_chunk.tiff(found, 0, len(found))

    # Planning edits

    def _xmp_edits(self, edits: Sequence[Edit]) -> list[Edit]:
        if not edits:
            return []
        old = self._xmp_content()
        new = splice.apply(old or b"", edits)
        if len(new) > self.max_xmp:
            raise Refusal("XMP that becomes too large for its chunk")
        if old is None:
            return [Edit(self._place, self._place, _chunk(b"iTXt", _XMP_HEAD + new))]
        (chunk,) = self._xmp
        at, compressed = self._layout(chunk)
        if compressed:
            return self._rewritten(chunk, [Edit(at, chunk.end, zlib.compress(new))])
        return self._rewritten(chunk, [edit.shifted(at) for edit in edits])

    def _exif_edits(self, keywords: tuple[str, ...] | None) -> list[Edit]:
        if keywords is None:
            return []
        tiff = self.exif()
        if tiff is None:
            if not keywords:
                return []
            if any(profile.name in (b"exif", b"app1") for profile in self._profiles):
                raise Refusal("Exif in a raw profile")
            return [Edit(self._place, self._place, _chunk(b"eXIf", exif.new_block(keywords)))]
        if not keywords and exif.xp_keywords(tiff) is None:
            return []
        (chunk,) = self._exif
        if not keywords and exif_chunk.holds_only_keywords(tiff):
            return [Edit(chunk.start, chunk.after, b"")]
        return self._rewritten(chunk, exif.keyword_edits(tiff, keywords))

    def _rewritten(self, chunk: Chunk, edits: Sequence[Edit]) -> list[Edit]:
        """Edits inside a chunk, with its length and CRC."""
        if not edits:
            return []
        old = self.data[chunk.data : chunk.end]
        new = splice.apply(old, [edit.shifted(-chunk.data) for edit in edits])
        whole = _chunk(chunk.kind, new)
        made = [*edits, Edit(chunk.end, chunk.after, whole[-4:])]
        if len(new) != len(old):
            made.insert(0, Edit(chunk.start, chunk.start + 4, whole[:4]))
        return made

    def _check_movable(self, edits: Sequence[Edit]) -> None:
        """Refuse what must not change, and what must not move against the picture."""
        if any(chunk.kind in _SIGNED for chunk in self.chunks):
            raise Refusal("Content Credentials or a signature, which cover the whole file")
        shift = splice.Shift(edits)
        (picture, *_) = (chunk.start for chunk in self.chunks if chunk.kind == b"IDAT")
        for chunk in self.chunks:
            if (
                chunk.kind == b"iDOT"
                and shift(picture) - picture != shift(chunk.start) - chunk.start
            ):
                raise Refusal("metadata between the picture and an index of it (iDOT)")


def _parse(data: bytes) -> list[Chunk]:
    """The chunks from IHDR to IEND.

    Raises:
        Refusal: this is no PNG file or breaks the format.
    """
    if not data.startswith(SIGNATURE):
        raise Refusal("not a PNG file")
    chunks: list[Chunk] = []
    seen: set[bytes] = set()
    last, position = b"", len(SIGNATURE)
    while last != b"IEND":
        size = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        chunk = Chunk(kind, position, position + 8, position + 8 + size)
        if chunk.after > len(data):
            raise Refusal("a PNG that ends too early, or a chunk that overruns it")
        if not kind.isalpha() or size > _MAX_CHUNK or len(chunks) >= _MAX_CHUNKS:
            raise Refusal("a PNG whose chunks cannot be read")
        if kind[:1].isupper() and kind not in _CRITICAL:
            raise Refusal(f"a PNG that cannot be understood without a chunk {kind.decode()}")
        if (kind == b"IHDR") != (not chunks) or (kind == b"IHDR" and size != 13):
            raise Refusal("a PNG without its header at the front")
        if kind == b"IDAT" and kind in seen and last != kind:
            raise Refusal("a PNG whose picture data is not in one piece")
        if kind == b"IEND" and size:
            raise Refusal("a PNG with content in its last chunk")
        chunks.append(chunk)
        seen.add(kind)
        last, position = kind, chunk.after
    if b"IDAT" not in seen:
        raise Refusal("a PNG without picture data")
    return chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    """A whole chunk: length, kind, content, CRC of the latter two."""
    if len(content) > _MAX_CHUNK:
        raise Refusal("metadata that becomes too large for its chunk")
    checksum = zlib.crc32(content, zlib.crc32(kind))
    return b"".join((len(content).to_bytes(4, "big"), kind, content, checksum.to_bytes(4, "big")))


def _unpack(packed: bytes, limit: int) -> bytes:
    """A zlib stream unpacked, which must be whole and give at most `limit` bytes."""
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(packed, limit + 1)
    except zlib.error as error:
        raise Refusal("a PNG text chunk that does not unpack") from error
    if len(text) > limit:
        raise Refusal("a PNG text chunk that is too large")
    if not stream.eof or stream.unused_data:
        raise Refusal("a PNG text chunk that does not unpack")
    return text


def _iim(profile: bytes) -> list[bytes]:
    """The IPTC blocks in a raw profile: itself, or those in the Photoshop resources it is."""
    body = profile.removeprefix(photoshop.HEADER)
    if not body.startswith(photoshop.SIGNATURES):
        return [profile]
    stream = photoshop.HEADER + body
    resources = photoshop.Resources(stream, [Segment(APP13, 0, 0, len(stream))])
    return [resources.content(found) for found in resources.all(photoshop.IPTC_ID)]
