"""How a photo lies in the area in which it is shown: zoom and pan, without a widget."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

#: Screen pixels per photo pixel, at most.
LARGEST = 8.0
#: Zoom levels that differ by less are the same.
_SAME = 1e-3


@dataclass(frozen=True, slots=True)
class View:
    """A photo in an area. Every change gives a new one.

    Attributes:
        photo: its size, in pixels.
        area: size of the area, in the units of widgets.
        ratio: screen pixels per unit.
        zoom: units per photo pixel; None to fit.
        centre: the place of the photo that is in the middle of the area, in its pixels.
    """

    photo: QSizeF
    area: QSizeF
    ratio: float = 1.0
    zoom: float | None = None
    centre: QPointF = field(default_factory=QPointF)

    @property
    def fitting(self) -> float:
        """The zoom at which the whole photo is seen; a small one is not enlarged."""
        if self.photo.isEmpty() or self.area.isEmpty():
            return 1 / self.ratio
        across = self.area.width() / self.photo.width()
        down = self.area.height() / self.photo.height()
        return min(across, down, 1 / self.ratio)

    @property
    def scale(self) -> float:
        """The zoom that is seen."""
        return self.fitting if self.zoom is None else self.zoom

    @property
    def percent(self) -> int:
        """The same for people: at 100 each pixel of the photo is one of the screen."""
        return round(self.scale * self.ratio * 100)

    @property
    def pannable(self) -> bool:
        """Whether there is more than fits into the area."""
        size = self.photo * self.scale
        return size.width() > self.area.width() + 0.5 or size.height() > self.area.height() + 0.5

    @property
    def rect(self) -> QRectF:
        """Where the photo is, in the units of the area; it may reach beyond it."""
        size = self.photo * self.scale
        if self.zoom is None:
            centre = QPointF(self.photo.width() / 2, self.photo.height() / 2)
        else:
            centre = self.centre
        corner = QPointF(self.area.width() / 2, self.area.height() / 2) - centre * self.scale
        return QRectF(corner, size)

    def at(self, point: QPointF) -> QPointF:
        """The place of the photo that is at a point of the area."""
        return (point - self.rect.topLeft()) / self.scale

    def fitted(self) -> View:
        """The whole photo."""
        return replace(self, zoom=None)

    def zoomed(self, zoom: float, point: QPointF | None = None) -> View:
        """Another zoom; what is at the point (or in the middle) stays where it is."""
        middle = QPointF(self.area.width() / 2, self.area.height() / 2)
        point = middle if point is None else point
        zoom = min(zoom, LARGEST / self.ratio)
        if zoom <= self.fitting * (1 + _SAME):
            return self.fitted()
        held = self.at(point)
        return replace(self, zoom=zoom, centre=held - (point - middle) / zoom)._kept_inside()

    def actual(self, point: QPointF | None = None) -> View:
        """One pixel of the screen for each of the photo."""
        return self.zoomed(1 / self.ratio, point)

    def panned(self, by: QPointF) -> View:
        """The photo moved by so much, as far as there is more of it."""
        if self.zoom is None:
            return self
        return replace(self, centre=self.centre - by / self.zoom)._kept_inside()

    def within(self, area: QSizeF, ratio: float) -> View:
        """The same in an area of another size."""
        changed = replace(self, area=area, ratio=ratio)
        if changed.zoom is None:
            return changed
        if changed.zoom <= changed.fitting * (1 + _SAME):
            return changed.fitted()
        return changed._kept_inside()

    def of(self, photo: QSizeF) -> View:
        """The same part of the photo, where its size turns out to be another."""
        if photo == self.photo or self.photo.isEmpty():
            return replace(self, photo=photo)
        share = photo.width() / self.photo.width()
        zoom = None if self.zoom is None else self.zoom / share
        return replace(self, photo=photo, zoom=zoom, centre=self.centre * share)

    def _kept_inside(self) -> View:
        """No empty margin where there is more of the photo; in the middle where there is not."""
        x = _between(self.centre.x(), self.photo.width(), self.area.width() / self.scale)
        y = _between(self.centre.y(), self.photo.height(), self.area.height() / self.scale)
        return replace(self, centre=QPointF(x, y))


def _between(centre: float, whole: float, seen: float) -> float:
    if whole <= seen:
        return whole / 2
    return min(max(centre, seen / 2), whole - seen / 2)
