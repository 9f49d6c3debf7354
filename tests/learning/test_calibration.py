"""Certainties that mean what they say."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.tag import Tag
from app.learning.background import Background
from app.learning.calibration import Calibration, calibrate, exclusive, fit_logistic
from app.learning.cross_validation import OutOfFold, out_of_fold, taught_head
from app.learning.evaluation import calibration_curve, calibration_error
from app.learning.examples import ExampleSet
from tests.learning.kinds import SIZE, centres, example, photos

TAGS = tuple(Tag((name,)) for name in "abcdef")


def kinds(each: int, seed: int, spread: float = 1.2) -> tuple[np.ndarray, np.ndarray]:
    rows = [photos(kind, each, seed + n, spread) for n, kind in enumerate(centres(6))]
    return np.concatenate(rows), np.repeat(np.arange(6), each)


def examples(rows: np.ndarray, truth: np.ndarray) -> ExampleSet:
    made = ExampleSet(SIZE)
    for n, (row, index) in enumerate(zip(rows, truth, strict=True)):
        made.put(example(n, row, str(TAGS[index])))
    return made


@pytest.mark.parametrize("each", [5, 30])
def test_certainties_are_right_as_often_as_they_say(each: int) -> None:
    rows, truth = kinds(each, 100)
    background = Background.of(rows)
    known = examples(rows, truth)
    head = taught_head("nearest-mean", "m", list(known), SIZE, background)
    judged = out_of_fold("nearest-mean", "m", known, background)
    made = calibrate(judged, head.scores(background.sample))
    new, new_truth = kinds(200, 900)
    sure = made.certainties(head.tags, head.scores(new))
    right = new_truth[:, None] == np.arange(6)
    assert calibration_error(calibration_curve(sure, right)) < 0.04
    first = exclusive(sure)
    hit = first.argmax(axis=1) == new_truth
    assert 0.5 < hit.mean() < 0.99  # neither hopeless nor too easy to say anything
    assert calibration_error(calibration_curve(first.max(axis=1), hit)) < 0.06


def test_a_tag_with_three_examples_does_not_claim_everything() -> None:
    library = np.concatenate([photos(kind, 20, n) for n, kind in enumerate(centres(20))])
    background = Background.of(library)
    known = ExampleSet(SIZE)
    for n in range(3):
        known.put(example(n, library[n], "a"))
    head = taught_head("nearest-mean", "m", list(known), SIZE, background)
    made = calibrate(
        out_of_fold("nearest-mean", "m", known, background), head.scores(background.sample)
    )
    given = made.certainties(head.tags, head.scores(library))[:, 0] >= 0.5
    assert given[3:20].mean() > 0.6
    assert given[20:].mean() < 0.02


def test_every_photo_is_scored_by_a_head_that_does_not_know_it() -> None:
    rows, truth = kinds(6, 1)
    known = examples(rows, truth)
    known.put(example(99, rows[0], "once"))
    judged = out_of_fold("nearest-mean", "m", known)
    once = judged.tags.index(Tag(("once",)))
    # The only photo of a tag: without it nobody knows the tag.
    assert np.isnan(judged.scores[list(known).index(known.get(99)), once])  # type: ignore[arg-type]
    assert judged.right.sum() == 37
    for column in range(6):
        inside = judged.right[:, column]
        # Of 6 photos in 5 parts, one part has two.
        assert set(judged.taught[inside, column]) == {4, 5}
    again = out_of_fold("nearest-mean", "m", known)
    np.testing.assert_array_equal(judged.scores, again.scores)


def test_without_examples_only_the_network_counts() -> None:
    empty = Calibration()
    said = np.array([[0.2, 0.999, np.nan]])
    sure = empty.certainties(TAGS[:3], np.full((1, 3), np.nan), said)
    np.testing.assert_allclose(sure, [[0.2, 0.999, 0.0]], atol=1e-4)


def test_the_network_and_the_head_are_one_certainty() -> None:
    random = np.random.default_rng(0)
    truth = random.random((400, 1)) < 0.5
    scores = random.normal(np.where(truth, 2.0, -2.0), 2.0)
    network = 1 / (1 + np.exp(-random.normal(np.where(truth, 1.0, -1.0), 1.0)))
    judged = OutOfFold(TAGS[:1], scores, truth, ~truth, np.full((400, 1), 200.0))
    both = calibrate(judged, np.empty((0, 1)), network)
    alone = calibrate(judged, np.empty((0, 1)))

    def loss(sure: np.ndarray) -> float:
        return float(-np.mean(np.log(np.where(truth, sure, 1 - sure))))

    with_both = both.certainties(TAGS[:1], scores, network)
    assert loss(with_both) < loss(alone.certainties(TAGS[:1], scores)) - 0.05
    assert calibration_error(calibration_curve(with_both, truth)) < 0.05


def test_rejections_make_a_tag_of_its_own_careful() -> None:
    random = np.random.default_rng(0)
    right = np.zeros((200, 2), dtype=bool)
    right[:50, 0] = right[50:100, 1] = True
    scores = random.normal(np.where(right, 4.0, -1.0), 1.0)
    scores[100:200, 1] += 4.5  # what looks like the second tag is mostly not it
    judged = OutOfFold(TAGS[:2], scores, right, ~right, np.full(right.shape, 40.0))
    made = calibrate(judged, np.empty((0, 2)))
    first, second = made.certainties(TAGS[:2], np.array([[3.5, 3.5]]))[0]
    assert first > 0.75 and second < 0.5


def test_more_examples_are_trusted_more() -> None:
    made = Calibration(0.0, 1.0)
    sure = [
        float(made.certainties(TAGS[:1], np.array([[3.0]]), counts={TAGS[0]: number})[0, 0])
        for number in (1, 3, 10, 50)
    ]
    assert sure == sorted(sure) and sure[0] < sure[-1] - 0.1


def test_logistic_regression_finds_the_truth_and_the_prior() -> None:
    random = np.random.default_rng(0)
    rows = np.stack([random.normal(size=20_000), np.ones(20_000)], axis=1)
    answers = (random.random(20_000) < 1 / (1 + np.exp(-(rows @ [1.5, -0.5])))).astype(float)
    ones, zeros = np.ones(20_000), np.zeros(20_000)
    weak, strong = np.array([10.0, 10.0]), np.array([1e-3, 1e-3])
    mean = np.array([0.3, 0.3])
    found = fit_logistic(rows, answers, ones, zeros, mean, weak)
    np.testing.assert_allclose(found, [1.5, -0.5], atol=0.06)
    held = fit_logistic(rows, answers, ones, zeros, mean, strong)
    np.testing.assert_allclose(held, mean, atol=0.05)
    nothing = fit_logistic(rows[:0], answers[:0], ones[:0], zeros[:0], mean, weak)
    np.testing.assert_allclose(nothing, mean)
    # What separates perfectly does not run away.
    apart = fit_logistic(rows, (rows[:, 0] > 0).astype(float), ones, zeros, mean, weak)
    assert np.isfinite(apart).all() and 5 < apart[0] < 1000


def test_a_calibration_can_be_kept() -> None:
    made = Calibration(
        1.5,
        2.5,
        (1.0, 2.0, -3.0),
        {Tag.parse("Ü/b\\/c"): (1.0, 1.0, 0.5)},
        {TAGS[1]: 0.25},
        {TAGS[0]: 7},
    )
    again = Calibration.from_arrays(made.to_arrays())
    assert again == made
    assert Calibration.from_arrays({}).common == Calibration().common
