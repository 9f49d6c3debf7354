"""What is said about photos and suggestions, in words."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QObject, QTime

from app.core.photo import State
from app.ui import numbers

#: What the networks that come with the program call themselves.
_NETWORKS = {
    "efficientnet-lite0": "EfficientNet-Lite0",
    "efficientnet-lite1": "EfficientNet-Lite1",
    "efficientnet-lite2": "EfficientNet-Lite2",
}


def reason(source: str) -> str:
    """Why a tag is suggested, for `Suggestion.source`.

    That is the id of a network; `learned:N` for what was learned from N examples; `rule` or
    `rule:NAME` for what follows from a rule. With `doubted:` before it, it is less believed since
    the user has rejected the tag elsewhere.
    """
    kind, _, detail = source.partition(":")
    if kind == "doubted":
        return QCoreApplication.translate("Inspector", "You rejected it for other photos")
    if kind == "learned":
        if detail.isdecimal():
            return _COUNTED.examples(int(detail))
        return QCoreApplication.translate("Inspector", "Learned from your answers")
    if kind == "rule":
        text = QCoreApplication.translate("Inspector", "The rule “{name}”")
        return (
            text.format(name=detail)
            if detail
            else QCoreApplication.translate("Inspector", "A rule")
        )
    if not source:
        return ""
    text = QCoreApplication.translate("Inspector", "The network {name}")
    return text.format(name=_NETWORKS.get(source, source))


def state_words(state: State) -> str:
    """How far a photo has come."""
    match state:
        case State.WAITING:
            return QCoreApplication.translate("Inspector", "Waiting to be looked at")
        case State.WORKING:
            return QCoreApplication.translate("Inspector", "Being looked at now")
        case State.FAILED:
            return QCoreApplication.translate("Inspector", "Something went wrong")
        case State.SUGGESTED:
            return QCoreApplication.translate("Inspector", "Suggestions to review")
        case State.CONFIRMED:
            return QCoreApplication.translate("Inspector", "Tagged")
        case State.UNTAGGED:
            return QCoreApplication.translate("Inspector", "No tags")
    raise AssertionError(state)


def state_count(state: State, count: int) -> str:
    """How many photos have come so far."""
    return _COUNTED.photos_in(state, count)


class _Counted(QObject):
    """Words that depend on a number.

    `lupdate` sees that only in `tr` of a QObject, not in `QCoreApplication.translate`.
    """

    def examples(self, count: int) -> str:
        return self.tr("Learned from %n example(s)", "", count)

    def stars(self, count: int) -> str:
        return self.tr("%n of 5 stars", "", count)

    def photos_in(self, state: State, count: int) -> str:
        match state:
            case State.WAITING:
                return self.tr("%n waiting", "", count)
            case State.WORKING:
                return self.tr("%n being looked at", "", count)
            case State.FAILED:
                return self.tr("%n failed", "", count)
            case State.SUGGESTED:
                return self.tr("%n to review", "", count)
            case State.CONFIRMED:
                return self.tr("%n tagged", "", count)
            case State.UNTAGGED:
                return self.tr("%n without tags", "", count)
        raise AssertionError(state)


_COUNTED = _Counted()

#: The meaning in `app.ui.theme` that each state is shown in.
STATE_COLOURS = {
    State.WAITING: "waiting",
    State.WORKING: "working",
    State.FAILED: "failed",
    State.SUGGESTED: "suggested",
    State.CONFIRMED: "confirmed",
    State.UNTAGGED: "subtle",
}


def percent(score: float) -> str:
    """A certainty, as people write it. Never 100 %, which nobody can be."""
    return numbers.percent(min(99, max(1, round(score * 100))))


def moment(taken: datetime) -> str:
    """When a photo was taken."""
    locale = QLocale()
    when = QDateTime(
        QDate(taken.year, taken.month, taken.day), QTime(taken.hour, taken.minute, taken.second)
    )
    text = QCoreApplication.translate("Inspector", "{date}, {time}")
    return text.format(
        date=locale.toString(when.date(), QLocale.FormatType.LongFormat),
        time=locale.toString(when.time(), QLocale.FormatType.ShortFormat),
    )


def days(first: date, last: date) -> str:
    """From when to when photos were taken."""
    if first == last:
        return _day(first)
    text = QCoreApplication.translate("Inspector", "{first} to {last}")
    return text.format(first=_day(first), last=_day(last))


def pixels(size: tuple[int, int]) -> str:
    """The size of a photo."""
    locale = QLocale()
    text = QCoreApplication.translate("Inspector", "{width} × {height} pixels")
    return text.format(width=locale.toString(size[0]), height=locale.toString(size[1]))


def stars(rating: int) -> str:
    """A rating as a row of stars."""
    if rating < 0:
        return QCoreApplication.translate("Inspector", "Marked as rejected")
    return "★" * rating + "☆" * (5 - rating)


def stars_spoken(rating: int) -> str:
    """A rating for those who cannot see the stars."""
    if rating < 0:
        return stars(rating)
    return _COUNTED.stars(rating)


def folder_words(folder: Path) -> str:
    """A folder as people write it: `~` for their own."""
    try:
        return str("~" / folder.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(folder)


def _day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
