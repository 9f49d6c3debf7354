"""Questions for who reviews: what is open, how much an answer is worth, where embeddings are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.browsing import EVERYTHING, Condition
from app.library.store import Store

# Of each photo and tag that is still open what `Library.cards` shows: the suggestion with the
# highest priority, of those the surest. SQLite takes the other columns from the row of the MAX.
_OPEN = """
    SELECT s.photo_id, s.tag_id, s.score,
    s.source >= 'learned:' AND s.source < 'learned;' AS learned,
    MAX(s.priority * 2.0 + s.score) AS best
    FROM suggestion AS s JOIN photo ON photo.id = s.photo_id
    WHERE NOT photo.gone AND NOT EXISTS (
        SELECT 1 FROM decision AS d WHERE d.photo_id = s.photo_id AND d.tag_id = s.tag_id
    ) AND {where}
    GROUP BY s.photo_id, s.tag_id
"""


DOUBT = np.dtype([("photo", np.int64), ("worth", np.float64), ("open", np.float64)])
OPEN = np.dtype(
    [("photo", np.int64), ("tag", np.int64), ("score", np.float64), ("learned", np.bool_)]
)


def doubts(
    library: Store, condition: Condition = EVERYTHING, *, for_new_tags: float = 0.0
) -> NDArray[np.void]:
    """The photos with open suggestions, with what an answer is worth, highest first.

    That is the uncertainty of the most uncertain suggestion: 1 at a score of 0.5, 0 at 0 and 1.
    In `open` it is 1 for what was learned, however sure it seems: from few examples that says
    little.

    Args:
        for_new_tags: by which share the answer about a tag is worth more of which none is known.

    Returns:
        shape (photos,), of `DOUBT`.
    """
    # Joined here and not in SQL, which takes five times as long over a large library.
    found = _open(library, _on_photo(condition), condition.values)
    answers = np.zeros(int(found["tag"].max(initial=0)) + 1, np.int64)
    for tag, count in library._execute("SELECT tag_id, COUNT(*) FROM decision GROUP BY tag_id"):
        if tag < len(answers):
            answers[tag] = count
    worth = 1.0 - 2.0 * np.abs(found["score"] - 0.5)
    still_open = np.where(found["learned"], 1.0, worth)
    worth *= 1.0 + for_new_tags / (1.0 + answers[found["tag"]])
    # The rows of a photo follow each other.
    photos, first = np.unique(found["photo"], return_index=True)
    result = np.empty(len(photos), DOUBT)
    result["photo"] = photos
    for name, values in (("worth", worth), ("open", still_open)):
        result[name] = np.maximum.reduceat(values, first) if len(first) else 0.0
    return result[np.argsort(-result["worth"], kind="stable")]


def open_tags(
    library: Store, photos: Condition | Iterable[PhotoId] = EVERYTHING
) -> tuple[NDArray[np.void], dict[int, Tag]]:
    """Every suggestion that is neither accepted nor rejected, of some photos or of all.

    Returns:
        them, shape (suggestions,), of `OPEN`, and the tags by their numbers.
    """
    if isinstance(photos, Condition):
        where, values = _on_photo(photos), photos.values
    else:
        where = "s.photo_id IN (SELECT value FROM json_each(?))"
        values = (json.dumps([int(photo) for photo in photos]),)
    found = _open(library, where, values)
    names = library._execute(
        "SELECT id, path FROM tag WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(np.unique(found["tag"]).tolist()),),
    )
    return found, {number: Tag.parse(path) for number, path in names}


def embedding_rows(
    library: Store, photos: Sequence[PhotoId], model: str = ""
) -> tuple[str, int, dict[PhotoId, int]] | None:
    """Where the embeddings of some photos are.

    Args:
        model: whose; else, and where it has seen none of them, those of the model that has looked
            at most of them.

    Returns:
        the model's key, the size of its embeddings, and the rows by photo; None without any.
    """
    rows = library._execute(
        """
        SELECT model, size, photo_id, embedding_row FROM analysis JOIN embedding_file USING (model)
        WHERE photo_id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps([int(photo) for photo in photos]),),
    )
    models: dict[tuple[str, int], dict[PhotoId, int]] = {}
    for name, size, photo, row in rows:
        models.setdefault((name, size), {})[photo] = row
    if not models:
        return None
    (name, size), places = max(
        models.items(), key=lambda each: (each[0][0] == model, len(each[1]), each[0])
    )
    return name, size, places


def _open(library: Store, where: str, values: Sequence[object]) -> NDArray[np.void]:
    rows = library._execute(
        f"SELECT photo_id, tag_id, score, learned FROM ({_OPEN.format(where=where)})", values
    )
    found = np.fromiter(rows, OPEN)
    return found[np.argsort(found["photo"], kind="stable")]


def _on_photo(condition: Condition) -> str:
    """A condition on the table `photo`, where other tables have columns of the same names."""
    if condition.sql == "1":
        return "1"
    return f"photo.id IN (SELECT id FROM photo WHERE {condition.sql})"
