"""The head that tagging uses: the nearest mean, in a metric that is learned along.

Each tag is one thing: the mean of the normalised embeddings of its photos. What is *near* is one
covariance for all tags, S; a photo x scores for tag k, with the mean m_k and what the tag stands
out from, o_k,

    (m_k - o_k)' S^-1 (x - o_k) / sqrt((m_k - o_k)' S^-1 (m_k - o_k))

which is how far the photo lies from the library's middle towards the tag, in units of what differs
between photos of one kind. With S = 1 it is the centred cosine but for the length of x - o, and
with many examples it separates two tags as linear discriminant analysis does (Fisher 1936; the
running form is streaming LDA, Hayes and Kanan 2020). Between the two S moves by itself:

    S = (d t 1  +  NEIGHBOUR_WEIGHT C_local  +  sum of residuals' squares) / (the weights' sum)

the posterior mean under an inverse-Wishart prior: d (the number of dimensions) photos' worth of
"all directions alike" at the mean variance t, and some of what photos differ in from those most
like them, against every example's own residual from its tag's mean.

Dividing by the length of m_k - o_k matters where a tag has few examples: the fewer there are, the
longer the difference is by chance, and the more the tag would claim (LDA's -m'S^-1 m / 2 punishes
for it, but not by the right amount).

Rejected photos pull o_k towards themselves, so that the direction turns away from what was wrong.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import BaseHead, leaves
from app.learning.examples import Arrays, Example, ancestry, at_or_below, lengths, widen
from app.learning.sums import Sum, whole_steps

#: How many photos' worth of evidence the library's local covariance is. Chosen by five-fold
#: cross-validation inside the flower training photos, where 50 to 150 differ by no more than noise.
NEIGHBOUR_WEIGHT = 150.0
#: Rejections weigh as much as the whole library in what a tag stands out from when there are so
#: many more of them than the tag has photos. Chosen inside the flower training photos with the
#: ImageNet ones around them: a single tag with three or ten photos has an average precision of
#: 0.79 over the others, 0.87 after six rejections; and where five tags have learned 400 photos with
#: all the rejections on the way, nothing is lost (three points were, with the tag's own photos
#: left out of the count).
REJECTIONS = 3.0
#: How many metrics are kept for undo, 6.5 MB each, and under how many sets of examples.
KEPT_METRICS = 4
_KEPT_SETS = 10_000
#: Photos at a time, so that they stay in a core's own cache while all tags pass over them.
_PIECE = 256


@dataclass(frozen=True, eq=False, slots=True)
class Metric:
    """What is near.

    Attributes:
        inverse: S^-1, shape (size, size).
        examples: from how many examples it was made.
    """

    inverse: NDArray[np.float32]
    examples: int


class NearestMeanHead(BaseHead):
    """See the module. Each example costs one addition; `fit` renews the metric.

    The sums are exact, and the metric that was in use with a set of examples comes back with
    that set: undoing corrections gives the same bits as before them.
    """

    kind: ClassVar[str] = "nearest-mean"

    def __init__(self, model: str, size: int, background: Background | None = None) -> None:
        super().__init__(model, size, background)
        self._right: dict[Tag, Sum] = {}
        self._wrong: dict[Tag, Sum] = {}
        #: The tags in order, while they are the same.
        self._sorted: tuple[Tag, ...] | None = None
        self._metric: Metric | None = None
        self._used: OrderedDict[int, Metric] = OrderedDict()
        self._weights: dict[Tag, tuple[NDArray[np.float32], np.float32]] = {}

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Every tag with an example."""
        if self._sorted is None:
            self._sorted = tuple(sorted(self._right))
        return self._sorted

    def count_of(self, tag: Tag) -> int:
        """How many photos teach a tag."""
        return self._right[tag].count if tag in self._right else 0

    @property
    def metric(self) -> Metric | None:
        """What is near at the moment; the same object as long as it does not change."""
        return self._metric

    def mean_of(self, tag: Tag) -> NDArray[np.float64]:
        """The mean of a tag's normalised embeddings, shape (size,)."""
        return self._right[tag].mean()

    # Learning

    def _known(self) -> frozenset[Tag]:
        return frozenset(self._right)

    def _count(self, example: Example, sign: int) -> None:
        steps = whole_steps(example)
        for sums, tags in ((self._right, example.taught), (self._wrong, example.wrong)):
            for tag in tags:
                found = sums.get(tag) or Sum.zero(self.examples.size)
                found.add(steps, sign)
                if found.count:
                    sums[tag] = found
                else:
                    del sums[tag]
        for tag in example.taught:
            self._weights.pop(tag, None)
            if tag not in self._right or self._right[tag].count == sign == 1:
                self._sorted = None
        if example.wrong:
            for tag in at_or_below(self._weights, example.wrong):
                del self._weights[tag]

    def _after_change(self) -> frozenset[Tag]:
        known = self._used.get(self.examples.fingerprint)
        if known is None or known is self._metric:
            self._remember()
            return frozenset()
        self._metric = known
        self._weights.clear()
        return frozenset(self.tags)

    def _remember(self) -> None:
        """Note which metric goes with the examples as they are."""
        if self._metric is None:
            return
        self._used[self.examples.fingerprint] = self._metric
        self._used.move_to_end(self.examples.fingerprint)
        kept = list({id(metric): metric for metric in reversed(self._used.values())})
        gone = set(kept[KEPT_METRICS:])
        for fingerprint in [f for f, metric in self._used.items() if id(metric) in gone]:
            del self._used[fingerprint]
        while len(self._used) > _KEPT_SETS:
            self._used.popitem(last=False)

    @property
    def stale(self) -> bool:
        """Whether the examples have grown or shrunk by a tenth since the last fit."""
        made_from = self._metric.examples if self._metric is not None else 0
        return abs(len(self.examples) - made_from) > max(4.0, made_from / 10)

    def fit(self, background: Background | None = None) -> frozenset[Tag]:
        """Renew the metric: about 0.3 s, and 0.05 s for every 1,000 examples."""
        if background is not None:
            self.background = background
            self._used.clear()  # what was suggested before belongs to another library
        self._metric = self._make_metric()
        self._weights.clear()
        self._remember()
        return frozenset(self.tags)

    def _make_metric(self) -> Metric:
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
        scatter[np.diag_indices(size)] += size * spread
        inverse = np.asarray(np.linalg.inv(scatter / (size + freedom)), dtype=np.float32)
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
            own = sorted(tag for tag in leaves(example.right) if self._right[tag].count > 1)
            tags_met.update(own)
            for tag in own:
                rows.append((row - means[tag]) * np.float32(len(own) ** -0.5))
                freedom += 1 / len(own)
        freedom -= len(tags_met)
        return np.array(rows, dtype=np.float32).reshape(-1, self.examples.size), freedom

    # Scoring

    def scores(
        self, embeddings: NDArray[np.floating], tags: Iterable[Tag] | None = None
    ) -> NDArray[np.float32]:
        """Scores of shape (n, tags)."""
        chosen = self.tags if tags is None else tuple(tags)
        found = np.empty((len(embeddings), len(chosen)), np.float32)
        weights = [self.weights_of(tag) for tag in chosen]
        for first in range(0, len(embeddings), _PIECE):
            rows = widen(embeddings[first : first + _PIECE])
            part = found[first : first + _PIECE]
            inverse_lengths = 1 / lengths(rows)
            for column, (weight, offset) in enumerate(weights):
                # One tag at a time: a product of matrices rounds differently when its shape does,
                # and a tag that is scored alone must score as it did among all.
                part[:, column] = (rows @ weight) * inverse_lengths + offset
        return found

    def weights_of(self, tag: Tag) -> tuple[NDArray[np.float32], np.float32]:
        """What a photo of length 1 is multiplied with, shape (size,), and what is added then."""
        known = self._weights.get(tag)
        if known is None:
            if self._metric is None:
                self._metric = self._make_metric()
                self._remember()
            against = self._against(tag)
            difference = self._right[tag].mean() - against
            # Half the memory of doubles, which is what takes the time here; the rounding is a
            # hundredth of that of the embeddings.
            product = self._metric.inverse @ difference.astype(np.float32)
            towards = product.astype(np.float64)
            length = float(np.sqrt(max(float(difference @ towards), 0.0)))
            towards /= length or 1.0
            known = towards.astype(np.float32), np.float32(-(towards @ against))
            self._weights[tag] = known
        return known

    def _against(self, tag: Tag) -> NDArray[np.float64]:
        """What a tag stands out from: the library, and what was rejected for it."""
        count, total = 0, np.zeros(self.examples.size, np.int64)
        for above in sorted(ancestry((tag,))):
            if above in self._wrong:
                count += self._wrong[above].count
                total += self._wrong[above].total
        if not count:
            return self.background.mean
        rejected = Sum(count, total, np.empty(0, np.int64)).mean()
        share = count / (count + self._right[tag].count + REJECTIONS)
        return (1 - share) * self.background.mean + share * rejected

    # Keeping

    def state(self) -> Arrays:
        """The metric, which depends on when `fit` was called."""
        if self._metric is None:
            return {}
        return {"inverse": self._metric.inverse, "fitted": np.array(self._metric.examples)}

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the metric back."""
        if "inverse" not in state:
            return
        inverse = np.asarray(state["inverse"], dtype=np.float32)
        if inverse.shape != (self.examples.size, self.examples.size):
            raise ValueError(f"a metric of shape {inverse.shape}")
        self._metric = Metric(inverse, int(state["fitted"]))
        self._weights.clear()
        self._used.clear()
        self._remember()
