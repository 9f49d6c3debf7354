"""The texts of a cell, measured once and kept: a name, and tags as chips."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QStaticText, QTransform

from app.core.photo import Card, PhotoId
from app.ui.grid.metrics import CellMetrics
from app.ui.grid.words import percent

#: Keys 1 to 9 accept a suggestion.
_KEYS = 9
_GAP = 4  #: between chips
_SIDE = 7  #: inside a chip, left and right of its text
#: Captions that are kept: some screens full.
_KEPT = 4000


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag to be painted, in coordinates of the cell.

    Attributes:
        suggested: whether it waits for an answer.
        key: the number of the key that accepts it, where that is shown.
    """

    box: QRectF
    text: QStaticText
    at: QPointF
    suggested: bool
    key: QStaticText | None = None
    key_box: QRectF | None = None
    key_at: QPointF | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands under a picture.

    Attributes:
        more: "+2", where tags found no room.
    """

    name: QStaticText | None
    name_at: QPointF
    chips: tuple[Chip, ...]
    more: QStaticText | None
    more_at: QPointF


class Captions:
    """Makes captions for cells of one size, and keeps the last ones."""

    def __init__(self, metrics: CellMetrics) -> None:
        self._metrics = metrics
        self._name_measure = QFontMetrics(metrics.name_font)
        self._measure = QFontMetrics(metrics.tag_font)
        self._kept: dict[tuple[PhotoId, bool], tuple[Card, Caption]] = {}
        # Translated once per size, not once per chip.
        self._certain = QCoreApplication.translate("PhotoDelegate", "{tag} {percent} %")

    def of(self, card: Card, *, numbered: bool) -> Caption:
        """The caption of a photo.

        Args:
            card: of the photo.
            numbered: whether its suggestions show the keys that accept them.
        """
        key = (card.id, numbered)
        kept = self._kept.get(key)
        if kept is not None and kept[0] is card:
            return kept[1]
        caption = self._made(card, numbered)
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = (card, caption)
        return caption

    def _made(self, card: Card, numbered: bool) -> Caption:
        metrics = self._metrics
        name, name_at = None, QPointF()
        if not metrics.name.isEmpty():
            left = metrics.badge + 5
            shown = self._name_measure.elidedText(
                card.path.name, Qt.TextElideMode.ElideMiddle, metrics.name.width() - left
            )
            name = _static(shown, metrics.name_font)
            name_at = QPointF(metrics.name.x() + left, metrics.name.y() + 1)
        chips, more, more_at = self._chips(card, numbered) if metrics.lines else ((), None, name_at)
        return Caption(name, name_at, chips, more, more_at)

    def _chips(
        self, card: Card, numbered: bool
    ) -> tuple[tuple[Chip, ...], QStaticText | None, QPointF]:
        """As many chips as fit, what waits for an answer first; then how many more there are."""
        area, step = self._metrics.tags, self._metrics.chip_height + _GAP
        wanted = [
            (
                self._certain.format(tag=each.tag.name, percent=percent(each.score)),
                str(number) if numbered and number <= _KEYS else "",
                True,
            )
            for number, each in enumerate(card.suggested, 1)
        ]
        wanted += [(tag.name, "", False) for tag in card.confirmed]
        chips: list[Chip] = []
        x, line = 0, 0
        for position, (text, key, suggested) in enumerate(wanted):
            left = len(wanted) - position - 1
            width = self._width(text, key)
            if x and x + width > area.width() and line + 1 < self._metrics.lines:
                x, line = 0, line + 1
            room = area.width() - x
            if left and line + 1 == self._metrics.lines:
                room -= _GAP + self._more_width(left)
            if width > room:
                if x:
                    return tuple(chips), *self._more(left + 1, x, line)
                # The certainty at the end stays.
                mode = Qt.TextElideMode.ElideMiddle if suggested else Qt.TextElideMode.ElideRight
                shown = self._measure.elidedText(text, mode, room - self._width("", key))
            else:
                shown = text
            chips.append(self._chip(shown, key, suggested, area.x() + x, area.y() + line * step))
            x += self._width(shown, key) + _GAP
        return tuple(chips), None, QPointF()

    def _chip(self, text: str, key: str, suggested: bool, x: int, y: int) -> Chip:
        font, height = self._metrics.tag_font, self._metrics.chip_height
        box = QRectF(x + 0.5, y + 0.5, self._width(text, key) - 1, height - 1)
        top = y + (height - self._measure.height()) / 2
        if not key:
            return Chip(box, _static(text, font), QPointF(x + _SIDE, top), suggested)
        side = height - 6
        middle = x + 3 + (side - self._measure.horizontalAdvance(key)) / 2
        return Chip(
            box,
            _static(text, font),
            QPointF(x + height + 1, top),
            suggested,
            _static(key, font),
            QRectF(x + 3, y + 3, side, side),
            QPointF(middle, top),
        )

    def _width(self, text: str, key: str) -> int:
        before = self._metrics.chip_height + 1 if key else _SIDE
        return before + self._measure.horizontalAdvance(text) + _SIDE

    def _more(self, count: int, x: int, line: int) -> tuple[QStaticText, QPointF]:
        area, height = self._metrics.tags, self._metrics.chip_height
        top = area.y() + line * (height + _GAP) + (height - self._measure.height()) / 2
        return _static(_plus(count), self._metrics.tag_font), QPointF(area.x() + x + 2, top)

    def _more_width(self, count: int) -> int:
        return self._measure.horizontalAdvance(_plus(count)) + 4


def _plus(count: int) -> str:
    return f"+{count}"


def _static(text: str, font: QFont) -> QStaticText:
    found = QStaticText(text)
    # A tag or file named "<b>" is shown as it is.
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    found.prepare(QTransform(), font)
    return found
