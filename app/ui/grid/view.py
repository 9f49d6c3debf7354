"""The grid of photos."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QFont,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.core.photo import PhotoId
from app.ui.grid.delegate import CURRENT, FOCUSED, HOVERED, SELECTED, PhotoDelegate
from app.ui.grid.dragging import drag_picture, file_data
from app.ui.grid.headings import Headings, HeadingText, heading_text
from app.ui.grid.layout import Box
from app.ui.grid.metrics import LARGEST, SMALLEST, USUAL
from app.ui.grid.placing import PlacedView
from app.ui.roles import Role

#: How long the view rests before it says what is on the screen, in milliseconds.
_REST = 30
#: Of one step of the wheel, and of a key.
_WHEEL_STEP, _KEY_STEP = 1.1, 1.25
#: More rectangles than this are painted as one.
_MANY_RECTS = 24

_MOVES = frozenset(
    (
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    )
)


class GridView(PlacedView):
    """Shows photos of a model that answers `app.ui.roles.Role`.

    A model that has `row_of(photo_id)`, -1 for one that it does not show, lets the view find the
    current and the selected photos again after a reset. What a screen reader says of a photo is
    the model's answer to Qt.AccessibleTextRole: name, state and tags in one line.

    Args:
        heading: says what stands over a group.
        parent: of the widget.
    """

    opened = Signal(int)  #: PhotoId: show it large (double click, Space)
    cell_size_changed = Signal(int)  #: pixels
    visible_changed = Signal(list)  #: PhotoIds on the screen first, then those a page further
    context_menu_wanted = Signal(QPoint)  #: where, on the screen

    def __init__(self, heading: HeadingText = heading_text, parent: QWidget | None = None) -> None:
        self._delegate = PhotoDelegate()
        self._headings = Headings(heading)
        self._cell_size = USUAL
        self._empty = ("", "")
        self._hovered: int | None = None
        self._hovered_group: int | None = None
        self._band_start: QPoint | None = None
        self._band = QRect()
        self._heading_pressed = False
        self._turned = 0
        self._downwards = True
        self._said: list[PhotoId] = []
        self._rough: list[int] = []
        super().__init__(parent)
        self._delegate.setParent(self)
        self._prepare()
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Photos"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setMouseTracking(True)
        self._rest = QTimer(self, interval=_REST, singleShot=True)
        self._rest.timeout.connect(self._say_what_is_visible)
        self._refine = QTimer(self, interval=0, singleShot=True)
        self._refine.timeout.connect(self._paint_rough_again)
        self.doubleClicked.connect(self._open)

    # --- for the window ------------------------------------------------------------------------

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
        self.set_cell_size(round(self._cell_size * _KEY_STEP))

    def smaller(self) -> None:
        """One step smaller."""
        self.set_cell_size(round(self._cell_size / _KEY_STEP))

    def picture_pixels(self) -> int:
        """The longest side of a picture in pixels of the screen, for whoever loads them."""
        frame = self._delegate.metrics.picture
        return round(max(frame.width(), frame.height()) * self.devicePixelRatioF())

    def set_empty_text(self, title: str, hint: str = "") -> None:
        """What is said where there are no photos."""
        self._empty = (title, hint)
        self.viewport().update()

    def current_photo(self) -> PhotoId | None:
        """The photo that the keys act on."""
        index = self.currentIndex()
        return index.data(Role.ID) if index.isValid() else None

    def selected_rows(self) -> list[range]:
        """The rows that are selected, in runs, from the top."""
        ranges = self.selectionModel().selection()
        found = (ranges.at(number) for number in range(ranges.size()))
        return sorted((range(r.top(), r.bottom() + 1) for r in found), key=lambda run: run.start)

    def selected_photos(self) -> list[PhotoId]:
        """The photos that are selected, from the top."""
        model = self.model()
        return [model.index(r, 0).data(Role.ID) for run in self.selected_rows() for r in run]

    def show_row(self, row: int) -> None:
        """Make a row the current and only selected one, and bring it to the screen."""
        index = self.model().index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
        self.scrollTo(index)

    # --- sizes ---------------------------------------------------------------------------------

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
            self.setAccessibleName(self.tr("Photos"))
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._keep_place()
            self._prepare()
            self.relayout()
        elif event.type() == QEvent.Type.LocaleChange:
            self._headings.clear()
        self.viewport().update()

    def laid_out(self) -> None:
        self._hovered = self._hovered_group = None
        self._rest.start()
        self.viewport().update()

    # --- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        plan, top = self.settled(), self.verticalOffset()
        self._prepare()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not plan.rows:
            self._paint_empty(painter)
            return
        region = event.region()
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
        self._rest.start()
        if not self._band.isNull() or self._hovered is not None or self._plan is None:
            self._hovered = None
            viewport.update()
            return
        viewport.scroll(0, dy)
        if self._plan.heading:
            viewport.update(0, 0, viewport.width(), self._plan.heading + abs(dy))

    # --- what is on the screen -----------------------------------------------------------------

    def visible_photos(self) -> list[PhotoId]:
        """The photos on the screen, then those one screen ahead in the direction of scrolling."""
        model, plan = self.model(), self.settled()
        if model is None:
            return []
        top, page = self.verticalOffset(), self.viewport().height()
        here = plan.rows_between(top, top + page)
        if self._downwards:
            ahead = range(here.stop, plan.rows_between(top + page, top + 2 * page).stop)
        else:
            ahead = range(plan.rows_between(top - page, top).start, here.start)
        return [model.index(row, 0).data(Role.ID) for rows in (here, ahead) for row in rows]

    def _say_what_is_visible(self) -> None:
        if not self.isVisible():
            return
        found = self.visible_photos()
        if found != self._said:
            self._said = found
            self.visible_changed.emit(found)

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)
        self._rest.start()

    # --- keys ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves and selects; every other key is left to the window."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key in _MOVES or event.matches(QKeySequence.StandardKey.SelectAll):
            QAbstractItemView.keyPressEvent(self, event)
        elif key == Qt.Key.Key_Space and control:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle)
        elif key == Qt.Key.Key_Space:
            self._open(self.currentIndex())
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.larger()
        elif control and key == Qt.Key.Key_Minus:
            self.smaller()
        elif control and key == Qt.Key.Key_0:
            self.set_cell_size(USUAL)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands of the window."""

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(Role.ID))

    # --- mouse ---------------------------------------------------------------------------------

    def heading_at(self, point: QPoint) -> int | None:
        """The group whose heading is at a point of the viewport."""
        plan, top = self.plan(), self.verticalOffset()
        stuck = plan.stuck(top)
        if stuck is not None and point.y() < plan.heading + stuck[1]:
            return stuck[0]
        return plan.heading_at(point.y() + top)

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self.heading_at(point) is not None:
            return QModelIndex()
        return super().indexAt(point)

    def select_group(self, number: int, modifiers: Qt.KeyboardModifier) -> None:
        """Select the photos of a group; with Ctrl or Shift, in addition."""
        rows, model = self.plan().rows_of(number), self.model()
        if not rows:
            return
        first, last = model.index(rows.start, 0), model.index(rows.stop - 1, 0)
        flags, keys = QItemSelectionModel.SelectionFlag, Qt.KeyboardModifier
        add = bool(modifiers & (keys.ControlModifier | keys.ShiftModifier))
        self.setAutoScroll(False)
        self.selectionModel().setCurrentIndex(first, flags.NoUpdate)
        self.setAutoScroll(True)
        selection = QItemSelection(first, last)
        self.selectionModel().select(selection, flags.Select if add else flags.ClearAndSelect)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton:
            group = self.heading_at(point)
            self._heading_pressed = group is not None
            if group is not None:
                self.select_group(group, event.modifiers())
                return
            self._band_start = point + QPoint(0, self.verticalOffset())
        QAbstractItemView.mousePressEvent(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(point)
        if self._heading_pressed:
            return
        QAbstractItemView.mouseMoveEvent(self, event)
        if self.state() == QAbstractItemView.State.DragSelectingState and self._band_start:
            band = QRect(self._band_start, point + QPoint(0, self.verticalOffset())).normalized()
            old, self._band = self._band, band
            changed = band.united(old).translated(0, -self.verticalOffset())
            self.viewport().update(changed.adjusted(-2, -2, 2, 2))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._heading_pressed = self._heading_pressed, False
        if not pressed:
            QAbstractItemView.mouseReleaseEvent(self, event)
        self._band_start = None
        if not self._band.isNull():
            self._band = QRect()
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QPoint(-1, -1))

    def _hover(self, point: QPoint) -> None:
        inside = self.viewport().rect().contains(point)
        group = self.heading_at(point) if inside else None
        row = self.indexAt(point).row() if inside else -1
        hovered = row if row >= 0 else None
        if (hovered, group) == (self._hovered, self._hovered_group):
            return
        for old in {self._hovered, hovered} - {None}:
            if old < self.plan().rows:
                self.viewport().update(self.seen(self.plan().box(old)))
        if group != self._hovered_group:
            self.viewport().update()
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand if group is not None else arrow)
        self._hovered, self._hovered_group = hovered, group

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QAbstractItemView.wheelEvent(self, event)
            return
        self._turned += event.angleDelta().y()
        steps = int(self._turned / 120)
        if steps:
            self._turned -= steps * 120
            size = round(self._cell_size * _WHEEL_STEP**steps)
            self.set_cell_size(size, event.position().toPoint())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.context_menu_wanted.emit(where)

    # --- dragging out --------------------------------------------------------------------------

    def drag_data(self) -> QMimeData | None:
        """The selected photos as files."""
        model = self.model()
        indexes = [model.index(row, 0) for run in self.selected_rows() for row in run]
        return file_data(model, indexes) if indexes else None

    def startDrag(self, supported: Qt.DropAction) -> None:
        data = self.drag_data()
        if data is None:
            return
        count = sum(map(len, self.selected_rows()))
        picture, held_at = drag_picture(
            self.currentIndex().data(Role.PICTURE),
            count,
            self.palette(),
            self.font(),
            self.devicePixelRatioF(),
        )
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(picture)
        drag.setHotSpot(held_at)
        # Never a move: the files stay where the library knows them.
        drag.exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)

    def sizeHint(self) -> QSize:
        return self.viewportSizeHint()
