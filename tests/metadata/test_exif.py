"""Exif that points behind its own segment, and Windows' keywords."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from app.metadata.reader import read_tags
from tests.metadata.adding import add_tags
from tests.metadata.builders import (
    CAT,
    Entry,
    exif,
    ifd,
    is_kept,
    maker_note_at,
    packet,
    picture,
    save,
    subject,
    with_segments,
    xmp_segment,
)


def target_of(tmp_path: Path, *segments: bytes, trailer: bytes = b"") -> tuple[str, str]:
    data = with_segments(*segments, trailer=trailer)
    path = save(tmp_path, data)
    report = add_tags(path, [CAT])
    if report.target == "sidecar":
        assert path.read_bytes() == data
    else:
        assert all(is_kept(segment, path.read_bytes()) for segment in segments)
    return report.target, " ".join(report.notes)


def maker_note(*extra: Entry, order: str = "<") -> bytes:
    """A MakerNote that is a directory whose offsets count from the TIFF header."""
    entries = [(1, 3, 1, b"\1\0"), (2, 3, 1, b"\2\0"), (3, 2, 8, b"internal"), *extra]
    return ifd(sorted(entries), maker_note_at(), 0, order)


def raw_entry(note: bytes, tag: int, offset: int, head: bytes) -> bytes:
    """The note with another offset in one entry."""
    at = note.index(struct.pack("<H", tag), len(head) + 2)
    return note[: at + 8] + struct.pack("<I", offset) + note[at + 12 :]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("note", [b"", b"Maker\0\0\1" * 20, b"\xff" * 300])
def test_a_self_contained_exif_is_no_obstacle(note: bytes, order: str, tmp_path: Path) -> None:
    assert target_of(tmp_path, exif(note, order=order), trailer=picture()) == ("embedded", "")


def test_a_maker_note_that_is_a_directory_is_no_obstacle(tmp_path: Path) -> None:
    assert target_of(tmp_path, exif(maker_note())) == ("embedded", "")


@pytest.mark.parametrize("head", [b"", b"Olym\0\1\2\0", b"Nikon\0\2\x10\0\0II*\0\x08\0\0\0"])
def test_a_maker_note_that_points_out_of_its_segment_means_a_sidecar(
    head: bytes, tmp_path: Path
) -> None:
    note = raw_entry(head + maker_note((4, 7, 30, b"x" * 30)), 4, 0, head)
    size = len(with_segments(exif(note)))
    note = raw_entry(head + maker_note((4, 7, 30, b"x" * 30)), 4, size + 5, head)
    target, notes = target_of(tmp_path, exif(note), trailer=b"." * 200)
    assert target == "sidecar"
    assert "outside of its segment" in notes


@pytest.mark.parametrize("start", [60, 2000])
def test_a_preview_of_a_maker_note_that_overruns_means_a_sidecar(
    start: int, tmp_path: Path
) -> None:
    below = maker_note_at() + 200
    preview = ifd(
        [
            (0x0103, 3, 1, b"\6\0"),
            (0x0201, 4, 1, struct.pack("<I", start)),
            (0x0202, 4, 1, struct.pack("<I", 1000)),
        ],
        below,
    )
    note = maker_note((0x11, 4, 1, struct.pack("<I", below))).ljust(200, b"\0") + preview
    target, notes = target_of(tmp_path, exif(note), trailer=b"." * 3000)
    assert target == "sidecar"
    assert "MakerNote has data" in notes


@pytest.mark.parametrize("base", [0, 12])
@pytest.mark.parametrize("spoilt", [False, True])
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_preview_behind_the_picture_means_a_sidecar(
    base: int, spoilt: bool, order: str, tmp_path: Path
) -> None:
    preview = picture((9, 9))
    preview = b"\0" + preview[1:] if spoilt else preview
    start = len(with_segments(exif(b"?" * 40)))
    note = b"?" * 21 + struct.pack(order + "I", start - base) + b"?" * 15
    target, notes = target_of(tmp_path, exif(note), trailer=preview)
    assert target == "sidecar"
    assert "preview" in notes


@pytest.mark.parametrize("tag", [0x8769, 0x8825, 0x014A])
def test_a_directory_behind_the_segment_means_a_sidecar(tag: int, tmp_path: Path) -> None:
    entries = [(0x010F, 2, 6, b"Maker\0"), (tag, 4, 1, struct.pack("<I", 900))]
    block = b"Exif\0\0II*\0\x08\0\0\0" + ifd(sorted(entries), 8)
    segment = b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    assert target_of(tmp_path, segment, trailer=b"." * 2000)[0] == "sidecar"


def test_a_thumbnail_behind_the_segment_means_a_sidecar(tmp_path: Path) -> None:
    pointers = [(0x0201, 4, 1, struct.pack("<I", 700)), (0x0202, 4, 1, struct.pack("<I", 90))]
    assert target_of(tmp_path, exif(extra=pointers), trailer=b"." * 2000)[0] == "sidecar"


def test_offsets_behind_the_end_of_the_file_are_broken_already(tmp_path: Path) -> None:
    pointers = [(0x0201, 4, 1, struct.pack("<I", 70_000)), (0x0202, 4, 1, struct.pack("<I", 90))]
    # Nothing is put behind a block whose end is not what it says.
    target, notes = target_of(tmp_path, exif(extra=pointers))
    assert target == "embedded"
    assert notes.startswith("Windows' keywords left alone")


def test_exif_with_a_maker_note_does_not_move(tmp_path: Path) -> None:
    before = xmp_segment(packet(subject("Dog")))
    target, notes = target_of(tmp_path, before, exif(maker_note()))
    assert target == "sidecar"
    assert "would move" in notes
    padded = xmp_segment(packet(subject("Dog"), padding=2000))
    path = save(tmp_path, with_segments(padded, exif(maker_note())), "padded.jpg")
    assert add_tags(path, [CAT]).target == "embedded"
    assert path.read_bytes().index(b"Exif\0") == with_segments(padded, exif()).index(b"Exif\0")


def test_broken_exif_is_no_obstacle(tmp_path: Path) -> None:
    for body in (b"", b"XX*\0", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff"):
        block = b"Exif\0\0" + body
        segment = b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
        assert target_of(tmp_path, segment)[0] == "embedded"


def test_windows_keywords_stay_visible(tmp_path: Path) -> None:
    text = "Boot; Onkel Ä\0".encode("utf-16-le")
    segment = exif(extra=[(0x9C9E, 1, len(text), text)])
    path = save(tmp_path, with_segments(segment))
    assert read_tags(path).xp_keywords == ("Boot", "Onkel Ä")
    add_tags(path, [CAT])
    assert read_tags(path).dc_subject == ("Boot", "Onkel Ä", "Cat")
    assert read_tags(path).tags_list == ("Boot", "Onkel Ä", "Animal/Cat")
    assert read_tags(path).xp_keywords == ("Boot", "Onkel Ä", "Cat")
    assert is_kept(segment, path.read_bytes())
