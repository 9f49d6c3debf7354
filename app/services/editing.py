"""What somebody decides about the tags of photos: accept, reject, add, take out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import xxhash

from app.core.change import Edit, Origin, TagChange
from app.core.errors import FileError, LibraryError, ReadError
from app.core.tag import Tag
from app.library.library import Library, PhotoId
from app.metadata.reader import FileTags, read_tags
from app.metadata.writer import WriteReport
from app.services.saving import Saver
from app.services.sync import take_over


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of one photo.

    Attributes:
        report: what was written, where anything was to be.
        confirmed: the tags that count as the user's word now: added and accepted ones.
        removed: the tags that are not to be there: taken out and rejected ones.
        notes: what could not be done as it was asked for.
        error: why the photo failed, if so.
    """

    path: Path
    report: WriteReport | None = None
    confirmed: tuple[Tag, ...] = ()
    removed: tuple[Tag, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None


def edit_photos(
    paths: Iterable[Path], edit: Edit, saver: Saver, *, write: bool
) -> Iterator[Edited]:
    """Carry out a decision on photos, one after the other.

    Args:
        paths: the photos.
        write: whether it goes into the files too, or is only remembered.

    Raises:
        LibraryError: the library cannot be written.
    """
    for path in paths:
        try:
            yield _edit(path, edit, saver, write=write)
        except LibraryError:
            raise
        except FileError as error:
            yield Edited(path, error=error.reason)


def _edit(path: Path, edit: Edit, saver: Saver, *, write: bool) -> Edited:
    library = saver.library
    found = read_tags(path)
    with library.transaction():
        photo_id = _known(path, found, saver)
        suggested = {s.tag: s for s in library.suggestions(photo_id)}
        ours = library.written(photo_id)
        known = (*suggested, *ours, *library.decided(photo_id, "confirmed"))
        # An answer needs a question: in a folder, only some photos have the suggestion.
        accepted = [tag for tag in edit.accept if tag in known]
        notes = [f"{tag} is not suggested for it" for tag in edit.accept if tag not in known]
        accepted += suggested if edit.accept_all else ()
        confirmed = tuple(dict.fromkeys((*edit.add, *accepted)))
        removed = tuple(tag for tag in (*edit.remove, *edit.reject) if tag not in confirmed)
        # One that is only to be spelt in another way goes from the file in the old one.
        spelt = {tag: tag.path for tag in confirmed}
        respelt = tuple(t for t in edit.remove if t in spelt and t.path != spelt[t])
        library.decide(photo_id, confirmed, "confirmed")
        rejected = [tag for tag in removed if tag in edit.reject or tag in suggested]
        library.forget_decisions(photo_id, [tag for tag in removed if tag not in rejected])
        library.decide(photo_id, rejected, "rejected")
        library.drop_suggestions(photo_id, rejected)
        # It is decided, and not in the photo: should this end here, the next run writes it.
        applied = library.ask_again(photo_id)
    if not write:
        # A later run writes what is added and takes out what is ours, nothing else.
        notes += [
            f"{tag} stays in the photo, since nothing is to be written"
            for tag in removed
            if tag in found.tags and not (tag in ours and tag in rejected)
        ]
        return Edited(path, None, confirmed, removed, tuple(notes))
    origins = {
        tag: Origin(True, round(suggested[tag].score, 3), suggested[tag].source)
        if tag in suggested and tag not in edit.add
        else Origin(confirmed=True)
        for tag in confirmed
    }
    change = TagChange(confirmed, (*removed, *respelt))
    report = saver.save(path, photo_id, change, origins, found.state)
    library.save_sidecars(photo_id, report.beside, applied)
    return Edited(path, report, confirmed, removed, (*notes, *report.notes))


def _known(path: Path, found: FileTags, saver: Saver) -> PhotoId:
    """The photo's id in the library, which is brought up to what the photo holds."""
    library: Library = saver.library
    photo = library.by_path(path)
    state = found.state
    if photo is not None and (photo.size, photo.mtime_ns) == (state.size, state.mtime_ns):
        if photo.beside != found.beside:
            take_over(found, photo.id, library, saver.run.id, same_picture=True)
        return photo.id
    try:
        content_hash = xxhash.xxh3_128_digest(path.read_bytes())
    except OSError as error:
        raise ReadError(path, error.strerror or str(error)) from error
    twins = library.by_content(content_hash) if photo is None else []
    moved = next((twin for twin in twins if not os.path.lexists(twin.path)), None)
    photo_id = library.save_photo(
        path,
        size=state.size,
        mtime_ns=state.mtime_ns,
        content_hash=content_hash,
        photo_id=moved.id if moved else None,
    )
    if twins and not moved:
        library.copy_history(twins[0].id, photo_id)
    # Without a look nobody knows whether it is still the picture that it was; what the photo's
    # own records say is about this one in any case.
    same_picture = photo is None or photo.content_hash == content_hash
    if not same_picture:
        library.forget_analyses(photo_id)
    take_over(found, photo_id, library, saver.run.id, same_picture=same_picture)
    return photo_id
