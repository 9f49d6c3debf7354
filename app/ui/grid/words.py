"""A photo in words: for tooltips, and for those who hear the window instead of seeing it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QObject

from app.core.photo import Card, State
from app.ui import reasons


def state_name(state: State) -> str:
    """How far a photo has come, in a word or two."""
    return {
        State.WAITING: QCoreApplication.translate("State", "Waiting"),
        State.WORKING: QCoreApplication.translate("State", "Being looked at"),
        State.FAILED: QCoreApplication.translate("State", "Failed"),
        State.SUGGESTED: QCoreApplication.translate("State", "Has suggestions"),
        State.CONFIRMED: QCoreApplication.translate("State", "Confirmed"),
        State.UNTAGGED: QCoreApplication.translate("State", "No tags"),
    }[state]


def spoken(card: Card) -> str:
    """A photo in one line of plain text: name, state, tags."""
    parts = [card.path.name, state_name(card.state)]
    if card.confirmed:
        parts.append(_tags(", ".join(map(str, card.confirmed))))
    if card.suggested:
        parts.append(_suggested(", ".join(str(each.tag) for each in card.suggested)))
    if card.error:
        parts.append(reasons.sentence(card.error, card.path))
    return ". ".join(parts)


def tooltip(card: Card, no_picture: str | None = None) -> str:
    """A photo as rich text.

    Args:
        no_picture: why it cannot be shown, if so.
    """
    lines = [f"<b>{escape(card.path.name)}</b>", escape(str(card.path.parent))]
    if card.confirmed:
        lines.append(escape(_tags(", ".join(map(str, card.confirmed)))))
    if card.suggested:
        certain = QCoreApplication.translate("PhotoDelegate", "{tag} {percent} %")
        names = (
            certain.format(tag=each.tag, percent=percent(each.score)) for each in card.suggested
        )
        lines.append(escape(_suggested(", ".join(names))))
    reason = card.error or no_picture
    if reason:
        lines.append(f"<i>{escape(reasons.sentence(reason, card.path))}</i>")
    return "<br>".join(lines)


def percent(score: float) -> int:
    """Certainty in whole per cent; 100 is only for what is certain."""
    return min(99, round(score * 100)) if score < 1 else 100


def photos(count: int) -> str:
    """How many photos there are in a group."""
    return _COUNTED.photos(count)


def _tags(names: str) -> str:
    return QCoreApplication.translate("Photo", "Tags: {}").format(names)


def _suggested(names: str) -> str:
    return QCoreApplication.translate("Photo", "Suggested: {}").format(names)


class _Counted(QObject):
    """`lupdate` finds words that depend on a number only in `tr` of a QObject."""

    def photos(self, count: int) -> str:
        return self.tr("%n photo(s)", "", count)


_COUNTED = _Counted()
