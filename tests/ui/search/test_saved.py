"""The list of saved searches."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.search.saved import NameDialog, SavedSearches, SavedSearchList

#: What the screenless platform says of every popup and dialog.


def names(view: SavedSearchList) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_searches_are_chosen_renamed_and_forgotten(saved: SavedSearches, qtbot: QtBot) -> None:
    view = SavedSearchList(saved)
    qtbot.addWidget(view)
    QAbstractItemModelTester(
        view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, view
    )
    view.show()
    saved.save("cats", "tag:cat")
    saved.save("Best", "rating>=4")
    qtbot.waitUntil(lambda: names(view) == ["Best", "cats"])
    first = view.model().index(0, 0)
    assert first.data(Qt.ItemDataRole.ToolTipRole) == "rating>=4"
    with qtbot.waitSignal(view.chosen) as chosen:
        view.activated.emit(first)
    assert chosen.args == ["rating>=4"]
    view.setCurrentIndex(first)
    view.edit(first)
    editor = view.findChild(QLineEdit)
    editor.setText("Very best")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(view) == ["cats", "Very best"])
    assert not view.model().setData(view.model().index(0, 0), "  ")
    view.setCurrentIndex(view.model().index(0, 0))
    view.forget()
    qtbot.waitUntil(lambda: names(view) == ["Very best"])


def test_a_name_that_is_taken_is_said(saved: SavedSearches, qtbot: QtBot) -> None:
    view = SavedSearchList(saved)
    qtbot.addWidget(view)
    dialog = NameDialog(view, "tag:cat", ["Best"])
    dialog.name.setText("Best")
    assert "Takes the place" in dialog.note.text()
    with qtbot.waitSignal(dialog.named) as named:
        dialog.save.click()
    assert named.args == ["Best"]
