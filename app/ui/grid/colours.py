"""The colours of the grid, derived from the palette so that they are readable on dark and light."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from app.core.photo import State
from app.ui.theme import contrast, luminance

#: WCAG 2.1, 1.4.3 and 1.4.11: contrast of text, and of shapes that mean something.
TEXT = 4.5
SHAPE = 3.0

_GREEN = QColor(46, 160, 67)
_RED = QColor(218, 54, 51)


@dataclass(frozen=True, slots=True)
class Colours:
    """What the grid paints with.

    Attributes:
        background: of the view; `hovered` and `selected` are a cell's in these states.
        text, weak: of names and headings, on any of the backgrounds.
        edge: around a selected photo; `current` around the one that the keys act on.
        empty, mark: of the place where a picture will be, and what is drawn on it.
        chip, chip_text: a confirmed tag.
        outline, outline_text: a suggested tag, on `background`.
        key, key_text: the number of the key that accepts a suggestion.
        badge: for each state, on any of the backgrounds.
        badge_mark: on the filled shape of a badge.
    """

    background: QColor
    hovered: QColor
    selected: QColor
    text: QColor
    weak: QColor
    edge: QColor
    current: QColor
    empty: QColor
    mark: QColor
    chip: QColor
    chip_text: QColor
    outline: QColor
    outline_text: QColor
    key: QColor
    key_text: QColor
    line: QColor
    badge: Mapping[State, QColor]
    badge_mark: Mapping[State, QColor]

    @classmethod
    def of(cls, palette: QPalette) -> Colours:
        """The colours that go with a palette."""
        base = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text)
        accent = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight)
        hovered = mixed(base, text, 0.07)
        dark = luminance(base) < luminance(text)
        selected = mixed(base, accent, 0.34 if dark else 0.18)
        grounds = (base, hovered, selected)
        weak = readable(mixed(base, text, 0.62), *grounds)
        edge = readable(accent, base, ratio=SHAPE)
        chip = mixed(base, _GREEN, 0.27 if dark else 0.19)
        key = readable(accent, base, ratio=SHAPE)
        quiet = weak
        badge = {
            State.WAITING: quiet,
            State.WORKING: readable(accent, base, selected, ratio=SHAPE),
            State.SUGGESTED: readable(accent, base, selected, ratio=SHAPE),
            State.CONFIRMED: readable(_GREEN, base, selected, ratio=SHAPE),
            State.FAILED: readable(_RED, base, selected, ratio=SHAPE),
            State.UNTAGGED: quiet,
        }
        return cls(
            background=base,
            hovered=hovered,
            selected=selected,
            text=readable(text, *grounds),
            weak=weak,
            edge=edge,
            current=readable(accent, base, selected, ratio=SHAPE),
            empty=mixed(base, text, 0.08),
            mark=mixed(base, text, 0.25),
            chip=chip,
            chip_text=readable(mixed(_GREEN, text, 0.6), chip),
            outline=readable(accent, *grounds, ratio=SHAPE),
            outline_text=readable(mixed(base, text, 0.85), base),
            key=key,
            key_text=on(key),
            line=mixed(base, text, 0.16),
            badge=badge,
            badge_mark={state: _mark_on(colour) for state, colour in badge.items()},
        )


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour on the way from one to another, by red, green and blue."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def readable(colour: QColor, *grounds: QColor, ratio: float = TEXT) -> QColor:
    """The colour nearest to the wanted one that is seen well on all grounds."""
    poles = (QColor(0, 0, 0), QColor(255, 255, 255))
    for step in range(21):
        for pole in poles:
            found = mixed(colour, pole, step / 20)
            if all(contrast(found, ground) >= ratio for ground in grounds):
                return found
    return max(poles, key=lambda pole: min(contrast(pole, ground) for ground in grounds))


def on(ground: QColor) -> QColor:
    """Black or white, whichever is read better on a ground."""
    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    return black if contrast(black, ground) >= contrast(white, ground) else white


def _mark_on(ground: QColor) -> QColor:
    """White where that is seen well enough, as such signs are known; else black."""
    white = QColor(255, 255, 255)
    return white if contrast(white, ground) >= SHAPE else QColor(0, 0, 0)
