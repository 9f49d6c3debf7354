"""A tag as a chip: the parents quiet, the name plain, and a cross that takes it away."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from app.core.tag import Tag
from app.ui import theme
from app.ui.widgets.tag_text import paint_tag, tag_width

_MARGIN = 9
_CROSS = 16
_GAP = 4
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Look(Enum):
    """What a chip says by how it looks."""

    SOLID = "solid"  #: confirmed, on every photo
    LIGHT = "light"  #: on some photos only
    NEW = "new"  #: not in the library yet


class Chip(QAbstractButton):
    """A tag that can be clicked, and taken away by its cross or the Del key.

    Space and Enter click it, the arrow keys go to the chip beside it.
    """

    #: The cross was clicked, or Del pressed.
    removed = Signal()
    #: The keyboard asks for the chip that many places further.
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tag = Tag(("?",))
        self._note = ""
        self._look = Look.SOLID
        self._over_cross = False
        self._pressed_cross = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_tag(self, tag: Tag, look: Look = Look.SOLID, note: str = "") -> None:
        """Show a tag.

        Args:
            note: a few words behind it, such as "12 of 40".
        """
        self.tag, self._look, self._note = tag, look, note
        self.setText(str(tag))
        name = " › ".join(tag.path)
        self.setAccessibleName(f"{name}, {note}" if note else name)
        self.updateGeometry()
        self.update()

    @property
    def look(self) -> Look:
        """What the chip says of the tag."""
        return self._look

    @property
    def note(self) -> str:
        """The words behind the tag."""
        return self._note

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        width = tag_width(self.tag, metrics) + 2 * _MARGIN + _CROSS + 2
        if self._note:
            width += self._note_metrics().horizontalAdvance(self._note) + _GAP + 2
        return QSize(width, metrics.height() + 9)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(96, self.sizeHint().width()), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_cross = event.button() == Qt.MouseButton.LeftButton and self._at_cross(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_cross:
            self._pressed_cross = False
            inside = self._at_cross(event)
            self.setDown(False)
            if inside:
                self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over_cross = self._at_cross(event)
        self.update()
        super().mouseMoveEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over_cross = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def event(self, event: QEvent) -> bool:
        # Keys that mean something here are not to reach the shortcuts of the window.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (*_REMOVING, *_PRESSING, *_STEPS)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and self._too_narrow():
            words = " › ".join(self.tag.path)
            tip = f"{words}\n{self.toolTip()}" if self.toolTip() else words
            QToolTip.showText(event.globalPos(), tip, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _REMOVING:
            self.removed.emit()
        elif key in _PRESSING:
            self.click()
        elif key in _STEPS:
            step = _STEPS[Qt.Key(key)]
            sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            self.stepped.emit(-step if sideways and self.isRightToLeft() else step)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, text = self._colours()
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        radius = frame.height() / 2
        pen = QPen(Qt.PenStyle.NoPen)
        if self._look is not Look.SOLID:
            pen = QPen(theme.strong_border(self.palette()), 1)
            pen.setStyle(
                Qt.PenStyle.SolidLine if self._look is Look.LIGHT else Qt.PenStyle.DashLine
            )
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(frame, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(theme.accent(self.palette()), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        cross = self._cross()
        inside = self.rect().adjusted(_MARGIN, 0, -_MARGIN - cross.width() - _GAP + 4, 0)
        if self._note:
            metrics = self._note_metrics()
            width = metrics.horizontalAdvance(self._note)
            place = QRect(inside.right() - width + 1, 0, width, self.height())
            inside.setRight(place.left() - _GAP - 2)
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * 0.88)
            painter.setFont(font)
            painter.setPen(theme.subtle(self.palette()))
            painter.drawText(self._mirrored(place), Qt.AlignmentFlag.AlignVCenter, self._note)
            painter.setFont(self.font())
        paint_tag(painter, self._mirrored(inside), self.tag, text, _weaker(text, ground))
        self._paint_cross(painter, self._mirrored(cross), text)

    def _paint_cross(self, painter: QPainter, place: QRect, colour: QColor) -> None:
        if self._over_cross:
            ring = QColor(colour)
            ring.setAlpha(48)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ring)
            painter.drawEllipse(place)
        pen = QPen(colour, 1.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle, arm = QRectF(place).center(), 2.8
        for side in (1, -1):
            painter.drawLine(middle + QPointF(-arm, -arm * side), middle + QPointF(arm, arm * side))

    def _colours(self) -> tuple[QColor, QColor]:
        palette = self.palette()
        if self._look is Look.SOLID:
            ground, text = theme.confirmed_chip(palette), theme.confirmed_chip_text(palette)
        else:
            ground, text = (
                palette.color(palette.ColorRole.Window),
                palette.color(palette.ColorRole.WindowText),
            )
            if self.underMouse() or self.isDown():
                ground = theme.hover(palette)
        return ground, text

    def _cross(self) -> QRect:
        """Where the cross is, from left to right."""
        return QRect(
            self.width() - _MARGIN - _CROSS + 5, (self.height() - _CROSS) // 2, _CROSS, _CROSS
        )

    def _at_cross(self, event: QMouseEvent) -> bool:
        # The whole end of the chip counts, which is easier to hit than the cross.
        place = self._cross().adjusted(-2, -_CROSS, _MARGIN, _CROSS)
        return self._mirrored(place).contains(event.position().toPoint())

    def _mirrored(self, place: QRect) -> QRect:
        if not self.isRightToLeft():
            return place
        return QRect(self.width() - place.right() - 1, place.y(), place.width(), place.height())

    def _note_metrics(self) -> QFontMetrics:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        return QFontMetrics(font)

    def _too_narrow(self) -> bool:
        return self.width() < self.sizeHint().width()


def _weaker(text: QColor, ground: QColor) -> QColor:
    """Text that steps back, as far as it stays readable (4.5:1)."""
    for share in (0.66, 0.75, 0.85):
        mixed = QColor.fromRgbF(
            *(
                ink * share + paper * (1 - share)
                for ink, paper in zip(text.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
            )
        )
        if theme.contrast(mixed, ground) >= 4.5:
            return mixed
    return text
