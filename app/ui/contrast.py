"""Colours that have no role in Qt's palette, made from those that have.

The names are those of the theme, so that its own take their place.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

#: What text needs on its ground (WCAG 2.1, 1.4.3).
ENOUGH = 4.5


def subtle(palette: QPalette) -> QColor:
    """Text of less weight: as pale as can still be read on every ground of the window."""
    text, window = _text(palette), _window(palette)
    grounds = (window, palette.color(QPalette.ColorRole.Base))
    for share in (0.4, 0.3, 0.2, 0.1):
        paler = _mixed(text, window, share)
        if all(contrast(paler, ground) >= ENOUGH for ground in grounds):
            return paler
    return text


def border(palette: QPalette) -> QColor:
    """Hairlines between parts."""
    return _mixed(_window(palette), _text(palette), 0.18)


def strong_border(palette: QPalette) -> QColor:
    """Outlines of what can be clicked."""
    return _mixed(_window(palette), _text(palette), 0.5)


def suggested(palette: QPalette) -> QColor:
    """Outlines and marks of what is only suggested."""
    return strong_border(palette)


def chip(palette: QPalette) -> QColor:
    """The ground of a chip that says neither yes nor no."""
    return _mixed(_window(palette), _text(palette), 0.12)


def chip_text(palette: QPalette) -> QColor:
    """Text on `chip`."""
    return _readable(_text(palette), chip(palette))


def confirmed_chip(palette: QPalette) -> QColor:
    """The ground of a confirmed tag's chip."""
    return palette.color(QPalette.ColorRole.Highlight)


def confirmed_chip_text(palette: QPalette) -> QColor:
    """Text on `confirmed_chip`."""
    text = palette.color(QPalette.ColorRole.HighlightedText)
    return _readable(text, confirmed_chip(palette))


def stage(palette: QPalette) -> QColor:
    """The ground around a large photo."""
    return palette.color(QPalette.ColorRole.Window)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.1)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _window(palette: QPalette) -> QColor:
    return palette.color(QPalette.ColorRole.Window)


def _text(palette: QPalette) -> QColor:
    return palette.color(QPalette.ColorRole.WindowText)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """The colour `share` of the way from the first to the second."""
    parts = zip(one.getRgbF()[:3], other.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in parts))


def _readable(text: QColor, ground: QColor) -> QColor:
    """The text colour, or black or white where it could not be read on this ground."""
    if contrast(text, ground) >= ENOUGH:
        return text
    return max((QColor("black"), QColor("white")), key=lambda each: contrast(each, ground))


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in colour.getRgbF()[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
