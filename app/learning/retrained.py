"""Heads that are trained anew on all examples, one tag against the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.errors import UsageError
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import BaseHead
from app.learning.examples import Arrays, Example, lengths, widen

#: Against so many photos of the library a tag is trained where no example is without it.
_LIBRARY = 200


class RetrainedHead(BaseHead):
    """A linear classifier per tag, trained by `fit` and the same until the next one."""

    def __init__(self, model: str, size: int, background: Background | None = None) -> None:
        super().__init__(model, size, background)
        self._trained: tuple[Tag, ...] = ()
        self._weights = np.zeros((0, size), np.float32)
        self._offsets = np.zeros(0, np.float32)
        self._fitted_on = self.examples.fingerprint

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags that the last `fit` trained."""
        return self._trained

    @property
    def stale(self) -> bool:
        """Whether any example has changed since the last fit."""
        return self.examples.fingerprint != self._fitted_on

    def learn(self, example: Example) -> frozenset[Tag]:
        """Add what was said about a photo. No score changes before `fit`."""
        super().learn(example)
        return frozenset()

    def forget(self, photo: int) -> frozenset[Tag]:
        """Take back what was said about a photo. No score changes before `fit`."""
        super().forget(photo)
        return frozenset()

    def _known(self) -> frozenset[Tag]:
        return frozenset(self._trained)

    def _count(self, example: Example, sign: int) -> None:
        pass

    def fit(self, background: Background | None = None) -> frozenset[Tag]:
        """Train every tag: examples with it against all others, rejected or not."""
        if background is not None:
            self.background = background
        before = self._trained
        tags = self.examples.tags()
        rows = self.examples.matrix()
        right, _ = self.examples.membership(tags)
        weights, offsets, trained = [], [], []
        library = self.background.sample[:: max(1, len(self.background.sample) // _LIBRARY)]
        for column, tag in enumerate(tags):
            positive, negative = rows[right[:, column]], rows[~right[:, column]]
            if not len(negative):
                negative = library
            if not len(negative):
                continue  # one tag and nothing else: there is no boundary
            weight, offset = self._train(positive, negative)
            weights.append(weight)
            offsets.append(offset)
            trained.append(tag)
        self._trained = tuple(trained)
        self._weights = np.array(weights, np.float32).reshape(-1, self.examples.size)
        self._offsets = np.array(offsets, np.float32)
        self._fitted_on = self.examples.fingerprint
        return frozenset(before) | frozenset(trained)

    def _train(
        self, positive: NDArray[np.float32], negative: NDArray[np.float32]
    ) -> tuple[NDArray[np.floating], float]:
        """Weights of shape (size,) and offset of a boundary between two sets of rows."""
        classifier = self._classifier()
        rows = np.concatenate([positive, negative])
        labels = np.repeat([1, 0], [len(positive), len(negative)])
        classifier.fit(rows, labels)
        return classifier.coef_[0], float(classifier.intercept_[0])

    def _classifier(self) -> Any:
        """An untrained classifier of scikit-learn.

        Raises:
            UsageError: scikit-learn is not installed.
        """
        raise NotImplementedError

    def scores(
        self, embeddings: NDArray[np.floating], tags: Iterable[Tag] | None = None
    ) -> NDArray[np.float32]:
        """Scores of shape (n, tags): distances from the boundaries."""
        place = {tag: index for index, tag in enumerate(self._trained)}
        chosen = [place[tag] for tag in (self._trained if tags is None else tags)]
        rows = widen(embeddings)
        found = (rows @ self._weights[chosen].T) / lengths(rows)[:, None]
        return np.asarray(found + self._offsets[chosen], dtype=np.float32)

    def state(self) -> Arrays:
        """The trained boundaries."""
        return {
            "trained": np.array([str(tag) for tag in self._trained], dtype=np.str_),
            "weights": self._weights,
            "offsets": self._offsets,
            "fitted": np.array([self._fitted_on], dtype=np.uint64),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the boundaries back."""
        self._trained = tuple(Tag.parse(str(text)) for text in state["trained"])
        self._weights = np.asarray(state["weights"], dtype=np.float32)
        self._offsets = np.asarray(state["offsets"], dtype=np.float32)
        if self._weights.shape != (len(self._trained), self.examples.size):
            raise ValueError(f"weights of shape {self._weights.shape}")
        self._fitted_on = int(np.asarray(state["fitted"], dtype=np.uint64)[0])


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
