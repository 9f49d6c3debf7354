"""Windows' keywords in the Exif of PNG and WebP."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.metadata.blocks import exif
from app.metadata.containers.base import BlockChanges
from app.metadata.containers.png import Png
from app.metadata.containers.webp import WebP
from app.metadata.splice import Edit, Refusal
from tests.conftest import needs
from tests.metadata import build_png_webp as build
from tests.metadata import builders
from tests.metadata.build_png_webp import (
    changed,
    container,
    join_webp,
    keyword_change,
    png,
    png_chunks,
    png_with,
    raw_chunk,
    webp,
    webp_chunks,
    webp_with,
)
from tests.metadata.judge import ExifTool

PACKET = builders.packet(builders.subject("Dog"), padding=30)
XP = frozenset({"IFD0:XPKeywords"})
#: What comes with a block where there was none: it has an order of its own, and what the
#: format asks of every IFD0.
NEW_BLOCK = XP | {"File:ExifByteOrder", "RIFF:WebP_Flags"}


def chunks_of(data: bytes) -> list[tuple[bytes, bytes]]:
    chunks, _ = (png_chunks if data.startswith(build.PNG_SIGNATURE) else webp_chunks)(data)
    return chunks


def xp_keywords(data: bytes) -> tuple[str, ...] | None:
    tiff = container(data).exif()
    return None if tiff is None else exif.xp_keywords(tiff)


def set_to(data: bytes, *values: str, keyword: str = "") -> bytes:
    changes = BlockChanges(xp_keywords=values)
    if keyword:
        found = keyword_change(container(data).content("xmp"), keyword)
        changes = BlockChanges(xmp=found.xmp, xp_keywords=values)
    return changed(data, changes)


WITH_EXIF: dict[str, Callable[[], bytes]] = {
    "a.png": lambda: png(exif=build.tiff_block()),
    "keywords.png": lambda: png(exif=build.tiff_block(keywords="Dog;Old")),
    "header.png": lambda: png_with((b"eXIf", build.tiff_block(header=b"Exif\0\0"))),
    "behind.png": lambda: png_with((b"eXIf", build.tiff_block()), behind=b"IDAT"),
    "xmp.png": lambda: png_with((b"iTXt", build.XMP_HEAD + PACKET), (b"eXIf", build.tiff_block())),
    "a.webp": lambda: webp(exif=build.tiff_block()),
    "keywords.webp": lambda: webp(exif=build.tiff_block(keywords="Dog;Old")),
    "header.webp": lambda: webp(exif=build.tiff_block(header=b"Exif\0\0")),
    "xmp.webp": lambda: build.with_xmp(webp(exif=build.tiff_block())),
    "animated.webp": lambda: build.animated_webp(exif=build.tiff_block()),
}
WITHOUT: dict[str, Callable[[], bytes]] = {
    "a.png": png,
    "screenshot.png": build.screenshot,
    "animated.png": build.apng,
    "xmp.png": lambda: png_with((b"iTXt", build.XMP_HEAD + PACKET)),
    "simple.webp": webp,
    "lossless.webp": lambda: webp(lossless=True),
    "alpha.webp": lambda: webp("RGBA"),
    "xmp.webp": lambda: build.with_xmp(webp("RGBA")),
}


@pytest.mark.parametrize("keyword", ["", "Cat"])
@pytest.mark.parametrize("sort", WITH_EXIF)
def test_the_rest_of_exif_stays(
    sort: str, keyword: str, tmp_path: Path, exiftool: ExifTool
) -> None:
    data = WITH_EXIF[sort]()
    new = set_to(data, "Cat", "Löwe", keyword=keyword)
    assert xp_keywords(new) == ("Cat", "Löwe")
    ours = XP | {"RIFF:WebP_Flags"}
    found = build.check_by_others(tmp_path, Path(sort).suffix, data, new, exiftool, ours)
    assert found["IFD0:XPKeywords"] == "Cat;Löwe"
    assert found["IFD0:Make"] == "Maker"
    kept = [chunk for chunk in chunks_of(data) if chunk[0] in (b"eXIf", b"EXIF")]
    now = [chunk for chunk in chunks_of(new) if chunk[0] in (b"eXIf", b"EXIF")]
    assert len(kept) == len(now) == 1
    # All but the pointer in the header of the old block is still where it was.
    lead = 6 * kept[0][1].startswith(b"Exif\0\0")
    assert now[0][1][lead + 8 :].startswith(kept[0][1][lead + 8 :])
    again = set_to(new, "One")
    assert xp_keywords(again) == ("One",)
    gone = set_to(again)
    assert xp_keywords(gone) is None
    (left,) = (chunk for chunk in chunks_of(gone) if chunk[0] in (b"eXIf", b"EXIF"))
    assert b"Maker\0" in left[1]


@pytest.mark.parametrize("keyword", ["", "Cat"])
@pytest.mark.parametrize("sort", WITHOUT)
def test_a_block_is_made_where_there_is_none(
    sort: str, keyword: str, tmp_path: Path, exiftool: ExifTool
) -> None:
    data = WITHOUT[sort]()
    new = set_to(data, "Cat", "Löwe", keyword=keyword)
    assert xp_keywords(new) == ("Cat", "Löwe")
    simple = chunks_of(data)[0][0] in (b"VP8 ", b"VP8L")
    ours = NEW_BLOCK | (build.EXTENDED if simple else frozenset())
    found = build.check_by_others(tmp_path, Path(sort).suffix, data, new, exiftool, ours)
    assert found["IFD0:XPKeywords"] == "Cat;Löwe"
    kinds = [kind for kind, _ in chunks_of(new)]
    if sort.endswith(".png"):
        assert kinds.index(b"eXIf") < kinds.index(b"IDAT")
        block = next(content for kind, content in chunks_of(new) if kind == b"eXIf")
    else:
        assert kinds[0] == b"VP8X"
        assert bool(chunks_of(new)[0][1][0] & 4) == (b"XMP " in kinds)
        assert chunks_of(new)[0][1][0] & 8
        if b"XMP " in kinds:
            assert kinds[-2:] == [b"EXIF", b"XMP "]
        block = next(content for kind, content in chunks_of(new) if kind == b"EXIF")
    assert block[:4] in (b"II*\0", b"MM\0*")
    # Taking them out again takes out the whole of a block that held nothing else.
    added = [chunk for chunk in chunks_of(new) if chunk[0] not in (b"eXIf", b"EXIF")]
    gone = chunks_of(set_to(new))
    assert gone[1:] == added[1:]
    if sort.endswith(".webp"):
        assert gone[0][1][0] == added[0][1][0] & ~8
        assert gone[0][1][1:] == added[0][1][1:]
    if sort == "screenshot.png":
        assert build.idot_targets(new) == [b"IDAT", b"IDAT"]


def test_taking_out_what_is_not_there_changes_nothing() -> None:
    for data in (png(), webp(), png(exif=build.tiff_block()), webp(exif=build.tiff_block())):
        assert container(data).edits(BlockChanges(xp_keywords=())) == []
    raw = png_with(raw_chunk("exif", build.tiff_block(header=b"Exif\0\0")))
    assert container(raw).edits(BlockChanges(xp_keywords=())) == []


def test_exif_in_raw_profiles_is_not_hidden_by_a_new_block() -> None:
    for name in ("exif", "APP1"):
        for header in (b"Exif\0\0", b""):
            photo = Png(png_with(raw_chunk(name, build.tiff_block(header=header))))
            assert photo.exif() is None
            with pytest.raises(Refusal, match="raw profile"):
                photo.edits(BlockChanges(xp_keywords=("Cat",)))
            assert photo.edits(keyword_change(None, "Cat"))
            block = build.tiff_block(keywords="Dog", header=header)
            for more in ((), ((b"eXIf", build.tiff_block()),)):
                known = Png(png_with(raw_chunk(name, block), *more))
                with pytest.raises(Refusal, match="keywords in Exif in a raw profile"):
                    known.exif()


def test_exif_that_is_doubtful_is_refused() -> None:
    block = build.tiff_block()
    for chunks in (
        [(b"eXIf", block)] * 2,
        [(b"eXIf", b"nothing at all")],
        [(b"eXIf", b"")],
        [(b"zxIf", b"\0" + block)],
        [(b"tEXt", b"Raw profile type exif\0none")],
    ):
        photo = Png(png_with(*chunks))
        for ask in (photo.exif, lambda p=photo: p.edits(BlockChanges(xp_keywords=("Cat",)))):
            with pytest.raises(Refusal):
                ask()
    data = png(exif=block)
    at = data.index(b"Maker\0")
    with pytest.raises(Refusal, match="checksum"):
        Png(data[:at] + b"m" + data[at + 1 :]).exif()
    for webp_chunk in ([(b"EXIF", block)] * 2, [(b"EXIF", b"")]):
        with pytest.raises(Refusal):
            WebP(webp_with(webp("RGBA"), *webp_chunk)).edits(BlockChanges(xp_keywords=("Cat",)))


def test_exif_that_is_not_announced_stays_so() -> None:
    chunks, _ = webp_chunks(webp(exif=build.tiff_block()))
    data = join_webp([(b"VP8X", b"\0" + chunks[0][1][1:]), *chunks[1:]])
    with pytest.raises(Refusal, match="announce"):
        WebP(data).edits(BlockChanges(xp_keywords=("Cat",)))
    new = changed(data, keyword_change(None, "Cat"))
    assert webp_chunks(new)[0][0][1][0] == 4


def test_exiv2_reads_what_was_written(tmp_path: Path) -> None:
    needs("exiv2")
    for number, data in enumerate((png(), png(exif=build.tiff_block()), webp(), webp("RGBA"))):
        suffix = ".png" if data.startswith(build.PNG_SIGNATURE) else ".webp"
        path = builders.save(tmp_path, set_to(data, "Cat", "Sky"), f"{number}{suffix}")
        command = ["exiv2", "-PEkt", "-K", "Exif.Image.XPKeywords", str(path)]
        shown = subprocess.run(command, capture_output=True, text=True)
        assert "Cat;Sky" in shown.stdout, (shown.stdout, shown.stderr)


SORTS = st.sampled_from([*WITH_EXIF.values(), *WITHOUT.values()])
VALUES = st.lists(st.sampled_from(["Cat", "Dog", "Löwe", "日本", "x" * 70]), max_size=4)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(SORTS, st.lists(st.tuples(VALUES, st.sampled_from(["", "a", "bc"])), max_size=4))
def test_any_run_of_changes(
    make: Callable[[], bytes], changes: list[tuple[list[str], str]]
) -> None:
    data = make()
    for values, keyword in changes:
        data = set_to(data, *values, keyword=keyword)
        assert (xp_keywords(data) or ()) == tuple(values)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(SORTS, st.integers(0, 10_000), st.integers(0, 7))
def test_damaged_exif_never_breaks_anything(make: Callable[[], bytes], at: int, bit: int) -> None:
    data = bytearray(make())
    block = max(data.find(b"Maker\0") - 60, 12)
    data[(block + at % 120) % len(data)] ^= 1 << bit
    if data.startswith(build.PNG_SIGNATURE):
        data = bytearray(_with_checksums(bytes(data)))
    for values in itertools.permutations(("Cat", "Dog"), 1):
        try:
            photo = container(bytes(data))
            edits = photo.edits(BlockChanges(xp_keywords=values))
        except Refusal:
            continue
        assert all(isinstance(edit, Edit) for edit in edits)
        changed(bytes(data), BlockChanges(xp_keywords=values))


def _with_checksums(data: bytes) -> bytes:
    """The same PNG with right CRCs, as far as its chunks can be followed."""
    position, parts = 8, [data[:8]]
    while position + 12 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        if position + 12 + size > len(data):
            break
        kind = data[position + 4 : position + 8]
        parts.append(build.png_chunk(kind, data[position + 8 : position + 8 + size]))
        position += 12 + size
    return b"".join([*parts, data[position:]])
