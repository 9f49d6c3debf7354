"""Moving among the photos of the grid, and selecting them: by keys, mouse and rubber band."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.ui.grid.layout import Box, GridLayout
from app.ui.grid.placing import PlacedView

_Index = QModelIndex | QPersistentModelIndex


class ChoosingView(PlacedView):
    """Moves and selects without looking at rows one by one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._extending = False
        self._start = QPersistentModelIndex()
        self._had_selection = False

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        plan, current = self.settled(), self.currentIndex()
        if not plan.rows:
            return QModelIndex()
        ends = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
        if not current.isValid() and action not in ends:
            return self.model().index(self.visible_rows().start, 0)
        return self.model().index(self._moved(plan, current.row(), action), 0)

    def _moved(self, plan: GridLayout, row: int, action: QAbstractItemView.CursorAction) -> int:
        to = QAbstractItemView.CursorAction
        if action in (to.MoveLeft, to.MovePrevious):
            return max(0, row - 1)
        if action in (to.MoveRight, to.MoveNext):
            return min(plan.rows - 1, row + 1)
        if action == to.MoveUp:
            return plan.above(row)
        if action == to.MoveDown:
            return plan.below(row)
        if action == to.MoveHome:
            return 0
        if action == to.MoveEnd:
            return plan.rows - 1
        box = plan.box(row)
        page = max(plan.line_height, self.viewport().height() - plan.line_height)
        down = action == to.MovePageDown
        y = box.y + box.height // 2 + (page if down else -page)
        found = plan.nearest(box.x + box.width // 2, min(max(0, y), plan.height))
        if found is None or (found <= row if down else found >= row):
            return plan.below(row) if down else plan.above(row)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with self._extended(event):
            QAbstractItemView.keyPressEvent(self, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        with self._extended(event):
            QAbstractItemView.mousePressEvent(self, event)

    @contextmanager
    def _extended(self, event: QKeyEvent | QMouseEvent) -> Iterator[None]:
        """While an event is handled that extends the selection if Shift is held."""
        self._extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        try:
            yield
        finally:
            self._extending = False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what a rubber band touches, else all from one corner's row to the other's."""
        model, plan, offset = self.model(), self.plan(), self.verticalOffset()
        selection = QItemSelection()
        if self.state() == QAbstractItemView.State.DragSelectingState:
            band = rect.normalized()
            touched = Box(band.x(), band.y() + offset, band.width(), band.height())
            for run in plan.rows_within(touched):
                selection.select(model.index(run.start, 0), model.index(run.stop - 1, 0))
        else:
            # Not normalised: the corners are where the selection starts and where it ends. Qt
            # starts where the mouse or a key was last used, even if another photo is current since.
            start = plan.nearest(rect.left(), rect.top() + offset)
            end = plan.nearest(rect.right(), rect.bottom() + offset)
            if self._extending and self._start.isValid():
                start = self._start.row()
            if start is not None and end is not None:
                first, last = min(start, end), max(start, end)
                selection.select(model.index(first, 0), model.index(last, 0))
        self.selectionModel().select(selection, command)

    def selectAll(self) -> None:
        """As one range; QListView's looks for hidden rows."""
        rows, model = self.plan().rows, self.model()
        if rows:
            selection = QItemSelection(model.index(0, 0), model.index(rows - 1, 0))
            command = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(selection, command)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Passes by QListView's, which lists each selected row to tell a screen reader of one."""
        QAbstractItemView.selectionChanged(self, selected, deselected)
        for change, ranges in (
            (QAccessible.Event.SelectionAdd, selected),
            (QAccessible.Event.SelectionRemove, deselected),
        ):
            if not ranges.isEmpty():
                self._tell(change, ranges.at(0).top())

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Passes by QListView's, which counts the rows before the current one."""
        QAbstractItemView.currentChanged(self, current, previous)
        if not self._extending:
            self._start = QPersistentModelIndex(current)
        if current.isValid() and self.hasFocus():
            self._tell(QAccessible.Event.Focus, current.row())

    def _tell(self, event: QAccessible.Event, row: int) -> None:
        """Tell a screen reader, if there is one."""
        if QAccessible.isActive():
            told = QAccessibleEvent(self, event)
            told.setChild(row)
            QAccessible.updateAccessibility(told)

    def rowsAboutToBeRemoved(self, parent: _Index, first: int, last: int) -> None:
        # Qt tells the view before its selection model, which still has what is going, and would
        # make the photo before it current.
        chosen, current = self.selectionModel(), self.currentIndex().row()
        self._had_selection = chosen.hasSelection()
        following = self.model().index(last + 1, 0)
        if first <= current <= last and following.isValid():
            self.setAutoScroll(False)
            chosen.setCurrentIndex(following, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.setAutoScroll(True)
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, first, last)

    def rows_gone(self) -> None:
        """What took the current photo's place is also selected if nothing else is any more: who
        answers photo by photo goes on without a step."""
        chosen = self.selectionModel()
        if self._had_selection and not chosen.hasSelection() and chosen.currentIndex().isValid():
            flags = QItemSelectionModel.SelectionFlag
            chosen.select(chosen.currentIndex(), flags.ClearAndSelect)
        super().rows_gone()
