"""What was learned from the user's decisions: the examples, and the tags that follow from them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.core.preferences import DEFAULT_HEAD
from app.core.tag import Suggestion, Tag
from app.library.store import Store

#: How the sources of learned suggestions begin: `learned:N` is learned from N examples.
LEARNED = "learned:"
#: The same in SQL, so that an index could be used: `;` follows `:`.
IS_LEARNED = "source >= 'learned:' AND source < 'learned;'"
#: Likewise, whether a photo (?1) is there still and nothing is decided about a tag (?2) of it.
_IS_OPEN = (
    "EXISTS (SELECT 1 FROM photo WHERE id = ?1)"
    " AND NOT EXISTS (SELECT 1 FROM decision WHERE photo_id = ?1 AND tag_id = ?2)"
)

#: Of a suggestion (s), whether its tag is in the photo, by this program and by nobody's word: it is
#: to be seen until somebody decides about it, also when it would not be suggested any longer.
_IS_THERE = (
    "(EXISTS (SELECT 1 FROM written AS w WHERE w.photo_id = s.photo_id AND w.tag_id = s.tag_id)"
    " AND NOT EXISTS (SELECT 1 FROM decision AS d WHERE d.photo_id = s.photo_id"
    " AND d.tag_id = s.tag_id))"
)

#: Scores of learned suggestions are whole numbers of such steps.
STEPS = 10_000
#: A photo and a score as one number: the photo is above so many bits.
_STEP_BITS = 14

#: So many suggestions are written at a time: about as long as a photo takes.
_AT_ONCE = 4000


@dataclass(slots=True)
class Decided:
    """What is decided about a photo, and where its embedding is (None where it has none)."""

    row: int | None = None
    confirmed: set[Tag] = field(default_factory=set)
    rejected: set[Tag] = field(default_factory=set)


@dataclass(frozen=True, eq=False, slots=True)
class LearnedTag:
    """All that is to be suggested of one learned tag.

    Attributes:
        source: `learned:N`.
        photos: shape (n,), int64.
        scores: shape (n,), float64, whole numbers of ten-thousandths.
        priorities: shape (n,), int64.
    """

    source: str
    photos: NDArray[np.int64]
    scores: NDArray[np.float64]
    priorities: NDArray[np.int64]


def example_count(source: str) -> int | None:
    """From how many examples a suggestion was learned; None for one of somebody else."""
    number = source.removeprefix(LEARNED)
    return int(number) if source.startswith(LEARNED) and number.isdecimal() else None


def learned_by(model: str, kind: str) -> str:
    """Under which name the library keeps what one kind of head learned with a network."""
    return model if kind == DEFAULT_HEAD else f"{model}+{kind}"


def in_parts(
    found: Mapping[Tag, LearnedTag | None],
) -> Iterator[dict[Tag, LearnedTag | None]]:
    """All that is to be saved, in parts that do not keep others waiting for long.

    The first tags are not kept waiting by those after them: what stands above a tag in the
    hierarchy mostly comes after it, and has many times its photos.
    """
    part: dict[Tag, LearnedTag | None] = {}
    size = 0
    for tag, learned in found.items():
        more = len(learned.photos) if learned is not None else 0
        if part and size + more > _AT_ONCE:
            yield part
            part, size = {}, 0
        part[tag] = learned
        size += more
    yield part


class LearnedTable(Store):
    """Questions and changes of who learns."""

    # Questions

    def decided_photos(
        self, model: str, photos: Collection[PhotoId] | None = None
    ) -> dict[PhotoId, Decided]:
        """What is decided, with the rows of a model's embeddings.

        Args:
            photos: only these, each of which is in the answer; None for all with a decision.
        """
        within, values = "", [model]
        found: dict[PhotoId, Decided] = {}
        if photos is not None:
            within = " WHERE d.photo_id IN (SELECT value FROM json_each(?))"
            values.append(json.dumps([int(photo) for photo in photos]))
            found = {photo: Decided() for photo in photos}
        rows = self._execute(
            "SELECT d.photo_id, d.tag_id, verdict = 'confirmed', embedding_row FROM decision AS d"
            f" LEFT JOIN analysis AS a ON a.photo_id = d.photo_id AND a.model = ?{within}",
            values,
        ).fetchall()
        tags = self._paths({row[1] for row in rows})
        for photo, tag, is_confirmed, row in rows:
            about = found.setdefault(photo, Decided())
            about.row = row
            (about.confirmed if is_confirmed else about.rejected).add(tags[tag])
        return found

    def answered_photos(self) -> NDArray[np.int64]:
        """The photos about which something is decided, by their ids: shape (photos,)."""
        rows = self._execute("SELECT DISTINCT photo_id FROM decision ORDER BY photo_id").fetchall()
        return np.array(rows, np.int64).reshape(-1)

    def learned_tags(self, model: str) -> set[Tag]:
        """The tags that are suggested to some photo by what was learned with a network."""
        rows = self._execute(
            f"SELECT DISTINCT tag_id FROM suggestion WHERE {IS_LEARNED} AND model = ?", (model,)
        )
        return set(self._paths({row[0] for row in rows}).values())

    def has_learned_but(self, but: str, photos: Collection[PhotoId]) -> bool:
        """Whether some of these photos are suggested what others have learned."""
        return bool(
            self._execute(
                f"SELECT EXISTS (SELECT 1 FROM suggestion WHERE {IS_LEARNED} AND model <> ?"
                " AND photo_id IN (SELECT value FROM json_each(?)))",
                (but, json.dumps([int(photo) for photo in photos])),
            ).fetchone()[0]
        )

    def _paths(self, tag_ids: Collection[int]) -> dict[int, Tag]:
        rows = self._execute(
            "SELECT id, path FROM tag WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(tag_ids)),),
        )
        return {int(tag_id): Tag.parse(path) for tag_id, path in rows}

    # Changes

    def save_learned(self, model: str, learned: Mapping[Tag, LearnedTag | None]) -> set[PhotoId]:
        """Suggest learned tags to just these photos, and to no others.

        A photo about which something has been decided meanwhile, or that is there no longer, is
        left out. What was learned with another network stays until this one has looked at the
        photo.

        Args:
            model: who learned it: the key of the network, and with most heads their kind.
            learned: None for a tag that is suggested to nobody any longer.

        Returns:
            The photos of which the suggestions are others now.
        """
        with self.transaction():
            run_id = self._learned_run(model)
            changed: set[PhotoId] = set()
            for tag, wanted in learned.items():
                changed |= self._replace_learned(model, run_id, self._tag_id(tag), wanted)
            self.refresh_many(changed)
        return changed

    def _replace_learned(
        self, model: str, run_id: int, tag_id: int, wanted: LearnedTag | None
    ) -> set[PhotoId]:
        """As `save_learned`, of one tag. The differences are found where the suggestions are."""
        self._fill_wanted(wanted)
        values = {
            "model": model,
            "run": run_id,
            "tag": tag_id,
            "source": wanted.source if wanted is not None else "",
        }
        statements = (
            # What this one does not say any longer, and what others said where it has looked, too.
            # Of theirs the model is a network's key and, after a plus sign, the kind of head.
            f"""
            DELETE FROM suggestion AS s WHERE tag_id = :tag AND {IS_LEARNED}
            AND NOT ({_IS_THERE} AND photo_id NOT IN (SELECT photo_id FROM wanted))
            AND CASE WHEN model = :model THEN photo_id NOT IN (SELECT photo_id FROM wanted)
            ELSE EXISTS (
                SELECT 1 FROM analysis AS a WHERE a.photo_id = s.photo_id AND (
                    a.model = :model OR a.model || '+' = substr(:model, 1, length(a.model) + 1)
                )
            ) END RETURNING photo_id
            """,
            # Most stay and are told another certainty: half the work of taking them out and
            # putting them in again.
            f"""
            UPDATE suggestion SET source = :source, score = w.score, priority = w.priority
            FROM wanted AS w WHERE suggestion.photo_id = w.photo_id AND tag_id = :tag
            AND {IS_LEARNED} AND model = :model AND (
                source <> :source OR suggestion.score <> w.score
                OR suggestion.priority <> w.priority
            ) RETURNING photo_id
            """,
            f"""
            INSERT INTO suggestion (photo_id, tag_id, source, score, priority, model, run_id)
            SELECT photo_id, :tag, :source, score, priority, :model, :run FROM wanted AS w
            WHERE NOT EXISTS (
                SELECT 1 FROM suggestion AS s
                WHERE s.photo_id = w.photo_id AND s.tag_id = :tag AND {IS_LEARNED}
            ) AND NOT EXISTS (
                SELECT 1 FROM decision AS d WHERE d.photo_id = w.photo_id AND d.tag_id = :tag
            ) AND EXISTS (SELECT 1 FROM photo WHERE id = w.photo_id) RETURNING photo_id
            """,
        )
        changed: set[PhotoId] = set()
        for statement in statements:
            changed.update(row[0] for row in self._execute(statement, values).fetchall())
        return changed

    def _fill_wanted(self, wanted: LearnedTag | None) -> None:
        """Put what is to be suggested of a tag into a table of this connection."""
        self._execute(
            "CREATE TEMP TABLE IF NOT EXISTS wanted"
            " (photo_id INTEGER PRIMARY KEY, score REAL, priority INTEGER)"
        )
        self._execute("DELETE FROM wanted")
        if wanted is None:
            return
        # As one text for each priority, of which there are few: a third of the time of row by row.
        steps = np.rint(wanted.scores * STEPS).astype(np.int64)
        numbers = wanted.photos << _STEP_BITS | steps
        for priority in np.unique(wanted.priorities).tolist():
            self._execute(
                f"INSERT INTO wanted SELECT value >> {_STEP_BITS},"
                f" (value & {(1 << _STEP_BITS) - 1}) / {STEPS}.0, ? FROM json_each(?)",
                (priority, json.dumps(numbers[wanted.priorities == priority].tolist())),
            )

    def save_learned_of(
        self, model: str, found: Mapping[PhotoId, Sequence[Suggestion]]
    ) -> set[PhotoId]:
        """Suggest to some photos just these learned tags, beside what others suggest.

        Tags about which something has been decided meanwhile are left out.

        Among them may be what others suggest with another score, by its source.
        """
        with self.transaction():
            run_id = self._learned_run(model)
            for photo, suggestions in found.items():
                self._doubt_each(
                    (s.score, s.said, photo, self._tag_id(s.tag), s.source)
                    for s in suggestions
                    if example_count(s.source) is None
                )
                self._execute(
                    f"DELETE FROM suggestion AS s WHERE photo_id = ? AND {IS_LEARNED} AND NOT"
                    f" ({_IS_THERE} AND tag_id NOT IN (SELECT value FROM json_each(?)))",
                    (photo, json.dumps([self._tag_id(s.tag) for s in suggestions])),
                )
                self._execute_many(
                    "INSERT INTO suggestion (photo_id, tag_id, source, score, priority, model,"
                    " run_id) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
                    f" WHERE {_IS_OPEN}",
                    [
                        (photo, self._tag_id(s.tag), s.source, s.score, s.priority, model, run_id)
                        for s in suggestions
                        if example_count(s.source) is not None
                    ],
                )
            self.refresh_many(found)
        return set(found)

    def _doubt_each(self, rows: Iterable[tuple[float, float | None, int, int, str]]) -> None:
        self._execute_many(
            "UPDATE suggestion SET score = ?, said = ?"
            " WHERE photo_id = ? AND tag_id = ? AND source = ?",
            list(rows),
        )

    def drop_learned(
        self,
        *,
        network: str = "",
        but: str = "",
        photos: Collection[PhotoId] | None = None,
        applied: str = "",
    ) -> set[PhotoId]:
        """Suggest no learned tag any longer; if nobody's may stay, doubt nobody's word either.

        Args:
            network: key of the only network of which what was learned is dropped; doubts stay.
            but: who may stay (see `save_learned`).
            photos: the only ones that are meant.
            applied: the only settings with which photos that are meant are up to date.

        Returns:
            The photos of which the suggestions are others now.
        """
        some, values = "", {"network": network, "but": but, "applied": applied}
        if photos is not None:
            some += " AND photo_id IN (SELECT value FROM json_each(:photos))"
            values["photos"] = json.dumps([int(photo) for photo in photos])
        if applied:
            some += " AND photo_id IN (SELECT id FROM photo WHERE applied = :applied)"
        changed: set[PhotoId] = set()
        with self.transaction():
            if not network and not but:
                rows = self._execute(
                    f"UPDATE suggestion SET score = said, said = NULL WHERE said IS NOT NULL{some}"
                    " RETURNING photo_id",
                    values,
                )
                changed |= {int(row[0]) for row in rows.fetchall()}
            # A network's key and, after a plus sign, the kind of head.
            rows = self._execute(
                f"DELETE FROM suggestion AS s WHERE {IS_LEARNED} AND model <> :but{some}"
                f" AND NOT {_IS_THERE}"
                " AND (:network = '' OR model = :network"
                " OR substr(model, 1, length(:network) + 1) = :network || '+')"
                " RETURNING photo_id",
                values,
            )
            changed |= {int(row[0]) for row in rows.fetchall()}
            self.refresh_many(changed)
        return changed

    def _learned_run(self, model: str) -> int:
        """The run that all learned suggestions belong to: they are no run of their own."""
        row = self._execute(
            "SELECT id FROM run WHERE model = ? AND settings = '\"learned\"' LIMIT 1", (model,)
        ).fetchone()
        if row is None:
            row = self._execute(
                "INSERT INTO run (model, settings) VALUES (?, '\"learned\"') RETURNING id", (model,)
            ).fetchone()
        return int(row[0])
