"""digiKam: scans its one album at the start; its library is SQLite.

It is started twice. With settings that name a library and an empty file in its place it makes the
tables and no album (without settings an assistant would want to be clicked through); then the
album is entered, and the second start scans it.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.interop.programs.base import Levels, Shown, rows, until
from tests.interop.programs.screen import Screen, screen

COMMANDS = ("digikam", "Xvfb", "dbus-run-session")

_SETTINGS = """\
[Album Settings]
Show Splash=false
[Database Settings]
Database Type=QSQLITE
Database Name={folder}/
Database Name Thumbnails={folder}/
Database Name Face={folder}/
Database Name Similarity={folder}/
Internal Database Server=false
[General Settings]
Version={version}
[Metadata Settings]
Use XMP Sidecar For Reading=true
"""
#: Tags that digiKam keeps for itself.
_INTERNAL = "_Digikam_Internal_Tags_"


def read(folder: Path, work: Path) -> Shown:
    """The tags in digiKam's tree that are assigned to each photo."""
    database = work / "library" / "digikam4.db"
    with screen(work) as display:
        pictures = display.home / "Pictures"
        shutil.copytree(folder, pictures)
        database.parent.mkdir()
        database.touch()
        settings = display.home / ".config" / "digikamrc"
        settings.parent.mkdir()
        text = _SETTINGS.format(folder=database.parent, version="7.0.0")
        settings.write_text(text, encoding="utf-8")

        _run(display, lambda: _has(database, "DBVersion"), 60)
        settings.write_text(text, encoding="utf-8")
        _enter_album(database, pictures)
        # It notes the time when a scan of everything has ended.
        _run(display, lambda: _has(database, "Scanned"), 90)
        return _library(database)


def _run(display: Screen, done: Callable[[], bool], seconds: float) -> None:
    """Run digiKam until it has done something."""
    window = display.start("digikam")

    def look() -> bool:
        display.check(window)
        return done()

    try:
        until(look, seconds, "digiKam")
    finally:
        display.stop(window)


def _has(database: Path, setting: str) -> bool:
    return bool(rows(database, f"SELECT 1 FROM Settings WHERE keyword = '{setting}'"))


def _enter_album(database: Path, pictures: Path) -> None:
    """Enter a folder as its settings do: status 0 is available, type 1 a fixed disk."""
    with closing(sqlite3.connect(database)) as library, library:
        library.execute(
            "INSERT INTO AlbumRoots (label, status, type, identifier, specificPath)"
            " VALUES ('Pictures', 0, 1, ?, '/')",
            (f"volumeid:?path={pictures}",),
        )


def _library(database: Path) -> Shown:
    tree = {
        number: (parent, str(name))
        for number, parent, name in rows(database, "SELECT id, pid, name FROM Tags")
    }

    def levels(number: object) -> Levels:
        if number not in tree:
            return ()
        parent, name = tree[number]
        return (*levels(parent), name)

    # Status 1 is a visible photo.
    shown: Shown = {
        str(name): [] for (name,) in rows(database, "SELECT name FROM Images WHERE status = 1")
    }
    for name, tag in rows(
        database, "SELECT i.name, x.tagid FROM ImageTags x JOIN Images i ON i.id = x.imageid"
    ):
        path = levels(tag)
        if path[0] != _INTERNAL:
            shown[str(name)].append(path)
    return {name: sorted(paths) for name, paths in shown.items()}
