"""The tags as a tree: how many photos each branch has, which are kept without photos."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId, State
from app.core.tag import Tag
from app.library.browsing import PHOTO_MASK, TAG_BITS, Browsing, distinct
from app.library.synonyms import Synonyms


@dataclass(frozen=True, slots=True)
class Branch:
    """A tag with all that is below it.

    A photo counts once in each number, however many tags of the branch it has. One that has a
    tag of the branch and an open suggestion for another one counts in both.

    Attributes:
        confirmed: photos that have the tag or one below it by the user's word.
        suggested: photos with an open suggestion of the tag or of one below it.
        own: photos that have just this tag, confirmed.
        kept: whether the user has put it into the tree, so that it stays without photos.
    """

    tag: Tag
    confirmed: int = 0
    suggested: int = 0
    own: int = 0
    kept: bool = False
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """What a photo has to do with a tag.

    Attributes:
        confirmed, rejected: the user's word.
        suggested: whether it is suggested, and not decided.
        written: whether this program has put it into the photo or its sidecar.
    """

    photo: PhotoId
    tag: Tag
    confirmed: bool = False
    rejected: bool = False
    suggested: bool = False
    written: bool = False


class Vocabulary(Synonyms, Browsing):
    """Questions about the tree of tags, and the tags that are kept without photos."""

    def add_tags(self, tags: Iterable[Tag]) -> None:
        """Keep tags in the tree, whether a photo has them or not."""
        with self.transaction():
            self._execute_many(
                "UPDATE tag SET kept = 1 WHERE id = ?", [(self._tag_id(tag),) for tag in tags]
            )

    def drop_tags(self, tags: Iterable[Tag]) -> None:
        """Keep tags in the tree only as long as photos have them, without synonyms."""
        with self.transaction():
            ids = [(self._tag_id(tag),) for tag in tags]
            self._execute_many("UPDATE tag SET kept = 0 WHERE id = ?", ids)
            self._execute_many("DELETE FROM synonym WHERE tag_id = ?", ids)

    def carry_over(self, renames: Sequence[tuple[Tag, Tag]]) -> None:
        """Give renamed or merged tags what was kept about the old ones; spell them as asked.

        The new tag has the synonyms of both. Of a tag that only changes its spelling ("cat" to
        "Cat"), the library uses the new one from now on, in the tags below it too.
        """
        with self.transaction():
            for old, new in renames:
                if old == new:
                    self.respell(new)
                    continue
                row = self._execute(
                    "SELECT kept FROM tag WHERE id = ?", (self._tag_id(old),)
                ).fetchone()
                if names := self.synonyms_of(old):
                    self.set_synonyms(new, (*self.synonyms_of(new), *names))
                self.drop_tags([old])
                if row[0]:
                    self.add_tags([new])
            self._tag_ids.clear()

    def respell(self, tag: Tag) -> None:
        """Spell a tag that is known, and those below it, in this way; nothing else changes."""
        depth = len(tag.path)
        with self.transaction():
            for tag_id, known in self._tags():
                if known.key[:depth] == tag.key and known.path[:depth] != tag.path:
                    spelt = Tag((*tag.path, *known.path[depth:]))
                    self._execute("UPDATE tag SET path = ? WHERE id = ?", (str(spelt), tag_id))
            self._tag_ids.clear()

    def branches(self) -> list[Branch]:
        """The whole tree, in the order of the alphabet, each branch after the one it is in.

        Tags are in it that a photo has, that are suggested for one, that are kept, and
        the parents of those.
        """
        with self._one_look():
            tags = dict(self._tags())
            levels: dict[Tag, int] = {}
            # By depth: for each tag, the branch of that depth that it is in.
            above: list[dict[int, int]] = []
            for tag_id, tag in tags.items():
                for depth in range(1, len(tag.path) + 1):
                    level = Tag(tag.path[:depth]) if depth < len(tag.path) else tag
                    if len(above) < depth:
                        above.append({})
                    above[depth - 1][tag_id] = levels.setdefault(level, len(levels))
            confirmed_pairs, open_pairs = self._tagged()
            kept = {row[0] for row in self._execute("SELECT id FROM tag WHERE kept")}
            synonyms = self.all_synonyms()
        confirmed, own = _per_branch(confirmed_pairs, above)
        suggested, _ = _per_branch(open_pairs, above)
        owners = {tag: tag_id for tag_id, tag in tags.items()}
        shown = {n for n in levels.values() if n in confirmed or n in suggested}
        shown |= {number for each in above for tag_id, number in each.items() if tag_id in kept}
        return [
            Branch(
                tag,
                confirmed.get(number, 0),
                suggested.get(number, 0),
                own.get(owners.get(tag, 0), 0),
                owners.get(tag, 0) in kept,
                synonyms.get(tag, ()),
            )
            for tag, number in sorted(levels.items(), key=lambda item: item[0].key)
            if number in shown
        ]

    def holdings(self, tags: Iterable[Tag]) -> list[Holding]:
        """What every photo that is there has to do with some tags and all tags below them."""
        wanted = tuple(tags)
        with self._one_look():
            known = {
                tag_id: tag
                for tag_id, tag in self._tags()
                if any(tag.key[: len(top.key)] == top.key for top in wanted)
            }
            some = json.dumps(list(known))
            rows = self._execute(
                """
                SELECT photo_id, tag_id, MAX(c), MAX(r), MAX(s) AND NOT MAX(c) AND NOT MAX(r),
                MAX(w) FROM (
                    SELECT photo_id, tag_id, verdict = 'confirmed' AS c, verdict = 'rejected' AS r,
                    0 AS s, 0 AS w FROM decision WHERE tag_id IN (SELECT value FROM json_each(?1))
                    UNION ALL SELECT photo_id, tag_id, 0, 0, 1, 0 FROM suggestion
                    WHERE tag_id IN (SELECT value FROM json_each(?1))
                    UNION ALL SELECT photo_id, tag_id, 0, 0, 0, 1 FROM written
                    WHERE tag_id IN (SELECT value FROM json_each(?1))
                ) JOIN photo ON photo.id = photo_id AND NOT gone
                GROUP BY photo_id, tag_id ORDER BY photo_id, tag_id
                """,
                (some,),
            )
            return [
                Holding(photo, known[tag_id], *map(bool, said)) for photo, tag_id, *said in rows
            ]

    def state_counts(self) -> Mapping[State, int]:
        """How many photos that are there have come how far."""
        rows = self._execute("SELECT state, COUNT(*) FROM photo WHERE NOT gone GROUP BY state")
        return {State(state): int(count) for state, count in rows}

    def kept_scores(
        self, model: str, crops: int, at_once: int
    ) -> Iterator[list[tuple[PhotoId, bytes, bytes]]]:
        """A network's kept answers to all photos that are there, some at a time.

        Yields:
            Photos with the numbers of classes (little-endian uint16) and their scores (float32).
        """
        rows = self._execute(
            "SELECT photo_id, classes, scores FROM analysis"
            " JOIN photo ON photo.id = photo_id AND NOT gone WHERE model = ? AND crops = ?",
            (model, crops),
        )
        while some := rows.fetchmany(at_once):
            yield some

    def _tags(self) -> list[tuple[int, Tag]]:
        rows = self._execute("SELECT id, path FROM tag").fetchall()
        return [(int(tag_id), Tag.parse(path)) for tag_id, path in rows]


def _per_branch(
    pairs: NDArray[np.int64], above: list[dict[int, int]]
) -> tuple[dict[int, int], dict[int, int]]:
    """Photos by branch, each once, and photos by tag.

    Args:
        pairs: of tag and photo, each once.
        above: by depth: for each tag, the branch of that depth that it is in.
    """
    if not len(pairs):
        return {}, {}
    photo, tag = pairs & PHOTO_MASK, pairs >> TAG_BITS
    by_tag = np.bincount(tag)
    counts: dict[int, int] = {}
    for branches in above:
        branch_of = np.full(max(int(tag.max()), *branches) + 1, -1, dtype=np.int64)
        branch_of[list(branches)] = list(branches.values())
        branch = branch_of[tag]
        there = branch >= 0
        each_once = distinct(branch[there] << TAG_BITS | photo[there])
        photos_of = np.bincount(each_once >> TAG_BITS)
        counts.update((int(number), int(photos_of[number])) for number in np.flatnonzero(photos_of))
    return counts, {int(tag_id): int(by_tag[tag_id]) for tag_id in np.flatnonzero(by_tag)}
