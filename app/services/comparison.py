"""Which kind of head is best for the tags of one user, by cross-validation on their own answers.

Each photo is answered by a head of each kind that was taught the photos of the other parts; its
scores are turned into certainties by what the scores of the other parts were worth.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.core.preferences import DEFAULT_HEAD
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import leaves
from app.learning.calibration import calibrate
from app.learning.cross_validation import FOLDS, OutOfFold, held_out, parts_of
from app.learning.evaluation import average_precision, calibration_curve, calibration_error
from app.learning.examples import Example, ExampleSet
from app.learning.heads import KINDS, make_head
from app.library.library import Library
from app.library.reviewing import embedding_rows
from app.services.features import Features

#: Beyond so many answers a part of them is compared: more would take minutes and tell the same.
MOST = 2000
#: A comparison takes two tags with so many photos each, one for each part.
LEAST_PHOTOS, LEAST_TAGS = FOLDS, 2
#: A difference counts from so many standard errors on.
_ERRORS = 2.0

#: best: one kind is better than the others; alike: the differences are within chance; few: there
#: are too few answers to say anything.
Verdict = Literal["best", "alike", "few"]


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure, and the standard deviation of what it is in each part."""

    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class HeadFigures:
    """How one kind of head does.

    Attributes:
        accuracy: the share of photos of which the surest tag is right.
        average_precision: mean over the tags.
        calibration_error: expected calibration error of the surest tags.
        seconds: what teaching it all answers takes, and weighing them.
    """

    kind: str
    accuracy: Spread
    average_precision: Spread
    calibration_error: Spread
    seconds: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came out.

    Attributes:
        photos, tags: how many were compared on.
        heads: the best ones first; none where the verdict is `few`.
        best: the kind to use: the best one, or where the differences are within chance, what is
            in use unless another one was named.
    """

    photos: int
    tags: int
    heads: tuple[HeadFigures, ...]
    verdict: Verdict
    best: str


def own_examples(library: Library, model: str = "") -> tuple[str, ExampleSet, Background] | None:
    """All that the user has decided.

    Args:
        model: key of the network in use; without one, and where that has looked at none of it, the
            one that has looked at most of it.

    Returns:
        The network's key, the examples, and what the library looks like; None without any.
    """
    decided = library.decided_photos("")
    known = embedding_rows(library, list(decided), model)
    if known is None:
        return None
    model, size, rows = known
    matrix = library.embedding_file(model, size).matrix()
    examples = ExampleSet(size)
    for photo, about in decided.items():
        row = rows.get(photo, len(matrix))
        if row < len(matrix) and (about.confirmed or about.rejected):
            right, wrong = frozenset(about.confirmed), frozenset(about.rejected)
            examples.put(Example(photo, matrix[row], right, wrong))
    return model, examples, Background.of(matrix)


def examples_in_folders(features: Features) -> tuple[str, ExampleSet, Background]:
    """The same for photos in one folder for each class."""
    tags = features.tags()
    truth = features.truth(tags)
    examples = ExampleSet(features.embeddings.shape[1])
    for row in np.flatnonzero(truth >= 0):
        right = frozenset((tags[truth[row]],))
        examples.put(Example(int(row), features.powered[row], right))
    return features.model, examples, Background.of(features.powered)


def compare_heads(
    model: str,
    examples: ExampleSet,
    background: Background,
    *,
    kinds: Sequence[str] = tuple(KINDS),
    in_use: str = DEFAULT_HEAD,
    told: Callable[[int, int], None] = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Comparison | None:
    """Compare kinds of heads on some examples.

    Args:
        model: key of the network that the embeddings are of.
        in_use: which kind is in use now.
        told: is called with the steps that are done, and all of them.
        stopped: is asked now and then whether to give up.

    Returns:
        None if it was given up.

    Raises:
        UsageError: scikit-learn is missing, and one of the kinds needs it.
    """
    chosen = _some(examples)
    listed = list(chosen)
    answers = sorted(frozenset().union(*(leaves(example.right) for example in listed)))
    right, _ = chosen.membership(answers)
    judged = np.asarray(right.any(axis=1))
    enough = np.count_nonzero(right.sum(axis=0) >= LEAST_PHOTOS)
    if enough < LEAST_TAGS:
        return Comparison(int(judged.sum()), len(answers), (), "few", in_use)
    parts = parts_of(listed, FOLDS)
    total, done = len(kinds) * FOLDS, 0

    def step() -> None:
        nonlocal done
        done += 1
        told(done, total)

    figures: list[HeadFigures] = []
    hits: dict[str, NDArray[np.bool_]] = {}
    for kind in kinds:
        began = time.perf_counter()
        head = make_head(kind, model, chosen.size, background)
        for example in listed:
            head.learn(example)
        found = held_out(head, FOLDS, stopped, step)
        if found is None:
            return None
        sure = _certainties(found, parts)
        seconds = time.perf_counter() - began
        each, hits[kind] = _judge(found.tags, sure, answers, right, judged, parts)
        figures.append(HeadFigures(kind, *each, seconds))
    figures.sort(key=lambda each: (-each.accuracy.mean, -each.average_precision.mean))
    best, verdict = _best(figures, hits, in_use)
    return Comparison(int(judged.sum()), len(answers), tuple(figures), verdict, best)


def _some(examples: ExampleSet) -> ExampleSet:
    """As many as are compared, each tag with its share."""
    if len(examples) <= MOST:
        return examples
    listed = list(examples)
    parts = parts_of(listed, -(-len(listed) // MOST))
    some = ExampleSet(examples.size)
    for example, part in zip(listed, parts.tolist(), strict=True):
        if part == 0:
            some.put(example)
    return some


def _certainties(found: OutOfFold, parts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Certainties of shape (examples, tags), 0 where no head knew the tag."""
    sure = np.zeros(found.scores.shape)
    nobody = np.empty((0, len(found.tags)))
    for part in range(FOLDS):
        inside = parts == part
        if not inside.any():
            continue
        others = OutOfFold(
            found.tags,
            found.scores[~inside],
            found.right[~inside],
            found.wrong[~inside],
            found.taught[~inside],
        )
        counts = {
            tag: int(number)
            for tag, number in zip(found.tags, found.taught[inside].max(axis=0), strict=True)
        }
        calibration = calibrate(others, nobody)
        sure[inside] = calibration.certainties(found.tags, found.scores[inside], counts=counts)
    return sure


def _judge(
    tags: Sequence[Tag],
    sure: NDArray[np.float64],
    answers: Sequence[Tag],
    right: NDArray[np.bool_],
    judged: NDArray[np.bool_],
    parts: NDArray[np.int64],
) -> tuple[tuple[Spread, Spread, Spread], NDArray[np.bool_]]:
    """The figures, and of which judged photos the surest tag is right."""
    column = {tag: n for n, tag in enumerate(tags)}
    sure = sure[:, [column[tag] for tag in answers]][judged]
    right, parts = right[judged], parts[judged]
    first = sure.argmax(axis=1)
    hit = right[np.arange(len(first)), first]
    surest = sure.max(axis=1)

    def precision(rows: NDArray[np.bool_]) -> float:
        each = [
            average_precision(sure[rows, n], right[rows, n])
            for n in range(len(answers))
            if right[rows, n].any()
        ]
        return float(np.mean(each)) if each else 0.0

    def spread(figure: Callable[[NDArray[np.bool_]], float]) -> Spread:
        in_parts = [figure(parts == part) for part in np.unique(parts)]
        return Spread(figure(np.ones(len(parts), bool)), float(np.std(in_parts)))

    return (
        spread(lambda rows: float(hit[rows].mean())),
        spread(precision),
        spread(lambda rows: calibration_error(calibration_curve(surest[rows], hit[rows]))),
    ), hit


def _best(
    figures: Sequence[HeadFigures], hits: dict[str, NDArray[np.bool_]], in_use: str
) -> tuple[str, Verdict]:
    """The kind to use. What is in use stays unless another is better by more than chance."""
    first = figures[0].kind
    ahead = [_is_ahead(hits[first], hits[each.kind]) for each in figures[1:]]
    if all(ahead):
        return first, "best"
    if in_use in hits and in_use != first and _is_ahead(hits[first], hits[in_use]):
        return first, "alike"
    return in_use, "alike"


def _is_ahead(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> bool:
    """Whether one is right more often on the same photos by more than chance.

    McNemar's test (1947), with the correction for few photos by Edwards (1948).
    """
    won, lost = int(np.sum(one & ~other)), int(np.sum(other & ~one))
    return bool(won - lost - 1 > _ERRORS * np.sqrt(won + lost))
