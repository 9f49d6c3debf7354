"""Reverting what the writer wrote, where others have written on top: only our tags go."""

from __future__ import annotations

import io
import os
import random
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import piexif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.change import Origin, TagChange
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.metadata import splice
from app.metadata.reader import read_tags
from app.metadata.storage.journal import DATABASE, Journal
from app.metadata.storage.recovery import recover
from app.metadata.writer import write_tags
from app.services.history import Reverted, Selection, revert
from tests.conftest import needs
from tests.metadata.builders import (
    CAT,
    SKY,
    hierarchical,
    packet,
    picture,
    save,
    segment,
    subject,
    with_segments,
    xmp_segment,
)
from tests.metadata.journaled import comment

DOG, SEA = Tag(("Animal", "Dog")), Tag(("Sea",))
OLD = (1_600_000_000_000_000_000, 1_500_000_000_123_456_789)
EVERYTHING = Selection()


@dataclass
class Desk:
    """A folder of photos with a journal."""

    folder: Path
    journal: Journal

    def photo(self, data: bytes, name: str = "photo.jpg") -> Path:
        path = save(self.folder, data, name)
        os.utime(path, ns=OLD)
        return path

    def write(
        self, path: Path, add: Sequence[Tag] = (), remove: Sequence[Tag] = (), *,
        run: str = "", embed: bool = True,
    ) -> str:  # fmt: skip
        run = run or self.journal.start_run("tag")
        origins = {tag: Origin(False, 0.7, "model") for tag in add}
        write_tags(
            path, TagChange(tuple(add), tuple(remove)), origins=origins, journal=self.journal,
            run=run, options=WriteOptions(embed=embed),
        )  # fmt: skip
        return run

    def revert(self, selection: Selection = EVERYTHING) -> list[Reverted]:
        return list(revert(self.journal, None, selection))

    def contents(self) -> dict[str, tuple[bytes, int]]:
        return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in self.folder.iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "photos").mkdir()
    with Journal(tmp_path / "data" / DATABASE) as journal:
        yield Desk(tmp_path / "photos", journal)


def with_own(*keywords: str) -> bytes:
    """A JPEG with somebody's own keywords."""
    own = subject(*keywords) + hierarchical(*keywords)
    return with_segments(xmp_segment(packet(own, padding=100)))


def with_exif() -> bytes:
    """A JPEG without keywords whose Exif says who made it."""
    made = io.BytesIO()
    piexif.insert(piexif.dump({"0th": {piexif.ImageIFD.Make: b"Maker"}}), picture(), made)
    return made.getvalue()


def change_elsewhere(path: Path, text: bytes = b"somebody's") -> None:
    """What another program does that keeps keywords."""
    path.write_bytes(splice.apply(path.read_bytes(), [comment(text)]))


def test_edited_by_exiftool_in_between(desk: Desk) -> None:
    needs("exiftool")
    path = desk.photo(with_own("holiday"))
    run = desk.write(path, [CAT])
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", "-XMP-dc:Subject+=beach", "-Keywords+=beach",
         "-XMP-dc:Creator=Ann", path],
        check=True,
    )  # fmt: skip
    assert desk.revert(Selection(run)) == [Reverted(path, False)]
    found = read_tags(path)
    assert found.dc_subject == ("holiday", "beach")
    assert "beach" in found.iptc and "Cat" not in found.iptc
    assert not found.records and not found.problems
    said = subprocess.run(
        ["exiftool", "-s3", "-XMP-dc:Creator", path], capture_output=True, text=True, check=True
    )
    assert said.stdout == "Ann\n"
    assert desk.revert(Selection(run)) == []
    assert desk.journal.runs()[-1].undone == 1


def test_a_tag_that_was_there_before_stays(desk: Desk) -> None:
    path = desk.photo(with_own("Sea", "holiday"))
    run = desk.write(path, [SEA, CAT])
    change_elsewhere(path)
    assert desk.revert(Selection(run)) == [Reverted(path, False)]
    assert {str(tag) for tag in read_tags(path).tags} == {"Sea", "holiday"}


def test_a_keyword_that_a_path_took_up_stays(desk: Desk) -> None:
    path = desk.photo(with_own("Cat", "holiday"))
    run = desk.write(path, [CAT])
    change_elsewhere(path)
    assert desk.revert(Selection(run)) == [Reverted(path, False)]
    assert {str(tag) for tag in read_tags(path).tags} == {"Cat", "holiday"}


def test_a_tag_that_was_taken_out_comes_back(desk: Desk) -> None:
    path = desk.photo(with_own("Sea", "holiday"))
    run = desk.write(path, [CAT], [SEA])
    change_elsewhere(path)
    assert desk.revert(Selection(run)) == [Reverted(path, False)]
    assert {str(tag) for tag in read_tags(path).tags} == {"Sea", "holiday"}


def test_a_tag_of_the_photo_that_only_the_sidecar_got_from_us(desk: Desk) -> None:
    path = desk.photo(with_own("Sea"))
    sidecar = desk.photo(packet(subject("holiday")), "photo.jpg.xmp")
    run = desk.write(path, [SEA, CAT])
    assert "Sea" in dict(read_tags(path).sidecar)["dc_subject"]
    sidecar.write_bytes(sidecar.read_bytes() + b"\n")
    change_elsewhere(path)
    (done,) = desk.revert(Selection(run))
    assert done.exact is False and done.error is None and "Sea stays" in done.note
    found = read_tags(path)
    assert found.dc_subject == ("Sea",) and CAT not in found.tags


def test_a_tag_that_the_user_has_taken_out_already(desk: Desk) -> None:
    needs("exiftool")
    path = desk.photo(with_own("holiday"))
    run = desk.write(path, [SEA])
    subprocess.run(
        ["exiftool", "-q", "-overwrite_original", "-XMP-dc:Subject-=Sea", "-Keywords-=Sea",
         "-XMP-lr:HierarchicalSubject-=Sea", "-XMP-digiKam:TagsList-=Sea", "-XPKeywords=", path],
        check=True,
    )  # fmt: skip
    (done,) = desk.revert(Selection(run))
    assert (done.exact, done.error) == (False, None)
    assert [str(tag) for tag in read_tags(path).tags] == ["holiday"]


def test_photo_and_sidecar_that_both_changed(desk: Desk) -> None:
    path = desk.photo(with_own("holiday"))
    sidecar = desk.photo(packet(subject("holiday")), "photo.jpg.xmp")
    run = desk.write(path, [CAT, SKY])
    change_elsewhere(path)
    sidecar.write_bytes(sidecar.read_bytes() + b"\n")
    assert [(d.exact, d.error) for d in desk.revert(Selection(run))] == [(False, None)]
    assert [str(tag) for tag in read_tags(path).tags] == ["holiday"]
    assert all(e.state == "undone" for e in desk.journal.entries(path) if e.undoes is None)
    assert desk.revert() == []


def test_a_sidecar_that_only_we_have_written(desk: Desk) -> None:
    """The photo was changed by somebody, the sidecar was not: that one is exact."""
    path = desk.photo(with_own("holiday"))
    sidecar = desk.photo(packet(subject("holiday")), "photo.jpg.xmp")
    before = sidecar.read_bytes()
    run = desk.write(path, [CAT])
    change_elsewhere(path)
    assert [(d.exact, d.error) for d in desk.revert(Selection(run))] == [(False, None)]
    assert sidecar.read_bytes() == before
    assert [str(tag) for tag in read_tags(path).tags] == ["holiday"]


def test_a_run_under_another_one(desk: Desk) -> None:
    path = desk.photo(with_own("holiday"))
    before = desk.contents()
    first = desk.write(path, [CAT])
    desk.write(path, [SKY])
    assert desk.revert(Selection(first)) == [Reverted(path, False)]
    assert set(read_tags(path).tags) == {SKY, Tag(("holiday",))}
    assert desk.revert() == [Reverted(path, True)]
    assert desk.contents() == before


def test_a_revert_can_be_reverted(desk: Desk) -> None:
    path = desk.photo(with_own("holiday"))
    run = desk.write(path, [CAT])
    change_elsewhere(path, b"one")
    desk.revert(Selection(run))
    change_elsewhere(path, b"two")
    undoing = desk.journal.runs()[0].id
    assert desk.revert(Selection(undoing)) == [Reverted(path, False)]
    assert set(read_tags(path).tags) == {CAT, Tag(("holiday",))}
    assert desk.revert(Selection(run)) == [Reverted(path, False)] or CAT not in read_tags(path).tags
    assert set(read_tags(path).tags) == {Tag(("holiday",))}
    assert b"one" in path.read_bytes() and b"two" in path.read_bytes()


def test_another_photo_under_the_same_name_keeps_its_tags(desk: Desk) -> None:
    path, other = desk.photo(with_own("a")), desk.photo(with_own("b"), "other.jpg")
    run = desk.write(path, [CAT])
    desk.write(other, [CAT])
    path.unlink()
    other.rename(path)
    kept = path.read_bytes()
    (done,) = desk.revert(Selection(run))
    assert done.error is not None and "another photo has this name" in done.error
    assert path.read_bytes() == kept


def test_a_photo_that_cannot_be_written_is_said_and_stays(desk: Desk) -> None:
    path = desk.photo(with_own("holiday"))
    run = desk.write(path, [CAT])
    change_elsewhere(path)
    os.link(path, desk.folder / "second name")
    kept = path.read_bytes()
    (done,) = desk.revert(Selection(run))
    assert done.error is not None
    assert path.read_bytes() == kept
    assert [e.state for e in desk.journal.entries(path) if e.target == "embedded"] == ["written"]
    (desk.folder / "second name").unlink()
    assert [(d.exact, d.error) for d in desk.revert(Selection(run))] == [(False, None)]
    assert CAT not in read_tags(path).tags


TAGS = (CAT, DOG, SKY, SEA)


def _random_step(desk: Desk, photos: Sequence[Path], dice: random.Random) -> None:
    if dice.random() < 0.6:
        run = desk.journal.start_run("tag")
        for path in dice.sample(photos, dice.randint(1, len(photos))):
            add = dice.sample(TAGS, dice.randint(0, 2))
            remove = dice.sample([tag for tag in TAGS if tag not in add], dice.randint(0, 1))
            desk.write(path, add, remove, run=run, embed=dice.random() < 0.8)
    else:
        runs = [run.id for run in desk.journal.runs()]
        if runs:
            done = desk.revert(Selection(dice.choice(runs)))
            assert not [each.error for each in done if each.error]
    assert recover(desk.journal) == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1 << 32))
def test_everything_gives_the_original_bytes_back(seed: int) -> None:
    """Any runs over each other, any of them reverted or redone, exactly or by tags."""
    dice = random.Random(seed)
    with (
        tempfile.TemporaryDirectory() as name,
        Journal(Path(name) / "data" / DATABASE) as journal,
    ):
        desk = Desk(Path(name) / "photos", journal)
        desk.folder.mkdir()
        photos = [
            desk.photo(with_own("Sea", "holiday")),
            desk.photo(with_exif(), "plain.jpg"),
            desk.photo(b"II*\0 no TIFF that could be read", "raw.nef"),
        ]
        if dice.random() < 0.5:
            desk.photo(packet(subject("holiday")), "photo.jpg.xmp")
        before = desk.contents()
        for _ in range(dice.randint(1, 9)):
            _random_step(desk, photos, dice)
        assert not [each.error for each in desk.revert() if each.error]
        assert desk.contents() == before


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1 << 32))
def test_what_others_wrote_in_between_stays(seed: int) -> None:
    dice = random.Random(seed)
    with (
        tempfile.TemporaryDirectory() as name,
        Journal(Path(name) / "data" / DATABASE) as journal,
    ):
        desk = Desk(Path(name) / "photos", journal)
        desk.folder.mkdir()
        path = desk.photo(with_segments(segment(0xFE, b"first"), base=with_own("holiday")))
        theirs = []
        for number in range(dice.randint(1, 8)):
            if dice.random() < 0.3:
                theirs.append(b"theirs %d" % number)
                change_elsewhere(path, theirs[-1])
            run = desk.journal.start_run("tag")
            desk.write(path, dice.sample(TAGS, dice.randint(1, 2)), run=run)
            if dice.random() < 0.3:
                desk.revert(Selection(dice.choice(desk.journal.runs()).id))
        assert not [each.error for each in desk.revert() if each.error]
        found = read_tags(path)
        assert [str(tag) for tag in found.tags] == ["holiday"], seed
        assert not found.problems
        left = path.read_bytes()
        assert b"first" in left and all(text in left for text in theirs)
