"""The writer and the journal together under kills, full, slow and failing disks, and races."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from app.core.change import TagChange
from app.core.database import loaded_path
from app.core.errors import WriteError
from app.core.tag import Tag
from app.metadata.reader import read_tags
from app.metadata.storage.commit import clean_orphans
from app.metadata.storage.journal import DATABASE, Journal
from app.metadata.storage.recovery import hash_of, recover
from app.metadata.writer import write_tags
from app.services.history import Selection, revert
from tests.metadata.builders import CAT, SKY, packet, picture, save, subject
from tests.metadata.children import done, fork, traced, until

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

CHANGE = TagChange((CAT, SKY, Tag(("Søren", "été"))))
MTIME = 1_500_000_000_123_456_789
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "tif": "TIFF"}


def small_photo(number: int) -> tuple[str, bytes]:
    """A photo of a few KB, unlike all others; its kind changes from number to number."""
    noise = random.Random(number)
    suffix = list(FORMATS)[number % 4]
    image = Image.frombytes("RGB", (40, 30), noise.randbytes(3600))
    file = io.BytesIO()
    image.save(file, FORMATS[suffix])
    return f"{number:03}.{suffix}", file.getvalue()


@dataclass
class Shoot:
    """A folder of photos of which every old and every new byte is known, and its journal.

    Of every ten photos, one has a sidecar; of every 25, one is read-only, so that it gets one.
    """

    root: Path
    count: int
    run: str = ""
    old: dict[str, bytes] = field(default_factory=dict)
    new: dict[str, bytes] = field(default_factory=dict)
    mtimes: dict[str, int] = field(default_factory=dict)
    late: dict[str, bytes] = field(default_factory=dict)
    seconds: float = 0
    _known: dict[tuple[str, int, int, int, int], bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.photos, copies = self.root / "photos", self.root / "copies"
        self.photos.mkdir()
        for number in range(self.count):
            name, data = small_photo(number)
            path = save(self.photos, data, name)
            if number % 10 == 3:
                save(self.photos, packet(subject(f"Own {number}")), f"{name}.xmp")
            if number % 25 == 8:
                path.chmod(0o444)
        for number, path in enumerate(sorted(self.photos.iterdir())):
            os.utime(path, ns=(MTIME + 10**9, MTIME + number))
        self.old = {path.name: hash_of(path) for path in self.photos.iterdir()}
        self.mtimes = {path.name: path.stat().st_mtime_ns for path in self.photos.iterdir()}
        with Journal(self.root / DATABASE) as journal, Journal(self.root / "other.db") as other:
            self.run = journal.start_run("tag")
            other._connection.execute("INSERT INTO run SELECT 1, ?, '', '', '', ''", (self.run,))
            shutil.copytree(self.photos, copies)
            begin = time.monotonic()
            for name in self.names():
                write_tags(copies / name, CHANGE, journal=other, run=self.run)
            self.seconds = time.monotonic() - begin
        self.new = {path.name: hash_of(path) for path in copies.iterdir()}
        # Where a kill came between a photo and its sidecar, the photo's keywords are there when
        # the sidecar's turn comes, and stand before its own.
        for sidecar in self.photos.glob("*.xmp"):
            shutil.copy2(sidecar, copies)
            write_tags(copies / sidecar.stem, CHANGE, run=self.run)
            self.late[sidecar.name] = hash_of(copies / sidecar.name)
        self.untouched = {name for name in self.old if self.old[name] == self.new[name]}
        assert all(name.endswith((".jpg", ".png", ".webp", ".tif")) for name in self.untouched)

    def names(self) -> list[str]:
        """The photos."""
        return sorted(name for name in self.old if not name.endswith(".xmp"))

    def written(self) -> set[str]:
        """The files that are new. Each must be wholly old or new, and the journal must know it."""
        found, seen = set(), set()
        with os.scandir(self.photos) as entries:
            for entry in entries:
                now = entry.stat(follow_symlinks=False)
                key = entry.name, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns
                if key not in self._known:
                    self._known[key] = hash_of(Path(entry.path))
                content = self._known[key]
                assert entry.name in self.new, "an orphan is left"
                if content in (self.new[entry.name], self.late.get(entry.name)):
                    found.add(entry.name)
                else:
                    assert content == self.old.get(entry.name), f"{entry.name} is neither"
                if not entry.name.endswith(".xmp"):
                    assert now.st_mtime_ns == self.mtimes[entry.name]
                seen.add(entry.name)
        assert self.old.keys() <= seen, "a file is gone"
        found -= self.untouched
        with Journal(self.root / DATABASE) as journal:
            assert not journal.pending()
            rows = journal._connection.execute(
                "SELECT file FROM entry WHERE state = 'written' AND undoes IS NULL"
            ).fetchall()
        assert sorted(loaded_path(row[0]).name for row in rows) == sorted(found)
        return found

    def to_do(self) -> list[Path]:
        """The photos that are not done, with their sidecars."""
        left = self.new.keys() - self.untouched - self.written()
        return [self.photos / name for name in sorted({name.removesuffix(".xmp") for name in left})]

    def write(self, paths: list[Path]) -> None:
        """Write the tags into photos, with the journal."""
        with Journal(self.root / DATABASE) as journal:
            for path in paths:
                write_tags(path, CHANGE, journal=journal, run=self.run)

    def recover(self) -> str:
        """What the next start does; says how many files were being written."""
        with Journal(self.root / DATABASE) as journal:
            return str(recover(journal))

    def revert(self) -> None:
        """Take everything back, which must give the old bytes and times."""
        with Journal(self.root / DATABASE) as journal:
            lines = list(revert(journal, None, Selection()))
        assert [line for line in lines if not line.exact] == []
        assert {path.name: hash_of(path) for path in self.photos.iterdir()} == self.old
        times = {path.name: path.stat().st_mtime_ns for path in self.photos.iterdir()}
        assert times == self.mtimes


@pytest.mark.slow
def test_two_hundred_kills(tmp_path: Path) -> None:
    shoot = Shoot(tmp_path, 500)
    clock, pending, hits, opening = random.Random(11), 0, 0, 0
    for kill in range(200):
        to_do = shoot.to_do()
        # Of what is left, so that the last photo is about as far as the last kill.
        share = shoot.seconds / shoot.count * len(to_do) / (200 - kill)
        child = fork(partial(shoot.write, to_do))
        child.go()
        time.sleep(clock.uniform(0, 0.003 + 2 * share))
        before = len(shoot._known)
        hits += child.kill()
        pending += int(done(shoot.recover))
        shoot.written()
        opening += len(shoot._known) == before
    left = shoot.to_do()
    assert hits >= 150, "many kills came when all was done"
    assert pending >= 3, "hardly a kill has hit a write"
    assert len(left) < 450, "the kills came too early"
    shoot.write(left)
    assert shoot.written() == shoot.new.keys() - shoot.untouched
    shoot.revert()


# A slow disk, as in the network


def test_kills_while_the_disk_is_slow(tmp_path: Path) -> None:
    shoot = Shoot(tmp_path, 40)
    clock, pending = random.Random(5), 0
    for _ in range(10):
        child = fork(partial(shoot.write, shoot.to_do()))
        calls = "fsync,fdatasync,write,copy_file_range,rename,openat"
        with traced(child, "-e", f"trace={calls}",
                    "-e", "inject=fsync,fdatasync,rename:delay_enter=30000"):  # fmt: skip
            child.go()
            time.sleep(clock.uniform(0.02, 0.5))
            child.kill()
        pending += int(done(shoot.recover))
        shoot.written()
    assert pending >= 5
    shoot.write(shoot.to_do())
    shoot.revert()


# A system call that fails, each in its turn

ERRORS = {
    "fsync": "EIO", "fdatasync": "EIO", "write": "ENOSPC", "pwrite64": "ENOSPC",
    "copy_file_range": "EIO", "rename": "EACCES", "openat": "EACCES", "fchmod": "EPERM",
    "utimensat": "EPERM", "read": "EIO", "newfstatat": "EIO", "unlink": "EACCES",
    "pread64": "EIO", "flock": "ENOLCK", "close": "EIO", "link": "EPERM",
}  # fmt: skip
#: What may go on failing: a disk that is full, broken or not ours.
LASTING = ("fsync", "write", "pwrite64", "copy_file_range", "rename", "fchmod", "link", "openat")
CASES = [
    *((kind, call, "once") for kind in ("embedded", "made beside") for call in LASTING),
    *(("kept in step", call, "once") for call in ERRORS),  # two files, so all that there is
    *(("kept in step", call, "from then on") for call in LASTING),
]
#: What the user is told of each: no number, no name of an exception, the journal where it is that.
PLAIN = re.compile(
    r"there is no space left on the disk|the disk reports an input/output error"
    r"|input/output error|access is denied|permission denied|it is protected, or the folder is"
    r"|operation not permitted|the journal /.* cannot be written: .*"
    r"|what was written could not be read back|it was changed by another program meanwhile"
)


def attempt(shoot: Shoot, path: Path, *strace: str | Path) -> str:
    """Write one photo in a process whose system calls are tampered with; say why it failed."""
    opened: list[Journal] = []

    def work() -> str:
        try:
            write_tags(path, CHANGE, journal=opened[0], run=shoot.run)
        except WriteError as error:
            assert error.path in (path, path.with_name(f"{path.name}.xmp"))  # noqa: PT017
            return error.reason
        return ""

    child = fork(work, prepare=lambda: opened.append(Journal(shoot.root / DATABASE)))
    with traced(child, *strace):
        child.go()
        return child.result()


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "call", "times"), CASES)
def test_every_call_fails(tmp_path: Path, kind: str, call: str, times: str) -> None:
    shoot = Shoot(tmp_path, 10)
    number = {"embedded": 0, "kept in step": 3, "made beside": 8}[kind]
    path = shoot.photos / shoot.names()[number]
    own = {path.name, f"{path.name}.xmp"} & (shoot.new.keys() - shoot.untouched)
    log = tmp_path / "log"
    assert attempt(shoot, path, "-o", log, "-e", f"trace={call}") == ""
    count = sum(f" {call}(" in line for line in log.read_text().splitlines())
    shoot.revert()
    failed = 0
    for nth in range(1, count + 1):
        reason = attempt(
            shoot, path, "-e", f"trace={call}", "-e",
            f"inject={call}:error={ERRORS[call]}:when={nth}{'' if times == 'once' else '+'}",
        )  # fmt: skip
        assert not reason or PLAIN.fullmatch(reason), (nth, reason)
        failed += bool(reason)
        left = clean_orphans(shoot.photos)
        assert not left or call == "unlink", (nth, "an orphan is left")
        done(shoot.recover)
        found = shoot.written()
        if reason:
            assert path.name not in found, (nth, "the photo is said not to have been written")
        assert found <= own
        shoot.write([path])
        assert shoot.written() == own, (nth, "a later write succeeds")
        shoot.revert()
    if call in ("fsync", "pwrite64") or (call, kind) == ("rename", "embedded"):
        assert failed


# Disks that are full or may not be written


def test_a_disk_that_fills_up(mounted: tuple[Path, str], tmp_path: Path) -> None:
    folder, _ = mounted
    originals = {}
    for number in range(24):
        name, data = small_photo(number)
        originals[name] = save(folder, data, name).read_bytes()
    room = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    (folder / "big").write_bytes(bytes(room - 40_960))  # of which ten photos take 4 KB each
    reasons = {}
    with Journal(tmp_path / DATABASE) as journal:
        run = journal.start_run("tag")
        for name in originals:
            try:
                write_tags(folder / name, CHANGE, journal=journal, run=run)
            except WriteError as error:
                assert error.path == folder / name  # noqa: PT017
                reasons[name] = error.reason
            assert not list(folder.glob("*.tmp")) and not list(folder.glob(".*"))
        assert not journal.pending()
        assert 3 < len(reasons) < 22
        assert set(reasons.values()) == {"there is no space left on the disk"}
        for name, data in originals.items():
            is_old = (folder / name).read_bytes() == data
            assert is_old == (name in reasons) == (not journal.entries(folder / name))
            assert is_old or CAT in read_tags(folder / name).tags
        (folder / "big").unlink()
        for name in reasons:
            assert write_tags(folder / name, CHANGE, journal=journal, run=run).added
        assert all(line.exact for line in revert(journal, None, Selection()))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == originals


@pytest.mark.parametrize("name", ["photo.jpg", "photo.raf"])
def test_no_room_for_the_journal(mounted: tuple[Path, str], tmp_path: Path, name: str) -> None:
    folder, _ = mounted
    (tmp_path / "photos").mkdir()
    path = save(tmp_path / "photos", picture(), name)
    before, status = path.read_bytes(), path.stat()
    with Journal(folder / DATABASE) as journal:
        run = journal.start_run("tag")
        with contextlib.suppress(OSError), (folder / "big").open("wb", buffering=0) as big:
            while True:
                big.write(bytes(512))
        many = TagChange(tuple(Tag((random.Random(n).randbytes(40).hex(),)) for n in range(999)))
        with pytest.raises(WriteError, match=re.escape(str(folder / DATABASE))) as raised:
            write_tags(path, many, journal=journal, run=run)
        assert raised.value.path == path
        assert path.read_bytes() == before and path.stat().st_ctime_ns == status.st_ctime_ns
        assert list(path.parent.iterdir()) == [path]
        (folder / "big").unlink()
        assert write_tags(path, CHANGE, journal=journal, run=run).added == CHANGE.add
        assert not journal.pending() and len(journal.entries(path)) == 1


def test_a_disk_that_becomes_read_only(mounted: tuple[Path, str], tmp_path: Path) -> None:
    folder, _ = mounted
    paths = [save(folder, picture(), "photo.jpg"), save(folder, b"raw", "photo.raf")]
    before = [path.read_bytes() for path in paths]
    with Journal(tmp_path / DATABASE) as journal:
        run = journal.start_run("tag")
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        for path in paths:
            with pytest.raises(WriteError, match="the disk is read-only"):
                write_tags(path, CHANGE, journal=journal, run=run)
            assert not journal.entries(path) and not journal.pending()
        assert [path.read_bytes() for path in paths] == before
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
        assert sorted(folder.iterdir()) == sorted(paths)
        for path in paths:
            assert write_tags(path, CHANGE, journal=journal, run=run).added == CHANGE.add


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="changing users")
def test_a_folder_that_may_only_be_read() -> None:
    def write_as_another() -> str:
        os.setegid(4321)
        os.seteuid(1234)
        with Journal(data / DATABASE) as journal:
            run = journal.start_run("tag")
            answers = []
            for path in paths:
                try:
                    write_tags(path, CHANGE, journal=journal, run=run)
                except WriteError as error:
                    assert error.path.name.startswith(path.name)  # noqa: PT017
                    answers.append(error.reason)
                assert not journal.entries(path) and not journal.pending()
        return "; ".join(answers)

    # The folder that pytest gives is closed to other users.
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        root = Path(name)
        root.chmod(0o755)
        folder, data = root / "photos", root / "data"
        folder.mkdir()
        data.mkdir()
        paths = [save(folder, picture(), "photo.jpg"), save(folder, b"raw", "photo.raf")]
        before = [path.read_bytes() for path in paths]
        for path in (*paths, data):
            os.chown(path, 1234, 4321)
        folder.chmod(0o555)
        assert done(write_as_another) == "access is denied; access is denied"
        assert [path.read_bytes() for path in paths] == before
        assert sorted(folder.iterdir()) == sorted(paths)


# Others who are at work on the same photo: the writer is stopped with its new file beside the old


def _by_rename(path: Path) -> None:
    save(path.parent, b"their version", "theirs").replace(path)


def _same_size_and_time(path: Path) -> None:
    status = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


RACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "deleted": (Path.unlink, "it is gone, or its folder is"),
    # Renamed while it is open, it is the same file with another time of change.
    "renamed": (
        lambda p: p.rename(p.with_name("moved.jpg")),
        "it was changed by another .*|it is gone, or its folder is",
    ),
    "folder renamed": (lambda p: p.parent.rename(p.parent.with_name("x")), "it is gone, or its .*"),
    "rewritten": (lambda p: p.write_bytes(b"their version"), "it was changed by another .*"),
    "replaced": (_by_rename, "it was changed by another .*"),
    "same size and time": (_same_size_and_time, "it was changed by another .*"),
    "linked": (lambda p: os.link(p, p.with_name("second")), "it was changed by another .*"),
    "made a link": (
        lambda p: (p.rename(p.with_name("real.jpg")), p.symlink_to("real.jpg")),
        # Between the two steps there is none.
        "it was changed by another .*|it is gone, or its folder is",
    ),
}  # fmt: skip


def _while_it_writes(shoot: Shoot, path: Path, other: Callable[[Path], object]) -> str:
    """Do something to a photo's folder while the writer waits for the disk; say what it says."""

    def work() -> str:
        with Journal(shoot.root / DATABASE) as journal:
            try:
                write_tags(path, CHANGE, journal=journal, run=shoot.run)
            except WriteError as error:
                assert error.path.name.startswith(path.name)  # noqa: PT017
                return error.reason
        return ""

    child = fork(work)
    with traced(child, "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=1000000"):
        child.go()
        until(lambda: list(path.parent.glob(".*.tmp")))
        other(path)
        return child.result()


@pytest.mark.parametrize("race", RACES)
def test_another_program_is_quicker(tmp_path: Path, race: str) -> None:
    shoot = Shoot(tmp_path, 1)
    other, said = RACES[race]
    theirs: dict[str, bytes] = {}

    def act(path: Path) -> None:
        other(path)
        for each in (*tmp_path.glob("photos/[!.]*"), *tmp_path.glob("x/[!.]*")):
            theirs[str(each)] = each.read_bytes()

    answer = _while_it_writes(shoot, shoot.photos / "000.jpg", act)
    assert re.fullmatch(said, answer)
    done(shoot.recover)
    folder = shoot.photos if shoot.photos.exists() else tmp_path / "x"
    if race == "folder renamed":  # by the next run over it
        assert len(clean_orphans(folder)) <= 1
    assert {str(path): path.read_bytes() for path in folder.iterdir()} == theirs
    with Journal(tmp_path / DATABASE) as journal:
        assert not journal.pending() and not journal.entries(shoot.photos / "000.jpg")


def test_another_program_makes_the_sidecar_meanwhile(tmp_path: Path) -> None:
    shoot = Shoot(tmp_path, 9)
    path = shoot.photos / shoot.names()[8]
    answer = _while_it_writes(
        shoot, path, lambda p: p.with_name(f"{p.name}.xmp").write_bytes(b"theirs")
    )
    assert answer == "another program made it meanwhile"
    assert path.with_name(f"{path.name}.xmp").read_bytes() == b"theirs"
    assert not list(shoot.photos.glob(".*")) and hash_of(path) == shoot.old[path.name]
    with Journal(tmp_path / DATABASE) as journal:
        assert not journal.pending() and not journal.entries(path)
