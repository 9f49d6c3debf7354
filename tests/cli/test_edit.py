"""`tagwright edit` through the front door: what is said, what is in the files, what stays so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from app.metadata.reader import read_tags
from tests.cli.test_tag import digests
from tests.conftest import Tagwright, needs
from tests.services.bench import exiftool_adds, exiftool_takes_out, records, run_program, tags

CAT, COFFEE = "Animal/Cat", "Food/Drink/Coffee"
#: Runs that find out and suggest differently.
OTHER_RUNS = (
    ("--min-score", "0.05"),
    ("--crops", "1", "--min-score", "0.1"),
    ("--choose", "cumulative", "--min-score", "0"),
    ("--model", "efficientnet-lite0", "--min-score", "0.01"),
)


@pytest.fixture
def cat(photos: Path) -> Path:
    """One photo of a cat, alone in its folder."""
    for path in photos.iterdir():
        if path.name != "chelsea.jpg":
            path.unlink()
    return photos / "chelsea.jpg"


def tag(tagwright: Tagwright, path: Path, *options: str) -> None:
    ran = tagwright("tag", path, *(options or ("--min-score", "0.3")))
    assert ran.code == 0, ran.err


def edit(tagwright: Tagwright, path: Path, *options: str) -> str:
    ran = tagwright("edit", path, *options)
    assert ran.code == 0, ran.err
    return ran.out


def test_accepting_confirms_the_record_and_changes_nothing_else(
    tagwright: Tagwright, cat: Path
) -> None:
    tag(tagwright, cat)
    before, was = cat.read_bytes(), records(cat)
    assert not was[CAT].confirmed
    said = edit(tagwright, cat, "--accept", CAT)
    assert said == f"{cat}: {CAT} confirmed\n"
    after, now = cat.read_bytes(), records(cat)
    assert now[CAT].confirmed
    assert (now[CAT].score, now[CAT].model, now[CAT].run) == (
        was[CAT].score,
        was[CAT].model,
        was[CAT].run,
    )
    assert {name: now[name] for name in now if name != CAT} == {
        name: was[name] for name in was if name != CAT
    }
    # The state has as many characters in both; where the packet was padded, nothing moved.
    start = before.index(b"<x:xmpmeta")
    assert after[:start] == before[:start]
    end = before.index(b"<?xpacket end")
    assert after[after.index(b"<?xpacket end") :] == before[end:]
    assert before[:end].replace(b"suggested", b"confirmed").count(b"confirmed") == after.count(
        b"confirmed"
    ) + after.count(b"suggested")
    assert tags(cat) == {str(t) for t in read_tags(cat).tags}
    before = cat.read_bytes()
    assert edit(tagwright, cat, "--accept", CAT) == f"{cat}: {CAT} confirmed\n"
    assert cat.read_bytes() == before


@pytest.mark.parametrize("where", ["auto", "sidecar"])
def test_a_rejected_tag_goes_and_never_comes_back(
    tagwright: Tagwright, cat: Path, where: str
) -> None:
    tag(tagwright, cat, "--write", where, "--min-score", "0.3")
    assert CAT in tags(cat)
    assert f"-{CAT}" in edit(tagwright, cat, "--reject", CAT, "--write", where)
    assert CAT not in tags(cat)
    assert CAT not in records(cat)
    for options in OTHER_RUNS:
        ran = tagwright("tag", cat, "--json", "--write", where, *options)
        assert CAT not in [t["hierarchy"] for t in ran.lines[0]["tags"]]
        assert CAT not in tags(cat)


def test_a_rejected_tag_goes_from_photo_and_sidecar(tagwright: Tagwright, cat: Path) -> None:
    needs("exiftool")
    run_program("exiftool", "-q", "-XMP-dc:Subject=Holiday", f"{cat}.xmp")
    tag(tagwright, cat)
    beside = cat.with_name("chelsea.jpg.xmp")
    assert b">Cat<" in cat.read_bytes()
    assert b">Cat<" in beside.read_bytes()
    edit(tagwright, cat, "--reject", CAT)
    assert b">Cat<" not in cat.read_bytes()
    assert b">Cat<" not in beside.read_bytes()
    assert "Holiday" in tags(cat)


def test_adding_and_taking_out(tagwright: Tagwright, cat: Path) -> None:
    exiftool_adds(cat, "Old")
    before = cat.read_bytes()
    said = edit(tagwright, cat, "--add", "Places/Sea/Baltic", "--add", "Holiday", "--remove", "Old")
    assert said == f"{cat}: +Places/Sea/Baltic, +Holiday, -Old\n"
    assert tags(cat) == {"Places/Sea/Baltic", "Holiday"}
    found = records(cat)
    assert set(found) == {"Places/Sea/Baltic", "Holiday"}
    assert all(r.confirmed and r.score is None and not r.model for r in found.values())
    assert edit(tagwright, cat, "--remove", "Old") == f"{cat}: nothing to change\n"
    ran = tagwright("revert", "--all", "--yes")
    assert ran.code == 0
    assert cat.read_bytes() == before


def test_accept_all(tagwright: Tagwright, photos: Path) -> None:
    tag(tagwright, photos, "--write-suggestions", "accepted")
    before = digests(photos)
    ran = tagwright("tag", photos, "--json", "--write-suggestions", "accepted")
    assert digests(photos) == before
    suggested = {
        name: {t["hierarchy"] for t in line["tags"]} for name, line in ran.by_name().items()
    }
    edit(tagwright, photos, "--accept-all")
    for name, expected in suggested.items():
        assert {str(t) for t in read_tags(photos / name).tags} <= expected
        assert set(records(photos / name)) == expected
        assert all(r.confirmed and r.score for r in records(photos / name).values())


def test_accepting_in_a_folder_touches_only_photos_with_the_suggestion(
    tagwright: Tagwright, photos: Path
) -> None:
    tag(tagwright, photos, "--write-suggestions", "accepted")
    before = digests(photos)
    ran = tagwright("edit", photos, "--accept", CAT)
    assert ran.code == 0
    changed = {name for name, digest in digests(photos).items() if before[name] != digest}
    assert changed == {"chelsea.jpg"}
    assert f"coffee.jpg: nothing to change ({CAT} is not suggested for it)\n" in ran.out


def test_a_photo_that_was_never_tagged(tagwright: Tagwright, cat: Path) -> None:
    before = cat.read_bytes()
    said = edit(tagwright, cat, "--accept", CAT)
    assert said == f"{cat}: nothing to change ({CAT} is not suggested for it)\n"
    assert cat.read_bytes() == before
    edit(tagwright, cat, "--reject", CAT, "--add", "Mine")
    tag(tagwright, cat)
    assert CAT not in tags(cat)
    assert "Mine" in tags(cat)


def test_a_photo_of_another_library_can_be_accepted_by_its_records(
    tagwright: Tagwright, cat: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag(tagwright, cat)
    monkeypatch.setenv("TAGWRIGHT_HOME", str(tmp_path / "another"))
    assert edit(tagwright, cat, "--accept", CAT) == f"{cat}: {CAT} confirmed\n"
    assert records(cat)[CAT].confirmed


def test_failing_photos_are_a_line_each_and_the_rest_goes_on(
    tagwright: Tagwright, photos: Path
) -> None:
    gone, broken = photos / "gone.jpg", photos / "coffee.jpg"
    os.mkdir(f"{broken}.xmp")
    broken.write_bytes(b"\xff\xd8\xff\xe1 no photo at all")
    ran = tagwright("edit", gone, photos, "--add", "Holiday")
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 3, ran.err
    assert "gone.jpg" in ran.err
    assert "coffee.jpg" in ran.err
    assert ran.err.splitlines()[-1] == "3 photos edited, 2 failed"
    for name in ("chelsea.jpg", "camera.jpg", "motorcycle_left.jpg"):
        assert "Holiday" in tags(photos / name)


def test_what_could_not_be_written_is_written_by_the_next_run(
    tagwright: Tagwright, cat: Path
) -> None:
    tag(tagwright, cat, "--write-suggestions", "accepted")
    content = cat.read_bytes()
    os.link(cat, cat.with_name("link"))  # refused: it gets a sidecar, which cannot be there
    os.mkdir(f"{cat}.xmp")
    ran = tagwright("edit", cat, "--accept", CAT)
    assert (ran.code, cat.read_bytes()) == (1, content)
    cat.with_name("link").unlink()
    os.rmdir(f"{cat}.xmp")
    tag(tagwright, cat, "--write-suggestions", "accepted")
    assert records(cat)[CAT].confirmed


def test_what_is_only_remembered_is_written_by_the_next_run(
    tagwright: Tagwright, cat: Path
) -> None:
    run = ("--write-suggestions", "accepted")
    tag(tagwright, cat, *run)
    before = digests(cat.parent)
    said = edit(tagwright, cat, "--accept", CAT, "--add", "Mine", "--write", "none")
    assert said == f"{cat}: remembered: +Mine, +{CAT}\n"
    assert digests(cat.parent) == before
    tag(tagwright, cat, *run)
    assert tags(cat) == {CAT, "Mine"}
    assert all(record.confirmed for record in records(cat).values())
    before = digests(cat.parent)
    tag(tagwright, cat, *run)
    assert digests(cat.parent) == before
    edit(tagwright, cat, "--reject", CAT, "--write", "none")
    assert digests(cat.parent) == before
    tag(tagwright, cat, "--write", "none")
    assert digests(cat.parent) == before
    tag(tagwright, cat)
    assert CAT not in tags(cat)
    assert "Mine" in tags(cat)
    tag(tagwright, cat, "--min-score", "0.05")
    assert CAT not in tags(cat)


def test_a_tag_of_the_users_own_cannot_be_taken_out_without_writing(
    tagwright: Tagwright, cat: Path
) -> None:
    exiftool_adds(cat, "Old")
    before = cat.read_bytes()
    said = edit(tagwright, cat, "--remove", "Old", "--write", "none")
    assert "Old stays in the photo" in said
    assert cat.read_bytes() == before


def test_a_tag_deleted_elsewhere_is_not_accepted_along_with_others(
    tagwright: Tagwright, cat: Path
) -> None:
    tag(tagwright, cat)
    exiftool_takes_out(cat, CAT)
    edit(tagwright, cat, "--add", "Mine")
    tag(tagwright, cat, "--min-score", "0.05")
    assert CAT not in tags(cat)
    edit(tagwright, cat, "--accept-all")
    assert CAT not in tags(cat)


def test_reverting_an_edit_gives_back_the_bytes_and_takes_back_what_was_decided(
    tagwright: Tagwright, cat: Path
) -> None:
    original = cat.read_bytes()
    tag(tagwright, cat)
    tagged = cat.read_bytes()
    edit(tagwright, cat, "--reject", CAT, "--add", "Mistake")
    run = tagwright("history", "--json").lines[0]["id"]
    ran = tagwright("revert", "--run", run)
    assert (ran.code, cat.read_bytes()) == (0, tagged)
    tag(tagwright, cat)
    tag(tagwright, cat, "--min-score", "0.31")
    assert CAT in tags(cat)
    assert not records(cat)[CAT].confirmed
    assert "Mistake" not in tags(cat)
    assert tagwright("revert", "--all", "--yes").code == 0
    assert cat.read_bytes() == original
    tag(tagwright, cat)
    assert CAT in tags(cat)


def test_history_says_what_an_edit_did(tagwright: Tagwright, cat: Path) -> None:
    tag(tagwright, cat)
    edit(tagwright, cat, "--reject", CAT, "--add", "Mine")
    ran = tagwright("history", "--photo", cat)
    assert f"chelsea.jpg  +Mine, -{CAT}" in ran.out.splitlines()[0]
    assert "edit" in tagwright("history").out.splitlines()[0]


def test_an_edit_that_says_nothing_says_what_to_say(tagwright: Tagwright, cat: Path) -> None:
    ran = tagwright("edit", cat)
    assert ran.code == 2
    assert "--accept" in ran.err
    ran = tagwright("edit", cat, "--add", "a|b")
    assert ran.code == 2
    assert "a|b" in ran.err


def test_png_and_webp(tagwright: Tagwright, cat: Path) -> None:
    for suffix in (".png", ".webp", ".gif"):
        photo = cat.with_suffix(suffix)
        with Image.open(cat) as image:
            image.save(photo)
        original = photo.read_bytes()
        edit(tagwright, photo, "--add", "Places/Sea")
        assert tags(photo) == {"Places/Sea"}
        edit(tagwright, photo, "--remove", "Places/Sea")
        assert tags(photo) == set()
        assert tagwright("revert", "--photo", photo).code == 0
        assert photo.read_bytes() == original
        assert not Path(f"{photo}.xmp").exists()
