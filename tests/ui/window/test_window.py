"""The window through the front door: drop, review by keyboard, undo, quit, resume."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMessageBox, QWidget

from app.core.change import Edit
from app.core.photo import State
from app.core.tag import Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from app.ui.export.dialog import ExportDialog
from app.ui.tags.model import TagRole
from app.workers.session import Progress
from tests.ui.window.conftest import Bench, digest

CAT = Tag.parse("Animal/Cat")
Start = Callable[..., Bench]


def test_it_begins_with_the_start_page_and_shows_what_is_dropped(
    start: Start, photos: Path
) -> None:
    bench = start()
    window = bench.window
    bench.qtbot.waitUntil(lambda: window.pages.currentWidget() is window.start_page)
    nested = photos / "in" / "side"
    nested.mkdir(parents=True)
    (photos / "coffee.jpg").rename(nested / "coffee.jpg")
    (photos / "again").symlink_to(photos, target_is_directory=True)
    (photos / "broken.jpg").write_bytes(b"no photo")
    bench.drop(photos, photos / "chelsea.jpg", photos / "gone.jpg")
    bench.settle(5)
    assert window.pages.currentWidget() is window.grid_page
    assert bench.card_of("chelsea.jpg").state is State.SUGGESTED
    assert bench.card_of("broken.jpg").state is State.FAILED
    failed = {problem.path.name for problem in window.problems.model.problems()}
    assert failed == {"broken.jpg", "gone.jpg"}


def test_a_file_can_be_dropped_onto_any_part(start: Start, photos: Path) -> None:
    bench = start()
    window = bench.window
    for n, part in enumerate(
        (window.pages.currentWidget(), window.tags.tree, window.search, window.inspector), start=1
    ):
        path = sorted(photos.iterdir())[n - 1]
        bench.drop(path, onto=part)
        bench.settle(n)


def test_reviewing_by_keyboard_writes_into_the_photo_and_undo_takes_it_back(
    start: Start, photos: Path
) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    path = photos / "chelsea.jpg"
    before = digest(path)
    bench.go_to("chelsea.jpg")
    bench.acted(lambda: bench.key("1"))
    assert read_tags(path).tags == (CAT,)
    assert bench.card_of("chelsea.jpg").state is State.CONFIRMED
    bench.key("t")
    assert QApplication.focusWidget() is bench.window.inspector.tag_field
    bench.key("Pets/Chelsea")
    bench.acted(lambda: bench.key(Qt.Key.Key_Return))
    assert set(read_tags(path).tags) == {CAT, Tag.parse("Pets/Chelsea")}
    bench.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is bench.window.view
    for _ in range(2):
        bench.acted(lambda: bench.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert digest(path) == before
    assert bench.card_of("chelsea.jpg").state is State.SUGGESTED
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    bench.acted(lambda: bench.key(Qt.Key.Key_Z, both))
    assert read_tags(path).tags == (CAT,)


def test_a_rejected_suggestion_does_not_come_back(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    bench.go_to("chelsea.jpg")
    bench.acted(lambda: bench.key(Qt.Key.Key_1, Qt.KeyboardModifier.ShiftModifier))
    assert CAT not in {each.tag for each in bench.card_of("chelsea.jpg").suggested}
    bench.window.photos.look_again()
    bench.settle(4)
    assert CAT not in {each.tag for each in bench.card_of("chelsea.jpg").suggested}
    assert read_tags(photos / "chelsea.jpg").tags == ()


def test_enter_accepts_all_of_a_selection(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    bench.window.view.setFocus()
    bench.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: len(bench.window.inspector.cards()) == 4)
    bench.acted(lambda: bench.key(Qt.Key.Key_Return))
    with Library(bench.folders.data) as library:
        cards = library.cards(library.listing().ids)
        (action,) = library.actions()
    assert not [card for card in cards if card.suggested]
    assert action.photos == sum(bool(card.confirmed) for card in cards)
    for card in cards:
        assert set(read_tags(card.path).tags) == set(card.confirmed)


def test_what_is_accepted_is_on_the_screen_before_it_is_written(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    photo = bench.go_to("chelsea.jpg")
    bench.key("1")
    card = bench.window.model.card(photo)
    assert card is not None and card.confirmed == (CAT,)


def test_space_shows_a_photo_large_and_the_keys_work_there(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    photo = bench.go_to("chelsea.jpg")
    window = bench.window
    bench.key(Qt.Key.Key_Space)
    assert window.pages.currentWidget() is window.viewer
    bench.qtbot.waitUntil(lambda: window.viewer.photo == photo, timeout=10_000)
    bench.acted(lambda: bench.key("1"))
    assert read_tags(photos / "chelsea.jpg").tags == (CAT,)
    bench.key(Qt.Key.Key_Right)
    bench.qtbot.waitUntil(lambda: window.viewer.photo not in (photo, None), timeout=10_000)
    bench.key(Qt.Key.Key_Space)
    assert window.pages.currentWidget() is window.grid_page


def test_the_review_asks_one_after_the_other(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    window = bench.window
    bench.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: window.queue.current() is not None, timeout=10_000)
    asked = []
    while (photo := window.queue.current()) is not None:
        asked.append(photo)
        bench.qtbot.waitUntil(
            lambda photo=photo: [c.id for c in window.inspector.cards()] == [photo], timeout=10_000
        )
        bench.acted(lambda: bench.key(Qt.Key.Key_Return))
        bench.qtbot.waitUntil(lambda photo=photo: window.queue.current() != photo, timeout=10_000)
    assert len(set(asked)) == len(asked) >= 3
    with Library(bench.folders.data) as library:
        assert not [c for c in library.cards(library.listing().ids) if c.suggested]


def test_quit_in_the_middle_and_go_on(start: Start, photos: Path) -> None:
    for n in range(120):
        with Image.open(photos / "coffee.jpg") as image:
            image.rotate(n).save(photos / f"turned {n}.jpg")
    bench = start()
    bench.drop(photos)
    told: list[Progress] = []
    bench.window.session.progressed.connect(told.append)
    bench.qtbot.waitUntil(lambda: bool(told) and told[-1].done > 0, timeout=30_000)
    bench.close()
    with Library(bench.folders.data) as library:
        assert library.queued()
    again = start()
    again.settle(124)
    with Library(again.folders.data) as library:
        again.qtbot.waitUntil(lambda: not library.queued(), timeout=60_000)
        states = {card.state for card in library.cards(library.listing().ids)}
    assert states <= {State.SUGGESTED, State.UNTAGGED}


def test_undo_after_the_next_start(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    before = digest(photos / "chelsea.jpg")
    bench.go_to("chelsea.jpg")
    bench.acted(lambda: bench.key("1"))
    bench.close()
    again = start()
    again.settle(4)
    stack = again.window.undo.stack
    again.qtbot.waitUntil(stack.canUndo, timeout=10_000)
    assert "Animal/Cat" in again.window.actions_["undo"].text()
    again.window.view.setFocus()
    again.acted(lambda: again.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert digest(photos / "chelsea.jpg") == before
    assert again.card_of("chelsea.jpg").state is State.SUGGESTED


def test_new_changed_and_vanished_files_are_noticed(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    with Image.open(photos / "coffee.jpg") as image:
        image.rotate(90).save(photos / "new.jpg")
    bench.qtbot.waitUntil(lambda: bench.window.browser.total == 5, timeout=30_000)
    bench.settle(5)
    (photos / "new.jpg").unlink()
    bench.qtbot.waitUntil(lambda: bench.window.browser.total == 4, timeout=30_000)


def test_the_search_shows_what_matches(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    bench.window.search.set_text("tag:cat")
    bench.qtbot.waitUntil(
        lambda: list(bench.window.proxy.ids()) == [bench.id_of("chelsea.jpg")], timeout=10_000
    )
    bench.window.search.set_text("")
    bench.qtbot.waitUntil(lambda: len(bench.window.proxy.ids()) == 4, timeout=10_000)


def test_every_control_has_a_name_and_can_be_reached(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    bench.go_to("chelsea.jpg")
    nameless = [
        button
        for button in bench.window.findChildren(QAbstractButton)
        if button.isVisible() and not (button.accessibleName() or button.text())
    ]
    assert not nameless, nameless
    seen: set[QWidget] = set()
    widget = QApplication.focusWidget()
    while widget is not None and widget not in seen:
        seen.add(widget)
        bench.key(Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    window = bench.window
    assert {window.view, window.tags.tree, window.inspector.tag_field} <= seen


def test_a_change_of_many_photos_asks_first(start: Start, photos: Path) -> None:
    bench = start(confirm_bulk=3)
    bench.drop(photos)
    bench.settle(4)
    bench.window.view.setFocus()
    bench.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bench.qtbot.waitUntil(lambda: len(bench.window.inspector.cards()) == 4)
    bench.key(Qt.Key.Key_Return)
    box = bench.window.findChild(QMessageBox)
    assert box is not None and box.isVisible()
    with Library(bench.folders.data) as library:
        assert not library.actions()
    button = box.defaultButton()
    bench.acted(lambda: bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton))
    assert bench.card_of("chelsea.jpg").confirmed


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_it_opens_in_both_themes(start: Start, photos: Path, theme: str) -> None:
    bench = start(theme=theme)
    bench.drop(photos)
    bench.settle(4)


def test_many_faults_of_the_library_are_one_box(start: Start) -> None:
    bench = start()
    for n in range(5):
        bench.window.session.stopped.emit(f"the disk is full {n}")
    boxes = bench.window.findChildren(QMessageBox)
    assert [box.text() for box in boxes] == ["the disk is full 0"]
    boxes[0].accept()
    bench.qtbot.waitUntil(lambda: not bench.window.findChildren(QMessageBox))
    bench.window.session.stopped.emit("again")
    assert [box.text() for box in bench.window.findChildren(QMessageBox)] == ["again"]


def test_closing_ends_an_export_that_is_under_way(
    start: Start, photos: Path, tmp_path: Path
) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    bench.window.commands.export()
    dialog = bench.window.findChild(ExportDialog)
    assert dialog is not None
    dialog._exporter.start(None, tmp_path / "out", dialog.form.settings())
    bench.close()
    assert not [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def test_an_answer_to_a_dialog_that_is_closed_by_then_does_no_harm(
    start: Start, photos: Path
) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    commands = bench.window.commands
    for show in (commands.show_folders, commands.export, commands.accept_many):
        show()
        (dialog,) = (d for d in bench.window.findChildren(QDialog) if d.isVisible())
        dialog.reject()
        QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
        bench.qtbot.wait(300)


def test_a_key_is_about_the_photo_that_is_current_and_not_the_one_before(
    start: Start, photos: Path
) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    bench.go_to("chelsea.jpg")
    bench.qtbot.waitUntil(lambda: bool(bench.window.inspector.suggestions.shown))
    other = bench.id_of("coffee.jpg")
    edits: list[list[tuple[int, object]]] = []
    bench.window.session.acting.connect(lambda handle, done, label: edits.append(list(done)))
    hold = threading.Event()
    for _ in range(2):  # both threads are busy, as with a large library
        bench.window.reader.ask(lambda library: hold.wait(20), lambda _: None)
    bench.window.photos.go_to(other)
    bench.window.photos.accept(1)
    bench.qtbot.wait(100)
    bench.window.photos.accept(1)
    hold.set()
    assert {photo for done in edits for photo, _ in done} <= {other}


def test_a_tag_goes_to_each_of_very_many_selected_photos(
    start: Start, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.window.photos._INSPECTED", 2)
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    inspector = bench.window.inspector
    bench.window.view.selectAll()
    bench.qtbot.waitUntil(lambda: len(inspector.summary.photos) == 4, timeout=10_000)
    mine = Tag.parse("Mine")
    bench.acted(lambda: inspector.tag_field.committed.emit([mine]))
    for path in photos.iterdir():
        assert mine in read_tags(path).tags
    bench.go_to("coffee.jpg")
    assert inspector.summary.photos == (bench.id_of("coffee.jpg"),)


def test_the_next_start_looks_as_the_last_one_did(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    window = bench.window
    window.view.set_cell_size(300)
    window.browser.show_sorted("name", descending=True)
    window.browser.show_grouped("folder")
    window.show_dock("sidebar", False)
    window.search.set_text("tag:cat")
    bench.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bench.key(Qt.Key.Key_Return)
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == 1, timeout=10_000)
    bench.close()
    again = start()
    again.settle(4)
    window = again.window
    again.qtbot.waitUntil(lambda: window.proxy.rowCount() == 4, timeout=10_000)
    assert window.view.cell_size == 300
    shown = window.browser.shown
    assert (shown.sort, shown.descending, shown.grouping) == ("name", True, "folder")
    assert window.search.history() == ["tag:cat"] and shown.query is None
    assert window.tags_dock.isHidden() and not window.inspector_dock.isHidden()


def test_photos_dragged_from_the_grid_onto_a_tag_get_it(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    window = bench.window
    bench.qtbot.waitUntil(lambda: window.tags.model.index_of(CAT).isValid(), timeout=10_000)
    photo = bench.go_to("coffee.jpg")
    dragged = window.view.drag_data()
    cat = window.tags.model.index_of(CAT)
    copy = Qt.DropAction.CopyAction
    assert dragged is not None and window.tags.model.canDropMimeData(dragged, copy, -1, -1, cat)
    bench.acted(lambda: window.tags.model.dropMimeData(dragged, copy, -1, -1, cat))
    assert CAT in read_tags(photos / "coffee.jpg").tags
    assert window.model.card(photo) is not None


def test_closing_in_the_middle_of_a_large_change_says_what_becomes_of_it(
    start: Start, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.window.leaving.MANY_LEFT", 4)
    monkeypatch.setattr("app.ui.window.status._MANY_LEFT", 4)
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    window = bench.window
    with Library(bench.folders.data) as library:
        everything = [int(photo) for photo in library.listing().ids]
    held = threading.Event()
    window.session.remember(lambda library: held.wait(30) and None)
    window.session.act([(photo, Edit(add=(Tag.parse("Mine"),))) for photo in everything], "Mine")
    assert window.session.photos_left() == 4
    told = [each for each in window.findChildren(QLabel) if "still to be changed" in each.text()]
    assert [each.text()[0] for each in told if each.isVisible()] == ["4"]
    asked = []

    def answer(which: str) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        (button,) = (each for each in box.buttons() if each.text() == which)
        if which == "Close now":
            held.set()
        button.click()

    QTimer.singleShot(0, lambda: answer("Keep it open"))
    assert not window.close() and window.isVisible()
    QTimer.singleShot(0, lambda: answer("Close now"))
    bench.close()
    assert len(asked) == 2 and all(text.startswith("4 photo") for text in asked)
    assert all(Tag.parse("Mine") in read_tags(path).tags for path in photos.iterdir())


def test_the_review_begins_with_what_is_in_doubt(
    start: Start, tmp_path: Path, samples: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for path in sorted(samples.iterdir()):
        if path.suffix in (".png", ".jpg"):
            with Image.open(path) as image:
                image.convert("RGB").resize((256, 256)).save(folder / f"{path.stem}.jpg")
    bench = start()
    bench.drop(folder)
    bench.settle(len(list(folder.iterdir())))
    window = bench.window
    window.actions_["review"].trigger()
    bench.qtbot.waitUntil(lambda: window.queue.current() is not None, timeout=10_000)
    order = [window.queue.current(), *window.queue.coming(100)]
    with Library(bench.folders.data) as library:
        said = {card.id: [s.score for s in card.suggested] for card in library.cards(order)}
    settled = [all(not 0.05 < score < 0.95 for score in said[photo]) for photo in order]
    assert any(settled) and not all(settled)
    assert not any(settled[:3])


def test_another_search_lets_go_of_the_tag_that_was_clicked(start: Start, photos: Path) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    window = bench.window
    panel, chelsea = window.tags, bench.id_of("chelsea.jpg")
    bench.qtbot.waitUntil(lambda: panel.model.index_of(CAT).isValid(), timeout=10_000)

    def click_cat() -> None:
        panel.tree.expandAll()
        (row,) = (
            index
            for index in panel.tree.model().match(
                panel.tree.model().index(0, 0), TagRole.TAG, CAT, 1, Qt.MatchFlag.MatchRecursive
            )
        )
        panel.tree.scrollTo(row)
        where = panel.tree.visualRect(row).center()
        bench.qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=where)
        bench.qtbot.waitUntil(lambda: window.proxy.ids().tolist() == [chelsea], timeout=10_000)

    click_cat()
    assert panel.selected_tags() == [CAT]
    window.search.set_text("coffee")
    assert panel.selected_tags() == []
    click_cat()
    window.search.set_text("")
    assert panel.selected_tags() == []
    assert [each.row() for each in panel.entries.selectedIndexes()] == [0]
    window.search.set_text("state:untagged")
    assert [each.row() for each in panel.entries.selectedIndexes()] == [2]


def test_a_search_that_leaves_one_of_the_selected_makes_it_the_current_one(
    start: Start, photos: Path
) -> None:
    bench = start()
    bench.drop(photos)
    bench.settle(4)
    window = bench.window
    first, _, third, last = window.proxy.ids().tolist()
    flags = QItemSelectionModel.SelectionFlag
    window.view.selectionModel().select(window.proxy.index_of(first), flags.ClearAndSelect)
    window.view.selectionModel().setCurrentIndex(window.proxy.index_of(last), flags.Select)
    with Library(bench.folders.data) as library:
        names = {photo.id: photo.path.name for photo in library.photos()}
    window.search.set_text(f'name:"{names[first]}" OR name:"{names[third]}"')
    bench.qtbot.waitUntil(lambda: window.proxy.rowCount() == 2, timeout=10_000)
    assert window.view.selected_photos() == [first]
    assert window.view.current_photo() == first
