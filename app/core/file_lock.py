"""One process at a time, by a lock on a file."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: Seconds between two tries.
_OFTEN = 0.05


@contextmanager
def locked(path: Path, *, patience: float = 0.0) -> Iterator[None]:
    """Hold a lock. The system lets go of it when the process ends, however it ends.

    Args:
        path: of a file that is made for it and stays; its folder is made as well.
        patience: seconds to wait for somebody else.

    Raises:
        BlockingIOError: somebody else holds it.
        OSError: the file cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + patience
        while not _lock(descriptor):
            if time.monotonic() >= until:
                raise BlockingIOError(f"{path} is held by somebody else")
            time.sleep(_OFTEN)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
