"""A library to search, and the parts of the window that search it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.folders import Folders
from app.library.library import Library
from app.ui.context import Context
from app.ui.search.field import SearchField
from app.ui.search.saved import SavedSearches
from app.workers.reader import Reader
from tests.benchmarks.synthetic import make_library
from tests.ui.idle import IdleSession


class WritingSession(IdleSession):
    """The one job of the engine that the search has: it is done at once, on a real library."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def remember(self, job: Callable[[Library], None]) -> None:
        with Library(self._folder) as library:
            job(library)
        self.tags_changed.emit()


@pytest.fixture
def context(tmp_path: Path, qtbot: QtBot) -> Iterator[Context]:
    folder = tmp_path / "data"
    make_library(folder, 300, 40)
    with Library(folder) as library:
        library.add_root(Path("/home/anna/Pictures"))
    reader = Reader(folder)
    yield Context(WritingSession(folder), reader, Folders(folder, tmp_path, tmp_path))
    reader.close()


@pytest.fixture
def saved(context: Context) -> SavedSearches:
    return SavedSearches(context)


@pytest.fixture
def field(context: Context, saved: SavedSearches, qtbot: QtBot) -> SearchField:
    """The field, shown, and knowing what there is in the library."""
    field = SearchField(context, saved)
    qtbot.addWidget(field)
    field.resize(500, 300)
    with qtbot.waitExposed(field):
        field.show()
    field.activateWindow()
    field.line.setFocus()
    qtbot.waitUntil(lambda: bool(field._known.tags))
    return field
