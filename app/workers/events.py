"""What a session says: what went wrong, and what has become of what the user did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.core.photo import PhotoId

What = Literal["done", "undone", "redone"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong with one file or folder.

    Attributes:
        photo: None where the library does not know the file.
        can_retry: whether `Session.look_again` could help.
    """

    path: Path
    reason: str
    photo: PhotoId | None = None
    can_retry: bool = True


@dataclass(frozen=True, slots=True)
class Acted:
    """The user's action has been carried out, undone or done again, in the files and the library.

    Attributes:
        action: its id, or None where nothing has changed.
        what: whether it was done now, taken back, or done again.
        photos: how many have changed.
        problems: photos that could not be changed.
        notes: what could not be done as it was asked for.
        error: what has ended it before its end, or kept it from beginning.
        given_up: whether the user has stopped it; what was not done is forgotten.
    """

    action: int | None
    label: str
    what: What
    photos: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""
    given_up: bool = False


@dataclass(slots=True)
class Handle:
    """Names an action of which the id is known only when it has been carried out."""

    action: int | None = None
