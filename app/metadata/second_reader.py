"""A second opinion on a file that was just made: are the tags in it as intended?

It shares no code with the writer. Pillow finds the blocks, ElementTree reads the XMP, Pillow's
IPTC reader the keywords. A fault in this program's own parsers that reads back what it wrongly
wrote shows here; the photo then stays as it is.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable, Mapping
from typing import BinaryIO, Final
from xml.etree import ElementTree

from PIL import (
    Image,
    ImageFile,
    IptcImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from app.metadata.fields import ACDSEE_CATEGORIES, IPTC, RDF, XP_KEYWORDS, Field
from app.metadata.splice import Refusal

# Its readers' doubts about a photo are no news for the person at the screen.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")

#: The format's own class: `Image.open` would refuse very large pictures, and try other formats.
_READERS: Final[Mapping[str, Callable[[BinaryIO], ImageFile.ImageFile]]] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "WebP": WebPImagePlugin.WebPImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
}
_XMP_TAG: Final = 700
_XP_KEYWORDS_TAG: Final = 0x9C9E
_KEYWORDS: Final = (2, 25)
#: What Pillow and the libraries under it raise on files that they do not understand.
_ERRORS: Final = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    OverflowError, struct.error, ElementTree.ParseError, Image.DecompressionBombError,
)  # fmt: skip


def check(
    name: str, data: bytes, expected: Mapping[str, tuple[str, ...]], changed: Mapping[Field, object]
) -> None:
    """Check that a file holds what is expected in the fields that were changed.

    Args:
        name: of the format, as containers name it.
        data: the file.
        expected: the texts of every field.
        changed: the fields to look at.

    Raises:
        Refusal: it does not, or it cannot be read.
    """
    try:
        with _READERS[name](io.BytesIO(data)) as image:
            packet = _packet(image)
            found = _in_xmp(packet) if packet else {}
            for field in changed:
                if field is ACDSEE_CATEGORIES:
                    continue  # a document within the document, which has no other reader
                if field is IPTC:
                    texts = _iptc(image)
                elif field is XP_KEYWORDS:
                    texts = _windows(image)
                else:
                    texts = _of_field(found, field)
                _compare(field, texts, expected)
    except _ERRORS as error:
        raise Refusal(f"a second reader cannot read the result ({error})") from error


def check_packet(
    data: bytes, expected: Mapping[str, tuple[str, ...]], changed: Mapping[Field, object]
) -> None:
    """The same for a sidecar.

    Raises:
        Refusal: it does not hold what is expected, or it cannot be read.
    """
    try:
        found = _in_xmp(data.rstrip(b"\0"))
    except _ERRORS as error:
        raise Refusal(f"a second reader cannot read the result ({error})") from error
    for field in changed:
        if field is not ACDSEE_CATEGORIES:
            _compare(field, _of_field(found, field), expected)


def _of_field(found: Mapping[str, tuple[str, ...]], field: Field) -> tuple[str, ...]:
    return found.get(f"{{{field.namespace}}}{field.local}", ())


def _compare(field: Field, texts: tuple[str, ...], expected: Mapping[str, tuple[str, ...]]) -> None:
    if texts != expected.get(field.key, ()):
        raise Refusal(f"a second reader does not find {field.key} as it should be")


def _packet(image: Image.Image) -> bytes:
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        found = image.tag_v2.get(_XMP_TAG, b"")
    else:
        found = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp", b"")
        if not found and isinstance(image, PngImagePlugin.PngImageFile):
            image.load()  # text may stand behind the picture
            found = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp", b"")
    if isinstance(found, str):
        found = found.encode()
    return bytes(found).rstrip(b"\0")


def _in_xmp(packet: bytes) -> dict[str, tuple[str, ...]]:
    """The members of every array in the packet's descriptions, by '{namespace}name'."""
    found: dict[str, tuple[str, ...]] = {}
    for description in ElementTree.fromstring(packet).iter(f"{{{RDF}}}Description"):
        for element in description:
            members = [
                li.findtext(f".//{{{RDF}}}value") or "".join(li.itertext())
                for container in element
                for li in container
                if container.tag.startswith(f"{{{RDF}}}")
            ]
            found[element.tag] = tuple(text for text in members if text.strip())
    return found


def _iptc(image: ImageFile.ImageFile) -> tuple[str, ...]:
    info = IptcImagePlugin.getiptcinfo(image) or {}
    values = info.get(_KEYWORDS, [])
    texts = [value.decode("utf-8") for value in ([values] if isinstance(values, bytes) else values)]
    return tuple(text.strip() for text in texts if text.strip())


def _windows(image: Image.Image) -> tuple[str, ...]:
    raw = image.getexif().get(_XP_KEYWORDS_TAG, b"")
    text = bytes(raw).decode("utf-16-le").partition("\0")[0]
    return tuple(part.strip() for part in text.split(";") if part.strip())
