"""Photoshop image resources (8BIM) in the APP13 segments of a JPEG.

Source: Adobe Photoshop file formats specification, "Image resource blocks"; resource 0x0404
is the IPTC-IIM block, 0x0425 an MD5 digest of it ("Caption digest"). XMP specification part 3
section 1.1.3.2: resources longer than a segment continue in the next APP13, so the segments
together are one stream.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from app.metadata.containers import jpeg_segments
from app.metadata.splice import Edit, Refusal

HEADER: Final = b"Photoshop 3.0\0"
#: Signatures that Adobe's own programs have used for resources.
SIGNATURES: Final = (b"8BIM", b"PHUT", b"AgHg", b"DCSR", b"MeSa")
IPTC_ID: Final = 0x0404
DIGEST_ID: Final = 0x0425


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource; offsets count bytes in the stream that the segments make together.

    Attributes:
        id: what it is.
        size_at: offset of the four bytes that hold its size.
        data, end: the range of its content, without the byte that pads it to an even size.
        padded: whether that byte is there.
    """

    id: int
    size_at: int
    data: int
    end: int
    padded: bool


class Resources:
    """The resources of a JPEG.

    Raises:
        Refusal: the segments do not hold a sequence of resources.
    """

    def __init__(self, data: bytes, segments: Sequence[jpeg_segments.Segment]) -> None:
        self._segments = list(segments)
        chunks = [data[s.data + len(HEADER) : s.end] for s in segments]
        self._starts = [0, *accumulate(len(chunk) for chunk in chunks)]
        self.stream = b"".join(chunks)
        self.resources = _parse(self.stream)

    def content(self, resource: Resource) -> bytes:
        """The bytes of a resource."""
        return self.stream[resource.data : resource.end]

    def all(self, number: int) -> list[Resource]:
        """Every resource with this id."""
        return [resource for resource in self.resources if resource.id == number]

    def replace(self, resource: Resource, old: bytes, new: bytes, edits: list[Edit]) -> list[Edit]:
        """File edits for a resource whose content changes from `old` to `new` by `edits`.

        `edits` are against the resource's content. Sizes, padding, the segment's length and
        a digest that fitted before are brought along.

        Raises:
            Refusal: the resource lies across segments, or its segment would become too large.
        """
        index = self._segment_of(resource.size_at)
        if self._segment_of(max(resource.end - 1, resource.data)) != index:
            raise Refusal("IPTC that lies across two segments")
        changes = [edit.shifted(resource.data) for edit in edits]
        changes.append(Edit(resource.size_at, resource.size_at + 4, len(new).to_bytes(4, "big")))
        tail = resource.end + resource.padded
        changes.append(Edit(resource.end, tail, b"\0" * (len(new) % 2)))
        return self._to_file(changes, index) + self._digest(old, new)

    def create(self, content: bytes) -> list[Edit]:
        """File edits that put a new IPTC block behind the last resource.

        A digest without a block (Photoshop writes zeros) says nothing that could be kept, and
        would read as if another program had made the block; so it becomes that of the new one.
        """
        end = len(self.stream)
        last = self.resources[-1] if self.resources else None
        odd = b"\0" if last is not None and not last.padded and (last.end - last.data) % 2 else b""
        new = Edit(end, end, odd + resource(IPTC_ID, content))
        return self._to_file([new], -1) + self._new_digests(self.all(DIGEST_ID), content)

    def _segment_of(self, position: int) -> int:
        return min(bisect_right(self._starts, position), len(self._segments)) - 1

    def _digest(self, old: bytes, new: bytes) -> list[Edit]:
        """Bring the digest along, if it was right.

        A digest that does not fit means that a program that knows no XMP has edited the IPTC
        block since (MWG Guidelines 2.0, section 3.3.1); that stays said.
        """
        right = hashlib.md5(old, usedforsecurity=False).digest()
        fitting = [found for found in self.all(DIGEST_ID) if self.content(found) == right]
        return self._new_digests(fitting, new)

    def _new_digests(self, digests: Sequence[Resource], block: bytes) -> list[Edit]:
        edits: list[Edit] = []
        digest = hashlib.md5(block, usedforsecurity=False).digest()
        for found in digests:
            index = self._segment_of(found.data)
            if found.end - found.data != len(digest) or self._segment_of(found.end - 1) != index:
                raise Refusal("an IPTC digest that cannot be updated")
            edits += self._place([Edit(found.data, found.end, digest)], index)
        return edits

    def _place(self, changes: Sequence[Edit], index: int) -> list[Edit]:
        segment = self._segments[index]
        offset = segment.data + len(HEADER) - self._starts[:-1][index]
        return [change.shifted(offset) for change in changes]

    def _to_file(self, changes: Sequence[Edit], index: int) -> list[Edit]:
        segment = self._segments[index]
        size = segment.end - segment.data + sum(change.growth for change in changes)
        length = Edit(segment.data - 2, segment.data, jpeg_segments.length_field(size))
        return [length, *self._place(changes, index)]


def resource(number: int, content: bytes) -> bytes:
    """A whole resource with an empty name."""
    head = b"8BIM" + number.to_bytes(2, "big") + b"\0\0" + len(content).to_bytes(4, "big")
    return head + content + b"\0" * (len(content) % 2)


def _parse(stream: bytes) -> list[Resource]:
    resources, position = [], 0
    while position < len(stream):
        if not stream[position:].strip(b"\0"):  # some writers pad the segment
            break
        if stream[position : position + 4] not in SIGNATURES:
            raise Refusal("Photoshop resources that cannot be read")
        number = int.from_bytes(stream[position + 4 : position + 6], "big")
        name_length = stream[position + 6] if position + 6 < len(stream) else 0
        size_at = position + 7 + name_length + (name_length + 1) % 2
        data = size_at + 4
        size = int.from_bytes(stream[size_at:data], "big")
        if data + size > len(stream):
            raise Refusal("Photoshop resources that overrun their segment")
        # An odd resource is padded; some writers leave that out.
        end = data + size
        padded = size % 2 == 1 and stream[end : end + 4] not in SIGNATURES and end < len(stream)
        resources.append(Resource(number, size_at, data, end, padded))
        position = end + padded
    return resources
