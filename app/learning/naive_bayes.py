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
  all tags together, and with it to the library's: `SHRINK` photos' worth. That common variance is
  renewed by `fit` and not with each example, or each would change the scores of all tags.
- A suggestion that the user takes away teaches nothing. Here rejected photos move what the tag is
  compared with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.base import Fitted, SummingHead
from app.learning.boundary import Boundary
from app.learning.examples import Arrays

#: How many photos' worth the variance common to all tags is in that of each tag.
SHRINK = 20.0
#: No variance is smaller, as a share of the mean one: a value that never differed so far may yet.
_FLOOR = 1e-3


class CommonVariance(Fitted):
    """How values differ between photos of one tag.

    Attributes:
        within: between photos of one tag, shape (size,).
        everywhere: between photos of the library, shape (size,).
    """

    __slots__ = ("everywhere", "within")

    def __init__(
        self, within: NDArray[np.float64], everywhere: NDArray[np.float64], examples: int
    ) -> None:
        super().__init__(examples)
        self.within = within
        self.everywhere = everywhere


class NaiveBayesHead(SummingHead):
    """The score is the log likelihood ratio of the tag against the library."""

    kind: ClassVar[str] = "gnb"
    squares: ClassVar[bool] = True

    @property
    def common(self) -> CommonVariance:
        """The variance common to all tags."""
        if not isinstance(self._fitted, CommonVariance):
            self._fitted = self._make_fitted()
            self._remember()
        return self._fitted

    def _make_boundary(self, tag: Tag) -> Boundary:
        sums = self._right[tag]
        share = sums.count / (sums.count + SHRINK)
        mean, variance = sums.mean(), share * sums.variance() + (1 - share) * self.common.within
        other, spread = self._against(tag), self.common.everywhere
        constant = 0.5 * np.sum(other**2 / spread - mean**2 / variance)
        constant += 0.5 * np.sum(np.log(spread / variance))
        return Boundary(
            (mean / variance - other / spread).astype(np.float32),
            np.float32(constant),
            (0.5 / spread - 0.5 / variance).astype(np.float32),
        )

    def _make_fitted(self) -> CommonVariance:
        size = self.examples.size
        weight = min(SHRINK, float(len(self.background.local)))
        total, freedom = np.zeros(size), weight
        if weight:
            # The library's local variance counts too.
            total += weight * np.mean(self.background.local.astype(np.float64) ** 2, axis=0)
        for tag in self.tags:
            sums = self._right[tag]
            total += sums.count * sums.variance()
            freedom += sums.count - 1
        found = total / freedom if freedom > 0 else np.full(size, 1 / size)
        mean = float(found.mean()) or 1 / size
        # One photo's worth of "all dimensions alike" keeps the few that never varied from
        # deciding everything.
        found = (found * max(freedom, 1.0) + mean) / (max(freedom, 1.0) + 1)
        within = np.maximum(found, _FLOOR * mean)
        sample = self.background.sample
        everywhere = within
        if len(sample):
            everywhere = within + np.var(sample, axis=0, dtype=np.float64)
        return CommonVariance(within, everywhere, len(self.examples))

    # Keeping

    def state(self) -> Arrays:
        """The common variance, which depends on when `fit` was called."""
        if not isinstance(self._fitted, CommonVariance):
            return {}
        return {
            "within": self._fitted.within,
            "everywhere": self._fitted.everywhere,
            "fitted": np.array(self._fitted.examples),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the common variance back."""
        if "within" not in state:
            return
        within, everywhere = (
            np.asarray(state[name], dtype=np.float64) for name in ("within", "everywhere")
        )
        if not within.shape == everywhere.shape == (self.examples.size,):
            raise ValueError(f"variances of shape {within.shape} and {everywhere.shape}")
        self._used.clear()
        self._use(CommonVariance(within, everywhere, int(state["fitted"])))
