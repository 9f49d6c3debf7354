"""A head as it was at one moment: it cannot learn, so that any thread may ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.boundary import Boundary, score
from app.learning.heads import Head


class FixedHead:
    """What a head would say now. It never changes.

    Args:
        boundaries: what photos are scored with for each tag.
        counts: how many examples each tag has.
    """

    def __init__(self, boundaries: Mapping[Tag, Boundary], counts: Mapping[Tag, int]) -> None:
        self._boundaries = boundaries
        self.counts = counts
        self.tags = tuple(sorted(boundaries))

    @classmethod
    def of(cls, head: Head) -> FixedHead:
        """What a head says at this moment."""
        return cls(
            {tag: head.boundary_of(tag) for tag in head.tags},
            {tag: head.count_of(tag) for tag in head.tags},
        )

    def scores(
        self, embeddings: NDArray[np.floating], tags: Iterable[Tag] | None = None
    ) -> NDArray[np.float32]:
        """As the head's `scores`."""
        chosen = self.tags if tags is None else tags
        return score(embeddings, [self._boundaries[tag] for tag in chosen])
