"""JPEG: metadata in the marker segments in front of the picture.

Sources: Exif 3.0 section 4.5.4 (Exif comes first), XMP specification part 3 section 1.1.3 (XMP
and extended XMP in APP1, Photoshop's resources in APP13), CIPA DC-007 section 5.1 (the MP index
comes after both).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from app.metadata import fields, splice
from app.metadata.blocks import exif, iptc, photoshop, xmp
from app.metadata.blocks.photoshop import Resources
from app.metadata.blocks.tiff import Tiff
from app.metadata.containers import exif_chunk, jpeg_segments, mpf
from app.metadata.containers.base import BlockChanges, Container, Kind
from app.metadata.containers.jpeg_segments import Segment
from app.metadata.splice import Edit, Refusal

XMP_HEADER: Final = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_HEADER: Final = b"http://ns.adobe.com/xmp/extension/\0"
#: GUID (32), full length (4), offset (4): XMP specification part 3, section 1.1.3.1.
_EXTENDED_HEAD: Final = 40
#: JPEG marker of the segments that hold JUMBF boxes (ISO/IEC 19566-5).
_APP11: Final = 0xEB
#: Trailers that hold absolute file offsets (ExifTool's AFCP.pm: 'AXS' and a byte-order sign).
_AFCP: Final = (b"AXS!", b"AXS*")


class Jpeg(Container):
    """A JPEG file.

    Attributes:
        segments: those up to the first scan.
        exif_segments, xmp, extended, app13, mpf, strange: the segments of each kind, in order;
            strange ones hold keywords in a way that is not understood.

    Raises:
        Refusal: the file is not a JPEG or breaks its format.
    """

    name = "JPEG"
    makes_iptc = True
    max_xmp = xmp.MAX_IN_JPEG

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.segments = jpeg_segments.parse(data)
        self.exif_segments: list[Segment] = []
        self.xmp: list[Segment] = []
        self.extended: list[Segment] = []
        self.app13: list[Segment] = []
        self.mpf: list[Segment] = []
        self.strange: list[Segment] = []
        kinds = (
            (jpeg_segments.APP1, exif.HEADER, self.exif_segments),
            (jpeg_segments.APP1, XMP_HEADER, self.xmp),
            (jpeg_segments.APP1, EXTENDED_HEADER, self.extended),
            (jpeg_segments.APP1, b"http://ns.adobe.com/x", self.strange),
            (jpeg_segments.APP2, mpf.HEADER, self.mpf),
            (jpeg_segments.APP13, photoshop.HEADER, self.app13),
            (jpeg_segments.APP13, b"Adobe_Photoshop2.5:", self.strange),
            (jpeg_segments.APP13, b"Photoshop", self.strange),
        )
        for segment in self.segments:
            for marker, header, into in kinds:
                if segment.marker == marker and data.startswith(header, segment.data):
                    into.append(segment)
                    break
        if self.strange:
            self.riddles = ("metadata in a segment that is not understood",)

    # What it holds

    def content(self, kind: Kind) -> bytes | None:
        if kind == "xmp":
            if len(self.xmp) > 1:
                raise Refusal("more than one XMP packet")
            return self._packet(self.xmp[0]) if self.xmp else None
        blocks = self.iptc_blocks()
        if len(blocks) > 1:
            raise Refusal("more than one IPTC block")
        return blocks[0] if blocks else None

    def iptc_blocks(self) -> list[bytes]:
        found = self._resources.all(photoshop.IPTC_ID) if self.app13 else []
        return [self._resources.content(resource) for resource in found]

    def hidden_xmp(self) -> list[bytes]:
        packets = [self._packet(segment) for segment in self.xmp] if len(self.xmp) > 1 else []
        # Extended XMP is searched as text, so that also what does not parse is found.
        names = [b":" + field.local.encode() for field in fields.IN_XMP]
        extended = self._extended_packets
        if any(name in packet for packet in extended for name in names):
            packets += extended
        return packets

    def exif(self) -> Tiff | None:
        for segment in self.exif_segments:
            return exif.tiff_of(self.data, segment.data, segment.end)
        return None

    def picture(self) -> Sequence[tuple[int, int]]:
        changing = {*self.exif_segments, *self.xmp, *self.app13, *self.mpf}
        kept = [(s.start, s.end) for s in self.segments[:-1] if s not in changing]
        return [*kept, (self.segments[-1].start, len(self.data))]

    def _packet(self, segment: Segment) -> bytes:
        return self.data[segment.data + len(XMP_HEADER) : segment.end]

    @cached_property
    def _extended_packets(self) -> list[bytes]:
        """The extended XMP, joined by GUID in the order of the chunks' offsets."""
        chunks: dict[bytes, list[tuple[int, bytes]]] = {}
        for segment in self.extended:
            payload = segment.payload(self.data)[len(EXTENDED_HEADER) :]
            offset = int.from_bytes(payload[36:40], "big")
            chunks.setdefault(payload[:32], []).append((offset, payload[_EXTENDED_HEAD:]))
        return [b"".join(chunk for _, chunk in sorted(each)) for each in chunks.values()]

    @cached_property
    def _resources(self) -> Resources:
        return Resources(self.data, self.app13)

    # What is to change

    def edits(self, changes: BlockChanges) -> list[Edit]:
        # New segments that come to stand at one place do so in this order.
        edits = [
            *self._exif_edits(changes.xp_keywords),
            *self._xmp_edits(changes.xmp),
            *self._iptc_edits(changes.iptc),
        ]
        if edits:
            self._check(edits)
            for segment in self.mpf:
                edits += mpf.edits(self.data, segment, edits)
        return edits

    def _check(self, edits: Sequence[Edit]) -> None:
        """Refuse what must not grow or cannot be understood."""
        if len(self.mpf) > 1:
            raise Refusal("more than one multi-picture index")
        if any(_is_c2pa(s.payload(self.data)) for s in self.segments if s.marker == _APP11):
            raise Refusal("Content Credentials (C2PA), whose signature covers the whole file")
        if self.data[-12:].startswith(_AFCP):
            raise Refusal("an AFCP trailer, which holds offsets into the file")
        for block in self.iptc_blocks():
            iptc.Block(block)  # what cannot be read here might hold keywords
        shift = splice.Shift(edits)
        scan = self.segments[-1].start
        for segment in self.exif_segments:
            has_maker_note = exif.check_self_contained(self.data, segment.data, segment.end, scan)
            if has_maker_note and shift(segment.start) != segment.start:
                raise Refusal("a MakerNote that would move in the file")

    def _xmp_edits(self, changes: Sequence[Edit]) -> list[Edit]:
        if not changes:
            return []
        if not self.xmp:
            at = self._place_for_xmp()
            packet = splice.apply(b"", changes)
            return [Edit(at, at, jpeg_segments.segment(jpeg_segments.APP1, XMP_HEADER + packet))]
        return _in_segment(self.xmp[0], changes, len(XMP_HEADER))

    def _iptc_edits(self, changes: Sequence[Edit]) -> list[Edit]:
        if not changes:
            return []
        old = self.content("iptc")
        new = splice.apply(old or b"", changes)
        if not self.app13:
            payload = photoshop.HEADER + photoshop.resource(photoshop.IPTC_ID, new)
            at = max([self._place_for_xmp(), *(segment.end for segment in self.xmp)])
            return [Edit(at, at, jpeg_segments.segment(jpeg_segments.APP13, payload))]
        if old is None:
            return self._resources.create(new)
        (block,) = self._resources.all(photoshop.IPTC_ID)
        return self._resources.replace(block, old, new, list(changes))

    def _exif_edits(self, keywords: tuple[str, ...] | None) -> list[Edit]:
        if keywords is None:
            return []
        if len(self.exif_segments) > 1:
            raise Refusal("more than one Exif segment")
        tiff = self.exif()
        if tiff is not None:
            segment = self.exif_segments[0]
            if not keywords and exif_chunk.holds_only_keywords(tiff):
                return [Edit(segment.start, segment.end, b"")]  # a block of our own making
            offset = tiff.base - segment.data
            moved = [edit.shifted(-tiff.base) for edit in exif.keyword_edits(tiff, keywords)]
            return _in_segment(segment, moved, offset) if moved else []
        if not keywords:
            return []
        at = self._behind_jfif()
        payload = exif.HEADER + b"\0" + exif.new_block(keywords)
        return [Edit(at, at, jpeg_segments.segment(jpeg_segments.APP1, payload))]

    def _behind_jfif(self) -> int:
        at = len(jpeg_segments.SOI)
        for segment in self.segments:
            if segment.marker != jpeg_segments.APP0:
                break
            at = segment.end
        return at

    def _place_for_xmp(self) -> int:
        """Behind Exif, or else behind the JFIF segments that lead the file."""
        return max([self._behind_jfif(), *(segment.end for segment in self.exif_segments)])


def _in_segment(segment: Segment, changes: Sequence[Edit], offset: int) -> list[Edit]:
    """File edits for changes to what stands `offset` bytes behind the start of a payload."""
    growth = sum(edit.growth for edit in changes)
    moved = [edit.shifted(segment.data + offset) for edit in changes]
    length = jpeg_segments.length_field(segment.end - segment.data + growth)
    return moved if not growth else [Edit(segment.data - 2, segment.data, length), *moved]


def _is_c2pa(content: bytes) -> bool:
    """Whether an APP11 segment belongs to a C2PA manifest (C2PA 2.1, appendix A.3.1)."""
    return b"jumb" in content[:64] and b"c2pa" in content[:256]
