"""`tagwright evaluate`: how well a network and the rules know some photos."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from app.cli.text import count, printable
from app.core.folders import Folders
from app.core.rules import Labeller
from app.core.settings import TagSettings
from app.services.evaluation import Evaluation, evaluate, find_examples
from app.services.setup import catalogue, rules
from app.vision.litert import LiteRTEmbedder


def run_evaluate(options: argparse.Namespace, folders: Folders) -> int:
    """Print top-1, top-5, top-10, and how good the tags are that would be written.

    Returns:
        The exit code: 1 when some photos could not be read.
    """
    settings = TagSettings(options.model, options.crops, options.min_score)
    card = catalogue(folders).get(settings.model)
    rule_set = rules(folders, options.rules)
    labels = card.labels()
    examples, evaluation = find_examples(options.folder, labels, rule_set)
    labeller = Labeller(rule_set, labels)
    steps = evaluate(
        examples, evaluation, LiteRTEmbedder(card), labeller, rule_set, labels, settings
    )
    for done in steps:
        if sys.stderr.isatty():
            print(f"\r{done} of {len(examples)} photos", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    for error in evaluation.failed:
        print(f"tagwright: {printable(error)}", file=sys.stderr)
    result = as_dict(evaluation, settings)
    print(json.dumps(result, indent=2) if options.json else _text(result))
    return 1 if evaluation.failed else 0


def as_dict(evaluation: Evaluation, settings: TagSettings) -> dict[str, Any]:
    """The figures; shares are between 0 and 1."""
    photos = len(evaluation.ranks)
    suggested = evaluation.suggested
    return {
        "model": settings.model,
        "crops": settings.crops,
        "photos": photos,
        **{f"top_{k}": round(share, 4) for k, share in evaluation.top_k().items()},
        "min_score": settings.min_score,
        "tagged": round(suggested / photos, 4) if photos else 0.0,
        "tagged_right": round(evaluation.right / suggested, 4) if suggested else 0.0,
        "first_tag_right": round(evaluation.first_right / suggested, 4) if suggested else 0.0,
        "failed": len(evaluation.failed),
        "classes": dict(evaluation.known),
        "unknown": dict(evaluation.unknown),
    }


def _text(result: dict[str, Any]) -> str:
    lines = [
        f"{count(result['photos'], 'photo')}, {result['model']}, crops: {result['crops']}",
        "  " + _names(result["classes"]),
        *(f"  top-{k:<3} {result[f'top_{k}']:7.1%}" for k in (1, 5, 10)),
        f"Tags that are at least {result['min_score']:.0%} certain:",
        f"  {result['tagged']:7.1%} of the photos get one",
        f"  {result['tagged_right']:7.1%} of these get the right one",
    ]
    if result["unknown"]:
        lines.append("Left out, because the network does not know what they show:")
        lines.append("  " + _names(result["unknown"]))
    return "\n".join(lines)


def _names(photos_by_name: dict[str, int]) -> str:
    """The names with most photos, and how many photos each has."""
    most = sorted(photos_by_name.items(), key=lambda item: -item[1])
    shown = ", ".join(f"{printable(name)} ({number})" for name, number in most[:12])
    return shown + (f" and {len(most) - 12} more" if len(most) > 12 else "")
