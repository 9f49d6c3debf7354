"""Other words for tags: found by completion and search, exported in keyword lists."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.tag import Tag, fold
from app.library.store import Store


class Synonyms(Store):
    """The table of synonyms."""

    def set_synonyms(self, tag: Tag, names: Iterable[str]) -> None:
        """Replace the other words for a tag.

        Spaces around and inside names are tidied; empty ones, the tag's own name and words that
        differ only in case are left out.
        """
        tidy = (" ".join(name.split()) for name in names)
        by_key = {key: name for name in tidy if (key := fold(name)) and key != fold(tag.name)}
        with self.transaction():
            tag_id = self._tag_id(tag)
            self._execute("DELETE FROM synonym WHERE tag_id = ?", (tag_id,))
            self._execute_many(
                "INSERT INTO synonym (tag_id, name, key) VALUES (?, ?, ?)",
                [(tag_id, name, key) for key, name in by_key.items()],
            )

    def synonyms_of(self, tag: Tag) -> tuple[str, ...]:
        """The other words for a tag, in the order of the alphabet."""
        rows = self._execute(
            "SELECT name FROM synonym JOIN tag ON tag.id = tag_id WHERE tag.key = ?"
            " ORDER BY synonym.key",
            (tag.key_text,),
        )
        return tuple(name for (name,) in rows)

    def all_synonyms(self) -> dict[Tag, tuple[str, ...]]:
        """The other words for every tag that has any, in the order of the alphabet."""
        found: dict[Tag, list[str]] = {}
        for path, name in self._execute(
            "SELECT tag.path, name FROM synonym JOIN tag ON tag.id = tag_id ORDER BY synonym.key"
        ):
            found.setdefault(Tag.parse(path), []).append(name)
        return {tag: tuple(names) for tag, names in found.items()}
