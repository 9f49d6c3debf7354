"""A process that is killed while it carries out what the user did, and the start after that."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.core.folders import Folders
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from app.services.setup import tagger
from app.workers.events import Handle
from app.workers.session import Acted, Session

MINE = Tag.parse("Pets/Chelsea")
SETTINGS = TagSettings(model="efficientnet-lite0", crops=1, write_suggestions="accepted")

_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from tests.workers.test_kill import MINE, SETTINGS, home
from app.core.change import Edit
from app.services.setup import tagger
from app.workers.session import Session

application = QCoreApplication([])
folders = home(Path(sys.argv[1]))
session = Session(folders, lambda settings: tagger(folders, settings), SETTINGS)
session.start()
session.pause()
found = []

def add(photos):
    found.extend(photos)
    if len(found) == int(sys.argv[3]):
        session.act([(photo, Edit(add=(MINE,))) for photo in found], "Add")

session.added.connect(add)
session.add([Path(sys.argv[2])])
application.exec()
"""


def home(base: Path) -> Folders:
    return Folders(base / "data", base / "cache", base / "config")


def is_tagged(path: Path) -> bool:
    return MINE in read_tags(path).tags


@pytest.mark.skipif(sys.platform == "win32", reason="there, nobody sends such a signal")
def test_an_action_that_was_killed_goes_on_at_the_next_start_and_can_be_undone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for n in range(150):
        Image.new("RGB", (64, 64), (n, 90, 90)).save(photos / f"{n:03}.jpg")
    before = {path: path.read_bytes() for path in photos.iterdir()}
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "home"), str(photos), "150"],
        cwd=Path(__file__).parents[2],
    )
    end = time.monotonic() + 60
    while time.monotonic() < end and not is_tagged(photos / "004.jpg"):
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    tagged = sum(is_tagged(path) for path in before)
    assert 5 <= tagged < 150

    folders = home(tmp_path / "home")
    session = Session(folders, lambda settings: tagger(folders, settings), SETTINGS)
    try:
        session.pause()
        session.start()

        def left() -> int:
            with Library(folders.data) as library:
                return len(library.unfinished())

        qtbot.waitUntil(lambda: not left(), timeout=60_000)
        assert all(map(is_tagged, before))
        with Library(folders.data) as library:
            (action,) = library.actions()
        acted: list[Acted] = []
        session.acted.connect(acted.append)
        session.undo(Handle(action.id))
        qtbot.waitUntil(lambda: bool(acted), timeout=60_000)
        assert not acted[0].problems
    finally:
        session.close()
    assert {path: path.read_bytes() for path in photos.iterdir()} == before
