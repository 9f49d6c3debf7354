"""Finding photos in folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
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
    seen: set[str] = set()
    for path in paths:
        try:
            real = path.resolve(strict=True)
        except OSError as error:
            yield ReadError(path, error.strerror or str(error))
            continue
        except RuntimeError:  # Python 3.11 and 3.12, for links that go in a circle
            yield ReadError(path, "is a link that leads back to itself")
            continue
        if real.is_dir():
            yield from _walk(str(real), seen, stopped)
        elif str(real) not in seen:
            seen.add(str(real))
            yield real


def _walk(folder: str, seen: set[str], stopped: Callable[[], bool]) -> Iterator[Path | ReadError]:
    """Depth first with a stack of its own: folders may be nested deeper than Python's."""
    pending = [folder]
    while pending and not stopped():
        folder = pending.pop()
        if folder in seen:
            continue
        seen.add(folder)
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield ReadError(folder, error.strerror or str(error))
            continue
        folders: list[str] = []
        for entry in found:
            if entry.name.startswith("."):
                continue
            try:
                path = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
                if entry.is_dir():
                    if not _belongs_to_a_program(entry.name):
                        folders.append(path)
                elif entry.is_file() and is_photo(Path(entry.name)) and path not in seen:
                    seen.add(path)
                    yield Path(path)
            except OSError as error:
                yield ReadError(entry.path, error.strerror or str(error))
        pending.extend(reversed(folders))


def _belongs_to_a_program(name: str) -> bool:
    return name in PROGRAM_FOLDERS or os.path.splitext(name)[1].lower() in PROGRAM_PACKAGES


def count_photos(paths: Iterable[Path], stopped: Callable[[], bool]) -> int:
    """How many photos there are."""
    return sum(1 for _ in find_photos(paths, stopped))
