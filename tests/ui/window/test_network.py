"""Which network the window uses: what it loads for it, and what it says when it is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QModelIndex, QThread
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox

from app.core.tag import Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from app.ui.settings.dialog import SettingsDialog
from app.ui.tags.model import TagRole
from app.ui.training.dialog import TrainingDialog
from app.ui.window.about import AboutBox
from app.vision.catalogue import Catalogue
from app.vision.register import NewNetwork, register
from tests.tiny_tflite import COLOURS, colour_network
from tests.ui.window.conftest import PREFERENCES, Bench

Start = Callable[..., Bench]


@pytest.mark.parametrize("damage", ["gone", "card", "file", "labels"])
def test_the_window_starts_without_its_network_and_says_so(
    start: Start, photos: Path, tmp_path: Path, damage: str
) -> None:
    models = tmp_path / "home" / "config" / "models"
    card = register(
        models,
        NewNetwork(
            id="mine", name="Mine", litert=colour_network(), labels=COLOURS, input_size=(32, 24),
            mean=(127.5,) * 3, std=(127.5,) * 3, embedding_size=3,
        ),
    )  # fmt: skip
    if damage == "gone":
        for path in models.iterdir():
            path.unlink()
    else:
        {"card": card.path, "file": card.file, "labels": card.labels_file}[damage].write_text("x")

    bench = start(model="mine")
    bench.drop(photos)

    bench.qtbot.waitUntil(lambda: bool(bench.window.findChildren(QMessageBox)), timeout=20_000)
    (box,) = bench.window.findChildren(QMessageBox)
    assert "mine" in box.text()
    box.accept()
    # The photos are there, and another network looks at them.
    bench.qtbot.waitUntil(lambda: bench.window.browser.total == 4, timeout=20_000)
    bench.window.commands.use(replace(bench.window.preferences, model=PREFERENCES.model))
    bench.window.session.resume()
    bench.qtbot.waitUntil(
        lambda: bench.window.session.model_key.startswith(PREFERENCES.model), timeout=20_000
    )
    bench.settle(4)


#: Opens the window, lets it tag photos, and prints what has been loaded for it.
OPENS = """
import sys
from pathlib import Path
from dataclasses import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.bootstrap import user_folders
from app.core.preferences import Preferences
from app.ui.application import prepare
from app.ui.window.main_window import MainWindow
preferences = Preferences(model="efficientnet-lite0", write_suggestions="accepted")
application = QApplication([])
prepare(application, preferences)
window = MainWindow(user_folders(), preferences)
window.show()
heavy = {"tensorflow", "keras", "jax", "h5py"}
print("shown", *sorted(({"sklearn", "scipy"} | heavy) & set(sys.modules)))
window.start()
window.session.add([Path(sys.argv[1])])
def look():
    if window.browser.total == 4 and not window.session.is_busy():
        timer.stop()
        application.quit()
timer = QTimer(interval=100)
timer.timeout.connect(look)
timer.start()
QTimer.singleShot(60_000, application.quit)
application.exec()
print("tagged", window.browser.total, *sorted(heavy & set(sys.modules)))
window.close()
"""


def test_neither_the_window_nor_tagging_on_the_processor_loads_tensorflow(
    photos: Path, tmp_path: Path
) -> None:
    told = subprocess.run(
        [sys.executable, "-c", OPENS, photos],
        env={**os.environ, "TAGWRIGHT_HOME": str(tmp_path / "home")},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert told.stdout.splitlines() == ["shown", "tagged 4"], told.stderr


def test_what_the_former_network_has_written_stays_in_the_tree(
    start: Start, tmp_path: Path, samples: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for path in sorted(samples.iterdir()):
        if path.suffix in (".png", ".jpg"):
            with Image.open(path) as image:
                image.convert("RGB").resize((256, 256)).save(folder / f"{path.stem}.jpg")
    count = len(list(folder.iterdir()))
    bench = start(write_suggestions="sure", min_score=0.2)
    bench.drop(folder)
    bench.settle(count)
    window = bench.window
    # From now on only what is accepted is written, so that all that is there is the former one's.
    window.commands.use(
        replace(window.preferences, model="efficientnet-lite2", write_suggestions="accepted")
    )
    bench.qtbot.waitUntil(lambda: "lite2" in window.session.model_key, timeout=30_000)
    bench.settle(count)
    with Library(bench.folders.data) as library:
        photos = {photo.path: photo.id for photo in library.photos()}
        said = {
            photo: {s.tag for s in library.suggestions(photo) if "lite2" in s.source}
            for photo in photos.values()
        }
    former = {
        (path, tag)
        for path, photo in photos.items()
        for tag in read_tags(path).tags
        if tag not in said[photo]
    }
    assert former
    path, tag = min(former)
    bench.qtbot.waitUntil(lambda: {each for _, each in former} <= in_tree(bench), timeout=10_000)
    # It is found and seen, and can be taken out, which takes it out of the tree as well.
    window.commands.filter_by_tags([tag])
    bench.qtbot.waitUntil(lambda: photos[path] in window.proxy.ids(), timeout=10_000)
    bench.go_to(path.name)
    shown = [each.tag for each in window.inspector.suggestions.shown]
    bench.acted(lambda: window.photos.reject(shown.index(tag) + 1))
    assert tag not in read_tags(path).tags
    window.photos.look_again()
    bench.settle(count)
    assert tag not in {each.tag for each in bench.card_of(path.name).suggested}


def in_tree(bench: Bench) -> set[Tag]:
    """The tags that the tree shows."""
    model = bench.window.tags.tree.model()

    def below(parent: QModelIndex) -> Iterator[Tag]:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            if (tag := index.data(TagRole.TAG)) is not None:
                yield tag
            yield from below(index)

    return set(below(QModelIndex()))


def test_the_catalogue_is_read_beside_the_window(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_on: list[bool] = []
    survey = Catalogue.survey

    def told(self: Catalogue) -> object:
        read_on.append(QThread.currentThread() is QApplication.instance().thread())
        return survey(self)

    bench = start()
    window = bench.window
    bench.qtbot.waitUntil(lambda: bool(window.session.model_key), timeout=20_000)
    monkeypatch.setattr(Catalogue, "survey", told)
    window.actions_["settings"].trigger()
    (settings,) = window.findChildren(SettingsDialog)
    (box,) = (
        each
        for each in settings.findChildren(QComboBox)
        if each.findData("efficientnet-lite0") >= 0
    )
    bench.qtbot.waitUntil(lambda: box.count() == 2, timeout=5000)
    assert box.currentText() == "EfficientNet-Lite0"
    assert settings.preferences == window.preferences
    settings.close()
    window.actions_["train"].trigger()
    bench.qtbot.waitUntil(lambda: bool(window.findChildren(TrainingDialog)), timeout=5000)
    window.findChildren(TrainingDialog)[0].reject()
    window.actions_["about"].trigger()
    bench.qtbot.waitUntil(lambda: bool(window.findChildren(AboutBox)), timeout=5000)
    assert len(read_on) >= 3 and not any(read_on)


def test_about_says_which_networks_there_are(start: Start, tmp_path: Path) -> None:
    own = NewNetwork(
        id="mine", name="Mine & <b>yours</b>", litert=colour_network(), labels=COLOURS,
        input_size=(32, 24), mean=(127.5,) * 3, std=(127.5,) * 3, embedding_size=3,
    )  # fmt: skip
    register(tmp_path / "home" / "config" / "models", own)
    bench = start(model="mine")
    bench.window.actions_["about"].trigger()
    bench.qtbot.waitUntil(lambda: bool(bench.window.findChildren(AboutBox)), timeout=5000)
    (box,) = bench.window.findChildren(AboutBox)
    said = QTextDocumentFragment.fromHtml(box.text()).toPlainText()
    assert "Network in use: Mine & <b>yours</b>" in said
    assert "come with it: EfficientNet-Lite2, EfficientNet-Lite0" in said
    box.close()
