"""`tagwright revert`: take back what was written."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.cli.exit_codes import INTERRUPTED, OK, SOME_FAILED
from app.cli.text import count, printable
from app.core.errors import LibraryError
from app.core.folders import Folders
from app.library.library import Library
from app.library.lock import run_lock
from app.metadata.storage.journal import DATABASE, Journal
from app.metadata.storage.recovery import recover
from app.services.history import Reverted, Selection, revert


def run_revert(options: argparse.Namespace, folders: Folders) -> int:
    """Take back a run, what was done to some photos, or everything.

    Returns:
        The exit code: 1 when some photos could not be reverted.

    Raises:
        UsageError: there is no such run.
    """
    seen: list[Reverted] = []
    stopped = False
    with run_lock(folders.data), Journal(folders.data / DATABASE) as journal:
        run = journal.find_run(options.run) if options.run is not None else None
        recover(journal)
        if options.all and not _may(options, journal):
            print("Nothing has been reverted.", file=sys.stderr)
            return OK
        selection = Selection(run, tuple(options.photo or ()))
        with _library(folders) as library:
            try:
                for reverted in revert(journal, library, selection, dry_run=options.dry_run):
                    seen.append(reverted)
                    _print(reverted, options)
            except KeyboardInterrupt:
                stopped = True
    print(_summary(seen, options.dry_run, stopped), file=sys.stderr)
    if stopped:
        return INTERRUPTED
    return SOME_FAILED if any(reverted.error for reverted in seen) else OK


def _may(options: argparse.Namespace, journal: Journal) -> bool:
    """Whether everything is really meant; asked only where somebody can answer."""
    if options.yes or options.dry_run or not sys.stdin.isatty():
        return True
    photos = count(journal.count_written(), "photo")
    print(f"Revert {photos}? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


@contextmanager
def _library(folders: Folders) -> Iterator[Library | None]:
    """The library, if it can be used: photos can be given back without it."""
    try:
        library = Library(folders.data)
    except LibraryError as error:
        print(f"tagwright: going on without the library: {printable(error)}", file=sys.stderr)
        yield None
        return
    with library:
        yield library


def _print(reverted: Reverted, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(as_dict(reverted)), flush=True)
        return
    file = sys.stderr if reverted.error else sys.stdout
    line = f"{printable(reverted.path)}: {_words(reverted, options.dry_run)}"
    print(line, file=file, flush=True)


def _words(reverted: Reverted, dry_run: bool) -> str:
    if reverted.error:
        return f"failed: {printable(reverted.error)}"
    if reverted.exact is None:
        return printable(reverted.note)
    would = "would be " if dry_run else ""
    if reverted.exact:
        text = f"{would}byte-identical again"
    else:
        text = f"our tags {would or 'were '}taken out, others' changes kept"
    return text + (f" ({printable(reverted.note)})" if reverted.note else "")


def as_dict(reverted: Reverted) -> dict[str, Any]:
    """What `--json` prints for a photo."""
    status = {None: "unchanged", True: "identical", False: "tags_taken_out"}[reverted.exact]
    line: dict[str, Any] = {
        "path": str(reverted.path),
        "status": "failed" if reverted.error else status,
    }
    if reverted.note:
        line["note"] = reverted.note
    if reverted.error:
        line["error"] = reverted.error
    return line


def _summary(seen: list[Reverted], dry_run: bool, stopped: bool) -> str:
    groups = [
        (sum(r.exact is True and not r.error for r in seen), "byte-identical again"),
        (sum(r.exact is False and not r.error for r in seen), "with our tags taken out"),
        (sum(r.exact is None and not r.error for r in seen), "with nothing to revert"),
        (sum(bool(r.error) for r in seen), "failed"),
    ]
    parts = [f"{number:,} {what}" for number, what in groups if number]
    text = f"{count(len(seen), 'photo')}: {', '.join(parts)}." if seen else "Nothing to revert."
    if stopped:
        return f"Stopped: {text} The same command goes on from here."
    return f"Nothing was changed. It would be {text}" if dry_run and seen else text
