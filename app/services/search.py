"""The search field's knowledge: what can be found, what can be typed next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final, Literal

import numpy as np

from app.core.listing import Grouping, Listing, Sort
from app.core.photo import PhotoId
from app.core.query import STATES, Both, Node, Query, Similar, plain
from app.core.query_text import KEYS
from app.core.tag import Tag
from app.library.library import Library
from app.library.searching import starts_a_word
from app.services.similar import similar_to

Kind = Literal["key", "tag", "state", "camera", "folder", "date", "rating", "certainty"]


def find(
    library: Library,
    query: Query | None,
    sort: Sort = "path",
    grouping: Grouping = "none",
    *,
    descending: bool = False,
    model_key: str = "",
) -> Listing:
    """The photos that a query finds, in order.

    Photos that are similar to one come by how similar they are, best first, whatever the order
    asked for.

    Args:
        query: None for everything.
        model_key: of the network that `similar:` compares by.
    """
    root = query.root if query is not None else Both()
    ranked: list[PhotoId] = []

    def looks_like(photo: PhotoId) -> list[PhotoId]:
        found = [other for other, _ in similar_to(library, photo, model_key)]
        ranked.extend(found)
        return found

    condition = library.condition(Query(root), looks_like)
    if not _asks_for_similar(root):
        return library.listing(condition, sort, grouping, descending=descending)
    listing = library.listing(condition)
    found = set(listing.ids.tolist())
    order = [photo for photo in dict.fromkeys(ranked) if photo in found]
    return Listing(np.array(order, np.int64))


def _asks_for_similar(root: Node) -> bool:
    return isinstance(root, Similar) or (
        isinstance(root, Both) and any(isinstance(part, Similar) for part in root.parts)
    )


# Completion


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What there is in a library that can be searched for.

    Attributes:
        tags: with their other names, and on how many photos each is, confirmed or suggested.
        cameras, folders, years: with how many photos each has; folders by their names.
    """

    tags: tuple[tuple[Tag, tuple[str, ...], int], ...] = ()
    cameras: tuple[tuple[str, int], ...] = ()
    folders: tuple[str, ...] = ()
    years: tuple[tuple[int, int], ...] = ()


def vocabulary(library: Library) -> Vocabulary:
    """Look it up; takes a second or more in a library of a million photos."""
    counts = {each.tag: each.confirmed + each.suggested for each in library.tag_counts()}
    tags = [
        (tag, others, counts[tag])
        for _, tag, others in library.tags_and_synonyms()
        if tag in counts
    ]
    names = {PurePath(shown).name for _, shown in library.named_folders()}
    return Vocabulary(
        tuple(sorted(tags, key=lambda each: -each[2])),
        tuple(library.cameras()),
        tuple(sorted(names - {""}, reverse=True)),  # those named by date: the last first
        tuple(library.years()),
    )


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that could be meant.

    Attributes:
        text: what to show.
        kind: what it is.
        insert: what takes the place of the text from `start` to `end`.
        count: how many photos have it, where that is known.
        detail: more to show, such as the path above a tag.
    """

    text: str
    kind: Kind
    insert: str
    start: int
    end: int
    count: int | None = None
    detail: str = field(default="", compare=False)


#: How many of each kind are offered at most.
_SOME: Final = 8
_EXAMPLES: Final[dict[str, tuple[str, ...]]] = {
    "rating": (">=1", ">=2", ">=3", ">=4", ">=5"),
    "certainty": (">0.9", ">0.8", ">0.5", "<0.5"),
}
_SHOWN_KEYS: Final = (
    "tag:", "state:", "certainty>", "date:", "folder:", "camera:", "rating>=", "name:",
    "confirmed:", "suggested:",
)  # fmt: skip
#: The term around the cursor: a key with its operator, and what is typed of the value.
_TERM: Final = re.compile(
    r"(?P<minus>-*)(?:(?P<key>[^\W\d_]+)(?P<operator>:=?|[<>]=?|=))?"
    r'(?P<value>"(?:[^"]|"")*"?|[^\s()|]*)'
)


def completions(text: str, cursor: int, known: Vocabulary) -> list[Completion]:
    """What could be typed at a place in the search field, best first.

    Args:
        text: what is in the field.
        cursor: before which character of it.
        known: what there is in the library.
    """
    start, end, minus, key, operator, value = _term_at(text, cursor)
    if key and key not in KEYS:
        return []
    head = minus + (f"{key}{operator}" if key else "")
    if not key:
        return _of_word(value, minus, start, end, known)

    def completion(
        shown: str, value: str, count: int | None = None, detail: str = ""
    ) -> Completion:
        return Completion(shown, _KIND[key], f"{head}{_quoted(value)} ", start, end, count, detail)

    wanted = plain(value)
    if key in ("tag", "confirmed", "suggested"):
        return [
            completion(tag.name, str(tag), count, " / ".join(tag.path[:-1]))
            for tag, count in _tags(wanted, known)
        ]
    if key == "state":
        return [completion(name, name) for name in STATES if name.startswith(wanted)]
    if key == "camera":
        return [
            completion(name, name, count)
            for name, count in known.cameras
            if starts_a_word(plain(name), wanted)
        ][:_SOME]
    if key == "folder":
        return [completion(n, n) for n in known.folders if starts_a_word(plain(n), wanted)][:_SOME]
    if key == "date":
        return [
            completion(str(year), str(year), count)
            for year, count in known.years
            if str(year).startswith(value)
        ][:_SOME]
    return [
        Completion(f"{key}{example}", _KIND[key], f"{minus}{key}{example} ", start, end)
        for example in _EXAMPLES.get(key, ())
        if example.startswith(operator + value)
    ]


_KIND: Final[dict[str, Kind]] = {
    "tag": "tag", "confirmed": "tag", "suggested": "tag", "state": "state", "camera": "camera",
    "folder": "folder", "name": "folder", "date": "date", "rating": "rating",
    "certainty": "certainty", "similar": "key",
}  # fmt: skip


def _term_at(text: str, cursor: int) -> tuple[int, int, str, str, str, str]:
    """Where the term before the cursor begins and ends, and its parts up to the cursor."""
    at = 0
    while at <= cursor:
        while at < len(text) and text[at] in " \t()|":
            at += 1
        match = _TERM.match(text, at)
        if match is None or at > cursor or match.end() == at:
            break
        if match.end() >= cursor:
            part = _TERM.match(text, at, cursor)
            assert part is not None
            value = part["value"].strip('"').replace('""', '"')
            key = (part["key"] or "").lower()
            return at, match.end(), part["minus"], key, part["operator"] or "", value
        at = match.end()
    return cursor, cursor, "", "", "", ""


def _of_word(value: str, minus: str, start: int, end: int, known: Vocabulary) -> list[Completion]:
    """What a word without a key could become: a key, or the name of something there is."""
    wanted = plain(value)
    keys = [
        Completion(key, "key", f"{minus}{key}", start, end)
        for key in _SHOWN_KEYS
        if key.startswith(wanted)
    ]
    if not wanted:
        return keys
    found = [
        Completion(tag.name, "tag", f"{minus}tag:{_quoted(str(tag))} ", start, end, count,
                   " / ".join(tag.path[:-1]))
        for tag, count in _tags(wanted, known)
    ]  # fmt: skip
    found += [
        Completion(name, "camera", f"{minus}camera:{_quoted(name)} ", start, end, count)
        for name, count in known.cameras
        if starts_a_word(plain(name), wanted)
    ][:3]
    found += [
        Completion(str(year), "date", f"{minus}date:{year} ", start, end, count)
        for year, count in known.years
        if str(year).startswith(value)
    ][:3]
    found += [
        Completion(name, "folder", f"{minus}folder:{_quoted(name)} ", start, end)
        for name in known.folders
        if starts_a_word(plain(name), wanted)
    ][:3]
    found += [
        Completion(name, "state", f"{minus}state:{name} ", start, end)
        for name in STATES
        if len(wanted) > 1 and name.startswith(wanted)
    ]
    return [*keys, *found][: 2 * _SOME]


def _tags(wanted: str, known: Vocabulary) -> list[tuple[Tag, int]]:
    """Tags that a text may mean: those whose own name begins with it first."""
    path = [part for part in wanted.split("/") if part]
    last = path[-1] if path else ""
    ranked = []
    for place, (tag, others, count) in enumerate(known.tags):
        levels = [plain(name) for name in tag.path]
        above = all(any(part in level for level in levels[:-1]) for part in path[:-1])
        names = [levels[-1], *map(plain, others)]
        if above and any(name.startswith(last) for name in names):
            ranked.append((0, place, tag, count))
        elif above and (
            any(starts_a_word(name, last) for name in names)
            or (wanted.endswith("/") and last in levels)
        ):
            ranked.append((1, place, tag, count))
    return [(tag, count) for _, _, tag, count in sorted(ranked, key=lambda r: r[:2])[:_SOME]]


def _quoted(value: str) -> str:
    if re.fullmatch(r'[^\s()|"<>=][^\s()|]*', value):
        return value
    return '"' + value.replace('"', '""') + '"'
