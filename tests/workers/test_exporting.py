"""Exporting on its own thread: what it says on the way, and that it always comes to an end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.tag import Tag
from app.library.library import Library
from app.metadata.programs import DIGIKAM
from app.metadata.reader import read_tags
from app.services.export import ExportSettings
from app.workers.exporting import Exporter, ExportReport

COPIES = ExportSettings(DIGIKAM, accepted_only=True)


@pytest.fixture
def ids(photos: Path, tmp_path: Path) -> list[int]:
    with Library(tmp_path / "data") as library:
        ids = []
        for path in sorted(photos.iterdir()):
            status = path.stat()
            ids.append(library.register(path, status.st_size, status.st_mtime_ns))
            library.decide(ids[-1], [Tag.parse(f"Name/{path.stem}")], "confirmed")
    return ids


@pytest.fixture
def exporter(tmp_path: Path, ids: list[int], qapp: object) -> Iterator[Exporter]:
    exporter = Exporter(tmp_path / "data")
    yield exporter
    exporter.close()


def run(
    exporter: Exporter, qtbot: QtBot, ids: list[int] | None, to: Path, settings: ExportSettings
) -> ExportReport:
    with qtbot.waitSignal(exporter.finished, timeout=30_000) as heard:
        exporter.start(ids, to, settings)
    return heard.args[0]


def test_progress_counts_up_to_the_end(
    exporter: Exporter, ids: list[int], tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[tuple[int, int]] = []
    exporter.progressed.connect(lambda done, total: told.append((done, total)))
    report = run(exporter, qtbot, None, tmp_path / "out", COPIES)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (4, 4) and {total for _, total in told} == {4}
    assert (report.photos, report.embedded, report.failed) == (4, 4, ())
    for path in (tmp_path / "out").iterdir():
        assert [str(tag) for tag in read_tags(path).tags] == [f"Name/{path.stem}"]


def test_the_same_again_is_there_already(
    exporter: Exporter, ids: list[int], tmp_path: Path, qtbot: QtBot
) -> None:
    assert run(exporter, qtbot, ids[:2], tmp_path / "out", COPIES).there == 0
    again = run(exporter, qtbot, ids[:2], tmp_path / "out", COPIES)
    assert (again.photos, again.there) == (2, 2)
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_what_stops_it_is_said(exporter: Exporter, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("")
    report = run(exporter, qtbot, None, tmp_path / "file" / "out", COPIES)
    assert report.error and report.photos == 0
    assert not exporter.is_running()


def test_photos_that_the_library_no_longer_knows_are_left_out(
    exporter: Exporter, ids: list[int], tmp_path: Path, qtbot: QtBot
) -> None:
    report = run(exporter, qtbot, [ids[0], 10_000], tmp_path / "out", COPIES)
    assert (report.photos, report.error) == (1, "")
    nothing = run(exporter, qtbot, [10_000], tmp_path / "none", COPIES)
    # Least of all is everything exported then.
    assert (nothing.photos, nothing.error) == (0, "")
    assert not (tmp_path / "none").exists()


def test_it_can_be_closed_at_any_time(exporter: Exporter, tmp_path: Path, qtbot: QtBot) -> None:
    exporter.close()
    exporter.start(None, tmp_path / "out", COPIES)
    exporter.close()
    assert not exporter.is_running()
    assert not list((tmp_path / "out").glob(".*"))
    report = run(exporter, qtbot, None, tmp_path / "again", COPIES)
    assert (report.photos, report.cancelled) == (4, False)
