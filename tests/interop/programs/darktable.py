"""darktable: imports the folder through darktable-cli; its tags are in two databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.interop.programs.base import Shown, output

COMMANDS = ("darktable-cli",)


def read(folder: Path, work: Path) -> Shown:
    """The tags of the photos that it imported, without those it gives by itself."""
    settings, out = work / "config", work / "exported"
    out.mkdir()
    output(
        ["darktable-cli", folder, out, "--width", "32", "--height", "32",
         "--core", "--configdir", settings, "--cachedir", work / "cache",
         "--library", work / "library.db", "--disable-opencl"],
        seconds=120,
    )  # fmt: skip
    shown: Shown = {}
    with closing(sqlite3.connect(work / "library.db")) as library:
        library.execute("ATTACH ? AS own", (str(settings / "data.db"),))
        for (name,) in library.execute("SELECT filename FROM images"):
            shown[name] = []
        for name, tag in library.execute(
            "SELECT i.filename, t.name FROM tagged_images x"
            " JOIN images i ON i.id = x.imgid JOIN own.tags t ON t.id = x.tagid"
            " WHERE t.name NOT LIKE 'darktable|%' ORDER BY t.name"
        ):
            shown[name].append(tuple(tag.split("|")))
    return shown
