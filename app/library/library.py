"""The catalogue: which photos there are, what was said about them, decided and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from app.core.database import loaded_path, stored_path
from app.core.errors import LibraryError
from app.core.tag import Suggestion, Tag
from app.library.database import connect
from app.library.embeddings import EmbeddingFile

#: Class scores under this are not kept, and count as none: 1,000 classes have a long tail.
KEPT_SCORE = 0.001
DATABASE = "library.db"
#: Begins the name of a photo that another one has taken the path of.
_DISPLACED = ".tagwright-"

PhotoId = int
Verdict = Literal["confirmed", "rejected"]


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
class Analysis:
    """A network's answer to one photo.

    Attributes:
        embedding: shape (embedding_size,), joined over the crops.
        scores: class probabilities of shape (classes,), joined over the crops.
        crops: what was asked for, 1 or 3.
    """

    embedding: NDArray[np.float32]
    scores: NDArray[np.float32]
    crops: int


class Library:
    """The library in one folder. An instance belongs to the thread that made it.

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
        self._embedding_files: dict[str, EmbeddingFile] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and the embeddings."""
        for file in self._embedding_files.values():
            file.close()
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

    def _execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise LibraryError(self.path, str(error)) from error

    def _execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise LibraryError(self.path, str(error)) from error

    # Runs

    def start_run(self, model: str, settings: str, key: str = "") -> int:
        """Note that tagging starts with a model (its key) and settings (JSON).

        Args:
            key: id of the same run in the journal.
        """
        with self.transaction():
            cursor = self._execute(
                "INSERT INTO run (model, settings, key) VALUES (?, ?, ?)", (model, settings, key)
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def finish_run(self, run_id: int) -> None:
        """Note that a run came to its end."""
        with self.transaction():
            self._execute(
                "UPDATE run SET finished_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?",
                (run_id,),
            )

    # Photos

    def by_path(self, path: Path) -> Photo | None:
        """The photo that the library knows at a path."""
        return next(self._photos("path = ?", stored_path(path)), None)

    def by_id(self, photo_id: PhotoId) -> Photo | None:
        """The photo with an id."""
        return next(self._photos("id = ?", photo_id), None)

    def by_content(self, content_hash: bytes) -> list[Photo]:
        """The photos that have this content, in the order in which they came."""
        return list(self._photos("content_hash = ?", content_hash))

    def photos(self) -> Iterator[Photo]:
        """All photos that have a place, in the order in which they came."""
        for photo in self._photos("id > ?", 0):
            if not photo.path.name.startswith(_DISPLACED):
                yield photo

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
                INSERT INTO photo (path, size, mtime_ns, content_hash, width, height)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (path) DO UPDATE SET
                    size = excluded.size, mtime_ns = excluded.mtime_ns,
                    content_hash = excluded.content_hash, error = NULL, applied = NULL,
                    width = COALESCE(excluded.width, width),
                    height = COALESCE(excluded.height, height)
                RETURNING id
                """,
                (stored_path(path), size, mtime_ns, content_hash, width, height),
            ).fetchone()
        return int(row[0])

    def displace(self, path: Path, but: PhotoId = 0) -> None:
        """Free a path; the photo that was there keeps its history, in case it turns up again."""
        # A path below a file, where nothing can be.
        self._execute(
            f"UPDATE photo SET path = path || '/{_DISPLACED}' || id WHERE path = ? AND id <> ?",
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

    def save_sidecars(self, photo_id: PhotoId, beside: str) -> None:
        """Note the sidecars that a photo has now."""
        self._execute("UPDATE photo SET beside = ? WHERE id = ?", (beside, photo_id))

    def mark_applied(self, photo_id: PhotoId, fingerprint: str, beside: str) -> None:
        """Note with which settings, and which sidecars, a photo's tags are up to date."""
        self._execute(
            "UPDATE photo SET applied = ?, beside = ?, error = NULL WHERE id = ?",
            (fingerprint, beside, photo_id),
        )

    def ask_again(self, photo_id: PhotoId) -> None:
        """Note that something is left to be written into a photo when it is tagged next."""
        self._execute("UPDATE photo SET applied = NULL WHERE id = ?", (photo_id,))

    def mark_failed(
        self, photo_id: PhotoId, reason: str, fingerprint: str | None, beside: str | None = None
    ) -> None:
        """Note why a photo could not be tagged; without a fingerprint it is tried again."""
        self._execute(
            "UPDATE photo SET error = ?, applied = ?, beside = ? WHERE id = ?",
            (reason, fingerprint, beside, photo_id),
        )

    # What the network said

    def save_analysis(self, photo_id: PhotoId, model: str, analysis: Analysis, run_id: int) -> None:
        """Keep a network's answer; `model` is its key."""
        (kept,) = np.nonzero(analysis.scores >= KEPT_SCORE)
        with self.transaction():
            row = self._new_row(model, len(analysis.embedding))
            self.embedding_file(model, len(analysis.embedding)).write(row, analysis.embedding)
            self._execute(
                "INSERT OR REPLACE INTO analysis VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    photo_id,
                    model,
                    analysis.crops,
                    row,
                    kept.astype("<u2").tobytes(),
                    analysis.scores[kept].astype("<f4").tobytes(),
                    run_id,
                ),
            )

    def analysis(self, photo_id: PhotoId, model: str, crops: int, classes: int) -> Analysis | None:
        """A network's kept answer, if it was asked with as many crops.

        Scores under `KEPT_SCORE` come back as 0.
        """
        row = self._execute(
            """
            SELECT embedding_row, size, classes, scores FROM analysis JOIN embedding_file
            USING (model) WHERE photo_id = ? AND model = ? AND crops = ?
            """,
            (photo_id, model, crops),
        ).fetchone()
        if row is None:
            return None
        embedding = self.embedding_file(model, row[1]).read(row[0])
        if embedding is None:
            return None
        scores = np.zeros(classes, dtype=np.float32)
        scores[np.frombuffer(row[2], dtype="<u2")] = np.frombuffer(row[3], dtype="<f4")
        return Analysis(embedding, scores, crops)

    def forget_analyses(self, photo_id: PhotoId) -> None:
        """Drop what networks said about a photo whose picture is another now."""
        self._execute("DELETE FROM analysis WHERE photo_id = ?", (photo_id,))

    def embedding_file(self, model: str, size: int) -> EmbeddingFile:
        """The embeddings of a model, by its key. It belongs to the library, which closes it."""
        if model not in self._embedding_files:
            name = "".join(c if c.isalnum() or c in "-_.@" else "_" for c in model)
            path = self.folder / "embeddings" / f"{name}.f16"
            self._embedding_files[model] = EmbeddingFile(path, size)
        return self._embedding_files[model]

    def _new_row(self, model: str, size: int) -> int:
        row = self._execute(
            """
            INSERT INTO embedding_file (model, size, next_row) VALUES (?, ?, 1)
            ON CONFLICT (model) DO UPDATE SET next_row = next_row + 1
            RETURNING next_row - 1, size
            """,
            (model, size),
        ).fetchone()
        if row[1] != size:
            raise LibraryError(self.path, f"{model} has embeddings of {row[1]} values, not {size}")
        return int(row[0])

    # Tags

    def save_suggestions(
        self, photo_id: PhotoId, model: str, suggestions: Iterable[Suggestion], run_id: int
    ) -> None:
        """Replace what is suggested for a photo."""
        with self.transaction():
            self._execute("DELETE FROM suggestion WHERE photo_id = ?", (photo_id,))
            self._execute_many(
                "INSERT INTO suggestion VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (photo_id, self._tag_id(s.tag), s.source, s.score, s.priority, model, run_id)
                    for s in suggestions
                ],
            )

    def drop_suggestions(self, photo_id: PhotoId, tags: Iterable[Tag]) -> None:
        """Suggest some tags no longer."""
        with self.transaction():
            self._execute_many(
                "DELETE FROM suggestion WHERE photo_id = ? AND tag_id = ?",
                [(photo_id, self._tag_id(tag)) for tag in tags],
            )

    def suggestions(self, photo_id: PhotoId) -> tuple[Suggestion, ...]:
        """What is suggested for a photo, best first."""
        rows = self._execute(
            """
            SELECT tag.path, score, source, priority FROM suggestion JOIN tag ON tag.id = tag_id
            WHERE photo_id = ? ORDER BY priority DESC, score DESC
            """,
            (photo_id,),
        )
        return tuple(Suggestion(Tag.parse(path), *rest) for path, *rest in rows)

    def decide(
        self,
        photo_id: PhotoId,
        tags: Iterable[Tag],
        verdict: Verdict,
        *,
        found_in_file: bool = False,
    ) -> None:
        """Keep what the user decided about some tags of a photo, here or in another program."""
        with self.transaction():
            self._execute_many(
                "INSERT OR REPLACE INTO decision (photo_id, tag_id, verdict, found_in_file)"
                " VALUES (?, ?, ?, ?)",
                [(photo_id, self._tag_id(tag), verdict, found_in_file) for tag in tags],
            )

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

    def forget_written(self, photo_id: PhotoId, tags: Iterable[Tag]) -> None:
        """Note that tags of this program are in the photo no longer."""
        with self.transaction():
            self._execute_many(
                "DELETE FROM written WHERE photo_id = ? AND tag_id = ?",
                [(photo_id, self._tag_id(tag)) for tag in tags],
            )

    def _tag_id(self, tag: Tag) -> int:
        known = self._tag_ids.get(tag)
        if known is None:
            # The update changes nothing, but makes RETURNING give the row that is there.
            row = self._execute(
                "INSERT INTO tag (path, key) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET key = key RETURNING id",
                (str(tag), "/".join(tag.key)),
            ).fetchone()
            known = self._tag_ids[tag] = int(row[0])
        return known

    def counts(self) -> dict[str, int]:
        """How much is in the library, by table."""
        tables = ("photo", "analysis", "suggestion", "tag", "decision", "written", "run")
        return {
            table: int(self._execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])
            for table in tables
        }

    def take_back(self, photo_id: PhotoId, tags: Iterable[Tag]) -> None:
        """Note that tags of this program were reverted, which says nothing about them.

        The photo is looked at anew when somebody asks for it to be tagged.
        """
        with self.transaction():
            self.forget_written(photo_id, tags)
            self._execute("UPDATE photo SET applied = NULL WHERE id = ?", (photo_id,))
