"""What a training says, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from app.core.training import BatchDone, Checked, EpochDone, Notice, Phase, Work, Working
from app.ui import numbers

#: More names than that are not read.
_NAMED = 6


def of_notice(notice: Notice) -> str:
    """What the user should know, as a sentence."""
    names = listed(notice.classes)
    match notice.kind:
        case "overfitting":
            return _COUNTED.by_heart(notice.number)
        case "early-stop":
            return _COUNTED.early_stop(notice.number)
        case "loose-photos":
            return _COUNTED.loose(notice.number)
        case "few-photos":
            return QCoreApplication.translate(
                "Training", "Fewer than {number} photos: {names}. With more, it gets better."
            ).format(number=notice.number, names=names)
        case "unbalanced":
            return QCoreApplication.translate(
                "Training",
                "{most} has {number} times as many photos as {least}. Rare classes count more"
                " in training, but more photos of them are better.",
            ).format(most=notice.classes[0], least=notice.classes[-1], number=notice.number)


def of_work(working: Working) -> str:
    """What is being done where no round is counted."""
    texts: dict[Work, str] = {
        "starting": QCoreApplication.translate("Training", "Starting…"),
        "reading": QCoreApplication.translate("Training", "Reading the photos"),
        "features": QCoreApplication.translate("Training", "Looking at the photos"),
        "exporting": QCoreApplication.translate("Training", "Packing it for tagging"),
        "checking": QCoreApplication.translate("Training", "Checking it"),
    }
    text = texts[working.work]
    if working.total and working.work in ("reading", "features"):
        locale = QLocale()
        done = locale.toString(working.done)
        return f"{text}: {done} / {locale.toString(working.total)}"
    return text


def of_phase(phase: Phase) -> str:
    """Which part of the network is learning."""
    texts: dict[Phase, str] = {
        "head": QCoreApplication.translate("Training", "Part 1 of 2: learning your classes"),
        "upper": QCoreApplication.translate("Training", "Part 2 of 2: refining how it sees"),
        "whole": QCoreApplication.translate("Training", "Learning your classes"),
    }
    return texts[phase]


def of_round(event: BatchDone | EpochDone) -> str:
    """Which round it is."""
    text = QCoreApplication.translate("Training", "{part}, round {round} of at most {rounds}")
    return text.format(part=of_phase(event.phase), round=event.epoch, rounds=event.epochs)


def of_seconds(seconds: float) -> str:
    """About how long that is."""
    if seconds < 60:
        return _COUNTED.seconds(max(5, round(seconds / 5) * 5))
    return _COUNTED.minutes(round(seconds / 60))


def of_check(checked: Checked) -> str:
    """Whether packing has changed anything, as one or two sentences."""
    kept = next(form for form in checked.forms if form.precision == checked.kept)
    locale = QLocale()
    megabytes = locale.toString(kept.size / 1e6, "f", 1)
    if kept.precision == "int8":
        text = QCoreApplication.translate(
            "Training",
            "Packed into {size} MB. It gives the same first answer as the network that was trained"
            " for {agreement} of the validation photos; no certainty differs by more than"
            " {difference}.",
        )
    else:
        text = QCoreApplication.translate(
            "Training",
            "Packed without making it smaller ({size} MB), as the small form was less often right."
            " It gives the same first answer as the network that was trained for {agreement} of"
            " the validation photos; no certainty differs by more than {difference}.",
        )
    return text.format(
        size=megabytes, agreement=percent(kept.agreement), difference=percent(kept.difference)
    )


def percent(share: float) -> str:
    """A share as per cent, with a decimal where that says more."""
    value = 100 * share
    decimals = 0 if abs(value - round(value)) < 0.05 else 1
    return numbers.percent(value, decimals)


def listed(names: Sequence[str]) -> str:
    """Some names, and how many more there are."""
    text = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        more = _COUNTED.more(len(names) - _NAMED)
        text = f"{text}, {more}"
    return text


class _Counted(QObject):
    """`lupdate` finds words that depend on a number only in `tr` of a QObject."""

    def by_heart(self, rounds: int) -> str:
        return self.tr(
            "It learns the training photos by heart: validation has not improved for %n round(s)"
            " while training has. The best round is kept; more photos of each class would help.",
            "",
            rounds,
        )

    def early_stop(self, rounds: int) -> str:
        return self.tr(
            "Validation has not improved for %n round(s), so this part has ended. What was best is"
            " kept.",
            "",
            rounds,
        )

    def loose(self, photos: int) -> str:
        return self.tr("%n photo(s) are in no class, and are left out.", "", photos)

    def seconds(self, number: int) -> str:
        return self.tr("%n second(s)", "", number)

    def minutes(self, number: int) -> str:
        return self.tr("%n minute(s)", "", number)

    def more(self, names: int) -> str:
        return self.tr("and %n more", "", names)


_COUNTED = _Counted()
