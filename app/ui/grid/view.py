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
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.core.photo import PhotoId
from app.ui.grid.dragging import drag_picture, file_data
from app.ui.grid.headings import HeadingText, heading_text
from app.ui.grid.metrics import USUAL
from app.ui.grid.painting import PaintedView
from app.ui.roles import Role

#: How long the view rests before it says what is on the screen, in milliseconds.
_REST = 30
#: One step of the wheel.
_WHEEL_STEP = 1.1

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


class GridView(PaintedView):
    """Shows photos of a model that answers `app.ui.roles.Role`.

    A model that has `row_of(photo_id)`, -1 for one that it does not show, lets the view find the
    current and the selected photos again after a reset. What a screen reader says of a photo is
    the model's answer to Qt.AccessibleTextRole: name, state and tags in one line.

    Args:
        heading: says what stands over a group.
        parent: of the widget.
    """

    opened = Signal(int)  #: PhotoId: show it large (double click, Space)
    visible_changed = Signal(list)  #: PhotoIds on the screen first, then those a page further
    context_menu_wanted = Signal(QPoint)  #: where, on the screen
    left = Signal()  #: Escape was pressed: back to all photos

    def __init__(self, heading: HeadingText = heading_text, parent: QWidget | None = None) -> None:
        super().__init__(heading, parent)
        self._band_start: QPoint | None = None
        self._heading_pressed = False
        self._turned = 0
        self._pinched = 1.0
        self._said: list[PhotoId] = []
        self.setAccessibleName(self.tr("Photos"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setMouseTracking(True)
        self._rest = QTimer(self, interval=_REST, singleShot=True)
        self._rest.timeout.connect(self._say_what_is_visible)
        self.moved.connect(self._rest.start)
        self.doubleClicked.connect(self._open)

    # --- for the window ------------------------------------------------------------------------

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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Photos"))

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)
        self._rest.start()

    # --- keys ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves and selects; every other key is left to the window."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key in _MOVES or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
            # At first a photo is current and not selected; Home or Left stays at it.
            if not self.selectionModel().hasSelection() and not event.modifiers():
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().select(self.currentIndex(), flags.ClearAndSelect)
        elif key == Qt.Key.Key_Space and control:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle)
        elif key == Qt.Key.Key_Space:
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
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
        super().mousePressEvent(event)

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

    def viewportEvent(self, event: QEvent) -> bool:
        """Two fingers on a touchpad zoom as the wheel does."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._pinched *= 1 + event.value()
            size = round(self._cell_size * self._pinched)
            if size != self._cell_size:
                self._pinched = 1.0
                self.set_cell_size(size, event.position().toPoint())
            return True
        return super().viewportEvent(event)

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
