"""Putting an XMP packet into HEIC, AVIF and boxed JPEG XL by ExifTool, and not believing it.

Only where the user has asked for it and ExifTool is installed. ExifTool works on a copy in a
private temporary folder. What comes back is taken only if everything in it but the packet, and
the catalogue entries that name the packet, is found to be as it was: each box, each item's
bytes, the picture as it decodes.

Sources: ExifTool's documentation (exiftool.org/exiftool_pod.html: -config, -charset, -o, and
'-TAG<=FILE' for writing a whole block).
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.metadata.containers import bmff
from app.metadata.containers.bmff import Boxes, Kind
from app.metadata.containers.bmff_catalogue import XMP_TYPE, Box, Reference
from app.metadata.splice import Refusal

#: ExifTool needs a fifth of a second; on a busy machine with a slow disk, more (seconds).
_TIMEOUT: Final = 60.0
#: Before this one, a hostile file could make it run any command (CVE-2021-22204).
_OLDEST: Final = (12, 24)
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows only
_NAMES: Final[dict[Kind, str]] = {
    "HEIC": "photo.heic",
    "AVIF": "photo.avif",
    "JPEG XL": "photo.jxl",
}
#: Larger pictures are not decoded, so nothing can be said about them (pixels).
_MAX_PIXELS: Final = 100_000_000
#: The children of `meta` that hold numbers which follow from the packet's place and length.
_CATALOGUE: Final = frozenset((b"iinf", b"iloc", b"iref"))


@lru_cache(maxsize=1)
def available() -> str | None:
    """Where ExifTool is installed, or None where it is not or is too old. Looked for once."""
    found = shutil.which("exiftool")
    # Windows also looks in the current folder, where anybody may have put a program.
    if found is None or not Path(found).is_absolute():
        return None
    try:
        answer = _call([found, "-config", "", "-ver"], None).stdout.decode("ascii").strip()
        version = tuple(int(part) for part in answer.split("."))
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return found if version >= _OLDEST else None


def put_xmp(
    data: bytes, packet: bytes, decode: Callable[[Kind, bytes], bytes] | None = None
) -> bytes:
    """A photo with another XMP packet, or with its first one.

    Args:
        data: the whole photo.
        packet: the whole packet, which is kept byte for byte.
        decode: gives something that is the same only for the same picture, and raises
            whatever it likes; left out, the libraries that show the photo are asked.

    Returns:
        The whole new photo.

    Raises:
        Refusal: ExifTool is missing, cannot do it, or has done anything else besides.
    """
    program = available()
    if program is None:
        raise Refusal("ExifTool is not installed, or too old")
    before = bmff.parse(data)
    before.check_writable()
    if before.xmp() == packet:
        return data
    new = _run(program, before.kind, data, packet)
    check(before, new, packet, decode)
    return new


def check(
    before: Boxes,
    new: bytes,
    packet: bytes,
    decode: Callable[[Kind, bytes], bytes] | None = None,
) -> None:
    """Check that a rewritten photo is the one before with this packet, and nothing else.

    Raises:
        Refusal: it is not, or that cannot be said.
    """
    if len(new) + len(before.xmp() or b"") < len(before.data) + len(packet):
        raise Refusal("ExifTool left something out of the photo")
    try:
        after = bmff.parse(new)
        after.check_writable()
        found = after.xmp()
    except Refusal as refusal:
        raise Refusal("ExifTool wrote a file that cannot be read back") from refusal
    if after.kind != before.kind or found != packet:
        raise Refusal("ExifTool changed the XMP packet that it was given")
    if before.kind == "JPEG XL":
        _check_jxl(before, after)
    else:
        _check_top(before, after)
        _check_catalogue(before, after)
        _check_items(before, after)
    _check_picture(before, after, decode or picture)


def _run(program: str, kind: Kind, data: bytes, packet: bytes) -> bytes:
    """What ExifTool makes of a photo.

    It sees plain names in a folder of their own, and no configuration of the user's, which
    could tell it to write more.
    """
    name = _NAMES[kind]
    command = [program, "-config", "", "-o", f"new-{name}", "-XMP<=packet.xmp", name]
    try:
        with tempfile.TemporaryDirectory(
            prefix="tagwright-", ignore_cleanup_errors=True
        ) as temporary:
            folder = Path(temporary)
            (folder / name).write_bytes(data)
            (folder / "packet.xmp").write_bytes(packet)
            done = _call(command, folder)
            complaint = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            if done.returncode or complaint:
                reason = complaint.removesuffix(f" - {name}").strip() or "it gave no reason"
                raise Refusal(f"ExifTool would not write it ({reason})")
            return (folder / f"new-{name}").read_bytes()
    except subprocess.TimeoutExpired as error:
        raise Refusal("ExifTool took too long") from error
    except OSError as error:
        raise Refusal(f"ExifTool could not be run ({error.strerror or error})") from error


def _call(command: list[str], folder: Path | None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command,
        cwd=folder,
        # Perl warns of languages that it does not know.
        env={**os.environ, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_TIMEOUT,
        check=False,
        creationflags=_NO_WINDOW,
    )


def _check_jxl(before: Boxes, after: Boxes) -> None:
    old = [(box.type, before.content(box)) for box in before.top if box.type != b"xml "]
    new = [(box.type, after.content(box)) for box in after.top if box.type != b"xml "]
    if old != new:
        raise Refusal("ExifTool changed more than the XMP packet")
    types = [box.type for box in before.top], [box.type for box in after.top]
    had_xmp = b"xml " in types[0]
    # The level, if said, must stay directly behind the file type (ISO/IEC 18181-2, 9.2).
    head = 3 if b"jxll" in types[0] else 2
    if types[0][:head] != types[1][:head] or (had_xmp and types[0] != types[1]):
        raise Refusal("ExifTool changed the order of the boxes")


def _check_top(before: Boxes, after: Boxes) -> None:
    """All but the catalogue is as it was, and the picture data but the packet in it."""
    if [box.type for box in before.top] != [box.type for box in after.top]:
        raise Refusal("ExifTool changed the order of the boxes")
    for old, new in zip(before.top, after.top, strict=True):
        if old.type not in (b"meta", b"mdat") and before.content(old) != after.content(new):
            raise Refusal("ExifTool changed more than the XMP packet")
    if _picture_data(before) != _picture_data(after):
        raise Refusal("ExifTool changed more than the XMP packet")


def _picture_data(boxes: Boxes) -> bytes:
    """What all `mdat` boxes hold, without the packet."""
    item = boxes.xmp_item
    cut = sorted(boxes.locations[item.number].extents) if item else []
    parts = []
    for box in boxes.of_type(b"mdat"):
        position = box.body
        for start, end in cut:
            if position <= start and end <= box.end:
                parts.append(boxes.data[position:start])
                position = end
        parts.append(boxes.data[position : box.end])
    return b"".join(parts)


def _check_catalogue(before: Boxes, after: Boxes) -> None:
    """Only an entry for the packet may have been added to the catalogue."""
    old = [(box.type, before.content(box)) for box in before.children if _kept(box)]
    new = [(box.type, after.content(box)) for box in after.children if _kept(box)]
    if old != new or _forms(before).items() - _forms(after).items():
        raise Refusal("ExifTool changed more than the XMP packet")
    entries = [before.content(item.box) for item in before.items.values()]
    added = list(after.items.values())[len(entries) :]
    if [after.content(item.box) for item in after.items.values()][: len(entries)] != entries:
        raise Refusal("ExifTool changed more than the XMP packet")
    expected: list[Reference] = []
    if before.xmp_item is None and after.xmp_item and after.primary is not None:
        expected = [Reference(b"cdsc", after.xmp_item.number, (after.primary,))]
    if [after.content(item.box) for item in added] != [_entry(each.source) for each in expected]:
        raise Refusal("ExifTool changed more than the XMP packet")
    if after.references != before.references + expected:
        raise Refusal("ExifTool changed more than the XMP packet")


def _entry(number: int) -> bytes:
    """What ExifTool writes of a packet into the catalogue: a hidden item (14496-12, 8.11.6)."""
    version, width = (3, 4) if number > 0xFFFF else (2, 2)
    head = bytes([version, 0, 0, 1]) + number.to_bytes(width, "big") + bytes(2)
    return head + b"mime\0" + XMP_TYPE.encode() + b"\0"


def _kept(box: Box) -> bool:
    return box.type not in _CATALOGUE


def _forms(boxes: Boxes) -> dict[bytes, bytes]:
    """Version, flags and, in `iloc`, the sizes of numbers of the tables in the catalogue."""
    return {
        box.type: boxes.data[box.body : box.body + (6 if box.type == b"iloc" else 4)]
        for box in boxes.children
        if not _kept(box)
    }


def _check_items(before: Boxes, after: Boxes) -> None:
    """Each item's bytes are what they were, and are still found by its number."""
    packets = {item.number for item in (before.xmp_item, after.xmp_item) if item}
    if before.locations.keys() | packets != after.locations.keys() | packets:
        raise Refusal("ExifTool changed more than the XMP packet")
    for number in before.locations.keys() - packets:
        old, new = before.locations[number], after.locations[number]
        if (old.method, len(old.extents)) != (new.method, len(new.extents)):
            raise Refusal("ExifTool changed more than the XMP packet")
        if before.item_bytes(number) != after.item_bytes(number):
            raise Refusal("ExifTool changed more than the XMP packet")


def _check_picture(before: Boxes, after: Boxes, decode: Callable[[Kind, bytes], bytes]) -> None:
    try:
        if before.of_type(b"jbrd") and _jpeg(before) != _jpeg(after):
            raise Refusal("a JPEG XL file made from a JPEG, which it must give back as it was")
        same = decode(before.kind, before.data) == decode(after.kind, after.data)
    except Refusal:
        raise
    # Decoders raise nearly anything; a picture that cannot be compared is not written.
    except Exception as error:
        raise Refusal("the picture could not be decoded to compare it") from error
    if not same:
        raise Refusal("ExifTool changed the picture")


def picture(kind: Kind, data: bytes) -> bytes:
    """The size and all pixels of a photo's main picture.

    Raises:
        Exception: whatever the decoders raise.
    """
    if kind == "JPEG XL":
        return _jxl_picture(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of oddities in metadata
        if kind == "HEIC":
            import pi_heif

            heif = pi_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=False)
            _check_size(*heif.size)
            return f"{heif.size} {heif.mode} {heif.stride}".encode() + bytes(heif.data)
        from PIL import AvifImagePlugin, Image  # noqa: F401 (it registers itself)

        with Image.open(io.BytesIO(data), formats=("AVIF",)) as image:
            _check_size(*image.size)
            return f"{image.size} {image.mode}".encode() + image.tobytes()


def _jxl_picture(data: bytes) -> bytes:
    import imagecodecs

    _check_size(*_jxl_size(bmff.parse(data)))
    pixels = imagecodecs.jpegxl_decode(data, index=0)
    return f"{pixels.shape} {pixels.dtype}".encode() + bytes(pixels.tobytes())


def _jpeg(boxes: Boxes) -> bytes:
    """The JPEG that a JPEG XL file was made from.

    Its XMP may be in a box of the JPEG XL file and its length elsewhere (ISO/IEC 18181-2,
    annex A), so that another packet would keep the JPEG from being made again.
    """
    import imagecodecs

    _check_size(*_jxl_size(boxes))
    return bytes(imagecodecs.jpegxl_decode_jpeg(boxes.data, numthreads=1))


def _jxl_size(boxes: Boxes) -> tuple[int, int]:
    """The picture's size, from the head of its codestream (ISO/IEC 18181-1, D.2 and D.3)."""
    first = next(box for box in boxes.top if box.type in (b"jxlc", b"jxlp"))
    start = first.body + (4 if first.type == b"jxlp" else 0)  # behind the part's number
    bits = int.from_bytes(boxes.data[start + 2 : start + 18], "little")

    def take(count: int) -> int:
        nonlocal bits
        value = bits & ((1 << count) - 1)
        bits >>= count
        return value

    def size(small: int) -> int:
        return 8 * (take(5) + 1) if small else take((9, 13, 18, 30)[take(2)]) + 1

    small = take(1)
    height = size(small)
    ratio = take(3)
    if not ratio:
        return size(small), height
    across, down = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))[ratio - 1]
    return height * across // down, height


def _check_size(width: int, height: int) -> None:
    if width * height > _MAX_PIXELS:
        raise ValueError("too large")
