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

import contextlib
import errno
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.core.change import TagChange
from app.core.formats import RAW_SUFFIXES
from app.core.tag import Tag
from app.metadata import merge, second_reader, splice
from app.metadata.blocks import xmp
from app.metadata.blocks.escaping import quoteattr
from app.metadata.contents import Contents
from app.metadata.embed import Plan
from app.metadata.fields import Field
from app.metadata.merge import Stored
from app.metadata.provenance import Record
from app.metadata.splice import Refusal

#: A sidecar larger than this is not one of photo metadata (bytes).
MAX_SIZE: Final = 32 << 20
_DESCRIPTION: Final = b'<rdf:Description rdf:about=""'
_PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"


@dataclass
class Sidecar:
    """One sidecar of a photo, as it is now.

    Attributes:
        path: where it is, symbolic links resolved.
        data, status: its bytes and stat result at the time it was read.
        contents: what it says about tags, as far as that can be read.
        problem: why it cannot be read or changed; empty if it can.
    """

    path: Path
    data: bytes
    status: os.stat_result
    contents: Contents = field(default_factory=Contents)
    problem: str = ""

    def plan(
        self,
        change: TagChange,
        fields: Sequence[Field],
        records: Sequence[Record],
        context: Stored,
    ) -> Plan:
        """Plan how to change its tags.

        Args:
            change: tags to add and to take out.
            fields: those to make; what is there already is kept in step.
            records: what it shall say of the tags that are ours.
            context: what the photo and its sidecars hold together; new fields are filled from it.

        Raises:
            Refusal: it cannot be changed.
        """
        if self.problem:
            raise Refusal(self.problem)
        changes = merge.changes(self.contents.items, change, fields, context)
        planned = Plan(changes=changes, records=tuple(records))
        if changes or planned.records != self.contents.records:
            planned.edits = xmp.Packet.parse(self.data).change(changes, planned.records)
        return planned

    def apply_and_prove(self, planned: Plan) -> bytes:
        """The new bytes, after proving that they are what was planned.

        Raises:
            Refusal: the proof failed.
        """
        new = splice.apply(self.data, planned.edits)
        expected = merge.apply(self.contents.items, planned.changes)
        found = Contents()
        found.take_xmp(new)
        if (
            not splice.proves(self.data, planned.edits, new)
            or merge.without_empty(found.items) != merge.without_empty(expected)
            or found.records != planned.records
        ):
            raise Refusal("the change to the sidecar could not be proved")
        second_reader.check_packet(new, expected, planned.changes)
        return new


def path_for(photo: Path, *, adobe: bool = False) -> Path:
    """The name of the sidecar that is made for a photo.

    Args:
        adobe: `photo.xmp` where no other photo could take that for its own.
    """
    if adobe and photo.suffix and (not (found := _rivals(photo)) or _is_sole_raw(photo, found)):
        return photo.with_suffix(".xmp")
    return photo.with_name(photo.name + ".xmp")


def signature(photo: Path) -> str:
    """What changes whenever a sidecar of a photo comes, goes or is written: names, sizes, times.

    Whatever bears the name of one counts, since whose it is takes reading it.
    """
    real = Path(os.path.realpath(photo))
    found = []
    for name in (path_for(real), *_adobe_names(real)):
        with contextlib.suppress(OSError):
            status = name.stat()
            found.append(f"{name.suffix}:{status.st_size}:{status.st_mtime_ns}")
    return " ".join(found)


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
            if _belongs(other, photo):
                found.append(other)
            break
    return found


def new(
    name: Path,
    photo: Path,
    tags: Sequence[Tag],
    fields: Sequence[Field],
    records: Sequence[Record],
    context: Stored,
) -> tuple[bytes, Plan]:
    """A fresh sidecar that holds all that was visible before, and the tags.

    Args:
        name: of the sidecar.
        photo: whose it is.
        tags: to add.
        fields: those to make.
        records: what it shall say of the tags that are ours.
        context: what the photo holds.
    """
    changes = merge.changes({}, TagChange(add=tuple(tags)), fields, context)
    data = xmp.new_packet(changes, records, padded=False)
    if name != path_for(photo):  # so that everybody knows to which of two photos it belongs
        about = f' xmlns:photoshop="{_PHOTOSHOP}" photoshop:SidecarForExtension={{}}'
        named = about.format(quoteattr(photo.suffix[1:])).encode()
        data = data.replace(_DESCRIPTION, _DESCRIPTION + named, 1)
    return data, Plan(changes=changes, records=tuple(records))


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
        result.contents.take_xmp(data)
        xmp.Packet.parse(data)
    except Refusal as refusal:
        result.problem = refusal.reason
    return result


def _belongs(sidecar: Sidecar, photo: Path) -> bool:
    extension = photo.suffix.lower()
    try:
        packet = xmp.Packet.parse(xmp.as_utf8(sidecar.data))
        named = packet.property_text(_PHOTOSHOP, "SidecarForExtension")
    except Refusal:
        return False
    if named:
        return named.strip().lower() == extension[1:]
    found = _rivals(photo)
    return not found or _is_sole_raw(photo, found)


def _rivals(photo: Path) -> set[str]:
    """The suffixes of other files with the same stem, lower case, sidecars left out."""
    stem, found = photo.stem + ".", set()
    with os.scandir(photo.parent) as entries:
        for entry in entries:
            # Most names fail at the first test, before anything is made of them.
            if entry.name.startswith(stem) and entry.name != photo.name:
                other = Path(entry.name)
                if other.stem == photo.stem:
                    found.add(other.suffix.lower())
    return found - {".xmp"}


def _is_sole_raw(photo: Path, rivals: set[str]) -> bool:
    return photo.suffix.lower() in RAW_SUFFIXES and not rivals & RAW_SUFFIXES
