"""From a photo file to a small upright RGB image, in one scaled decode.

The same image serves the thumbnail and the network, because decoding is what tagging spends
its time on: a JPEG is decoded straight to an eighth of its size by the DCT, never whole.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import (  # the plug-ins register themselves on import
    AvifImagePlugin,  # noqa: F401
    BmpImagePlugin,  # noqa: F401
    GifImagePlugin,  # noqa: F401
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401
)

from app.core.errors import DecodeError
from app.vision import jxl, raw
from app.vision.formats import RAW_SUFFIXES

#: Photos with more pixels than this after scaled decoding are refused: a small file may
#: unpack to more memory than the machine has. About 600 MB as RGB.
MAX_PIXELS = 200_000_000

#: What Pillow may be asked to read. Formats that run other programs (EPS) are not there.
_PILLOW_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF", "BMP")

# The check below knows about scaled decoding and names the file; Pillow's own does not.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """A photo as pixels.

    Attributes:
        image: mode RGB, upright, its short side at least what was asked for where the photo
            has that many pixels.
        width, height: of the photo itself, upright, in pixels.
    """

    image: Image.Image
    width: int
    height: int


def decode(path: Path, content: bytes, short_side: int) -> Decoded:
    """Decode a photo no larger than needed.

    Args:
        path: names the photo in errors, and its suffix tells RAW files.
        content: the whole file.
        short_side: pixels that the shorter side should have at least.

    Raises:
        DecodeError: damaged, not an image, of an unknown kind, or too large.
    """
    if not content:
        raise DecodeError(path, "the file is empty")
    try:
        with _open(path, content) as source:
            return _scaled(path, source, short_side)
    except DecodeError:
        raise
    except UnidentifiedImageError as error:
        raise DecodeError(path, "is not an image of a kind that can be read") from error
    except Image.DecompressionBombError as error:
        raise DecodeError(path, _too_large()) from error
    except MemoryError as error:
        raise DecodeError(path, "needs more memory to decode than there is") from error
    # Decoders of damaged files raise nearly anything; whatever it is, it is this file's.
    except Exception as error:
        raise DecodeError(path, f"is damaged: {_sentence(error)}") from error


def estimated_bytes(path: Path, file_size: int) -> int:
    """A cautious guess of the memory that decoding takes, before the file is read."""
    # A compressed RGB pixel takes rarely less than a quarter of a byte; JPEGs are decoded at
    # a reduced size, the others whole.
    if path.suffix.lower() in (".jpg", ".jpeg", ".jpe"):
        return file_size * 4
    return file_size * 12


def _open(path: Path, content: bytes) -> Image.Image:
    if jxl.is_jxl(content):
        width, height = jxl.dimensions(content)
        _refuse_bomb(path, width * height)
        return jxl.decode(content)
    if path.suffix.lower() in RAW_SUFFIXES and not content.startswith(b"\xff\xd8"):
        return raw.preview(path, content)
    if _is_heif(content):
        return _open_heif(content)
    return Image.open(io.BytesIO(content), formats=_PILLOW_FORMATS)


def _is_heif(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and b"avif" not in content[8:32]


def _open_heif(content: bytes) -> Image.Image:
    import pi_heif

    pi_heif.register_heif_opener()
    return Image.open(io.BytesIO(content), formats=("HEIF",))


def _scaled(path: Path, source: Image.Image, short_side: int) -> Decoded:
    width, height = source.size
    scale = min(1.0, short_side / max(1, min(width, height)))
    # JPEG only; elsewhere it does nothing.
    source.draft("RGB", (math.ceil(width * scale), math.ceil(height * scale)))
    _refuse_bomb(path, source.width * source.height)
    source.load()
    profile = source.info.get("icc_profile")
    image = _rgb(_reduced(source, short_side))
    image = ImageOps.exif_transpose(image)
    if profile:
        image = _to_srgb(image, profile)
    if source.getexif().get(0x0112, 1) in (5, 6, 7, 8):
        width, height = height, width
    return Decoded(image, width, height)


def _reduced(source: Image.Image, short_side: int) -> Image.Image:
    """A cheap box average down to at least twice the size that is needed."""
    factor = min(source.size) // (2 * short_side)
    if factor < 2 or source.mode in ("P", "1", "PA"):
        return source
    reduced = source.reduce(factor)
    # `reduce` forgets where the picture's top is.
    reduced.info.update(source.info)
    reduced.getexif()[0x0112] = source.getexif().get(0x0112, 1)
    return reduced


def _rgb(image: Image.Image) -> Image.Image:
    orientation = image.getexif().get(0x0112, 1)
    if image.mode.startswith("I;16"):
        # Pillow's own conversion clips at 255 instead of scaling.
        converted = image.point(lambda value: value / 256, "L").convert("RGB")
    elif image.mode in ("I", "F"):
        converted = _stretched(image).convert("RGB")
    elif image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        converted = Image.new("RGB", image.size, "white")
        converted.paste(rgba, mask=rgba.getchannel("A"))
    else:
        converted = image if image.mode == "RGB" else image.convert("RGB")
    if converted is not image:
        converted.getexif()[0x0112] = orientation
    return converted


def _stretched(image: Image.Image) -> Image.Image:
    """Integer and float pictures have no fixed range, so theirs is stretched to 0..255."""
    low, high = image.getextrema()
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    span = (high - low) or 1
    return (
        image.convert("F").point(lambda value: value * (255 / span) - low * 255 / span).convert("L")
    )


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    transform = _transform(profile)
    return ImageCms.applyTransform(image, transform) or image if transform else image


@lru_cache(maxsize=16)
def _transform(profile: bytes) -> ImageCms.ImageCmsTransform | None:
    """From a photo's colour profile to sRGB; None where it is sRGB, unusable or not RGB."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        name = ImageCms.getProfileDescription(source)
        if "sRGB" in name or source.profile.xcolor_space.strip() != "RGB":
            return None
        return ImageCms.buildTransform(source, _srgb(), "RGB", "RGB")
    except (ImageCms.PyCMSError, OSError):
        return None


@lru_cache(maxsize=1)
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _refuse_bomb(path: Path, pixels: int) -> None:
    if pixels > MAX_PIXELS:
        raise DecodeError(path, _too_large(pixels))


def _too_large(pixels: int | None = None) -> str:
    size = f"with {pixels / 1e6:,.0f} megapixels " if pixels else ""
    return f"{size}is too large to be decoded safely (the limit is {MAX_PIXELS / 1e6:.0f})"


def _sentence(error: Exception) -> str:
    text = str(error).strip().split("\n")[0].rstrip(".")
    return text or type(error).__name__
