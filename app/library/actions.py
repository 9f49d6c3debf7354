"""What the user did, so that it can be undone, also after the next start."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.core.change import Edit
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.vocabulary import Vocabulary

_KEPT = 200


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the user did, to one photo or to many.

    Attributes:
        label: what it was, for people.
        run_key: id of the journal's run with what it wrote.
        undone: whether it is taken back at the moment.
        photos: how many it concerns.
    """

    id: int
    label: str
    run_key: str
    undone: bool
    photos: int


class ActionTable(Vocabulary):
    """The user's actions and, for each photo, how things were before."""

    def start_action(self, label: str, run_key: str) -> int:
        """Note that the user does something new; what was undone before cannot be redone now."""
        with self.transaction():
            self._execute("DELETE FROM action WHERE undone")
            cursor = self._execute(
                "INSERT INTO action (label, run_key) VALUES (?, ?)", (label, run_key)
            )
            assert cursor.lastrowid is not None
            self._execute("DELETE FROM action WHERE id <= ?", (cursor.lastrowid - _KEPT,))
        return cursor.lastrowid

    def drop_action(self, action_id: int) -> None:
        """Forget an action that has changed nothing."""
        self._execute("DELETE FROM action WHERE id = ?", (action_id,))

    def mark_action(self, action_id: int, *, undone: bool, run_key: str | None = None) -> None:
        """Note that an action was undone, or done again under another run."""
        self._execute(
            "UPDATE action SET undone = ?, run_key = COALESCE(?, run_key) WHERE id = ?",
            (undone, run_key, action_id),
        )

    def actions(self) -> list[Action]:
        """What can be undone or redone, oldest first."""
        rows = self._execute(
            "SELECT id, label, run_key, undone, COUNT(photo_id) FROM action"
            " LEFT JOIN action_photo ON action_id = id GROUP BY id ORDER BY id"
        )
        return [Action(i, label, key, bool(undone), n) for i, label, key, undone, n in rows]

    def action(self, action_id: int) -> Action | None:
        """One of them."""
        return next((each for each in self.actions() if each.id == action_id), None)

    def save_before(self, action_id: int, photo_id: PhotoId, edit: Edit) -> None:
        """Keep how things are about the tags of a photo that an edit is about to concern."""
        tags = {*edit.add, *edit.remove, *edit.accept, *edit.reject}
        with self.transaction():
            if edit.accept_all:
                rows = self._execute(
                    "SELECT path FROM tag JOIN suggestion ON tag_id = tag.id WHERE photo_id = ?",
                    (photo_id,),
                )
                tags |= {Tag.parse(path) for (path,) in rows.fetchall()}
            before = {str(tag): self._about(photo_id, self._tag_id(tag)) for tag in tags}
            said = asdict(edit)
            said |= {key: [str(Tag(t["path"])) for t in said[key]] for key in _TAGS}
            self._execute(
                "INSERT OR REPLACE INTO action_photo VALUES (?, ?, ?, ?)",
                (action_id, photo_id, json.dumps(said), json.dumps(before)),
            )

    def edits(self, action_id: int) -> list[tuple[PhotoId, Edit]]:
        """What an action does, photo by photo."""
        rows = self._execute(
            "SELECT photo_id, edit FROM action_photo WHERE action_id = ? ORDER BY photo_id",
            (action_id,),
        )
        return [(photo_id, _loaded(json.loads(edit))) for photo_id, edit in rows]

    # Tags that have another name now

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
            self._execute(
                "UPDATE action SET renames = ? WHERE id = ?", (json.dumps(done), action_id)
            )
        return sorted(changed)

    def undo_renames(self, action_id: int) -> list[PhotoId]:
        """Take back what `rename_tags` did for an action; returns the photos that changed."""
        changed: set[PhotoId] = set()
        with self.transaction():
            for rename in reversed(self._renames(action_id)):
                old, new = Tag.parse(rename["old"]), Tag.parse(rename["new"])
                changed.update(self._move_suggestions(new, old, rename["photos"]))
                before = rename["before"]
                self._set_alias(old, Tag.parse(before) if before else None)
                for text, (kept, synonyms) in rename["about"].items():
                    self._restore_words(Tag.parse(text), kept, synonyms)
                if old == new:
                    self.respell(old)
        return sorted(changed)

    def redo_renames(self, action_id: int) -> list[PhotoId]:
        """Do again what `undo_renames` took back; returns the photos that changed."""
        pairs = [(Tag.parse(r["old"]), Tag.parse(r["new"])) for r in self._renames(action_id)]
        return self.rename_tags(action_id, pairs) if pairs else []

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

    def restore(self, action_id: int, photo_id: PhotoId) -> None:
        """Decide and suggest about a photo what was decided and suggested before an action."""
        row = self._execute(
            "SELECT before FROM action_photo WHERE action_id = ? AND photo_id = ?",
            (action_id, photo_id),
        ).fetchone()
        if row is None:
            return
        with self.transaction():
            for text, about in json.loads(row[0]).items():
                key = (photo_id, self._tag_id(Tag.parse(text)))
                for table, columns in _TABLES.items():
                    self._execute(f"DELETE FROM {table} WHERE photo_id = ? AND tag_id = ?", key)
                    self._execute_many(
                        f"INSERT INTO {table} (photo_id, tag_id, {', '.join(columns)})"
                        f" VALUES (?, ?, {', '.join('?' * len(columns))})",
                        [(*key, *values) for values in about[table]],
                    )
            self.refresh(photo_id)

    def _about(self, photo_id: PhotoId, tag_id: int) -> dict[str, list[list[object]]]:
        return {
            table: [
                list(row)
                for row in self._execute(
                    f"SELECT {', '.join(columns)} FROM {table} WHERE photo_id = ? AND tag_id = ?",
                    (photo_id, tag_id),
                )
            ]
            for table, columns in _TABLES.items()
        }


_TAGS = ("add", "remove", "accept", "reject")
_TABLES = {
    "decision": ("verdict", "decided_at", "found_in_file"),
    "suggestion": ("source", "score", "priority", "model", "run_id"),
    "written": ("target", "run_id"),
}


def _loaded(said: dict[str, Any]) -> Edit:
    tags = {key: tuple(map(Tag.parse, said[key])) for key in _TAGS}
    return Edit(**tags, accept_all=bool(said["accept_all"]))
