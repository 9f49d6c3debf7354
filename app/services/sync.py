"""What other programs did to the tags of a photo since this program saw it last.

A photo's own records (see `app.metadata.provenance`) say which tags are ours, and so does the
library. A tag of ours that is gone was taken out by somebody, which is an answer: it counts as
rejected. A tag that is there and not ours is the user's own: it counts as confirmed.
"""

from __future__ import annotations

from app.core.tag import Tag, fold
from app.library.library import Library, PhotoId
from app.metadata.fields import DC_SUBJECT
from app.metadata.reader import FileTags


def take_over(
    found: FileTags, photo_id: PhotoId, library: Library, run_id: int, *, same_picture: bool
) -> frozenset[Tag]:
    """Bring the library up to the tags that a photo has.

    Args:
        found: what the photo and its sidecars hold.
        same_picture: whether it is the picture that the library knew; if not, what it lacks is
            no opinion about tags.

    Returns:
        Tags of ours that are there only as parents of others now, and not to be written again.
    """
    ours = library.written(photo_id)
    recorded = {record.tag: record.origin for record in found.records}
    held = [tag for tag in (*ours, *(t for t in recorded if t not in ours)) if _holds(found, tag)]
    with library.transaction():
        _take_in(found, photo_id, library, run_id)
        if not found.problems or not same_picture:  # what cannot be read may still be there
            _take_out(found, photo_id, library, same_picture=same_picture)
    return frozenset(tag for tag in held if not _plain(found, tag))


def _take_in(found: FileTags, photo_id: PhotoId, library: Library, run_id: int) -> None:
    """Learn what is ours from the photo's records, and what is the user's own."""
    ours = library.written(photo_id)
    recorded = {record.tag: record.origin for record in found.records}
    for tag in recorded:
        if tag not in ours and _holds(found, tag):
            target = "embedded" if fold(tag.name) in _folded(found.dc_subject) else "sidecar"
            library.save_written(photo_id, [tag], target, run_id)
    confirmed = library.decided(photo_id, "confirmed")
    rejected = library.decided(photo_id, "rejected")
    # One that was rejected and had gone has been put back. One that is still ours has not gone
    # yet: its rejection waits to be written.
    answered = [
        tag
        for tag, origin in recorded.items()
        if (tag not in ours if tag in rejected else origin.confirmed and tag not in confirmed)
        and _holds(found, tag)
    ]
    # The photo says so itself: it was answered before, here or on another computer.
    library.decide(photo_id, answered, "confirmed", answered=False)
    own = [t for t in found.tags if t not in ours and t not in recorded and t not in confirmed]
    library.decide(photo_id, own, "confirmed", found_in_file=True)


def _take_out(found: FileTags, photo_id: PhotoId, library: Library, *, same_picture: bool) -> None:
    ours = library.written(photo_id)
    gone = [tag for tag in ours if not _holds(found, tag)]
    # A sidecar that was lost or left behind is no opinion about tags.
    rejected = [t for t in gone if same_picture and (ours[t] == "embedded" or found.sidecars)]
    # What the photo itself says is about the photo, whatever the library knows.
    decided = library.decided(photo_id, "rejected") | library.decided(photo_id, "confirmed")
    rejected += [
        record.tag
        for record in found.records
        if (record.tag not in ours or not same_picture)
        and record.tag not in decided
        and not _holds(found, record.tag)
    ]
    own = library.decided(photo_id, "confirmed", found_in_file=True)
    lost = [tag for tag in own if tag not in found.tags and not _holds(found, tag)]
    library.forget_decisions(photo_id, lost)
    photo = library.by_id(photo_id)
    lost_sidecar = photo is not None and bool(photo.beside) and not found.sidecars
    if same_picture and not lost_sidecar:
        levels = {level for tag in found.tags for level in tag.key}
        lost = [tag for tag in lost if tag.key[-1] not in levels]  # it has found a place
        rejected += lost
    library.decide(photo_id, rejected, "rejected")
    library.forget_written(photo_id, gone)


def _holds(found: FileTags, tag: Tag) -> bool:
    """Whether a photo still has a tag of ours.

    Each is written as a plain keyword too, the only ones that some programs edit, so
    the plain keyword decides; but a tag that became the parent of a finer one has only moved.
    """
    if _plain(found, tag):
        return True
    depth = len(tag.key)
    return any(len(t.key) > depth and t.key[:depth] == tag.key for t in found.tags)


def _plain(found: FileTags, tag: Tag) -> bool:
    """Whether a tag's own name is among the plain keywords of a photo or its sidecars."""
    beside = dict(found.sidecar).get(DC_SUBJECT.key, ())
    return fold(tag.name) in _folded((*found.dc_subject, *beside))


def _folded(names: tuple[str, ...]) -> set[str]:
    return {fold(name) for name in names}
