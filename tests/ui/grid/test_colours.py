"""What the grid paints can be read on dark and on light."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from app.core.photo import State
from app.ui.grid.colours import Colours, readable
from app.ui.theme import contrast
from tests.ui.grid.small_model import DARK, LIGHT, palette

HARD = {"Base": "#777777", "Text": "#808080", "Highlight": "#7a7a7a"}
YELLOW = {"Base": "#ffffff", "Text": "#000000", "Highlight": "#ffee00"}


@pytest.mark.parametrize(
    "given", [DARK, LIGHT, YELLOW, HARD], ids=["dark", "light", "yellow", "hard"]
)
def test_all_text_has_enough_contrast(given: dict[str, str]) -> None:
    colours = Colours.of(palette(given))
    for ground in (colours.background, colours.hovered, colours.selected):
        assert contrast(colours.text, ground) >= 4.5
        assert contrast(colours.weak, ground) >= 4.5
    assert contrast(colours.chip_text, colours.chip) >= 4.5
    assert contrast(colours.outline_text, colours.background) >= 4.5
    assert contrast(colours.key_text, colours.key) >= 4.5


@pytest.mark.parametrize("given", [DARK, LIGHT, YELLOW], ids=["dark", "light", "yellow"])
def test_shapes_that_mean_something_stand_out(given: dict[str, str]) -> None:
    colours = Colours.of(palette(given))
    for ground in (colours.background, colours.selected):
        for state in State:
            assert contrast(colours.badge[state], ground) >= 3
        assert contrast(colours.current, ground) >= 3
        assert contrast(colours.outline, ground) >= 3
    assert contrast(colours.edge, colours.background) >= 3
    for state in State:
        assert contrast(colours.badge_mark[state], colours.badge[state]) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


def test_a_colour_that_is_readable_stays_as_it_is() -> None:
    assert readable(QColor("#1d1d1d"), QColor("white")) == QColor("#1d1d1d")
