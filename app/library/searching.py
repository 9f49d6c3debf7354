"""A query as a condition on the table of photos.

Tags, folders and cameras are few, so they are compared here, without case and accents; the photos
themselves are left to SQLite. Values are always bound, never part of the SQL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, singledispatchmethod

from app.core.database import loaded_path
from app.core.photo import PhotoId
from app.core.query import (
    Both,
    Certain,
    Either,
    Holding,
    InState,
    Node,
    Query,
    Rated,
    Similar,
    Tagged,
    Taken,
    Without,
    Word,
    plain,
)
from app.core.tag import Tag
from app.library.browsing import Condition
from app.library.folders import FolderTable

#: The photos that look like one, best first.
LooksLike = Callable[[PhotoId], Sequence[PhotoId]]

_NAME = "substr(path, length(folder) + 2)"
_SOME = "IN (SELECT value FROM json_each(?))"
_CONFIRMED = f"SELECT photo_id FROM decision WHERE verdict = 'confirmed' AND tag_id {_SOME}"
_SUGGESTED = f"""
    SELECT photo_id FROM suggestion AS s WHERE tag_id {_SOME} AND NOT EXISTS (
        SELECT 1 FROM decision AS d WHERE d.photo_id = s.photo_id AND d.tag_id = s.tag_id
    )"""


class Searching(FolderTable):
    """Turns queries into conditions."""

    def condition(self, query: Query, looks_like: LooksLike | None = None) -> Condition:
        """What a photo must meet to be found, for `listing` and `count`.

        Args:
            looks_like: answers `similar:`; without it no photo is similar to any.
        """
        self._connection.create_function("holds", 2, _holds, deterministic=True)
        return _Compiler(self, looks_like).of(query.root)

    def cameras(self) -> list[tuple[str, int]]:
        """The cameras that photos were taken with, and how many by each; most first."""
        rows = self._execute(
            "SELECT camera, COUNT(*) FROM photo WHERE NOT gone AND camera IS NOT NULL"
            " GROUP BY camera ORDER BY 2 DESC, 1"
        )
        return [(camera, count) for camera, count in rows]

    def years(self) -> list[tuple[int, int]]:
        """The years in which photos were taken, and how many in each; the last one first."""
        rows = self._execute(
            "SELECT CAST(substr(taken, 1, 4) AS INTEGER), COUNT(*) FROM photo"
            " WHERE NOT gone AND taken IS NOT NULL GROUP BY 1 ORDER BY 1 DESC"
        )
        return [(year, count) for year, count in rows]

    def tags_and_synonyms(self) -> list[tuple[int, Tag, tuple[str, ...]]]:
        """Every tag that was ever used: its id, itself, its other names."""
        names: dict[int, list[str]] = {}
        for tag_id, name in self._execute("SELECT tag_id, name FROM synonym ORDER BY name"):
            names.setdefault(tag_id, []).append(name)
        rows = self._execute("SELECT id, path FROM tag ORDER BY key")
        return [(tag_id, Tag.parse(path), tuple(names.get(tag_id, ()))) for tag_id, path in rows]


class _Compiler:
    """Reads tags and folders from the library when the first part of a query asks for them."""

    def __init__(self, library: Searching, looks_like: LooksLike | None) -> None:
        self._library = library
        self._looks_like = looks_like
        self._tags: list[tuple[int, tuple[str, ...], tuple[str, ...]]] | None = None
        self._folders: list[tuple[str, str]] | None = None

    @singledispatchmethod
    def of(self, node: Node) -> Condition:
        raise NotImplementedError(type(node).__name__)

    # Parts together

    @of.register
    def _(self, node: Both) -> Condition:
        parts = list(node.parts)
        certain = [part for part in parts if isinstance(part, Certain)]
        tagged = [p for p in parts if isinstance(p, Tagged) and p.how != "confirmed"]
        conditions = []
        if certain and len(tagged) == 1:
            # `tag:cat certainty>0.8` asks how certain the cat is.
            conditions.append(self._certain_of(tagged[0], certain))
            parts = [part for part in parts if part not in (*certain, *tagged)]
        return _joined(" AND ", [*conditions, *map(self.of, parts)], "1")

    @of.register
    def _(self, node: Either) -> Condition:
        return _joined(" OR ", list(map(self.of, node.parts)), "0")

    @of.register
    def _(self, node: Without) -> Condition:
        inner = self.of(node.part)
        # What is not known of a photo does not hold of it.
        return Condition(f"NOT COALESCE(({inner.sql}), 0)", inner.values)

    # What stands in other tables

    @of.register
    def _(self, node: Tagged) -> Condition:
        ids = _json(self._tagged(node))
        if node.how == "confirmed":
            return Condition(f"id IN ({_CONFIRMED})", (ids,))
        if node.how == "suggested":
            return Condition(f"id IN ({_SUGGESTED})", (ids,))
        return Condition(f"id IN ({_CONFIRMED} UNION ALL {_SUGGESTED})", (ids, ids))

    def _certain_of(self, tagged: Tagged, certain: list[Certain]) -> Condition:
        scores = [_score("score", each) for each in certain]
        sql = " AND ".join((f"id IN ({_SUGGESTED}", *(each.sql for each in scores)))
        values = (value for each in scores for value in each.values)
        return Condition(f"{sql})", (_json(self._tagged(tagged)), *values))

    @of.register
    def _(self, node: Similar) -> Condition:
        found = self._looks_like(node.photo) if self._looks_like is not None else ()
        return Condition(f"id {_SOME}", (_json(int(each) for each in found),))

    # What stands in the photo's own row

    @of.register
    def _(self, node: Certain) -> Condition:
        return _score("certainty", node)

    @of.register
    def _(self, node: InState) -> Condition:
        return Condition("state = ?", (int(node.state),))

    @of.register
    def _(self, node: Rated) -> Condition:
        return Condition(f"rating {node.comparison} ?", (node.stars,))

    @of.register
    def _(self, node: Taken) -> Condition:
        # As text, '2024-05-31T18:20:00' is after '2024-05-31' and before '2024-06-01'.
        parts = []
        if node.first is not None:
            parts.append(Condition("taken >= ?", (node.first.isoformat(),)))
        if node.end is not None:
            parts.append(Condition("taken < ?", (node.end.isoformat(),)))
        return _joined(" AND ", parts, "taken IS NOT NULL")

    @of.register
    def _(self, node: Holding) -> Condition:
        if node.key == "folder":
            return Condition(f"folder {_SOME}", (_json(self._in_folders(node.text)),))
        if node.key == "camera":
            return _contains("camera", node.text)
        return _contains(_NAME, node.text, wild=True)

    @of.register
    def _(self, node: Word) -> Condition:
        ids = _json(self._with_word(node.text))
        parts = [
            Condition(f"id IN ({_CONFIRMED} UNION ALL {_SUGGESTED})", (ids, ids)),
            Condition(f"folder {_SOME}", (_json(self._in_folders(node.text)),)),
            _contains(_NAME, node.text),
            _contains("camera", node.text),
        ]
        # A question that nothing can answer costs time all the same.
        parts = [part for part in parts if "[]" not in part.values]
        return _joined(" OR ", parts, "0")

    # Few enough to be compared here

    def _tagged(self, node: Tagged) -> list[int]:
        wanted = tuple(map(plain, node.tag.path))
        found = []
        for tag_id, path, others in self._all_tags():
            if node.exact:
                fits = path == wanted
            else:
                starts = range(len(path) - len(wanted) + 1)
                fits = any(path[at : at + len(wanted)] == wanted for at in starts)
            if fits or (len(wanted) == 1 and wanted[0] in others):
                found.append(tag_id)
        return found

    def _with_word(self, text: str) -> list[int]:
        return [
            tag_id
            for tag_id, path, others in self._all_tags()
            if any(starts_a_word(name, plain(text)) for name in (*path, *others))
        ]

    def _all_tags(self) -> list[tuple[int, tuple[str, ...], tuple[str, ...]]]:
        if self._tags is None:
            self._tags = [
                (tag_id, tuple(map(plain, tag.path)), tuple(map(plain, others)))
                for tag_id, tag, others in self._library.tags_and_synonyms()
            ]
        return self._tags

    def _in_folders(self, text: str) -> list[str]:
        """The folders in which a text stands; or those at and below one that is named in full."""
        if self._folders is None:
            named = self._library.named_folders()
            self._folders = [(stored, plain(name)) for stored, name in named]
        wanted = plain(text)
        if text.startswith("/") or text[1:3] == ":\\":
            top = wanted.rstrip("/\\")
            return [
                stored
                for stored, _ in self._folders
                if (whole := plain(str(loaded_path(stored)))) == top
                or whole.startswith((f"{top}/", f"{top}\\"))
            ]
        return [stored for stored, name in self._folders if wanted in name]


def starts_a_word(name: str, wanted: str) -> bool:
    """Whether a text stands at the start of a word; anywhere, in languages without spaces."""
    at = name.find(wanted)
    if at < 0 or not wanted.isascii():
        return at >= 0
    while at > 0 and name[at - 1].isalnum():
        at = name.find(wanted, at + 1)
    return at >= 0


def _contains(column: str, text: str, *, wild: bool = False) -> Condition:
    """Whether a text stands in a column, without case and accents.

    LIKE makes no difference of case in ASCII. The rest is looked at one by one, where there is
    more than ASCII: such texts have more bytes than letters, which is a fast test (over a million
    photos 0.1 s; the same by GLOB 0.8 s).
    """
    pattern = _pattern(plain(text), wild)
    # Of the name, the whole path is asked first: cutting the name out of each takes longer.
    whole = "path" if column == _NAME else column
    foreign = Condition(
        f"length({whole}) < length(CAST({whole} AS BLOB)) AND holds({column}, ?)", (pattern,)
    )
    if not pattern.isascii():
        return foreign
    like = Condition(f"{column} LIKE ? ESCAPE '\\'", (pattern,))
    if whole != column:
        quick = Condition(f"{whole} LIKE ? ESCAPE '\\'", (f"%{pattern}",))
        like = _joined(" AND ", [quick, like], "1")
    return _joined(" OR ", [like, foreign], "0")


def _pattern(text: str, wild: bool) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if wild and ("*" in text or "?" in text):
        return escaped.replace("*", "%").replace("?", "_")
    return f"%{escaped}%"


def _holds(value: str | None, pattern: str) -> bool:
    """What LIKE does, for texts with more letters than English has."""
    return value is not None and _regex(pattern).fullmatch(plain(value)) is not None


@lru_cache(maxsize=64)
def _regex(pattern: str) -> re.Pattern[str]:
    parts = re.findall(r"\\.|.", pattern, re.DOTALL)
    wild = {"%": ".*", "_": "."}
    return re.compile("".join(wild.get(p) or re.escape(p[-1]) for p in parts), re.DOTALL)


def _score(column: str, node: Certain) -> Condition:
    if node.comparison == "=":  # what is shown as this
        return Condition(f"ROUND({column} * 100) = ROUND(? * 100)", (node.score,))
    return Condition(f"{column} {node.comparison} ?", (node.score,))


def _joined(word: str, parts: Sequence[Condition], none: str) -> Condition:
    if not parts:
        return Condition(none)
    sql = word.join(f"({part.sql})" for part in parts)
    return Condition(sql, tuple(value for part in parts for value in part.values))


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values))
