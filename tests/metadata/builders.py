"""Photos made on the spot, with metadata laid out byte by byte."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from app.core.tag import Tag

CAT = Tag(("Animal", "Cat"))
SKY = Tag(("Nature", "Sky"))
RDF_NS = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
MPF_SEGMENT = re.compile(rb"\xff\xe2..MPF\0(?=II\*\0|MM\0\*)", re.DOTALL)
DC_NS = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
LR_NS = 'xmlns:lr="http://ns.adobe.com/lightroom/1.0/"'
DIGIKAM_NS = 'xmlns:digiKam="http://www.digikam.org/ns/1.0/"'


def picture(size: tuple[int, int] = (40, 30), colour: str = "teal") -> bytes:
    """A JPEG without any metadata but JFIF."""
    image = Image.new("RGB", size, colour)
    image.putdata([(x * 5 % 256, y * 7 % 256, 90) for y in range(size[1]) for x in range(size[0])])
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90)
    return file.getvalue()


def segment(marker: int, payload: bytes) -> bytes:
    """A segment, written without the code under test."""
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def with_segments(*segments: bytes, base: bytes | None = None, trailer: bytes = b"") -> bytes:
    """A JPEG with segments directly behind SOI and bytes behind EOI."""
    base = picture() if base is None else base
    return base[:2] + b"".join(segments) + base[2:] + trailer


def xmp_segment(packet: bytes) -> bytes:
    """An APP1 segment with a standard packet."""
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def packet(
    properties: str = "", *, attributes: str = "", padding: int = 0, end: str = "w"
) -> bytes:
    """An XMP packet with one description, laid out as many programs do."""
    text = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">\n <rdf:RDF {RDF_NS}>\n'
        f'  <rdf:Description rdf:about="" {attributes}>{properties}\n  </rdf:Description>\n'
        f' </rdf:RDF>\n</x:xmpmeta>\n{" " * padding}<?xpacket end="{end}"?>'
    )
    return text.encode()


def subject(*keywords: str, kind: str = "Bag") -> str:
    """A dc:subject property with its own namespace declaration."""
    return _property(f"dc:subject {DC_NS}", kind, keywords)


def hierarchical(*paths: str) -> str:
    """A lr:hierarchicalSubject property."""
    return _property(f"lr:hierarchicalSubject {LR_NS}", "Bag", paths)


def tags_list(*paths: str) -> str:
    """A digiKam:TagsList property."""
    return _property(f"digiKam:TagsList {DIGIKAM_NS}", "Seq", paths)


def _property(opening: str, kind: str, values: Sequence[str]) -> str:
    items = "".join(f"\n     <rdf:li>{value}</rdf:li>" for value in values)
    name = opening.split(maxsplit=1)[0]
    return f"\n   <{opening}>\n    <rdf:{kind}>{items}\n    </rdf:{kind}>\n   </{name}>"


def iim(*sets: tuple[int, int, bytes]) -> bytes:
    """An IPTC-IIM block."""
    return b"".join(struct.pack(">BBBH", 0x1C, *s[:2], len(s[2])) + s[2] for s in sets)


def resource(number: int, content: bytes, name: bytes = b"", sign: bytes = b"8BIM") -> bytes:
    """A Photoshop resource."""
    pascal = bytes([len(name)]) + name
    head = sign + struct.pack(">H", number) + pascal + b"\0" * (len(pascal) % 2)
    return head + struct.pack(">I", len(content)) + content + b"\0" * (len(content) % 2)


def app13(*resources: bytes) -> bytes:
    """An APP13 segment with Photoshop resources."""
    return segment(0xED, b"Photoshop 3.0\0" + b"".join(resources))


Entry = tuple[int, int, int, bytes]


def ifd(entries: Sequence[Entry], at: int, following: int = 0, order: str = "<") -> bytes:
    """A TIFF directory at an offset, with larger values directly behind it."""
    away = at + 2 + 12 * len(entries) + 4
    body, values = struct.pack(order + "H", len(entries)), b""
    for tag, kind, count, value in entries:
        if len(value) <= 4:
            inline = value.ljust(4, b"\0")
        else:
            inline = struct.pack(order + "I", away + len(values))
            values += value + b"\0" * (len(value) % 2)
        body += struct.pack(order + "HHI", tag, kind, count) + inline
    return body + struct.pack(order + "I", following) + values


def exif(maker_note: bytes = b"", extra: Sequence[Entry] = (), order: str = "<") -> bytes:
    """An Exif APP1 segment with a make, a MakerNote and further IFD0 entries."""
    first = [(0x010F, 2, 6, b"Maker\0"), (0x8769, 4, 1, b"\0\0\0\0"), *extra]
    first.sort()
    size = len(ifd(first, 8, 0, order))
    pointer = struct.pack(order + "I", 8 + size)
    first = [(t, k, c, pointer if t == 0x8769 else v) for t, k, c, v in first]
    sub = [(0x9003, 2, 20, b"2020:01:01 00:00:00\0")]
    if maker_note:
        sub.append((0x927C, 7, len(maker_note), maker_note))
    header = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    body = header + ifd(first, 8, 0, order)
    return segment(0xE1, b"Exif\0\0" + body + ifd(sub, len(body), 0, order))


def is_kept(part: bytes, data: bytes) -> bool:
    """Whether a file still has a segment. Exif may have grown at its end, and its header say so."""
    if part[4:9] != b"Exif\0":
        return part in data
    # Marker, length, 'Exif\0\0' and the TIFF header are 18 bytes.
    return part[18:] in data


def maker_note_at(*segments_before: bytes) -> int:
    """Where, from the TIFF header, the MakerNote of `exif(...)` begins."""
    block = exif(b"@" * 64)
    return block.index(b"@" * 64) - 10 + sum(map(len, segments_before))


def mpf(entries: Sequence[tuple[int, int, int]], order: str = "<") -> bytes:
    """An APP2 segment with an MP index of (attributes, size, offset)."""
    table = b"".join(struct.pack(order + "IIIHH", *each, 0, 0) for each in entries)
    index = [
        (0xB000, 7, 4, b"0100"),
        (0xB001, 4, 1, struct.pack(order + "I", len(entries))),
        (0xB002, 7, len(table), table),
    ]
    header = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    return segment(0xE2, b"MPF\0" + header + ifd(index, 8, 0, order))


def two_pictures(*before: bytes, after: Sequence[bytes] = (), order: str = "<") -> bytes:
    """An MPF file: segments, the MP index, more segments, two pictures one behind the other."""
    first, second = picture(), picture((16, 12), "red")
    size = len(with_segments(*before, mpf([(0, 0, 0)] * 2, order), *after, base=first))
    base = 2 + sum(map(len, before)) + 8  # of the MP header
    index = mpf([(0x030000, size, 0), (0, len(second), size - base)], order)
    return with_segments(*before, index, *after, base=first, trailer=second)


def pictures_of(data: bytes) -> list[bytes]:
    """The pictures that the MP index of a file names, found without the code under test."""
    found = MPF_SEGMENT.search(data)
    assert found
    at = found.end()
    order = "<" if data[at : at + 2] == b"II" else ">"
    (start,) = struct.unpack_from(order + "I", data, at + 4)
    (count,) = struct.unpack_from(order + "H", data, at + start)
    for number in range(count):
        entry = at + start + 2 + 12 * number
        tag, _, size, where = struct.unpack_from(order + "HHII", data, entry)
        if tag == 0xB002:
            table = data[at + where : at + where + size]
    pictures = []
    for position in range(0, len(table), 16):
        size, offset = struct.unpack_from(order + "II", table, position + 4)
        begin = at + offset if offset else 0
        pictures.append(data[begin : begin + size])
    return pictures


def has_pictures(data: bytes) -> bool:
    """Whether a file has an MP index."""
    return MPF_SEGMENT.search(data) is not None


def save(folder: Path, data: bytes, name: str = "photo.jpg") -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.write_bytes(data)
    return path


def from_scan(data: bytes) -> bytes:
    """The bytes from the first start-of-scan marker on, found without the code under test."""
    position = 2
    while data[position + 1] != 0xDA:
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return data[position:]
