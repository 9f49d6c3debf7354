"""Figures as tables for spreadsheets: one CSV file, its parts one below the other."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.errors import WriteError
from app.core.tag import Tag
from app.learning.evaluation import TagFigures
from app.services.learning_curves import CurvePoint

Table = list[list[object]]


def write_tables(path: Path, tables: Iterable[Table]) -> None:
    """Write tables, with an empty line between them; those without a line under the head go.

    Raises:
        WriteError: it cannot be written.
    """
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            for number, table in enumerate(each for each in tables if len(each) > 1):
                if number:
                    writer.writerow([])
                writer.writerows(table)
    except OSError as error:
        raise WriteError(path, error.strerror or os.strerror(error.errno or 0)) from error


def tag_table(
    tags: Sequence[Tag], figures: Sequence[TagFigures], confusion: NDArray[np.integer]
) -> Table:
    """One line per tag: its figures, then how many of its photos were taken for what.

    Args:
        confusion: shape (tags, tags), or with one more column for everything else.
    """
    names = column_names(tags, confusion.shape[1])
    head: list[object] = ["tag", "photos", "precision", "recall", "average precision"]
    table: Table = [head + [f"taken for {name}" for name in names]]
    for tag, each, row in zip(tags, figures, confusion, strict=True):
        shares = (each.precision, each.recall, each.average_precision)
        table.append([str(tag), each.photos, *(f"{share:.4f}" for share in shares), *row.tolist()])
    return table


def column_names(tags: Sequence[Tag], columns: int) -> list[str]:
    """What the columns of a confusion matrix stand for."""
    return [*map(str, tags), *["something else"] * (columns - len(tags))]


def curve_table(points: Iterable[CurvePoint]) -> Table:
    """One line per point of a learning curve."""
    return [
        ["examples of each tag", "right", "lowest", "highest"],
        *(
            [each.examples, *(f"{share:.4f}" for share in (each.mean, *_range(each)))]
            for each in points
        ),
    ]


def _range(point: CurvePoint) -> tuple[float, float]:
    return min(point.accuracies), max(point.accuracies)


def photo_table(names: Sequence[str], behind: NDArray[np.integer], photos: Sequence[str]) -> Table:
    """One line per photo: what it shows and what it was taken for.

    Args:
        names: of the columns of the confusion matrix.
        behind: for each photo the row and the column that it is in, shape (photos, 2).
    """
    return [
        ["photo", "shows", "taken for"],
        *(
            [photo, names[shows], names[taken_for]]
            for photo, (shows, taken_for) in zip(photos, behind.tolist(), strict=True)
        ),
    ]


def mistakes(
    names: Sequence[str], behind: NDArray[np.integer], photos: Sequence[str]
) -> list[dict[str, object]]:
    """The photos behind each cell off the diagonal, for JSON; arguments as of `photo_table`."""
    cells: dict[tuple[int, int], list[str]] = {}
    for photo, (shows, taken_for) in zip(photos, behind.tolist(), strict=True):
        if shows != taken_for:
            cells.setdefault((shows, taken_for), []).append(photo)
    return [
        {"shows": names[shows], "taken_for": names[taken_for], "photos": cells[shows, taken_for]}
        for shows, taken_for in sorted(cells)
    ]
