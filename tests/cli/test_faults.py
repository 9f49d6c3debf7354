"""`tagwright tag` killed at any instant, and on a full disk; what the next start makes of it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from app.core.database import loaded_path
from app.metadata.reader import read_tags
from app.metadata.storage.journal import DATABASE, Journal
from tests.cli.test_tag import digests, many
from tests.conftest import ROOT, SAMPLES, Tagwright, needs
from tests.metadata.conftest import mounted  # noqa: F401 (a fixture)

TAG = ("--json", "--min-score", "0.3")


def check(photos: Path, home: Path, pixels: bytes) -> tuple[set[str], int]:
    """The photos that have their tag, which must be those that the journal knows; the pending."""
    tagged = set()
    assert not [p.name for p in photos.iterdir() if p.suffix != ".jpg"]
    for path in photos.glob("many*"):
        with Image.open(path) as image:
            assert image.tobytes() == pixels
        found = read_tags(path)
        assert not found.problems
        assert [str(tag) for tag in found.tags] in ([], ["Animal/Cat"])
        tagged |= {path.name} if found.tags else set()
    with Journal(home / "data" / DATABASE) as journal:
        rows = journal._connection.execute("SELECT file FROM entry WHERE state = 'written'")
        names = sorted(loaded_path(file).name for (file,) in rows)
        pending = len(journal.pending())
    assert [name for name in names if name.startswith("many")] == sorted(tagged)
    return tagged, pending


def next_start(tagwright: Tagwright, tmp_path: Path) -> None:
    """Whatever writes cleans up first."""
    (tmp_path / "empty").mkdir(exist_ok=True)
    assert tagwright("tag", tmp_path / "empty").code == 0


def all_is_well(tagwright: Tagwright, photos: Path, home: Path, pixels: bytes) -> None:
    """The next run finishes the work and knows whose tags there are; all can be taken back."""
    for expected in ({"tagged", "unchanged"}, {"unchanged"}):
        ran = tagwright("tag", photos, *TAG)
        assert ran.code == 0, ran.err
        lines = ran.by_name()
        assert {line["status"] for line in lines.values()} <= expected
        assert lines.keys() == {path.name for path in photos.iterdir()}
        for name, line in lines.items():
            if name.startswith("many"):
                tags = [tag["hierarchy"] for tag in line["tags"] if tag["written"]]
                assert tags == ["Animal/Cat"], (name, "is not known to be ours")
    tagged, pending = check(photos, home, pixels)
    assert tagged == {path.name for path in photos.glob("many*")} and not pending


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_kills_at_any_instant(
    tagwright: Tagwright, photos: Path, home: Path, tmp_path: Path
) -> None:
    many(photos, 100)
    before = digests(photos)
    pixels = Image.open(photos / "chelsea.jpg").tobytes()
    clock = random.Random(4)
    next_start(tagwright, tmp_path)
    counts = []
    for number in range(8):
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "tag", photos, *TAG],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        assert process.stdout is not None
        if number:  # the first one may hit the start
            process.stdout.readline()
        time.sleep(clock.uniform(0, 0.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()
        assert process.wait(10) in (-signal.SIGKILL, 0)
        next_start(tagwright, tmp_path)
        tagged, pending = check(photos, home, pixels)
        assert not pending
        counts.append(len(tagged))
    assert counts == sorted(counts) and counts[-2] > 0
    all_is_well(tagwright, photos, home, pixels)
    assert tagwright("revert", "--all").code == 0
    assert digests(photos) == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs strace")
def test_a_kill_between_the_file_and_the_library(
    tagwright: Tagwright, photos: Path, home: Path, tmp_path: Path
) -> None:
    """The photo's folder is synced when the photo is there and the library knows nothing."""
    needs("strace")
    many(photos, 12)
    before = digests(photos)
    pixels = Image.open(photos / "chelsea.jpg").tobytes()
    next_start(tagwright, tmp_path)
    seen: set[str] = set()
    for nth in (1, 4, 2):
        ran = subprocess.run(
            ["strace", "-f", "-qq", "-o", os.devnull, "-P", photos, "-e", "trace=fsync",
             "-e", f"inject=fsync:signal=KILL:when={nth}",
             sys.executable, "-m", "app", "tag", photos, *TAG],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        if "PTRACE" in ran.stderr:
            pytest.skip("processes cannot be traced here")
        assert ran.returncode == -signal.SIGKILL, ran.stderr
        done = {Path(json.loads(line)["path"]).name for line in ran.stdout.splitlines()}
        with Journal(home / "data" / DATABASE) as journal:
            (entry,) = journal.pending()
        assert entry.photo.name not in done
        assert read_tags(entry.photo).tags, "the kill came too early"
        next_start(tagwright, tmp_path)
        tagged, pending = check(photos, home, pixels)
        assert not pending and (entry.photo.name in tagged or entry.photo.name[:4] != "many")
        seen.add(entry.photo.name)
    assert len(seen) == 3
    all_is_well(tagwright, photos, home, pixels)
    lines = tagwright("tag", photos, *TAG).by_name()
    assert all(any(tag["written"] for tag in lines[name]["tags"]) for name in seen)
    assert tagwright("revert", "--all").code == 0
    assert digests(photos) == before


@pytest.mark.parametrize("room", [0, 200_000, 400_000])
def test_no_room_for_the_library(
    tagwright: Tagwright,
    photos: Path,
    tmp_path: Path,
    mounted: tuple[Path, str],  # noqa: F811
    room: int,
) -> None:
    disk, _ = mounted
    subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
    home = {"TAGWRIGHT_HOME": str(disk)}
    many(photos, 60)
    before = digests(photos)
    pixels = Image.open(photos / "chelsea.jpg").tobytes()
    (tmp_path / "empty").mkdir()
    assert tagwright("tag", tmp_path / "empty", **home).code == 0
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "big").write_bytes(bytes(free - room))
    ran = tagwright("tag", photos, *TAG, **home)
    assert ran.code == 1 and "Traceback" not in ran.err
    said = [line for line in ran.err.splitlines() if line.startswith("tagwright: ")]
    failed = [line["error"] for line in ran.lines if line["status"] == "failed"]
    for line in (*said, *failed):
        # SQLite says the second where it cannot make the file that readers share.
        assert str(disk) in line and line.endswith(("disk is full", "disk I/O error")), line
    assert len(said) == 1 or failed, ran.err
    (disk / "big").unlink()
    subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
    assert tagwright("tag", tmp_path / "empty", **home).code == 0
    tagged, pending = check(photos, disk, pixels)
    after = digests(photos)
    changed = {name for name in before if before[name] != after[name]}
    assert not pending and {name for name in changed if name.startswith("many")} == tagged
    assert not changed or room

    def again(*arguments: str | Path) -> object:
        return tagwright(*arguments, **home)

    all_is_well(again, photos, disk, pixels)  # type: ignore[arg-type]
    assert len(after) == 60 + len(SAMPLES)
