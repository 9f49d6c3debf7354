"""Searches that the user has given a name."""

from __future__ import annotations

from dataclasses import dataclass

from app.library.store import Store


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """One of them.

    Attributes:
        query: as it was typed, see `app.core.query`.
    """

    name: str
    query: str


class SavedSearchTable(Store):
    """The saved searches."""

    def saved_searches(self) -> list[SavedSearch]:
        """All of them, in the order of the alphabet."""
        rows = self._execute("SELECT name, query FROM saved_search").fetchall()
        return sorted((SavedSearch(*row) for row in rows), key=lambda s: s.name.casefold())

    def save_search(self, name: str, query: str) -> None:
        """Keep a search; one that has the name already becomes this one."""
        self._execute(
            "INSERT INTO saved_search (name, query) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET query = excluded.query",
            (name, query),
        )

    def rename_search(self, old: str, new: str) -> None:
        """Give a search another name; one that has that name already goes."""
        with self.transaction():
            if old != new:
                self._execute("DELETE FROM saved_search WHERE name = ?", (new,))
            self._execute("UPDATE saved_search SET name = ? WHERE name = ?", (new, old))

    def delete_search(self, name: str) -> None:
        """Forget a search."""
        self._execute("DELETE FROM saved_search WHERE name = ?", (name,))
