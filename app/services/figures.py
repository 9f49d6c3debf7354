"""Figures as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from app.core.errors import WriteError
from app.core.tag import Tag
from app.learning.evaluation import CalibrationBin, calibration_error
from app.services.learning_curves import CurvePoint

_WHITE, _INK, _GREY, _LINE = (255, 255, 255), (20, 24, 32), (110, 118, 130), (222, 226, 232)
_BLUE, _ORANGE = (30, 96, 176), (200, 84, 20)
#: The largest picture of a matrix, in pixels; cells of many classes become small.
_MATRIX = 900
_CURVE = 360
_MARGIN = 32


def write_png(
    path: Path,
    tags: Sequence[Tag],
    confusion: NDArray[np.integer],
    curve: Sequence[CalibrationBin],
    title: str,
    learning: Sequence[CurvePoint] = (),
) -> None:
    """A picture of the confusion matrix and the calibration curve.

    Args:
        learning: the learning curve, if there is one.

    Raises:
        WriteError: it cannot be written.
    """
    names = [tag.name for tag in tags]
    names += ["something else"] * (confusion.shape[1] - len(names))
    matrix = _matrix(names, confusion)
    curves = [_calibration(curve)] + ([_learning(learning)] if learning else [])
    beside = sum(each.height for each in curves) + _MARGIN * (len(curves) - 1)
    width = matrix.width + max(each.width for each in curves) + 3 * _MARGIN
    height = max(matrix.height, beside) + 3 * _MARGIN
    picture = Image.new("RGB", (width, height), _WHITE)
    draw = ImageDraw.Draw(picture)
    draw.text((_MARGIN, _MARGIN // 2), title, _INK, ImageFont.load_default(22))
    picture.paste(matrix, (_MARGIN, 2 * _MARGIN))
    top = 2 * _MARGIN
    for each in curves:
        picture.paste(each, (2 * _MARGIN + matrix.width, top))
        top += each.height + _MARGIN
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


class _Chart:
    """Shares, from bottom to top, over something from 0 to 1."""

    left, top = 52, 28

    def __init__(self, title: str) -> None:
        size = (self.left + _CURVE + 20, self.top + _CURVE + 64)
        self.picture = Image.new("RGB", size, _WHITE)
        self.draw = ImageDraw.Draw(self.picture)
        self.font = ImageFont.load_default(13)
        self.draw.text((self.left, 4), title, _GREY, self.font)
        for tenth in range(0, 11, 2):
            share = tenth / 10
            self.draw.line((self.place(0, share), self.place(1, share)), _LINE)
            place = (self.left - 8, self.place(0, share)[1])
            self.draw.text(place, f"{share:.0%}", _GREY, self.font, anchor="rm")

    def place(self, across: float, share: float) -> tuple[float, float]:
        return self.left + across * _CURVE, self.top + (1 - share) * _CURVE

    def mark(self, across: float, text: str) -> None:
        """A line upwards with a word below."""
        self.draw.line((self.place(across, 0), self.place(across, 1)), _LINE)
        place = (self.place(across, 0)[0], self.top + _CURVE + 8)
        self.draw.text(place, text, _GREY, self.font, anchor="mt")

    def curve(self, points: Sequence[tuple[float, float]], radii: Sequence[float]) -> None:
        """Points of across and share, joined."""
        places = [self.place(*point) for point in points]
        if len(places) > 1:
            self.draw.line(places, _BLUE, 2)
        for (x, y), radius in zip(places, radii, strict=True):
            self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), _BLUE)

    def say(self, text: str) -> None:
        """Words under it."""
        self.draw.text((self.left, self.top + _CURVE + 32), text, _INK, self.font)


def _calibration(curve: Sequence[CalibrationBin]) -> Image.Image:
    """How often answers are right over how certain they are; on the diagonal they are honest."""
    chart = _Chart("share that is right")
    for tenth in range(0, 11, 2):
        chart.mark(tenth / 10, f"{tenth / 10:.0%}")
    chart.draw.line((chart.place(0, 0), chart.place(1, 1)), _GREY, 1)
    most = max((each.answers for each in curve), default=1)
    chart.curve(
        [(each.certainty, each.right) for each in curve],
        [3 + 6 * (each.answers / most) ** 0.5 for each in curve],
    )
    chart.say(f"certainty (expected calibration error {calibration_error(curve):.3f})")
    return chart.picture


def _learning(points: Sequence[CurvePoint]) -> Image.Image:
    """Accuracy by examples of each tag, whose number grows by factors from left to right."""
    chart = _Chart("share of first answers that is right")
    widest = np.log(max(points[-1].examples, 2))
    across = [float(np.log(each.examples) / widest) for each in points]
    for place, each in zip(across, points, strict=True):
        chart.mark(place, str(each.examples))
        for accuracy in each.accuracies:
            x, y = chart.place(place, accuracy)
            chart.draw.ellipse((x - 1, y - 1, x + 1, y + 1), _GREY)
    curve = [(place, each.mean) for place, each in zip(across, points, strict=True)]
    chart.curve(curve, [4] * len(curve))
    chart.say("examples of each tag")
    return chart.picture


def _blend(colour: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(255 + (part - 255) * share) for part in colour)
    return red, green, blue
