"""Writing files under the journal without the writer: comments put into JPEGs, made sidecars."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.core.change import TagChange
from app.core.tag import Tag
from app.metadata import splice
from app.metadata.splice import Edit
from app.metadata.storage import commit
from app.metadata.storage.entries import Entry
from app.metadata.storage.journal import Draft, Journal
from tests.metadata.builders import CAT, segment


def comment(text: bytes) -> Edit:
    """A comment segment behind SOI (ITU-T T.81, B.2.4.5)."""
    return Edit(2, 2, segment(0xFE, text))


def draft(
    run: str,
    photo: Path,
    edits: Sequence[Edit],
    *,
    file: Path | None = None,
    change: TagChange = TagChange((CAT,)),  # noqa: B008
) -> tuple[Draft, bytes]:
    """What is noted of edits to a photo (or another file of it), and the new bytes."""
    file = file or photo
    old = file.read_bytes()
    status = file.stat()
    new = splice.apply(old, edits)
    target = "embedded" if file == photo else "sidecar"
    times = (status.st_atime_ns, status.st_mtime_ns)
    noted = Draft(
        run, photo, file, target, splice.digest([old]), splice.digest([new]), times,
        splice.inverse(old, edits), change,
    )  # fmt: skip
    return noted, new


def write(
    journal: Journal, run: str, photo: Path, edits: Sequence[Edit], *,
    file: Path | None = None, tags: Sequence[Tag] = (CAT,),
) -> Entry:  # fmt: skip
    """Change a file of a photo, keeping the way back."""
    noted, new = draft(run, photo, edits, file=file, change=TagChange(tuple(tags)))
    status = noted.file.stat()
    with journal.writing(noted) as number:
        commit.replace(noted.file, new, status, keep_times=noted.target == "embedded")
    return entry(journal, number)


def make(
    journal: Journal, run: str, photo: Path, file: Path, content: bytes,
    tags: Sequence[Tag] = (CAT,),
) -> Entry:  # fmt: skip
    """Make a sidecar, keeping the way back."""
    noted = Draft(
        run, photo, file, "sidecar", None, splice.digest([content]), None, (),
        TagChange(tuple(tags)),
    )  # fmt: skip
    with journal.writing(noted) as number:
        commit.create(file, content, photo.stat())
    return entry(journal, number)


def entry(journal: Journal, number: int) -> Entry:
    """An entry that must be there."""
    found = journal.entry(number)
    assert found is not None
    return found
