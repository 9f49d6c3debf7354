"""Reading the tags of a photo from everywhere they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core.errors import ReadError
from app.core.tag import Tag
from app.metadata import merge, sidecar, source
from app.metadata.containers.jpeg import join
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
    problems: tuple[str, ...] = ()


def read_tags(path: Path) -> FileTags:
    """Read the tags of a photo and of its sidecars.

    Malformed metadata is no error: what cannot be read is listed in `problems`.

    Raises:
        ReadError: the file is gone or cannot be read.
    """
    try:
        photo = source.read(path)
        sidecars = sidecar.find(photo.path)
    except OSError as error:
        raise ReadError(path, (error.strerror or str(error)).lower()) from error
    beside: dict[str, tuple[str, ...]] = {}
    problems = list(photo.problems)
    for found in sidecars:
        beside = together(beside, found.items)
        if found.problem:
            problems.append(f"{found.path.name}: {found.problem}")
    return FileTags(
        path,
        FileState.of(photo.status),
        merge.merged(together(photo.items, beside)),
        sidecars=tuple(found.path for found in sidecars),
        sidecar=tuple(beside.items()),
        problems=tuple(problems),
        **photo.items,
    )


def together(first: merge.Stored, second: merge.Stored) -> dict[str, tuple[str, ...]]:
    """What two places hold, by field."""
    keys = dict.fromkeys((*first, *second))
    return {key: join(first.get(key, ()), second.get(key, ())) for key in keys}
