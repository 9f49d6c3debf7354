"""What is asked before learned tags are suggested to all photos: what is known of many at once."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.browsing import PHOTO_MASK, TAG_BITS
from app.library.learned import IS_LEARNED, STEPS
from app.library.store import Store

#: Rows of photo and what is said about it there: a decision's verdict is 1 for confirmed; a
#: suggestion's own score is its source's, where its score is less.
SAID = np.dtype([("photo", np.int64), ("tag", np.int64), ("confirmed", np.bool_)])
OFFERED = np.dtype(
    [
        ("photo", np.int64), ("tag", np.int64), ("score", np.float64), ("priority", np.int64),
        ("own", np.float64),
    ]
)  # fmt: skip
LEARNED_SCORE = np.dtype([("photo", np.int64), ("tag", np.int64), ("score", np.float64)])


class ScanTable(Store):
    """Questions of who scores all photos."""

    def tag_ids(self) -> dict[Tag, int]:
        """The number of every tag that was ever used."""
        rows = self._execute("SELECT path, id FROM tag").fetchall()
        return {Tag.parse(path): int(tag_id) for path, tag_id in rows}

    def said_about(
        self, tags: Iterable[int], photos: NDArray[np.int64] | None = None
    ) -> NDArray[np.void]:
        """The decisions about some tags, of `SAID`.

        Args:
            photos: only about these.
        """
        rows = self._execute(
            f"SELECT photo_id, tag_id, verdict = 'confirmed' FROM {_source('decision', photos)}"
            " WHERE tag_id IN (SELECT value FROM json_each(?))",
            _values(photos, tags),
        )
        return np.fromiter(rows, SAID)

    def offered(
        self, network: str, tags: Iterable[int], photos: NDArray[np.int64] | None = None
    ) -> NDArray[np.void]:
        """The suggestions of some tags by a network, of `OFFERED`.

        Args:
            network: its key. What a former one has suggested and written says nothing to this one.
            photos: only to these.
        """
        if photos is None:
            # First which ones, from the index alone: most may be learned.
            source = (
                "suggestion AS some CROSS JOIN suggestion AS s ON s.photo_id = some.photo_id"
                " AND s.tag_id = some.tag_id AND s.source = some.source"
            )
        else:
            source = "json_each(?) AS each CROSS JOIN suggestion AS some ON photo_id = each.value"
        s = "s" if photos is None else "some"
        rows = self._execute(
            f"SELECT {s}.photo_id, {s}.tag_id, {s}.score, {s}.priority,"
            f" COALESCE({s}.said, {s}.score) FROM {source}"
            " WHERE some.tag_id IN (SELECT value FROM json_each(?))"
            " AND NOT (some.source >= 'learned:' AND some.source < 'learned;')"
            f" AND ({s}.model = ?)",
            [*_values(photos, tags), network],
        )
        return np.fromiter(rows, OFFERED)

    def learned_scores(
        self, tags: Iterable[int], photos: NDArray[np.int64] | None = None
    ) -> NDArray[np.void]:
        """The learned suggestions of some tags, of `LEARNED_SCORE`.

        Args:
            photos: only to these.
        """
        # As two texts: row by row it takes four times as long, most of it in Python.
        places, scores = self._execute(
            f"SELECT group_concat(tag_id << {TAG_BITS} | photo_id),"
            f" group_concat(CAST(score * {STEPS} + 0.5 AS INTEGER))"
            f" FROM {_source('suggestion', photos)}"
            f" WHERE tag_id IN (SELECT value FROM json_each(?)) AND {IS_LEARNED}",
            _values(photos, tags),
        ).fetchone()
        numbers = np.fromstring(places or "", dtype=np.int64, sep=",")
        found = np.empty(len(numbers), LEARNED_SCORE)
        found["tag"], found["photo"] = numbers >> TAG_BITS, numbers & PHOTO_MASK
        found["score"] = np.fromstring(scores or "", dtype=np.int64, sep=",") / STEPS
        return found

    def embedding_rows(self, model: str, first: int = 0) -> list[tuple[PhotoId, int]]:
        """The photos with embeddings in rows of a model from `first` on."""
        # As a rule there are none, and to look through all photos takes longer.
        row = self._execute(
            "SELECT next_row FROM embedding_file WHERE model = ?", (model,)
        ).fetchone()
        if row is None or row[0] <= first:
            return []
        return self._execute(
            "SELECT photo_id, embedding_row FROM analysis WHERE model = ? AND embedding_row >= ?"
            " ORDER BY photo_id",
            (model, first),
        ).fetchall()

    def embedding_row(self, photo: PhotoId, model: str) -> int | None:
        """The row of a photo's embedding."""
        row = self._execute(
            "SELECT embedding_row FROM analysis WHERE photo_id = ? AND model = ?", (photo, model)
        ).fetchone()
        return int(row[0]) if row else None


def _source(table: str, photos: NDArray[np.int64] | None) -> str:
    """A table, looked up photo by photo where there are not too many of them."""
    return (
        table
        if photos is None
        else f"json_each(?) AS each CROSS JOIN {table} ON photo_id = each.value"
    )


def _values(photos: NDArray[np.int64] | None, tags: Iterable[int]) -> list[str]:
    some = [] if photos is None else [json.dumps(photos.tolist())]
    return [*some, json.dumps(list(tags))]
