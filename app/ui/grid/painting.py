"""How the grid is painted, and how large its cells are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from app.ui.grid.choosing import ChoosingView
from app.ui.grid.delegate import CURRENT, FOCUSED, HOVERED, SELECTED, PhotoDelegate
from app.ui.grid.headings import Headings, HeadingText
from app.ui.grid.layout import Box, GridLayout
from app.ui.grid.metrics import LARGEST, SMALLEST, USUAL
from app.ui.roles import Role

#: One step of a key.
_STEP = 1.25
#: More rectangles than this are painted as one.
_MANY_RECTS = 24


class PaintedView(ChoosingView):
    """Paints the photos that are on the screen, with headings.

    Args:
        heading: says what stands over a group.
        parent: of the widget.
    """

    cell_size_changed = Signal(int)  #: pixels
    moved = Signal()  #: other photos may be on the screen than before

    def __init__(self, heading: HeadingText, parent: QWidget | None = None) -> None:
        self._delegate = PhotoDelegate()
        self._headings = Headings(heading)
        self._cell_size = USUAL
        self._empty = ("", "")
        self._hovered: int | None = None
        self._hovered_group: int | None = None
        self._band = QRect()
        self._downwards = True
        self._rough: list[int] = []
        super().__init__(parent)
        self._delegate.setParent(self)
        self._prepare()
        self.setItemDelegate(self._delegate)
        self._refine = QTimer(self, interval=0, singleShot=True)
        self._refine.timeout.connect(self._paint_rough_again)

    @property
    def cell_size(self) -> int:
        """Width of a cell in pixels."""
        return self._cell_size

    def set_cell_size(self, pixels: int, around: QPoint | None = None) -> None:
        """Make cells as wide as this, from `SMALLEST` to `LARGEST`.

        Args:
            around: the place in the viewport that is to stay; the current photo if not given.
        """
        pixels = min(max(SMALLEST, pixels), LARGEST)
        if pixels == self._cell_size:
            return
        self._cell_size = pixels
        held = None
        if around is not None and self.plan().rows:
            held = self.plan().nearest(around.x(), around.y() + self.verticalOffset())
        if held is None:
            self._keep_place()
        self._prepare()
        self.doItemsLayout()
        if held is not None and around is not None:
            box = self.plan().box(held)
            self.verticalScrollBar().setValue(box.y + box.height // 2 - around.y())
        self.viewport().update()
        self.cell_size_changed.emit(pixels)

    def larger(self) -> None:
        """One step larger."""
        self.set_cell_size(round(self._cell_size * _STEP))

    def smaller(self) -> None:
        """One step smaller."""
        self.set_cell_size(round(self._cell_size / _STEP))

    def picture_pixels(self) -> int:
        """The longest side of a picture in pixels of the screen, for whoever loads them."""
        frame = self._delegate.metrics.picture
        return round(max(frame.width(), frame.height()) * self.devicePixelRatioF())

    def set_empty_text(self, title: str, hint: str = "") -> None:
        """What is said where there are no photos."""
        self._empty = (title, hint)
        self.viewport().update()

    def cell_extent(self) -> tuple[int, int]:
        return self._delegate.metrics.width, self._delegate.metrics.height

    def heading_height(self) -> int:
        return self._headings.height(self.font())

    def _prepare(self) -> None:
        ratio = self.devicePixelRatioF()
        self._delegate.prepare(self._cell_size, self.font(), self.palette(), ratio)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._delegate.retranslate()
            self._headings.clear()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._keep_place()
            self._prepare()
            self.relayout()
        elif event.type() == QEvent.Type.LocaleChange:
            self._headings.clear()
        self.viewport().update()

    def laid_out(self) -> None:
        self._hovered = self._hovered_group = None
        self.moved.emit()
        self.viewport().update()

    # --- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        plan, top = self.settled(), self.verticalOffset()
        self._prepare()
        painter = QPainter(self.viewport())
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if plan.rows:
                self._paint_photos(painter, event.region(), plan, top)
            else:
                self._paint_empty(painter)
        finally:
            # Whoever holds this frame, as an error does, must not hold the viewport.
            painter.end()

    def _paint_photos(self, painter: QPainter, region: QRegion, plan: GridLayout, top: int) -> None:
        many = region.rectCount() > _MANY_RECTS
        boxes = [
            Box(rect.x(), rect.y() + top, rect.width(), rect.height())
            for rect in ((region.boundingRect(),) if many else region)
        ]
        rows = {row for box in boxes for run in plan.rows_within(box) for row in run}
        self._paint_cells(painter, sorted(rows), top)
        if plan.heading:
            groups = {g for box in boxes for g in plan.groups_between(box.y, box.y + box.height)}
            self._paint_headings(painter, groups, top)
        if not self._band.isNull():
            band = self._band.translated(0, -top)
            edge = QColor(self._delegate.colours.edge)
            painter.setPen(edge)
            edge.setAlpha(50)
            painter.setBrush(edge)
            painter.drawRect(band.adjusted(0, 0, -1, -1))

    def _paint_cells(self, painter: QPainter, rows: list[int], top: int) -> None:
        plan, model, paint = self.plan(), self.model(), self._delegate.paint_cell
        selected = self.selectionModel().isSelected
        current = self.currentIndex().row()
        current_look = CURRENT | (FOCUSED if self.hasFocus() else 0)
        self._delegate.begin()
        for row in rows:
            index = model.index(row, 0)
            look = SELECTED if selected(index) else 0
            if row == current:
                look |= current_look
            if row == self._hovered:
                look |= HOVERED
            box = plan.box(row)
            card, picture = model.data(index, Role.CARD), model.data(index, Role.PICTURE)
            if not paint(painter, box.x, box.y - top, card, picture, look):
                self._rough.append(row)
        if self._rough:
            self._refine.start()

    def _paint_rough_again(self) -> None:
        """Paint those again whose pictures there was no time to finish, as far as it goes."""
        rows, self._rough = self._rough, []
        for row in rows:
            if row < self.plan().rows:
                self.viewport().update(self.seen(self.plan().box(row)))

    def _paint_headings(self, painter: QPainter, groups: set[int], top: int) -> None:
        plan = self.plan()
        stuck = plan.stuck(top)
        places = [(group, self.seen(plan.heading_box(group)), False) for group in groups]
        if stuck is not None:
            group, pushed = stuck
            place = QRect(0, pushed, self.viewport().width(), plan.heading)
            places.append((group, place, True))
        for group, rect, sticks in places:
            self._headings.paint(
                painter,
                rect,
                plan.left + self._delegate.metrics.picture.x(),
                self.group(group),
                self.font(),
                self._delegate.colours,
                hovered=group == self._hovered_group,
                stuck=sticks,
            )

    def _paint_empty(self, painter: QPainter) -> None:
        title, hint = self._empty
        colours = self._delegate.colours
        large = QFont(self.font())
        large.setPointSizeF(max(1.0, self.font().pointSizeF()) * 1.5)
        room = self.viewport().rect().adjusted(32, 32, -32, -32)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(large)
        above = painter.boundingRect(room, flags, title)
        painter.setFont(self.font())
        below = painter.boundingRect(room, flags, hint)
        y = room.center().y() - (above.height() + 8 + below.height()) // 2
        painter.setPen(colours.weak)
        painter.drawText(
            QRect(room.x(), y + above.height() + 8, room.width(), below.height()), flags, hint
        )
        painter.setFont(large)
        painter.setPen(colours.text)
        painter.drawText(QRect(room.x(), y, room.width(), above.height()), flags, title)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; only what comes in, and the heading that stays, is painted anew."""
        self._downwards = dy < 0
        viewport = self.viewport()
        self.moved.emit()
        if not self._band.isNull() or self._hovered is not None or self._plan is None:
            self._hovered = None
            viewport.update()
            return
        viewport.scroll(0, dy)
        if self._plan.heading:
            viewport.update(0, 0, viewport.width(), self._plan.heading + abs(dy))

    def sizeHint(self) -> QSize:
        return self.viewportSizeHint()
