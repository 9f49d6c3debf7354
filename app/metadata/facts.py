"""When and with what a photo was taken, and its stars.

Only the blocks that say so are read, so that a library of large files can be gone through: of a
JPEG the segments in front of the picture, of PNG and WebP the heads of the chunks, of TIFF and
RAW the directories. HEIC, AVIF and JPEG XL are read as a whole.

Sources: Exif 3.0 sections 4.6.5 (DateTime, Make, Model) and 4.6.6 (DateTimeOriginal,
DateTimeDigitized, OffsetTime); XMP specification part 2 section 8.4 (xmp:Rating: 0 to 5, -1 for
rejected) and part 3 section 1.1 (where each format keeps XMP); Microsoft's System.Rating
(/app1/ifd/{ushort=18246} in stars, MicrosoftPhoto:Rating in percent).
"""

from __future__ import annotations

import contextlib
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from app.core.errors import ReadError
from app.metadata import sidecar
from app.metadata.blocks import exif, xmp
from app.metadata.blocks.tiff import Data, Entry, Tiff
from app.metadata.blocks.xmp import Packet
from app.metadata.containers import bmff, exif_chunk, jpeg_segments
from app.metadata.containers.jpeg import XMP_HEADER
from app.metadata.containers.unparsed import FileBytes
from app.metadata.splice import Refusal

T = TypeVar("T")

_XAP: Final = "http://ns.adobe.com/xap/1.0/"
_MICROSOFT: Final = "http://ns.microsoft.com/photo/1.0/"
_EXIF: Final = "http://ns.adobe.com/exif/1.0/"
_TIFF: Final = "http://ns.adobe.com/tiff/1.0/"
_PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"

_MAKE, _MODEL, _DATE_TIME, _RATING, _EXIF_IFD = 0x010F, 0x0110, 0x0132, 0x4746, 0x8769
_ORIGINAL, _DIGITIZED, _XMP_TAG, _ASCII = 0x9003, 0x9004, 700, 2

#: The largest block that is looked at, and the largest file that is read as a whole (bytes).
_MAX_BLOCK: Final = 16 << 20
_MAX_WHOLE: Final = 256 << 20
_MAX_CHUNKS: Final = 100_000
_MAX_TEXT: Final = 200
#: Words at the end of a maker's name that its cameras are not called by.
_COMPANY: Final = frozenset(
    "corporation corp co ltd inc company gmbh ag imaging optical electric electronics digital "
    "technologies technology tech".split()
)
#: What bad content may raise in the parsers below; none of it is the caller's business.
_BROKEN: Final = (Refusal, struct.error, ValueError, IndexError, OverflowError, zlib.error)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a photo says about how it was taken.

    Attributes:
        taken: by the camera's clock, without a time zone; None where it is not said.
        camera: as people call it, such as 'Canon EOS 80D'; empty where it is not said.
        rating: 0 to 5 stars, -1 for rejected, None where there is none.
    """

    taken: datetime | None = None
    camera: str = ""
    rating: int | None = None


def read_facts(path: Path, head: bytes | None = None) -> Facts:
    """Read when and with what a photo was taken, and its stars.

    A sidecar's stars go before those in the photo. What cannot be understood counts as not said.

    Args:
        path: the photo.
        head: its bytes, all or the first ones, where they were read already.

    Raises:
        ReadError: the file is gone or cannot be read.
    """
    try:
        # Of a JPEG the first bytes will do; elsewhere the metadata may be at the end.
        if head is None or not (head.startswith(b"\xff\xd8") or len(head) == path.stat().st_size):
            exif_says, packets = _from_file(path)
        else:
            exif_says, packets = _look(head)
        beside = _parsed(found.data for found in sidecar.find(path))
    except OSError as error:
        raise ReadError(path, (error.strerror or str(error)).lower()) from error
    inside = _parsed(packets)
    rating = _first(map(_rating, (*beside, *inside)))
    return Facts(
        _first((*map(_exif_date, exif_says.dates), *map(_xmp_date, (*inside, *beside)))),
        exif_says.camera or next(filter(None, map(_xmp_camera, (*inside, *beside))), ""),
        exif_says.rating if rating is None else rating,
    )


def _is_boxed(head: bytes) -> bool:
    """Whether a file may be HEIC, AVIF or JPEG XL in boxes."""
    return head[4:8] == b"ftyp" or head.startswith(bmff.JXL_SIGNATURE)


# Where the blocks are


def _from_file(path: Path) -> tuple[_Exif, list[bytes]]:
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        data: Data = FileBytes(file, status.st_size)
        if _is_boxed(data[0:16]) and status.st_size <= _MAX_WHOLE:
            data = data[0 : status.st_size]
        return _look(data)


def _look(data: Data) -> tuple[_Exif, list[bytes]]:
    """What Exif says, and the XMP packets."""
    head = bytes(data[0:16])
    tiffs: list[Tiff] = []
    packets: list[bytes] = []
    with contextlib.suppress(*_BROKEN):
        if head.startswith(b"\xff\xd8"):
            found = _jpeg(data)
        elif head.startswith(b"\x89PNG\r\n\x1a\n"):
            found = _png(data)
        elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            found = _webp(data)
        elif _is_boxed(head):
            found = _boxed(bytes(data[0 : len(data)]))
        elif head[:2] in (b"II", b"MM"):
            found = _directory(data)
        else:
            found = iter(())
        for block in found:
            if isinstance(block, Tiff):
                tiffs.append(block)
            else:
                packets.append(block)
    return _Exif(tiffs[0] if tiffs else None), packets


def _jpeg(data: Data) -> Iterator[Tiff | bytes]:
    at = 2
    for _ in range(_MAX_CHUNKS):
        mark = bytes(data[at : at + 4])
        if len(mark) < 4 or mark[0] != 0xFF:
            return
        if mark[1] == 0xFF:  # a fill byte
            at += 1
            continue
        if mark[1] in (0xDA, 0xD9):  # the picture begins, or there is none
            return
        end = at + 2 + int.from_bytes(mark[2:4], "big")
        if mark[1] == jpeg_segments.APP1:
            payload = bytes(data[at + 4 : end])
            if payload.startswith(exif.HEADER):
                yield from _tiff(payload, len(exif.HEADER) + 1)
            elif payload.startswith(XMP_HEADER):
                yield payload[len(XMP_HEADER) :]
        at = end


def _png(data: Data) -> Iterator[Tiff | bytes]:
    at = 8
    for _ in range(_MAX_CHUNKS):
        head = bytes(data[at : at + 8])
        if len(head) < 8:
            return
        size, kind = int.from_bytes(head[:4], "big"), head[4:]
        if kind in (b"eXIf", b"iTXt") and size <= _MAX_BLOCK:
            body = bytes(data[at + 8 : at + 8 + size])
            if kind == b"eXIf":
                yield from _chunk_tiff(body)
            elif body.startswith(b"XML:com.adobe.xmp\0"):
                yield _text(body.partition(b"\0")[2])
        at += size + 12


def _text(body: bytes) -> bytes:
    """What an iTXt chunk holds behind its keyword (PNG specification, section 11.3.4.5)."""
    text = body[2:].split(b"\0", 2)[2]  # language, translated keyword, text
    return zlib.decompressobj().decompress(text, _MAX_BLOCK) if body[0] else text


def _webp(data: Data) -> Iterator[Tiff | bytes]:
    at = 12
    for _ in range(_MAX_CHUNKS):
        head = bytes(data[at : at + 8])
        if len(head) < 8:
            return
        size = int.from_bytes(head[4:], "little")
        if head[:4] in (b"EXIF", b"XMP ", b"XMP\0") and size <= _MAX_BLOCK:
            body = bytes(data[at + 8 : at + 8 + size])
            if head[:4] == b"EXIF":
                yield from _chunk_tiff(body)
            else:
                yield body
        at += 8 + size + size % 2


def _boxed(data: bytes) -> Iterator[Tiff | bytes]:
    """HEIC, AVIF and JPEG XL: Exif has the offset of its TIFF header in front (HEIF, A.2.1)."""
    boxes = bmff.parse(data)
    blocks = [boxes.content(box) for box in boxes.of_type(b"Exif")]
    blocks += [
        boxes.item_bytes(item.number)
        for item in boxes.items.values()
        if item.type == b"Exif" and item.plain
    ]
    for block in blocks:
        yield from _tiff(block, 4 + int.from_bytes(block[:4], "big"))
    packet = boxes.xmp()
    if packet is not None:
        yield packet


def _directory(data: Data) -> Iterator[Tiff | bytes]:
    """TIFF files, and RAW files that are built like one."""
    tiff = Tiff(data, 0, len(data))
    yield tiff
    for entry in tiff.ifd(tiff.first)[0]:
        if entry.tag == _XMP_TAG and entry.size <= _MAX_BLOCK:
            yield bytes(data[entry.data : entry.data + entry.size])


def _tiff(block: bytes, start: int) -> Iterator[Tiff]:
    with contextlib.suppress(Refusal):
        yield Tiff(block, start, len(block))


def _chunk_tiff(block: bytes) -> Iterator[Tiff]:
    with contextlib.suppress(Refusal):
        yield exif_chunk.tiff(block, 0, len(block))


# What Exif says


class _Exif:
    """The entries that matter, of the first directory and the one that Exif adds."""

    def __init__(self, tiff: Tiff | None) -> None:
        self._entries: dict[int, bytes] = {}
        self.rating: int | None = None
        if tiff is not None:
            with contextlib.suppress(*_BROKEN):
                self._read(tiff)

    def _read(self, tiff: Tiff) -> None:
        pointers: list[int] = []
        for entry in tiff.ifd(tiff.first)[0]:
            if entry.tag in (_MAKE, _MODEL, _DATE_TIME):
                self._keep(tiff, entry)
            elif entry.tag == _EXIF_IFD:
                pointers = tiff.values(entry)
            elif entry.tag == _RATING:
                self.rating = next((n for n in tiff.values(entry) if n <= 5), None)
        for pointer in pointers[:1]:
            for entry in tiff.ifd(pointer)[0]:
                if entry.tag in (_ORIGINAL, _DIGITIZED):
                    self._keep(tiff, entry)

    def _keep(self, tiff: Tiff, entry: Entry) -> None:
        if entry.type == _ASCII:
            end = entry.data + min(entry.size, _MAX_TEXT)
            self._entries.setdefault(entry.tag, bytes(tiff.data[entry.data : end]))

    @property
    def dates(self) -> Iterator[str]:
        """In the order in which they are to be believed."""
        return (self._text(tag) for tag in (_ORIGINAL, _DIGITIZED, _DATE_TIME))

    @property
    def camera(self) -> str:
        return _camera(self._text(_MAKE), self._text(_MODEL))

    def _text(self, tag: int) -> str:
        raw = self._entries.get(tag, b"").partition(b"\0")[0]
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("latin-1")


def _camera(make: str, model: str) -> str:
    """Maker and model in one, without saying the maker twice."""
    make, model = _plain(make), _plain(model)
    makers = [word.strip(".").casefold() for word in make.replace(",", " ").split()]
    named = model.split()[0].casefold() if model else ""
    if not model or named in makers or any(named.startswith(f"{word}-") for word in makers):
        return model or make
    words = make.replace(",", " ").split()
    while len(words) > 1 and words[-1].strip(".").casefold() in _COMPANY:
        words.pop()
    return f"{' '.join(words)} {model}".strip()


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _exif_date(text: str) -> datetime | None:
    """'2024:05:31 18:20:00'; some programs write '-' or '/' between the numbers of the day."""
    text = text.strip()
    day, moment = text[:10].replace("/", "-").replace(":", "-"), text[11:19]
    return _date(f"{day}T{moment}")


def _date(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return found if found.year > 1 else None


# What XMP says


def _parsed(packets: Iterable[bytes]) -> list[Packet]:
    found = []
    for packet in packets:
        with contextlib.suppress(*_BROKEN):
            found.append(Packet.parse(xmp.as_utf8(packet)))
    return found


def _rating(packet: Packet) -> int | None:
    stars = _number(packet.property_text(_XAP, "Rating"))
    if stars is not None:
        return round(stars) if -1 <= stars <= 5 else None
    percent = _number(packet.property_text(_MICROSOFT, "Rating"))
    if percent is None or not 0 <= percent <= 100:
        return None
    return 1 + round(percent / 25) if percent else 0  # 1, 25, 50, 75, 99


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None


def _xmp_date(packet: Packet) -> datetime | None:
    names = ((_EXIF, "DateTimeOriginal"), (_PHOTOSHOP, "DateCreated"), (_XAP, "CreateDate"))
    texts = (packet.property_text(*name) for name in names)
    return _first(_date(text.strip()) for text in texts if text)


def _xmp_camera(packet: Packet) -> str:
    return _camera(
        packet.property_text(_TIFF, "Make") or "", packet.property_text(_TIFF, "Model") or ""
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
