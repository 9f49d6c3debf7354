"""Training a head on a folder per class, and judging it on photos that it was not taught."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.core.errors import UsageError
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import leaves
from app.learning.calibration import Calibration, calibrate, exclusive
from app.learning.cross_validation import out_of_fold, taught_head
from app.learning.evaluation import (
    CalibrationBin,
    TagFigures,
    calibration_curve,
    calibration_error,
    confusion,
    rank_of,
    tag_figures,
    top_k_accuracy,
)
from app.learning.examples import Example, ExampleSet
from app.learning.heads import Head
from app.services.features import Features
from app.services.learning_curves import CURVE, CurvePoint, Labelled, measure_curve

#: From this certainty on a tag counts as given.
GIVEN = 0.5


@dataclass(frozen=True, eq=False)
class Figures:
    """How good answers are, on photos of which each has one right tag.

    Attributes:
        tags: the classes.
        photos: how many were judged.
        top_k: the share whose right tag is among the first 1, 5 and 10.
        by_tag: precision and recall of first answers, and average precision, in the tags' order.
        given: precision and recall of all tags that are at least `GIVEN` certain.
        confusion: photos by what they show (rows) and their first answer (columns).
        behind: the photos' rows in the same order, as (shows, first answer).
        curve: certainties of all tags against how often they are right, each tag by itself.
        first_curve: certainties of the first answers, where it is known that one tag is right.
        paths: the photos in the order of `behind`, where they have paths.
    """

    tags: tuple[Tag, ...]
    photos: int
    top_k: Mapping[int, float]
    by_tag: Sequence[TagFigures]
    given: TagFigures
    confusion: NDArray[np.int64]
    behind: NDArray[np.int64]
    curve: Sequence[CalibrationBin]
    first_curve: Sequence[CalibrationBin]
    paths: tuple[str, ...] = ()

    @property
    def error(self) -> float:
        """Expected calibration error of all certainties."""
        return calibration_error(self.curve)

    @property
    def first_error(self) -> float:
        """Expected calibration error of the first answers."""
        return calibration_error(self.first_curve)


def judge(
    tags: tuple[Tag, ...], certainties: NDArray[np.floating], truth: NDArray[np.integer]
) -> Figures:
    """Judge certainties of shape (photos, tags) by the index of each photo's right tag."""
    right = truth[:, None] == np.arange(len(tags))
    first = certainties.argmax(axis=1)
    first_given = first[:, None] == np.arange(len(tags))
    shared = exclusive(certainties)
    given = certainties >= GIVEN
    return Figures(
        tags,
        len(truth),
        top_k_accuracy(
            rank_of(row, [index]) for row, index in zip(certainties, truth, strict=True)
        ),
        tag_figures(certainties, first_given, right),
        tag_figures(certainties.reshape(-1, 1), given.reshape(-1, 1), right.reshape(-1, 1))[0],
        confusion(truth, first, len(tags)),
        np.stack([truth, first], axis=1),
        calibration_curve(certainties, right),
        calibration_curve(shared.max(axis=1), shared.argmax(axis=1) == truth),
    )


@dataclass(frozen=True, eq=False, slots=True)
class Trained:
    """A head with what its scores are worth."""

    head: Head
    calibration: Calibration

    def certainties(
        self, embeddings: NDArray[np.floating], tags: Sequence[Tag] | None = None
    ) -> NDArray[np.float32]:
        """Certainties of shape (photos, tags); without tags, of all in `head.tags`."""
        chosen = self.head.tags if tags is None else tags
        return self.calibration.certainties(chosen, self.head.scores(embeddings, chosen))


def train(kind: str, features: Features, library: NDArray[np.floating] | None = None) -> Trained:
    """Teach a head the folders of photos.

    Args:
        kind: see `app.learning.heads.KINDS`.
        features: the photos; those in no folder are passed over.
        library: `powered` embeddings of all photos there are; None for those that it is taught.

    Raises:
        UsageError: no photo is in a folder, or scikit-learn is missing.
    """
    tags = features.tags()
    if not tags:
        raise UsageError("the photos must lie in one folder for each class")
    truth = features.truth(tags)
    examples = ExampleSet(features.embeddings.shape[1])
    for row in np.flatnonzero(truth >= 0):
        right = frozenset((tags[truth[row]],))
        examples.put(Example(int(row), features.powered[row], right))
    background = Background.of(features.powered if library is None else library)
    head = taught_head(kind, features.model, list(examples), examples.size, background)
    judged = out_of_fold(kind, features.model, examples, background)
    scored = head.scores(background.sample, judged.tags) if len(background.sample) else None
    if scored is None:
        scored = np.empty((0, len(judged.tags)), np.float32)
    return Trained(head, calibrate(judged, scored))


def split(
    features: Features, seed: int, share: float = 0.8
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows to learn from and rows to judge by: the share of each class, at least one of each.

    Raises:
        UsageError: a class has fewer than two photos, or there is only one class.
    """
    tags = features.tags()
    truth = features.truth(tags)
    if len(tags) < 2:
        raise UsageError("there must be at least two folders with photos, one for each class")
    generator = np.random.default_rng(seed)
    learn, held = [], []
    for index, tag in enumerate(tags):
        rows = generator.permutation(np.flatnonzero(truth == index))
        if len(rows) < 2:
            raise UsageError(
                f"{tag}: needs two photos at least, one to learn from and one to judge"
            )
        count = min(max(round(share * len(rows)), 1), len(rows) - 1)
        learn.append(rows[:count])
        held.append(rows[count:])
    return np.sort(np.concatenate(learn)), np.sort(np.concatenate(held))


def judge_trained(trained: Trained, features: Features) -> Figures:
    """Judge a head on photos in folders; those of classes that it does not know are left out.

    The possible answers are what it was taught: not `Animal`, which it knows from `Animal/Cat`,
    unless there is such a folder.

    Raises:
        UsageError: no photo is of a class that it knows.
    """
    known_tags = frozenset(trained.head.tags)
    tags = tuple(sorted(leaves(known_tags) | (known_tags & frozenset(features.tags()))))
    truth = features.truth(tags)
    known = truth >= 0
    if not known.any():
        names = ", ".join(map(str, tags[:5]))
        raise UsageError(f"no photo is in a folder that is named as the head's tags are ({names})")
    judged = judge(tags, trained.certainties(features.powered[known], tags), truth[known])
    return replace(judged, paths=tuple(features.paths[row] for row in np.flatnonzero(known)))


def learning_curve(
    kind: str, features: Features, held: Features, seeds: int, counts: Sequence[int] = CURVE
) -> Iterator[CurvePoint]:
    """Accuracy by examples per class; see `measure_curve`.

    Numbers that some class does not have photos for are left out.
    """
    tags = features.tags()
    learn = Labelled(features.powered, features.truth(tags))
    judged = Labelled(held.powered, held.truth(tags))
    background = Background.of(features.powered)
    return measure_curve(
        kind, features.model, tags, learn, judged, background, seeds=seeds, counts=counts
    )
