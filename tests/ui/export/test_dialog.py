"""Exporting from the window: real photos out of a real library, read back from the folder."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QSlider,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.metadata.programs import PROGRAMS
from app.metadata.reader import read_tags
from app.ui.context import Context
from app.ui.export.dialog import ExportDialog
from app.ui.export.report import ReportPage
from app.workers.exporting import ExportReport

Open = Callable[..., ExportDialog]


@pytest.fixture
def open_dialog(context: Context, ids: dict[str, int], qtbot: QtBot) -> Iterator[Open]:
    opened: list[ExportDialog] = []

    def open_(selected: tuple[str, ...] = (), shown: tuple[str, ...] = (), **kw: object):
        dialog = ExportDialog(
            context, [ids[each] for each in selected], [ids[each] for each in shown], len(ids), **kw
        )
        qtbot.addWidget(dialog)
        dialog.show()
        opened.append(dialog)
        return dialog

    yield open_
    for dialog in opened:
        dialog.close()


def radio(dialog: QWidget, start: str) -> QRadioButton:
    return next(each for each in dialog.findChildren(QRadioButton) if each.text().startswith(start))


def export(dialog: ExportDialog, qtbot: QtBot) -> ExportReport:
    with qtbot.waitSignal(dialog.exported, timeout=30_000) as heard:
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    return heard.args[0]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_copies_have_the_tags_and_the_originals_stay(
    open_dialog: Open, photos: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    before = {path: path.read_bytes() for path in photos.iterdir()}
    dialog = open_dialog(folder=tmp_path / "out")
    report = export(dialog, qtbot)
    assert (report.photos, report.failed, report.error) == (4, (), "")
    assert (report.embedded, report.without) == (1, 3)
    assert [str(tag) for tag in read_tags(tmp_path / "out" / "chelsea.jpg").tags] == ["Animal/Cat"]
    assert not read_tags(tmp_path / "out" / "coffee.jpg").tags
    assert {path: path.read_bytes() for path in photos.iterdir()} == before
    assert dialog.report.isVisible()
    assert "4 photo" in dialog.report.text() and str(tmp_path / "out") in dialog.report.text()


def test_suggestions_go_along_from_a_certainty_on(
    open_dialog: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog(folder=tmp_path / "out", min_score=0.5)
    box = dialog.form.findChild(QSpinBox)
    assert not box.isEnabled()
    radio(dialog, "Suggestions as well").click()
    assert box.isEnabled() and box.value() == 50
    report = export(dialog, qtbot)
    assert (report.embedded, report.without) == (2, 2)
    assert [str(tag) for tag in read_tags(tmp_path / "out" / "coffee.jpg").tags] == [
        "Food/Drink/Coffee"
    ]


def test_only_the_selection(open_dialog: Open, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog(("chelsea", "coffee"), ("chelsea", "coffee", "camera"), folder=tmp_path)
    assert dialog.form.count() == 2
    assert "2 photo" in dialog.export_button.text()
    radio(dialog, "The 3 photo").click()
    assert "3 photo" in dialog.export_button.text()
    radio(dialog, "The 2 selected").click()
    dialog.form.set_folder(tmp_path / "out")
    assert export(dialog, qtbot).photos == 2
    assert files(tmp_path / "out") == {"chelsea.jpg", "coffee.jpg"}


def test_sidecars_alone(open_dialog: Open, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog(folder=tmp_path / "out")
    radio(dialog, "Sidecars only").click()
    report = export(dialog, qtbot)
    assert (report.sidecars, report.without) == (1, 3)
    assert files(tmp_path / "out") == {"chelsea.jpg.xmp"}


def test_a_program_without_sidecars_offers_none(open_dialog: Open) -> None:
    dialog = open_dialog()
    sidecars = radio(dialog, "Sidecars only")
    sidecars.click()
    box = dialog.form.findChild(QComboBox)
    box.setCurrentIndex(box.findData("shotwell"))
    box.activated.emit(box.currentIndex())
    assert not sidecars.isEnabled() and dialog.form.settings().how == "copy"


def test_a_table(open_dialog: Open, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog(folder=tmp_path / "out")
    radio(dialog, "A table for spreadsheets").click()
    assert not dialog.form.findChild(QComboBox).isEnabled()
    export(dialog, qtbot)
    text = (tmp_path / "out" / "tags.csv").read_text(encoding="utf-8-sig")
    rows = {Path(row["path"]).stem: row["hierarchy"] for row in csv.DictReader(text.splitlines())}
    assert rows == {"chelsea": "Animal/Cat", "coffee": "", "motorcycle_left": "", "camera": ""}


def test_examples_say_what_the_program_will_show(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog()
    qtbot.waitUntil(lambda: "Animal › Cat" in dialog.examples.texts())
    texts = dialog.examples.texts()
    assert texts[:2] == ["chelsea.jpg", "Animal › Cat"]
    assert "Food › Drink › Coffee" not in texts
    radio(dialog, "Suggestions as well").click()
    qtbot.waitUntil(lambda: "Food › Drink › Coffee" in dialog.examples.texts())
    box = dialog.form.findChild(QComboBox)
    box.setCurrentIndex(box.findData("apple"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: "Coffee" in dialog.examples.texts())
    headings = [each.text() for each in dialog.examples.findChildren(QLabel)]
    assert "What Apple Photos will show" in headings


def test_examples_show_the_photos(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog(("coffee",))
    qtbot.waitUntil(lambda: "coffee.jpg" in dialog.examples.texts())
    pictures = [each.pixmap() for each in dialog.examples.findChildren(QLabel) if each.pixmap()]
    pictures = [each for each in pictures if not each.isNull()]
    assert len(pictures) == 1
    image = pictures[0].toImage()
    assert (image.width(), image.height()) == (72, 54)
    assert len({image.pixel(x, 27) for x in range(72)}) > 20


def test_a_photo_that_is_gone_is_reported(
    open_dialog: Open, photos: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (photos / "coffee.jpg").unlink()
    dialog = open_dialog(folder=tmp_path / "out")
    qtbot.waitUntil(lambda: "coffee.jpg" in dialog.examples.texts())
    report = export(dialog, qtbot)
    assert [path.name for path, _ in report.failed] == ["coffee.jpg"]
    assert report.photos == 4 and "3 photo" in dialog.report.text()
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert dialog.form.isVisible()


def test_a_disaster_is_reported_in_short(qtbot: QtBot, tmp_path: Path) -> None:
    page = ReportPage()
    qtbot.addWidget(page)
    failed = tuple((tmp_path / f"{n}.jpg", "is gone") for n in range(50_000))
    page.show_report(ExportReport(tmp_path, photos=50_000, failed=failed))
    listed = page.findChild(QListWidget)
    assert listed.count() == 501
    assert "49" in listed.item(500).text() and listed.item(0).text() == "0.jpg: is gone"


def test_a_long_path_does_not_make_it_wide(qtbot: QtBot) -> None:
    page = ReportPage()
    qtbot.addWidget(page)
    page.show_report(ExportReport(Path("/" + "/".join(["a-folder"] * 60)), photos=1))
    assert page.minimumSizeHint().width() < 600


def test_among_the_originals_nothing_is_exported(
    open_dialog: Open, photos: Path, qtbot: QtBot
) -> None:
    before = files(photos)
    dialog = open_dialog(folder=photos)
    report = export(dialog, qtbot)
    assert "lies among the photos" in report.error
    assert report.error in dialog.report.text()
    assert files(photos) == before


def test_without_a_folder_it_asks_for_one(open_dialog: Open, tmp_path: Path) -> None:
    dialog = open_dialog()
    assert not dialog.export_button.isEnabled()
    dialog.form.set_folder(tmp_path / "out")
    assert dialog.export_button.isEnabled()


def test_it_can_be_cancelled(open_dialog: Open, tmp_path: Path, qtbot: QtBot) -> None:
    """After the first photo; what was copied by then is whole."""
    dialog = open_dialog(folder=tmp_path / "out")
    seen: list[int] = []
    # On the exporter's own thread, so that it cannot run ahead of the click.
    cancel = dialog._exporter.cancel
    dialog._exporter.progressed.connect(
        lambda done, _: (seen.append(done), cancel()), Qt.ConnectionType.DirectConnection
    )
    report = export(dialog, qtbot)
    assert report.cancelled and report.photos == 1 and seen == [1]
    assert len(files(tmp_path / "out")) == 1
    assert "Cancelled after 1 photo" in dialog.report.text()


def test_the_button_cancels_and_then_closes(
    open_dialog: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog(folder=tmp_path / "out")
    with qtbot.waitSignal(dialog.exported, timeout=30_000) as heard:
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
        assert dialog.progress.isVisible()
        qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
        assert dialog.isVisible()
    assert heard.args[0].cancelled
    assert dialog.report.isVisible() and dialog.close_button.isEnabled()
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_closing_in_the_middle_leaves_no_thread(
    open_dialog: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog(folder=tmp_path / "out")
    steps: list[int] = []
    # Not waitSignal: a second signal may be on its way from the thread, to nobody by then.
    dialog._exporter.progressed.connect(lambda done, _: steps.append(done))
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(steps), timeout=20_000)
    dialog.close()
    assert not dialog._exporter.is_running()
    assert not [each for each in dialog.findChildren(QThread) if each.isRunning()]
    assert not list((tmp_path / "out").glob(".tagwright-export-*"))


@pytest.mark.parametrize("key", PROGRAMS)
def test_every_program_can_be_chosen_at_first(open_dialog: Open, key: str) -> None:
    dialog = open_dialog(program=key)
    assert dialog.program() == key
    assert dialog.form.settings().program is PROGRAMS[key]


def test_every_control_has_a_name_and_can_be_reached(open_dialog: Open) -> None:
    dialog = open_dialog(("chelsea",), ("chelsea", "coffee"))
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QSlider)
    controls = [each for kind in kinds for each in dialog.findChildren(kind)]
    controls.append(dialog.form.findChild(QLineEdit, options=Qt.FindDirectChildrenOnly))
    assert len(controls) > 12
    for each in controls:
        assert each.accessibleName() or each.text()
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus
