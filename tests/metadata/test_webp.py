"""WebP: keywords go in, nothing else changes, and what is doubtful is refused."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.metadata import splice
from app.metadata.blocks import xmp
from app.metadata.containers.base import BlockChanges
from app.metadata.containers.webp import WebP, _dimensions
from app.metadata.splice import Edit, Refusal
from tests.metadata import build_png_webp as build
from tests.metadata import builders
from tests.metadata.build_png_webp import (
    changed,
    join_webp,
    keyword_change,
    webp,
    webp_chunks,
    webp_with,
)
from tests.metadata.judge import ExifTool

PACKET = builders.packet(builders.subject("Dog"), padding=30)
NEW = BlockChanges(xmp=[Edit(0, 0, PACKET)])
EXIF, XMP, ALPHA = 0x08, 0x04, 0x10


def add(data: bytes, keyword: str = "Cat") -> bytes:
    return changed(data, keyword_change(WebP(data).content("xmp"), keyword))


def kinds(data: bytes) -> list[bytes]:
    return [kind for kind, _ in webp_chunks(data)[0]]


def flags(data: bytes) -> int:
    kind, content = webp_chunks(data)[0][0]
    assert kind == b"VP8X"
    return content[0]


def rest(data: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """All chunks but XMP, VP8X without the flag that says that there is XMP."""
    chunks, trailer = webp_chunks(data)
    kept = [each for each in chunks if each[0] != b"XMP "]
    if kept[0][0] == b"VP8X":
        kept[0] = (b"VP8X", bytes([kept[0][1][0] & ~XMP]) + kept[0][1][1:])
    return kept, trailer


@pytest.mark.parametrize("sort", build.WEBPS)
@pytest.mark.parametrize("there", [False, True])
def test_only_the_keywords_change(
    sort: str, there: bool, tmp_path: Path, exiftool: ExifTool
) -> None:
    data = build.WEBPS[sort]()
    simple = kinds(data)[0] != b"VP8X"
    if there:
        data = add(data, "Dog") if simple else build.with_xmp(data)
    new = add(data)
    inserted = simple and not there
    assert (rest(new)[0][inserted:], rest(new)[1]) == rest(data)
    assert flags(new) & XMP
    ours = build.EXTENDED if inserted else frozenset({"RIFF:WebP_Flags"})
    found = build.check_by_others(tmp_path, ".webp", data, new, exiftool, ours)
    assert build.keywords_seen(found) == (["Dog", "Cat"] if there else ["Cat"])
    with Image.open(tmp_path / "after.webp") as image:
        image.load()
        assert image.info["xmp"] == WebP(new).content("xmp")
        with Image.open(tmp_path / "before.webp") as old:
            for key in ("exif", "icc_profile", "loop", "background"):
                assert image.info.get(key) == old.info.get(key)
    assert kinds(add(new, "Sky")) == kinds(new)


@pytest.mark.parametrize("size", [(1, 1), (37, 23), (16383, 1), (1, 16383), (257, 256)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_simple_files_get_a_header_that_fits_the_picture(
    size: tuple[int, int], mode: str, tmp_path: Path
) -> None:
    for lossless in (False, True):
        path = tmp_path / "a.webp"
        build.image(mode, size).save(path, lossless=lossless)
        data = path.read_bytes()
        if kinds(data)[0] == b"VP8X":  # lossy with alpha has one
            assert mode == "RGBA"
            assert not lossless
            continue
        assert WebP(data).hidden_xmp() == []
        new = add(data)
        content = webp_chunks(new)[0][0][1]
        assert content[0] == XMP | ALPHA * (mode == "RGBA")
        assert content[1:4] == b"\0\0\0"
        canvas = [int.from_bytes(content[at : at + 3], "little") + 1 for at in (4, 7)]
        assert tuple(canvas) == size
        assert kinds(new) == [b"VP8X", kinds(data)[0], b"XMP "]
        assert not build.checked_by_programs(builders.save(tmp_path, new, "b.webp"))


def test_scaling_bits_are_no_part_of_the_size() -> None:
    head = b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", 0x4000 | 30, 0xC000 | 20)
    photo = WebP(join_webp([(b"VP8 ", head)]))
    assert _dimensions(photo.data, photo.chunks[0]) == (30, 20, False)


def test_the_lent_files(lent: Path, tmp_path: Path, exiftool: ExifTool) -> None:
    files = [lent / "metadata" / "lossless-no-vp8x.webp", *(lent / "formats").glob("*.webp")]
    for file in files:
        data = file.read_bytes()
        new = add(data)
        ours = build.EXTENDED if kinds(data)[0] != b"VP8X" else frozenset[str]()
        assert kinds(new)[0] == b"VP8X"
        found = build.check_by_others(tmp_path, ".webp", data, new, exiftool, ours)
        assert "Cat" in build.keywords_seen(found)


def test_chunks_stand_in_the_order_of_the_format() -> None:
    full = build.animated_webp(icc_profile=build.icc(), exif=build.tiff_block())
    full = webp_with(full, (b"QQQQ", b"unknown"))
    order = kinds(add(full))
    assert order == [b"VP8X", b"ICCP", b"ANIM", *[b"ANMF"] * 3, b"EXIF", b"XMP ", b"QQQQ"]
    assert kinds(add(build.webp("RGBA"))) == [b"VP8X", b"ALPH", b"VP8 ", b"XMP "]


def test_sizes_and_padding_follow_the_packet() -> None:
    base = build.with_xmp(webp(exif=build.tiff_block()))
    for trailer in (b"", b"t"):
        for length in (1, 2, 3, 4):
            data = add(base + trailer, "x" * length)
            assert webp_chunks(data)[1] == trailer
            for more in (1, 2):
                new = changed(data, keyword_change(WebP(data).content("xmp"), "y" * more))
                assert rest(new) == rest(data)
    at = PACKET.index(b"Dog")
    edits = WebP(base).edits(BlockChanges(xmp=[Edit(at, at + 3, b"Cat")]))
    assert len(edits) == 1
    size = len(WebP(base).content("xmp") or b"")
    odd = changed(base, BlockChanges(xmp=[Edit(size, size, b" ")]))
    assert rest(odd) == rest(base)


def test_a_flag_that_was_forgotten_is_set_for_xmp_and_not_for_others() -> None:
    chunks, _ = webp_chunks(build.with_xmp(webp(exif=build.tiff_block())))
    data = join_webp([(b"VP8X", b"\0" + chunks[0][1][1:]), *chunks[1:]])
    assert flags(add(data)) == XMP


@pytest.mark.parametrize(
    ("more", "hidden"),
    [
        ([(b"XMP ", PACKET)] * 2, [PACKET, PACKET]),
        ([(b"XMP\0", PACKET)], [PACKET]),
        ([(b"XMP\0", PACKET), (b"XMP ", b"<x/>")], [b"<x/>", PACKET]),
    ],
)
def test_doubtful_packets_are_read_and_refused(
    more: list[tuple[bytes, bytes]], hidden: list[bytes]
) -> None:
    photo = WebP(webp_with(webp("RGBA"), *more))
    assert photo.hidden_xmp() == hidden
    for ask in (lambda: photo.content("xmp"), lambda: photo.edits(NEW)):
        with pytest.raises(Refusal):
            ask()


@pytest.mark.parametrize(
    "more",
    [
        [(b"XMP ", PACKET)],
        [(b"EXIF", build.tiff_block())],
        [(b"ICCP", b"profile!")],
        [(b"ALPH", b"alpha")],
        [(b"ANIM", b"\0" * 6)],
        [(b"VP8L", b"another")],
    ],
)
def test_simple_files_with_parts_of_extended_ones_are_refused(
    more: list[tuple[bytes, bytes]],
) -> None:
    photo = WebP(webp_with(webp(), *more))
    with pytest.raises(Refusal, match="simple"):
        photo.edits(keyword_change(photo.content("xmp"), "Cat"))


def test_signed_files_and_iptc_are_refused() -> None:
    for base in (webp(), webp("RGBA")):
        signed = WebP(webp_with(base, (b"C2PA", b"jumb")))
        assert signed.edits(BlockChanges()) == []
        with pytest.raises(Refusal, match="Credentials"):
            signed.edits(NEW)
        photo = WebP(base)
        assert photo.content("iptc") is None
        with pytest.raises(Refusal, match="IPTC"):
            photo.edits(BlockChanges(iptc=[Edit(0, 0, b"\x1c")]))
    with pytest.raises(Refusal, match="too large"):
        WebP(webp()).edits(BlockChanges(xmp=[Edit(0, 0, b" " * (WebP.max_xmp + 1))]))


def test_exif_is_found_with_and_without_a_header() -> None:
    for header in (b"", b"Exif\0\0"):
        photo = WebP(webp(exif=build.tiff_block(header=header)))
        tiff = photo.exif()
        assert tiff is not None
        assert photo.data[tiff.base : tiff.base + 2] in (b"II", b"MM")
        make = next(entry for entry in tiff.ifd(tiff.first)[0] if entry.tag == 0x010F)
        assert photo.data[make.data : make.data + make.size] == b"Maker\0"
        assert photo.data[tiff.end - 6 : tiff.end] == build.tiff_block()[-6:]
    assert WebP(webp()).exif() is None
    for chunks in ([(b"EXIF", b"none")], [(b"EXIF", build.tiff_block())] * 2):
        with pytest.raises(Refusal):
            WebP(webp_with(webp("RGBA"), *chunks)).exif()


GOOD = webp()
EXTENDED = webp("RGBA")
VP8X = webp_chunks(EXTENDED)[0][0]
IMAGE = webp_chunks(GOOD)[0][0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"RIFF\4\0\0\0WEBP",
        b"RIFF\0\0\0\0WEBP",
        GOOD[:-1],
        GOOD[:-2],
        GOOD.replace(b"WEBP", b"WAVE"),
        GOOD.replace(b"RIFF", b"RIFX"),
        GOOD[:4] + struct.pack("<I", len(GOOD) - 7) + GOOD[8:],
        GOOD[:4] + struct.pack("<I", len(GOOD) - 7) + GOOD[8:] + b"x",
        GOOD[:4] + struct.pack("<I", len(GOOD) - 10) + GOOD[8:],
        GOOD[:16] + b"\xff\xff\xff\xff" + GOOD[20:],
        join_webp([(b"ALPH", b"a"), IMAGE]),
        join_webp([IMAGE, VP8X]),
        join_webp([VP8X, VP8X, IMAGE]),
        join_webp([(b"VP8X", VP8X[1] + b"\0\0"), IMAGE]),
        join_webp([VP8X]),
        join_webp([IMAGE, (b"\0\0\0\0", b"")]),
    ],
)
def test_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        WebP(data)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        IMAGE[1][:9],
        bytes([IMAGE[1][0] | 1]) + IMAGE[1][1:],
        IMAGE[1][:3] + b"\0" + IMAGE[1][4:],
        IMAGE[1][:6] + b"\0\0" + IMAGE[1][8:],
    ],
)
def test_headers_that_do_not_say_the_size_are_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match="header"):
        WebP(join_webp([(b"VP8 ", content)])).edits(NEW)
    for lossless in (b"\x2f", b"\x2e\0\0\0\0", b"\x2f\0\0\0\x20"):
        with pytest.raises(Refusal, match="header"):
            WebP(join_webp([(b"VP8L", lossless)])).edits(NEW)


# Whatever a file holds

BASES = [webp(), webp(lossless=True), webp("RGBA"), build.animated_webp()]
MORE = st.sampled_from(
    [
        (b"XMP ", PACKET),
        (b"XMP ", PACKET + b" "),
        (b"XMP\0", PACKET),
        (b"EXIF", build.tiff_block()),
        (b"EXIF", build.tiff_block(header=b"Exif\0\0")),
        (b"EXIF", b"x"),
        (b"ICCP", b"profile"),
        (b"QQQQ", b"odd"),
        (b"C2PA", b"jumb"),
        (b"VP8X", b"\0" * 10),
        (b"ALPH", b"alpha"),
    ]
)


@st.composite
def webps(draw: st.DrawFn) -> bytes:
    chunks, _ = webp_chunks(draw(st.sampled_from(BASES)))
    for chunk in draw(st.lists(MORE, max_size=4)):
        chunks.insert(draw(st.integers(0 if draw(st.booleans()) else 1, len(chunks))), chunk)
    chunks.append((b"ZZZZ", draw(st.binary(max_size=9))))
    return join_webp(chunks, draw(st.binary(max_size=20)))


def try_everything(data: bytes) -> bytes | None:
    """Ask everything and add a keyword; None where that is refused."""
    try:
        photo = WebP(data)
    except Refusal as refusal:
        event(refusal.reason)
        return None
    photo.hidden_xmp()
    photo.picture()
    assert photo.content("iptc") is None
    try:
        photo.exif()
    except Refusal as refusal:
        event(refusal.reason)
    try:
        old = photo.content("xmp")
        if old is not None and b"</rdf:RDF>" not in old:
            return None
        return changed(data, keyword_change(old, "Cat"))
    except Refusal as refusal:
        event(refusal.reason)
        return None


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(webps())
def test_any_order_of_chunks(data: bytes) -> None:
    new = try_everything(data)
    if new is not None:
        inserted = kinds(data)[0] != b"VP8X"
        assert rest(new)[0][inserted:] == rest(data)[0]
        assert rest(new)[1] == rest(data)[1]
        assert flags(new) & XMP
        content = WebP(new).content("xmp")
        assert content is not None
        assert "Cat" in xmp.read_items(content)["dc_subject"]
        assert WebP(new).hidden_xmp() == []
        assert add(new, "Sky")


@settings(max_examples=800, deadline=None, suppress_health_check=list(HealthCheck))
@given(webps(), st.data())
def test_damaged_files_never_break_the_parser(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(0, 5))):
        at = draw.draw(st.integers(0, len(damaged) - 1))
        if draw.draw(st.booleans()):
            damaged[at] ^= 1 << draw.draw(st.integers(0, 7))
        else:
            damaged[at : at + draw.draw(st.integers(0, 4))] = draw.draw(st.binary(max_size=4))
    cut = draw.draw(st.integers(0, len(damaged)))
    try_everything(bytes(damaged[: cut if draw.draw(st.booleans()) else None]))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_refused(noise: bytes) -> None:
    for head in (b"", b"RIFF" + struct.pack("<I", 4 + len(noise)) + b"WEBP", GOOD[:20], GOOD):
        new = try_everything(head + noise)
        assert new is None or new.endswith(noise)
    sized = b"WEBP" + IMAGE[0] + struct.pack("<I", len(noise)) + noise + b"\0" * (len(noise) % 2)
    try_everything(b"RIFF" + struct.pack("<I", len(sized)) + sized)


def test_a_checker_looks_at_the_files_where_one_is_installed(tmp_path: Path) -> None:
    if not shutil.which("webpinfo"):
        pytest.skip("webpinfo is not installed")
    wrong = GOOD[:4] + b"\xff" + GOOD[5:]
    assert build.checked_by_programs(builders.save(tmp_path, wrong, "broken.webp"))
    assert not build.checked_by_programs(builders.save(tmp_path, add(EXTENDED), "good.webp"))


def test_nothing_is_shared_between_the_edits_and_the_photo() -> None:
    photo = WebP(EXTENDED)
    assert splice.apply(EXTENDED, photo.edits(NEW)) == splice.apply(EXTENDED, photo.edits(NEW))
    assert photo.data == EXTENDED
