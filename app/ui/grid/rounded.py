"""Pictures as they are painted: scaled to the cell once, with rounded edges, and kept."""

from __future__ import annotations

import time
from collections import OrderedDict

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap

#: Bytes of finished pictures that are kept: a few screens full.
_KEPT = 96 * 1024 * 1024
#: Seconds of one painting that finishing pictures may take. A large screen shows hundreds at once.
_PATIENCE = 0.012


class RoundedPictures:
    """Finishes pictures, and keeps the last ones.

    Args:
        radius: of the edges, in pixels of the window.
        limit: bytes of finished pictures to keep.
        patience: seconds between `begin` and the last picture that is finished.
    """

    def __init__(
        self, radius: float = 5.0, limit: int = _KEPT, patience: float = _PATIENCE
    ) -> None:
        self._radius = radius
        self._limit = limit
        self._patience = patience
        self._until = 0.0
        self._bytes = 0
        self._kept: OrderedDict[tuple[int, int, int], QPixmap] = OrderedDict()

    def begin(self) -> None:
        """Say that a painting begins."""
        self._until = time.perf_counter() + self._patience

    def of(self, picture: QPixmap, size: QSize, ratio: float) -> QPixmap | None:
        """A picture in a size; None if there is no time left in this painting to finish it.

        Args:
            picture: as the model has it.
            size: in pixels of the window.
            ratio: pixels of the screen for one of the window.
        """
        width, height = round(size.width() * ratio), round(size.height() * ratio)
        key = (picture.cacheKey(), width, height)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        if time.perf_counter() > self._until:
            return None
        found = self._finished(picture, width, height, ratio)
        self._kept[key] = found
        self._bytes += width * height * 4
        while self._bytes > self._limit and len(self._kept) > 1:
            (_, *old), _ = self._kept.popitem(last=False)
            self._bytes -= old[0] * old[1] * 4
        return found

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._bytes = 0

    def _finished(self, picture: QPixmap, width: int, height: int, ratio: float) -> QPixmap:
        scaled = picture.toImage().scaled(
            width,
            height,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(1)
        # A brush takes over the unused byte of an opaque format as transparency.
        scaled = scaled.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        found = QPixmap(width, height)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(scaled))
        radius = self._radius * ratio
        painter.drawRoundedRect(QRectF(0, 0, width, height), radius, radius)
        painter.end()
        found.setDevicePixelRatio(ratio)
        return found


def fitted(size: tuple[int, int], room: QSize, largest: tuple[int, int] | None = None) -> QSize:
    """The largest size of the same shape that fits.

    Args:
        size: width and height of the picture; only their ratio matters.
        room: to fit into.
        largest: not to be exceeded: a photo smaller than its cell is not blown up.
    """
    width, height = max(1, size[0]), max(1, size[1])
    scale = min(room.width() / width, room.height() / height)
    if largest is not None:
        scale = min(scale, max(1, largest[0]) / width, max(1, largest[1]) / height)
    return QSize(max(1, round(width * scale)), max(1, round(height * scale)))
