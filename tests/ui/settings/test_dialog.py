"""The settings dialog, used by keyboard and mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QListWidget,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.errors import ModelError
from app.core.preferences import OPTIONS, SECTIONS, Preferences
from app.ui.settings.dialog import SettingsDialog

MODELS = [("efficientnet-lite2", "Lite 2"), ("efficientnet-lite0", "Lite 0")]


@pytest.fixture
def dialog(qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog(Preferences(), MODELS)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def button(dialog: QWidget, text: str) -> QRadioButton | QCheckBox:
    for kind in (QRadioButton, QCheckBox):
        for each in dialog.findChildren(kind):
            if each.text() == text:
                return each
    raise LookupError(text)


def click(qtbot: QtBot, dialog: SettingsDialog, text: str) -> None:
    """On the box beside a text."""
    qtbot.mouseClick(button(dialog, text), Qt.MouseButton.LeftButton, pos=QPoint(8, 10))


def test_it_shows_what_is_set(qtbot: QtBot) -> None:
    wanted = Preferences(
        model="efficientnet-lite0", crops=1, min_score=0.73, choice="cumulative", write="sidecar",
        write_suggestions="accepted", xp_keywords=False, adobe_sidecars=True, use_exiftool=True,
        watch=False, confirm_bulk=0, theme="dark", language="ja", cache_megabytes=350,
        learn=False, head="svm", device="gpu",
    )  # fmt: skip
    assert all(getattr(wanted, each.name) != each.default for each in OPTIONS)
    dialog = SettingsDialog(wanted, MODELS)
    qtbot.addWidget(dialog)
    assert dialog.preferences == wanted


def test_a_click_holds_at_once(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.show_section("look")
    with qtbot.waitSignal(dialog.changed) as heard:
        click(qtbot, dialog, "Dark")
    assert heard.args == [replace(Preferences(), theme="dark")]
    dialog.show_section("files")
    with qtbot.waitSignal(dialog.changed) as heard:
        click(qtbot, dialog, "Watch my folders")
    assert heard.args == [replace(Preferences(), theme="dark", watch=False)]


def test_numbers_are_told_when_they_have_settled(dialog: SettingsDialog, qtbot: QtBot) -> None:
    told: list[Preferences] = []
    dialog.changed.connect(told.append)
    dialog.show_section("writing")
    slider = next(each for each in dialog.findChildren(QSlider))
    slider.setFocus()
    for _ in range(5):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert [each.min_score for each in told] == [0.75]


def test_nothing_is_lost_by_closing_at_once(dialog: SettingsDialog, qtbot: QtBot) -> None:
    told: list[Preferences] = []
    dialog.changed.connect(told.append)
    box = next(each for each in dialog.findChildren(QSpinBox) if "MB" in each.suffix())
    box.setValue(500)
    dialog.close()
    assert [each.cache_megabytes for each in told] == [500]


def test_a_section_goes_back_to_its_defaults(qtbot: QtBot) -> None:
    dialog = SettingsDialog(replace(Preferences(), crops=1, theme="dark", confirm_bulk=0), MODELS)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_section("look")
    back = next(
        each for each in dialog.findChildren(QPushButton)
        if each.text() == "Back to defaults" and each.isVisible()
    )  # fmt: skip
    with qtbot.waitSignal(dialog.changed) as heard:
        qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert heard.args == [replace(Preferences(), crops=1)]


def test_showing_values_says_nothing(dialog: SettingsDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.changed, wait=500):
        dialog.show_preferences(replace(Preferences(), theme="dark", min_score=0.9))
    assert dialog.preferences.min_score == 0.9


def test_opening_and_closing_changes_nothing(qtbot: QtBot) -> None:
    fine = replace(Preferences(), min_score=0.5571, cache_megabytes=333)
    dialog = SettingsDialog(fine, MODELS)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.assertNotEmitted(dialog.changed):
        dialog.close()
    assert dialog.preferences == fine


def test_what_does_nothing_cannot_be_set(dialog: SettingsDialog, qtbot: QtBot) -> None:
    slider = next(each for each in dialog.findChildren(QSlider))
    assert slider.isEnabled()
    dialog.show_section("writing")
    click(qtbot, dialog, "Only the tags you accept")
    assert not slider.isEnabled()
    click(qtbot, dialog, "Only in Tagwright")
    assert not button(dialog, "Keywords for older Windows programs").isEnabled()
    click(qtbot, dialog, "In the photo; beside it where that is not safe")
    assert button(dialog, "Keywords for older Windows programs").isEnabled()


def test_a_network_that_is_gone_is_named(qtbot: QtBot) -> None:
    preferences = replace(Preferences(), model="my-own")
    dialog = SettingsDialog(preferences, MODELS)
    qtbot.addWidget(dialog)
    assert dialog.preferences == preferences
    boxes = [each.currentText() for each in dialog.findChildren(QComboBox)]
    assert "my-own (not there)" in boxes


def test_without_a_catalogue_it_says_why(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Preferences(), [])
    qtbot.addWidget(dialog)
    dialog.show_failure(ModelError("/models/x.yml", "is not a model card"))
    assert dialog.preferences == Preferences()
    assert "is not a model card" in dialog._problem.text()


def test_every_control_has_a_name_and_can_be_reached(dialog: SettingsDialog) -> None:
    controls = [
        each
        for kind in (QAbstractSpinBox, QComboBox, QSlider, QListWidget, QCheckBox, QRadioButton,
                     QPushButton)
        for each in dialog.findChildren(kind)
    ]  # fmt: skip
    assert len(controls) > 20
    for each in controls:
        assert each.accessibleName() or each.text()
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_tab_goes_through_a_whole_section(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.show_section("files")
    sections = dialog.findChild(QListWidget)
    sections.setFocus()
    seen = []
    for _ in range(12):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
    visible = [each for each in dialog.findChildren(QCheckBox) if each.isVisible()]
    assert len(visible) == 4
    assert set(visible) <= set(seen)
    assert sections in seen


@pytest.mark.parametrize("key", [key for key, _, _ in SECTIONS])
def test_every_section_opens(dialog: SettingsDialog, key: str) -> None:
    dialog.show_section(key)
    names = {each.name for each in OPTIONS if each.section == key}
    shown = {name for name, field in dialog._fields.items() if field.isVisible()}
    assert shown == names
