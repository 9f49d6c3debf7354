"""The thumbnail cache: small JPEGs in one SQLite file of bounded size.

It lives in the cache folder and can be deleted at any time. One file is faster to open, copy
and bound than a hundred thousand.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.core.database import use_wal

#: What the file may hold before the oldest are dropped, in bytes.
DEFAULT_LIMIT = 1_000_000_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS thumbnail (
    photo_id INTEGER PRIMARY KEY,       -- of the library
    used     INTEGER NOT NULL,          -- seconds since 1970
    jpeg     BLOB NOT NULL
) STRICT
"""


class ThumbnailCache:
    """Thumbnails by photo id. A cache that cannot be written is one that holds nothing.

    Args:
        path: the SQLite file.
        limit: bytes of JPEG data that it may hold.
    """

    def __init__(self, path: Path, limit: int = DEFAULT_LIMIT) -> None:
        self._limit = limit
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection, self._bytes = self._open(path)
        except (sqlite3.Error, OSError):
            # Damaged, or the folder cannot be written: thumbnails can always be made again.
            self._connection, self._bytes = self._open(Path(":memory:"))

    @staticmethod
    def _open(path: Path) -> tuple[sqlite3.Connection, int]:
        """The database, and the bytes of JPEG data in it."""
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            use_wal(connection)
            # Losing a thumbnail when the power fails is no loss.
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(_SCHEMA)
            total = connection.execute("SELECT TOTAL(LENGTH(jpeg)) FROM thumbnail").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection, int(total[0])

    def put(self, thumbnails: dict[int, bytes]) -> None:
        """Keep some thumbnails, dropping the oldest where the file gets too large."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "INSERT OR REPLACE INTO thumbnail VALUES (?, unixepoch(), ?)", thumbnails.items()
            )
            self._bytes += sum(map(len, thumbnails.values()))
            if self._bytes > self._limit:
                self._shrink()
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def get(self, photo_id: int) -> bytes | None:
        """The JPEG of a photo's thumbnail, if it is there."""
        row = self._connection.execute(
            "SELECT jpeg FROM thumbnail WHERE photo_id = ?", (photo_id,)
        ).fetchone()
        return bytes(row[0]) if row else None

    def _shrink(self) -> None:
        """Down to nine tenths of the limit, so that it is not done again at once."""
        self._connection.execute(
            """
            DELETE FROM thumbnail WHERE photo_id IN (
                SELECT photo_id FROM (
                    SELECT photo_id, SUM(LENGTH(jpeg)) OVER (
                        ORDER BY used DESC, photo_id DESC
                    ) AS so_far FROM thumbnail
                ) WHERE so_far > ?
            )
            """,
            (self._limit * 9 // 10,),
        )
        total = self._connection.execute("SELECT TOTAL(LENGTH(jpeg)) FROM thumbnail").fetchone()
        self._bytes = int(total[0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
