"""Decoding: every kind of photo becomes a small upright RGB image, or one clear error."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps

from app.core.errors import DecodeError
from app.vision import decode as decode_module
from app.vision.decode import Decoded, decode

RED, BLUE = (220, 30, 30), (30, 30, 220)


def picture(size: tuple[int, int] = (900, 600)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def decoded(content: bytes, name: str = "photo.jpg", short_side: int = 297) -> Decoded:
    return decode(Path(name), content, short_side)


def is_red_then_blue(image: Image.Image) -> bool:
    assert image.mode == "RGB"
    y = image.height // 2
    left, right = image.getpixel((5, y)), image.getpixel((image.width - 6, y))
    return all(
        abs(a - b) < 40
        for got, want in ((left, RED), (right, BLUE))
        for a, b in zip(got, want, strict=True)  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF", "BMP"])
def test_kinds_that_pillow_writes(kind: str) -> None:
    result = decoded(encoded(picture(), kind))
    assert (result.width, result.height) == (900, 600)
    assert is_red_then_blue(result.image)
    assert result.image.size == (446, 297)


def test_kind_is_told_by_content_not_by_name() -> None:
    assert is_red_then_blue(decoded(encoded(picture(), "PNG"), "photo.jpg").image)
    assert is_red_then_blue(decoded(encoded(picture(), "JPEG"), "photo.nef").image)


def test_jpeg_xl() -> None:
    content = imagecodecs.jpegxl_encode(np.asarray(picture()), lossless=True)
    assert is_red_then_blue(decoded(content, "photo.jxl").image)
    deep = imagecodecs.jpegxl_encode(np.asarray(picture()).astype(np.uint16) * 257)
    assert is_red_then_blue(decoded(deep, "photo.jxl").image)


@pytest.mark.parametrize("size", [(8, 8), (256, 256), (264, 256), (900, 600), (1, 5000), (4000, 3)])
def test_jpeg_xl_size_is_read_before_decoding(size: tuple[int, int]) -> None:
    from app.vision import jxl

    content = imagecodecs.jpegxl_encode(np.zeros((size[1], size[0], 3), np.uint8))
    assert jxl.is_jxl(content)
    assert jxl.dimensions(content) == size


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_exif_orientation_is_applied(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    # What a camera held that way would have stored, so that turning it upright gives `picture`.
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose values
    stored = picture() if orientation == 1 else picture().transpose(
        Image.Transpose(undo[orientation])
    )  # fmt: skip
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(encoded(stored, kind, exif=exif))))
    assert is_red_then_blue(upright.convert("RGB"))
    result = decoded(encoded(stored, kind, exif=exif))
    assert (result.width, result.height) == (900, 600)
    assert is_red_then_blue(result.image)


@pytest.mark.parametrize("size", [(900, 600), (3000, 2000)])
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey_keeps_its_range(kind: str, size: tuple[int, int]) -> None:
    ramp = np.tile(np.linspace(0, 65535, size[0]).astype(np.uint16), (size[1], 1))
    result = decoded(encoded(Image.fromarray(ramp), kind)).image
    assert result.getpixel((2, 9))[0] < 8  # type: ignore[index]
    assert 118 < result.getpixel((result.width // 2, 9))[0] < 138  # type: ignore[index]
    assert result.getpixel((result.width - 3, 9))[0] > 247  # type: ignore[index]


@pytest.mark.parametrize("size", [(900, 600), (2700, 1800)])
@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "YCbCr", "LAB", "I", "F", "RGBA", "LA"])
def test_colour_modes(mode: str, size: tuple[int, int]) -> None:
    kind = "JPEG" if mode in ("YCbCr",) else "TIFF"
    source = picture(size).convert("L").convert(mode) if mode in "IF" else None
    if mode == "LAB":
        source = ImageCms.profileToProfile(
            picture(size), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"),
            outputMode="LAB",
        )  # fmt: skip
    result = decoded(encoded(source or picture(size).convert(mode), kind)).image
    assert result.mode == "RGB"
    if mode in ("P", "CMYK", "YCbCr"):
        assert is_red_then_blue(result)
    assert np.asarray(result).std() > 5


def test_cmyk_jpeg() -> None:
    assert is_red_then_blue(decoded(encoded(picture().convert("CMYK"), "JPEG")).image)


def test_transparency_is_white() -> None:
    image = picture().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    assert decoded(encoded(image, "PNG")).image.getpixel((5, 5)) == (255, 255, 255)
    indexed = Image.new("P", (400, 400), 1)
    assert decoded(encoded(indexed, "GIF", transparency=1)).image.getpixel((5, 5)) == (
        255, 255, 255,
    )  # fmt: skip


def test_an_animation_is_its_first_picture() -> None:
    frames = [picture(), Image.new("RGB", (900, 600), "green")]
    for kind in ("GIF", "WEBP", "PNG"):
        content = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert is_red_then_blue(decoded(content).image)


def test_wide_gamut_colours_are_converted() -> None:
    # A profile that swaps nothing but says "gamma 1.0" makes mid-grey brighter in sRGB.
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    plain = decoded(encoded(Image.new("RGB", (400, 400), (100,) * 3), "JPEG")).image
    tagged = decoded(
        encoded(Image.new("RGB", (400, 400), (100,) * 3), "JPEG", icc_profile=linear.tobytes())
    ).image
    # Not an RGB profile, so the picture is left as it is.
    assert plain.getpixel((9, 9)) == tagged.getpixel((9, 9))


def test_a_large_jpeg_is_never_decoded_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    # An eighth of each side is 0.4 megapixels, a quarter 1.5, the whole 24.
    monkeypatch.setattr(decode_module, "MAX_PIXELS", 400_000)
    result = decoded(encoded(picture((6000, 4000)), "JPEG"))
    assert (result.width, result.height) == (6000, 4000)
    assert is_red_then_blue(result.image)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it has that many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def test_a_decompression_bomb_is_refused() -> None:
    with pytest.raises(DecodeError, match=r"photo.jpg: with 10,000 megapixels is too large"):
        decoded(bomb(100_000, 100_000))


def test_a_progressive_jpeg_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_module, "MAX_PIXELS", 1_000_000)
    content = encoded(picture((2000, 2000)), "JPEG", progressive=True)
    with pytest.raises(DecodeError, match="too large"):
        decoded(content)
    assert is_red_then_blue(decoded(encoded(picture((2000, 2000)), "JPEG")).image)


def test_an_animated_jpeg_xl_is_its_first_picture() -> None:
    frames = np.stack([np.asarray(picture()), np.zeros((600, 900, 3), np.uint8)])
    assert is_red_then_blue(decoded(imagecodecs.jpegxl_encode(frames), "x.jxl").image)


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [("PNG", "RGB", 8), ("PNG", "RGBA", 8), ("WEBP", "RGB", 16), ("AVIF", "RGB", 12)],
)
def test_memory_is_told_from_the_header(kind: str, mode: str, expected: int) -> None:
    content = encoded(picture((1000, 800)).convert(mode), kind)
    needed = decode_module.memory_needed(Path("x.png"), content)
    assert needed == 1000 * 800 * expected > 20 * len(content)


def test_a_jpeg_xl_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_module, "MAX_PIXELS", 1_000_000)
    content = imagecodecs.jpegxl_encode(np.zeros((2000, 2000, 3), np.uint8))
    with pytest.raises(DecodeError, match="too large"):
        decoded(content, "bomb.jxl")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"hello", "not an image"),
        (bytes(5000), "not an image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not an image"),
        (b"\xff\x0a", "damaged"),
        (
            b"\x00\x00\x00\x1cftypheic\x00\x00\x00\x00mif1heic" + bytes(60),
            "is damaged|not an image",
        ),
    ],
)
def test_what_is_no_photo_has_one_clear_error(content: bytes, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason) as caught:
        decoded(content, "name.jpg")
    assert str(caught.value).startswith("name.jpg: ") and "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF"])
def test_a_file_that_is_cut_off_is_an_error(kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (600, 900, 3), np.uint8))
    content = encoded(noise, kind)
    with pytest.raises(DecodeError):
        decoded(content[: len(content) // 2])


def test_a_raw_file_that_is_none() -> None:
    with pytest.raises(DecodeError, match=r"broken.cr2: LibRaw cannot read it"):
        decoded(b"II*\x00" + bytes(100), "broken.cr2")


def test_tiny_and_extreme_shapes() -> None:
    assert decoded(encoded(picture((1, 1)), "PNG")).image.size == (297, 297)
    for size in ((2, 3000), (3000, 2)):
        result = decoded(encoded(picture(size), "PNG"))
        assert (result.width, result.height) == size
        assert sorted(result.image.size) == [297, 30 * 297]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_damaged_exif_does_not_hide_the_picture() -> None:
    content = encoded(picture(), "JPEG", exif=b"Exif\0\0II*\0" + b"\xff" * 40)
    assert is_red_then_blue(decoded(content).image)


def test_the_lent_photos_decode_or_say_why(data_dir: Path) -> None:
    failed = {}
    for path in sorted(
        p for d in ("camera", "metadata", "formats") for p in data_dir.glob(f"{d}/*")
    ):
        try:
            result = decode(path, path.read_bytes(), 297)
        except DecodeError as error:
            failed[path.name] = error.reason
            continue
        assert result.image.mode == "RGB"
    assert set(failed) <= {"hostile.jpg", "truncated.dng"}, failed
