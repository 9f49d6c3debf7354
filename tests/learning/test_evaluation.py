"""The figures, against others' and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.learning.evaluation import (
    average_precision,
    calibration_curve,
    calibration_error,
    confusion,
    tag_figures,
)


@pytest.mark.parametrize("seed", range(5))
def test_average_precision_is_scikit_learns(seed: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(seed)
    right = random.random(200) < 0.2
    scores = np.round(random.random(200) + 0.5 * right, 1)  # with many equal ones
    expected = metrics.average_precision_score(right, scores)
    assert average_precision(scores, right) == pytest.approx(expected)


def test_average_precision_by_hand() -> None:
    right = np.array([True, False, True, False])
    assert average_precision(np.array([0.9, 0.8, 0.7, 0.6]), right) == pytest.approx(5 / 6)
    assert average_precision(np.ones(4), right) == pytest.approx(0.5)
    assert average_precision(np.ones(4), np.zeros(4, dtype=bool)) == 0


def test_figures_of_a_tag() -> None:
    right = np.array([[1, 0], [1, 0], [0, 1], [0, 0]], dtype=bool)
    given = np.array([[1, 0], [0, 0], [1, 0], [1, 0]], dtype=bool)
    first, second = tag_figures(given.astype(float), given, right)
    assert (first.photos, first.precision, first.recall) == (2, pytest.approx(1 / 3), 0.5)
    assert (second.photos, second.precision, second.recall) == (1, 0.0, 0.0)


def test_confusion() -> None:
    found = confusion(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), 3)
    assert found.tolist() == [[1, 1, 0], [0, 2, 0], [0, 0, 0]]


def test_calibration_error() -> None:
    sure = np.array([0.95, 0.95, 0.95, 0.95, 0.15, 1.0])
    right = np.array([True, True, True, False, False, True])
    low, high = calibration_curve(sure, right)
    assert (low.answers, low.certainty, low.right) == (1, pytest.approx(0.15), 0.0)
    assert (high.answers, high.certainty, high.right) == (5, pytest.approx(0.96), 0.8)
    assert calibration_error([low, high]) == pytest.approx((0.15 + 5 * 0.16) / 6)
    assert calibration_error([]) == 0
