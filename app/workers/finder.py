"""Looks through folders on a thread of its own and notes what is new, changed or gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.core.errors import LibraryError, ReadError
from app.core.photo import PhotoId
from app.library.library import Library
from app.services.finding import Found, find_changes, find_outdated
from app.workers.channel import Channel
from app.workers.thread import Thread


@dataclass(frozen=True, slots=True)
class Noted:
    """What has been noted in the library about one folder.

    Attributes:
        added: photos that are there now and were not before.
        queued: photos that are to be looked at, with their paths.
        gone: photos that are there no longer.
        errors: files and folders that cannot be read.
        renewed: whether those that are queued were looked at before, by another network perhaps.
    """

    added: list[PhotoId] = field(default_factory=list)
    queued: list[tuple[PhotoId, Path]] = field(default_factory=list)
    gone: list[PhotoId] = field(default_factory=list)
    errors: list[ReadError] = field(default_factory=list)
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class _Search:
    paths: tuple[Path, ...]
    is_new: bool = False
    deep: bool = True
    outdated: bool = False


class Finder:
    """Looks through folders, one search after the other.

    Args:
        library_folder: the thread opens the library there for itself.
        fingerprint: of the settings that photos should be tagged under.
        noted: is called on the thread with what was noted, and with None when nothing waits.
        failed: is called on the thread with what stopped it, or a search.
    """

    def __init__(
        self,
        library_folder: Path,
        fingerprint: Callable[[], str],
        noted: Callable[[Noted | None], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._library_folder = library_folder
        self._fingerprint = fingerprint
        self._noted = noted
        self._searches: Channel[_Search] = Channel(1, 1 << 30)
        self._waiting = 0
        self._counting = threading.Lock()
        self._failed = failed
        self._thread = Thread("finder", self._work, failed)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def find(self, paths: Sequence[Path], *, is_new: bool = False, deep: bool = True) -> None:
        """Look through folders and files.

        Args:
            is_new: the user has added them, so they are remembered as roots.
            deep: also look into the folders inside of them.
        """
        self._put(_Search(tuple(paths), is_new, deep))

    def find_outdated(self) -> None:
        """Find all known photos that were looked at under other settings."""
        self._put(_Search((), outdated=True))

    def _put(self, search: _Search) -> None:
        with self._counting:
            self._waiting += 1
        self._searches.put(search)

    def close(self) -> None:
        """Stop soon."""
        self._searches.cancel()

    def wait(self) -> None:
        """Wait for the end."""
        self._thread.wait()

    def _work(self) -> None:
        try:
            self._search_all()
        finally:
            self._noted(None)

    def _search_all(self) -> None:
        with Library(self._library_folder) as library:
            # First what was left undone, so that nothing comes twice.
            known = (library.by_id(photo_id) for photo_id in library.queued())
            left = [(photo.id, photo.path) for photo in known if photo is not None]
            seen = library.looked_at(photo_id for photo_id, _ in left)
            # New photos go first.
            self._noted(Noted(queued=[each for each in left if each[0] not in seen]))
            if seen:
                self._noted(Noted(queued=[e for e in left if e[0] in seen], renewed=True))
            for search in self._searches:
                try:
                    self._search(search, library)
                except LibraryError as error:  # a full disk: the next search may do better
                    self._failed(error)
                with self._counting:
                    self._waiting -= 1
                    if not self._waiting:
                        self._noted(None)

    def _search(self, search: _Search, library: Library) -> None:
        if search.is_new:
            for path in search.paths:
                library.add_root(path.absolute())
        if search.outdated:
            for found in find_outdated(library, self._fingerprint(), self._searches.is_cancelled):
                self._noted(self._note(found, library, renewed=True))
            return
        for found in find_changes(
            library,
            search.paths,
            self._fingerprint(),
            self._searches.is_cancelled,
            deep=search.deep,
        ):
            self._noted(self._note(found, library))

    def _note(self, found: Found, library: Library, *, renewed: bool = False) -> Noted:
        noted = Noted(gone=list(found.gone), errors=list(found.errors), renewed=renewed)
        with library.transaction():
            for path, size, mtime_ns in found.to_look_at:
                photo_id = library.register(path, size, mtime_ns)
                noted.queued.append((photo_id, path))
            library.mark_gone(noted.gone)
        new = {path for path, *_ in (*found.new, *found.back)}
        noted.added.extend(photo_id for photo_id, path in noted.queued if path in new)
        return noted
