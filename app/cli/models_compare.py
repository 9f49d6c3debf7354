"""`tagwright models compare`: which network learns the user's own tags best."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from app.cli.exit_codes import OK, SOME_FAILED
from app.cli.text import count, printable
from app.core.folders import Folders
from app.services.comparing_models import Compared, Comparing
from app.services.setup import catalogue


def run_compare(options: argparse.Namespace, folders: Folders) -> int:
    """Judge networks by cross-validation on what the user has confirmed.

    Returns:
        The exit code: 1 when some photos could not be read.
    """
    found = catalogue(folders)
    cards = [found.get(name) for name in dict.fromkeys(options.models)]
    cards = cards or [card for card in found.cards() if card.is_here]
    comparing = Comparing(folders.data, cards, options.photos)
    shown = sys.stderr.isatty()
    for step in comparing:
        if options.json_lines:
            print(json.dumps(asdict(step)), flush=True)
        elif shown:
            text = f"\r\033[K{step.model}: {step.done} of {step.total} photos"
            print(text, end="", file=sys.stderr, flush=True)
    if shown:
        print("\r\033[K", end="", file=sys.stderr)
    for error in comparing.failed.values():
        print(f"tagwright: {printable(error)}", file=sys.stderr)
    if options.json or options.json_lines:
        results = [
            {key: round(value, 4) if isinstance(value, float) else value for key, value in each}
            for each in (
                [*asdict(result).items(), ("margin", result.margin)] for result in comparing.results
            )
        ]
        print(json.dumps({"models": results}, indent=None if options.json_lines else 2))
    else:
        print(as_text(comparing.results))
    return SOME_FAILED if comparing.failed else OK


def as_text(results: list[Compared]) -> str:
    """A line for each network, the most accurate first."""
    width = max(len(each.model) for each in results)
    lines = [
        f"{count(results[0].photos, 'confirmed photo')}, {count(results[0].tags, 'tag')},"
        " each photo asked about by what had learned the others:",
        f"  {'':{width}}    accuracy  average precision  photos/s      size",
    ]
    best_first = sorted(results, key=lambda result: -result.accuracy)
    lines += [
        f"  {each.model:{width}}  {each.accuracy:5.0%} ±{each.margin:3.0%}"
        f"  {each.average_precision:17.1%}  {each.photos_a_second:8.1f}  {each.bytes / 1e6:5.1f} MB"
        for each in best_first
    ]
    return "\n".join(lines)
