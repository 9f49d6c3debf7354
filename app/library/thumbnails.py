"""The thumbnail cache: small JPEGs in one SQLite file of bounded size.

It lives in the cache folder and can be deleted at any time. One file is faster to open, copy
and bound than a hundred thousand. Several threads and processes may have it open at once.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

from app.core.database import use_wal
from app.library.library import Library

_log = logging.getLogger(__name__)

#: What the file may hold before the least recently used are dropped, in bytes.
DEFAULT_LIMIT = 1_000_000_000

#: That a thumbnail was used is noted once a day, and for many at a time: reading is not to
#: write.
_NOTED_AGAIN_AFTER = 24 * 3600
_NOTED_TOGETHER = 500
#: Thumbnails that one question asks for.
_ASKED_TOGETHER = 500

_LAYOUT = 2
_SCHEMA = """
DROP TABLE IF EXISTS thumbnail;
CREATE TABLE thumbnail (
    photo_id INTEGER PRIMARY KEY,       -- of the library
    used     INTEGER NOT NULL,          -- seconds since 1970
    bytes    INTEGER NOT NULL,          -- of the JPEG: here, it can be summed from the index
    jpeg     BLOB NOT NULL
) STRICT;
CREATE INDEX thumbnail_by_use ON thumbnail (used, photo_id, bytes);
CREATE TABLE cache (
    library TEXT NOT NULL,              -- Library.identity(), empty where nobody has said it
    bytes   INTEGER NOT NULL            -- of all JPEGs
) STRICT;
INSERT INTO cache VALUES ('', 0);
"""
_USELESS = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


class ThumbnailCache:
    """Thumbnails by photo id. A cache that cannot be written is one that holds nothing.

    An instance belongs to the thread that made it.

    Args:
        path: the SQLite file.
        limit: bytes of JPEG data that it may hold.
        library: `Library.identity()` of the library that the ids are of. What was made for
            another one, or nobody knows for which, is dropped. Empty where that is not known.
    """

    def __init__(self, path: Path, limit: int = DEFAULT_LIMIT, library: str = "") -> None:
        self._limit = limit
        self._library = library
        self._used: set[int] = set()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._open_or_renew(path)
        except (sqlite3.Error, OSError) as error:
            _log.warning("the thumbnail cache %s cannot be used: %s", path, error)
            # The folder cannot be written: thumbnails can always be made again.
            self._connection = self._open(Path(":memory:"))

    def _open_or_renew(self, path: Path) -> sqlite3.Connection:
        try:
            return self._open(path)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) not in _USELESS:
                raise
            _log.warning("the thumbnail cache %s is damaged and begun anew: %s", path, error)
            path.unlink()
            return self._open(path)

    def _open(self, path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            # Pages that are free are given back (`set_limit`). Does nothing where there are tables.
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
            use_wal(connection)
            # Losing a thumbnail when the power fails is no loss.
            connection.execute("PRAGMA synchronous=OFF")
            self._prepare(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables, and drop what is of another library."""
        layout = "PRAGMA user_version"
        if connection.execute(layout).fetchone()[0] != _LAYOUT:
            # Locked before it is asked again, so that of two that open it one makes the tables.
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute(layout).fetchone()[0] != _LAYOUT:
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"{layout}={_LAYOUT}")
            connection.execute("COMMIT")
        if self._library and not self._is_ours(connection):
            connection.execute("BEGIN IMMEDIATE")
            if not self._is_ours(connection):
                connection.execute("DELETE FROM thumbnail")
                connection.execute("UPDATE cache SET library = ?, bytes = 0", (self._library,))
            connection.execute("COMMIT")

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        return bool(connection.execute("SELECT library FROM cache").fetchone()[0] == self._library)

    def put(self, thumbnails: dict[int, bytes]) -> None:
        """Keep some thumbnails, dropping the least recently used where the file gets too large."""
        if not thumbnails:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            # Another library's program may have taken the file over since.
            if not self._library or self._is_ours(self._connection):
                replaced = self._size_of(thumbnails)
                self._connection.executemany(
                    "INSERT OR REPLACE INTO thumbnail VALUES (?, unixepoch(), ?, ?)",
                    ((photo_id, len(jpeg), jpeg) for photo_id, jpeg in thumbnails.items()),
                )
                self._grow(sum(map(len, thumbnails.values())) - replaced)
                self._note_use()
                self._shrink()
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)

    def get(self, photo_id: int) -> bytes | None:
        """The JPEG of a photo's thumbnail, if it is there."""
        return self.get_many([photo_id]).get(photo_id)

    def get_many(self, photo_ids: Iterable[int]) -> dict[int, bytes]:
        """The JPEGs of those photos of which there is a thumbnail."""
        wanted = [int(photo_id) for photo_id in photo_ids]
        found: dict[int, bytes] = {}
        long_ago = time.time() - _NOTED_AGAIN_AFTER
        try:
            if self._library and not self._is_ours(self._connection):
                return {}
            for start in range(0, len(wanted), _ASKED_TOGETHER):
                for photo_id, used, jpeg in self._connection.execute(
                    "SELECT photo_id, used, jpeg FROM thumbnail"
                    " WHERE photo_id IN (SELECT value FROM json_each(?))",
                    (json.dumps(wanted[start : start + _ASKED_TOGETHER]),),
                ):
                    found[photo_id] = jpeg
                    if used < long_ago:
                        self._used.add(photo_id)
        except sqlite3.Error as error:  # what cannot be read is made again
            _log.warning("the thumbnail cache cannot be read: %s", error)
            return found
        if len(self._used) >= _NOTED_TOGETHER:
            self.flush()
        return found

    def drop(self, photo_ids: Iterable[int]) -> None:
        """Forget the thumbnails of some photos."""
        photos = set(photo_ids)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            freed = self._size_of(photos)
            self._connection.executemany(
                "DELETE FROM thumbnail WHERE photo_id = ?", ((photo_id,) for photo_id in photos)
            )
            self._grow(-freed)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)

    def set_limit(self, limit: int) -> None:
        """Hold at most so many bytes from now on; a smaller file gives room on the disk back."""
        self._limit = limit
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._note_use()
            self._shrink()
            self._connection.execute("COMMIT")
            # `execute` would take one step, which is one page.
            self._connection.executescript("PRAGMA incremental_vacuum")
        except sqlite3.Error as error:
            self._give_up(error)

    def flush(self) -> None:
        """Note which thumbnails were used."""
        if not self._used:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._note_use()
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Close the file."""
        self.flush()
        self._connection.close()

    def _note_use(self) -> None:
        self._connection.executemany(
            "UPDATE thumbnail SET used = unixepoch() WHERE photo_id = ?",
            ((photo_id,) for photo_id in self._used),
        )
        self._used.clear()

    def _size_of(self, photo_ids: Iterable[int]) -> int:
        row = self._connection.execute(
            "SELECT TOTAL(bytes) FROM thumbnail WHERE photo_id IN (SELECT value FROM json_each(?))",
            (json.dumps([int(photo_id) for photo_id in photo_ids]),),
        ).fetchone()
        return int(row[0])

    def _grow(self, by: int) -> None:
        self._connection.execute("UPDATE cache SET bytes = bytes + ?", (by,))

    def _shrink(self) -> None:
        """Where it is too large, down to nine tenths of the limit, not to do it again at once."""
        total = int(self._connection.execute("SELECT bytes FROM cache").fetchone()[0])
        if total <= self._limit:
            return
        going: list[tuple[int]] = []
        for photo_id, size in self._connection.execute(
            "SELECT photo_id, bytes FROM thumbnail ORDER BY used, photo_id"
        ):
            if total <= self._limit * 9 // 10:
                break
            going.append((photo_id,))
            total -= size
        self._connection.executemany("DELETE FROM thumbnail WHERE photo_id = ?", going)
        self._connection.execute("UPDATE cache SET bytes = ?", (total,))

    def _give_up(self, error: sqlite3.Error) -> None:
        _log.warning("the thumbnail cache cannot be written: %s", error)
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def open_thumbnails(path: Path, library_folder: Path, limit: int = DEFAULT_LIMIT) -> ThumbnailCache:
    """The thumbnail cache of the library in a folder.

    Args:
        path: the SQLite file of the cache.

    Raises:
        LibraryError: the library cannot be used.
    """
    with Library(library_folder) as library:
        return ThumbnailCache(path, limit, library.identity())
