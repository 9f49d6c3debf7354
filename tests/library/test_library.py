"""The catalogue on a real SQLite file."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.core.change import Edit
from app.core.errors import LibraryError
from app.core.tag import Suggestion, Tag
from app.library.database import connect
from app.library.library import DATABASE, Analysis, Library

CAT, DOG = Tag(("Animal", "Cat")), Tag(("Animal", "Dog"))
MODEL = "net@1"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data") as opened:
        yield opened


def add(library: Library, path: str = "/p/a.jpg", content: bytes = b"h1", **more: object) -> int:
    return library.save_photo(Path(path), size=10, mtime_ns=20, content_hash=content, **more)  # type: ignore[arg-type]


def analysis(seed: int = 0, size: int = 8, classes: int = 6) -> Analysis:
    random = np.random.default_rng(seed)
    scores = np.zeros(classes, np.float32)
    scores[:3] = random.dirichlet([1, 1, 1])
    return Analysis(random.random(size, np.float32), scores, 3)


def test_a_photo_is_found_by_path_and_by_content(library: Library) -> None:
    photo_id = add(library)
    photo = library.by_path(Path("/p/a.jpg"))
    assert photo is not None and photo.id == photo_id
    assert (photo.size, photo.mtime_ns, photo.content_hash) == (10, 20, b"h1")
    assert [p.id for p in library.by_content(b"h1")] == [photo_id]
    assert library.by_path(Path("/p/b.jpg")) is None


def test_a_moved_photo_keeps_its_id_and_history(library: Library) -> None:
    run = library.start_run(MODEL, "{}")
    photo_id = add(library)
    library.decide(photo_id, [CAT], "rejected")
    library.save_written(photo_id, [DOG], "embedded", run)
    in_the_way = add(library, "/p/b.jpg", b"h2")
    assert add(library, "/p/b.jpg", b"h1", photo_id=photo_id) == photo_id
    assert library.by_path(Path("/p/a.jpg")) is None
    assert library.decided(photo_id, "rejected") == {CAT}
    assert library.written(photo_id) == {DOG: "embedded"}
    # What was there before is kept aside: it may turn up again elsewhere.
    moved = library.by_path(Path("/p/b.jpg"))
    aside = library.by_id(in_the_way)
    assert moved is not None
    assert moved.id == photo_id
    assert aside is not None
    assert aside.path not in (Path("/p/a.jpg"), Path("/p/b.jpg"))


def test_a_name_that_is_no_text_comes_back(library: Library) -> None:
    path = Path(os.fsdecode(b"/p/caf\xe9 \xf0\x9f\x98\xba.jpg"))
    add(library, str(path))
    photo = library.by_path(path)
    assert photo is not None
    assert os.fsencode(photo.path) == b"/p/caf\xe9 \xf0\x9f\x98\xba.jpg"


def test_an_id_never_comes_back(library: Library) -> None:
    first = add(library)
    second = add(library, "/p/b.jpg", b"h1", photo_id=first)
    assert add(library, "/p/c.jpg", b"h3") > second


def test_analyses_come_back(library: Library) -> None:
    run, photo_id, said = library.start_run(MODEL, "{}"), add(library), analysis()
    library.save_analysis(photo_id, MODEL, said, run)
    back = library.analysis(photo_id, MODEL, 3, 6)
    assert back is not None
    np.testing.assert_allclose(back.embedding, said.embedding, rtol=1e-3)
    np.testing.assert_allclose(back.scores, said.scores)
    assert library.analysis(photo_id, MODEL, 1, 6) is None, "asked with another number of crops"
    assert library.analysis(photo_id, "other@1", 3, 6) is None


def test_an_embedding_that_a_crash_kept_from_the_disk_does_not_count(library: Library) -> None:
    run, photo_id = library.start_run(MODEL, "{}"), add(library)
    library.save_analysis(photo_id, MODEL, analysis(), run)
    path = library.embedding_file(MODEL, 8).path
    path.write_bytes(bytes(path.stat().st_size))
    assert library.analysis(photo_id, MODEL, 3, 6) is None
    path.write_bytes(b"")
    assert library.analysis(photo_id, MODEL, 3, 6) is None


def test_all_embeddings_are_one_matrix(library: Library) -> None:
    run = library.start_run(MODEL, "{}")
    for n in range(5):
        photo_id = add(library, f"/p/{n}.jpg", b"%d" % n)
        library.save_analysis(photo_id, MODEL, analysis(n), run)
    matrix = library.embedding_file(MODEL, 8).matrix()
    assert matrix.shape == (5, 8) and matrix.dtype == np.float16
    np.testing.assert_allclose(matrix[3], analysis(3).embedding, rtol=1e-3)


def test_embeddings_are_mapped_anew_only_when_there_are_more(library: Library) -> None:
    run, file = library.start_run(MODEL, "{}"), library.embedding_file(MODEL, 8)
    library.save_analysis(add(library), MODEL, analysis(1), run)
    first = file.matrix()
    assert file.matrix(first) is first
    library.save_analysis(add(library, "/p/2.jpg", b"2"), MODEL, analysis(2), run)
    both = file.matrix(first)
    np.testing.assert_array_equal(both[:1], first)
    np.testing.assert_allclose(both[1], analysis(2).embedding, rtol=1e-3)


def test_two_writers_never_share_a_row(tmp_path: Path) -> None:
    def work(name: str) -> None:
        with Library(tmp_path / "data") as library:
            run = library.start_run(MODEL, "{}")
            for n in range(30):
                photo_id = add(library, f"/{name}/{n}.jpg", f"{name}{n}".encode())
                library.save_analysis(photo_id, MODEL, analysis(n), run)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with closing(sqlite3.connect(tmp_path / "data" / DATABASE)) as connection:
        rows = connection.execute(
            "SELECT COUNT(*), COUNT(DISTINCT embedding_row), MAX(embedding_row) FROM analysis"
        )
        assert rows.fetchone() == (60, 60, 59)


def test_another_size_of_embedding_under_the_same_model_is_refused(library: Library) -> None:
    run, photo_id = library.start_run(MODEL, "{}"), add(library)
    library.save_analysis(photo_id, MODEL, analysis(), run)
    with pytest.raises(LibraryError, match="embeddings of 8 values, not 9"):
        library.save_analysis(photo_id, MODEL, analysis(size=9), run)


def test_suggestions_are_replaced_and_come_best_first(library: Library) -> None:
    run, photo_id = library.start_run(MODEL, "{}"), add(library)
    library.save_suggestions(photo_id, MODEL, [Suggestion(CAT, 0.9, "net")], run)
    new = [Suggestion(CAT, 0.4, "net", 0), Suggestion(DOG, 0.3, "net", 5)]
    library.save_suggestions(photo_id, MODEL, new, run)
    assert library.suggestions(photo_id) == (new[1], new[0])


def test_tags_that_differ_in_case_are_one(library: Library) -> None:
    photo_id = add(library)
    library.decide(photo_id, [CAT], "rejected")
    library.decide(photo_id, [Tag(("ANIMAL", "cat"))], "confirmed")
    assert library.decided(photo_id, "rejected") == frozenset()
    assert [str(tag) for tag in library.decided(photo_id, "confirmed")] == ["Animal/Cat"]
    assert library.counts()["tag"] == 1


def test_a_transaction_is_all_or_nothing(library: Library) -> None:

    def half_done() -> None:
        with library.transaction():
            library.decide(add(library), [CAT], "confirmed")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    assert library.counts()["photo"] == library.counts()["tag"] == 0
    # The id that the tag had inside is not remembered.
    library.decide(add(library), [CAT], "confirmed")
    assert library.counts()["tag"] == 1


def test_migrating_twice_at_the_same_time(tmp_path: Path) -> None:
    failed: list[LibraryError] = []

    def work() -> None:
        try:
            connect(tmp_path / "x.db").close()
        except LibraryError as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_library_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    connect(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    with pytest.raises(LibraryError, match="newer version"):
        connect(path)


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"hello, this is no database at all" * 100)
    with pytest.raises(LibraryError, match="cannot be opened"):
        Library(tmp_path)


def test_what_is_taken_back_after_the_settings_have_changed_is_looked_at_anew(
    library: Library,
) -> None:
    edit = Edit(reject=(CAT,))
    applied = {}
    for n, now in enumerate(("then", "since")):
        photo = library.save_photo(
            Path(f"/p/undone {n}.jpg"), size=1, mtime_ns=1, content_hash=b"u%d" % n
        )
        library.mark_applied(photo, "then", "")
        action = library.start_action("Reject", "key", [(photo, edit)])
        library.save_before(action, photo, edit)
        library.decide(photo, [CAT], "rejected")
        library.mark_applied(photo, now, "")
        library.restore(action, photo)
        assert not library.decided(photo, "rejected")
        known = library.by_id(photo)
        assert known is not None
        applied[now] = known.applied
    assert applied == {"then": "then", "since": None}
