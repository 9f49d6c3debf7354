"""How good answers are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


def rank_of(scores: NDArray[np.floating], right: Iterable[int]) -> int:
    """At which place the best of the right answers stands, 1 being the first.

    Args:
        scores: shape (answers,).
        right: indices of the answers that count as right. Ties count against them.
    """
    best = max(float(scores[index]) for index in right)
    return int(np.count_nonzero(scores >= best))


def top_k_accuracy(ranks: Iterable[int], ks: Iterable[int] = (1, 5, 10)) -> dict[int, float]:
    """The share of photos whose right answer is among the first k, for each k; 0 for no photos."""
    places = np.fromiter(ranks, dtype=np.int64)
    return {k: float(np.mean(places <= k)) if len(places) else 0.0 for k in ks}


def average_precision(scores: NDArray[np.floating], right: NDArray[np.bool_]) -> float:
    """The area under the curve of precision over recall, by steps (no interpolation).

    Photos with equal scores count together. 0 where no photo has the tag.

    Args:
        scores, right: shape (photos,), of one tag.
    """
    total = int(np.count_nonzero(right))
    if not total:
        return 0.0
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(right[order])
    # Only after the last of equal scores is it known which photos are above.
    last = np.append(np.diff(scores[order]) != 0, True)
    precision = found[last] / (np.flatnonzero(last) + 1)
    recall = found[last] / total
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


@dataclass(frozen=True, slots=True)
class TagFigures:
    """How well one tag is found.

    Attributes:
        photos: how many have it.
        precision: of those that it was given to, the share that has it.
        recall: of those that have it, the share that it was given to.
        average_precision: see `average_precision`.
    """

    photos: int
    precision: float
    recall: float
    average_precision: float


def tag_figures(
    scores: NDArray[np.floating], given: NDArray[np.bool_], right: NDArray[np.bool_]
) -> list[TagFigures]:
    """Figures for each column of arrays of shape (photos, tags)."""
    return [
        TagFigures(
            int(right[:, k].sum()),
            _share(right[:, k] & given[:, k], given[:, k]),
            _share(right[:, k] & given[:, k], right[:, k]),
            average_precision(scores[:, k], right[:, k]),
        )
        for k in range(right.shape[1])
    ]


def _share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
    total = int(whole.sum())
    return int(part.sum()) / total if total else 0.0


def confusion(
    truth: NDArray[np.integer], guess: NDArray[np.integer], classes: int
) -> NDArray[np.int64]:
    """Photos by what they show (rows) and what they were taken for (columns)."""
    matrix = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(matrix, (truth, guess), 1)
    return matrix


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Answers of about the same certainty.

    Attributes:
        low, high: the certainties.
        answers: how many.
        certainty: their mean certainty.
        right: the share of them that is right.
    """

    low: float
    high: float
    answers: int
    certainty: float
    right: float


def calibration_curve(
    certainties: NDArray[np.floating], right: NDArray[np.bool_], bins: int = 10
) -> list[CalibrationBin]:
    """Certainties in bins of equal width against how often they were right, without empty bins.

    Args:
        certainties: 0 to 1, any shape.
        right: whether each answer was right, the same shape.
    """
    flat = np.asarray(certainties, dtype=np.float64).ravel()
    place = np.minimum((flat * bins).astype(np.int64), bins - 1)
    answers = np.bincount(place, minlength=bins)
    sure = np.bincount(place, weights=flat, minlength=bins)
    good = np.bincount(place, weights=right.ravel().astype(np.float64), minlength=bins)
    return [
        CalibrationBin(k / bins, (k + 1) / bins, int(n), float(sure[k] / n), float(good[k] / n))
        for k, n in enumerate(answers)
        if n
    ]


def calibration_error(curve: Iterable[CalibrationBin]) -> float:
    """The expected calibration error (Naeini and others 2015): the mean gap over all answers."""
    bins = list(curve)
    total = sum(each.answers for each in bins)
    if not total:
        return 0.0
    return sum(each.answers * abs(each.certainty - each.right) for each in bins) / total
