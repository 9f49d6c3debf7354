"""The model of all photos: it never waits, and tells of exactly what has changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.core.change import Edit
from app.core.photo import Card, State
from app.core.tag import Tag
from app.library.library import DATABASE, Library
from app.ui.grid.model import MAX_DRAGGED, PhotoModel
from app.ui.mime import PHOTOS_MIME, photos_in
from app.ui.roles import Role
from tests.ui.grid.shelf import Shelf, shelf

CAT, DOG = Tag.parse("Animal/Cat"), Tag.parse("Animal/Dog")
PATIENCE = 20_000


@pytest.fixture
def real(tmp_path: Path, photos: Path, qtbot: QtBot) -> Iterator[Shelf]:
    """The sample photos."""
    with shelf(tmp_path, sorted(photos.iterdir())) as opened:
        yield opened


@pytest.fixture
def many(tmp_path: Path, qtbot: QtBot) -> Iterator[Shelf]:
    """A library of 700 photos without files."""
    with shelf(tmp_path, [tmp_path / f"{n:03}.jpg" for n in range(700)]) as opened:
        yield opened


class Told:
    """The rows of which a model says that they have changed."""

    def __init__(self, model: PhotoModel) -> None:
        self.ranges: list[tuple[int, int]] = []
        model.dataChanged.connect(lambda a, b, roles: self.ranges.append((a.row(), b.row())))

    @property
    def rows(self) -> set[int]:
        return {row for first, last in self.ranges for row in range(first, last + 1)}


def card_at(model: PhotoModel, row: int) -> Card | None:
    card = model.index(row).data(Role.CARD)
    assert card is None or isinstance(card, Card)
    return card


def suggest(folder: Path, photo: int, *tags: Tag) -> None:
    """As if the network had looked at a photo."""
    with Library(folder) as library, library.transaction():
        for tag in tags:
            tag_id = library._tag_id(tag)
            library._execute(
                "INSERT INTO suggestion (photo_id, tag_id, source, score, priority, model, run_id)"
                " VALUES (?, ?, 'network', 0.8, 0, 'm', ?)",
                (photo, tag_id, library.start_run("m", "{}")),
            )
        library.refresh(photo)


def confirm(folder: Path, photo: int, tag: Tag) -> None:
    with Library(folder) as library:
        library.decide(photo, [tag], "confirmed")
        library.refresh(photo)


def test_qt_is_content(real: Shelf, qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(
        real.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    random = np.random.default_rng(1)
    expected: set[int] = set(real.ids)
    for _ in range(100):
        ids = random.integers(1, 60, size=random.integers(0, 12)).tolist()
        if random.random() < 0.5:
            real.model.add(ids)
            expected |= set(ids)
        else:
            real.model.remove(ids)
            expected -= set(ids)
        assert real.model.ids().tolist() == sorted(expected)
    assert tester is not None


def test_rows_come_and_go_in_ranges(real: Shelf) -> None:
    model = real.model
    model.set_ids(range(1, 101))
    seen: list[tuple[str, int, int]] = []
    model.rowsInserted.connect(lambda _, a, b: seen.append(("in", a, b)))
    model.rowsRemoved.connect(lambda _, a, b: seen.append(("out", a, b)))
    model.add(range(101, 201))
    model.add([50, 150])
    model.remove([*range(11, 21), *range(31, 36), 7000])
    assert seen == [("in", 100, 199), ("out", 30, 34), ("out", 10, 19)]
    model.add([12, 13, 500])
    assert seen[3:] == [("in", 10, 11), ("in", 187, 187)]
    assert model.row_of(12) == 10
    assert model.row_of(14) == -1


def test_a_million_photos_have_rows(real: Shelf) -> None:
    ids = np.arange(1, 2_000_001, 2)
    real.model.set_ids(ids)
    assert real.model.rowCount() == 1_000_000
    some = np.array([1, 2, 1999, -5, 3_000_000, 1_999_999])
    assert real.model.rows(some).tolist() == [0, -1, 999, -1, -1, 999_999]
    shuffled = np.random.default_rng(1).permutation(ids)
    assert (real.model.ids()[real.model.rows(shuffled)] == shuffled).all()
    sparse = ids * 1000
    real.model.set_ids(np.random.default_rng(1).permutation(sparse))
    assert (real.model.rows(sparse) == np.arange(1_000_000)).all()


def test_data_does_not_wait_and_the_card_comes_later(real: Shelf, qtbot: QtBot) -> None:
    told = Told(real.model)
    index = real.model.index(1)
    assert index.data(Role.ID) == real.ids[1]
    assert index.data(Role.CARD) is None
    assert index.data() is None
    qtbot.waitUntil(lambda: index.data(Role.CARD) is not None, timeout=PATIENCE)
    assert told.ranges == [(1, 1)]
    card = card_at(real.model, 1)
    assert card is not None
    assert index.data() == card.path.name
    assert card.path.name in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Waiting" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(card.path.parent) in index.data(Qt.ItemDataRole.ToolTipRole)


def test_what_is_wanted_comes_with_pictures(real: Shelf, qtbot: QtBot) -> None:
    real.pictures.set_size(100)
    real.model.want(reversed(real.ids))
    count = len(real.ids)
    qtbot.waitUntil(
        lambda: all(real.pictures.is_good(photo) for photo in real.ids), timeout=PATIENCE
    )
    for row in range(count):
        pixmap = real.model.index(row).data(Role.PICTURE)
        assert isinstance(pixmap, QPixmap)
        assert max(pixmap.width(), pixmap.height()) == 100


def test_a_picture_that_is_painted_is_got_without_being_wanted(real: Shelf, qtbot: QtBot) -> None:
    real.pictures.set_size(100)
    index = real.model.index(0)
    assert index.data(Role.PICTURE) is None
    qtbot.waitUntil(lambda: index.data(Role.PICTURE) is not None, timeout=PATIENCE)


def test_cards_are_read_together(many: Shelf, qtbot: QtBot) -> None:
    told = Told(many.model)
    many.model.want(many.ids[100:400])
    qtbot.waitUntil(lambda: len(told.rows) == 300, timeout=PATIENCE)
    assert told.rows == set(range(100, 400))
    assert len(told.ranges) == 3  # batches, not photos


def test_what_has_left_the_screen_is_not_read(many: Shelf, qtbot: QtBot) -> None:
    told = Told(many.model)
    many.model.want(many.ids)
    many.model.want(many.ids[690:])
    qtbot.waitUntil(lambda: told.rows == set(range(690, 700)), timeout=PATIENCE)
    qtbot.wait(50)
    assert told.rows == set(range(690, 700))


def test_a_refresh_shows_what_the_library_says_now(many: Shelf, qtbot: QtBot) -> None:
    many.model.want(many.ids[:20])
    qtbot.waitUntil(lambda: card_at(many.model, 19) is not None, timeout=PATIENCE)
    confirm(many.library, many.ids[3], CAT)
    confirm(many.library, many.ids[4], CAT)
    told = Told(many.model)
    many.model.refresh(many.ids[:10])
    qtbot.waitUntil(lambda: bool(told.ranges), timeout=PATIENCE)
    assert told.ranges == [(3, 4)]
    card = card_at(many.model, 3)
    assert card is not None
    assert card.confirmed == (CAT,)


def test_a_refresh_off_the_screen_says_so_and_reads_when_asked(many: Shelf, qtbot: QtBot) -> None:
    index = many.model.index(5)
    qtbot.waitUntil(lambda: index.data(Role.CARD) is not None, timeout=PATIENCE)
    confirm(many.library, many.ids[5], CAT)
    told = Told(many.model)
    many.model.refresh([many.ids[5], many.ids[6]])
    assert told.ranges == [(5, 5)]  # nobody has ever seen the other one
    assert index.data(Role.CARD).confirmed == ()  # the old one, but the new one is on its way
    qtbot.waitUntil(lambda: index.data(Role.CARD).confirmed == (CAT,), timeout=PATIENCE)


def test_an_edit_is_shown_at_once(many: Shelf, qtbot: QtBot) -> None:
    photo = many.ids[2]
    suggest(many.library, photo, CAT, DOG)
    many.model.want(many.ids[:5])
    qtbot.waitUntil(lambda: card_at(many.model, 2) is not None, timeout=PATIENCE)
    told = Told(many.model)
    many.model.apply([(photo, Edit(accept=(CAT,))), (photo, Edit(reject=(DOG,)))])
    assert told.rows == {2}
    card = card_at(many.model, 2)
    assert card is not None
    assert (card.confirmed, card.suggested, card.state) == ((CAT,), (), State.CONFIRMED)


def test_an_edit_does_not_flicker_while_it_is_carried_out(many: Shelf, qtbot: QtBot) -> None:
    photo = many.ids[2]
    many.model.want(many.ids[:5])
    qtbot.waitUntil(lambda: card_at(many.model, 2) is not None, timeout=PATIENCE)
    seen: list[tuple[Tag, ...]] = []

    def look() -> None:
        card = card_at(many.model, 2)
        assert card is not None
        if seen[-1:] != [card.confirmed]:
            seen.append(card.confirmed)

    many.model.dataChanged.connect(look)
    many.model.apply([(photo, Edit(add=(CAT,)))])
    many.model.refresh([photo])  # the library does not know of it yet
    qtbot.wait(50)
    many.model.apply([(photo, Edit(add=(DOG,)))])
    confirm(many.library, photo, CAT)
    many.model.settle([photo])  # the first one
    qtbot.wait(50)
    assert card_at(many.model, 2).confirmed == (CAT, DOG)  # type: ignore[union-attr]
    # The second one fails.
    many.model.settle([photo])
    qtbot.waitUntil(lambda: seen[-1] == (CAT,), timeout=PATIENCE)
    assert seen == [(CAT,), (CAT, DOG), (CAT,)]


def test_an_edit_of_a_photo_that_is_not_read_is_shown_when_it_is(many: Shelf, qtbot: QtBot) -> None:
    many.model.apply([(many.ids[2], Edit(add=(CAT,)))])
    many.model.apply([(many.ids[3], Edit(add=(CAT,)))])
    many.model.settle([many.ids[3]])  # failed before anybody looked
    many.model.want(many.ids[:5])
    qtbot.waitUntil(lambda: card_at(many.model, 2) is not None, timeout=PATIENCE)
    assert card_at(many.model, 2).confirmed == (CAT,)  # type: ignore[union-attr]
    assert card_at(many.model, 3).confirmed == ()  # type: ignore[union-attr]


def test_photos_that_are_worked_on(many: Shelf, qtbot: QtBot) -> None:
    suggest(many.library, many.ids[4], CAT)
    many.model.want(many.ids[:6])
    qtbot.waitUntil(lambda: card_at(many.model, 5) is not None, timeout=PATIENCE)
    told = Told(many.model)
    many.model.set_working(many.ids[1:5])
    states = [card.state for row in range(6) if (card := card_at(many.model, row))]
    assert states == [State.WAITING, *[State.WORKING] * 3, State.SUGGESTED, State.WAITING]
    assert told.rows == {1, 2, 3}
    many.model.set_working([many.ids[3]])
    assert told.ranges[1:] == [(1, 2)]


def test_cards_are_bounded(many: Shelf, qtbot: QtBot) -> None:
    many.model._cards._limit = 150
    for start in range(0, 700, 50):
        many.model.want(many.ids[start : start + 50])
        qtbot.waitUntil(
            lambda last=start + 49: card_at(many.model, last) is not None, timeout=PATIENCE
        )
    assert len(many.model._cards._shown) <= 150
    assert len(many.model._cards._read) <= 150


def test_a_photo_that_is_not_in_the_library_is_asked_for_once(many: Shelf, qtbot: QtBot) -> None:
    many.model.add([100_000])
    index = many.model.index(700)
    for _ in range(5):
        assert index.data(Role.CARD) is None
        qtbot.wait(10)
    assert many.model._cards._number == 1


def test_a_photo_that_cannot_be_shown_says_why(real: Shelf, photos: Path, qtbot: QtBot) -> None:
    (photos / "chelsea.jpg").write_bytes(b"no photo")
    real.pictures.set_size(100)
    row = next(r for r, p in enumerate(sorted(photos.iterdir())) if p.name == "chelsea.jpg")
    told = Told(real.model)
    real.model.want(real.ids)
    qtbot.waitUntil(
        lambda: real.pictures.error(real.ids[row]) is not None and row in told.rows,
        timeout=PATIENCE,
    )
    assert "not an image" in real.model.index(row).data(Qt.ItemDataRole.ToolTipRole)
    assert real.model.index(row).data(Role.PICTURE) is None


def test_a_photo_looked_at_again_gets_a_new_picture(
    real: Shelf, photos: Path, qtbot: QtBot
) -> None:
    photo = real.ids[0]
    suggest(real.library, photo, CAT)
    real.pictures.set_size(100)
    real.model.want(real.ids)
    qtbot.waitUntil(lambda: real.pictures.is_good(photo), timeout=PATIENCE)
    before = real.pictures.get(photo)
    (photos / "coffee.jpg").replace(sorted(photos.iterdir())[0])
    real.model.set_working([photo])
    real.model.set_working([])
    assert real.pictures.get(photo) is before  # until the new one is there
    qtbot.waitUntil(lambda: real.pictures.is_good(photo), timeout=PATIENCE)
    after = real.pictures.get(photo)
    assert after is not None
    assert before is not None
    assert after.toImage() != before.toImage()


def test_files_are_dragged_out_all_or_none(many: Shelf, qtbot: QtBot) -> None:
    model = many.model
    indexes = [model.index(row) for row in range(10)]
    data = model.mimeData(indexes)
    assert photos_in(data) == many.ids[:10]
    assert not data.hasUrls()
    model.prepare_drag(many.ids[:10])
    qtbot.waitUntil(lambda: model.mimeData(indexes).hasUrls(), timeout=PATIENCE)
    names = [url.fileName() for url in model.mimeData(indexes).urls()]
    assert names == [f"{n:03}.jpg" for n in range(10)]
    assert not model.mimeData([*indexes, model.index(50)]).hasUrls()
    assert set(model.mimeTypes()) == {PHOTOS_MIME, "text/uri-list"}
    assert model.supportedDragActions() == Qt.DropAction.CopyAction
    model.prepare_drag(range(MAX_DRAGGED + 1))
    qtbot.wait(30)
    assert not model.mimeData(indexes).hasUrls()


def test_a_library_that_cannot_be_read_is_asked_again_only_for_a_reason(
    many: Shelf, qtbot: QtBot
) -> None:
    with closing(sqlite3.connect(many.library / DATABASE)) as connection:
        connection.execute("ALTER TABLE photo RENAME COLUMN state TO hidden")
    many.model.want(many.ids[:250])
    qtbot.waitUntil(lambda: many.model._cards._number == 3, timeout=PATIENCE)
    qtbot.wait(50)
    assert many.model._cards._number == 3  # each of the three batches once
    with closing(sqlite3.connect(many.library / DATABASE)) as connection:
        connection.execute("ALTER TABLE photo RENAME COLUMN hidden TO state")
    many.model.want(many.ids[:250])
    qtbot.waitUntil(lambda: card_at(many.model, 249) is not None, timeout=PATIENCE)


def test_each_view_gets_what_it_wants(many: Shelf, qtbot: QtBot) -> None:
    told = Told(many.model)
    many.model.want(many.ids[:20])
    many.model.want(many.ids[500:510], view="large")
    many.model.want(many.ids[30:40])
    qtbot.waitUntil(lambda: len(told.rows) == 20, timeout=PATIENCE)
    assert told.rows == {*range(500, 510), *range(30, 40)}
