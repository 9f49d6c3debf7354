"""`tagwright models quantise`: float, dynamic and int8 side by side."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli.exit_codes import OK, SOME_FAILED
from app.cli.text import count, printable
from app.core.errors import UsageError
from app.core.folders import Folders
from app.core.rules import Label, Labeller, RuleSet
from app.core.settings import TagSettings
from app.services.calibrating import photos_in, photos_of, spread
from app.services.evaluation import Example, find_examples
from app.services.quantising import Quantising, Step, split_for_calibration
from app.services.setup import catalogue, rules

_WORDS = {"load": "loading the float network", "convert": "converting"}


def run_quantise(options: argparse.Namespace, folders: Folders) -> int:
    """Convert a network in three ways and print how they compare.

    Returns:
        The exit code: 1 when some photos could not be read.
    """
    card = catalogue(folders).get(options.model)
    rule_set, labels = rules(folders), card.labels()
    photos = spread(_photos(options.folder, labels, rule_set, folders), options.limit)
    if options.photos is not None:
        calibration = photos_in(options.photos)
    else:
        photos, calibration = split_for_calibration(photos)
    settings = TagSettings(card.id, options.crops)
    labeller = Labeller(rule_set, labels, card.confidence)
    with Quantising(
        card, photos, calibration, labeller, settings, threads=options.threads
    ) as quantising:
        for step in quantising:
            if options.json_lines:
                print(json.dumps(asdict(step)), flush=True)
            else:
                _tell(step)
        _clear()
        for error in quantising.failed:
            print(f"tagwright: {printable(error)}", file=sys.stderr)
        result = {
            "model": card.id,
            "photos": len(photos) - len(quantising.failed),
            "threads": quantising.threads,
            "crops": options.crops,
            "precisions": as_dict(quantising),
            "kept": [quantising.keep(each, folders.own_models).id for each in options.keep],
        }
        if options.json_lines:
            print(json.dumps(result), flush=True)
        else:
            print(json.dumps(result, indent=2) if options.json else as_text(result))
        return SOME_FAILED if quantising.failed else OK


def _photos(
    folder: Path | None, labels: tuple[Label, ...], rule_set: RuleSet, folders: Folders
) -> list[Example]:
    """What to judge with: photos that say what they show, else just photos."""
    if folder is None:
        return [Example(path, frozenset()) for path in photos_of(folders.data)]
    try:
        examples, _ = find_examples(folder, labels, rule_set)
    except UsageError:
        return [Example(path, frozenset()) for path in photos_in(folder)]
    return examples


def as_dict(quantising: Quantising) -> dict[str, Any]:
    """The figures of each precision; shares are between 0 and 1, what is lost is in points."""
    return {
        each.precision: {
            "bytes": each.bytes,
            "milliseconds": round(each.milliseconds, 2),
            "speed_up": round(quantising.speed_up(each.precision), 2),
            **{f"top_{k}": round(share, 4) for k, share in (each.top_k or {}).items()},
            **_lost(quantising.points_lost(each.precision)),
            "same_first": round(each.same_first, 4),
            "same_tags": round(each.same_tags, 4),
            "largest_difference": round(each.largest_difference, 4),
            "embedding_cosine": round(each.cosine, 4),
            "embedding_cosine_least": round(each.cosine_least, 4),
        }
        for each in quantising.judged()
    }


def _lost(points: tuple[float, float] | None) -> dict[str, float]:
    if points is None:
        return {}
    return {"top_1_lost": round(points[0], 2), "top_1_lost_margin": round(points[1], 2)}


def as_text(result: dict[str, Any]) -> str:
    """A table with a column for each precision."""
    columns = result["precisions"]
    rows: list[tuple[str, list[str]]] = [
        ("size", [f"{each['bytes'] / 1e6:.1f} MB" for each in columns.values()]),
        ("a photo", [f"{each['milliseconds']:.1f} ms" for each in columns.values()]),
        ("as fast as float", [f"{each['speed_up']:.2f} times" for each in columns.values()]),
    ]
    for key, name in (
        ("top_1", "top-1"),
        ("top_5", "top-5"),
        ("top_10", "top-10"),
        ("same_first", "same first answer"),
        ("same_tags", "same tags"),
    ):
        if all(key in each for each in columns.values()):
            rows.append((name, [f"{each[key]:.1%}" for each in columns.values()]))
    rows.append(
        ("largest difference", [f"{each['largest_difference']:.3f}" for each in columns.values()])
    )
    rows.append(
        ("embeddings' cosine", [f"{each['embedding_cosine']:.3f}" for each in columns.values()])
    )
    lines = [
        f"{result['model']} on {count(result['photos'], 'photo')},"
        f" {count(result['threads'], 'thread')}, one photo at a time:",
        f"  {'':18}" + "".join(f"{name:>12}" for name in columns),
        *(f"  {name:18}" + "".join(f"{cell:>12}" for cell in cells) for name, cells in rows),
    ]
    if not any("top_1" in each for each in columns.values()):
        lines.append("The photos do not say what they show, so nobody knows which is right.")
    lines += [
        f"Of top-1, {name} loses {each['top_1_lost']:.1f} points on these photos, and probably"
        f" {each['top_1_lost'] - each['top_1_lost_margin']:.1f} to"
        f" {each['top_1_lost'] + each['top_1_lost_margin']:.1f} on many others like them."
        for name, each in columns.items()
        if each.get("top_1_lost_margin")
    ]
    lines += [f"Kept as {name}." for name in result["kept"]]
    return "\n".join(lines)


def _tell(step: Step) -> None:
    if not sys.stderr.isatty():
        return
    text = _WORDS.get(step.doing, "judging")
    if step.total:
        text += f": {step.done} of {step.total}"
    print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
