"""Typing tags."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.folders import Folders
from app.core.tag import Tag
from app.library.library import Library
from app.services.vocabulary import Match, Vocabulary
from app.ui.context import Context
from app.ui.tag_field.completions import CompletionModel, Row, rows_for
from app.ui.tag_field.field import TagField
from app.ui.tag_field.keeper import VocabularyKeeper
from app.ui.tag_field.typed import Part, as_typed, part_at, parts, problem, replaced
from app.workers.reader import Reader
from tests.ui.idle import IdleSession


def tag(path: str) -> Tag:
    return Tag.parse(path)


CAT, DOG, HOLIDAY = tag("Animal/Cat"), tag("Animal/Dog"), tag("Holiday")
WORDS = Vocabulary(
    {CAT: 12, DOG: 3, HOLIDAY: 400, tag("Family/Cathy"): 5, Tag(("Smith, John",)): 1},
    [HOLIDAY, DOG],
    {CAT: ("kitty",)},
)


class Bench(QWidget):
    """A field between two others, and what it says."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.field = TagField(self)
        self.next = QLineEdit(self)
        layout.addWidget(self.field)
        layout.addWidget(self.next)
        layout.addStretch(1)
        self.resize(400, 400)
        self.field.set_vocabulary(WORDS)
        self.given: list[list[str]] = []
        self.field.committed.connect(lambda tags: self.given.append([str(tag) for tag in tags]))

    def type(self, text: str) -> None:
        QTest.keyClicks(self.field, text)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.field, key)

    @property
    def offered(self) -> list[str]:
        popup = self.field.popup
        return [str(row.match.tag) for row in popup.model.rows] if popup.isVisible() else []

    @property
    def message(self) -> str:
        popup = self.field.popup
        return popup.message.text() if popup.isVisible() else ""


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    bench = Bench()
    qtbot.addWidget(bench)
    bench.next.setFocus()
    bench.show()
    bench.activateWindow()
    qtbot.waitUntil(bench.isActiveWindow)
    bench.field.setFocus()
    return bench


ENTER, TAB, DOWN, UP, ESCAPE = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Escape,
)


def test_recent_tags_are_offered_first(bench: Bench) -> None:
    assert bench.offered == ["Holiday", "Animal/Dog"]
    bench.press(DOWN, DOWN, ENTER)
    assert bench.given == [["Animal/Dog"]]


def test_a_path_makes_a_new_tag_that_says_so(bench: Bench) -> None:
    bench.type("Plant/Tree")
    row = bench.field.popup.model.rows[0]
    assert row == Row(Match(tag("Plant/Tree")), new=True, enter=True)
    assert "New tag" in row.words
    bench.press(ENTER)
    assert bench.given == [["Plant/Tree"]]
    assert bench.field.text() == ""
    assert not bench.field.popup.isVisible()


def test_what_was_typed_once_is_known_at_once(bench: Bench) -> None:
    bench.type("Plant/Tree")
    bench.press(ENTER)
    moved: list[object] = []
    bench.field.moved.connect(moved.append)
    bench.press(DOWN)  # is for the photos
    assert len(moved) == 1 and not bench.field.popup.isVisible()
    QTest.keyClick(bench.field, DOWN, Qt.KeyboardModifier.AltModifier)
    assert bench.offered[0] == "Plant/Tree"
    bench.type("plant/tree")
    assert not any(row.new for row in bench.field.popup.model.rows)
    bench.press(ENTER)
    assert bench.given == [["Plant/Tree"], ["Plant/Tree"]]


@pytest.mark.parametrize("text", ["cat", "CAT", "animal/cat", "kitty", " Cat "])
def test_a_name_a_path_and_a_synonym_mean_the_tag(bench: Bench, text: str) -> None:
    bench.type(text)
    assert bench.offered[0] == "Animal/Cat"
    bench.press(ENTER)
    assert bench.given == [["Animal/Cat"]]


def test_why_a_synonym_finds_a_tag_is_said(bench: Bench) -> None:
    bench.type("kit")
    row = next(row for row in bench.field.popup.model.rows if row.match.tag == CAT)
    assert row.words == "Animal › Cat, also called kitty, 12 photo(s)"


def test_enter_takes_what_is_typed_and_tab_completes(bench: Bench) -> None:
    bench.type("ca")
    assert [row.enter for row in bench.field.popup.model.rows][:2] == [True, False]
    bench.press(TAB)
    assert bench.field.hasFocus()
    assert bench.field.text() == "Animal/Cat"
    bench.press(ENTER)
    bench.type("ca")
    bench.press(ENTER)
    assert bench.given == [["Animal/Cat"], ["ca"]]


def test_tab_goes_on_where_there_is_nothing_to_complete(bench: Bench) -> None:
    bench.type("animal/cat")
    bench.press(TAB)
    assert bench.field.text() == "Animal/Cat"
    assert bench.field.hasFocus()
    bench.press(TAB)
    assert bench.next.hasFocus()
    assert bench.field.text() == "Animal/Cat"  # nothing is lost
    assert not bench.field.popup.isVisible()
    bench.field.setFocus()
    bench.field.clear()
    bench.press(TAB)
    assert bench.next.hasFocus()


def test_arrows_choose_and_come_back_to_what_was_typed(bench: Bench) -> None:
    bench.type("ca")
    rows = bench.offered
    bench.press(UP)
    current = bench.field.popup.current()
    assert current is not None and str(current.match.tag) == rows[-1]
    bench.press(DOWN)
    assert bench.field.popup.current() is None
    bench.press(DOWN, DOWN, DOWN, TAB)
    assert bench.field.text() == rows[2]


def test_several_with_commas(bench: Bench) -> None:
    bench.type("holiday, kitty, New/One, holiday,, ")
    bench.press(ENTER)
    assert bench.given == [["Holiday", "Animal/Cat", "New/One"]]


def test_the_tag_under_the_cursor_is_completed(bench: Bench) -> None:
    bench.type("ca, holiday")
    bench.field.setCursorPosition(2)
    assert "Animal/Cat" in bench.offered
    bench.press(TAB)
    assert bench.field.text() == "Animal/Cat, holiday"
    assert bench.field.cursorPosition() == len("Animal/Cat")


def test_what_stands_there_already_is_not_offered(bench: Bench) -> None:
    bench.type("holiday, ")
    assert bench.offered == ["Animal/Dog"]
    bench.type("holi")
    assert bench.offered == ["holi"]


def test_a_comma_in_a_name_is_kept(bench: Bench) -> None:
    bench.type("smith")
    bench.press(TAB)
    assert bench.field.text() == "Smith\\, John"
    bench.type(", cat")
    bench.press(ENTER)
    assert bench.given == [["Smith, John", "Animal/Cat"]]


def test_escape_closes_then_clears_then_leaves(bench: Bench, qtbot: QtBot) -> None:
    bench.type("ca")
    with qtbot.assertNotEmitted(bench.field.left):
        bench.press(ESCAPE)
        assert not bench.field.popup.isVisible()
        assert bench.field.text() == "ca"
        bench.press(ESCAPE)
        assert bench.field.text() == ""
    with qtbot.waitSignal(bench.field.left):
        bench.press(ESCAPE)


def test_enter_on_an_empty_line_leaves(bench: Bench, qtbot: QtBot) -> None:
    bench.type(" , ")
    with qtbot.waitSignal(bench.field.left):
        bench.press(ENTER)
    assert bench.given == []


@pytest.mark.parametrize("text", ["cat, a;b, dog", "a|b", "Animal//Cat", "/x", "holiday, x/"])
def test_what_is_no_tag_is_explained_and_nothing_is_lost(bench: Bench, text: str) -> None:
    bench.type(text)
    bench.press(ENTER)
    assert bench.given == []
    assert bench.field.text() == text
    wrong = next(part.text for part in parts(text) if problem(part.text))
    assert bench.message == problem(wrong) != ""
    assert bench.field.selectedText() == wrong
    assert bench.field.accessibleDescription() == bench.message


def test_a_forbidden_letter_is_explained_while_it_is_typed(bench: Bench) -> None:
    bench.type("Animal/")
    assert bench.message == ""
    assert bench.offered
    bench.type(";")
    assert "“;”" in bench.message
    bench.press(Qt.Key.Key_Backspace)
    assert bench.message == ""


def test_a_click_takes_a_tag_with_all_that_was_typed(bench: Bench) -> None:
    bench.type("holiday, ca")
    view = bench.field.popup.list
    at = bench.offered.index("Animal/Cat")
    place = view.visualRect(view.model().index(at, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.given == [["Holiday", "Animal/Cat"]]
    assert bench.field.hasFocus()


def test_keys_do_not_reach_the_windows_shortcuts(bench: Bench) -> None:
    fired: list[str] = []
    for key in ("Return", "Esc", "1", "T", "Del", "Space", "Down"):
        action = QAction(bench)
        action.setShortcut(key)
        action.triggered.connect(lambda _checked, key=key: fired.append(key))
        bench.addAction(action)
    bench.type("t1 x")
    bench.press(DOWN, Qt.Key.Key_Delete, ENTER, ESCAPE)
    assert fired == []


def test_it_hangs_below_or_above_but_inside_the_window(bench: Bench) -> None:
    bench.type("a")
    popup = bench.field.popup
    assert popup.parentWidget() is bench
    assert popup.y() >= bench.field.mapTo(bench, QPoint(0, bench.field.height())).y()
    assert bench.rect().contains(popup.geometry())
    layout = bench.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertStretch(0, 100)
    QApplication.processEvents()
    bench.type("n")
    assert popup.geometry().bottom() <= bench.field.mapTo(bench, QPoint(0, 0)).y()
    assert bench.rect().contains(popup.geometry())


def test_it_goes_with_its_field(bench: Bench, qtbot: QtBot) -> None:
    bench.type("a")
    popup = bench.field.popup
    with qtbot.waitSignal(popup.destroyed):
        bench.field.deleteLater()


def test_new_words_are_offered_at_once(bench: Bench) -> None:
    bench.type("zeb")
    assert bench.offered == ["zeb"]
    bench.field.set_vocabulary(Vocabulary({tag("Animal/Zebra"): 1}))
    assert bench.offered == ["zeb", "Animal/Zebra"]


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = CompletionModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for text in ("", "ca", "cat", "zzz", "a;", "Animal/"):
        model.show_rows(rows_for(text, WORDS))
        assert model.rowCount() == len(model.rows)
        assert model.rowCount(model.index(0)) == 0
    model.show_rows(rows_for("cat", WORDS))
    index = model.index(0)
    assert index.data() == "Animal › Cat"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Animal › Cat, 12 photo(s)"
    assert tester.model() is model


def test_of_a_name_that_is_known_a_new_tag_can_still_be_made() -> None:
    rows = rows_for("cat", WORDS)
    assert (rows[0].match.tag, rows[0].enter, rows[0].new) == (CAT, True, False)
    assert (rows[-1].match.tag, rows[-1].enter, rows[-1].new) == (tag("cat"), False, True)
    assert not any(row.new for row in rows_for("Animal/Cat", WORDS))


def test_texts_are_taken_apart() -> None:
    assert parts("") == [Part("", 0, 0)]
    assert parts("a, b/c ,") == [Part("a", 0, 1), Part("b/c", 2, 7), Part("", 8, 8)]
    assert [part.text for part in parts(r"a\,b, c\/d\\, e")] == ["a,b", r"c\/d\\", "e"]
    assert part_at("ab,cd", 2).text == "ab"
    assert part_at("ab,cd", 3).text == "cd"
    assert replaced("ab, c, d", part_at("ab, c, d", 5), CAT) == ("ab, Animal/Cat, d", 14)


@pytest.mark.parametrize("names", [("a,b",), ("AC/DC", "x,"), ("back\\slash", "a\\,b"), ("\\",)])
def test_every_tag_can_be_typed(names: tuple[str, ...]) -> None:
    each = Tag(names)
    (part,) = parts(as_typed(each))
    assert Tag.parse(part.text) == each


PET = Tag.parse("Family/Minka")


class Engine(IdleSession):
    """The engine's signals; nothing of it is asked for here."""


def test_the_keeper_reads_again_when_tags_have_changed(qtbot: QtBot, tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    with Library(folders.data) as library:
        photo = library.save_photo(Path("/p/a.jpg"), size=1, mtime_ns=1, content_hash=b"a")
        reader, session = Reader(folders.data), Engine()
        try:
            keeper = VocabularyKeeper(Context(session, reader, folders))
            qtbot.waitSignal(keeper.changed).wait()
            # What the network may suggest is known from the start.
            assert Tag.parse("Animal/Alligator") in keeper.vocabulary
            assert PET not in keeper.vocabulary
            library.decide(photo, [PET], "confirmed")
            with qtbot.waitSignal(keeper.changed, timeout=10_000):
                session.tags_changed.emit()
                session.tags_changed.emit()
            assert PET in keeper.vocabulary
        finally:
            reader.close()
