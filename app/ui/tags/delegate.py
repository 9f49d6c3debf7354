"""How a tag is painted in the tree: its name, the open suggestions as a pill, the photos."""

from __future__ import annotations

from PySide6.QtCore import (
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.tags.model import TagRole

_MARGIN = 8
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_GAP = 8
#: How much of the text's colour the numbers have: they stand back, with contrast to spare.
_QUIET = 0.75


class CountDelegate(QStyledItemDelegate):
    """Paints a name on the left and the numbers of photos on the right.

    Confirmed photos are a plain number; open suggestions an outlined one, as the chips are.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._widest = 0

    def set_widest(self, number: int) -> None:
        """Line the pills up left of numbers up to this one."""
        self._widest = number

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Rows of one height, with room to breathe."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), option.fontMetrics.height() + 10))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """See Qt."""
        opt = QStyleOptionViewItem(option)
        self.initStyleOption(opt, index)
        name, opt.text = opt.text, ""
        widget = opt.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, opt, painter, widget)

        confirmed = int(index.data(TagRole.CONFIRMED) or 0)
        suggested = int(index.data(TagRole.SUGGESTED) or 0)
        text, quiet = _colours(opt)
        locale = QLocale()
        metrics = QFontMetrics(opt.font)
        right = opt.rect.right() - _MARGIN
        middle = opt.rect.center().y()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(opt.font)
        painter.setPen(quiet)
        number = locale.toString(confirmed) if confirmed or not suggested else ""
        width = metrics.horizontalAdvance(number)
        if number:
            box = QRectF(right - width, opt.rect.top(), width, opt.rect.height())
            painter.drawText(
                box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number
            )
        right -= max(width, metrics.horizontalAdvance(locale.toString(self._widest))) + _GAP
        if suggested:
            number = locale.toString(suggested)
            width, height = metrics.horizontalAdvance(number) + 14, metrics.height() + 2
            pill = QRectF(right - width + 0.5, middle - height / 2 + 0.5, width - 1, height - 1)
            painter.setPen(QPen(quiet, 1))
            painter.drawRoundedRect(pill, height / 2, height / 2)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, number)
            right -= width + _GAP
        painter.setPen(text)
        left = opt.rect.left() + 4
        room = max(0, int(right - left))
        painter.drawText(
            QRectF(left, opt.rect.top(), room, opt.rect.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room),
        )
        painter.restore()


def _colours(option: QStyleOptionViewItem) -> tuple[QColor, QColor]:
    """Of the name, and of the numbers."""
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    palette: QPalette = option.palette
    group = (
        QPalette.ColorGroup.Active
        if option.state & QStyle.StateFlag.State_Active
        else QPalette.ColorGroup.Inactive
    )
    text = palette.color(
        group, QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
    )
    if chosen:
        return text, text
    base = palette.color(group, QPalette.ColorRole.Base)
    return text, _mixed(text, base, _QUIET)


def _mixed(first: QColor, second: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        *(
            a * share + b * (1 - share)
            for a, b in zip(first.getRgbF()[:3], second.getRgbF()[:3], strict=True)
        )
    )
