"""The icons: all there, in the colours of the palette, sharp at every scale."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication

from app.core.paths import data_path
from app.ui import icons, theme

_SIZE = QSize(24, 24)


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> Iterator[QApplication]:
    theme.apply(qapp, "light")
    yield qapp
    theme.apply(qapp, "light")


def colours(image: QImage) -> set[str]:
    """Of all pixels that are not see-through at all."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def ink(image: QImage) -> int:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(pixel.alpha() > 128 for pixel in pixels)


@pytest.mark.parametrize("name", icons.NAMES)
def test_every_icon_is_drawn(name: str) -> None:
    image = icons.icon(name).pixmap(_SIZE, 2.0).toImage()
    assert image.size() == QSize(48, 48)
    assert ink(image) > 50
    assert colours(image) == {theme.palette_for(False).buttonText().color().name()}


def test_the_table_and_the_files_are_the_same() -> None:
    files = {path.stem for path in data_path("resources", "icons").glob("*.svg")}
    assert files == set(icons.NAMES)


def test_an_icon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        icons.icon("nothing")


def test_all_are_drawn_alike() -> None:
    for path in data_path("resources", "icons").glob("*.svg"):
        text = path.read_text()
        assert 'viewBox="0 0 24 24"' in text and 'stroke-width="1.75"' in text
        assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) <= {"none", "currentColor"}


def test_icons_follow_the_palette(app: QApplication) -> None:
    icon = icons.icon("tag")
    before = colours(icon.pixmap(_SIZE).toImage())
    theme.apply(app, "dark")
    after = colours(icon.pixmap(_SIZE).toImage())
    assert before == {theme.palette_for(False).buttonText().color().name()}
    assert after == {theme.palette_for(True).buttonText().color().name()}


def test_what_cannot_be_clicked_looks_like_it(app: QApplication) -> None:
    group, role = QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText
    image = icons.icon("undo").pixmap(_SIZE, QIcon.Mode.Disabled).toImage()
    assert colours(image) == {app.palette().color(group, role).name()}


def test_an_icon_can_have_a_colour_of_its_own() -> None:
    image = icons.pixmap("star-filled", 16, "#c08000", 2.0).toImage()
    assert image.size() == QSize(32, 32)
    assert image.pixelColor(16, 16).name() == "#c08000"


@pytest.mark.parametrize("size", [16, 32, 512])
def test_the_programs_own_icon(size: int) -> None:
    image = icons.application_icon().pixmap(QSize(size, size), 1.0).toImage()
    assert image.size() == QSize(size, size)
    assert ink(image) > size * size * 0.5
