"""What a head has come to for one tag, and how photos are scored by it: the same for all heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.learning.examples import lengths, widen

#: Photos at a time, so that they stay in a core's own cache while all tags pass over them.
_PIECE = 256


class Boundary(NamedTuple):
    """What is done to a photo of length 1 to score it for a tag. It never changes.

    Attributes:
        weights: what it is multiplied with, shape (size,).
        offset: what is added then.
        squares: what its squares are multiplied with, shape (size,); None for nothing.
    """

    weights: NDArray[np.float32]
    offset: np.float32
    squares: NDArray[np.float32] | None = None


def score(embeddings: NDArray[np.floating], boundaries: Sequence[Boundary]) -> NDArray[np.float32]:
    """Scores of shape (n, tags) for embeddings of shape (n, size), of any length."""
    found = np.empty((len(embeddings), len(boundaries)), np.float32)
    has_squares = any(each.squares is not None for each in boundaries)
    for first in range(0, len(embeddings), _PIECE):
        rows = widen(embeddings[first : first + _PIECE])
        part = found[first : first + _PIECE]
        inverse_lengths = 1 / lengths(rows)
        squared = rows * rows if has_squares else rows
        for column, (weights, offset, squares) in enumerate(boundaries):
            # One tag at a time: a product of matrices rounds differently when its shape does,
            # and a tag that is scored alone must score as it did among all.
            value = (rows @ weights) * inverse_lengths
            if squares is not None:
                value += (squared @ squares) * (inverse_lengths * inverse_lengths)
            part[:, column] = value + offset
    return found
