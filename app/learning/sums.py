"""Sums that forget exactly: integers, so that the order of adding and taking out is no matter.

Floating-point addition is not associative: after `(a + b) - b` a sum may differ from `a` in its
last bits, and with it the suggestions after an undo. Here each value of a normalised embedding
is a whole number of 2**-20. That is finer than the half precision in which embeddings are kept
(a typical value, 1/sqrt(1280), has a step of 2**-16 there), and 64 bits hold the sum of
2**43 photos, or of the squares of 2**23.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.learning.examples import Example

#: How many steps make 1.
STEPS = 1 << 20


def whole_steps(example: Example) -> NDArray[np.int64]:
    """A photo's embedding of length 1, counted in steps: shape (size,)."""
    values = example.embedding.astype(np.float64)
    # math.fsum's exactness is not needed: the same numbers in the same order give the same
    # result, and one photo's embedding is always the same numbers.
    length = float(np.sqrt(np.sum(values * values)))
    return np.rint(values * (STEPS / length if length else 0.0)).astype(np.int64)


@dataclass(slots=True)
class Sum:
    """A number of photos, the sum of their embeddings, and that of the squares.

    Attributes:
        count: how many photos.
        total: shape (size,), in steps.
        squares: shape (size,), in steps of `STEPS`**2; empty where nobody needs them.
    """

    count: int
    total: NDArray[np.int64]
    squares: NDArray[np.int64]

    @classmethod
    def zero(cls, size: int, *, squares: bool = False) -> Sum:
        """No photos."""
        return cls(0, np.zeros(size, np.int64), np.zeros(size if squares else 0, np.int64))

    def copy(self) -> Sum:
        """Another one that is the same."""
        return Sum(self.count, self.total.copy(), self.squares.copy())

    def add(self, steps: NDArray[np.int64], sign: int = 1) -> None:
        """Add a photo (or take it out, with -1)."""
        self.count += sign
        self.total += sign * steps
        if len(self.squares):
            self.squares += sign * steps * steps

    def mean(self) -> NDArray[np.float64]:
        """Shape (size,)."""
        return self.total / (self.count * STEPS)

    def variance(self) -> NDArray[np.float64]:
        """Shape (size,), of the photos themselves (divided by their number)."""
        # Python's integers would be exact; doubles lose no more than 2**-53 of the squares.
        return np.maximum(self.squares / (self.count * STEPS**2) - self.mean() ** 2, 0)
