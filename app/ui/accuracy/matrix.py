"""What was taken for what, as a picture: a row for each tag, a column for each answer."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.ui import theme
from app.ui.accuracy.drawings import mixed

_LARGEST, _LONGEST = 56, 160
_GAP = 6
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class MatrixPainter:
    """Paints a confusion matrix, or a part of it.

    Args:
        names: of the tags.
        counts: photos by what they show (rows) and what they were taken for, shape (tags, tags).
        font: of the names and numbers.
    """

    def __init__(self, names: Sequence[str], counts: NDArray[np.int64], font: QFont) -> None:
        self.names = names
        self.counts = counts
        self.font = font
        self.metrics = QFontMetricsF(font)
        totals = np.maximum(counts.sum(axis=1, keepdims=True), 1)
        self._shares = counts / totals
        widest = max((self.metrics.horizontalAdvance(name) for name in names), default=0)
        #: Room for the names, beside the rows and above the columns.
        self.head = min(math.ceil(widest), _LONGEST) + 2 * _GAP

    @property
    def smallest(self) -> int:
        """The least side of a cell, so that names can be read."""
        return int(self.metrics.height()) + 2

    def paint(
        self,
        painter: QPainter,
        place: QRectF,
        cell: int,
        palette: QPalette,
        offset: QPoint = QPoint(),  # noqa: B008 (nobody changes it)
        current: tuple[int, int] | None = None,
    ) -> None:
        """Paint as much as there is room for.

        Args:
            cell: side of a cell.
            offset: how far the cells are scrolled; the names stay.
        """
        painter.setFont(self.font)
        head = self.head
        body = place.adjusted(head, head, 0, 0)
        count = len(self.names)
        rows = range(offset.y() // cell, min(count, int(offset.y() + body.height()) // cell + 1))
        columns = range(offset.x() // cell, min(count, int(offset.x() + body.width()) // cell + 1))
        left, top = body.left() - offset.x(), body.top() - offset.y()
        painter.save()
        painter.setClipRect(body)
        for row in rows:
            for column in columns:
                box = QRectF(left + column * cell, top + row * cell, cell, cell)
                self._paint_cell(painter, box, row, column, palette)
        if current is not None:
            row, column = current
            box = QRectF(left + column * cell, top + row * cell, cell, cell)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.save()
        painter.setClipRect(QRectF(place.left(), body.top(), head, body.height()))
        for row in rows:
            text = self.metrics.elidedText(
                self.names[row], Qt.TextElideMode.ElideMiddle, head - 2 * _GAP
            )
            box = QRectF(place.left(), top + row * cell, head - _GAP, cell)
            self._paint_name(painter, box, text, current is not None and current[0] == row)
        painter.restore()
        painter.save()
        painter.setClipRect(QRectF(body.left(), place.top(), body.width(), head))
        for column in columns:
            text = self.metrics.elidedText(
                self.names[column], Qt.TextElideMode.ElideMiddle, head - 2 * _GAP
            )
            painter.save()
            painter.translate(left + column * cell, body.top())
            painter.rotate(-90)
            box = QRectF(_GAP, 0, head - _GAP, cell)
            is_current = current is not None and current[1] == column
            self._paint_name(painter, box, text, is_current, Qt.AlignmentFlag.AlignLeft)
            painter.restore()
        painter.restore()

    def _paint_name(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        is_current: bool,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
    ) -> None:
        font = QFont(self.font)
        font.setBold(is_current)
        painter.setFont(font)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_cell(
        self, painter: QPainter, box: QRectF, row: int, column: int, palette: QPalette
    ) -> None:
        share, number = float(self._shares[row, column]), int(self.counts[row, column])
        base = palette.color(QPalette.ColorRole.Base)
        colour = theme.colour("accent" if row == column else "warning", palette)
        # A single mistake among many photos is to be seen as well.
        shade = 0.18 + 0.82 * share if number else 0.0
        ground = mixed(base, colour, shade)
        painter.fillRect(box, ground)
        painter.setPen(QPen(theme.border(palette), 1))
        painter.drawRect(box)
        text = str(number)
        room = self.metrics.horizontalAdvance(text) + 2
        if number and room < box.width() and self.metrics.height() < box.height() + 2:
            dark, light = palette.color(QPalette.ColorRole.Text), base
            painter.setFont(self.font)
            painter.setPen(max((dark, light), key=lambda ink: theme.contrast(ink, ground)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class MatrixView(QAbstractScrollArea):
    """Shows a confusion matrix; the photos of a cell are asked for by a click or Enter."""

    #: int, int: what the photos show, and what they were taken for.
    chosen = Signal(int, int)
    #: str: what is to be said about what is pointed at; empty for nothing.
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Mix-ups"))
        self._painter = MatrixPainter((), np.zeros((0, 0), np.int64), self.font())
        self._shown: list[int] = []
        self._current: tuple[int, int] | None = None
        self._pressed: tuple[int, int] | None = None

    def show_matrix(
        self, names: Sequence[str], counts: NDArray[np.int64], tags: Sequence[int] | None = None
    ) -> None:
        """Show a matrix.

        Args:
            names: of all tags.
            counts: shape (tags, tags).
            tags: only these, by their indices.
        """
        self._shown = list(range(len(names))) if tags is None else list(tags)
        self._painter = MatrixPainter(
            [names[each] for each in self._shown],
            counts[np.ix_(self._shown, self._shown)],
            self.font(),
        )
        self._current = None
        self._place_bars()
        self.viewport().update()

    def text_of(self, row: int, column: int) -> str:
        """What to say about a cell, by its place."""
        shows, taken_for = self._painter.names[row], self._painter.names[column]
        number = int(self._painter.counts[row, column])
        if row == column:
            text = self.tr("%n photo(s) with {tag}, found as such", "", number)
            return text.format(tag=shows)
        text = self.tr("%n photo(s) with {tag} were taken for {other}", "", number)
        return text.format(tag=shows, other=taken_for)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where a cell is in the viewport."""
        cell, head = self._cell(), self._painter.head
        return QRectF(
            head + column * cell - self.horizontalScrollBar().value(),
            head + row * cell - self.verticalScrollBar().value(),
            cell, cell,
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def _cell(self) -> int:
        count = max(1, len(self._painter.names))
        # What the scroll bars would take is left free, so that they do not come and go.
        size = super().maximumViewportSize()
        room = min(size.width(), size.height()) - self._painter.head - 2
        return max(self._painter.smallest, min(_LARGEST, room // count))

    def _place_bars(self) -> None:
        whole = self._painter.head + self._cell() * len(self._painter.names) + 1
        size = self.viewport().size()
        for bar, room in (
            (self.horizontalScrollBar(), size.width()),
            (self.verticalScrollBar(), size.height()),
        ):
            bar.setRange(0, max(0, whole - room))
            bar.setPageStep(room)
            bar.setSingleStep(self._cell())

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        cell, head = self._cell(), self._painter.head
        if point.x() < head or point.y() < head:
            return None
        row = (point.y() - head + self.verticalScrollBar().value()) // cell
        column = (point.x() - head + self.horizontalScrollBar().value()) // cell
        count = len(self._painter.names)
        return (row, column) if row < count and column < count else None

    def _go_to(self, cell: tuple[int, int] | None) -> None:
        self._current = cell
        text = self.text_of(*cell) if cell is not None else ""
        self.pointed.emit(text)
        if text:
            self.setAccessibleDescription(text)
            QAccessible.updateAccessibility(
                QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            )
        self.viewport().update()

    def _scroll_to(self, cell: tuple[int, int]) -> None:
        side, head = self._cell(), self._painter.head
        size = self.viewport().size()
        for bar, place, room in (
            (self.verticalScrollBar(), cell[0], size.height() - head),
            (self.horizontalScrollBar(), cell[1], size.width() - head),
        ):
            first = place * side
            bar.setValue(max(min(bar.value(), first), first + side - room))

    def _choose(self, cell: tuple[int, int]) -> None:
        if self._painter.counts[cell]:
            self.chosen.emit(self._shown[cell[0]], self._shown[cell[1]])

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        place = QRectF(self.viewport().rect())
        self._painter.paint(painter, place, self._cell(), self.palette(), offset, self._current)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_bars()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            painter = self._painter
            self._painter = MatrixPainter(painter.names, painter.counts, self.font())
            self._place_bars()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell != self._current:
            self._go_to(cell)
        full = cell is not None and bool(self._painter.counts[cell])
        shape = Qt.CursorShape.PointingHandCursor if full else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._cell_at(event.position().toPoint())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if cell is not None and cell == self._pressed and is_left:
            self._go_to(cell)
            self._choose(cell)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._cell_at(event.pos())
            QToolTip.showText(event.globalPos(), self.text_of(*cell) if cell else "", self)
            return True
        if event.type() == QEvent.Type.Leave and not self.hasFocus():
            self._go_to(None)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._current is None and self._painter.names:
            self._go_to((0, 0))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._go_to(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = Qt.Key(event.key()), len(self._painter.names)
        if not count:
            super().keyPressEvent(event)
        elif key in _STEPS:
            row, column = self._current or (0, 0)
            down, right = _STEPS[key]
            cell = (min(max(row + down, 0), count - 1), min(max(column + right, 0), count - 1))
            self._scroll_to(cell)
            self._go_to(cell)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current:
            self._choose(self._current)
        else:
            super().keyPressEvent(event)
