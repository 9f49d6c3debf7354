"""The words that people use for tags: what they said last, and other names."""

from __future__ import annotations

from collections import defaultdict

from app.core.tag import Tag
from app.library.store import Store


class Words(Store):
    """Questions about words; what changes them is elsewhere."""

    def synonyms(self) -> dict[Tag, tuple[str, ...]]:
        """Other names for tags, in the order of the alphabet."""
        found: dict[str, list[str]] = defaultdict(list)
        for path, name in self._execute(
            "SELECT path, name FROM synonym JOIN tag ON tag.id = tag_id"
            " ORDER BY tag.key, synonym.key"
        ):
            found[path].append(name)
        return {Tag.parse(path): tuple(names) for path, names in found.items()}

    def recent_tags(self, limit: int) -> list[Tag]:
        """The tags that the user has confirmed last, here and not in another program."""
        rows = self._execute(
            """
            SELECT path FROM decision JOIN tag ON tag.id = tag_id
            WHERE verdict = 'confirmed' AND NOT found_in_file
            GROUP BY tag_id ORDER BY MAX(decided_at) DESC, path LIMIT ?
            """,
            (limit,),
        )
        return [Tag.parse(path) for (path,) in rows]
