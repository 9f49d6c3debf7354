"""The area that shows the photo: drawing, zooming, panning."""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from app.ui import theme
from app.ui.viewer.geometry import View
from app.workers.pictures import Picture

#: One step of the keys, and a notch of the wheel.
STEP = 1.25
_NOTCH = 120
#: A photo of unknown size is shown as if its longer side had so many pixels.
_UNKNOWN = 100_000.0
_CAN_PAN = Qt.CursorShape.OpenHandCursor
_PANS = Qt.CursorShape.ClosedHandCursor


class PhotoCanvas(QWidget):
    """Shows one picture, in whatever quality there is."""

    #: The zoom, or what is seen, is another one.
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = View(QSizeF(), QSizeF(self.size()))
        self._placeholder: QPixmap | None = None
        self._picture: Picture | None = None
        self._images: list[QImage] = []  # made over the pixels of the picture, not of copies
        self._title = self._reason = ""
        self._dragged_from: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 90)
        if sys.platform != "darwin":
            # For touch screens. There, touchpads pinch by native gestures, from which macOS would
            # make these as well.
            self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def view(self) -> View:
        """What is seen."""
        return self._view

    @property
    def picture(self) -> Picture | None:
        """The picture that is shown, unless there is only a placeholder."""
        return self._picture

    @property
    def reason(self) -> str:
        """Why no photo is shown; empty if one is."""
        return self._reason

    def begin(self, size: tuple[int, int] | None, placeholder: QPixmap | None) -> None:
        """Show another photo, of which there is no more than this yet."""
        self._images, self._picture, self._title, self._reason = [], None, "", ""
        self._placeholder = None if placeholder is None or placeholder.isNull() else placeholder
        photo = QSizeF(*size) if size else QSizeF()
        if photo.isEmpty() and self._placeholder is not None:
            shape = QSizeF(self._placeholder.size())  # a thumbnail has the shape of its photo
            photo = shape * (_UNKNOWN / max(shape.width(), shape.height()))
        self._see(View(photo, QSizeF(self.size()), self.devicePixelRatioF()))

    def show_picture(self, picture: Picture) -> None:
        """Show the same photo in a better quality."""
        self._images = [_image(level) for level in picture.levels]
        self._picture, self._placeholder, self._title, self._reason = picture, None, "", ""
        self._see(self._view.of(QSizeF(*picture.size)))

    def show_reason(self, title: str, reason: str) -> None:
        """Say why the photo cannot be shown; what is there of it stays."""
        self._title, self._reason = title, reason
        self.update()

    def fit(self) -> None:
        """The whole photo."""
        self._see(self._view.fitted())

    def actual_size(self, point: QPointF | None = None) -> None:
        """A pixel for a pixel; the point stays where it is."""
        self._see(self._view.actual(point))

    def zoom_by(self, factor: float, point: QPointF | None = None) -> None:
        """Larger or smaller; the point stays where it is."""
        zoom = self._view.scale * factor
        actual = 1 / self._view.ratio
        # 100 % is on every way past it.
        if min(self._view.scale, zoom) < actual * 0.999 and max(self._view.scale, zoom) > actual:
            zoom = actual
        self._see(self._view.zoomed(zoom, point))

    def pan(self, by: QPointF) -> None:
        """Move the photo."""
        self._see(self._view.panned(by))

    def _see(self, view: View) -> None:
        self._view = view
        if self._dragged_from is None:
            self.setCursor(_CAN_PAN if view.pannable else Qt.CursorShape.ArrowCursor)
        self.update()
        self.view_changed.emit()

    # What Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.stage(self.palette()))
        view = self._view
        if self._picture is not None:
            scale = view.scale * view.ratio
            image = self._images[self._picture.level(scale)]
            share = image.width() / view.photo.width()
            # Pixels that are enlarged are to be seen as they are.
            smooth = scale < 2.0 or not self._picture.full
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            # Only the part that is seen, or a large photo would be scaled as a whole.
            seen = view.rect.intersected(QRectF(self.rect()))
            corner = (seen.topLeft() - view.rect.topLeft()) / view.scale
            source = QRectF(corner * share, seen.size() / view.scale * share)
            painter.drawImage(seen, image, source)
        elif self._placeholder is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(view.rect, self._placeholder, QRectF(self._placeholder.rect()))
        if self._title:
            self._paint_reason(painter)
        painter.end()

    def _paint_reason(self, painter: QPainter) -> None:
        palette, room = self.palette(), self.rect().adjusted(24, 24, -24, -24)
        large = QFont(self.font())
        large.setPointSizeF(large.pointSizeF() * 1.4)
        wrapped = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter)
        painter.setFont(large)
        title = painter.boundingRect(room, wrapped, self._title)
        painter.setFont(self.font())
        text = painter.boundingRect(room, wrapped, self._reason)
        gap = 8
        top = room.center().y() - (title.height() + gap + text.height()) // 2
        title.moveTop(top)
        text.moveTop(top + title.height() + gap)
        ground = title.united(text).adjusted(-20, -16, 20, 16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(ground, 10, 10)
        painter.setFont(large)
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(title, wrapped, self._title)
        painter.setFont(self.font())
        painter.setPen(theme.subtle(palette))
        painter.drawText(text, wrapped, self._reason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._see(self._view.within(QSizeF(self.size()), self.devicePixelRatioF()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        fingers = event.pixelDelta()
        zooms = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.phase() != Qt.ScrollPhase.NoScrollPhase and not fingers.isNull() and not zooms:
            # Two fingers on a touchpad move what is under them; a pinch zooms.
            self.pan(QPointF(fingers))
        elif event.angleDelta().y():
            self.zoom_by(STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._view.pannable:
            self._dragged_from = event.position()
            self.setCursor(_PANS)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            self.pan(event.position() - self._dragged_from)
            self._dragged_from = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            self._dragged_from = None
            self.setCursor(_CAN_PAN)
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._view.zoom is None:
            self.actual_size(event.position())
        else:
            self.fit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                point = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.zoom_by(pinch.scaleFactor(), point)
                event.accept(pinch)
                return True
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._see(self._view.within(QSizeF(self.size()), self.devicePixelRatioF()))
        return super().event(event)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    """The pixels as an image, which must not outlive them."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
