"""WebP: where it keeps its metadata, and how that is put back into it.

Sources: RFC 9649 sections 2 (WebP container) and 3 (VP8L and its header), RFC 6386 section 9.1
(VP8 frame header), C2PA 2.1 appendix A.3 (C2PA chunk in RIFF).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from app.metadata import splice
from app.metadata.blocks import exif
from app.metadata.blocks.tiff import Tiff
from app.metadata.containers import exif_chunk
from app.metadata.containers.base import BlockChanges, Container, Kind
from app.metadata.splice import Edit, Refusal

#: Where the first chunk begins: behind 'RIFF', the size of all that follows it, 'WEBP'.
_FIRST: Final = 12
_MAX_RIFF: Final = (1 << 32) - 10
_IMAGE: Final = (b"VP8 ", b"VP8L")
#: The chunks that make up the picture; metadata comes behind them (RFC 9649, section 2.7).
_PICTURE: Final = (*_IMAGE, b"ALPH", b"ANMF")
#: Chunks that have no meaning without a VP8X chunk that announces them.
_ANNOUNCED: Final = (b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"EXIF", b"XMP ", b"XMP\0")
_ALPHA_FLAG, _EXIF_FLAG, _XMP_FLAG = 0x10, 0x08, 0x04
_VP8X_SIZE: Final = 10
#: More are taken for an attack on memory.
_MAX_CHUNKS: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk: `start` is that of its name, `data` up to `end` its content, `after` the next."""

    kind: bytes
    start: int
    data: int
    end: int

    @property
    def after(self) -> int:
        """Where the next chunk begins: chunks are padded to an even size."""
        return self.end + (self.end - self.data) % 2


class WebP(Container):
    """A WebP file, still or animated."""

    name: ClassVar[str] = "WebP"
    makes_iptc: ClassVar[bool] = False
    max_xmp: ClassVar[int] = 32 << 20

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.chunks = _parse(data)
        self._end = self.chunks[-1].after
        first = self.chunks[0]
        self._extended = first if first.kind == b"VP8X" else None
        self._xmp = self._all(b"XMP ")
        self._misnamed = self._all(b"XMP\0")
        self._exif = self._all(b"EXIF")
        picture = self._all(*_PICTURE)
        if not picture:
            raise Refusal("a WebP without a picture")
        self._behind_picture = picture[-1].after

    def content(self, kind: Kind) -> bytes | None:
        """See `Container.content`; there is no place for IPTC in a WebP."""
        if kind == "iptc":
            return None
        if self._misnamed:
            raise Refusal("XMP in a chunk that is misnamed")
        if len(self._xmp) > 1:
            raise Refusal("more than one XMP packet")
        for chunk in self._xmp:
            if chunk.end - chunk.data > self.max_xmp:
                raise Refusal("XMP that is too large")
            return self.data[chunk.data : chunk.end]
        return None

    def exif(self) -> Tiff | None:
        """See `Container.exif`."""
        if not self._exif:
            return None
        if len(self._exif) > 1:
            raise Refusal("more than one Exif chunk")
        (chunk,) = self._exif
        return exif_chunk.tiff(self.data, chunk.data, chunk.end)

    def hidden_xmp(self) -> list[bytes]:
        """See `Container.hidden_xmp`."""
        try:
            self.content("xmp")
        except Refusal:
            found = (*self._xmp, *self._misnamed)
            return [self.data[c.data : c.end] for c in found if c.end - c.data <= self.max_xmp]
        return []

    def edits(self, changes: BlockChanges) -> list[Edit]:
        """See `Container.edits`."""
        if changes.iptc:
            raise Refusal("IPTC, for which a WebP has no place")
        # Exif first: where both are new they go to one position in this order.
        for_exif = self._exif_edits(changes.xp_keywords)
        for_xmp = self._xmp_edits(changes.xmp)
        made = for_exif + for_xmp
        if not made:
            return []
        if self._all(b"C2PA"):
            raise Refusal("Content Credentials (C2PA), whose signature covers the whole file")
        flags = _EXIF_FLAG * bool(for_exif) | _XMP_FLAG * bool(for_xmp)
        whole = [(chunk.start, chunk.after) for chunk in self._exif]
        gone = _EXIF_FLAG * any((edit.start, edit.end) in whole for edit in for_exif)
        made = [*self._flag_edits(flags & ~gone, gone), *made]
        growth = sum(edit.growth for edit in made)
        size = self._end - 8 + growth
        if size > _MAX_RIFF:
            raise Refusal("a WebP that would become too large for its format")
        return [Edit(4, 8, size.to_bytes(4, "little")), *made] if growth else made

    def picture(self) -> list[tuple[int, int]]:
        """See `Container.picture`; of VP8X all but its flags."""
        ranges = [(0, 4), (8, _FIRST)]
        free = {chunk for found in (self._xmp, self._exif) if len(found) == 1 for chunk in found}
        for chunk in self.chunks:
            if chunk is self._extended:
                ranges += [(chunk.start, chunk.data), (chunk.data + 1, chunk.after)]
            elif chunk not in free:
                ranges.append((chunk.start, chunk.after))
        return ranges if self._end == len(self.data) else [*ranges, (self._end, len(self.data))]

    def _all(self, *kinds: bytes) -> list[Chunk]:
        return [chunk for chunk in self.chunks if chunk.kind in kinds]

    def _xmp_edits(self, edits: Sequence[Edit]) -> list[Edit]:
        if not edits:
            return []
        old = self.content("xmp")
        new = splice.apply(old or b"", edits)
        if len(new) > self.max_xmp:
            raise Refusal("XMP that becomes too large for its chunk")
        if old is None:
            at = max([self._behind_picture, *(chunk.after for chunk in self._exif)])
            return [Edit(at, at, _chunk(b"XMP ", new))]
        (chunk,) = self._xmp
        return self._rewritten(chunk, [edit.shifted(chunk.data) for edit in edits])

    def _exif_edits(self, keywords: tuple[str, ...] | None) -> list[Edit]:
        if keywords is None:
            return []
        tiff = self.exif()
        if tiff is None:
            if not keywords:
                return []
            at = self._behind_picture
            return [Edit(at, at, _chunk(b"EXIF", exif.new_block(keywords)))]
        if not keywords and exif.xp_keywords(tiff) is None:
            return []
        if self._extended is not None and not self.data[self._extended.data] & _EXIF_FLAG:
            # Announced, its orientation would count all at once.
            raise Refusal("Exif that the WebP does not announce")
        (chunk,) = self._exif
        if not keywords and exif_chunk.holds_only_keywords(tiff):
            return [Edit(chunk.start, chunk.after, b"")]
        return self._rewritten(chunk, exif.keyword_edits(tiff, keywords))

    def _rewritten(self, chunk: Chunk, edits: Sequence[Edit]) -> list[Edit]:
        """Edits inside a chunk, with its size and padding."""
        growth = sum(edit.growth for edit in edits)
        if not growth:
            return list(edits)
        size = chunk.end - chunk.data + growth
        made = [Edit(chunk.start + 4, chunk.data, size.to_bytes(4, "little")), *edits]
        if growth % 2:
            made.append(Edit(chunk.end, chunk.after, b"\0" * (size % 2)))
        return made

    def _flag_edits(self, flags: int, gone: int) -> list[Edit]:
        """Announce metadata in the VP8X chunk, or put one in where there is none.

        `gone` are the flags of what is no longer there.
        """
        if self._extended is not None:
            at = self._extended.data
            now = self.data[at]
            new = now & ~gone | flags
            return [Edit(at, at + 1, bytes((new,)))] if new != now else []
        if self._all(*_ANNOUNCED) or len(self._all(*_IMAGE)) > 1:
            # With a VP8X chunk what nobody looked at before would come to count.
            raise Refusal("a simple WebP with chunks that belong into an extended one")
        width, height, alpha = _dimensions(self.data, self.chunks[0])
        body = bytes((flags | _ALPHA_FLAG * alpha, 0, 0, 0))
        body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        return [Edit(_FIRST, _FIRST, _chunk(b"VP8X", body))]


def _parse(data: bytes) -> list[Chunk]:
    """The chunks of a WebP.

    Raises:
        Refusal: this is no WebP file or breaks the format.
    """
    if data[:4] != b"RIFF" or data[8:_FIRST] != b"WEBP":
        raise Refusal("not a WebP file")
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Refusal("a WebP that is cut off")
    chunks: list[Chunk] = []
    position = _FIRST
    while position < end:
        start = position + 8
        kind = data[position : position + 4]
        size = int.from_bytes(data[position + 4 : start], "little")
        chunk = Chunk(kind, position, start, start + size)
        if chunk.after > end:
            raise Refusal("a WebP with a chunk that overruns it")
        if kind != b"XMP\0" and not all(0x20 <= octet < 0x7F for octet in kind):
            raise Refusal("a WebP whose chunks cannot be read")
        if len(chunks) >= _MAX_CHUNKS:
            raise Refusal("a WebP with too many chunks")
        chunks.append(chunk)
        position = chunk.after
    extended = [chunk for chunk in chunks if chunk.kind == b"VP8X"]
    if not chunks or chunks[0].kind not in (b"VP8X", *_IMAGE) or extended[1:]:
        raise Refusal("a WebP that does not begin as one should")
    if extended and (
        extended[0] is not chunks[0] or extended[0].end - extended[0].data != _VP8X_SIZE
    ):
        raise Refusal("a WebP with a VP8X chunk that is not understood")
    return chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    """A whole chunk: name, size, content, padding."""
    return kind + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _dimensions(data: bytes, chunk: Chunk) -> tuple[int, int, bool]:
    """Width and height in pixels from a picture chunk's own header, and whether it has alpha.

    Raises:
        Refusal: the header is broken.
    """
    head = data[chunk.data : min(chunk.data + 10, chunk.end)]
    if chunk.kind == b"VP8 " and len(head) == 10 and head[3:6] == b"\x9d\x01\x2a":
        width = int.from_bytes(head[6:8], "little") & 0x3FFF
        height = int.from_bytes(head[8:10], "little") & 0x3FFF
        if not head[0] & 1 and width and height:  # bit 0 is clear in a key frame
            return width, height, False
    if chunk.kind == b"VP8L" and len(head) >= 5 and head[0] == 0x2F:
        bits = int.from_bytes(head[1:5], "little")
        if not bits >> 29:  # the version
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
    raise Refusal("a WebP whose picture header cannot be read")
