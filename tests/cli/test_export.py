"""`tagwright export` through the front door."""

from __future__ import annotations

import csv
import hashlib
import subprocess
from pathlib import Path

from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.metadata.reader import read_tags
from tests.conftest import Tagwright, needs
from tests.metadata.adding import add_tags

CAT, SKY = Tag(("Animal", "Cat")), Tag(("Nature", "Sky"))


def state(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
    }


def test_copies_for_a_program(tagwright: Tagwright, photos: Path, tmp_path: Path) -> None:
    needs("exiv2")
    add_tags(photos / "chelsea.jpg", [CAT, SKY])
    before = state(photos)
    ran = tagwright("export", photos, "--to", tmp_path / "out", "--for", "digikam")
    assert ran.code == 0, ran.err
    assert state(photos) == before
    assert "digiKam will show:" in ran.out
    assert "  chelsea.jpg: Animal/Cat; Nature/Sky" in ran.out
    assert "4 photos to " in ran.err and "1 with tags in them, 3 without tags." in ran.err
    shown = subprocess.run(
        ["exiv2", "-q", "-K", "Xmp.digiKam.TagsList", "-Pt", tmp_path / "out" / "chelsea.jpg"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stdout.strip() == "Animal/Cat, Nature/Sky"
    again = tagwright("export", photos, "--to", tmp_path / "out", "--for", "digikam")
    assert again.code == 0 and "4 there already" in again.err


def test_from_the_library(tagwright: Tagwright, photos: Path, home: Path, tmp_path: Path) -> None:
    photo = photos / "camera.jpg"
    with Library(home / "data") as library:
        run_id = library.start_run("net", "{}")
        photo_id = library.save_photo(photo, size=1, mtime_ns=1, content_hash=b"1")
        suggestions = [Suggestion(CAT, 0.8, "net"), Suggestion(SKY, 0.6, "net")]
        library.save_suggestions(photo_id, "net", suggestions, run_id)
    ran = tagwright("export", "--to", tmp_path / "a", "--for", "immich", "--min-score", "0.7")
    assert ran.code == 0, ran.err
    assert read_tags(tmp_path / "a" / "camera.jpg").tags == (CAT,)
    ran = tagwright("export", "--to", tmp_path / "b", "--csv", "--min-score", "0.5")
    with (tmp_path / "b" / "tags.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["hierarchy"], row["score"]) == ("Animal/Cat; Nature/Sky", "0.8000; 0.6000")
    ran = tagwright("export", "--to", tmp_path / "c", "--for", "immich", "--accepted-only")
    assert not read_tags(tmp_path / "c" / "camera.jpg").tags


def test_failures_are_told_and_the_rest_goes_on(
    tagwright: Tagwright, photos: Path, tmp_path: Path
) -> None:
    add_tags(photos / "chelsea.jpg", [CAT])
    (photos / "lost.jpg").symlink_to("nowhere")
    to = tmp_path / "out"
    to.mkdir()
    (to / "chelsea.jpg.xmp").write_text("mine")
    ran = tagwright("export", photos, photos / "no", "--to", to, "--for", "immich", "--sidecars")
    assert ran.code == 1
    assert f"{photos / 'chelsea.jpg'}: chelsea.jpg.xmp: is there already" in ran.err
    assert f"{photos / 'no'}: " in ran.err and "failed." in ran.err
    assert (to / "chelsea.jpg.xmp").read_text() == "mine"


def test_wrong_use(tagwright: Tagwright, photos: Path, tmp_path: Path) -> None:
    inside = tagwright("export", photos, "--to", photos / "out", "--for", "apple")
    assert inside.code == 2 and "lies among the photos" in inside.err
    assert not (photos / "out").exists()
    nobody = tagwright("export", photos, "--to", tmp_path / "out")
    assert nobody.code == 2 and "--for" in nobody.err
    empty = tagwright("export", "--to", tmp_path / "out", "--for", "apple")
    assert empty.code == 2 and "library is empty" in empty.err
    unread = tagwright("export", photos, "--to", tmp_path / "out", "--for", "apple", "--sidecars")
    assert unread.code == 2 and "reads no sidecars" in unread.err
    assert tagwright("export", photos, "--to", tmp_path / "out", "--for", "nobody").code == 2


def test_sidecars_that_a_program_does_not_read_are_told(
    tagwright: Tagwright, samples: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "chelsea.webp").write_bytes(b"RIFF\x04\0\0\0WEBP")
    add_tags(folder / "chelsea.webp", [CAT], mode="sidecar")
    ran = tagwright("export", folder, "--to", tmp_path / "out", "--for", "windows")
    assert ran.code == 0
    assert "  chelsea.webp: no tags" in ran.out
    assert "1 photo got sidecars, which it does not read." in ran.out
