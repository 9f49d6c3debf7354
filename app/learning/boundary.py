"""What a head has come to for one tag, and how photos are scored by it: the same for all heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.learning.examples import lengths, widen

#: Photos at a time: 2.6 MB as float32, which stay in a cache while all tags pass over them. 256 and
#: 1,024 take as long; but each further call has to wait for Python's lock.
_PIECE = 512


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


#: What the bits of half precision, moved to their places in single precision, are too small by.
_TOO_SMALL = np.float32(2.0**112)
#: Weights below this can be multiplied with it.
_LARGE = 1e4


def score(
    embeddings: NDArray[np.floating],
    boundaries: Sequence[Boundary],
    inverse_lengths: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Scores of shape (n, tags) for embeddings of shape (n, size), of any length.

    Args:
        inverse_lengths: of `inverse_lengths_of`, shape (n,), if they are known; the same comes
            out in two thirds of the time.
    """
    if not boundaries:
        return np.empty((len(embeddings), 0), np.float32)
    if (
        inverse_lengths is not None
        and embeddings.dtype == np.float16
        and embeddings.dtype.isnative
        and all(b.squares is None and np.abs(b.weights).max() < _LARGE for b in boundaries)
    ):
        return _score_half(embeddings, boundaries, inverse_lengths)
    found = np.empty((len(embeddings), len(boundaries)), np.float32)
    weights, offsets = _stacked(boundaries)
    has_squares = any(each.squares is not None for each in boundaries)
    for first in range(0, len(embeddings), _PIECE):
        rows = widen(embeddings[first : first + _PIECE])
        part = found[first : first + _PIECE]
        scale = np.asarray(1 / lengths(rows), dtype=np.float32)
        squared = rows * rows if has_squares else rows
        _products(rows, weights, scale, part)
        for column, each in enumerate(boundaries):
            if each.squares is not None:
                part[:, column] += np.vecdot(squared, each.squares) * (scale * scale)
        part += offsets
    return found


def _stacked(boundaries: Sequence[Boundary]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights of shape (tags, size), offsets of shape (tags,)."""
    return (
        np.stack([each.weights for each in boundaries]),
        np.array([each.offset for each in boundaries], np.float32),
    )


def _products(
    rows: NDArray[np.float32],
    weights: NDArray[np.float32],
    scale: NDArray[np.float32],
    into: NDArray[np.float32],
) -> None:
    """Each photo by itself with each tag: a product of matrices rounds differently when its shape
    does, and a tag or a photo that is scored alone must score as it did among all.
    """
    np.vecdot(rows[:, None, :], weights, out=into)
    into *= scale[:, None]


def _score_half(
    embeddings: NDArray[np.floating],
    boundaries: Sequence[Boundary],
    inverse_lengths: NDArray[np.float32],
) -> NDArray[np.float32]:
    """As `app.learning.examples.widen`, but its last step is done to the weights instead.

    That is a power of two, so every product is the same to the last bit.
    """
    found = np.empty((len(embeddings), len(boundaries)), np.float32)
    weights, offsets = _stacked(boundaries)
    weights *= _TOO_SMALL
    space = np.empty((min(_PIECE, len(embeddings)), embeddings.shape[1]), np.int32)
    for first in range(0, len(embeddings), _PIECE):
        piece = np.ascontiguousarray(embeddings[first : first + _PIECE]).view(np.int16)
        bits = space[: len(piece)]
        np.copyto(bits, piece)
        bits <<= 13
        bits &= np.int32(-0x70002000)
        part = found[first : first + _PIECE]
        _products(bits.view(np.float32), weights, inverse_lengths[first : first + _PIECE], part)
        part += offsets
    return found


def inverse_lengths_of(embeddings: NDArray[np.floating]) -> NDArray[np.float32]:
    """1 by the length of embeddings of shape (n, size); 1 for rows of zeros."""
    found = np.empty(len(embeddings), np.float32)
    for first in range(0, len(embeddings), _PIECE):
        found[first : first + _PIECE] = 1 / lengths(widen(embeddings[first : first + _PIECE]))
    return found
