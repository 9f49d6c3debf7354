"""Opening the library's SQLite file and bringing it to the newest schema."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from app.core.errors import LibraryError

_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(path: Path) -> sqlite3.Connection:
    """Open (or make) the database and migrate it.

    WAL lets readers go on while one writes; with it, `synchronous=NORMAL` loses at most the
    last commits when the power fails, never the file.

    Raises:
        LibraryError: not a database, not writable, or made by a newer version.
    """
    connection: sqlite3.Connection | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Transactions are explicit: isolation_level=None keeps the module from opening its own.
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        use_wal(connection)
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        _migrate(path, connection)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error | OSError):
            raise LibraryError(path, f"the library cannot be opened: {error}") from error
        raise
    return connection


def use_wal(connection: sqlite3.Connection, patience: float = 30) -> None:
    """Switch a database to write-ahead logging; the file remembers it.

    While another process or thread switches the same new file, SQLite refuses at once instead
    of waiting for its timeout, so this waits: up to `patience` seconds.

    Raises:
        sqlite3.Error: it cannot be switched.
    """
    end = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)


def _migrate(path: Path, connection: sqlite3.Connection) -> None:
    steps = sorted(_MIGRATIONS.glob("[0-9]*.sql"))
    newest = int(steps[-1].name[:4])
    if _version(connection) == newest:
        return
    # Locked before the version is read again, so that of two starting processes one migrates.
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)
        if version > newest:
            raise LibraryError(path, "this library was made by a newer version of Tagwright")
        for step in steps[version:]:
            for statement in _statements(step.read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version={newest}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit between them."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements
