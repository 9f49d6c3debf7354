"""What is fuzzed: every parser of file formats, with the property that must hold for any bytes.

Only `Refusal` may be raised; and where a change is planned, undoing it must give the bytes back
and nothing of the picture may be touched (`embed.apply_and_prove` checks both, and reads the
result back; it must never find itself at fault).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress

from app.core.change import Origin, TagChange
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.metadata import contents, embed, fields, merge, splice
from app.metadata.blocks import acdsee, exif, iptc, photoshop, xmp
from app.metadata.blocks.tiff import Tiff
from app.metadata.containers import bmff, mpf, unparsed
from app.metadata.containers.base import Container
from app.metadata.containers.jpeg import Jpeg
from app.metadata.containers.jpeg_segments import Segment
from app.metadata.containers.png import Png
from app.metadata.containers.tiff import TiffFile
from app.metadata.containers.webp import WebP
from app.metadata.fields import FieldChange
from app.metadata.provenance import Record
from app.metadata.splice import Edit, Refusal
from tests.metadata import build_png_webp as raster
from tests.metadata import build_tiff, builders

CAT = Tag(("Animal", "Cat"))
ZOE = Tag(("Zoë",))
RECORDS = (Record(CAT, Origin(False, 0.9, "net", "run")), Record(ZOE, Origin(True)))
#: What a proof says when the program, not the file, is at fault.
FAULTS = ("could not be proved", "besides the metadata")

Target = Callable[[bytes], None]


class Fault(AssertionError):
    """A property that does not hold."""


def _container(kind: type[Container]) -> Target:
    def run(data: bytes) -> None:
        with suppress(Refusal):
            container = kind(data)
            stored = contents.read(container)
            held = merge.merged(stored.items)
            for change in (TagChange(add=(CAT, ZOE)), TagChange(add=(ZOE,), remove=held[:2])):
                with suppress(Refusal):
                    _change(container, stored, change)

    return run


def _change(container: Container, stored: contents.Contents, change: TagChange) -> None:
    records = (*stored.records, *(r for r in RECORDS if r.tag in change.add))
    plan = embed.plan(container, stored, change, records, WriteOptions())
    if not plan.edits:
        return
    try:
        new = embed.apply_and_prove(container, stored, plan)
    except Refusal as refusal:
        # That a strange file does not read back as intended is what the proof is for; but no plan
        # may touch what is not metadata.
        if any(text in refusal.reason for text in FAULTS):
            raise Fault(refusal.reason) from refusal
        return
    if splice.apply(new, splice.inverse(container.data, plan.edits)) != container.data:
        raise Fault("the inverse does not give the file back")
    if _picture(type(container)(new)) != _picture(container):
        raise Fault("what the new file takes for its picture is not what it was")


def _picture(container: Container) -> bytes:
    """The bytes that must stay, as a file that was just parsed sees them.

    Without the header that a WebP gets for its first metadata.
    """
    ranges = list(container.picture())
    if isinstance(container, WebP):
        header = [chunk for chunk in container.chunks if chunk.kind == b"VP8X"]
        ranges = [r for r in ranges if not any(c.start <= r[0] < c.after for c in header)]
    return b"".join(container.data[start:end] for start, end in ranges)


def _xmp(data: bytes) -> None:
    with suppress(Refusal):
        text = xmp.as_utf8(data)
        packet = xmp.Packet.parse(text)
        items = packet.items()
        packet.records()
        held = merge.merged(items)
        for change in (TagChange(add=(CAT, ZOE)), TagChange(remove=held[:2])):
            changes = merge.changes(items, change, fields.WRITTEN_IN_XMP)
            with suppress(Refusal):
                edits = packet.change(changes, RECORDS)
                _check(text, edits)
                found = xmp.read_items(splice.apply(text, edits))
                expected = merge.apply(items, {f: c for f, c in changes.items() if f.namespace})
                if merge.without_empty(found) != merge.without_empty(expected):
                    raise Fault("it does not read back what was intended")


def _iptc(data: bytes) -> None:
    with suppress(Refusal):
        block = iptc.Block(data)
        for change in (FieldChange(("Cat", "Zoë")), FieldChange((), block.keywords[:2])):
            with suppress(Refusal):
                edits = block.change(change)
                _check(data, edits)
                iptc.Block(splice.apply(data, edits))


def _photoshop(data: bytes) -> None:
    head = photoshop.HEADER
    whole = head + data
    with suppress(Refusal):
        resources = photoshop.Resources(whole, [Segment(0xED, 0, 0, len(whole))])
        for resource in resources.all(photoshop.IPTC_ID):
            old = resources.content(resource)
            with suppress(Refusal):
                edits = iptc.Block(old).change(FieldChange(("Cat",)))
                resources.replace(resource, old, splice.apply(old, edits), edits)


def _exif(data: bytes) -> None:
    with suppress(Refusal):
        exif.check_self_contained(
            b"\0" * 6 + data + b"\xff\xd8\xff", 0, 6 + len(data), 6 + len(data)
        )
    with suppress(Refusal):
        tiff = Tiff(data, 0, len(data))
        exif.xp_keywords(tiff)
        for values in (("Cat", "Zoë"), ()):
            with suppress(Refusal):
                edits = exif.keyword_edits(tiff, values)
                _check(data, edits)
                new = splice.apply(data, edits)
                if edits and (exif.xp_keywords(Tiff(new, 0, len(new))) or ()) != values:
                    raise Fault("the keywords do not read back")


def _mpf(data: bytes) -> None:
    whole = b"\0" * 4 + mpf.HEADER + data + bytes(64)
    with suppress(Refusal):
        segment = Segment(0xE2, 0, 4, 8 + len(data))
        edits = mpf.edits(whole, segment, [Edit(0, 0, b"x" * 100)])
        if any(edit.growth for edit in edits):
            raise Fault("numbers of the index have moved bytes")


def _bmff(data: bytes) -> None:
    with suppress(Refusal):
        boxes = bmff.parse(data)
        with suppress(Refusal):
            boxes.xmp()
        boxes.check_writable()


def _acdsee(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    acdsee.assigned(text)
    with suppress(Refusal):
        changed = acdsee.change(text, ("Animal|Cat",), tuple(acdsee.assigned(text)[:1]))
        if "Animal|Cat" not in acdsee.assigned(changed):
            raise Fault("the category is not there")


def _unparsed(data: bytes) -> None:
    unparsed.read_contents(data)


def _check(data: bytes, edits: list[Edit]) -> None:
    if not splice.proves(data, edits, splice.apply(data, edits)):
        raise Fault("the inverse does not give the bytes back")


def _png(data: bytes) -> None:
    """With right checksums, or nearly every mutation would end at a wrong one."""
    parts, position = [data[:8]], 8
    while position + 12 <= len(data):
        end = position + 8 + int.from_bytes(data[position : position + 4], "big")
        body = data[position + 4 : end]
        checksum = zlib.crc32(body).to_bytes(4, "big")
        parts += [data[position : position + 4], body, checksum[: len(data[end : end + 4])]]
        position = end + 4
    _container(Png)(b"".join(parts) + data[position:])


TARGETS: dict[str, Target] = {
    "jpeg": _container(Jpeg),
    "png": _png,
    "webp": _container(WebP),
    "tiff": _container(TiffFile),
    "xmp": _xmp,
    "iptc": _iptc,
    "photoshop": _photoshop,
    "exif": _exif,
    "mpf": _mpf,
    "bmff": _bmff,
    "acdsee": _acdsee,
    "unparsed": _unparsed,
}


def seeds(name: str) -> list[bytes]:
    """Well-formed inputs to start from, made on the spot."""
    packet = builders.packet(
        builders.subject("Dog", "Sky")
        + builders.hierarchical("Animal|Dog")
        + builders.tags_list("Sky")
    )
    itxt = b"XML:com.adobe.xmp\0\0\0\0\0" + packet
    block = builders.iim((1, 90, b"\x1b%G"), (2, 0, b"\0\4"), (2, 25, b"Dog"))
    resources = builders.resource(0x0404, block) + builders.resource(0x0425, bytes(16))
    keywords = "Dog;Sky\0".encode("utf-16-le")
    segment = builders.exif(b"maker" * 9, extra=[(0x9C9E, 1, len(keywords), keywords)])
    made: dict[str, list[bytes]] = {
        "jpeg": [
            builders.two_pictures(segment, builders.xmp_segment(packet), builders.app13(resources)),
            builders.picture((8, 8)),
        ],
        "png": [
            raster.png(),
            raster.png_with((b"iTXt", itxt)),
            raster.apng(),
            raster.interlaced(),
        ],
        "webp": [raster.webp(), raster.webp(xmp=packet), raster.animated_webp()],
        "tiff": [
            build_tiff.by_pillow(),
            build_tiff.by_pillow(3),
            build_tiff.by_pillow(tiffinfo={700: packet, 33723: block}),
        ],
        "xmp": [packet, builders.packet()],
        "iptc": [block],
        "photoshop": [resources],
        "exif": [segment[10:], builders.exif(order=">")[10:]],
        "mpf": [builders.mpf([(0x030000, 500, 0), (0, 300, 200)])[8:]],
        "bmff": [b"\0\0\0\x18ftypheic\0\0\0\0heicmif1\0\0\0\x0cmeta\0\0\0\0"],
        "acdsee": [b'<Categories><Category Assigned="1">Dog</Category></Categories>'],
        "unparsed": [packet, b"GIF89a" + packet, raster.png_with((b"iTXt", itxt))],
    }
    return made[name]
