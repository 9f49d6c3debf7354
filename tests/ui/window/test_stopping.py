"""What the user did to very many photos can be stopped: what is done stays one thing to undo."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from app.core.change import Edit
from app.core.tag import Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from app.workers.session import Session
from tests.ui.window.conftest import Bench

MINE, MORE = Tag.parse("Mine"), Tag.parse("More")
Start = Callable[..., Bench]


@pytest.fixture
def many(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "photos"
    folder.mkdir()
    paths = [folder / f"{n:03}.jpg" for n in range(60)]
    for n, path in enumerate(paths):
        Image.new("RGB", (64, 64), (n, 90, 90)).save(path)
    return paths


def added(bench: Bench, paths: list[Path]) -> list[int]:
    """Add photos; the network has nothing to do with it."""
    bench.window.session.pause()
    bench.drop(paths[0].parent)
    bench.qtbot.waitUntil(lambda: bench.window.browser.total == len(paths), timeout=20_000)
    with Library(bench.folders.data) as library:
        return [int(photo) for photo in library.listing().ids]


def button(bench: Bench) -> QToolButton:
    (found,) = (
        each
        for each in bench.window.status.findChildren(QToolButton)
        if each.accessibleName() == "Stop changing photos"
    )
    return found


def held_at_the_tenth(
    session: Session,
) -> tuple[Callable[[list[int]], None], threading.Event, threading.Event]:
    """Hold what is done to photos at the tenth, however fast the machine is.

    Returns:
        What `touched` is connected to; what says that it is there; what lets it go on.
    """
    reached, go_on = threading.Event(), threading.Event()
    seen: list[int] = []

    def hold(photos: list[int]) -> None:
        seen.extend(photos)
        if len(seen) == 10:
            reached.set()
            go_on.wait(30)

    session._doer.touched.connect(hold, Qt.ConnectionType.DirectConnection)
    return hold, reached, go_on


def tagged(paths: list[Path], tag: Tag = MINE) -> int:
    return sum(tag in read_tags(path).tags for path in paths)


def test_stopped_in_the_middle_and_undone_as_a_whole(start: Start, many: list[Path]) -> None:
    bench = start()
    window, session = bench.window, bench.window.session
    everything = added(bench, many)
    before = [path.read_bytes() for path in many]
    held = threading.Event()
    session.remember(lambda library: held.wait(30) and None)
    assert not button(bench).isVisible()
    edits = [(photo, Edit(add=(MINE,))) for photo in everything]
    session.act(edits, "Add Mine")
    later = [(photo, Edit(add=(MORE,))) for photo in everything]
    session.act(later, "Add More")
    assert session.photos_left() == 120 and button(bench).isVisible()
    hold, reached, go_on = held_at_the_tenth(session)
    acted: list[object] = []
    session.acted.connect(acted.append)
    held.set()
    assert reached.wait(30)
    bench.qtbot.mouseClick(button(bench), Qt.MouseButton.LeftButton)
    assert not button(bench).isEnabled()
    go_on.set()
    bench.qtbot.waitUntil(lambda: len(acted) == 2, timeout=20_000)
    session._doer.touched.disconnect(hold)
    assert session.photos_left() == 0 and not button(bench).isVisible()
    assert (tagged(many), tagged(many, MORE)) == (10, 0)
    # The grid shows what is so, not what was to be.
    bench.qtbot.waitUntil(
        lambda: all(
            (card := window.model.card(photo)) is not None
            and (card.confirmed == (MINE,)) is (n < 10)
            for n, photo in enumerate(sorted(everything))
        ),
        timeout=5000,
    )
    # One key takes all of it back; the one that came to nothing is not in the way.
    assert window.undo.stack.undoText() == "Add Mine"
    window.view.setFocus()
    bench.acted(lambda: bench.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert [path.read_bytes() for path in many] == before
    # What comes later is not stopped with it.
    bench.acted(lambda: session.act(later, "Add More"))
    assert tagged(many, MORE) == 60


def test_what_is_done_again_is_counted_and_can_be_stopped(start: Start, many: list[Path]) -> None:
    bench = start()
    session, stack = bench.window.session, bench.window.undo.stack
    edits = [(photo, Edit(add=(MINE,))) for photo in added(bench, many)]
    bench.acted(lambda: session.act(edits, "Add Mine"))
    bench.acted(stack.undo)
    assert tagged(many) == 0
    hold, reached, go_on = held_at_the_tenth(session)
    with bench.qtbot.waitSignal(session.acted, timeout=20_000):
        stack.redo()
        assert reached.wait(30)
        bench.qtbot.waitUntil(button(bench).isVisible, timeout=5000)
        assert session.photos_left() >= 50
        bench.qtbot.mouseClick(button(bench), Qt.MouseButton.LeftButton)
        go_on.set()
    session._doer.touched.disconnect(hold)
    assert session.photos_left() == 0 and tagged(many) == 10
    bench.acted(stack.undo)
    assert tagged(many) == 0


def test_what_is_left_of_the_last_time_is_counted_and_can_be_stopped(
    start: Start, many: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start()
    edits = [(photo, Edit(add=(MINE,))) for photo in added(first, many)]
    held = threading.Event()
    first.window.session.remember(lambda library: held.wait(30) and None)
    first.window.session.act(edits, "Add Mine")
    first.window.asks_before_closing = False
    monkeypatch.setattr("app.workers.doing._PATIENCE", -1.0)  # it is closed in the middle
    threading.Timer(0.1, held.set).start()
    first.close()
    assert tagged(many) == 0
    # As the bench opens it, the writer comes to it at once: it is held from the first photo on.
    go_on = threading.Event()
    with monkeypatch.context() as patch:
        from app.services import actions

        edit_photos = actions.edit_photos

        def slowly(*args: object, **options: object) -> object:
            go_on.wait(30)
            return edit_photos(*args, **options)

        patch.setattr(actions, "edit_photos", slowly)
        bench = start()
        bench.qtbot.waitUntil(button(bench).isVisible, timeout=10_000)
        assert bench.window.session.photos_left() == 60
        bench.qtbot.mouseClick(button(bench), Qt.MouseButton.LeftButton)
        go_on.set()
        bench.qtbot.waitUntil(lambda: not bench.window.session.photos_left(), timeout=10_000)
    assert tagged(many) == 1
    bench.qtbot.waitUntil(bench.window.undo.stack.canUndo, timeout=5000)
    bench.window.view.setFocus()
    bench.acted(lambda: bench.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert tagged(many) == 0


def comparing(bench: Bench) -> QToolButton:
    (found,) = (
        each
        for each in bench.window.status.findChildren(QToolButton)
        if each.accessibleName() == "Stop comparing photos"
    )
    return found


def test_looking_for_near_duplicates_says_how_far_it_is_and_can_be_stopped(
    start: Start, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.similar._BLOCK", 2)  # so that four photos are many
    monkeypatch.setattr("app.workers.duplicates._TOLD_EVERY", 0.0)
    (photos / "again.jpg").write_bytes((photos / "chelsea.jpg").read_bytes())
    bench = start()
    bench.drop(photos)
    bench.settle(5)
    window = bench.window
    held, reached = threading.Event(), threading.Event()

    def hold(share: float) -> None:
        reached.set()
        held.wait(30)

    finder = window.photos.duplicates
    finder.progressed.connect(hold, Qt.ConnectionType.DirectConnection)
    window.actions_["duplicates"].trigger()
    assert reached.wait(30)
    bench.qtbot.waitUntil(comparing(bench).isVisible)
    (said,) = (
        each.text()
        for each in window.status.findChildren(QLabel)
        if each.accessibleName() == "Progress of the comparison"
    )
    assert said.startswith("Comparing photos: ") and said != "Comparing photos: 0 %"
    bench.qtbot.mouseClick(comparing(bench), Qt.MouseButton.LeftButton)
    with bench.qtbot.waitSignal(finder.finished, timeout=10_000):
        held.set()
    assert not comparing(bench).isVisible()
    assert window.status.currentMessage() == "Stopped." and window.browser.shown.only is None
    # To its end, the copies are shown.
    finder.progressed.disconnect(hold)
    with bench.qtbot.waitSignal(finder.finished, timeout=10_000):
        window.actions_["duplicates"].trigger()
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == 2, timeout=10_000)
    assert not comparing(bench).isVisible()


def test_the_window_closes_while_photos_are_compared(
    start: Start, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.similar._BLOCK", 2)
    monkeypatch.setattr("app.workers.duplicates._TOLD_EVERY", 0.0)
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    finder = bench.window.photos.duplicates
    reached, shares = threading.Event(), []

    def hold(share: float) -> None:
        shares.append(share)
        reached.set()
        finder._stop.wait(30)

    finder.progressed.connect(hold, Qt.ConnectionType.DirectConnection)
    bench.window.actions_["duplicates"].trigger()
    assert reached.wait(30)
    bench.close()
    assert len(shares) == 1 and finder._thread is None
