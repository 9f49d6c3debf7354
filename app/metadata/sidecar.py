"""XMP sidecars: a file beside the photo that holds tags in its stead.

Names: `photo.ext.xmp` (digiKam, darktable, Immich) is the one that is made. An Adobe-style
`photo.xmp` is used where it is there and surely belongs to this photo: it names the photo's
extension in photoshop:SidecarForExtension, or it names none and no other file in the folder
has the same stem, or this photo is the only RAW file among those that have (Adobe's programs
make them for RAW files). Of a RAW+JPEG pair at most one gets it, so they cannot talk across.

Where one sidecar is there it is merged into, and where both are there both are, so that no
program sees less than before; a new `photo.ext.xmp` next to a `photo.xmp` would hide what
else the latter holds from programs that prefer the former (Immich).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.core.formats import RAW_SUFFIXES
from app.core.tag import Tag
from app.metadata import merge, splice
from app.metadata.blocks import xmp
from app.metadata.fields import WRITTEN_IN_XMP, Field
from app.metadata.merge import Stored
from app.metadata.splice import Refusal

#: A sidecar larger than this is not one of photo metadata (bytes).
MAX_SIZE: Final = 32 << 20
_PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"


@dataclass
class Sidecar:
    """One sidecar of a photo, as it is now.

    Attributes:
        path: where it is, symbolic links resolved.
        data, status: its content and stat result at the time it was read.
        items: its keywords by field, as far as they can be read.
        problem: why it cannot be read or added to; empty if it can.
    """

    path: Path
    data: bytes
    status: os.stat_result
    items: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problem: str = ""

    def add(self, tags: Sequence[Tag], context: Stored) -> tuple[bytes, dict[Field, list[str]]]:
        """The content with tags added, and what was added to each field.

        Raises:
            Refusal: the sidecar cannot be added to.
        """
        if self.problem:
            raise Refusal(self.problem)
        additions = merge.additions(self.items, tags, WRITTEN_IN_XMP, context)
        if not additions:
            return self.data, {}
        edits = xmp.Packet.parse(self.data).add(additions)
        new = splice.apply(self.data, edits)
        expected = dict(self.items)
        for where, values in additions.items():
            expected[where.key] = (*self.items.get(where.key, ()), *values)
        found = merge.without_empty(xmp.read_items(new))
        if not splice.proves(self.data, edits, new) or found != merge.without_empty(expected):
            raise Refusal("the change to the sidecar could not be proved")
        return new, additions


def path_for(photo: Path) -> Path:
    """The name of the sidecar that is made for a photo."""
    return photo.with_name(photo.name + ".xmp")


def has_sidecar(photo: Path) -> bool:
    """Whether anything bears the name of a sidecar of this photo."""
    return any(os.path.lexists(name) for name in (path_for(photo), *_adobe_names(photo)))


def find(photo: Path) -> list[Sidecar]:
    """The sidecars that a photo has: `photo.ext.xmp` first, then `photo.xmp` if it is its own.

    Raises:
        OSError: one is there and cannot be opened.
    """
    found = []
    own = _read(path_for(photo))
    if own is not None:
        found.append(own)
    for adobe in _adobe_names(photo):
        other = _read(adobe)
        if other is not None:
            if _belongs(other, adobe, photo):
                found.append(other)
            break
    return found


def new(tags: Sequence[Tag], context: Stored) -> tuple[bytes, dict[Field, list[str]]]:
    """The content of a fresh sidecar that holds all that was visible before, and the tags."""
    additions = merge.additions({}, tags, WRITTEN_IN_XMP, context)
    return xmp.new_packet(additions, padded=False), additions


def _adobe_names(photo: Path) -> list[Path]:
    if not photo.suffix:
        return []
    names = (photo.with_suffix(".xmp"), photo.with_suffix(".XMP"))
    return [name for name in names if name not in (photo, path_for(photo))]


def _read(path: Path) -> Sidecar | None:
    real = Path(os.path.realpath(path))
    try:
        status = real.lstat()
        if not stat.S_ISREG(status.st_mode):
            return None
        with real.open("rb") as file:
            data = file.read(MAX_SIZE + 1)
    except (FileNotFoundError, IsADirectoryError):
        return None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # so there can be none of that name
            return None
        raise
    result = Sidecar(real, data, status)
    try:
        if len(data) > MAX_SIZE:
            raise Refusal("a sidecar that is too large")
        result.items = xmp.read_items(data)
        xmp.Packet.parse(data)
    except Refusal as refusal:
        result.problem = refusal.reason
    return result


def _belongs(sidecar: Sidecar, name: Path, photo: Path) -> bool:
    extension = photo.suffix.lower()
    try:
        packet = xmp.Packet.parse(xmp.as_utf8(sidecar.data))
        named = packet.property_text(_PHOTOSHOP, "SidecarForExtension")
    except Refusal:
        return False
    if named:
        return named.strip().lower() == extension[1:]
    rivals = {
        other.suffix.lower()
        for other in photo.parent.iterdir()
        if other.stem == photo.stem and other.name not in (photo.name, name.name)
    } - {".xmp"}
    return not rivals or (extension in RAW_SUFFIXES and not rivals & RAW_SUFFIXES)
