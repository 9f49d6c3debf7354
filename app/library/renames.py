"""Tags that have another name now, as part of what the user did."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.vocabulary import Vocabulary


class RenameTable(Vocabulary):
    """The names that the user has given to tags, and what each action has renamed."""

    def rename_tags(self, action_id: int, renames: Sequence[tuple[Tag, Tag]]) -> list[PhotoId]:
        """Let everybody who suggests an old tag mean the new one, and rename open suggestions.

        The new tag also gets what is kept about the old one (see `carry_over`).

        Args:
            renames: old and new tags.

        Returns:
            The photos of which a suggestion has another name now.
        """
        done: list[dict[str, object]] = []
        changed: set[PhotoId] = set()
        with self.transaction():
            for old, new in renames:
                before = self._execute(
                    "SELECT tag.path FROM alias JOIN tag ON tag.id = tag_id WHERE alias.key = ?",
                    (old.key_text,),
                ).fetchone()
                about = {str(tag): self._words_of(tag) for tag in (new, old)}
                photos = self._move_suggestions(old, new, None)
                self._set_alias(old, new)
                done.append(
                    {
                        "old": str(old),
                        "new": str(new),
                        "before": before[0] if before else None,
                        "photos": photos,
                        "about": about,
                    }
                )
                changed.update(photos)
            self.carry_over(renames)
            self._carry_answers(action_id, renames)
            self._execute(
                "UPDATE action SET renames = ? WHERE id = ?", (json.dumps(done), action_id)
            )
        return sorted(changed)

    def _carry_answers(self, action_id: int, renames: Sequence[tuple[Tag, Tag]]) -> None:
        """What was answered about the old tags was answered about the new ones, and then."""
        rows = self._execute(
            "SELECT photo_id, before FROM action_photo WHERE action_id = ? AND before <> ''",
            (action_id,),
        ).fetchall()
        for photo_id, text in rows:
            before = json.loads(text)
            for old, new in renames:
                for verdict, at, _, *answer in before.get(str(old), {}).get("decision", ()):
                    if verdict != "confirmed" or len(answer) != 2:
                        continue
                    # The photo loses the old one; nobody has rejected it.
                    self._execute(
                        "UPDATE decision SET offered = NULL WHERE photo_id = ? AND tag_id = ?",
                        (photo_id, self._tag_id(old)),
                    )
                    self._execute(
                        "UPDATE decision SET decided_at = ?, offered = ?, certainty = ?"
                        " WHERE photo_id = ? AND tag_id = ?",
                        (at, *answer, photo_id, self._tag_id(new)),
                    )

    def undo_renames(self, action_id: int) -> list[PhotoId]:
        """Take back what `rename_tags` did for an action; returns the photos that changed."""
        changed: set[PhotoId] = set()
        with self.transaction():
            for rename in reversed(self._renames(action_id)):
                if "photos" not in rename:
                    continue  # it was cut off before
                old, new = Tag.parse(rename["old"]), Tag.parse(rename["new"])
                changed.update(self._move_suggestions(new, old, rename["photos"]))
                before = rename["before"]
                self._set_alias(old, Tag.parse(before) if before else None)
                for text, (kept, synonyms) in rename["about"].items():
                    self._restore_words(Tag.parse(text), kept, synonyms)
                if old == new:
                    self.respell(old)
        return sorted(changed)

    def renames_left(self, action_id: int) -> list[tuple[Tag, Tag]]:
        """The renames of an action that are still to be carried out."""
        return [
            (Tag.parse(rename["old"]), Tag.parse(rename["new"]))
            for rename in self._renames(action_id)
            if "photos" not in rename
        ]

    def aliases(self) -> dict[Tag, Tag]:
        """The tags that the user has given another name, with that name."""
        rows = self._execute("SELECT alias.key, tag.path FROM alias JOIN tag ON tag.id = tag_id")
        return {Tag.parse(key): Tag.parse(path) for key, path in rows}

    def _renames(self, action_id: int) -> list[dict[str, Any]]:
        row = self._execute("SELECT renames FROM action WHERE id = ?", (action_id,)).fetchone()
        return json.loads(row[0]) if row else []

    def _words_of(self, tag: Tag) -> tuple[int, list[str]]:
        """Whether a tag is kept without photos, and its synonyms."""
        row = self._execute("SELECT kept FROM tag WHERE id = ?", (self._tag_id(tag),)).fetchone()
        return int(row[0]), list(self.synonyms_of(tag))

    def _restore_words(self, tag: Tag, kept: int, synonyms: list[str]) -> None:
        self._execute("UPDATE tag SET kept = ? WHERE id = ?", (kept, self._tag_id(tag)))
        self.set_synonyms(tag, synonyms)

    def _set_alias(self, old: Tag, new: Tag | None) -> None:
        key = old.key_text
        if new is None or new == old:
            self._execute("DELETE FROM alias WHERE key = ?", (key,))
        else:
            self._execute("INSERT OR REPLACE INTO alias VALUES (?, ?)", (key, self._tag_id(new)))

    def _move_suggestions(self, old: Tag, new: Tag, only: list[PhotoId] | None) -> list[PhotoId]:
        """Give the suggestions of one tag to another; returns the photos."""
        ids = (self._tag_id(new), self._tag_id(old))
        some = json.dumps(only)
        within = "" if only is None else " AND photo_id IN (SELECT value FROM json_each(?))"
        values = ids[1:] if only is None else (ids[1], some)
        photos = [
            int(row[0])
            for row in self._execute(
                f"SELECT DISTINCT photo_id FROM suggestion WHERE tag_id = ?{within}", values
            )
        ]
        if ids[0] != ids[1]:
            self._execute(
                f"UPDATE OR REPLACE suggestion SET tag_id = ? WHERE tag_id = ?{within}",
                (ids[0], *values),
            )
        for photo_id in photos:
            self.refresh(photo_id)
        return photos
