"""A library of real photos with tags and suggestions, and what the window gives its parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.folders import Folders
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.ui.context import Context
from app.workers.reader import Reader
from tests.conftest import SAMPLES
from tests.ui.idle import IdleSession

CONFIRMED = Tag.parse("Animal/Cat")
SURE = Tag.parse("Food/Drink/Coffee")
UNSURE = Tag.parse("Vehicle/Motorcycle")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


@pytest.fixture
def ids(photos: Path, folders: Folders) -> dict[str, int]:
    """The photos' ids by their names; the cat is confirmed, the others are suggested."""
    found = {}
    with Library(folders.data) as library:
        run = library.start_run("test", "{}")
        for name in SAMPLES:
            path = photos / f"{Path(name).stem}.jpg"
            status = path.stat()
            found[path.stem] = library.register(path, status.st_size, status.st_mtime_ns)
        library.decide(found["chelsea"], [CONFIRMED], "confirmed")
        for name, tag, score in (("coffee", SURE, 0.9), ("motorcycle_left", UNSURE, 0.3)):
            suggestion = Suggestion(tag, score, "network")
            library.save_suggestions(found[name], "test", [suggestion], run)
    return found


@pytest.fixture
def context(folders: Folders, ids: dict[str, int], qapp: object) -> Iterator[Context]:
    reader = Reader(folders.data)
    yield Context(IdleSession(), reader, folders)
    reader.close()
