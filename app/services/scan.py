"""Finding photos in folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import ReadError
from app.core.formats import is_photo

#: Folders that are one document to their program, which does not expect its files to change:
#: Apple's Photos, iPhoto and Aperture, Lightroom's previews, Capture One's catalogues.
PROGRAM_PACKAGES = frozenset(
    (
        ".photoslibrary", ".photolibrary", ".migratedphotolibrary", ".aplibrary",
        ".migratedaplibrary", ".lrdata", ".lrlibrary", ".cocatalog", ".cosessiondb",
    )
)  # fmt: skip
#: Folders in which systems and programs keep small copies of photos, or deleted ones.
PROGRAM_FOLDERS = frozenset(("@eaDir", "$RECYCLE.BIN", "CaptureOne", "lost+found"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo that was found.

    Attributes:
        path: absolute and real.
        entry: from which its size and time can be asked; None where it is elsewhere than the
            folder that was read (a link), or was named itself.
    """

    path: Path
    entry: os.DirEntry[str] | None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that was looked through, or a file that was named itself.

    Attributes:
        path: the folder, real; that of the file for one that was named itself.
        photos: those that did not come before, in the order of their names.
        names: of everything in it, hidden things too; None where it could not be read as a whole.
        errors: what could not be read.
        is_root: whether it was named itself.
    """

    path: Path
    photos: tuple[Seen, ...] = ()
    names: frozenset[str] | None = None
    errors: tuple[ReadError, ...] = ()
    is_root: bool = False


def find_photos(
    paths: Iterable[Path], stopped: Callable[[], bool] = lambda: False
) -> Iterator[Path | ReadError]:
    """Every photo under some folders, and the files that are named themselves.

    Folders come in the order of their names, without hidden ones. A photo that is reachable in
    several ways (named twice, through links) comes once, by its real path. A file that is named
    itself comes whatever its name is; in folders, the suffix tells what is a photo. The insides of
    other programs' libraries are left alone.

    Args:
        paths: folders and files.
        stopped: is asked at every folder whether to end at once.

    Yields:
        Absolute paths, or an error for what cannot be read. Nothing is raised.
    """
    for folder in look_through(paths, stopped):
        for photo in folder.photos:
            yield photo.path
        yield from folder.errors


def look_through(
    paths: Iterable[Path], stopped: Callable[[], bool] = lambda: False, *, deep: bool = True
) -> Iterator[Folder]:
    """The same as `find_photos`, folder by folder and with what else is in each.

    Args:
        deep: also what is in folders inside of them.
    """
    seen: set[str] = set()
    for path in paths:
        try:
            real = path.resolve(strict=True)
        except OSError as error:
            yield Folder(path, errors=(_error(path, error),), is_root=True)
            continue
        except RuntimeError:  # Python 3.11 and 3.12, for links that go in a circle
            circle = ReadError(path, "is a link that leads back to itself")
            yield Folder(path, errors=(circle,), is_root=True)
            continue
        if real.is_dir():
            yield from _walk(str(real), seen, stopped, deep)
        elif str(real) not in seen:
            seen.add(str(real))
            yield Folder(real.parent, (Seen(real, None),), is_root=True)


def _walk(root: str, seen: set[str], stopped: Callable[[], bool], deep: bool) -> Iterator[Folder]:
    """Depth first with a stack of its own: folders may be nested deeper than Python's."""
    pending = [root]
    while pending and not stopped():
        folder = pending.pop()
        if folder in seen:
            continue
        seen.add(folder)
        is_root = folder == root
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Folder(Path(folder), errors=(_error(folder, error),), is_root=is_root)
            continue
        folders: list[str] = []
        photos: list[Seen] = []
        errors: list[ReadError] = []
        for entry in found:
            if entry.name.startswith("."):  # hidden
                continue
            try:
                linked = entry.is_symlink()
                path = os.path.realpath(entry.path) if linked else entry.path
                if entry.is_dir():
                    if is_searched(entry.name):
                        folders.append(path)
                elif is_photo(Path(entry.name)) and entry.is_file() and path not in seen:
                    seen.add(path)
                    photos.append(Seen(Path(path), None if linked else entry))
            except OSError as error:
                errors.append(_error(entry.path, error))
        names = frozenset(entry.name for entry in found)
        yield Folder(Path(folder), tuple(photos), names, tuple(errors), is_root)
        pending.extend(reversed(folders) if deep else ())


def _error(path: Path | str, error: OSError) -> ReadError:
    return ReadError(path, error.strerror or str(error))


def is_searched(name: str) -> bool:
    """Whether a folder with this name is looked through: not hidden, and no other program's."""
    return not (
        name.startswith(".")
        or name in PROGRAM_FOLDERS
        or os.path.splitext(name)[1].lower() in PROGRAM_PACKAGES
    )


def count_photos(paths: Iterable[Path], stopped: Callable[[], bool]) -> int:
    """How many photos there are."""
    return sum(1 for _ in find_photos(paths, stopped))
