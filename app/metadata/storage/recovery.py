"""Finding out, after a kill or an error, whether a file was written."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import xxhash

from app.core.errors import ReadError
from app.metadata.storage.commit import clean_orphans

if TYPE_CHECKING:
    from app.metadata.storage.entries import Entry
    from app.metadata.storage.journal import Journal

_PART = 1 << 20


def hash_of(file: Path) -> bytes:
    """The xxh3-128 of all bytes of a file; empty where there is none.

    Raises:
        OSError: it cannot be read.
    """
    state = xxhash.xxh3_128()
    try:
        with file.open("rb", buffering=0) as opened:
            while part := opened.read(_PART):
                state.update(part)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    return state.digest()


def is_now(file: Path, content: bytes) -> bool | None:
    """Whether a file has this hash (empty: is not there); None where it cannot be read."""
    try:
        return hash_of(file) == content
    except OSError:
        return None


def _was_written(entry: Entry) -> bool | None:
    """Whether the file of a pending entry was written; None where nobody can tell at present."""
    try:
        now = hash_of(entry.file)
        if now == entry.after:
            return True
        if now == entry.before:
            return False
        if not now:
            # Moved away or deleted since, and perhaps by its new content found again: keeping
            # the way back costs nothing.
            return True
        return _bears_our_mark(entry)
    except (OSError, ReadError):
        return None


def _bears_our_mark(entry: Entry) -> bool:
    """Whether somebody has changed a photo after this entry's change had been made."""
    from app.metadata.reader import read_tags

    found = read_tags(entry.photo)
    if any(record.origin.run == entry.run for record in found.records):
        return True
    # What was taken out leaves no record. Keeping the way back too long costs nothing.
    made = all(tag in found.tags for tag in entry.change.add)
    return made and not any(tag in found.tags for tag in entry.change.remove)


def recover(journal: Journal) -> int:
    """Find out what became of the files that were being written when a process ended.

    To be called by every command that writes, under the run lock, before it writes: then no
    pending entry can belong to a process that is at work. Where nothing is pending this is one
    look into an index.

    Returns:
        How many files there were.
    """
    found = journal.pending()
    for entry in found:
        written = _was_written(entry)
        undone = journal.entry(entry.undoes) if written and entry.undoes is not None else None
        if undone is not None and undone.times is not None and entry.exact:
            with contextlib.suppress(OSError):
                os.utime(entry.file, ns=undone.times)
        journal.settle(entry.id, written)
    for folder in {entry.file.parent for entry in found}:
        clean_orphans(folder)
    return len(found)
