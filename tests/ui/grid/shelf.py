"""A real library with real files, and what the parts of the grid need to show it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.core.folders import Folders
from app.core.photo import PhotoId
from app.library.library import Library
from app.ui.context import Context
from app.ui.grid.model import PhotoModel
from app.ui.grid.pictures import Pictures
from app.workers.reader import Reader
from app.workers.thumbnails import ThumbnailLoader
from tests.ui.idle import IdleSession


@dataclass
class Shelf:
    """A library that is open for looking at."""

    context: Context
    loader: ThumbnailLoader
    pictures: Pictures
    model: PhotoModel
    ids: list[PhotoId]

    @property
    def library(self) -> Path:
        return self.context.folders.data


def fill(folder: Path, paths: list[Path]) -> list[PhotoId]:
    """A library of some files."""
    with Library(folder) as library, library.transaction():
        return [
            library.save_photo(
                path, size=1, mtime_ns=1, content_hash=str(path).encode(), pixels=(400, 300)
            )
            for path in paths
        ]


@contextmanager
def shelf(base: Path, paths: list[Path]) -> Iterator[Shelf]:
    """A library of some files below a folder, with reader, loader and model."""
    folders = Folders(base / "data", base / "cache", base / "config")
    ids = fill(folders.data, paths)
    context = Context(IdleSession(), Reader(folders.data), folders)
    loader = ThumbnailLoader(folders.thumbnails, folders.data)
    pictures = Pictures(loader)
    model = PhotoModel(context, pictures)
    model.set_ids(ids)
    try:
        yield Shelf(context, loader, pictures, model, ids)
    finally:
        context.reader.close()
        loader.close()
