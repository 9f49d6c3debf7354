"""The window for training: what it shows of a process that trains, and what can be done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QRadioButton,
    QSpinBox,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.training import (
    BatchDone,
    Checked,
    Confusion,
    EpochDone,
    Event,
    Examples,
    Failed,
    Finished,
    Form,
    Notice,
    Skipped,
    Started,
    Stopped,
    to_line,
)
from app.ui.training.curves import Curves
from app.ui.training.dialog import TrainingDialog
from app.workers.network_training import NetworkTraining
from tests.class_photos import make_classes
from tests.ui.window.conftest import Bench

BASES = (("efficientnet-lite2", "EfficientNet-Lite2"), ("efficientnet-lite0", "Lite0"))
STARTED = Started("cnn", "Colours", "", ("Blues", "Reds"), (8, 8), 12, 4, 0, "cpu", ("whole",), 30)
ROUNDS = [
    EpochDone("whole", 1, 30, 0.7, 0.5, 0.69, 0.5, 2.0, True),
    EpochDone("whole", 2, 30, 0.3, 0.9, 0.4, 0.75, 1.0, True),
]
CHECKED = Checked(
    4, 0.75, (Form("float", 600_000, 0.75, 1.0, 0.0), Form("int8", 200_000, 0.75, 0.975, 0.04)),
    "int8",
)  # fmt: skip
CONFUSION = Confusion(("Blues", "Reds"), ((2, 0), (1, 1)))
FINISHED = Finished("colours", "Colours", 0.75, 30.0)

Open = Callable[..., TrainingDialog]


@pytest.fixture
def classes(tmp_path: Path) -> Path:
    return make_classes(tmp_path / "Colours")


@pytest.fixture
def open_dialog(tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Opens the dialog over a program that says some events and waits for orders, or ends."""
    opened: list[TrainingDialog] = []

    def open_(
        events: list[Event], folder: Path | None = None, *, waits: bool = False, after: str = ""
    ) -> TrainingDialog:
        script = tmp_path / "program.py"
        lines = "".join(to_line(event) + "\n" for event in events)
        script.write_text(
            f"import sys\nsys.stdout.write({lines!r})\nsys.stdout.flush()\n"
            + ("word = sys.stdin.readline().strip()\n" if waits else "")
            + after
        )
        training = NetworkTraining(command=(sys.executable, str(script)))
        dialog = TrainingDialog(BASES, folder, training)
        qtbot.addWidget(dialog)
        dialog.show()
        opened.append(dialog)
        if folder is not None:
            qtbot.waitUntil(dialog.start_button.isEnabled, timeout=5000)
        return dialog

    yield open_
    for dialog in opened:
        dialog.reject()


def begin(dialog: TrainingDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)


def end(dialog: TrainingDialog, qtbot: QtBot) -> None:
    begin(dialog, qtbot)
    qtbot.waitUntil(dialog.result.isVisible, timeout=20_000)


def table(dialog: TrainingDialog) -> dict[str, str]:
    found = dialog.findChild(QTableWidget)
    return {found.item(row, 0).text(): found.item(row, 1).text() for row in range(found.rowCount())}


def test_the_classes_are_counted(open_dialog: Open, classes: Path) -> None:
    dialog = open_dialog([], classes)

    assert table(dialog) == {"Blues": "8", "Reds": "8"}
    assert "Blues, Reds" in dialog.form._warnings.text()  # few photos
    assert dialog.form.settings().network == "finetune"


def test_a_folder_can_be_dropped(open_dialog: Open, classes: Path, qtbot: QtBot) -> None:
    dialog = open_dialog([])
    assert not dialog.start_button.isEnabled()
    assert dialog.form._choose_button.isDefault()  # Enter asks for a folder
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(classes))])
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, button, keys)
    QApplication.sendEvent(dialog.form, enter)
    drop = QDropEvent(QPointF(9, 9), actions, data, button, keys)
    QApplication.sendEvent(dialog.form, drop)

    assert enter.isAccepted() and drop.isAccepted()
    qtbot.waitUntil(dialog.start_button.isEnabled, timeout=5000)
    assert dialog.start_button.isDefault()


def test_what_cannot_be_learned_from_is_said_at_once(
    open_dialog: Open, classes: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog([])
    dialog.form.choose(classes / "Reds")

    qtbot.waitUntil(lambda: "no photos in folders" in dialog.form._wrong.text(), timeout=5000)
    assert not dialog.start_button.isEnabled()

    dialog.form.choose(classes)
    qtbot.waitUntil(dialog.start_button.isEnabled, timeout=5000)
    assert not dialog.form._wrong.isVisible()


def test_the_options_are_what_is_trained_with(open_dialog: Open, classes: Path) -> None:
    dialog = open_dialog([], classes)
    form = dialog.form
    assert not form.findChild(QComboBox).isVisible()
    form._fold.click()
    assert form.findChild(QComboBox).isVisible() and not form._edge.isVisible()
    form._base.setCurrentIndex(1)
    form._scratch.click()
    assert form._edge.isVisible() and not form._base.isVisible()
    form._rotation.click()
    form._dropout.click()
    form._name.setText(" My colours ")
    form._edge.setValue(64)

    settings = form.settings()

    assert (settings.network, settings.name, settings.base) == (
        "cnn", "My colours", "efficientnet-lite0",
    )  # fmt: skip
    assert (settings.flip, settings.rotation, settings.dropout) == (True, False, 0.0)
    assert settings.image_size == 64


def test_curves_and_examples_are_live(
    open_dialog: Open, classes: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    Image.new("RGB", (300, 60), "green").save(tmp_path / "examples.png")
    events = [
        STARTED, Skipped("x.jpg", "is damaged"), Examples(str(tmp_path / "examples.png")), *ROUNDS,
        BatchDone("whole", 3, 30, 1, 3, 0.2, 0.9), Notice("overfitting", "", 4),
    ]  # fmt: skip
    dialog = open_dialog(events, classes, waits=True)
    begin(dialog, qtbot)
    page = dialog.running
    qtbot.waitUntil(lambda: page.overfits is not None, timeout=20_000)
    qtbot.waitUntil(page._examples.isVisible, timeout=5000)

    drawing = page.accuracy.drawing
    assert isinstance(drawing, Curves)
    assert (drawing.training, drawing.validation, drawing.best) == ([0.5, 0.9], [0.5, 0.75], 1)
    assert "round 3 of at most 30" in page._what.text() and page._left.text()
    assert "by heart" in page._notes.text() and "1 photo" in page._notes.text()
    page.accuracy.setFocus()
    qtbot.keyClick(page.accuracy, Qt.Key.Key_Left)
    assert page._pointed.text().startswith("Round 1: 50")
    assert "Round 2" in page.loss.accessibleDescription()


def test_the_result_can_be_used(open_dialog: Open, classes: Path, qtbot: QtBot) -> None:
    events = [STARTED, *ROUNDS, Notice("overfitting", "", 5), CONFUSION, CHECKED, FINISHED]
    dialog = open_dialog(events, classes)
    end(dialog, qtbot)

    text = dialog.result.text()
    assert "75" in text and "Colours" in text and "by heart" in text
    assert "97.5" in text and "0.2 MB" in text
    dialog.result.matrix.setFocus()
    assert "1" in dialog.result.matrix.text_of(1, 0)
    with qtbot.waitSignal(dialog.use_wanted) as heard:
        qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert heard.args == ["colours"] and not dialog.isVisible()


@pytest.mark.parametrize(
    ("events", "after", "words"),
    [
        ([Failed("the disk is full")], "sys.exit(1)", "The disk is full"),
        ([STARTED], "import os; os.abort()", "crashed"),
        ([Stopped()], "sys.exit(130)", "Nothing was kept"),
    ],
)
def test_without_a_network_it_says_why(
    open_dialog: Open, classes: Path, qtbot: QtBot, events: list[Event], after: str, words: str
) -> None:
    dialog = open_dialog(events, classes, after=after)
    end(dialog, qtbot)

    assert words in dialog.result.text()
    assert not dialog.use_button.isVisible() and not dialog.result.matrix.isVisible()
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert dialog.form.isVisible() and dialog.start_button.isEnabled()


def test_stop_and_keep_needs_a_round(open_dialog: Open, classes: Path, qtbot: QtBot) -> None:
    kept = f"print({to_line(FINISHED)!r} if word == 'keep' else 'x')\n"
    dialog = open_dialog([STARTED, ROUNDS[0]], classes, waits=True, after=kept)
    begin(dialog, qtbot)
    assert not dialog.keep_button.isEnabled()
    qtbot.waitUntil(dialog.keep_button.isEnabled, timeout=20_000)

    qtbot.mouseClick(dialog.keep_button, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(dialog.use_button.isVisible, timeout=20_000)


def test_closing_asks_while_it_trains(open_dialog: Open, classes: Path, qtbot: QtBot) -> None:
    dialog = open_dialog([STARTED], classes, waits=True)
    begin(dialog, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    box = dialog.findChild(QMessageBox)
    assert dialog.isVisible() and box is not None and box.isVisible()
    box.escapeButton().click()
    assert dialog.isVisible() and dialog._training.is_running()

    dialog.close()
    box = next(each for each in dialog.findChildren(QMessageBox) if each.isVisible())
    next(each for each in box.buttons() if each is not box.escapeButton()).click()

    assert not dialog.isVisible() and not dialog._training.is_running()


def test_everything_has_a_name_and_the_keyboard(open_dialog: Open, classes: Path) -> None:
    dialog = open_dialog([], classes)
    dialog.form._fold.click()

    for kind in (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QTableWidget):
        for widget in dialog.findChildren(kind):
            if not widget.isVisible() or isinstance(widget.parent(), QSpinBox):
                continue
            named = widget.accessibleName() or (
                widget.text() if isinstance(widget, QAbstractButton) else ""
            )
            if widget.objectName().startswith("qt_") or not isinstance(
                widget, QAbstractButton | QLineEdit | QComboBox | QSpinBox | QTableWidget
            ):
                continue
            assert named, widget
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget
    assert len(dialog.findChildren(QRadioButton)) == 2
    assert len(dialog.findChildren(QCheckBox)) == 4


def test_the_window_opens_it_and_uses_the_network(
    start: Callable[..., Bench], classes: Path, qtbot: QtBot
) -> None:
    bench = start()
    window = bench.window
    action: QAction = window.actions_["train"]
    action.trigger()
    qtbot.waitUntil(lambda: window.findChild(TrainingDialog) is not None, timeout=10_000)
    dialog = window.findChild(TrainingDialog)
    assert dialog is not None and dialog.isVisible() and not dialog.isModal()
    assert [dialog.form._base.itemData(row) for row in range(dialog.form._base.count())] == [
        "efficientnet-lite2", "efficientnet-lite0",
    ]  # fmt: skip

    dialog.use_wanted.emit("efficientnet-lite2")

    assert window.preferences.model == "efficientnet-lite2"
    assert window.session.settings.model == "efficientnet-lite2"
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isinstance(window, QWidget)
