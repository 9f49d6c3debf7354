"""Every place in which a photo keeps its tags, and what is known about each tag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import ReadError
from app.core.tag import Tag
from app.library.library import Library
from app.metadata import sidecar
from app.metadata.fields import BY_KEY
from app.metadata.programs import Program, SidecarKind, Stored, shown_by
from app.metadata.provenance import Record
from app.metadata.reader import FileTags, read_tags
from app.metadata.sidecar import Sidecar


@dataclass(frozen=True)
class Stores:
    """Every place in which a photo keeps tags.

    Attributes:
        found: the photo as `read_tags` gives it.
        embedded: what its fields hold.
        sidecars: its sidecars, by how they are named.
    """

    found: FileTags
    embedded: Stored
    sidecars: Mapping[SidecarKind, Sidecar]

    @property
    def beside(self) -> dict[SidecarKind, Stored]:
        """What the fields of the sidecars hold."""
        return {kind: each.contents.items for kind, each in self.sidecars.items()}

    @property
    def records(self) -> tuple[Record, ...]:
        """What the photo says of the tags that this program has put into it."""
        return self.found.records

    def shown_by(self, program: Program) -> tuple[str, ...]:
        """What a program shows for the photo as it is."""
        return shown_by(program, self.embedded, self.beside, self.found.path.suffix)


def stores(path: Path) -> Stores:
    """Read every place in which a photo keeps tags.

    Raises:
        ReadError: it is gone or cannot be read.
    """
    found = read_tags(path)
    real = path.resolve()
    own = sidecar.path_for(real).resolve()
    try:
        beside: dict[SidecarKind, Sidecar] = {
            "ext" if each.path == own else "stem": each for each in sidecar.find(real)
        }
    except OSError as error:
        raise ReadError(path, (error.strerror or str(error)).lower()) from error
    embedded = {key: values for key in BY_KEY if (values := getattr(found, key))}
    return Stores(found, embedded, beside)


@dataclass(frozen=True, slots=True)
class TagState:
    """A tag of a photo: whether it is confirmed or only suggested, and how certainly (0 to 1)."""

    tag: Tag
    confirmed: bool
    score: float | None = None


def tag_states(
    path: Path, before: Stores, library: Library | None, min_score: float | None
) -> tuple[TagState, ...]:
    """The tags of a photo: its own, then the library's confirmed ones, then suggestions.

    A tag that is in one of the others as a parent is left out.

    Args:
        path: of the photo, as the library knows it.
        before: what it holds.
        library: what is known about it, if anything is.
        min_score: suggestions at least this certain count; None for no suggestions.
    """
    said = {record.tag: record.origin for record in before.records}
    states = [
        TagState(tag, said[tag].confirmed, said[tag].score)
        if tag in said
        else TagState(tag, confirmed=True)
        for tag in before.found.tags
    ]
    photo = library.by_path(path) if library is not None else None
    if library is not None and photo is not None:
        confirmed = library.decided(photo.id, "confirmed")
        rejected = library.decided(photo.id, "rejected")
        scores = {each.tag: each.score for each in library.suggestions(photo.id)}
        # What this program wrote by itself and nobody confirmed is still a suggestion.
        ours = library.written(photo.id).keys() - confirmed
        for number, state in enumerate(states):
            if state.tag in confirmed:
                states[number] = TagState(state.tag, True)
            elif state.tag in ours and state.tag not in said:
                states[number] = TagState(state.tag, False, scores.get(state.tag))
        states += [TagState(tag, True) for tag in sorted(confirmed)]
        if min_score is not None:
            states += [
                TagState(tag, False, score)
                for tag, score in scores.items()
                if score >= min_score and tag not in rejected
            ]
    kept: list[TagState] = []
    for state in states:
        key = state.tag.key
        if not any(other.tag.key[: len(key)] == key for other in kept):
            kept.append(state)
    return tuple(kept)
