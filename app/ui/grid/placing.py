"""A list view whose geometry is worked out by `GridLayout` instead of row by row.

`QListView` keeps a rectangle for each row, or walks over the rows to find one; a million of them
take minutes. This class answers all that Qt asks about places (`visualRect`, `indexAt`, …) from
arithmetic, and passes by `QListView`'s own bookkeeping by
calling `QAbstractItemView`'s methods. Nothing here takes longer for more rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.core.listing import Group
from app.ui.grid.keeping import Place
from app.ui.grid.layout import Box, GridLayout

#: More ranges than this in a selection, and the whole view is painted anew.
_MANY_RANGES = 200

_Index = QModelIndex | QPersistentModelIndex


class PlacedView(QListView):
    """Places rows in a grid with headings; subclasses say how large a cell is, and paint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: GridLayout | None = None
        self._groups: tuple[Group, ...] = ()
        self._grouped = False
        self._place: Place | None = None
        self._laying_out = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    # --- for subclasses ------------------------------------------------------------------------

    def cell_extent(self) -> tuple[int, int]:
        """Width and height of a cell."""
        raise NotImplementedError

    def heading_height(self) -> int:
        """Height of a heading."""
        raise NotImplementedError

    def laid_out(self) -> None:
        """Called after rows have moved or come or gone."""

    def rows_gone(self) -> None:
        """Called when the model has lost rows."""
        self.relayout()

    # --- groups and layout ---------------------------------------------------------------------

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show these headings. To be called whenever the listing changes, before or after the
        model says so; groups that do not add up to the model's rows wait until they do."""
        if tuple(groups) == self._groups:
            return
        self._keep_place()
        self._groups = tuple(groups)
        self.relayout()

    def plan(self) -> GridLayout:
        """Where rows are at present."""
        if self._plan is None:
            model = self.model()
            rows = model.rowCount() if model is not None else 0
            counts = [group.count for group in self._groups]
            self._grouped = bool(counts) and sum(counts) == rows
            self._plan = GridLayout(
                self.viewport().width(),
                self.cell_extent(),
                counts if self._grouped else [rows],
                heading=self.heading_height() if self._grouped else 0,
            )
        return self._plan

    def group(self, number: int) -> Group:
        """The group that the plan has under a number."""
        return self._groups[number]

    def relayout(self) -> None:
        """Work out all places anew, soon."""
        self._plan = None
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def settled(self) -> GridLayout:
        """The plan, with the scroll bar set for it."""
        if self._plan is None or self._place is not None:
            self.doItemsLayout()
        return self.plan()

    def doItemsLayout(self) -> None:
        """Takes the place of QListView's, which walks over the rows."""
        if self._laying_out:
            return
        self._laying_out = True
        try:
            self._plan = None
            QAbstractItemView.doItemsLayout(self)  # calls updateGeometries
            place, self._place = self._place, None
            if place is not None:
                self._put_back(place)
        finally:
            self._laying_out = False
        self.laid_out()

    def updateGeometries(self) -> None:
        plan, page = self.plan(), self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(page)
        bar.setSingleStep(max(1, plan.line_height // 4))
        bar.setRange(0, max(0, plan.height - page))
        QAbstractItemView.updateGeometries(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._plan is not None and self._plan.width != self.viewport().width():
            self._keep_place()
        self._plan = None
        QAbstractItemView.resizeEvent(self, event)
        self.doItemsLayout()

    def viewportSizeHint(self) -> QSize:
        width, height = self.cell_extent()
        return QSize(width * 4, height * 3)

    # --- places --------------------------------------------------------------------------------

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:
        return False

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid() or index.row() >= self.plan().rows:
            return QRect()
        return self.seen(self.plan().box(index.row()))

    def seen(self, box: Box) -> QRect:
        """A box of the contents in coordinates of the viewport."""
        return QRect(box.x, box.y - self.verticalScrollBar().value(), box.width, box.height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self.plan().row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row, 0)

    def visible_rows(self) -> range:
        """The rows of which something is to be seen."""
        top = self.verticalOffset()
        return self.settled().rows_between(top, top + self.viewport().height())

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        count = selection.size()
        if count > _MANY_RANGES:
            return QRegion(self.viewport().rect())
        region = QRegion()
        for number in range(count):
            found = selection.at(number)
            region += self._region(found.top(), found.bottom())
        return region

    def _region(self, first: int, last: int) -> QRegion:
        """What is to be seen of a run of rows."""
        rows = self.visible_rows()
        first, last = max(first, rows.start), min(last, rows.stop - 1)
        if first > last:
            return QRegion()
        top, bottom = self.seen(self.plan().box(first)), self.seen(self.plan().box(last))
        if first == last:
            return QRegion(top)
        width = self.viewport().width()
        return QRegion(0, top.y(), width, bottom.y() + bottom.height() - top.y())

    def scrollTo(
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid() or self._laying_out:
            return
        plan = self.settled()
        box, height = plan.box(index.row()), self.viewport().height()
        bar, hints = self.verticalScrollBar(), QAbstractItemView.ScrollHint
        highest = box.y - plan.heading - plan.margin  # with the heading that sticks above it
        lowest = box.y + box.height + plan.margin - height
        if hint == hints.PositionAtTop:
            bar.setValue(highest)
        elif hint == hints.PositionAtBottom:
            bar.setValue(lowest)
        elif hint == hints.PositionAtCenter:
            bar.setValue(box.y + box.height // 2 - height // 2)
        else:
            # Where a cell is higher than the view, its top counts.
            bar.setValue(min(highest, max(bar.value(), lowest)))

    # --- what the model says -------------------------------------------------------------------

    def setModel(self, model: QAbstractItemModel | None) -> None:
        old = self.model()
        for signal, slot in self._listened(old) if old is not None else ():
            signal.disconnect(slot)
        self._place = None
        super().setModel(model)
        # After the selection model and QAbstractItemView, which listen since then.
        for signal, slot in self._listened(model) if model is not None else ():
            signal.connect(slot)
        self.relayout()

    def _listened(self, model: QAbstractItemModel):
        return (
            (model.modelAboutToBeReset, self._keep_all),
            (model.modelReset, self._changed_all),
            (model.layoutAboutToBeChanged, self._keep_all),
            (model.layoutChanged, self._changed_all),
            (model.rowsAboutToBeInserted, self._keep_place),
            (model.rowsInserted, self.relayout),
            (model.rowsAboutToBeRemoved, self._keep_top),
            (model.rowsRemoved, self.rows_gone),
            (model.rowsAboutToBeMoved, self._keep_place),
            (model.rowsMoved, self.relayout),
        )

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        """Takes the place of Qt's, which asks for the place of each row that changed."""
        if self._plan is not None and self.isVisible():
            self.viewport().update(self._region(first.row(), last.row()))

    def _keep_place(self, *_: object) -> None:
        """Note what is on the screen, before rows move."""
        if self._place is None and self._plan is not None:
            self._place = Place.of(self, deep=False)

    def _keep_top(self, *_: object) -> None:
        """Note what is at the top: where the current photo goes, what is before it stays."""
        if self._place is None and self._plan is not None:
            self._place = Place.of(self, deep=False, hold_current=False)

    def _keep_all(self, *_: object) -> None:
        """Note what is on the screen, current and selected, before rows may vanish."""
        if self._plan is not None and (self._place is None or not self._place.deep):
            self._place = Place.of(self, deep=True)

    def _changed_all(self, *_: object) -> None:
        if self._place is not None:
            self._laying_out = True  # the current photo is not to be scrolled to in between
            try:
                self._place.choose_again(self)
            finally:
                self._laying_out = False
        self.relayout()

    def _put_back(self, place: Place) -> None:
        bar, anchor = self.verticalScrollBar(), place.anchor(self)
        if anchor is None:
            return
        row, offset = anchor
        if not place.at_top:
            bar.setValue(self.plan().box(row).y - offset)
        elif row == self.currentIndex().row():
            self._laying_out = False
            self.scrollTo(self.currentIndex())
