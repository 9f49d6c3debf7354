"""Folders for what is needed only while something is done, which not even a kill leaves behind.

A process that ends takes its folder away; one that is killed cannot. Who is at work in a folder
holds a lock in it, which the system releases however the process ends: what nobody holds is what
somebody has left, and the next one to make such a folder removes it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.core.file_lock import locked

#: How the folders begin.
PREFIX: Final = ".tagwright-work-"
_LOCK: Final = "held.lock"
#: Seconds after which who has made a folder certainly holds it.
_YOUNG: Final = 10.0


@contextmanager
def work_folder(inside: Path | None = None) -> Iterator[Path]:
    """An empty folder, which is removed at the end; and with it those that others have left.

    Args:
        inside: where it is to be, which must exist; None for the system's place for such.

    Raises:
        OSError: it cannot be made.
    """
    parent = Path(tempfile.gettempdir()) if inside is None else inside
    _remove_left(parent)
    outer = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    try:
        with locked(outer / _LOCK):
            folder = outer / "files"
            folder.mkdir()
            yield folder
    finally:
        # After the lock: Windows removes no file that is open.
        shutil.rmtree(outer, ignore_errors=True)


def _remove_left(parent: Path) -> None:
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if _is_ours(folder) and _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder of this user: others share the system's place."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()


def _is_left(folder: Path) -> bool:
    if time.time() - folder.stat().st_mtime < _YOUNG:
        return False
    try:
        with locked(folder / _LOCK):
            return True
    except BlockingIOError:
        return False
