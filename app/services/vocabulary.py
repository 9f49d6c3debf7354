"""The words of a library, for whoever types a tag: found by any part of a name, in any spelling.

A `Vocabulary` is built once, away from the window's thread, and then answers in about a
millisecond however many tags there are: the beginnings of all words are in one sorted list, and
tags stand in the order of the hierarchy, so that what is below one of them is a range.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import takewhile
from typing import NamedTuple

from app.core.errors import UsageError
from app.core.tag import Tag, fold
from app.library.library import Library

#: How many tags are remembered as recent.
RECENT = 24

#: Letters that have no accent to take off, and the plain ones that people type instead.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae",
                        "œ": "oe", "þ": "th"})  # fmt: skip
#: The marks that make か into が and は into ぱ: another letter, not an accent.
_VOICED = frozenset("\u3099\u309a")
_WORD_START = re.compile(r"(?<!\w)\w")


def plain(name: str) -> str:
    """A name without case and without accents: what typed text is compared by."""
    folded = fold(name)
    if folded.isascii():
        return folded
    letters = unicodedata.normalize("NFD", folded)
    kept = "".join(c for c in letters if c in _VOICED or unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", kept).translate(_PLAIN)


def levels(text: str) -> list[str]:
    r"""The levels of a tag that is still being typed; as `Tag.parse`, but any may be empty."""
    found, escaped = [""], False
    for character in text:
        if escaped:
            found[-1] += character if character in "/\\" else "\\" + character
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "/":
            found.append("")
        else:
            found[-1] += character
    if escaped:
        found[-1] += "\\"
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """A tag that fits what was typed.

    Attributes:
        count: photos that have it.
        synonym: the other name by which it was found, if so.
        recent: whether the user has used it lately.
    """

    tag: Tag
    count: int = 0
    synonym: str = ""
    recent: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A place in the hierarchy.

    Attributes:
        names: `plain` of each level.
        end: the entries from the next one up to this are below it.
    """

    tag: Tag
    count: int
    names: tuple[str, ...]
    end: int


class _Hit(NamedTuple):
    """How well an entry fits; the lowest is the best.

    Attributes:
        rank: of the entry, among all of them.
        at: where the entry stands.
    """

    kind: int
    by: int
    rank: int
    at: int
    synonym: str = ""


_EXACT, _PREFIX, _WORD, _PART, _BELOW = range(5)
_NAME, _SYNONYM = range(2)


class Vocabulary:
    """Every tag of a library with its other names. Does not change.

    Args:
        counts: photos for each tag. Tags above them are added where they are missing.
        recent: tags that were used lately, the latest first.
        synonyms: other names.
    """

    def __init__(
        self,
        counts: Mapping[Tag, int] | None = None,
        recent: Sequence[Tag] = (),
        synonyms: Mapping[Tag, Sequence[str]] | None = None,
    ) -> None:
        self._recent = {tag: place for place, tag in enumerate(recent)}
        self._entries = self._in_order({**dict.fromkeys(synonyms or (), 0), **(counts or {})})
        self._rank = self._ranks()
        self._index = {entry.tag: n for n, entry in enumerate(self._entries)}
        self._synonyms = [
            (plain(name), self._index[tag], name)
            for tag, names in (synonyms or {}).items()
            for name in names
        ]
        self._starts = sorted(self._all_starts())
        # One string to look through is 20 times as fast as one for each tag.
        self._text = "\n".join(entry.names[-1] for entry in self._entries)
        self._line_starts = _line_starts(self._text)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, tag: Tag) -> bool:
        return tag in self._index

    def spelt(self, tag: Tag) -> Tag:
        """The tag as it is spelt in the library, or as it is."""
        index = self._index.get(tag)
        return tag if index is None else self._entries[index].tag

    def count(self, tag: Tag) -> int:
        """How many photos have a tag."""
        index = self._index.get(tag)
        return 0 if index is None else self._entries[index].count

    def recent(self, limit: int = RECENT) -> list[Match]:
        """What was used lately, the latest first."""
        return [
            Match(self.spelt(tag), self.count(tag), recent=True)
            for tag in list(self._recent)[:limit]
        ]

    def resolve(self, text: str) -> Tag | None:
        """The tag that somebody means by a whole name, path or synonym; None if it is a new one.

        A path is from the top. Of several tags with the same name the most used one is meant.
        """
        try:
            typed = Tag.parse(text)
        except UsageError:
            return None
        if typed in self._index:
            return self.spelt(typed)
        names = tuple(plain(name) for name in typed.path)
        if len(names) > 1:
            at = bisect_left(self._entries, names, key=_names)
            found = at < len(self._entries) and self._entries[at].names == names
            return self._entries[at].tag if found else None
        exact = list(takewhile(_is_exact, self._beginning(names[0])))
        # One with the same accents is meant rather than one without.
        best = min(
            exact,
            default=None,
            key=lambda hit: (fold(self._entries[hit.at].tag.name) != fold(typed.name), hit),
        )
        return None if best is None else self._entries[best.at].tag

    def placed(self, text: str) -> Tag | None:
        """The tag that somebody means by a path that does not begin at the top.

        Where there is Animal/Cat and no other "cat" at the top, `cat/tabby` is
        Animal/Cat/tabby, whether that is there already or not. Of several tags that the first
        levels name, the most used one is meant.

        Returns:
            None for a path that begins at the top, or at no tag that is known.
        """
        try:
            typed = Tag.parse(text)
        except UsageError:
            return None
        names = tuple(plain(name) for name in typed.path)
        at = bisect_left(self._entries, names[:1], key=_names)
        if len(names) == 1 or (at < len(self._entries) and self._entries[at].names == names[:1]):
            return None
        for size in range(len(names), 0, -1):
            hits = takewhile(_is_exact, self._beginning(names[size - 1]))
            best = min((hit for hit in hits if self._ends_with(hit.at, names[:size])), default=None)
            if best is not None:
                above = self._entries[best.at].tag
                return self.spelt(Tag((*above.path, *typed.path[size:])))
        return None

    def _ends_with(self, at: int, names: tuple[str, ...]) -> bool:
        """Whether a path ends with these names; the last one may be a synonym."""
        above = names[:-1]
        return not above or self._entries[at].names[-len(names) : -1] == above

    def matches(self, text: str, limit: int = 20) -> list[Match]:
        """The tags that fit what was typed, best first; what was used lately for no text.

        Args:
            text: a name, a part of one, a synonym, or a path such as `an/ca`, of which each level
                is to be found in the tag's, in order. `Animal/` is all below Animal.
        """
        *above, last = (plain(level) for level in levels(text))
        above = [level for level in above if level]
        if not above and not last:
            return self.recent(limit)
        if not last:
            *above, last = above
            within = self._below(self._whole(last, above), [])
        else:
            within = self._found(last, above, limit)
        found: dict[int, _Hit] = {}
        for hit in within:
            if hit.at not in found:
                found[hit.at] = hit
                if len(found) == limit:
                    break
        return [self._match(hit) for hit in found.values()]

    def _match(self, hit: _Hit) -> Match:
        entry = self._entries[hit.at]
        return Match(entry.tag, entry.count, hit.synonym, entry.tag in self._recent)

    def _found(self, last: str, above: list[str], limit: int) -> Iterator[_Hit]:
        """Hits, best first; an entry may come twice. The dearer ways come last."""
        beginning = self._under(self._beginning(last), above)
        # Twice the limit, since a tag may be hit by its name and by a synonym.
        best = nsmallest(2 * limit, beginning)
        yield from best
        yield from self._below(best, above)
        inside = nsmallest(2 * limit, self._under(self._inside(last), above))
        yield from inside
        yield from self._below(inside, above)

    def _whole(self, name: str, above: list[str]) -> list[_Hit]:
        """Entries with this very name; those that begin with it where there is none."""
        hits = sorted(self._under(self._beginning(name), above))
        exact = [hit for hit in hits if hit.kind == _EXACT]
        return exact or [hit for hit in hits if hit.kind == _PREFIX]

    def _beginning(self, text: str) -> Iterator[_Hit]:
        """Entries of which a word begins with a text; those that end with it come first."""
        rank, starts = self._rank, self._starts
        for at in range(bisect_left(starts, (text,)), len(starts)):
            start, kind, by, index, synonym = starts[at]
            if not start.startswith(text):
                return
            exact = kind == _PREFIX and len(start) == len(text)
            yield _Hit(_EXACT if exact else kind, by, rank[index], index, synonym)

    def _inside(self, text: str) -> Iterator[_Hit]:
        """Entries with a text anywhere in the name or a synonym."""
        at = self._text.find(text)
        while at >= 0:
            index = bisect_left(self._line_starts, at + 1) - 1
            yield _Hit(_PART, _NAME, self._rank[index], index)
            if index + 1 == len(self._entries):
                break
            at = self._text.find(text, self._line_starts[index + 1])
        for name, index, synonym in self._synonyms:
            if text in name:
                yield _Hit(_PART, _SYNONYM, self._rank[index], index, synonym)

    def _below(self, hits: Iterable[_Hit], above: list[str]) -> Iterator[_Hit]:
        for hit in hits:
            for index in range(hit.at + 1, self._entries[hit.at].end):
                yield _Hit(_BELOW, _NAME, self._rank[index], index)

    def _under(self, hits: Iterator[_Hit], above: list[str]) -> Iterator[_Hit]:
        return (h for h in hits if _in_order(above, self._entries[h.at].names)) if above else hits

    def _in_order(self, counts: dict[Tag, int]) -> list[_Entry]:
        for tag in [*counts, *self._recent]:
            counts.setdefault(tag, 0)
            for depth in range(len(tag.path) - 1, 0, -1):
                parent = Tag(tag.path[:depth])
                if parent in counts:
                    break
                counts[parent] = 0
        ranked = sorted(((tuple(map(plain, tag.path)), tag) for tag in counts), key=_by_names)
        ends = [0] * len(ranked)
        open_: list[int] = []
        for n, (names, _) in enumerate(ranked):
            while open_ and names[: len(ranked[open_[-1]][0])] != ranked[open_[-1]][0]:
                ends[open_.pop()] = n
            open_.append(n)
        for n in open_:
            ends[n] = len(ranked)
        return [
            _Entry(tag, counts[tag], names, end)
            for (names, tag), end in zip(ranked, ends, strict=True)
        ]

    def _ranks(self) -> list[int]:
        """Of each entry the place among all: recent ones, then by use, then high in the tree."""

        def order(n: int) -> tuple[int, int, int]:
            entry = self._entries[n]
            return self._recent.get(entry.tag, len(self._recent)), -entry.count, len(entry.names)

        ranks = [0] * len(self._entries)
        for rank, n in enumerate(sorted(range(len(self._entries)), key=order)):
            ranks[n] = rank
        return ranks

    def _all_starts(self) -> Iterator[tuple[str, int, int, int, str]]:
        for index, entry in enumerate(self._entries):
            for start, kind in _starts(entry.names[-1]):
                yield start, kind, _NAME, index, ""
        for name, index, synonym in self._synonyms:
            for start, kind in _starts(name):
                yield start, kind, _SYNONYM, index, synonym


def read_vocabulary(library: Library, others: Iterable[Tag] = ()) -> Vocabulary:
    """The words of a library as they are now. Takes a moment: not for the window's thread.

    Args:
        others: tags that are known though no photo has them.
    """
    counts = dict.fromkeys(others, 0)
    counts.update((each.tag, each.confirmed) for each in library.tag_counts())
    return Vocabulary(counts, library.recent_tags(RECENT), library.synonyms())


def _is_exact(hit: _Hit) -> bool:
    return hit.kind == _EXACT


def _names(entry: _Entry) -> tuple[str, ...]:
    return entry.names


def _by_names(pair: tuple[tuple[str, ...], Tag]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return pair[0], pair[1].key


def _starts(name: str) -> Iterator[tuple[str, int]]:
    """A name from each of its words on; the name as a whole is first."""
    yield name, _PREFIX
    for found in _WORD_START.finditer(name):
        if found.start():
            yield name[found.start() :], _WORD


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _in_order(above: list[str], names: tuple[str, ...]) -> bool:
    """Whether each text is found in one of the levels above the last, one after the other."""
    levels_above = iter(names[:-1])
    return all(any(text in name for name in levels_above) for text in above)
