"""Taking back what an entry of the journal did to a file.

Where the file is still what the entry made of it, byte for byte, it becomes what it was before,
byte for byte, which its hash proves. Where somebody has changed it since, only the tags that the
entry brought are taken out, and those that it took out are given back. Both are journaled like
any other writing, so that they can be taken back themselves.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.change import TagChange
from app.core.errors import ReadError, WriteError
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.metadata import fields, merge, splice, writer
from app.metadata.reader import FileTags, read_tags
from app.metadata.splice import Edit, Refusal
from app.metadata.storage import commit
from app.metadata.storage.commit import FileState
from app.metadata.storage.entries import ABSENT, Entry, Target
from app.metadata.storage.journal import Draft, Journal


@dataclass(frozen=True, slots=True)
class Undone:
    """How an entry was taken back.

    Attributes:
        exact: whether the file is byte for byte what it was before the entry.
        file: the file that was written, or removed because the entry had made it.
        note: what is worth knowing, such as what had to stay.
        state: size and time of `file` now; None where it is removed.
        content_hash: xxh3-128 of all bytes of `file` now; None where nobody knows.
    """

    exact: bool
    file: Path
    note: str = ""
    state: FileState | None = None
    content_hash: bytes | None = None


def undo(
    entry: Entry,
    journal: Journal,
    run: str,
    *,
    photo: Path | None = None,
    file: Path | None = None,
    only: Collection[Tag] | None = None,
    others: Sequence[Entry] = (),
) -> Undone:
    """Take back what an entry did, exactly if possible. Undoing that again is redo.

    Args:
        entry: what to take back.
        journal: where it is from, and where this is noted.
        run: id of the run that takes it back.
        photo, file: where these are now, if they have moved since.
        only: where it is not exact, leave all other tags alone.
        others: further entries of the photo that are being taken back (see `undo_tags`).

    Raises:
        WriteError: it could not be taken back; nothing has changed.
        LibraryError: the journal cannot be used.
    """
    photo = photo or entry.photo
    done = undo_exactly(entry, journal, run, photo, file or entry.file)
    return done or undo_tags(entry, journal, run, photo, only=only, others=others)


def undo_exactly(
    entry: Entry, journal: Journal, run: str, photo: Path, file: Path
) -> Undone | None:
    """Give a file its bytes and its times from before an entry.

    Returns:
        None where the file is another one now, or the journal's way back does not lead there.

    Raises:
        WriteError: the system failed; the file is as it was.
        LibraryError: the journal cannot be used.
    """
    file = Path(os.path.realpath(file))
    try:
        new, status = _read(file)
    except OSError as error:
        raise WriteError(photo, (error.strerror or str(error)).lower()) from error
    if _hash(new) != entry.after:
        return None
    if entry.before == ABSENT:
        old, way_back, redo = None, [], [Edit(0, 0, new or b"")]
    else:
        try:
            way_back = journal.inverse(entry.id)
            old = splice.apply(new or b"", way_back)
            redo = splice.inverse(new or b"", way_back)
        except ValueError:
            return None
        if _hash(old) != entry.before:
            return None
    draft = Draft(
        run,
        photo,
        file,
        entry.target,
        entry.after or None,
        entry.before,
        (status.st_atime_ns, status.st_mtime_ns) if status else None,
        redo,
        entry.change.inverse,
        entry.id,
    )
    with journal.writing(draft):
        try:
            _put(file, old, status, photo, way_back)
            if old is not None and entry.times is not None:
                os.utime(file, ns=entry.times)
            state = FileState.of(file.stat()) if old is not None else None
        except Refusal as refusal:
            raise WriteError(photo, refusal.reason) from refusal
        except OSError as error:
            raise WriteError(photo, (error.strerror or str(error)).lower()) from error
    if old is None:
        return Undone(True, file)
    return Undone(True, file, "", state, entry.before)


def _put(
    file: Path,
    content: bytes | None,
    status: os.stat_result | None,
    photo: Path,
    way_back: Sequence[Edit],
) -> None:
    """Make a file what it was: with this content, or not there."""
    if content is None:
        if status is not None:
            _remove(file, status)
    elif status is None:
        commit.create(file, content, photo.stat())
    else:
        commit.check_replaceable(file, status)
        same_end = status.st_size - max((edit.end for edit in way_back), default=0)
        commit.replace(file, content, status, keep_times=True, same_end=same_end)


def _remove(file: Path, before: os.stat_result) -> None:
    """Remove a file that must still be what `before` says, for good."""
    commit.check_replaceable(file, before)
    with commit._errors(file), commit._locked(file):
        commit._check_unchanged(file, file.lstat(), before)
        file.unlink()
    commit._flush_folder(file.parent)


def undo_tags(
    entry: Entry,
    journal: Journal,
    run: str,
    photo: Path,
    *,
    only: Collection[Tag] | None = None,
    others: Sequence[Entry] = (),
) -> Undone:
    """Take out just the tags that an entry brought, and give back those that it took out.

    A tag that stands in the photo and in its sidecar, but came into one of them only from us,
    is the user's own in the other one, and stays in both.

    Args:
        only: leave all other tags alone.
        others: further entries of the photo that are being taken back.

    Raises:
        WriteError: it could not be done; the photo is as it was.
        LibraryError: the journal cannot be used.
    """
    try:
        found = read_tags(photo)
    except ReadError as error:
        raise WriteError(photo, error.reason) from error
    if _is_another(found, entry, journal):
        raise WriteError(photo, "another photo has this name now")
    wanted = entry.change.inverse
    if only is not None:
        wanted = TagChange(
            tuple(tag for tag in wanted.add if tag in only),
            tuple(tag for tag in wanted.remove if tag in only),
        )
    own = [tag for tag in wanted.remove if _is_users_too(tag, found, (entry, *others))]
    notes = [f"{tag} stays, which was there before in another place" for tag in own]
    change = TagChange(wanted.add, tuple(tag for tag in wanted.remove if tag not in own))
    if not change:
        journal.mark(entry.id, "undone")
        return Undone(False, entry.file, "; ".join(notes))
    # A photo that the run left alone is left alone now.
    inside = any(e.target == "embedded" for e in journal.entries(photo) if e.run == entry.run)
    inside = inside or "embedded" in {each.target for each in (entry, *others)}
    options = WriteOptions(embed=inside, use_exiftool=inside)
    report = writer.write_tags(
        photo, change, options=options, journal=journal, run=run, undoes=entry.id
    )
    after = read_tags(photo)
    left = [tag for tag in change.remove if tag in after.tags]
    journal.mark(entry.id, "written" if left else "undone")
    if left:
        names = ", ".join(map(str, left))
        reasons = "; ".join(report.notes)
        raise WriteError(photo, f"{names} could not be taken out" + (reasons and f": {reasons}"))
    notes += [note for note in report.notes if note not in notes]
    return Undone(
        False, report.written_to, "; ".join(notes), report.state, report.content_hash
    )  # fmt: skip


def _is_another(found: FileTags, entry: Entry, journal: Journal) -> bool:
    """Whether the photo's own records show that it is not the one that an entry is about.

    A photo without records may have lost them in a program that keeps none.
    """
    runs = {record.origin.run for record in found.records}
    ours = {entry.run, *(each.run for each in journal.entries(entry.photo))}
    return bool(runs) and runs.isdisjoint(ours)


def _is_users_too(tag: Tag, found: FileTags, entries: Sequence[Entry]) -> bool:
    """Whether a tag is in the photo or in the sidecar without an entry having put it there."""
    embedded = {key: getattr(found, key, ()) for key in fields.BY_KEY}
    held: dict[Target, merge.Stored] = {"embedded": embedded, "sidecar": dict(found.sidecar)}
    brought = {entry.target for entry in entries if tag in entry.change.add}
    return any(merge.holds(stored, tag) for target, stored in held.items() if target not in brought)


def _read(file: Path) -> tuple[bytes | None, os.stat_result | None]:
    """A file's content and state; None where it is not there."""
    try:
        with file.open("rb", buffering=0) as opened:
            status = os.fstat(opened.fileno())
            return opened.readall(), status
    except (FileNotFoundError, NotADirectoryError):
        return None, None


def _hash(content: bytes | None) -> bytes:
    return ABSENT if content is None else splice.digest([content])
