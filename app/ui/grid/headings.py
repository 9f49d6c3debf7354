"""The lines over groups of photos."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from app.core.listing import Group
from app.ui.grid import words
from app.ui.grid.colours import Colours

#: Says what stands over a group: a title, and after a line break what is said in a weaker colour.
HeadingText = Callable[[Group], str]


def heading_text(group: Group) -> str:
    """A folder's name and where it is, or the day in the user's language."""
    if not group.key:
        return QCoreApplication.translate("GridView", "No date")
    day = QDate.fromString(group.key, Qt.DateFormat.ISODate)
    if day.isValid():
        return QLocale().toString(day, QLocale.FormatType.LongFormat)
    if group.key.startswith("#"):  # a number, such as of near-duplicates
        return QCoreApplication.translate("GridView", "Group {number}").format(
            number=group.key.removeprefix("#")
        )
    folder = Path(group.key)
    return f"{folder.name or folder}\n{folder.parent if folder.name else ''}"


class Headings:
    """Paints headings; what they say is asked for once."""

    def __init__(self, text: HeadingText) -> None:
        self._text = text
        self._said: dict[Group, tuple[str, str, str]] = {}

    def clear(self) -> None:
        """Ask again what headings say."""
        self._said.clear()

    def said(self, group: Group) -> tuple[str, str, str]:
        """Title, detail, and number of photos, in words."""
        if group not in self._said:
            if len(self._said) > 1000:
                self._said.clear()
            title, _, detail = self._text(group).partition("\n")
            count = words.photos(group.count)
            self._said[group] = title, detail, count
        return self._said[group]

    def height(self, font: QFont) -> int:
        """How high a heading is."""
        return QFontMetrics(_titled(font)).height() + 18

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        left: int,
        group: Group,
        font: QFont,
        colours: Colours,
        *,
        hovered: bool,
        stuck: bool,
    ) -> None:
        """Paint a heading.

        Args:
            left: where the text begins, as the photos under it do.
            hovered: whether the mouse is over it; a click selects its photos.
            stuck: whether photos pass under it.
        """
        painter.fillRect(rect, colours.background)
        if stuck:
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)
        title, detail, count = self.said(group)
        bold, flags = _titled(font), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        if hovered:
            bold.setUnderline(True)
        measure, weak_measure = QFontMetrics(bold), QFontMetrics(font)
        right = rect.width() - left
        count_width = weak_measure.horizontalAdvance(count)
        room = right - left - count_width - 16
        title = measure.elidedText(title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(bold)
        painter.setPen(colours.text)
        place = rect.adjusted(left, 0, -left, 0)
        painter.drawText(place, flags, title)
        painter.setFont(font)
        painter.setPen(colours.weak)
        painter.drawText(place, flags | Qt.AlignmentFlag.AlignRight, count)
        used = measure.horizontalAdvance(title) + 10
        if detail and room - used > 40:
            detail = weak_measure.elidedText(detail, Qt.TextElideMode.ElideMiddle, room - used)
            painter.drawText(place.adjusted(used, 1, 0, 1), flags, detail)


def _titled(font: QFont) -> QFont:
    found = QFont(font)
    found.setWeight(QFont.Weight.DemiBold)
    if font.pointSizeF() > 0:
        found.setPointSizeF(font.pointSizeF() * 1.1)
    return found
