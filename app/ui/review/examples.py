"""Thumbnails with the tag that each would get."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.core.photo import PhotoId
from app.services.review import Example
from app.ui import theme

_GAP, _TEXT_GAP, _RADIUS = 10, 4, 6


class Examples(QWidget):
    """Up to twelve examples in rows of six.

    Args:
        picture: the thumbnail of a photo, or None while it is being read.
        most: how many are shown at most.
    """

    def __init__(
        self,
        picture: Callable[[PhotoId], QPixmap | None],
        most: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self.most = most
        self._columns = min(6, most)
        self._examples: Sequence[Example] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Examples"))

    def show_examples(self, examples: Sequence[Example]) -> None:
        """Show these, in this order."""
        self._examples = examples
        self.setAccessibleDescription("; ".join(map(self._said, examples)))
        self.update()

    @property
    def examples(self) -> Sequence[Example]:
        """What is shown."""
        return self._examples

    def _said(self, example: Example) -> str:
        return self.tr("{tag}, {n} %").format(tag=example.tag, n=example.percent)

    def sizeHint(self) -> QSize:
        return QSize(self._columns * 142 - _GAP, self._rows() * (104 + self._text()) - _GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._columns * 84, self._rows() * (64 + self._text()))

    def _rows(self) -> int:
        return -(-self.most // self._columns)

    def _text(self) -> int:
        return self.fontMetrics().height() + _TEXT_GAP + _GAP

    def _place(self, number: int) -> QRectF:
        """Where an example is, with its text."""
        width = (self.width() - _GAP * (self._columns - 1)) / self._columns
        height = (self.height() - _GAP * (self._rows() - 1)) / self._rows()
        row, column = divmod(number, self._columns)
        return QRectF(column * (width + _GAP), row * (height + _GAP), width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, example in enumerate(self._examples):
            self._paint(painter, self._place(number), example)
        painter.end()

    def _paint(self, painter: QPainter, place: QRectF, example: Example) -> None:
        palette, metrics = self.palette(), self.fontMetrics()
        frame = place.adjusted(0, 0, 0, -metrics.height() - _TEXT_GAP)
        shape = QPainterPath()
        shape.addRoundedRect(frame, _RADIUS, _RADIUS)
        painter.fillPath(shape, theme.chip(palette))
        pixmap = self._picture(example.photo)
        if pixmap is not None and not pixmap.isNull():
            painter.save()
            painter.setClipPath(shape)
            painter.drawPixmap(frame, pixmap, _filling(pixmap, frame))
            painter.restore()
        text = QRectF(place.left(), frame.bottom() + _TEXT_GAP, place.width(), metrics.height())
        percent = self.tr("{n} %").format(n=example.percent)
        room = place.width() - metrics.horizontalAdvance(percent) - 6
        name = metrics.elidedText(example.tag.name, Qt.TextElideMode.ElideRight, int(room))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(theme.subtle(palette))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight, percent)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            point = event.pos().toPointF()
            found = (e for n, e in enumerate(self._examples) if self._place(n).contains(point))
            example = next(found, None)
            QToolTip.showText(event.globalPos(), self._said(example) if example else "", self)
            return True
        return super().event(event)


def _filling(pixmap: QPixmap, frame: QRectF) -> QRectF:
    """The middle of a picture, in the shape of a frame."""
    shape = frame.width() / max(1.0, frame.height())
    width = min(pixmap.width(), pixmap.height() * shape)
    height = min(pixmap.height(), pixmap.width() / shape)
    return QRectF((pixmap.width() - width) / 2, (pixmap.height() - height) / 2, width, height)
