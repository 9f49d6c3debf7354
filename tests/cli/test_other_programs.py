"""Photos tagged by the real command, as other programs really read them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Tagwright, needs


@pytest.fixture
def tagged(tagwright: Tagwright, photos: Path) -> Path:
    """The sample photos, tagged."""
    ran = tagwright("tag", photos, "--min-score", "0.3")
    assert ran.code == 0, ran.err
    return photos


def test_exiftool(tagged: Path) -> None:
    needs("exiftool")
    command = ["exiftool", "-j", "-G1", "-validate", "-warning", "-a", tagged / "coffee.jpg"]
    fields = ["-XMP:all", "-IPTC:all", "-IFD0:all"]
    ran = subprocess.run([*command, *fields], capture_output=True, text=True, check=True)
    (shown,) = json.loads(ran.stdout)
    assert shown["XMP-dc:Subject"] == "Coffee"
    assert shown["IPTC:Keywords"] == "Coffee"
    assert shown["XMP-lr:HierarchicalSubject"] == "Food|Drink|Coffee"
    assert shown["XMP-digiKam:TagsList"] == "Food/Drink/Coffee"
    # The Exif block that holds Windows' keywords says nothing that nobody has measured.
    said = subprocess.run(
        ["exiftool", "-validate", "-warning", "-error", "-a", "-s3", tagged / "coffee.jpg"],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert all(line.startswith("Missing required JPEG IFD0 tag") for line in said[1:]), said
    assert shown["IFD0:XPKeywords"] == "Coffee"


def test_exiv2(tagged: Path) -> None:
    needs("exiv2")
    ran = subprocess.run(
        ["exiv2", "-q", "-PEXIkt", tagged / "chelsea.jpg"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    shown = dict(line.split(maxsplit=1) for line in ran.stdout.splitlines())
    assert shown["Xmp.dc.subject"] == shown["Iptc.Application2.Keywords"] == "Cat"
    assert shown["Xmp.lr.hierarchicalSubject"] == "Animal|Cat"
    assert shown["Xmp.digiKam.TagsList"] == "Animal/Cat"


def test_darktable(tagged: Path, tmp_path: Path) -> None:
    needs("darktable-cli")
    work = tmp_path / "darktable"
    core = ["--configdir", work / "config", "--cachedir", work / "cache"]
    for photo in ("chelsea.jpg", "coffee.jpg"):
        subprocess.run(
            ["darktable-cli", tagged / photo, work / f"out-{photo}", "--width", "32", "--core",
             *core, "--library", work / "library.db"],
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
    tags = defaultdict(set)
    with closing(sqlite3.connect(work / "library.db")) as library:
        library.execute("ATTACH ? AS d", (str(work / "config" / "data.db"),))
        for photo, tag in library.execute(
            "SELECT i.filename, t.name FROM tagged_images x JOIN images i ON i.id = x.imgid"
            " JOIN d.tags t ON t.id = x.tagid"
        ):
            tags[photo].add(tag)
    assert "Animal|Cat" in tags["chelsea.jpg"]
    assert "Food|Drink|Coffee" in tags["coffee.jpg"]
