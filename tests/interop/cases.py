"""The photos that other programs are to read: what each held before, and what was added.

They are made on the spot from scikit-image's photos, each from another piece of one, because some
programs import a picture only once. No earlier flat keyword has the name of a tag further down in
another photo: digiKam takes it for that tag.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from app.core.tag import Tag
from tests.metadata import builders

MICROSOFT_NS = 'xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/"'
#: More than the 64 bytes of an IPTC keyword, which end inside a word and not inside a character.
LONG = "Bärenstärke " * 7 + "ende"
_SAMPLES = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "motorcycle_left.png")

Maker = Callable[[Image.Image], bytes]


@dataclass(frozen=True)
class Case:
    """One photo.

    Attributes:
        name: of the file.
        make: gives the file's bytes for a picture.
        old: the tags that programs showed before.
        new: the tags that are added; a list of levels each.
        read_only: it must not be written to, so that the tags go beside it.
    """

    name: str
    make: Maker
    old: tuple[tuple[str, ...], ...]
    new: tuple[tuple[str, ...], ...] = (("Animal", "Cat"),)
    read_only: bool = False

    @property
    def tags(self) -> list[Tag]:
        """What is added."""
        return [Tag(path) for path in self.new]

    @property
    def expected(self) -> set[tuple[str, ...]]:
        """What is to be seen afterwards."""
        return {*self.old, *self.new}


def encoded(image: Image.Image, kind: str) -> bytes:
    """A picture as a file without metadata."""
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def as_format(kind: str) -> Maker:
    """A file of some format without metadata."""
    return lambda image: encoded(image, kind)


def jpeg(*segments: bytes) -> Maker:
    """A JPEG with segments behind SOI."""
    return lambda image: builders.with_segments(*segments, base=encoded(image, "JPEG"))


def xmp(*properties: str) -> bytes:
    """A segment with an XMP packet that has some padding, as most programs leave."""
    return builders.xmp_segment(builders.packet("".join(properties), padding=2000))


def iptc(*keywords: str, charset: str = "") -> bytes:
    """A segment with an IPTC block; without a marker it is Latin-1."""
    marker = [(1, 90, b"\x1b%G")] if charset else []
    sets = [(2, 25, keyword.encode(charset or "latin-1")) for keyword in keywords]
    block = builders.iim(*marker, (2, 0, b"\0\4"), *sets)
    return builders.app13(builders.resource(0x0404, block))


def last_keyword(*keywords: str) -> str:
    """Windows' property in XMP."""
    items = "".join(f"<rdf:li>{keyword}</rdf:li>" for keyword in keywords)
    name = "MicrosoftPhoto:LastKeywordXMP"
    return f"\n   <{name} {MICROSOFT_NS}><rdf:Bag>{items}</rdf:Bag></{name}>"


def xp_keywords(text: str) -> bytes:
    """An Exif segment with Windows' keywords."""
    value = f"{text}\0".encode("utf-16-le")
    return builders.exif(extra=[(0x9C9E, 1, len(value), value)])


CASES = (
    Case("plain.jpg", jpeg(), ()),
    Case("two-new.jpg", jpeg(), (), (("Animal", "Bird", "Owl"), ("Nature", "Sky"), ("Favourite",))),
    Case("flat.jpg", jpeg(xmp(builders.subject("Holiday", "Beach"))), (("Beach",), ("Holiday",))),
    Case(
        "lightroom.jpg",
        jpeg(
            xmp(
                builders.subject("Berlin", "Europe", "Places"),
                builders.hierarchical("Places", "Places|Europe", "Places|Europe|Berlin"),
            )
        ),
        (("Places", "Europe", "Berlin"),),
    ),
    Case(
        "lightroom-leaf.jpg",
        jpeg(
            xmp(builders.subject("Berlin"), builders.hierarchical("Places|Europe|Berlin")),
            iptc("Berlin", charset="utf-8"),
        ),
        (("Places", "Europe", "Berlin"),),
    ),
    Case(
        "digikam.jpg",
        jpeg(xmp(builders.subject("Ana"), builders.tags_list("People/Family/Ana"))),
        (("People", "Family", "Ana"),),
    ),
    Case(
        "iptc-utf8.jpg", jpeg(iptc("Größe", "Urlaub", charset="utf-8")), (("Größe",), ("Urlaub",))
    ),
    Case("iptc-latin1.jpg", jpeg(iptc("Küste", "Urlaub")), (("Küste",), ("Urlaub",))),
    Case(
        "windows.jpg",
        jpeg(xp_keywords("Wedding;Holiday"), xmp(last_keyword("Wedding", "Holiday"))),
        (("Holiday",), ("Wedding",)),
    ),
    Case("windows-exif.jpg", jpeg(xp_keywords("Wedding;Holiday")), (("Holiday",), ("Wedding",))),
    Case("photo.png", as_format("PNG"), ()),
    Case("photo.webp", as_format("WEBP"), ()),
    Case("photo.tif", as_format("TIFF"), ()),
    Case(
        "read-only.jpg",
        jpeg(xmp(builders.subject("Holiday"))),
        (("Holiday",),),
        read_only=True,
    ),
    Case("slash.jpg", jpeg(), (), (("Music", "AC/DC"),)),
    Case("umlauts.jpg", jpeg(), (), (("Tiere", "Vögel", "Grünfink"),)),
    Case("emoji.jpg", jpeg(), (), (("Mood", "🎉 Party"),)),
    Case("cjk.jpg", jpeg(), (), (("場所", "日本", "東京"),)),
    Case("long.jpg", jpeg(), (), (("Long", LONG),)),
    Case("markup.jpg", jpeg(), (), (("A & B", "<\"quoted\" 'text'>"),)),
)


def build(folder: Path, samples: Path, tag: Callable[[Path, list[Tag]], object]) -> None:
    """Make all photos in a folder and tag them."""
    for number, case in enumerate(CASES):
        path = folder / case.name
        path.write_bytes(case.make(piece(samples, number)))
        if case.read_only:
            path.chmod(0o444)
        tag(path, case.tags)


def piece(samples: Path, number: int) -> Image.Image:
    """A picture of 200 x 150 pixels, another for each number."""
    rows, columns = 150, 200
    with Image.open(samples / _SAMPLES[number % len(_SAMPLES)]) as image:
        whole = np.asarray(image.convert("RGB"))
    top = 20 * (number // len(_SAMPLES)) % (whole.shape[0] - rows)
    left = 30 * (number // len(_SAMPLES)) % (whole.shape[1] - columns)
    return Image.fromarray(whole[top : top + rows, left : left + columns])
