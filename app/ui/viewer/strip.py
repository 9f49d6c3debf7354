"""The strip under a large photo: its tags, and its suggestions with the keys that accept them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.core.photo import Card
from app.core.tag import Suggestion, Tag
from app.ui import theme

#: Suggestions that have a key.
NUMBERED = 9
_GAP, _PAD = 6.0, 10.0
_MARGIN = 10.0
#: Lines, and what a name may take: the first with which all that have a key can be seen.
_TRIED = ((1, 220.0), (1, 150.0), (2, 220.0), (2, 150.0), (2, 100.0), (2, 60.0), (2, 30.0))


@dataclass(frozen=True, slots=True)
class _Chip:
    tag: Tag
    name: str
    rect: QRectF
    row: int
    key: str = ""
    percent: str = ""
    suggested: bool = False


class TagStrip(QWidget):
    """The tags of one photo in one line: confirmed ones solid, suggested ones outlined."""

    #: Tag: somebody clicked on a suggestion.
    accept_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: Card | None = None
        self._chips: list[_Chip] = []
        self._left_out = 0
        self._rows = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Tags of this photo"))

    def show_card(self, card: Card | None) -> None:
        """Show the tags of a photo."""
        self._card = card
        self._lay_out()
        self.setAccessibleDescription(self._spoken())
        self.update()

    def texts(self) -> list[str]:
        """What stands on the chips that there is room for."""
        return [" ".join(filter(None, (c.key, c.name, c.percent))) for c in self._chips]

    def sizeHint(self) -> QSize:
        height = self._rows * self._height() + (self._rows - 1) * _GAP + 2 * _MARGIN
        return QSize(400, round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    def _height(self) -> float:
        return self.fontMetrics().height() + 10.0

    def _spoken(self) -> str:
        if self._card is None:
            return ""
        said = [str(tag) for tag in self._card.confirmed]
        for number, each in enumerate(self._card.suggested, 1):
            key = str(number) if number <= NUMBERED else ""
            text = self.tr("{key} {tag}, suggested, {percent} %")
            said.append(text.format(key=key, tag=each.tag, percent=round(each.score * 100)).strip())
        return "; ".join(said)

    def _lay_out(self) -> None:
        """Place the chips from the left, as many as there is room for."""
        self._chips, self._left_out, self._rows = [], 0, 1
        if self._card is None:
            return
        numbered = min(NUMBERED, len(self._card.suggested))
        for rows, widest in _TRIED:
            self._chips = self._placed(self._card, rows, widest)
            if len(self._chips) >= numbered:  # what has a key must be seen
                break
        self._rows = max((chip.row for chip in self._chips), default=0) + 1
        everything = len(self._card.suggested) + len(self._card.confirmed)
        self._left_out = everything - len(self._chips)
        self.updateGeometry()

    def _placed(self, card: Card, rows: int, widest: float) -> list[_Chip]:
        metrics = QFontMetricsF(self.font())
        end = self.width() - 14 - metrics.horizontalAdvance("+999") - _GAP
        # What can be answered comes first: it must not fall off the end.
        chips: list[tuple[Tag, Suggestion | None]] = [(each.tag, each) for each in card.suggested]
        chips += [(tag, None) for tag in card.confirmed]
        placed: list[_Chip] = []
        left, row = 14.0, 0
        for number, (tag, said) in enumerate(chips, 1):
            name = metrics.elidedText(tag.name, Qt.TextElideMode.ElideRight, widest)
            key = str(number) if said and number <= NUMBERED else ""
            percent = self.tr("{n} %").format(n=round(said.score * 100)) if said else ""
            width = 2 * _PAD + metrics.horizontalAdvance(name)
            width += self._key_width(metrics) + 6 if key else 0
            width += metrics.horizontalAdvance(percent) + 6 if percent else 0
            if left + width > end:
                left, row = 14.0, row + 1
            if row == rows or left + width > end:
                break
            top = _MARGIN + row * (self._height() + _GAP)
            rect = QRectF(left, top, width, self._height())
            placed.append(_Chip(tag, name, rect, row, key, percent, said is not None))
            left += width + _GAP
        return placed

    @staticmethod
    def _key_width(metrics: QFontMetricsF) -> float:
        return metrics.horizontalAdvance("0") + 8

    # What Qt calls

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out()
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        for chip in self._chips:
            self._paint(painter, chip)
        right = self._chips[-1].rect.right() + _GAP if self._chips else 14.0
        top = self._chips[-1].rect.top() if self._chips else _MARGIN
        rest = QRectF(right + 4, top, self.width() - right - 18, self._height())
        painter.setPen(theme.subtle(palette))
        centred = Qt.AlignmentFlag.AlignVCenter
        if self._left_out:
            painter.drawText(rest, centred, self.tr("+{n}").format(n=self._left_out))
        elif self._card is not None and not self._chips:
            painter.drawText(rest, centred, self.tr("No tags yet. Press T to type one."))
        elif any(chip.suggested for chip in self._chips):
            hint = self.tr("Enter accepts all")
            if QFontMetricsF(self.font()).horizontalAdvance(hint) + 24 < rest.width():
                painter.drawText(rest, centred | Qt.AlignmentFlag.AlignRight, hint)
        painter.end()

    def _paint(self, painter: QPainter, chip: _Chip) -> None:
        palette, metrics = self.palette(), QFontMetricsF(self.font())
        shape = chip.rect.adjusted(0.75, 0.75, -0.75, -0.75)
        radius = shape.height() / 2
        if chip.suggested:
            text = palette.color(QPalette.ColorRole.WindowText)
            painter.setPen(QPen(theme.suggested(palette), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            text = theme.confirmed_chip_text(palette)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.confirmed_chip(palette))
        painter.drawRoundedRect(shape, radius, radius)
        centred = Qt.AlignmentFlag.AlignVCenter
        left = chip.rect.left() + _PAD
        if chip.key:
            width = self._key_width(metrics)
            cap = QRectF(left - 3, chip.rect.top() + 4.5, width, chip.rect.height() - 9)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.chip(palette))
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(theme.chip_text(palette))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, chip.key)
            left += width + 3
        painter.setPen(text)
        name = QRectF(left, chip.rect.top(), chip.rect.right() - left, chip.rect.height())
        painter.drawText(name, centred, chip.name)
        if chip.percent:
            painter.setPen(theme.subtle(palette))
            end = name.adjusted(0, 0, -_PAD, 0)
            painter.drawText(end, centred | Qt.AlignmentFlag.AlignRight, chip.percent)

    def _chip_at(self, event: QMouseEvent | QHelpEvent) -> _Chip | None:
        point = event.position() if isinstance(event, QMouseEvent) else event.pos().toPointF()
        return next((chip for chip in self._chips if chip.rect.contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        chip = self._chip_at(event)
        hand = chip is not None and chip.suggested
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        chip = self._chip_at(event)
        if event.button() == Qt.MouseButton.LeftButton and chip is not None and chip.suggested:
            self.accept_wanted.emit(chip.tag)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            chip = self._chip_at(event)
            QToolTip.showText(event.globalPos(), str(chip.tag) if chip else "", self)
            return True
        return super().event(event)
