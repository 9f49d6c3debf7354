"""Accepting everything that is sure enough."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QSlider
from pytestqt.qtbot import QtBot

from app.core.change import Edit
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.browsing import Condition
from app.ui.review.bulk import BulkAcceptDialog
from tests.ui.review.conftest import Stage

# Qt without a screen says so of every window.

ANIMAL, CAT, CUP = Tag.parse("Animal"), Tag.parse("Animal/Cat"), Tag.parse("Cup")


@pytest.fixture
def ids(stage: Stage) -> list[PhotoId]:
    return [
        stage.photo(("Animal/Cat", 0.95), ("Cup", 0.92)),
        stage.photo(("Animal/Cat", 0.80)),
        stage.photo(("Animal/Dog", 0.60), ("Cup", 0.20)),
        stage.photo(),
    ]


def opened(qtbot: QtBot, stage: Stage, *arguments: object, **more: object) -> BulkAcceptDialog:
    dialog = BulkAcceptDialog(stage.context, *arguments, **more)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.ready):
        dialog.show()
    return dialog


def test_says_what_it_comes_to(qtbot: QtBot, stage: Stage, ids: list[PhotoId]) -> None:
    dialog = opened(qtbot, stage)
    assert dialog.percent == 90 and dialog.counts == (2, 1)
    assert dialog.label() == "Accept 2 tag(s) on 1 photo(s)"
    assert dialog.edits() == [(ids[0], Edit(accept=(CAT, CUP)))]


def test_the_slider_asks_nothing(qtbot: QtBot, stage: Stage, ids: list[PhotoId]) -> None:
    dialog = opened(qtbot, stage)
    stage.reader.close()  # whoever asked now would get no answer
    slider = dialog.findChild(QSlider)
    slider.setFocus()
    counts = {}
    while dialog.percent > 10:
        counts[dialog.percent] = dialog.counts
        qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert counts[81] == (2, 1) and counts[80] == (3, 2) and counts[60] == (4, 3)
    assert dialog.counts == (5, 3)
    assert [(e.photo, e.percent) for e in dialog._examples.examples] == [
        (ids[2], 20), (ids[1], 80), (ids[0], 92),
    ]  # fmt: skip


def test_one_tag_and_what_is_below_it(qtbot: QtBot, stage: Stage, ids: list[PhotoId]) -> None:
    dialog = opened(qtbot, stage, percent=10)
    box = dialog.findChild(QComboBox)
    names = [box.itemText(n) for n in range(box.count())]
    assert names == ["All tags", "Animal", "Animal › Cat", "Animal › Dog", "Cup"]
    dialog.tag = ANIMAL
    assert dialog.counts == (3, 3)
    dialog.tag = CUP
    assert dialog.edits() == [(ids[0], Edit(accept=(CUP,))), (ids[2], Edit(accept=(CUP,)))]
    dialog.tag = None
    assert dialog.counts == (5, 3)


def test_only_the_photos_that_are_meant(qtbot: QtBot, stage: Stage, ids: list[PhotoId]) -> None:
    assert opened(qtbot, stage, ids[1:], percent=10).counts == (3, 2)
    condition = Condition("id = ?", (ids[1],))
    assert opened(qtbot, stage, condition, percent=10).counts == (1, 1)


def test_nothing_is_so_certain(qtbot: QtBot, stage: Stage, ids: list[PhotoId]) -> None:
    dialog = opened(qtbot, stage, percent=100)
    assert dialog.edits() == [] and not dialog._accept.isEnabled()
    assert "95" in dialog._caption.text()
    nothing = opened(qtbot, stage, [ids[3]])
    assert nothing.edits() == [] and not nothing._accept.isEnabled()
    assert not nothing.findChild(QSlider).isEnabled()


def test_examples_show_their_thumbnails_when_they_are_there(
    qtbot: QtBot, stage: Stage, ids: list[PhotoId]
) -> None:
    pictures: dict[PhotoId, QPixmap] = {}
    dialog = opened(qtbot, stage, picture=pictures.get)
    place = dialog._examples._place(0).center().toPoint()
    green = QColor(0, 200, 0)
    assert dialog._examples.grab().toImage().pixelColor(place) != green
    pictures[ids[0]] = QPixmap(64, 48)
    pictures[ids[0]].fill(green)
    dialog.refresh_pictures()
    assert dialog._examples.grab().toImage().pixelColor(place) == green


def test_carried_out_and_taken_back(qtbot: QtBot, stage: Stage, ids: list[PhotoId]) -> None:
    dialog = opened(qtbot, stage, percent=80)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    stage.session.act(dialog.edits(), dialog.label())
    assert stage.library.decided(ids[1], "confirmed") == {CAT}
    again = opened(qtbot, stage, percent=80)
    assert again.counts == (0, 0)
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert not again.isVisible()


def test_closed_before_the_answer(qtbot: QtBot, stage: Stage, ids: list[PhotoId]) -> None:
    import shiboken6

    dialog = BulkAcceptDialog(stage.context)
    shiboken6.delete(dialog)
    assert opened(qtbot, stage).counts == (2, 1), "the late answer did no harm"


def test_every_control_has_a_name(qtbot: QtBot, stage: Stage, ids: list[PhotoId]) -> None:
    dialog = opened(qtbot, stage)
    assert dialog.findChild(QSlider).accessibleName() == "Certainty"
    assert dialog.findChild(QComboBox).accessibleName() == "Tag"
    assert "Animal/Cat" in opened(qtbot, stage, percent=80)._examples.accessibleDescription()
    assert dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
