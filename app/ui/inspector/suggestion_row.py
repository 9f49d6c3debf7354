"""One suggestion: its key, its tag, how certain it is, and a yes and a no."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QEnterEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.ui import theme
from app.ui.icons import icon
from app.ui.inspector.summary import Suggested
from app.ui.inspector.words import percent, reason
from app.ui.widgets.key_button import KeyButton
from app.ui.widgets.menus import add_action
from app.ui.widgets.tag_text import paint_tag, spoken

#: There are keys for as many suggestions.
KEYS = 9
_RIGHT = Qt.AlignmentFlag.AlignRight
_CAP = 18
_GAP = 8
_BAR = 3
_BUTTONS = 2 * 26 + 2


class SuggestionRow(QWidget):
    """Shows a suggestion for one photo or for many."""

    accepted = Signal()
    rejected = Signal()
    tag_clicked = Signal(object)  # Tag

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.suggestion: Suggested | None = None
        self._number = 0
        self._total = 1
        self._caption = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.accept_button = KeyButton(self, icon("accept"))
        self.reject_button = KeyButton(self, icon("reject"))
        self.accept_button.clicked.connect(self.accepted)
        self.reject_button.clicked.connect(self.rejected)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(2)
        layout.addStretch(1)
        layout.addWidget(self.accept_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.reject_button, 0, Qt.AlignmentFlag.AlignTop)

    def show_suggestion(
        self, suggestion: Suggested, number: int, total: int, *, with_reason: bool
    ) -> None:
        """Show a suggestion.

        Args:
            number: its place, counted from 1.
            total: how many photos are looked at together.
            with_reason: whether to say why it is suggested.
        """
        self.suggestion, self._number, self._total = suggestion, number, total
        name, why = spoken(suggestion.tag), reason(suggestion.sources[0])
        count = len(suggestion.photos)
        parts = []
        if total > 1:
            parts.append(self.tr("%n photo(s)", "", count))
        if with_reason and why:
            parts.append(why)
        self._caption = " · ".join(parts)
        path = str(suggestion.tag)
        self.accept_button.setAccessibleName(self.tr("Accept {tag}").format(tag=path))
        self.reject_button.setAccessibleName(self.tr("Reject {tag}").format(tag=path))
        accept_tip, reject_tip = self.tr("Accept"), self.tr("Reject")
        if number <= KEYS:
            accept_tip = self.tr("Accept (key {number})").format(number=number)
            reject_tip = self.tr("Reject (Shift+{number})").format(number=number)
        self.accept_button.setToolTip(accept_tip)
        self.reject_button.setToolTip(reject_tip)
        certainty = self.tr("{percent} certain").format(percent=percent(suggestion.mean))
        spread = ""
        if count > 1:
            spread = self.tr("On average {mean} certain, at most {highest}").format(
                mean=percent(suggestion.mean), highest=percent(suggestion.highest)
            )
        self.setToolTip("\n".join(each for each in (name, spread or certainty, why) if each))
        self.setAccessibleName(", ".join(each for each in (name, certainty, *parts) if each))
        self.setAccessibleDescription(why)
        self.updateGeometry()
        self.update()

    @property
    def caption(self) -> str:
        """The small words under the tag."""
        return self._caption

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        height = metrics.height() + _BAR + 16
        if self._caption:
            height += self._small().pixelSize() + 6
        return QSize(240, max(height, 30))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.suggestion is None:
            return
        tag = self.suggestion.tag
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_action(menu, self.tr("Accept {tag}").format(tag=tag), self.accepted.emit)
        add_action(menu, self.tr("Reject {tag}").format(tag=tag), self.rejected.emit)
        menu.addSeparator()
        show = self.tr("Show photos with {tag}").format(tag=tag)
        add_action(menu, show, lambda: self.tag_clicked.emit(tag))
        menu.popup(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.suggestion is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        text, subtle = palette.color(palette.ColorRole.WindowText), theme.subtle(palette)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.hover(palette))
            painter.drawRoundedRect(self.rect(), 5, 5)
        line = self.fontMetrics().height()
        left = _CAP + _GAP
        right = self.width() - _BUTTONS - _GAP
        if self._number <= KEYS:
            self._paint_key(painter, QRect(0, 5 + (line - _CAP) // 2, _CAP, _CAP), subtle)
        number = percent(self.suggestion.mean)
        width = self.fontMetrics().horizontalAdvance(percent(0.88))
        painter.setPen(subtle)
        place = QRect(right - width, 5, width, line)
        painter.drawText(
            self._mirrored(place),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            number,
        )
        name = QRect(left, 5, right - width - _GAP - left, line)
        paint_tag(painter, self._mirrored(name), self.suggestion.tag, text, subtle)
        self._paint_bar(painter, QRect(left, 5 + line + 4, right - left, _BAR))
        if self._caption:
            painter.setFont(self._small())
            painter.setPen(subtle)
            top = 5 + line + 4 + _BAR + 2
            place = QRect(left, top, self.width() - left, self.height() - top)
            caption = painter.fontMetrics().elidedText(
                self._caption, Qt.TextElideMode.ElideRight, place.width()
            )
            side = (
                Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
            )
            painter.drawText(self._mirrored(place), side | Qt.AlignmentFlag.AlignVCenter, caption)

    def _paint_key(self, painter: QPainter, place: QRect, colour: QColor) -> None:
        painter.setPen(QPen(theme.strong_border(self.palette()), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        place = self._mirrored(place)
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self._small())
        painter.setPen(colour)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(self.font())

    def _paint_bar(self, painter: QPainter, place: QRect) -> None:
        assert self.suggestion is not None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.chip(self.palette()))
        painter.drawRoundedRect(self._mirrored(place), _BAR / 2, _BAR / 2)
        filled = QRect(place)
        filled.setWidth(max(_BAR, round(place.width() * self.suggestion.mean)))
        painter.setBrush(theme.suggested(self.palette()))
        painter.drawRoundedRect(self._mirrored(filled), _BAR / 2, _BAR / 2)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(10, round(self.fontInfo().pixelSize() * 0.86)))
        return font

    def _mirrored(self, place: QRect) -> QRect:
        if not self.isRightToLeft():
            return place
        return QRect(self.width() - place.right() - 1, place.y(), place.width(), place.height())
