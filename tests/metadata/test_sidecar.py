"""Sidecars: which one belongs to a photo, creating and merging."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from app.core.errors import WriteError
from app.core.tag import Tag
from app.metadata.reader import read_tags
from tests.metadata.adding import add_tags
from tests.metadata.builders import (
    CAT,
    SKY,
    hierarchical,
    iim,
    packet,
    picture,
    save,
    subject,
    tags_list,
    with_segments,
    xmp_segment,
)
from tests.metadata.judge import ExifTool

DOG = Tag(("Dog",))


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    data = file.getvalue()
    body = b"".join(
        struct.pack(">I", len(c)) + kind + c + struct.pack(">I", zlib.crc32(kind + c))
        for kind, c in chunks
    )
    return data[:33] + body + data[33:]


def gif() -> bytes:
    file = io.BytesIO()
    Image.new("P", (8, 8)).save(file, "GIF")
    return file.getvalue()


def itxt(text: bytes, compress: bool = False) -> tuple[bytes, bytes]:
    head = b"XML:com.adobe.xmp\0" + bytes([compress]) + b"\0\0\0"
    return b"iTXt", head + (zlib.compress(text) if compress else text)


def pillow(kind: str, xmp: bytes) -> bytes:
    file = io.BytesIO()
    image = Image.new("RGB", (8, 8), "red")
    if kind == "TIFF":
        image.save(file, kind, tiffinfo={700: xmp, 33723: iim((2, 25, b"Cow"))})
    else:
        image.save(file, kind, xmp=xmp)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", png(itxt(packet(subject("Dog"))), (b"caBX", b"credentials"))),
        ("a.png", png(itxt(packet(subject("Dog")), compress=True), (b"caBX", b"credentials"))),
        ("a.webp", pillow("WEBP", packet(subject("Dog")))[:-1]),
        ("a.nef", pillow("TIFF", packet(subject("Dog")))),
        ("a.gif", b"GIF89a" + packet(subject("Dog"))),
        ("a.heic", b"\0\0\0\x18ftypheic" + b"x" * (3 << 20) + packet(subject("Dog"))),
        # the content decides
        ("a.jpg", png(itxt(packet(subject("Dog"))), (b"caBX", b"credentials"))),
    ],
)
def test_other_formats_get_a_sidecar_that_holds_what_was_visible(
    name: str, data: bytes, tmp_path: Path
) -> None:
    path = save(tmp_path, data, name)
    report = add_tags(path, [CAT])
    assert (report.target, report.written_to) == ("sidecar", path.with_name(name + ".xmp"))
    assert path.read_bytes() == data
    found = dict(read_tags(path).sidecar)
    assert found["dc_subject"][0] == "Dog"
    assert found["dc_subject"][-1] == "Cat"
    assert set(read_tags(path).tags) >= {CAT, DOG}
    assert add_tags(path, [CAT]).target == "unchanged"


def test_exiftool_reads_the_sidecar(tmp_path: Path, exiftool: ExifTool) -> None:
    path = save(tmp_path, gif(), "a.gif")
    written = add_tags(path, [CAT, Tag(("Zoë & <Ö>",))]).written_to
    found = exiftool.dump([written])["a.gif.xmp"]
    assert found["XMP-lr:HierarchicalSubject"] == ["Animal|Cat", "Zoë & <Ö>"]
    assert "ExifTool:Warning" not in found


@pytest.mark.parametrize(
    "data",
    [
        png((b"iTXt", b"XML:com.adobe.xmp\0")),
        png((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0not zlib")),
        png((b"zTXt", b"Raw profile type xmp\0\0abc")),
        png(itxt(b"<broken")),
        png()[:40] + b"\xff\xff\xff\xffiTXtabc",
        b"RIFF\xff\xff\xff\xffWEBPXMP \xff\xff\xff\xff",
        b"II*\0\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0\xff\xff",
        b"II+\0\x08\0\0\0" + b"\xff" * 16,
        b"MM\0*",
        b"",
        b"<x:xmpmeta" * 50 + b"</x:xmpmeta>",
    ],
)
def test_broken_files_of_other_formats_are_no_obstacle(data: bytes, tmp_path: Path) -> None:
    path = save(tmp_path, data, "a.png")
    assert add_tags(path, [CAT]).target == "sidecar"
    assert read_tags(path).tags == (CAT,)


def test_a_sidecar_keeps_what_else_it_holds(tmp_path: Path) -> None:
    path = save(tmp_path, gif(), "a.gif")
    history = (
        "\n   <darktable:history xmlns:darktable='http://darktable.sf.net/'>x</darktable:history>"
    )
    side = save(tmp_path, packet(history + subject("Dog")), "a.gif.xmp")
    side.chmod(0o640)
    os.utime(side, ns=(1, 10**18))
    report = add_tags(path, [CAT])
    assert report.written_to == side
    assert history.encode() in side.read_bytes()
    assert read_tags(path).tags == (DOG, CAT)
    assert side.stat().st_mode & 0o777 == 0o640
    assert side.stat().st_mtime_ns != 10**18  # programs look at it to see a change
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("broken", [b"<x", b"", packet().decode().encode("utf-16"), b"\0" * 9])
def test_a_sidecar_that_cannot_be_read_is_not_overwritten(broken: bytes, tmp_path: Path) -> None:
    path = save(tmp_path, gif(), "a.gif")
    side = save(tmp_path, broken, "a.gif.xmp")
    with pytest.raises(WriteError, match=r"a\.gif\.xmp cannot be added to"):
        add_tags(path, [CAT])
    assert side.read_bytes() == broken


def test_adobes_sidecar_of_a_lone_photo_is_merged_into(tmp_path: Path) -> None:
    path = save(tmp_path, gif(), "a.gif")
    side = save(tmp_path, packet(subject("Dog")), "a.xmp")
    assert add_tags(path, [CAT]).written_to == side
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.gif", "a.xmp"]
    assert read_tags(path).tags == (DOG, CAT)


def test_both_sidecars_are_kept_in_step(tmp_path: Path) -> None:
    path = save(tmp_path, gif(), "a.gif")
    save(tmp_path, packet(subject("Dog")), "a.xmp")
    save(tmp_path, packet(tags_list("Sky")), "a.gif.xmp")
    add_tags(path, [CAT])
    for name in ("a.xmp", "a.gif.xmp"):
        found = read_tags(save(tmp_path, gif(), name.removesuffix(".xmp") + ".gif"))
        assert CAT in found.tags
    assert "Dog" in (tmp_path / "a.gif.xmp").read_text()


SIDECAR_FOR = (
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:SidecarForExtension="{}"'
)


@pytest.mark.parametrize(
    ("named", "owner"), [("", "a.cr2"), ("CR2", "a.cr2"), ("jpg", "a.jpg"), ("TIF", None)]
)
def test_a_raw_and_a_jpeg_do_not_talk_across(named: str, owner: str | None, tmp_path: Path) -> None:
    raw, jpeg = save(tmp_path, b"II*\0", "a.cr2"), save(tmp_path, picture(), "a.jpg")
    attributes = SIDECAR_FOR.format(named) if named else ""
    save(tmp_path, packet(subject("Dog"), attributes=attributes), "a.xmp")
    for photo in (raw, jpeg):
        assert (DOG in read_tags(photo).tags) == (photo.name == owner)
    add_tags(raw, [CAT])
    assert read_tags(jpeg).tags == ((DOG,) if owner == "a.jpg" else ())
    add_tags(jpeg, [SKY])
    assert SKY not in read_tags(raw).tags


def test_a_jpegs_own_sidecar_is_kept_in_step(tmp_path: Path) -> None:
    path = save(tmp_path, with_segments(xmp_segment(packet(subject("Dog")))))
    side = save(tmp_path, packet("<x:y xmlns:x='u'/>"), "photo.jpg.xmp")
    report = add_tags(path, [CAT])
    assert (report.target, report.written_to) == ("embedded", path)
    assert report.notes == ("photo.jpg.xmp kept in step",)
    assert b"<x:y xmlns:x='u'/>" in side.read_bytes()
    assert dict(read_tags(path).sidecar)["tags_list"] == ("Dog", "Animal/Cat")
    assert add_tags(path, [CAT]).target == "unchanged"


def test_a_sidecar_that_is_behind_is_brought_along(tmp_path: Path) -> None:
    path = save(tmp_path, with_segments())
    add_tags(path, [CAT])
    before = path.read_bytes()
    save(tmp_path, packet(hierarchical("Dog")), "photo.jpg.xmp")
    report = add_tags(path, [CAT])
    assert report.target == "sidecar"
    assert report.added == ()
    assert path.read_bytes() == before


def test_a_broken_sidecar_does_not_keep_a_jpeg_from_its_tags(tmp_path: Path) -> None:
    path = save(tmp_path, with_segments())
    side = save(tmp_path, b"<broken", "photo.jpg.xmp")
    report = add_tags(path, [CAT])
    assert report.target == "embedded"
    assert "left alone" in report.notes[0]
    assert side.read_bytes() == b"<broken"


def test_sidecar_mode_leaves_the_photo_alone(tmp_path: Path) -> None:
    path = save(tmp_path, with_segments(xmp_segment(packet(subject("Dog")))))
    before, status = path.read_bytes(), path.stat()
    report = add_tags(path, [CAT], mode="sidecar")
    assert report.target == "sidecar"
    assert path.read_bytes() == before
    assert path.stat().st_ctime_ns == status.st_ctime_ns
    assert report.content_hash is None
