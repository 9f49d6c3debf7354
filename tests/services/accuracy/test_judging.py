"""Judging a head on what the user has confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.core.tag import Tag
from app.services.accuracy import judging
from app.services.accuracy.judging import LibraryFigures, judge_library
from app.services.accuracy.opening import with_paths
from app.services.tables import mistakes
from tests.services.test_teaching import ANIMAL, BOAT, CAT, DOG, SIZE, Bench

TREE = Tag(("Tree",))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "library")
    yield made
    made.library.close()


def judged(bench: Bench, **more: object) -> LibraryFigures:
    found = judge_library(bench.library, bench.teaching, SIZE, **more)  # type: ignore[arg-type]
    assert found is not None
    return found


def confirm(bench: Bench, kind: int, tag: Tag, count: int) -> list[int]:
    photos = bench.of(kind)[:count]
    for photo in photos:
        bench.library.decide(photo, [tag], "confirmed")
    return photos


def test_kinds_that_are_easily_told_apart(bench: Bench) -> None:
    for kind, tag in enumerate((CAT, DOG, BOAT)):
        confirm(bench, kind, tag, 15)
    steps: list[tuple[int, int]] = []
    found = judged(bench, progress=lambda *step: steps.append(step))
    figures = found.figures
    assert figures is not None
    assert figures.tags == (CAT, DOG, BOAT) and found.photos == found.confirmed == 45
    assert figures.top_k[1] >= 0.95
    assert all(each.average_precision > 0.95 and each.photos == 15 for each in figures.by_tag)
    assert figures.confusion.sum() == 45
    # Steps only go forward, and are never more than there are.
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert all(0 < done <= most for done, most in steps)
    assert [point.examples for point in found.curve] == [1, 3, 5, 10]
    assert found.curve[-1].mean >= 0.9


def test_a_photo_under_a_wrong_name_is_behind_a_cell(bench: Bench) -> None:
    confirm(bench, 0, CAT, 12)
    boats = confirm(bench, 1, BOAT, 12)
    odd = bench.of(1)[20]
    bench.library.decide(odd, [CAT], "confirmed")
    found = judged(bench)
    figures = found.figures
    assert figures is not None and figures.tags == (CAT, BOAT)
    assert figures.confusion.tolist() == [[12, 1], [0, 12]]
    assert found.photos_of(0, 1).tolist() == [odd]
    assert sorted(found.photos_of(1, 1).tolist()) == sorted(boats)
    named = with_paths(bench.library, found).figures
    assert named is not None
    path = str(bench.library.paths_of([odd])[odd])
    assert mistakes(["Cat", "Boat"], named.behind, named.paths) == [
        {"shows": "Cat", "taken_for": "Boat", "photos": [path]}
    ]


def test_a_photo_with_two_tags_gets_two_answers(bench: Bench) -> None:
    for kind, tag in ((0, CAT), (1, DOG), (2, BOAT)):
        for photo in confirm(bench, kind, tag, 10):
            bench.library.decide(photo, [TREE] if kind < 2 else [], "confirmed")
    found = judged(bench)
    figures = found.figures
    assert figures is not None and figures.tags == (CAT, DOG, BOAT, TREE)
    assert found.photos == 30
    assert len(found.behind) == figures.confusion.sum() == 50
    assert figures.confusion.sum(axis=1).tolist() == [10, 10, 10, 20]
    assert np.trace(figures.confusion) >= 46
    # No photo has just a tree, and so none can teach it alone.
    assert found.curve == ()


def test_what_stands_above_a_tag_is_no_mistake(bench: Bench) -> None:
    confirm(bench, 0, CAT, 10)
    confirm(bench, 1, ANIMAL, 10)
    confirm(bench, 2, BOAT, 10)
    figures = judged(bench).figures
    assert figures is not None and figures.tags == (ANIMAL, CAT, BOAT)
    # A cat is an animal, however certain that is.
    assert figures.by_tag[0].photos == 20
    assert figures.confusion[1, 0] == 0


def test_too_little_says_so_and_nothing_else(bench: Bench) -> None:
    found = judged(bench)
    assert (found.photos, found.confirmed, found.too_few) == (0, 0, {})
    assert found.figures is None and len(found.photos_of(0, 0)) == 0
    confirm(bench, 0, CAT, 30)
    confirm(bench, 1, DOG, 4)
    found = judged(bench)
    assert found.figures is None and found.too_few == {DOG: 4} and found.confirmed == 34
    confirm(bench, 1, DOG, 5)
    found = judged(bench)
    assert found.figures is not None and found.too_few == {}


def test_photos_that_cannot_be_judged_are_left_out(bench: Bench) -> None:
    confirm(bench, 0, CAT, 6)
    confirm(bench, 1, DOG, 6)
    unseen = bench.library.save_photo(
        Path("/photos/new.jpg"), size=1, mtime_ns=1, content_hash=b"new"
    )
    bench.library.decide(unseen, [CAT], "confirmed")
    bench.library.decide(bench.of(2)[0], [CAT], "rejected")
    gone = bench.of(0)[6]
    bench.library.decide(gone, [CAT], "confirmed")
    bench.library.mark_gone([gone])
    assert judged(bench).confirmed == 12


def test_of_very_many_photos_some_are_taken(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    confirm(bench, 0, CAT, 30)
    confirm(bench, 1, DOG, 30)
    monkeypatch.setattr(judging, "MOST", 40)
    first, again = judged(bench), judged(bench)
    assert (first.photos, first.confirmed) == (40, 60)
    assert first.behind.tolist() == again.behind.tolist()  # the same ones each time


def test_it_can_be_stopped(bench: Bench) -> None:
    confirm(bench, 0, CAT, 10)
    confirm(bench, 1, DOG, 10)
    steps: list[int] = []
    found = judge_library(
        bench.library, bench.teaching, SIZE,
        progress=lambda done, _: steps.append(done), stopped=lambda: len(steps) >= 2,
    )  # fmt: skip
    assert found is None and steps == [1, 2]


def test_it_can_be_stopped_within_a_step(bench: Bench) -> None:
    """Some kinds of heads train for minutes where there are many tags."""
    pytest.importorskip("sklearn")
    tags = (CAT, DOG, BOAT, TREE)
    for kind, tag in enumerate(tags):
        confirm(bench, kind, tag, 10)
    asked: list[int] = []
    steps: list[int] = []

    def stopped() -> bool:
        asked.append(len(steps))
        return False

    more = {"kind": "svm", "progress": lambda done, _: steps.append(done)}
    assert judged(bench, stopped=stopped, **more).photos == 40
    # Before each tag of each part, and after the parts.
    assert all(asked.count(step) >= len(tags) for step in range(1, 6))
    middle = asked.index(2) + 2
    asked.clear()
    steps.clear()
    found = judge_library(
        bench.library, bench.teaching, SIZE, "svm",
        progress=lambda done, _: steps.append(done),
        stopped=lambda: stopped() or len(asked) > middle,
    )  # fmt: skip
    assert found is None and len(asked) == middle + 1 and len(steps) == 2


def test_names_mean_nothing_where_kinds_look_the_same(bench: Bench) -> None:
    photos = bench.of(0)
    for number, photo in enumerate(photos):
        bench.library.decide(photo, [CAT if number % 2 else DOG], "confirmed")
    figures = judged(bench).figures
    assert figures is not None
    # Had it learned any photo by heart, it would find them all.
    assert 0.25 <= figures.top_k[1] <= 0.75
