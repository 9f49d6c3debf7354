"""Where a JPEG keeps its metadata: found once, for reading and for planning edits alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Final

from app.metadata import fields
from app.metadata.blocks import exif, iptc, photoshop, xmp
from app.metadata.blocks.photoshop import Resources
from app.metadata.containers import jpeg_segments, mpf
from app.metadata.splice import Refusal

XMP_HEADER: Final = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_HEADER: Final = b"http://ns.adobe.com/xmp/extension/\0"
#: GUID (32), full length (4), offset (4): XMP specification part 3, section 1.1.3.1.
_EXTENDED_HEAD: Final = 40


@dataclass
class Survey:
    """A JPEG's metadata blocks.

    Attributes:
        data: the file.
        segments: those up to the first scan.
        exif, xmp, extended, app13, mpf, strange: the segments of each kind, in order;
            strange ones hold keywords in a way that is not understood.

    Raises:
        Refusal: the file is not a JPEG or breaks its format.
    """

    data: bytes
    segments: list[jpeg_segments.Segment] = field(init=False)
    exif: list[jpeg_segments.Segment] = field(default_factory=list)
    xmp: list[jpeg_segments.Segment] = field(default_factory=list)
    extended: list[jpeg_segments.Segment] = field(default_factory=list)
    app13: list[jpeg_segments.Segment] = field(default_factory=list)
    mpf: list[jpeg_segments.Segment] = field(default_factory=list)
    strange: list[jpeg_segments.Segment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.segments = jpeg_segments.parse(self.data)
        kinds = (
            (jpeg_segments.APP1, exif.HEADER, self.exif),
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
                if segment.marker == marker and self.data.startswith(header, segment.data):
                    into.append(segment)
                    break

    def packet(self, segment: jpeg_segments.Segment) -> bytes:
        """The XMP packet in a segment."""
        return self.data[segment.data + len(XMP_HEADER) : segment.end]

    @cached_property
    def extended_packets(self) -> list[bytes]:
        """The extended XMP, joined by GUID in the order of the chunks' offsets."""
        chunks: dict[bytes, list[tuple[int, bytes]]] = {}
        for segment in self.extended:
            payload = segment.payload(self.data)[len(EXTENDED_HEADER) :]
            offset = int.from_bytes(payload[36:40], "big")
            chunks.setdefault(payload[:32], []).append((offset, payload[_EXTENDED_HEAD:]))
        return [b"".join(chunk for _, chunk in sorted(each)) for each in chunks.values()]

    @cached_property
    def keywords_in_extended(self) -> bool:
        """Whether extended XMP may hold keywords; it is searched as text, not parsed."""
        names = [field.local.encode() for field in fields.IN_XMP]
        return any(b":" + n in packet for packet in self.extended_packets for n in names)

    @cached_property
    def resources(self) -> Resources:
        """The Photoshop resources.

        Raises:
            Refusal: they cannot be read.
        """
        return Resources(self.data, self.app13)

    def iptc_blocks(self) -> list[iptc.Block]:
        """The IPTC blocks, of which there should be one at most.

        Raises:
            Refusal: they cannot be read.
        """
        found = self.resources.all(photoshop.IPTC_ID)
        return [iptc.Block(self.resources.content(resource)) for resource in found]

    def items(self) -> tuple[dict[str, tuple[str, ...]], list[str]]:
        """The keywords of every field, as far as they can be read, and what could not be."""
        found: dict[str, tuple[str, ...]] = {}
        problems: list[str] = []
        packets = [self.packet(segment) for segment in self.xmp]
        if self.keywords_in_extended:
            packets += self.extended_packets
        sources: list[Callable[[], Mapping[str, tuple[str, ...]]]] = [
            *(partial(xmp.read_items, packet) for packet in packets),
            self._iptc_items,
            self._exif_items,
        ]
        for read in sources:
            try:
                for key, values in read().items():
                    found[key] = join(found.get(key, ()), values)
            except Refusal as refusal:
                problems.append(refusal.reason)
        if self.strange:
            problems.append("metadata in a segment that is not understood")
        return found, problems

    def _iptc_items(self) -> dict[str, tuple[str, ...]]:
        keywords: tuple[str, ...] = ()
        for block in self.iptc_blocks():
            keywords = join(keywords, block.keywords)
        return {"iptc": keywords} if keywords else {}

    def _exif_items(self) -> dict[str, tuple[str, ...]]:
        for segment in self.exif[:1]:
            keywords = exif.xp_keywords(exif.tiff_of(self.data, segment.data, segment.end))
            if keywords:
                return {"xp_keywords": keywords}
        return {}


def join(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Two lists of keywords, without repeating the second's that the first has."""
    return first + tuple(text for text in second if text not in first)
