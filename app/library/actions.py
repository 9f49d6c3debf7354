"""What the user did, so that it can be undone, also after the next start."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.core.change import Edit
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.renames import RenameTable

_KEPT = 200
#: In the column `undone`: it is being taken back.
_UNDOING = 2


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the user did, to one photo or to many.

    Attributes:
        label: what it was, for people.
        run_key: id of the journal's run with what it wrote.
        undone: whether it is taken back at the moment.
        photos: how many it concerns.
        undoing: whether it is being taken back.
    """

    id: int
    label: str
    run_key: str
    undone: bool
    photos: int
    undoing: bool = False


class ActionTable(RenameTable):
    """The user's actions and, for each photo, how things were before."""

    def start_action(
        self,
        label: str,
        run_key: str,
        edits: Iterable[tuple[PhotoId, Edit]],
        renames: Sequence[tuple[Tag, Tag]] = (),
    ) -> int:
        """Note that the user does something new; what was undone before cannot be redone now.

        Args:
            edits: what is to be carried out, see `left_of`; each photo once.
            renames: see `rename_tags`; they are still to be carried out, too.
        """
        planned = json.dumps([{"old": str(old), "new": str(new)} for old, new in renames])
        with self.transaction():
            self._execute("DELETE FROM action WHERE undone")
            cursor = self._execute(
                "INSERT INTO action (label, run_key, renames) VALUES (?, ?, ?)",
                (label, run_key, planned),
            )
            action_id = cursor.lastrowid
            assert action_id is not None
            self._execute(
                "DELETE FROM action WHERE id NOT IN"
                " (SELECT id FROM action ORDER BY id DESC LIMIT ?)",
                (_KEPT,),
            )
            self._execute_many(
                "INSERT INTO action_photo (action_id, photo_id, edit, before, done)"
                " SELECT ?, id, ?, '', 0 FROM photo WHERE id = ?",
                ((action_id, _dumped(edit), photo_id) for photo_id, edit in edits),
            )
        return action_id

    def start_again(self, action_id: int, run_key: str) -> None:
        """Note that an undone action is to be carried out once more, under another run."""
        renames = [{"old": r["old"], "new": r["new"]} for r in self._renames(action_id)]
        with self.transaction():
            self._execute(
                "UPDATE action SET undone = 0, run_key = ?, renames = ? WHERE id = ?",
                (run_key, json.dumps(renames), action_id),
            )
            self._execute(
                "UPDATE action_photo SET before = '', done = 0 WHERE action_id = ?", (action_id,)
            )

    def start_undoing(self, action_id: int) -> None:
        """Note that an action is to be taken back."""
        self._execute("UPDATE action SET undone = ? WHERE id = ?", (_UNDOING, action_id))

    def mark_undone(self, action_id: int) -> None:
        """Note that an action was taken back."""
        with self.transaction():
            self._execute("UPDATE action SET undone = 1 WHERE id = ?", (action_id,))
            self._execute("UPDATE action_photo SET done = 1 WHERE action_id = ?", (action_id,))

    def split_off(self, action_id: int, photo_ids: Sequence[PhotoId]) -> None:
        """Make an action of its own of some photos of another, which could not be taken back."""
        with self.transaction():
            cursor = self._execute(
                "INSERT INTO action (label, run_key) SELECT label, run_key FROM action"
                " WHERE id = ?",
                (action_id,),
            )
            self._execute(
                "UPDATE action_photo SET action_id = ? WHERE action_id = ?"
                " AND photo_id IN (SELECT value FROM json_each(?))",
                (cursor.lastrowid, action_id, json.dumps(list(photo_ids))),
            )

    def actions(self) -> list[Action]:
        """What can be undone or redone, oldest first; what is undone comes last."""
        return self._actions("1")

    def action(self, action_id: int) -> Action | None:
        """One of them."""
        return next(iter(self._actions("id = ?", action_id)), None)

    def unfinished(self) -> list[Action]:
        """The actions that were cut off while they were carried out or taken back."""
        found = self._actions(
            "undone = ? OR id IN (SELECT action_id FROM action_photo WHERE NOT done)"
            " OR renames <> '[]'",
            _UNDOING,
        )
        return [
            each
            for each in found
            if each.undoing
            or (not each.undone and (self.left_of(each.id, 1) or self.renames_left(each.id)))
        ]

    def _actions(self, where: str, *values: object) -> list[Action]:
        rows = self._execute(
            "SELECT id, label, run_key, undone,"
            " (SELECT COUNT(*) FROM action_photo WHERE action_id = id)"
            f" FROM action WHERE {where} ORDER BY undone <> 0, id",
            values,
        )
        return [
            Action(i, label, key, bool(undone), count, undone == _UNDOING)
            for i, label, key, undone, count in rows
        ]

    def left_of(self, action_id: int, limit: int = -1) -> list[tuple[PhotoId, Edit]]:
        """What of an action is still to be carried out; all of it, or the first photos."""
        rows = self._execute(
            # By the index of what is left: else each question walks over all that is done.
            "SELECT photo_id, edit FROM action_photo INDEXED BY action_photo_left"
            " WHERE action_id = ? AND NOT done"
            " ORDER BY photo_id LIMIT ?",
            (action_id, limit),
        )
        return [(photo_id, _loaded(json.loads(edit))) for photo_id, edit in rows]

    def count_left(self, action_id: int) -> int:
        """At how many photos an action is still to be carried out."""
        (count,) = self._execute(
            "SELECT COUNT(*) FROM action_photo INDEXED BY action_photo_left"
            " WHERE action_id = ? AND NOT done",
            (action_id,),
        ).fetchone()
        return int(count)

    def forget_left(self, action_id: int) -> None:
        """What was not begun of an action is not to be carried out any more.

        A photo at which it was cut off stays: it may have been changed. Nothing is kept of an
        action that has not come to any photo.
        """
        with self.transaction():
            self._execute(
                "DELETE FROM action_photo WHERE action_id = ? AND NOT done AND before = ''",
                (action_id,),
            )
            self._execute("UPDATE action SET renames = '[]' WHERE id = ?", (action_id,))
            self._execute(
                "DELETE FROM action WHERE id = ?1"
                " AND NOT EXISTS (SELECT 1 FROM action_photo WHERE action_id = ?1)",
                (action_id,),
            )

    def mark_done(self, action_id: int, photo_id: PhotoId) -> None:
        """Note that an action was carried out at a photo, as far as it could be."""
        self._execute(
            "UPDATE action_photo SET done = 1 WHERE action_id = ? AND photo_id = ?",
            (action_id, photo_id),
        )

    def save_before(self, action_id: int, photo_id: PhotoId, edit: Edit) -> None:
        """Keep how things are about the tags of a photo that an edit is about to concern.

        What was kept when the action was cut off at this very photo stays.
        """
        tags = {*edit.add, *edit.remove, *edit.accept, *edit.reject}
        with self.transaction():
            if edit.accept_all:
                rows = self._execute(
                    "SELECT path FROM tag JOIN suggestion ON tag_id = tag.id WHERE photo_id = ?",
                    (photo_id,),
                )
                tags |= {Tag.parse(path) for (path,) in rows.fetchall()}
            before: dict[str, object] = {
                str(tag): self._about(photo_id, self._tag_id(tag)) for tag in tags
            }
            before[_ERROR], before[_APPLIED] = self._execute(
                "SELECT error, applied FROM photo WHERE id = ?", (photo_id,)
            ).fetchone()
            self._execute(
                "UPDATE action_photo SET before = ?"
                " WHERE action_id = ? AND photo_id = ? AND before = ''",
                (json.dumps(before), action_id, photo_id),
            )

    def photos_of(self, action_id: int) -> list[PhotoId]:
        """The photos that an action has changed, as far as it has come."""
        rows = self._execute(
            "SELECT photo_id FROM action_photo WHERE action_id = ? AND before <> ''", (action_id,)
        )
        return [int(row[0]) for row in rows]

    def restore(self, action_id: int, photo_id: PhotoId) -> None:
        """Decide and suggest about a photo what was decided and suggested before an action.

        What was suggested under other settings is suggested anew when folders are looked through.
        """
        row = self._execute(
            "SELECT before FROM action_photo WHERE action_id = ? AND photo_id = ?",
            (action_id, photo_id),
        ).fetchone()
        if row is None or not row[0]:
            return
        before = json.loads(row[0])
        with self.transaction():
            self._execute(
                "UPDATE photo SET error = ?1, applied = CASE WHEN applied IS ?2 THEN applied END"
                " WHERE id = ?3",
                (before.pop(_ERROR, None), before.pop(_APPLIED, None), photo_id),
            )
            for text, about in before.items():
                key = (photo_id, self._tag_id(Tag.parse(text)))
                for table, columns in _TABLES.items():
                    self._execute(f"DELETE FROM {table} WHERE photo_id = ? AND tag_id = ?", key)
                    self._execute_many(
                        f"INSERT INTO {table} (photo_id, tag_id, {', '.join(columns)})"
                        f" VALUES (?, ?, {', '.join('?' * len(columns))})",
                        [
                            (*key, *values, *[None] * (len(columns) - len(values)))
                            for values in about[table]
                        ],
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
#: Among the tags of a photo: what was wrong with it. No tag is called so.
_ERROR = ""
#: Likewise the settings with which its tags were up to date; what was kept before lacks them.
_APPLIED = "/"
_TABLES = {
    # New columns come last: what was kept before they were there lacks them.
    "decision": ("verdict", "decided_at", "found_in_file", "offered", "certainty"),
    "suggestion": ("source", "score", "priority", "model", "run_id", "said"),
    "written": ("target", "run_id"),
}


def _dumped(edit: Edit) -> str:
    said = asdict(edit)
    return json.dumps(said | {key: [str(Tag(t["path"])) for t in said[key]] for key in _TAGS})


def _loaded(said: dict[str, Any]) -> Edit:
    tags = {key: tuple(map(Tag.parse, said[key])) for key in _TAGS}
    return Edit(**tags, accept_all=bool(said["accept_all"]))
