"""TIFF files: tags put in by appending, so that nothing moves."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import struct
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.metadata import splice
from app.metadata.blocks import exif
from app.metadata.containers.base import BlockChanges
from app.metadata.containers.tiff import TiffFile
from app.metadata.splice import Edit, Refusal
from tests.conftest import needs
from tests.metadata.build_tiff import (
    EXIF_IFD,
    ICC,
    IPTC,
    RESOURCES,
    SUB_IFDS,
    XMP,
    XP_KEYWORDS,
    Page,
    blob,
    by_pillow,
    first_directory,
    pages_of,
    tiff,
)
from tests.metadata.builders import Entry, iim, packet, resource, save, subject
from tests.metadata.judge import ExifTool

TAGS = ("Cat", "Größe")
RAW = "Cat;Größe\0".encode("utf-16-le")
NEW_XMP = packet(subject(*TAGS), padding=100)
NEW_IPTC = iim((1, 90, b"\x1b%G"), (2, 0, b"\0\4"), *((2, 25, t.encode()) for t in TAGS))
OLD_XMP = packet(subject("Old"), attributes="xmlns:q='urn:q' q:a='kept'")
OLD_IPTC = iim((2, 0, b"\0\4"), (2, 25, b"Old"), (2, 120, b"A caption"))
INTENDED = {"IFD0:XPKeywords"}


def changes(data: bytes, tags: Sequence[str] = TAGS) -> BlockChanges:
    """Put keywords into all three: new blocks, or the old ones with the keywords inserted."""
    file = TiffFile(data)
    old_xmp, old_iptc = file.content("xmp"), file.content("iptc")
    xmp = [Edit(0, 0, packet(subject(*tags), padding=100))]
    if old_xmp is not None:
        at = old_xmp.index(b"</rdf:Bag>")
        xmp = [Edit(at, at, b"".join(b"<rdf:li>%b</rdf:li>" % t.encode() for t in tags))]
    keywords = iim(*((2, 25, tag.encode()) for tag in tags))
    iptc = [Edit(0, 0, iim((1, 90, b"\x1b%G"), (2, 0, b"\0\4")) + keywords)]
    if old_iptc is not None:
        at = len(old_iptc)
        marker = b"" if b"\x1b%G" in old_iptc else iim((1, 90, b"\x1b%G"))
        iptc = [Edit(0, 0, marker), Edit(at, at, keywords)]
    structure = file.exif()
    assert structure
    return BlockChanges(xmp, iptc, ((*(exif.xp_keywords(structure) or ()), *tags)))


def edited(data: bytes, wanted: BlockChanges | None = None) -> bytes:
    """The file with these changes, proved, and with all that a caller would compare."""
    file = TiffFile(data)
    edits = file.edits(wanted or changes(data))
    new = splice.apply(data, edits)
    assert splice.proves(data, edits, new)
    again = TiffFile(new)
    assert picture_of(again) == picture_of(file)
    assert again.pages == file.pages
    return new


def picture_of(file: TiffFile) -> bytes:
    return b"".join(file.data[start:end] for start, end in file.picture())


def extra(order: str) -> list[Entry]:
    """What a file of Photoshop's holds; the digest fits."""
    resources = resource(0x03ED, b"r" * 16) + resource(0x0425, hashlib.md5(OLD_IPTC).digest())
    return [
        blob(XMP, OLD_XMP),
        blob(IPTC, OLD_IPTC, 7),
        blob(RESOURCES, resources),
        blob(ICC, bytes(range(200)), 7),
        blob(305, b"A program\0", 2),
        blob(XP_KEYWORDS, "Old\0".encode("utf-16-le")),
    ]


SUB = [(0x9003, 2, 20, b"2020:01:01 00:00:00\0"), (0x927C, 7, 60, b"Maker\0" + bytes(range(54)))]
FILES = {
    "plain": tiff(Page()),
    "big-endian": tiff(Page(), order=">"),
    "tiles": tiff(Page(layout="tiles", packed=True)),
    "big-endian-tiles": tiff(Page(layout="tiles"), order=">"),
    "full": tiff(Page(extra=extra("<"), below={EXIF_IFD: SUB})),
    "big-endian-full": tiff(Page(extra=extra(">"), below={EXIF_IFD: SUB}), order=">"),
    "six-pages": tiff(*(Page(packed=bool(n % 2)) for n in range(6))),
    "big-endian-six-pages": tiff(*(Page() for _ in range(6)), order=">"),
    "trailer": tiff(Page(), trailer=b"a trailer, odd.."[:15]),
    "with-zero-behind": tiff(Page(), trailer=b"x\0"),
    "pillow": by_pillow(),
    "pillow-lzw": by_pillow(compression="tiff_lzw"),
    "pillow-deflate": by_pillow(compression="tiff_adobe_deflate"),
    "pillow-jpeg": by_pillow(compression="jpeg"),
    "pillow-six-pages": by_pillow(6),
    "pillow-six-pages-lzw": by_pillow(6, compression="tiff_lzw"),
    "pillow-icc": by_pillow(icc_profile=b"\0" * 128, description="A description"),
}


def compared(found: dict[str, object]) -> dict[str, object]:
    """Without what tags are meant to change, and files' names."""
    return {
        key: value
        for key, value in found.items()
        if key not in INTENDED and key.split(":")[-1] != "FileName"
    }


def warnings_of(path: Path) -> set[str]:
    ran = subprocess.run(
        ["exiftool", "-j", "-validate", "-warning", "-a", str(path)], capture_output=True
    )
    (found,) = json.loads(ran.stdout)
    every = found.get("Warning", [])
    return set(every) if isinstance(every, list) else {every}


def test_exiftool_sees_nothing_else_change(tmp_path: Path, exiftool: ExifTool) -> None:
    pairs = []
    for name, data in FILES.items():
        new = edited(data)
        pairs.append((save(tmp_path, data, f"{name}.tif"), save(tmp_path, new, f"{name}.new.tif")))
    dumped = exiftool.dump([path for pair in pairs for path in pair])
    for old, new in pairs:
        was, found = dumped[old.name], dumped[new.name]
        assert compared(exiftool.differences(was, found)) == {}, old.name
        tags = ["Old", *TAGS] if "IPTC:Keywords" in was else list(TAGS)
        assert found["IFD0:XPKeywords"] == ";".join(tags)
        for key in ("XMP-dc:Subject", "IPTC:Keywords"):
            assert found[key] == tags
        if "Photoshop:IPTCDigest" in was:
            assert found["Photoshop:IPTCDigest"] == found["File:CurrentIPTCDigest"]
            assert found["Photoshop:IPTCDigest"] != was["Photoshop:IPTCDigest"]
        assert warnings_of(new) <= warnings_of(old), old.name


@pytest.mark.parametrize("name", FILES)
def test_pixels_and_bytes_of_all_pages_are_the_same(name: str) -> None:
    data = FILES[name]
    new = edited(data)
    assert pages_of(new) == pages_of(data)
    digest = data.find(b"8BIM\4\x25")
    same = bytearray(data)
    if digest >= 0:
        same[digest + 12 : digest + 28] = new[digest + 12 : digest + 28]
    assert new[8 : len(data)] == same[8:]
    assert new[:4] == data[:4]
    was, found = first_directory(data)[1], first_directory(new)[1]
    assert found[XP_KEYWORDS][0] == found[XMP][0] == 1
    assert found[IPTC][0] == was.get(IPTC, (4, b""))[0]
    ours = {XMP, IPTC, XP_KEYWORDS, RESOURCES}
    assert {t: v for t, v in found.items() if t not in ours} == {
        t: v for t, v in was.items() if t not in ours
    }
    assert list(found) == sorted(found)


@pytest.mark.parametrize("name", FILES)
def test_a_second_edit_makes_no_second_copy(name: str) -> None:
    once = edited(FILES[name])
    file = TiffFile(once)
    at = first_directory(once)[0]
    xmp = file.content("xmp")
    assert xmp is not None
    wanted = BlockChanges(xmp=[Edit(xmp.index(b"</rdf:Bag>"), xmp.index(b"</rdf:Bag>"), b" " * 7)])
    twice = edited(once, wanted)
    assert len(twice) in range(len(once) + 6, len(once) + 9)  # the padding between may go
    assert first_directory(twice)[0] == at
    again = TiffFile(twice)
    assert again.content("iptc") == file.content("iptc")
    assert first_directory(twice)[1][XP_KEYWORDS] == first_directory(once)[1][XP_KEYWORDS]
    assert pages_of(twice) == pages_of(once)
    assert TiffFile(twice).edits(BlockChanges(xp_keywords=None)) == []
    tags = exif.xp_keywords(again.exif())  # type: ignore[arg-type]
    assert TiffFile(twice).edits(BlockChanges(xp_keywords=tags)) == []


@pytest.mark.parametrize("name", ["plain", "full", "big-endian-full", "pillow-six-pages"])
def test_exiv2_reads_it(name: str, tmp_path: Path) -> None:
    needs("exiv2")
    path = save(tmp_path, edited(FILES[name]), "a.tif")
    ran = subprocess.run(["exiv2", "-q", "-PEIXkt", path], capture_output=True, text=True)
    shown = [line.split(maxsplit=1) for line in ran.stdout.splitlines()]
    keywords = [value for key, value in shown if key == "Iptc.Application2.Keywords"]
    assert keywords[-2:] == list(TAGS)
    assert dict(shown)["Xmp.dc.subject"].endswith("Cat, Größe")
    assert dict(shown)["Exif.Image.XPKeywords"].endswith("Cat;Größe")


def test_darktable_develops_it(tmp_path: Path) -> None:
    needs("darktable-cli")
    path = save(tmp_path, edited(FILES["big-endian-full"]), "a.tif")
    subprocess.run(
        ["darktable-cli", path, tmp_path / "out.jpg", "--width", "32", "--core",
         "--configdir", tmp_path / "config", "--cachedir", tmp_path / "cache",
         "--library", ":memory:"],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "out.jpg").stat().st_size > 300


def test_the_lent_file_keeps_its_five_pages(lent: Path, tmp_path: Path, exiftool: ExifTool) -> None:
    source = lent / "metadata" / "multipage.tif"
    data = source.read_bytes()
    assert TiffFile(data).pages == 5
    new = edited(data)
    path = save(tmp_path, new, "a.tif")
    pages = pages_of(new)
    assert len(pages) == 5
    assert pages == pages_of(data)
    dumped = exiftool.dump([source, path])
    assert compared(exiftool.differences(dumped[source.name], dumped["a.tif"])) == {}
    assert warnings_of(path) <= warnings_of(source)
    assert len(edited(new, changes(new, ["More"]))) < len(new) + 100
    if shutil.which("tiffinfo"):
        ran = subprocess.run(["tiffinfo", path], capture_output=True, text=True)
        assert ran.stdout.count("TIFF Directory") == 5


@pytest.mark.parametrize("name", ["bigtiff.tif", "truncated.dng"])
def test_lent_files_that_are_refused(name: str, lent: Path) -> None:
    with pytest.raises(Refusal):
        TiffFile((lent / "metadata" / name).read_bytes())


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("fits", [True, False])
def test_iptc_of_long_numbers_stays_so(order: str, fits: bool) -> None:
    """An old type; programs take the digest with or without the zeros that fill it up."""
    padded = OLD_IPTC + bytes(-len(OLD_IPTC) % 4)
    assert padded != OLD_IPTC
    for before in (padded, OLD_IPTC):
        digest = hashlib.md5(before).digest() if fits else b"?" * 16
        entries = [blob(IPTC, OLD_IPTC, 4), blob(RESOURCES, resource(0x0425, digest))]
        data = tiff(Page(extra=entries), order=order)
        assert TiffFile(data).content("iptc") == OLD_IPTC
        keyword = iim((2, 25, b"new!!"))
        at = len(OLD_IPTC)
        new = edited(data, BlockChanges(iptc=[Edit(at, at, keyword)]))
        kind, value = first_directory(new)[1][IPTC]
        expected = OLD_IPTC + keyword
        assert kind == 4
        assert value == expected + bytes(-len(expected) % 4)
        after = value if before == padded else expected
        found = first_directory(new)[1][RESOURCES][1][12:28]
        assert found == (hashlib.md5(after).digest() if fits else digest)


def test_a_digest_without_a_block_becomes_that_of_the_new_one() -> None:
    data = tiff(Page(extra=[blob(RESOURCES, resource(0x0425, bytes(16)))]))
    new = edited(data, BlockChanges(iptc=[Edit(0, 0, NEW_IPTC)]))
    kind, value = first_directory(new)[1][IPTC]
    assert kind == 4
    assert value.startswith(NEW_IPTC)
    assert first_directory(new)[1][RESOURCES][1][12:28] == hashlib.md5(value).digest()
    assert TiffFile(new).content("iptc") == NEW_IPTC


@pytest.mark.parametrize("fits", [True, False])
def test_a_digest_that_another_page_shares_is_not_changed(fits: bool) -> None:
    digest = hashlib.md5(OLD_IPTC if fits else b"").digest()
    entry = blob(RESOURCES, resource(0x0425, digest))
    data = tiff(Page(extra=[blob(IPTC, OLD_IPTC), entry]), Page(extra=[entry]))
    first, second = (at.start() for at in re.finditer(re.escape(b"8BIM\4%"), data))
    shared = data.replace(struct.pack("<I", second), struct.pack("<I", first))
    assert shared != data
    wanted = BlockChanges(iptc=[Edit(0, 0, iim((1, 90, b"\x1b%G")))])
    assert edited(data, wanted)[second : second + 28] == data[second : second + 28]
    if fits:
        with pytest.raises(Refusal, match="digest"):
            edited(shared, wanted)
    else:
        assert edited(shared, wanted)[8 : len(data)] == shared[8:]


def test_a_large_value_may_be_shared_by_pages_but_not_overlap() -> None:
    profile = blob(ICC, bytes(range(256)) * 40, 7)
    short = tiff(Page(size=(16, 8), extra=[profile]))
    at, found, _ = first_directory(short)
    assert found[ICC][1] == profile[3]
    row = struct.pack("<HHI", ICC, 7, len(profile[3]))
    place = short.index(profile[3])
    for step in (0, 1):
        chain = bytearray(short)
        behind = at + 2 + 12 * len(found)
        for number in range(40):
            where = len(chain) + len(chain) % 2
            chain += bytes(len(chain) % 2)
            struct.pack_into("<I", chain, behind, where)
            chain += struct.pack("<H", 1) + row + struct.pack("<II", place - step * number, 0)
            behind = where + 14
        if step:
            with pytest.raises(Refusal, match="overlap"):
                TiffFile(bytes(chain))
        else:
            assert TiffFile(bytes(chain)).pages == 41


def test_xmp_keeps_its_type() -> None:
    data = tiff(Page(extra=[blob(XMP, OLD_XMP, 7)]))
    assert first_directory(edited(data))[1][XMP][0] == 7


def test_what_is_taken_out_is_gone() -> None:
    data = edited(FILES["plain"])
    file = TiffFile(data)
    xmp, block = file.content("xmp"), file.content("iptc")
    assert xmp and block
    wanted = BlockChanges([Edit(0, len(xmp), b"")], [Edit(0, len(block), b"")], ())
    gone = edited(data, wanted)
    assert first_directory(gone)[1] == first_directory(FILES["plain"])[1]
    assert TiffFile(FILES["plain"]).edits(BlockChanges(xp_keywords=())) == []


def test_packets_of_other_pages_and_of_photoshop_are_shown() -> None:
    data = tiff(
        Page(extra=[blob(XMP, OLD_XMP), blob(RESOURCES, resource(0x0424, b"<in 8bim/>"))]),
        Page(extra=[blob(XMP, b"<second/>")], below={SUB_IFDS: [blob(XMP, b"<below/>")]}),
    )
    file = TiffFile(data)
    assert file.content("xmp") == OLD_XMP
    assert sorted(file.hidden_xmp()) == [b"<below/>", b"<in 8bim/>", b"<second/>"]


def swapped(block: bytes) -> bytes:
    block += bytes(-len(block) % 4)
    return b"".join(block[at : at + 4][::-1] for at in range(0, len(block), 4))


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ([blob(IPTC, swapped(OLD_IPTC), 4)], "wrong order"),
        ([blob(IPTC, b"nonsense")], "cannot be read"),
        ([blob(IPTC, OLD_IPTC), blob(IPTC, OLD_IPTC)], "more than one"),
        ([blob(IPTC, OLD_IPTC, 2)], "unusual type"),
        ([blob(RESOURCES, resource(0x0404, OLD_IPTC))], "in the Photoshop resources"),
        ([blob(RESOURCES, b"nonsense"), blob(IPTC, OLD_IPTC)], "cannot be read"),
    ],
)
def test_iptc_that_is_left_alone(entries: Sequence[Entry], reason: str) -> None:
    data = tiff(Page(extra=entries))
    file = TiffFile(data)
    with pytest.raises(Refusal, match=reason):
        file.content("iptc")
    with pytest.raises(Refusal, match=reason):
        file.edits(BlockChanges(iptc=[Edit(0, 0, NEW_IPTC)]))
    if not any(entry[0] == IPTC for entry in entries[1:]):
        new = edited(data, BlockChanges([Edit(0, 0, NEW_XMP)], (), TAGS))
        assert TiffFile(new).content("xmp") == NEW_XMP
        assert new[8 : len(data)] == data[8:]


def test_iptc_of_another_page_is_left_alone() -> None:
    data = tiff(Page(), Page(extra=[blob(IPTC, OLD_IPTC)]))
    with pytest.raises(Refusal, match="more than one"):
        TiffFile(data).content("iptc")


def short(tag: int, value: int) -> Entry:
    return tag, 3, 1, struct.pack("<H", value)


def with_long(data: bytes, tag: int, value: int) -> bytes:
    """A little-endian file with another number where one entry has its own or its offset."""
    at = first_directory(data)[0]
    (count,) = struct.unpack_from("<H", data, at)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        if struct.unpack_from("<H", data, entry) == (tag,):
            return data[: entry + 8] + struct.pack("<I", value) + data[entry + 12 :]
    raise AssertionError(tag)


def loop(data: bytes) -> bytes:
    at, found, _ = first_directory(data)
    end = at + 2 + 12 * len(found)
    return data[:end] + struct.pack("<I", at) + data[end + 4 :]


PLAIN = FILES["plain"]
SHOWN = Page(extra=[short(SUB_IFDS, 0)])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a TIFF"),
        (b"II*\0", "no TIFF header"),
        (b"\xff\xd8\xff" + bytes(40), "not a TIFF"),
        (b"II+\0\x08\0\0\0" + bytes(40), "BigTIFF"),
        (b"IIU\0" + PLAIN[4:], "not a TIFF"),
        (b"IIRO" + PLAIN[4:], "not a TIFF"),
        (PLAIN[:8] + b"CR\2\0" + PLAIN[12:], "raw"),
        (PLAIN[:8] + b"IIIITwaR" + PLAIN[16:], "raw"),
        (PLAIN[:8] + b"GDAL_STRUCTURAL_METADATA" + PLAIN[32:], "GeoTIFF"),
        (b"II*\0" + bytes(60), "without a page"),
        (tiff(Page(extra=[blob(0xC612, b"\1\4\0\0")])), "DNG"),
        (tiff(Page(), Page(extra=[blob(0xC612, b"\1\4\0\0")])), "DNG"),
        (tiff(Page(extra=[blob(0xCD41, b"jumb" * 9, 7)])), "C2PA"),
        (tiff(Page(photometric=32803)), "raw"),
        (tiff(Page(), Page(photometric=34892)), "raw"),
        (tiff(Page(below={SUB_IFDS: [short(262, 32803)]})), "raw"),
        (tiff(Page(below={SUB_IFDS: [short(259, 34713)]})), "raw"),
        (tiff(Page(extra=[blob(33422, b"\0\1\1\2")])), "raw"),
        (tiff(Page(extra=[blob(272, b"Canon EOS-1D\0", 2)], below={EXIF_IFD: SUB})), "raw"),
        (tiff(Page(extra=[blob(XMP, OLD_XMP), blob(XMP, OLD_XMP)])), "more than one XMP"),
        (loop(PLAIN), "reached twice"),
        (loop(tiff(Page(), Page())), "reached twice"),
        (tiff(SHOWN), "unusual type"),
        (PLAIN[:-3], "overruns"),
        (with_long(PLAIN, 273, 1 << 31), "overruns"),
        (with_long(PLAIN, 282, 4), "header"),
        (with_long(tiff(Page(size=(48, 8))), 279, 1 << 30), "overruns"),
        (with_long(tiff(Page(size=(48, 8))), 279, 0), "unknown length"),
        (with_long(tiff(Page(size=(48, 8))), 273, 4), "header"),
        (FILES["pillow-six-pages"][:-40], "overruns|outside|cut off"),
    ],
)
def test_files_that_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        TiffFile(data)


def test_more_than_10000_pages_are_refused() -> None:
    def pages(count: int) -> bytes:
        body = b"".join(
            struct.pack("<HHHIII", 1, 254, 4, 1, 0, 8 + 18 * (number + 1))
            for number in range(count)
        )
        return b"II*\0\x08\0\0\0" + body[:-4] + bytes(4)

    assert TiffFile(pages(10_000)).pages == 10_000
    with pytest.raises(Refusal, match="too many pages"):
        TiffFile(pages(10_001))


def test_directories_that_overlap_do_not_take_for_ever() -> None:
    count = 3000
    body = b"".join(struct.pack("<HHII", 254, 4, 1, 0) for _ in range(4000))
    offsets = struct.pack(f"<{count}I", *range(200, 200 + 2 * count, 2))
    first = struct.pack("<HHHIIHHHII", 1, SUB_IFDS, 4, count, 26, 0, 0, 0, 0, 0)
    with pytest.raises(Refusal):
        TiffFile(b"II*\0\x08\0\0\0" + first[:18] + offsets + body)


def test_a_file_that_would_become_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    new = edited(PLAIN)
    monkeypatch.setattr("app.metadata.containers.tiff._MAX_SIZE", len(new))
    assert edited(PLAIN) == new
    monkeypatch.setattr("app.metadata.containers.tiff._MAX_SIZE", len(new) - 1)
    with pytest.raises(Refusal, match="become too large"):
        edited(PLAIN)
    monkeypatch.setattr("app.metadata.containers.tiff._MAX_SIZE", len(PLAIN) - 1)
    with pytest.raises(Refusal, match="too large to grow"):
        TiffFile(PLAIN)


def test_xmp_that_cannot_be_taken_is_refused() -> None:
    data = tiff(Page(extra=[blob(XMP, OLD_XMP, 2)]))
    with pytest.raises(Refusal, match="unusual type"):
        TiffFile(data).content("xmp")


@st.composite
def files(draw: st.DrawFn) -> bytes:
    order = draw(st.sampled_from("<>"))
    pages = [
        Page(
            size=(16, 16),
            layout=draw(st.sampled_from(["strips", "tiles"])),
            packed=draw(st.booleans()),
            extra=draw(st.permutations(extra(order)))[: draw(st.integers(0, 6))],
            below=draw(st.sampled_from([{}, {EXIF_IFD: SUB}, {SUB_IFDS: SUB[:1]}])),
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    for page in pages[1:]:
        page.extra = [entry for entry in page.extra if entry[0] != IPTC]
    trailer = draw(st.binary(max_size=3))
    data = tiff(*pages, order=order, trailer=trailer)
    return edited(data) + draw(st.sampled_from([b"", b"", b"\0"])) if draw(st.booleans()) else data


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(files(), st.lists(st.sampled_from(["a", "日本", "x" * 40]), min_size=1, max_size=3))
def test_any_file_keeps_its_pages(data: bytes, tags: list[str]) -> None:
    new = edited(data, changes(data, tags))
    twice = edited(new, changes(new, ["b"]))
    assert len(twice) < len(new) + 80
    assert pages_of(twice) == pages_of(new) == pages_of(data)
    was, found = first_directory(data)[1], first_directory(twice)[1]
    ours = {XMP, IPTC, XP_KEYWORDS, RESOURCES}
    assert {t: v for t, v in was.items() if t not in ours} == {
        t: v for t, v in found.items() if t not in ours
    }


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(files(), st.data())
def test_damaged_files_are_refused_or_kept(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    at = first_directory(data)[0]
    for _ in range(draw.draw(st.integers(0, 4))):
        place = draw.draw(st.one_of(st.integers(0, 7), st.integers(at, len(data) - 1)))
        damaged[place] ^= 1 << draw.draw(st.integers(0, 7))
    del damaged[len(data) - draw.draw(st.sampled_from([0, 0, 0, 1, 9, 400, 2000])) :]
    broken = bytes(damaged)
    try:
        file = TiffFile(broken)
        file.hidden_xmp()
        file.picture()
    except Refusal:
        return
    for wanted in (
        {"xmp": [Edit(0, 0, NEW_XMP)]},
        {"iptc": [Edit(0, 0, NEW_IPTC)]},
        {"xp_keywords": TAGS},
    ):
        with suppress(Refusal):
            new = edited(broken, BlockChanges(**wanted))  # type: ignore[arg-type]
            assert edited(new, BlockChanges(xp_keywords=None)) == new


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"II*\0"]))
def test_noise_is_refused_or_kept(noise: bytes, head: bytes) -> None:
    with suppress(Refusal):
        edited(head + noise, BlockChanges(xp_keywords=TAGS))
