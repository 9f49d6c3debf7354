"""A photo as it is shown: what is known about it, in one small immutable value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from app.core.change import Edit
from app.core.tag import Suggestion, Tag

#: Stands for a photo across threads; never a row, never an index.
PhotoId = int


class State(IntEnum):
    """How far a photo has come. The numbers are kept in the library."""

    WAITING = 0  #: no network has looked at it yet
    FAILED = 1
    SUGGESTED = 2  #: suggestions are open
    CONFIRMED = 3  #: it has tags, and no suggestion is open
    UNTAGGED = 4  #: it was looked at, and has neither
    WORKING = 5  #: being looked at this moment; never in the library


@dataclass(frozen=True, slots=True)
class Card:
    """A photo as the grid and the inspector show it.

    Attributes:
        confirmed: the user's tags, set here or found in the photo, in the order of the alphabet.
        suggested: open suggestions (neither confirmed nor rejected), best first.
        written: of all tags, those that this program has put into the photo or its sidecar.
        taken: when the photo was taken, by the camera's clock.
        camera: maker and model, as the camera names itself.
        rating: 0 to 5 stars, -1 for rejected, None where there is none.
        size: width and height in pixels, upright.
        error: why it could not be read, looked at or written, if so.
    """

    id: PhotoId
    path: Path
    state: State
    confirmed: tuple[Tag, ...] = ()
    suggested: tuple[Suggestion, ...] = ()
    written: frozenset[Tag] = frozenset()
    taken: datetime | None = None
    camera: str = ""
    rating: int | None = None
    size: tuple[int, int] | None = None
    error: str | None = None

    @property
    def certainty(self) -> float | None:
        """The score of the surest open suggestion, 0 to 1."""
        return max((each.score for each in self.suggested), default=None)

    def after(self, edit: Edit) -> Card:
        """What the photo will be once an edit is carried out: shown before it is on the disk."""
        suggested = {each.tag for each in self.suggested}
        accepted = [tag for tag in edit.accept if tag in suggested or tag in self.written]
        accepted += suggested if edit.accept_all else ()
        gone = {*edit.remove, *edit.reject} - {*edit.add, *accepted}
        confirmed = _united((*self.confirmed, *edit.add, *accepted), gone)
        open_still = tuple(
            each for each in self.suggested if each.tag not in gone and each.tag not in confirmed
        )
        state = self.state
        if state not in (State.WAITING, State.WORKING, State.FAILED):
            state = State.CONFIRMED if confirmed else State.UNTAGGED
            state = State.SUGGESTED if open_still else state
        return replace(self, state=state, confirmed=confirmed, suggested=open_still)


def _united(tags: Iterable[Tag], gone: set[Tag]) -> tuple[Tag, ...]:
    return tuple(sorted(tag for tag in dict.fromkeys(tags) if tag not in gone))
