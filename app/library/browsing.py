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

#: A pair of tag and photo as one number: the tag is above so many bits, the photo below.
TAG_BITS = 40
PHOTO_MASK = (1 << TAG_BITS) - 1

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
            ids = self._numbers(
                f"SELECT id AS number FROM photo WHERE {where} ORDER BY {order}", condition.values
            )
        return Listing(ids, groups)

    def all_ids(self) -> NDArray[np.int64]:
        """The photos that are there, ascending."""
        return self._numbers("SELECT id AS number FROM photo WHERE NOT gone ORDER BY id")

    def _numbers(self, select: str, values: tuple[object, ...] = ()) -> NDArray[np.int64]:
        """The column `number`, fetched as one text: Python's lock changes hands at every row.

        While the GUI thread is busy, each of these times may take milliseconds to come back.
        """
        (text,) = self._execute(f"SELECT group_concat(number) FROM ({select})", values).fetchone()
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
                "SELECT photo_id, tag.path, score, source, priority, said FROM suggestion"
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
        with self._one_look():
            tags = self._execute("SELECT id, path FROM tag").fetchall()
            confirmed, offered = self._tagged()
        size = max((tag_id for tag_id, _ in tags), default=0) + 1
        confirmed_of = np.bincount(confirmed >> TAG_BITS, minlength=size).tolist()
        offered_of = np.bincount(offered >> TAG_BITS, minlength=size).tolist()
        counts = (
            TagCount(Tag.parse(path), confirmed_of[tag_id], offered_of[tag_id])
            for tag_id, path in tags
            if confirmed_of[tag_id] or offered_of[tag_id]
        )
        return sorted(counts, key=_by_tag)

    def _tagged(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The tags that photos have, and those that are open suggestions; `tag << 40 | photo`.

        Some ten times as fast as asking the database, which looks each pair up by itself.
        """
        gone = self._numbers("SELECT id AS number FROM photo WHERE gone")
        decided = self._pairs("decision")
        confirmed = self._pairs("decision WHERE verdict = 'confirmed'")
        offered = _without(self._pairs("suggestion"), decided)
        if len(gone):
            confirmed = confirmed[~np.isin(confirmed & PHOTO_MASK, gone)]
            offered = offered[~np.isin(offered & PHOTO_MASK, gone)]
        return confirmed, offered

    def _pairs(self, source: str) -> NDArray[np.int64]:
        return self._numbers(f"SELECT tag_id << {TAG_BITS} | photo_id AS number FROM {source}")

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


def _without(numbers: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each of the numbers once, but for the others. NumPy's own functions take ten times as long.

    Sorting lets go of Python's lock.
    """
    numbers, others = distinct(numbers), np.sort(others)
    if not len(others):
        return numbers
    places = np.minimum(np.searchsorted(others, numbers), len(others) - 1)
    left: NDArray[np.int64] = numbers[others[places] != numbers]
    return left


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each of the numbers once, ascending."""
    numbers = np.sort(numbers)
    is_first = np.concatenate(([True], numbers[1:] != numbers[:-1]))[: len(numbers)]
    found: NDArray[np.int64] = numbers[is_first]
    return found


def _by_tag(count: TagCount) -> Tag:
    return count.tag


def _reversed(term: str) -> str:
    return term.removesuffix(" DESC") if term.endswith(" DESC") else f"{term} DESC"
