"""Heads of which a tag's boundary is trained on its examples, against all others.

Training all tags anew with each example would take minutes where there are hundreds of tags (0.1 s
each with 3,000 examples). So an example trains just the tags that it is about, when they are asked
for, and `fit` trains all of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.errors import UsageError
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import BaseHead, Fitted
from app.learning.boundary import Boundary
from app.learning.examples import Arrays

#: So many photos of the library stand for all that nobody has named, and count together as much as
#: this share of the photos of the tag. Without them a boundary between two tags hands one of them
#: each photo that shows neither. Chosen inside the flower training photos: with two of the five
#: kinds named, ten photos each, a kind's average precision over all photos is 0.61 without them,
#: 0.78 with a share of 0.3 and 0.81 with 1; with all five named, 0.91, 0.91 and 0.90.
_LIBRARY, _LIBRARY_WEIGHT = 200, 0.5
#: Against so many examples at most, evenly spread: the time grows with them.
MOST_AGAINST = 2500
#: The boundaries of so many sets of examples are kept for undo: 15 kB each with 300 tags.
_KEPT_SETS = 1000


class RetrainedHead(BaseHead):
    """A linear classifier per tag.

    What was in use with a set of examples comes back with that set, so that undoing gives the same
    bits.
    """

    def __init__(self, model: str, size: int, background: Background | None = None) -> None:
        super().__init__(model, size, background)
        self._used: OrderedDict[int, tuple[Fitted | None, dict[Tag, Boundary]]] = OrderedDict()
        #: The rows of the examples, which photos they are, and which tags: while they are the same.
        self._table: tuple[NDArray[np.float32], dict[Tag, NDArray[np.bool_]]] | None = None

    def _before_change(self) -> None:
        self._used[self.examples.fingerprint] = self._fitted, dict(self._boundaries)
        self._used.move_to_end(self.examples.fingerprint)
        if len(self._used) > _KEPT_SETS:
            self._used.popitem(last=False)
        self._table = None

    def _after_change(self) -> frozenset[Tag]:
        known = self._used.get(self.examples.fingerprint)
        if known is None:
            return frozenset()
        before = self._boundaries
        self._fitted, boundaries = known
        self._boundaries = dict(boundaries)
        return frozenset(tag for tag in self.tags if boundaries.get(tag) is not before.get(tag))

    def fit(
        self,
        background: Background | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> frozenset[Tag]:
        """Train every tag anew; if stopped, the others are when they are asked for."""
        if background is not None:
            self.background = background
            self._used.clear()  # what was suggested before belongs to another library
        self._fitted = Fitted(len(self.examples))
        self._boundaries.clear()
        for tag in self.tags:
            if stopped():
                break
            self.boundary_of(tag)
        return frozenset(self.tags)

    def _make_boundary(self, tag: Tag) -> Boundary:
        rows, right = self._examples()
        positive, negative = rows[right[tag]], rows[~right[tag]]
        negative = negative[:: -(-len(negative) // MOST_AGAINST) or 1]
        sample = self.background.sample
        library = sample[:: max(1, -(-len(sample) // _LIBRARY))]
        if not len(negative) and not len(library):
            # One tag and nothing else: the more a photo is like its photos, the better.
            return Boundary(positive.mean(axis=0), np.float32(0))
        classifier = self._classifier()
        labels = np.repeat([1, 0], [len(positive), len(negative) + len(library)])
        weights = np.ones(len(labels))
        if len(library):
            weights[-len(library) :] = _LIBRARY_WEIGHT * len(positive) / len(library)
        rows = np.concatenate([positive, negative, library])
        classifier.fit(rows, labels, sample_weight=weights)
        towards = np.asarray(classifier.coef_[0], dtype=np.float32)
        return Boundary(towards, np.float32(classifier.intercept_[0]))

    def _examples(self) -> tuple[NDArray[np.float32], dict[Tag, NDArray[np.bool_]]]:
        if self._table is None:
            right, _ = self.examples.membership(self.tags)
            columns = {tag: right[:, column] for column, tag in enumerate(self.tags)}
            self._table = self.examples.matrix(), columns
        return self._table

    def _classifier(self) -> Any:
        """An untrained classifier of scikit-learn.

        Raises:
            UsageError: scikit-learn is not installed.
        """
        raise NotImplementedError

    # Keeping

    def state(self) -> Arrays:
        """The trained boundaries, which depend on when they were trained."""
        known = [tag for tag in self.tags if tag in self._boundaries]
        size = self.examples.size
        weights = np.array([self._boundaries[tag].weights for tag in known], np.float32)
        return {
            "trained": np.array([str(tag) for tag in known], dtype=np.str_),
            "weights": weights.reshape(-1, size),
            "offsets": np.array([self._boundaries[tag].offset for tag in known], np.float32),
            "fitted": np.array(self._fitted.examples if self._fitted is not None else -1),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the boundaries back."""
        tags = [Tag.parse(str(text)) for text in state["trained"]]
        weights = np.asarray(state["weights"], dtype=np.float32)
        offsets = np.asarray(state["offsets"], dtype=np.float32)
        if weights.shape != (len(tags), self.examples.size) or offsets.shape != (len(tags),):
            raise ValueError(f"weights of shape {weights.shape}")
        fitted = int(np.asarray(state["fitted"], dtype=np.int64))
        self._fitted = Fitted(fitted) if fitted >= 0 else None
        self._boundaries = {
            tag: Boundary(weights[n], offsets[n])
            for n, tag in enumerate(tags)
            if tag in self._counts
        }
        self._used.clear()


def scikit_learn(module: str) -> Any:
    """A module of scikit-learn, which is no part of tagging and loaded only here.

    Raises:
        UsageError: it is not installed.
    """
    import importlib

    try:
        return importlib.import_module(f"sklearn.{module}")
    except ImportError as error:
        reason = "this head needs scikit-learn: pip install scikit-learn"
        raise UsageError(reason) from error
