"""Photos for the round trip: one for everything that is hard to write without damage."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import piexif

from tests.metadata import boxes, build_tiff, builders, packets
from tests.metadata import build_png_webp as made
from tests.metadata.builders import (
    app13,
    exif,
    hierarchical,
    iim,
    packet,
    picture,
    resource,
    segment,
    subject,
    two_pictures,
    with_segments,
    xmp_segment,
)


@dataclass(frozen=True)
class Case:
    """A photo, and what is known of it beforehand.

    Attributes:
        suffix: of its name.
        make: gives its bytes.
        target: where the tags must go; None where either will do, if a reason is given.
        note: what one of the report's notes must say.
    """

    suffix: str
    make: Callable[[], bytes]
    target: Literal["embedded", "sidecar"] | None = "embedded"
    note: str = ""


XMP = xmp_segment(packet(subject("Dog"), padding=200))
FULL = xmp_segment(packet(subject("Dog"), padding=65_100))
MOVIE = boxes.box(b"ftyp", b"mp42\0\0\0\0isom") + boxes.box(b"mdat", bytes(range(256)) * 9)
MOTION = xmp_segment(
    packet(
        attributes='xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" '
        f'GCamera:MicroVideo="1" GCamera:MicroVideoOffset="{len(MOVIE)}"'
    )
)
DARKTABLE = (
    '<darktable:history xmlns:darktable="http://darktable.sf.net/"><rdf:Seq>'
    '<rdf:li darktable:operation="exposure" darktable:params="00000000"/></rdf:Seq>'
    "</darktable:history>"
)
BLOCK = iim((1, 90, b"\x1b%G"), (2, 0, b"\0\4"), (2, 25, "Zoë".encode()), (2, 120, b"Words"))
LATIN = iim((2, 0, b"\0\2"), (2, 25, b"Stra\xdfe"), (2, 120, b"Gr\xf6\xdfe"))


def iptc(block: bytes) -> bytes:
    """An APP13 segment with a block, its digest and something else."""
    digest = hashlib.md5(block).digest()
    return app13(resource(0x03ED, b"r" * 16), resource(0x0404, block), resource(0x0425, digest))


def thumbnail() -> bytes:
    """An Exif segment with a thumbnail in IFD1."""
    small = picture((16, 12), "red")
    tags = {
        "0th": {0x010F: b"Maker"},
        "Exif": {0x927C: b"maker's own" * 9},
        "1st": {0x0103: 6},
        "thumbnail": small,
    }
    return segment(0xE1, piexif.dump(tags))


def page(number: int) -> build_tiff.Page:
    """A page of TIFF like no other."""
    layout = ("strips", "tiles")[number % 2]
    return build_tiff.Page((32 + 16 * number, 32), layout, packed=number % 3 == 1)


def tiff(order: str, *entries: builders.Entry) -> bytes:
    """A TIFF of six pages with a MakerNote."""
    first = page(0)
    first.extra = entries
    first.below = {build_tiff.EXIF_IFD: [(0x927C, 7, 21, b"maker" * 4 + b"!")]}
    return build_tiff.tiff(first, *map(page, range(1, 6)), order=order)


def pointing(target: bytes) -> bytes:
    """A JPEG whose MakerNote holds the position of something behind the picture."""
    size = len(with_segments(exif(bytes(32))))
    return with_segments(exif(size.to_bytes(4, "little") * 8), trailer=target)


def icc() -> bytes:
    """An APP2 segment with a colour profile."""
    return segment(0xE2, b"ICC_PROFILE\0\1\1" + made.icc())


CASES: dict[str, Case] = {
    "jpeg": Case("jpg", picture),
    "jpeg mpf before xmp": Case("jpg", lambda: two_pictures(exif(b"m" * 50), after=[XMP])),
    "jpeg mpf behind xmp": Case("jpg", lambda: two_pictures(exif(b"m" * 50), XMP, order=">")),
    "jpeg full exif": Case(
        "jpg", lambda: with_segments(exif(b"m" * 65_380)), note="Windows' keywords left alone"
    ),
    "jpeg full xmp": Case("jpg", lambda: with_segments(FULL)),
    "jpeg motion photo": Case("jpg", lambda: with_segments(exif(), MOTION, trailer=MOVIE)),
    "jpeg latin-1 iptc": Case("jpg", lambda: with_segments(iptc(LATIN)), note="IPTC keywords"),
    "jpeg utf-8 iptc": Case("jpg", lambda: with_segments(iptc(BLOCK))),
    "jpeg several app13": Case(
        "jpg",
        lambda: with_segments(
            app13(resource(0x03ED, b"r" * 16)), iptc(BLOCK), app13(resource(0x0421, b"v" * 9))
        ),
    ),
    "jpeg jfif exif icc": Case(
        "jpg", lambda: with_segments(exif(b"m" * 99, order=">"), icc(), base=picture())
    ),
    "jpeg thumbnail": Case("jpg", lambda: with_segments(thumbnail(), XMP)),
    "jpeg foreign xmp": Case(
        "jpg",
        lambda: with_segments(
            xmp_segment(packet("".join(packets.FOREIGN) + DARKTABLE + hierarchical("A|B")))
        ),
    ),
    "jpeg trailer": Case("jpg", lambda: with_segments(XMP, trailer=b"SEFT" * 99)),
    "jpeg preview behind the end": Case(
        "jpg", lambda: pointing(picture((16, 12))), "sidecar", "points at a preview"
    ),
    "jpeg number by chance": Case("jpg", lambda: pointing(b"\x12\xd8\xff\x00" * 9)),
    "jpeg broken": Case("jpg", lambda: picture()[:200], "sidecar", "sidecar, because"),
    **{f"png {name}": Case("png", make) for name, make in made.PNGS.items()},
    "png xmp": Case("png", lambda: made.with_xmp(made.png())),
    **{f"webp {name}": Case("webp", make) for name, make in made.WEBPS.items()},
    "webp xmp": Case("webp", lambda: made.with_xmp(made.animated_webp())),
    "tiff little-endian": Case("tif", lambda: tiff("<")),
    "tiff big-endian": Case("tif", lambda: tiff(">")),
    "tiff xmp iptc": Case(
        "tif",
        lambda: tiff(
            ">",
            build_tiff.blob(build_tiff.XMP, packet(subject("Dog"))),
            build_tiff.blob(build_tiff.IPTC, BLOCK, 7),
            build_tiff.blob(build_tiff.ICC, made.icc(), 7),
        ),
    ),
    "tiff compressed": Case("tif", lambda: build_tiff.by_pillow(3, compression="tiff_lzw")),
    "avif": Case("avif", boxes.avif),
    "avif xmp": Case("avif", lambda: boxes.avif(packet(subject("Dog")))),
    "jxl": Case("jxl", boxes.jxl),
}


def lent_cases() -> dict[str, Case]:
    """The lent photos, where they are: see `tests.conftest.data_dir`."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("TAGWRIGHT_DATA") or root.parent / "shared" / "data")
    found: dict[str, Case] = {}
    for name in ("metadata", "camera", "formats"):
        if (folder / name).is_dir():
            for path in sorted((folder / name).iterdir()):
                suffix = path.suffix[1:].lower()
                found[f"{name}/{path.name}"] = Case(suffix, path.read_bytes, None)
    return found
