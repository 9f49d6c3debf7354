"""Chips, and the layout they stand in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.tag import Tag
from app.ui import theme
from app.ui.widgets.chip import Chip, Look, _weaker
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.flow_layout import FlowLayout


class Box(QWidget):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.setFixedSize(width, 20)


def flow(qtbot: QtBot, widths: list[int], spacing: int = 5) -> tuple[QWidget, FlowLayout]:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder, spacing)
    for width in widths:
        layout.addWidget(Box(width))
    return holder, layout


@pytest.mark.parametrize(
    ("width", "height"),
    [(1000, 20), (310, 20), (309, 45), (205, 45), (204, 70), (100, 70), (50, 70)],
)
def test_the_height_follows_from_the_width(qtbot: QtBot, width: int, height: int) -> None:
    _, layout = flow(qtbot, [100, 100, 100])
    assert layout.heightForWidth(width) == height


def test_lines_are_filled_and_nothing_overlaps(qtbot: QtBot) -> None:
    holder, layout = flow(qtbot, [60, 90, 30, 120, 80, 40])
    holder.resize(200, layout.heightForWidth(200))
    layout.setGeometry(holder.rect())
    places = [layout.itemAt(n).geometry() for n in range(layout.count())]  # type: ignore[union-attr]
    assert [(place.x(), place.y()) for place in places] == [
        (0, 0), (65, 0), (160, 0), (0, 25), (0, 50), (85, 50),
    ]  # fmt: skip
    assert all(holder.rect().contains(place) for place in places)


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    _, layout = flow(qtbot, [100, 100, 100])
    item = layout.itemAt(0)
    assert item is not None
    item.widget().hide()
    assert layout.heightForWidth(205) == 20


def test_from_right_to_left(qtbot: QtBot) -> None:
    holder, layout = flow(qtbot, [60, 50])
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    layout.setGeometry(QRect(0, 0, 200, 20))
    places = [layout.itemAt(n).geometry() for n in range(2)]  # type: ignore[union-attr]
    assert [(place.left(), place.right()) for place in places] == [(140, 199), (85, 134)]


def test_margins_count(qtbot: QtBot) -> None:
    _, layout = flow(qtbot, [100, 100])
    layout.setContentsMargins(10, 3, 10, 4)
    assert layout.heightForWidth(224) == 3 + 20 + 5 + 20 + 4
    assert layout.heightForWidth(225) == 27
    assert layout.minimumSize() == QSize(120, 27)


@pytest.fixture
def chip(qtbot: QtBot) -> Chip:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    chip = Chip(holder)
    chip.show_tag(Tag(("Animal", "Cat")))
    layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    chip.holder = holder  # type: ignore[attr-defined] # keeps it alive
    return chip


def test_a_chip_says_its_tag(chip: Chip) -> None:
    assert chip.accessibleName() == "Animal › Cat"
    chip.show_tag(Tag(("Animal", "Cat")), Look.LIGHT, "3 of 5")
    assert chip.accessibleName() == "Animal › Cat, 3 of 5"
    assert chip.minimumSizeHint().width() <= chip.sizeHint().width()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_del_removes(chip: Chip, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.clicked):
        QTest.keyClick(chip, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_click(chip: Chip, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.removed):
        QTest.keyClick(chip, key)


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_cross_is_at_the_end(chip: Chip, qtbot: QtBot, mirrored: bool) -> None:
    if mirrored:
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    ends = QPoint(12, chip.height() // 2), QPoint(chip.width() - 12, chip.height() // 2)
    body, cross = reversed(ends) if mirrored else ends
    with qtbot.waitSignal(chip.removed), qtbot.assertNotEmitted(chip.clicked):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=cross)
    with qtbot.waitSignal(chip.clicked), qtbot.assertNotEmitted(chip.removed):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=body)


def test_the_focus_is_seen(chip: Chip, qtbot: QtBot) -> None:
    chip.clearFocus()
    without = chip.grab().toImage()
    chip.setFocus()
    assert chip.hasFocus()
    assert chip.grab().toImage() != without


@pytest.mark.parametrize("dark", [False, True])
def test_the_parents_step_back_and_stay_readable(dark: bool) -> None:
    palette = theme.palette_for(dark)
    grounds = {
        "confirmed_chip": "confirmed_chip_text", "Window": "WindowText", "hover": "WindowText",
    }  # fmt: skip
    for ground, text in grounds.items():
        ink, paper = theme.colour(text, palette), theme.colour(ground, palette)
        weaker = _weaker(ink, paper)
        assert theme.contrast(weaker, paper) >= 4.5
        assert theme.contrast(weaker, paper) < theme.contrast(ink, paper)


def test_a_chip_is_painted_from_the_palette(chip: Chip) -> None:
    for dark in (False, True):
        palette = theme.palette_for(dark)
        chip.setPalette(palette)
        image = chip.grab().toImage()
        ground = QColor(image.pixelColor(image.width() // 2, 4))
        assert ground == theme.confirmed_chip(palette)
    assert palette.color(QPalette.ColorRole.Window).lightness() < 128


def test_a_long_text_does_not_make_a_label_wide(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("long " * 100)
    assert label.minimumSizeHint().width() == 0
    label.resize(100, 20)
    label.show()
    QApplication.processEvents()
    assert label.text() == "long " * 100
    assert label.width() == 100
