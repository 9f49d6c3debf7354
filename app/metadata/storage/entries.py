"""What the journal knows of runs and of the files that they wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from app.core.change import TagChange
from app.core.database import loaded_path
from app.core.tag import Tag

#: Stands for the hash of a file that is not there.
ABSENT: Final = b""
#: What an entry is read from: itself `e` and the entry `t` that it takes back.
COLUMNS: Final = (
    "e.id, e.run, e.photo, e.file, e.target, e.before_hash, e.after_hash, e.atime_ns, e.mtime_ns,"
    " e.added, e.removed, e.written_at, e.state, e.undoes,"
    " t.id IS NOT NULL AND t.before_hash = e.after_hash AND t.after_hash = e.before_hash"
)

State = Literal["pending", "written", "undone"]
Target = Literal["embedded", "sidecar"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was written, as the journal knows it.

    Attributes:
        id: larger than those of all entries before it.
        run, photo, file, target, times, change, undoes: as in `Draft`.
        before, after: xxh3-128 of all bytes, `ABSENT` where there was no file.
        at: when, as '2026-11-23T10:15:02.123Z'.
        state: pending until it is known to be written; undone while another entry takes it back.
        exact: whether it takes back another entry byte for byte.
    """

    id: int
    run: str
    photo: Path
    file: Path
    target: Target
    before: bytes
    after: bytes
    times: tuple[int, int] | None
    change: TagChange
    at: str
    state: State
    undoes: int | None
    exact: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A run, and what is left of it.

    Attributes:
        what: 'tag', 'edit' or 'revert'.
        settings: JSON.
        started, finished: as '2026-11-23T10:15:02.123Z'; a run that was killed has no end.
        photos: how many it wrote into or beside.
        added, removed: tags, counted once for each photo.
        undone: how many of its photos are reverted, wholly.
    """

    id: str
    what: str
    settings: str
    started: str
    finished: str | None
    photos: int
    added: int
    removed: int
    undone: int


def from_row(
    number: int, run: str, photo: str, file: str, target: Target, before: bytes, after: bytes,
    atime: int | None, mtime: int | None, added: str, removed: str, at: str, state: State,
    undoes: int | None, exact: int,
) -> Entry:  # fmt: skip
    """The entry behind a row of `COLUMNS`."""
    times = (atime, mtime) if atime is not None and mtime is not None else None
    change = TagChange(_tags_from_json(added), _tags_from_json(removed))
    return Entry(
        number, run, loaded_path(photo), loaded_path(file), target, before, after, times, change,
        at, state, undoes, bool(exact),
    )  # fmt: skip


def tags_to_json(tags: Iterable[Tag]) -> str:
    """Tags as the journal keeps them."""
    return json.dumps([str(tag) for tag in tags], ensure_ascii=False)


def _tags_from_json(text: str) -> tuple[Tag, ...]:
    return tuple(Tag.parse(each) for each in json.loads(text))
