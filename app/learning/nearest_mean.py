"""The head that tagging uses: the nearest mean, in a metric that is learned along.

Each tag is one thing: the mean of the normalised embeddings of its photos. What is *near* is one
covariance for all tags, S; a photo x scores for tag k, with the mean m_k and what the tag stands
out from, o_k,

    (m_k - o_k)' S^-1 (x - o_k) / sqrt((m_k - o_k)' S^-1 (m_k - o_k))

which is how far the photo lies from the library's middle towards the tag, in units of what differs
between photos of one kind. With S = 1 it is the centred cosine but for the length of x - o, and
with many examples it separates two tags as linear discriminant analysis does (Fisher 1936; the
running form is streaming LDA, Hayes and Kanan 2020). Between the two S moves by itself:

    S = (PRIOR d t 1  +  NEIGHBOUR_WEIGHT C_local  +  sum of residuals' squares) / (their weights)

the posterior mean under an inverse-Wishart prior: PRIOR d (d dimensions) photos' worth of
"all directions alike" at the mean variance t, and some of what photos differ in from those most
like them, against every example's own residual from its tag's mean.

Dividing by the length of m_k - o_k matters where a tag has few examples: the fewer there are, the
longer the difference is by chance, and the more the tag would claim (LDA's -m'S^-1 m / 2 punishes
for it, but not by the right amount).

Rejected photos pull o_k towards themselves, so that the direction turns away from what was wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.base import Fitted, SummingHead, leaves
from app.learning.boundary import Boundary
from app.learning.examples import Arrays

#: How many photos' worth of evidence the library's local covariance is. Chosen by five-fold
#: cross-validation inside the flower training photos, where 50 to 150 differ by no more than noise.
NEIGHBOUR_WEIGHT = 150.0
#: How many photos' worth per dimension it is that all directions are alike: this much with few
#: examples, that much more with very many, half of it with `HALF_MORE`. Chosen inside the flower
#: training photos, part of them taught and the others judged: beginning with 0.1, 0.15 and 0.25,
#: one example a class gives 62.1, 61.4 and 60.7 % right, three 77.3, 77.0 and 76.7 %, and more
#: about the same; but what is said after one is off by 0.05, 0.04 and 0.03 (Lite2). Where 0.1
#: grows to no more than 0.5, eighty lose half a point.
PRIOR, MORE, HALF_MORE = 0.15, 0.5, 150.0
#: Rows of the metric that a vector is multiplied with at a time, see `_times`.
_ROWS = 256


class Metric(Fitted):
    """What is near: 6.5 MB each.

    Attributes:
        inverse: S^-1, shape (size, size).
    """

    __slots__ = ("inverse",)

    def __init__(self, inverse: NDArray[np.float32], examples: int) -> None:
        super().__init__(examples)
        self.inverse = inverse


class NearestMeanHead(SummingHead):
    """See the module. Each example costs one addition; `fit` renews the metric, which takes 0.3 s,
    and 0.05 s for every 1,000 examples.
    """

    kind: ClassVar[str] = "nearest-mean"

    @property
    def metric(self) -> Metric:
        """What is near at the moment."""
        if not isinstance(self._fitted, Metric):
            self._fitted = self._make_fitted()
            self._remember()
        return self._fitted

    def _make_fitted(self) -> Metric:
        size = self.examples.size
        residuals, freedom = self._residuals()
        local = self.background.local
        weight = min(NEIGHBOUR_WEIGHT, float(len(local)))
        scatter = np.zeros((size, size))
        if len(local):
            scatter += self.background.scatter * (weight / len(local))
        if freedom > 0:
            scatter += residuals.T @ residuals
        freedom = max(freedom, 0.0) + weight
        spread = float(np.trace(scatter)) / freedom / size if freedom else 0.0
        # Where nothing is known all directions are alike; the unit is then without meaning.
        spread = spread or 1 / size
        count = len(self.examples)
        prior = size * (PRIOR + MORE * count / (count + HALF_MORE))
        scatter[np.diag_indices(size)] += prior * spread
        covariance = scatter / (prior + freedom)
        inverse = np.asarray(np.linalg.inv(covariance), dtype=np.float32)
        return Metric(inverse, len(self.examples))

    def _residuals(self) -> tuple[NDArray[np.float32], float]:
        """What examples differ in from the means of their tags, and the degrees of freedom.

        A photo with several tags counts in parts that make one photo.
        """
        rows: list[NDArray[np.float32]] = []
        means = {tag: sums.mean().astype(np.float32) for tag, sums in self._right.items()}
        freedom = 0.0
        tags_met: set[Tag] = set()
        for example, row in zip(self.examples, self.examples.matrix(), strict=True):
            own = sorted(tag for tag in leaves(example.right) if self._counts[tag] > 1)
            tags_met.update(own)
            for tag in own:
                rows.append((row - means[tag]) * np.float32(len(own) ** -0.5))
                freedom += 1 / len(own)
        freedom -= len(tags_met)
        return np.array(rows, dtype=np.float32).reshape(-1, self.examples.size), freedom

    def _make_boundary(self, tag: Tag) -> Boundary:
        against = self._against(tag)
        difference = self.mean_of(tag) - against
        # Half the memory of doubles, which is what takes the time here; the rounding is a
        # hundredth of that of the embeddings.
        product = _times(self.metric.inverse, difference.astype(np.float32))
        return self._boundary(against, difference, product)

    def prepare(self, tags: Iterable[Tag]) -> None:
        """One product of matrices instead of one with a vector for each tag."""
        open_ = [tag for tag in tags if tag not in self._boundaries]
        against = [self._against(tag) for tag in open_]
        differences = [self.mean_of(tag) - a for tag, a in zip(open_, against, strict=True)]
        rows = np.array(differences, np.float32).reshape(-1, self.examples.size)
        products = rows @ self.metric.inverse
        for tag, *parts in zip(open_, against, differences, products, strict=True):
            self._boundaries[tag] = self._boundary(*parts)

    @staticmethod
    def _boundary(
        against: NDArray[np.float64],
        difference: NDArray[np.float64],
        product: NDArray[np.float32],
    ) -> Boundary:
        towards = product.astype(np.float64)
        length = float(np.sqrt(max(float(difference @ towards), 0.0)))
        towards /= length or 1.0
        return Boundary(towards.astype(np.float32), np.float32(-(towards @ against)))

    # Keeping

    def state(self) -> Arrays:
        """The metric, which depends on when `fit` was called."""
        if not isinstance(self._fitted, Metric):
            return {}
        return {"inverse": self._fitted.inverse, "fitted": np.array(self._fitted.examples)}

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the metric back."""
        if "inverse" not in state:
            return
        inverse = np.asarray(state["inverse"], dtype=np.float32)
        if inverse.shape != (self.examples.size, self.examples.size):
            raise ValueError(f"a metric of shape {inverse.shape}")
        self._used.clear()
        self._use(Metric(inverse, int(state["fitted"])))


def _times(matrix: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The product, some rows at a time.

    At once, OpenBLAS hands it out to threads, which wait for more for 25 ms then and use up a core
    each; the product itself takes a third of one.
    """
    parts = range(0, len(matrix), _ROWS)
    return np.concatenate([matrix[first : first + _ROWS] @ vector for first in parts])
