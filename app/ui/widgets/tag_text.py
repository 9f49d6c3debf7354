"""A tag as one line of text: "Animal › Cat", in which the parents step back."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from app.core.tag import Tag

SEPARATOR = " › "


def spoken(tag: Tag) -> str:
    """A tag as plain text."""
    return SEPARATOR.join(tag.path)


def tag_width(tag: Tag, metrics: QFontMetrics) -> int:
    """How wide `paint_tag` would like to be."""
    parents = _parents(tag)
    return metrics.horizontalAdvance(parents) + metrics.horizontalAdvance(tag.name)


def paint_tag(painter: QPainter, place: QRect, tag: Tag, text: QColor, weaker: QColor) -> int:
    """Paint a tag in one line; where there is not enough room, the parents give way first.

    Returns:
        The width that it took.
    """
    metrics = painter.fontMetrics()
    name_width = metrics.horizontalAdvance(tag.name)
    parents = _parents(tag)
    room = place.width() - name_width
    if parents and metrics.horizontalAdvance(parents) > room:
        above, room = SEPARATOR.join(tag.path[:-1]), room - metrics.horizontalAdvance(SEPARATOR)
        parents = metrics.elidedText(above, Qt.TextElideMode.ElideLeft, room)
        # An ellipsis alone says at least that there is something above.
        parents = f"{parents}{SEPARATOR}" if parents else ""
    room = place.width() - metrics.horizontalAdvance(parents)
    # Advances are rounded: what lacks a pixel or two is not worth an ellipsis.
    name = tag.name
    if name_width > room + 2:
        name = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
    # A tag is written from left to right also in a window that is not.
    x, aligned = place.x(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    for words, colour in ((parents, weaker), (name, text)):
        if words:
            width = metrics.horizontalAdvance(words)
            painter.setPen(colour)
            painter.drawText(QRect(x, place.y(), width + 2, place.height()), aligned, words)
            x += width
    return x - place.x()


def _parents(tag: Tag) -> str:
    return "".join(f"{name}{SEPARATOR}" for name in tag.path[:-1])
