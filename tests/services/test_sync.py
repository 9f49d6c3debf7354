"""Whose tags are whose, whatever other programs do to photos and sidecars between two runs.

The changes from outside are made by the programs themselves, ExifTool and Exiv2.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.core.tag import Tag
from app.services.recording import Recorder
from app.services.tagging import Looked, Prepared, Task
from tests.conftest import needs
from tests.services.bench import (
    CARD,
    Bench,
    Colours,
    decided,
    exiftool_adds,
    exiftool_takes_out,
    picture,
    records,
    run_program,
    tags,
    written,
)

CAT = "Animal/Cat"
OpenBench = Callable[[Path], Bench]
#: Settings that differ in what they find sure, so that the photo is gone through again.
OTHERS = ({"min_score": 0.2}, {"crops": 3}, {"min_score": 0.25, "choice": "cumulative"})


def test_tags_from_before_are_the_users_own(bench: Bench, photo: Path) -> None:
    exiftool_adds(photo, "Holiday")
    bench.tag(photo)
    assert tags(photo) == {"Holiday", CAT}
    assert decided(bench, photo, "confirmed", found_in_file=True) == {"Holiday"}
    assert written(bench, photo) == {CAT}
    assert set(records(photo)) == {CAT}


def test_a_tag_that_was_there_before_it_was_suggested_is_not_ours(
    bench: Bench, photo: Path
) -> None:
    needs("exiftool")
    fields = ("-XMP-dc:Subject=Cat", "-XMP-lr:HierarchicalSubject=Animal|Cat")
    run_program("exiftool", "-q", "-overwrite_original", *fields, photo)
    bench.tag(photo)
    assert decided(bench, photo, "confirmed", found_in_file=True) == {CAT}
    assert written(bench, photo) == set()
    assert records(photo) == {}


def test_what_we_write_says_how_it_came(bench: Bench, photo: Path) -> None:
    outcome = bench.tag(photo)
    record = records(photo)[CAT]
    assert not record.confirmed
    assert record.model == CARD.id
    assert record.score == round(outcome.suggestions[0].score, 3)
    assert record.run == bench.journal.runs()[0].id


def test_a_tag_added_elsewhere_is_the_users_own(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    exiftool_adds(photo, "Holiday")
    bench.tag(photo)
    assert tags(photo) == {"Holiday", CAT}
    assert decided(bench, photo, "confirmed", found_in_file=True) == {"Holiday"}
    assert written(bench, photo) == set(records(photo)) == {CAT}


def test_a_tag_of_the_users_that_they_took_out_again_does_not_come_back(
    bench: Bench, photo: Path
) -> None:
    exiftool_adds(photo, "Cat")
    bench.tag(photo, write="none")
    exiftool_takes_out(photo, "Cat")
    bench.tag(photo, write="none")
    assert decided(bench, photo, "confirmed") == set()
    assert decided(bench, photo, "rejected") == {"Cat"}


def test_a_tag_taken_out_elsewhere_never_comes_back(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    exiftool_takes_out(photo, CAT)
    assert tags(photo) == set()
    for settings in ({}, *OTHERS):
        bench.tag(photo, **settings)
        assert decided(bench, photo, "rejected") == {CAT}
        assert tags(photo) == set()


def test_a_tag_taken_out_elsewhere_is_rejected_by_a_new_library_too(
    bench: Bench, photo: Path, tmp_path: Path, open_bench: OpenBench
) -> None:
    bench.tag(photo)
    anew = open_bench(tmp_path / "new")
    exiftool_takes_out(photo, CAT)
    assert set(records(photo)) == {CAT}
    for settings in ({}, *OTHERS):
        anew.tag(photo, **settings)
        assert decided(anew, photo, "rejected") == {CAT}
        assert tags(photo) == set()


def test_a_tag_taken_out_and_put_back_elsewhere_is_confirmed(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    exiftool_takes_out(photo, CAT)
    bench.tag(photo)
    needs("exiftool")
    fields = ("-XMP-dc:Subject=Cat", "-XMP-lr:HierarchicalSubject=Animal|Cat")
    run_program("exiftool", "-q", "-overwrite_original", *fields, photo)
    for settings in ({}, *OTHERS):
        bench.tag(photo, **settings)
        assert decided(bench, photo, "confirmed") == {CAT}
        assert decided(bench, photo, "rejected") == set()
        assert tags(photo) == {CAT}


def test_a_backup_from_before_a_tag_was_taken_out_has_it_confirmed(
    bench: Bench, photo: Path, tmp_path: Path
) -> None:
    bench.tag(photo)
    backup = shutil.copy2(photo, tmp_path / "backup")
    exiftool_takes_out(photo, CAT)
    bench.tag(photo)
    shutil.copyfile(backup, photo)
    os.utime(photo)
    bench.tag(photo)
    assert decided(bench, photo, "rejected") == set()
    assert tags(photo) == {CAT}


def test_a_sidecar_that_another_program_changed_is_noticed(bench: Bench, tmp_path: Path) -> None:
    photo = picture(tmp_path / "photo.gif", "red")
    bench.tag(photo)
    before = photo.read_bytes(), photo.stat().st_mtime_ns
    sidecar = tmp_path / "photo.gif.xmp"
    needs("exiftool")
    run_program("exiftool", "-q", "-overwrite_original", "-XMP-dc:Subject+=Holiday", sidecar)
    assert bench.tag(photo).status == "tagged"
    assert decided(bench, photo, "confirmed", found_in_file=True) == {"Holiday"}
    assert set(records(photo)) == written(bench, photo) == {CAT}
    exiftool_takes_out(sidecar, CAT)
    for settings in ({}, *OTHERS):
        bench.tag(photo, **settings)
        assert decided(bench, photo, "rejected") == {CAT}
        assert tags(photo) == {"Holiday"}
    assert (photo.read_bytes(), photo.stat().st_mtime_ns) == before


def test_a_sidecar_made_by_another_program_is_noticed(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    assert bench.tag(photo).status == "unchanged"
    needs("exiftool")
    run_program("exiftool", "-q", "-XMP-dc:Subject=Holiday", f"{photo}.xmp")
    assert bench.tag(photo).status == "tagged"
    assert decided(bench, photo, "confirmed", found_in_file=True) == {"Holiday"}


def looked(bench: Bench, photo: Path) -> tuple[Looked, Recorder]:
    """A photo between the look at it and the writing."""
    tagger, recorder = bench.steps()
    task = tagger.plan(photo, bench.library)
    assert isinstance(task, Task)
    prepared = tagger.prepare(task, bench.library, lambda size: nullcontext())
    assert isinstance(prepared, Prepared)
    return tagger.look([prepared], Colours())[0], recorder


def test_a_photo_changed_between_look_and_write_is_left_and_tried_again(
    bench: Bench, photo: Path
) -> None:
    step, recorder = looked(bench, photo)
    exiftool_adds(photo, "Holiday")
    changed = photo.read_bytes()
    _, outcome = recorder.record(step)
    assert outcome.status == "failed"
    assert "changed" in str(outcome.error)
    assert photo.read_bytes() == changed
    assert bench.tag(photo).status == "tagged"
    assert tags(photo) == {"Holiday", CAT}
    assert decided(bench, photo, "confirmed") == {"Holiday"}


def test_a_photo_that_vanished_between_look_and_write_is_one_failure(
    bench: Bench, photo: Path
) -> None:
    step, recorder = looked(bench, photo)
    photo.unlink()
    _, outcome = recorder.record(step)
    assert outcome.status == "failed"
    assert not photo.exists()
    assert list(photo.parent.glob("photo*")) == []


@pytest.mark.parametrize("name", ["photo.jpg", "photo.gif"])
def test_with_the_library_lost_ours_and_theirs_are_still_told_apart(
    bench: Bench, tmp_path: Path, open_bench: OpenBench, name: str
) -> None:
    photo = picture(tmp_path / name, "red")
    if name == "photo.jpg":
        exiftool_adds(photo, "Holiday")
    else:
        needs("exiftool")
        run_program("exiftool", "-q", "-XMP-dc:Subject=Holiday", f"{photo}.xmp")
    bench.tag(photo)
    before = {p.name: p.read_bytes() for p in tmp_path.glob("photo*")}
    new = open_bench(tmp_path / "new")
    new.tag(photo)
    assert written(new, photo) == {CAT}
    assert decided(new, photo, "confirmed") == {"Holiday"}
    assert {p.name: p.read_bytes() for p in tmp_path.glob("photo*")} == before


def test_a_copied_library_knows_the_same(
    bench: Bench, photo: Path, tmp_path: Path, open_bench: OpenBench
) -> None:
    exiftool_adds(photo, "Holiday")
    bench.tag(photo)
    exiftool_takes_out(photo, CAT)
    bench.tag(photo)
    bench.close()
    shutil.copytree(bench.library.folder, tmp_path / "copied")
    copied = open_bench(tmp_path / "copied")
    assert copied.tag(photo).status == "unchanged"
    copied.tag(photo, min_score=0.2)
    assert decided(copied, photo, "rejected") == {CAT}
    assert decided(copied, photo, "confirmed") == {"Holiday"}
    assert tags(photo) == {"Holiday"}


def test_killed_before_the_library_was_told_the_tags_are_ours_all_the_same(
    bench: Bench, photo: Path, tmp_path: Path, open_bench: OpenBench
) -> None:
    folder = bench.library.folder
    # What the library knows just before a photo is written: that is what a kill leaves.
    bench.tag(photo, write="none")
    kept = sqlite3.connect(tmp_path / "kept.db")
    with closing(sqlite3.connect(folder / "library.db")) as library:
        library.backup(kept)
    kept.close()
    bench.tag(photo)
    bench.close()
    for file in folder.glob("library.db*"):
        file.unlink()
    shutil.copyfile(tmp_path / "kept.db", folder / "library.db")
    after = open_bench(folder)
    assert written(after, photo) == set()
    after.tag(photo)
    assert written(after, photo) == {CAT}
    assert decided(after, photo, "confirmed") == set()
    exiftool_takes_out(photo, CAT)
    after.tag(photo)
    assert decided(after, photo, "rejected") == {CAT}


def test_records_survive_programs_that_write_xmp_anew(bench: Bench, photo: Path) -> None:
    needs("exiv2")
    bench.tag(photo)
    before = records(photo)
    exiftool_adds(photo, "Holiday")
    assert records(photo) == before
    run_program("exiv2", "-M", "set Xmp.dc.title lang=x-default Seaside", photo)
    assert records(photo) == before
    run_program("exiv2", "-M", "set Xmp.dc.subject XmpBag Beach", photo)
    assert records(photo) == before
    bench.tag(photo)
    assert written(bench, photo) == {CAT}


def test_another_program_saving_a_photo_with_less_quality_is_no_opinion(
    bench: Bench, photo: Path, tmp_path: Path
) -> None:
    noise = np.random.default_rng(1).integers(0, 90, (300, 320, 3), np.uint8)
    noise[..., 0] += 120
    Image.fromarray(noise).save(photo, quality=98)
    exiftool_adds(photo, "Holiday")
    bench.tag(photo)
    with Image.open(photo) as image:
        image.save(tmp_path / "smaller.jpg", quality=60, xmp=image.info["xmp"])
    shutil.copyfile(tmp_path / "smaller.jpg", photo)
    bench.tag(photo)
    assert tags(photo) == {"Holiday", CAT}
    assert written(bench, photo) == {CAT}
    assert decided(bench, photo, "rejected") == set()


def test_write_suggestions_accepted_writes_only_what_was_accepted(
    bench: Bench, photo: Path
) -> None:
    before = photo.read_bytes()
    outcome = bench.tag(photo, write_suggestions="accepted")
    assert [str(s.tag) for s in outcome.suggestions] == [CAT]
    assert photo.read_bytes() == before
    known = bench.library.by_path(photo)
    assert known is not None
    bench.library.decide(known.id, [Tag(("Animal", "Cat"))], "confirmed")
    bench.tag(photo, write_suggestions="accepted", min_score=0.99)
    assert records(photo)[CAT].confirmed


def test_switching_back_to_sure_writes(bench: Bench, photo: Path) -> None:
    before = photo.read_bytes()
    for _ in range(2):
        bench.tag(photo, write_suggestions="accepted")
        assert photo.read_bytes() == before
    bench.tag(photo)
    assert tags(photo) == {CAT}
    assert not records(photo)[CAT].confirmed
