"""Lent photos, each twice: as it is, and tagged; nothing that a program showed may be lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from app.core.tag import Tag
from tests.benchmarks.machine import lent_data

TAG = ("Tagged", "Here", "Now")
BEFORE, AFTER = "before ", "after "
#: Small and many kinds, so that the programs need seconds only.
MAX_SIZE = 3 << 20
MAX_PHOTOS = 12
_SUFFIXES = (".jpg", ".jpeg")


def build(folder: Path, tag: Callable[[Path, list[Tag]], object]) -> None:
    """Copy lent photos into a folder twice, tagging the second; nothing where there are none."""
    for path in photos():
        shutil.copyfile(path, folder / f"{BEFORE}{path.name}")
        copy = folder / f"{AFTER}{path.name}"
        # A comment behind the end: a file of its own for programs that import each only once,
        # also where the tags go to a sidecar.
        shutil.copyfile(path, copy)
        tag(copy, [Tag(TAG)])


def photos() -> list[Path]:
    """Some lent JPEGs with earlier metadata."""
    found: list[Path] = []
    for name in ("metadata", "camera"):
        root = lent_data(name)
        if root.is_dir():
            found += [
                path
                for path in sorted(root.iterdir())
                if path.suffix.lower() in _SUFFIXES and path.stat().st_size < MAX_SIZE
            ]
    return found[:MAX_PHOTOS]
