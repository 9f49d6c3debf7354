"""How suggestions were answered, day by day: what an account of their accuracy is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.library.store import Store


@dataclass(frozen=True, slots=True)
class DayAnswers:
    """The answers of one day about one tag.

    Attributes:
        day: by the computer's clock and time zone.
        kept: photos for which the tag was suggested and confirmed.
        removed: photos for which it was suggested and rejected.
        added: photos that the user gave the tag without a suggestion.
        certainty: sum of the certainties of those that were suggested, as far as they are known.
        certain: of how many they are known.
    """

    tag: Tag
    day: date
    kept: int
    removed: int
    added: int
    certainty: float
    certain: int


class AnswerTable(Store):
    """Questions about answers."""

    def answers(self) -> list[DayAnswers]:
        """All answers by day and tag, the first day first.

        Tags that photos brought along, and decisions of which nobody knows how they came about,
        are no answers.
        """
        rows = self._execute(
            """
            SELECT tag_id, date(decided_at, 'localtime') AS day,
                SUM(offered AND verdict = 'confirmed'), SUM(offered AND verdict = 'rejected'),
                SUM(NOT offered), COALESCE(SUM(certainty), 0), COUNT(certainty)
            FROM decision
            WHERE offered OR (offered = 0 AND verdict = 'confirmed' AND NOT found_in_file)
            GROUP BY tag_id, day ORDER BY day, tag_id
            """
        ).fetchall()
        tags = self._answered_tags()
        return [DayAnswers(tags[tag], date.fromisoformat(day), *rest) for tag, day, *rest in rows]

    def answered_certainties(self) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """The certainties of answered suggestions, and which of them were kept; shape (answers,).

        Certainties that are not known any longer are left out.
        """
        rows = self._execute(
            "SELECT certainty, verdict = 'confirmed' FROM decision"
            " WHERE offered AND certainty IS NOT NULL"
        )
        found = np.fromiter(rows, [("certainty", np.float64), ("kept", np.bool_)])
        return found["certainty"], found["kept"]

    def waiting(self) -> dict[Tag, int]:
        """How many photos each tag is suggested for that nobody has answered."""
        rows = self._execute(
            """
            SELECT tag_id, COUNT(DISTINCT photo_id) FROM suggestion AS s
            WHERE NOT EXISTS (
                SELECT 1 FROM decision AS d WHERE d.photo_id = s.photo_id AND d.tag_id = s.tag_id
            ) AND NOT (SELECT gone FROM photo WHERE id = s.photo_id)
            GROUP BY tag_id
            """
        ).fetchall()
        tags = self._answered_tags()
        return {tags[tag]: int(count) for tag, count in rows}

    def last_decision(self) -> tuple[int, str]:
        """A mark that differs once something else is decided."""
        row = self._execute("SELECT COUNT(*), COALESCE(MAX(decided_at), '') FROM decision")
        count, last = row.fetchone()
        return int(count), str(last)

    def _answered_tags(self) -> dict[int, Tag]:
        rows = self._execute("SELECT id, path FROM tag")
        return {int(tag_id): Tag.parse(path) for tag_id, path in rows}
