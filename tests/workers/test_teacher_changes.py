"""What was learned while the network or the way of learning changes: nothing of before is left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.change import Edit
from app.core.errors import LibraryError
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from app.services.teaching import Teaching
from app.workers.teacher import Teacher
from app.workers.writer import Writer
from tests.workers.test_teacher import (
    PHOTOS,
    REX,
    SETTINGS,
    TOM,
    Bench,
    Start,
    knows_rex,
    start,
    two_things,
)

__all__ = ["start", "two_things"]

LITE2 = replace(SETTINGS, model="efficientnet-lite2")


def knows(bench: Bench, head: str) -> None:
    """Wait until it has learned anew with another head."""
    said: list[bool] = []
    bench.session.learning_anew.connect(said.append)
    bench.session.learn(True, head)
    bench.qtbot.waitUntil(lambda: said == [True, False], timeout=60_000)
    bench.settle()


def test_a_photo_that_comes_later_is_told_by_the_head_in_use(
    start: Start, two_things: Path
) -> None:
    later = two_things.parent / "later.jpg"
    (two_things / "rex 7.jpg").rename(later)
    bench = start()
    bench.look_at(two_things, PHOTOS - 1)
    knows(bench, "svm")
    handle = bench.act([f"rex {n}.jpg" for n in range(5)], Edit(add=(REX,)))
    later.rename(two_things / "rex 7.jpg")
    bench.look_at(two_things, PHOTOS)
    assert "rex 7.jpg" in bench.with_tag(REX)
    assert bench.learned_with() == {"efficientnet-lite0@2+svm"}
    bench.undo(handle)
    assert not bench.with_tag(REX)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], bool]]:
    """What is waited for before what was learned is taken up."""
    conditions: list[Callable[[], bool]] = []
    real = Teaching.open

    def opened(
        self: Teaching, library: Library, stopped: Callable[[], bool] = lambda: False
    ) -> set[Tag] | None:
        while conditions and not conditions[0]() and not stopped():
            pass
        return real(self, library, stopped)

    monkeypatch.setattr(Teaching, "open", opened)
    return conditions


def all_applied(bench: Bench) -> bool:
    tagger = bench.session._looking.tagger
    if tagger is None or tagger.settings != bench.session.settings:
        return False
    with Library(bench.folders.data) as library:
        return not library.queued() and not library.outdated(tagger.fingerprint)


def test_photos_that_are_looked_at_before_it_has_learned_anew_are_told_all_the_same(
    start: Start, two_things: Path, slow: list[Callable[[], bool]]
) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    bench.act([f"rex {n}.jpg" for n in range(3)], Edit(add=(REX,)))
    # What only the first network would say.
    with Library(bench.folders.data) as library:
        moon = bench.ids()["other moon.jpg"]
        library._execute(
            "INSERT INTO suggestion (photo_id, tag_id, source, score, priority, model, run_id)"
            " SELECT ?, tag_id, source, score, priority, model, run_id FROM suggestion"
            " WHERE source LIKE 'learned:%' LIMIT 1",
            (moon,),
        )
    slow.append(lambda: all_applied(bench))
    bench.session.use(LITE2)
    bench.qtbot.waitUntil(lambda: all_applied(bench), timeout=60_000)
    bench.settle()
    by_other = bench.suggestions()
    assert bench.learned_with() == {"efficientnet-lite2@2"}
    assert "other moon.jpg" not in bench.with_tag(REX)
    bench.session.use(SETTINGS)
    bench.qtbot.waitUntil(lambda: all_applied(bench), timeout=60_000)
    bench.settle()
    assert bench.learned_with() == {"efficientnet-lite0@2"}
    assert "other moon.jpg" not in bench.with_tag(REX)
    # And as if it had learned first.
    before = bench.suggestions()
    slow.clear()
    bench.session.look_again(bench.ids().values())
    bench.qtbot.wait(300)
    bench.settle()
    assert bench.suggestions() == before != by_other
    bench.check_states()


@pytest.mark.parametrize("way", ["another head", "off"])
def test_undo_brings_nothing_back_that_another_way_of_learning_has_said(
    start: Start, two_things: Path, way: str
) -> None:
    bench = start()
    bench.look_at(two_things, PHOTOS)
    bench.act([f"rex {n}.jpg" for n in range(5)], Edit(add=(REX,)))
    assert "rex 6.jpg" in bench.with_tag(REX)
    handle = bench.act(["rex 6.jpg"], Edit(reject=(REX,)))
    if way == "off":
        bench.session.learn(False)
        bench.settle()
    else:
        knows(bench, "svm")
    bench.undo(handle)
    assert bench.learned_with() == (set() if way == "off" else {"efficientnet-lite0@2+svm"})
    if way == "off":
        assert not bench.with_tag(REX)
    bench.check_states()


def test_nothing_learned_from_what_was_undone_is_written(
    start: Start, two_things: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_learn = threading.Event()
    may_learn.set()
    real = Teaching.take

    def take(self: Teaching, library: Library, photos: Iterable[PhotoId]) -> set[Tag]:
        may_learn.wait(30)
        return real(self, library, photos)

    monkeypatch.setattr(Teaching, "take", take)
    bench = start(replace(SETTINGS, write_suggestions="sure"))
    bench.look_at(two_things, PHOTOS)
    cups = [f"rex {n}.jpg" for n in range(8)] + [f"tom {n}.jpg" for n in range(4)]
    handle = bench.act(cups, Edit(add=(REX,)))
    others = [two_things / f"tom {n}.jpg" for n in range(4, 8)]
    assert {path.name for path in others} <= bench.with_tag(REX)
    may_learn.clear()
    before = len(bench.acted)
    bench.session.undo(handle)
    bench.qtbot.waitUntil(lambda: len(bench.acted) > before, timeout=30_000)
    bench.session.look_again(bench.ids().values())
    bench.qtbot.wait(200)
    bench.qtbot.waitUntil(lambda: not bench.session.is_busy(), timeout=60_000)
    may_learn.set()
    bench.settle()
    # What was held back meanwhile is written with what is known now.
    bench.qtbot.waitUntil(lambda: all_applied(bench), timeout=60_000)
    bench.settle()
    assert not bench.with_tag(REX)
    assert not [path.name for path in two_things.iterdir() if REX in read_tags(path).tags]


def test_what_could_not_be_written_is_suggested_with_the_next_decision(
    start: Start, two_things: Path
) -> None:
    """The library refuses for a while, as on a full disk."""
    bench = start()
    bench.look_at(two_things, PHOTOS)
    with Library(bench.folders.data) as library:
        library._execute(
            "CREATE TRIGGER full BEFORE INSERT ON suggestion WHEN NEW.source LIKE 'learned:%'"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    ids = bench.ids()
    bench.session.act([(ids[f"rex {n}.jpg"], Edit(add=(REX,))) for n in range(3)], "Add")
    bench.qtbot.waitUntil(lambda: bool(bench.problems), timeout=30_000)
    bench.qtbot.waitUntil(lambda: not bench.session.is_learning(), timeout=30_000)
    assert "disk is full" in bench.problems[0]
    assert not bench.with_tag(REX)
    with Library(bench.folders.data) as library:
        library._execute("DROP TRIGGER full")
    bench.problems.clear()
    bench.act(["tom 0.jpg"], Edit(add=(TOM,)))
    assert knows_rex(bench, 3)


def test_nobody_waits_for_a_teacher_that_has_ended(tmp_path: Path, qtbot: QtBot) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "library.db").write_bytes(b"no database, but long enough to look like a file")
    said: list[BaseException] = []
    writer = Writer(data, tmp_path / "thumbnails.db", lambda _: None, said.append)
    teacher = Teacher(data, writer, lambda _: None, said.append, "nearest-mean")
    teacher.start()
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    teacher.rest()
    teacher.decided([1])
    assert isinstance(said[0], LibraryError) and not teacher.is_busy()
    teacher.close()
