"""PNG and WebP files made on the spot, and read without the code under test."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms, ImageSequence
from PIL.PngImagePlugin import PngInfo

from app.metadata import splice
from app.metadata.containers.base import BlockChanges, Container
from app.metadata.containers.png import Png
from app.metadata.containers.webp import WebP
from app.metadata.splice import Edit
from tests.metadata import builders
from tests.metadata.judge import ExifTool

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
XMP_HEAD = b"XML:com.adobe.xmp\0\0\0\0\0"
XMP_HEAD_COMPRESSED = b"XML:com.adobe.xmp\0\1\0\0\0"
#: What ExifTool says of a WebP that was simple and has a VP8X chunk now, which repeats the size.
EXTENDED = frozenset(
    {"File:FileType", "RIFF:WebP_Flags", "RIFF:Copy1:ImageWidth", "RIFF:Copy1:ImageHeight"}
)
Chunks = list[tuple[bytes, bytes]]


def image(mode: str = "RGB", size: tuple[int, int] = (37, 23), seed: int = 1) -> Image.Image:
    """A picture with something in every channel."""
    noise = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 4), np.uint8)
    if mode == "I;16":
        return Image.fromarray(noise[..., :2].astype(np.uint16)[..., 0] * 257)
    whole = Image.fromarray(noise, "RGBA")
    return (
        whole.convert("P", palette=Image.Palette.ADAPTIVE) if mode == "P" else whole.convert(mode)
    )


def icc() -> bytes:
    """A colour profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def tiff_block(*, keywords: str = "", header: bytes = b"") -> bytes:
    """Exif with a make, an orientation and, if asked for, Windows' keywords."""
    entries = Image.Exif()
    entries[0x010F] = "Maker"
    entries[0x0112] = 1
    if keywords:
        entries[0x9C9E] = (keywords + "\0").encode("utf-16-le")
    return header + entries.tobytes().removeprefix(b"Exif\0\0")


def png(mode: str = "RGB", **options: Any) -> bytes:
    """A PNG by Pillow with a text that must survive."""
    info = PngInfo()
    info.add_text("Comment", "to be kept")
    file = io.BytesIO()
    image(mode).save(file, "PNG", pnginfo=info, **options)
    return file.getvalue()


def apng(**options: Any) -> bytes:
    """An animated PNG with three frames."""
    frames = [image("RGBA", seed=seed) for seed in (2, 3)]
    return png("RGBA", save_all=True, append_images=frames, duration=90, **options)


def interlaced() -> bytes:
    """An Adam7-interlaced grey PNG of 9 x 9, which Pillow cannot write itself."""
    pixels = np.arange(81, dtype=np.uint8).reshape(9, 9) * 3
    raw = b""
    for x, y, across, down in (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):  # fmt: skip
        raw += b"".join(b"\0" + row.tobytes() for row in pixels[y::down, x::across])
    head = struct.pack(">IIBBBBB", 9, 9, 8, 0, 0, 0, 1)
    return join_png([(b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b"")])


def webp(mode: str = "RGB", **options: Any) -> bytes:
    """A WebP by Pillow."""
    file = io.BytesIO()
    image(mode).save(file, "WEBP", **options)
    return file.getvalue()


def animated_webp(**options: Any) -> bytes:
    """A WebP with three frames."""
    frames = [image("RGBA", seed=seed) for seed in (2, 3)]
    return webp("RGBA", save_all=True, append_images=frames, duration=90, **options)


PNGS: dict[str, Callable[[], bytes]] = {
    "rgb": png,
    "rgba": lambda: png("RGBA"),
    "palette": lambda: png("P", transparency=3),
    "grey": lambda: png("L"),
    "16 bit": lambda: png("I;16"),
    "interlaced": interlaced,
    "colour profile": lambda: png(icc_profile=icc(), dpi=(300, 300)),
    "Exif": lambda: png(exif=tiff_block()),
    "many IDAT": lambda: split_idat(png(), 100),
    "animated": apng,
    "animated behind a default picture": lambda: apng(default_image=True),
    "bytes behind the end": lambda: png() + b"something else" * 50,
}
WEBPS: dict[str, Callable[[], bytes]] = {
    "lossy": webp,
    "lossless": lambda: webp(lossless=True),
    "lossy with alpha": lambda: webp("RGBA"),
    "lossless with alpha": lambda: webp("RGBA", lossless=True),
    "animated": animated_webp,
    "animated lossless": lambda: animated_webp(lossless=True),
    "colour profile": lambda: webp(icc_profile=icc()),
    "Exif": lambda: webp(exif=tiff_block()),
    "Exif with a header": lambda: webp(exif=tiff_block(header=b"Exif\0\0")),
    "all": lambda: animated_webp(icc_profile=icc(), exif=tiff_block()),
    "unknown chunk": lambda: webp_with(webp(exif=tiff_block()), (b"QQQQ", b"odd")),
    "bytes behind the end": lambda: webp() + b"something else" * 51,
}


def png_chunks(data: bytes) -> tuple[Chunks, bytes]:
    """Kind and content of each chunk (all CRCs checked), and what is behind IEND."""
    found: Chunks = []
    position = len(PNG_SIGNATURE)
    while not found or found[-1][0] != b"IEND":
        (size,) = struct.unpack_from(">I", data, position)
        kind, content = data[position + 4 : position + 8], data[position + 8 : position + 8 + size]
        (checksum,) = struct.unpack_from(">I", data, position + 8 + size)
        assert checksum == zlib.crc32(kind + content), kind
        found.append((kind, content))
        position += 12 + size
    return found, data[position:]


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk with its length and CRC."""
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def join_png(chunks: Sequence[tuple[bytes, bytes]], trailer: bytes = b"") -> bytes:
    """A PNG of chunks."""
    return PNG_SIGNATURE + b"".join(png_chunk(*each) for each in chunks) + trailer


def png_with(
    *new: tuple[bytes, bytes], base: bytes | None = None, behind: bytes = b"IHDR"
) -> bytes:
    """A PNG with more chunks behind the last one of a kind."""
    chunks, trailer = png_chunks(png() if base is None else base)
    at = 1 + max(number for number, (kind, _) in enumerate(chunks) if kind == behind)
    return join_png([*chunks[:at], *new, *chunks[at:]], trailer)


def split_idat(data: bytes, size: int) -> bytes:
    """The same PNG with its picture data in chunks of `size` bytes."""
    chunks: Chunks = []
    for kind, content in png_chunks(data)[0]:
        step = size if kind == b"IDAT" else max(len(content), 1)
        parts = [content[at : at + step] for at in range(0, len(content), step)] or [b""]
        chunks += [(kind, part) for part in parts]
    return join_png(chunks)


def screenshot(*between: tuple[bytes, bytes]) -> bytes:
    """A PNG as Apple's systems write it: iDOT counts from itself to the IDAT chunks."""
    chunks, _ = png_chunks(split_idat(png(), 400))
    idats = [content for kind, content in chunks if kind == b"IDAT"]
    gap = sum(12 + len(content) for _, content in between)
    offsets = (40 + gap, 40 + gap + 12 + len(idats[0]))
    index = struct.pack(">7I", 2, 0, 12, offsets[0], 12, 11, offsets[1])
    at = [kind for kind, _ in chunks].index(b"IDAT")
    return join_png([*chunks[:at], (b"iDOT", index), *between, *chunks[at:]])


def idot_targets(data: bytes) -> list[bytes]:
    """What the offsets of iDOT point at."""
    base = data.index(b"iDOT") - 4
    numbers = struct.unpack_from(">7I", data, base + 8)
    return [data[base + numbers[at] + 4 : base + numbers[at] + 8] for at in (3, 6)]


def raw_profile(name: str, content: bytes) -> bytes:
    """The text of a raw profile."""
    digits = content.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    return f"\n{name}\n{len(content):8}\n{lines}\n".encode()


def raw_chunk(name: str, content: bytes, kind: bytes = b"zTXt") -> tuple[bytes, bytes]:
    """A text chunk with a raw profile."""
    keyword, text = f"Raw profile type {name}".encode(), raw_profile(name, content)
    if kind == b"tEXt":
        return kind, keyword + b"\0" + text
    if kind == b"zTXt":
        return kind, keyword + b"\0\0" + zlib.compress(text)
    return kind, keyword + b"\0\1\0\0\0" + zlib.compress(text)


def webp_chunks(data: bytes) -> tuple[Chunks, bytes]:
    """Name and content of each chunk, and what is behind the RIFF structure."""
    assert (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
    (size,) = struct.unpack_from("<I", data, 4)
    found: Chunks = []
    position = 12
    while position < 8 + size:
        kind, length = struct.unpack_from("<4sI", data, position)
        found.append((kind, data[position + 8 : position + 8 + length]))
        position += 8 + length
        if length % 2:
            assert data[position] == 0
            position += 1
    assert position == 8 + size <= len(data)
    return found, data[position:]


def join_webp(chunks: Sequence[tuple[bytes, bytes]], trailer: bytes = b"") -> bytes:
    """A WebP of chunks."""
    body = b"WEBP" + b"".join(
        struct.pack("<4sI", kind, len(content)) + content + b"\0" * (len(content) % 2)
        for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body + trailer


def webp_with(base: bytes, *new: tuple[bytes, bytes]) -> bytes:
    """A WebP with more chunks at its end."""
    chunks, trailer = webp_chunks(base)
    return join_webp([*chunks, *new], trailer)


def with_xmp(data: bytes) -> bytes:
    """The file with a packet, put in by Pillow's own encoder or a chunk by hand."""
    packet = builders.packet(builders.subject("Dog"), padding=30)
    if data.startswith(PNG_SIGNATURE):
        return png_with((b"iTXt", XMP_HEAD + packet), base=data)
    chunks, trailer = webp_chunks(data)
    assert chunks[0][0] == b"VP8X"
    flags = bytes([chunks[0][1][0] | 4]) + chunks[0][1][1:]
    at = max(
        n for n, (kind, _) in enumerate(chunks) if kind in (b"VP8 ", b"VP8L", b"ANMF", b"EXIF")
    )
    chunks = [(b"VP8X", flags), *chunks[1 : at + 1], (b"XMP ", packet), *chunks[at + 1 :]]
    return join_webp(chunks, trailer)


def keyword_change(content: bytes | None, keyword: str) -> BlockChanges:
    """Adding one keyword to a packet made here, or a new packet with it."""
    if content is None:
        return BlockChanges(xmp=[Edit(0, 0, builders.packet(builders.subject(keyword)))])
    at = content.find(b"</rdf:Bag>")
    text = f"<rdf:li>{keyword}</rdf:li>"
    if at < 0:
        at = content.index(b"</rdf:RDF>")
        subject = builders.subject(keyword)
        text = f'<rdf:Description rdf:about="">{subject}</rdf:Description>'
    return BlockChanges(xmp=[Edit(at, at, text.encode())])


def container(data: bytes) -> Container:
    """A PNG or WebP, parsed by the code under test."""
    return Png(data) if data.startswith(PNG_SIGNATURE) else WebP(data)


def changed(data: bytes, changes: BlockChanges) -> bytes:
    """The file with the changes made, after checking that the rest is the same."""
    old = container(data)
    edits = old.edits(changes)
    new = splice.apply(data, edits)
    assert splice.proves(data, edits, new)
    assert splice.apply(new, splice.inverse(data, edits)) == data
    shift = splice.Shift(edits)
    last = 0
    for start, end in old.picture():
        assert last <= start < end <= len(data)
        last = end
        assert new[shift(start) : shift(start) + end - start] == data[start:end]
    return new


def frames(path: Path) -> list[tuple[object, ...]]:
    """Mode, size, time and pixels of every frame as Pillow decodes them."""
    with Image.open(path) as whole:
        return [
            (frame.mode, frame.size, frame.info.get("duration"), frame.tobytes())
            for frame in ImageSequence.Iterator(whole)
        ]


def warnings(path: Path) -> list[str]:
    """What ExifTool finds wrong with a file."""
    command = ["exiftool", "-validate", "-warning", "-error", "-a", "-s3", str(path)]
    lines = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    return sorted(lines[1:])


def checked_by_programs(path: Path) -> list[str]:
    """Why the checkers that are installed find a file wrong; empty without any."""
    checkers = {".png": ["pngcheck", "-q"], ".webp": ["webpinfo", "-quiet"]}
    program, option = checkers[path.suffix]
    found: list[str] = []
    for command in ([program, option], ["pngfix"]):
        if shutil.which(command[0]) and (command[0] != "pngfix" or path.suffix == ".png"):
            done = subprocess.run([*command, str(path)], capture_output=True, text=True)
            if done.returncode:
                found.append(f"{command[0]}: {done.stdout}{done.stderr}")
    return found


def check_by_others(
    folder: Path, suffix: str, data: bytes, new: bytes, exiftool: ExifTool, ours: frozenset[str]
) -> dict[str, object]:
    """Compare two files by Pillow, ExifTool and the checkers; gives what ExifTool sees in `new`.

    `ours` are the tags, besides keywords, that may differ.
    """
    before, after = folder / f"before{suffix}", folder / f"after{suffix}"
    before.write_bytes(data)
    after.write_bytes(new)
    assert frames(before) == frames(after)
    seen = exiftool.dump([before, after])
    old, found = seen[before.name], seen[after.name]
    differences = exiftool.differences(old, found)
    for key in (*ours, "System:FileName"):
        differences.pop(key, None)
    assert differences == {}
    assert set(warnings(after)) <= set(warnings(before))
    if not checked_by_programs(before):
        assert not checked_by_programs(after)
    return found


def keywords_seen(found: dict[str, object]) -> list[str]:
    """dc:subject as ExifTool lists it."""
    value = found.get("XMP-dc:Subject", [])
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
