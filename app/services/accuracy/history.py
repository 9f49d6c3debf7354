"""What became of suggestions, week by week or month by month: kept, removed, added by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.evaluation import CalibrationBin, calibration_curve
from app.library.answers import DayAnswers
from app.library.library import Library

Span = Literal["week", "month"]

#: With fewer answers no share is worth showing.
ENOUGH = 5
#: As many periods are told apart at most; what was before them counts in the totals.
_MOST = 60


@dataclass(frozen=True, eq=False, slots=True)
class AnswerCounts:
    """The answers about one tag, or about all.

    Attributes:
        tag: None for all.
        waiting: suggestions that nobody has answered.
        kept, removed, added: photos; see `app.library.answers.DayAnswers`.
        certainty: the mean certainty of the answered suggestions; None where it is not known.
        periods: kept, removed and added in each period, shape (periods, 3).
    """

    tag: Tag | None
    waiting: int
    kept: int
    removed: int
    added: int
    certainty: float | None
    periods: NDArray[np.int64]

    @property
    def answered(self) -> int:
        """How many suggestions were answered."""
        return self.kept + self.removed

    @property
    def suggested(self) -> int:
        """How many suggestions there were, with those that wait."""
        return self.answered + self.waiting

    @property
    def right(self) -> float | None:
        """The share of the answered suggestions that was kept; None for too few."""
        return self.kept / self.answered if self.answered >= ENOUGH else None

    def right_by_period(self) -> NDArray[np.float64]:
        """The share that was kept in each period, shape (periods,); NaN for no answers."""
        kept, answered = self.periods[:, 0], self.periods[:, :2].sum(axis=1)
        shares = np.full(len(kept), np.nan)
        np.divide(kept, answered, out=shares, where=answered > 0)
        return shares


@dataclass(frozen=True, eq=False, slots=True)
class History:
    """All answers.

    Attributes:
        span: how long a period is.
        starts: the first day of each period; the last one is the current one.
        everything: of all tags together.
        tags: of each tag, in the order of the alphabet.
    """

    span: Span
    starts: tuple[date, ...]
    everything: AnswerCounts
    tags: tuple[AnswerCounts, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the library knows of answers, from which a `History` of each span can be made.

    Attributes:
        waiting: how many suggestions of each tag nobody has answered.
        curve: how certain the answered suggestions were against how often they were kept.
    """

    days: tuple[DayAnswers, ...]
    waiting: dict[Tag, int]
    curve: tuple[CalibrationBin, ...] = ()

    @classmethod
    def of(cls, library: Library) -> Answers:
        """Ask the library."""
        curve = calibration_curve(*library.answered_certainties())
        return cls(tuple(library.answers()), library.waiting(), tuple(curve))

    def history(self, span: Span, today: date) -> History:
        """Sum them up.

        Args:
            today: the last day of all.
        """
        first = min((each.day for each in self.days), default=today)
        starts = _periods(min(first, today), today, span)
        tags = sorted({*self.waiting, *(each.tag for each in self.days)})
        row = {tag: n for n, tag in enumerate(tags)}
        # As arrays: there is a row for each tag and day.
        of = np.array([row[each.tag] for each in self.days], np.int64)
        said = np.array([(e.kept, e.removed, e.added) for e in self.days], np.int64).reshape(-1, 3)
        sure = np.array([(e.certainty, e.certain) for e in self.days]).reshape(-1, 2)
        place = np.searchsorted(
            [start.toordinal() for start in starts],
            [each.day.toordinal() for each in self.days],
            side="right",
        ) - 1  # fmt: skip
        inside = place >= 0
        totals, sures = np.zeros((len(tags), 3), np.int64), np.zeros((len(tags), 2))
        periods = np.zeros((len(tags), len(starts), 3), np.int64)
        np.add.at(totals, of, said)
        np.add.at(sures, of, sure)
        np.add.at(periods, (of[inside], place[inside]), said[inside])
        waiting = [self.waiting.get(tag, 0) for tag in tags]
        each_tag = zip(tags, waiting, totals, sures, periods, strict=True)
        everything = _counts(
            None, sum(waiting), totals.sum(axis=0), sures.sum(axis=0), periods.sum(axis=0)
        )
        return History(span, starts, everything, tuple(_counts(*each) for each in each_tag))


def _counts(
    tag: Tag | None,
    waiting: int,
    said: NDArray[np.int64],
    sure: NDArray[np.float64],
    periods: NDArray[np.int64],
) -> AnswerCounts:
    kept, removed, added = said.tolist()
    certainty, certain = sure.tolist()
    mean = certainty / certain if certain else None
    return AnswerCounts(tag, waiting, kept, removed, added, mean, periods)


def _periods(first: date, last: date, span: Span) -> tuple[date, ...]:
    """The first days of all periods from one day to another, the last `_MOST` of them."""
    starts = [_start(last, span)]
    while starts[-1] > first and len(starts) < _MOST:
        starts.append(_start(starts[-1] - timedelta(days=1), span))
    return tuple(reversed(starts))


def _start(day: date, span: Span) -> date:
    """The first day of the period of a day; weeks begin on Monday (ISO 8601)."""
    if span == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday())
