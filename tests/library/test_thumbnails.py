"""The thumbnail cache."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.library.thumbnails import ThumbnailCache


def test_thumbnails_come_back(tmp_path: Path) -> None:
    with closing(ThumbnailCache(tmp_path / "c" / "t.db")) as cache:
        cache.put({1: b"one", 2: b"two"})
        cache.put({1: b"uno"})
    with closing(ThumbnailCache(tmp_path / "c" / "t.db")) as again:
        assert (again.get(1), again.get(2), again.get(3)) == (b"uno", b"two", None)


def test_it_stays_within_its_limit_and_drops_the_oldest(tmp_path: Path) -> None:
    with closing(ThumbnailCache(tmp_path / "t.db", limit=1000)) as cache:
        for n in range(50):
            cache.put({n: bytes(100)})
        kept = [n for n in range(50) if cache.get(n) is not None]
    assert 5 <= len(kept) <= 10
    assert kept == list(range(kept[0], 50))


def test_a_damaged_cache_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "t.db").write_bytes(b"no database" * 100)
    with closing(ThumbnailCache(tmp_path / "t.db")) as cache:
        cache.put({1: b"one"})
        assert cache.get(1) == b"one"


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    with closing(ThumbnailCache(tmp_path / "in the way" / "t.db")) as cache:
        cache.put({1: b"one"})
        assert cache.get(1) == b"one"
