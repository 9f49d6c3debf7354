"""`tagwright history` and `tagwright revert`, as commands."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.metadata.reader import read_tags
from tests.conftest import ROOT, Tagwright, needs

TAG = ("tag", "--min-score", "0.3")


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}


def test_a_run_is_listed_and_reverted(tagwright: Tagwright, photos: Path, samples: Path) -> None:
    shutil.copy(samples / "chelsea.png", photos / "unread.nef")
    before = contents(photos)
    assert tagwright("history").out == "Nothing has been written yet.\n"
    tagwright(*TAG, photos)
    after = contents(photos)
    assert after != before
    (run,) = tagwright("history", "--json").lines
    assert run["what"] == "tag" and run["photos"] >= 3 and run["added"] >= run["photos"]
    assert run["undone"] == 0 and run["finished"]
    listed = tagwright("history").out
    assert listed.startswith(run["id"]) and f"{run['photos']} photos, " in listed
    (entry,) = tagwright("history", "--photo", photos / "chelsea.jpg", "--json").lines
    assert (entry["run"], entry["added"], entry["target"]) == (
        run["id"],
        ["Animal/Cat"],
        "embedded",
    )
    shown = tagwright("history", "--photo", photos / "chelsea.jpg").out
    assert "chelsea.jpg  +Animal/Cat" in shown

    tried = tagwright("revert", "--run", run["id"][:-2], "--dry-run")
    assert tried.code == 0 and "chelsea.jpg: would be byte-identical again" in tried.out
    assert tried.err == (
        f"Nothing was changed. It would be {run['photos']} photos:"
        f" {run['photos']} byte-identical again.\n"
    )
    assert contents(photos) == after

    ran = tagwright("revert", "--run", run["id"], "--json")
    assert ran.code == 0
    assert {line["status"] for line in ran.lines} == {"identical"}
    assert contents(photos) == before
    undoing, first = tagwright("history", "--json").lines
    assert (undoing["what"], undoing["photos"]) == ("revert", run["photos"])
    assert first["undone"] == run["photos"]
    assert "  reverted" in tagwright("history").out.splitlines()[1]
    again = tagwright("revert", "--run", run["id"])
    assert (again.code, again.out, again.err) == (0, "", "Nothing to revert.\n")

    redone = tagwright("revert", "--run", undoing["id"])
    assert redone.code == 0 and contents(photos) == after
    assert tagwright("revert", "--photo", photos / "chelsea.jpg").code == 0
    assert (photos / "chelsea.jpg").read_bytes() == before["chelsea.jpg"][0]
    assert tagwright("revert", "--all", "--yes").code == 0
    assert contents(photos) == before


def test_reverting_is_no_opinion_about_tags(tagwright: Tagwright, photos: Path) -> None:
    cat = photos / "chelsea.jpg"
    tagwright(*TAG, cat)
    tagwright("revert", "--photo", cat)
    ran = tagwright(*TAG, cat, "--json")
    assert "rejected" not in ran.lines[0] and ran.lines[0]["tags"][0]["written"]
    assert [str(tag) for tag in read_tags(cat).tags] == ["Animal/Cat"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("revert",), "required"),
        (("revert", "--all", "--run", "2026"), "not allowed"),
        (("revert", "--run", "1999"), "there is no run '1999'"),
        (("revert", "--run", ""), "there is no run ''"),
        (("revert", "--photo", ""), "is empty"),
    ],
)
def test_wrong_use(tagwright: Tagwright, arguments: tuple[str, ...], reason: str) -> None:
    ran = tagwright(*arguments)
    assert ran.code == 2 and reason in ran.err and "Traceback" not in ran.err


def test_a_photo_that_was_never_written(tagwright: Tagwright, photos: Path) -> None:
    ran = tagwright("revert", "--photo", photos / "camera.jpg")
    assert ran.code == 0 and "camera.jpg: nothing of ours is left in it" in ran.out
    assert tagwright("history", "--photo", photos / "camera.jpg").out.startswith("Nothing has been")


def test_changed_by_exiftool_in_between(tagwright: Tagwright, photos: Path) -> None:
    needs("exiftool")
    cat = photos / "chelsea.jpg"
    tagwright(*TAG, photos)
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", "-XMP-dc:Subject+=sofa", "-Keywords+=sofa", cat],
        check=True,
    )
    ran = tagwright("revert", "--all")
    assert ran.code == 0
    assert "chelsea.jpg: our tags were taken out, others' changes kept" in ran.out
    assert "1 with our tags taken out" in ran.err
    assert [str(tag) for tag in read_tags(cat).tags] == ["sofa"]


def test_a_photo_that_is_gone_is_one_line(tagwright: Tagwright, photos: Path) -> None:
    before = contents(photos)
    tagwright(*TAG, photos)
    (photos / "coffee.jpg").unlink()
    ran = tagwright("revert", "--all")
    assert ran.code == 1
    assert "coffee.jpg: failed: it is gone" in ran.err and "1 failed" in ran.err
    del before["coffee.jpg"]
    assert contents(photos) == before


def test_a_lost_library_and_a_moved_home(tagwright: Tagwright, photos: Path, home: Path) -> None:
    before = contents(photos)
    tagwright(*TAG, photos)
    moved = home.with_name("moved")
    shutil.copytree(home, moved)
    (moved / "data" / "library.db").write_bytes(b"not a database" * 500)
    ran = tagwright("revert", "--all", TAGWRIGHT_HOME=str(moved))
    assert ran.code == 0 and "going on without the library" in ran.err
    assert contents(photos) == before


def test_two_reverts_at_once(tagwright: Tagwright, photos: Path) -> None:
    before = contents(photos)
    tagwright(*TAG, photos)
    command = [sys.executable, "-m", "app", "revert", "--all"]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(3)
    ]
    ended = [(p.communicate(timeout=60)[1].decode(), p.returncode) for p in processes]
    assert any(code == 0 for _, code in ended)
    for text, code in ended:
        assert code == 0 or "another Tagwright" in text
        assert "Traceback" not in text
    assert contents(photos) == before


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_kills_while_reverting(tagwright: Tagwright, photos: Path) -> None:
    content = (photos / "chelsea.jpg").read_bytes()
    for number in range(40):
        comment = b"\xff\xfe\x00\x04%02d" % number
        (photos / f"many {number:02}.jpg").write_bytes(content[:2] + comment + content[2:])
    before = contents(photos)
    tagwright(*TAG, photos)
    clock = random.Random(11)
    for _ in range(8):
        command = [sys.executable, "-m", "app", "revert", "--all"]
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(clock.uniform(0, 0.03))
            process.kill()
    assert tagwright("revert", "--all").code == 0
    assert contents(photos) == before
    assert all(json_line["what"] in ("tag", "revert") for json_line in
               tagwright("history", "--json").lines)  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("answer", ["n", "", "y"])
def test_everything_is_asked_for_on_a_terminal(
    tagwright: Tagwright, photos: Path, answer: str
) -> None:
    import pty

    before = contents(photos)
    tagwright(*TAG, photos)
    after = contents(photos)
    written = json.loads(tagwright("history", "--json").out)["photos"]
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("there are no pseudo-terminals here")
    with subprocess.Popen(
        [sys.executable, "-m", "app", "revert", "--all"],
        cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, answer.encode() + b"\n")
        _, err = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0 and f"Revert {written} photos? [y/N]" in err
    assert contents(photos) == (before if answer == "y" else after)
