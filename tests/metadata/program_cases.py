"""Photos with every combination of keyword fields in which photo managers differ.

`python -m tests.metadata.program_cases FOLDER` writes them all. Each field holds another name,
so that what a program shows says where it has read it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import numpy as np
import piexif
from PIL import Image, PngImagePlugin, TiffImagePlugin

from app.metadata.fields import ACDSEE_CATEGORIES, BY_KEY
from tests.metadata import builders

#: What each field holds, as it spells it, where a case only says that it is there.
VALUES: dict[str, tuple[str, ...]] = {
    "tags_list": ("TlTop/TlLeaf",),
    "hierarchical": ("LrTop|LrLeaf",),
    "microsoft": ("MsTop/MsLeaf",),
    "mediapro": ("MpTop|MpLeaf",),
    "acdsee_keywords": ("AkTop|AkLeaf",),
    "acdsee_categories": (
        '<Categories><Category Assigned="0">AcTop'
        '<Category Assigned="1">AcLeaf</Category></Category></Categories>',
    ),
    "dc_subject": ("DcFlat",),
    "iptc": ("IpFlat",),
    "xp_keywords": ("XpFlat",),
}
Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """One photo.

    Attributes:
        embedded: what each field of the photo holds.
        ext, stem: the same for the sidecars `photo.ext.xmp` and `photo.xmp`; None for none.
        format: as Pillow names it.
        suffix: of the photo's name.
    """

    embedded: Fields = field(default_factory=dict)
    ext: Fields | None = None
    stem: Fields | None = None
    format: str = "JPEG"
    suffix: str = ".jpg"

    def write(self, folder: Path, name: str) -> Path:
        """Write the photo and its sidecars."""
        photo = folder / (name + self.suffix)
        photo.write_bytes(self._photo(name))
        if self.ext is not None:
            (folder / (photo.name + ".xmp")).write_bytes(_packet(self.ext))
        if self.stem is not None:
            (folder / (name + ".xmp")).write_bytes(_packet(self.stem))
        return photo

    def _photo(self, name: str) -> bytes:
        packet = _packet(self.embedded) if set(self.embedded) - {"iptc", "xp_keywords"} else b""
        iptc = builders.iim(
            (1, 90, b"\x1b%G"), *((2, 25, n.encode()) for n in self.embedded.get("iptc", ()))
        )
        windows = self.embedded.get("xp_keywords")
        ifd0 = {0x9C9E: tuple((";".join(windows) + "\0").encode("utf-16-le"))} if windows else {}
        exif = piexif.dump({"0th": ifd0}) if ifd0 else b""
        if self.format == "JPEG":
            segments = [builders.segment(0xE1, exif)] if exif else []
            segments += [builders.xmp_segment(packet)] if packet else []
            if "iptc" in self.embedded:
                segments.append(builders.app13(builders.resource(0x0404, iptc)))
            return builders.with_segments(*segments, base=_picture(name, "JPEG"))
        image = Image.open(io.BytesIO(_picture(name, "PNG")))
        file = io.BytesIO()
        if self.format == "PNG":
            info = PngImagePlugin.PngInfo()
            info.add_itxt("XML:com.adobe.xmp", packet.decode())
            image.save(file, "PNG", pnginfo=info)
        elif self.format == "TIFF":
            tags = TiffImagePlugin.ImageFileDirectory_v2()
            if packet:
                tags.tagtype[700] = 1
                tags[700] = packet
            if "iptc" in self.embedded:
                tags.tagtype[33723] = 7
                tags[33723] = iptc
            image.save(file, "TIFF", tiffinfo=tags)
        else:
            image.save(file, self.format, xmp=packet)
        return file.getvalue()


def _picture(name: str, kind: str) -> bytes:
    """A picture like no other: programs know two files with one picture for the same photo."""
    noise = np.random.default_rng(list(name.encode())).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).resize((96, 72), Image.Resampling.NEAREST).save(file, kind, quality=90)
    return file.getvalue()


def _packet(fields: Fields) -> bytes:
    properties = ""
    for key, values in fields.items():
        where = BY_KEY[key]
        if not where.namespace:
            continue
        opening = f'{where.prefix}:{where.local} xmlns:{where.prefix}="{where.namespace}"'
        name = f"{where.prefix}:{where.local}"
        if where is ACDSEE_CATEGORIES:
            properties += f"<{opening}>{escape(values[0])}</{name}>"
            continue
        # With line breaks, as programs write it: darktable's reader of `photo.xmp` needs them.
        items = "".join(f"\n     <rdf:li>{escape(value)}</rdf:li>" for value in values)
        body = f"\n    <rdf:{where.container}>{items}\n    </rdf:{where.container}>\n   "
        properties += f"\n   <{opening}>{body}</{name}>"
    return builders.packet(properties)


def _only(*keys: str) -> dict[str, tuple[str, ...]]:
    return {key: VALUES[key] for key in keys}


_NESTED: Fields = {
    "dc_subject": ("Animal", "Cat"),
    "hierarchical": ("Animal", "Animal|Cat"),
    "tags_list": ("Animal", "Animal/Cat"),
    "iptc": ("Animal", "Cat"),
}
_LEAVES: Fields = {
    "dc_subject": ("Cat", "Sky"),
    "hierarchical": ("Animal|Cat", "Sky"),
    "tags_list": ("Animal/Cat", "Sky"),
    "iptc": ("Cat", "Sky"),
}
_SIDE: Fields = {
    "dc_subject": ("SideLeaf",), "hierarchical": ("SideTop|SideLeaf",),
    "tags_list": ("SideTop/SideLeaf",),
}  # fmt: skip
_STEM: Fields = {
    "dc_subject": ("StemLeaf",), "hierarchical": ("StemTop|StemLeaf",),
    "tags_list": ("StemTop/StemLeaf",),
}  # fmt: skip
_THREE = ("dc_subject", "hierarchical", "tags_list")

CASES: dict[str, Case] = {
    **{f"only-{key}": Case(_only(key)) for key in VALUES},
    "all": Case(_only(*VALUES)),
    "all-but-tags_list": Case(_only(*(k for k in VALUES if k != "tags_list"))),
    "microsoft-hierarchical": Case(_only("microsoft", "hierarchical")),
    "hierarchical-dc": Case(_only("hierarchical", "dc_subject")),
    "hierarchical-iptc": Case(_only("hierarchical", "iptc")),
    "tags_list-hierarchical": Case(_only("tags_list", "hierarchical")),
    "tags_list-dc": Case(_only("tags_list", "dc_subject")),
    "microsoft-dc": Case(_only("microsoft", "dc_subject")),
    "mediapro-acdsee": Case(_only("mediapro", "acdsee_categories", "dc_subject")),
    "acdsee-dc": Case(_only("acdsee_categories", "dc_subject")),
    "acdsee_keywords-dc": Case(_only("acdsee_keywords", "dc_subject")),
    "dc-iptc": Case(_only("dc_subject", "iptc")),
    "dc-xp": Case(_only("dc_subject", "xp_keywords")),
    "iptc-xp": Case(_only("iptc", "xp_keywords")),
    "nested": Case(_NESTED),
    "leaves": Case(_LEAVES),
    "leaves-without-iptc": Case({k: v for k, v in _LEAVES.items() if k != "iptc"}),
    "leaves-without-flat": Case({k: _LEAVES[k] for k in ("hierarchical", "tags_list")}),
    "empty-tags_list-hierarchical": Case({"tags_list": (), **_only("hierarchical")}),
    "empty-tags_list-dc": Case({"tags_list": (), **_only("dc_subject")}),
    "empty-hierarchical-dc": Case({"hierarchical": (), **_only("dc_subject")}),
    "empty-dc-iptc": Case({"dc_subject": (), **_only("iptc")}),
    "slash-in-dc": Case({"dc_subject": ("DcTop/DcLeaf",)}),
    "bar-in-dc": Case({"dc_subject": ("DcTop|DcLeaf",)}),
    "slash-in-iptc": Case({"iptc": ("IpTop/IpLeaf",)}),
    "bar-in-iptc": Case({"iptc": ("IpTop|IpLeaf",)}),
    "slash-in-hierarchical": Case({"hierarchical": ("LrTop|Lr/Leaf",)}),
    "slashes-for-bars": Case({"hierarchical": ("LrTop/LrLeaf",)}),
    "bar-in-tags_list": Case({"tags_list": ("TlTop|TlLeaf",)}),
    "comma": Case({"dc_subject": ("One, two",), "iptc": ("One, two",)}),
    "comma-in-paths": Case({"hierarchical": ("Shape|Cube, red", "Shape|Disc")}),
    "comma-first": Case({"dc_subject": ("Three, four", "Five")}),
    "iptc-empty-ext": Case(_only("iptc", "xp_keywords"), ext={}),
    "xp-empty-ext": Case(_only("xp_keywords"), ext={}),
    "empty-ext-stem": Case({}, ext={}, stem={"dc_subject": ("StemOnly",)}),
    "semicolon": Case({"dc_subject": ("One; two",), "iptc": ("One; two",)}),
    "dot-in-iptc": Case({"iptc": ("IpTop.IpLeaf",)}),
    "two-in-xp": Case({"xp_keywords": ("One", "Two")}),
    "leading-slash": Case({"tags_list": ("/TlTop/TlLeaf",)}),
    "deep": Case(
        {"hierarchical": ("Food|Drink|Coffee",), "dc_subject": ("Coffee",), "iptc": ("Coffee",)}
    ),
    "only-the-parent-flat": Case({"hierarchical": ("Place|Town",), "dc_subject": ("Place",)}),
    "path-as-flat": Case({"hierarchical": ("Sport|Golf",), "dc_subject": ("Sport/Golf",)}),
    "case": Case({"dc_subject": ("dog",), "iptc": ("Dog",), "hierarchical": ("Beast|DOG",)}),
    "same-but-for-case": Case({"dc_subject": ("tree",), "iptc": ("Tree",)}),
    "twice": Case(
        {"hierarchical": ("Bird|Crane", "Tool|Crane"), "dc_subject": ("Bird", "Crane", "Tool")}
    ),
    "ext": Case({}, ext=_SIDE),
    "stem": Case({}, stem=_STEM),
    "both-sidecars": Case({}, ext=_SIDE, stem=_STEM),
    "embedded-ext": Case(_only(*_THREE), ext=_SIDE),
    "embedded-stem": Case(_only(*_THREE), stem=_STEM),
    "embedded-both": Case(_only(*_THREE), ext=_SIDE, stem=_STEM),
    "tags_list-ext-dc": Case(_only("tags_list"), ext={"dc_subject": ("SideFlat",)}),
    "dc-ext-tags_list": Case(_only("dc_subject"), ext={"tags_list": ("SideTop/SideLeaf",)}),
    "hierarchical-ext-dc": Case(_only("hierarchical"), ext={"dc_subject": ("SideFlat",)}),
    "dc-ext-hierarchical": Case(
        _only("dc_subject"), ext={"hierarchical": ("SideTop|SideLeaf",)}
    ),
    "iptc-ext-dc": Case(_only("iptc"), ext={"dc_subject": ("SideFlat",)}),
    "iptc-stem-dc": Case(_only("iptc"), stem={"dc_subject": ("StemFlat",)}),
    "embedded-empty-ext": Case(_only(*_THREE), ext={}),
    "ext-only-microsoft": Case({}, ext=_only("microsoft")),
    "ext-only-dc": Case({}, ext=_only("dc_subject")),
    "ext-only-hierarchical": Case({}, ext=_only("hierarchical")),
    "ext-only-tags_list": Case({}, ext=_only("tags_list")),
    **{
        f"{kind.lower()}": Case(_only(*_THREE), format=kind, suffix=suffix)
        for kind, suffix in (("PNG", ".png"), ("WEBP", ".webp"), ("TIFF", ".tif"))
    },
    "tiff-iptc": Case(_only("iptc", "dc_subject"), format="TIFF", suffix=".tif"),
    "tiff-only-iptc": Case(_only("iptc"), format="TIFF", suffix=".tif"),
    "png-ext": Case(_only(*_THREE), ext=_SIDE, format="PNG", suffix=".png"),
    "webp-dc": Case(_only("dc_subject"), format="WEBP", suffix=".webp"),
}  # fmt: skip


def write_all(folder: Path) -> dict[str, Path]:
    """Write every case into a folder; the photos by the names of their cases."""
    return {name: case.write(folder, name) for name, case in CASES.items()}


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
