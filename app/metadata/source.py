"""A photo read for its metadata: its bytes, the state they were read in, what they are."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Final

from app.core.formats import RAW_SUFFIXES
from app.metadata import contents
from app.metadata.containers import unparsed
from app.metadata.containers.base import Container
from app.metadata.containers.jpeg import Jpeg
from app.metadata.containers.png import Png
from app.metadata.containers.tiff import TiffFile
from app.metadata.containers.unparsed import FileBytes
from app.metadata.containers.webp import WebP
from app.metadata.contents import Contents
from app.metadata.splice import Refusal

#: A larger file is not read into memory to be rewritten; it gets a sidecar (bytes).
MAX_SIZE: Final = 512 << 20
_TIFF_SUFFIXES: Final = frozenset((".tif", ".tiff"))


@dataclass
class Source:
    """What was read of a photo.

    Attributes:
        path: the file, symbolic links resolved.
        status: its stat result, from before it was read.
        container: its parsed bytes, where tags can be put into its format.
        refusal: why nothing can be embedded; empty if something can.
        rewritable: whether ExifTool may be able to, which has to be asked for.
        contents: what it says about tags, as far as that can be read.
    """

    path: Path
    status: os.stat_result
    container: Container | None
    refusal: str = ""
    contents: Contents = field(default_factory=Contents)
    rewritable: bool = False


def read(path: Path) -> Source:
    """Read a photo and find its keywords; malformed metadata becomes problems.

    Raises:
        OSError: it cannot be opened or read.
    """
    real = Path(os.path.realpath(path))
    # By path and not by descriptor, so that the same call before replacing it compares.
    status = real.lstat()
    if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
        raise OSError(errno.EINVAL, "not a regular file")
    with real.open("rb", buffering=0) as file:
        try:
            format_ = _format(real, file.read(16), status.st_size)
        except Refusal as refusal:
            with BufferedReader(file) as buffered:
                data = FileBytes(buffered, status.st_size)
                found = _unparsed(real, status, refusal, data)
                found.rewritable = status.st_size <= MAX_SIZE and _is_boxed(data[:12])
                return found
        file.seek(0)
        whole = file.readall()  # unbuffered, so that there is no second copy
    if len(whole) != status.st_size:
        raise OSError(errno.EBUSY, "it is being written by another program")
    try:
        container = format_(whole)
    except Refusal as refusal:
        source = _unparsed(real, status, refusal, whole)
        source.contents.problems.insert(0, refusal.reason)
        return source
    return Source(real, status, container, contents=contents.read(container))


def whole(photo: Source) -> bytes:
    """All bytes of a photo that was not read as a whole before.

    Raises:
        Refusal: it cannot be read, or has changed since.
    """
    try:
        data = photo.path.read_bytes()
    except OSError as error:
        raise Refusal((error.strerror or str(error)).lower()) from error
    if len(data) != photo.status.st_size:
        raise Refusal("it is being written by another program")
    return data


def _is_boxed(head: bytes) -> bool:
    """Whether a file may be HEIC, AVIF or JPEG XL in boxes."""
    return head[4:8] == b"ftyp" or head.startswith(b"\0\0\0\x0cJXL ")


def _format(path: Path, head: bytes, size: int) -> type[Container]:
    """What to parse a file as, by its first bytes and its name.

    Raises:
        Refusal: tags are not put into files of this kind.
    """
    suffix = path.suffix.lower()
    if suffix in RAW_SUFFIXES:
        raise Refusal("a RAW file")
    if size > MAX_SIZE:
        raise Refusal("a very large file")
    if head.startswith(b"\xff\xd8\xff"):
        return Jpeg
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Png
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WebP
    if head[:4] in (b"II*\0", b"MM\0*") and suffix in _TIFF_SUFFIXES:
        return TiffFile
    raise Refusal("not a JPEG, PNG, WebP or TIFF file")


def _unparsed(
    path: Path, status: os.stat_result, refusal: Refusal, data: unparsed.Searchable
) -> Source:
    return Source(path, status, None, refusal.reason, unparsed.read_contents(data))
