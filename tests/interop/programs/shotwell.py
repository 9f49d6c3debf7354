"""Shotwell: imports its Pictures folder by itself; its library is SQLite."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.interop.programs.base import Levels, Shown, photos_in, rows, settled
from tests.interop.programs.screen import screen

#: What it does not import, at least before version 0.32.
IGNORED = (".webp",)
COMMANDS = ("shotwell", "Xvfb", "dbus-run-session")

#: GSettings' keyfile backend keeps what `gsettings set` would in this file.
_SETTINGS = """\
[org/yorba/shotwell/preferences/files]
auto-import=true
[org/yorba/shotwell/preferences/ui]
show-welcome-dialog=false
"""


def read(folder: Path, work: Path) -> Shown:
    """The tags in Shotwell's tree; it gives a photo every parent of its tags as well."""
    wanted = {photo.name for photo in photos_in(folder) if photo.suffix.lower() not in IGNORED}
    with screen(work) as display:
        keyfile = display.home / ".config" / "glib-2.0" / "settings" / "keyfile"
        keyfile.parent.mkdir(parents=True)
        keyfile.write_text(_SETTINGS, encoding="utf-8")
        shutil.copytree(folder, display.home / "Pictures")
        window = display.start("shotwell", "--datadir", work / "data")

        def look() -> Shown:
            display.check(window)
            return _library(work / "data" / "data" / "photo.db")

        try:
            return settled(look, wanted, 90)
        finally:
            display.stop(window)


def _library(database: Path) -> Shown:
    names = {
        number: Path(str(file)).name
        for number, file in _rows(database, "SELECT id, filename FROM PhotoTable")
    }
    tags: dict[str, set[Levels]] = {name: set() for name in names.values()}
    for tag, members in _rows(database, "SELECT name, photo_id_list FROM TagTable"):
        # 'thumb' and the id as 16 hexadecimal digits; a name at the top may lack its slash.
        for member in filter(None, str(members or "").split(",")):
            number = int(member.removeprefix("thumb"), 16) if member.startswith("thumb") else None
            if number in names:
                tags[names[number]].add(tuple(str(tag).removeprefix("/").split("/")))
    return {name: sorted(paths) for name, paths in tags.items()}


def _rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of its library, in which Shotwell ends with an error when it meets a lock."""
    return rows(database, query, lock=False)
