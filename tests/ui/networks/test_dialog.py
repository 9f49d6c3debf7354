"""The window with all networks, over real catalogues, real processes and a real server."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListView,
    QMessageBox,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.folders import Folders
from app.core.tag import Tag
from app.library.library import Library
from app.ui.networks.adding import AddDialog
from app.ui.networks.comparing import CompareDialog
from app.ui.networks.dialog import NetworksDialog
from app.ui.networks.forms import FormsDialog
from app.ui.settings.dialog import SettingsDialog
from app.ui.training.dialog import TrainingDialog
from app.workers.command import Command
from app.workers.fetching import Fetcher
from tests.services.colours import make_network, make_pictures
from tests.services.test_fetching import mobilenet_weights  # noqa: F401 (a fixture)
from tests.tiny_tflite import colour_network
from tests.ui.window.conftest import Bench
from tests.weights_server import serving, table

Open = Callable[..., NetworksDialog]


@pytest.fixture
def folders(home: Path) -> Folders:
    return Folders(home / "data", home / "cache", home / "config")


@pytest.fixture
def fetcher(qtbot: QtBot) -> Iterator[Fetcher]:
    fetcher = Fetcher()
    yield fetcher
    fetcher.close()


@pytest.fixture
def open_dialog(folders: Folders, fetcher: Fetcher, qtbot: QtBot) -> Iterator[Open]:
    opened: list[NetworksDialog] = []

    def open_(in_use: str = "efficientnet-lite2") -> NetworksDialog:
        dialog = NetworksDialog(folders, in_use, fetcher)
        qtbot.addWidget(dialog)
        dialog.show()
        opened.append(dialog)
        with qtbot.waitSignals([dialog.catalogue_read] * 2, timeout=10_000):
            pass
        return dialog

    yield open_
    for dialog in opened:
        if dialog.isVisible():
            dialog.reject()


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "my_colours.tflite"
    path.write_bytes(colour_network())
    return path


def state(dialog: NetworksDialog, model_id: str) -> str:
    dialog.choose(model_id)
    return dialog.details._state.text()


def shown(dialog: QWidget, kind: type) -> Any:
    return next(each for each in dialog.findChildren(kind) if each.isVisible())


def click(button: QAbstractButton, qtbot: QtBot) -> None:
    assert button.isVisible() and button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_begins_at_the_one_in_use(open_dialog: Open) -> None:
    dialog = open_dialog("efficientnet-lite0")

    current = dialog.current()
    assert current is not None and current.id == "efficientnet-lite0"
    text = dialog.details.text()
    assert "In use" in text and "Apache-2.0" in text and "88.0 %" in text
    assert not dialog.details.use_button.isVisible()
    assert not dialog.details.remove_button.isVisible()


def test_another_one_is_used_by_keyboard_alone(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog()
    dialog.view.setFocus()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Down)

    with qtbot.waitSignal(dialog.use_wanted) as heard:
        qtbot.keyClick(dialog.view, Qt.Key.Key_Return)

    assert heard.args == ["efficientnet-lite0"]
    assert dialog.details._state.text() == "In use"
    assert "looked at anew in the background" in dialog._said.text()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Down)  # over a heading
    current = dialog.current()
    assert current is not None and current.place == "fetchable"


def test_the_filter_leaves_what_has_its_words(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog()

    qtbot.keyClicks(dialog.search, "vgg")
    current = dialog.current()
    assert current is not None and current.id == "vgg16" and dialog.model.rowCount() == 3

    qtbot.keyClicks(dialog.search, "zzz")
    assert dialog._none.isVisible() and not dialog.view.isVisible()
    assert not dialog.details.widget().isVisible()
    dialog.search.clear()
    assert dialog.view.isVisible() and dialog.current() is not None


def test_a_damaged_one_says_why_and_what_to_do(open_dialog: Open, folders: Folders) -> None:
    folders.own_models.mkdir(parents=True)
    (folders.own_models / "half.yml").write_text("id: half\n")
    dialog = open_dialog()

    assert state(dialog, "half") == "Damaged"
    text = dialog.details.text()
    assert "half.yml" in text and "The model card has no" in text and "remove it there" in text
    assert not dialog.details.use_button.isVisible()


def test_adding_one_is_a_drop_and_a_click(
    open_dialog: Open, tiny: Path, folders: Folders, qtbot: QtBot
) -> None:
    (tiny.parent / "my_labels.txt").write_text("red\ngreen\nblue\n")
    dialog = open_dialog()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tiny))])
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, button, keys)
    QApplication.sendEvent(dialog.view.viewport(), enter)
    drop = QDropEvent(QPointF(9, 9), actions, data, button, keys)
    QApplication.sendEvent(dialog.view.viewport(), drop)
    adding = shown(dialog, AddDialog)
    qtbot.waitUntil(adding.add_button.isEnabled, timeout=5000)
    assert "my_labels.txt" in adding._labels_file.text() and not adding.range.isVisible()

    with qtbot.waitSignal(adding.added, timeout=60_000):
        click(adding.add_button, qtbot)

    assert "3 class" in adding.said.text()
    assert (folders.own_models / "my-colours.labels.txt").read_text() == "red\ngreen\nblue\n"
    with qtbot.waitSignal(dialog.use_wanted) as heard:
        click(adding.use_button, qtbot)
    assert heard.args == ["my-colours"]
    qtbot.waitUntil(lambda: state(dialog, "my-colours") == "In use", timeout=5000)
    assert "red, green, blue" in dialog.details.text()


def test_labels_are_asked_for_only_when_they_are_missing(
    open_dialog: Open, tiny: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_dialog()
    dialog.add(tiny)
    adding = shown(dialog, AddDialog)
    qtbot.waitUntil(adding.add_button.isEnabled, timeout=5000)
    assert not adding.labels_button.isVisible()

    click(adding.add_button, qtbot)
    qtbot.waitUntil(adding.labels_button.isVisible, timeout=60_000)
    assert "3 class" in adding.said.text() and not adding.add_button.isEnabled()

    short = tiny.parent / "short.txt"
    short.write_text("red\ngreen\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(short), ""))
    click(adding.labels_button, qtbot)
    click(adding.add_button, qtbot)
    qtbot.waitUntil(lambda: "2 labels" in adding.said.text(), timeout=60_000)
    assert adding.said.property("role") == "failed"

    short.write_text("red\ngreen\nblue\n")
    with qtbot.waitSignal(adding.added, timeout=60_000):
        click(adding.add_button, qtbot)


def test_what_is_no_network_says_so(open_dialog: Open, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "pickle.tflite"
    path.write_bytes(b"\x80\x04K\x01.")
    dialog = open_dialog()
    dialog.add(path)
    adding = shown(dialog, AddDialog)
    qtbot.waitUntil(adding.add_button.isEnabled, timeout=5000)

    click(adding.add_button, qtbot)

    qtbot.waitUntil(lambda: "Python pickle" in adding.said.text(), timeout=60_000)
    assert not adding.use_button.isVisible()


def test_a_name_that_is_taken_or_none(open_dialog: Open, tiny: Path, qtbot: QtBot) -> None:
    dialog = open_dialog()
    dialog.add(tiny)
    adding = shown(dialog, AddDialog)
    qtbot.waitUntil(adding.add_button.isEnabled, timeout=5000)

    for name, words in (("VGG16", "of this name"), ("…", "a letter or a digit")):
        adding.name.setText(name)
        assert words in adding.said.text() and not adding.add_button.isEnabled()
    adding.name.setText("VGG16 of mine")
    assert not adding.said.isVisible() and adding.add_button.isEnabled()
    adding.fold.click()
    assert adding.range.isVisible() and adding.labels_button.isVisible()
    assert adding.labels_button.height() >= adding.labels_button.sizeHint().height()


def test_the_lent_network_takes_two_clicks(
    open_dialog: Open, data_dir: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = data_dir / "models" / "mobilenet_v2_1.0_224_int8.tflite"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    dialog = open_dialog()

    click(dialog.add_button, qtbot)
    adding = shown(dialog, AddDialog)
    qtbot.waitUntil(adding.add_button.isEnabled, timeout=5000)
    with qtbot.waitSignal(adding.added, timeout=60_000) as heard:
        click(adding.add_button, qtbot)

    assert heard.args[0]["outputs"]["scores"]["shape"] == [1001]


@pytest.fixture
def colours(keras: Any, folders: Folders) -> str:
    """The id of a network of the user that knows colours."""
    folders.config.mkdir(parents=True)
    return make_network(keras, folders.config, "colours").id


@pytest.fixture
def library(folders: Folders, tmp_path: Path) -> Path:
    """A library with pictures of three colours, whose tags are confirmed."""
    (tmp_path / "pictures").mkdir()
    names = ("red", "green", "blue")
    with Library(folders.data) as library:
        for number, each in enumerate(make_pictures(tmp_path / "pictures", 60)):
            photo = library.register(each.path, 1, 1)
            library.decide(photo, [Tag((names[number % 3],))], "confirmed")
    return folders.data


def test_removing_asks_first(
    open_dialog: Open, colours: str, folders: Folders, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    assert state(dialog, colours) == "Here"

    click(dialog.details.remove_button, qtbot)
    box = shown(dialog, QMessageBox)
    assert "Colours" in box.text() and "stay" in box.informativeText()
    box.escapeButton().click()
    assert (folders.own_models / "colours.yml").exists()

    dialog.view.setFocus()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Delete)
    box = shown(dialog, QMessageBox)
    next(each for each in box.buttons() if each is not box.escapeButton()).click()
    qtbot.waitUntil(lambda: dialog.model.row_of(colours) < 0, timeout=5000)
    assert list(folders.own_models.iterdir()) == []


def test_the_one_in_use_cannot_be_removed(open_dialog: Open, colours: str) -> None:
    dialog = open_dialog(colours)

    assert state(dialog, colours) == "In use"
    assert dialog.details.remove_button.isVisible()
    assert not dialog.details.remove_button.isEnabled()


def test_networks_are_compared_on_ones_own_photos(
    open_dialog: Open, colours: str, library: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    click(dialog.compare_button, qtbot)
    comparing = shown(dialog, CompareDialog)
    qtbot.waitUntil(comparing.table.isVisible, timeout=250_000)

    rows = range(comparing.table.rowCount())
    texts = [[comparing.table.item(row, c).text() for c in range(5)] for row in rows]
    assert {row[0] for row in texts} == {
        "Colours", "EfficientNet-Lite2 – in use", "EfficientNet-Lite0"
    }  # fmt: skip
    (best,) = [row for row in texts if row[0] == "Colours"]
    assert best[1].startswith("100") and best[2].startswith("100") and best[4].endswith("MB")
    comparing.table.selectRow(texts.index(best))
    with qtbot.waitSignal(dialog.use_wanted) as heard:
        click(comparing.use_button, qtbot)
    assert heard.args == [colours]


def test_too_few_confirmed_photos_is_a_plain_sentence(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog()
    click(dialog.compare_button, qtbot)
    comparing = shown(dialog, CompareDialog)

    qtbot.waitUntil(lambda: "at least 2 tags" in comparing.said.text(), timeout=60_000)

    assert not comparing.table.isVisible() and not comparing.use_button.isVisible()


def test_the_forms_of_one_are_put_side_by_side(
    open_dialog: Open, colours: str, library: Path, qtbot: QtBot
) -> None:
    dialog = open_dialog()
    dialog.choose(colours)
    click(dialog.details.report_button, qtbot)
    forms = shown(dialog, FormsDialog)
    qtbot.waitUntil(forms.table.isVisible, timeout=250_000)

    rows = {
        forms.table.item(row, 0).text(): [forms.table.item(row, c).text() for c in (1, 2, 3)]
        for row in range(forms.table.rowCount())
    }
    assert rows["As fast as float"][0].startswith("1.00")
    assert rows["Same tags as float"][0].startswith("100")
    assert all(each.endswith("MB") for each in rows["Size"])
    assert "int8 has" in forms.said.text()


def test_a_comparison_is_stopped(open_dialog: Open, tmp_path: Path, qtbot: QtBot) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        'import sys\nprint(\'{"model": "x", "done": 3, "total": 9}\', flush=True)\n'
        "sys.stdin.readline()\nsys.exit(130)\n"
    )
    comparing = CompareDialog("x", command=Command("x", program=(sys.executable, str(script))))
    qtbot.addWidget(comparing)
    comparing.show()
    qtbot.waitUntil(lambda: "3 of 9" in comparing.said.text(), timeout=20_000)

    click(comparing.stop_button, qtbot)

    qtbot.waitUntil(lambda: comparing.said.text() == "Stopped.", timeout=20_000)
    assert not comparing.stop_button.isVisible()


@pytest.mark.filterwarnings("default")
def test_one_is_fetched_stopped_and_goes_on_until_it_is_here(
    open_dialog: Open,
    folders: Folders,
    fetcher: Fetcher,
    mobilenet_weights: Path,  # noqa: F811
    qtbot: QtBot,
) -> None:
    content = mobilenet_weights.read_bytes()
    folders.own_models.mkdir(parents=True)
    labels = (Path(__file__).parents[3] / "models" / "imagenet-1k.txt").read_text()
    (folders.own_models / "served.labels.txt").write_text(labels)
    with serving(content) as server:
        digest = hashlib.sha256(content).hexdigest()
        (folders.own_models / "zz.yml").write_text(table(server.address, digest))
        server.stop_after = len(content) // 2
        dialog = open_dialog()
        assert state(dialog, "served") == "Not fetched (17 MB)"
        click(dialog.details.fetch_button, qtbot)
        qtbot.waitUntil(lambda: dialog.current().arrived > 1_000_000, timeout=20_000)
        assert "% of 17 MB" in dialog.details._state.text()
        assert dialog.details.stop_button.hasFocus()
        click(dialog.details.stop_button, qtbot)
        qtbot.waitUntil(lambda: "MB fetched" in dialog.details._state.text(), timeout=20_000)
        assert dialog.details.fetch_button.text() == "Go on"

        server.stop_after = len(content)
        click(dialog.details.fetch_button, qtbot)
        with qtbot.waitSignal(fetcher.fetched, timeout=200_000):
            dialog.reject()  # it goes on without the dialog
    assert len(server.ranges) == 2 and server.ranges[1].startswith("bytes=")
    dialog = open_dialog("served")
    assert state(dialog, "served") == "In use"
    found = dialog.current()
    assert found is not None and found.place == "here" and found.removable


def test_a_fetch_that_fails_says_what_to_do(
    open_dialog: Open, folders: Folders, qtbot: QtBot
) -> None:
    folders.own_models.mkdir(parents=True)
    with serving(b"") as server:
        server.status = 404
        (folders.own_models / "zz.yml").write_text(table(server.address, ""))
        (folders.own_models / "served.labels.txt").write_text("x\n" * 1000)
        dialog = open_dialog()
        dialog.choose("served")
        click(dialog.details.fetch_button, qtbot)
        qtbot.waitUntil(lambda: "404" in dialog.details.text(), timeout=20_000)

    assert "try again" in dialog.details.text()
    assert dialog.details._problem.text().startswith("The server answers 404")
    assert dialog.details.fetch_button.isVisible() and dialog.details.file_button.isVisible()


def test_everything_has_a_name_and_the_keyboard(open_dialog: Open, tiny: Path) -> None:
    dialog = open_dialog()
    dialog.choose("vgg16")
    dialog.add(tiny)
    shown(dialog, AddDialog).fold.click()

    for kind in (QAbstractButton, QLineEdit, QComboBox, QListView, QTableWidget):
        for widget in dialog.findChildren(kind):
            if not widget.isVisible() or widget.objectName().startswith("qt_"):
                continue
            if isinstance(widget.parent(), QLineEdit):  # its clear button
                continue
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or text, widget
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget


def test_the_window_opens_it_from_the_menu_and_the_settings(
    start: Callable[..., Bench], qtbot: QtBot
) -> None:
    bench = start()
    window = bench.window
    window.commands.show_settings()
    settings = window.findChild(SettingsDialog)
    assert settings is not None
    settings.action_wanted.emit("model")
    dialog = window.findChild(NetworksDialog)
    assert dialog is not None and dialog.isVisible() and not dialog.isModal()
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 0, timeout=5000)
    window.actions_["networks"].trigger()
    assert len([d for d in window.findChildren(NetworksDialog) if d.isVisible()]) == 1

    dialog._use("efficientnet-lite2")
    assert window.preferences.model == "efficientnet-lite2"
    click(dialog.train_button, qtbot)
    qtbot.waitUntil(lambda: window.findChild(TrainingDialog) is not None, timeout=5000)
    training = window.findChild(TrainingDialog)
    assert training is not None and training.isVisible()
    dialog.reject()
    window.actions_["networks"].trigger()
    again = shown(window, NetworksDialog)
    assert again is not dialog
    qtbot.waitUntil(lambda: state(again, "efficientnet-lite2") == "In use", timeout=5000)


def test_the_settings_offer_a_network_that_was_added_meanwhile(
    start: Callable[..., Bench], tiny: Path, qtbot: QtBot
) -> None:
    from app.services.models import add_model

    labels = tiny.parent / "labels.txt"
    labels.write_text("red\ngreen\nblue\n")
    bench = start()
    window = bench.window
    window.commands.show_settings()
    settings = window.findChild(SettingsDialog)
    assert settings is not None
    box = settings._fields["model"].findChild(QComboBox)
    before = box.currentData()
    assert box.findData("my-colours") < 0

    add_model(window.folders, tiny, labels=labels)
    window.commands.networks.refresh("my-colours")

    qtbot.waitUntil(lambda: box.findData("my-colours") >= 0, timeout=5000)
    assert box.currentData() == before and box.findData("vgg16") < 0
    for dialog in window.findChildren(QDialog):
        dialog.reject()
