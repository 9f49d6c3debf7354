"""Mutations that keep a file's structure, so that they reach what lies behind its parsing.

A mutation of raw bytes mostly breaks a length or a checksum, and the file is refused at once.
Here one part of the file is changed, doubled, moved or dropped, or taken from a seed, and the
lengths and checksums are made right again; every tenth mutation is one of raw bytes all the same.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: (marker or name, content) of each part, and the bytes behind the last of them.
Parts = tuple[list[tuple[bytes, bytes]], bytes]
Mutate = Callable[[bytes, int], bytes]


def jpeg_parts(data: bytes) -> Parts:
    """The segments in front of the first scan."""
    parts, position = [], 2
    while position + 4 <= len(data) and data[position] == 0xFF and data[position + 1] != 0xDA:
        end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        parts.append((data[position + 1 : position + 2], data[position + 4 : end]))
        position = max(end, position + 4)
    return parts, data[position:]


def join_jpeg(parts: Parts) -> bytes:
    """A JPEG of segments, each cut to the most that one can hold."""
    made = (
        b"\xff" + marker + (len(content[:65_533]) + 2).to_bytes(2, "big") + content[:65_533]
        for marker, content in parts[0]
    )
    return b"\xff\xd8" + b"".join(made) + parts[1]


def png_parts(data: bytes) -> Parts:
    """The chunks of a PNG."""
    parts, position = [], 8
    while position + 12 <= len(data):
        start = position + 8
        end = start + int.from_bytes(data[position : position + 4], "big")
        parts.append((data[position + 4 : start], data[start:end]))
        position = end + 4
    return parts, data[position:]


def join_png(parts: Parts) -> bytes:
    """A PNG of chunks with their checksums."""
    made = (
        len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4)
        for kind, content in parts[0]
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made) + parts[1]


def webp_parts(data: bytes) -> Parts:
    """The chunks of a WebP."""
    parts, position = [], 12
    while position + 8 <= len(data):
        start = position + 8
        size = int.from_bytes(data[position + 4 : start], "little")
        parts.append((data[position : position + 4], data[start : start + size]))
        position = start + size + size % 2
    return parts, data[position:]


def join_webp(parts: Parts) -> bytes:
    """A WebP of chunks, with the size of the whole; what is behind them stays behind it."""
    made = (
        kind + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
        for kind, content in parts[0]
    )
    body = b"WEBP" + b"".join(made)
    return b"RIFF" + len(body).to_bytes(4, "little") + body + parts[1]


@dataclass(frozen=True)
class Format:
    """How a file comes apart and is put together."""

    split: Callable[[bytes], Parts]
    join: Callable[[Parts], bytes]


FORMATS = {
    "jpeg": Format(jpeg_parts, join_jpeg),
    "png": Format(png_parts, join_png),
    "webp": Format(webp_parts, join_webp),
}


def mutator(name: str, seeds: Sequence[bytes], raw: Mutate) -> Callable[[bytes, int, int], bytes]:
    """A mutator as libFuzzer calls it: (data, size that it may have, seed).

    `raw` mutates bytes without knowing what they are.
    """
    form = FORMATS[name]
    given = [form.split(seed)[0] for seed in seeds]

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        chance = random.Random(seed)
        parts, rest = form.split(data)
        if not parts or chance.random() < 0.1:
            return raw(data, max_size)
        at = chance.randrange(len(parts))
        match chance.choices(("change", "double", "drop", "move", "take"), (6, 1, 1, 1, 1))[0]:
            case "change":
                kind, content = parts[at]
                room = max(max_size - len(data) + len(content), 1)
                parts[at] = (kind, raw(content, room))
            case "double":
                parts.insert(chance.randrange(len(parts) + 1), parts[at])
            case "drop":
                del parts[at]
            case "move":
                parts.insert(chance.randrange(len(parts)), parts.pop(at))
            case "take":
                parts.insert(at, chance.choice(chance.choice(given)))
        made = form.join((parts, rest))
        return made if len(made) <= max_size else raw(data, max_size)

    return mutate
