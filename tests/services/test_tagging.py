"""What the library makes of photos that change, move, are copied or replaced between runs.

The real steps on real files and a real library; the network's answers are given, so that each
test says exactly what the photo shows.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.core.change import Edit
from app.core.confidence import Confidence
from app.core.embedding import powered
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.services.actions import Actions
from app.services.features import Seen, look_at
from tests.metadata.adding import add_tags
from tests.services.bench import CARD, Bench, Colours, picture, tags, without_tags


def test_a_photo_is_looked_at_once(bench: Bench, photo: Path) -> None:
    assert bench.tag(photo).status == "tagged"
    assert tags(photo) == {"Animal/Cat"}
    assert bench.tag(photo).status == "unchanged"
    assert bench.tag(photo, min_score=0.9).status == "tagged"
    assert bench.looks == 1


def test_the_library_keeps_embeddings_as_heads_take_them(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    matrix = bench.library.embedding_file(CARD.key, CARD.embedding_size).matrix()
    (seen,) = look_at([photo], Colours(), TagSettings().crops)
    assert isinstance(seen, Seen) and seen.embedding.max() > 50
    np.testing.assert_allclose(matrix[0], powered(seen.embedding), rtol=1e-2)


def test_certainties_of_before_are_made_anew_from_kept_scores(bench: Bench, tmp_path: Path) -> None:
    photo = picture(tmp_path / "photo.jpg", "blue")
    before = {str(s.tag): s.score for s in bench.tag(photo, write="none").suggestions}
    bench.confidence = Confidence(0.5)
    after = {str(s.tag): s.score for s in bench.tag(photo, write="none").suggestions}
    assert bench.looks == 1
    squared = {name: score**2 for name, score in before.items()}
    assert len(after) == 2
    assert after == pytest.approx(
        {n: s / sum(squared.values()) for n, s in squared.items()}, abs=1e-3
    )
    assert bench.tag(photo, write="none").status == "unchanged"


def test_a_tag_and_its_parent_are_both_ours_and_stay(bench: Bench, tmp_path: Path) -> None:
    photo = picture(tmp_path / "photo.jpg", "blue")
    first = bench.tag(photo)
    assert {str(tag) for tag in first.written} == {"Animal/Bird", "Animal/Bird/Robin"}
    again = bench.tag(photo, min_score=0.31)
    assert again.rejected == frozenset()
    assert again.written == first.written


def test_a_tag_that_was_refined_is_not_rejected(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    content = photo.read_bytes()
    finer = content.replace(b"Animal/Cat<", b"Animal/Cat/Tom<").replace(
        b"Animal|Cat<", b"Animal|Cat|Tom<"
    )
    # The packet's own length, in its segment's header, grows by four for each.
    at = finer.index(b"http://ns.adobe.com/xap/1.0/") - 2
    length = int.from_bytes(finer[at : at + 2], "big") + len(finer) - len(content)
    photo.write_bytes(finer[:at] + length.to_bytes(2, "big") + finer[at + 2 :])
    assert "Animal/Cat/Tom" in tags(photo)
    assert bench.tag(photo).rejected == frozenset()


def test_a_tag_that_lost_its_place_in_the_tree_is_not_rejected(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    without_tags(photo)
    add_tags(photo, [Tag(("Cat",))])
    assert bench.tag(photo).rejected == frozenset()


def test_a_tag_that_was_taken_out_is_rejected_for_good(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    without_tags(photo)
    for settings in ({}, {"min_score": 0.2}, {"crops": 3}):
        outcome = bench.tag(photo, **settings)
        assert {str(tag) for tag in outcome.rejected} == {"Animal/Cat"}
        assert tags(photo) == set()


def test_another_picture_under_an_old_name_is_no_opinion(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    picture(photo, "blue")
    assert "Animal/Bird/Robin" in {str(tag) for tag in bench.tag(photo).written}
    picture(photo, "red")
    outcome = bench.tag(photo)
    assert outcome.rejected == frozenset()
    assert tags(photo) == {"Animal/Cat"}


def test_a_damaged_picture_does_not_get_the_tags_of_the_old_one(bench: Bench, photo: Path) -> None:
    bench.tag(photo, write="none")
    noise = np.random.default_rng(1).integers(0, 255, (300, 320, 3), np.uint8)
    Image.fromarray(noise).save(photo)
    photo.write_bytes(photo.read_bytes()[:9000])
    for settings in ({}, {"min_score": 0.2}):
        outcome = bench.tag(photo, **settings)
        assert outcome.status == "failed"
        assert "damaged" in (outcome.error or "")
        assert tags(photo) == set()


def test_a_broken_sidecar_is_no_opinion(bench: Bench, tmp_path: Path) -> None:
    photo = picture(tmp_path / "photo.gif", "red")
    bench.tag(photo)
    sidecar = tmp_path / "photo.gif.xmp"
    good = sidecar.read_bytes()
    sidecar.write_bytes(good[: len(good) // 2])
    assert bench.tag(photo, min_score=0.2).rejected == frozenset()
    sidecar.write_bytes(good)
    assert bench.tag(photo, min_score=0.25).rejected == frozenset()


def test_a_copy_keeps_what_was_decided(bench: Bench, photo: Path, tmp_path: Path) -> None:
    bench.tag(photo)
    without_tags(photo)
    bench.tag(photo)
    copy = tmp_path / "copy.jpg"
    shutil.copy(photo, copy)
    assert {str(tag) for tag in bench.tag(copy).rejected} == {"Animal/Cat"}
    assert bench.looks == 2


def test_a_tag_taken_out_of_a_copy_stays_out(bench: Bench, photo: Path, tmp_path: Path) -> None:
    bench.tag(photo)
    copy = tmp_path / "copy.jpg"
    shutil.copy(photo, copy)
    assert {str(tag) for tag in bench.tag(copy).written} == {"Animal/Cat"}
    without_tags(copy)
    assert {str(tag) for tag in bench.tag(copy).rejected} == {"Animal/Cat"}
    assert bench.tag(photo).rejected == frozenset()


def test_of_two_copies_of_a_vanished_photo_each_keeps_a_row(
    bench: Bench, photo: Path, tmp_path: Path
) -> None:
    bench.tag(photo)
    copies = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    for copy in copies:
        shutil.copy(photo, copy)
    photo.unlink()
    assert [bench.tag(copy).status for copy in copies] == ["tagged", "tagged"]
    assert [bench.tag(copy).status for copy in copies] == ["unchanged", "unchanged"]
    assert bench.looks == 1


def test_a_touched_copy_does_not_inherit_from_a_deleted_one(
    bench: Bench, photo: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.jpg"
    bench.tag(photo, write="none")
    shutil.copy(photo, copy)
    bench.tag(copy, write="none")
    known = bench.library.by_path(photo)
    assert known is not None
    bench.library.decide(known.id, [Tag(("Animal", "Cat"))], "rejected")
    photo.unlink()
    copy.touch()
    assert bench.tag(copy).rejected == frozenset()


def test_a_copy_with_a_sidecar_of_its_own_was_not_edited(bench: Bench, tmp_path: Path) -> None:
    photo = picture(tmp_path / "a.gif", "red")
    bench.tag(photo)
    copy = tmp_path / "b.gif"
    shutil.copy(photo, copy)
    add_tags(copy, [Tag(("Holiday",))])
    assert bench.tag(copy).rejected == frozenset()
    assert tags(copy) == {"Holiday", "Animal/Cat"}


def test_renumbered_photos_keep_what_was_decided(bench: Bench, tmp_path: Path) -> None:
    first, second = picture(tmp_path / "1.jpg", "red"), tmp_path / "2.jpg"
    Image.new("RGB", (320, 300), (210, 5, 5)).save(second)
    for photo in (first, second):
        bench.tag(photo, write="none")
    known = bench.library.by_path(second)
    assert known is not None
    bench.library.decide(known.id, [Tag(("Animal", "Cat"))], "rejected")
    third = second.rename(tmp_path / "3.jpg")
    second = first.rename(tmp_path / "2.jpg")
    assert bench.tag(second).rejected == frozenset()
    assert {str(tag) for tag in bench.tag(third).rejected} == {"Animal/Cat"}


def test_of_two_equal_photos_the_one_that_moved_keeps_its_history(
    bench: Bench, photo: Path, tmp_path: Path
) -> None:
    twin = tmp_path / "twin.jpg"
    shutil.copyfile(photo, twin)
    os.utime(twin, ns=(1, 10**18))
    for each in (photo, twin):
        bench.tag(each, write="none")
    known = bench.library.by_path(twin)
    assert known is not None
    bench.library.decide(known.id, [Tag(("Animal", "Cat"))], "rejected")
    photo.unlink()
    moved = twin.rename(tmp_path / "moved.jpg")
    assert {str(tag) for tag in bench.tag(moved).rejected} == {"Animal/Cat"}


def test_a_removed_parent_does_not_come_back(bench: Bench, tmp_path: Path) -> None:
    photo = picture(tmp_path / "photo.gif", "blue")
    bench.tag(photo)
    sidecar = tmp_path / "photo.gif.xmp"
    text = sidecar.read_text()
    assert "<rdf:li>Bird</rdf:li>" in text
    sidecar.write_text(text.replace("<rdf:li>Bird</rdf:li>", ""))
    bench.tag(photo, min_score=0.31)
    assert "<rdf:li>Bird</rdf:li>" not in sidecar.read_text()


def test_a_pipe_where_a_sidecar_would_be_does_not_stop_it(bench: Bench, tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs named pipes")
    photo = picture(tmp_path / "photo.gif", "red")
    os.mkfifo(tmp_path / "photo.gif.xmp")
    assert bench.tag(photo).status == "failed"


def test_another_number_of_crops_does_not_lose_the_history(bench: Bench, photo: Path) -> None:
    bench.tag(photo)
    assert bench.tag(photo, crops=3).written == bench.tag(photo).written


def test_what_is_no_file_is_an_error(bench: Bench, tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs named pipes")
    os.mkfifo(tmp_path / "pipe.jpg")
    assert bench.tag(tmp_path / "pipe.jpg").error == "is not a file"


def test_content_credentials_are_not_broken(bench: Bench, photo: Path) -> None:
    content = photo.read_bytes()
    box = b"JP\x00\x01\x00\x00\x00\x01\x00\x00\x00\x40jumb\x00\x00\x00\x26jumdc2pa" + bytes(40)
    signed = content[:2] + b"\xff\xeb" + (len(box) + 2).to_bytes(2, "big") + box + content[2:]
    photo.write_bytes(signed)
    outcome = bench.tag(photo)
    assert photo.read_bytes() == signed
    assert outcome.report is not None
    assert outcome.report.target == "sidecar"
    assert "Content Credentials" in outcome.report.notes[0]


@pytest.mark.parametrize("moved", [True, False], ids=["moved", "copied"])
def test_what_is_decided_about_a_known_photo_at_a_new_place_before_it_is_looked_at_stays(
    bench: Bench, photo: Path, tmp_path: Path, moved: bool
) -> None:
    bench.tag(photo, write="none")
    library = bench.library
    old = library.by_path(photo)
    assert old is not None
    library.decide(old.id, [Tag(("Mine",))], "confirmed")
    there = tmp_path / "there.jpg"
    (shutil.move if moved else shutil.copy2)(photo, there)
    status = there.stat()
    noted = library.register(there, status.st_size, status.st_mtime_ns)
    actions = Actions(library, bench.journal)
    done = actions.act([(noted, Edit(add=(Tag(("New",)),)))], "Add", TagSettings(write="none"))
    bench.tag(there, write="none")
    known = library.by_path(there)
    assert known is not None
    assert library.decided(known.id, "confirmed") == {Tag(("Mine",)), Tag(("New",))}
    assert done.action is not None
    actions.undo(done.action)
    assert library.decided(known.id, "confirmed") == {Tag(("Mine",))}
