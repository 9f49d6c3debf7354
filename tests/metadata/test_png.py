"""PNG: keywords go in, nothing else changes, and what is doubtful is refused."""

from __future__ import annotations

import shutil
import subprocess
import tracemalloc
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.metadata import splice
from app.metadata.blocks import iptc, xmp
from app.metadata.containers.base import BlockChanges
from app.metadata.containers.png import Png
from app.metadata.splice import Edit, Refusal
from tests.conftest import needs
from tests.metadata import build_png_webp as build
from tests.metadata import builders
from tests.metadata.build_png_webp import (
    XMP_HEAD,
    XMP_HEAD_COMPRESSED,
    changed,
    join_png,
    keyword_change,
    png,
    png_chunk,
    png_chunks,
    png_with,
    raw_chunk,
)
from tests.metadata.judge import ExifTool

PACKET = builders.packet(builders.subject("Dog"), padding=30)
NEW = BlockChanges(xmp=[Edit(0, 0, PACKET)])


def add(data: bytes, keyword: str = "Cat") -> bytes:
    return changed(data, keyword_change(Png(data).content("xmp"), keyword))


def kinds(data: bytes) -> list[bytes]:
    return [kind for kind, _ in png_chunks(data)[0]]


def without_xmp(data: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    chunks, trailer = png_chunks(data)
    return [c for c in chunks if not c[1].startswith(b"XML:com.adobe.xmp\0")], trailer


@pytest.mark.parametrize("sort", build.PNGS)
@pytest.mark.parametrize("place", ["new", "there", "compressed", "behind the picture"])
def test_only_the_keywords_change(
    sort: str, place: str, tmp_path: Path, exiftool: ExifTool
) -> None:
    data = build.PNGS[sort]()
    if place != "new":
        head, text = XMP_HEAD, PACKET
        if place == "compressed":
            head, text = XMP_HEAD_COMPRESSED, zlib.compress(PACKET, 9)
        behind = b"IDAT" if place == "behind the picture" else b"IHDR"
        data = png_with((b"iTXt", head + text), base=data, behind=behind)
    new = add(data)
    assert without_xmp(new) == without_xmp(data)
    found = build.check_by_others(tmp_path, ".png", data, new, exiftool, frozenset())
    assert build.keywords_seen(found) == (["Cat"] if place == "new" else ["Dog", "Cat"])
    with Image.open(tmp_path / "after.png") as image:
        image.load()
        assert image.info["xmp"] == Png(new).content("xmp")
    assert add(new, "Sky").count(b"XML:com.adobe.xmp") == 1


def test_a_packet_is_edited_where_it_is_and_as_it_is() -> None:
    head = b"XML:com.adobe.xmp\0\1\0en\0foreign\0"
    data = png_with((b"iTXt", head + zlib.compress(PACKET, 9)), behind=b"IDAT")
    new = add(data)
    assert kinds(new) == kinds(data)
    (text,) = (c for k, c in png_chunks(new)[0] if k == b"iTXt")
    assert text.startswith(head)
    assert zlib.decompress(text[len(head) :]) == Png(new).content("xmp")


def test_a_change_that_keeps_the_length_changes_the_checksum_only() -> None:
    data = png_with((b"iTXt", XMP_HEAD + PACKET))
    at = PACKET.index(b"Dog")
    edits = Png(data).edits(BlockChanges(xmp=[Edit(at, at + 3, b"Cat")]))
    assert [edit.end - edit.start for edit in sorted(edits, key=lambda e: e.start)] == [3, 4]
    assert Png(splice.apply(data, edits)).content("xmp") == PACKET.replace(b"Dog", b"Cat")


def test_new_packets_come_before_the_picture_and_its_frame_control() -> None:
    assert kinds(add(png()))[-3:] == [b"iTXt", b"IDAT", b"IEND"]
    order = kinds(add(build.apng()))
    assert order.index(b"acTL") < order.index(b"iTXt") == order.index(b"fcTL") - 1
    order = kinds(add(build.apng(default_image=True)))
    assert order.index(b"iTXt") == order.index(b"IDAT") - 1


def test_apples_index_still_points_at_the_picture() -> None:
    data = build.screenshot()
    assert build.idot_targets(data) == [b"IDAT", b"IDAT"]
    assert build.idot_targets(add(data)) == [b"IDAT", b"IDAT"]
    before = png_with((b"iTXt", XMP_HEAD + PACKET), base=data)
    assert build.idot_targets(add(before)) == [b"IDAT", b"IDAT"]
    between = build.screenshot((b"iTXt", XMP_HEAD + PACKET))
    assert build.idot_targets(between) == [b"IDAT", b"IDAT"]
    with pytest.raises(Refusal, match="iDOT"):
        add(between)
    at = PACKET.index(b"Dog")
    same = changed(between, BlockChanges(xmp=[Edit(at, at + 3, b"Cat")]))
    assert build.idot_targets(same) == [b"IDAT", b"IDAT"]


@pytest.mark.parametrize("kind", [b"caBX", b"dSIG"])
def test_signed_files_are_refused(kind: bytes) -> None:
    for data in (png_with((kind, b"manifest")), png_with((kind, b""), behind=b"IDAT")):
        assert Png(data).edits(BlockChanges()) == []
        with pytest.raises(Refusal, match="Credentials"):
            add(data)


def test_iptc_is_read_and_never_written() -> None:
    block = builders.iim((1, 90, b"\x1b%G"), (2, 25, "Löwe".encode()))
    resources = builders.resource(0x03ED, b"abc") + builders.resource(0x0404, block)
    for name, content in (
        ("iptc", block),
        ("iptc", resources),
        ("IPTC", b"Photoshop 3.0\0" + resources),
        ("8bim", resources),
    ):
        for kind in (b"tEXt", b"zTXt", b"iTXt"):
            photo = Png(png_with(raw_chunk(name, content, kind)))
            assert photo.content("iptc") == block
            assert iptc.Block(photo.content("iptc") or b"").keywords == ("Löwe",)
            assert photo.content("xmp") is None
            with pytest.raises(Refusal, match="only read"):
                photo.edits(BlockChanges(xmp=NEW.xmp, iptc=[Edit(0, 0, b"\x1c")]))
            add(photo.data)
    assert Png(png()).content("iptc") is None
    assert (
        Png(png_with(raw_chunk("8bim", builders.resource(0x03ED, b"abc")))).content("iptc") is None
    )
    for broken in (
        (b"tEXt", b"Raw profile type iptc\0nothing"),
        (b"tEXt", b"Raw profile type iptc\0\niptc\n      99\n1c02\n"),
        (b"tEXt", b"Raw profile type iptc\0\niptc\n       2\n1c0g\n"),
        (b"tEXt", b"Raw profile type iptc\0\niptc\n       1\n\xff\xff\n"),
        (b"zTXt", b"Raw profile type iptc\0\0nothing"),
        (b"zTXt", b"Raw profile type iptc\0"),
        (b"zTXt", b"Raw profile type iptc\0\1" + zlib.compress(b"")),
        raw_chunk("iptc", b"8BIM\4\4\0\0\0\0\0\xff"),
    ):
        with pytest.raises(Refusal):
            Png(png_with(broken)).content("iptc")
    with pytest.raises(Refusal, match="more than one"):
        Png(png_with(raw_chunk("iptc", block), raw_chunk("8bim", resources))).content("iptc")


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt"])
def test_xmp_in_raw_profiles_is_read_and_nothing_is_embedded(kind: bytes) -> None:
    header = b"http://ns.adobe.com/xap/1.0/\0"
    for chunk in (raw_chunk("xmp", PACKET, kind), raw_chunk("APP1", header + PACKET, kind)):
        photo = Png(png_with(chunk))
        assert photo.hidden_xmp() == [PACKET]
        for ask in (lambda p=photo: p.content("xmp"), lambda p=photo: p.edits(NEW)):
            with pytest.raises(Refusal, match="raw profile"):
                ask()
    both = Png(png_with(raw_chunk("xmp", PACKET, kind), (b"iTXt", XMP_HEAD + b"<other/>")))
    assert sorted(both.hidden_xmp()) == sorted([PACKET, b"<other/>"])
    with pytest.raises(Refusal):
        both.edits(keyword_change(PACKET, "Cat"))
    unread = Png(png_with((b"tEXt", b"Raw profile type xmp\0gone")))
    assert unread.hidden_xmp() == []
    with pytest.raises(Refusal):
        unread.edits(NEW)


@pytest.mark.parametrize(
    ("chunks", "hidden"),
    [
        ([(b"iTXt", XMP_HEAD + PACKET)] * 2, [PACKET, PACKET]),
        ([(b"tEXt", b"XML:com.adobe.xmp\0" + PACKET)], [PACKET]),
        ([(b"zTXt", b"XML:com.adobe.xmp\0\0" + zlib.compress(PACKET))], [PACKET]),
        ([(b"iTXt", b"XML:com.adobe.xmp\0\2\0\0\0" + PACKET)], []),
        ([(b"iTXt", b"XML:com.adobe.xmp\0\1\1\0\0" + zlib.compress(PACKET))], []),
        ([(b"iTXt", b"XML:com.adobe.xmp\0\0\0")], []),
        ([(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0<x/>")], []),
        ([(b"iTXt", b"XML:com.adobe.xmp\0")], []),
        ([(b"iTXt", XMP_HEAD_COMPRESSED + b"nothing")], []),
        ([(b"iTXt", XMP_HEAD_COMPRESSED + zlib.compress(PACKET)[:-9])], []),
        ([(b"iTXt", XMP_HEAD_COMPRESSED + zlib.compress(PACKET) + b"x")], []),
    ],
)
def test_doubtful_packets_are_refused(
    chunks: list[tuple[bytes, bytes]], hidden: list[bytes]
) -> None:
    photo = Png(png_with(*chunks))
    assert photo.hidden_xmp() == hidden
    for ask in (lambda: photo.content("xmp"), lambda: photo.edits(NEW)):
        with pytest.raises(Refusal):
            ask()


def test_a_wrong_checksum_of_the_packet_is_refused_and_of_others_copied() -> None:
    data = png_with((b"iTXt", XMP_HEAD + PACKET))
    packet = png_chunk(b"iTXt", XMP_HEAD + PACKET)
    photo = Png(data.replace(packet, packet[:-1] + bytes([packet[-1] ^ 1])))
    assert photo.hidden_xmp() == [PACKET]
    with pytest.raises(Refusal, match="checksum"):
        photo.edits(keyword_change(PACKET, "Cat"))
    at = data.index(b"to be kept")
    broken = data[:at] + b"TO" + data[at + 2 :]
    edits = Png(broken).edits(keyword_change(PACKET, "Cat"))
    assert splice.proves(broken, edits, splice.apply(broken, edits))


def test_what_unpacks_to_too_much_is_refused_without_unpacking_it() -> None:
    bomb = zlib.compress(b" " * (400 << 20), 1)
    photo = Png(
        png_with(
            (b"iTXt", XMP_HEAD_COMPRESSED + bomb), (b"zTXt", b"Raw profile type iptc\0\0" + bomb)
        )
    )
    tracemalloc.start()
    for kind in ("xmp", "iptc"):
        with pytest.raises(Refusal, match="too large"):
            photo.content(kind)  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 250 << 20
    with pytest.raises(Refusal, match="too large"):
        Png(png()).edits(BlockChanges(xmp=[Edit(0, 0, b" " * (Png.max_xmp + 1))]))


def test_profiles_of_white_space_are_read_in_no_time() -> None:
    text = b"\n" * (4 << 20)
    photo = Png(png_with((b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(text))))
    with pytest.raises(Refusal):
        photo.content("iptc")


GOOD = png()
HEAD, DATA, END = (
    next(c for c in png_chunks(GOOD)[0] if c[0] == k) for k in (b"IHDR", b"IDAT", b"IEND")
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG",
        GOOD[:8],
        GOOD[:-1],
        GOOD[:-12],
        b"\x89PNG\r\n\x1a\r" + GOOD[8:],
        join_png([DATA, HEAD, END]),
        join_png([HEAD, HEAD, DATA, END]),
        join_png([(b"CgBI", b"\0\0\0\0"), HEAD, DATA, END]),
        join_png([HEAD, (b"FUTR", b""), DATA, END]),
        join_png([HEAD, (b"ab1d", b""), DATA, END]),
        join_png([(b"IHDR", HEAD[1] + b"\0"), DATA, END]),
        join_png([HEAD, END]),
        join_png([HEAD, DATA, (b"tEXt", b"a\0b"), DATA, END]),
        join_png([HEAD, DATA, (b"IEND", b"x")]),
        GOOD.replace(b"\0\0\0\0IEND", b"\0\0\0\1IEND"),
        GOOD[:8] + b"\xff\xff\xff\xff" + GOOD[12:],
    ],
)
def test_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        Png(data)


def test_malformed_xmp_is_not_thrown_away(lent: Path) -> None:
    photo = Png((lent / "metadata" / "malformed-xmp.png").read_bytes())
    content = photo.content("xmp")
    assert content is not None
    with pytest.raises(Refusal):
        xmp.Packet.parse(content)
    assert photo.edits(BlockChanges()) == []


def test_what_exiftool_writes_is_read_and_added_to(tmp_path: Path, exiftool: ExifTool) -> None:
    path = builders.save(tmp_path, png(), "a.png")
    names = ["-IPTC:Keywords=Dog", "-XMP:Subject=Dog", "-EXIF:Artist=Me"]
    subprocess.run(["exiftool", "-q", "-q", "-m", *names, str(path)], check=True)
    data = path.read_bytes()
    assert iptc.Block(Png(data).content("iptc") or b"").keywords == ("Dog",)
    tiff = Png(data).exif()
    assert tiff is not None
    assert 0x013B in {entry.tag for entry in tiff.ifd(tiff.first)[0]}
    found = build.check_by_others(tmp_path, ".png", data, add(data), exiftool, frozenset())
    assert build.keywords_seen(found) == ["Dog", "Cat"]


def test_what_exiv2_writes_is_read_and_added_to(tmp_path: Path, exiftool: ExifTool) -> None:
    needs("exiv2")
    path = builders.save(tmp_path, png(), "a.png")
    modify = [
        "-Mset Iptc.Application2.Keywords Dog",
        "-Mset Xmp.dc.subject Dog",
        "-Mset Exif.Image.Artist Me",
    ]
    subprocess.run(["exiv2", *modify, str(path)], check=True)
    data = path.read_bytes()
    assert iptc.Block(Png(data).content("iptc") or b"").keywords == ("Dog",)
    new = add(data)
    found = build.check_by_others(tmp_path, ".png", data, new, exiftool, frozenset())
    assert build.keywords_seen(found) == ["Dog", "Cat"]
    after = tmp_path / "after.png"
    shown = subprocess.run(["exiv2", "-PXkt", str(after)], capture_output=True, text=True)
    assert "Cat" in shown.stdout


# Whatever a file holds

TEXTS = st.sampled_from(
    [
        (b"tEXt", b"Comment\0text"),
        (b"tEXt", b"no keyword"),
        (b"zTXt", b"Comment\0\0" + zlib.compress(b"text")),
        (b"iTXt", XMP_HEAD + PACKET),
        (b"iTXt", XMP_HEAD_COMPRESSED + zlib.compress(PACKET)),
        (b"eXIf", build.tiff_block()),
        (b"eXIf", b"II*\0"),
        raw_chunk("xmp", PACKET),
        raw_chunk("iptc", builders.iim((2, 25, b"Dog"))),
        raw_chunk("exif", build.tiff_block(header=b"Exif\0\0")),
        raw_chunk("exif", build.tiff_block(keywords="Dog")),
        (b"pHYs", b"\0\0\1\0\0\0\1\0\1"),
        (b"quUx", b"private"),
        (b"caBX", b"c2pa"),
        (b"iDOT", b"\0" * 28),
    ]
)


@st.composite
def pngs(draw: st.DrawFn) -> bytes:
    chunks, _ = png_chunks(draw(st.sampled_from([png("L"), build.interlaced(), build.apng()])))
    for chunk in draw(st.lists(TEXTS, max_size=4)):
        chunks.insert(draw(st.integers(1, len(chunks) - 1)), chunk)
    if draw(st.booleans()):
        chunks.append((b"quUx", draw(st.binary(max_size=40))))
        chunks[-1], chunks[-2] = chunks[-2], chunks[-1]
    return join_png(chunks, draw(st.binary(max_size=20)))


def try_everything(data: bytes) -> bytes | None:
    """Ask everything and add a keyword; None where that is refused."""
    try:
        photo = Png(data)
    except Refusal as refusal:
        event(refusal.reason)
        return None
    photo.hidden_xmp()
    photo.picture()
    for ask in (lambda: photo.content("iptc"), photo.exif):
        try:
            ask()
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


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(pngs())
def test_any_order_of_chunks(data: bytes) -> None:
    new = try_everything(data)
    if new is not None:
        assert without_xmp(new) == without_xmp(data)
        content = Png(new).content("xmp")
        assert content is not None
        assert "Cat" in xmp.read_items(content)["dc_subject"]
        assert Png(new).hidden_xmp() == Png(data).hidden_xmp() == []


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(pngs(), st.data())
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
    for head in (b"", GOOD[:8], GOOD[:33], GOOD[:-12]):
        try_everything(head + noise)


def test_a_checker_looks_at_the_files_where_one_is_installed(tmp_path: Path) -> None:
    if not (shutil.which("pngcheck") or shutil.which("pngfix")):
        pytest.skip("neither pngcheck nor pngfix is installed")
    broken = builders.save(tmp_path, GOOD[:60] + b"\0" + GOOD[61:], "broken.png")
    assert build.checked_by_programs(broken)
    assert not build.checked_by_programs(builders.save(tmp_path, add(GOOD), "good.png"))
