"""Reading what somebody has typed into the search field; see `app.core.query` for the language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from app.core.errors import UsageError
from app.core.query import (
    BARE,
    KEY,
    STATES,
    Both,
    Certain,
    Comparison,
    Either,
    Holding,
    InState,
    Node,
    Problem,
    Query,
    QueryError,
    Rated,
    Similar,
    Tagged,
    Taken,
    Without,
    Word,
)
from app.core.tag import Tag

#: What can stand in front of a colon.
KEYS: Final = (
    "tag", "confirmed", "suggested", "certainty", "state", "folder", "name", "camera", "date",
    "rating", "similar",
)  # fmt: skip
_COMPARABLE: Final = ("certainty", "date", "rating")
_TAGS: Final = ("tag", "confirmed", "suggested")
_MAX_TERMS, _MAX_DEPTH = 200, 40
_SPACE: Final = re.compile(r"\s*")
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)("|$)')


def parse(text: str) -> Query:
    """Read what somebody has typed.

    Raises:
        QueryError: it cannot be understood.
    """
    return Query(_Reader(text).read(), text.strip())


def nearest(word: str, words: tuple[str, ...] | list[str]) -> str:
    """The one of some words that somebody probably meant; empty if none is near."""
    close = difflib.get_close_matches(word.lower(), words, 1, 0.6)
    start = [each for each in words if len(word) > 1 and each.startswith(word.lower())]
    return next(iter((*start, *close)), "")


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._terms = 0

    def read(self) -> Node:
        node = self._either(0)
        if self._peek() == ")":
            raise QueryError("stray_parenthesis", self._at, 1, ")")
        return node

    def _peek(self) -> str:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _takes(self, word: str) -> bool:
        """Step over an operator that is a word of its own."""
        if self._peek() == word == "|":
            self._at += 1
            return True
        match = BARE.match(self._text, self._at)
        if match is not None and match[0] == word:
            self._at = match.end()
            return True
        return False

    def _either(self, depth: int) -> Node:
        parts: list[Node] = []
        while True:
            begin = self._at
            part = self._both(depth)
            operator = self._at
            more = self._takes("|") or self._takes("OR")
            if part == Both() and (parts or more):
                # Nothing before or behind an operator.
                at, given = (operator, self._text[operator : self._at]) if more else (begin, "|")
                raise QueryError("missing_term", at if more else max(begin - 1, 0), 1, given)
            parts.append(part)
            if not more:
                return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self, depth: int) -> Node:
        parts: list[Node] = []
        while True:
            if self._takes("AND"):
                continue
            begin = self._at
            following = self._peek()
            if following in ("", ")", "|") or self._takes("OR"):
                self._at = begin
                break
            part = self._one(depth)
            if part is not None:
                parts.append(part)
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _one(self, depth: int) -> Node | None:
        begin = self._at
        self._terms += 1
        if depth > _MAX_DEPTH or self._terms > _MAX_TERMS:
            raise QueryError("too_much", begin, len(self._text) - begin)
        first = self._text[begin]
        negated = first == "-" or self._takes("NOT")
        if negated:
            self._at += first == "-"
            if first == "-" and self._text[self._at : self._at + 1].strip() == "":
                return None  # a dash on its own, as in '2024 - Kyoto'
            if self._peek() in ("", ")", "|"):
                raise QueryError("missing_term", begin, self._at - begin, first)
            part = self._one(depth + 1)
            return None if part is None else Without(part)
        if first == "(":
            self._at += 1
            inside = self._either(depth + 1)
            if self._peek() != ")":
                raise QueryError("open_parenthesis", begin, 1, "(")
            self._at += 1
            return inside
        if first == '"':
            text = self._phrase()
            return Word(text) if text.strip() else None
        return self._term(begin)

    def _phrase(self) -> str:
        """A quoted text; one that is not closed (yet) goes to the end."""
        match = _QUOTED.match(self._text, self._at)
        assert match is not None
        self._at = match.end()
        return match[1].replace('""', '"')

    def _term(self, begin: int) -> Node:
        match = KEY.match(self._text, begin)
        key = match[1].lower() if match is not None else ""
        if match is None or (match[2] == "=" and key not in KEYS):
            bare = BARE.match(self._text, begin)
            assert bare is not None
            self._at = bare.end()
            return Word(bare[0])
        if key not in KEYS:
            near = nearest(key, KEYS[:-1])
            length = len(match[1]) + (match[2][0] == ":")
            raise QueryError("unknown_key", begin, length, match[1], near and f"{near}:")
        operator = match[2].replace(":", "", 1).strip() if match[2] != ":" else ":"
        self._at = match.end()
        if operator not in (":", "="):
            self._peek()  # `certainty > 0.8`
        where, value = self._at, self._value()
        if not value.strip():
            raise QueryError("missing_value", begin, match.end() - begin, match[0].strip())
        if key not in _COMPARABLE and operator not in (":", "="):
            raise QueryError("not_comparable", begin, self._at - begin, key)
        try:
            return _READERS[key](key, operator, value)
        except _Wrong as wrong:
            length = self._at - where
            raise QueryError(wrong.problem, where, length, value, wrong.nearest) from None

    def _value(self) -> str:
        if self._text[self._at : self._at + 1] == '"':
            return self._phrase()
        match = BARE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return match[0] if match else ""


class _Wrong(Exception):
    def __init__(self, problem: Problem, nearest: str = "") -> None:
        super().__init__(problem)
        self.problem: Problem = problem
        self.nearest = nearest


def _tagged(key: str, operator: str, value: str) -> Node:
    try:
        tag = Tag.parse(value.strip().strip("/"))
    except UsageError:
        raise _Wrong("bad_tag") from None
    if key == "confirmed":
        return Tagged(tag, operator == "=", "confirmed")
    return Tagged(tag, operator == "=", "suggested" if key == "suggested" else "tag")


def _certain(_key: str, operator: str, value: str) -> Node:
    text = value.strip().replace(",", ".")
    try:
        number = float(text.removesuffix("%"))
    except ValueError:
        raise _Wrong("bad_certainty") from None
    score = number / 100 if text.endswith("%") or number > 1 else number
    if not 0 <= score <= 1:
        raise _Wrong("bad_certainty")
    return Certain(_comparison(operator), score)


def _in_state(_key: str, _operator: str, value: str) -> Node:
    name = value.strip().lower()
    if name not in STATES:
        raise _Wrong("unknown_state", nearest(name, list(STATES)))
    return InState(STATES[name])


def _holding(key: str, _operator: str, value: str) -> Node:
    return Holding("folder" if key == "folder" else "name" if key == "name" else "camera", value)


def _rated(_key: str, operator: str, value: str) -> Node:
    text = value.strip()
    if not re.fullmatch("-1|[0-5]", text):
        raise _Wrong("bad_rating")
    return Rated(_comparison(operator), int(text))


def _taken(_key: str, operator: str, value: str) -> Node:
    first_text, dots, last_text = value.strip().partition("..")
    if dots and operator in (":", "=") and (first_text or last_text):
        first = _span(first_text)[0] if first_text else None
        return Taken(first, _span(last_text)[1] if last_text else None)
    first, end = _span(value.strip())
    spans: dict[str, Callable[[], Taken]] = {
        ">": lambda: Taken(end, None),
        ">=": lambda: Taken(first, None),
        "<": lambda: Taken(None, first),
        "<=": lambda: Taken(None, end),
    }
    return spans.get(operator, lambda: Taken(first, end))()


def _span(text: str) -> tuple[date, date]:
    """The days of a year, a month or a day: the first, and the one after the last."""
    match = re.fullmatch(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?", text)
    if match is None:
        raise _Wrong("bad_date")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first, first + timedelta(days=1)
        if month:
            return first, date(year + month // 12, month % 12 + 1, 1)
        return first, date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        raise _Wrong("bad_date") from None


def _similar(_key: str, _operator: str, value: str) -> Node:
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise _Wrong("missing_value")
    return Similar(int(value))


def _comparison(operator: str) -> Comparison:
    known: dict[str, Comparison] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
    return known.get(operator, "=")


_READERS: Final[dict[str, Callable[[str, str, str], Node]]] = {
    "tag": _tagged,
    "confirmed": _tagged,
    "suggested": _tagged,
    "certainty": _certain,
    "state": _in_state,
    "folder": _holding,
    "name": _holding,
    "camera": _holding,
    "date": _taken,
    "rating": _rated,
    "similar": _similar,
}
