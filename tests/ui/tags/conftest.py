"""A window's context over a real library with real photos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.folders import Folders
from app.ui.context import Context
from app.workers.reader import Reader
from tests.ui.tags.engine import DirectSession


@pytest.fixture
def session(tmp_path: Path) -> Iterator[DirectSession]:
    folders = Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    opened = DirectSession(folders)
    yield opened
    opened.close()


@pytest.fixture
def context(session: DirectSession, tmp_path: Path) -> Iterator[Context]:
    folders = Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    reader = Reader(folders.data)
    yield Context(session, reader, folders)
    reader.close()
