"""What of a network's word is doubted: its suggestions that are less certain than it says.

Another network's suggestions, at photos of which the turn has not come yet, stay as they are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.learned import IS_LEARNED
from app.library.scanning import OFFERED
from app.library.store import Store


class DoubtTable(Store):
    """Questions and changes of who doubts."""

    def doubted_tags(self, network: str) -> set[Tag]:
        """The tags of which some suggestion is less certain than its source says.

        Args:
            network: key of the one that has suggested them.
        """
        rows = self._execute(
            "SELECT DISTINCT path FROM suggestion JOIN tag ON tag.id = tag_id"
            " WHERE said IS NOT NULL AND model = ?",
            (network,),
        )
        return {Tag.parse(row[0]) for row in rows}

    def offered_by(self, network: str, tag: Tag) -> NDArray[np.void]:
        """The suggestions of a tag by a network, of `OFFERED`, as that has said."""
        rows = self._execute(
            "SELECT photo_id, tag_id, COALESCE(said, score), priority, COALESCE(said, score)"
            " FROM suggestion WHERE tag_id = (SELECT id FROM tag WHERE key = ?) AND model = ?"
            f" AND NOT ({IS_LEARNED})",
            (tag.key_text, network),
        )
        return np.fromiter(rows, OFFERED)

    def save_doubted(self, network: str, tag: Tag, doubted: NDArray[np.void]) -> set[PhotoId]:
        """Change how certain it is what a network suggests of a tag.

        Args:
            network: its key.
            doubted: of `OFFERED`; what is no less certain than its own is as it was.

        Returns:
            The photos of which the suggestions are others now.
        """
        with self.transaction():
            tag_id = self._tag_id(tag)
            before = {
                int(photo): float(score)
                for photo, score in self._execute(
                    "SELECT photo_id, score FROM suggestion"
                    f" WHERE tag_id = ? AND model = ? AND NOT ({IS_LEARNED})",
                    (tag_id, network),
                )
            }
            changed = [
                (score, own if score < own else None, photo, tag_id, network, own)
                for photo, score, own in zip(
                    *(doubted[name].tolist() for name in ("photo", "score", "own")), strict=True
                )
                if before.get(photo, score) != score
            ]
            self._execute_many(
                # A photo that was looked at meanwhile may have another.
                "UPDATE suggestion SET score = ?, said = ? WHERE photo_id = ?"
                " AND tag_id = ? AND model = ? AND COALESCE(said, score) = ?"
                f" AND NOT ({IS_LEARNED})",
                changed,
            )
            photos = {each[2] for each in changed}
            self.refresh_many(photos)
        return photos
