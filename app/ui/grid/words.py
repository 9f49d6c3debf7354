"""A photo in words: for tooltips, and for those who hear the window instead of seeing it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from app.core.photo import Card, State


def state_name(state: State) -> str:
    """How far a photo has come, in a word or two."""
    tr = QCoreApplication.translate
    return {
        State.WAITING: tr("State", "Waiting"),
        State.WORKING: tr("State", "Being looked at"),
        State.FAILED: tr("State", "Failed"),
        State.SUGGESTED: tr("State", "Has suggestions"),
        State.CONFIRMED: tr("State", "Confirmed"),
        State.UNTAGGED: tr("State", "No tags"),
    }[state]


def spoken(card: Card) -> str:
    """A photo in one line of plain text: name, state, tags."""
    tr = QCoreApplication.translate
    parts = [card.path.name, state_name(card.state)]
    if card.confirmed:
        parts.append(tr("Photo", "Tags: {}").format(", ".join(map(str, card.confirmed))))
    if card.suggested:
        names = ", ".join(str(each.tag) for each in card.suggested)
        parts.append(tr("Photo", "Suggested: {}").format(names))
    if card.error:
        parts.append(card.error)
    return ". ".join(parts)


def tooltip(card: Card, no_picture: str | None = None) -> str:
    """A photo as rich text.

    Args:
        no_picture: why it cannot be shown, if so.
    """
    tr = QCoreApplication.translate
    lines = [f"<b>{escape(card.path.name)}</b>", escape(str(card.path.parent))]
    if card.confirmed:
        names = ", ".join(map(str, card.confirmed))
        lines.append(escape(tr("Photo", "Tags: {}").format(names)))
    if card.suggested:
        names = ", ".join(f"{each.tag} {each.score:.0%}" for each in card.suggested)
        lines.append(escape(tr("Photo", "Suggested: {}").format(names)))
    reason = card.error or no_picture
    if reason:
        lines.append(f"<i>{escape(reason)}</i>")
    return "<br>".join(lines)
