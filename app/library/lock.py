"""One tagging run at a time on a library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.core.errors import LibraryError
from app.core.file_lock import locked


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold the library in `folder` for one run of tagging.

    Two runs over the same photos would take each other's writing for changes by another
    program. The system lets go of the lock when the process ends, however it ends.

    Raises:
        LibraryError: another process holds it, or the folder cannot be written.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder / "run.lock"))
        except BlockingIOError as error:
            reason = "another Tagwright has it open; close its window, or wait until it is done"
            raise LibraryError(folder, reason) from error
        except OSError as error:
            reason = f"the library cannot be opened: {error.strerror or error}"
            raise LibraryError(folder, reason) from error
        yield
