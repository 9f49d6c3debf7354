"""Going through what is doubtful: on by itself, skipping, taking answers back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.browsing import Condition
from app.ui.review.bar import ReviewBar
from app.ui.review.queue import ReviewProgress, ReviewQueue
from tests.ui.review.conftest import Stage

# Qt without a screen says so of every window.

CAT, DOG = Tag.parse("Cat"), Tag.parse("Dog")


@pytest.fixture
def queue(stage: Stage) -> ReviewQueue:
    return ReviewQueue(stage.context)


@pytest.fixture
def ids(stage: Stage) -> list[PhotoId]:
    """Four photos, the most doubtful first."""
    return [stage.photo(("Cat", 0.5 + n / 20), ("Dog", 0.9)) for n in range(4)]


def start(qtbot: QtBot, queue: ReviewQueue) -> list[PhotoId]:
    with qtbot.waitSignal(queue.started) as started:
        queue.start()
    return list(started.args[0].ids.tolist())


def test_starts_with_the_most_doubtful(
    qtbot: QtBot, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    assert start(qtbot, queue) == ids
    assert queue.running and queue.current() == ids[0]
    assert queue.coming(2) == ids[1:3]
    assert queue.progress == ReviewProgress(0, 4)


def test_goes_on_when_nothing_is_open_any_more(
    qtbot: QtBot, stage: Stage, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    start(qtbot, queue)
    with qtbot.assertNotEmitted(queue.current_changed, wait=100):
        stage.answer(ids[0], accept=(CAT,))  # Dog is open still
    with qtbot.waitSignal(queue.current_changed) as changed:
        stage.answer(ids[0], reject=(DOG,))
    assert changed.args == [ids[1]]
    assert queue.progress == ReviewProgress(1, 3)


def test_goes_on_at_once_when_told_what_will_be(
    qtbot: QtBot, stage: Stage, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    start(qtbot, queue)
    (before,) = stage.library.cards(ids[:1])
    stage.answer(ids[0], accept_all=True)
    (after,) = stage.library.cards(ids[:1])
    queue.see(before)
    assert queue.current() == ids[0]
    queue.see(after)
    assert queue.current() == ids[1]
    # The word of the session comes later, and changes nothing.
    with qtbot.assertNotEmitted(queue.current_changed, wait=100):
        stage.session.changed.emit([ids[0]])
    assert queue.progress == ReviewProgress(1, 3)


def test_an_answer_that_is_taken_back_is_asked_for_again(
    qtbot: QtBot, stage: Stage, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    start(qtbot, queue)
    with qtbot.waitSignal(queue.current_changed):
        stage.answer(ids[0], accept_all=True)
    with qtbot.waitSignal(queue.current_changed) as changed:
        stage.session.take_back([ids[0]])
    assert changed.args == [ids[0]]
    assert queue.progress == ReviewProgress(0, 4)


def test_answers_to_several_at_once(
    qtbot: QtBot, stage: Stage, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    start(qtbot, queue)
    for photo in ids[:3]:
        stage.library.decide(photo, [CAT, DOG], "confirmed")
    with qtbot.waitSignal(queue.current_changed) as changed:
        stage.session.changed.emit(ids)
    assert changed.args == [ids[3]]
    assert queue.progress == ReviewProgress(3, 1)


def test_next_leaves_the_rest_open(
    qtbot: QtBot, stage: Stage, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    start(qtbot, queue)
    queue.next()
    assert queue.current() == ids[1] and queue.progress == ReviewProgress(1, 3)
    with qtbot.assertNotEmitted(queue.current_changed, wait=100):
        stage.session.take_back([ids[0]])  # open anyway, which is no news
    assert start(qtbot, queue)[0] == ids[0], "another review asks about it"


def test_skipped_photos_come_again_once(
    qtbot: QtBot, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    start(qtbot, queue)
    queue.skip()
    assert queue.current() == ids[1]
    assert queue.progress == ReviewProgress(0, 4, 1)
    for _ in range(3):
        queue.next()
    assert queue.current() == ids[0]
    with qtbot.waitSignal(queue.finished):
        queue.skip()
    assert queue.current() is None and not queue.running


def test_what_was_skipped_lately_comes_last_in_the_next_review(
    qtbot: QtBot, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    start(qtbot, queue)
    queue.skip()
    queue.stop()
    assert queue.current() is None
    assert start(qtbot, queue) == [*ids[1:], ids[0]]


def test_the_user_chooses_another(qtbot: QtBot, queue: ReviewQueue, ids: list[PhotoId]) -> None:
    start(qtbot, queue)
    queue.go_to(ids[2])
    assert queue.current() == ids[2]
    queue.go_to(999)
    assert queue.current() == ids[2]
    queue.next()
    assert queue.current() == ids[0]


def test_photos_that_vanish(
    qtbot: QtBot, stage: Stage, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    start(qtbot, queue)
    stage.session.removed.emit([ids[0], ids[2]])
    assert queue.current() == ids[1] and queue.progress == ReviewProgress(0, 2)
    with qtbot.waitSignal(queue.finished):
        stage.session.removed.emit(ids)


def test_only_some_photos(qtbot: QtBot, queue: ReviewQueue, ids: list[PhotoId]) -> None:
    with qtbot.waitSignal(queue.started) as started:
        queue.start(Condition("id <= ?", (ids[1],)))
    assert started.args[0].ids.tolist() == ids[:2]


def test_nothing_to_review(qtbot: QtBot, queue: ReviewQueue) -> None:
    with qtbot.waitSignal(queue.finished) as finished:
        queue.start()
    assert finished.args == [ReviewProgress()]
    queue.next()
    queue.skip()
    queue.stop()
    assert queue.current() is None


def test_the_bar_follows(
    qtbot: QtBot, stage: Stage, queue: ReviewQueue, ids: list[PhotoId]
) -> None:
    bar = ReviewBar(queue)
    qtbot.addWidget(bar)
    assert not bar.isVisible()
    start(qtbot, queue)
    assert bar.isVisible()
    assert bar.text == "0 of 4 reviewed · 4 left"
    qtbot.mouseClick(bar._skip, Qt.MouseButton.LeftButton)
    assert bar.text == "0 of 4 reviewed · 4 left · 1 skipped"
    queue.next()
    assert bar.text == "1 of 4 reviewed · 3 left · 1 skipped"
    assert (bar._progress.value(), bar._progress.maximum()) == (1, 4)
    qtbot.mouseClick(bar._stop, Qt.MouseButton.LeftButton)
    assert not bar.isVisible() and not queue.running


def test_the_bar_says_when_all_is_done(qtbot: QtBot, queue: ReviewQueue, stage: Stage) -> None:
    photo = stage.photo(("Cat", 0.5))
    bar = ReviewBar(queue)
    qtbot.addWidget(bar)
    start(qtbot, queue)
    with qtbot.waitSignal(queue.finished):
        stage.answer(photo, accept=(CAT,))
    assert bar.isVisible() and bar.text.startswith("All done") and not bar._skip.isVisible()
    qtbot.mouseClick(bar._stop, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    with qtbot.waitSignal(queue.finished):
        queue.start()
    assert bar.isVisible() and bar.text.startswith("Nothing to review")


def test_the_bar_can_be_used_by_everybody(qtbot: QtBot) -> None:
    bar = ReviewBar()
    qtbot.addWidget(bar)
    for widget in (bar._skip, bar._stop):
        assert widget.accessibleName() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert bar._progress.accessibleName() and bar._text.accessibleName() == bar.text
