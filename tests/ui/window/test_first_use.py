"""Where somebody who sees the window for the first time would stumble."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.core.tag import Tag
from app.metadata.reader import read_tags
from app.ui import theme
from tests.ui.window.conftest import Bench

Start = Callable[..., Bench]
_CTRL = Qt.KeyboardModifier.ControlModifier


def _full(start: Start, photos: Path) -> Bench:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    return bench


def test_enter_goes_from_the_search_to_the_photos_and_escape_back_to_all(
    start: Start, photos: Path
) -> None:
    bench = _full(start, photos)
    window = bench.window
    bench.key(Qt.Key.Key_F, _CTRL)
    bench.key("chelsea")
    window.search._completer.popup().hide()  # without a screen it takes the keys
    window.search.line.setFocus()
    bench.key(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == 1)
    assert QApplication.focusWidget() is window.view
    bench.key(Qt.Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == 4)
    assert window.search.text() == ""


def test_escape_in_the_search_shows_all(start: Start, photos: Path) -> None:
    bench = _full(start, photos)
    window = bench.window
    window.search.set_text("chelsea")
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == 1)
    window.search.focus_search()
    bench.key(Qt.Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == 4)
    assert QApplication.focusWidget() is window.view


def test_a_search_or_another_order_ends_the_review(start: Start, photos: Path) -> None:
    bench = _full(start, photos)
    window = bench.window
    for leave in (
        lambda: window.search.set_text("chelsea"),
        lambda: window.tools.sort_wanted.emit("name", False),
        lambda: bench.key(Qt.Key.Key_Escape),
    ):
        window.search.set_text("")
        window.view.setFocus()
        bench.key(Qt.Key.Key_R, _CTRL)
        bench.qtbot.waitUntil(lambda: window.queue.running and window.review_bar.isVisible())
        leave()
        assert not window.queue.running
        assert not window.review_bar.isVisible()


def test_numbers_work_beside_the_photos_as_well(start: Start, photos: Path) -> None:
    bench = _full(start, photos)
    inspector = bench.window.inspector
    bench.go_to("chelsea.jpg")
    beside = inspector.tag_field.parentWidget()
    beside.setFocus()  # as a click beside its controls does
    assert beside.hasFocus()
    bench.acted(lambda: bench.key("1"))
    assert read_tags(photos / "chelsea.jpg").tags == (Tag.parse("Animal/Cat"),)
    inspector.tag_field.setFocus()
    bench.key("1")
    assert inspector.tag_field.text() == "1"


def test_a_click_that_accepts_leaves_the_keys_with_the_photos(start: Start, photos: Path) -> None:
    bench = _full(start, photos)
    bench.go_to("chelsea.jpg")
    accept = bench.window.inspector.suggestions.rows[0].accept_button
    bench.acted(lambda: bench.qtbot.mouseClick(accept, Qt.MouseButton.LeftButton))
    bench.qtbot.waitUntil(bench.window.view.hasFocus)


def test_a_double_click_shows_a_photo_large(start: Start, photos: Path) -> None:
    bench = _full(start, photos)
    window = bench.window
    photo = bench.go_to("coffee.jpg")
    place = window.view.visualRect(window.view.currentIndex()).center()
    viewport = window.view.viewport()
    bench.qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    bench.qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    bench.qtbot.waitUntil(lambda: window.pages.currentWidget() is window.viewer)
    bench.qtbot.waitUntil(lambda: window.viewer.photo == photo)


def test_similar_photos_say_what_they_are_and_lead_back(start: Start, photos: Path) -> None:
    bench = _full(start, photos)
    window = bench.window
    photo = bench.go_to("coffee.jpg")
    bench.key(Qt.Key.Key_F, _CTRL | Qt.KeyboardModifier.ShiftModifier)
    bench.qtbot.waitUntil(window.scope.isVisible)
    assert window.proxy.id_at(0) == photo
    bench.key(Qt.Key.Key_Escape)
    bench.qtbot.waitUntil(lambda: not window.scope.isVisible())
    assert window.search.query is None


def test_what_failed_before_is_listed_after_the_next_start(start: Start, photos: Path) -> None:
    (photos / "broken.jpg").write_bytes(b"no photo")
    bench = start()
    bench.drop(photos)
    bench.settle(5)
    bench.close()
    again = start()
    problems = again.window.problems.model
    again.qtbot.waitUntil(lambda: problems.count == 1)
    (problem,) = problems.problems()
    assert problem.path.name == "broken.jpg" and problem.reason


def test_the_details_follow_the_theme(start: Start, photos: Path) -> None:
    bench = _full(start, photos)
    bench.go_to("chelsea.jpg")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    try:
        for scheme in ("dark", "light"):
            theme.apply(application, scheme)
            for label in bench.window.inspector.details.findChildren(QLabel):
                colours = label.palette()
                text, ground = colours.windowText().color(), application.palette().window().color()
                assert theme.contrast(text, ground) >= 4.5, (scheme, label.text())
    finally:
        theme.apply(application, "light")
