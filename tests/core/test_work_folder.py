"""Folders that are gone when the work is done, however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.work_folder import PREFIX, work_folder
from tests.conftest import ROOT

_WORKING = """
import sys, time
from pathlib import Path
from app.core.work_folder import work_folder

with work_folder(Path(sys.argv[1])) as folder:
    (folder / "half").mkdir()
    (folder / "half" / "model.bin").write_bytes(bytes(1000))
    print("at work", flush=True)
    time.sleep(60)
"""


def an_hour_ago(folder: Path) -> None:
    """As if an hour had passed since it was made."""
    then = folder.stat().st_mtime - 3600
    os.utime(folder, (then, then))


def test_it_is_empty_and_gone_at_the_end(tmp_path: Path) -> None:
    with work_folder(tmp_path) as folder:
        assert list(folder.iterdir()) == []
        (folder / "a").write_text("a")
    assert list(tmp_path.iterdir()) == []

    with pytest.raises(FileNotFoundError), work_folder(tmp_path) as folder:
        (folder / "b").read_text()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_leaves_the_next_one_removes(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WORKING, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        (left,) = tmp_path.glob(f"{PREFIX}*")
        an_hour_ago(left)
        # It is still at work there.
        with work_folder(tmp_path):
            assert (left / "files" / "half" / "model.bin").is_file()
        process.kill()
    assert (left / "files" / "half" / "model.bin").is_file()

    with work_folder(tmp_path):
        assert not left.exists()
    assert list(tmp_path.iterdir()) == []


def test_what_somebody_has_just_made_is_left_alone(tmp_path: Path) -> None:
    made = tmp_path / f"{PREFIX}abc"
    made.mkdir()  # and the lock comes next

    with work_folder(tmp_path):
        assert made.is_dir()
    an_hour_ago(made)
    with work_folder(tmp_path):
        assert not made.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.jpg").write_bytes(b"a")
    an_hour_ago(photos)
    place = tmp_path / "place"
    place.mkdir()
    (place / f"{PREFIX}abc").symlink_to(photos)

    with work_folder(place):
        pass

    assert [path.name for path in photos.iterdir()] == ["a.jpg"]
