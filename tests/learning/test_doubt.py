"""What is left of a network's word after the user's answers to it."""

from __future__ import annotations

import numpy as np
import pytest

from app.learning.doubt import Doubt
from tests.learning.kinds import SIZE, centres, photos

KINDS = centres(3)
MIDDLE = np.concatenate([photos(kind, 30, n) for n, kind in enumerate(KINDS)])
MIDDLE = (MIDDLE / np.linalg.norm(MIDDLE, axis=1, keepdims=True)).mean(axis=0)


def doubt(rejected: int, accepted: int = 0, said: float = 0.9) -> Doubt:
    """About photos of the first kind."""
    rows = photos(KINDS[0], rejected + accepted, 7)
    return Doubt.of(MIDDLE, list(rows), [said] * len(rows), [False] * rejected + [True] * accepted)


def left_of(found: Doubt, kind: int, said: float = 0.9) -> float:
    rows = photos(KINDS[kind], 20, 99)
    return float(found.certainties(rows, np.full(20, said)).mean())


def test_each_rejection_takes_more_from_photos_of_its_kind() -> None:
    left = [left_of(doubt(count), 0) for count in range(1, 7)]
    assert left == sorted(left, reverse=True)
    assert left[0] > 0.6 and left[4] < 0.5
    assert left[4] < left_of(doubt(5), 1) - 0.1  # others are hardly touched
    assert left_of(doubt(5), 1) > 0.7


def test_acceptances_speak_for_the_network() -> None:
    assert left_of(doubt(2, 8), 0) > left_of(doubt(2, 2), 0) > left_of(doubt(2), 0)
    assert left_of(doubt(1, 9), 0) == pytest.approx(0.9, abs=0.05)


def test_nothing_is_raised() -> None:
    said = np.full(20, 0.4)
    for found in (doubt(0, 20, said=0.4), doubt(1, 30, said=0.4)):
        assert (found.certainties(photos(KINDS[0], 20, 99), said) == 0.4).all()


def test_a_photo_alone_comes_to_the_same_as_among_others() -> None:
    rows = np.concatenate([photos(kind, 30, n) for n, kind in enumerate(KINDS)])
    said = np.linspace(0.1, 0.99, len(rows))
    found = doubt(4, 2)
    together = found.certainties(rows.astype(np.float16), said)
    alone = [
        found.certainties(row[None].astype(np.float16), said[n : n + 1])[0]
        for n, row in enumerate(rows)
    ]
    assert together.tolist() == alone
    assert (together < said).all()


def test_the_same_picture_rejected_for_sure_is_sure() -> None:
    row = photos(KINDS[0], 1, 3)[0]
    found = Doubt.of(MIDDLE, [row] * 50, [0.99] * 50, [False] * 50)
    assert found.certainties(row[None], np.array([0.99]))[0] < 0.15
    assert np.isfinite(found.certainties(np.zeros((1, SIZE)), np.array([1.0]))).all()
