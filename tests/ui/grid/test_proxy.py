"""The listing over the model: places change, photos stay themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from app.core.listing import Group, Listing
from app.ui.grid.model import PhotoModel
from app.ui.grid.proxy import ListingProxy
from app.ui.roles import Role
from tests.ui.grid.shelf import shelf

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture
def model(tmp_path: Path, qtbot: QtBot) -> Iterator[PhotoModel]:
    with shelf(tmp_path, []) as opened:
        yield opened.model


def listing(*ids: int, groups: tuple[Group, ...] = ()) -> Listing:
    return Listing(np.array(ids, np.int64), groups)


def chosen(selection: QItemSelectionModel) -> set[int]:
    return {index.data(Role.ID) for index in selection.selectedIndexes()}


def test_it_shows_a_listing(model: PhotoModel) -> None:
    model.set_ids(range(1, 11))
    proxy = ListingProxy(model)
    assert proxy.rowCount() == 0
    proxy.set_listing(listing(7, 3, 9, 99))
    assert proxy.ids().tolist() == [7, 3, 9]
    assert [proxy.index(row).data(Role.ID) for row in range(3)] == [7, 3, 9]
    assert (proxy.row_of(3), proxy.row_of(4), proxy.row_of(99)) == (1, -1, -1)
    assert proxy.id_at(2) == 9
    with pytest.raises(IndexError):
        proxy.id_at(3)
    with pytest.raises(IndexError):
        proxy.id_at(-1)
    source = proxy.mapToSource(proxy.index(1))
    assert (source.model(), source.row()) == (model, 2)
    assert proxy.mapFromSource(source) == proxy.index(1)
    assert not proxy.mapFromSource(model.index(0)).isValid()
    assert proxy.index_of(9).row() == 2
    assert not proxy.index_of(4).isValid()


@pytest.mark.parametrize("sizes", [40, 1500])
def test_selection_and_current_survive_whatever_happens(
    model: PhotoModel, qtbot: QtBot, sizes: int
) -> None:
    """Random listings, additions and removals, compared with sets."""
    random = np.random.default_rng(sizes)
    proxy = ListingProxy(model)
    # The tester looks at every row after every change; beyond a thousand rows only Qt's way of
    # selecting all of them is of interest.
    tested = (model, proxy) if sizes < 1000 else ()
    testers = [QAbstractItemModelTester(each, FATAL) for each in tested]
    view = QListView()
    qtbot.addWidget(view)
    view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
    view.setModel(proxy)
    selection = view.selectionModel()
    model.set_ids(range(1, sizes))
    for step in range(60):
        shown = set(proxy.ids().tolist())
        before = chosen(selection)
        current = selection.currentIndex().data(Role.ID)
        kind = random.integers(6)
        new = random.choice(sizes, size=random.integers(1, sizes), replace=False)
        expected = shown
        if kind == 0:
            model.remove(new[: len(new) // 3].tolist())
            expected = shown - set(new[: len(new) // 3].tolist())
        elif kind == 1:
            model.add(new[: len(new) // 3].tolist())
            expected = shown | (set(new[: len(new) // 3].tolist()) & waiting_for(proxy))
        elif kind == 2:
            model.set_ids([*set(model.ids().tolist()) - set(new[:5].tolist())])
            expected = shown - set(new[:5].tolist())
        elif kind == 3:  # only the order
            proxy.set_listing(Listing(random.permutation(proxy.ids())))
        else:
            proxy.set_listing(Listing(new.astype(np.int64)))
            expected = set(new.tolist()) & set(model.ids().tolist())
        shown = set(proxy.ids().tolist())
        assert shown == expected, (step, kind)
        assert chosen(selection) == before & shown, (step, kind)
        if current in shown:
            assert selection.currentIndex().data(Role.ID) == current, (step, kind)
        check_mapping(proxy, model)
        if step % 3 == 0 and shown:
            choose(selection, proxy, random)
    assert len(testers) == len(tested)


def waiting_for(proxy: ListingProxy) -> set[int]:
    return set(proxy._listing.ids.tolist())


def choose(
    selection: QItemSelectionModel, proxy: ListingProxy, random: np.random.Generator
) -> None:
    flags = QItemSelectionModel.SelectionFlag
    selection.clear()
    if random.random() < 0.3:  # all of them, which Qt treats in another way
        last = proxy.index(proxy.rowCount() - 1)
        selection.select(QItemSelection(proxy.index(0), last), flags.Select)
    else:
        for row in random.integers(proxy.rowCount(), size=8).tolist():
            selection.select(proxy.index(row), flags.Select)
    row = int(random.integers(proxy.rowCount()))
    selection.setCurrentIndex(proxy.index(row), flags.NoUpdate)


def check_mapping(proxy: ListingProxy, model: PhotoModel) -> None:
    for row in range(0, proxy.rowCount(), max(1, proxy.rowCount() // 20)):
        index = proxy.index(row)
        source = proxy.mapToSource(index)
        assert model.ids()[source.row()] == proxy.ids()[row]
        assert proxy.mapFromSource(source) == index


def test_all_selected_does_not_become_all_of_others(model: PhotoModel, qtbot: QtBot) -> None:
    """Qt keeps 'all selected' over a change of layout, whatever the rows are."""
    model.set_ids(range(1, 10_001))
    proxy = ListingProxy(model)
    proxy.set_listing(Listing(np.arange(1, 5001)))
    selection = QItemSelectionModel(proxy)
    every = QItemSelection(proxy.index(0), proxy.index(4999))
    selection.select(every, QItemSelectionModel.SelectionFlag.Select)
    proxy.set_listing(Listing(np.arange(4001, 9001)))
    assert chosen(selection) == set(range(4001, 5001))


def test_photos_that_are_new_wait_for_a_listing(model: PhotoModel) -> None:
    model.set_ids([1, 2, 4])
    proxy = ListingProxy(model)
    proxy.set_listing(listing(4, 2, 1, 3))
    assert proxy.ids().tolist() == [4, 2, 1]
    model.add([5])
    assert proxy.ids().tolist() == [4, 2, 1]
    model.add([3])  # which the listing has
    assert proxy.ids().tolist() == [4, 2, 1, 3]
    assert proxy.mapToSource(proxy.index(0)).row() == 3
    model.remove([2])
    assert proxy.ids().tolist() == [4, 1, 3]
    model.add([2])  # it has turned up again
    assert proxy.ids().tolist() == [4, 2, 1, 3]


def test_groups_follow(model: PhotoModel) -> None:
    model.set_ids(range(1, 8))
    proxy = ListingProxy(model)
    groups = (Group("a", 3), Group("b", 2), Group("c", 3))
    held = None
    for _ in range(2):  # with and without somebody who holds on to a row
        proxy.set_listing(listing(5, 6, 7, 1, 2, 3, 99, 4, groups=groups))
        assert proxy.groups() == (Group("a", 3), Group("b", 2), Group("c", 2))
        held = QPersistentModelIndex(proxy.index(0))
        model.remove([1, 2, 6])
        assert proxy.groups() == (Group("a", 2), Group("c", 2))
        assert proxy.ids().tolist() == [5, 7, 3, 4]
        model.add([1, 2, 6])
        assert proxy.groups() == (Group("a", 3), Group("b", 2), Group("c", 2))
    assert held is not None


def test_changes_are_forwarded_in_ranges(model: PhotoModel) -> None:
    model.set_ids(range(1, 101))
    proxy = ListingProxy(model)
    proxy.set_listing(listing(10, 50, 51, 52, 20, 11, 12))
    seen: list[tuple[int, int]] = []
    proxy.dataChanged.connect(lambda a, b, roles: seen.append((a.row(), b.row())))
    model.dataChanged.emit(model.index(10), model.index(50), [Role.CARD])  # photos 11 to 51
    assert seen == [(1, 2), (4, 6)]
    seen.clear()
    model.dataChanged.emit(model.index(60), model.index(70), [Role.CARD])
    assert seen == []


def test_another_listing_altogether_is_a_reset(model: PhotoModel) -> None:
    model.set_ids(range(1, 101))
    proxy = ListingProxy(model)
    proxy.set_listing(listing(1, 2, 3))
    held = QPersistentModelIndex(proxy.index(0))
    resets: list[None] = []
    proxy.modelReset.connect(lambda: resets.append(None))
    proxy.set_listing(listing(3, 4))
    assert (len(resets), held.isValid()) == (0, False)
    held = QPersistentModelIndex(proxy.index(0))
    proxy.set_listing(listing(5, 6))
    assert len(resets) == 1
    assert proxy.ids().tolist() == [5, 6]


def test_a_flat_model_has_no_children(model: PhotoModel) -> None:
    model.set_ids([1, 2])
    proxy = ListingProxy(model)
    assert not proxy.hasChildren()  # though the source has rows
    proxy.set_listing(listing(1))
    assert proxy.hasChildren()
    assert not proxy.hasChildren(proxy.index(0))
    assert proxy.rowCount(proxy.index(0)) == 0
    assert proxy.parent(proxy.index(0)) == QModelIndex()
    assert proxy.parent() is None
