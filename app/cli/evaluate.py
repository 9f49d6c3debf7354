"""`tagwright evaluate`: how well a network and the rules, or a head, know some photos."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from app.cli.evaluate_library import evaluate_library
from app.cli.exit_codes import OK, SOME_FAILED
from app.cli.looking import embedder_for, features_of
from app.cli.text import count, printable
from app.cli.train import (
    as_dict as figures_as_dict,
)
from app.cli.train import (
    as_text,
    confusion_lines,
    curve_as_dict,
    curve_as_list,
    curve_of,
    tag_lines,
    write_figures,
)
from app.core.errors import UsageError
from app.core.folders import Folders
from app.core.rules import Labeller
from app.core.settings import TagSettings
from app.learning.calibration import Calibration
from app.learning.evaluation import calibration_error
from app.learning.heads import load_head
from app.services.evaluation import Evaluation, TagJudgement, evaluate, find_examples
from app.services.figures import write_png
from app.services.setup import catalogue, rules
from app.services.tables import column_names, mistakes, photo_table, tag_table, write_tables
from app.services.training import Trained, judge_trained

#: So many of the tags that are found worst are listed, where there are more.
_LISTED = 12


def run_evaluate(options: argparse.Namespace, folders: Folders) -> int:
    """Print top-1, top-5, top-10, and how good the tags are that would be written.

    Returns:
        The exit code: 1 when some photos could not be read.
    """
    if options.library:
        if options.folder is not None or options.head is not None:
            raise UsageError("--library goes with neither a folder nor --head")
        return evaluate_library(options, folders)
    if options.folder is None:
        raise UsageError("name a folder of photos, or use --library")
    if options.head is not None:
        return _evaluate_head(options, folders)
    if options.learning_curve:
        raise UsageError("--learning-curve needs --head or --library: a network does not learn")
    if not options.folder.is_dir():
        raise UsageError(f"{options.folder}: is not a folder")
    settings = TagSettings(options.model, options.crops, options.min_score)
    card = catalogue(folders).get(settings.model)
    rule_set = rules(folders, options.rules)
    labels = card.labels()
    examples, evaluation = find_examples(options.folder, labels, rule_set)
    labeller = Labeller(rule_set, labels)
    steps = evaluate(
        examples,
        evaluation,
        embedder_for(settings.model, options.device, folders),
        labeller,
        rule_set,
        labels,
        settings,
    )
    for done in steps:
        if sys.stderr.isatty():
            print(f"\r{done} of {len(examples)} photos", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    for error in evaluation.failed:
        print(f"tagwright: {printable(error)}", file=sys.stderr)
    judgement = evaluation.by_tag(settings.min_score)
    result = as_dict(evaluation, settings) | _judgement_as_dict(judgement, evaluation)
    if judgement is not None:
        title = f"{settings.model}, {count(result['photos'], 'photo')}: {result['top_1']:.1%} right"
        _write(options, judgement, evaluation, title)
    print(json.dumps(result, indent=2) if options.json else _text(result))
    return SOME_FAILED if evaluation.failed else OK


def _write(
    options: argparse.Namespace, judgement: TagJudgement, evaluation: Evaluation, title: str
) -> None:
    """The tables and the picture that the options ask for."""
    if options.csv is not None:
        table = tag_table(judgement.tags, judgement.figures, judgement.confusion)
        write_tables(options.csv, [table])
    if options.photos is not None:
        names = column_names(judgement.tags, judgement.confusion.shape[1])
        paths = [str(path) for path in evaluation.paths]
        write_tables(options.photos, [photo_table(names, judgement.behind, paths)])
    if options.png is not None:
        first = judgement.first_curve
        write_png(options.png, judgement.tags, judgement.confusion, first, title)


def _evaluate_head(options: argparse.Namespace, folders: Folders) -> int:
    head, extra = load_head(options.head)
    model = head.model.partition("@")[0]
    features = features_of(options.folder, model, options.crops, folders, options.device)
    if features.model != head.model:
        reason = f"was made with the network {features.model}, the head with {head.model}"
        raise UsageError(f"{options.folder}: {reason}")
    figures = judge_trained(Trained(head, Calibration.from_arrays(extra)), features)
    curve = curve_of(options, head.kind, features)
    result = {
        "head": head.kind,
        "model": head.model,
        **figures_as_dict(figures),
        **curve_as_dict(curve),
        "failed": len(features.failed),
    }
    write_figures(options, figures, f"{head.kind}, {count(figures.photos, 'photo')}", curve)
    print(json.dumps(result, indent=2) if options.json else as_text(result))
    return SOME_FAILED if features.failed else OK


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


def _judgement_as_dict(judgement: TagJudgement | None, evaluation: Evaluation) -> dict[str, Any]:
    if judgement is None:
        return {}
    names = column_names(judgement.tags, judgement.confusion.shape[1])
    paths = [str(path) for path in evaluation.paths]
    return {
        "calibration_error": round(calibration_error(judgement.curve), 4),
        "calibration_error_of_first": round(calibration_error(judgement.first_curve), 4),
        "calibration_curve": curve_as_list(judgement.first_curve),
        "tags": {
            str(tag): {
                "photos": each.photos,
                "precision": round(each.precision, 4),
                "recall": round(each.recall, 4),
                "average_precision": round(each.average_precision, 4),
            }
            for tag, each in zip(judgement.tags, judgement.figures, strict=True)
        },
        "confusion": judgement.confusion.tolist(),
        "mistakes": mistakes(names, judgement.behind, paths),
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
    if "tags" in result:
        lines += [
            f"Calibration error: {result['calibration_error_of_first']:.3f} of the first tags,"
            f" {result['calibration_error']:.3f} of all suggestions",
            *_worst(result["tags"]),
            *confusion_lines(list(result["tags"]), result["confusion"]),
        ]
    if result["unknown"]:
        lines.append("Left out, because the network does not know what they show:")
        lines.append("  " + _names(result["unknown"]))
    return "\n".join(lines)


def _worst(tags: dict[str, dict[str, float]]) -> list[str]:
    worst = sorted(tags.items(), key=lambda item: item[1]["average_precision"])[:_LISTED]
    more = len(tags) - len(worst)
    said = f"The {len(worst)} tags that are found worst, of {len(tags)}:" if more else "Tags:"
    return [said, *tag_lines(dict(worst))]


def _names(photos_by_name: dict[str, int]) -> str:
    """The names with most photos, and how many photos each has."""
    most = sorted(photos_by_name.items(), key=lambda item: -item[1])
    shown = ", ".join(f"{printable(name)} ({number})" for name, number in most[:12])
    return shown + (f" and {len(most) - 12} more" if len(most) > 12 else "")
