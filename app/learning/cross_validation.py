"""How a head would have scored its examples had it not been taught them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import leaves
from app.learning.examples import Example, ExampleSet
from app.learning.heads import Head, make_head

#: Into how many parts the examples are divided.
FOLDS = 5


@dataclass(frozen=True, eq=False, slots=True)
class OutOfFold:
    """Examples as a head scores them that was taught the others.

    Attributes:
        tags: the columns.
        scores: shape (examples, tags), in the order of the photos' ids; NaN where no head of the
            others knew the tag.
        right: whether the photo has the tag, as the user says, shape (examples, tags).
        wrong: whether the user has rejected it, likewise.
        taught: how many examples of the tag the head knew that gave the score, likewise.
    """

    tags: tuple[Tag, ...]
    scores: NDArray[np.float64]
    right: NDArray[np.bool_]
    wrong: NDArray[np.bool_]
    taught: NDArray[np.float64]


def out_of_fold(
    kind: str,
    model: str,
    examples: ExampleSet,
    background: Background | None = None,
    folds: int = FOLDS,
    done: Callable[[], None] = lambda: None,
    check: Callable[[], bool] = lambda: False,
) -> OutOfFold:
    """Score every example by a head that was taught the other parts.

    Each tag's photos are spread evenly over the parts. The same examples give the same parts.

    Args:
        done: is called after each part; what it raises ends it.
        check: is called now and then, and gives False; what it raises ends it.
    """
    whole = make_head(kind, model, examples.size, background)
    for example in examples:
        whole.learn(example)
    found = held_out(whole, folds, check, done)
    assert found is not None
    return found


def held_out(
    whole: Head,
    folds: int = FOLDS,
    stopped: Callable[[], bool] = lambda: False,
    done: Callable[[], None] = lambda: None,
) -> OutOfFold | None:
    """The same for all examples of a head, which stays as it is.

    Args:
        done: is called after each part.
        stopped: is asked now and then whether to give up.

    Returns:
        None if it was given up.
    """
    examples = whole.examples
    tags = examples.tags()
    listed = list(examples)
    right, wrong = examples.membership(tags)
    scores = np.full(right.shape, np.nan)
    taught = np.zeros(right.shape)
    part = parts_of(listed, folds)
    column = {tag: index for index, tag in enumerate(tags)}
    for number in range(folds):
        inside = part == number
        if not inside.any() or inside.all():
            continue
        held = [example for example, is_held in zip(listed, inside, strict=True) if is_held]
        head = whole.without(held)
        head.fit(stopped=stopped)
        if stopped():
            return None
        head.prepare(head.tags)
        rows = np.array([example.embedding for example in held])
        columns = [column[tag] for tag in head.tags]
        scores[np.ix_(inside, columns)] = head.scores(rows)
        taught[inside] = right[~inside].sum(axis=0)
        done()
    return OutOfFold(tags, scores, right, wrong, taught)


def taught_head(
    kind: str,
    model: str,
    examples: list[Example],
    size: int,
    background: Background | None = None,
    check: Callable[[], bool] = lambda: False,
) -> Head:
    """A head that has learned some examples and is fitted.

    Args:
        check: see `out_of_fold`.
    """
    head = make_head(kind, model, size, background)
    for example in examples:
        head.learn(example)
    head.fit(stopped=check)
    return head


def parts_of(examples: list[Example], folds: int) -> NDArray[np.int64]:
    """Which part each example is in: spread over the parts within its tags, else by chance.

    The same examples in the same order give the same parts.
    """

    def chance(example: Example) -> bytes:
        return hashlib.blake2b(str(example.photo).encode(), digest_size=8).digest()

    order = sorted(
        range(len(examples)),
        key=lambda i: (sorted(leaves(examples[i].right)), chance(examples[i])),
    )
    part = np.empty(len(examples), dtype=np.int64)
    part[order] = np.arange(len(examples)) % folds
    return part
