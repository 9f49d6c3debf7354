"""The grid as one uses it: moving, selecting, scrolling, and what it does when photos change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QLocale, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QContextMenuEvent,
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPixmap,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from app.core.listing import Group
from app.core.photo import State
from app.ui import theme
from app.ui.grid.dragging import drag_picture
from app.ui.grid.headings import heading_text
from app.ui.grid.metrics import LARGEST, SMALLEST
from app.ui.grid.view import GridView
from tests.ui.grid.small_model import LIGHT, SmallModel, card, palette

Key, Mod, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
Grid = Callable[..., GridView]


@pytest.fixture
def grid(qtbot: QtBot) -> Iterator[Grid]:
    """A shown grid of photos with the ids 1, 2, … in rows of four."""
    views: list[GridView] = []
    models: list[object] = []

    def shown(
        count: int = 40,
        groups: tuple[Group, ...] = (),
        kind: type[GridView] = GridView,
        **more: Any,
    ) -> GridView:
        view = kind(**more)
        qtbot.addWidget(view)
        model = SmallModel(range(1, count + 1))
        models.append(model)
        if count <= 1000:  # it asks for every row that is said to have changed
            models.append(QAbstractItemModelTester(model))
        view.setModel(model)
        view.set_groups(groups)
        view.set_cell_size(100)
        view.resize(480, 400)
        view.show()
        qtbot.waitExposed(view)
        view.setFocus()
        assert view.plan().columns == 4
        views.append(view)
        return view

    yield shown
    for view in views:
        view.setModel(None)


def press(view: GridView, *keys: Key, modifier: Mod = Mod.NoModifier) -> None:
    for key in keys:
        QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, key, modifier))


def current(view: GridView) -> int:
    return view.currentIndex().row()


def center(view: GridView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def mouse(
    view: GridView,
    kind: QEvent.Type,
    at: QPoint,
    held: Button = Button.LeftButton,
    modifier: Mod = Mod.NoModifier,
) -> None:
    button = Button.NoButton if kind == QEvent.Type.MouseMove else Button.LeftButton
    port = view.viewport()
    where = QPointF(port.mapToGlobal(at))
    QApplication.sendEvent(port, QMouseEvent(kind, QPointF(at), where, button, held, modifier))


def click(view: GridView, at: QPoint, modifier: Mod = Mod.NoModifier) -> None:
    mouse(view, QEvent.Type.MouseButtonPress, at, modifier=modifier)
    mouse(view, QEvent.Type.MouseButtonRelease, at, Button.NoButton, modifier)


def selected(view: GridView) -> list[int]:
    return [row for run in view.selected_rows() for row in run]


# --- moving ------------------------------------------------------------------------------------


def test_the_arrows_go_through_lines_of_four(grid: Grid) -> None:
    view = grid(10)
    press(view, Key.Key_Right)
    assert current(view) == 0
    press(view, Key.Key_Right, Key.Key_Down)
    assert current(view) == 5
    press(view, Key.Key_Left, Key.Key_Up)
    assert current(view) == 0
    press(view, Key.Key_End)
    assert current(view) == 9
    press(view, Key.Key_Up, Key.Key_Right, Key.Key_Right)
    assert current(view) == 7
    press(view, Key.Key_Down)  # the last line has no fourth photo
    assert current(view) == 9
    press(view, Key.Key_Down, Key.Key_Right)
    assert current(view) == 9
    assert selected(view) == [9]


def test_arrows_go_on_across_groups(grid: Grid) -> None:
    view = grid(9, (Group("/a", 5), Group("/b", 4)))
    view.show_row(2)
    press(view, Key.Key_Down)  # the second line of /a has one photo
    assert current(view) == 4
    press(view, Key.Key_Down)
    assert current(view) == 5
    press(view, Key.Key_Right, Key.Key_Up)
    assert current(view) == 4


def test_pages_keep_the_column_and_bring_the_photo_to_the_screen(grid: Grid) -> None:
    view = grid(400)
    view.show_row(1)
    press(view, Key.Key_PageDown)
    after = current(view)
    assert after > 4 and after % 4 == 1
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    press(view, Key.Key_PageUp)
    assert current(view) == 1
    press(view, Key.Key_End)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    assert view.verticalOffset() == view.verticalScrollBar().maximum() > 0
    press(view, Key.Key_PageDown)
    assert current(view) == 399
    press(view, Key.Key_Home)
    assert (current(view), view.verticalOffset()) == (0, 0)


def test_a_photo_that_the_keys_reach_is_not_under_the_heading_that_sticks(grid: Grid) -> None:
    view = grid(80, (Group("/a", 80),))
    view.show_row(79)
    for _ in range(12):
        press(view, Key.Key_Up)
        top = view.visualRect(view.currentIndex()).top()
        assert top >= view.plan().heading


def test_letters_and_digits_are_left_to_the_window(grid: Grid) -> None:
    view = grid(40)
    view.show_row(3)
    for key, text in ((Key.Key_T, "t"), (Key.Key_1, "1"), (Key.Key_Return, "\r")):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Mod.NoModifier, text)
        QApplication.sendEvent(view, event)
        assert not event.isAccepted()
    assert current(view) == 3


def test_home_selects_the_first_photo_though_it_is_current_already(
    grid: Grid, qtbot: QtBot
) -> None:
    view = grid(40)
    view.selectionModel().setCurrentIndex(
        view.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    assert not view.selected_photos()
    qtbot.keyClick(view, Key.Key_Home)
    assert view.selected_photos() == [1]


# --- selecting ---------------------------------------------------------------------------------


def test_shift_selects_all_in_between_in_either_direction(grid: Grid) -> None:
    view = grid(40)
    view.show_row(6)
    press(view, Key.Key_Down, Key.Key_Left, modifier=Mod.ShiftModifier)
    assert selected(view) == [6, 7, 8, 9]
    press(view, Key.Key_Up, Key.Key_Up, modifier=Mod.ShiftModifier)
    assert selected(view) == [1, 2, 3, 4, 5, 6]
    press(view, Key.Key_End, modifier=Mod.ShiftModifier)
    assert selected(view) == list(range(6, 40))
    press(view, Key.Key_Home, modifier=Mod.ShiftModifier)
    assert selected(view) == list(range(7))


def test_shift_starts_at_the_photo_that_is_current_however_it_became_so(grid: Grid) -> None:
    view = grid(40, (Group("/a", 20), Group("/b", 20)))
    click(view, center(view, 3))
    view.show_row(30)
    press(view, Key.Key_Right, modifier=Mod.ShiftModifier)
    assert selected(view) == [30, 31]
    view.show_row(2)
    view.select_group(1, Mod.NoModifier)
    press(view, Key.Key_Right, modifier=Mod.ShiftModifier)
    assert selected(view) == [20, 21]
    view.scrollToTop()
    click(view, center(view, 1))
    view.show_row(4)
    click(view, center(view, 7), Mod.ShiftModifier)
    assert selected(view) == [4, 5, 6, 7]


def test_clicks_with_shift_and_control(grid: Grid) -> None:
    view = grid(40)
    click(view, center(view, 6))
    assert (selected(view), current(view)) == ([6], 6)
    click(view, center(view, 8), Mod.ShiftModifier)  # further down, further left
    assert selected(view) == [6, 7, 8]
    click(view, center(view, 3), Mod.ShiftModifier)
    assert selected(view) == [3, 4, 5, 6]
    click(view, center(view, 4), Mod.ControlModifier)
    assert selected(view) == [3, 5, 6]
    click(view, QPoint(2, 2))  # beside all photos
    assert selected(view) == []


def test_a_rubber_band_selects_what_it_touches(grid: Grid) -> None:
    view = grid(40)
    start = view.visualRect(view.model().index(1, 0)).topLeft() - QPoint(3, 3)
    end = center(view, 6)
    mouse(view, QEvent.Type.MouseButtonPress, start)
    mouse(view, QEvent.Type.MouseMove, start + QPoint(20, 20))
    mouse(view, QEvent.Type.MouseMove, end)
    assert selected(view) == [1, 2, 5, 6]
    band = view.grab().toImage()
    mouse(view, QEvent.Type.MouseButtonRelease, end, Button.NoButton)
    assert selected(view) == [1, 2, 5, 6]
    assert view.grab().toImage() != band  # it is no longer painted


def test_everything_is_selected_as_one_range(grid: Grid) -> None:
    view = grid(5000)
    view.model().asked = 0
    press(view, Key.Key_A, modifier=Mod.ControlModifier)
    assert view.selected_rows() == [range(5000)]
    assert view.model().asked < 500
    assert view.selected_photos() == list(range(1, 5001))


def test_a_click_on_a_heading_selects_its_photos(grid: Grid) -> None:
    view = grid(12, (Group("/a", 5), Group("/b", 7)))
    heading = view.seen(view.plan().heading_box(1))
    click(view, QPoint(*heading.center().toTuple()))
    assert selected(view) == [5, 6, 7, 8, 9, 10, 11]
    assert current(view) == 5
    first = view.seen(view.plan().heading_box(0))
    click(view, first.center(), Mod.ControlModifier)
    assert selected(view) == list(range(12))


def test_the_heading_that_sticks_is_in_front_of_the_photos(grid: Grid) -> None:
    view = grid(80, (Group("/a", 40), Group("/b", 40)))
    view.verticalScrollBar().setValue(150)
    assert not view.indexAt(QPoint(60, 5)).isValid()
    assert view.heading_at(QPoint(60, 5)) == 0
    click(view, QPoint(60, 5))
    assert selected(view) == list(range(40))


# --- where things are --------------------------------------------------------------------------


def test_each_photo_is_found_where_it_is_shown(grid: Grid) -> None:
    view = grid(200, (Group("/a", 7), Group("/b", 193)))
    view.verticalScrollBar().setValue(300)
    for row in view.visible_rows():
        where = center(view, row)
        if where.y() > view.plan().heading:
            assert view.indexAt(where).row() == row


def test_groups_that_do_not_add_up_wait_for_the_model(grid: Grid) -> None:
    view = grid(10)
    view.set_groups((Group("/a", 4), Group("/b", 2)))
    assert view.plan().heading == 0
    view.model().reset_to(range(1, 7))
    assert view.plan().heading > 0
    assert view.plan().groups == 2


def test_few_questions_are_asked_of_a_large_model(grid: Grid) -> None:
    view = grid(100_000)
    view.model().asked = 0
    view.scrollToBottom()
    view.grab()
    view.model().dataChanged.emit(view.model().index(0), view.model().index(99_999))
    view.grab()
    press(view, Key.Key_End, Key.Key_Home)
    assert view.model().asked < 1000


# --- what stays when photos change -------------------------------------------------------------


def test_a_reset_keeps_the_photo_the_selection_and_the_place(grid: Grid) -> None:
    view = grid(400)
    view.show_row(200)
    view.selectionModel().select(
        view.model().index(203, 0), QItemSelectionModel.SelectionFlag.Select
    )
    before = view.visualRect(view.currentIndex())
    view.model().reset_to(range(9, 401))
    QApplication.processEvents()
    assert view.current_photo() == 201
    assert view.selected_photos() == [201, 204]
    assert view.visualRect(view.currentIndex()).top() == before.top()


def test_another_order_keeps_the_photo_in_its_place(grid: Grid) -> None:
    view = grid(400)
    view.show_row(200)
    before = view.visualRect(view.currentIndex())
    view.model().arrange(range(400, 0, -1))
    QApplication.processEvents()
    assert view.current_photo() == 201
    assert current(view) == 199
    assert view.visualRect(view.currentIndex()).top() == before.top()


@pytest.mark.parametrize("how", ["reset", "layout", "removal"])
def test_where_the_current_photo_goes_the_next_one_takes_its_place(grid: Grid, how: str) -> None:
    view = grid(400)
    view.show_row(203)
    view.scrollTo(view.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
    place = view.verticalOffset()
    for _ in range(8):
        row, photo = current(view), view.current_photo()
        rest = [each for each in view.model().ids if each != photo]
        if how == "reset":
            view.model().reset_to(rest)
        elif how == "layout":
            view.model().arrange(rest)
        else:
            view.model().remove(row)
        QApplication.processEvents()
        assert view.current_photo() == photo + 1
        assert view.selected_photos() == [photo + 1]
    assert view.verticalOffset() == place


def test_photos_that_come_before_do_not_move_what_is_seen(grid: Grid) -> None:
    view = grid(400)
    view.show_row(200)
    before = view.visualRect(view.currentIndex())
    view.model().insert(0, range(1001, 1042))
    QApplication.processEvents()
    assert view.current_photo() == 201
    assert view.visualRect(view.currentIndex()).top() == before.top()


def test_at_the_beginning_new_photos_are_seen(grid: Grid) -> None:
    view = grid(400)
    view.model().insert(0, range(1001, 1042))
    QApplication.processEvents()
    assert view.verticalOffset() == 0
    assert view.visible_photos()[0] == 1001


def test_all_photos_may_go_and_come_back(grid: Grid) -> None:
    view = grid(40, (Group("/a", 40),))
    view.show_row(30)
    view.model().reset_to([])
    view.set_groups(())
    view.set_empty_text("No photo matches", "Take a word out.")
    view.grab()
    assert view.current_photo() is None
    press(view, Key.Key_Down, Key.Key_End)
    view.model().reset_to(range(1, 5))
    view.grab()
    press(view, Key.Key_End)
    assert view.current_photo() == 4


def test_a_narrower_window_keeps_the_photo_in_sight(grid: Grid) -> None:
    view = grid(400)
    view.show_row(200)
    view.resize(260, 400)
    QApplication.processEvents()
    assert view.plan().columns < 4
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


# --- size --------------------------------------------------------------------------------------


def test_the_size_of_cells(grid: Grid, qtbot: QtBot) -> None:
    view = grid(400)
    view.show_row(200)
    with qtbot.waitSignal(view.cell_size_changed) as said:
        view.set_cell_size(160)
    assert said.args == [160] == [view.cell_size]
    assert view.visualRect(view.currentIndex()).width() == 160
    assert view.viewport().rect().intersects(view.visualRect(view.currentIndex()))
    view.set_cell_size(5000)
    assert view.cell_size == LARGEST
    view.set_cell_size(1)
    assert view.cell_size == SMALLEST
    press(view, Key.Key_Plus, modifier=Mod.ControlModifier)
    assert view.cell_size == 120
    press(view, Key.Key_Minus, modifier=Mod.ControlModifier)
    assert view.cell_size == SMALLEST


def test_the_wheel_with_control_zooms_about_the_mouse(grid: Grid) -> None:
    view = grid(400)
    view.verticalScrollBar().setValue(2000)
    at = QPoint(200, 190)
    row = view.plan().nearest(at.x(), at.y() + view.verticalOffset())
    assert row is not None
    wheel = QWheelEvent(
        QPointF(at),
        QPointF(view.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, 360),
        Button.NoButton,
        Mod.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.cell_size == 133
    rect = view.visualRect(view.model().index(row, 0))
    assert rect.top() <= at.y() <= rect.bottom()


def test_two_fingers_zoom(grid: Grid) -> None:
    view = grid(400)
    at = QPointF(200, 190)
    for _ in range(20):
        pinch = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture,
            QPointingDevice.primaryPointingDevice(),
            2,
            at,
            at,
            QPointF(view.viewport().mapToGlobal(at)),
            0.02,
            QPointF(),
        )
        QApplication.sendEvent(view.viewport(), pinch)
    assert 140 <= view.cell_size <= 155


# --- what it says ------------------------------------------------------------------------------


def test_it_says_what_is_on_the_screen_and_what_comes_next(grid: Grid, qtbot: QtBot) -> None:
    view = grid(4000)
    with qtbot.waitSignal(view.visible_changed) as said:
        view.verticalScrollBar().setValue(5000)
    rows = [photo - 1 for photo in said.args[0]]
    seen = list(view.visible_rows())
    assert rows[: len(seen)] == seen
    assert rows[len(seen)] == seen[-1] + 1
    assert len(seen) <= len(rows) - len(seen) + 8 <= len(seen) + 16
    with qtbot.waitSignal(view.visible_changed) as said:
        view.verticalScrollBar().setValue(4000)
    rows = [photo - 1 for photo in said.args[0]]
    assert min(rows) < view.visible_rows().start  # now the other way
    assert max(rows) == view.visible_rows().stop - 1


def test_space_and_a_double_click_open_a_photo_and_enter_does_not(grid: Grid, qtbot: QtBot) -> None:
    view = grid(40)
    view.show_row(5)
    with qtbot.waitSignal(view.opened) as said:
        press(view, Key.Key_Space)
    assert said.args == [6]
    with qtbot.waitSignal(view.opened) as said:
        click(view, center(view, 7))
        mouse(view, QEvent.Type.MouseButtonDblClick, center(view, 7))
    assert said.args == [8]
    with qtbot.assertNotEmitted(view.opened):
        press(view, Key.Key_Return, Key.Key_Enter)


def test_the_menu_is_wanted_where_the_mouse_or_the_photo_is(grid: Grid, qtbot: QtBot) -> None:
    view = grid(40)
    view.show_row(5)
    port = view.viewport()
    for reason, at in (
        (QContextMenuEvent.Reason.Mouse, QPoint(30, 40)),
        (QContextMenuEvent.Reason.Keyboard, center(view, 5)),
    ):
        with qtbot.waitSignal(view.context_menu_wanted) as said:
            where = port.mapToGlobal(QPoint(30, 40))
            QApplication.sendEvent(port, QContextMenuEvent(reason, QPoint(30, 40), where))
        assert said.args == [port.mapToGlobal(at)]


class Dragged(GridView):
    """Notes what would be dragged instead of dragging, which waits for a mouse."""

    def startDrag(self, supported: Qt.DropAction) -> None:  # noqa: N802 (Qt's name)
        data = self.drag_data()
        self.dragged = [url.fileName() for url in data.urls()] if data is not None else []


def test_a_photo_is_dragged_from_where_it_is_pressed(grid: Grid) -> None:
    view = grid(40, kind=Dragged)
    view.show_row(6)
    press(view, Key.Key_Right, modifier=Mod.ShiftModifier)
    for row, expected in ((7, ["IMG_0007.jpg", "IMG_0008.jpg"]), (2, ["IMG_0003.jpg"])):
        at = center(view, row)
        mouse(view, QEvent.Type.MouseButtonPress, at)
        for step in (5, 30, 60):
            mouse(view, QEvent.Type.MouseMove, at + QPoint(step, step))
        mouse(view, QEvent.Type.MouseButtonRelease, at, Button.NoButton)
        assert view.dragged == expected


def test_what_hangs_on_the_mouse_is_the_photo_and_a_number(qtbot: QtBot) -> None:
    photo = QPixmap(400, 300)
    photo.fill(QColor("red"))
    one, _ = drag_picture(photo, 1, palette(LIGHT), QFont(), 2.0)
    many, held_at = drag_picture(photo, 12, palette(LIGHT), QFont(), 2.0)
    assert one.toImage() != many.toImage()
    middle = many.toImage().pixelColor(many.width() // 2, many.height() // 2)
    assert middle.red() > 200 and middle.green() < 60
    assert many.devicePixelRatio() == 2
    assert QRectF(QPointF(), many.deviceIndependentSize()).contains(held_at.toPointF())
    nothing, _ = drag_picture(None, 3, palette(LIGHT), QFont(), 1.0)
    assert not nothing.isNull()


def test_selected_photos_are_dragged_out_as_files(grid: Grid) -> None:
    view = grid(40)
    view.show_row(5)
    press(view, Key.Key_Right, modifier=Mod.ShiftModifier)
    data = view.drag_data()
    assert data is not None
    assert [url.toLocalFile() for url in data.urls()] == [
        "/photos/IMG_0006.jpg",
        "/photos/IMG_0007.jpg",
    ]
    view.clearSelection()
    assert view.drag_data() is None


# --- painting ----------------------------------------------------------------------------------


def on_screen(view: GridView) -> QImage:
    """What the screen shows of a window, with what was only moved by scrolling."""
    QApplication.processEvents()
    return view.screen().grabWindow(view.winId()).toImage()


def test_scrolling_shows_the_same_as_painting_anew(grid: Grid) -> None:
    view = grid(400, (Group("/a", 7), Group("/b", 30), Group("/c", 363)))
    on_screen(view)
    for value in (10, 75, 140, 141, 300, 290, 900, 880, 0, 5):
        view.verticalScrollBar().setValue(value)
        moved = on_screen(view)
        view.viewport().repaint()
        assert moved == on_screen(view), value


def test_a_change_of_one_photo_paints_it_anew(grid: Grid) -> None:
    view = grid(400)
    before = on_screen(view)
    model = view.model()
    model.cards[2] = card(2, State.FAILED)
    rect = view.visualRect(model.index(1, 0))
    model.dataChanged.emit(model.index(1, 0), model.index(1, 0))
    after = on_screen(view)
    assert after != before
    model.dataChanged.emit(model.index(300, 0), model.index(399, 0))
    ratio = after.width() / view.width()
    outside = after.copy(0, int((rect.bottom() + 1) * ratio), after.width(), after.height())
    assert outside == before.copy(
        0, int((rect.bottom() + 1) * ratio), after.width(), after.height()
    )


def test_it_says_why_it_is_empty(grid: Grid) -> None:
    view = grid(0)
    plain = view.grab().toImage()
    view.set_empty_text("No photo matches", "Take a word out of the search.")
    assert view.grab().toImage() != plain


def test_headings_say_folder_or_day(qtbot: QtBot) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    try:
        assert heading_text(Group("/home/anna/Summer", 3)) == "Summer\n/home/anna"
        assert heading_text(Group("2024-05-31", 3)) == "Friday, 31 May 2024"
        assert heading_text(Group("", 3)) == "No date"
        assert heading_text(Group("/", 3)) == "/\n"
    finally:
        QLocale.setDefault(QLocale.c())


def test_headings_are_painted_with_what_was_passed_in(grid: Grid) -> None:
    asked = []

    def heading(group: Group) -> str:
        asked.append(group.key)
        return "Title\nwhere it is"

    view = grid(4000, tuple(Group(f"/{n}", 20) for n in range(200)), heading=heading)
    view.grab()
    assert "/0" in asked
    assert len(asked) < 20  # only those on the screen


def test_the_wall_follows_the_theme_and_the_font(grid: Grid) -> None:
    view = grid(40)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, "dark")
    dark = view.grab().toImage()
    theme.apply(application, "light")
    light = view.grab().toImage()
    assert light.pixelColor(2, 2).lightness() > 200
    assert dark.pixelColor(2, 2).lightness() < 60
    view.set_cell_size(208)
    height = view.cell_extent()[1]
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    QApplication.processEvents()
    assert view.cell_extent()[1] > height
    assert view.visualRect(view.model().index(0, 0)).height() > height


def test_a_screen_reader_is_told_where_the_keys_are(grid: Grid) -> None:
    view = grid(100_000)
    QAccessible.setActive(True)
    try:
        view.model().asked = 0
        press(view, Key.Key_End, Key.Key_Home, Key.Key_Right)
        press(view, Key.Key_A, modifier=Mod.ControlModifier)
        assert view.model().asked < 500
        found = QAccessible.queryAccessibleInterface(view)
        assert found.text(QAccessible.Text.Name) == "Photos"
        assert found.childCount() == 100_000
        child = found.child(3)
        assert child.text(QAccessible.Text.Name) == "photo 4"
        rect = view.visualRect(view.model().index(3, 0))
        assert child.rect().topLeft() == view.viewport().mapToGlobal(rect.topLeft())
    finally:
        QAccessible.setActive(False)


def test_the_photo_under_the_mouse_stands_out(grid: Grid) -> None:
    view = grid(40)
    still = on_screen(view)
    mouse(view, QEvent.Type.MouseMove, center(view, 2), Button.NoButton)
    over = on_screen(view)
    assert over != still
    mouse(view, QEvent.Type.MouseMove, QPoint(1, 1), Button.NoButton)
    assert on_screen(view) == still
