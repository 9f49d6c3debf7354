"""Windows' keywords put into Exif by appending a copy of IFD0."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import piexif
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.metadata import splice
from app.metadata.blocks import exif
from app.metadata.blocks.tiff import Structure, Tiff, Value, directory_edits, tail
from app.metadata.containers import jpeg_segments, mpf
from app.metadata.splice import Edit, Refusal
from tests.metadata import builders
from tests.metadata.build_tiff import XP_KEYWORDS, directory, first_directory
from tests.metadata.builders import Entry
from tests.metadata.judge import ExifTool, pixels

TAGS = ("Cat", "Größe", "日本")
RAW = "Cat;Größe;日本\0".encode("utf-16-le")
FAR = 70_000


def block(extra: Sequence[Entry] = (), order: str = "<", last: bool = False) -> bytes:
    """A TIFF block with Exif, a MakerNote and a thumbnail; `last` puts IFD0 at the end."""
    data = bytearray((b"II*\0" if order == "<" else b"MM\0*") + bytes(4))
    first = [(0x010F, 2, 6, b"Maker\0"), (0x0112, 3, 1, struct.pack(order + "H", 1)), *extra]

    def put_first(sub: int, thumb: int) -> None:
        found = [*first, (0x8769, 4, 1, struct.pack(order + "I", sub))]
        at, behind = directory(data, found, order)
        struct.pack_into(order + "I", data, 4, at)
        struct.pack_into(order + "I", data, behind, thumb)

    if not last:
        put_first(0, 0)
    note = (0x927C, 7, 60, b"Maker\0" + bytes(range(54)))
    sub, _ = directory(data, [(0x9003, 2, 20, b"2020:01:01 00:00:00\0"), note], order)
    picture = builders.picture((16, 12))
    preview = len(data)
    data += picture
    numbers = [(0x0201, preview), (0x0202, len(picture))]
    thumb, _ = directory(
        data, [(t, 4, 1, struct.pack(order + "I", number)) for t, number in numbers], order
    )
    if last:
        put_first(sub, thumb)
    else:
        at, _, _ = first_directory(data)
        count = len(first) + 1
        struct.pack_into(order + "I", data, at + 2 + 12 * count, thumb)
        pointer = data.index(struct.pack(order + "HHI", 0x8769, 4, 1), at) + 8
        struct.pack_into(order + "I", data, pointer, sub)
    return bytes(data)


def edited(data: bytes, values: tuple[str, ...], base: int = 0) -> bytes:
    """The block with these keywords, its edits proved."""
    edits = exif.keyword_edits(Tiff(data, base, len(data)), values)
    new = splice.apply(data, edits)
    assert splice.proves(data, edits, new)
    return new


def jpeg_with_keywords(data: bytes, values: tuple[str, ...]) -> bytes:
    """A JPEG whose Exif gets keywords, with the lengths and the MP index that follow.

    Raises:
        Refusal: as the writer would.
    """
    segments = jpeg_segments.parse(data)
    at = next(s for s in segments if s.marker == 0xE1 and data.startswith(b"Exif\0", s.data))
    exif.check_self_contained(data, at.data, at.end, segments[-1].start)
    edits = exif.keyword_edits(exif.tiff_of(data, at.data, at.end), values)
    size = at.end - at.data + sum(edit.growth for edit in edits)
    edits.append(Edit(at.data - 2, at.data, jpeg_segments.length_field(size)))
    for segment in segments:
        if segment.marker == 0xE2 and data.startswith(mpf.HEADER, segment.data):
            edits += mpf.edits(data, segment, edits)
    new = splice.apply(data, edits)
    assert splice.proves(data, edits, new)
    return new


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("odd", [b"", b"\0", b"x"])
@pytest.mark.parametrize("extra", [(), ((XP_KEYWORDS, 1, 8, "old".encode("utf-16-le") + b"\0\0"),)])
def test_keywords_are_added_or_replaced_and_nothing_moves(
    extra: Sequence[Entry], odd: bytes, order: str
) -> None:
    data = block(extra, order) + odd
    new = edited(data, TAGS)
    _, before, following = first_directory(data)
    at, after, following_after = first_directory(new)
    assert at == len(data) + len(data) % 2
    assert new[:4] + new[8 : len(data)] == data[:4] + data[8:]
    assert after == {**before, XP_KEYWORDS: (1, RAW)}
    assert following_after == following != 0
    assert list(after) == sorted(after)
    assert exif.xp_keywords(Tiff(new, 0, len(new))) == TAGS


@pytest.mark.parametrize("order", "<>")
def test_offsets_count_from_the_header_and_edits_from_the_file(order: str) -> None:
    lead, data = b"?" * 31, block(order=order)
    new = edited(lead + data, TAGS, 31)
    assert new == lead + edited(data, TAGS)


@pytest.mark.parametrize("order", "<>")
def test_the_copy_of_an_earlier_edit_is_replaced(order: str) -> None:
    data = block(order=order)
    once = edited(data, TAGS)
    edits = exif.keyword_edits(Tiff(once, 0, len(once)), (*TAGS, "Dog"))
    assert [edit.start for edit in edits] == [len(data) + len(data) % 2]
    twice = splice.apply(once, edits)
    assert twice == edited(data, (*TAGS, "Dog"))
    assert edited(twice, TAGS) == once
    gone = edited(twice, ())
    assert first_directory(gone)[1] == first_directory(data)[1]
    assert len(gone) == len(once) - 12 - len(RAW)


def test_a_long_value_is_shared_out_with_another_of_ours() -> None:
    data = block()
    new = data
    for tag, value in ((700, b"<x/>" * 3), (XP_KEYWORDS, RAW), (33723, b"\x1c\2\0\0\2\0\4")):
        tiff = Tiff(new, 0, len(new))
        new = splice.apply(new, directory_edits(tiff, {tag: Value(1, value)}))
    tiff = Tiff(new, 0, len(new))
    assert tail(tiff, Structure(tiff)) == len(data) + len(data) % 2
    found = first_directory(new)[1]
    assert found[700] == (1, b"<x/>" * 3)
    assert found[XP_KEYWORDS] == (1, RAW)
    assert found[33723] == (1, b"\x1c\2\0\0\2\0\4")


@pytest.mark.parametrize(
    "extra",
    [
        (0x010E, 2, 9, b"original\0"),  # a value that is not ours
        (0xC4A5, 4, 1, struct.pack("<I", FAR)),  # a number that may be an offset into it
        (0, 0, 0, b""),  # nothing but a trailer
    ],
)
def test_what_is_not_wholly_ours_is_kept(extra: Entry) -> None:
    """IFD0 at the end of a block, with something that an edit would lose."""
    data = block([extra] if extra[3] else [], last=True) + b"trailer" * (not extra[3])
    at = first_directory(data)[0]
    data = data.replace(struct.pack("<I", FAR), struct.pack("<I", at + 2))
    new = edited(data, TAGS)
    assert new[8 : len(data)] == data[8:]
    assert first_directory(new)[0] >= len(data)


def test_a_copy_that_a_number_may_point_into_is_kept() -> None:
    once = edited(block([(0xC4A5, 4, 1, struct.pack("<I", FAR))]), TAGS)
    at = first_directory(once)[0]
    assert len(edited(once, ("Dog",))) < len(once)
    pointed = once.replace(struct.pack("<I", FAR), struct.pack("<I", at + 2))
    new = edited(pointed, ("Dog",))
    assert new[8 : len(pointed)] == pointed[8:]


def test_a_copy_with_something_between_its_values_is_kept() -> None:
    data = block()
    values = {700: Value(1, b"<x/> "), XP_KEYWORDS: Value(1, RAW)}
    once = splice.apply(data, directory_edits(Tiff(data, 0, len(data)), values))
    assert once.count(b"<x/> \0" + RAW) == 1
    assert len(edited(once, ("Dog",))) < len(once)
    filled = once.replace(b"<x/> \0" + RAW, b"<x/> ?" + RAW)
    new = edited(filled, ("Dog",))
    assert new[8 : len(filled)] == filled[8:]


def test_doubles_of_what_would_move_are_refused() -> None:
    packets: list[Entry] = [(700, 1, 5, b"<x/> "), (700, 1, 5, b"<y/> ")]
    data = block(packets)
    with pytest.raises(Refusal, match="twice"):
        edited(data, TAGS)


def test_data_that_another_directory_uses_is_kept() -> None:
    once = edited(block(), TAGS)
    at = once.rindex(RAW)
    sub = once.index(struct.pack("<HHI", 0x9003, 2, 20))
    shared = once[: sub + 8] + struct.pack("<I", at) + once[sub + 12 :]  # the date lies there
    new = edited(shared, ("Dog",))
    assert new[8 : len(shared)] == shared[8:]


def test_nothing_changes_without_a_change() -> None:
    data = block()
    assert edited(data, ()) == data
    new = edited(data, TAGS)
    assert exif.keyword_edits(Tiff(new, 0, len(new)), TAGS) == []
    windows = block([(XP_KEYWORDS, 1, 22, "Cat ; Dog;\0".encode("utf-16-le"))])
    assert edited(windows, ("Cat", "Dog")) == windows


def changed(data: bytes, at: int, value: bytes) -> bytes:
    return data[:at] + value + data[at + len(value) :]


GOOD = block()
SECOND = 10 + 12 * 3  # where the offset of IFD1 is


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (changed(GOOD, 4, struct.pack("<I", len(GOOD) - 4)), "cut off"),
        (changed(GOOD, 4, struct.pack("<I", 0xFFFFFFF0)), "outside of its block"),
        (changed(GOOD, 4, struct.pack("<I", 4)), "inside the TIFF header"),
        (changed(GOOD, 4, bytes(4)), "outside of its block"),
        (changed(GOOD, 2, b"+\0"), "outside of its block"),
        (changed(GOOD, 2, b"U\0"), "classic"),
        (changed(GOOD, SECOND, struct.pack("<I", 8)), "reached twice"),
        (changed(GOOD, SECOND, struct.pack("<I", len(GOOD))), "outside of its block"),
        (changed(GOOD, SECOND, struct.pack("<I", len(GOOD) + 40)), "outside of its block"),
        (GOOD[:-8], "outside of its block"),
        (changed(GOOD, 18, struct.pack("<I", len(GOOD) - 2)), "overruns"),
        (changed(GOOD, 18, struct.pack("<I", 4)), "header"),
        (changed(block([(700, 1, 5, b"<x/> ")]), 42, struct.pack("<I", 4)), "value inside the"),
        (changed(GOOD, len(GOOD) - 8, struct.pack("<I", 9999)), "overruns"),
        (changed(GOOD, len(GOOD) - 16, b"\3\2"), "unknown length"),
        (block([(XP_KEYWORDS, 1, 2, b"a\0"), (XP_KEYWORDS, 1, 2, b"b\0")]), "twice"),
        (block([(XP_KEYWORDS, 1, 3, b"a\0b")]), "cannot be read"),
        (block([(XP_KEYWORDS, 1, 8, b"a\0\0\0b\0\0\0")]), "cannot be read"),
        (block([(XP_KEYWORDS, 2, 4, b"abc\0")]), "cannot be read"),
        (block([(0xC4A5, 4, 1, struct.pack("<I", len(GOOD) + 30))]), "could be an offset"),
    ],
)
def test_what_a_copy_would_break_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        exif.keyword_edits(Tiff(data, 0, len(data)), ("new",))


@pytest.mark.parametrize("tags", [("a;b",), ("a\0b",), ("\ud800",), ("a", "b;")])
def test_keywords_that_cannot_be_told_apart_are_refused(tags: tuple[str, ...]) -> None:
    with pytest.raises(Refusal):
        edited(GOOD, tags)
    with pytest.raises(Refusal):
        exif.new_block(tags)


def test_a_directory_takes_no_more_than_65535_entries() -> None:
    rows = b"".join(struct.pack("<HHI4x", 1000, 1, 1) for _ in range(0xFFFF))
    data = b"II*\0\x08\0\0\0\xff\xff" + rows + bytes(4)
    with pytest.raises(Refusal, match="too many entries"):
        edited(data, TAGS)


def test_a_new_block_is_read_by_others(tmp_path: Path, exiftool: ExifTool) -> None:
    made = exif.new_block(TAGS)
    data = builders.with_segments(builders.segment(0xE1, b"Exif\0\0" + made))
    path = builders.save(tmp_path, data)
    assert exiftool.dump([path])[path.name]["IFD0:XPKeywords"] == ";".join(TAGS)
    with Image.open(path) as image:
        assert bytes(image.getexif()[XP_KEYWORDS]) == RAW
    assert exif.xp_keywords(Tiff(made, 0, len(made))) == TAGS
    assert exif.xp_keywords(Tiff(edited(made, ("Dog",)), 0, len(made) + 99)) == ("Dog",)


def photos_with_exif(lent: Path) -> list[Path]:
    found = []
    for folder in ("camera", "metadata", "imagenet"):
        for path in sorted((lent / folder).iterdir()):
            with suppress(Refusal):
                data = path.read_bytes()
                segments = jpeg_segments.parse(data)
                if any(s.marker == 0xE1 and data.startswith(b"Exif", s.data) for s in segments):
                    found.append(path)
    return found


def thumbnail_of(data: bytes) -> object:
    """What piexif sees of Exif but for what is meant to change; None if it fails."""
    try:
        found = piexif.load(data)
    except Exception:  # piexif raises anything at what it does not expect  # noqa: BLE001
        return None
    found["0th"].pop(XP_KEYWORDS, None)
    return found


def test_in_lent_photos_exiftool_sees_nothing_else_change(
    lent: Path, tmp_path: Path, exiftool: ExifTool
) -> None:
    sources = photos_with_exif(lent)
    pairs: list[tuple[Path, Path]] = []
    for number, path in enumerate(sources):
        data = path.read_bytes()
        try:
            new = jpeg_with_keywords(data, TAGS)
            again = jpeg_with_keywords(new, (*TAGS, "Dog"))
        except Refusal:
            continue
        assert len(again) <= len(new) + 8
        assert thumbnail_of(new) == thumbnail_of(data)
        assert builders.from_scan(again) == builders.from_scan(data)
        names = (tmp_path / f"{number}.old.jpg", tmp_path / f"{number}.new.jpg")
        names[0].symlink_to(path)
        names[1].write_bytes(again)
        pairs.append(names)
    assert len(pairs) > 0.9 * len(sources)
    dumped = exiftool.dump([path for pair in pairs for path in pair])
    for old, new in pairs:
        found = exiftool.differences(dumped[old.name], dumped[new.name])
        assert dumped[new.name]["IFD0:XPKeywords"] == ";".join((*TAGS, "Dog"))
        found.pop("System:FileName", None), found.pop("File:FileName", None)
        assert found == {}, sources[int(old.name.split(".")[0])]
        thumbnails = [
            each.get("IFD1:ThumbnailImage") for each in (dumped[old.name], dumped[new.name])
        ]
        assert thumbnails[0] == thumbnails[1]


def test_in_lent_photos_the_picture_is_the_same(lent: Path, tmp_path: Path) -> None:
    for path in photos_with_exif(lent)[:8]:
        with suppress(Refusal):
            new = builders.save(tmp_path, jpeg_with_keywords(path.read_bytes(), TAGS))
            assert (pixels(new) == pixels(path)).all()


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from("<>"), st.booleans(), st.booleans(), st.data())
def test_damaged_blocks_are_refused_or_kept(
    order: str, last: bool, ours: bool, draw: st.DataObject
) -> None:
    data = bytearray(block(order=order, last=last))
    if ours:
        data = bytearray(edited(bytes(data), ("Cat", "Dog")))
    for _ in range(draw.draw(st.integers(0, 4))):
        at = draw.draw(st.integers(0, min(len(data), 260) - 1))
        data[at : at + 1] = draw.draw(st.binary(min_size=1, max_size=1))
    del data[len(data) - draw.draw(st.sampled_from([0, 0, 1, 2, 30, 300])) :]
    broken = bytes(data)
    try:
        tiff = Tiff(broken, 0, len(broken))
        before = Structure(tiff)
        edits = exif.keyword_edits(tiff, TAGS)
    except Refusal:
        return
    new = splice.apply(broken, edits)
    assert splice.proves(broken, edits, new)
    start = tail(tiff, before)
    assert new[8:start] == broken[8:start]
    after = Structure(Tiff(new, 0, len(new)))
    assert contents(after, new) == contents(before, broken)
    assert exif.xp_keywords(Tiff(new, 0, len(new))) == TAGS
    assert edited(new, TAGS) == new
    assert len(edited(new, ("Cat",))) < len(new)


def contents(structure: Structure, data: bytes) -> list[object]:
    """Every entry of every directory with its value, but for the keywords."""
    return [
        sorted(
            (e.tag, e.type, e.count, data[e.data : e.data + max(e.size, 4)])
            if e.offset >= 0
            else (e.tag, e.type, e.count, data[e.at + 8 : e.at + 12])
            for e in each.entries
            if e.tag != XP_KEYWORDS
        )
        for each in structure.directories
    ]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_refused(noise: bytes) -> None:
    for head in (b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"II+\0", b"MM\0*"):
        data = head + noise
        with suppress(Refusal):
            new = edited(data, TAGS)
            assert edited(new, TAGS) == new


def test_pillow_reads_the_thumbnail(tmp_path: Path) -> None:
    data = builders.with_segments(builders.segment(0xE1, b"Exif\0\0" + block()))
    new = jpeg_with_keywords(data, TAGS)
    assert piexif.load(new)["thumbnail"] == piexif.load(data)["thumbnail"] != None  # noqa: E711
    with Image.open(io.BytesIO(new)) as image:
        image.load()
        assert bytes(image.getexif()[XP_KEYWORDS]) == RAW
