"""Gaussian naive Bayes over embeddings, learning from feedback.

The idea of keeping a mean and a spread per tag and moving them with each confirmed photo is that of
the Android program ImageTagger (github.com/slipnitskaya/image-tagger). Its update, with a momentum
m = 0.1 for every tag and photo,

    mean <- mean + m (x - mean)
    std  <- (1 - m) (std + m (x - mean)^2)

goes wrong in five ways, none of which is here:

- The last photo weighs a tenth for ever, whether the tag has five photos or five thousand, and the
  first ones are forgotten. Here a mean is the mean of all photos: a running sum.
- What it computes depends on the order of the photos and cannot be taken back. Here sums are whole
  numbers (`app.learning.sums`), so undo gives the same bits.
- The second line is the recurrence of a *variance*, applied to a *standard deviation*, by which the
  likelihood then divides as if it were a variance. Here there are only variances.
- A new tag starts with the spread that the values of its one photo have among each other, which
  says nothing about how photos of that tag differ. Here a tag's variance is shrunk to that of
  all tags together, and with it to the library's: `SHRINK` photos' worth.
- A suggestion that the user takes away teaches nothing. Here rejected photos move what the tag is
  compared with.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import BaseHead
from app.learning.examples import Example, ancestry, normalised
from app.learning.sums import STEPS, Sum, whole_steps

#: How many photos' worth the variance common to all tags is in that of each tag.
SHRINK = 20.0
#: Rejections weigh as much as the library when there are so many more of them than photos.
REJECTIONS = 3.0
#: No variance is smaller, as a share of the mean one: a value that never differed so far may yet.
_FLOOR = 1e-3


class NaiveBayesHead(BaseHead):
    """The score is the log likelihood ratio of the tag against the library."""

    kind: ClassVar[str] = "gnb"

    def __init__(self, model: str, size: int, background: Background | None = None) -> None:
        super().__init__(model, size, background)
        self._right: dict[Tag, Sum] = {}
        self._wrong: dict[Tag, Sum] = {}
        self._common: NDArray[np.float64] | None = None

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Every tag with an example."""
        return tuple(sorted(self._right))

    @property
    def stale(self) -> bool:
        """Never: each example changes all that follows from it at once."""
        return False

    def _known(self) -> frozenset[Tag]:
        return frozenset(self._right)

    def _count(self, example: Example, sign: int) -> None:
        steps = whole_steps(example)
        for sums, tags in ((self._right, example.taught), (self._wrong, example.wrong)):
            for tag in tags:
                found = sums.get(tag) or Sum.zero(self.examples.size, squares=True)
                found.add(steps, sign)
                if found.count:
                    sums[tag] = found
                else:
                    del sums[tag]
        self._common = None

    def fit(self, background: Background | None = None) -> frozenset[Tag]:
        """Take a new background; there is nothing else to do."""
        if background is None:
            return frozenset()
        self.background = background
        self._common = None
        return frozenset(self.tags)

    def scores(
        self, embeddings: NDArray[np.floating], tags: Iterable[Tag] | None = None
    ) -> NDArray[np.float32]:
        """Scores of shape (n, tags)."""
        chosen = self.tags if tags is None else tuple(tags)
        rows = normalised(embeddings)
        squared = rows * rows
        found = np.empty((len(rows), len(chosen)), np.float32)
        for column, tag in enumerate(chosen):
            mean, variance = self._moments(tag)
            other, spread = self._against(tag)
            linear = (mean / variance - other / spread).astype(np.float32)
            quadratic = (0.5 / spread - 0.5 / variance).astype(np.float32)
            constant = 0.5 * np.sum(other**2 / spread - mean**2 / variance)
            constant += 0.5 * np.sum(np.log(spread / variance))
            found[:, column] = rows @ linear + squared @ quadratic + np.float32(constant)
        return found

    def _moments(self, tag: Tag) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        sums = self._right[tag]
        share = sums.count / (sums.count + SHRINK)
        return sums.mean(), share * sums.variance() + (1 - share) * self._shared()

    def _shared(self) -> NDArray[np.float64]:
        """The variance within tags, shape (size,), in which the library's local one counts too."""
        if self._common is None:
            size = self.examples.size
            weight = min(SHRINK, float(len(self.background.local)))
            total, freedom = np.zeros(size), weight
            if weight:
                total += weight * np.mean(self.background.local.astype(np.float64) ** 2, axis=0)
            for tag in sorted(self._right):
                sums = self._right[tag]
                total += sums.count * sums.variance()
                freedom += sums.count - 1
            found = total / freedom if freedom > 0 else np.full(size, 1 / size)
            mean = float(found.mean()) or 1 / size
            # One photo's worth of "all dimensions alike" keeps the few that never varied from
            # deciding everything.
            found = (found * max(freedom, 1.0) + mean) / (max(freedom, 1.0) + 1)
            self._common = np.maximum(found, _FLOOR * mean)
        return self._common

    def _against(self, tag: Tag) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        sample = self.background.sample
        mean, variance = self.background.mean, self._shared()
        if len(sample):
            variance = variance + np.var(sample, axis=0, dtype=np.float64)
        wrong = [self._wrong[above] for above in sorted(ancestry((tag,))) if above in self._wrong]
        if wrong:
            count = sum(each.count for each in wrong)
            total = np.sum([each.total for each in wrong], axis=0)
            share = count / (count + self._right[tag].count + REJECTIONS)
            mean = (1 - share) * mean + share * (total / (count * STEPS))
        return mean, variance
