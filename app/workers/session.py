"""The engine behind the window: photos in, tags out, and word of every change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from app.core.change import Edit
from app.core.photo import PhotoId
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.library.library import Library


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the looking at photos has come, since there was last nothing to do.

    Attributes:
        done: photos that are finished, failed ones included.
        total: done, and still to be done.
        failed: of the done ones, those that failed.
        rate: photos a second over the last seconds; 0 where that cannot be said yet.
        seconds_left: None where that cannot be said yet.
        finding: whether folders are still being looked through, so that the total grows.
    """

    done: int = 0
    total: int = 0
    failed: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    state: Literal["idle", "running", "paused"] = "idle"
    finding: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong with one file or folder.

    Attributes:
        photo: None where the library does not know the file.
        can_retry: whether `Session.retry` could help.
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
        what: whether it was done now, or taken back.
        photos: how many have changed.
        problems: photos that could not be changed.
        notes: what could not be done as it was asked for.
    """

    action: int | None
    label: str
    what: Literal["done", "undone"]
    photos: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class Session(QObject):
    """All that the window can do to photos. Every method returns at once."""

    #: list[PhotoId]: photos that are there now and were not before.
    added = Signal(object)
    #: list[PhotoId]: photos of which the card (`Library.cards`) is another one now.
    changed = Signal(object)
    #: list[PhotoId]: photos that are there no longer.
    removed = Signal(object)
    #: list[PhotoId]: photos that the network is working on at the moment.
    working = Signal(object)
    #: The tags that there are, or their counts, have changed.
    tags_changed = Signal()
    #: Progress
    progressed = Signal(object)
    #: Problem
    failed = Signal(object)
    #: Acted
    acted = Signal(object)
    #: str: something stopped the engine, such as a full disk under the library.
    stopped = Signal(str)

    def add(self, paths: Iterable[Path]) -> None:
        """Look through folders and files and at the photos that are new; watch them from now on."""
        raise NotImplementedError

    def look_again(self, photos: Iterable[PhotoId]) -> None:
        """Look at photos once more, also those that failed or were cancelled."""
        raise NotImplementedError

    def look_first(self, photos: Sequence[PhotoId]) -> None:
        """Look at these before the others: they are on the screen."""
        raise NotImplementedError

    def pause(self) -> None:
        """Begin no further photo until `resume`."""
        raise NotImplementedError

    def resume(self) -> None:
        """Go on."""
        raise NotImplementedError

    def cancel(self) -> None:
        """Drop what waits; those photos keep waiting until somebody asks for them."""
        raise NotImplementedError

    def act(
        self,
        edits: Sequence[tuple[PhotoId, Edit]],
        label: str,
        renames: Sequence[tuple[Tag, Tag]] = (),
    ) -> None:
        """Carry out what the user decided, as one thing that can be undone.

        Args:
            edits: what becomes of each photo.
            label: what it is, for the menu: "Accept Animal/Cat".
            renames: old and new tags; whoever suggests the old one means the new one from now on,
                and open suggestions change their name. What is in photos is the edits' business.
        """
        raise NotImplementedError

    def remember(self, job: Callable[[Library], None]) -> None:
        """Change something in the library that is no photo's tag, on the thread that writes.

        For saved searches, synonyms and the like; cannot be undone. `tags_changed` follows.
        """
        raise NotImplementedError

    def undo(self, action: int) -> None:
        """Take an action back, byte for byte where nobody else has changed the file since."""
        raise NotImplementedError

    def redo(self, action: int) -> None:
        """Carry an undone action out again."""
        raise NotImplementedError

    def use(self, settings: TagSettings) -> None:
        """Go on under other settings."""
        raise NotImplementedError

    def close(self) -> None:
        """Finish the photo in hand, write what was decided, and end all threads. Waits for it."""
        raise NotImplementedError
