"""Looking through the library: which photos, in which order, and what is known about each."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.core.database import loaded_path
from app.core.listing import Group, Grouping, Listing, Sort
from app.core.photo import Card, PhotoId, State
from app.core.tag import Suggestion, Tag
from app.library.store import Store


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the table `photo`, as SQL with its values."""

    sql: str = "1"
    values: tuple[object, ...] = ()


EVERYTHING = Condition()

#: What is sorted by, first to last; what has no value stays at the end in any case.
_ORDER: dict[Sort, tuple[str, ...]] = {
    "path": ("folder", "path"),
    "name": ("substr(path, length(folder) + 2) COLLATE NOCASE", "folder"),
    "taken": ("taken IS NULL", "taken", "path"),
    "certainty": ("certainty IS NULL", "certainty DESC", "path"),
    "doubt": ("certainty IS NULL", "ABS(certainty - 0.5)", "path"),
}
_GROUP: dict[Grouping, str] = {"folder": "folder", "day": "COALESCE(substr(taken, 1, 10), '')"}


@dataclass(frozen=True, slots=True)
class TagCount:
    """How many photos have a tag.

    Attributes:
        confirmed: by the user's word.
        suggested: open suggestions.
    """

    tag: Tag
    confirmed: int
    suggested: int


class Browsing(Store):
    """Questions about many photos at once."""

    def listing(
        self,
        condition: Condition = EVERYTHING,
        sort: Sort = "path",
        grouping: Grouping = "none",
        *,
        descending: bool = False,
    ) -> Listing:
        """The photos that are there and meet a condition, in order."""
        where = f"NOT gone AND ({condition.sql})"
        terms = _ORDER[sort]
        if descending:
            terms = tuple(t if t.endswith("IS NULL") else _reversed(t) for t in terms)
        order = ", ".join(terms)
        group = _GROUP.get(grouping)
        with self._one_look():
            groups: tuple[Group, ...] = ()
            if group is not None:
                order = f"{group}, {order}"
                rows = self._execute(
                    f"SELECT {group}, COUNT(*) FROM photo WHERE {where} GROUP BY 1 ORDER BY 1",
                    condition.values,
                )
                groups = tuple(Group(key, count) for key, count in rows)
            ids = self._ids(f"WHERE {where} ORDER BY {order}", condition.values)
        return Listing(ids, groups)

    def all_ids(self) -> NDArray[np.int64]:
        """The photos that are there, ascending."""
        return self._ids("WHERE NOT gone ORDER BY id", ())

    def _ids(self, rest: str, values: tuple[object, ...]) -> NDArray[np.int64]:
        """Ids of photos as one text, since Python's lock changes hands at every row.

        While the GUI thread is busy, each of these times may take it 5 ms to come back.
        """
        (text,) = self._execute(
            f"SELECT group_concat(id) FROM (SELECT id FROM photo {rest})", values
        ).fetchone()
        return np.fromstring(text or "", dtype=np.int64, sep=",")

    def count(self, condition: Condition = EVERYTHING) -> int:
        """How many photos are there that meet a condition."""
        row = self._execute(
            f"SELECT COUNT(*) FROM photo WHERE NOT gone AND ({condition.sql})", condition.values
        ).fetchone()
        return int(row[0])

    def cards(self, photo_ids: Iterable[PhotoId]) -> list[Card]:
        """What is known about some photos, in their order; those that do not exist are left out."""
        wanted = [int(photo_id) for photo_id in photo_ids]
        some = json.dumps(wanted)
        within = "IN (SELECT value FROM json_each(?))"
        with self._one_look():
            photos = self._execute(
                "SELECT id, path, state, taken, camera, rating, width, height, error FROM photo"
                f" WHERE id {within}",
                (some,),
            ).fetchall()
            verdicts: dict[PhotoId, dict[str, str]] = defaultdict(dict)
            for photo_id, path, verdict in self._execute(
                "SELECT photo_id, tag.path, verdict FROM decision JOIN tag ON tag.id = tag_id"
                f" WHERE photo_id {within}",
                (some,),
            ):
                verdicts[photo_id][path] = verdict
            suggested: dict[PhotoId, dict[str, Suggestion]] = defaultdict(dict)
            for photo_id, path, *said in self._execute(
                "SELECT photo_id, tag.path, score, source, priority FROM suggestion"
                f" JOIN tag ON tag.id = tag_id WHERE photo_id {within}"
                " ORDER BY priority DESC, score DESC",
                (some,),
            ):
                if path not in verdicts[photo_id]:
                    suggested[photo_id].setdefault(path, Suggestion(Tag.parse(path), *said))
            written: dict[PhotoId, list[Tag]] = defaultdict(list)
            for photo_id, path in self._execute(
                "SELECT photo_id, tag.path FROM written JOIN tag ON tag.id = tag_id"
                f" WHERE photo_id {within}",
                (some,),
            ):
                written[photo_id].append(Tag.parse(path))
        cards = {}
        for photo_id, path, state, taken, camera, rating, width, height, error in photos:
            confirmed = (t for t, verdict in verdicts[photo_id].items() if verdict == "confirmed")
            cards[photo_id] = Card(
                photo_id,
                loaded_path(path),
                State(state),
                tuple(sorted(map(Tag.parse, confirmed))),
                tuple(suggested[photo_id].values()),
                frozenset(written[photo_id]),
                datetime.fromisoformat(taken) if taken else None,
                camera or "",
                rating,
                (width, height) if width and height else None,
                error,
            )
        return [cards[photo_id] for photo_id in wanted if photo_id in cards]

    def tag_counts(self) -> list[TagCount]:
        """Every tag that a photo has or might have, in the order of the alphabet."""
        rows = self._execute(
            """
            SELECT tag.path, COALESCE(confirmed, 0), COALESCE(suggested, 0) FROM tag
            LEFT JOIN (
                SELECT tag_id, COUNT(*) AS confirmed FROM decision JOIN photo ON photo.id = photo_id
                WHERE verdict = 'confirmed' AND NOT gone GROUP BY tag_id
            ) AS c ON c.tag_id = tag.id
            LEFT JOIN (
                SELECT s.tag_id, COUNT(DISTINCT s.photo_id) AS suggested
                FROM suggestion AS s JOIN photo ON photo.id = s.photo_id
                WHERE NOT gone AND NOT EXISTS (
                    SELECT 1 FROM decision AS d
                    WHERE d.photo_id = s.photo_id AND d.tag_id = s.tag_id
                ) GROUP BY s.tag_id
            ) AS s ON s.tag_id = tag.id
            WHERE confirmed IS NOT NULL OR suggested IS NOT NULL
            """
        )
        return sorted((TagCount(Tag.parse(path), c, s) for path, c, s in rows), key=_by_tag)

    def identity(self) -> str:
        """Which library this is: caches belong to one."""
        return str(self._execute("SELECT id FROM identity").fetchone()[0])

    @contextmanager
    def _one_look(self) -> Iterator[None]:
        """Several questions that see the same state of the library."""
        if self._in_transaction():
            yield
            return
        self._execute("BEGIN")
        try:
            yield
        finally:
            self._execute("COMMIT")


def _by_tag(count: TagCount) -> Tag:
    return count.tag


def _reversed(term: str) -> str:
    return term.removesuffix(" DESC") if term.endswith(" DESC") else f"{term} DESC"
