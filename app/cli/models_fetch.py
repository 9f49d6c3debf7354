"""`tagwright models fetch`: make a known network usable."""

from __future__ import annotations

import argparse
import json
import sys

from app.cli.exit_codes import OK
from app.cli.text import printable
from app.core.folders import Folders
from app.services.calibrating import photos_in, photos_of
from app.services.fetching import Fetching, Step
from app.services.networks import downloads
from app.services.setup import catalogue

_WORDS = {
    "build": "building the network",
    "convert": "converting it, which takes minutes for large ones",
    "try": "trying it",
}


def run_fetch(options: argparse.Namespace, folders: Folders) -> int:
    """Fetch, build, convert and register a network.

    Returns:
        The exit code.
    """
    photos = []
    if options.precision == "int8":
        photos = photos_in(options.photos) if options.photos else photos_of(folders.data)
    fetching = Fetching(
        catalogue(folders).get(options.model),
        folders.own_models,
        downloads(folders),
        options.weights,
        options.precision,
        photos,
    )
    last = None
    for step in fetching:
        if options.json:
            line = {"step": step.doing, "done": step.done, "total": step.total}
            print(json.dumps(line), flush=True)
        elif step.doing != last or sys.stderr.isatty():
            _tell(step)
        last = step.doing
    if sys.stderr.isatty() and not options.json:
        print("\r\033[K", end="", file=sys.stderr)
    card = fetching.registered
    if options.json:
        print(json.dumps({"card": dict(card.card)}, default=str))
    else:
        size = card.file.stat().st_size / 1e6
        print(f"{card.id}: {printable(card.name)} is here now ({size:.1f} MB, {options.precision})")
    return OK


def _tell(step: Step) -> None:
    text = _WORDS.get(step.doing, "")
    if step.doing == "fetch":
        text = f"fetching: {step.done / 1e6:,.1f} MB"
        if step.total:
            text += f" of {step.total / 1e6:,.1f} ({step.done / step.total:.0%})"
    shown = sys.stderr.isatty()
    print(f"\r\033[K{text}" if shown else text, end="" if shown else "\n", file=sys.stderr)
    sys.stderr.flush()
