"""Which photos have an embedding, and where."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.library.analyses import AnalysisTable


@dataclass(frozen=True, slots=True)
class Embedded:
    """The photos that a network has looked at, in the order of their rows.

    Attributes:
        ids: shape (photos,), int64.
        rows: shape (photos,), int64: the rows of `matrix` that are theirs.
        matrix: shape (rows, size), float16, mapped from the disk and not read.
    """

    ids: NDArray[np.int64]
    rows: NDArray[np.int64]
    matrix: NDArray[np.float16]


class SimilarTable(AnalysisTable):
    """Questions about embeddings."""

    def embedded(self, model: str) -> Embedded:
        """The photos that are there and have an embedding of a model."""
        row = self._execute("SELECT size FROM embedding_file WHERE model = ?", (model,)).fetchone()
        if row is None:
            none = np.empty(0, np.int64)
            return Embedded(none, none, np.empty((0, 1), np.float16))
        matrix = self.embedding_file(model, row[0]).matrix()
        cursor = self._execute(
            "SELECT photo_id, embedding_row FROM analysis JOIN photo ON photo.id = photo_id"
            " WHERE model = ? AND NOT gone",
            (model,),
        )
        pairs = np.fromiter(chain.from_iterable(cursor), np.int64).reshape(-1, 2)
        pairs = pairs[np.argsort(pairs[:, 1])]
        pairs = pairs[pairs[:, 1] < len(matrix)]  # a crash may have kept some from the disk
        return Embedded(pairs[:, 0], pairs[:, 1], matrix)

    def looks(self, photo_ids: NDArray[np.int64]) -> dict[PhotoId, tuple[bytes, float | None]]:
        """The content hash and the aspect (width / height) of photos, as far as they are known."""
        wanted = set(photo_ids.tolist())
        rows = self._execute("SELECT id, content_hash, width, height FROM photo WHERE NOT gone")
        return {
            photo_id: (content, width / height if width and height else None)
            for photo_id, content, width, height in rows
            if photo_id in wanted
        }
