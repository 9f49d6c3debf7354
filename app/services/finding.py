"""What has changed in folders since the library last saw them. Nothing is written here."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.core.errors import ReadError
from app.core.photo import PhotoId
from app.library.library import Library
from app.library.photos import Known
from app.metadata import sidecar
from app.services.scan import Folder, Seen, look_through

#: So many known photos are noted at a time.
_AT_ONCE = 500
#: A file that is there: its path, its size in bytes, and its time.
Sighting = tuple[Path, int, int]


@dataclass(slots=True)
class Found:
    """What is to be said of one folder.

    Attributes:
        folder: which.
        new: photos that the library does not know.
        changed: photos whose file or sidecar is another than it was.
        back: photos that were gone and are there again, changed or not.
        stale: photos that are as they were, but were never finished, or under other settings.
        gone: photos of which there is no file any more.
        errors: what could not be read.
        unchanged: how many photos there is nothing to be done about.
    """

    folder: Path
    new: list[Sighting] = field(default_factory=list)
    changed: list[Sighting] = field(default_factory=list)
    back: list[Sighting] = field(default_factory=list)
    stale: list[Sighting] = field(default_factory=list)
    gone: list[PhotoId] = field(default_factory=list)
    errors: list[ReadError] = field(default_factory=list)
    unchanged: int = 0

    @property
    def to_look_at(self) -> list[Sighting]:
        """All that there is something to be done about."""
        return [*self.new, *self.changed, *self.back, *self.stale]


def find_changes(
    library: Library,
    paths: Iterable[Path],
    fingerprint: str,
    stopped: Callable[[], bool] = lambda: False,
    *,
    deep: bool = True,
) -> Iterator[Found]:
    """Compare folders, and files that are named themselves, with what the library knows of them.

    Photos count as gone only where it can be seen that they are: not where a folder cannot be
    read, and not where one that the user has added (`Library.roots`) is missing or empty, because
    then its disk may not be there.

    Args:
        library: is only read, between two folders.
        paths: folders and files.
        fingerprint: of the settings in use, see `Tagger.fingerprint`.
        stopped: is asked at every folder whether to end at once.
        deep: also look into folders inside of these. Without, what has vanished is found all the
            same: this is for folders of which somebody has said that something in them changed.

    Yields:
        One for each folder that was read, and for each known one that has vanished. Nothing is
        raised for what is on the disk.
    """
    wanted = list(paths)
    search = _Search(library, fingerprint, wanted)
    for folder in look_through(wanted, stopped, deep=deep):
        if stopped():
            return
        yield from search.compare(folder)
    if not stopped():
        yield from search.vanished(wanted)


def find_outdated(
    library: Library, fingerprint: str, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Found]:
    """The photos that the library knows under other settings, as when the network is another now.

    Folders are not looked through for it. Photos whose disk is not there are left as they are.

    Args:
        library: is only read.
        fingerprint: of the settings in use; without one there is nothing to be done.
        stopped: is asked at every photo whether to end at once.

    Yields:
        Some of them at a time.
    """
    outdated = library.outdated(fingerprint) if fingerprint else []
    for start in range(0, len(outdated), _AT_ONCE):
        found = Found(Path())
        for _, path in outdated[start : start + _AT_ONCE]:
            if stopped():
                return
            try:
                status = path.stat()
            except OSError:
                continue
            found.stale.append((path, status.st_size, status.st_mtime_ns))
        yield found


class _Search:
    def __init__(self, library: Library, fingerprint: str, paths: Iterable[Path]) -> None:
        self._library = library
        self._fingerprint = fingerprint
        self._roots = {Path(os.path.realpath(root)) for root in library.roots()}
        for path in paths:
            base = Path(os.path.realpath(path))
            if not any(each in self._roots for each in (base, *base.parents)):
                self._roots.add(base)
        self._read: set[Path] = set()
        self._present: dict[Path, bool] = {}

    def compare(self, folder: Folder) -> Iterator[Found]:
        """What has changed in a folder, and of files elsewhere that it has links to."""
        found = Found(folder.path, errors=list(folder.errors))
        known: dict[str, Known] = {}
        if folder.names is not None:
            self._read.add(folder.path)
            known = self._library.in_folder(folder.path)
        sidecars = {name.lower() for name in folder.names or () if name.lower().endswith(".xmp")}
        for photo in folder.photos:
            if photo.entry is not None:
                self._sort(photo, known.get(photo.path.name), found, sidecars)
        if folder.names is not None:
            found.gone = self._missing(folder.path, known, folder.names)
            if not folder.names and self._doubtful(folder.path):
                reason = "is empty, but there were photos in it: is its disk connected?"
                found.errors.append(ReadError(folder.path, reason))
        yield found
        for photo in folder.photos:
            if photo.entry is None:
                elsewhere = Found(photo.path.parent)
                of_folder = self._library.in_folder(photo.path.parent)
                self._sort(photo, of_folder.get(photo.path.name), elsewhere, None)
                yield elsewhere

    def _sort(
        self, photo: Seen, known: Known | None, found: Found, sidecars: set[str] | None
    ) -> None:
        try:
            status = photo.entry.stat() if photo.entry is not None else photo.path.stat()
        except OSError as error:
            found.errors.append(ReadError(photo.path, error.strerror or str(error)))
            return
        sighting = (photo.path, status.st_size, status.st_mtime_ns)
        if known is None:
            found.new.append(sighting)
        elif known.gone:
            found.back.append(sighting)
        elif (known.size, known.mtime_ns) != sighting[1:] or (
            known.beside is not None and known.beside != _beside(photo.path, sidecars)
        ):
            found.changed.append(sighting)
        elif known.applied != self._fingerprint and not known.queued:
            found.stale.append(sighting)
        else:
            found.unchanged += 1

    def _missing(
        self, folder: Path, known: dict[str, Known], names: frozenset[str] = frozenset()
    ) -> list[PhotoId]:
        """The photos that are there no longer, in a folder with these names in it."""
        missing = [
            (name, photo) for name, photo in known.items() if name not in names and not photo.gone
        ]
        if not missing or not self._is_there(self._root_of(folder)):
            return []
        return [photo.id for name, photo in missing if _is_gone(folder / name)]

    def _doubtful(self, folder: Path) -> bool:
        """Whether an empty folder may be the place of a disk that is not there."""
        return folder in self._roots and bool(self._library.known_folders(folder))

    def vanished(self, paths: Iterable[Path]) -> Iterator[Found]:
        """The known folders that there are no longer, and named files that there are not."""
        for path in paths:
            base = Path(os.path.realpath(path))
            for folder in self._library.known_folders(base):
                if folder not in self._read and _is_gone(folder, folder=True):
                    gone = self._missing(folder, self._library.in_folder(folder))
                    if gone:
                        yield Found(folder, gone=gone)
            known = self._library.in_folder(base.parent).get(base.name)
            if known is not None and not known.gone and base.parent not in self._read:
                gone = [known.id] if _is_gone(base) and self._is_there(base.parent) else []
                if gone:
                    yield Found(base.parent, gone=gone)

    def _root_of(self, folder: Path) -> Path:
        """The innermost of the added folders that holds one: if it is missing, a disk may be."""
        return next((each for each in (folder, *folder.parents) if each in self._roots), folder)

    def _is_there(self, folder: Path) -> bool:
        """Whether a folder can be read and has something in it."""
        if folder not in self._present:
            try:
                with os.scandir(folder) as entries:
                    self._present[folder] = any(True for _ in entries)
            except OSError:
                self._present[folder] = False
        return self._present[folder]


def _beside(photo: Path, sidecars: set[str] | None) -> str:
    """The same as `sidecar.signature`, which most photos are spared by a look at the names.

    Args:
        sidecars: what in the photo's folder has the name of one, in lower case, if it was read.
    """
    if sidecars is not None:
        names = (f"{photo.name}.xmp".lower(), f"{photo.stem}.xmp".lower())
        if not any(name in sidecars for name in names):
            return ""
    return sidecar.signature(photo)


def _is_gone(path: Path, *, folder: bool = False) -> bool:
    """Whether it is sure that there is nothing at a path: a disk that does not answer is not."""
    try:
        status = path.stat() if folder else path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return folder and not stat.S_ISDIR(status.st_mode)
