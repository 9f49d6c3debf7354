"""The segments of a JPEG, and files that break the format."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.metadata.containers import jpeg_segments
from app.metadata.reader import read_tags
from app.metadata.splice import Refusal
from tests.metadata import builders
from tests.metadata.adding import add_tags
from tests.metadata.builders import (
    CAT,
    exif,
    from_scan,
    packet,
    save,
    segment,
    subject,
    with_segments,
    xmp_segment,
)
from tests.metadata.judge import ExifTool, pixels


def test_segments_cover_the_file_up_to_the_scan() -> None:
    data = with_segments(segment(0xE1, b"abc"), b"\xff\xff\xff", segment(0xE5, b""))
    found = jpeg_segments.parse(data)
    assert found[0].payload(data) == b"abc"
    assert data[found[1].start : found[1].start + 2] == b"\xff\xe5"
    assert found[-1].marker == jpeg_segments.SOS
    assert data[found[-1].start :] == from_scan(data.replace(b"\xff\xff\xff", b""))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xff\xff\xff",
        b"\x89PNG",
        b"\xff\xd8\xff\xe1\0\1abc",
        b"\xff\xd8\xff\xe1\xff\xffabc",
        b"\xff\xd8\xff\xe0\0\4abjunk",
        b"\xff\xd8\xff\xd0\0\4ab",
        b"\xff\xd8\xff\0\0\4ab",
    ],
)
def test_broken_files_are_refused_and_get_sidecars(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        jpeg_segments.parse(data)
    path = save(tmp_path, data)
    report = add_tags(path, [CAT])
    assert report.target == "sidecar"
    assert report.written_to == path.with_name("photo.jpg.xmp")
    assert path.read_bytes() == data
    assert read_tags(path).tags == (CAT,)


@pytest.mark.parametrize("fill", [b"", b"\xff", b"\xff" * 9])
@pytest.mark.parametrize("trailer", [b"", b"MotionPhoto" * 99, builders.picture((8, 8))])
def test_everything_but_the_tags_is_copied(
    fill: bytes, trailer: bytes, tmp_path: Path, exiftool: ExifTool
) -> None:
    icc = segment(0xE2, b"ICC_PROFILE\0\1\1" + b"i" * 300)
    comment = segment(0xFE, b"a comment")
    old = xmp_segment(packet(subject("Dog"), padding=10))
    data = with_segments(exif(b"maker" * 9), icc, fill, old, comment, trailer=trailer)
    path = save(tmp_path, data)
    before, picture = exiftool.dump([path])["photo.jpg"], pixels(path)
    assert add_tags(path, [CAT]).target == "embedded"
    new = path.read_bytes()
    for part in (
        exif(b"maker" * 9),
        icc,
        comment,
        trailer,
        from_scan(data.replace(fill + old, b"")),
    ):
        assert builders.is_kept(part, new)
    assert new.endswith(trailer)
    assert not exiftool.differences(before, exiftool.dump([path])["photo.jpg"])
    assert np.array_equal(pixels(path), picture)


def test_a_new_packet_stands_behind_exif_and_before_the_rest(tmp_path: Path) -> None:
    index = builders.mpf([(0, 0, 0)])
    path = save(tmp_path, with_segments(exif(), index))
    add_tags(path, [CAT])
    data = path.read_bytes()
    kinds = [(s.marker, s.payload(data)[:4]) for s in jpeg_segments.parse(data)[:4]]
    assert kinds == [(0xE1, b"Exif"), (0xE1, b"http"), (0xED, b"Phot"), (0xE2, b"MPF\0")]


def test_without_exif_it_stands_behind_jfif(tmp_path: Path) -> None:
    path = save(tmp_path, builders.picture())
    add_tags(path, [CAT])
    data = path.read_bytes()
    assert [s.marker for s in jpeg_segments.parse(data)[:4]] == [0xE0, 0xE1, 0xE1, 0xED]


def test_a_packet_that_fills_its_segment_means_a_sidecar(tmp_path: Path) -> None:
    big = packet(f"<x:a xmlns:x='u'>{'z' * 65_000}</x:a>" + subject("Dog"))
    path = save(tmp_path, with_segments(xmp_segment(big)))
    report = add_tags(path, [CAT])
    assert report.target == "sidecar"
    assert "too large" in report.notes[0]
    assert read_tags(path).tags == (builders.Tag(("Dog",)), CAT)


@pytest.mark.parametrize(
    ("segments", "reason"),
    [
        ([xmp_segment(packet()), xmp_segment(packet())], "more than one XMP"),
        ([xmp_segment(packet().decode().encode("utf-16"))], "UTF-16"),
        ([xmp_segment(packet()[:-60])], "not well-formed"),
        ([segment(0xE1, b"http://ns.adobe.com/xap/1.0/ " + packet())], "not understood"),
        ([builders.mpf([(0, 1, 0)]), builders.mpf([(0, 1, 0)])], "more than one multi-picture"),
        ([segment(0xE2, b"MPF\0garbage")], "multi-picture index"),
        ([segment(0xE2, b"MPF\0II*\0\xff\xff\xff\xff")], "multi-picture index"),
        ([builders.mpf([(0, 0xFFFFFFFF, 0)])], "too large"),
    ],
)
def test_what_is_unclear_means_a_sidecar(
    segments: list[bytes], reason: str, tmp_path: Path
) -> None:
    data = with_segments(*segments)
    path = save(tmp_path, data)
    report = add_tags(path, [CAT])
    assert report.target == "sidecar"
    assert reason in report.notes[0]
    assert path.read_bytes() == data
    assert read_tags(path).tags == (CAT,)


def extended(body: bytes, size: int = 500) -> tuple[str, list[bytes]]:
    guid = b"0123456789ABCDEF0123456789ABCDEF"
    chunks = [
        segment(
            0xE1,
            b"http://ns.adobe.com/xmp/extension/\0" + guid + len(body).to_bytes(4, "big")
            + at.to_bytes(4, "big") + body[at : at + size],
        )
        for at in range(0, len(body), size)
    ]  # fmt: skip
    attribute = 'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="{}"'
    return attribute.format(guid.decode()), chunks


def test_extended_xmp_without_keywords_is_no_obstacle(tmp_path: Path) -> None:
    attributes, chunks = extended(packet(f"<x:d xmlns:x='u'>{'QUJD' * 400}</x:d>"))
    path = save(tmp_path, with_segments(xmp_segment(packet(attributes=attributes)), *chunks))
    assert add_tags(path, [CAT]).target == "embedded"
    assert all(chunk in path.read_bytes() for chunk in chunks)
    assert attributes.encode() in path.read_bytes()


def test_keywords_in_extended_xmp_mean_a_sidecar_that_holds_them(tmp_path: Path) -> None:
    attributes, chunks = extended(packet(subject("Dog")), 97)
    chunks.reverse()  # they may come in any order
    path = save(tmp_path, with_segments(xmp_segment(packet(attributes=attributes)), *chunks))
    report = add_tags(path, [CAT])
    assert report.target == "sidecar"
    assert "extended" in report.notes[0]
    assert read_tags(path).sidecar[0][1] == ("Dog", "Animal/Cat")
