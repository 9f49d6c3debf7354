"""The engine behind the window on real photos, a real library and real threads."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.core.change import Edit
from app.core.folders import Folders
from app.core.photo import Card, State
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from app.services.setup import tagger
from app.workers.session import Acted, Handle, Problem, Progress, Session

CAT = Tag.parse("Animal/Cat")
MINE = Tag.parse("Pets/Chelsea")
SETTINGS = TagSettings(model="efficientnet-lite0", crops=1, write_suggestions="accepted")


class Bench:
    """A session and what it said."""

    def __init__(self, base: Path, qtbot: QtBot, settings: TagSettings = SETTINGS) -> None:
        self.folders = Folders(base / "data", base / "cache", base / "config")
        self.qtbot = qtbot
        self.session = Session(self.folders, lambda s: tagger(self.folders, s), settings)
        self.added: list[int] = []
        self.removed: list[int] = []
        self.problems: list[Problem] = []
        self.acted: list[Acted] = []
        self.progress = Progress()
        self.session.added.connect(self.added.extend)
        self.session.removed.connect(self.removed.extend)
        self.session.failed.connect(self.problems.append)
        self.session.acted.connect(self.acted.append)
        self.session.progressed.connect(self._progressed)
        self.session.start()

    def _progressed(self, progress: Progress) -> None:
        self.progress = progress

    def settle(self, done: int | None = None) -> None:
        """Wait until there is nothing to do."""
        self.qtbot.waitUntil(
            lambda: self.progress.state == "idle" and (done is None or self.progress.done >= done),
            timeout=60_000,
        )

    def do(self, call: Callable[[], object]) -> Acted:
        """Do something and wait until it is done."""
        before = len(self.acted)
        call()
        self.qtbot.waitUntil(lambda: len(self.acted) > before, timeout=30_000)
        return self.acted[-1]

    def card(self, name: str) -> Card:
        with Library(self.folders.data) as library:
            cards = library.cards(library.listing().ids)
        return next(card for card in cards if card.path.name == name)


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Bench]]:
    with ExitStack() as stack:

        def make(settings: TagSettings = SETTINGS) -> Bench:
            bench = Bench(tmp_path / "home", qtbot, settings)
            stack.callback(bench.session.close)
            return bench

        yield make


def turn(photos: Path, count: int) -> None:
    """Make more photos, each another one."""
    with Image.open(photos / "coffee.jpg") as image:
        for n in range(count):
            image.rotate(n).save(photos / f"turned {n}.jpg")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_folder_is_noted_at_once_and_looked_at_photo_by_photo(
    start: Callable[..., Bench], photos: Path
) -> None:
    (photos / "broken.jpg").write_bytes(b"\xff\xd8 no photo")
    bench = start()
    bench.session.add([photos])
    bench.settle(done=5)
    assert len(bench.added) == 5 and not bench.removed
    assert bench.progress.done == 5 and bench.progress.failed == 1
    assert [problem.path.name for problem in bench.problems] == ["broken.jpg"]
    cat = bench.card("chelsea.jpg")
    assert cat.state is State.SUGGESTED and CAT in {each.tag for each in cat.suggested}
    assert bench.card("broken.jpg").state is State.FAILED
    assert read_tags(photos / "chelsea.jpg").tags == ()


def test_what_the_user_does_is_written_undone_and_done_again(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    path = photos / "chelsea.jpg"
    before = digest(path)
    first = bench.card("chelsea.jpg")
    handle = None

    def act() -> None:
        nonlocal handle
        handle = bench.session.act([(first.id, Edit(add=(MINE,), accept=(CAT,)))], "Accept")

    assert bench.do(act).photos == 1
    assert set(read_tags(path).tags) == {CAT, MINE}
    shown = first.after(Edit(add=(MINE,), accept=(CAT,)))
    assert bench.card("chelsea.jpg").confirmed == shown.confirmed == (CAT, MINE)
    assert handle is not None
    assert bench.do(lambda: bench.session.undo(handle)).what == "undone"
    assert digest(path) == before
    assert bench.card("chelsea.jpg") == first
    bench.do(lambda: bench.session.redo(handle))
    assert set(read_tags(path).tags) == {CAT, MINE}
    assert bench.card("chelsea.jpg").confirmed == (CAT, MINE)


def test_undo_reaches_back_into_an_earlier_session(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    before = digest(photos / "chelsea.jpg")
    cat = bench.card("chelsea.jpg")
    bench.do(lambda: bench.session.act([(cat.id, Edit(add=(MINE,)))], "Add"))
    bench.session.close()
    with Library(bench.folders.data) as library:
        (action,) = library.actions()
    assert (action.label, action.photos, action.undone) == ("Add", 1, False)
    again = start()
    again.do(lambda: again.session.undo(Handle(action.id)))
    assert digest(photos / "chelsea.jpg") == before
    assert again.card("chelsea.jpg") == cat


def test_what_was_not_done_is_done_after_the_next_start(
    start: Callable[..., Bench], photos: Path
) -> None:
    turn(photos, 150)
    bench = start()
    bench.session.add([photos])
    bench.qtbot.waitUntil(lambda: bench.progress.done >= 3, timeout=60_000)
    bench.session.close()
    with Library(bench.folders.data) as library:
        left = len(library.queued())
    assert 0 < left < 154
    again = start()
    again.settle(done=left)
    with Library(bench.folders.data) as library:
        assert not library.queued()
        assert {card.state for card in library.cards(library.listing().ids)} <= {
            State.SUGGESTED,
            State.UNTAGGED,
        }


def test_pause_and_cancel(start: Callable[..., Bench], photos: Path) -> None:
    bench = start()
    bench.session.pause()
    bench.session.add([photos])
    bench.qtbot.waitUntil(lambda: bench.progress.total == 4, timeout=30_000)
    bench.qtbot.wait(300)
    assert bench.progress.state == "paused" and bench.progress.done == 0
    bench.session.cancel()
    bench.settle()
    assert {bench.card(path.name).state for path in photos.iterdir()} == {State.WAITING}
    bench.session.look_again([bench.card("chelsea.jpg").id])
    bench.settle(done=1)
    assert bench.card("chelsea.jpg").state is State.SUGGESTED


def test_an_edit_while_the_network_looks_is_not_taken_for_somebody_elses(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    bench.session.pause()
    bench.session.add([photos])
    bench.qtbot.waitUntil(lambda: bench.progress.total == 4, timeout=30_000)
    cat = bench.card("chelsea.jpg")
    bench.session.resume()
    bench.do(lambda: bench.session.act([(cat.id, Edit(add=(MINE,)))], "Add"))
    bench.settle(done=4)
    after = bench.card("chelsea.jpg")
    assert after.confirmed == (MINE,) and after.state is State.SUGGESTED
    assert read_tags(photos / "chelsea.jpg").tags == (MINE,)


def test_other_settings_take_effect_at_once(start: Callable[..., Bench], photos: Path) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    bench.session.use(replace(SETTINGS, write_suggestions="sure"))
    bench.session.find_again([photos])
    bench.settle(done=4)
    bench.qtbot.waitUntil(lambda: CAT in read_tags(photos / "chelsea.jpg").tags, timeout=20_000)


def test_a_photo_that_vanishes_is_shown_no_longer(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    cat = bench.card("chelsea.jpg")
    bytes_before = (photos / "chelsea.jpg").read_bytes()
    (photos / "chelsea.jpg").unlink()
    bench.session.find_again([photos])
    bench.qtbot.waitUntil(lambda: bench.removed == [cat.id], timeout=20_000)
    (photos / "renamed.jpg").write_bytes(bytes_before)
    bench.session.find_again([photos])
    bench.settle(done=1)
    bench.qtbot.waitUntil(lambda: bench.card("renamed.jpg").id == cat.id, timeout=20_000)


FULL = "CREATE TRIGGER full BEFORE {} BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"


def refuse(folders: Folders, what: str) -> None:
    """Let the library refuse something, as a full disk does."""
    with closing(sqlite3.connect(folders.data / "library.db", timeout=30)) as database:
        database.execute(FULL.format(what))
        database.commit()


def refuse_no_longer(folders: Folders) -> None:
    with closing(sqlite3.connect(folders.data / "library.db", timeout=30)) as database:
        database.execute("DROP TRIGGER full")
        database.commit()


def test_a_full_disk_under_the_library_stops_the_work_and_nothing_else(
    start: Callable[..., Bench], photos: Path
) -> None:
    turn(photos, 30)
    bench = start()
    stopped: list[str] = []
    bench.session.stopped.connect(stopped.append)
    bench.session.pause()
    bench.session.add([photos])
    bench.qtbot.waitUntil(lambda: bench.progress.total == 34, timeout=30_000)
    refuse(bench.folders, "INSERT ON analysis")
    bench.session.resume()
    bench.qtbot.waitUntil(lambda: bool(stopped), timeout=30_000)
    bench.qtbot.waitUntil(lambda: bench.progress.state == "paused", timeout=10_000)
    assert "full" in stopped[0]
    # What the user decides still arrives, and once there is room the work goes on where it was.
    cat = bench.card("chelsea.jpg")
    acted = bench.do(lambda: bench.session.act([(cat.id, Edit(add=(MINE,)))], "Add"))
    assert acted.photos == 1 and read_tags(photos / "chelsea.jpg").tags == (MINE,)
    refuse_no_longer(bench.folders)
    bench.session.resume()
    bench.settle(done=34)
    assert bench.card("turned 29.jpg").state in (State.SUGGESTED, State.UNTAGGED)


def test_closing_does_not_wait_for_ever_where_the_library_is_full(
    start: Callable[..., Bench], photos: Path
) -> None:
    turn(photos, 60)
    bench = start()
    stopped: list[str] = []
    bench.session.stopped.connect(stopped.append)
    bench.session.pause()
    bench.session.add([photos])
    bench.qtbot.waitUntil(lambda: bench.progress.total == 64, timeout=30_000)
    refuse(bench.folders, "INSERT ON analysis")
    bench.session.resume()
    bench.qtbot.waitUntil(lambda: bool(stopped), timeout=30_000)
    bench.qtbot.wait(1500)
    bench.session.close()
    with Library(bench.folders.data) as library:
        assert len(library.queued()) == 64


def test_an_action_that_the_library_refuses_is_said_to_have_failed_and_the_next_one_works(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    bench.session.add([photos])
    bench.settle(done=4)
    cat = bench.card("chelsea.jpg")
    refuse(bench.folders, "INSERT ON decision")
    acted = bench.do(lambda: bench.session.act([(cat.id, Edit(add=(MINE,)))], "Add"))
    assert "full" in acted.error and acted.photos == 0
    assert read_tags(photos / "chelsea.jpg").tags == ()
    refuse_no_longer(bench.folders)
    acted = bench.do(lambda: bench.session.act([(cat.id, Edit(add=(MINE,)))], "Add"))
    assert not acted.error and read_tags(photos / "chelsea.jpg").tags == (MINE,)


def test_nothing_is_written_any_more_under_settings_that_the_user_has_left(
    start: Callable[..., Bench], photos: Path
) -> None:
    for n in range(40):
        with Image.open(photos / "chelsea.jpg") as image:
            image.rotate(n / 10).save(photos / f"turned {n}.jpg")
    before = {path: digest(path) for path in photos.iterdir()}
    bench = start(replace(SETTINGS, write_suggestions="sure"))
    bench.session.add([photos])
    bench.qtbot.waitUntil(lambda: bench.progress.done >= 3, timeout=60_000)
    hold, held = threading.Event(), threading.Event()

    def wait(library: Library) -> None:
        held.set()
        hold.wait(30)

    # While the writer has its hands full, photos seen under the old settings wait for it.
    bench.session.remember(wait)
    assert held.wait(30)
    bench.qtbot.wait(1500)
    written = {path for path in before if digest(path) != before[path]}
    bench.session.use(replace(SETTINGS, write="none"))
    hold.set()
    bench.qtbot.waitUntil(lambda: not bench.session.is_busy(), timeout=90_000)
    assert written and {path for path in before if digest(path) != before[path]} == written
    with Library(bench.folders.data) as library:
        assert not library.queued()


def test_closing_ends_a_long_action_soon_and_the_next_start_goes_on_with_it(
    start: Callable[..., Bench], photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(photos, 12)
    bench = start()
    bench.session.pause()
    bench.session.add([photos])
    bench.qtbot.waitUntil(lambda: len(bench.added) == 16, timeout=30_000)
    monkeypatch.setattr("app.workers.doing._PATIENCE", 0.0)
    bench.session.remember(lambda library: time.sleep(0.3))
    bench.session.act([(photo, Edit(add=(MINE,))) for photo in bench.added], "Add")
    bench.session.act([(bench.added[0], Edit(add=(CAT,)))], "Add another")
    bench.session.close()
    tagged = [path for path in photos.iterdir() if read_tags(path).tags]
    assert len(tagged) < 16
    with Library(bench.folders.data) as library:
        assert [action.label for action in library.unfinished()] == ["Add", "Add another"]
    again = start()
    again.session.pause()

    def left() -> int:
        with Library(bench.folders.data) as library:
            return len(library.unfinished())

    again.qtbot.waitUntil(lambda: not left(), timeout=30_000)
    assert all(MINE in read_tags(path).tags for path in photos.iterdir())
    assert sum(CAT in read_tags(path).tags for path in photos.iterdir()) == 1


def test_a_search_that_the_library_has_no_room_for_is_not_the_last_one(
    start: Callable[..., Bench], photos: Path
) -> None:
    bench = start()
    stopped: list[str] = []
    bench.session.stopped.connect(stopped.append)
    Library(bench.folders.data).close()  # it is there now
    refuse(bench.folders, "INSERT ON photo")
    bench.session.add([photos])
    bench.qtbot.waitUntil(lambda: bool(stopped) and not bench.session.is_busy(), timeout=20_000)
    refuse_no_longer(bench.folders)
    bench.session.add([photos])
    bench.settle(done=4)


def test_settings_that_come_back_before_they_are_ready_lose_no_photo(
    start: Callable[..., Bench], photos: Path
) -> None:
    turn(photos, 12)
    bench = start()
    bench.session.add([photos])
    bench.qtbot.waitUntil(lambda: bench.progress.done >= 2, timeout=60_000)
    for _ in range(3):
        bench.session.use(replace(SETTINGS, write="none"))
        bench.qtbot.wait(20)
        bench.session.use(SETTINGS)
        bench.qtbot.wait(20)
    bench.qtbot.waitUntil(lambda: not bench.session.is_busy(), timeout=60_000)
    with Library(bench.folders.data) as library:
        assert not library.queued()
        states = {card.state for card in library.cards(library.listing().ids)}
    assert states <= {State.SUGGESTED, State.UNTAGGED}
