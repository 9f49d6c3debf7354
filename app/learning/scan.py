"""Scoring a whole library: one pass over the matrix of embeddings, in pieces that fit the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from app.core.cpu import usable_cores
from app.core.tag import Tag
from app.learning.heads import Head

#: Photos at a time, between which it may be stopped.
PIECE = 2048


def score_all(
    head: Head,
    matrix: NDArray[np.floating],
    tags: Iterable[Tag],
    *,
    inverse_lengths: NDArray[np.float32] | None = None,
    threads: int | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> NDArray[np.float32]:
    """Scores of shape (photos, tags) for a matrix of embeddings, which may be a memory map.

    Memory beside the result is a few pieces, however many photos there are.

    Args:
        matrix: shape (photos, size), float16 as the library keeps it, or any other.
        inverse_lengths: see `app.learning.boundary.score`.
        threads: how many; None for what suits the number of tags.
        stopped: is asked at every piece whether to give up; what is left is NaN then.
    """
    chosen = tuple(tags)
    found = np.full((len(matrix), len(chosen)), np.nan, np.float32)
    if not chosen or not len(matrix):
        return found
    head.scores(matrix[:1], chosen)  # prepares what threads share

    def work(first: int) -> None:
        if stopped():
            return
        part = slice(first, first + PIECE)
        scale = None if inverse_lengths is None else inverse_lengths[part]
        found[part] = head.scores(matrix[part], chosen, scale)

    starts = range(0, len(matrix), PIECE)
    # For a few tags starting threads costs more than they gain: NumPy gives up the interpreter's
    # lock for too short a time.
    workers = threads or min(usable_cores(), 1 + len(chosen) // 8)
    if workers == 1 or len(starts) == 1:
        for first in starts:
            work(first)
        return found
    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(work, starts, chunksize=16):
            pass
    return found
