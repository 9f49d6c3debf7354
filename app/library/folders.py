"""Which folders photos are in."""

from __future__ import annotations

import os
from pathlib import Path

from app.core.database import loaded_path, stored_path
from app.library.store import Store


class FolderTable(Store):
    """Questions about folders, answered by an index, not by looking at each photo."""

    def known_folders(self, below: Path | None = None) -> list[Path]:
        """The folders that have photos which are there, in the order of the alphabet.

        Args:
            below: only this one and those under it.
        """
        if below is None:
            return self._folders("", chr(0x10FFFF))
        text = stored_path(below)
        inside = text.rstrip(os.sep) + os.sep
        return [
            *self._folders(text, f"{text}\0"),
            *self._folders(inside, inside[:-1] + chr(ord(os.sep) + 1)),
        ]

    def named_folders(self) -> list[tuple[str, str]]:
        """Every folder that has photos, as it is stored, and the part of its path that counts.

        That is the name of the folder that the user has added, and what is below: what is above
        is the same for all.
        """
        rows = self._execute("SELECT path FROM root")
        roots = sorted((f"{path.rstrip(os.sep)}{os.sep}" for (path,) in rows), key=len)
        named = []
        for folder in map(stored_path, self.known_folders()):
            root = next((each for each in roots if f"{folder}{os.sep}".startswith(each)), "")
            named.append((folder, str(loaded_path(folder[root[:-1].rfind(os.sep) + 1 :]))))
        return named

    def _folders(self, first: str, end: str) -> list[Path]:
        """The folders from one up to (and without) another."""
        # From each folder to the next by the index: a million photos are not gone through.
        rows = self._execute(
            """
            WITH RECURSIVE found (folder) AS (
                SELECT (
                    SELECT folder FROM photo WHERE NOT gone AND folder >= ?1 AND folder < ?2
                    ORDER BY folder LIMIT 1
                )
                UNION ALL
                SELECT (
                    SELECT folder FROM photo
                    WHERE NOT gone AND folder > found.folder AND folder < ?2
                    ORDER BY folder LIMIT 1
                ) FROM found WHERE found.folder IS NOT NULL
            )
            SELECT folder FROM found WHERE folder IS NOT NULL
            """,
            (first, end),
        )
        return [loaded_path(folder) for (folder,) in rows]
