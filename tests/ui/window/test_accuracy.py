"""The page about accuracy in the real window: from the key to the photos of a cell and back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.core.change import Edit
from app.core.tag import Tag
from app.ui.accuracy.page import AccuracyPage
from tests.ui.window.conftest import Bench
from tests.workers.test_teacher import EACH, OTHERS, REX, make_two_things

Start = Callable[..., Bench]
TOM = Tag.parse("Tom")
PHOTOS = 2 * EACH + len(OTHERS)


@pytest.fixture
def folder(tmp_path: Path, samples: Path) -> Path:
    folder = tmp_path / "photos"
    make_two_things(samples, folder)
    return folder


def open_page(bench: Bench) -> AccuracyPage:
    """Open the page, and wait until what was decided since is measured."""
    before = bench.window.accuracy.page
    found = before.found if before is not None else None
    bench.window.view.setFocus()
    bench.key(Qt.Key.Key_F9)
    page = bench.window.accuracy.page
    assert page is not None and bench.window.accuracy.is_shown()
    bench.qtbot.waitUntil(
        lambda: page.found is not found and not page.is_measuring(), timeout=60_000
    )
    return page


def confirm(bench: Bench, tag: Tag, *names: str) -> None:
    edits = [(bench.id_of(name), Edit(add=(tag,))) for name in names]
    bench.acted(lambda: bench.window.session.act(edits, "Add"))


def test_from_the_page_to_the_photos_of_a_cell_and_back(
    start: Start, folder: Path, tmp_path: Path
) -> None:
    bench = start(learn=False)
    window = bench.window
    bench.drop(folder)
    bench.settle(PHOTOS)
    page = open_page(bench)
    assert "No suggestion has been answered" in page.answers.sentence
    assert "two tags" in page.tags.sentence and not page.save_button.isEnabled()
    assert not window.tags_dock.isVisible() and window.actions_["accuracy"].isChecked()
    bench.key(Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.grid_page and window.tags_dock.isVisible()
    assert not window.actions_["accuracy"].isChecked()

    confirm(bench, REX, *(f"rex {n}.jpg" for n in range(EACH)), "tom 4.jpg")
    confirm(bench, TOM, *(f"tom {n}.jpg" for n in range(EACH) if n != 4))
    page = open_page(bench)  # what was decided since is measured by itself
    found = page.found
    assert found is not None and found.figures is not None
    assert f"on {2 * EACH} photo" in page.works_on.text()
    assert page.answers.sentence == page.mix_ups.sentence == ""
    history = page.answers.history
    assert history is not None and history.everything.added == 2 * EACH
    assert found.figures.confusion.tolist() == [[EACH, 1], [0, EACH - 1]]

    page.tabs.setCurrentWidget(page.mix_ups)
    matrix = page.mix_ups.matrix
    where = matrix.cell_rect(0, 1).center().toPoint()
    bench.qtbot.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=where)
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == 1, timeout=10_000)
    assert window.pages.currentWidget() is window.grid_page
    assert window.proxy.ids().tolist() == [bench.id_of("tom 4.jpg")]
    bench.qtbot.waitUntil(window.scope.isVisible)
    assert window.commands.title() == "Rex, taken for Tom"

    window.view.setFocus()
    bench.key(Qt.Key.Key_Escape)  # back to where it was asked for
    assert window.accuracy.is_shown()
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == PHOTOS, timeout=10_000)

    # The same photo by its tag, with the keyboard alone.
    page.tabs.setCurrentWidget(page.tags)
    said: list[str] = []
    page.told.connect(said.append)
    names = [page.tags.sorted.index(row, 0).data() for row in range(2)]
    page.tags.table.setFocus()
    for name in ("Tom", "Pets › Rex"):
        page.tags.table.selectRow(names.index(name))
        bench.qtbot.keyClick(page.tags.table, Qt.Key.Key_Return)
    assert said == ["Tom was found on all of its photos."]
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == 1, timeout=10_000)
    assert window.commands.title() == "Rex, missed"
    bench.qtbot.mouseClick(window.scope._to_accuracy, Qt.MouseButton.LeftButton)
    assert window.accuracy.is_shown()

    table, picture = tmp_path / "figures.csv", tmp_path / "figures.png"
    page.save_table(table)
    page.save_picture(picture)
    bench.qtbot.waitUntil(lambda: table.exists() and picture.exists(), timeout=10_000)
    bench.qtbot.waitUntil(lambda: not QImage(str(picture)).isNull(), timeout=10_000)
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    assert [str(folder / "tom 4.jpg"), "Pets/Rex", "Tom"] in rows
    assert any(row[:5] == ["Tom", "0", "0", "0", str(EACH - 1)] for row in rows)
    page.save_table(tmp_path / "no folder" / "figures.csv")
    bench.qtbot.waitUntil(page.problem.isVisible, timeout=10_000)
    assert "figures.csv" in page.problem.text()


def test_whoever_searches_wants_to_see_photos(start: Start, folder: Path) -> None:
    bench = start(learn=False)
    window = bench.window
    bench.drop(folder)
    bench.settle(PHOTOS)
    open_page(bench)
    window.commands.filter_by_state("untagged")
    assert window.pages.currentWidget() is window.grid_page
    bench.key(Qt.Key.Key_F9)
    assert window.accuracy.is_shown()
    bench.key(Qt.Key.Key_F9)
    assert not window.accuracy.is_shown()


def test_no_key_changes_photos_that_are_not_seen(start: Start, folder: Path) -> None:
    bench = start(learn=False)
    window = bench.window
    bench.drop(folder)
    bench.settle(PHOTOS)
    window.view.selectAll()
    page = open_page(bench)
    page.setFocus()
    for key in (Qt.Key.Key_T, Qt.Key.Key_Delete, Qt.Key.Key_Return):
        bench.qtbot.keyClick(page, key)
    assert window.accuracy.is_shown() and not window.inspector_dock.isVisible()
    assert not window.undo.stack.canUndo() and not window.actions_["accept_all"].isEnabled()
    bench.qtbot.keyClick(page, Qt.Key.Key_F9)
    assert window.actions_["accept_all"].isEnabled()


def test_measuring_can_be_stopped_and_the_window_closed_meanwhile(
    start: Start, folder: Path
) -> None:
    bench = start(learn=False)
    bench.drop(folder)
    bench.settle(PHOTOS)
    confirm(bench, REX, *(f"rex {n}.jpg" for n in range(EACH)))
    confirm(bench, TOM, *(f"tom {n}.jpg" for n in range(EACH)))
    bench.key(Qt.Key.Key_F9)
    page = bench.window.accuracy.page
    assert page is not None
    bench.qtbot.waitUntil(page.is_measuring, timeout=10_000)
    assert page.stop_button.isVisible() and not page.measure_button.isVisible()
    bench.qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    bench.qtbot.waitUntil(lambda: not page.is_measuring(), timeout=30_000)
    assert page.found is None and "stopped" in page.tags.sentence
    assert page.works_on.text() == ""
    bench.qtbot.mouseClick(page.measure_button, Qt.MouseButton.LeftButton)
    assert page.is_measuring()
    bench.close()  # with the thread at work


def test_a_network_that_is_gone_is_said(start: Start, folder: Path) -> None:
    bench = start(learn=False)
    bench.drop(folder)
    bench.settle(PHOTOS)
    bench.window.preferences = bench.window.preferences.__class__(model="no-such-network")
    bench.key(Qt.Key.Key_F9)
    page = bench.window.accuracy.page
    assert page is not None
    bench.qtbot.waitUntil(page.problem.isVisible, timeout=20_000)
    assert "no-such-network" in page.problem.text()
    assert "could not be measured" in page.tags.sentence
