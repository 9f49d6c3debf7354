"""Rows as ranges: what Qt's models speak of."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


def ranges(rows: Rows) -> Iterator[tuple[int, int]]:
    """The runs of rows that follow each other, as (first, last).

    Args:
        rows: ascending, none twice.
    """
    if len(rows) == 0:
        return
    ends = np.flatnonzero(np.diff(rows) != 1)
    firsts = rows[np.concatenate(([0], ends + 1))]
    lasts = rows[np.concatenate((ends, [len(rows) - 1]))]
    yield from zip(firsts.tolist(), lasts.tolist(), strict=True)


def count_ranges(rows: Rows) -> int:
    """How many ranges there are."""
    return 0 if len(rows) == 0 else 1 + int(np.count_nonzero(np.diff(rows) != 1))


def max_pieces(rows: int) -> int:
    """How many ranges may come or go one after the other in a model of so many rows.

    Each costs time in proportion to the rows; beyond that it is quicker to do all at once.
    """
    return max(3, min(200, 2_000_000 // (rows + 1)))
