"""What the subcommands need that write into photos."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.core.folders import Folders
from app.library.library import Library
from app.library.lock import run_lock
from app.metadata.storage.journal import DATABASE as JOURNAL
from app.metadata.storage.journal import Journal
from app.metadata.storage.recovery import recover
from app.services.saving import Run


@contextmanager
def writing(
    folders: Folders, what: str, settings: str, model: str = ""
) -> Iterator[tuple[Library, Journal, Run]]:
    """All that a command needs that writes into photos: one such command at a time.

    What a command before it left undone when it was killed is cleaned up first.

    Args:
        what: the command, for the history.
        settings: as JSON.
        model: key of the network, if there is one.

    Raises:
        LibraryError: another command is writing, or the library cannot be opened.
    """
    with (
        run_lock(folders.data),
        Library(folders.data) as library,
        Journal(folders.data / JOURNAL) as journal,
    ):
        recover(journal)
        key = journal.start_run(what, settings)
        yield library, journal, Run(library.start_run(model, settings, key), key)
