"""The search field, with real keys and a real library."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.core.query_text import parse
from app.ui.context import Context
from app.ui.search.field import SearchField
from app.ui.search.saved import NameDialog, SavedSearches

#: What the screenless platform says of every popup and dialog.
Key = Qt.Key


@pytest.fixture
def shown(field: SearchField) -> list[object]:
    """What the field asks to be shown."""
    queries: list[object] = []
    field.query_changed.connect(queries.append)
    return queries


def lines(field: SearchField) -> list[str]:
    popup = field._completer.popup()
    if not popup.isVisible():
        return []
    model = popup.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_what_is_typed_is_searched_for_after_a_moment(
    field: SearchField, shown: list[object], qtbot: QtBot
) -> None:
    qtbot.keyClicks(field.line, "tag:cat")
    assert shown == []
    qtbot.waitUntil(lambda: shown == [parse("tag:cat")])
    qtbot.keyClicks(field.line, "  ")  # says the same
    qtbot.wait(300)
    assert shown == [parse("tag:cat")]
    field.line.clear()
    qtbot.waitUntil(lambda: shown == [parse("tag:cat"), None])
    assert field.query is None


def test_enter_searches_at_once(field: SearchField, shown: list[object], qtbot: QtBot) -> None:
    qtbot.keyClicks(field.line, "xyzzy")
    qtbot.keyClick(field.line, Key.Key_Return)
    assert shown == [parse("xyzzy")]
    field.set_text("lake")
    assert shown[1:] == [parse("lake")]
    field.set_query(None)
    assert shown[2:] == [None]


def test_completion_by_keys(field: SearchField, shown: list[object], qtbot: QtBot) -> None:
    QAbstractItemModelTester(
        field._model, QAbstractItemModelTester.FailureReportingMode.Fatal, field
    )
    qtbot.keyClicks(field.line, "-ca")
    assert lines(field)[:2] == ["camera:", "Cat"]
    popup = field._completer.popup()
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert field.text() == "-tag:Animal/Cat "
    assert lines(field) == []
    assert shown[-1] == parse("-tag:animal/cat")
    qtbot.keyClicks(field.line, "stat")
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert field.text() == "-tag:Animal/Cat state:"
    qtbot.waitUntil(lambda: lines(field)[:1] == ["suggested"])
    qtbot.keyClick(popup, Key.Key_Escape)
    assert lines(field) == []


def test_enter_without_a_choice_searches_for_what_is_typed(
    field: SearchField, shown: list[object], qtbot: QtBot
) -> None:
    qtbot.keyClicks(field.line, "cat")
    assert "Cat" in lines(field)
    qtbot.keyClick(field._completer.popup(), Key.Key_Return)
    assert lines(field) == []
    assert shown == [parse("cat")]


def test_a_mistake_is_pointed_out_and_put_right(
    field: SearchField, shown: list[object], qtbot: QtBot
) -> None:
    qtbot.keyClicks(field.line, "lake stat:suggested")
    assert not field._message.isVisible()  # not while typing
    qtbot.keyClick(field.line, Key.Key_Return)
    assert field._message.isVisible()
    assert "There is no “stat:”." in field._message.label.text()
    assert "Did you mean state:?" in field._message.label.text()
    assert field.line.underlined == (5, 5)
    assert "stat:" in field.line.accessibleDescription()
    assert shown == []
    field._message.label.linkActivated.emit("fix")
    assert field.text() == "lake state:suggested"
    assert shown == [parse("lake state:suggested")]
    assert not field._message.isVisible()
    assert field.line.underlined is None


def test_a_mistake_shows_by_itself_what_is_not_finished_does_not(
    field: SearchField, qtbot: QtBot
) -> None:
    field.line.setText("rating>9")
    qtbot.waitUntil(field._message.isVisible)
    field.line.setText("(lake")
    assert not field._message.isVisible()
    qtbot.wait(1000)
    assert not field._message.isVisible()


def test_down_shows_what_was_searched_for(
    field: SearchField, shown: list[object], qtbot: QtBot
) -> None:
    qtbot.keyClick(field.line, Key.Key_Down)
    assert lines(field)[:2] == ["tag:", "state:"]
    field._completer.popup().hide()
    for text in ("lake", "river", "lake", "taag:x"):
        field.line.setText(text)
        field._completer.popup().hide()
        qtbot.keyClick(field.line, Key.Key_Return)
    assert field.history() == ["lake", "river"]
    field.line.clear()
    qtbot.keyClick(field.line, Key.Key_Down)
    assert lines(field) == ["lake", "river"]
    popup = field._completer.popup()
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert field.text() == "river"
    assert shown[-1] == parse("river")


def test_escape_shows_all_and_goes_back(field: SearchField, qtbot: QtBot) -> None:
    field.set_text("lake")
    with qtbot.waitSignals([field.left, field.query_changed]):
        qtbot.keyClick(field.line, Key.Key_Escape)
    assert field.text() == ""
    assert field.query is None


def test_enter_goes_back_unless_something_is_wrong(field: SearchField, qtbot: QtBot) -> None:
    field.line.setText("taag:x")
    with qtbot.assertNotEmitted(field.left):
        qtbot.keyClick(field.line, Key.Key_Return)
    field.line.setText("lake")
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field.line, Key.Key_Return)


def test_a_search_is_saved_and_forgotten(
    field: SearchField, saved: SavedSearches, shown: list[object], qtbot: QtBot
) -> None:
    assert not field._star.isVisible()
    field.set_text("tag:cat rating>=3")
    assert field._star.isVisible()
    field._star.trigger()
    dialog = field.findChild(NameDialog)
    dialog.name.setText("  ")
    assert not dialog.save.isEnabled()
    dialog.name.setText("Best cats")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: saved.names() == ["Best cats"])
    assert "Best cats" in field._star.text()
    field.set_text("")
    field.show_menu()
    (action,) = [a for a in field._menu.actions() if a.text() == "Best cats"]
    action.trigger()
    field._menu.close()
    assert shown[-1] == parse("tag:cat rating>=3")
    field.save_or_forget()
    qtbot.waitUntil(lambda: saved.names() == [])
    assert field._star.text() == "Save this search…"


def test_focus_takes_what_stands_there(field: SearchField) -> None:
    field.set_text("lake")
    field.line.deselect()
    field.focus_search()
    assert field.line.hasFocus()
    assert field.line.selectedText() == "lake"


def test_every_control_has_a_name(field: SearchField, context: Context) -> None:
    assert field.line.accessibleName()
    assert field._completer.popup().accessibleName()
    assert all(action.text() for action in field.line.actions())
    assert isinstance(field._saved.edit(field), QDialog)
