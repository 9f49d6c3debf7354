"""Opening an SQLite file and bringing it to the newest schema; how paths are kept in one."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from app.core.errors import LibraryError

_TO_STORED = {0xDC00 + byte: 0x10FE00 + byte for byte in range(0x80, 0x100)}
_FROM_STORED = {stored: surrogate for surrogate, stored in _TO_STORED.items()}


def connect(path: Path, migrations: Path, name: str = "library") -> sqlite3.Connection:
    """Open (or make) a database and migrate it.

    WAL lets readers go on while one writes; with it, `synchronous=NORMAL` loses at most the
    last commits when the power fails, never the file.

    Args:
        path: the database; its folder is made when it is not there.
        migrations: the folder of its schema: files `0001_name.sql`, `0002_name.sql` and so on.
        name: what errors call it.

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
        _migrate(path, connection, migrations, name)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error | OSError):
            raise LibraryError(path, f"the {name} cannot be opened: {error}") from error
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


def stored_path(path: Path) -> str:
    """A path as a database holds it.

    File names on Linux may hold bytes that are not UTF-8; Python keeps them as lone surrogates,
    which SQLite refuses. They are moved to the end of the last private plane and back.
    """
    text = str(path)
    return text if text.isascii() else text.translate(_TO_STORED)


def loaded_path(stored: str) -> Path:
    """The path behind what `stored_path` made."""
    return Path(stored if stored.isascii() else stored.translate(_FROM_STORED))


def _migrate(path: Path, connection: sqlite3.Connection, migrations: Path, name: str) -> None:
    steps = sorted(migrations.glob("[0-9]*.sql"))
    newest = int(steps[-1].name[:4])
    if _version(connection) == newest:
        return
    # Locked before the version is read again, so that of two starting processes one migrates.
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)
        if version > newest:
            raise LibraryError(path, f"this {name} was made by a newer version of Tagwright")
        for step in steps[version:]:
            for statement in _statements(step.read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version={newest}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
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
