"""The inspector, clicked and typed at."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.change import Edit
from app.core.photo import Card, State
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.services.vocabulary import Vocabulary
from app.ui.inspector.panel import InspectorPanel
from app.ui.widgets.chip import Chip, Look

#: What the platform plugin for tests cannot do, and nobody sees.

CAT, DOG, NIGHT = Tag(("Animal", "Cat")), Tag(("Animal", "Dog")), Tag(("Night",))
COFFEE = Tag(("Food", "Coffee"))


class Asked:
    """Keeps what a panel asks for, and carries it out on the cards as the window will."""

    def __init__(self, panel: InspectorPanel, cards: list[Card]) -> None:
        self.panel, self.cards = panel, cards
        self.edits: list[list[tuple[int, Edit]]] = []
        self.labels: list[str] = []
        panel.edit_wanted.connect(self._edit)
        panel.show_cards(cards)

    def _edit(self, edits: list[tuple[int, Edit]], label: str) -> None:
        self.edits.append(edits)
        self.labels.append(label)
        wanted = dict(edits)
        self.cards = [c.after(wanted[c.id]) if c.id in wanted else c for c in self.cards]
        self.panel.show_cards(self.cards)


def card(number: int = 1, confirmed: tuple[Tag, ...] = (), suggested: tuple[Tag, ...] = ()) -> Card:
    return Card(
        number,
        Path(f"/p/{number}.jpg"),
        State.SUGGESTED if suggested else State.CONFIRMED if confirmed else State.UNTAGGED,
        tuple(sorted(confirmed)),
        tuple(
            Suggestion(tag, 0.9 - n / 10, "efficientnet-lite2") for n, tag in enumerate(suggested)
        ),
    )


@pytest.fixture
def panel(qtbot: QtBot) -> InspectorPanel:
    panel = InspectorPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def texts(panel: InspectorPanel) -> str:
    return "\n".join(each.text() for each in panel.findChildren(QLabel) if each.isVisible())


def chips(panel: InspectorPanel) -> list[str]:
    return [str(chip.tag) for chip in panel.on_all.chips]


def rows(panel: InspectorPanel) -> list[str]:
    return [str(row.suggestion.tag) for row in panel.suggestions.rows if row.suggestion]


def test_nothing_selected_says_what_to_do(panel: InspectorPanel) -> None:
    assert "No photo selected" in texts(panel)
    assert not panel.type_tag()
    assert not panel.accept_nth(1)
    assert not panel.accept_all()
    assert not panel.remove_focused()


def test_one_photo_from_a_real_library(panel: InspectorPanel, tmp_path: Path, photos: Path) -> None:
    with Library(tmp_path / "data") as library:
        photo = library.save_photo(photos / "coffee.jpg", size=1, mtime_ns=1, content_hash=b"a")
        run = library.start_run("efficientnet-lite2@2", "{}")
        library.save_suggestions(
            photo, "efficientnet-lite2@2", [Suggestion(COFFEE, 0.81, "efficientnet-lite2")], run
        )
        library.decide(photo, [NIGHT], "confirmed")
        panel.show_cards(library.cards([photo]))
    assert chips(panel) == ["Night"]
    assert rows(panel) == ["Food/Coffee"]
    shown = texts(panel)
    assert "coffee.jpg" in shown
    assert "The network EfficientNet-Lite2" in shown
    assert "● Suggestions to review" in shown


def test_what_is_known_of_a_photo_is_shown(panel: InspectorPanel) -> None:
    panel.show_cards(
        [
            Card(
                1, Path("/photos/summer/a.jpg"), State.WORKING,
                taken=datetime(2024, 5, 31, 14, 3), camera="Canon EOS 80D", rating=4,
                size=(600, 400),
            )
        ]
    )  # fmt: skip
    shown = texts(panel)
    for words in ("a.jpg", "/photos/summer", "2024", "Canon EOS 80D", "★★★★☆", "600 × 400"):
        assert words in shown
    assert "Being looked at now" in shown
    panel.show_cards([card(2)])
    assert "Canon" not in texts(panel)
    assert "★" not in texts(panel)


def test_the_buttons_of_a_suggestion(panel: InspectorPanel) -> None:
    asked = Asked(panel, [card(1, (), (CAT, DOG, COFFEE))])
    first, second, _ = panel.suggestions.rows
    assert first.accept_button.accessibleName() == "Accept Animal/Cat"
    assert second.reject_button.accessibleName() == "Reject Animal/Dog"
    QTest.mouseClick(first.accept_button, Qt.MouseButton.LeftButton)
    assert asked.edits[-1] == [(1, Edit(accept=(CAT,)))]
    assert asked.labels[-1] == "Accept Animal/Cat"
    assert rows(panel) == ["Animal/Dog", "Food/Coffee"]
    QTest.mouseClick(panel.suggestions.rows[0].reject_button, Qt.MouseButton.LeftButton)
    assert asked.edits[-1] == [(1, Edit(reject=(DOG,)))]
    assert asked.labels[-1] == "Reject Animal/Dog"
    assert chips(panel) == ["Animal/Cat"]


def test_numbers_mean_what_is_shown(panel: InspectorPanel) -> None:
    asked = Asked(panel, [card(1, (), (CAT, DOG, COFFEE))])
    assert panel.accept_nth(2)
    assert asked.edits[-1] == [(1, Edit(accept=(DOG,)))]
    assert panel.reject_nth(1)
    assert asked.edits[-1] == [(1, Edit(reject=(CAT,)))]
    assert not panel.accept_nth(2)
    assert not panel.accept_nth(0)
    assert not panel.reject_nth(9)
    assert panel.accept_all()
    assert asked.edits[-1] == [(1, Edit(accept=(COFFEE,)))]
    assert asked.cards[0].confirmed == (DOG, COFFEE)
    assert not panel.accept_all()
    assert "Nothing left to review." in texts(panel)


def test_all_of_a_selection(panel: InspectorPanel) -> None:
    asked = Asked(panel, [card(1, (), (CAT, DOG)), card(2, (), (CAT,)), card(3, (CAT,))])
    assert panel.suggestions.rows[0].caption.startswith("2 photo(s)")
    panel.accept_nth(1)
    assert asked.edits[-1] == [(1, Edit(accept=(CAT,))), (2, Edit(accept=(CAT,)))]
    assert asked.labels[-1] == "Accept Animal/Cat for 2 photo(s)"
    assert chips(panel) == ["Animal/Cat"]
    panel.show_cards([card(1, (), (CAT, DOG)), card(2, (), (CAT,))])
    QTest.mouseClick(panel.suggestions.reject_all, Qt.MouseButton.LeftButton)
    assert asked.edits[-1] == [(1, Edit(reject=(CAT, DOG))), (2, Edit(reject=(CAT,)))]
    assert asked.labels[-1] == "Reject 2 suggestion(s)"


def test_tags_on_some_photos_are_put_on_all_by_a_click(panel: InspectorPanel) -> None:
    asked = Asked(panel, [card(n, (CAT,) if n < 3 else (), ()) for n in range(5)])
    (chip,) = panel.on_some.chips
    assert (chip.look, chip.note) == (Look.LIGHT, "3 of 5")
    assert chip.accessibleName() == "Animal › Cat, 3 of 5"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(15, chip.height() // 2))
    assert asked.edits == [[(3, Edit(add=(CAT,))), (4, Edit(add=(CAT,)))]]
    assert asked.labels == ["Add Animal/Cat to 2 photo(s)"]
    assert chips(panel) == ["Animal/Cat"]
    assert not panel.on_some.chips


def cross(chip: Chip) -> QPoint:
    return QPoint(chip.width() - 14, chip.height() // 2)


def test_a_chip_filters_by_a_click_and_goes_by_its_cross(
    panel: InspectorPanel, qtbot: QtBot
) -> None:
    asked = Asked(panel, [card(1, (CAT, NIGHT))])
    with qtbot.waitSignal(panel.tag_clicked) as clicked:
        QTest.mouseClick(panel.on_all.chips[1], Qt.MouseButton.LeftButton, pos=QPoint(12, 10))
    assert clicked.args == [NIGHT]
    chip = panel.on_all.chips[0]
    with qtbot.assertNotEmitted(panel.tag_clicked):
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=cross(chip))
    assert asked.edits == [[(1, Edit(remove=(CAT,)))]]
    assert asked.labels == ["Remove Animal/Cat from 1 photo(s)"]
    # Let go somewhere else: it was not meant.
    chip = panel.on_all.chips[0]
    QTest.mousePress(chip, Qt.MouseButton.LeftButton, pos=cross(chip))
    QTest.mouseRelease(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, 10))
    assert len(asked.edits) == 1


def test_del_removes_the_tag_that_has_the_focus_and_the_next_one_gets_it(
    panel: InspectorPanel,
) -> None:
    asked = Asked(panel, [card(1, (CAT, DOG, NIGHT))])
    assert not panel.remove_focused()  # shows which one it would be
    assert panel.on_all.focused() is panel.on_all.chips[0]
    assert asked.edits == []
    assert panel.remove_focused()
    assert asked.edits[-1] == [(1, Edit(remove=(CAT,)))]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert asked.edits[-1] == [(1, Edit(remove=(NIGHT,)))]
    focused = panel.on_all.focused()
    assert focused is not None and focused.tag == DOG


def test_keys_on_a_focused_part_do_not_reach_the_windows_shortcuts(
    panel: InspectorPanel, qtbot: QtBot
) -> None:
    fired: list[str] = []
    for key in ("Space", "Return", "Del", "1"):
        action = QAction(panel)
        action.setShortcut(key)
        action.triggered.connect(lambda _checked, key=key: fired.append(key))
        panel.addAction(action)
    asked = Asked(panel, [card(1, (NIGHT, DOG), (CAT, COFFEE))])
    panel.suggestions.rows[0].accept_button.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert asked.edits[-1] == [(1, Edit(accept=(CAT,)))]
    # The focus stays on the yes of what has come into its place.
    assert QApplication.focusWidget() is panel.suggestions.rows[0].accept_button
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert asked.edits[-1] == [(1, Edit(accept=(COFFEE,)))]
    panel.on_all.chips[0].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    with qtbot.waitSignal(panel.tag_clicked):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert fired == []
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    assert fired == ["1"]


def test_the_focus_stays_among_the_suggestions_as_long_as_there_are_some(
    panel: InspectorPanel,
) -> None:
    asked = Asked(panel, [card(1, (), (CAT, DOG))])
    panel.suggestions.rows[1].reject_button.setFocus()
    panel.reject_nth(2)
    assert QApplication.focusWidget() is panel.suggestions.rows[0].reject_button
    panel.reject_nth(1)
    assert len(asked.edits) == 2
    # Nothing is left to press by mistake.
    assert QApplication.focusWidget() is panel.suggestions.parentWidget()


def test_tab_goes_from_top_to_bottom(panel: InspectorPanel) -> None:
    panel.show_cards([card(1, (NIGHT,), (CAT, DOG))])
    first = panel.suggestions.rows[0].accept_button
    first.setFocus()
    order: list[QWidget] = [first]
    for _ in range(7):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        order.append(QApplication.focusWidget())
    second = panel.suggestions.rows[1]
    assert order == [
        first,
        panel.suggestions.rows[0].reject_button,
        second.accept_button,
        second.reject_button,
        panel.suggestions.accept_all,
        panel.suggestions.reject_all,
        panel.on_all.chips[0],
        panel.tag_field,
    ]


def test_everything_that_can_be_pressed_has_a_name(panel: InspectorPanel) -> None:
    panel.show_cards([card(1, (NIGHT,), (CAT, DOG)), card(2, (), (CAT,))])
    buttons = [b for b in panel.findChildren(QAbstractButton) if b.isVisible()]
    assert len(buttons) > 6
    for button in buttons:
        assert button.accessibleName() or button.text(), button
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert panel.tag_field.accessibleName()


def test_what_failed_says_why_and_can_be_tried_again(panel: InspectorPanel, qtbot: QtBot) -> None:
    broken = Card(7, Path("/p/cut.jpg"), State.FAILED, error="/p/cut.jpg: the photo is cut off")
    panel.show_cards([broken])
    assert "The photo is cut off" in texts(panel)
    assert panel.failure.retry.isVisible()
    with qtbot.waitSignal(panel.retry_wanted) as wanted:
        QTest.mouseClick(panel.failure.retry, Qt.MouseButton.LeftButton)
    assert wanted.args == [[7]]
    panel.show_cards([broken, card(1)])
    assert "Something went wrong with 1 photo(s)" in texts(panel)
    panel.show_cards([card(1)])
    assert not panel.failure.isVisible()


def test_typed_tags_go_to_all_photos_that_lack_them(panel: InspectorPanel, qtbot: QtBot) -> None:
    asked = Asked(panel, [card(1, (CAT,)), card(2, (), (CAT,)), card(3)])
    panel.set_vocabulary(Vocabulary({CAT: 1}))
    assert panel.type_tag()
    assert panel.tag_field.hasFocus()
    QTest.keyClicks(panel.tag_field, "cat")
    QTest.keyClick(panel.tag_field, Qt.Key.Key_Return)
    assert asked.edits == [[(2, Edit(accept=(CAT,))), (3, Edit(add=(CAT,)))]]
    assert asked.labels == ["Add Animal/Cat to 2 photo(s)"]
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.tag_field, Qt.Key.Key_Escape)


def test_escape_leaves(panel: InspectorPanel, qtbot: QtBot) -> None:
    panel.show_cards([card(1, (), (CAT,))])
    panel.suggestions.rows[0].accept_button.setFocus()
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_photos_that_are_not_read_yet_are_not_kept_quiet(panel: InspectorPanel) -> None:
    panel.show_cards([card(n) for n in range(3)], total=10)
    assert "10 photo(s)" in texts(panel)
    assert "The tags of 7 more photo(s) are not read yet." in texts(panel)


def test_a_photo_that_is_not_read_yet(panel: InspectorPanel) -> None:
    panel.show_cards([], total=1)
    assert "Reading their tags…" in texts(panel)
    assert "Nothing left" not in texts(panel)
    assert not panel.tag_field.isEnabled()


def test_thousands_are_counted_bit_by_bit(panel: InspectorPanel, qtbot: QtBot) -> None:
    cards = [card(n, (CAT,) if n % 2 else (), (DOG,)) for n in range(5000)]
    panel.show_cards(cards)
    assert "Reading their tags…" in texts(panel)
    # What cannot be seen yet cannot be accepted.
    assert not panel.accept_all()
    qtbot.waitUntil(lambda: rows(panel) == ["Animal/Dog"])
    assert panel.on_some.chips[0].note == "2500 of 5000"
    panel.show_cards(cards)
    panel._timer.timeout.emit()
    panel.show_cards(cards[:1])  # another selection meanwhile
    qtbot.wait(50)
    assert "0.jpg" in texts(panel)
    assert panel.summary.photos == (0,)


def test_many_tags_and_suggestions_are_shown_on_demand(panel: InspectorPanel) -> None:
    confirmed = tuple(Tag((f"Tag {n:03}",)) for n in range(100))
    suggested = tuple(Tag((f"Idea {n:03}",)) for n in range(40))
    asked = Asked(panel, [card(1, confirmed, suggested)])
    assert len(panel.on_all.chips) == 80
    assert len(rows(panel)) == 24
    panel.accept_all()
    assert asked.edits[-1] == [(1, Edit(accept=suggested[:24]))]
    more = [b for b in panel.findChildren(QToolButton) if b.text() == "Show 44 more"]
    QTest.mouseClick(more[0], Qt.MouseButton.LeftButton)
    assert len(panel.on_all.chips) == 124


@pytest.mark.parametrize("width", [240, 300, 420])
def test_nothing_is_cut_off_sideways(panel: InspectorPanel, width: int, qtbot: QtBot) -> None:
    long = Tag(("Donaudampfschifffahrtsgesellschaft" * 2, "Kapitänsmützenbandhalter" * 3))
    many = tuple(Tag(("Animal", f"Number {n}")) for n in range(60))
    panel.show_cards(
        [
            Card(
                1, Path("/" + "folder" * 30) / ("name" * 30 + ".jpg"), State.FAILED,
                (*many, long), (Suggestion(long, 0.5, "net" * 30),),
                error="Kapitänsmützenbandhalter" * 9, camera="Camera " * 12,
            ),
            card(2, (), (CAT,)),
        ]
    )  # fmt: skip
    panel.resize(width, 400)
    qtbot.waitUntil(lambda: panel._scroll.width() == width)
    content, viewport = panel._scroll.widget(), panel._scroll.viewport()
    assert content.width() == viewport.width()
    for widget in (*panel.on_some.chips, *panel.suggestions.rows, panel.tag_field):
        right = widget.mapTo(content, QPoint(widget.width(), 0)).x()
        assert right <= content.width()
    last = panel.on_some.chips[-1]
    field_top = panel.tag_field.mapTo(content, QPoint(0, 0)).y()
    assert last.mapTo(content, QPoint(0, last.height())).y() <= field_top


def test_it_scrolls_only_where_it_is_too_long(panel: InspectorPanel, qtbot: QtBot) -> None:
    content, bar = panel._scroll.widget(), panel._scroll.verticalScrollBar()
    panel.show_cards([card(1, (CAT, DOG, NIGHT, COFFEE), ()), card(2, (), (CAT, DOG))])
    qtbot.waitUntil(lambda: content.width() == 300)
    panel.resize(300, content.heightForWidth(300))
    qtbot.waitUntil(lambda: panel._scroll.height() == panel.height())
    assert bar.maximum() == 0
    panel.resize(300, panel.height() - 20)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.maximum() >= 20


def test_the_menu_of_a_chip(panel: InspectorPanel, qtbot: QtBot) -> None:
    asked = Asked(panel, [card(1, (CAT,)), card(2)])
    chip = panel.on_some.chips[0]
    chip.customContextMenuRequested.emit(QPoint(5, 5))
    menu = panel.findChild(QMenu)
    assert menu is not None
    entries = {action.text(): action for action in menu.actions() if action.text()}
    assert list(entries) == [
        "Show photos with Animal/Cat",
        "Put Animal/Cat on all 2 photo(s)",
        "Remove Animal/Cat from 1 photo(s)",
    ]
    with qtbot.waitSignal(panel.tag_clicked):
        entries["Show photos with Animal/Cat"].trigger()
    entries["Put Animal/Cat on all 2 photo(s)"].trigger()
    assert asked.edits[-1] == [(2, Edit(add=(CAT,)))]
    menu.close()


def test_the_menu_of_a_suggestion(panel: InspectorPanel, qtbot: QtBot) -> None:
    asked = Asked(panel, [card(1, (), (CAT, DOG))])
    row = panel.suggestions.rows[1]
    place = QPoint(40, 10)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, row.mapToGlobal(place))
    QApplication.sendEvent(row, event)
    menu = row.findChild(QMenu)
    assert menu is not None
    entries = {action.text(): action for action in menu.actions() if action.text()}
    assert list(entries) == [
        "Accept Animal/Dog",
        "Reject Animal/Dog",
        "Show photos with Animal/Dog",
    ]
    with qtbot.waitSignal(panel.tag_clicked) as clicked:
        entries["Show photos with Animal/Dog"].trigger()
    assert clicked.args == [DOG]
    entries["Reject Animal/Dog"].trigger()
    assert asked.edits == [[(1, Edit(reject=(DOG,)))]]
    menu.close()
