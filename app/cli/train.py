"""`tagwright train`: teach a head a folder per class, and say how good it is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

from app.cli.exit_codes import OK, SOME_FAILED
from app.cli.looking import features_of
from app.cli.options.learning import COMPARE
from app.cli.text import count, printable
from app.core.errors import UsageError
from app.core.folders import Folders
from app.learning.evaluation import CalibrationBin
from app.learning.heads import save_head
from app.services.features import Features
from app.services.figures import write_png
from app.services.learning_curves import CurvePoint
from app.services.tables import (
    column_names,
    curve_table,
    mistakes,
    photo_table,
    tag_table,
    write_tables,
)
from app.services.training import Figures, judge_trained, learning_curve, split, train


def run_train(options: argparse.Namespace, folders: Folders) -> int:
    """Train on four fifths of each folder, judge on the rest, keep the head.

    Returns:
        The exit code: 1 when some photos could not be read.

    Raises:
        UsageError: no folder is named, and there is something to be learned.
    """
    if options.network is not None:
        from app.cli.train_network import train_own_network

        return train_own_network(options, folders)
    if options.head == COMPARE:
        from app.cli.compare import compare

        return compare(options, folders)
    if options.folder is None:
        raise UsageError("name a folder with one folder of photos for each class in it")
    features = features_of(options.folder, options.model, options.crops, folders, options.device)
    learn, held = split(features, options.seed, options.share)
    trained = train(options.head, features.take(learn))
    figures = judge_trained(trained, features.take(held))
    if options.output is not None:
        # What is kept has learned from every photo: judging it was the business of the part.
        whole = train(options.head, features)
        save_head(whole.head, options.output, whole.calibration.to_arrays())
    result: dict[str, Any] = {
        "head": options.head,
        "model": features.model,
        "seed": options.seed,
        "learned": len(learn),
        **as_dict(figures),
        "failed": len(features.failed),
    }
    curve = _curve(options, options.head, features.take(learn), features.take(held))
    result |= curve_as_dict(curve)
    write_figures(options, figures, f"{options.head}, {count(figures.photos, 'photo')}", curve)
    print(json.dumps(result, indent=2) if options.json else as_text(result))
    return SOME_FAILED if features.failed else OK


def _curve(
    options: argparse.Namespace, kind: str, learn: Features, held: Features
) -> list[CurvePoint]:
    return list(learning_curve(kind, learn, held, seeds=5)) if options.learning_curve else []


def curve_of(options: argparse.Namespace, kind: str, features: Features) -> list[CurvePoint]:
    """The learning curve on a folder, if the options ask for it: judged by a fifth of each class.

    Raises:
        UsageError: a class has fewer than two photos, or there is only one class.
    """
    if not options.learning_curve:
        return []
    learn, held = split(features, seed=0)
    return _curve(options, kind, features.take(learn), features.take(held))


def write_figures(
    options: argparse.Namespace,
    figures: Figures,
    title: str,
    curve: Sequence[CurvePoint] = (),
) -> None:
    """The tables and the picture that the options ask for."""
    title = f"{title}: {figures.top_k[1]:.1%} right"
    first = figures.first_curve
    if options.csv is not None:
        table = tag_table(figures.tags, figures.by_tag, figures.confusion)
        write_tables(options.csv, [table, curve_table(curve)])
    if options.png is not None:
        write_png(options.png, figures.tags, figures.confusion, first, title, curve)
    if options.photos is not None:
        names = column_names(figures.tags, figures.confusion.shape[1])
        write_tables(options.photos, [photo_table(names, figures.behind, figures.paths)])


def curve_as_dict(curve: Sequence[CurvePoint]) -> dict[str, Any]:
    """A learning curve for JSON; nothing for none."""
    if not curve:
        return {}
    points = {each.examples: [round(share, 4) for share in each.accuracies] for each in curve}
    return {"learning_curve": points}


def as_dict(figures: Figures) -> dict[str, Any]:
    """The figures; shares are between 0 and 1."""
    return {
        "judged": figures.photos,
        "accuracy": round(figures.top_k[1], 4),
        **{f"top_{k}": round(share, 4) for k, share in figures.top_k.items()},
        "given_precision": round(figures.given.precision, 4),
        "given_recall": round(figures.given.recall, 4),
        "calibration_error": round(figures.error, 4),
        "calibration_error_of_first": round(figures.first_error, 4),
        "tags": {
            str(tag): {
                "photos": each.photos,
                "precision": round(each.precision, 4),
                "recall": round(each.recall, 4),
                "average_precision": round(each.average_precision, 4),
            }
            for tag, each in zip(figures.tags, figures.by_tag, strict=True)
        },
        "confusion": figures.confusion.tolist(),
        "mistakes": mistakes(list(map(str, figures.tags)), figures.behind, figures.paths),
        "calibration_curve": curve_as_list(figures.first_curve),
    }


def curve_as_list(curve: Any) -> list[dict[str, float]]:
    """A calibration curve for JSON."""
    bins: list[CalibrationBin] = list(curve)
    return [
        {
            "answers": each.answers,
            "certainty": round(each.certainty, 4),
            "right": round(each.right, 4),
        }
        for each in bins
    ]


def as_text(result: dict[str, Any]) -> str:
    """The figures for people."""
    lines = [
        f"{result['head']} on {result['model']}:"
        + (f" learned {count(result['learned'], 'photo')}," if "learned" in result else "")
        + f" judged on {count(result['judged'], 'photo')}",
        f"  {result['accuracy']:7.1%} right (top-5 {result['top_5']:.1%})",
        f"  {result['given_precision']:7.1%} of the tags that are at least 50% certain are right,",
        f"  {result['given_recall']:7.1%} of the photos get theirs",
        f"  {result['calibration_error_of_first']:7.3f} calibration error of the first answers"
        f" ({result['calibration_error']:.3f} of all certainties)",
        "",
        *tag_lines(result["tags"]),
        *confusion_lines(list(result["tags"]), result["confusion"]),
    ]
    for examples, shares in result.get("learning_curve", {}).items():
        mean = sum(shares) / len(shares)
        spread = max(shares) - min(shares)
        lines.append(f"  {count(examples, 'example')} a class: {mean:.1%} (spread {spread:.1%})")
    return "\n".join(lines)


def tag_lines(tags: dict[str, dict[str, float]]) -> list[str]:
    """A table with a line for each tag."""
    width = max((len(printable(name)) for name in tags), default=0)
    lines = [f"  {'':{width}}  photos  precision  recall  average precision"]
    lines += [
        f"  {printable(name):{width}}  {each['photos']:6}  {each['precision']:9.1%}"
        f"  {each['recall']:6.1%}  {each['average_precision']:17.1%}"
        for name, each in tags.items()
    ]
    return lines


def confusion_lines(names: list[str], confusion: list[list[int]]) -> list[str]:
    """The confusion matrix, where it fits a terminal; else the commonest mistakes."""
    if not names:
        return []
    if len(names) <= 10:
        width = max(len(printable(name)) for name in names)
        lines = ["", "  shows, and how many were taken for each in the same order:"]
        return lines + [
            f"  {printable(name):{width}}  " + " ".join(f"{number:5}" for number in row)
            for name, row in zip(names, confusion, strict=True)
        ]
    columns = [*names, *["something else"] * (len(confusion[0]) - len(names))]
    wrong = sorted(
        (
            (number, name, columns[column])
            for index, (name, row) in enumerate(zip(names, confusion, strict=True))
            for column, number in enumerate(row)
            if column != index and number
        ),
        key=lambda item: -item[0],
    )
    return ["", "  The commonest mistakes:"] + [
        f"  {number:5} {printable(shows)} taken for {printable(guess)}"
        for number, shows, guess in wrong[:10]
    ]
