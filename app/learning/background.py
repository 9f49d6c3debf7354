"""What the library looks like as a whole: what a tag has to stand out from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.learning.examples import normalised

#: Photos that stand for the library. Twice as many moved no score by more than noise does.
SAMPLE = 2000
#: How many of the most similar photos each one is compared with.
NEIGHBOURS = 2
#: Photos more similar than this are the same moment taken twice; what differs between them is
#: noise, not what differs between two photos of one kind.
TWINS = 0.98


@dataclass(frozen=True, eq=False)
class Background:
    """Photos of the library about which nobody has said anything.

    Attributes:
        sample: normalised embeddings, shape (photos, size).
        mean: of the sample, shape (size,); zero where there is none.
        local: differences between photos and those most like them, divided by sqrt(2), shape
            (pairs, size). Two photos that are nearest to each other mostly show the same thing,
            so the covariance of these rows is one within kinds, found without any labels. (The
            covariance of the library itself is dominated by the differences *between* kinds, and
            dividing by it takes away just what is looked for. Cross-validated inside the flower
            training photos with one example a class: 26 % right with the library's covariance,
            58 % with none, 62 % with this.)
        photos: how many the library has, about; 0 where that is not known.
    """

    sample: NDArray[np.float32]
    mean: NDArray[np.float64]
    local: NDArray[np.float32]
    photos: int = 0

    @cached_property
    def scatter(self) -> NDArray[np.float32]:
        """The sum of the squares of `local`, shape (size, size): the same for every head."""
        return np.asarray(self.local.T @ self.local, dtype=np.float32)

    @classmethod
    def empty(cls, size: int) -> Background:
        """No library."""
        none = np.empty((0, size), np.float32)
        return cls(none, np.zeros(size), none)

    @classmethod
    def of(cls, matrix: NDArray[np.floating], sample: int = SAMPLE) -> Background:
        """From the embeddings of a library, shape (photos, size); rows of zeros are unused.

        At most `sample` rows, evenly spaced, are read.
        """
        step = max(1, -(-len(matrix) // sample))
        rows = np.asarray(matrix[::step], dtype=np.float32)
        used = rows[rows.any(axis=1)]
        return cls.from_sample(normalised(used), step * len(used))

    @classmethod
    def from_sample(cls, rows: NDArray[np.float32], photos: int = 0) -> Background:
        """From normalised embeddings of shape (photos, size): the `sample` of another one."""
        if len(rows) < 2:
            return cls.empty(rows.shape[1])
        return cls(rows, rows.mean(axis=0, dtype=np.float64), _local(rows), photos)


def _local(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    cosines = rows @ rows.T
    cosines[cosines > TWINS] = -1  # themselves, too
    most = min(NEIGHBOURS, len(rows) - 1)
    nearest = np.argpartition(-cosines, most - 1, axis=1)[:, :most]
    found = np.take_along_axis(cosines, nearest, axis=1) > -1
    left, which = np.nonzero(found)
    return (rows[left] - rows[nearest[left, which]]) / np.float32(np.sqrt(2))
