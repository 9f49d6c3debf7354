"""The thumbnail cache."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
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


def test_what_is_used_stays(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    with closing(ThumbnailCache(file, limit=1000)) as cache:
        cache.put({n: bytes(100) for n in range(10)})
        age(file, days=3)
        assert cache.get(2) and cache.get(5)
        cache.flush()
        cache.put({20: bytes(100)})
        kept = set(cache.get_many(range(30)))
    assert {2, 5, 20} <= kept
    assert len(kept) <= 9


def age(file: Path, days: int) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE thumbnail SET used = used - ?", (days * 86400,))


def test_that_it_was_used_is_noted_when_it_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    with closing(ThumbnailCache(file)) as cache:
        cache.put({1: b"one", 2: b"two"})
    age(file, days=3)
    with closing(ThumbnailCache(file)) as cache:
        before = changes(file)
        for _ in range(100):
            assert cache.get(1) == b"one"
        assert changes(file) == before  # reading does not write
    with closing(sqlite3.connect(file)) as connection:
        (used,) = connection.execute(
            "SELECT photo_id FROM thumbnail WHERE used > unixepoch() - 3600"
        ).fetchall()
    assert used == (1,)


def changes(file: Path) -> list[tuple[int, int]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT photo_id, used FROM thumbnail ORDER BY 1").fetchall()


def test_it_belongs_to_one_library(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    with closing(ThumbnailCache(file, library="A")) as cache:
        cache.put({1: b"of A"})
    with closing(ThumbnailCache(file, library="A")) as cache:
        assert cache.get(1) == b"of A"
        with closing(ThumbnailCache(file, library="B")) as other:
            assert other.get(1) is None
            other.put({2: b"of B"})
            # Who still has it open for the first library sees and writes nothing any more.
            assert cache.get(2) is None
            cache.put({2: b"of A", 3: b"of A"})
            assert other.get_many([1, 2, 3]) == {2: b"of B"}


def test_of_which_library_a_cache_is_has_to_be_known(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    with closing(ThumbnailCache(file)) as cache:
        cache.put({1: b"whose?"})
    with closing(ThumbnailCache(file, library="A")) as cache:
        assert cache.get(1) is None


def test_the_layout_of_before_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "CREATE TABLE thumbnail (photo_id INTEGER PRIMARY KEY, used INTEGER, jpeg BLOB)"
        )
        connection.execute("INSERT INTO thumbnail VALUES (1, 1, x'00')")
    with closing(ThumbnailCache(file, library="A")) as cache:
        assert cache.get(1) is None
        cache.put({1: b"one"})
        assert cache.get(1) == b"one"


def test_thumbnails_can_be_dropped(tmp_path: Path) -> None:
    with closing(ThumbnailCache(tmp_path / "t.db", limit=1000)) as cache:
        cache.put({n: bytes(100) for n in range(10)})
        cache.drop([*range(8), 99])
        assert set(cache.get_many(range(10))) == {8, 9}
        cache.put({n: bytes(100) for n in range(20, 28)})  # the room is there again
        assert len(cache.get_many(range(30))) == 10


def test_a_smaller_limit_gives_room_back(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    with closing(ThumbnailCache(file)) as cache:
        cache.put({n: bytes(20_000) for n in range(100)})
        cache.set_limit(200_000)
        assert 5 <= len(cache.get_many(range(100))) <= 10
    assert file.stat().st_size < 500_000


def test_several_threads_count_together(tmp_path: Path) -> None:
    file = tmp_path / "t.db"

    def fill(start: int) -> None:
        with closing(ThumbnailCache(file, limit=10_000, library="A")) as cache:
            for n in range(start, start + 100):
                cache.put({n: bytes(100)})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, range(0, 400, 100)))
    with closing(ThumbnailCache(file, library="A")) as cache:
        assert 50 <= len(cache.get_many(range(400))) <= 100
    with closing(sqlite3.connect(file)) as connection:
        counted, there = connection.execute(
            "SELECT (SELECT bytes FROM cache), (SELECT TOTAL(LENGTH(jpeg)) FROM thumbnail)"
        ).fetchone()
    assert counted == there


def test_a_damaged_cache_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "t.db"
    file.write_bytes(b"no database" * 1000)
    with closing(ThumbnailCache(file)) as cache:
        cache.put({1: b"one"})
    with closing(ThumbnailCache(file)) as again:
        assert again.get(1) == b"one"
