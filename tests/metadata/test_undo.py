"""Exact undo and redo: bytes, times, modes, attributes; refusals that change nothing."""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import WriteError
from app.metadata.splice import Edit
from app.metadata.storage.journal import DATABASE, Journal
from app.metadata.storage.recovery import recover
from app.metadata.storage.undo import undo, undo_exactly
from tests.metadata.builders import picture, save
from tests.metadata.journaled import comment, draft, entry, make, write

OLD = (1_600_000_000_000_000_000, 1_500_000_000_123_456_789)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "data" / DATABASE) as opened:
        yield opened


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = save(tmp_path, picture())
    os.utime(path, ns=OLD)
    return path


def test_undo_and_redo(journal: Journal, photo: Path) -> None:
    before = photo.read_bytes()
    run = journal.start_run("tag")
    written = write(journal, run, photo, [comment(b"one"), Edit(100, 140, b"longer" * 20)])
    after = photo.read_bytes()
    states = []
    last = written
    for expected in (before, after, before, after, before):
        done = undo(last, journal, run)
        assert done.exact and done.file == photo
        assert photo.read_bytes() == expected
        assert photo.stat().st_mtime_ns == OLD[1]
        assert done.state is not None
        assert (done.state.size, done.state.mtime_ns) == (len(expected), OLD[1])
        last = journal.entries(photo)[0]
        assert last.exact and last.after == done.content_hash
        states.append(entry(journal, written.id).state)
    assert states == ["undone", "written", "undone", "written", "undone"]


def test_the_time_of_a_sidecar_comes_back(journal: Journal, photo: Path, tmp_path: Path) -> None:
    sidecar = save(tmp_path, b"<x>somebody's own</x>", "photo.jpg.xmp")
    os.utime(sidecar, ns=OLD)
    run = journal.start_run("tag")
    written = write(journal, run, photo, [Edit(3, 3, b"ours")], file=sidecar)
    assert sidecar.stat().st_mtime_ns != OLD[1]
    assert undo(written, journal, run).exact
    assert sidecar.read_bytes() == b"<x>somebody's own</x>"
    assert sidecar.stat().st_mtime_ns == OLD[1]


def test_a_kill_before_the_time_is_set_back(journal: Journal, photo: Path, tmp_path: Path) -> None:
    sidecar = save(tmp_path, b"<x>somebody's own</x>", "photo.jpg.xmp")
    os.utime(sidecar, ns=OLD)
    run = journal.start_run("tag")
    written = write(journal, run, photo, [Edit(3, 3, b"ours")], file=sidecar)
    noted, old = draft(run, photo, journal.inverse(written.id), file=sidecar)
    noted = type(noted)(
        run, photo, sidecar, "sidecar", written.after, written.before, noted.times,
        noted.inverse, noted.change, written.id,
    )  # fmt: skip
    journal._note(noted)
    sidecar.write_bytes(old)  # and killed here
    assert recover(journal) == 1
    assert sidecar.stat().st_mtime_ns == OLD[1]
    assert entry(journal, written.id).state == "undone"


def test_a_made_sidecar_goes_and_comes_back(journal: Journal, photo: Path) -> None:
    sidecar = photo.with_name("photo.jpg.xmp")
    photo.chmod(0o640)
    run = journal.start_run("tag")
    written = make(journal, run, photo, sidecar, b"<x/>")
    os.utime(sidecar, ns=OLD)
    sidecar.chmod(0o640)
    assert undo(written, journal, run).exact
    assert sorted(p.name for p in photo.parent.iterdir()) == ["data", "photo.jpg"]
    assert undo(journal.entries(photo)[0], journal, run).exact
    assert sidecar.read_bytes() == b"<x/>"
    assert sidecar.stat().st_mtime_ns == OLD[1]
    assert stat.S_IMODE(sidecar.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform != "linux", reason="extended attributes differ elsewhere")
def test_mode_owner_and_attributes_stay(journal: Journal, photo: Path) -> None:
    run = journal.start_run("tag")
    written = write(journal, run, photo, [comment(b"one")])
    photo.chmod(0o604)
    try:
        os.setxattr(photo, "user.rating", b"5")
    except OSError:
        pytest.skip("no extended attributes here")
    if os.geteuid() == 0:
        os.chown(photo, 0, 12345)
    owner = photo.stat().st_gid
    assert undo(written, journal, run).exact
    assert stat.S_IMODE(photo.stat().st_mode) == 0o604
    assert photo.stat().st_gid == owner
    assert os.getxattr(photo, "user.rating") == b"5"


def test_a_file_that_was_changed_is_not_undone_exactly(journal: Journal, photo: Path) -> None:
    run = journal.start_run("tag")
    written = write(journal, run, photo, [comment(b"one")])
    changed = photo.read_bytes() + b"\0"
    photo.write_bytes(changed)
    assert undo_exactly(written, journal, run, photo, photo) is None
    assert photo.read_bytes() == changed
    photo.unlink()
    assert undo_exactly(written, journal, run, photo, photo) is None
    assert [e.id for e in journal.entries(photo)] == [written.id]


@pytest.mark.parametrize(
    "damage",
    ["UPDATE entry SET inverse = x'00'", "UPDATE entry SET before_hash = x'0123'",
     "UPDATE entry SET inverse = substr(inverse, 1, 5)"],
)  # fmt: skip
def test_a_damaged_way_back_is_not_taken(journal: Journal, photo: Path, damage: str) -> None:
    run = journal.start_run("tag")
    written = write(journal, run, photo, [comment(b"one" * 50)])
    after = photo.read_bytes()
    journal._connection.execute(damage)
    damaged = entry(journal, written.id)
    assert undo_exactly(damaged, journal, run, photo, photo) is None
    assert photo.read_bytes() == after


@pytest.mark.parametrize("made", [True, False])
def test_hard_links_are_not_taken_apart(journal: Journal, photo: Path, made: bool) -> None:
    run = journal.start_run("tag")
    sidecar = photo.with_name("photo.jpg.xmp")
    if made:
        written = make(journal, run, photo, sidecar, b"<x/>")
    else:
        written = write(journal, run, photo, [comment(b"one")])
    os.link(written.file, photo.with_name("second name"))
    after = written.file.read_bytes()
    with pytest.raises(WriteError, match="several names"):
        undo(written, journal, run)
    assert written.file.read_bytes() == after
    assert entry(journal, written.id).state == "written"
    assert not journal.pending()


def test_a_link_to_a_photo_stays_one(journal: Journal, photo: Path) -> None:
    before = photo.read_bytes()
    run = journal.start_run("tag")
    written = write(journal, run, photo, [comment(b"one")])
    real = photo.parent / "real.jpg"
    photo.rename(real)
    photo.symlink_to(real)
    assert undo(written, journal, run).exact
    assert photo.is_symlink() and real.read_bytes() == before


def test_two_undos_at_once(journal: Journal, photo: Path) -> None:
    before = photo.read_bytes()
    run = journal.start_run("tag")
    written = write(journal, run, photo, [comment(b"one")])
    barrier, answers = threading.Barrier(2), []

    def take_back() -> None:
        with Journal(journal.path) as own:
            barrier.wait()
            try:
                answers.append(undo_exactly(written, own, run, photo, photo))
            except WriteError as error:
                answers.append(error.reason)

    threads = [threading.Thread(target=take_back) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert photo.read_bytes() == before
    assert not journal.pending()
    assert entry(journal, written.id).state == "undone"
    assert len(answers) == 2


def test_undoing_in_a_copy_leaves_the_photo_reverted_by_nobody(
    journal: Journal, photo: Path
) -> None:
    before = photo.read_bytes()
    run = journal.start_run("tag")
    written = write(journal, run, photo, [comment(b"one")])
    copy = save(photo.parent, photo.read_bytes(), "copy.jpg")
    done = undo(written, journal, run, photo=copy, file=copy)
    assert done.exact and copy.read_bytes() == before
    assert entry(journal, written.id).state == "written"
    assert undo(written, journal, run).exact
    assert photo.read_bytes() == before and entry(journal, written.id).state == "undone"
