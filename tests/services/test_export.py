"""Exporting: real photos into real folders, read back by the product and by ExifTool."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from app.core.change import Origin, TagChange
from app.core.errors import UsageError
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.metadata.blocks import xmp
from app.metadata.programs import IMMICH, PROGRAMS, Program
from app.metadata.reader import read_tags
from app.metadata.writer import write_tags
from app.services.export import Exported, ExportSettings, How, export, preview
from app.services.stores import stores
from tests.conftest import needs
from tests.metadata.adding import add_tags
from tests.metadata.program_cases import CASES

CAT = Tag(("Animal", "Cat"))
SKY = Tag(("Nature", "Sky"))
SEA = Tag(("Sea",))
DRINK = Tag(("Food", "Drink", "Coffee"))


@pytest.fixture
def originals(photos: Path) -> Path:
    """The sample photos, one in a folder of its own, two of them with tags."""
    (photos / "trips" / "sea").mkdir(parents=True)
    (photos / "coffee.jpg").rename(photos / "trips" / "sea" / "coffee.jpg")
    add_tags(photos / "trips" / "sea" / "coffee.jpg", [DRINK])
    add_tags(photos / "chelsea.jpg", [CAT, SKY])
    os.utime(photos / "chelsea.jpg", ns=(1_500_000_000_123_456_789, 1_500_000_000_123_456_789))
    return photos


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data") as opened:
        yield opened


def know(library: Library, path: Path) -> int:
    status = path.stat()
    return library.save_photo(
        path, size=status.st_size, mtime_ns=status.st_mtime_ns, content_hash=path.read_bytes()[-9:]
    )


def state(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file with its content and time."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(
    paths: list[Path],
    to: Path,
    program: Program | None = PROGRAMS["digikam"],
    how: How = "copy",
    library: Library | None = None,
    *,
    accepted_only: bool = False,
) -> dict[str, Exported]:
    settings = ExportSettings(program, how, 0.5, accepted_only)
    return {each.path.name: each for each in export(paths, to, settings, library)}


def test_copies_keep_folders_and_times_and_hold_the_tags(originals: Path, tmp_path: Path) -> None:
    needs("exiftool")
    before, to = state(originals), tmp_path / "out"
    results = run([originals], to)
    assert state(originals) == before
    assert set(state(to)) == set(before)
    assert results["chelsea.jpg"].files == (to / "chelsea.jpg",)
    assert (to / "chelsea.jpg").stat().st_mtime_ns == 1_500_000_000_123_456_789
    assert results["coffee.jpg"].shown == ("Food/Drink/Coffee",)
    assert results["coffee.jpg"].embedded and not results["camera.jpg"].embedded
    copied = to / "trips" / "sea" / "coffee.jpg"
    ran = subprocess.run(
        ["exiftool", "-s3", "-TagsList", copied], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "Food/Drink/Coffee"
    with Image.open(copied) as copy, Image.open(originals / "trips/sea/coffee.jpg") as original:
        assert copy.tobytes() == original.tobytes()


def test_exporting_again_changes_nothing(originals: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    assert all(each.new for each in run([originals], to).values())
    before = state(to)
    assert not any(each.new or each.error for each in run([originals], to).values())
    assert state(to) == before


def test_a_name_that_is_taken_is_left_alone(originals: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    to.mkdir()
    (to / "chelsea.jpg").write_bytes(b"somebody else's")
    (to / "camera.jpg.xmp").write_bytes(b"of a photo that is gone")
    results = run([originals], to)
    assert (to / "chelsea.jpg").read_bytes() == b"somebody else's"
    assert results["chelsea.jpg"].files == (to / "chelsea (2).jpg",)
    assert CAT in read_tags(to / "chelsea (2).jpg").tags
    # It would have taken the sidecar that waits there for its own.
    assert results["camera.jpg"].files == (to / "camera (2).jpg",)
    assert [each.new for each in run([originals], to).values()] == [False] * 4


def test_sidecars_of_the_original_go_along(originals: Path, tmp_path: Path) -> None:
    photo = originals / "camera.jpg"
    add_tags(photo, [SEA], mode="sidecar")
    before = state(originals)
    to = tmp_path / "out"
    result = run([photo], to)["camera.jpg"]
    assert result.files == (to / "camera.jpg.xmp", to / "camera.jpg")
    assert result.shown == ("Sea",) and result.sidecars == 1
    # The copy holds the tag as well, for programs that read no sidecars.
    assert read_tags(to / "camera.jpg").dc_subject == ("Sea",)
    assert state(originals) == before


def test_what_takes_no_tags_gets_a_sidecar_named_for_the_program(
    samples: Path, tmp_path: Path, library: Library
) -> None:
    photo = tmp_path / "in" / "shot.nef"
    photo.parent.mkdir()
    with Image.open(samples / "coffee.png") as image:
        image.save(photo, "TIFF")
    library.decide(know(library, photo), [DRINK], "confirmed")
    for key, name in (("lightroom", "shot.xmp"), ("darktable", "shot.nef.xmp")):
        to = tmp_path / key
        result = run([photo.parent], to, PROGRAMS[key], library=library)["shot.nef"]
        assert sorted(path.name for path in result.files) == sorted(["shot.nef", name])
        assert result.shown == ("Food/Drink/Coffee",), key
        assert (to / "shot.nef").read_bytes() == photo.read_bytes()


def test_a_read_only_original_gives_a_copy_with_tags(
    originals: Path, tmp_path: Path, library: Library
) -> None:
    photo = originals / "camera.jpg"
    library.decide(know(library, photo), [SEA], "confirmed")
    photo.chmod(0o444)
    result = run([photo], tmp_path / "out", library=library)["camera.jpg"]
    assert result.embedded and result.sidecars == 0
    assert photo.stat().st_mode & 0o777 == 0o444


@pytest.mark.parametrize(
    ("program", "name", "fields"),
    [
        ("digikam", "chelsea.jpg.xmp", {"tags_list", "hierarchical", "dc_subject"}),
        ("immich", "chelsea.jpg.xmp", {"tags_list", "hierarchical"}),
        ("darktable", "chelsea.jpg.xmp", {"hierarchical", "dc_subject"}),
        ("lightroom", "chelsea.xmp", {"hierarchical", "dc_subject"}),
        ("photoprism", "chelsea.jpg.xmp", {"dc_subject"}),
    ],
)
def test_sidecars_alone(
    program: str, name: str, fields: set[str], originals: Path, tmp_path: Path
) -> None:
    before, to = state(originals), tmp_path / "out"
    results = run([originals], to, PROGRAMS[program], "sidecars")
    assert state(originals) == before
    # Photos without tags get none.
    assert len(state(to)) == 2 and not any(each.error for each in results.values())
    content = (to / name).read_bytes()
    assert set(xmp.read_items(content)) == fields
    assert "Cat" in str(xmp.read_items(content)) and "Sky" in str(xmp.read_items(content))
    # Beside the original, it makes the program show just that.
    shutil.copy(to / name, originals / name)
    now = stores(originals / "chelsea.jpg").shown_by(PROGRAMS[program])
    assert now == results["chelsea.jpg"].shown and len(now) >= 2
    (originals / name).unlink()
    assert not any(
        each.new for each in run([originals], to, PROGRAMS[program], "sidecars").values()
    )
    (to / name).write_bytes(b"edited since")
    failed = run([originals], to, PROGRAMS[program], "sidecars")["chelsea.jpg"]
    assert failed.error == f"{name}: is there already, with other content"
    assert (to / name).read_bytes() == b"edited since"


@pytest.mark.parametrize("program", ["windows", "apple", "shotwell"])
def test_no_sidecars_for_a_program_that_reads_none(
    program: str, originals: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="reads no sidecars"):
        run([originals], tmp_path / "out", PROGRAMS[program], "sidecars")
    assert not (tmp_path / "out").exists()


def test_tables_of_tags(originals: Path, tmp_path: Path, library: Library) -> None:
    photo = originals / "camera.jpg"
    library.save_suggestions(
        know(library, photo), "net", [Suggestion(SEA, 0.875, "net")], library.start_run("net", "")
    )
    to = tmp_path / "out"
    run([originals], to, None, "csv", library)
    run([originals], to, None, "json", library)
    with (to / "tags.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {Path(row["path"]).name: row for row in csv.DictReader(file)}
    assert rows["chelsea.jpg"] == {
        "path": str(originals / "chelsea.jpg"), "keywords": "Cat; Sky",
        "hierarchy": "Animal/Cat; Nature/Sky", "state": "confirmed; confirmed", "score": "; ",
    }  # fmt: skip
    assert (rows["camera.jpg"]["state"], rows["camera.jpg"]["score"]) == ("suggested", "0.8750")
    assert rows["motorcycle_left.jpg"]["keywords"] == ""
    content = json.loads((to / "tags.json").read_text(encoding="utf-8"))
    found = {Path(each["path"]).name: each["tags"] for each in content}
    assert found["camera.jpg"] == [
        {"tag": "Sea", "hierarchy": "Sea", "state": "suggested", "score": 0.875}
    ]
    # The same again is left alone; another table goes beside it.
    run([originals], to, None, "csv", library)
    assert {path.name for path in to.iterdir()} == {"tags.csv", "tags.json"}
    run([photo], to, None, "csv", library)
    assert (to / "tags (2).csv").is_file()


def test_which_tags_go_along(originals: Path, tmp_path: Path, library: Library) -> None:
    photo = originals / "chelsea.jpg"
    photo_id, run_id = know(library, photo), library.start_run("net", "")
    low, high, wrong = Tag(("Low",)), Tag(("High",)), Tag(("Wrong",))
    suggested = [(CAT, 0.9), (high, 0.5), (low, 0.49), (wrong, 0.99), (Tag(("Animal",)), 0.95)]
    library.save_suggestions(
        photo_id, "net", [Suggestion(tag, score, "net") for tag, score in suggested], run_id
    )
    library.save_written(photo_id, [CAT], "embedded", run_id)
    library.decide(photo_id, [wrong], "rejected")
    library.decide(photo_id, [SEA], "confirmed")
    write_tags(photo, TagChange(remove=(CAT, SKY)))
    write_tags(photo, TagChange(add=(CAT, SKY)), origins={CAT: Origin(False, 0.9, "net")})
    result = run([photo], tmp_path / "a", None, "json", library)["chelsea.jpg"]
    assert {str(s.tag): (s.confirmed, s.score) for s in result.tags} == {
        # Written by the program itself and confirmed by nobody, so still a suggestion.
        "Animal/Cat": (False, 0.9), "Nature/Sky": (True, None), "Sea": (True, None),
        "High": (False, 0.5),
    }  # fmt: skip
    kept = run([photo], tmp_path / "b", None, "json", library, accepted_only=True)["chelsea.jpg"]
    assert [str(s.tag) for s in kept.tags] == ["Animal/Cat", "Nature/Sky", "Sea"]
    library.decide(photo_id, [CAT], "confirmed")
    now = run([photo], tmp_path / "c", None, "json", library)["chelsea.jpg"]
    assert (now.tags[0].tag, now.tags[0].confirmed) == (CAT, True)


def test_without_paths_everything_in_the_library(
    originals: Path, tmp_path: Path, library: Library
) -> None:
    gone = originals / "gone.jpg"
    shutil.copy(originals / "camera.jpg", gone)
    for path in (originals / "chelsea.jpg", originals / "trips" / "sea" / "coffee.jpg", gone):
        know(library, path)
    gone.unlink()
    library.displace(originals / "chelsea.jpg")
    know(library, originals / "chelsea.jpg")
    results = run([], tmp_path / "out", library=library)
    assert results["gone.jpg"].error
    assert set(state(tmp_path / "out")) == {"chelsea.jpg", "trips/sea/coffee.jpg"}
    with pytest.raises(UsageError, match="among the photos"):
        run([], originals / "trips" / "new", library=library)


def test_the_folder_may_not_lie_among_the_originals(originals: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(originals / "trips")
    before = state(originals)
    for to in (originals, originals / "out", originals / "trips" / "x", link / "out", link):
        with pytest.raises(UsageError, match="among the photos"):
            run([originals], to)
    with pytest.raises(UsageError, match="among the photos"):
        run([originals / "camera.jpg"], originals)
    assert state(originals) == before and not (originals / "out").exists()


def test_no_copy_lands_among_the_originals(originals: Path, tmp_path: Path) -> None:
    # The folder `photos` in `photos` would land on `photos` itself.
    (originals / "photos").mkdir()
    shutil.copy(originals / "camera.jpg", originals / "photos" / "chelsea.jpg")
    before = state(originals)
    results = [*export([originals], originals.parent, ExportSettings(IMMICH), None)]
    assert state(originals) == before
    failed = [each for each in results if each.error]
    assert [each.path for each in failed] == [originals / "photos" / "chelsea.jpg"]
    assert "among the originals" in failed[0].error


def test_a_link_in_the_export_folder_is_not_followed_out_of_it(
    originals: Path, tmp_path: Path
) -> None:
    to, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    to.mkdir()
    elsewhere.mkdir()
    (to / "trips").symlink_to(elsewhere)
    results = run([originals], to)
    assert "leads out of the export folder" in results["coffee.jpg"].error
    assert not [path for path in elsewhere.rglob("*") if path.is_file()]
    assert not results["chelsea.jpg"].error


def test_one_bad_photo_does_not_stop_the_rest(
    originals: Path, tmp_path: Path, library: Library
) -> None:
    (originals / "hostile.jpg").write_bytes(b"\xff\xd8\xff\xe1\xff\xff")
    (originals / "dangling.jpg").symlink_to("nowhere.jpg")
    bad = originals / "camera.jpg"
    library.decide(know(library, bad), [Tag(("\ufffe",))], "confirmed")
    results = run([originals, originals / "nope"], tmp_path / "out", library=library)
    assert results["nope"].error and results["camera.jpg"].error
    assert "U+FFFE" in results["camera.jpg"].error
    # It has no tags to be written, so it is only copied.
    assert (tmp_path / "out" / "hostile.jpg").read_bytes() == b"\xff\xd8\xff\xe1\xff\xff"
    assert results["chelsea.jpg"].files
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


def test_several_folders_keep_apart(originals: Path, tmp_path: Path) -> None:
    other = tmp_path / "photos 2"
    shutil.copytree(originals, other)
    run([originals, other], tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"photos", "photos 2"}


@pytest.mark.parametrize("program", list(PROGRAMS.values()))
def test_the_preview_is_what_the_copy_shows(program: Program, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("leaves", "deep", "only-iptc", "dc-iptc", "embedded-ext", "nested", "png"):
        photo = CASES[name].write(tmp_path / "in", name)
        expected = preview(photo, program)
        result = run([photo], tmp_path / "out", program)[photo.name]
        assert not result.error and result.shown == expected, name
