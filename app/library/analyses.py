"""What networks said about photos: class scores in the database, embeddings beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.confidence import KEPT_SCORE
from app.core.errors import LibraryError
from app.core.photo import PhotoId
from app.library.database import EMBEDDINGS
from app.library.embeddings import SUFFIX, EmbeddingFile
from app.library.store import Store


@dataclass(frozen=True, slots=True)
class Analysis:
    """A network's answer to one photo.

    Attributes:
        embedding: shape (embedding_size,), joined over the crops, `app.core.embedding.powered`.
        scores: class probabilities of shape (classes,), joined over the crops.
        crops: what was asked for, 1 or 3.
    """

    embedding: NDArray[np.float32]
    scores: NDArray[np.float32]
    crops: int


class AnalysisTable(Store):
    """The answers of networks."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._embedding_files: dict[str, EmbeddingFile] = {}

    def close(self) -> None:
        """Close the database and the embeddings."""
        for file in self._embedding_files.values():
            file.close()
        super().close()

    def save_analysis(self, photo_id: PhotoId, model: str, analysis: Analysis, run_id: int) -> None:
        """Keep a network's answer; `model` is its key."""
        (kept,) = np.nonzero(analysis.scores >= KEPT_SCORE)
        with self.transaction():
            row = self._new_row(model, len(analysis.embedding))
            self.embedding_file(model, len(analysis.embedding)).write(row, analysis.embedding)
            self._execute(
                "INSERT OR REPLACE INTO analysis VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    photo_id,
                    model,
                    analysis.crops,
                    row,
                    kept.astype("<u2").tobytes(),
                    analysis.scores[kept].astype("<f4").tobytes(),
                    run_id,
                ),
            )

    def analysis(self, photo_id: PhotoId, model: str, crops: int, classes: int) -> Analysis | None:
        """A network's kept answer, if it was asked with as many crops.

        Scores under `KEPT_SCORE` come back as 0.
        """
        row = self._execute(
            """
            SELECT embedding_row, size, classes, scores FROM analysis JOIN embedding_file
            USING (model) WHERE photo_id = ? AND model = ? AND crops = ?
            """,
            (photo_id, model, crops),
        ).fetchone()
        if row is None:
            return None
        embedding = self.embedding_file(model, row[1]).read(row[0])
        if embedding is None:
            return None
        scores = np.zeros(classes, dtype=np.float32)
        scores[np.frombuffer(row[2], dtype="<u2")] = np.frombuffer(row[3], dtype="<f4")
        return Analysis(embedding, scores, crops)

    def forget_analyses(self, photo_id: PhotoId) -> None:
        """Drop what networks said about a photo whose picture is another now."""
        self._execute("DELETE FROM analysis WHERE photo_id = ?", (photo_id,))
        self.refresh(photo_id)

    def embedding_file(self, model: str, size: int) -> EmbeddingFile:
        """The embeddings of a model, by its key. It belongs to the library, which closes it."""
        if model not in self._embedding_files:
            name = "".join(c if c.isalnum() or c in "-_.@" else "_" for c in model)
            path = self.folder / EMBEDDINGS / f"{name}{SUFFIX}"
            self._embedding_files[model] = EmbeddingFile(path, size)
        return self._embedding_files[model]

    def _new_row(self, model: str, size: int) -> int:
        row = self._execute(
            """
            INSERT INTO embedding_file (model, size, next_row) VALUES (?, ?, 1)
            ON CONFLICT (model) DO UPDATE SET next_row = next_row + 1
            RETURNING next_row - 1, size
            """,
            (model, size),
        ).fetchone()
        if row[1] != size:
            raise LibraryError(self.path, f"{model} has embeddings of {row[1]} values, not {size}")
        return int(row[0])
