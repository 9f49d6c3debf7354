"""Reverting runs, photos and everything: chains of writing, moved photos, lost libraries."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import xxhash
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import LibraryError
from app.library.library import Library
from app.library.lock import run_lock
from app.metadata.splice import Edit
from app.metadata.storage.entries import Entry
from app.metadata.storage.journal import DATABASE, Journal
from app.services.history import Reverted, Selection, revert
from tests.metadata.builders import CAT, SKY, picture, save
from tests.metadata.journaled import comment, make, write

OLD = (1_600_000_000_000_000_000, 1_500_000_000_123_456_789)
EVERYTHING = Selection()


@dataclass
class Place:
    """A folder of photos with a journal and a library."""

    folder: Path
    journal: Journal
    library: Library

    def photo(self, name: str = "photo.jpg", colour: str = "teal") -> Path:
        path = save(self.folder, picture(colour=colour) + name.encode(), name)
        os.utime(path, ns=OLD)
        return path

    def tag(self, *photos: Path, sidecar: bool = False) -> str:
        """A run over photos, in the library as tagging would have it."""
        run = self.journal.start_run("tag")
        key = self.library.start_run("model", "{}")
        for path in photos:
            if sidecar:
                make(self.journal, run, path, path.with_name(path.name + ".xmp"), b"<x/>")
            else:
                write(self.journal, run, path, [comment(run.encode())])
            known = self.remember(path)
            self.library.save_written(known, [CAT], "sidecar" if sidecar else "embedded", key)
            self.library._execute("UPDATE photo SET applied = 'now' WHERE id = ?", (known,))
        return run

    def remember(self, path: Path) -> int:
        status = path.stat()
        return self.library.save_photo(
            path, size=status.st_size, mtime_ns=status.st_mtime_ns,
            content_hash=xxhash.xxh3_128_digest(path.read_bytes()),
        )  # fmt: skip

    def revert(self, selection: Selection = EVERYTHING, **options: bool) -> list[Reverted]:
        return list(revert(self.journal, self.library, selection, **options))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "photos"
    folder.mkdir()
    with Journal(tmp_path / "data" / DATABASE) as journal, Library(tmp_path / "data") as library:
        yield Place(folder, journal, library)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}


def test_a_run_and_its_undoing_and_redoing(place: Place) -> None:
    paths = [place.photo(f"{number}.jpg") for number in range(3)]
    before = contents(place.folder)
    run = place.tag(*paths)
    after = contents(place.folder)
    done = place.revert(Selection(run))
    assert done == [Reverted(path, True) for path in reversed(paths)]
    assert contents(place.folder) == before
    last, first = place.journal.runs()
    assert (last.what, last.photos, last.added, last.removed) == ("revert", 3, 0, 3)
    assert last.finished is not None
    assert (first.photos, first.undone) == (3, 3)
    assert place.revert(Selection(run)) == [], "it is reverted already"
    assert place.revert(Selection(last.id)) == [Reverted(path, True) for path in paths]
    assert contents(place.folder) == after
    assert [r.undone for r in place.journal.runs()] == [0, 3, 0]
    place.revert(Selection(run))
    assert contents(place.folder) == before


def test_the_library_knows(place: Place) -> None:
    path = place.photo()
    before = path.stat().st_size
    run = place.tag(path)
    place.revert(Selection(run))
    photo = place.library.by_path(path)
    assert photo is not None
    assert (photo.size, photo.mtime_ns, photo.applied) == (before, OLD[1], None)
    assert photo.content_hash == xxhash.xxh3_128_digest(path.read_bytes())
    assert place.library.written(photo.id) == {}
    assert place.library.decided(photo.id, "rejected") == frozenset()
    place.revert(Selection(place.journal.runs()[0].id))
    assert place.library.written(photo.id) == {CAT: "embedded"}


def test_a_lost_library_loses_no_undo(place: Place, tmp_path: Path) -> None:
    path = place.photo()
    before = contents(place.folder)
    run = place.tag(path)
    with Library(tmp_path / "new") as empty:
        assert list(revert(place.journal, empty, Selection(run))) == [Reverted(path, True)]
    assert contents(place.folder) == before
    assert list(revert(place.journal, None, Selection(run))) == []


def test_a_sidecar_that_was_made_is_gone(place: Place) -> None:
    path = place.photo("raw.nef")
    before = contents(place.folder)
    run = place.tag(path, sidecar=True)
    assert (place.folder / "raw.nef.xmp").exists()
    assert place.revert(Selection(run)) == [Reverted(path, True)]
    assert contents(place.folder) == before


def test_a_sidecar_whose_photo_is_gone(place: Place) -> None:
    path = place.photo("raw.nef")
    run = place.tag(path, sidecar=True)
    path.unlink()
    assert place.revert(Selection(run)) == [Reverted(path, True)]
    assert contents(place.folder) == {}


def test_only_the_photos_that_are_named(place: Place) -> None:
    inside = place.folder / "inside"
    inside.mkdir()
    first, second = place.photo("first.jpg"), place.photo("inside/second.jpg")
    before = first.read_bytes(), second.read_bytes()
    place.tag(first, second)
    place.tag(first, second)
    assert place.revert(Selection(photos=(first,))) == [Reverted(first, True)]
    assert first.read_bytes() == before[0] and second.read_bytes() != before[1]
    nothing = Reverted(first, note="nothing of ours is left in it")
    assert place.revert(Selection(photos=(first,))) == [nothing]
    (place.folder / "link").symlink_to(second)
    assert place.revert(Selection(photos=(place.folder / "link",))) == [Reverted(second, True)]
    place.tag(second)
    assert place.revert(Selection(photos=(inside,))) == [Reverted(second, True)]
    assert second.read_bytes() == before[1]


def test_a_dry_run_changes_nothing(place: Place) -> None:
    first, second = place.photo("first.jpg"), place.photo("second.jpg")
    place.tag(first, second)
    first.write_bytes(first.read_bytes() + b"\0")
    before = contents(place.folder)
    runs = place.journal.runs()
    assert place.revert(dry_run=True) == [Reverted(second, True), Reverted(first, False)]
    assert contents(place.folder) == before
    assert place.journal.runs() == runs


def test_a_photo_that_is_gone_is_one_line(place: Place) -> None:
    first, second = place.photo("first.jpg"), place.photo("second.jpg")
    before = first.read_bytes()
    run = place.tag(first, second)
    second.unlink()
    gone, done = place.revert(Selection(run))
    assert gone.path == second and gone.error is not None and "it is gone" in gone.error
    assert done == Reverted(first, True) and first.read_bytes() == before


def test_a_moved_photo_that_the_library_has_found(place: Place) -> None:
    path = place.photo()
    before = path.read_bytes()
    run = place.tag(path)
    moved = place.folder / "elsewhere.jpg"
    path.rename(moved)
    known = place.library.by_path(path)
    assert known is not None
    place.library.save_photo(
        moved, size=known.size, mtime_ns=known.mtime_ns, content_hash=known.content_hash,
        photo_id=known.id,
    )  # fmt: skip
    assert place.revert(Selection(run)) == [Reverted(moved, True)]
    assert moved.read_bytes() == before and not path.exists()
    assert place.revert(Selection(run)) == []


@pytest.mark.parametrize("sidecar", [True, False])
def test_a_moved_photo_that_is_named(place: Place, sidecar: bool) -> None:
    path = place.photo()
    before = path.read_bytes()
    place.tag(path, sidecar=sidecar)
    moved = place.folder / "elsewhere.jpg"
    path.rename(moved)
    if sidecar:
        path.with_name("photo.jpg.xmp").rename(place.folder / "elsewhere.jpg.xmp")
    assert place.revert(Selection(photos=(moved,))) == [Reverted(moved, True)]
    assert {p.name: p.read_bytes() for p in place.folder.iterdir()} == {moved.name: before}
    assert place.revert() == []


def test_a_photo_that_was_written_moved_and_written_again(place: Place) -> None:
    path = place.photo()
    before = path.read_bytes()
    first = place.tag(path)
    between = path.read_bytes()
    moved = place.folder / "elsewhere.jpg"
    path.rename(moved)
    place.tag(moved)
    assert place.revert() == [Reverted(moved, True)]
    assert moved.read_bytes() == before
    for run in place.journal.runs()[:1]:
        place.revert(Selection(run.id))
    assert moved.read_bytes() != between
    assert place.revert(Selection(photos=(moved,))) == [Reverted(moved, True)]
    assert moved.read_bytes() == before
    assert place.revert(Selection(first)) == []


def test_photos_that_were_renumbered(place: Place) -> None:
    """Every name belongs to the photo before it now; none of them may lose another's tags."""
    paths = [place.photo(f"{number}.jpg") for number in range(5)]
    before = [path.read_bytes() for path in paths]
    run = place.tag(*paths)
    for path in reversed(paths):
        path.rename(path.with_name(f"{int(path.stem) + 1}.jpg"))
    new = [path.with_name(f"{int(path.stem) + 1}.jpg") for path in paths]
    last = new[-1].read_bytes()
    done = {each.path: each for each in place.revert(Selection(run))}
    assert [path.read_bytes() for path in new[:-1]] == before[:-1]
    assert done[paths[-1]].error is not None, "nobody knows where the last one is"
    assert new[-1].read_bytes() == last
    assert place.revert(Selection(photos=(new[-1],))) == [Reverted(new[-1], True)]
    assert [path.read_bytes() for path in new] == before


def test_a_copy_is_not_taken_for_the_photo(place: Place) -> None:
    path = place.photo()
    before = path.read_bytes()
    run = place.tag(path)
    copy = place.folder / "backup.jpg"
    shutil.copy2(path, copy)
    place.remember(copy)
    tagged = copy.read_bytes()
    assert place.revert(Selection(run)) == [Reverted(path, True)]
    assert path.read_bytes() == before and copy.read_bytes() == tagged


def test_the_data_folder_may_move(place: Place, tmp_path: Path) -> None:
    path = place.photo()
    before = contents(place.folder)
    place.tag(path)
    # While it is in use: with what is in the write-ahead log only.
    shutil.copytree(tmp_path / "data", tmp_path / "copy")
    with Journal(tmp_path / "copy" / DATABASE) as journal, Library(tmp_path / "copy") as library:
        assert list(revert(journal, library, EVERYTHING)) == [Reverted(path, True)]
    assert contents(place.folder) == before


def test_two_reverts_at_once(place: Place, tmp_path: Path) -> None:
    path = place.photo()
    place.tag(path)
    with (
        run_lock(tmp_path / "data"),
        pytest.raises(LibraryError, match="another Tagwright"),
        run_lock(tmp_path / "data"),
    ):
        place.revert()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32))
def test_everything_gives_the_original_bytes_back(seed: int) -> None:
    """Runs over two photos and their sidecars, some of them reverted and redone, in any order."""
    dice = random.Random(seed)
    with (
        tempfile.TemporaryDirectory() as name,
        Journal(Path(name) / "data" / DATABASE) as journal,
        Library(Path(name) / "data") as library,
    ):
        place = Place(Path(name) / "photos", journal, library)
        place.folder.mkdir()
        photos = [place.photo("a.jpg"), place.photo("b.png")]
        save(place.folder, b"<x>somebody's own</x>", "a.jpg.xmp")
        os.utime(place.folder / "a.jpg.xmp", ns=OLD)
        before = contents(place.folder)
        for _ in range(dice.randint(1, 12)):
            if dice.random() < 0.5:
                run = journal.start_run("tag")
                for path in dice.sample(photos, dice.randint(1, 2)):
                    _write_somewhere(journal, run, path, dice)
            else:
                # Where others lie on top of a run, only tags could be taken out.
                runs = [Selection(run.id) for run in journal.runs() if run.photos > run.undone]
                runs = [s for s in runs if all(r.exact for r in place.revert(s, dry_run=True))]
                if runs:
                    assert all(r.exact for r in place.revert(dice.choice(runs)))
        assert all(each.exact for each in place.revert())
        assert contents(place.folder) == before
        assert place.revert() == []
        assert not journal.pending()


def _write_somewhere(journal: Journal, run: str, path: Path, dice: random.Random) -> list[Entry]:
    sidecar = path.with_name(path.name + ".xmp")
    written = []
    # The same bytes again now and then, so that contents come back.
    if dice.random() < 0.7:
        written.append(write(journal, run, path, [comment(b"%d" % dice.randint(0, 2))]))
    if dice.random() < 0.5:
        if sidecar.exists():
            edit = Edit(1, 1, b"%d" % dice.randint(0, 2))
            written.append(write(journal, run, path, [edit], file=sidecar, tags=[SKY]))
        else:
            written.append(make(journal, run, path, sidecar, b"<x/>"))
    return written
