"""Typing tags for one photo after another, without a hand on the mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.tag import Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from tests.ui.window.conftest import Bench

Start = Callable[..., Bench]
KEYS = Qt.Key
ONE, TWO = Tag.parse("Mine/One"), Tag.parse("Mine/Two")


@pytest.fixture
def bench(start: Start, photos: Path) -> Bench:
    bench = start()
    bench.window.session.pause()
    bench.drop(photos)
    bench.qtbot.waitUntil(lambda: bench.window.browser.total == 4, timeout=20_000)
    bench.go_to(names(bench)[0])
    bench.key("t")
    return bench


def names(bench: Bench) -> list[str]:
    """The photos in the order of the grid."""
    with Library(bench.folders.data) as library:
        cards = {card.id: card.path.name for card in library.cards(library.listing().ids)}
    return [cards[int(photo)] for photo in bench.window.proxy.ids()]


def tags(photos: Path, name: str) -> set[Tag]:
    return set(read_tags(photos / name).tags)


def selected(bench: Bench) -> list[str]:
    order = names(bench)
    return [order[row] for run in bench.window.view.selected_rows() for row in run]


def test_after_enter_the_arrows_go_on_to_the_next_photo(bench: Bench, photos: Path) -> None:
    order, field = names(bench), bench.window.inspector.tag_field
    bench.key(str(ONE))
    bench.key(KEYS.Key_Left)  # in the text
    assert selected(bench) == order[:1] and field.cursorPosition() == len(str(ONE)) - 1
    bench.acted(lambda: bench.key(KEYS.Key_Return))
    bench.key(KEYS.Key_Right)
    assert selected(bench) == order[1:2]
    assert QApplication.focusWidget() is field
    # At once, as from keys that waited while the window was busy.
    bench.qtbot.waitUntil(lambda: not field.isReadOnly(), timeout=5000)
    bench.key(str(TWO))
    bench.acted(lambda: bench.key(KEYS.Key_Return))
    assert (tags(photos, order[0]), tags(photos, order[1])) == ({ONE}, {TWO})
    for key, now in (
        (KEYS.Key_End, order[3]),
        (KEYS.Key_Left, order[2]),
        (KEYS.Key_Home, order[0]),
    ):
        bench.key(key)
        assert selected(bench) == [now] and QApplication.focusWidget() is field
    bench.key(KEYS.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert selected(bench) == order[:2]


def test_down_chooses_what_is_offered_and_moves_where_nothing_is(bench: Bench) -> None:
    bench.window.resize(700, 760)  # so narrow that there is a second row
    bench.window.view.set_cell_size(240)
    field = bench.window.inspector.tag_field
    bench.key(str(ONE))
    bench.acted(lambda: bench.key(KEYS.Key_Return))
    assert not field.popup.isVisible()
    before = selected(bench)
    bench.key(KEYS.Key_Down)
    assert selected(bench) != before
    bench.qtbot.waitUntil(lambda: not field.isReadOnly(), timeout=5000)
    bench.key("Mi")
    there = selected(bench)
    assert field.popup.isVisible()
    bench.key(KEYS.Key_Down)
    assert field.popup.current() is not None and selected(bench) == there


def test_what_was_typed_and_not_given_belongs_to_the_photo_that_it_was_typed_for(
    bench: Bench, photos: Path
) -> None:
    order = names(bench)
    bench.key(str(ONE))
    bench.acted(lambda: bench.window.photos.go_to(bench.id_of(order[1])))
    assert (tags(photos, order[0]), tags(photos, order[1])) == ({ONE}, set())
    assert bench.window.inspector.tag_field.text() == ""
    assert "Mine/One" in bench.window.status.currentMessage()
    assert selected(bench) == order[1:2]
    # It is one step that can be taken back.
    bench.window.view.setFocus()
    bench.acted(lambda: bench.key(KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier))
    assert tags(photos, order[0]) == set()


def test_what_is_no_tag_is_said_and_given_to_nobody(bench: Bench, photos: Path) -> None:
    order = names(bench)
    bench.key("Mine/")
    bench.window.photos.go_to(bench.id_of(order[1]))
    bench.qtbot.waitUntil(
        lambda: "no tag: Mine/" in bench.window.status.currentMessage(), timeout=5000
    )
    assert bench.window.inspector.tag_field.text() == ""
    with Library(bench.folders.data) as library:
        assert not library.actions()
    assert not any(tags(photos, name) for name in order)


def test_what_was_being_typed_for_a_photo_that_is_gone_is_given_to_nobody(
    bench: Bench, photos: Path
) -> None:
    window, order = bench.window, names(bench)
    bench.key(KEYS.Key_Right, Qt.KeyboardModifier.ShiftModifier)  # of two, one stays
    bench.qtbot.waitUntil(lambda: len(window.inspector.summary.photos) == 2, timeout=5000)
    bench.key("Min")
    (photos / order[0]).unlink()
    window.session.find_again([photos])
    bench.qtbot.waitUntil(lambda: len(window.inspector.summary.photos) == 1, timeout=20_000)
    assert window.inspector.tag_field.text() == ""
    with Library(bench.folders.data) as library:
        assert not library.actions()
    assert tags(photos, order[1]) == set()


def offered(bench: Bench) -> dict[str, bool]:
    """What is offered, and whether it would be new."""
    rows = bench.window.inspector.tag_field.popup.model.rows
    return {str(row.match.tag): row.new for row in rows}


def test_what_is_typed_from_the_middle_comes_below_the_tag_that_is_there(
    bench: Bench, photos: Path
) -> None:
    window, order = bench.window, names(bench)
    field = window.inspector.tag_field
    bench.qtbot.waitUntil(lambda: Tag.parse("Animal/Cat") in window.vocabulary.vocabulary)
    bench.key("cat/tabby")
    assert next(iter(offered(bench).items())) == ("Animal/Cat/tabby", True)
    assert offered(bench)["cat/tabby"]  # for whoever wants just that
    bench.acted(lambda: bench.key(KEYS.Key_Return))
    assert tags(photos, order[0]) == {Tag.parse("Animal/Cat/tabby")}
    bench.key("Cat/Tab")
    bench.qtbot.waitUntil(lambda: Tag.parse("Animal/Cat/tabby") in window.vocabulary.vocabulary)
    bench.key(KEYS.Key_Backspace)
    bench.key("b")
    bench.key(KEYS.Key_Tab)
    assert field.text() == "Animal/Cat/tabby"


@pytest.mark.parametrize("known", [True, False], ids=["read again", "at once"])
def test_a_tag_that_was_undone_is_not_offered(bench: Bench, known: bool) -> None:
    window, new = bench.window, Tag.parse("Zork/Zara")
    bench.key(str(new))
    bench.acted(lambda: bench.key(KEYS.Key_Return))
    bench.key(KEYS.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert offered(bench) == {str(new): False}
    if known:
        bench.qtbot.waitUntil(lambda: new in window.vocabulary.vocabulary, timeout=5000)
    bench.key(KEYS.Key_Escape)
    bench.key(KEYS.Key_Escape)
    bench.acted(lambda: bench.key(KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier))
    bench.qtbot.waitUntil(lambda: new not in window.vocabulary.vocabulary, timeout=5000)
    bench.key("t")
    assert str(new) not in offered(bench)
    bench.key(str(new))
    assert offered(bench)[str(new)] is True
