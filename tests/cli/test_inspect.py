"""`tagwright inspect` through the front door."""

from __future__ import annotations

import json
from pathlib import Path

from app.cli.inspect import width
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.metadata.programs import PROGRAMS
from tests.conftest import Tagwright
from tests.metadata.adding import add_tags
from tests.metadata.program_cases import CASES

CAT = Tag(("Animal", "Cat"))


def sections(text: str) -> dict[str, list[str]]:
    """The indented lines by the title above them."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in text.splitlines():
        if line.startswith("  "):
            found[title].append(line)
        elif line:
            title = line
            found[title] = []
    return found


def test_every_store_and_every_program(tagwright: Tagwright, tmp_path: Path) -> None:
    photo = CASES["embedded-both"].write(tmp_path, "embedded-both")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    ran = tagwright("inspect", photo)
    assert (ran.code, ran.err) == (0, "")
    found = sections(ran.out)
    assert found["In the photo"] == [
        "  digiKam:TagsList        TlTop/TlLeaf",
        "  lr:hierarchicalSubject  LrTop|LrLeaf",
        "  dc:subject              DcFlat",
    ]
    assert "  dc:subject              SideLeaf" in found["In embedded-both.jpg.xmp"]
    assert "  dc:subject              StemLeaf" in found["In embedded-both.xmp"]
    assert found["Written by Tagwright"] == ["  nothing"]
    shown = dict(line.strip().split("  ", 1) for line in found["Shown by"])
    assert shown.keys() == {program.title for program in PROGRAMS.values()}
    assert shown["digiKam"].strip() == "StemTop/StemLeaf"
    assert shown["Immich"].strip() == "SideTop/SideLeaf"
    assert shown["Windows"].strip() == "DcFlat"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before


def test_as_json(tagwright: Tagwright, tmp_path: Path) -> None:
    photo = CASES["dc-ext-hierarchical"].write(tmp_path, "dc-ext-hierarchical")
    said = json.loads(tagwright("inspect", photo, "--json").out)
    assert said["embedded"] == {"dc_subject": ["DcFlat"]}
    (beside,) = said["sidecars"]
    assert beside["path"] == str(photo) + ".xmp" and beside["problem"] is None
    assert beside["fields"] == {"hierarchical": ["SideTop|SideLeaf"]}
    assert said["shown_by"].keys() == PROGRAMS.keys()
    assert said["shown_by"]["darktable"] == ["SideTop/SideLeaf"]
    assert said["shown_by"]["shotwell"] == ["DcFlat"]
    assert said["tags"] == ["SideTop/SideLeaf", "DcFlat"]


def test_what_tagwright_wrote_is_told(tagwright: Tagwright, photos: Path, home: Path) -> None:
    photo = photos / "chelsea.jpg"
    sky = Tag(("Sky",))
    add_tags(photo, [CAT], suggested=0.934)
    add_tags(photo, [sky], suggested=0.7)
    with Library(home / "data") as library:
        run_id = library.start_run("net", "{}")
        photo_id = library.save_photo(photo, size=1, mtime_ns=1, content_hash=b"1")
        library.save_suggestions(
            photo_id, "net", [Suggestion(CAT, 0.934, "net"), Suggestion(sky, 0.7, "net")], run_id
        )
        library.save_written(photo_id, [CAT, sky], "embedded", run_id)
        library.decide(photo_id, [sky], "confirmed")
    lines = sections(tagwright("inspect", photo).out)["Written by Tagwright"]
    assert [line.split() for line in lines] == [
        ["Animal/Cat", "suggested", "0.93", "net"],
        ["Sky", "confirmed", "0.70", "net"],
    ]
    said = json.loads(tagwright("inspect", photo, "--json").out)["written_by_tagwright"]
    assert [(each["tag"], each["state"], each["known_from"]) for each in said] == [
        ("Animal/Cat", "suggested", "photo"),
        ("Sky", "confirmed", "photo"),
    ]


def test_wide_characters_keep_the_columns(tagwright: Tagwright, photos: Path, home: Path) -> None:
    photo = photos / "chelsea.jpg"
    add_tags(photo, [Tag(("動物", "猫")), Tag(("Ete\u0301",))], suggested=0.5)
    with Library(home / "data") as library:
        photo_id = library.save_photo(photo, size=1, mtime_ns=1, content_hash=b"1")
        tags = [Tag(("動物", "猫")), Tag(("Cafe",))]
        library.save_written(photo_id, tags, "embedded", library.start_run("net", "{}"))
    lines = sections(tagwright("inspect", photo).out)["Written by Tagwright"]
    starts = {width(line[: line.index("suggested")]) for line in lines}
    assert len(lines) == 3 and len(starts) == 1
    assert [width(text) for text in ("猫", "e\u0301", "a\u200b", "Ａ", "é")] == [2, 1, 1, 2, 1]


def test_what_cannot_be_read_is_said(tagwright: Tagwright, photos: Path) -> None:
    photo = photos / "chelsea.jpg"
    (photos / "chelsea.jpg.xmp").write_text("<x:xmpmeta")
    found = sections(tagwright("inspect", photo).out)
    assert "chelsea.jpg.xmp" in found["Cannot be read"][0]
    ran = tagwright("inspect", photos / "gone.jpg")
    assert ran.code == 1 and "gone.jpg" in ran.err and not ran.out
