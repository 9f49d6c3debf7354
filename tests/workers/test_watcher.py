"""Watching folders, with real files and the system's own messages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.workers.watcher import Pace, Watcher

#: The system's messages must do where nothing is looked at for a minute.
BY_MESSAGES = Pace(quiet=0.05, settle=(0.1, 0.2), unwatched=60, watched=60, missing=60)
#: Without them, looking must do.
BY_LOOKING = Pace(quiet=0.05, settle=(0.1, 0.2), unwatched=0.1, watched=0.1, missing=0.1)

Start = Callable[..., tuple[Watcher, list[Path]]]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    """Watch something; returns the watcher and what it reports from then on."""
    watchers: list[Watcher] = []

    def begin(*roots: Path, pace: Pace = BY_MESSAGES, limit: int = 1000) -> object:
        watcher = Watcher(pace, limit)
        watchers.append(watcher)
        reported: list[Path] = []
        watcher.changed.connect(reported.extend)
        with qtbot.waitSignal(watcher.ready):
            watcher.watch(roots)
        return watcher, reported

    yield begin
    for watcher in watchers:
        watcher.close()


def test_a_new_photo_is_reported(start: Start, photos: Path, qtbot: QtBot) -> None:
    (photos / "sub").mkdir()
    _, reported = start(photos)
    shutil.copy(photos / "coffee.jpg", photos / "sub" / "new.jpg")
    qtbot.waitUntil(lambda: photos / "sub" in reported)
    assert photos not in reported


def test_what_goes_is_reported(start: Start, photos: Path, qtbot: QtBot) -> None:
    _, reported = start(photos)
    (photos / "coffee.jpg").unlink()
    qtbot.waitUntil(lambda: reported == [photos])


def test_new_folders_are_reported_and_watched(start: Start, photos: Path, qtbot: QtBot) -> None:
    _, reported = start(photos)
    deep = photos / "a" / "b" / "c"
    deep.mkdir(parents=True)
    shutil.copy(photos / "coffee.jpg", deep / "1.jpg")
    qtbot.waitUntil(lambda: {photos, deep.parent.parent, deep.parent, deep} <= set(reported))
    qtbot.wait(500)  # until all has settled
    reported.clear()
    shutil.copy(photos / "coffee.jpg", deep / "2.jpg")
    qtbot.waitUntil(lambda: reported == [deep])


def test_a_renamed_folder_is_watched_under_its_new_name(
    start: Start, photos: Path, qtbot: QtBot
) -> None:
    (photos / "old").mkdir()
    _, reported = start(photos)
    (photos / "old").rename(photos / "new")
    qtbot.waitUntil(lambda: {photos, photos / "new"} <= set(reported))
    qtbot.wait(500)
    reported.clear()
    shutil.copy(photos / "coffee.jpg", photos / "new" / "1.jpg")
    qtbot.waitUntil(lambda: bool(reported))
    assert set(reported) == {photos / "new"}


def test_a_file_that_is_still_growing_is_reported_again(
    start: Start, photos: Path, qtbot: QtBot
) -> None:
    _, reported = start(photos)
    whole = (photos / "coffee.jpg").read_bytes()
    with (photos / "copy.jpg").open("wb") as file:
        file.write(whole[:100])
        file.flush()
        qtbot.waitUntil(lambda: bool(reported))
        reported.clear()
        file.write(whole[100:])
    qtbot.waitUntil(lambda: reported == [photos])


def test_without_the_systems_help_folders_are_looked_at(
    start: Start, photos: Path, qtbot: QtBot
) -> None:
    (photos / "sub").mkdir()
    _, reported = start(photos, pace=BY_LOOKING, limit=0)
    shutil.copy(photos / "coffee.jpg", photos / "sub" / "new.jpg")
    qtbot.waitUntil(lambda: reported == [photos / "sub"])


def test_a_file_that_is_written_to_in_its_place_is_found(
    start: Start, photos: Path, qtbot: QtBot
) -> None:
    _, reported = start(photos, pace=BY_LOOKING)
    with (photos / "coffee.jpg").open("ab") as file:
        file.write(b"more")
    qtbot.waitUntil(lambda: photos in reported)


def test_a_folder_that_is_missing_is_found_when_it_comes(
    start: Start, photos: Path, qtbot: QtBot
) -> None:
    (photos / "sub").mkdir()
    aside = photos.with_name("unplugged")
    photos.rename(aside)
    _, reported = start(photos, pace=BY_LOOKING)
    aside.rename(photos)
    qtbot.waitUntil(lambda: {photos, photos / "sub"} <= set(reported))
    reported.clear()
    photos.rename(aside)
    qtbot.waitUntil(lambda: photos in reported)
    reported.clear()
    aside.rename(photos)
    qtbot.waitUntil(lambda: {photos, photos / "sub"} <= set(reported))


def test_a_single_file_is_watched(start: Start, photos: Path, qtbot: QtBot) -> None:
    coffee = photos / "coffee.jpg"
    _, reported = start(coffee, pace=BY_LOOKING)
    shutil.copy(coffee, photos / "another.jpg")
    with coffee.open("ab") as file:
        file.write(b"more")
    qtbot.waitUntil(lambda: bool(reported))
    assert set(reported) == {coffee}


def test_other_programs_folders_and_hidden_ones_are_left_alone(
    start: Start, photos: Path, qtbot: QtBot
) -> None:
    for name in (".hidden", "Mine.photoslibrary"):
        (photos / name).mkdir()
    _, reported = start(photos)
    for name in (".hidden", "Mine.photoslibrary"):
        (photos / name / "x.jpg").touch()
    (photos / "last.jpg").touch()
    qtbot.waitUntil(lambda: bool(reported))
    assert set(reported) == {photos}


def test_other_roots_take_the_place_of_the_first(start: Start, photos: Path, qtbot: QtBot) -> None:
    other = photos.with_name("other")
    other.mkdir()
    watcher, reported = start(photos)
    with qtbot.waitSignal(watcher.ready):
        watcher.watch([other])
    (photos / "x.jpg").touch()
    (other / "x.jpg").touch()
    qtbot.waitUntil(lambda: bool(reported))
    assert set(reported) == {other}
    with qtbot.waitSignal(watcher.ready):
        watcher.watch([])


def test_nothing_is_reported_once_it_is_closed(start: Start, photos: Path, qtbot: QtBot) -> None:
    watcher, reported = start(photos)
    (photos / "x.jpg").touch()
    watcher.close()
    qtbot.wait(300)
    assert reported == []


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_folders_that_lead_round_in_a_circle(start: Start, photos: Path, qtbot: QtBot) -> None:
    (photos / "sub").mkdir()
    (photos / "sub" / "round").symlink_to(photos)
    _, reported = start(photos)
    (photos / "sub" / "x.jpg").touch()
    qtbot.waitUntil(lambda: reported == [photos / "sub"])
