"""The boxes of HEIC, AVIF and JPEG XL: what is read, what is refused, and hostile files."""

from __future__ import annotations

import struct
from contextlib import suppress

import imagecodecs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.metadata.containers import bmff
from app.metadata.splice import Refusal
from tests.metadata import boxes, builders
from tests.metadata.boxes import C2PA, EXIF, THUMB, TILE, Part, box, full, heif, xmp_part

PACKET = builders.packet(builders.subject("old"))
OTHER = builders.packet(builders.subject("gain map"))


def test_the_kind_is_told_by_the_content() -> None:
    assert bmff.parse(heif(TILE)).kind == "HEIC"
    assert bmff.parse(heif(TILE, brands=b"mif1\0\0\0\0mif1avif")).kind == "AVIF"
    assert bmff.parse(boxes.avif()).kind == "AVIF"
    assert bmff.parse(boxes.jxl()).kind == "JPEG XL"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0\x08ftyp",
        builders.picture(),
        bytes(imagecodecs.jpegxl_encode(boxes.pixels(), usecontainer=False)),
        heif(TILE, brands=b"isom\0\0\0\0isommp42"),
        heif(TILE, brands=b"crx \0\0\0\0crx isom"),
        heif(TILE)[24:],
        bmff.JXL_SIGNATURE + box(b"jxlc", b"\xff\x0a"),
    ],
)
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        bmff.parse(data)


@pytest.mark.parametrize("version", [0, 1, 2])
@pytest.mark.parametrize("extents", [1, 3])
def test_items_are_found_where_the_catalogue_says(version: int, extents: int) -> None:
    thumb = Part(2, b"hvc1", THUMB.data, method=1 if version else 0, extents=extents)
    parts = (TILE, thumb, EXIF, xmp_part(PACKET))
    for wide, to_the_end in ((False, False), (True, False), (False, True)):
        data = heif(*parts, version=version, wide=wide, to_the_end=to_the_end)
        found = bmff.parse(data)
        found.check_writable()
        assert {n: found.item_bytes(n) for n in found.items} == {p.number: p.data for p in parts}
        assert found.xmp() == PACKET
        assert [b.type for b in found.top] == [b"ftyp", b"meta", b"mdat"]
        assert found.top[-1].end == len(data)


def test_xmp_of_real_files() -> None:
    assert bmff.parse(boxes.avif(PACKET)).xmp() == PACKET
    assert bmff.parse(boxes.avif()).xmp() is None
    assert bmff.parse(boxes.jxl()).xmp() is None
    assert bmff.parse(boxes.jxl(box(b"xml ", PACKET))).xmp() == PACKET
    assert bmff.parse(boxes.jxl(box(b"xml ", PACKET, wide=True))).xmp() == PACKET


def test_xmp_about_another_picture_is_not_the_photos() -> None:
    about_thumb = xmp_part(OTHER, 5, about=(2,))
    assert bmff.parse(heif(TILE, THUMB, about_thumb)).xmp() is None
    assert bmff.parse(heif(TILE, THUMB, about_thumb, xmp_part(PACKET))).xmp() == PACKET


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (heif(TILE, xmp_part(PACKET), xmp_part(OTHER, 5)), "more than one"),
        (heif(TILE, xmp_part(PACKET, about=())), "which picture"),
        (heif(TILE, THUMB, xmp_part(PACKET, about=(1, 2))), "several pictures"),
        (heif(TILE, Part(4, b"mime", PACKET, boxes.XMP, b"deflate", about=(1,))), "compressed"),
        (heif(TILE, Part(4, b"mime", PACKET, boxes.XMP, protection=1, about=(1,))), "protected"),
        (heif(TILE, Part(4, b"mime", PACKET, boxes.XMP, about=(1,), method=2)), "another item"),
        (heif(TILE, Part(4, b"mime", PACKET, boxes.XMP, about=(1,), reference=1)), "another file"),
        (heif(TILE, behind=box(b"uuid", bmff._XMP_UUID, PACKET)), "do not have it"),
        (boxes.jxl(box(b"xml ", PACKET), box(b"xml ", OTHER)), "more than one"),
        (boxes.jxl(box(b"brob", b"xml ", b"\x0b")), "compressed"),
        (boxes.jxl(box(b"xml ", b"<svg/>")), "not XMP"),
    ],
)
def test_xmp_that_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        bmff.parse(data).xmp()
    with pytest.raises(Refusal):
        bmff.parse(data).check_writable()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (heif(TILE, behind=box(b"mpvd", b"video")), "motion photo"),
        (heif(TILE, behind=box(b"sefd", b"SEFH")), "maker's own data"),
        (heif(TILE, behind=box(b"moov", b"")), "sequence"),
        (heif(TILE, behind=box(b"ftyp", b"mp42\0\0\0\0")), "another file"),
        (heif(TILE, behind=b"SEFT"), "behind the last box"),
        (heif(TILE, behind=b"MotionPhoto_Data" * 9), "behind its last box"),
        (heif(TILE, behind=box(b"free", b"1234"))[:-1], "cut off"),
        (heif(TILE, behind=box(b"uuid", C2PA, b"manifest")), "C2PA"),
        (heif(TILE, behind=box(b"uuid", bytes(16), b"who knows")), "unknown use, 'uuid'"),
        (heif(TILE, behind=box(b"abcd")), "unknown use, 'abcd'"),
        (heif(TILE, data_first=True), "behind its catalogue"),
        (heif(TILE, primary=None), "main one"),
        (heif(TILE, primary=9), "main one"),
        (heif(TILE, xmp_part(b"MicroVideoOffset" + PACKET)), "motion photo"),
        (heif(TILE, xmp_part(bmff._DIRECTORIES[0] + PACKET)), "motion photo"),
        (heif(*(Part(n, b"hvc1", b"x") for n in (1, 2))).replace(b"mdat", b"free"), "catalogue"),
        (boxes.jxl(box(b"jumb", b"manifest")), "C2PA"),
        (boxes.jxl(box(b"brob", b"jumb", b"manifest")), "C2PA"),
        (boxes.jxl(box(b"jxli", b"")), "unknown use, 'jxli'"),
        (boxes.jxl() + box(b"ftyp", b"mp42\0\0\0\0"), "another file"),
        (boxes.jxl()[:32], "without a picture"),
    ],
)
def test_photos_that_are_not_written(data: bytes, reason: str) -> None:
    found = bmff.parse(data)
    with pytest.raises(Refusal, match=reason):
        found.check_writable()


def test_signs_of_a_motion_photo() -> None:
    assert bmff.parse(heif(TILE)).motion_signs() == []
    assert bmff.parse(boxes.jxl()).motion_signs() == []
    behind = box(b"mpvd", b"video") + box(b"sefd", b"SEFH") + b"more"
    assert len(bmff.parse(heif(TILE, behind=behind)).motion_signs()) == 3


def test_data_outside_of_the_box_for_it() -> None:
    data = heif(TILE, THUMB)
    at = data.index(b"iloc") + 4 + 4 + 2 + 2 + 2 + 2 + 2 + 2  # the first item's position
    start = int.from_bytes(data[at : at + 4], "big")
    assert data[start:].startswith(TILE.data)
    moved = data[:at] + struct.pack(">I", start - 4) + data[at + 4 :]
    with pytest.raises(Refusal, match="outside of the box"):
        bmff.parse(moved).check_writable()
    with pytest.raises(Refusal, match="behind its end"):
        bmff.parse(data[:at] + struct.pack(">I", len(data)) + data[at + 4 :])


@pytest.mark.parametrize(
    "table",
    [
        full(b"iloc", 1, struct.pack(">HHHHHH", 0, 1, 7, 0, 0, 65535)),  # extents for nothing
        full(b"iloc", 1, struct.pack(">HHHHHHII", 0x4400, 1, 7, 0, 0, 1, 0, 0)),  # no length
        full(b"iloc", 2, struct.pack(">HI", 0x4400, 0xFFFFFFFF)),
        full(b"iloc", 1, struct.pack(">HH", 0x3300, 0)),
        full(b"iloc", 9, struct.pack(">HH", 0x4400, 0)),
        full(b"iinf", 1, struct.pack(">I", 0xFFFFFFFF)),
        full(b"iref", 0, box(b"cdsc", struct.pack(">HHH", 1, 65535, 1))),
        full(b"pitm", 1, b"\0\1"),
        full(b"pitm", 0, b"\0\1") * 2,
        b"\0\0\0\x04iloc",
        b"\0\0\0\0free",
        box(b"free") * 20_001,
    ],
)
def test_catalogues_that_do_not_add_up(table: bytes) -> None:
    start = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    with pytest.raises(Refusal):
        bmff.parse(start + full(b"meta", 0, table) + box(b"mdat", b"data"))


def test_items_that_share_their_bytes_too_often() -> None:
    whole = struct.pack(">HHHHII", 0, 0, 0, 1, 0, 64)
    count = 200
    table = struct.pack(">HH", 0x4400, count) + b"".join(
        struct.pack(">H", n) + whole[2:] for n in range(1, count + 1)
    )
    entries = [Part(n, b"hvc1", b"").entry() for n in range(1, count + 1)]
    meta = full(
        b"meta",
        0,
        full(b"pitm", 0, b"\0\1"),
        full(b"iinf", 0, struct.pack(">H", count), *entries),
        full(b"iloc", 1, table),
    )
    size = 10_000
    start = box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta
    body = struct.pack(">II", len(start) + 8, size)
    data = start.replace(struct.pack(">II", 0, 64), body) + box(b"mdat", bytes(size))
    with pytest.raises(Refusal, match="share"):
        bmff.parse(data).check_writable()


SAMPLES = [
    heif(TILE, THUMB, EXIF, xmp_part(PACKET), xmp_part(OTHER, 5, about=(2,)), version=0),
    heif(TILE, Part(2, b"grid", b"tiles", method=1), xmp_part(PACKET), version=2, wide=True),
    boxes.avif(PACKET),
    boxes.jxl(box(b"Exif", bytes(4) + boxes.exif()), box(b"xml ", PACKET)),
]


@settings(max_examples=600, deadline=3000)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from([1, 2, 4, 8]), st.integers(0, 2**64 - 1))),
    st.none() | st.floats(0, 1),
    st.binary(max_size=40),
)
def test_damaged_files_are_refused_and_nothing_worse(
    data: bytes, numbers: list[tuple[float, int, int]], cut: float | None, tail: bytes
) -> None:
    broken = bytearray(data)
    for place, size, number in numbers:
        at = int(place**3 * (len(broken) - size))  # mostly in the catalogue
        broken[at : at + size] = (number % (1 << (8 * size))).to_bytes(size, "big")
    if cut is not None:
        del broken[int(cut * len(broken)) :]
    with suppress(Refusal):
        found = bmff.parse(bytes(broken) + tail)
        assert len(found.motion_signs()) < 9
        with suppress(Refusal):
            found.xmp()
        found.check_writable()
        for number in found.items:
            assert len(found.item_bytes(number)) <= 2 * len(found.data)


def test_every_cut_and_every_flipped_bit_of_the_catalogue() -> None:
    data = SAMPLES[0]
    for size in range(len(data)):
        with pytest.raises(Refusal):
            bmff.parse(data[:size]).check_writable()
    for at in range(data.index(b"mdat")):
        for bit in range(8):
            with suppress(Refusal):
                bmff.parse(
                    data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
                ).check_writable()
