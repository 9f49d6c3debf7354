"""Figures of a made-up library, as they would come out of a real one."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.tag import Tag
from app.services.accuracy.judging import LibraryFigures
from app.services.learning_curves import CurvePoint
from app.services.training import Figures, judge


def made(count: int = 4, photos: int = 400, seed: int = 0) -> LibraryFigures:
    """Figures of so many tags; some photos are taken for others."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, count, photos)
    sure = random.random((photos, count)) * 0.6
    sure[np.arange(photos), truth] += 0.35
    tags = tuple(Tag((f"Group {n // 10}", f"Thing {n}")) for n in range(count))
    figures: Figures = judge(tags, sure.astype(np.float32), truth)
    given = tuple(int(n) for n in (sure >= 0.5).sum(axis=0))
    curve = (CurvePoint(1, (0.4, 0.6)), CurvePoint(3, (0.7, 0.8)), CurvePoint(10, (0.9, 0.9)))
    behind = np.arange(1000, 1000 + photos)
    return LibraryFigures("nearest-mean", photos, photos, {}, figures, given, behind, curve)


@pytest.fixture
def figures() -> LibraryFigures:
    return made()
