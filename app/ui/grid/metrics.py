"""How a cell of the grid is divided: the picture, the name under it, and the tags under that."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics

#: Widths of a cell that can be chosen, in pixels.
SMALLEST, LARGEST, USUAL = 96, 512, 208

#: From this width on there is a name, a line of tags, and a second one.
_NAME_FROM, _TAGS_FROM, _MORE_TAGS_FROM = 128, 168, 200


@dataclass(frozen=True, slots=True)
class CellMetrics:
    """Places inside a cell whose top left is the origin.

    Attributes:
        picture: the frame that a picture is fitted into.
        name: the line of the file's name; empty in small cells.
        tags: the space of the chips; empty in small cells.
        lines: of chips.
    """

    width: int
    height: int
    picture: QRect
    name: QRect
    tags: QRect
    lines: int
    chip_height: int
    badge: int
    name_font: QFont
    tag_font: QFont

    @classmethod
    def of(cls, width: int, font: QFont) -> CellMetrics:
        """The division of a cell of a width, for a font."""
        name_font, tag_font = _scaled(font, 0.95), _scaled(font, 0.88)
        padding = 6 if width < _TAGS_FROM else 9
        inner = width - 2 * padding
        y = padding
        picture = QRect(padding, y, inner, round(inner * 0.8))
        y += picture.height()
        name = tags = QRect()
        chip_height = QFontMetrics(tag_font).height() + 5
        lines = 0
        if width >= _NAME_FROM:
            y += 5
            name = QRect(padding, y, inner, QFontMetrics(name_font).height() + 2)
            y += name.height()
        if width >= _TAGS_FROM:
            lines = 2 if width >= _MORE_TAGS_FROM else 1
            y += 4
            tags = QRect(padding, y, inner, lines * (chip_height + 4) - 4)
            y += tags.height()
        return cls(
            width=width,
            height=y + padding,
            picture=picture,
            name=name,
            tags=tags,
            lines=lines,
            chip_height=chip_height,
            badge=max(14, QFontMetrics(name_font).height() - 2),
            name_font=name_font,
            tag_font=tag_font,
        )


def _scaled(font: QFont, factor: float) -> QFont:
    found = QFont(font)
    if font.pointSizeF() > 0:
        found.setPointSizeF(font.pointSizeF() * factor)
    else:
        found.setPixelSize(max(9, round(font.pixelSize() * factor)))
    return found
