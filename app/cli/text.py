"""Words for people: text that a terminal can show, numbers with their nouns."""

from __future__ import annotations


def printable(text: object) -> str:
    """Text with everything that is not a character to look at written as an escape.

    File names may hold line ends, terminal commands, and bytes that are no text at all.
    """
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in str(text)
    )


def count(number: int, noun: str) -> str:
    """`1 photo`, `2 photos`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def certainty(score: float) -> str:
    """A certainty, 0 to 1; never 1.00, which nobody can be."""
    return f"{min(score, 0.99):.2f}"
