"""HEIC, AVIF and boxed JPEG XL, read box by box; what is rewritten there, others rewrite.

A photo of this family is a sequence of boxes. HEIC and AVIF keep a catalogue of items (tiles,
thumbnails, Exif, XMP) in the `meta` box and their bytes in `mdat`; JPEG XL has a box of its
own for each. Nothing here trusts a number of the file: each is checked against the bytes that
are there, and a file that breaks a rule is refused.

Sources: ISO/IEC 14496-12:2022 (4.2 boxes; 8.11 meta, iloc, iinf, iref, pitm, idat);
ISO/IEC 23008-12 (HEIF: brands, `cdsc` references, annex A for metadata items); AV1 Image File
Format 1.1; ISO/IEC 18181-2 (JPEG XL boxes, `brob`, `jbrd`); C2PA specification 2.1, A.5 and
A.6 (the boxes of its manifests); Google's Motion Photo format 1.0 (`mpvd`).
"""

from __future__ import annotations

from functools import cached_property
from typing import Final, Literal

from app.metadata.containers.bmff_catalogue import Box, Catalogue, Item, read, walk
from app.metadata.splice import Refusal

Kind = Literal["HEIC", "AVIF", "JPEG XL"]

JXL_SIGNATURE: Final = b"\0\0\0\x0cJXL \r\n\x87\n"
_HEVC_BRANDS: Final = frozenset((b"heic", b"heix", b"heim", b"heis", b"mif1", b"mif2"))
#: XMP in a uuid box, which only video files should have (XMP specification part 3, 1.2.7.1).
_XMP_UUID: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_C2PA_UUID: Final = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_RDF: Final = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#: How many times the file's length all items together may have: they may share bytes.
_MAX_SHARING: Final = 2

_MOTION: Final = "a motion photo, with a video in the file"
_SIGNED: Final = "a photo with a C2PA signature, which any change would break"
#: Properties that say where in the file, counted from its end, a video or further picture is.
_DIRECTORIES: Final = (b"http://ns.google.com/photos/1.0/container/", b"MicroVideoOffset")
#: Why a box at the top level keeps a photo from being changed.
_FOREIGN: Final = {
    b"mpvd": _MOTION,
    b"sefd": "a photo with a maker's own data behind the picture",
    b"moov": "a photo with a video or a sequence of pictures",
    b"moof": "a photo with a video or a sequence of pictures",
    b"jumb": _SIGNED,
    b"ftyp": "another file behind the photo",
}
#: The boxes at the top level that a photo may be changed with.
_HEIF_BOXES: Final = frozenset((b"ftyp", b"meta", b"mdat", b"free", b"skip"))
_JXL_BOXES: Final = frozenset(
    (b"JXL ", b"ftyp", b"jxll", b"jxlc", b"jxlp", b"jbrd", b"Exif", b"xml ", b"brob", b"jhgm")
)


class Boxes:
    """A photo's boxes. It never changes; `parse` makes it.

    Attributes:
        data: the whole file.
        kind: what it is, by its content.
        top: the boxes at the top level.
        damage: what is wrong behind the last of them; empty if nothing is.
        children: the boxes in `meta`; none in JPEG XL.
        items, locations: the catalogue, by the items' numbers.
        references: between items.
        primary: the number of the item that is the picture, None where it is not said.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.top: list[Box] = []
        self.damage = ""
        try:
            for box in walk(data, 0, len(data), to_the_end=True):
                self.top.append(box)
        except Refusal as refusal:
            self.damage = refusal.reason
        self.kind: Kind = _kind(data, self.top)
        catalogue = Catalogue() if self.kind == "JPEG XL" else read(data, self.of_type(b"meta"))
        self.children = catalogue.children
        self.items = catalogue.items
        self.locations = catalogue.locations
        self.references = catalogue.references
        self.primary = catalogue.primary

    def of_type(self, kind: bytes) -> list[Box]:
        """The boxes of a type at the top level."""
        return [box for box in self.top if box.type == kind]

    def content(self, box: Box) -> bytes:
        """What is in a box, without its header."""
        return self.data[box.body : box.end]

    def item_bytes(self, number: int) -> bytes:
        """The bytes of an item; none where the catalogue says of no place.

        Raises:
            Refusal: they are in another file or item.
        """
        location = self.locations.get(number)
        if location is None:
            return b""
        if location.method > 1 or location.reference:
            raise Refusal("a photo with data in another file or within another item")
        return b"".join(self.data[start:end] for start, end in location.extents)

    def xmp(self) -> bytes | None:
        """The XMP packet about the picture; None where there is none.

        A packet about something else, such as the gain map of an HDR picture, is not it.

        Raises:
            Refusal: it cannot be read, or there is more than one.
        """
        if any(box.uuid == _XMP_UUID for box in self.top):
            raise Refusal("XMP in a box in which photos do not have it")
        if self.kind == "JPEG XL":
            return self._jxl_xmp()
        item = self.xmp_item
        if item is None:
            return None
        if not item.plain:
            raise Refusal("XMP that is compressed or protected")
        if item.number not in self.locations:
            raise Refusal("XMP that the file says nothing of where it is")
        return self.item_bytes(item.number)

    @cached_property
    def xmp_item(self) -> Item | None:
        """The item that is the packet about the picture (HEIC and AVIF).

        Raises:
            Refusal: there is more than one, or one does not say what it is about.
        """
        about: dict[int, set[int]] = {}
        for reference in self.references:
            if reference.type == b"cdsc":
                about.setdefault(reference.source, set()).update(reference.targets)
        found = [item for item in self.items.values() if item.is_xmp]
        if any(item.number not in about for item in found):
            raise Refusal("XMP that does not say which picture it is about")
        ours = [item for item in found if self.primary in about[item.number]]
        if len(ours) > 1:
            raise Refusal("more than one XMP packet")
        if ours and len(about[ours[0].number]) > 1:
            raise Refusal("XMP that is about several pictures")
        return ours[0] if ours else None

    def motion_signs(self) -> list[str]:
        """What speaks for a video or another file in this one, in plain words."""
        head = 2 if self.kind == "JPEG XL" else 1
        signs = [_FOREIGN[box.type] for box in self.top[head:] if box.type in _FOREIGN]
        return [sign for sign in dict.fromkeys(signs) if sign != _SIGNED] + (
            [self.damage] if self.damage else []
        )

    def is_signed(self) -> bool:
        """Whether there is a C2PA manifest, or something in the box for one."""
        return any(
            box.uuid == _C2PA_UUID
            or box.type == b"jumb"
            or (box.type == b"brob" and self.data[box.body : box.body + 4] == b"jumb")
            for box in (*self.top, *self.children)
        )

    def check_writable(self) -> None:
        """Check that another packet can be put in without anything else being lost.

        Raises:
            Refusal: it cannot, or not without doubt.
        """
        if self.is_signed():
            raise Refusal(_SIGNED)
        for sign in self.motion_signs():
            raise Refusal(sign)
        known = _JXL_BOXES if self.kind == "JPEG XL" else _HEIF_BOXES
        for box in self.top:
            if box.type not in known:
                raise Refusal(f"a photo with a box of unknown use, '{box.name}'")
        packet = self.xmp() or b""
        if any(sign in packet.replace(b"\0", b"") for sign in _DIRECTORIES):
            raise Refusal(_MOTION)
        if self.kind == "JPEG XL":
            self._check_jxl()
        else:
            self._check_heif()

    def _check_jxl(self) -> None:
        if not (self.of_type(b"jxlc") or self.of_type(b"jxlp")):
            raise Refusal("a JPEG XL file without a picture")

    def _check_heif(self) -> None:
        if self.primary is None or self.primary not in self.items:
            raise Refusal("a photo that does not say which picture is the main one")
        order = [box.type for box in self.top if box.type in (b"meta", b"mdat")]
        if order[0] != b"meta" or b"mdat" not in order:
            raise Refusal("a photo whose picture data is not behind its catalogue")
        total = 0
        inside = [(box.body, box.end) for box in self.of_type(b"mdat")]
        for number, location in self.locations.items():
            if number not in self.items:
                raise Refusal("a photo with data that its catalogue does not know")
            if location.method > 1 or location.reference:
                raise Refusal("a photo with data in another file or within another item")
            for start, end in location.extents:
                total += end - start
                if location.method == 0 and not any(a <= start <= end <= b for a, b in inside):
                    raise Refusal("a photo with data outside of the box for it")
        if total > _MAX_SHARING * len(self.data):
            raise Refusal("a photo whose items share their bytes")

    def _jxl_xmp(self) -> bytes | None:
        for box in self.of_type(b"brob"):
            if self.data[box.body : box.body + 4] in (b"xml ", b"uuid"):
                raise Refusal("XMP that is compressed, which is not read")
        found = self.of_type(b"xml ")
        if len(found) > 1:
            raise Refusal("more than one XMP packet")
        if not found:
            return None
        packet = self.content(found[0])
        if _RDF not in packet.replace(b"\0", b""):  # it may be UTF-16
            raise Refusal("XML that is not XMP")
        return packet


def parse(data: bytes) -> Boxes:
    """The boxes of a photo, whose kind is told by its content.

    Raises:
        Refusal: it is none of these kinds, or its boxes do not add up.
    """
    return Boxes(data)


def _kind(data: bytes, top: list[Box]) -> Kind:
    if data.startswith(b"\xff\x0a"):
        raise Refusal("a JPEG XL file without boxes, which has no room for tags")
    if data.startswith(JXL_SIGNATURE):
        if len(top) < 2 or top[1].type != b"ftyp" or b"jxl " not in _brands(data, top[1]):
            raise Refusal("a JPEG XL file with a damaged head")
        return "JPEG XL"
    if not top or top[0].type != b"ftyp":
        raise Refusal("not a HEIC, AVIF or JPEG XL file")
    brands = set(_brands(data, top[0]))
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    if brands & _HEVC_BRANDS and b"crx " not in brands:
        return "HEIC"
    raise Refusal("not a HEIC, AVIF or JPEG XL file")


def _brands(data: bytes, box: Box) -> list[bytes]:
    """The major brand and the compatible ones; between them is a version."""
    words = [data[at : at + 4] for at in range(box.body, min(box.end, box.body + 1024), 4)]
    return words[:1] + words[2:]
