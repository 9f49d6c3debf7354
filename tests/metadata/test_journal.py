"""The journal under real faults: errors, full disks, kills at random instants."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.change import TagChange
from app.core.errors import LibraryError, UsageError, WriteError
from app.metadata.splice import Edit
from app.metadata.storage import commit, packing
from app.metadata.storage.entries import ABSENT
from app.metadata.storage.journal import DATABASE, Journal
from app.metadata.storage.recovery import recover
from app.metadata.storage.undo import undo_exactly
from tests.metadata.builders import CAT, SKY, picture, save
from tests.metadata.journaled import comment, draft, entry, make, write

EDITS = st.lists(
    st.builds(
        lambda start, length, replacement: Edit(start, start + length, replacement),
        st.integers(0, 1 << 40),
        st.integers(0, 1 << 33),
        st.binary(max_size=300),
    )
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    (tmp_path / "data").mkdir()
    with Journal(tmp_path / "data" / DATABASE) as opened:
        yield opened


@given(EDITS)
def test_edits_survive_packing(edits: list[Edit]) -> None:
    assert packing.unpack(packing.pack(edits)) == edits


@given(EDITS, st.data())
def test_damaged_edits_are_seen(edits: list[Edit], data: st.DataObject) -> None:
    packed = packing.pack(edits)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(ValueError, match="incomplete"):
        packing.unpack(packed[:cut])


def test_what_was_written_is_known_to_the_next_start(journal: Journal, tmp_path: Path) -> None:
    path = save(tmp_path, picture())
    run = journal.start_run("tag", '{"model": "m"}')
    edits = [comment(b"one"), Edit(30, 40, b"x" * 3000)]
    noted, new = draft(run, path, edits, change=TagChange((CAT,), (SKY,)))
    with Journal(journal.path) as other:
        with journal.writing(noted) as number:
            assert [e.id for e in other.pending()] == [number], "not committed before the block"
            commit.replace(path, new, path.stat(), keep_times=True)
        assert other.pending() == []
        journal.finish_run(run)
        (found,) = other.entries(path)
        assert other.inverse(number) == list(noted.inverse)
        assert (found.before, found.after, found.times) == (noted.before, noted.after, noted.times)
        assert (found.photo, found.file, found.target, found.run) == (path, path, "embedded", run)
        assert found.change == noted.change and found.state == "written"
        (known,) = other.runs()
        assert (known.id, known.what, known.settings) == (run, "tag", '{"model": "m"}')
        assert (known.photos, known.added, known.removed, known.undone) == (1, 1, 1, 0)
        assert known.finished is not None and known.finished >= known.started


def test_a_run_counts_a_photo_and_its_sidecar_once(journal: Journal, tmp_path: Path) -> None:
    path = save(tmp_path, picture())
    run = journal.start_run("tag")
    write(journal, run, path, [comment(b"one")], tags=[CAT])
    make(journal, run, path, tmp_path / "photo.jpg.xmp", b"<x/>", tags=[CAT, SKY])
    (known,) = journal.runs()
    assert (known.photos, known.added) == (1, 2)


def test_ids_of_runs(journal: Journal) -> None:
    runs = [journal.start_run("tag") for _ in range(300)]
    assert len(set(runs)) == 300
    assert all(len(run) == 20 and run.startswith("20") for run in runs)
    assert [run.id for run in journal.runs()] == runs[::-1]
    assert journal.find_run(runs[7]) == runs[7]
    with pytest.raises(UsageError, match="more than one run"):
        journal.find_run(runs[0][:8])
    for unknown in ("1999", "", "2_", "%"):
        with pytest.raises(UsageError, match="no run"):
            journal.find_run(unknown)


@pytest.mark.parametrize("error", [WriteError("x", "y"), KeyboardInterrupt(), OSError()])
@pytest.mark.parametrize("written", [True, False])
def test_after_an_error_the_file_decides(
    journal: Journal, tmp_path: Path, error: BaseException, written: bool
) -> None:
    path = save(tmp_path, picture())
    noted, new = draft(journal.start_run("tag"), path, [comment(b"one")])

    def attempt() -> None:
        with journal.writing(noted):
            if written:
                commit.replace(path, new, path.stat(), keep_times=True)
            raise error

    with pytest.raises(type(error)):
        attempt()
    assert [e.state for e in journal.entries(path)] == ["written"] * written
    assert not journal.pending()


def test_after_an_error_an_unreadable_file_stays_undecided(
    journal: Journal, tmp_path: Path
) -> None:
    path = save(tmp_path, picture())
    noted, new = draft(journal.start_run("tag"), path, [comment(b"one")])

    def attempt() -> None:
        with journal.writing(noted):
            path.rename(tmp_path / "away")
            path.mkdir()
            raise WriteError(path, "the disk reports an input/output error")

    with pytest.raises(WriteError):
        attempt()
    assert recover(journal) == 1
    assert len(journal.pending()) == 1
    path.rmdir()
    (tmp_path / "away").unlink()
    path.write_bytes(new)
    assert recover(journal) == 1
    assert [e.state for e in journal.entries(path)] == ["written"]
    assert recover(journal) == 0


def test_a_vanished_photo_leaves_no_entry(journal: Journal, tmp_path: Path) -> None:
    path = save(tmp_path, picture())
    noted, new = draft(journal.start_run("tag"), path, [comment(b"one")])
    before = path.stat()

    def attempt() -> None:
        with journal.writing(noted):
            path.unlink()
            commit.replace(path, new, before, keep_times=True)

    with pytest.raises(WriteError, match="gone"):
        attempt()
    assert not journal.entries(path) and not journal.pending()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_text(journal: Journal, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"b\xe9b\xe9")
    folder.mkdir()
    path = save(folder, picture(), os.fsdecode(b"caf\xe9 \xff\n.jpg"))
    before = path.read_bytes()
    run = journal.start_run("tag")
    written = write(journal, run, path, [comment(b"one")])
    assert journal.photos() == [path] and written.file == path
    undone = undo_exactly(written, journal, run, path, path)
    assert undone is not None and undone.exact
    assert path.read_bytes() == before


def test_a_full_disk_is_said_before_the_photo_is_touched(
    mounted: tuple[Path, str], tmp_path: Path
) -> None:
    folder, _ = mounted
    path = save(tmp_path, picture())
    before = path.read_bytes()
    with Journal(folder / DATABASE) as journal:
        run = journal.start_run("tag")
        first = write(journal, run, path, [comment(b"one")])
        fill(folder / "big")
        begun = []
        noted, _ = draft(run, path, [comment(b"two")])
        noted = replace(noted, inverse=[Edit(0, 0, random.Random(2).randbytes(300_000))])

        def attempt() -> None:
            with journal.writing(noted):
                begun.append(noted)

        with pytest.raises(WriteError, match=r"journal.db cannot be written") as raised:
            attempt()
        assert not begun and raised.value.path == path
        # What is there can still be read, and used when there is space again.
        assert [e.id for e in journal.entries(path)] == [first.id]
        (folder / "big").unlink()
        assert undo_exactly(first, journal, run, path, path) is not None
    assert path.read_bytes() == before


def fill(path: Path) -> None:
    """Leave no byte free on the disk."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 512)


def test_a_journal_that_is_none(tmp_path: Path) -> None:
    path = save(tmp_path, b"not a database" * 100, DATABASE)
    with pytest.raises(LibraryError, match="the journal cannot be opened"):
        Journal(path)


def test_a_newer_journal_is_left_alone(tmp_path: Path) -> None:
    with Journal(tmp_path / DATABASE) as journal:
        journal._connection.execute("PRAGMA user_version=99")
    with pytest.raises(LibraryError, match="journal was made by a newer version"):
        Journal(tmp_path / DATABASE)


def test_recovery_decides_by_the_file(journal: Journal, tmp_path: Path) -> None:
    run = journal.start_run("tag")
    names = ["old.jpg", "new.jpg", "other.jpg", "gone.jpg"]
    for name in names:
        path = save(tmp_path, picture(), name)
        noted, new = draft(run, path, [comment(name.encode())])
        journal._note(noted)  # and killed here, or later
        if name != "old.jpg":
            path.write_bytes(new if name == "new.jpg" else b"somebody else's")
    (tmp_path / "gone.jpg").unlink()
    save(tmp_path, b"half a photo", ".old.jpg.tagwright-999999-0123abcd.tmp")
    assert recover(journal) == 4
    states = {name: [e.state for e in journal.entries(tmp_path / name)] for name in names}
    assert states == {
        "old.jpg": [], "new.jpg": ["written"], "other.jpg": [], "gone.jpg": ["written"]
    }  # fmt: skip
    assert not list(tmp_path.glob(".*"))
    assert not journal.pending()


def _toggle_for_ever(data: Path, folder: Path) -> None:
    """Write photos and sidecars and take everything back, over and over."""
    with Journal(data) as journal:
        recover(journal)
        while True:
            run = journal.start_run("tag")
            for path in sorted(folder.glob("*.jpg")):
                sidecar = path.with_name(path.name + ".xmp")
                live = [e for e in journal.entries(path) if e.undoes is None]
                live = [e for e in live if e.state == "written"]
                if len(live) < 3:
                    write(journal, run, path, [comment(os.urandom(8))])
                    if not sidecar.exists():
                        make(journal, run, path, sidecar, os.urandom(3000))
                    else:
                        write(journal, run, path, [Edit(5, 9, os.urandom(99))], file=sidecar)
                else:
                    for each in live:
                        assert undo_exactly(each, journal, run, path, each.file)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_at_any_instant_loses_no_way_back(tmp_path: Path) -> None:
    data, folder = tmp_path / "data" / DATABASE, tmp_path / "photos"
    folder.mkdir()
    originals = {}
    for number in range(4):
        path = save(folder, picture((300, 200)) + bytes([number]) * 20_000, f"{number}.jpg")
        os.utime(path, ns=(1_600_000_000_000_000_000, 1_500_000_000_123_456_789 + number))
        originals[path] = (path.read_bytes(), path.stat().st_mtime_ns)
    clock, pending = random.Random(3), 0
    for _ in range(60):
        child = os.fork()
        if child == 0:
            try:
                _toggle_for_ever(data, folder)
            finally:
                os._exit(77)  # an error: it never ends by itself
        time.sleep(clock.uniform(0, 0.12))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the child failed"
        with Journal(data) as journal:
            pending += recover(journal)
            assert not journal.pending()
            assert not list(folder.glob(".*")), "an orphan is left"
            for path, (content, _) in originals.items():
                assert path.read_bytes().endswith(content[2:]), "neither an old nor a new one"
    assert pending, "no kill has hit a write"
    with Journal(data) as journal:
        run = journal.start_run("revert")
        for path, (content, mtime) in originals.items():
            live = [e for e in journal.entries(path) if e.undoes is None and e.state == "written"]
            for each in live:
                assert undo_exactly(each, journal, run, path, each.file), each
            assert path.read_bytes() == content
            assert path.stat().st_mtime_ns == mtime
            assert not path.with_name(path.name + ".xmp").exists()


def test_the_inverse_of_a_removal_is_the_whole_file(journal: Journal, tmp_path: Path) -> None:
    path, sidecar = save(tmp_path, picture()), tmp_path / "photo.jpg.xmp"
    run = journal.start_run("tag")
    made = make(journal, run, path, sidecar, b"<x/>")
    assert made.before == ABSENT
    assert undo_exactly(made, journal, run, path, sidecar)
    removed = journal.entries(path)[0]
    assert (removed.after, removed.undoes, removed.exact) == (ABSENT, made.id, True)
    assert journal.inverse(removed.id) == [Edit(0, 0, b"<x/>")]
    assert entry(journal, made.id).state == "undone"


def test_the_journal_is_on_the_disk_before_the_photo(tmp_path: Path) -> None:
    """Seen from outside: the system calls of a process that writes one photo."""
    from tests.conftest import needs

    needs("strace")
    path = save(tmp_path, picture())
    script = (
        "import sys; from pathlib import Path; from app.metadata.storage.journal import *\n"
        "from tests.metadata.journaled import *\n"
        "j = Journal(Path(sys.argv[1])); run = j.start_run('tag')\n"
        "write(j, run, Path(sys.argv[2]), [comment(b'one')])\n"
    )
    log = tmp_path / "log"
    traced = "trace=fsync,fdatasync,rename,renameat,renameat2"
    ran = subprocess.run(
        ["strace", "-f", "-y", "-o", log, "-e", traced, sys.executable, "-c", script,
         tmp_path / DATABASE, path],
        cwd=Path(__file__).parents[2], capture_output=True, text=True,
    )  # fmt: skip
    if "PTRACE" in ran.stderr:
        pytest.skip("processes cannot be traced here")
    assert ran.returncode == 0, ran.stderr
    calls = log.read_text().splitlines()
    (renamed,) = [n for n, call in enumerate(calls) if "rename" in call and "photo.jpg" in call]
    synced = [n for n, call in enumerate(calls) if "sync(" in call and f"{DATABASE}-wal" in call]
    assert [n for n in synced if n < renamed]
