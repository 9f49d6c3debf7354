"""Real photos that are hard to write: ExifTool must see no difference but the tags."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from app.core.tag import Tag
from app.metadata.reader import read_tags
from app.metadata.writer import WriteReport
from tests.metadata.adding import add_tags
from tests.metadata.builders import CAT, SKY, from_scan, has_pictures, pictures_of
from tests.metadata.judge import ExifTool, pixels

TAGS = (CAT, SKY, Tag(("Zoë",)))


def tagged(lent: Path, into: Path) -> list[tuple[Path, Path, WriteReport]]:
    """Copies of all lent photos with hard metadata, with tags: (original, copy, report)."""
    result = []
    for folder in ("metadata", "camera", "formats"):
        for original in sorted((lent / folder).iterdir()):
            copy = into / original.name
            shutil.copyfile(original, copy)
            copy.chmod(0o644)
            result.append((original, copy, add_tags(copy, TAGS)))
    return result


def test_every_file_is_tagged_or_gets_a_sidecar_with_a_reason(lent: Path, tmp_path: Path) -> None:
    done = tagged(lent, tmp_path)
    assert done
    for original, copy, report in done:
        assert set(report.added) == set(TAGS)
        assert set(read_tags(copy).tags) >= {*TAGS, *read_tags(original).tags}
        if report.target == "sidecar":
            assert report.notes
            assert copy.read_bytes() == original.read_bytes()
        else:
            assert report.target == "embedded"
        assert add_tags(copy, TAGS).target == "unchanged"


def test_nothing_else_changes(lent: Path, tmp_path: Path, exiftool: ExifTool) -> None:
    embedded = [each for each in tagged(lent, tmp_path) if each[2].target == "embedded"]
    assert embedded
    before = exiftool.dump([original for original, _, _ in embedded])
    after = exiftool.dump([copy for _, copy, _ in embedded])
    for original, copy, report in embedded:
        name = original.name
        assert not exiftool.differences(before[name], after[name]), name
        old, new = original.read_bytes(), copy.read_bytes()
        if old.startswith(b"\xff\xd8"):
            # the scan, the trailer, second pictures
            assert from_scan(new) == from_scan(old), name
        if has_pictures(old[:200_000]):
            assert pictures_of(new)[1:] == pictures_of(old)[1:], name
        if report.state.size < 1_500_000:  # the scan is the same: decoding is for good measure
            assert np.array_equal(pixels(copy), pixels(original)), name
