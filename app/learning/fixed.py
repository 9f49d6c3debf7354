"""A head as it was at one moment: it cannot learn, so that any thread may ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.examples import lengths, widen
from app.learning.nearest_mean import NearestMeanHead


class FixedHead:
    """What a nearest-mean head would say now. It never changes.

    Args:
        weights: for each tag what photos are multiplied with, and what is added.
        counts: how many examples each tag has.
    """

    def __init__(
        self,
        weights: Mapping[Tag, tuple[NDArray[np.float32], np.float32]],
        counts: Mapping[Tag, int],
    ) -> None:
        self._weights = weights
        self.counts = counts
        self.tags = tuple(sorted(weights))

    @classmethod
    def of(cls, head: NearestMeanHead) -> FixedHead:
        """What a head says at this moment."""
        return cls(
            {tag: head.weights_of(tag) for tag in head.tags},
            {tag: head.count_of(tag) for tag in head.tags},
        )

    def scores(
        self, embeddings: NDArray[np.floating], tags: Iterable[Tag] | None = None
    ) -> NDArray[np.float32]:
        """As `NearestMeanHead.scores`."""
        chosen = self.tags if tags is None else tuple(tags)
        rows = widen(embeddings)
        found = np.empty((len(rows), len(chosen)), np.float32)
        inverse_lengths = 1 / lengths(rows)
        for column, tag in enumerate(chosen):
            weights, offset = self._weights[tag]
            found[:, column] = (rows @ weights) * inverse_lengths + offset
        return found
