"""The tables: sorted by what figures are, not by how they are written."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.core.tag import Tag
from app.library.answers import DayAnswers
from app.services.accuracy.history import Answers
from app.ui.accuracy.answers import AnswersPane
from app.ui.accuracy.drawings import Bars
from app.ui.accuracy.measured import TagsPane
from app.ui.accuracy.tables import FigureFilter, percent
from tests.ui.accuracy.conftest import made

TODAY = date(2026, 3, 18)
CAT, DOG, BOAT = Tag(("Animal", "Cat")), Tag(("Animal", "Dog")), Tag(("Boat",))
DAYS = (
    DayAnswers(CAT, date(2026, 3, 1), 9, 1, 0, 8.0, 10),
    DayAnswers(DOG, date(2026, 3, 2), 90, 30, 2, 60.0, 120),
    DayAnswers(BOAT, TODAY, 0, 0, 11, 0.0, 0),
)


def column(model: FigureFilter, number: int) -> list[str]:
    return [model.index(row, number).data() for row in range(model.rowCount())]


def test_sorting_and_filtering(qtbot: QtBot) -> None:
    pane = AnswersPane()
    qtbot.addWidget(pane)
    tester = QAbstractItemModelTester(
        pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert "No suggestion has been answered" in pane.sentence
    pane.show_answers(Answers(DAYS, {CAT: 3}), TODAY)
    assert pane.sentence == ""
    assert pane.facts.values() == ["133", "99", "31", "13", "76 %"]
    assert column(pane.sorted, 1) == ["120", "13", "0"]  # numbers, not texts
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        pane.table.sortByColumn(5, order)
        assert column(pane.sorted, 5)[-1] == "–"  # what is not known comes last
    assert column(pane.sorted, 5)[:2] == ["90 %", "75 %"]
    pane.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert column(pane.sorted, 0) == ["Animal › Cat", "Animal › Dog", "Boat"]
    qtbot.keyClicks(pane.filter, "DOG")
    assert column(pane.sorted, 0) == ["Animal › Dog"]
    pane.filter.clear()
    index = pane.sorted.index(0, 7)
    assert "9 of 10" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "3 suggestion" in pane.sorted.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    del tester


def test_a_tag_has_a_chart_of_its_own(qtbot: QtBot) -> None:
    pane = AnswersPane()
    qtbot.addWidget(pane)
    pane.resize(900, 600)
    pane.show()
    pane.show_answers(Answers(DAYS, {}), TODAY)
    everything = pane.chart.drawing
    assert isinstance(everything, Bars) and everything.numbers.sum() == 143
    pane.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    pane.table.selectRow(0)
    one = pane.chart.drawing
    assert isinstance(one, Bars) and one.numbers.sum() == 10
    assert pane.all_tags.isVisible()
    qtbot.mouseClick(pane.all_tags, Qt.MouseButton.LeftButton)
    again = pane.chart.drawing
    assert isinstance(again, Bars) and again.numbers.sum() == 143
    assert not pane.all_tags.isVisible()
    pane.span.setCurrentIndex(pane.span.findData("month"))
    months = pane.chart.drawing
    assert isinstance(months, Bars) and months.numbers.shape == (1, 3)
    assert "March 2026: 99 kept, 31 removed, 13 added by hand" in months.texts


def test_what_rests_on_too_few_photos_is_not_shown(qtbot: QtBot) -> None:
    found = made(4)
    assert found.figures is not None
    pane = TagsPane()
    qtbot.addWidget(pane)
    pane.say("")
    pane.show_figures(found)
    # With four tags, the right one is always among five.
    first, five, ten, *rest = pane.facts.values()
    assert first == percent(found.figures.top_k[1]) and five == ten == "–"
    assert all(text.endswith("%") for text in rest)
    assert "–" not in column(pane.sorted, 2)
    pane.show_figures(made(12))
    assert pane.facts.values()[1] != "–"
    few = made(2, photos=9)
    pane.show_figures(few)
    shown = dict(zip(column(pane.sorted, 0), column(pane.sorted, 2), strict=True))
    assert few.figures is not None
    for tag, given in zip(few.figures.tags, few.given, strict=True):
        assert (shown[" › ".join(tag.path)] == "–") == (given < 5)


def test_almost_all_is_not_all() -> None:
    assert percent(1.0) == "100 %"
    assert percent(0.997) == "> 99 %"
    assert percent(0.0) == "0 %"
