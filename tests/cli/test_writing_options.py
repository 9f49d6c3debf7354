"""The options that say how tags are put into files, through the front door."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.conftest import Tagwright, needs
from tests.services.bench import exiftool_adds, run_program, tags


def seen(path: Path) -> dict[str, Any]:
    """What ExifTool shows of a file."""
    needs("exiftool")
    shown = subprocess.run(
        ["exiftool", "-j", "-G1", path], capture_output=True, text=True, check=True, timeout=60
    )
    found: dict[str, Any] = json.loads(shown.stdout)[0]
    return found


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A RAW photo and the JPEG that the camera made along with it."""
    raw, jpeg = tmp_path / "IMG_1.cr2", tmp_path / "IMG_1.jpg"
    image = Image.new("RGB", (320, 300), (200, 0, 0))
    image.save(raw, "TIFF")
    image.save(jpeg)
    return raw, jpeg


def add(tagwright: Tagwright, path: Path, tag: str, *options: str) -> None:
    ran = tagwright("edit", path, "--add", tag, *options)
    assert ran.code == 0, ran.err


def test_windows_keywords_are_written_unless_they_are_not_wanted(
    tagwright: Tagwright, pair: tuple[Path, Path]
) -> None:
    _, jpeg = pair
    add(tagwright, jpeg, "Places/Sea", "--no-windows-keywords")
    assert not any("XPKeywords" in key for key in seen(jpeg))
    assert not any(key.startswith("IFD0:") for key in seen(jpeg))
    add(tagwright, jpeg, "Holiday")
    assert "Holiday" in seen(jpeg)["IFD0:XPKeywords"]


def test_a_raw_photo_and_its_jpeg_do_not_share_a_sidecar(
    tagwright: Tagwright, pair: tuple[Path, Path]
) -> None:
    raw, jpeg = pair
    bytes_before = raw.read_bytes(), jpeg.read_bytes()
    options = ("--adobe-sidecars", "--write", "sidecar")
    add(tagwright, jpeg, "OfJpeg", *options)
    add(tagwright, raw, "OfRaw", *options)
    assert (raw.read_bytes(), jpeg.read_bytes()) == bytes_before
    assert (tags(raw), tags(jpeg)) == ({"OfRaw"}, {"OfJpeg"})
    adobe = seen(raw.with_suffix(".xmp"))
    assert adobe["XMP-photoshop:SidecarForExtension"].lower() == "cr2"
    assert adobe["XMP-dc:Subject"] == "OfRaw"
    assert seen(jpeg.with_name("IMG_1.jpg.xmp"))["XMP-dc:Subject"] == "OfJpeg"
    assert tagwright("revert", "--all", "--yes").code == 0
    assert sorted(p.name for p in raw.parent.glob("IMG*")) == ["IMG_1.cr2", "IMG_1.jpg"]


def test_an_existing_sidecar_is_merged_into(tagwright: Tagwright, pair: tuple[Path, Path]) -> None:
    needs("exiftool")
    raw, _ = pair
    own = Path(f"{raw}.xmp")
    run_program("exiftool", "-q", "-XMP-dc:Subject=Old", own)
    before = own.read_bytes()
    add(tagwright, raw, "New", "--adobe-sidecars")
    assert not raw.with_suffix(".xmp").exists()
    assert seen(own)["XMP-dc:Subject"] == ["Old", "New"]
    assert tagwright("revert", "--photo", raw).code == 0
    assert own.read_bytes() == before


def test_two_existing_sidecars_are_kept_in_step(
    tagwright: Tagwright, pair: tuple[Path, Path]
) -> None:
    needs("exiftool")
    raw, jpeg = pair
    both = [Path(f"{raw}.xmp"), raw.with_suffix(".xmp")]
    for path in both:
        run_program("exiftool", "-q", "-XMP-dc:Subject=Old", path)
    run_program(
        "exiftool", "-q", "-overwrite_original", "-XMP-photoshop:SidecarForExtension=CR2", both[1]
    )
    before = [path.read_bytes() for path in both]
    add(tagwright, raw, "New")
    assert [seen(path)["XMP-dc:Subject"] for path in both] == [["Old", "New"]] * 2
    assert tags(jpeg) == set()
    ran = tagwright("edit", raw, "--remove", "New")
    assert ran.code == 0
    assert tags(raw) == {"Old"}
    assert tagwright("revert", "--photo", raw).code == 0
    assert [path.read_bytes() for path in both] == before


@pytest.mark.parametrize("option", [(), ("--use-exiftool",)])
def test_avif_gets_a_sidecar_unless_exiftool_is_asked(
    tagwright: Tagwright, tmp_path: Path, option: tuple[str, ...]
) -> None:
    needs("exiftool")
    photo = tmp_path / "photo.avif"
    try:
        Image.new("RGB", (320, 300), (200, 0, 0)).save(photo)
    except (OSError, KeyError, ValueError):
        pytest.skip("this Pillow writes no AVIF")
    before = photo.read_bytes()
    exiftool = bool(option)
    add(tagwright, photo, "Places/Sea", *option)
    assert (photo.read_bytes() != before) is exiftool
    assert Path(f"{photo}.xmp").exists() is not exiftool
    assert tags(photo) == {"Places/Sea"}
    assert tagwright("revert", "--photo", photo).code == 0
    assert photo.read_bytes() == before


def test_keywords_that_are_there_are_kept_in_step_though_none_are_made(
    tagwright: Tagwright, pair: tuple[Path, Path]
) -> None:
    _, jpeg = pair
    exiftool_adds(jpeg, "Old")
    run_program("exiftool", "-q", "-overwrite_original", "-EXIF:XPKeywords=Old", jpeg)
    add(tagwright, jpeg, "New", "--no-windows-keywords")
    assert set(seen(jpeg)["IFD0:XPKeywords"].split(";")) == {"Old", "New"}
