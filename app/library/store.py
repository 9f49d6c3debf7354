"""One connection to the library's database, with transactions: what every table stands on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from app.core.errors import LibraryError
from app.core.photo import PhotoId, State
from app.core.tag import Tag
from app.library.database import connect

#: The library's name in the folder for what must not be lost.
DATABASE = "library.db"


class Store:
    """The database in one folder. An instance belongs to the thread that made it.

    Args:
        folder: holds the database and the embeddings; it is made when it is not there.

    Raises:
        LibraryError: the folder or the database cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / DATABASE
        self._connection = connect(self.path)
        self._tag_ids: dict[Tag, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done inside. May be nested; the outermost one commits.

        Raises:
            LibraryError: the database refuses, as on a full disk.
        """
        if self._in_transaction():
            yield
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._in_transaction():
                self._connection.execute("ROLLBACK")
            # Ids handed out inside are gone with the transaction.
            self._tag_ids.clear()
            if isinstance(error, sqlite3.Error):
                raise LibraryError(self.path, str(error)) from error
            raise

    def _in_transaction(self) -> bool:
        return self._connection.in_transaction

    def _execute(
        self, statement: str, values: Sequence[object] | Mapping[str, object] = ()
    ) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise LibraryError(self.path, str(error)) from error

    def _execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise LibraryError(self.path, str(error)) from error

    def _tag_id(self, tag: Tag) -> int:
        known = self._tag_ids.get(tag)
        if known is None:
            # The update changes nothing, but makes RETURNING give the row that is there.
            row = self._execute(
                "INSERT INTO tag (path, key) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET key = key RETURNING id",
                (str(tag), tag.key_text),
            ).fetchone()
            known = self._tag_ids[tag] = int(row[0])
        return known

    def refresh(self, photo_id: PhotoId) -> None:
        """Bring a photo's state and certainty up to what the other tables say of it."""
        self._refresh("= ?", photo_id)

    def refresh_many(self, photos: Iterable[PhotoId]) -> None:
        """As `refresh`, for many photos at once."""
        some = [int(photo) for photo in photos]
        if some:
            self._refresh("IN (SELECT value FROM json_each(?))", json.dumps(some))

    def _refresh(self, which: str, value: object) -> None:
        self._execute(
            f"""
            UPDATE photo SET certainty = (
                SELECT MAX(score) FROM suggestion AS s WHERE s.photo_id = photo.id AND NOT EXISTS (
                    SELECT 1 FROM decision AS d
                    WHERE d.photo_id = s.photo_id AND d.tag_id = s.tag_id
                )
            ) WHERE id {which}
            """,
            (value,),
        )
        self._execute(
            f"""
            UPDATE photo SET state = CASE
                WHEN error IS NOT NULL THEN ?
                WHEN certainty IS NOT NULL THEN ?
                WHEN EXISTS (
                    SELECT 1 FROM decision AS d
                    WHERE d.photo_id = photo.id AND verdict = 'confirmed'
                ) THEN ?
                WHEN EXISTS (SELECT 1 FROM analysis AS a WHERE a.photo_id = photo.id) THEN ?
                ELSE ?
            END WHERE id {which} AND (state <> ? OR error IS NOT NULL OR certainty IS NULL)
            """,
            (
                State.FAILED,
                State.SUGGESTED,
                State.CONFIRMED,
                State.UNTAGGED,
                State.WAITING,
                value,
                State.SUGGESTED,  # as most are, and stay
            ),
        )
