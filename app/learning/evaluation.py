"""How good answers are."""

from __future__ import annotations

from collections.abc import Iterable

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
