"""Judging on a thread: what comes back, and that nothing comes back once it is closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.core.folders import Folders
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.library.library import Analysis, Library
from app.services.accuracy.judging import LibraryFigures
from app.services.setup import catalogue
from app.workers.judge import Judge

SETTINGS = TagSettings("efficientnet-lite0", 1)
NAMES = ("Cat", "Dog", "Boat")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A library with ten photos of each of three kinds, as the network might see them."""
    made = Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    card = catalogue(made).get(SETTINGS.model)
    random = np.random.default_rng(0)
    middles = np.abs(random.standard_normal((len(NAMES), card.embedding_size)))
    with Library(made.data) as library, library.transaction():
        run = library.start_run(card.key, "{}")
        for n in range(30):
            photo = library.save_photo(
                Path(f"/p/{n}.jpg"), size=1, mtime_ns=1, content_hash=b"%d" % n
            )
            seen = np.abs(middles[n % 3] + 0.2 * random.standard_normal(card.embedding_size))
            scores = np.zeros(card.classes, np.float32)
            library.save_analysis(photo, card.key, Analysis(seen, scores, 1), run)
            library.decide(photo, [Tag((NAMES[n % 3],))], "confirmed")
    return made


@pytest.fixture
def judge(folders: Folders) -> Iterator[Judge]:
    made = Judge(folders)
    yield made
    made.close()


def test_figures_come_back_with_progress(judge: Judge, qtbot: QtBot) -> None:
    steps: list[tuple[int, int]] = []
    judge.progressed.connect(lambda *step: steps.append(step))
    with qtbot.waitSignal(judge.finished, timeout=60_000) as blocker:
        judge.start(SETTINGS, "nearest-mean")
        assert judge.is_running()
    found = blocker.args[0]
    assert isinstance(found, LibraryFigures) and found.figures is not None
    assert found.figures.top_k[1] == 1.0 and found.photos == 30
    assert not judge.is_running() and len(steps) > 3


def test_another_kind_of_head(judge: Judge, qtbot: QtBot) -> None:
    with qtbot.waitSignal(judge.finished, timeout=60_000) as blocker:
        judge.start(SETTINGS, "gnb")
    assert blocker.args[0].kind == "gnb" and blocker.args[0].figures is not None


def test_what_is_stopped_has_no_figures(judge: Judge, qtbot: QtBot) -> None:
    with qtbot.waitSignal(judge.finished, timeout=60_000) as blocker:
        judge.start(SETTINGS, "nearest-mean")
        judge.stop()
    assert blocker.args[0] is None


def test_of_two_the_later_one_answers(judge: Judge, qtbot: QtBot) -> None:
    found: list[LibraryFigures] = []
    judge.finished.connect(found.append)
    judge.start(SETTINGS, "nearest-mean")
    judge.start(SETTINGS, "gnb")
    qtbot.waitUntil(lambda: bool(found), timeout=60_000)
    assert [each.kind for each in found] == ["gnb"]


def test_a_library_that_cannot_be_read_is_said(
    judge: Judge, folders: Folders, qtbot: QtBot
) -> None:
    (folders.data / "library.db").write_bytes(b"no database, but long enough to look like a file")
    with qtbot.waitSignal(judge.failed, timeout=60_000) as blocker:
        judge.start(SETTINGS, "nearest-mean")
    assert "library.db" in blocker.args[0]
    assert not judge.is_running()


def test_nothing_comes_back_once_it_is_closed(judge: Judge, qtbot: QtBot) -> None:
    judge.start(SETTINGS, "nearest-mean")
    with qtbot.assertNotEmitted(judge.finished, wait=100):
        judge.close()
    assert not judge.is_running()
