"""The tags of photos: suggested, decided about, written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Literal

from app.core.photo import PhotoId
from app.core.tag import Suggestion, Tag
from app.library.learned import example_count
from app.library.store import Store

Verdict = Literal["confirmed", "rejected"]

#: A network's suggestion (?2 is another one) of a tag that is in the photo ?1, by this program and
#: by nobody's word, and is none of the tags ?3.
_STILL_THERE = """
    model <> ?2 AND NOT (source >= 'learned:' AND source < 'learned;')
    AND tag_id IN (SELECT tag_id FROM written WHERE photo_id = ?1)
    AND tag_id NOT IN (SELECT tag_id FROM decision WHERE photo_id = ?1)
    AND tag_id NOT IN (SELECT value FROM json_each(?3))
"""


class TagTable(Store):
    """What is suggested, decided and written, photo by photo."""

    def save_suggestions(
        self,
        photo_id: PhotoId,
        model: str,
        suggestions: Iterable[Suggestion],
        run_id: int,
        *,
        keep_learned: bool = False,
        learned_by: str = "",
    ) -> None:
        """Replace what is suggested for a photo.

        What another network has suggested and this program has put into the photo stays until
        somebody decides about it: it is in the photo, and must not be there unseen.

        Args:
            learned_by: who has learned what is learned (see `Library.save_learned`), if it is not
                the model alone.
            keep_learned: but for what was learned, of which these say nothing.
        """
        by = learned_by or model
        new = list(suggestions)
        but = " AND NOT (source >= 'learned:' AND source < 'learned;')" if keep_learned else ""
        with self.transaction():
            self._execute(
                f"DELETE FROM suggestion WHERE photo_id = ?1{but} AND NOT ({_STILL_THERE})",
                (photo_id, model, json.dumps([self._tag_id(each.tag) for each in new])),
            )
            self._execute_many(
                "INSERT INTO suggestion (photo_id, tag_id, source, score, priority, said, model,"
                " run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        *(photo_id, self._tag_id(s.tag), s.source, s.score, s.priority, s.said),
                        *(model if example_count(s.source) is None else by, run_id),
                    )
                    for s in new
                ],
            )
            self.refresh(photo_id)

    def drop_suggestions(self, photo_id: PhotoId, tags: Iterable[Tag]) -> None:
        """Suggest some tags no longer."""
        with self.transaction():
            self._execute_many(
                "DELETE FROM suggestion WHERE photo_id = ? AND tag_id = ?",
                [(photo_id, self._tag_id(tag)) for tag in tags],
            )
            self.refresh(photo_id)

    def suggestions(self, photo_id: PhotoId, model: str | None = None) -> tuple[Suggestion, ...]:
        """What is suggested for a photo, best first.

        Args:
            model: only what was suggested with this network; None for all.
        """
        rows = self._execute(
            """
            SELECT tag.path, score, source, priority, said
            FROM suggestion JOIN tag ON tag.id = tag_id
            WHERE photo_id = ?1 AND (?2 IS NULL OR model = ?2) ORDER BY priority DESC, score DESC
            """,
            (photo_id, model),
        )
        return tuple(Suggestion(Tag.parse(path), *rest) for path, *rest in rows)

    def decide(
        self,
        photo_id: PhotoId,
        tags: Iterable[Tag],
        verdict: Verdict,
        *,
        found_in_file: bool = False,
        answered: bool = True,
    ) -> None:
        """Keep what the user decided about some tags of a photo, here or in another program.

        With it goes whether the tag was suggested at that moment, and how certainly; where the
        verdict is the one that it was before, that stays.

        Args:
            answered: False where it is only now known what was decided some other time: then it
                counts as no answer to a suggestion.
        """
        with self.transaction():
            self._execute_many(
                """
                INSERT INTO decision AS known
                    (photo_id, tag_id, verdict, found_in_file, offered, certainty)
                SELECT ?1, ?2, ?3, ?4, CASE WHEN ?5 THEN score IS NOT NULL END,
                    CASE WHEN ?5 THEN score END
                FROM (SELECT MAX(score) AS score FROM suggestion
                    WHERE photo_id = ?1 AND tag_id = ?2)
                WHERE true
                ON CONFLICT (photo_id, tag_id) DO UPDATE SET
                    verdict = excluded.verdict, found_in_file = excluded.found_in_file,
                    decided_at = excluded.decided_at,
                    offered = CASE WHEN known.verdict = excluded.verdict
                        THEN COALESCE(known.offered, excluded.offered)
                        ELSE MAX(excluded.offered, COALESCE(known.offered, 0)) END,
                    certainty = CASE WHEN known.verdict = excluded.verdict
                        THEN COALESCE(known.certainty, excluded.certainty)
                        ELSE COALESCE(excluded.certainty, known.certainty) END
                """,
                [(photo_id, self._tag_id(tag), verdict, found_in_file, answered) for tag in tags],
            )
            self.refresh(photo_id)

    def decided(
        self, photo_id: PhotoId, verdict: Verdict, *, found_in_file: bool | None = None
    ) -> frozenset[Tag]:
        """The tags of a photo with this verdict, all or those that came from one side."""
        rows = self._execute(
            """
            SELECT tag.path FROM decision JOIN tag ON tag.id = tag_id
            WHERE photo_id = ? AND verdict = ? AND found_in_file = COALESCE(?, found_in_file)
            """,
            (photo_id, verdict, found_in_file),
        )
        return frozenset(Tag.parse(path) for (path,) in rows)

    def forget_decisions(self, photo_id: PhotoId, tags: Iterable[Tag]) -> None:
        """Take back what was decided about some tags of a photo."""
        with self.transaction():
            self._execute_many(
                "DELETE FROM decision WHERE photo_id = ? AND tag_id = ?",
                [(photo_id, self._tag_id(tag)) for tag in tags],
            )
            self.refresh(photo_id)

    def save_written(
        self, photo_id: PhotoId, tags: Sequence[Tag], target: str, run_id: int
    ) -> None:
        """Note the tags that this program has put into a photo or its sidecar."""
        with self.transaction():
            self._execute_many(
                "INSERT OR REPLACE INTO written VALUES (?, ?, ?, ?)",
                [(photo_id, self._tag_id(tag), target, run_id) for tag in tags],
            )

    def written(self, photo_id: PhotoId) -> dict[Tag, str]:
        """The tags that this program has put into a photo ("embedded") or its "sidecar"."""
        rows = self._execute(
            "SELECT tag.path, target FROM written JOIN tag ON tag.id = tag_id WHERE photo_id = ?",
            (photo_id,),
        )
        return {Tag.parse(path): target for path, target in rows}

    def copy_history(self, source: PhotoId, copy: PhotoId) -> None:
        """Give a copy of a photo the decisions and the written tags of the one it was made of."""
        with self.transaction():
            for table, columns in (
                ("decision", "tag_id, verdict, decided_at, found_in_file"),
                ("written", "tag_id, target, run_id"),
            ):
                self._execute(
                    f"INSERT OR IGNORE INTO {table} (photo_id, {columns})"
                    f" SELECT ?, {columns} FROM {table} WHERE photo_id = ?",
                    (copy, source),
                )
            self.refresh(copy)

    def forget_written(self, photo_id: PhotoId, tags: Iterable[Tag]) -> None:
        """Note that tags of this program are in the photo no longer."""
        with self.transaction():
            self._execute_many(
                "DELETE FROM written WHERE photo_id = ? AND tag_id = ?",
                [(photo_id, self._tag_id(tag)) for tag in tags],
            )

    def take_back(self, photo_id: PhotoId, tags: Iterable[Tag]) -> None:
        """Note that tags of this program were reverted, which says nothing about them.

        The photo is looked at anew when somebody asks for it to be tagged.
        """
        with self.transaction():
            self.forget_written(photo_id, tags)
            self._execute("UPDATE photo SET applied = NULL WHERE id = ?", (photo_id,))
