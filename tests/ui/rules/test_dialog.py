"""The rules editor: changing, previewing, saving, going back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QMessageBox
from pytestqt.qtbot import QtBot

from app.core.folders import Folders
from app.core.paths import data_path
from app.core.rules import Rule
from app.core.tag import Tag
from app.services.rules_file import load_rules
from app.services.rules_text import RuleEntry, save_rules
from app.ui.context import Context
from app.ui.rules.dialog import RulesDialog
from app.ui.rules.model import Column, RulesFilter, RulesModel
from tests.ui.rules.conftest import SETTINGS

# What Qt's platform without a screen says of every window.

ANIMAL = Tag(("Animal",))


@pytest.fixture
def model(qtbot: QtBot) -> RulesModel:
    made = RulesModel()
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(made, fatal, made)
    made.show(
        (
            RuleEntry("dog", Rule("Dog", 0.25, 8, (ANIMAL,)), ("basset", "maltese dog")),
            RuleEntry("cat", Rule("Cat", 0.2, 8, (ANIMAL, Tag(("Pet",))))),
            RuleEntry("abaya", Rule("abaya", 1.0)),
        )
    )
    return made


def shown(model: RulesModel, row: int) -> list[str]:
    return [model.index(row, column).data() for column in range(len(Column))]


def test_a_rule_is_told_in_plain_words(model: RulesModel) -> None:
    assert shown(model, 0)[1:] == ["Animal/Dog", "25 %", "8", ""]
    assert "dog" in shown(model, 0)[0] and "2" in shown(model, 0)[0]
    assert shown(model, 1) == ["cat", "Animal/Cat", "20 %", "8", "Pet"]
    assert shown(model, 2)[2] == "never"
    assert "maltese dog" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_changes_are_kept_and_can_be_dropped(model: RulesModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.changed):
        model.setData(model.index(0, Column.TAG), "Pet/Hound")
    model.setData(model.index(0, Column.THRESHOLD), 0.5)
    model.setData(model.index(1, Column.ALSO), "Furry, Place/Home, furry")
    model.setData(model.index(1, Column.PRIORITY), -2)
    assert model.changes["dog"] == Rule("Hound", 0.5, 8, (Tag(("Pet",)),))
    assert model.changes["cat"].also == (Tag(("Furry",)), Tag(("Place", "Home")))
    assert model.index(0, Column.TAG).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(0, Column.PRIORITY).data(Qt.ItemDataRole.FontRole) is None
    assert "25 %" in model.index(0, Column.THRESHOLD).data(Qt.ItemDataRole.ToolTipRole)
    model.restore(0)
    model.setData(model.index(1, Column.PRIORITY), 8)
    model.setData(model.index(1, Column.ALSO), "Pet")
    assert model.changes == {}


def test_another_spelling_is_a_change(model: RulesModel) -> None:
    model.setData(model.index(0, Column.TAG), "animal/Dog")
    assert model.changes["dog"].tag.path == ("animal", "Dog")
    model.setData(model.index(0, Column.TAG), "Animal/Dog")
    assert model.changes == {}


@pytest.mark.parametrize(
    ("column", "text"),
    [(Column.TAG, ""), (Column.TAG, "a|b"), (Column.TAG, "a//b"), (Column.ALSO, "Pet, dog")],
)
def test_what_cannot_be_is_refused_with_the_reason(
    model: RulesModel, qtbot: QtBot, column: Column, text: str
) -> None:
    with qtbot.waitSignal(model.refused) as refused:
        assert not model.setData(model.index(0, column), text)
    assert refused.args[0] and model.changes == {}
    with qtbot.waitSignal(model.refused) as refused:
        model.setData(model.index(0, Column.TAG), "Fine")
    assert refused.args == [""]


def test_the_filter_finds_the_words_of_the_network(model: RulesModel) -> None:
    found = RulesFilter(model)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(found, fatal, found)
    for text, row in (("maltese", "Animal/Dog"), ("PET", "Animal/Cat")):
        found.setFilterFixedString(text)
        assert found.rowCount() == 1
        assert found.index(0, Column.TAG).data() == row


@pytest.fixture
def dialog(qtbot: QtBot, context: Context) -> RulesDialog:
    made = RulesDialog(context, SETTINGS)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() > 200)
    return made


def set_threshold(dialog: RulesDialog, name: str, value: float) -> None:
    row = dialog.model.row_of(name)
    assert dialog.model.setData(dialog.model.index(row, Column.THRESHOLD), value)


def test_a_preview_says_what_would_change(qtbot: QtBot, dialog: RulesDialog) -> None:
    set_threshold(dialog, "beaver", 0.15)
    qtbot.waitUntil(lambda: dialog.pane.examples.count() == 12)
    item = dialog.pane.tags.topLevelItem(0)
    assert [item.text(column) for column in range(3)] == ["Animal/Beaver", "+20", ""]
    assert "20" in dialog.pane.summary.text() and "21" in dialog.pane.summary.text()
    with qtbot.waitSignal(dialog.photo_wanted) as wanted:
        dialog.pane.examples.itemActivated.emit(dialog.pane.examples.item(0))
    assert wanted.args[0] > 1
    set_threshold(dialog, "beaver", 1.0)
    qtbot.waitUntil(lambda: dialog.pane.examples.count() == 1)
    assert dialog.pane.tags.topLevelItem(0).text(2) == "−1"
    set_threshold(dialog, "beaver", 0.3)  # as it was
    assert not dialog.model.changes and not dialog.pane.examples.isVisible()


def test_only_the_last_of_many_changes_counts(qtbot: QtBot, dialog: RulesDialog) -> None:
    for percent in range(20, 10, -1):
        set_threshold(dialog, "beaver", percent / 100)
    set_threshold(dialog, "beaver", 1.0)
    qtbot.waitUntil(lambda: dialog.pane.examples.count() == 1)


def test_a_threshold_is_edited_in_percent_with_the_keyboard(
    qtbot: QtBot, dialog: RulesDialog
) -> None:
    dialog.search.setText("beaver")
    index = dialog.filter.index(0, Column.THRESHOLD)
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(index)
    dialog.table.edit(index)
    (editor,) = dialog.table.findChildren(QDoubleSpinBox)
    assert editor.value() == 30
    editor.setValue(15)
    qtbot.waitUntil(lambda: bool(dialog.model.changes))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert dialog.model.changes["beaver"].threshold == 0.15 and dialog.isVisible()


def test_saving_makes_the_rules_the_users_own(
    qtbot: QtBot, dialog: RulesDialog, folders: Folders
) -> None:
    assert not dialog.save_button.isEnabled() and not dialog.reset_button.isEnabled()
    set_threshold(dialog, "beaver", 0.15)
    with qtbot.waitSignal(dialog.rules_changed):
        dialog.save_button.click()
    assert not dialog.isVisible()
    assert load_rules(folders.own_rules).rules["beaver"].threshold == 0.15
    theirs = data_path("rules.yml").read_text(encoding="utf-8").splitlines()
    ours = folders.own_rules.read_text(encoding="utf-8").splitlines()
    assert sum(a != b for a, b in zip(theirs, ours, strict=True)) == 1


def test_what_cannot_be_saved_is_said(qtbot: QtBot, dialog: RulesDialog, folders: Folders) -> None:
    folders.config.write_bytes(b"")  # a file where the folder should be
    set_threshold(dialog, "beaver", 0.15)
    with qtbot.assertNotEmitted(dialog.rules_changed):
        dialog.save()
        qtbot.waitUntil(dialog.problem.isVisible)
    assert dialog.isVisible() and dialog.save_button.isEnabled()


def test_going_back_to_the_programs_rules(qtbot: QtBot, context: Context, folders: Folders) -> None:
    save_rules(folders, "beaver: {label: Mine}\n")
    dialog = RulesDialog(context, SETTINGS)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.reset_button.isEnabled)
    dialog.reset_button.click()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    (yes,) = (b for b in box.buttons() if box.buttonRole(b) == QMessageBox.ButtonRole.AcceptRole)
    with qtbot.waitSignal(dialog.rules_changed):
        yes.click()
    assert not folders.own_rules.exists()


def test_broken_rules_are_said_and_can_be_set_aside(
    qtbot: QtBot, context: Context, folders: Folders
) -> None:
    save_rules(folders, "beaver: [1]\n")
    dialog = RulesDialog(context, SETTINGS)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.problem.isVisible)
    assert "line 1" in dialog.problem.text() and dialog.reset_button.isEnabled()
    with qtbot.waitSignal(dialog.rules_changed):
        dialog.use_program_rules()


def test_closing_while_a_preview_is_made_is_harmless(qtbot: QtBot, context: Context) -> None:
    dialog = RulesDialog(context, SETTINGS)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 200)
    set_threshold(dialog, "beaver", 0.15)
    dialog._look()
    dialog.reject()
    dialog.deleteLater()
    answered: list[None] = []
    context.reader.ask(lambda _: None, answered.append)
    qtbot.waitUntil(lambda: bool(answered))
