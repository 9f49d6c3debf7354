"""How good a head is with few examples and with many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.background import Background
from app.learning.cross_validation import taught_head
from app.learning.examples import Example

#: Examples per class at which a learning curve is measured.
CURVE = (1, 3, 5, 10, 50, 100)


@dataclass(frozen=True, eq=False, slots=True)
class Labelled:
    """Photos of which each shows one thing.

    Attributes:
        embeddings: shape (photos, size).
        truth: what each shows, by its index among some tags; -1 for none of them.
    """

    embeddings: NDArray[np.floating]
    truth: NDArray[np.int64]

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Labelled:
        """Only some of them."""
        return Labelled(self.embeddings[rows], self.truth[rows])


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Accuracy with a number of examples.

    Attributes:
        examples: of each class at most; classes that have fewer give all they have.
        accuracies: the share of first answers that was right, for each seed.
    """

    examples: int
    accuracies: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Over the seeds."""
        return sum(self.accuracies) / len(self.accuracies)


def measure_curve(
    kind: str,
    model: str,
    tags: Sequence[Tag],
    learn: Labelled,
    held: Labelled,
    background: Background,
    *,
    seeds: int = 3,
    counts: Sequence[int] = CURVE,
    enough: float = 1.0,
    check: Callable[[], bool] = lambda: False,
) -> Iterator[CurvePoint]:
    """Accuracy by examples per class.

    Args:
        kind, model: of head, and key of the network.
        tags: the classes.
        learn: examples are drawn from these, other ones for each seed.
        held: judged by these, each time.
        background: the library.
        enough: the share of classes that must have as many examples; numbers that fewer of them
            have are left out.
        check: see `app.learning.cross_validation.out_of_fold`.
    """
    numbers = np.sort(np.bincount(learn.truth[learn.truth >= 0], minlength=len(tags)))[::-1]
    most = int(numbers[max(0, int(np.ceil(enough * len(tags))) - 1)])
    for count in counts:
        if count > most:
            continue
        accuracies = []
        for seed in range(seeds):
            examples = [
                Example(int(row), learn.embeddings[row], frozenset((tags[learn.truth[row]],)))
                for row in few(learn.truth, count, seed)
            ]
            size = learn.embeddings.shape[1]
            head = taught_head(kind, model, examples, size, background, check)
            guesses = head.scores(held.embeddings, tags).argmax(axis=1)
            accuracies.append(float(np.mean(guesses == held.truth)))
        yield CurvePoint(count, tuple(accuracies))


def few(truth: NDArray[np.integer], count: int, seed: int) -> NDArray[np.int64]:
    """Rows of some photos of each class, by a seed; of two counts the larger has the smaller's."""
    generator = np.random.default_rng(seed)
    classes = range(int(truth.max()) + 1)
    return np.concatenate(
        [generator.permutation(np.flatnonzero(truth == index))[:count] for index in classes]
    )
