"""`tagwright models`: which networks there are."""

from __future__ import annotations

import argparse
import importlib
import json

from app.core.errors import ModelError
from app.core.folders import Folders
from app.services.setup import catalogue
from app.vision.catalogue import ModelCard

#: Actions that have a module of their own, `models_ACTION`.
ACTIONS = ("fetch", "quantise", "compare")


def run_models(options: argparse.Namespace, folders: Folders) -> int:
    """List the networks, or do what the action says.

    Returns:
        The exit code: 1 when one of them is damaged.
    """
    if options.action in ACTIONS:
        module = importlib.import_module(f"app.cli.models_{options.action}")
        return int(getattr(module, f"run_{options.action}")(options, folders))
    cards = catalogue(folders).cards()
    if options.json:
        print(json.dumps([dict(card.card) for card in cards], indent=2, default=str))
    damaged = 0
    for card in cards:
        state = _state(card)
        damaged += bool(state)
        if not options.json:
            print(_line(card) + state)
    return 1 if damaged else 0


def _line(card: ModelCard) -> str:
    published = card.card.get("accuracy", {}).get("published", {})
    accuracy = published.get("int8_top1", published.get("float_top1"))
    parts = [
        f"{card.id:<22}",
        f"{card.role or '-':<8}",
        f"{card.input_size[0]}x{card.input_size[1]}",
        f"{card.classes:>6} classes",
        f"top-1 {accuracy} %" if accuracy is not None else "",
        f"{card.card.get('licence', '')}",
        ""
        if card.is_here or card.download is None
        else f"not fetched, {card.download.megabytes} MB",
    ]
    return "  ".join(part for part in parts if part)


def _state(card: ModelCard) -> str:
    if card.download is not None and not card.is_here:
        return ""
    try:
        card.load()
        card.labels()
    except ModelError as error:
        return f"  DAMAGED: {error}"
    return ""
