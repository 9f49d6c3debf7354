"""Packets put into HEIC, AVIF and JPEG XL by the real ExifTool, and what is refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.metadata import delta, splice
from app.metadata.containers import bmff, exiftool
from app.metadata.splice import Refusal
from tests.metadata import boxes, builders
from tests.metadata.boxes import EXIF, THUMB, TILE, Part, box, heif, xmp_part
from tests.metadata.judge import ExifTool

OLD = builders.packet(builders.subject("old"))
NEW = builders.packet(builders.subject("old", "Zoë", "Cat"), padding=300)
SHORT = builders.packet()
unix = pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
#: What holds the packet, and its numbers: all else in it is compared by the code under test.
FOLLOWING = ("MediaData", "MediaDataOffset", "MediaDataSize")
FILE = (
    "FileName", "FileModifyDate", "FileAccessDate", "FileInodeChangeDate", "FileSize", "Directory",
    "FilePermissions",
)  # fmt: skip


@pytest.fixture
def judge(exiftool: ExifTool) -> ExifTool:
    """ExifTool as the judge, under a name that the module under test does not have."""
    return exiftool


@pytest.fixture
def fresh() -> Iterator[None]:
    """ExifTool is looked for anew, in this test and after it."""
    exiftool.available.cache_clear()
    yield
    exiftool.available.cache_clear()


def undecoded(kind: bmff.Kind, data: bytes) -> bytes:
    """For files laid out box by box, which hold no picture."""
    return kind.encode()


def proved(data: bytes, packet: bytes, real: bool = True) -> bytes:
    """The new file, with everything looked at that must not have changed; the delta undoes it."""
    new = exiftool.put_xmp(data, packet, None if real else undecoded)
    before, after = bmff.parse(data), bmff.parse(new)
    assert after.xmp() == packet
    packets = {item.number for item in (before.xmp_item, after.xmp_item) if item}
    for number in before.items.keys() - packets:
        assert after.item_bytes(number) == before.item_bytes(number)
    if real:
        assert exiftool.picture(after.kind, new) == exiftool.picture(before.kind, data)
    undo = delta.inverse(new, data)
    assert splice.apply(new, undo) == data
    assert sum(len(edit.replacement) for edit in undo) < 3000 + len(before.xmp() or b"")
    return new


def judged(judge: ExifTool, folder: Path, old: bytes, new: bytes, suffix: str) -> None:
    """ExifTool sees no difference but in XMP."""
    paths = [builders.save(folder, data, f"{n}{suffix}") for n, data in enumerate((old, new))]
    dumps = judge.dump(paths)
    before, after = dumps[paths[0].name], dumps[paths[1].name]
    different = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert any(key.startswith("XMP-") for key in different)
    assert not {
        key
        for key in different
        if not key.startswith("XMP-") and key.split(":")[-1] not in FILE + FOLLOWING
    }
    assert not [key for key in after if key.endswith((":Warning", ":Error")) and key not in before]


@pytest.mark.parametrize("packet", [None, OLD], ids=["first", "another"])
@pytest.mark.parametrize("kind", ["avif", "jxl", "jxl with exif"])
def test_real_files(kind: str, packet: bytes | None, tmp_path: Path, judge: ExifTool) -> None:
    if kind == "avif":
        data = boxes.avif(packet)
    else:
        more = [box(b"Exif", bytes(4) + boxes.exif()[6:])] if "exif" in kind else []
        data = boxes.jxl(*more, *([box(b"xml ", packet)] if packet else []))
    new = proved(data, NEW)
    judged(judge, tmp_path, data, new, f".{kind[:4].strip()}")
    assert bmff.parse(proved(new, SHORT)).xmp() == SHORT
    assert exiftool.put_xmp(new, NEW) == new


def test_lent_files(lent: Path, tmp_path: Path, judge: ExifTool) -> None:
    written, refused = 0, 0
    for path in sorted([*(lent / "formats").iterdir(), *(lent / "metadata").glob("*.heic")]):
        data = path.read_bytes()
        try:
            bmff.parse(data).check_writable()
        except Refusal:
            with pytest.raises(Refusal):
                exiftool.put_xmp(data, NEW)
            refused += 1
            continue
        new = proved(data, NEW)
        judged(judge, tmp_path, data, new, path.suffix)
        proved(new, SHORT)
        written += 1
    assert written and refused


@pytest.mark.usefixtures("judge")
@pytest.mark.parametrize("version", [0, 1, 2])
@pytest.mark.parametrize("packet", [None, OLD])
def test_catalogues_of_every_version(version: int, packet: bytes | None) -> None:
    grid = Part(2, b"grid", b"tiles", method=1 if version else 0)
    about_thumb = xmp_part(builders.packet(builders.subject("gain map")), 9, about=(5,))
    parts = [TILE, grid, EXIF, Part(5, b"hvc1", THUMB.data), about_thumb]
    parts += [xmp_part(packet)] if packet else []
    for wide, to_the_end in ((False, False), (True, False), (False, True)):
        between = box(b"free", b"free" * 9)
        data = heif(*parts, version=version, wide=wide, to_the_end=to_the_end, between=between)
        new = proved(data, NEW, real=False)
        assert bmff.parse(new).item_bytes(9) == about_thumb.data


@pytest.mark.usefixtures("judge")
def test_a_packet_among_other_data() -> None:
    data = heif(EXIF, xmp_part(OLD), Part(2, b"hvc1", THUMB.data, extents=3), TILE)
    for packet in (NEW, SHORT):
        proved(data, packet, real=False)


@pytest.mark.usefixtures("judge")
def test_what_exiftool_warns_of_is_refused() -> None:
    packet = Part(4, b"mime", OLD, boxes.XMP, about=(1,), method=1)
    with pytest.raises(Refusal, match="would not write it"):
        exiftool.put_xmp(heif(TILE, packet), NEW, undecoded)
    packet = Part(4, b"mime", OLD, boxes.XMP, about=(1,), extents=2)
    with pytest.raises(Refusal, match="would not write it"):
        exiftool.put_xmp(heif(TILE, packet), NEW, undecoded)


@pytest.mark.usefixtures("judge")
def test_a_picture_that_does_not_decode_is_refused() -> None:
    with pytest.raises(Refusal, match="could not be decoded"):
        exiftool.put_xmp(heif(TILE), NEW)


@pytest.mark.usefixtures("judge")
def test_the_jpeg_that_a_jpeg_xl_was_made_from_can_still_be_made() -> None:
    import imagecodecs

    data, jpeg = boxes.jxl_of_jpeg(None)
    new = proved(proved(data, OLD), NEW)
    assert imagecodecs.jpegxl_decode_jpeg(new) == jpeg
    data, jpeg = boxes.jxl_of_jpeg(OLD)
    assert imagecodecs.jpegxl_decode_jpeg(data) == jpeg
    for packet in (NEW, OLD.replace(b"old", b"new")):
        with pytest.raises(Refusal):
            exiftool.put_xmp(data, packet)


SAMPLES = [
    heif(TILE, THUMB, EXIF, between=box(b"free", b"free")),
    heif(TILE, Part(2, b"grid", b"tiles", method=1), xmp_part(OLD), EXIF),
    boxes.avif(OLD),
    boxes.jxl(box(b"Exif", bytes(4) + boxes.exif()[6:])),
    boxes.jxl(box(b"xml ", OLD)),
]


@pytest.mark.usefixtures("judge")
@pytest.mark.parametrize("data", SAMPLES)
def test_whatever_else_is_changed_is_noticed(data: bytes) -> None:
    """Any flipped bit, cut or added byte of ExifTool's work, without decoding the picture."""
    new = exiftool.put_xmp(data, NEW, undecoded)
    before = bmff.parse(data)
    exiftool.check(before, new, NEW, undecoded)
    step = 1 + len(new) // 3000
    for at in range(0, len(new), step):
        for changed in (
            new[:at] + bytes([new[at] ^ 1 << at % 8]) + new[at + 1 :],
            new[:at] + bytes([new[at] ^ 255]) + new[at + 1 :],
            new[:at] + new[at + 1 :],
            new[:at] + b"?" + new[at:],
        ):
            with pytest.raises(Refusal):
                exiftool.check(before, changed, NEW, undecoded)
    for size in range(0, len(new), 7):
        with pytest.raises(Refusal):
            exiftool.check(before, new[:size], NEW, undecoded)


@pytest.mark.parametrize(
    "other",
    [
        heif(TILE, THUMB, xmp_part(NEW)),  # no Exif
        heif(TILE, THUMB, EXIF, xmp_part(NEW), Part(7, b"hvc1", b"more" * 9)),
        heif(THUMB, TILE, EXIF, xmp_part(NEW)),
        heif(TILE, THUMB, EXIF, xmp_part(NEW), primary=2),
        heif(TILE, THUMB, EXIF, xmp_part(NEW, about=(2,))),
        heif(TILE, THUMB, EXIF, xmp_part(NEW), brands=b"mif1\0\0\0\0mif1heic"),
        heif(TILE, THUMB, EXIF, xmp_part(NEW), behind=box(b"free", b"")),
        heif(TILE, THUMB, EXIF, xmp_part(NEW), version=0),
        heif(TILE, THUMB, Part(3, b"Exif", EXIF.data, about=(2,)), xmp_part(NEW)),
        heif(TILE, THUMB, Part(3, b"Exif", EXIF.data[:-1] + b"?", about=(1,)), xmp_part(NEW)),
        heif(TILE, THUMB, EXIF, xmp_part(NEW), meta=[box(b"grpl", b"")]),
        heif(TILE, THUMB, EXIF, xmp_part(NEW + b" ")),
    ],
)
def test_files_that_are_not_the_one_before(other: bytes) -> None:
    before = bmff.parse(heif(TILE, THUMB, EXIF))
    exiftool.check(before, heif(TILE, THUMB, EXIF, xmp_part(NEW)), NEW, undecoded)
    with pytest.raises(Refusal):
        exiftool.check(before, other, NEW, undecoded)


@pytest.mark.usefixtures("judge")
def test_another_picture_is_noticed() -> None:
    before = bmff.parse(boxes.avif())
    new = exiftool.put_xmp(before.data, NEW)
    with pytest.raises(Refusal, match="changed the picture"):
        exiftool.check(before, new, NEW, lambda _, data: data)


@pytest.mark.usefixtures("judge")
def test_strange_folders_and_configurations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "-config Zoë %d ;$HOME"
    folder.mkdir()
    (tmp_path / ".ExifTool_config").write_text("die 'the configuration was read';")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("EXIFTOOL_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "xx_XX")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    proved(boxes.avif(), NEW)
    assert not list(folder.iterdir())


@pytest.mark.usefixtures("fresh")
def test_without_exiftool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert exiftool.available() is None
    with pytest.raises(Refusal, match="not installed"):
        exiftool.put_xmp(boxes.avif(), NEW)


def impostor(folder: Path, version: str, work: str) -> None:
    """A program of ExifTool's name: `$4` is the new file, `$6` the old one."""
    script = folder / "exiftool"
    script.write_text(f'#!/bin/sh\nif [ "$3" = -ver ]; then echo {version}; exit; fi\n{work}\n')
    script.chmod(0o755)


@unix
@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("version", "work", "reason"),
    [
        ("12.16", "exit 0", "too old"),
        ("nonsense", "exit 0", "too old"),
        ("13.01", 'cp "$6" "$4"', "left something out"),
        ("13.01", 'cp "$6" "$4"; echo "Warning: [minor] odd - photo.avif" >&2', r"minor\] odd\)"),
        ("13.01", "exit 1", "no reason"),
        ("13.01", "exit 0", "could not be run"),
        ("13.01", "exec sleep 30", "took too long"),
        ("13.01", 'cat "$6" packet.xmp packet.xmp > "$4"', "cannot be read back"),
    ],
)
def test_programs_that_do_something_else(
    version: str, work: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impostor(tmp_path, version, work)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(exiftool, "_TIMEOUT", 1.0)
    with pytest.raises(Refusal, match=reason):
        exiftool.put_xmp(boxes.avif(), NEW)
