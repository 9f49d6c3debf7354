"""The segments of a JPEG file up to the start of its first scan.

Source: ITU-T T.81 annex B (markers and segments), Exif 3.0 section 4.5 (application
segments), XMP specification part 3 section 1.1.3 (XMP in JPEG).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.metadata.splice import Refusal

SOI: Final = b"\xff\xd8"
APP0, APP1, APP2, APP13, SOS, EOI = 0xE0, 0xE1, 0xE2, 0xED, 0xDA, 0xD9
#: The most bytes a segment can carry: its length field counts itself and ends at 65,535.
MAX_PAYLOAD: Final = 65_533
_WITHOUT_LENGTH: Final = frozenset((0x00, 0x01, 0xD8, EOI, *range(0xD0, 0xD8)))


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker segment; all offsets count bytes from the start of the file.

    Attributes:
        marker: the marker's second byte, 0xE1 for APP1.
        start: offset of the marker (of its last 0xFF, where fill bytes come before it).
        data: offset of the payload, behind the marker and the two bytes of its length.
        end: offset behind the payload.
    """

    marker: int
    start: int
    data: int
    end: int

    def payload(self, data: bytes) -> bytes:
        """The bytes behind the length field."""
        return data[self.data : self.end]


def is_jpeg(data: bytes) -> bool:
    """Whether a file begins like a JPEG: SOI and another marker."""
    return data[:3] == SOI + b"\xff"


def parse(data: bytes) -> list[Segment]:
    """All segments from behind SOI up to and including the first SOS.

    Raises:
        Refusal: the file does not follow its format up to there.
    """
    if not is_jpeg(data):
        raise Refusal("not a JPEG file")
    segments: list[Segment] = []
    position = 2
    while True:
        marker_at = position
        if data[position : position + 1] != b"\xff":
            raise Refusal(f"broken JPEG: no marker at byte {position}")
        while data[position : position + 1] == b"\xff":  # fill bytes may precede a marker
            marker_at, position = position, position + 1
        if position + 3 > len(data):
            raise Refusal("broken JPEG: it ends before the picture begins")
        marker = data[position]
        if marker in _WITHOUT_LENGTH:
            raise Refusal(f"broken JPEG: marker {marker:02X} at byte {marker_at}")
        length = int.from_bytes(data[position + 1 : position + 3], "big")
        segment = Segment(marker, marker_at, position + 3, position + 1 + length)
        if length < 2 or segment.end > len(data):
            raise Refusal(f"broken JPEG: the segment at byte {marker_at} overruns")
        segments.append(segment)
        if marker == SOS:
            return segments
        position = segment.end


def segment(marker: int, payload: bytes) -> bytes:
    """A whole segment with marker and length.

    Raises:
        Refusal: the payload is larger than a segment can be.
    """
    return bytes((0xFF, marker)) + length_field(len(payload)) + payload


def length_field(payload_size: int) -> bytes:
    """The two bytes that say how long a segment with this payload is.

    Raises:
        Refusal: the payload is larger than a segment can be.
    """
    if payload_size > MAX_PAYLOAD:
        raise Refusal("the metadata does not fit into one segment")
    return (payload_size + 2).to_bytes(2, "big")
