"""The panel with the tree, on real photos: what is asked, shown and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.core.change import Edit
from app.core.tag import Suggestion, Tag
from app.metadata.reader import read_tags
from app.ui.context import Context
from app.ui.mime import PHOTOS_MIME
from app.ui.tags.change_dialog import ChangeDialog
from app.ui.tags.change_dialogs import DeleteDialog, PlaceDialog, RenameDialog
from app.ui.tags.model import TagRole
from app.ui.tags.panel import TagTreePanel
from app.ui.tags.synonyms import SynonymsDialog
from tests.ui.tags.engine import DirectSession

ANIMAL, CAT, DOG, TABBY, PLACE = map(
    Tag.parse, ("Animal", "Animal/Cat", "Animal/Dog", "Animal/Cat/Tabby", "Place")
)
# What Qt's platform without a screen says of every window.

CTRL = Qt.KeyboardModifier.ControlModifier

Have = Callable[..., int]


@pytest.fixture
def have(session: DirectSession, photos: Path) -> Have:
    """Give the next of the real photos some tags, in the library and in the file."""
    left = sorted(photos.iterdir())

    def give(*tags: Tag, suggested: tuple[Tag, ...] = ()) -> int:
        path = left.pop(0)
        library = session.library
        status = path.stat()
        photo = library.register(path, status.st_size, status.st_mtime_ns)
        if tags:
            session.act([(photo, Edit(add=tags))], "add")
        run = library.start_run("net@1", "{}")
        library.save_suggestions(
            photo, "net@1", [Suggestion(tag, 0.5, "net") for tag in suggested], run
        )
        return photo

    return give


@pytest.fixture
def panel(qtbot: QtBot, context: Context, have: Have) -> TagTreePanel:
    have(CAT, TABBY)
    have(DOG, suggested=(PLACE,))
    have(CAT)
    made = TagTreePanel(context)
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() == 2)
    made.tree.expandAll()
    return made


def point(panel: TagTreePanel, tag: Tag) -> QPoint:
    proxy = panel.tree.model()
    index = proxy.mapFromSource(panel.model.index_of(tag))  # type: ignore[attr-defined]
    return panel.tree.visualRect(index).center()


def click(
    qtbot: QtBot,
    panel: TagTreePanel,
    tag: Tag,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, modifier, point(panel, tag))


def opened(qtbot: QtBot, panel: QWidget, kind: type[ChangeDialog]) -> ChangeDialog:
    """The dialog that is open, once it knows the numbers."""
    qtbot.waitUntil(lambda: any(d.isVisible() for d in panel.findChildren(kind)))
    (dialog,) = (d for d in panel.findChildren(kind) if d.isVisible())
    return dialog


def settled(qtbot: QtBot, dialog: ChangeDialog) -> None:
    qtbot.waitUntil(lambda: dialog.plan is not None and dialog.do_it.isEnabled())


def shown(panel: TagTreePanel) -> dict[str, tuple[int, int]]:
    return {
        str(branch.tag): (branch.confirmed, branch.suggested)
        for tag in panel.model.tags()
        if (branch := panel.model.branch(tag)) is not None
    }


def files(session: DirectSession) -> dict[str, set[str]]:
    return {
        photo.path.stem: {str(tag) for tag in read_tags(photo.path).tags}
        for photo in session.library.photos()
    }


def test_the_tree_counts_photos_once(panel: TagTreePanel) -> None:
    assert shown(panel) == {
        "Animal": (3, 0),
        "Animal/Cat": (2, 0),
        "Animal/Cat/Tabby": (1, 0),
        "Animal/Dog": (1, 0),
        "Place": (0, 1),
    }


def test_a_click_filters_and_ctrl_click_adds(qtbot: QtBot, panel: TagTreePanel) -> None:
    with qtbot.waitSignal(panel.filter_wanted) as wanted:
        click(qtbot, panel, CAT)
    assert wanted.args == [[CAT]]
    with qtbot.waitSignal(panel.filter_wanted) as wanted:
        click(qtbot, panel, DOG, CTRL)
    assert wanted.args == [[CAT, DOG]]
    with qtbot.waitSignal(panel.filter_wanted) as wanted:
        click(qtbot, panel, CAT, CTRL)
    assert wanted.args == [[DOG]]


def test_the_entries_filter_by_state(qtbot: QtBot, panel: TagTreePanel) -> None:
    click(qtbot, panel, CAT)
    model = panel.entries.model()
    numbers = [model.index(row, 0).data(TagRole.CONFIRMED) for row in range(4)]
    assert numbers == [3, 1, 0, 0]
    with qtbot.waitSignal(panel.state_wanted) as wanted:
        qtbot.mouseClick(
            panel.entries.viewport(),
            Qt.MouseButton.LeftButton,
            pos=panel.entries.visualRect(model.index(1, 0)).center(),
        )
    assert wanted.args == ["review"]
    assert panel.selected_tags() == []
    with qtbot.waitSignal(panel.filter_wanted):
        click(qtbot, panel, CAT)
    assert not panel.entries.selectionModel().hasSelection()


def test_what_others_select_is_shown_without_a_word(qtbot: QtBot, panel: TagTreePanel) -> None:
    with qtbot.assertNotEmitted(panel.filter_wanted), qtbot.assertNotEmitted(panel.state_wanted):
        panel.select_tags([CAT, DOG])
        assert panel.selected_tags() == [CAT, DOG]
        panel.select_state("failed")
        assert panel.selected_tags() == []
        panel.select_state("")


def test_a_refresh_keeps_selection_and_open_branches(
    qtbot: QtBot, panel: TagTreePanel, have: Have
) -> None:
    click(qtbot, panel, TABBY)
    before = panel.expanded()
    assert before == ["Animal", "Animal/Cat"]
    with qtbot.assertNotEmitted(panel.filter_wanted):
        have(Tag.parse("Aardvark"), ANIMAL, TABBY)
        qtbot.waitUntil(lambda: shown(panel).get("Animal/Cat/Tabby") == (2, 0))
    assert panel.selected_tags() == [TABBY] and panel.expanded() == before


def test_renaming_writes_the_files_and_keeps_the_place(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession
) -> None:
    click(qtbot, panel, ANIMAL)
    panel.tree.setFocus()
    qtbot.keyClick(panel.tree, Qt.Key.Key_F2)
    dialog = opened(qtbot, panel, RenameDialog)
    assert isinstance(dialog, RenameDialog)
    assert not dialog.do_it.isEnabled()
    dialog.name.setText("Creature")
    settled(qtbot, dialog)
    assert dialog.plan is not None and (dialog.plan.photos, dialog.plan.files) == (3, 3)
    assert "3" in dialog.facts.text()
    with qtbot.waitSignal(session.tags_changed):
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    (_, label, renames) = session.acts[-1]
    assert label == "Rename Animal to Creature" and (CAT, Tag.parse("Creature/Cat")) in renames
    assert all(not any("Animal" in t for t in tags) for tags in files(session).values())
    assert "Creature/Cat/Tabby" in files(session)["camera"]
    qtbot.waitUntil(lambda: "Creature/Cat" in shown(panel) and "Animal" not in shown(panel))
    assert panel.selected_tags() == [Tag(("Creature",))]
    assert panel.expanded() == ["Creature", "Creature/Cat"]


def test_renaming_to_a_tag_that_is_there_says_that_they_merge(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession
) -> None:
    click(qtbot, panel, DOG)
    panel.rename()
    dialog = opened(qtbot, panel, RenameDialog)
    assert isinstance(dialog, RenameDialog)
    dialog.name.setText("cat")
    settled(qtbot, dialog)
    assert "there already" in dialog.facts.text() and dialog.do_it.text() == "Merge"
    dialog.accept()
    assert "Animal/Cat" in files(session)["chelsea"]
    qtbot.waitUntil(lambda: shown(panel)["Animal/Cat"] == (3, 0))


def test_only_the_spelling_changes(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession
) -> None:
    click(qtbot, panel, CAT)
    panel.rename()
    dialog = opened(qtbot, panel, RenameDialog)
    assert isinstance(dialog, RenameDialog)
    dialog.name.setText("CAT")
    settled(qtbot, dialog)
    assert dialog.do_it.text() == "Rename"
    dialog.accept()
    assert files(session)["camera"] == {"Animal/CAT/Tabby"}
    assert files(session)["coffee"] == {"Animal/CAT"}
    qtbot.waitUntil(lambda: {"Animal/CAT", "Animal/CAT/Tabby"} <= set(shown(panel)))
    assert panel.selected_tags() == [CAT]


def test_a_name_that_cannot_be_is_refused(qtbot: QtBot, panel: TagTreePanel) -> None:
    click(qtbot, panel, DOG)
    panel.rename()
    dialog = opened(qtbot, panel, RenameDialog)
    assert isinstance(dialog, RenameDialog)
    for text, said in (("a|b", "'|'"), ("  ", "needs a name")):
        dialog.name.setText(text)
        qtbot.waitUntil(lambda said=said: said in dialog.facts.text())
        assert not dialog.do_it.isEnabled()
    dialog.reject()


def test_merging_into_a_chosen_tag(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession
) -> None:
    click(qtbot, panel, CAT)
    panel.merge()
    dialog = opened(qtbot, panel, PlaceDialog)
    assert isinstance(dialog, PlaceDialog)
    dialog.search.setText("dog")
    index = dialog.tree.model().index(0, 0, dialog.tree.model().index(0, 0))
    assert index.data(TagRole.TAG) == DOG
    dialog.tree.setCurrentIndex(index)
    settled(qtbot, dialog)
    dialog.accept()
    assert files(session)["camera"] == {"Animal/Dog/Tabby"}
    assert files(session)["coffee"] == {"Animal/Dog"}
    qtbot.waitUntil(lambda: "Animal/Cat" not in shown(panel))


def test_moving_to_the_top_and_by_dragging(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession
) -> None:
    click(qtbot, panel, CAT)
    panel.move()
    dialog = opened(qtbot, panel, PlaceDialog)
    assert isinstance(dialog, PlaceDialog)
    dialog.top.setChecked(True)
    settled(qtbot, dialog)
    dialog.accept()
    assert files(session)["camera"] == {"Cat/Tabby"}
    qtbot.waitUntil(lambda: "Cat/Tabby" in shown(panel))
    dragged = panel.model.mimeData([panel.model.index_of(DOG)])
    target = panel.model.index_of(Tag(("Cat",)))
    panel.model.dropMimeData(dragged, Qt.DropAction.CopyAction, -1, -1, target)
    qtbot.waitUntil(lambda: any(d.do_it.isEnabled() for d in panel.findChildren(ChangeDialog)))
    (question,) = (d for d in panel.findChildren(ChangeDialog) if d.do_it.isEnabled())
    question.accept()
    assert files(session)["chelsea"] == {"Cat/Dog"}


def test_deleting_asks_with_numbers_and_takes_suggestions_along(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession
) -> None:
    click(qtbot, panel, CAT)
    click(qtbot, panel, PLACE, CTRL)
    panel.tree.setFocus()
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    dialog = opened(qtbot, panel, DeleteDialog)
    settled(qtbot, dialog)
    assert dialog.plan is not None
    assert (dialog.plan.photos, dialog.plan.files, dialog.plan.suggested) == (2, 2, 1)
    dialog.accept()
    assert files(session)["camera"] == set() == files(session)["coffee"]
    qtbot.waitUntil(lambda: set(shown(panel)) == {"Animal", "Animal/Dog"})


def test_photos_that_are_dropped_get_the_tag(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession, have: Have
) -> None:
    photo = have()
    panel.model.photos_dropped.emit([photo], DOG)
    assert session.acts[-1][0] == [(photo, Edit(add=(DOG,)))]
    qtbot.waitUntil(lambda: shown(panel)["Animal/Dog"] == (2, 0))


def drop(panel: TagTreePanel, data: QMimeData, where: QPoint) -> None:
    """Drag something over the tree and let it go, as Qt says it to the view."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    viewport = panel.tree.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(where, actions, data, buttons, keys))
    QApplication.sendEvent(viewport, QDragMoveEvent(where, actions, data, buttons, keys))
    QApplication.sendEvent(viewport, QDropEvent(where, actions, data, buttons, keys))


def test_a_drop_reaches_the_tag_under_the_mouse(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession, have: Have
) -> None:
    photo = have()
    panel.search.setText("tab")  # rows of the view and of the model differ
    data = QMimeData()
    data.setData(PHOTOS_MIME, f"[{photo}]".encode())
    drop(panel, data, point(panel, TABBY))
    assert session.acts[-1][0] == [(photo, Edit(add=(TABBY,)))]
    panel.search.setText("")
    panel.tree.expandAll()
    dragged = panel.tree.model().mimeData(
        [
            panel.tree.model().mapFromSource(  # type: ignore[attr-defined]
                panel.model.index_of(DOG)
            )
        ]
    )
    drop(panel, dragged, point(panel, PLACE))
    qtbot.waitUntil(lambda: any(d.do_it.isEnabled() for d in panel.findChildren(ChangeDialog)))
    (question,) = (d for d in panel.findChildren(ChangeDialog) if d.do_it.isEnabled())
    question.accept()
    assert files(session)["chelsea"] == {"Place/Dog"}


def test_synonyms_are_found_by_the_filter(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession
) -> None:
    click(qtbot, panel, CAT)
    panel.edit_synonyms()
    qtbot.waitUntil(lambda: bool(panel.findChildren(SynonymsDialog)))
    (dialog,) = panel.findChildren(SynonymsDialog)
    dialog.words.setPlainText(" Kitty \n\nFelis\nKitty")
    dialog.accept()
    assert session.library.synonyms_of(CAT) == ("Felis", "Kitty")
    branch = panel.model.branch
    qtbot.waitUntil(lambda: branch(CAT) is not None and bool(branch(CAT).synonyms))  # type: ignore[union-attr]
    panel.search.setText("kitty")
    assert panel.tree.model().rowCount() == 1
    panel.search.setText("")
    assert panel.tree.model().rowCount() == 2


def test_a_keyword_list_goes_out_and_comes_in(
    qtbot: QtBot, panel: TagTreePanel, session: DirectSession, tmp_path: Path
) -> None:
    path = tmp_path / "list.txt"
    session.library.set_synonyms(CAT, ["Kitty"])
    with qtbot.waitSignal(panel.told) as told:
        panel.commands.export_list(path)
    assert "5" in told.args[0]
    text = path.read_text(encoding="utf-8")
    assert text == "Animal\n\tCat\n\t\t{Kitty}\n\t\tTabby\n\tDog\nPlace\n"
    path.write_text(text + "Other\n\tNew\n\t\t{Novum}\n\tb|d\n", encoding="utf-8")
    with qtbot.waitSignal(panel.told) as told:
        panel.commands.import_list(path)
    assert "7" in told.args[0]
    qtbot.waitUntil(lambda: shown(panel).get("Other/New") == (0, 0))
    assert session.library.synonyms_of(Tag.parse("Other/New")) == ("Novum",)
    box = QApplication.activeModalWidget()
    assert box is not None and "Line 10:" in box.detailedText()  # type: ignore[attr-defined]
    box.close()


def test_a_tag_without_photos_can_be_made(qtbot: QtBot, panel: TagTreePanel) -> None:
    click(qtbot, panel, ANIMAL)
    panel.new_tag()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QInputDialog)
    dialog.setTextValue("Bird/Robin")
    dialog.accept()
    qtbot.waitUntil(lambda: shown(panel).get("Animal/Bird/Robin") == (0, 0))
    dialog = panel.commands.create(None)
    dialog.setTextValue("a|b")
    with qtbot.waitSignal(panel.told) as told:
        dialog.accept()
    assert "'|'" in told.args[0]


def test_the_menu_offers_what_can_be_done(qtbot: QtBot, panel: TagTreePanel) -> None:
    click(qtbot, panel, CAT)
    assert all(a.isEnabled() for a in panel.menu().actions())
    click(qtbot, panel, DOG, CTRL)
    texts = {a.text(): a.isEnabled() for a in panel.menu().actions() if a.text()}
    assert len(texts) == 7 and not texts["Re&name…"] and texts["&Merge into…"]


def test_everything_has_a_name_for_screen_readers(panel: TagTreePanel) -> None:
    for widget in (panel.entries, panel.search, panel.tree):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_an_empty_library_says_what_will_be_here(qtbot: QtBot, context: Context) -> None:
    panel = TagTreePanel(context)
    qtbot.addWidget(panel)
    panel.show()
    assert panel._empty.isVisible()


def test_an_answer_that_comes_after_the_end_is_harmless(qtbot: QtBot, context: Context) -> None:
    panel = TagTreePanel(context)
    panel.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(panel)
    answered: list[None] = []
    context.reader.ask(lambda _: None, answered.append)
    context.reader.ask(lambda _: None, answered.append)
    qtbot.waitUntil(lambda: len(answered) == 2)
