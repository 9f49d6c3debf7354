"""`tagwright models`: which networks there are."""

from __future__ import annotations

import argparse
import json

from app.core.errors import ModelError
from app.core.folders import Folders
from app.services.setup import catalogue
from app.vision.catalogue import ModelCard


def run_models(options: argparse.Namespace, folders: Folders) -> int:
    """List the networks.

    Returns:
        The exit code: 1 when one of them is damaged.
    """
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
    accuracy = card.card.get("accuracy", {}).get("published", {}).get("int8_top1")
    parts = [
        f"{card.id:<22}",
        f"{card.role or '-':<8}",
        f"{card.input_size[0]}x{card.input_size[1]}",
        f"{card.classes:>6} classes",
        f"top-1 {accuracy} %" if accuracy is not None else "",
        f"{card.card.get('licence', '')}",
    ]
    return "  ".join(part for part in parts if part)


def _state(card: ModelCard) -> str:
    try:
        card.load()
        card.labels()
    except ModelError as error:
        return f"  DAMAGED: {error}"
    return ""
