"""From a photo file to a small upright RGB image, in one scaled decode.

The same image serves the thumbnail and the network, because decoding is what tagging spends
its time on: a JPEG is decoded straight to an eighth of its size by the DCT, never whole.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import (  # the plug-ins register themselves on import
    AvifImagePlugin,  # noqa: F401
    BmpImagePlugin,  # noqa: F401
    GifImagePlugin,  # noqa: F401
    Image,
    ImageCms,
    ImageFile,
    JpegImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401
)

from app.core.errors import DecodeError
from app.core.formats import RAW_SUFFIXES
from app.vision import jxl, raw

#: Photos with more pixels than this after scaled decoding are refused: a small file may
#: unpack to more memory than the machine has. 400 MB as RGB; JPEGs are scaled to a 64th.
MAX_PIXELS = 100_000_000
#: Peak memory of decoding, where it is not 8 bytes.
_BYTES_PER_PIXEL = {"WEBP": 16, "AVIF": 12, "HEIF": 12, "BMP": 6}

#: Longer pictures than this are squeezed: scaled as they are, a line of pixels would be huge.
MAX_ASPECT = 30

#: What Pillow may be asked to read. Formats that run other programs (EPS) are not there.
_PILLOW_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF", "BMP")

#: What the eight Exif orientations ask for (Exif 3.0, 4.6.5.1.6).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {_TURNS[orientation] for orientation in (5, 6, 7, 8)}

# The check below knows about scaled decoding and names the file; Pillow's own does not.
Image.MAX_IMAGE_PIXELS = None
# It also warns of oddities in metadata, on the terminal and without the file's name.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A photo as pixels.

    Attributes:
        image: mode RGB, upright, its short side as long as was asked for.
        width, height: of the photo itself, upright, in pixels.
    """

    image: Image.Image
    width: int
    height: int


def decode(path: Path, content: bytes, short_side: int) -> Decoded:
    """Decode a photo and scale it, up or down.

    Args:
        path: names the photo in errors, and its suffix tells RAW files.
        content: the whole file.
        short_side: of the result, in pixels. The long side follows, up to `MAX_ASPECT` times it.

    Raises:
        DecodeError: damaged, not an image, of an unknown kind, or too large.
    """
    if not content:
        raise DecodeError(path, "the file is empty")
    with blamed_on(path), _open(path, content) as source:
        return _upright(path, source, len(content), short_side)


@contextmanager
def blamed_on(path: Path) -> Iterator[None]:
    """Whatever decoding raises, as the error of this file."""
    try:
        yield
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


def memory_needed(path: Path, content: bytes) -> int:
    """About how many bytes decoding a photo takes at its peak, from its header.

    Measured for pictures of 196 megapixels. What cannot be told is as large as the file, since
    decoding it will fail.
    """
    if content.startswith(b"\xff\xd8"):
        # Scaled decoding; a progressive one holds all coefficients, two bytes each.
        return 6 * len(content)
    try:
        if jxl.is_jxl(content):
            width, height = jxl.dimensions(content)
            return width * height * 12
        if path.suffix.lower() in RAW_SUFFIXES:
            return 3 * len(content)
        with _open(path, content) as source:
            width, height = source.size
            return width * height * _BYTES_PER_PIXEL.get(source.format or "", 8)
    except Exception:  # noqa: BLE001 (decoding says what is wrong)
        return len(content)


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


def _upright(path: Path, source: Image.Image, size: int, short_side: int) -> Decoded:
    width, height = source.size
    scale = min(1.0, short_side / max(1, min(width, height)))
    # JPEG only; elsewhere it does nothing.
    source.draft("RGB", (math.ceil(width * scale), math.ceil(height * scale)))
    # A progressive JPEG is held whole before it is scaled.
    _refuse_bomb(
        path, width * height if "progressive" in source.info else source.width * source.height
    )
    # One call of the decoder instead of one for each 64 KB, between which the threads of the
    # pipeline would wait for each other. Pillow copies what it has read so far each time, too.
    if isinstance(source, ImageFile.ImageFile):
        source.decodermaxblock = max(source.decodermaxblock, size)
    source.load()
    turn = _TURNS.get(_orientation(source))
    profile = source.info.get("icc_profile")
    image = _to_size(_rgb(_reduced(source, short_side)), short_side)
    if profile:
        image = _to_srgb(image, profile)
    if turn is not None:
        image = image.transpose(turn)
        if turn in _SIDEWAYS:
            width, height = height, width
    return Decoded(image, width, height)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """A picture turned as an Exif orientation asks for, 1 to 8; others change nothing."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _orientation(source: Image.Image) -> int:
    """The Exif orientation, 1 to 8; 1 where there is none or the Exif is damaged."""
    try:
        return int(source.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001 (whatever is wrong with the Exif, the picture is there)
        return 1


def _reduced(source: Image.Image, short_side: int) -> Image.Image:
    """A cheap box average down to at least twice the size that is needed."""
    factor = min(source.size) // (2 * short_side)
    if factor < 2 or source.mode in ("P", "PA"):
        return source
    if source.mode == "1" or source.mode.startswith("I;16"):
        source = _grey(source)
    reduced = source.reduce(factor)
    reduced.info.update(source.info)
    return reduced


def _grey(image: Image.Image) -> Image.Image:
    """One-bit and 16-bit pictures as 8-bit grey. Pillow's own conversion would clip at 255."""
    if image.mode == "1":
        return image.convert("L")
    return image.point(lambda value: value / 256).convert("L")


def _to_size(image: Image.Image, short_side: int) -> Image.Image:
    scale = short_side / min(image.size)
    longest = MAX_ASPECT * short_side
    width = min(longest, max(short_side, round(image.width * scale)))
    height = min(longest, max(short_side, round(image.height * scale)))
    return image.resize((width, height), Image.Resampling.BICUBIC)


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode == "RGB" and "transparency" not in image.info:
        return image
    if image.mode.startswith("I;16"):
        return _grey(image).convert("RGB")
    if image.mode in ("I", "F"):
        return _stretched(image).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        opaque = Image.new("RGB", image.size, "white")
        opaque.paste(rgba, mask=rgba.getchannel("A"))
        return opaque
    return image.convert("RGB")


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
