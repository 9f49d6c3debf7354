"""Embeddings on disk: one matrix per model, scanned through a memory map.

Row i of `MODEL.p16` holds one photo's embedding, `app.core.embedding.powered`, as little-endian
float16; the catalogue knows which. A flat matrix is what a scan of the whole library wants:
measured over 50,000 rows of 1,280 values (two cores, times three tags), 0.26 s, against 0.45 s for
the same rows as SQLite blobs. float32 took 0.17 s but twice the disk: a million photos are 2.6 GB
here, 5.1 GB there. Half precision changes a cosine by less than 0.001.

A row counts only once the catalogue has it, so a crash leaves at most rows that nobody uses.
"""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.embedding import powered
from app.core.errors import LibraryError

#: What the files' names end in; before, when they held what networks gave, it was `_OLD_SUFFIX`.
SUFFIX, _OLD_SUFFIX = ".p16", ".f16"
_DTYPE = np.dtype("<f2")
#: Values that are converted at a time.
_AT_ONCE = 1 << 22


class EmbeddingFile:
    """The embeddings of one model.

    Args:
        path: the matrix file; it is made at the first write.
        size: values per embedding.
    """

    def __init__(self, path: Path, size: int) -> None:
        self.path = path
        self.size = size
        self._row_bytes = size * _DTYPE.itemsize
        self._file: FileIO | None = None

    def write(self, row: int, embedding: NDArray[np.floating]) -> None:
        """Put an embedding of shape (size,) into a row.

        Raises:
            LibraryError: it could not be written, as on a full disk.
        """
        content = np.ascontiguousarray(embedding, dtype=_DTYPE).tobytes()
        if len(content) != self._row_bytes:
            raise ValueError(f"an embedding of {embedding.shape} does not fit {self.size} values")
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                descriptor = os.open(
                    self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644
                )
                self._file = os.fdopen(descriptor, "r+b", buffering=0)
            self._file.seek(row * self._row_bytes)
            written = self._file.write(content)
        except OSError as error:
            raise LibraryError(self.path, error.strerror or str(error)) from error
        if written != self._row_bytes:
            raise LibraryError(self.path, "the disk is full")

    def close(self) -> None:
        """Close the file, if it was written to."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def read(self, row: int) -> NDArray[np.float32] | None:
        """The embedding of a row, shape (size,), or None where a crash kept it from the disk."""
        matrix = self.matrix()
        if row >= len(matrix) or not matrix[row].any():
            return None
        return np.asarray(matrix[row], dtype=np.float32)

    def matrix(self, known: NDArray[np.float16] | None = None) -> NDArray[np.float16]:
        """All rows, shape (rows, size), mapped and not read. Unused rows are all zero.

        Args:
            known: what this gave before; it is given back if there are no more rows by now.
                Mapping a file anew costs as much as half a scan of it.
        """
        rows = self.path.stat().st_size // self._row_bytes if self.path.exists() else 0
        if known is not None and len(known) == rows:
            return known
        if not rows:
            return np.empty((0, self.size), dtype=_DTYPE)
        return np.memmap(self.path, dtype=_DTYPE, mode="r", shape=(rows, self.size))


def has_old_files(folder: Path) -> bool:
    """Whether a folder holds embeddings as a version before this one has left them."""
    return any(folder.glob(f"*{_OLD_SUFFIX}"))


def convert_old_files(folder: Path) -> None:
    """Bring the embeddings in a folder to the form of this version; nobody else may use them.

    What a crash leaves is converted once more: nothing is written to a new file while there is the
    old one.

    Raises:
        LibraryError: the disk is full, or the files cannot be used.
    """
    for old in sorted(folder.glob(f"*{_OLD_SUFFIX}")):
        new = old.with_suffix(SUFFIX)
        beside = new.with_name(f".{new.name}.tmp")
        try:
            with open(old, "rb") as source, open(beside, "wb") as target:
                while len(block := source.read(_AT_ONCE * _DTYPE.itemsize)) >= _DTYPE.itemsize:
                    whole = len(block) // _DTYPE.itemsize * _DTYPE.itemsize
                    values = np.frombuffer(block[:whole], dtype=_DTYPE)
                    target.write(powered(values).astype(_DTYPE).tobytes())
                target.flush()
                os.fsync(target.fileno())
            os.replace(beside, new)
            old.unlink()
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise LibraryError(old, error.strerror or str(error)) from error
