"""`tagwright history`: what was written, by which run, and whether it has been reverted."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from app.cli.exit_codes import OK
from app.cli.text import count, printable
from app.core.folders import Folders
from app.metadata.storage.entries import Entry, Run
from app.metadata.storage.journal import DATABASE, Journal


def run_history(options: argparse.Namespace, folders: Folders) -> int:
    """List the runs, or what happened to one photo, newest first.

    Returns:
        The exit code.
    """
    path = folders.data / DATABASE
    lines: list[tuple[str, dict[str, Any]]] = []
    if path.exists():
        with Journal(path) as journal:
            lines = list(_photo(journal, options.photo) if options.photo else _runs(journal))
    for text, as_dict in lines:
        print(json.dumps(as_dict) if options.json else text)
    if not lines and not options.json:
        print("Nothing has been written " + ("into it." if options.photo else "yet."))
    return OK


def _runs(journal: Journal) -> Iterator[tuple[str, dict[str, Any]]]:
    for run in journal.runs():
        parts = [run.id, _local(run.started), f"{run.what:<6}", _did(run), _left(run)]
        settings = json.loads(run.settings)
        yield "  ".join(filter(None, parts)), {**asdict(run), "settings": settings}


def _did(run: Run) -> str:
    if not run.photos:
        return "nothing written"
    tags = [f"{count(run.added, 'tag')} added"] if run.added else []
    tags += [f"{count(run.removed, 'tag')} taken out"] if run.removed else []
    return ", ".join([count(run.photos, "photo"), *tags])


def _left(run: Run) -> str:
    if not run.undone:
        return ""
    if run.undone == run.photos:
        return "reverted"
    return f"reverted in {run.undone:,} of them"


def _photo(journal: Journal, photo: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in journal.entries(Path(os.path.realpath(photo))):
        added = [f"+{tag}" for tag in entry.change.add]
        removed = [f"-{tag}" for tag in entry.change.remove]
        parts = [
            entry.run,
            _local(entry.at),
            printable(entry.file.name),
            printable(", ".join([*added, *removed])),
            "reverted" if entry.state == "undone" else "",
        ]
        yield "  ".join(filter(None, parts)), _as_dict(entry)


def _as_dict(entry: Entry) -> dict[str, Any]:
    return {
        "run": entry.run,
        "at": entry.at,
        "photo": str(entry.photo),
        "file": str(entry.file),
        "target": entry.target,
        "added": [str(tag) for tag in entry.change.add],
        "removed": [str(tag) for tag in entry.change.remove],
        "reverted": entry.state == "undone",
        "reverts": entry.undoes is not None,
    }


def _local(moment: str) -> str:
    """A moment of the journal (UTC) in the user's own time."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M:%S}"
