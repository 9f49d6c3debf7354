"""What to ask next, on kinds of photos made of numbers."""

from __future__ import annotations

import numpy as np

from app.learning.asking import CAREFUL, asking_order, directions, middle_of
from tests.learning.kinds import SIZE, centres, photos

NOBODY = np.zeros((0, SIZE), np.float32)


def library(*counts: int, spread: float = 0.2) -> tuple[np.ndarray, np.ndarray]:
    """Directions of photos, and of which kind each is."""
    rows = [
        photos(kind, count, n, spread)
        for n, (kind, count) in enumerate(zip(centres(len(counts)), counts, strict=True))
    ]
    return directions(np.concatenate(rows)), np.repeat(np.arange(len(counts)), counts)


def test_first_comes_one_of_each_kind_the_largest_kinds_first() -> None:
    vectors, kinds = library(8, 30, 14, 50)
    same = np.ones(len(vectors))
    order = asking_order(vectors, same, vectors, same, NOBODY)
    assert kinds[order[:4]].tolist() == [3, 1, 2, 0]
    assert sorted(order.tolist()) == list(range(len(vectors)))


def test_what_was_answered_is_not_asked_again() -> None:
    vectors, kinds = library(20, 30, 10)
    same = np.ones(len(vectors))
    order = asking_order(vectors, same, vectors, same, vectors[kinds == 1][:1])
    assert kinds[order[:2]].tolist() == [0, 2]


def test_the_next_one_is_the_one_that_adds_most() -> None:
    vectors, _ = library(9, 12, 7, spread=0.8)
    random = np.random.default_rng(0)
    worth, weights = random.random(len(vectors)) + 0.1, random.random(len(vectors))
    known = vectors[[0, 10]]
    order = asking_order(vectors, worth, vectors, weights, known)
    chosen: list[int] = []
    for place in range(5):
        values = []
        for each in range(len(vectors)):
            before = np.concatenate([known, vectors[chosen]])
            covered = np.maximum(vectors @ before.T, 0).max(axis=1)
            after = np.maximum(covered, vectors @ vectors[each])
            gain = float(weights @ (after - covered)) + worth[each]
            values.append(-1.0 if each in chosen else worth[each] * gain)
        chosen.append(int(np.argmax(values)))
        assert order[place] == chosen[-1]


def test_without_embeddings_the_most_doubtful_come_first() -> None:
    worth = np.linspace(0.1, 1, 2 * CAREFUL)
    none = np.zeros((len(worth), SIZE), np.float32)
    order = asking_order(none, worth, none, worth, NOBODY)
    assert order.tolist() == list(range(len(worth)))[::-1]
    nothing = asking_order(NOBODY, np.zeros(0), NOBODY, np.zeros(0), NOBODY)
    assert len(nothing) == 0


def test_photos_without_an_embedding_have_no_direction() -> None:
    rows = np.concatenate([photos(centres(1)[0], 5, 0), np.zeros((2, SIZE), np.float16)])
    found = directions(rows, middle_of(rows))
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), [1] * 5 + [0] * 2, atol=1e-5)
    assert middle_of(rows[5:]).tolist() == [0] * SIZE
