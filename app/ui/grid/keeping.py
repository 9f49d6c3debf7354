"""What is to be found again after the rows of the grid have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex

from app.core.photo import PhotoId
from app.ui.roles import Role

if TYPE_CHECKING:
    from app.ui.grid.placing import PlacedView

#: Photos around the current one that may take its place when it is gone.
_NEIGHBOURS = 200
#: More selected photos than this are not selected again.
_SELECTED = 5000


@dataclass
class Place:
    """The photos on the screen, the current one and the selected ones, before a change.

    Attributes:
        anchors: photos on the screen and how far from its top each is, the best to hold on to
            first: the current one, then from the top.
        at_top: whether the view showed the beginning, where it then stays.
        current: the current photo, then those that take its place where it is gone: the one
            after it, and so on, then those before it.
        deep: whether `current` and `selected` were noted.
    """

    anchors: list[tuple[QPersistentModelIndex, PhotoId | None, int]]
    at_top: bool
    current: list[PhotoId]
    selected: list[PhotoId]
    deep: bool

    @classmethod
    def of(cls, view: PlacedView, *, deep: bool, hold_current: bool = True) -> Place:
        """Note the place of a view whose layout is up to date.

        Args:
            deep: note the current and the selected photos, too.
            hold_current: whether the current photo is the one that stays where it is on the
                screen, if it is there; else it is the first one.
        """
        model, plan, top = view.model(), view.plan(), view.verticalOffset()
        rows = [
            row
            for row in plan.rows_between(top, top + view.viewport().height())
            if row < model.rowCount()
        ]
        current = view.currentIndex().row()
        if hold_current and current in rows:
            rows.insert(0, current)
        anchors = []
        for row in rows:
            index = model.index(row, 0)
            photo_id = index.data(Role.ID) if deep else None
            anchors.append((QPersistentModelIndex(index), photo_id, plan.box(row).y - top))
        if not deep:
            return cls(anchors, top == 0, [], [], deep)
        around: Iterable[int] = ()
        if current >= 0:
            last = model.rowCount() - 1
            after = range(current, min(last, current + _NEIGHBOURS) + 1)
            around = (*after, *range(current - 1, max(-1, current - _NEIGHBOURS), -1))
        ids = [model.index(row, 0).data(Role.ID) for row in around]
        return cls(anchors, top == 0, ids, _selected(view), deep)

    def anchor(self, view: PlacedView) -> tuple[int, int] | None:
        """The row to hold on to, and how far from the top it is to be; None if all are gone."""
        found = _finder(view)
        for index, photo_id, offset in self.anchors:
            row = index.row() if index.isValid() else None
            if row is None and photo_id is not None:
                row = found(photo_id)
            if row is not None:
                return row, offset
        return None

    def choose_again(self, view: PlacedView) -> None:
        """Make the same photo current, or its neighbour, and select the same photos, where the
        change made Qt forget them."""
        model, chosen = view.model(), view.selectionModel()
        if not self.current or chosen.currentIndex().isValid() or not model.rowCount():
            return
        found, commands = _finder(view), QItemSelectionModel.SelectionFlag
        rows = sorted(row for each in self.selected if (row := found(each)) is not None)
        selection = QItemSelection()
        for first, last in _runs(rows):
            selection.select(model.index(first, 0), model.index(last, 0))
        for photo_id in self.current:
            row = found(photo_id)
            if row is not None:
                current: QModelIndex = model.index(row, 0)
                if selection.isEmpty() and self.selected:
                    selection.select(current, current)
                chosen.setCurrentIndex(current, commands.NoUpdate)
                break
        if not selection.isEmpty():
            chosen.select(selection, commands.ClearAndSelect)


def _selected(view: PlacedView) -> list[PhotoId]:
    ranges = view.selectionModel().selection()
    if sum(ranges.at(n).height() for n in range(ranges.size())) > _SELECTED:
        return []
    return [index.data(Role.ID) for index in ranges.indexes()]


def _finder(view: PlacedView) -> Callable[[PhotoId], int | None]:
    """How the row of a photo is found: by the model's own `row_of`, if it has one."""
    row_of = getattr(view.model(), "row_of", None)

    def found(photo_id: PhotoId) -> int | None:
        row = row_of(photo_id) if row_of is not None else -1
        return row if row >= 0 else None

    return found


def _runs(rows: list[int]) -> Iterable[tuple[int, int]]:
    start = 0
    for position in range(1, len(rows) + 1):
        if position == len(rows) or rows[position] != rows[position - 1] + 1:
            yield rows[start], rows[position - 1]
            start = position
