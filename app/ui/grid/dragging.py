"""Photos on their way to another program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPoint, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPixmap

from app.ui.grid.colours import Colours
from app.ui.roles import Role

_SIDE = 120
_URLS = "text/uri-list"


def file_data(model: QAbstractItemModel, indexes: Sequence[QModelIndex]) -> QMimeData | None:
    """Photos as files, by the model if it can, else from the cards that are there."""
    if _URLS in model.mimeTypes():
        return model.mimeData(list(indexes))
    cards = (index.data(Role.CARD) for index in indexes)
    urls = [QUrl.fromLocalFile(str(card.path)) for card in cards if card is not None]
    if not urls:
        return None
    data = QMimeData()
    data.setUrls(urls)
    return data


def drag_picture(
    picture: QPixmap | None, count: int, palette: QPalette, font: QFont, ratio: float
) -> tuple[QPixmap, QPoint]:
    """What hangs on the mouse: the photo and how many there are; and where the mouse holds it."""
    side = round(_SIDE * ratio)
    if picture is None or picture.isNull():
        photo = QPixmap(side, side * 3 // 4)
        photo.fill(palette.color(QPalette.ColorRole.Mid))
    else:
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        photo = picture.scaled(side, side, keep, smooth)
    photo.setDevicePixelRatio(1)
    colours = Colours.of(palette)
    margin = round(10 * ratio)
    found = QPixmap(photo.width() + 2 * margin, photo.height() + 2 * margin)
    found.fill(QColor(0, 0, 0, 0))
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for step in range(min(3, count) - 1, 0, -1):  # those behind it
        shift = step * round(4 * ratio)
        painter.fillRect(
            margin + shift, margin + shift, photo.width(), photo.height(), colours.mark
        )
    painter.setOpacity(0.9)
    painter.drawPixmap(margin, margin, photo)
    painter.setOpacity(1)
    painter.scale(ratio, ratio)
    if count > 1:
        bold = QFont(font)
        bold.setBold(True)
        text, measure = f"{count}", QFontMetrics(bold)
        height = measure.height() + 4
        width = max(height, measure.horizontalAdvance(text) + 12)
        disc = QRectF(found.width() / ratio - width - 1, 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.key)
        painter.drawRoundedRect(disc, height / 2, height / 2)
        painter.setFont(bold)
        painter.setPen(colours.key_text)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    found.setDevicePixelRatio(ratio)
    size = found.deviceIndependentSize()
    return found, QPoint(round(size.width() / 2), round(size.height() * 0.8))
