"""HEIC files laid out box by box, without a picture that decodes; and real AVIF and JPEG XL."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import imagecodecs
import numpy as np
from PIL import Image, ImageCms

XMP = b"application/rdf+xml"
C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def box(kind: bytes, *content: bytes, wide: bool = False, to_the_end: bool = False) -> bytes:
    """A box with a 32-bit size, a 64-bit one, or none."""
    body = b"".join(content)
    if to_the_end:
        return struct.pack(">I4s", 0, kind) + body
    if wide:
        return struct.pack(">I4sQ", 1, kind, len(body) + 16) + body
    return struct.pack(">I4s", len(body) + 8, kind) + body


def full(kind: bytes, version: int, *content: bytes) -> bytes:
    """A box with a version."""
    return box(kind, bytes([version, 0, 0, 0]), *content)


@dataclass(frozen=True)
class Part:
    """An item of a HEIC file: about which items it is, and where its bytes are."""

    number: int
    kind: bytes
    data: bytes
    content_type: bytes = b""
    encoding: bytes = b""
    protection: int = 0
    about: tuple[int, ...] = ()
    method: int = 0
    reference: int = 0
    extents: int = 1

    def entry(self) -> bytes:
        """The box that describes it."""
        head = struct.pack(">HH4s", self.number, self.protection, self.kind) + b"\0"
        if self.content_type:
            head += self.content_type + b"\0"
        hidden = bytes([2, 0, 0, 1 if self.content_type else 0])
        return box(b"infe", hidden, head, self.encoding + b"\0" if self.encoding else b"")

    def pieces(self) -> list[bytes]:
        """Its bytes by extents."""
        step = -(-len(self.data) // self.extents)
        return [self.data[at : at + step] for at in range(0, len(self.data), step)]


TILE = Part(1, b"hvc1", bytes(range(256)) * 3)
THUMB = Part(2, b"hvc1", b"thumbnail" * 20)
EXIF = Part(3, b"Exif", b"\0\0\0\6Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0", about=(1,))


def xmp_part(packet: bytes, number: int = 4, about: tuple[int, ...] = (1,)) -> Part:
    """An item that is an XMP packet."""
    return Part(number, b"mime", packet, XMP, about=about)


def heif(
    *parts: Part,
    primary: int | None = 1,
    version: int = 1,
    brands: bytes = b"heic\0\0\0\0mif1heic",
    wide: bool = False,
    to_the_end: bool = False,
    data_first: bool = False,
    meta: Sequence[bytes] = (),
    between: bytes = b"",
    behind: bytes = b"",
) -> bytes:
    """A HEIC file of these items."""
    head = box(b"ftyp", brands)
    media = b"".join(piece for part in parts if not part.method for piece in part.pieces())
    mdat = box(b"mdat", media, wide=wide, to_the_end=to_the_end)
    start = 0
    for _ in range(2):  # the positions are known once the length of the catalogue is
        catalogue = _meta(parts, primary, version, meta, start)
        before = head + between if data_first else head + catalogue + between
        start = len(before) + len(mdat) - len(media)
    rest = mdat + catalogue if data_first else mdat
    return before + rest + behind


def _meta(
    parts: Sequence[Part], primary: int | None, version: int, more: Sequence[bytes], start: int
) -> bytes:
    wide = "I" if version == 2 else "H"
    table = struct.pack(">BB" + wide, 0x44, 0, len(parts))
    inner = b""
    for part in parts:
        table += struct.pack(">" + wide, part.number)
        table += struct.pack(">H", part.method) if version else b""
        table += struct.pack(">HH", part.reference, len(part.pieces()))
        for piece in part.pieces():
            at = len(inner) if part.method else start
            table += struct.pack(">II", at, len(piece))
            if part.method:
                inner += piece
            else:
                start += len(piece)
    about = [
        box(b"cdsc", struct.pack(f">HH{count}H", part.number, count, *part.about))
        for part in parts
        if (count := len(part.about))
    ]
    return full(
        b"meta",
        0,
        full(b"hdlr", 0, b"\0\0\0\0pict", bytes(13)),
        full(b"pitm", 0, struct.pack(">H", primary)) if primary is not None else b"",
        full(b"iloc", version, table),
        full(b"iinf", 0, struct.pack(">H", len(parts)), *(part.entry() for part in parts)),
        full(b"iref", 0, *about) if about else b"",
        box(b"idat", inner) if inner else b"",
        *more,
    )


def pixels(seed: int = 1) -> np.ndarray:
    """A picture of noise, 40 by 56."""
    return np.random.default_rng(seed).integers(0, 256, (40, 56, 3), np.uint8)


def exif() -> bytes:
    """Some Exif."""
    made = Image.Exif()
    made[0x010F], made[0x0131] = "Maker", "Program"
    return made.tobytes()


def avif(packet: bytes | None = None) -> bytes:
    """A real AVIF with Exif and a colour profile."""
    file = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {} if packet is None else {"xmp": packet}
    Image.fromarray(pixels()).save(file, "AVIF", exif=exif(), icc_profile=profile, **more)
    return file.getvalue()


def jxl(*boxes: bytes) -> bytes:
    """A real boxed JPEG XL with more boxes behind the head."""
    made = bytes(imagecodecs.jpegxl_encode(pixels(), usecontainer=True))
    return made[:32] + b"".join(boxes) + made[32:]


def jxl_of_jpeg(packet: bytes | None) -> tuple[bytes, bytes]:
    """A JPEG XL made from a JPEG, which it can be turned back into; and that JPEG.

    The encoder compresses the packet; here it is put back as a box that can be read.
    """
    file = io.BytesIO()
    more = {} if packet is None else {"xmp": packet}
    Image.fromarray(pixels()).save(file, "JPEG", **more)
    made = bytes(imagecodecs.jpegxl_encode_jpeg(file.getvalue(), usecontainer=True))
    if packet is not None:
        at = made.index(b"brobxml ") - 4
        size = int.from_bytes(made[at : at + 4], "big")
        made = made[:at] + box(b"xml ", packet) + made[at + size :]
    return made, file.getvalue()
