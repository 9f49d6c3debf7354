r"""What was typed into a tag field, taken apart. No widgets here.

Commas separate tags; a comma that belongs to a name is written `\,`, as a slash is `\/`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.core.errors import UsageError
from app.core.tag import FORBIDDEN, Tag


@dataclass(frozen=True, slots=True)
class Part:
    """One of the tags in a text.

    Attributes:
        text: as `Tag.parse` takes it, without blanks around it.
        start, end: where it stands, blanks included.
    """

    text: str
    start: int
    end: int


def parts(text: str) -> list[Part]:
    """The tags in a text, empty ones included: there is always at least one."""
    found: list[Part] = []
    current, start, escaped = "", 0, False
    for at, character in enumerate(text):
        if escaped:
            current += character if character == "," else "\\" + character
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == ",":
            found.append(Part(current.strip(), start, at))
            current, start = "", at + 1
        else:
            current += character
    current += "\\" if escaped else ""
    return [*found, Part(current.strip(), start, len(text))]


def part_at(text: str, cursor: int) -> Part:
    """The tag that is being typed."""
    return next(part for part in parts(text) if cursor <= part.end)


def as_typed(tag: Tag) -> str:
    """A tag as it has to be typed."""
    return str(tag).replace(",", "\\,")


def replaced(text: str, part: Part, tag: Tag) -> tuple[str, int]:
    """A text with another tag in the place of a part, and the place behind it."""
    blank = " " if part.start else ""
    before = f"{text[: part.start]}{blank}{as_typed(tag)}"
    return before + text[part.end :], len(before)


def problem(text: str, *, finished: bool = True) -> str:
    """Why a text is no tag, in plain words; empty if it is one.

    Args:
        finished: whether nothing more will be typed: a level that is empty may still get a name.
    """
    for character in text:
        if character in FORBIDDEN:
            words = QCoreApplication.translate(
                "TagField", "A tag cannot contain “{character}”: photo programs use it as a mark."
            )
            return words.format(character=character)
        if unicodedata.category(character) in ("Cc", "Cs"):
            return QCoreApplication.translate(
                "TagField", "A tag cannot contain an invisible control character."
            )
    try:
        Tag.parse(text)
    except UsageError:
        if finished:
            return QCoreApplication.translate(
                "TagField", "A name is missing before or after “/”, as in Animal/Cat."
            )
    return ""
