"""What was learned with one network, and then with another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.core.tag import Suggestion, Tag
from app.library.learned import LearnedTag, in_parts
from app.library.library import Analysis, Library

REX = Tag(("Rex",))
BEFORE, NOW = "old@1", "new@1"


def told(*photos: int) -> LearnedTag:
    ids = np.array(photos, np.int64)
    return LearnedTag("learned:3", ids, np.full(len(ids), 0.7), np.zeros(len(ids), np.int64))


def test_a_network_takes_the_place_of_another_where_it_has_looked(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        run = library.start_run(NOW, "{}")
        photos = []
        for n in range(4):
            photos.append(
                library.save_photo(Path(f"/p/{n}"), size=1, mtime_ns=1, content_hash=b"%d" % n)
            )
            for model in (BEFORE, NOW) if n < 3 else (BEFORE,):
                said = Analysis(np.ones(4, np.float32), np.ones(2, np.float32) / 2, 1)
                library.save_analysis(photos[n], model, said, run)
        library.save_learned(f"{BEFORE}+svm", {REX: told(*photos)})
        # The first says so too, the second and third no longer; at the last it did not look yet.
        changed = library.save_learned(f"{NOW}+svm", {REX: told(photos[0])})
        assert changed == set(photos[:3])
        rows = library._execute("SELECT photo_id, model FROM suggestion").fetchall()
        assert dict(rows) == {photos[0]: f"{NOW}+svm", photos[3]: f"{BEFORE}+svm"}
        assert library.save_learned(f"{NOW}+svm", {REX: None}) == {photos[0]}
        rows = library._execute("SELECT photo_id FROM suggestion").fetchall()
        assert rows == [(photos[3],)]


def rows_of(library: Library) -> set[tuple[int, str, str, float, int]]:
    return set(
        library._execute(
            "SELECT photo_id, path, source, score, priority FROM suggestion"
            " JOIN tag ON tag.id = tag_id"
        ).fetchall()
    )


def learned_of(library: Library) -> set[tuple[int, str, str, float, int]]:
    return {row for row in rows_of(library) if row[2].startswith("learned:")}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Six photos that the network has looked at."""
    with Library(tmp_path) as opened:
        run = opened.start_run(NOW, "{}")
        for n in range(6):
            photo = opened.save_photo(Path(f"/p/{n}"), size=1, mtime_ns=1, content_hash=b"%d" % n)
            said = Analysis(np.ones(4, np.float32), np.ones(2, np.float32) / 2, 1)
            opened.save_analysis(photo, NOW, said, run)
        opened.save_suggestions(1, NOW, [Suggestion(REX, 0.123456789, "net", 4)], run)
        yield opened


def all_of(source: str, *said: tuple[int, float, int]) -> LearnedTag:
    photos, scores, priorities = zip(*said, strict=True)
    return LearnedTag(source, np.array(photos), np.array(scores), np.array(priorities))


def test_only_what_differs_is_changed(library: Library) -> None:
    before = all_of("learned:3", (1, 0.7, 10), (2, 0.6, 10), (3, 0.45, 0), (4, 0.9, -5))
    assert library.save_learned(NOW, {REX: before}) == {1, 2, 3, 4}
    assert library.save_learned(NOW, {REX: before}) == set()
    # One as it was, one with another score, one with another priority, one gone, one new.
    after = all_of("learned:3", (1, 0.7, 10), (2, 0.5999, 10), (3, 0.45, 7), (5, 0.5, 10))
    assert library.save_learned(NOW, {REX: after}) == {2, 3, 4, 5}
    own = (1, "Rex", "net", 0.123456789, 4)
    told = {(1, 0.7, 10), (2, 0.5999, 10), (3, 0.45, 7), (5, 0.5, 10)}
    learned = {(photo, "Rex", "learned:3", score, first) for photo, score, first in told}
    assert rows_of(library) == learned | {own}
    certainties = dict(library._execute("SELECT id, certainty FROM photo").fetchall())
    assert certainties == {1: 0.7, 2: 0.5999, 3: 0.45, 4: None, 5: 0.5, 6: None}
    # Of one example more each of them is told anew.
    again = LearnedTag("learned:4", after.photos, after.scores, after.priorities)
    assert library.save_learned(NOW, {REX: again}) == {1, 2, 3, 5}
    assert library.save_learned(NOW, {REX: None}) == {1, 2, 3, 5}
    assert rows_of(library) == {own}


def test_what_was_decided_meanwhile_and_who_is_gone_are_left_out(library: Library) -> None:
    library.decide(2, [REX], "rejected")
    told = all_of("learned:3", (2, 0.7, 10), (3, 0.7, 10), (99, 0.7, 10))
    assert library.save_learned(NOW, {REX: told}) == {3}
    assert {row[0] for row in rows_of(library) if row[2] == "learned:3"} == {3}


def test_what_is_suggested_is_asked_for_many_at_once(library: Library) -> None:
    max_ = Tag(("Max",))
    scores = np.arange(1, 7) * 1111
    library.save_learned(
        NOW,
        {
            tag: all_of("learned:3", *((n + 1, int(scores[n]) / 10_000, 10) for n in range(6)))
            for tag in (REX, max_)
        },
    )
    ids = library.tag_ids()
    every = {(photo, ids[tag], int(scores[photo - 1]) / 10_000)
             for photo in range(1, 7) for tag in (REX, max_)}  # fmt: skip
    asked = [ids[REX], ids[max_]]
    assert set(library.learned_scores(asked).tolist()) == every
    some = np.array([2, 5])
    assert set(library.learned_scores(asked, some).tolist()) == {e for e in every if e[0] in (2, 5)}
    assert library.learned_scores([]).shape == (0,)
    own = [(1, ids[REX], 0.123456789, 4, 0.123456789)]
    assert library.offered(NOW, asked).tolist() == own
    assert library.offered(NOW, asked, np.array([1, 2])).tolist() == own
    assert library.offered(NOW, asked, some).tolist() == []
    assert library.offered(BEFORE, asked).tolist() == []
    assert library.offered(BEFORE, asked, np.array([1, 2])).tolist() == []


def test_a_tag_does_not_wait_for_a_large_one_after_it() -> None:
    small, large = told(1, 2), told(*range(9000))
    names = [Tag((name,)) for name in "abcde"]
    found = dict(zip(names, (small, None, large, small, None), strict=True))
    parts = list(in_parts(found))
    assert [list(part) for part in parts] == [names[:2], names[2:3], names[3:]]
    assert {tag: part[tag] for part in parts for tag in part} == found
    assert list(in_parts({})) == [{}]


def test_what_stands_in_a_photo_is_seen_until_somebody_decides(library: Library) -> None:
    run = library.start_run(NOW, "{}")
    written, only_said = 1, 2
    library.save_learned(NOW, {REX: told(written, only_said)})
    library.save_written(written, [REX], "embedded", run)
    kept = {(written, "Rex", "learned:3", 0.7, 0)}
    assert library.save_learned(NOW, {REX: None}) == {only_said}
    assert learned_of(library) == kept
    library.save_learned_of(NOW, {written: ()})
    library.drop_learned()
    assert learned_of(library) == kept
    # It is told anew, by another network as well.
    library.save_learned(NOW, {REX: all_of("learned:4", (written, 0.9, 0))})
    assert learned_of(library) == {(written, "Rex", "learned:4", 0.9, 0)}
    library.save_learned_of(NOW, {written: (Suggestion(REX, 0.8, "learned:5"),)})
    assert learned_of(library) == {(written, "Rex", "learned:5", 0.8, 0)}
    library.save_learned(f"{NOW}+svm", {REX: all_of("learned:6", (written, 0.6, 0))})
    assert learned_of(library) == {(written, "Rex", "learned:6", 0.6, 0)}
    library.decide(written, [REX], "rejected")
    library.save_learned(f"{NOW}+svm", {REX: None})
    assert learned_of(library) == set()
