"""Replacing files under real faults: full disks, kills, changes behind our back."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.core.errors import WriteError
from app.core.tag import Tag
from app.metadata.reader import read_tags
from app.metadata.storage import commit
from app.metadata.storage.commit import clean_orphans
from tests.metadata.adding import add_tags
from tests.metadata.builders import CAT, picture, save

ROOT = Path(__file__).parents[2]


def left_over(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(".tmp")]


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = save(tmp_path, b"old")
    before = path.stat()
    path.write_bytes(b"changed by another program")
    with pytest.raises(WriteError, match="changed by another program"):
        commit.replace(path, b"new", before, keep_times=True)
    assert path.read_bytes() == b"changed by another program"
    assert not left_over(tmp_path)


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    path = save(tmp_path, b"old")
    before = path.stat()
    time.sleep(0.02)  # the granularity of the file system's clock
    path.write_bytes(b"odd")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(WriteError, match="changed by another program"):
        commit.replace(path, b"new", before, keep_times=True)
    assert path.read_bytes() == b"odd"


def test_a_file_that_vanished_stays_vanished(tmp_path: Path) -> None:
    path = save(tmp_path, b"old")
    before = path.stat()
    path.unlink()
    with pytest.raises(WriteError, match="gone"):
        commit.replace(path, b"new", before, keep_times=True)
    assert not list(tmp_path.iterdir())


def test_creating_does_not_overwrite(tmp_path: Path) -> None:
    path = save(tmp_path, b"somebody's", "a.xmp")
    with pytest.raises(WriteError, match="made it meanwhile"):
        commit.create(path, b"ours", tmp_path.stat())
    assert path.read_bytes() == b"somebody's"
    assert not left_over(tmp_path)


def test_a_full_disk(mounted: tuple[Path, str]) -> None:
    folder, _ = mounted
    path = save(folder, picture((400, 300)) + b"\0" * 150_000)
    before = path.read_bytes()
    with pytest.raises(WriteError, match="no space left"):
        add_tags(path, [CAT])
    assert path.read_bytes() == before
    assert [p.name for p in folder.iterdir()] == ["photo.jpg"]


def test_a_full_disk_for_a_sidecar(mounted: tuple[Path, str]) -> None:
    folder, _ = mounted
    path = save(folder, b"\x89PNG", "a.png")
    (folder / "big").write_bytes(b"\0" * (256 * 1024 - 8192))
    with pytest.raises(WriteError, match="no space left"):
        add_tags(path, [Tag((f"{number:050}",)) for number in range(99)])
    assert sorted(p.name for p in folder.iterdir()) == ["a.png", "big"]


def test_a_read_only_disk(mounted: tuple[Path, str]) -> None:
    folder, _ = mounted
    path = save(folder, picture())
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    with pytest.raises(WriteError, match="read-only"):
        add_tags(path, [CAT])
    assert path.read_bytes() == before


def test_a_read_only_folder(tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("permissions do not bind root")
    path = save(tmp_path, picture())
    before = path.read_bytes()
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(WriteError, match="denied"):
            add_tags(path, [CAT])
        assert path.read_bytes() == before
    finally:
        tmp_path.chmod(0o755)


def test_cleaning_takes_abandoned_files_and_nothing_else(tmp_path: Path) -> None:
    names = [
        ".photo.jpg.tagwright-999999-0123abcd.tmp",
        ".a\nb.jpg.tagwright-1-0123abcd.tmp",
        ".photo.jpg.tagwright-x-0123abcd.tmp",
        "photo.jpg.tagwright-9-0123abcd.tmp",
        ".photo.jpg.tmp",
        "photo.jpg",
    ]
    for name in names:
        save(tmp_path, b"x", name)
    (tmp_path / ".d.tagwright-9-0123abcd.tmp").mkdir()
    assert sorted(p.name for p in clean_orphans(tmp_path)) == sorted(names[:2])
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        [*names[2:], ".d.tagwright-9-0123abcd.tmp"]
    )
    assert clean_orphans(tmp_path / "gone") == []


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be unlinked there")
def test_cleaning_leaves_the_file_of_a_live_writer(tmp_path: Path) -> None:
    path = save(tmp_path, b"old")
    with commit._temporary(path) as temporary:
        assert clean_orphans(tmp_path) == []
        assert temporary.path.exists()
    assert not left_over(tmp_path)


def test_writers_and_cleaners_at_once(tmp_path: Path) -> None:
    paths = [save(tmp_path, picture(), f"{number}.jpg") for number in range(4)]
    stop, failures = threading.Event(), []

    def clean() -> None:
        while not stop.is_set():
            clean_orphans(tmp_path)

    def write(path: Path) -> None:
        try:
            for number in range(12):
                add_tags(path, [Tag(("Number", str(number)))])
        except WriteError as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(path,)) for path in paths]
    cleaner = threading.Thread(target=clean)
    for thread in (cleaner, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    cleaner.join()
    assert not failures
    assert all(len(read_tags(path).tags) == 12 for path in paths)


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks on files")
def test_two_writers_of_one_photo_lose_nothing(tmp_path: Path) -> None:
    path, done = save(tmp_path, picture()), []

    def write(name: str) -> None:
        for number in range(15):
            tag = Tag((name, f"{name}{number}"))
            for _ in range(200):
                try:
                    add_tags(path, [tag])
                except WriteError as error:
                    assert "another program" in error.reason  # noqa: PT017
                else:
                    done.append(tag)
                    break

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 30
    assert not left_over(tmp_path)
    assert set(read_tags(path).tags) == set(done)


KILLED = """
import sys
from pathlib import Path
from app.core.tag import Tag
from tests.metadata.adding import add_tags
print("ready", flush=True)
number = 0
while True:
    for path in sorted(Path(sys.argv[1]).glob("*.jpg")):
        add_tags(path, [Tag(("Run", f"{number}"))])
    number += 1
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_at_any_instant_leaves_whole_photos(tmp_path: Path) -> None:
    base = picture((600, 400))
    originals = {f"{n}.jpg": base + bytes([n]) * 50_000 for n in range(5)}
    for name, data in originals.items():
        save(tmp_path, data, name)
    clock, orphans = random.Random(7), 0
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE, cwd=ROOT
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(clock.uniform(0, 0.08))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        orphans += len(left_over(tmp_path))
        clean_orphans(tmp_path)
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted(originals)
        for name, data in originals.items():
            path = tmp_path / name
            found = read_tags(path)
            assert not found.problems
            assert path.read_bytes().endswith(data[20:])
            numbers = sorted(int(tag.name) for tag in found.tags)
            assert numbers == list(range(len(numbers)))
