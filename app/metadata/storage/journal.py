"""The journal: for every file that is written, how to get the old one back.

It is a file of its own outside the photo folders and beside the library, so that a library
that is lost or thrown away takes no undo with it. An entry is on the disk before the file is
touched; whether the file was then really written is found out by its hash, so that nothing
else need be on the disk in time. Whoever writes holds the run lock, so a pending entry that is
met at the start of a run belongs to a process that is gone (see `recovery.py`).
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Self

from app.core.change import TagChange
from app.core.database import connect, loaded_path, stored_path
from app.core.errors import LibraryError, UsageError, WriteError
from app.metadata.splice import Edit
from app.metadata.storage import packing
from app.metadata.storage.entries import (
    ABSENT,
    COLUMNS,
    Entry,
    Run,
    State,
    Target,
    from_row,
    tags_to_json,
)
from app.metadata.storage.recovery import is_now

#: The journal's name in the folder for what must not be lost.
DATABASE: Final = "journal.db"
_MIGRATIONS: Final = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is about to be written.

    Attributes:
        run: id of the run that writes it.
        photo: the photo whose tags change.
        file: what is written: the photo or its sidecar, symbolic links resolved.
        before, after: xxh3-128 of all bytes; `before` is None for a file that is made, `after`
            is `ABSENT` for one that is removed.
        times: access and modification time of the old file in nanoseconds.
        inverse: the edits that turn the new bytes into the old ones.
        change: the tags that this file really gets and loses.
        undoes: id of the entry that this one takes back, if it does. Where that entry is about
            another file, the entry of the same run about the same file is meant.
    """

    run: str
    photo: Path
    file: Path
    target: Target
    before: bytes | None
    after: bytes
    times: tuple[int, int] | None
    inverse: Sequence[Edit]
    change: TagChange
    undoes: int | None = None


class Journal:
    """The journal in one SQLite file. An instance belongs to the thread that made it.

    Raises:
        LibraryError: it cannot be opened, or (by all that reads) cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = connect(path, _MIGRATIONS, "journal")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    # Runs

    def start_run(self, what: str, settings: str = "{}") -> str:
        """Note that a run begins; returns its id, such as '20261123-101502-7f3a' (UTC).

        Raises:
            LibraryError: the journal cannot be written.
        """
        while True:
            moment = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
            run = f"{moment}-{secrets.token_hex(2)}"
            try:
                self._connection.execute(
                    "INSERT INTO run (id, what, settings) VALUES (?, ?, ?)", (run, what, settings)
                )
            except sqlite3.IntegrityError:  # that number is taken in this very second
                continue
            except sqlite3.Error as error:
                raise self._unusable("written", error) from error
            return run

    def finish_run(self, run: str) -> None:
        """Note that a run came to its end. Where that cannot be written, it looks cut off."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute(
                "UPDATE run SET finished_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?",
                (run,),
            )

    def runs(self) -> list[Run]:
        """All runs, newest first."""
        rows = self._read(
            """
            WITH done AS (
                SELECT run, photo, MIN(state = 'undone') AS undone FROM entry
                WHERE state <> 'pending' GROUP BY run, photo
            ), tags AS (
                SELECT run, photo, value, 1 AS is_added
                FROM entry, json_each(added) WHERE state <> 'pending'
                UNION
                SELECT run, photo, value, 0 FROM entry, json_each(removed) WHERE state <> 'pending'
            ), photos AS (
                SELECT run, COUNT(*) AS photos, SUM(undone) AS undone FROM done GROUP BY run
            ), counts AS (
                SELECT run, SUM(is_added) AS added, SUM(1 - is_added) AS removed
                FROM tags GROUP BY run
            )
            SELECT id, what, settings, started_at, finished_at, COALESCE(photos, 0),
                COALESCE(added, 0), COALESCE(removed, 0), COALESCE(undone, 0)
            FROM run LEFT JOIN photos ON photos.run = id LEFT JOIN counts ON counts.run = id
            ORDER BY number DESC
            """
        )
        return [Run(*row) for row in rows]

    def find_run(self, prefix: str) -> str:
        """The id of the one run whose id begins so.

        Raises:
            UsageError: there is none, or more than one.
        """
        escaped = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        found = [
            row[0]
            for row in self._read(
                "SELECT id FROM run WHERE id LIKE ? ESCAPE '\\' ORDER BY number", (f"{escaped}%",)
            )
        ]
        if prefix in found:
            return prefix
        if not found or not prefix:
            raise UsageError(f"there is no run {prefix!r}; `tagwright history` lists them")
        if len(found) > 1:
            shown = ", ".join(found[:4]) + (", …" if len(found) > 4 else "")
            raise UsageError(f"more than one run begins with {prefix!r}: {shown}")
        return str(found[0])

    # Writing

    @contextmanager
    def writing(self, draft: Draft) -> Iterator[int]:
        """Note a file as about to be written, durably, and as written when the block is left.

        Where the block raises, the file is looked at: the entry stays only if it was written.

        Yields:
            The entry's id.

        Raises:
            WriteError: the journal cannot be written; the block has not begun.
        """
        entry = self._note(draft)
        try:
            yield entry
        except BaseException:
            self.settle(entry, is_now(draft.file, draft.after))
            raise
        self.settle(entry, written=True)

    def _note(self, draft: Draft) -> int:
        added, removed = (tags_to_json(tags) for tags in (draft.change.add, draft.change.remove))
        try:
            # On the disk before the photo is touched; everything else may come later.
            self._connection.execute("PRAGMA synchronous=FULL")
            try:
                cursor = self._connection.execute(
                    "INSERT INTO entry (run, photo, file, target, before_hash, after_hash,"
                    " atime_ns, mtime_ns, inverse, added, removed, undoes)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        draft.run, stored_path(draft.photo), stored_path(draft.file),
                        draft.target, draft.before or ABSENT, draft.after,
                        *(draft.times or (None, None)), packing.pack(draft.inverse),
                        added, removed, self._meant(draft),
                    ),
                )  # fmt: skip
            finally:
                self._connection.execute("PRAGMA synchronous=NORMAL")
        except sqlite3.Error as error:
            reason = f"the journal {self.path} cannot be written: {error}"
            raise WriteError(draft.photo, reason) from error
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _meant(self, draft: Draft) -> int | None:
        """The entry that a draft takes back, which is about the same file where there is one."""
        if draft.undoes is None:
            return None
        row = self._connection.execute(
            """
            SELECT e.id FROM entry e JOIN entry t ON t.run = e.run AND t.photo = e.photo
            WHERE t.id = ? AND t.file <> ? AND e.file = ? AND e.state = 'written'
            ORDER BY e.id DESC LIMIT 1
            """,
            (draft.undoes, stored_path(draft.file), stored_path(draft.file)),
        ).fetchone()
        return self._last_link(int(row[0]) if row else draft.undoes, draft.file)

    def _last_link(self, entry: int, file: Path) -> int:
        """What really stands: the redoing of the undoing of an entry, where there is one."""
        standing = entry
        while True:
            row = self._connection.execute(
                """
                SELECT redo.id FROM entry e
                JOIN entry undo ON undo.undoes = e.id AND undo.state = 'undone'
                JOIN entry redo ON redo.undoes = undo.id AND redo.state = 'written'
                WHERE e.id = ?1 AND e.state = 'written' AND undo.file = ?2 AND redo.file = ?2
                ORDER BY redo.id DESC LIMIT 1
                """,
                (standing, stored_path(file)),
            ).fetchone()
            if row is None:
                return standing
            standing = int(row[0])

    def settle(self, entry: int, written: bool | None) -> None:
        """Say what became of a pending entry: written, not written, or (None) not known yet.

        A failure to write this is no error: the next start finds out again.
        """
        if written is None:
            return
        with contextlib.suppress(sqlite3.Error), self._transaction():
            if written:
                self._set_state(entry, "written")
            else:
                self._connection.execute("DELETE FROM entry WHERE id = ?", (entry,))

    def mark(self, entry: int, state: Literal["written", "undone"]) -> None:
        """Note that nothing is left of what an entry did, or that it is there, as found.

        Raises:
            LibraryError: the journal cannot be written.
        """
        try:
            with self._transaction():
                self._set_state(entry, state)
        except sqlite3.Error as error:
            raise self._unusable("written", error) from error

    def _set_state(self, entry: int, state: State) -> None:
        """Set a state; what the entry takes back is undone while it stands, and back if not."""
        following: int | None = entry
        while following is not None:
            self._connection.execute("UPDATE entry SET state = ? WHERE id = ?", (state, following))
            state = "undone" if state == "written" else "written"
            following = self._taken_back_by(following)

    def _taken_back_by(self, entry: int) -> int | None:
        row = self._connection.execute(
            "SELECT t.id, e.file, t.file, t.after_hash FROM entry e JOIN entry t ON t.id = e.undoes"
            " WHERE e.id = ?",
            (entry,),
        ).fetchone()
        if row is None:
            return None
        target, file, other, after = row
        # What is reverted in a copy is not reverted in the photo. Where the photo is not what it
        # was, it has moved, and the two names are one file's.
        if file != other and is_now(loaded_path(other), after):
            return None
        return int(target)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    # Reading

    def pending(self) -> list[Entry]:
        """The entries of which it is not known whether they were written, oldest first."""
        return list(reversed(self._entries("e.state = 'pending'")))

    def entry(self, entry: int) -> Entry | None:
        """An entry by its id."""
        return next(iter(self._entries("e.id = ?", entry)), None)

    def entries(self, photo: Path) -> list[Entry]:
        """What was written into a photo and beside it, newest first."""
        return self._entries("e.state <> 'pending' AND e.photo = ?", stored_path(photo))

    def with_content(
        self, *, before: bytes | None = None, after: bytes | None = None
    ) -> list[Entry]:
        """The entries that found a file with this hash, or made it so; newest first."""
        column, value = ("before_hash", before) if before is not None else ("after_hash", after)
        return self._entries(f"e.state <> 'pending' AND e.{column} = ?", value)

    def photos(self, run: str | None = None) -> list[Path]:
        """The photos that were written, or that a run has written; the last one first."""
        rows = self._read(
            "SELECT photo FROM entry WHERE state <> 'pending' AND (?1 IS NULL OR run = ?1)"
            " GROUP BY photo ORDER BY MAX(id) DESC",
            (run,),
        )
        return [loaded_path(photo) for (photo,) in rows]

    def count_written(self) -> int:
        """How many photos hold something that was written and not taken back."""
        rows = self._read(
            "SELECT COUNT(DISTINCT photo) FROM entry WHERE state = 'written' AND undoes IS NULL"
        )
        return int(rows[0][0])

    def inverse(self, entry: int) -> list[Edit]:
        """The edits that turn the bytes after an entry into those before it.

        Raises:
            ValueError: they are damaged, or the entry is not there.
        """
        rows = self._read("SELECT inverse FROM entry WHERE id = ?", (entry,))
        if not rows:
            raise ValueError("there is no such entry")
        return packing.unpack(rows[0][0])

    def _entries(self, where: str, *values: object) -> list[Entry]:
        rows = self._read(
            f"SELECT {COLUMNS} FROM entry e LEFT JOIN entry t ON t.id = e.undoes"
            f" WHERE {where} ORDER BY e.id DESC",
            values,
        )
        return [from_row(*row) for row in rows]

    def _read(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._unusable("read", error) from error

    def _unusable(self, how: str, error: sqlite3.Error) -> LibraryError:
        return LibraryError(self.path, f"the journal cannot be {how}: {error}")
