"""Paints one photo of the grid."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.core.photo import Card, State
from app.ui.grid.badges import Badges
from app.ui.grid.captions import Captions
from app.ui.grid.colours import Colours
from app.ui.grid.metrics import USUAL, CellMetrics
from app.ui.grid.rounded import RoundedPictures, fitted
from app.ui.roles import Role

#: How a cell is at the moment; a sum of these. Plain numbers, as they are looked at per cell.
SELECTED, CURRENT, FOCUSED, HOVERED = 1, 2, 4, 8

#: The shape of a photo of which nothing is known yet.
_UNKNOWN = (4, 3)


class PhotoDelegate(QStyledItemDelegate):
    """Paints a photo with its state, name and tags. All cells have the same size.

    What can be worked out once per photo or per size is kept, so that a cell is a handful of
    drawing calls. `prepare` is to be called before cells are painted.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = RoundedPictures()
        self._rough = False
        self._seen: tuple[int, str, int, float] | None = None
        self.prepare(USUAL, QFont(), QPalette(), 1.0)

    def prepare(self, width: int, font: QFont, palette: QPalette, ratio: float) -> None:
        """Set what all cells have in common; does nothing where nothing changed.

        Args:
            width: of a cell.
            font, palette: of the view.
            ratio: pixels of the screen for one of the window.
        """
        seen = (width, font.key(), palette.cacheKey(), ratio)
        if seen == self._seen:
            return
        if self._seen is not None and (self._seen[0], self._seen[3]) != (width, ratio):
            self._pictures.clear()  # none of them has the size that is wanted now
        self._seen = seen
        self._ratio = ratio
        self.metrics = CellMetrics.of(width, font)
        self.colours = colours = Colours.of(palette)
        self._captions = Captions(self.metrics)
        backed = self.metrics.name.isEmpty()
        side = self.metrics.badge + (4 if backed else 0)
        self._badges = Badges(colours, side, ratio, backed=backed)
        self._edge = QPen(colours.edge, 1)
        self._current = QPen(colours.current, 2.5)
        self._resting = QPen(colours.weak, 1.5)
        self._outline = QPen(colours.outline, 1)

    def begin(self) -> None:
        """Say that a painting of many cells begins."""
        self._pictures.begin()

    def retranslate(self) -> None:
        """Make all texts anew in a new language."""
        self._captions = Captions(self.metrics)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The same for all."""
        return QSize(self.metrics.width, self.metrics.height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a photo as any view asks for it; GridView calls `paint_cell`."""
        look, state = 0, QStyle.StateFlag
        if state.State_Selected in option.state:
            look |= SELECTED
        if state.State_HasFocus in option.state:
            look |= CURRENT | FOCUSED
        if state.State_MouseOver in option.state:
            look |= HOVERED
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.begin()
        rect = option.rect
        self.paint_cell(
            painter, rect.x(), rect.y(), index.data(Role.CARD), index.data(Role.PICTURE), look
        )
        painter.restore()

    def paint_cell(
        self,
        painter: QPainter,
        x: int,
        y: int,
        card: Card | None,
        picture: QPixmap | None,
        look: int,
    ) -> bool:
        """Paint a photo with its top left at a point; changes the painter's pen, brush and font.

        Args:
            look: sum of SELECTED, CURRENT, FOCUSED and HOVERED.

        Returns:
            False if there was only time for a rough picture; paint it again soon.
        """
        metrics, colours = self.metrics, self.colours
        self._rough = False
        painter.translate(x, y)
        if look & (SELECTED | HOVERED):
            painter.setPen(self._edge if look & SELECTED else Qt.PenStyle.NoPen)
            painter.setBrush(colours.selected if look & SELECTED else colours.hovered)
            painter.drawRoundedRect(QRectF(0.5, 0.5, metrics.width - 1, metrics.height - 1), 8, 8)
        frame = self._paint_picture(painter, card, picture)
        if card is not None:
            self._paint_caption(painter, card, look, frame)
        if look & CURRENT:
            painter.setPen(self._current if look & FOCUSED else self._resting)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1.5, 1.5, metrics.width - 3, metrics.height - 3), 7, 7)
        painter.translate(-x, -y)
        return not self._rough

    def _paint_picture(
        self, painter: QPainter, card: Card | None, picture: QPixmap | None
    ) -> QRect:
        """The picture, or the place where it will be. Returns where it stands."""
        room = self.metrics.picture
        whole = card.size if card is not None else None
        known = picture is not None and not picture.isNull()
        shape = (picture.width(), picture.height()) if known else whole or _UNKNOWN
        size = fitted(shape, room.size(), whole)
        frame = QRect(
            room.x() + (room.width() - size.width()) // 2,
            room.y() + (room.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
        if known:
            finished = self._pictures.of(picture, size, self._ratio)
            if finished is not None:
                painter.drawPixmap(frame.topLeft(), finished)
            else:
                self._rough = True
                painter.drawPixmap(frame, picture)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colours.empty)
            painter.drawRoundedRect(frame, 5, 5)
        return frame

    def _paint_caption(self, painter: QPainter, card: Card, look: int, frame: QRect) -> None:
        metrics, colours = self.metrics, self.colours
        caption = self._captions.of(card, numbered=bool(look & CURRENT))
        badge = self._badges.of(card.state)
        if caption.name is None:
            painter.drawPixmap(frame.x() + 3, frame.y() + 3, badge)
            return
        name = metrics.name
        painter.drawPixmap(name.x(), name.y() + (name.height() - metrics.badge) // 2, badge)
        painter.setFont(metrics.name_font)
        painter.setPen(colours.text if card.state is not State.WAITING else colours.weak)
        painter.drawStaticText(caption.name_at, caption.name)
        if not caption.chips and caption.more is None:
            return
        painter.setFont(metrics.tag_font)
        radius = metrics.chip_height / 2
        for chip in caption.chips:
            painter.setPen(self._outline if chip.suggested else Qt.PenStyle.NoPen)
            painter.setBrush(colours.background if chip.suggested else colours.chip)
            painter.drawRoundedRect(chip.box, radius, radius)
            if chip.key is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.key)
                painter.drawEllipse(chip.key_box)
                painter.setPen(colours.key_text)
                painter.drawStaticText(chip.key_at, chip.key)
            painter.setPen(colours.outline_text if chip.suggested else colours.chip_text)
            painter.drawStaticText(chip.at, chip.text)
        if caption.more is not None:
            painter.setPen(colours.weak)
            painter.drawStaticText(caption.more_at, caption.more)
