"""Zoom and pan: what is under the pointer stays there, and no edge shows needlessly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from app.ui.viewer.geometry import LARGEST, View

PHOTO, AREA = QSizeF(6000, 4000), QSizeF(1200, 600)
sizes = st.floats(20, 20_000)
points = st.tuples(st.floats(0, 1), st.floats(0, 1))


def test_fits() -> None:
    view = View(PHOTO, AREA)
    assert view.scale == pytest.approx(0.15) and view.percent == 15
    assert view.rect.getRect() == pytest.approx((150, 0, 900, 600))
    assert not view.pannable


def test_a_small_photo_is_not_enlarged() -> None:
    view = View(QSizeF(300, 200), AREA)
    assert view.percent == 100
    assert view.rect.getRect() == pytest.approx((450, 200, 300, 200))


def test_actual_size_counts_pixels_of_the_screen() -> None:
    view = View(PHOTO, AREA, ratio=2.0).actual()
    assert view.scale == 0.5 and view.percent == 100


def test_the_whole_is_the_least_and_eight_pixels_the_most() -> None:
    view = View(PHOTO, AREA)
    assert view.actual().zoomed(0.01).zoom is None
    assert view.zoomed(100).scale == LARGEST


def test_panning_ends_at_the_edges() -> None:
    view = View(PHOTO, AREA).actual().panned(QPointF(1e6, 1e6))
    assert view.rect.topLeft() == QPointF(0, 0)
    view = view.panned(QPointF(-1e6, -1e6))
    assert view.rect.bottomRight() == QPointF(1200, 600)
    assert View(PHOTO, AREA).panned(QPointF(9, 9)) == View(PHOTO, AREA)


def test_a_better_size_keeps_what_is_seen() -> None:
    small = View(QSizeF(1500, 1000), AREA).zoomed(2.0, QPointF(100, 100))
    assert small.of(PHOTO).rect == small.rect


@given(sizes, sizes, sizes, sizes, points, st.floats(0.001, 50), st.sampled_from([1.0, 1.5, 2.0]))
def test_the_point_stays_unless_the_edge_would_show(
    width: float, height: float, across: float, down: float, point: tuple[float, float],
    zoom: float, ratio: float,
) -> None:  # fmt: skip
    view = View(QSizeF(width, height), QSizeF(across, down), ratio)
    at = QPointF(point[0] * across, point[1] * down)
    zoomed = view.zoomed(zoom, at)
    rect = zoomed.rect
    for low, high, area in ((rect.left(), rect.right(), across), (rect.top(), rect.bottom(), down)):
        if high - low > area:
            assert low <= 1e-6 * area + 1e-6 and high >= area * (1 - 1e-6) - 1e-6
        else:
            assert low == pytest.approx(area - high, abs=1e-5 * area)
    held = view.at(at)
    free = (
        0 < held.x() < width
        and 0 < held.y() < height
        and rect.left() < -1
        and rect.right() > across + 1
        and rect.top() < -1
        and rect.bottom() > down + 1
    )
    if free and zoomed.zoom is not None:
        assert zoomed.at(at).x() == pytest.approx(held.x(), rel=1e-6, abs=1e-3)
        assert zoomed.at(at).y() == pytest.approx(held.y(), rel=1e-6, abs=1e-3)
