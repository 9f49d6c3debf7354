"""Edits as few bytes, for the journal.

Layout, then compressed with zlib (RFC 1950): the number of edits; for each edit, in the order
of the list, its start, the length of what it replaces and the length of the replacement; then
all replacements one behind the other. Numbers are unsigned LEB128 (DWARF 5, section 7.6).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from app.metadata.splice import Edit


def pack(edits: Sequence[Edit]) -> bytes:
    """The bytes that stand for edits."""
    head = bytearray(_number(len(edits)))
    for edit in edits:
        head += _number(edit.start)
        head += _number(edit.end - edit.start)
        head += _number(len(edit.replacement))
    return zlib.compress(bytes(head) + b"".join(edit.replacement for edit in edits))


def unpack(packed: bytes) -> list[Edit]:
    """The edits behind what `pack` made.

    Raises:
        ValueError: the bytes are damaged.
    """
    try:
        data = zlib.decompress(packed)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    position = 0

    def number() -> int:
        nonlocal position
        value = shift = 0
        while True:
            if position >= len(data):
                raise ValueError("edits that end too early")
            byte = data[position]
            position += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    ranges = [(number(), number(), number()) for _ in range(number())]
    edits = []
    for start, replaced, length in ranges:
        edits.append(Edit(start, start + replaced, data[position : position + length]))
        position += length
    if position != len(data):
        raise ValueError("edits of another length than they say")
    return edits


def _number(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
