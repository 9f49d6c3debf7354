"""The matrix and the charts: with the mouse, by keys, and for who cannot see them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.learning.evaluation import CalibrationBin
from app.services.accuracy.judging import LibraryFigures
from app.ui.accuracy.drawings import Bars, Curve
from app.ui.accuracy.matrix import MatrixView
from app.ui.accuracy.measured import CertaintyPane, LearningPane, MixUpsPane
from app.ui.accuracy.saving import Sheet, SheetChart
from tests.ui.accuracy.conftest import made


@pytest.fixture
def matrix(qtbot: QtBot) -> MatrixView:
    view = MatrixView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show_matrix(["Cat", "Dog", "Boat"], np.array([[9, 2, 0], [1, 7, 0], [0, 0, 5]]))
    view.show()
    qtbot.waitExposed(view)
    return view


def point(view: MatrixView, row: int, column: int) -> QPoint:
    return view.cell_rect(row, column).center().toPoint()


def test_a_click_asks_for_the_photos_of_a_cell(matrix: MatrixView, qtbot: QtBot) -> None:
    chosen: list[tuple[int, int]] = []
    matrix.chosen.connect(lambda *cell: chosen.append(cell))
    for cell in ((0, 1), (1, 0), (2, 2)):
        qtbot.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=point(matrix, *cell))
    # There are no photos behind an empty cell, and none behind a name.
    qtbot.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=point(matrix, 0, 2))
    qtbot.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert chosen == [(0, 1), (1, 0), (2, 2)]


def test_the_keyboard_goes_from_cell_to_cell(matrix: MatrixView, qtbot: QtBot) -> None:
    chosen: list[tuple[int, int]] = []
    said: list[str] = []
    matrix.chosen.connect(lambda *cell: chosen.append(cell))
    matrix.pointed.connect(said.append)
    matrix.activateWindow()
    matrix.setFocus()
    qtbot.waitUntil(matrix.hasFocus)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Space,
                Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Enter):  # fmt: skip
        qtbot.keyClick(matrix, key)
    assert chosen == [(0, 1), (0, 1)]  # at the edge it stays, and (0, 2) is empty
    assert "2 photo(s) with Cat were taken for Dog" in said
    assert matrix.accessibleDescription() == "0 photo(s) with Cat were taken for Boat"


def test_a_cell_says_what_it_is(matrix: MatrixView, qtbot: QtBot) -> None:
    where = point(matrix, 1, 0)
    at = matrix.viewport().mapToGlobal(where)
    QApplication.sendEvent(matrix.viewport(), QHelpEvent(QEvent.Type.ToolTip, where, at))
    qtbot.waitUntil(lambda: QToolTip.text() == "1 photo(s) with Dog were taken for Cat")
    QToolTip.hideText()
    assert matrix.text_of(2, 2) == "5 photo(s) with Boat, found as such"


def test_many_tags_are_scrolled_and_their_names_can_be_read(qtbot: QtBot) -> None:
    found = made(100, photos=3000)
    pane = MixUpsPane()
    qtbot.addWidget(pane)
    pane.resize(800, 500)
    pane.say("")
    pane.show_figures(found)
    pane.show()
    view = pane.matrix
    assert view.cell_rect(0, 0).height() >= QFontMetricsF(view.font()).height()
    assert view.verticalScrollBar().maximum() > 0
    view.setFocus()
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.viewport().rect().toRectF().contains(view.cell_rect(60, 0))
    assert view.cell_rect(60, 0).top() > 60  # below the names


def test_only_what_is_mixed_up(qtbot: QtBot) -> None:
    found = made(14, photos=60)
    figures = found.figures
    assert figures is not None
    wrong = figures.confusion.copy()
    np.fill_diagonal(wrong, 0)
    wrong[:10, :] = wrong[:, :10] = 0
    right = np.diag(np.diag(figures.confusion))
    object.__setattr__(figures, "confusion", wrong + right)
    pane = MixUpsPane()
    qtbot.addWidget(pane)
    pane.say("")
    pane.show_figures(found)
    pane.only_mixed.setChecked(True)
    chosen: list[tuple[int, int]] = []
    pane.chosen.connect(lambda *cell: chosen.append(cell))
    pane.matrix.resize(500, 500)
    mixed = np.flatnonzero(wrong.any(axis=0) | wrong.any(axis=1)).tolist()
    assert 2 <= len(mixed) <= 4
    # What is asked for is the tag, not its place on the screen.
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Left)
    qtbot.keyClick(pane.matrix, Qt.Key.Key_Return)
    assert chosen == ([(mixed[0], mixed[0])] if right[mixed[0], mixed[0]] else [])
    assert len(pane.matrix._shown) == len(mixed)


def test_a_curve_is_read_by_mouse_and_keys(figures: LibraryFigures, qtbot: QtBot) -> None:
    pane = LearningPane()
    qtbot.addWidget(pane)
    pane.resize(700, 500)
    pane.show_figures(figures)
    pane.show()
    said: list[str] = []
    pane.chart.pointed.connect(said.append)
    assert "With 3 example(s) of each tag: 75 %" in pane.chart.accessibleDescription()
    pane.activateWindow()
    pane.chart.setFocus()
    qtbot.waitUntil(pane.chart.hasFocus)
    qtbot.keyClick(pane.chart, Qt.Key.Key_Left)
    assert said[-1] == "With 3 example(s) of each tag: 75 % right (from 70 % to 80 %)"
    qtbot.keyClick(pane.chart, Qt.Key.Key_Home)
    qtbot.mouseMove(pane.chart, QPoint(pane.chart.width() - 40, 50))
    assert said[-1].startswith("With 10 example(s)")


def test_certainties_are_put_into_words(figures: LibraryFigures, qtbot: QtBot) -> None:
    pane = CertaintyPane()
    qtbot.addWidget(pane)
    pane.show_figures(figures)
    assert pane.sentence == ""
    assert "often" in pane.about.text()
    drawing = pane.chart.drawing
    assert isinstance(drawing, Curve) and drawing.diagonal
    assert figures.figures is not None
    shown = [each for each in figures.figures.curve if each.answers >= 5]
    assert len(drawing.points) == len(shown)
    pane.show_figures(made(2, photos=2))
    assert "too few" in pane.about.text()  # nothing is known of two photos
    pane.say("Not measured yet.")
    assert pane.about.text() == "Not measured yet."
    # What the user has answered is known in any case.
    pane.source.setCurrentIndex(1)
    assert "too few" in pane.about.text() and pane.chart.drawing is None
    pane.show_answers([CalibrationBin(0.8, 0.9, 20, 0.85, 0.5)])
    assert "less often than it says" in pane.about.text() and "35 points" in pane.about.text()
    assert "85 % certain on average: 50 % right" in pane.chart.accessibleDescription()
    pane.show_answers([CalibrationBin(0.8, 0.9, 20, 0.85, 0.86)])
    assert "about as often as it says" in pane.about.text()


def test_bars_are_found_under_the_pointer() -> None:
    bars = Bars(np.array([[3, 1, 0], [0, 0, 0], [5, 5, 10]]), ["a", "b", "c"], ["A", "B", "C"])
    metrics = QFontMetricsF(QApplication.font())
    place = QRectF(0, 0, 400, 200)
    found = [bars.thing_at(QPointF(x, 100), place, metrics) for x in (0, 100, 220, 390, 500)]
    assert found == [-1, 0, 1, 2, -1]


def test_the_picture_shows_all_of_it(figures: LibraryFigures, qtbot: QtBot) -> None:
    pane = LearningPane()
    qtbot.addWidget(pane)
    pane.show_figures(figures)
    assert pane.chart.drawing is not None
    chart = SheetChart("Examples", pane.chart.drawing)
    names = ["猫", "Dog", "Boat", "Tree"]
    font = QApplication.font()
    large = QImage.fromData(Sheet("Title", names, figures, [chart, chart]).png(font))
    small = QImage.fromData(Sheet("Title", [], None, [chart]).png(font))
    assert large.width() > 1000 and large.height() > small.height()
    colours = {large.pixelColor(x, y).name() for x in range(0, 600, 7) for y in range(0, 600, 7)}
    assert len(colours) > 5
