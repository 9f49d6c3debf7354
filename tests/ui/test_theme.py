"""The look: what must be readable is, dark and light, and it changes while the program runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.ui import theme


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp, "light")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), theme.PAIRS)
def test_text_can_be_read(text: str, ground: str, dark: bool) -> None:
    palette = theme.palette_for(dark)
    ratio = theme.contrast(theme.colour(text, palette), theme.colour(ground, palette))
    assert ratio >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_can_be_clicked_has_an_outline_that_can_be_seen(dark: bool) -> None:
    palette = theme.palette_for(dark)
    for ground in ("Window", "Base"):
        outline = theme.strong_border(palette)
        assert theme.contrast(outline, theme.colour(ground, palette)) >= 3


def test_the_contrast_is_that_of_the_guidelines() -> None:
    assert theme.contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert theme.contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_grounds_do_not_tint_photos(dark: bool) -> None:
    palette = theme.palette_for(dark)
    for name in ("Window", "Base", "AlternateBase", "Button", "stage", "hover", "chip"):
        assert theme.colour(name, palette).hslSaturation() == 0


def test_every_meaning_has_a_function() -> None:
    palette = theme.palette_for(True)
    for name in theme._MEANINGS:
        assert getattr(theme, name)(palette) == theme.colour(name, palette)


def test_a_scheme_can_be_chosen_while_the_window_is_open(app: QApplication, qtbot: QtBot) -> None:
    button = QPushButton("Open")
    qtbot.addWidget(button)
    for scheme, dark in (("dark", True), ("light", False), ("dark", True)):
        theme.apply(app, scheme)
        assert theme.is_dark(app.palette()) is dark
        assert theme.is_dark(button.palette()) is dark
        words = button.palette().color(QPalette.ColorRole.ButtonText)
        assert theme.contrast(words, button.palette().color(QPalette.ColorRole.Button)) > 4.5


def test_it_goes_with_the_system(app: QApplication) -> None:
    """A desktop that says nothing, as the tests', is taken for a light one."""
    theme.apply(app, "dark")
    theme.apply(app, "system")
    assert not theme.is_dark(app.palette())
