"""The preview in the Exif: only where it is there, sound, and shows the photo."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import piexif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.vision.exif_preview import HEAD, exif_preview


def jpeg(image: Image.Image, exif: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def photo(size: tuple[int, int], small: tuple[int, int], orientation: int = 1) -> bytes:
    """A photo with a thumbnail of which the upper left quarter is red."""
    thumbnail = Image.new("RGB", small, "blue")
    thumbnail.paste("red", (0, 0, small[0] // 2, small[1] // 2))
    exif = piexif.dump(
        {
            "0th": {piexif.ImageIFD.Orientation: orientation, piexif.ImageIFD.Make: b"Maker"},
            "1st": {},
            "thumbnail": jpeg(thumbnail),
        }
    )
    return jpeg(Image.new("RGB", size), exif)


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [(1, (160, 120), (0, 0)), (3, (160, 120), (1, 1)), (6, (120, 160), (1, 0)),
     (8, (120, 160), (0, 1)), (9, (160, 120), (0, 0))],
)  # fmt: skip
def test_it_is_upright(orientation: int, size: tuple[int, int], corner: tuple[int, int]) -> None:
    preview = exif_preview(photo((1600, 1200), (160, 120), orientation))
    assert preview is not None
    assert preview.size == size
    red = preview.getpixel(tuple(10 + c * (s - 20) for c, s in zip(corner, size, strict=True)))
    assert isinstance(red, tuple)
    assert red[0] > 200 and red[2] < 60


@pytest.mark.parametrize("small", [(160, 90), (120, 160), (120, 120)])
def test_one_of_other_proportions_is_left_out(small: tuple[int, int]) -> None:
    assert exif_preview(photo((1600, 1200), small)) is None


def test_a_photo_without_one(tmp_path: Path) -> None:
    plain = Image.new("RGB", (300, 200))
    assert exif_preview(jpeg(plain)) is None
    exif = piexif.dump({"0th": {piexif.ImageIFD.Make: b"Maker"}})
    assert exif_preview(jpeg(plain, exif)) is None
    assert exif_preview(b"") is None
    assert exif_preview(b"\x89PNG") is None


def test_the_size_may_be_behind_the_head() -> None:
    """A long comment is before the picture, so that only the Exif tells the size."""
    whole = photo((1600, 1200), (160, 120))
    exif = whole[: 4 + int.from_bytes(whole[4:6], "big")]
    assert exif_preview(exif) is None  # and this Exif does not


def test_counts_that_claim_more_than_there_is_are_not_believed() -> None:
    """piexif would ask for 16 GB."""
    entry = struct.pack("<HHLL", 0x010E, 4, 0xFFFFFFF0, 8)
    tiff = b"II*\0" + struct.pack("<LH", 8, 1) + entry + bytes(4)
    exif = b"Exif\0\0" + tiff
    head = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    assert exif_preview(head) is None


SOUND = photo((160, 120), (160, 120))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(20, 600), st.integers(0, 255)), max_size=12))
def test_damaged_exif_does_no_harm(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(SOUND)
    for place, value in changes:
        damaged[place] = value
    exif_preview(bytes(damaged))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(SOUND)))
def test_a_head_that_is_cut_off_does_no_harm(length: int) -> None:
    exif_preview(SOUND[:length])


def test_cameras(data_dir: Path) -> None:
    found = {
        path.name: preview.size
        for path in (data_dir / "camera").iterdir()
        if (preview := exif_preview(path.read_bytes()[:HEAD])) is not None
    }
    assert len(found) >= 15
    assert found["Canon EOS 5D.jpg"] == (112, 168)  # taken upright
    assert "Canon EOS 20D (3).jpg" not in found  # 3:2 with black bars in 4:3


def test_hostile_files(data_dir: Path) -> None:
    for path in (data_dir / "metadata").iterdir():
        if path.is_file():
            exif_preview(path.read_bytes()[:HEAD])
