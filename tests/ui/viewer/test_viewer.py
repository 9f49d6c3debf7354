"""A photo seen large: the picture, zoom and pan by mouse and keys, its tags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QKeyEvent,
    QKeySequence,
    QNativeGestureEvent,
    QPixmap,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton
from pytestqt.qtbot import QtBot

from app.core.photo import Card, State
from app.core.tag import Suggestion, Tag
from app.ui.viewer.viewer import PhotoViewer
from app.workers.pictures import PictureLoader

# Qt without a screen says so of every window.

CAT, DOG, HOME = Tag.parse("Animal/Cat"), Tag.parse("Animal/Dog"), Tag.parse("Home")
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[PictureLoader]:
    loader = PictureLoader()
    yield loader
    loader.close()


@pytest.fixture
def viewer(loader: PictureLoader, qtbot: QtBot) -> PhotoViewer:
    viewer = PhotoViewer(loader)
    qtbot.addWidget(viewer)
    viewer.resize(700, 500)
    with qtbot.waitExposed(viewer):
        viewer.show()
    return viewer


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A photo that is larger than the window: red left, blue right, 3000 x 2000."""
    image = Image.new("RGB", (3000, 2000), (200, 0, 0))
    image.paste((0, 0, 200), (1500, 0, 3000, 2000))
    image.save(tmp_path / "large.jpg", quality=95)
    return tmp_path / "large.jpg"


def card(path: Path, number: int = 1, **more: object) -> Card:
    return Card(number, path, State.SUGGESTED, **more)  # type: ignore[arg-type]


def show(qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, path: Path) -> None:
    with qtbot.waitSignal(loader.loaded):
        viewer.show_photo(card(path))


def near(colour: QColor, red: int, green: int, blue: int) -> bool:
    parts = zip(colour.getRgb()[:3], (red, green, blue), strict=True)
    return all(abs(one - other) < 25 for one, other in parts)


def seen(viewer: PhotoViewer, x: int, y: int) -> QColor:
    return viewer.canvas.grab().toImage().pixelColor(x, y)


def test_the_thumbnail_is_there_at_once_then_the_photo(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    thumbnail = QPixmap(150, 100)
    thumbnail.fill(QColor(0, 200, 0))
    with qtbot.waitSignal(loader.loaded):
        viewer.show_photo(card(large), thumbnail)
        middle = viewer.canvas.rect().center()
        assert near(seen(viewer, middle.x() - 20, middle.y()), 0, 200, 0)
        before = viewer.canvas.view.rect
    assert near(seen(viewer, middle.x() - 20, middle.y()), 200, 0, 0)
    assert near(seen(viewer, middle.x() + 20, middle.y()), 0, 0, 200)
    assert viewer.canvas.view.rect.getRect() == pytest.approx(before.getRect(), abs=0.5), "it jumps"


def test_every_pixel_is_loaded_only_when_zoomed_in(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    picture = viewer.canvas.picture
    assert picture is not None and not picture.full and picture.width < 3000
    with qtbot.waitSignal(loader.loaded):
        qtbot.mouseDClick(viewer.canvas, Qt.MouseButton.LeftButton, NO_KEY, QPoint(200, 200))
    picture = viewer.canvas.picture
    assert picture is not None and picture.full and picture.width == 3000
    assert viewer.canvas.view.percent == 100


def test_a_double_click_shows_that_place_in_full(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    point = QPoint(300, 220)
    place = viewer.canvas.view.at(QPointF(point))
    qtbot.mouseDClick(viewer.canvas, Qt.MouseButton.LeftButton, NO_KEY, point)
    after = viewer.canvas.view.at(QPointF(point))
    assert (after.x(), after.y()) == pytest.approx((place.x(), place.y()), abs=1)
    qtbot.mouseDClick(viewer.canvas, Qt.MouseButton.LeftButton, NO_KEY, point)
    assert viewer.canvas.view.zoom is None


def test_zoom_by_keys_stops_at_100_percent_on_its_way(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    percents = []
    for _ in range(20):
        qtbot.keyClick(viewer, Qt.Key.Key_Plus)
        percents.append(viewer.canvas.view.percent)
    assert percents == sorted(percents) and 100 in percents and percents[-1] == 800
    qtbot.keyClick(viewer, Qt.Key.Key_Minus)
    assert viewer.canvas.view.percent == 640
    qtbot.keyClick(viewer, Qt.Key.Key_0)
    assert viewer.canvas.view.zoom is None


def test_the_wheel_zooms_at_the_pointer(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    point = QPointF(200, 150)
    place = viewer.canvas.view.at(point)
    for _ in range(8):
        wheel = QWheelEvent(
            point, viewer.canvas.mapToGlobal(point), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, NO_KEY, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewer.canvas, wheel)
    after = viewer.canvas.view.at(point)
    assert viewer.canvas.view.zoom is not None
    assert (after.x(), after.y()) == pytest.approx((place.x(), place.y()), abs=1)


def test_a_pinch_zooms_where_the_fingers_are(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    point = QPointF(400, 250)
    place, scale = viewer.canvas.view.at(point), viewer.canvas.view.scale
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        point, point, viewer.canvas.mapToGlobal(point), 1.0, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(viewer.canvas, pinch)
    after = viewer.canvas.view.at(point)
    assert viewer.canvas.view.scale == pytest.approx(2 * scale)
    assert (after.x(), after.y()) == pytest.approx((place.x(), place.y()), abs=1)


def test_two_fingers_move_what_is_zoomed(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    viewer.actual_size()
    before = viewer.canvas.view.rect.topLeft()
    wheel = QWheelEvent(
        QPointF(200, 150), viewer.canvas.mapToGlobal(QPointF(200, 150)), QPoint(-25, 10),
        QPoint(-50, 20), Qt.MouseButton.NoButton, NO_KEY, Qt.ScrollPhase.ScrollUpdate, False,
    )  # fmt: skip
    QApplication.sendEvent(viewer.canvas, wheel)
    moved = viewer.canvas.view.rect.topLeft() - before
    assert (moved.x(), moved.y()) == pytest.approx((-25, 10), abs=0.5)
    assert viewer.canvas.view.percent == 100


def test_dragging_moves_the_photo(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    viewer.actual_size()
    before = viewer.canvas.view.rect.topLeft()
    qtbot.mousePress(viewer.canvas, Qt.MouseButton.LeftButton, NO_KEY, QPoint(300, 200))
    qtbot.mouseMove(viewer.canvas, QPoint(340, 230))
    qtbot.mouseRelease(viewer.canvas, Qt.MouseButton.LeftButton, NO_KEY, QPoint(340, 230))
    moved = viewer.canvas.view.rect.topLeft() - before
    assert (moved.x(), moved.y()) == pytest.approx((40, 30), abs=0.5)


def test_arrows_go_on_or_move_what_is_zoomed(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    with qtbot.waitSignal(viewer.next_wanted):
        qtbot.keyClick(viewer, Qt.Key.Key_Right)
    with qtbot.waitSignal(viewer.previous_wanted):
        qtbot.keyClick(viewer, Qt.Key.Key_Left)
    viewer.actual_size()
    before = viewer.canvas.view.centre.x()
    with qtbot.assertNotEmitted(viewer.next_wanted):
        qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.canvas.view.centre.x() > before
    with qtbot.waitSignal(viewer.next_wanted):
        qtbot.keyClick(viewer, Qt.Key.Key_PageDown)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_closes(qtbot: QtBot, viewer: PhotoViewer, key: Qt.Key) -> None:
    with qtbot.waitSignal(viewer.close_wanted):
        qtbot.keyClick(viewer, key)


def test_other_keys_are_left_to_the_window(qtbot: QtBot, viewer: PhotoViewer) -> None:
    keys = [Qt.Key.Key_1, Qt.Key.Key_9, Qt.Key.Key_Return, Qt.Key.Key_T, Qt.Key.Key_Delete]
    for key in keys:
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, NO_KEY)
        QApplication.sendEvent(viewer, event)
        assert not event.isAccepted(), key


def test_actions_of_the_window_work_over_a_large_photo(
    qtbot: QtBot, loader: PictureLoader, large: Path
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    viewer = PhotoViewer(loader)
    window.setCentralWidget(viewer)
    done: list[str] = []
    keys = ("1", "9", "Shift+2", "Return", "T", "Del")
    for key in keys:
        action = QAction(key, window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda *_, key=key: done.append(key))
        window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    show(qtbot, viewer, loader, large)
    assert viewer.hasFocus()
    for key in keys:
        qtbot.keySequence(viewer, QKeySequence(key))
    assert done == list(keys)


def test_says_why_a_photo_cannot_be_shown(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, tmp_path: Path, large: Path
) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"\xff\xd8\xff no photo")
    with qtbot.waitSignal(loader.failed):
        viewer.show_photo(card(path))
    assert viewer.canvas.reason
    plain = viewer.canvas.grab().toImage()
    buttons = viewer.findChildren(QToolButton)
    assert [b.accessibleName() for b in buttons if not b.isEnabled()] == [
        "Smaller", "Larger", "The whole photo", "Every pixel as it is",
    ]  # fmt: skip
    with qtbot.waitSignal(loader.loaded):
        viewer.show_photo(card(large, 2))
    assert not viewer.canvas.reason and viewer.canvas.grab().toImage() != plain
    assert all(button.isEnabled() for button in buttons)


def test_a_photo_that_comes_late_is_not_shown_in_place_of_another(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, photos: Path
) -> None:
    first, second = sorted(photos.iterdir())[:2]
    viewer.show_photo(card(first, 1))
    viewer.preload([first])
    with qtbot.waitSignal(loader.loaded, check_params_cb=lambda each: each.path == second):
        viewer.show_photo(card(second, 2))
        viewer.preload([first])
    with qtbot.waitSignal(loader.loaded):
        viewer.preload([sorted(photos.iterdir())[2]])
    picture = viewer.canvas.picture
    assert picture is not None and picture.path == second
    viewer.show_photo(card(first, 1))
    picture = viewer.canvas.picture
    assert picture is not None and picture.path == first, "it was ready"


def test_is_upright(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right: what was left is at the top
    with Image.open(large) as image:
        image.save(tmp_path / "turned.jpg", exif=exif)
    show(qtbot, viewer, loader, tmp_path / "turned.jpg")
    middle = viewer.canvas.rect().center()
    assert near(seen(viewer, middle.x(), middle.y() - 40), 200, 0, 0)
    assert near(seen(viewer, middle.x(), middle.y() + 40), 0, 0, 200)


def test_tags_and_numbered_suggestions(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    said = (Suggestion(CAT, 0.91, "net"), Suggestion(DOG, 0.456, "net"))
    shown = card(large, confirmed=(HOME,), suggested=said)
    with qtbot.waitSignal(loader.loaded):
        viewer.show_photo(shown)
    assert viewer.strip.texts() == ["1 Cat 91 %", "2 Dog 46 %", "Home"]
    assert "Animal/Cat, suggested, 91 %" in viewer.strip.accessibleDescription()
    zoom = viewer.canvas.view
    viewer.update_card(card(large, confirmed=(CAT, HOME), suggested=said[1:]))
    assert viewer.strip.texts() == ["1 Dog 46 %", "Cat", "Home"]
    assert viewer.canvas.view == zoom and viewer.canvas.picture is not None
    viewer.update_card(card(large, 7))
    assert viewer.strip.texts() == ["1 Dog 46 %", "Cat", "Home"], "another photo's card"


def test_all_suggestions_that_have_a_key_can_be_seen(qtbot: QtBot, viewer: PhotoViewer) -> None:
    said = tuple(Suggestion(Tag.parse(f"A long name for a tag {n}"), 0.5, "net") for n in range(12))
    tags = tuple(Tag.parse(f"T{n}") for n in range(40))
    viewer.strip.show_card(card(Path("a.jpg"), suggested=said, confirmed=tags))
    texts = viewer.strip.texts()
    assert [text[0] for text in texts[:9]] == list("123456789")


def test_a_click_on_a_suggestion_wants_it_accepted(
    qtbot: QtBot, viewer: PhotoViewer, large: Path
) -> None:
    viewer.show_photo(card(large, suggested=(Suggestion(CAT, 0.9, "net"),)))
    with qtbot.waitSignal(viewer.accept_wanted) as wanted:
        middle = QPoint(40, viewer.strip.height() // 2)
        qtbot.mouseClick(viewer.strip, Qt.MouseButton.LeftButton, NO_KEY, middle)
    assert wanted.args == [CAT]


def test_clearing_gives_the_memory_back(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    viewer.clear()
    assert viewer.photo is None and viewer.canvas.picture is None
    assert loader.load(large, 100) is None
    assert viewer.strip.texts() == []


def test_every_control_has_a_name(viewer: PhotoViewer) -> None:
    buttons = viewer.findChildren(QToolButton)
    assert len(buttons) == 7
    assert all(b.accessibleName() and b.focusPolicy() & Qt.FocusPolicy.TabFocus for b in buttons)


def test_the_buttons_do_what_they_say(
    qtbot: QtBot, viewer: PhotoViewer, loader: PictureLoader, large: Path
) -> None:
    show(qtbot, viewer, loader, large)
    buttons = {button.accessibleName(): button for button in viewer.findChildren(QToolButton)}
    for name, signal in (
        ("Previous photo", viewer.previous_wanted),
        ("Next photo", viewer.next_wanted),
        ("Back to all photos", viewer.close_wanted),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(buttons[name], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(buttons["Every pixel as it is"], Qt.MouseButton.LeftButton)
    assert viewer.canvas.view.percent == 100
    qtbot.mouseClick(buttons["Smaller"], Qt.MouseButton.LeftButton)
    assert viewer.canvas.view.percent == 80
    qtbot.mouseClick(buttons["The whole photo"], Qt.MouseButton.LeftButton)
    assert viewer.canvas.view.zoom is None
    assert viewer.hasFocus(), "the keys are still the photo's"
