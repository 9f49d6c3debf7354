"""Our own icons: drawn from SVG in the colours of the palette, at the size asked for.

An icon made here stays right when the palette goes from light to dark, since it is drawn anew
from then on; nobody has to set it again.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.core.paths import data_path

#: Every icon there is, by its name in `resources/icons`.
NAMES: Final = tuple(
    "accept accept-all accuracy add add-folder bulk chevron-down chevron-left chevron-right close"
    " duplicates export filter folder group help info inspector keys menu open pause photo redo"
    " reject remove resume retry review search settings sidebar similar sort star star-filled stop"
    " tag tags undo warning zoom-in zoom-out".split()
)
_GROUPS: Final = {
    QIcon.Mode.Disabled: (QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText),
    QIcon.Mode.Selected: (QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText),
}
_USUAL: Final = (QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)


#: Qt owns only the C++ half of an engine; without its Python half the program would crash.
_clones: list[QIconEngine] = []


@cache
def icon(name: str) -> QIcon:
    """The icon with a name of `NAMES`, in the colour of the palette's text.

    Raises:
        KeyError: there is none.
    """
    if name not in NAMES:
        raise KeyError(name)
    return QIcon(_engine(name))


@cache
def application_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(data_path("resources", "tagwright.svg")))


def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """An icon in a colour of its own, for painting.

    Args:
        name: of `NAMES`.
        size: width and height in device-independent pixels.
        colour: as `#rrggbb`.
        ratio: device pixels for each of those.
    """
    return _drawn(name, QSize(size, size) * ratio, colour, ratio)


@cache
def _engine(name: str) -> _Engine:
    # Kept here for as long as the program runs: Qt owns only the C++ half of it.
    return _Engine(name)


@cache
def _source(name: str) -> bytes:
    return data_path("resources", "icons", f"{name}.svg").read_bytes()


@cache
def _drawn(name: str, size: QSize, colour: str, ratio: float) -> QPixmap:
    picture = QPixmap(size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    source = _source(name).replace(b"currentColor", colour.encode())
    side = min(size.width(), size.height())
    place = QRectF((size.width() - side) / 2, (size.height() - side) / 2, side, side)
    QSvgRenderer(QByteArray(source)).render(painter, place)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


class _Engine(QIconEngine):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # The size is in device-independent pixels (since Qt 6.8).
        group, role = _GROUPS.get(mode, _USUAL)
        colour = QGuiApplication.palette().color(group, role).name()
        return _drawn(self._name, size * scale, colour, scale)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        return size

    def clone(self) -> QIconEngine:
        engine = _Engine(self._name)
        _clones.append(engine)
        return engine

    def isNull(self) -> bool:
        return False

    def iconName(self) -> str:
        return self._name

    def key(self) -> str:
        return "tagwright"
