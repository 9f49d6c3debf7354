"""The photos that the library knows, as they were last seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.core.database import loaded_path, stored_path
from app.core.photo import PhotoId
from app.library.store import Store

#: Begins the name of a photo that another one has taken the path of.
_DISPLACED = ".tagwright-"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as the library last saw it."""

    id: PhotoId
    path: Path
    size: int
    mtime_ns: int
    content_hash: bytes
    applied: str | None
    error: str | None
    beside: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the library knows of a file, for who looks through a folder.

    Attributes:
        gone, queued: 1 or 0.
    """

    id: PhotoId
    size: int
    mtime_ns: int
    applied: str | None
    beside: str | None
    error: str | None
    gone: int
    queued: int


class PhotoTable(Store):
    """The table of photos."""

    def by_path(self, path: Path) -> Photo | None:
        """The photo that the library knows at a path."""
        return next(self._photos("path = ?", stored_path(path)), None)

    def by_id(self, photo_id: PhotoId) -> Photo | None:
        """The photo with an id."""
        return next(self._photos("id = ?", photo_id), None)

    def by_content(self, content_hash: bytes) -> list[Photo]:
        """The photos that have this content, in the order in which they came."""
        return list(self._photos("content_hash = ?", content_hash))

    def paths_of(self, photo_ids: Iterable[PhotoId]) -> dict[PhotoId, Path]:
        """Where some photos are, as far as the library knows them."""
        rows = self._execute(
            "SELECT id, path FROM photo WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([int(photo) for photo in photo_ids]),),
        )
        return {int(photo_id): loaded_path(path) for photo_id, path in rows}

    def photos(self) -> Iterator[Photo]:
        """All photos that are there, in the order in which they came."""
        return self._photos("gone = ?", 0)

    def _photos(self, where: str, value: object) -> Iterator[Photo]:
        rows = self._execute(
            "SELECT id, path, size, mtime_ns, content_hash, applied, error, beside FROM photo"
            f" WHERE {where} ORDER BY id",
            (value,),
        )
        for photo_id, path, *rest in rows:
            yield Photo(photo_id, loaded_path(path), *rest)

    def save_photo(
        self,
        path: Path,
        *,
        size: int,
        mtime_ns: int,
        content_hash: bytes,
        photo_id: PhotoId | None = None,
        pixels: tuple[int, int] | None = None,
    ) -> PhotoId:
        """Add a photo, or say what is now at its path.

        Args:
            path: where it is now.
            photo_id: of a photo that was elsewhere before and has moved here.
            pixels: width and height, upright.
        """
        width, height = pixels or (None, None)
        with self.transaction():
            if photo_id is not None:
                self.displace(path, photo_id)
                self._execute(
                    "UPDATE photo SET path = ? WHERE id = ?", (stored_path(path), photo_id)
                )
            row = self._execute(
                """
                INSERT INTO photo (path, folder, size, mtime_ns, content_hash, width, height)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (path) DO UPDATE SET
                    folder = excluded.folder, gone = 0,
                    size = excluded.size, mtime_ns = excluded.mtime_ns,
                    content_hash = excluded.content_hash, error = NULL, applied = NULL,
                    width = COALESCE(excluded.width, width),
                    height = COALESCE(excluded.height, height)
                RETURNING id
                """,
                (
                    stored_path(path),
                    stored_path(path.parent),
                    size,
                    mtime_ns,
                    content_hash,
                    width,
                    height,
                ),
            ).fetchone()
            self.refresh(int(row[0]))
        return int(row[0])

    def displace(self, path: Path, but: PhotoId = 0) -> None:
        """Free a path; the photo that was there keeps its history, in case it turns up again."""
        # One that was only noted has no history.
        self._execute(
            """
            DELETE FROM photo WHERE path = ? AND id <> ? AND content_hash = x''
            AND NOT EXISTS (SELECT 1 FROM decision WHERE photo_id = photo.id)
            """,
            (stored_path(path), but),
        )
        # A path below a file, where nothing can be.
        self._execute(
            f"UPDATE photo SET path = path || '/{_DISPLACED}' || id, gone = 1, queued = 0"
            " WHERE path = ? AND id <> ?",
            (stored_path(path), but),
        )

    def save_rewritten(
        self, photo_id: PhotoId, *, size: int, mtime_ns: int, content_hash: bytes
    ) -> None:
        """Note that this program has changed a photo, and what it is now."""
        self._execute(
            """
            UPDATE photo SET size = ?, mtime_ns = ?, content_hash = ? WHERE id = ?
            """,
            (size, mtime_ns, content_hash, photo_id),
        )

    def save_sidecars(self, photo_id: PhotoId, beside: str, applied: str | None) -> None:
        """Note the sidecars that a photo has now, and (see `ask_again`) that all is written."""
        self._execute(
            "UPDATE photo SET beside = ?, applied = ? WHERE id = ?", (beside, applied, photo_id)
        )

    def mark_applied(self, photo_id: PhotoId, fingerprint: str, beside: str) -> None:
        """Note with which settings, and which sidecars, a photo's tags are up to date."""
        self._execute(
            "UPDATE photo SET applied = ?, beside = ?, error = NULL, queued = 0 WHERE id = ?",
            (fingerprint, beside, photo_id),
        )
        self.refresh(photo_id)

    def ask_again(self, photo_id: PhotoId) -> str | None:
        """Note that something is left to be written into a photo when it is tagged next.

        Returns:
            The fingerprint of the settings that its tags were up to date with.
        """
        with self.transaction():
            row = self._execute("SELECT applied FROM photo WHERE id = ?", (photo_id,)).fetchone()
            self._execute("UPDATE photo SET applied = NULL WHERE id = ?", (photo_id,))
        return None if row is None else row[0]

    def mark_failed(
        self, photo_id: PhotoId, reason: str, fingerprint: str | None, beside: str | None = None
    ) -> None:
        """Note why a photo could not be tagged; without a fingerprint it is tried again."""
        self._execute(
            "UPDATE photo SET error = ?, applied = ?, beside = ?, queued = 0 WHERE id = ?",
            (reason, fingerprint, beside, photo_id),
        )
        self.refresh(photo_id)

    def save_facts(
        self, photo_id: PhotoId, taken: datetime | None, camera: str, rating: int | None
    ) -> None:
        """Note when and with what a photo was taken, and its stars."""
        moment = taken.isoformat(timespec="seconds") if taken else None
        self._execute(
            "UPDATE photo SET taken = ?, camera = ?, rating = ? WHERE id = ?",
            (moment, camera or None, rating, photo_id),
        )

    # What is to be done

    def in_folder(self, folder: Path) -> dict[str, Known]:
        """The photos that the library knows in a folder, also those that are gone, by name."""
        # Two questions, because each of the two indexes has half of the photos.
        rows = [
            row
            for where in ("NOT gone", "gone")
            for row in self._execute(
                "SELECT id, path, size, mtime_ns, applied, beside, error, gone, queued FROM photo"
                f" WHERE {where} AND folder = ? AND path NOT GLOB ?",
                (stored_path(folder), f"*/{_DISPLACED}*"),
            )
        ]
        return {loaded_path(path).name: Known(photo_id, *rest) for photo_id, path, *rest in rows}

    def register(self, path: Path, size: int, mtime_ns: int) -> PhotoId:
        """Note that a photo is there and is to be looked at. What is known of it stays.

        A new one has an empty content hash until it is looked at.
        """
        row = self._execute(
            """
            INSERT INTO photo (path, folder, size, mtime_ns, content_hash, queued)
            VALUES (?, ?, ?, ?, x'', 1)
            ON CONFLICT (path) DO UPDATE SET gone = 0, queued = 1 RETURNING id
            """,
            (stored_path(path), stored_path(path.parent), size, mtime_ns),
        ).fetchone()
        return int(row[0])

    def queue(self, photo_ids: Iterable[PhotoId], *, again: bool = False) -> None:
        """Note that photos are to be looked at.

        Args:
            again: also those that are up to date, or have failed.
        """
        forget = ", applied = NULL" if again else ""
        with self.transaction():
            self._execute_many(
                f"UPDATE photo SET queued = 1{forget} WHERE id = ?", ((i,) for i in photo_ids)
            )

    def unqueue(self, photo_ids: Iterable[PhotoId] | None = None) -> None:
        """Note that photos are not to be looked at: some, or (None) all."""
        with self.transaction():
            if photo_ids is None:
                self._execute("UPDATE photo SET queued = 0 WHERE queued")
            else:
                self._execute_many(
                    "UPDATE photo SET queued = 0 WHERE id = ?", ((i,) for i in photo_ids)
                )

    def queued(self) -> list[PhotoId]:
        """The photos that are still to be looked at, in the order in which they came."""
        rows = self._execute("SELECT id FROM photo WHERE queued AND NOT gone ORDER BY id")
        return [int(row[0]) for row in rows]

    def outdated(self, fingerprint: str) -> list[tuple[PhotoId, Path]]:
        """The photos that were looked at under other settings, and do not wait already."""
        rows = self._execute(
            "SELECT id, path FROM photo WHERE NOT gone AND NOT queued AND error IS NULL"
            " AND applied IS NOT ? AND EXISTS (SELECT 1 FROM analysis WHERE photo_id = photo.id)"
            " ORDER BY id",
            (fingerprint,),
        )
        return [(int(photo_id), loaded_path(path)) for photo_id, path in rows]

    def looked_at(self, photo_ids: Iterable[PhotoId]) -> set[PhotoId]:
        """Those of some photos that a network has looked at before."""
        rows = self._execute(
            "SELECT DISTINCT photo_id FROM analysis"
            " WHERE photo_id IN (SELECT value FROM json_each(?))",
            (json.dumps([int(photo_id) for photo_id in photo_ids]),),
        )
        return {int(row[0]) for row in rows}

    def mark_gone(self, photo_ids: Iterable[PhotoId], gone: bool = True) -> None:
        """Note that there is no file any more at the paths of some photos, or that there is."""
        with self.transaction():
            self._execute_many(
                "UPDATE photo SET gone = ?, queued = queued AND NOT ? WHERE id = ?",
                ((gone, gone, photo_id) for photo_id in photo_ids),
            )

    # Folders that are watched

    def add_root(self, path: Path) -> None:
        """Remember a folder (or file) that the user has added."""
        self._execute("INSERT OR IGNORE INTO root (path) VALUES (?)", (stored_path(path),))

    def remove_root(self, path: Path) -> None:
        """Forget a folder that the user has added; its photos stay known."""
        self._execute("DELETE FROM root WHERE path = ?", (stored_path(path),))

    def roots(self) -> list[Path]:
        """The folders and files that the user has added, the last one first."""
        rows = self._execute("SELECT path FROM root ORDER BY added_at DESC, rowid DESC")
        return [loaded_path(row[0]) for row in rows]
