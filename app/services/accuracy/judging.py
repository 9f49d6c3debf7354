"""How well the head in use finds the tags that the user has confirmed, by cross-validation.

Each photo is judged by a head that was not taught it, and its certainties come from a calibration
that has not seen it either, so that nothing is learned by heart. A photo may have several tags. A
tag that the user has neither confirmed nor rejected for a photo counts as one that it lacks.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.core.rules import SCORE_FLOOR
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.base import leaves
from app.learning.calibration import calibrate
from app.learning.cross_validation import FOLDS, OutOfFold, out_of_fold, parts_of, taught_head
from app.learning.evaluation import (
    calibration_curve,
    confusion,
    tag_figures,
    top_k_accuracy,
)
from app.learning.examples import Example, ExampleSet
from app.learning.nearest_mean import NearestMeanHead
from app.library.library import Library
from app.services.learning_curves import CurvePoint, Labelled, measure_curve
from app.services.teaching import Teaching
from app.services.training import GIVEN, Figures

#: A tag with fewer photos is not judged: no part of them would say anything about another.
ENOUGH = FOLDS
#: No more photos are worked on: they say as much, to a percent, and take a minute at most.
MOST = 5000
#: The share of the tags that must have as many examples as a point of the learning curve.
_HALF = 0.5
#: How much of the work each step is.
_CURVE_STEPS, _STEPS = 6, FOLDS + 2 + 6

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class LibraryFigures:
    """How good a head's answers are on the library.

    Attributes:
        kind: of the head.
        photos: how many were judged.
        confirmed: how many photos have a confirmed tag and were looked at by the network.
        too_few: tags that are not judged, with the number of their photos.
        figures: of the tags that are judged; None where there are fewer than two of them.
        given: how many photos each tag is at least `GIVEN` certain of, in the tags' order.
        behind: the photo of each row of `figures.behind`; one with several tags has several rows.
        curve: accuracy by examples per tag, on the photos with one judged tag; empty for too few.
        mark: what `Library.last_decision` said when it was begun.
    """

    kind: str
    photos: int
    confirmed: int
    too_few: dict[Tag, int]
    figures: Figures | None = None
    given: tuple[int, ...] = ()
    behind: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    curve: tuple[CurvePoint, ...] = ()
    mark: tuple[int, str] = (0, "")

    def photos_of(self, shows: int, taken_for: int) -> NDArray[np.int64]:
        """The photos with one tag that were taken for another, by the tags' indices."""
        if self.figures is None:
            return np.empty(0, np.int64)
        cells = self.figures.behind
        inside = (cells[:, 0] == shows) & (cells[:, 1] == taken_for)
        return np.asarray(self.behind[inside])

    def missed(self, shows: int) -> NDArray[np.int64]:
        """The photos with a tag that were taken for any other, by the tag's index."""
        if self.figures is None:
            return np.empty(0, np.int64)
        cells = self.figures.behind
        return np.asarray(self.behind[(cells[:, 0] == shows) & (cells[:, 1] != shows)])


class _Stopped(Exception):
    """Somebody wants no answer any more."""


def judge_library(
    library: Library,
    teaching: Teaching,
    size: int,
    kind: str = NearestMeanHead.kind,
    *,
    progress: Callable[[int, int], None] = lambda done, all_steps: None,
    stopped: Callable[[], bool] = lambda: False,
) -> LibraryFigures | None:
    """Judge a head on all that the user has confirmed.

    Args:
        teaching: says which network, and what that says itself; it need not be open.
        size: values per embedding.
        kind: of head.
        progress: is called with the steps that are done, and all of them.
        stopped: is asked now and then whether to give up.

    Returns:
        None if it was given up.

    Raises:
        LibraryError: the library cannot be read.
        UsageError: scikit-learn is missing for this kind of head.
    """
    step = 0

    def check() -> bool:
        if stopped():
            raise _Stopped
        return False

    def done() -> None:
        nonlocal step
        step += 1
        progress(min(step, _STEPS), _STEPS)
        check()

    try:
        return _judge(library, teaching, size, kind, done, check)
    except _Stopped:
        return None


def _judge(
    library: Library,
    teaching: Teaching,
    size: int,
    kind: str,
    done: Callable[[], None],
    check: Callable[[], bool],
) -> LibraryFigures:
    mark = library.last_decision()
    matrix = library.embedding_file(teaching.model, size).matrix()
    examples, confirmed = _examples(library, teaching.model, matrix)
    numbers = Counter(tag for each in examples for tag in leaves(each.right))
    tags = tuple(sorted(tag for tag, number in numbers.items() if number >= ENOUGH))
    too_few = {tag: number for tag, number in sorted(numbers.items()) if number < ENOUGH}
    found = LibraryFigures(kind, len(examples), confirmed, too_few, mark=mark)
    if len(tags) < 2:
        return found
    background = Background.of(matrix)
    done()
    judged = out_of_fold(kind, teaching.model, examples, background, done=done, check=check)
    said = teaching.network.certainties(
        library, [each.photo for each in examples], judged.tags, stopped=check
    )
    head = taught_head(kind, teaching.model, list(examples), size, background, check)
    scored = np.empty((0, len(judged.tags)))
    if len(background.sample):
        scored = head.scores(background.sample, judged.tags).astype(np.float64)
    certainties = _certainties(
        judged, parts_of(list(examples), FOLDS), scored, said, background.photos
    )
    done()
    columns = [judged.tags.index(tag) for tag in tags]
    sure, right = certainties[:, columns], judged.right[:, columns]
    own = np.array([[tag in leaves(each.right) for tag in tags] for each in examples])
    has_one = own.any(axis=1)
    photos = np.array([each.photo for each in examples])[has_one]
    figures, rows = _figures(tags, sure[has_one], right[has_one], own[has_one])
    curve = _curve(examples, own, tags, kind, teaching.model, background, done, check)
    return LibraryFigures(
        kind,
        int(has_one.sum()),
        confirmed,
        too_few,
        figures,
        tuple(int(number) for number in (sure[has_one] >= GIVEN).sum(axis=0)),
        photos[rows],
        curve,
        mark,
    )


def _examples(library: Library, model: str, matrix: NDArray[np.floating]) -> tuple[ExampleSet, int]:
    """The photos that are there and have a confirmed tag, `MOST` of them, and how many."""
    there = set(library.all_ids().tolist())
    decided = {
        photo: about
        for photo, about in library.decided_photos(model).items()
        if about.confirmed and about.row is not None and about.row < len(matrix) and photo in there
    }
    chosen = sorted(decided, key=_chance)[:MOST]
    examples = ExampleSet(matrix.shape[1])
    for photo in chosen:
        about = decided[photo]
        assert about.row is not None
        examples.put(
            Example(photo, matrix[about.row], frozenset(about.confirmed), frozenset(about.rejected))
        )
    return examples, len(decided)


def _chance(photo: PhotoId) -> bytes:
    """Photos in an order that has nothing to do with them, and is the same each time."""
    return hashlib.blake2b(str(photo).encode(), digest_size=8).digest()


def _certainties(
    judged: OutOfFold, parts: NDArray[np.int64], library: Floats, network: Floats, photos: int
) -> NDArray[np.float32]:
    """Certainties by calibrations of the other parts, of the shape of the scores."""
    found = np.zeros(judged.scores.shape, np.float32)
    for part in np.unique(parts):
        inside = parts == part
        others = OutOfFold(
            judged.tags, *(each[~inside] for each in (judged.scores, judged.right, judged.wrong,
                                                      judged.taught)),
        )  # fmt: skip
        calibration = calibrate(others, library, network[~inside], photos)
        # All of a part were scored by one head.
        taught = judged.taught[inside][0].astype(int).tolist()
        counts = dict(zip(judged.tags, taught, strict=True))
        found[inside] = calibration.certainties(
            judged.tags, judged.scores[inside], network[inside], counts
        )
    return found


def _figures(
    tags: tuple[Tag, ...],
    sure: NDArray[np.float32],
    right: NDArray[np.bool_],
    own: NDArray[np.bool_],
) -> tuple[Figures, NDArray[np.int64]]:
    """Figures, and for each row of their `behind` the photo's row.

    Args:
        sure, right, own: certainties, whether the photo shows it, and whether it is one of the
            photo's tags and not only above one; shape (photos, tags).
    """
    # The best of the photo's own tags against all that it does not show; ties count against it.
    best = np.where(own, sure, -1).max(axis=1)
    ranks = 1 + (np.where(right, -1, sure) >= best[:, None]).sum(axis=1)
    rows, shows, taken_for = _mistakes(sure, right, own)
    given = sure >= GIVEN
    shown = sure >= SCORE_FLOOR
    first = sure.argmax(axis=1)
    first_right = right[np.arange(len(right)), first]
    figures = Figures(
        tags,
        len(sure),
        top_k_accuracy(ranks),
        tag_figures(sure, given, right),
        tag_figures(sure.reshape(-1, 1), given.reshape(-1, 1), right.reshape(-1, 1))[0],
        confusion(shows, taken_for, len(tags)),
        np.stack([shows, taken_for], axis=1),
        calibration_curve(sure[shown], right[shown]),
        calibration_curve(sure.max(axis=1), first_right),
    )
    return figures, rows


def _mistakes(
    sure: NDArray[np.float32], right: NDArray[np.bool_], own: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Rows of photos, what they show and what they were taken for.

    A photo is given as many answers as it has tags. A tag that is not among them was taken for
    one of the answers that are wrong, the surest for the surest. With one tag a photo, that is
    the usual confusion matrix.
    """
    found: list[tuple[int, int, int]] = []
    for row in range(len(sure)):
        possible = np.flatnonzero(own[row] | ~right[row])
        number = int(own[row].sum())
        order = possible[np.argsort(-sure[row, possible], kind="stable")]
        answers = order[:number]
        wrong = [int(each) for each in answers if not own[row, each]]
        missed = [int(each) for each in order[number:] if own[row, each]]
        found += [(row, int(each), int(each)) for each in answers if own[row, each]]
        found += [(row, *pair) for pair in zip(missed, wrong, strict=True)]
    columns = np.array(found, dtype=np.int64).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def _curve(
    examples: ExampleSet,
    own: NDArray[np.bool_],
    tags: Sequence[Tag],
    kind: str,
    model: str,
    background: Background,
    done: Callable[[], None],
    check: Callable[[], bool],
) -> tuple[CurvePoint, ...]:
    """The learning curve on the photos with one of the tags, judged by a fifth of them."""
    alone = own.sum(axis=1) == 1
    listed = [each for each, is_alone in zip(examples, alone, strict=True) if is_alone]
    if not listed:
        return ()
    truth = own[alone].argmax(axis=1)
    held = parts_of(listed, FOLDS) == 0
    photos = Labelled(np.array([each.embedding for each in listed]), truth)
    learn = photos.take(~held)
    if len(np.unique(learn.truth)) < len(tags) or not held.any():
        return ()
    points = []
    for point in measure_curve(
        kind, model, tags, learn, photos.take(held), background, enough=_HALF, check=check
    ):
        points.append(point)
        done()
    return tuple(points)
