"""What a query of the search field says; `app.core.query_text` reads one.

    lake sunset                 both words, in tags, file name, folder or camera
    "golden hour"               these words next to each other
    -dog                        not; a minus in front of anything
    lake | river, lake OR river either; parentheses group
    tag:cat  tag:animal/cat     confirmed or suggested; on any level of the tag's path
    tag:=cat                    this very tag and none below it
    confirmed:cat suggested:cat only the one or the other
    certainty>0.8 certainty>80% of the surest open suggestion; beside one tag: of that one
    state:suggested             or confirmed, waiting, failed, untagged
    folder:2024 name:img_* camera:canon
    date:2024-05 date:2024..2025-03 date>=2024-05-01
    rating>=3

Case and accents make no difference. Nothing here knows how anything is found.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from app.core.errors import UsageError
from app.core.photo import State
from app.core.tag import Tag

Comparison = Literal["<", "<=", "=", ">=", ">"]
#: What is wrong with a query; see `QueryError`.
Problem = Literal[
    "unknown_key", "unknown_state", "missing_value", "missing_term", "bad_tag", "bad_certainty",
    "bad_rating", "bad_date", "not_comparable", "open_parenthesis", "stray_parenthesis",
    "too_much",
]  # fmt: skip

STATES: Final = {
    state.name.lower(): state
    for state in (
        State.SUGGESTED, State.CONFIRMED, State.WAITING, State.FAILED, State.UNTAGGED,
    )
}  # fmt: skip

#: Of what the language is made: what needs no quotes, the words that mean something else, and how
#: a term with a key begins.
BARE: Final = re.compile(r"[^\s()|]+")
OPERATORS: Final = ("OR", "AND", "NOT")
KEY: Final = re.compile(r"([^\W\d_]+)(:\s*(?:[<>]=?)|:=?|\s*[<>]=?|=)")

_SENTENCES: Final[dict[Problem, str]] = {
    "unknown_key": "There is no “{given}:”",
    "unknown_state": "There is no state “{given}”",
    "missing_value": "Something is missing after “{given}”",
    "missing_term": "Something is missing after “{given}”",
    "bad_tag": "“{given}” cannot be the name of a tag",
    "bad_certainty": "“{given}” is no certainty; write a number such as 0.8 or 80%",
    "bad_rating": "“{given}” is no rating; write a number from 0 to 5",
    "bad_date": "“{given}” is no date; write 2024, 2024-05 or 2024-05-31",
    "not_comparable": "“{given}” takes a colon, not a comparison",
    "open_parenthesis": "A parenthesis is not closed",
    "stray_parenthesis": "This parenthesis was never opened",
    "too_much": "This search is too long",
}


class QueryError(UsageError):
    """A query that cannot be understood.

    Attributes:
        problem: what is wrong.
        position, length: which characters of the text are.
        given: what stands there.
        nearest: the word that was probably meant; empty if none is near.
        is_unfinished: whether it may become right by typing on.
    """

    def __init__(
        self, problem: Problem, position: int, length: int, given: str = "", nearest: str = ""
    ) -> None:
        hint = f"; did you mean {nearest}?" if nearest else "."
        super().__init__(_SENTENCES[problem].format(given=given) + hint)
        self.problem: Problem = problem
        self.position, self.length = position, length
        self.given, self.nearest = given, nearest
        self.is_unfinished = problem in ("missing_value", "missing_term", "open_parenthesis")

    def __reduce__(self) -> tuple[type[QueryError], tuple[object, ...]]:
        return type(self), (self.problem, self.position, self.length, self.given, self.nearest)


# What a query says


@dataclass(frozen=True, slots=True)
class Both:
    """All of these; everything, if there are none."""

    parts: tuple[Node, ...] = ()

    def __str__(self) -> str:
        return " ".join(f"({p})" if isinstance(p, Either | Both) else str(p) for p in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " | ".join(f"({p})" if isinstance(p, Either) else str(p) for p in self.parts)


@dataclass(frozen=True, slots=True)
class Without:
    """Not this."""

    part: Node

    def __str__(self) -> str:
        grouped = isinstance(self.part, Both | Either)
        return f"-({self.part})" if grouped else f"-{self.part}"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase in tags, file name, folder or camera."""

    text: str

    def __str__(self) -> str:
        bare = BARE.fullmatch(self.text) and self.text not in OPERATORS
        plain = bare and self.text[0] not in '-"' and not KEY.match(self.text)
        return self.text if plain else _quoted(self.text)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag.

    Attributes:
        tag: its path, or successive levels of it.
        exact: whether it is the whole path.
        how: whether it has to be confirmed or suggested.
    """

    tag: Tag
    exact: bool = False
    how: Literal["tag", "confirmed", "suggested"] = "tag"

    def __str__(self) -> str:
        return f"{self.how}:{'=' * self.exact}{_value(str(self.tag))}"


@dataclass(frozen=True, slots=True)
class Certain:
    """The certainty of the surest open suggestion, 0 to 1."""

    comparison: Comparison
    score: float

    def __str__(self) -> str:
        return f"certainty{self.comparison}{self.score:.6g}"


@dataclass(frozen=True, slots=True)
class InState:
    """How far a photo has come."""

    state: State

    def __str__(self) -> str:
        return f"state:{self.state.name.lower()}"


@dataclass(frozen=True, slots=True)
class Holding:
    """A text in the folder, the file's name (`*` and `?` as in a shell) or the camera's."""

    key: Literal["folder", "name", "camera"]
    text: str

    def __str__(self) -> str:
        return f"{self.key}:{_value(self.text)}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A time span.

    Attributes:
        first: the first day; None where it has no beginning.
        end: the day after the last one; None where it has no end.
    """

    first: date | None
    end: date | None

    def __str__(self) -> str:
        first = self.first.isoformat() if self.first else ""
        last = (self.end - timedelta(days=1)).isoformat() if self.end else ""
        return f"date:{first}" if first == last else f"date:{first}..{last}"


@dataclass(frozen=True, slots=True)
class Rated:
    """Stars; -1 is rejected."""

    comparison: Comparison
    stars: int

    def __str__(self) -> str:
        return f"rating{self.comparison}{self.stars}"


@dataclass(frozen=True, slots=True)
class Similar:
    """Photos that look like one; for the window, nobody types a photo's id."""

    photo: int

    def __str__(self) -> str:
        return f"similar:{self.photo}"


Node = (
    Both | Either | Without | Word | Tagged | Certain | InState | Holding | Taken | Rated | Similar
)


@dataclass(frozen=True, slots=True)
class Query:
    """A search.

    Attributes:
        root: what it says.
        text: as it was written; two that say the same are equal however they are written.
    """

    root: Node
    text: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.text or str(self.root)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for everything."""
        return self.root == Both()


def plain(text: str) -> str:
    """The form in which texts are compared by the search: without case and accents.

    Only the accents of Latin, Greek and Cyrillic go (U+0300 to U+036F): in Japanese such a mark
    makes another letter.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


_ACCENTS: Final = re.compile("[\u0300-\u036f]")


def _value(text: str) -> str:
    bare = BARE.fullmatch(text) and text[0] not in '"=<>'
    return text if bare else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
