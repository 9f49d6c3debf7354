"""Opening the library's SQLite file, and bringing all that is kept to the newest form."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.core import database
from app.core.errors import LibraryError
from app.library.embeddings import convert_old_files, has_old_files

#: The folder of embeddings beside the database.
EMBEDDINGS = "embeddings"
_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(path: Path) -> sqlite3.Connection:
    """Open (or make) the library's database and migrate it.

    Raises:
        LibraryError: not a database, not writable, made by a newer version, or embeddings beside
            it that cannot be brought to this one's form.
    """
    connection = database.connect(path, _MIGRATIONS)
    folder = path.parent / EMBEDDINGS
    if has_old_files(folder):
        try:
            # Of two that open the library, one converts them, and the other one waits.
            connection.execute("BEGIN IMMEDIATE")
            convert_old_files(folder)
            connection.execute("COMMIT")
        except BaseException as error:
            connection.close()
            if isinstance(error, sqlite3.Error):
                raise LibraryError(path, str(error)) from error
            raise
    return connection
