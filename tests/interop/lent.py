"""Lent photos, each twice: as it is, and tagged; nothing that a program showed may be lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from app.core.tag import Tag
from tests.benchmarks.machine import lent_data

TAG = ("Tagged", "Here", "Now")
BEFORE, AFTER = "before ", "after "
#: Small and many kinds, so that the programs need seconds only.
MAX_SIZE = 3 << 20
MAX_PHOTOS = 8
_SUFFIXES = (".jpg", ".jpeg")


def build(folder: Path, tag: Callable[[Path, list[Tag]], object]) -> None:
    """Copy lent photos into a folder twice, tagging the second; nothing where there are none."""
    for path in photos():
        # With a byte behind the end, so that it is a file of its own also where the tags of the
        # other go to a sidecar: some programs import each only once.
        (folder / f"{BEFORE}{path.name}").write_bytes(path.read_bytes() + b"\0")
        copy = folder / f"{AFTER}{path.name}"
        shutil.copyfile(path, copy)
        tag(copy, [Tag(TAG)])


def photos() -> list[Path]:
    """Some lent JPEGs with earlier metadata; none that programs rightly refuse as broken."""
    found: list[Path] = []
    for name in ("metadata", "camera"):
        root = lent_data(name)
        if root.is_dir():
            found += [
                path
                for path in sorted(root.iterdir())
                if path.suffix.lower() in _SUFFIXES
                and path.stat().st_size < MAX_SIZE
                and is_whole(path)
            ]
    return sorted(found, key=lambda path: path.stat().st_size)[:MAX_PHOTOS]


def is_whole(path: Path) -> bool:
    """Whether the picture can be decoded to its end."""
    try:
        with Image.open(path) as image:
            image.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True
