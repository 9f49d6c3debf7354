"""What has threads ends with them: it is not left for a search for garbage to find."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import ModelError
from app.core.settings import TagSettings
from app.services.tagging import Tagger
from app.workers.pictures import PictureLoader
from app.workers.preparing import Preparer
from app.workers.reader import Reader
from app.workers.thumbnails import ThumbnailLoader


def _preparer(home: Path) -> Preparer:
    def make_tagger(settings: TagSettings) -> Tagger:
        raise ModelError(settings.model, "is not wanted")

    preparer = Preparer(make_tagger, lambda error: None)
    preparer.prepare(TagSettings())
    return preparer


@pytest.mark.parametrize(
    "make",
    [
        Reader,
        lambda home: PictureLoader(),
        lambda home: ThumbnailLoader(home / "thumbnails.db", home),
        _preparer,
    ],
    ids=["reader", "pictures", "thumbnails", "preparer"],
)
def test_what_is_closed_ends_at_once(
    make: Callable[[Path], Any], tmp_path: Path, qtbot: QtBot
) -> None:
    assert not gc.isenabled()
    worker = make(tmp_path)
    alive = weakref.ref(worker)
    worker.close()
    del worker
    assert alive() is None
