"""A library with kept answers of a network, and the program's rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.core.folders import Folders
from app.core.settings import TagSettings
from app.library.library import Analysis, Library
from app.services.rules_preview import network_in_use
from app.ui.context import Context
from app.workers.reader import Reader
from tests.ui.idle import IdleSession

SETTINGS = TagSettings(model="efficientnet-lite0", crops=1)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


@pytest.fixture
def context(folders: Folders) -> Iterator[Context]:
    """Twenty photos that may show a beaver (20 %), and one that surely does."""
    network = network_in_use(folders, SETTINGS)
    beaver = [label.name for label in network.labels].index("beaver")
    with Library(folders.data) as library:
        run = library.start_run(network.key, "{}")
        for number in range(21):
            photo = library.save_photo(
                Path(f"/p/{number}.jpg"), size=1, mtime_ns=1, content_hash=bytes([number])
            )
            scores = np.zeros(len(network.labels), np.float32)
            scores[beaver] = 0.2 if number else 0.9
            analysis = Analysis(np.ones(4, np.float32), scores, 1)
            library.save_analysis(photo, network.key, analysis, run)
    reader = Reader(folders.data)
    yield Context(IdleSession(), reader, folders)
    reader.close()
