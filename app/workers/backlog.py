"""The photos that are still to be looked at, in an order that follows the screen."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from app.core.photo import PhotoId


class Backlog:
    """A queue of photos that can be paused, reordered and emptied from any thread."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[PhotoId, Path] = OrderedDict()
        self._taken: dict[Path, PhotoId] = {}
        self._again: set[PhotoId] = set()
        self._paused = False
        self._changed = threading.Condition()

    def add(self, photos: Iterable[tuple[PhotoId, Path]]) -> int:
        """Put photos at the end; those that wait already stay where they are.

        Returns:
            How many wait now that did not before.
        """
        with self._changed:
            before = len(self._waiting) + len(self._again)
            for photo, path in photos:
                if path in self._taken:
                    self._again.add(photo)
                else:
                    self._waiting.setdefault(photo, path)
            self._changed.notify_all()
            return len(self._waiting) + len(self._again) - before

    def first(self, photos: Sequence[PhotoId]) -> None:
        """Move those of these photos that wait to the front, in this order."""
        with self._changed:
            for photo in reversed(photos):
                if photo in self._waiting:
                    self._waiting.move_to_end(photo, last=False)

    def take(self, ended: Callable[[], bool]) -> Path | None:
        """Take the first photo, waiting until there is one; None once `ended` says so."""
        with self._changed:
            self._changed.wait_for(lambda: ended() or (self._waiting and not self._paused))
            if ended():
                return None
            photo, path = self._waiting.popitem(last=False)
            self._taken[path] = photo
            return path

    def wake(self) -> None:
        """Let those that wait ask again whether they are to end."""
        with self._changed:
            self._changed.notify_all()

    def finish(self, path: Path) -> PhotoId | None:
        """A photo that was taken is done.

        Returns:
            The id that it was taken under. If it was added again meanwhile, it waits once more.
        """
        with self._changed:
            photo = self._taken.pop(path, None)
            if photo is not None and photo in self._again:
                self._again.discard(photo)
                self._waiting[photo] = path
                self._changed.notify_all()
            return photo

    def put_back(self) -> None:
        """What was taken and is not done waits again, before all others."""
        with self._changed:
            for path, photo in reversed(self._taken.items()):
                self._waiting[photo] = path
                self._waiting.move_to_end(photo, last=False)
            self._taken.clear()
            self._again.clear()
            self._changed.notify_all()

    def clear(self) -> list[PhotoId]:
        """Drop what waits; what was taken goes on. Returns what was dropped."""
        with self._changed:
            dropped = list(self._waiting)
            self._waiting.clear()
            self._again.clear()
            return dropped

    def pause(self, paused: bool) -> None:
        """Let nobody take any more, or go on."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def taken(self) -> list[PhotoId]:
        """The photos that are being looked at."""
        with self._changed:
            return list(self._taken.values())

    def __len__(self) -> int:
        """How many wait or are being looked at; each once."""
        with self._changed:
            return len(self._waiting) + len(self._taken)

    def waits(self, photo: PhotoId) -> bool:
        """Whether a photo is still to be looked at, or once more."""
        with self._changed:
            return photo in self._waiting or photo in self._again


class Feed:
    """Takes photos from a backlog until it is ended; waits where there are none.

    Args:
        backlog: where they come from.
    """

    def __init__(self, backlog: Backlog) -> None:
        self._backlog = backlog
        self._ended = False

    def __iter__(self) -> Iterator[Path]:
        while (path := self._backlog.take(lambda: self._ended)) is not None:
            yield path

    def end(self) -> None:
        """Take nothing any more."""
        self._ended = True
        self._backlog.wake()
