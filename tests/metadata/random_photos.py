"""Structured-random photos of the formats that are spliced, and what in them must not change."""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import cache

from hypothesis import strategies as st

from tests.metadata import build_png_webp as made
from tests.metadata import build_tiff, builders
from tests.metadata.builders import Entry
from tests.metadata.test_random_fields import WORDS, packets

#: Photos by what stands in a file's name behind the dot.
SUFFIXES = ("jpg", "png", "webp", "tif")
_WEBP_BASES = ("lossy", "lossless", "lossless with alpha", "animated", "colour profile", "Exif",
               "unknown chunk")  # fmt: skip
_PNG_BASES = ("rgb", "palette", "many IDAT", "animated", "Exif", "colour profile")
#: The chunks that tags are kept in, or that say of others that they are there.
_OF_TAGS = {b"iTXt", b"tEXt", b"zTXt", b"eXIf", b"VP8X", b"XMP ", b"EXIF"}


@st.composite
def photos(draw: st.DrawFn, suffix: str) -> bytes:
    """A photo with any of the blocks that tags are kept in, in any order."""
    packet = draw(packets())[0] if draw(st.booleans()) else None
    block = draw(blocks()) if draw(st.booleans()) else None
    return {"jpg": _jpeg, "png": _png, "webp": _webp, "tif": _tiff}[suffix](draw, packet, block)


@st.composite
def blocks(draw: st.DrawFn) -> bytes:
    """An IPTC block, its coding declared or not."""
    charset = draw(st.sampled_from(["utf-8", "ascii", "latin-1"]))
    sets = [(1, 90, b"\x1b%G")] if charset == "utf-8" else []
    sets += [(2, 0, b"\0\4")] * draw(st.booleans())
    sets += [(2, 25, w.encode(charset, "replace")) for w in draw(st.lists(WORDS, max_size=3))]
    sets += [(2, 120, "Größe".encode(charset, "replace"))] * draw(st.booleans())
    sets += [(8, 10, b"object")] * draw(st.booleans())
    return builders.iim(*sets) + b"\0" * draw(st.integers(0, 2))


def _windows(draw: st.DrawFn) -> bytes | None:
    """The value of XPKeywords."""
    words = draw(st.none() | st.lists(WORDS, max_size=3))
    return None if words is None else (";".join(words) + "\0").encode("utf-16-le")


def _jpeg(draw: st.DrawFn, packet: bytes | None, block: bytes | None) -> bytes:
    parts: list[bytes] = []
    order = draw(st.sampled_from("<>"))
    if draw(st.booleans()):
        words = _windows(draw)
        extra: list[Entry] = [] if words is None else [build_tiff.blob(0x9C9E, words)]
        parts.append(builders.exif(draw(st.binary(max_size=80)), extra, order))
    if packet is not None:
        parts.append(builders.xmp_segment(packet))
    if block is not None:
        resources = [
            builders.resource(
                0x03ED, b"r" * draw(st.integers(0, 5)), draw(st.sampled_from([b"", b"ab"]))
            ),
            builders.resource(0x0404, block),
            builders.resource(0x0425, hashlib.md5(block).digest()),
        ]
        parts.append(builders.app13(*draw(st.permutations(resources))[: draw(st.integers(1, 3))]))
    if draw(st.booleans()):
        parts.append(builders.segment(0xE2, b"ICC_PROFILE\0\1\1" + draw(st.binary(max_size=30))))
    parts = draw(st.permutations(parts))
    if draw(st.booleans()):
        cut = draw(st.integers(0, len(parts)))
        return builders.two_pictures(*parts[:cut], after=parts[cut:], order=order)
    return builders.with_segments(*parts, trailer=draw(st.binary(max_size=40)))


@cache
def _base(name: str) -> bytes:
    kind, _, which = name.partition(" ")
    return (made.PNGS if kind == "png" else made.WEBPS)[which]()


def _png(draw: st.DrawFn, packet: bytes | None, block: bytes | None) -> bytes:
    chunks, _ = made.png_chunks(_base(f"png {draw(st.sampled_from(_PNG_BASES))}"))
    new: list[tuple[bytes, bytes]] = []
    if packet is not None:
        head, content = made.XMP_HEAD, packet
        if draw(st.booleans()):
            head, content = made.XMP_HEAD_COMPRESSED, zlib.compress(packet)
        new.append((b"iTXt", head + content))
    if block is not None:
        kind = draw(st.sampled_from([b"tEXt", b"zTXt"]))
        content = builders.resource(0x0404, block)
        new.append(made.raw_chunk("iptc", content, kind))
    if not any(kind == b"eXIf" for kind, _ in chunks):
        new += [(b"eXIf", _exif(draw))] * draw(st.booleans())
    new += [(b"prVt", draw(st.binary(max_size=9)))] * draw(st.booleans())
    for each in draw(st.permutations(new)):
        # Between the picture's chunks there may be nothing.
        first = next(n for n, (kind, _) in enumerate(chunks) if kind in (b"IDAT", b"fcTL"))
        places = [1, first, len(chunks) - 1] if each[0] != b"eXIf" else [1, first]
        chunks.insert(draw(st.sampled_from(places)), each)
    return made.join_png(chunks, draw(st.binary(max_size=40)))


def _exif(draw: st.DrawFn) -> bytes:
    words = [word for word in draw(st.lists(WORDS, max_size=3)) if word]
    return made.tiff_block(keywords=";".join(words))


def _webp(draw: st.DrawFn, packet: bytes | None, block: bytes | None) -> bytes:
    del block  # WebP has no place for one
    data = _base(f"webp {draw(st.sampled_from(_WEBP_BASES))}")
    chunks, _ = made.webp_chunks(data)
    if chunks[0][0] == b"VP8X":
        new: list[tuple[bytes, bytes]] = []
        flags = chunks[0][1][0]
        if not flags & 8 and draw(st.booleans()):
            new.append((b"EXIF", _exif(draw)))
            flags |= 8
        if packet is not None:
            new.append((b"XMP ", packet))
            flags |= 4
        chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
        chunks += draw(st.permutations(new))
        chunks += [(b"QqQq", draw(st.binary(max_size=9)))] * draw(st.booleans())
    return made.join_webp(chunks, draw(st.binary(max_size=40)))


def _tiff(draw: st.DrawFn, packet: bytes | None, block: bytes | None) -> bytes:
    order = draw(st.sampled_from("<>"))
    extra: list[Entry] = []
    if packet is not None:
        extra.append(build_tiff.blob(build_tiff.XMP, packet, draw(st.sampled_from([1, 7]))))
    if block is not None:
        if draw(st.booleans()):
            kind = draw(st.sampled_from([1, 4, 7]))
            extra.append(build_tiff.blob(build_tiff.IPTC, block, kind))
        else:
            resource = builders.resource(0x0404, block)
            extra.append(build_tiff.blob(build_tiff.RESOURCES, resource))
    words = _windows(draw)
    if words is not None:
        extra.append(build_tiff.blob(build_tiff.XP_KEYWORDS, words))
    extra += [build_tiff.blob(build_tiff.ICC, b"profile" * 9, 7)] * draw(st.booleans())
    below = {build_tiff.EXIF_IFD: [(0x927C, 7, 21, b"maker" * 4 + b"!")]}
    first = build_tiff.Page(
        layout=draw(st.sampled_from(["strips", "tiles"])),
        packed=draw(st.booleans()),
        extra=extra,
        below=below if draw(st.booleans()) else {},
    )
    others = [build_tiff.Page()] * draw(st.integers(0, 2))
    return build_tiff.tiff(first, *others, order=order, trailer=draw(st.binary(max_size=40)))


def rest(data: bytes) -> object:
    """All of a photo that has nothing to do with tags, found without the code under test."""
    if data.startswith(b"\xff\xd8"):
        second = builders.pictures_of(data)[1:] if builders.has_pictures(data) else []
        return builders.from_scan(data), second, _other_segments(data)
    if data.startswith(made.PNG_SIGNATURE):
        chunks, trailer = made.png_chunks(data)
        text = [b for k, b in chunks if k == b"tEXt" and b.startswith(b"Comment")]
        return [each for each in chunks if each[0] not in _OF_TAGS], trailer, text
    if data.startswith(b"RIFF"):
        chunks, trailer = made.webp_chunks(data)
        return [each for each in chunks if each[0] not in _OF_TAGS], trailer
    found = build_tiff.first_directory(data)[1]
    kept = {tag: value for tag, value in found.items() if tag in (build_tiff.ICC, 282, 283)}
    return build_tiff.pages_of(data), kept, b"maker" in data


def _other_segments(data: bytes) -> list[bytes]:
    """The segments of a JPEG that hold neither Exif, XMP, IPTC nor positions of pictures."""
    found, position = [], 2
    while data[position + 1] != 0xDA:
        marker, size = struct.unpack_from(">xBH", data, position)
        segment = data[position : position + 2 + size]
        of_tags = segment[4:].startswith((b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0"))
        of_tags = of_tags or (marker == 0xE2 and segment[4:].startswith(b"MPF\0"))
        if not of_tags and marker != 0xED:
            found.append(segment)
        position += 2 + size
    return found
