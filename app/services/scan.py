"""Finding photos in folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.core.errors import ReadError
from app.vision.formats import PHOTO_SUFFIXES


def find_photos(paths: Iterable[Path]) -> Iterator[Path | ReadError]:
    """Every photo under some folders, and the files that are named themselves.

    Folders come in the order of their names, without hidden ones. A photo that is reachable in
    several ways (named twice, through links) comes once, by its real path. A file that is named
    itself comes whatever its name is; in folders, the suffix tells what is a photo.

    Yields:
        Absolute paths, or an error for what cannot be read. Nothing is raised.
    """
    seen: set[str] = set()
    for path in paths:
        try:
            real = path.expanduser().resolve(strict=True)
        except OSError as error:
            yield ReadError(path, error.strerror or str(error))
            continue
        except RuntimeError:  # Python 3.11 and 3.12, for links that go in a circle
            yield ReadError(path, "is a link that leads back to itself")
            continue
        if real.is_dir():
            yield from _walk(str(real), seen)
        elif str(real) not in seen:
            seen.add(str(real))
            yield real


def _walk(folder: str, seen: set[str]) -> Iterator[Path | ReadError]:
    """Depth first with a stack of its own: folders may be nested deeper than Python's."""
    pending = [folder]
    while pending:
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
                    folders.append(path)
                elif entry.is_file() and _is_photo(entry.name) and path not in seen:
                    seen.add(path)
                    yield Path(path)
            except OSError as error:
                yield ReadError(entry.path, error.strerror or str(error))
        pending.extend(reversed(folders))


def _is_photo(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in PHOTO_SUFFIXES


def count_photos(paths: Iterable[Path]) -> Iterator[int]:
    """The number of photos found so far, now and then, and in the end the whole number."""
    count = 0
    for count, _ in enumerate(find_photos(paths), 1):
        if count % 1000 == 0:
            yield count
    yield count
