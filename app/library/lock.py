"""One tagging run at a time on a library."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import LibraryError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold the library in `folder` for one run of tagging.

    Two runs over the same photos would take each other's writing for changes by another
    program. The system lets go of the lock when the process ends, however it ends.

    Raises:
        LibraryError: another process holds it, or the folder cannot be written.
    """
    path = folder / "run.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = f"the library cannot be opened: {error.strerror or error}"
        raise LibraryError(folder, reason) from error
    try:
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            reason = "another Tagwright has it open; close its window, or wait until it is done"
            raise LibraryError(folder, reason) from error
        yield
    finally:
        os.close(descriptor)
