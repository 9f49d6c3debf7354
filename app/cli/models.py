"""`tagwright models`: which networks there are; one's own added, and removed."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from app.cli.exit_codes import OK, SOME_FAILED
from app.cli.text import printable
from app.core.errors import ModelError, RulesError
from app.core.folders import Folders
from app.services.setup import catalogue, rules
from app.vision.catalogue import ModelCard

#: Labels that the rules do not know are listed up to this number.
_LISTED = 5
#: Actions that have a module of their own, `models_ACTION`.
_ELSEWHERE = ("fetch", "quantise", "compare")


def run_models(options: argparse.Namespace, folders: Folders) -> int:
    """Do what the action says; without one, list the networks.

    Returns:
        The exit code.
    """
    if getattr(options, "controlled", False):
        from app.cli.controlled import obey

        obey()
    if options.action in _ELSEWHERE:
        module = importlib.import_module(f"app.cli.models_{options.action}")
        return int(getattr(module, f"run_{options.action}")(options, folders))
    actions: dict[str | None, Callable[[argparse.Namespace, Folders], int]] = {
        None: _list,
        "list": _list,
        "show": _show,
        "add": _add,
        "remove": _remove,
    }
    return actions[options.action](options, folders)


def _list(options: argparse.Namespace, folders: Folders) -> int:
    """List the networks; 1 when one of them is damaged."""
    networks = catalogue(folders)
    cards = networks.cards()
    if options.json:
        print(json.dumps([dict(card.card) for card in cards], indent=2, default=str))
    damaged = 0
    for card in cards:
        state = _state(card)
        damaged += bool(state)
        if not options.json:
            print(printable(_line(card) + state))
    for error in networks.damaged():
        damaged += 1
        print(f"tagwright: {printable(error)}", file=sys.stderr)
    return SOME_FAILED if damaged else OK


def _show(options: argparse.Namespace, folders: Folders) -> int:
    """Show one network; 1 when it is damaged."""
    card = catalogue(folders).get(options.model)
    state = _state(card)
    if options.json:
        print(json.dumps(dict(card.card), indent=2, default=str))
    else:
        for name, value in _facts(card, folders):
            print(f"{name:<12}{printable(value)}")
        if state:
            print(printable(state.strip()))
    return SOME_FAILED if state else OK


def _add(options: argparse.Namespace, folders: Folders) -> int:
    """Add a network."""
    from app.services.models import LabelsNeeded, add_model

    try:
        added = add_model(
            folders,
            options.file,
            labels=options.labels,
            name=options.name,
            input_range=options.input_range,
            photos=options.photos,
        )
    except LabelsNeeded as error:
        if options.json_lines:
            print(json.dumps({"needs": "labels", "classes": error.classes}), flush=True)
        raise
    if options.json_lines:
        line = {"card": dict(added.card.card), "says_nothing": added.says_nothing}
        print(json.dumps(line, default=str), flush=True)
        return OK
    if options.json:
        print(json.dumps(dict(added.card.card), indent=2, default=str))
        return OK
    for name, value in _facts(added.card, folders):
        print(f"{name:<12}{printable(value)}")
    for note in added.notes:
        print(note)
    print(f"Added. Use it with `tagwright tag --model {added.card.id} FOLDER`.")
    return OK


def _remove(options: argparse.Namespace, folders: Folders) -> int:
    """Remove a network that was added."""
    from app.services.models import remove_model

    card = remove_model(folders, options.model)
    if options.json:
        print(json.dumps({"removed": card.id}))
    else:
        print(f"Removed {card.id}. The tags that it gave stay.")
    return OK


def _facts(card: ModelCard, folders: Folders) -> list[tuple[str, Any]]:
    """What is to be said of a network: names and values."""
    width, height = card.input_size
    tried = _part(card.card, "tried")
    colours = tried.get("input_range") or f"mean {card.mean}, std {card.std}"
    source = _part(card.card, "source")
    facts = [
        ("id", card.id),
        ("name", card.name),
        ("file", card.file),
        ("size", f"{_megabytes(card):,.1f} MB, {card.card.get('quantisation', '')}"),
        ("picture", f"{width} x {height} pixels, {card.channels}, {card.layout}"),
        ("colours", f"{colours} ({tried['found']})" if "found" in tried else colours),
        ("scores", f"{card.classes:,} classes, {card.activation}"),
        ("embedding", f"{card.embedding_size} values" + _from(card)),
        ("licence", card.card.get("licence", "not said")),
        ("source", source.get("url") or source.get("file") or ""),
        ("about", card.card.get("description", "")),
        ("rules", _known(card, folders)),
    ]
    return [(name, value) for name, value in facts if value != ""]


def _part(card: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A part of a card that only people read, so that nobody has checked it."""
    found = card.get(name)
    return found if isinstance(found, Mapping) else {}


def _megabytes(card: ModelCard) -> float:
    return card.file.stat().st_size / 1e6 if card.is_here else 0.0


def _from(card: ModelCard) -> str:
    return ", from its scores" if card.embedding_from == "scores" else ""


def _known(card: ModelCard, folders: Folders) -> str:
    """How many of the labels the rules know."""
    from app.services.models import unruled_labels

    try:
        unruled = unruled_labels(card, rules(folders))
    except (ModelError, RulesError):
        return ""
    if not unruled:
        return "know all its labels"
    some = ", ".join(unruled[:_LISTED]) + (", …" if len(unruled) > _LISTED else "")
    known = card.classes - len(unruled)
    return f"know {known:,} of its {card.classes:,} labels; tags by their own name: {some}"


def _line(card: ModelCard) -> str:
    published = _part(_part(card.card, "accuracy"), "published")
    accuracy = published.get("int8_top1", published.get("float_top1"))
    parts = [
        f"{card.id:<22}",
        f"{card.role or '-':<8}",
        f"{card.input_size[0]}x{card.input_size[1]}",
        f"{card.classes:>6} classes",
        f"top-1 {accuracy} %" if accuracy is not None else _when_trained(card),
        f"{card.card.get('licence', '')}",
        ""
        if card.is_here or card.download is None
        else f"not fetched, {card.download.megabytes} MB",
    ]
    return "  ".join(part for part in parts if part)


def _when_trained(card: ModelCard) -> str:
    """How many photos of those that it did not learn a network of one's own was right on."""
    said = _part(_part(card.card, "accuracy"), "validation")
    share = said.get(str(card.card.get("quantisation", "")), said.get("float"))
    if not isinstance(share, int | float):
        return ""
    photos = said.get("photos")
    of = f" of {photos:,} photos" if isinstance(photos, int) else ""
    return f"validation {share} %{of}"


def _state(card: ModelCard) -> str:
    if card.download is not None and not card.is_here:
        return ""
    try:
        card.load()
        card.labels()
    except ModelError as error:
        return f"  DAMAGED: {error}"
    return ""
