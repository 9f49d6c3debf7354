"""Multi-Picture Format: the numbers that must follow when the first picture grows.

Source: CIPA DC-007-2009 (MP format), section 5.2: the MP index IFD stands in an APP2 segment
behind 'MPF\\0'; tag 0xB002 holds one 16-byte entry a picture: attributes, size, offset,
dependent pictures (2 x 2 bytes). Offsets count from the byte-order mark of the MP header;
that of the first picture is 0, which stands for the start of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.metadata.blocks.tiff import Tiff
from app.metadata.containers import jpeg_segments
from app.metadata.splice import Edit, Refusal, Shift

HEADER: Final = b"MPF\0"
_ENTRIES: Final = 0xB002
_ENTRY_SIZE: Final = 16


def edits(data: bytes, segment: jpeg_segments.Segment, others: Sequence[Edit]) -> list[Edit]:
    """The edits to the MP index that make it right after `others`; they move nothing.

    Raises:
        Refusal: the index cannot be read.
    """
    base = segment.data + len(HEADER)
    try:
        tiff = Tiff(data, base, segment.end)
        found = [entry for entry in tiff.ifd(tiff.first)[0] if entry.tag == _ENTRIES]
    except Refusal as refusal:
        raise Refusal("a multi-picture index that cannot be read") from refusal
    if not found:
        return []
    entry = found[0]
    if len(found) > 1 or entry.size % _ENTRY_SIZE or entry.data + entry.size > segment.end:
        raise Refusal("a multi-picture index that cannot be read")
    shift = Shift(others)
    changes = []
    for number, at in enumerate(range(entry.data, entry.data + entry.size, _ENTRY_SIZE)):
        size, offset = tiff.long(at + 4), tiff.long(at + 8)
        if not offset and number:
            continue  # unused
        start = base + offset if offset else 0
        if size:
            # The first picture contains all that is edited, a later one nothing of it.
            changes.append((at + 4, size, shift(start + size) - _start(shift, start)))
        if offset:
            changes.append((at + 8, offset, shift(start) - shift(base)))
    if any(new >> 32 for _, _, new in changes):
        raise Refusal("a multi-picture index whose numbers are too large")
    return [Edit(at, at + 4, new.to_bytes(4, tiff.order)) for at, old, new in changes if new != old]


def _start(shift: Shift, start: int) -> int:
    return shift(start) if start else 0
