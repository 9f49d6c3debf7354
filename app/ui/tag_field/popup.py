"""What hangs below a tag field: why the text is no tag, and the tags that are offered."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui import theme
from app.ui.tag_field.completions import CompletionModel, Index, Row
from app.ui.widgets.tag_text import paint_tag

_SHOWN = 9
_MARGIN = 10
_WIDTH = 300
_FEW = 110


class Popup(QFrame):
    """Lies over the window, and never takes the focus from the field."""

    #: Row: it was clicked.
    chosen = Signal(object)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.model = CompletionModel()
        self.model.setParent(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.message = QLabel(self)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        self.message.setAccessibleName(self.tr("What is wrong with the tag"))
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(self.tr("Tags that fit"))
        self.list.clicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(0)
        layout.addWidget(self.message)
        layout.addWidget(self.list)
        self.hide()

    def current(self) -> Row | None:
        """The row that was chosen with the arrow keys."""
        index = self.list.currentIndex()
        return index.data(CompletionModel.ROW) if index.isValid() else None

    def step(self, by: int) -> None:
        """Choose the next row or the one before; beyond both ends none is chosen."""
        index = self.list.currentIndex()
        count = self.model.rowCount()
        at = (index.row() if index.isValid() else -1) + 1 + by  # 0 stands for none
        at %= count + 1
        self.list.setCurrentIndex(self.model.index(at - 1) if at else QModelIndex())

    def hang(self, field: QWidget, message: str) -> None:
        """Show it below a field, or above where there is more room."""
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.message.setText(message)
        self.message.setVisible(bool(message))
        colours = QPalette(window.palette())
        colours.setColor(QPalette.ColorRole.WindowText, theme.failed(colours))
        self.message.setPalette(colours)
        rows = min(self.model.rowCount(), _SHOWN)
        self.list.setVisible(rows > 0)
        width = min(max(field.width(), _WIDTH), window.width())
        height = rows * self.list.sizeHintForRow(0) if rows else 0
        if message:
            height += self.message.heightForWidth(width - 4)
        height += 4
        top = field.mapTo(window, QPoint(0, 0))
        below = window.height() - top.y() - field.height() - 2
        above = top.y() - 2
        # A few rows below are better than all of them over what is above the field.
        upwards = height > below < _FEW and above > below
        height = max(0, min(height, above if upwards else below))
        y = top.y() - 2 - height if upwards else top.y() + field.height() + 2
        x = max(0, min(top.x(), window.width() - width))
        if field.isRightToLeft():
            x = max(0, top.x() + field.width() - width)
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.strong_border(self.palette()), 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(CompletionModel.ROW))


class _Delegate(QStyledItemDelegate):
    """Paints a tag, by which name it was found, how many photos have it, and the key for it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, option.fontMetrics.height() + 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(CompletionModel.ROW)
        palette = option.palette
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        text, subtle = palette.color(QPalette.ColorRole.Text), theme.subtle(palette)
        accent = theme.accent(palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                palette.color(QPalette.ColorRole.Highlight) if chosen else theme.hover(palette)
            )
            painter.drawRoundedRect(option.rect.adjusted(1, 0, -1, 0), 4, 4)
        if chosen:
            text = subtle = accent = palette.color(QPalette.ColorRole.HighlightedText)
        place = option.rect.adjusted(_MARGIN - 2, 0, -_MARGIN + 2, 0)
        # Room for the longer key in each row, so that the numbers stand below each other.
        key_width = _key_width(painter, self.tr("Enter"))
        if row.enter or row.tab:
            key = self.tr("Enter") if row.enter else self.tr("Tab")
            _paint_key(painter, place, key, subtle)
        place.setRight(place.right() - key_width - 8)
        words = QLocale().toString(row.match.count) if row.match.count else ""
        if row.new:
            words = self.tr("New tag")
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.setPen(accent if row.new else subtle)
        end = QRect(place.right() - width, place.y(), width + 1, place.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter, words)
        place.setRight(end.left() - 8)
        if row.match.synonym:
            self._paint_synonym(painter, place, row.match.synonym, subtle)
        paint_tag(painter, place, row.match.tag, text, subtle)
        painter.restore()

    def _paint_synonym(self, painter: QPainter, place: QRect, synonym: str, colour: QColor) -> None:
        metrics = painter.fontMetrics()
        words = metrics.elidedText(
            self.tr("also “{name}”").format(name=synonym),
            Qt.TextElideMode.ElideRight,
            place.width() // 2,
        )
        width = metrics.horizontalAdvance(words)
        painter.setPen(colour)
        painter.drawText(
            QRect(place.right() - width, place.y(), width + 1, place.height()),
            Qt.AlignmentFlag.AlignVCenter,
            words,
        )
        place.setRight(place.right() - width - 8)


def _key_font(painter: QPainter) -> QFont:
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.82)
    return font


def _key_width(painter: QPainter, key: str) -> int:
    return QFontMetrics(_key_font(painter)).horizontalAdvance(key) + 10


def _paint_key(painter: QPainter, place: QRect, key: str, colour: QColor) -> None:
    """Paint the name of a key at the right end."""
    painter.save()
    width = _key_width(painter, key)
    painter.setFont(_key_font(painter))
    height = painter.fontMetrics().height() + 2
    cap = QRect(place.right() - width, place.y() + (place.height() - height) // 2, width, height)
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()
