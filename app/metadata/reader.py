"""Reading the tags of a photo from everywhere they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.errors import ReadError
from app.core.tag import Tag
from app.metadata import contents, merge, sidecar, source
from app.metadata.provenance import Record
from app.metadata.storage.commit import FileState


@dataclass(frozen=True)
class FileTags:
    """The keywords of a photo, each field as it is written, and all of them together.

    Attributes:
        path: the photo.
        state: size and time of the photo when it was read.
        dc_subject, hierarchical, tags_list, iptc, microsoft, mediapro, acdsee_keywords,
            acdsee_categories, xp_keywords: what is embedded (see `app.metadata.fields`).
        sidecars: the paths of the sidecars that belong to the photo.
        sidecar: the keywords of the sidecars, by the names of the fields above.
        tags: everything together; a keyword that is a level of one of the paths is part of
            that path.
        records: what the photo and its sidecars say of the tags that this program has put there.
        beside: changes whenever a sidecar does (see `sidecar.signature`).
        problems: what could not be read.
    """

    path: Path
    state: FileState
    tags: tuple[Tag, ...]
    dc_subject: tuple[str, ...] = ()
    hierarchical: tuple[str, ...] = ()
    tags_list: tuple[str, ...] = ()
    iptc: tuple[str, ...] = ()
    microsoft: tuple[str, ...] = ()
    mediapro: tuple[str, ...] = ()
    acdsee_keywords: tuple[str, ...] = ()
    acdsee_categories: tuple[str, ...] = ()
    xp_keywords: tuple[str, ...] = ()
    sidecars: tuple[Path, ...] = ()
    sidecar: tuple[tuple[str, tuple[str, ...]], ...] = ()
    records: tuple[Record, ...] = ()
    beside: str = ""
    problems: tuple[str, ...] = ()


def read_tags(path: Path) -> FileTags:
    """Read the tags of a photo and of its sidecars.

    Malformed metadata is no error: what cannot be read is listed in `problems`.

    Raises:
        ReadError: the file is gone or cannot be read.
    """
    signature = sidecar.signature(path)  # from before they are read
    try:
        photo = source.read(path)
        sidecars = sidecar.find(photo.path)
    except OSError as error:
        raise ReadError(path, (error.strerror or str(error)).lower()) from error
    beside = contents.combine(found.contents for found in sidecars)
    whole = contents.combine((photo.contents, beside))
    problems = [f"{found.path.name}: {found.problem}" for found in sidecars if found.problem]
    return FileTags(
        path,
        FileState.of(photo.status),
        merge.merged(whole.items),
        sidecars=tuple(found.path for found in sidecars),
        sidecar=tuple(beside.items.items()),
        records=tuple({record.tag: record for record in reversed(whole.records)}.values())[::-1],
        beside=signature,
        problems=(*photo.contents.problems, *problems),
        **photo.contents.items,
    )
