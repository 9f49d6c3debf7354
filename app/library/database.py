"""Opening the library's SQLite file and bringing it to the newest schema."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.core import database

_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(path: Path) -> sqlite3.Connection:
    """Open (or make) the library's database and migrate it.

    Raises:
        LibraryError: not a database, not writable, or made by a newer version.
    """
    return database.connect(path, _MIGRATIONS)
