"""JPEG XL, which Pillow does not read: decoded by libjxl through imagecodecs."""

from __future__ import annotations

from PIL import Image

_CODESTREAM = b"\xff\x0a"
_CONTAINER = b"\x00\x00\x00\x0cJXL \x0d\x0a\x87\x0a"
#: Aspect ratios that the size header can name instead of a width (ISO/IEC 18181-1, D.3).
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}


def is_jxl(content: bytes) -> bool:
    """Whether a file is a JPEG XL codestream or container, by its first bytes."""
    return content.startswith((_CODESTREAM, _CONTAINER))


def decode(content: bytes) -> Image.Image:
    """The picture; libjxl has turned it upright.

    Raises:
        Exception: whatever imagecodecs raises for a damaged file.
    """
    import imagecodecs
    import numpy as np

    pixels = imagecodecs.jpegxl_decode(content, index=0)
    if pixels.ndim == 4:  # animation
        pixels = pixels[0]
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    elif pixels.dtype != np.uint8:
        pixels = (np.clip(pixels.astype(np.float32), 0, 1) * 255).astype(np.uint8)
    return Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 and pixels.ndim == 3 else pixels)


def dimensions(content: bytes) -> tuple[int, int]:
    """Width and height from the header, so that a bomb is seen before it is unpacked.

    Raises:
        ValueError: the file ends before its size is said.
    """
    start = 0 if content.startswith(_CODESTREAM) else _codestream_box(content)
    if not content.startswith(_CODESTREAM, start) or len(content) < start + 12:
        raise ValueError("the file ends within its header")
    bits = _Bits(content[start + 2 : start + 18])
    small = bits.take(1)
    height = (bits.take(5) + 1) * 8 if small else _size(bits)
    ratio = bits.take(3)
    if ratio:
        across, down = _RATIOS[ratio]
        return height * across // down, height
    return (bits.take(5) + 1) * 8 if small else _size(bits), height


def _codestream_box(content: bytes) -> int:
    """Where the codestream begins in a container (ISO/IEC 18181-2: `jxlc`, or the first `jxlp`)."""
    position = 0
    while position + 16 <= len(content):
        size = int.from_bytes(content[position : position + 4], "big")
        kind, header = content[position + 4 : position + 8], 8
        if size == 1:
            size, header = int.from_bytes(content[position + 8 : position + 16], "big"), 16
        if kind in (b"jxlc", b"jxlp"):
            return position + header + (4 if kind == b"jxlp" else 0)
        if size < header:
            break
        position += size
    raise ValueError("it holds no picture")


def _size(bits: _Bits) -> int:
    return 1 + bits.take((9, 13, 18, 30)[bits.take(2)])


class _Bits:
    """Bits from the lowest of each byte upwards, as JPEG XL packs them."""

    def __init__(self, content: bytes) -> None:
        self._value = int.from_bytes(content, "little")

    def take(self, count: int) -> int:
        bits = self._value & ((1 << count) - 1)
        self._value >>= count
        return bits
