"""Figures as a table and as a picture."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.core.errors import WriteError
from app.core.tag import Tag
from app.learning.evaluation import CalibrationBin, TagFigures, calibration_error

_WHITE, _INK, _GREY, _LINE = (255, 255, 255), (20, 24, 32), (110, 118, 130), (222, 226, 232)
_BLUE, _ORANGE = (30, 96, 176), (200, 84, 20)
#: The largest picture of a matrix, in pixels; cells of many classes become small.
_MATRIX = 900
_CURVE = 360
_MARGIN = 32


def write_csv(
    path: Path, tags: Sequence[Tag], figures: Sequence[TagFigures], confusion: NDArray[np.integer]
) -> None:
    """One line per tag: its figures, then how many of its photos were taken for what.

    Args:
        confusion: shape (tags, tags), or with one more column for everything else.

    Raises:
        WriteError: it cannot be written.
    """
    names = [str(tag) for tag in tags]
    others = ["something else"] * (confusion.shape[1] - len(names))
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(
                ["tag", "photos", "precision", "recall", "average precision"]
                + [f"taken for {name}" for name in (*names, *others)]
            )
            for name, each, row in zip(names, figures, confusion, strict=True):
                shares = (each.precision, each.recall, each.average_precision)
                table.writerow(
                    [name, each.photos, *(f"{share:.4f}" for share in shares), *row.tolist()]
                )
    except OSError as error:
        raise WriteError(path, error.strerror or os.strerror(error.errno or 0)) from error


def write_png(
    path: Path,
    tags: Sequence[Tag],
    confusion: NDArray[np.integer],
    curve: Sequence[CalibrationBin],
    title: str,
) -> None:
    """A picture of the confusion matrix and the calibration curve.

    Raises:
        WriteError: it cannot be written.
    """
    names = [tag.name for tag in tags]
    names += ["something else"] * (confusion.shape[1] - len(names))
    matrix = _matrix(names, confusion)
    calibration = _calibration(curve)
    width = matrix.width + calibration.width + 3 * _MARGIN
    height = max(matrix.height, calibration.height) + 3 * _MARGIN
    picture = Image.new("RGB", (width, height), _WHITE)
    draw = ImageDraw.Draw(picture)
    draw.text((_MARGIN, _MARGIN // 2), title, _INK, ImageFont.load_default(22))
    picture.paste(matrix, (_MARGIN, 2 * _MARGIN))
    picture.paste(calibration, (2 * _MARGIN + matrix.width, 2 * _MARGIN))
    try:
        picture.save(path, "PNG")
    except OSError as error:
        raise WriteError(path, error.strerror or str(error)) from error


def _matrix(names: Sequence[str], confusion: NDArray[np.integer]) -> Image.Image:
    rows, columns = confusion.shape
    cell = max(2, min(64, _MATRIX // columns))
    font = ImageFont.load_default(max(9, min(15, cell - 4)))
    labelled = cell >= 12
    wide = max((int(font.getlength(name)) for name in names), default=0) + 12 if labelled else 0
    top = wide + 28
    picture = Image.new("RGB", (wide + columns * cell + 1, top + rows * cell + 1), _WHITE)
    draw = ImageDraw.Draw(picture)
    draw.text((wide, 0), "taken for", _GREY, ImageFont.load_default(13))
    totals = np.maximum(confusion.sum(axis=1, keepdims=True), 1)
    shares = confusion / totals
    for row in range(rows):
        for column in range(columns):
            left, upper = wide + column * cell, top + row * cell
            shade = _blend(_BLUE if row == column else _ORANGE, float(shares[row, column]))
            border = _LINE if labelled else None
            draw.rectangle((left, upper, left + cell, upper + cell), shade, border)
            if cell >= 24 and confusion[row, column]:
                ink = _WHITE if shares[row, column] > 0.5 else _INK
                centre = (left + cell // 2, upper + cell // 2)
                draw.text(centre, str(confusion[row, column]), ink, font, anchor="mm")
    if labelled:
        for row, name in enumerate(names[:rows]):
            draw.text((wide - 8, top + row * cell + cell // 2), name, _INK, font, anchor="rm")
        _upright(picture, names, wide, top, cell, font)
    return picture


def _upright(
    picture: Image.Image,
    names: Sequence[str],
    left: int,
    top: int,
    cell: int,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    """Names above the columns, turned by a quarter."""
    for column, name in enumerate(names):
        strip = Image.new("RGB", (left, cell), _WHITE)
        ImageDraw.Draw(strip).text((4, cell // 2), name, _INK, font, anchor="lm")
        turned = strip.transpose(Image.Transpose.ROTATE_90)
        picture.paste(turned, (left + column * cell + 1, top - left - 2))


def _calibration(curve: Sequence[CalibrationBin]) -> Image.Image:
    """How often answers are right over how certain they are; on the diagonal they are honest."""
    left, top, font = 52, 28, ImageFont.load_default(13)
    picture = Image.new("RGB", (left + _CURVE + 20, top + _CURVE + 64), _WHITE)
    draw = ImageDraw.Draw(picture)

    def place(certainty: float, right: float) -> tuple[float, float]:
        return left + certainty * _CURVE, top + (1 - right) * _CURVE

    draw.text((left, 4), "share that is right", _GREY, font)
    for tenth in range(0, 11, 2):
        share = tenth / 10
        draw.line((place(0, share), place(1, share)), _LINE)
        draw.line((place(share, 0), place(share, 1)), _LINE)
        draw.text((left - 8, place(0, share)[1]), f"{share:.0%}", _GREY, font, anchor="rm")
        draw.text((place(share, 0)[0], top + _CURVE + 8), f"{share:.0%}", _GREY, font, anchor="mt")
    draw.line((place(0, 0), place(1, 1)), _GREY, 1)
    points = [place(each.certainty, each.right) for each in curve]
    if len(points) > 1:
        draw.line(points, _BLUE, 2)
    most = max((each.answers for each in curve), default=1)
    for each, (x, y) in zip(curve, points, strict=True):
        radius = 3 + 6 * (each.answers / most) ** 0.5
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), _BLUE)
    text = f"certainty (expected calibration error {calibration_error(curve):.3f})"
    draw.text((left, top + _CURVE + 32), text, _INK, font)
    return picture


def _blend(colour: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(255 + (part - 255) * share) for part in colour)
    return red, green, blue
