"""Embeddings as a version before left them."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.core.embedding import powered
from app.core.errors import LibraryError
from app.library.database import EMBEDDINGS, connect
from app.library.library import DATABASE, Analysis, Library

MODEL, SIZE = "net@1", 24
GIVEN = np.maximum(np.random.default_rng(1).standard_normal((40, SIZE)), 0).astype(np.float16)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library with embeddings as the network gave them, under the name that they had."""
    with Library(tmp_path) as library:
        run = library.start_run(MODEL, "{}")
        for n, row in enumerate(GIVEN):
            photo = library.save_photo(Path(f"/p/{n}"), size=1, mtime_ns=1, content_hash=b"%d" % n)
            said = Analysis(row.astype(np.float32), np.ones(3, np.float32) / 3, 1)
            library.save_analysis(photo, MODEL, said, run)
        new = library.embedding_file(MODEL, SIZE).path
    new.rename(new.with_suffix(".f16"))
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / EMBEDDINGS).iterdir())


def check(folder: Path) -> None:
    with Library(folder) as library:
        matrix = library.embedding_file(MODEL, SIZE).matrix()
        np.testing.assert_array_equal(matrix, powered(GIVEN).astype(np.float16))
        kept = library.analysis(1, MODEL, 1, 3)
        assert kept is not None
        np.testing.assert_array_equal(kept.embedding, matrix[0])
    assert files(folder) == ["net@1.p16"]


def test_they_are_converted_once(old: Path) -> None:
    check(old)
    check(old)


def test_a_crash_on_the_way_is_made_good(old: Path) -> None:
    folder = old / EMBEDDINGS
    (folder / "net@1.p16").write_bytes(b"\1" * 100)  # made before the old one was taken away
    (folder / ".net@1.p16.tmp").write_bytes(b"\1" * 5000)
    check(old)


def test_half_a_row_at_the_end_does_no_harm(old: Path) -> None:
    with open(old / EMBEDDINGS / "net@1.f16", "ab") as file:
        file.write(b"\1\1\1")
    check(old)


def test_who_comes_at_the_same_time_waits(old: Path) -> None:
    failed: list[Exception] = []

    def work() -> None:
        try:
            check(old)
        except (LibraryError, OSError, AssertionError) as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_what_cannot_be_converted_is_said(old: Path) -> None:
    (old / EMBEDDINGS / "other@1.f16").mkdir()
    with pytest.raises(LibraryError, match="other@1"):
        connect(old / DATABASE)
    (old / EMBEDDINGS / "other@1.f16").rmdir()
    with closing(connect(old / DATABASE)) as connection:
        assert not connection.in_transaction
    check(old)
