"""Answers by week and by month."""

from __future__ import annotations

from datetime import date

import numpy as np

from app.core.tag import Tag
from app.library.answers import DayAnswers
from app.services.accuracy.history import Answers

CAT, DOG = Tag(("Animal", "Cat")), Tag(("Animal", "Dog"))
TODAY = date(2026, 3, 18)  # a Wednesday


def test_answers_fall_into_their_weeks() -> None:
    days = (
        DayAnswers(CAT, date(2026, 3, 1), 2, 1, 0, 2.1, 3),  # a Sunday
        DayAnswers(CAT, date(2026, 3, 2), 3, 0, 1, 0.9, 1),
        DayAnswers(DOG, TODAY, 0, 0, 2, 0.0, 0),
    )
    history = Answers(days, {DOG: 4}).history("week", TODAY)
    assert history.starts == (
        date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)
    )  # fmt: skip
    cat, dog = history.tags
    assert cat.periods.tolist() == [[2, 1, 0], [3, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert (cat.kept, cat.removed, cat.added, cat.suggested, cat.answered) == (5, 1, 1, 6, 6)
    assert cat.right == 5 / 6 and cat.certainty == 0.75
    np.testing.assert_allclose(cat.right_by_period(), [2 / 3, 1, np.nan, np.nan])
    # Two of a kind say nothing about how often suggestions are right.
    assert (dog.right, dog.certainty, dog.suggested, dog.added) == (None, None, 4, 2)
    everything = history.everything
    assert (everything.kept, everything.added, everything.waiting) == (5, 3, 4)
    assert everything.periods.sum() == 9


def test_months_cross_the_year() -> None:
    days = (DayAnswers(CAT, date(2025, 12, 31), 1, 0, 0, 0.5, 1),)
    history = Answers(days, {}).history("month", TODAY)
    assert [start.isoformat() for start in history.starts] == [
        "2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01"
    ]  # fmt: skip
    assert history.everything.periods[:, 0].tolist() == [1, 0, 0, 0]


def test_what_is_long_ago_counts_in_the_totals_alone() -> None:
    days = (DayAnswers(CAT, date(2010, 1, 1), 7, 0, 0, 7.0, 7),)
    history = Answers(days, {}).history("week", TODAY)
    assert history.everything.kept == 7
    assert len(history.starts) == 60 and not history.everything.periods.any()


def test_no_answers_at_all() -> None:
    history = Answers((), {}).history("week", TODAY)
    assert history.tags == () and history.starts == (date(2026, 3, 16),)
    assert history.everything.right is None


def test_a_clock_that_was_ahead() -> None:
    days = (DayAnswers(CAT, date(2030, 1, 1), 1, 0, 0, 0.5, 1),)
    history = Answers(days, {}).history("month", TODAY)
    assert history.everything.periods.tolist() == [[1, 0, 0]]
