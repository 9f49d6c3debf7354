"""What several subcommands need: the networks, the rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.folders import Folders
from app.core.paths import data_path
from app.core.rules import RuleSet
from app.library.library import Library
from app.library.lock import run_lock
from app.metadata.storage.journal import DATABASE as JOURNAL
from app.metadata.storage.journal import Journal
from app.metadata.storage.recovery import recover
from app.services.rules_file import load_rules
from app.services.saving import Run
from app.vision.catalogue import Catalogue


def catalogue(folders: Folders) -> Catalogue:
    """The user's networks and those that come with the program."""
    return Catalogue([folders.own_models, data_path("models")])


def rules_path(folders: Folders, named: Path | None = None) -> Path:
    """The rules file in use: the one named, else the user's own, else the program's."""
    if named is not None:
        return named
    return folders.own_rules if folders.own_rules.exists() else data_path("rules.yml")


def rules(folders: Folders, named: Path | None = None) -> RuleSet:
    """The rules in use.

    Raises:
        RulesError: they cannot be read or break the format.
    """
    return load_rules(rules_path(folders, named), folders.cache)


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
