"""Every program shows all tags, the earlier and the new ones, in their hierarchy, none twice."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from app.core.tag import Tag
from tests.conftest import needs
from tests.interop import cases, lent
from tests.interop.cases import CASES, Case
from tests.interop.deviations import KNOWN, SHOW_IPTC_TOO, WITHOUT_SIDECARS
from tests.interop.programs import PROGRAMS, exiftool
from tests.interop.programs.base import Levels, Shown, output, with_tags

pytestmark = pytest.mark.slow

on_every_program = pytest.mark.parametrize("program", PROGRAMS)


def lowest(paths: Iterable[Levels]) -> list[Levels]:
    """Tags without their parents, which some files and programs list as well; not as a set."""
    every = sorted(paths)
    return [
        path
        for path in every
        if not any(len(other) > len(path) and other[: len(path)] == path for other in every)
    ]


@on_every_program
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_all_tags_are_shown_once(program: str, case: Case, shown: Shown, tagged: Path) -> None:
    photo = tagged / case.name
    expected: set[Levels] | None = case.expected
    if program in WITHOUT_SIDECARS and with_tags(photo) != photo:
        expected = set(case.old)
    if (program, case.name) in KNOWN:
        expected, _ = KNOWN[program, case.name]
    if expected is None:
        assert case.name not in shown
        return
    assert case.name in shown, "not imported"
    if program in SHOW_IPTC_TOO:
        needs("exiftool")
        expected = expected | {(keyword,) for keyword in iptc_of(photo)}
    assert lowest(shown[case.name]) == lowest(expected)


@on_every_program
def test_lent_photos_lose_nothing_and_gain_the_tag(
    program: str, shown: Shown, tagged: Path, data_dir: Path
) -> None:
    names = [path.name for path in lent.photos()]
    assert names
    assert {prefix + name for prefix in (lent.BEFORE, lent.AFTER) for name in names} <= shown.keys()
    for name in names:
        before, after = shown[lent.BEFORE + name], shown[lent.AFTER + name]
        photo = tagged / (lent.AFTER + name)
        seen = [level for path in after for level in path]
        for path in before:
            assert path[-1] in seen, name
        if program in WITHOUT_SIDECARS and with_tags(photo) != photo:
            assert sorted(after) == sorted(before), name
            continue
        assert after.count(lent.TAG) == 1, name
        flat = [path for path in after if path == (lent.TAG[-1],)]
        assert not flat or program in SHOW_IPTC_TOO, name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_field_holds_every_tag_once(case: Case, tagged: Path) -> None:
    """Programs that stop at the first field they find see everything in any of them."""
    needs("exiftool")
    fields = exiftool.read_fields(tagged)[case.name]
    paths = [Tag(path) for path in case.expected]
    for field, separator in ((exiftool.LR, "|"), (exiftool.DIGIKAM, "/")):
        found = [tuple(text.split(separator)) for text in fields[field]]
        assert len(set(found)) == len(found)
        expected = [
            tuple(level.replace("/", "\\") if separator == "/" else level for level in tag.path)
            for tag in paths
        ]
        assert lowest(found) == lowest(expected)
    for field in (exiftool.DC, exiftool.IPTC):
        if field not in fields:
            continue
        found_names = [unicodedata.normalize("NFC", name) for name in fields[field]]
        assert len(set(found_names)) == len(found_names)
        for tag in paths:
            name = tag.name
            if field == exiftool.IPTC:
                if case.name == "iptc-latin1.jpg":  # left as it was
                    name = tag.name if tag.path in case.old else found_names[0]
                name = name.encode()[:64].decode("utf-8", "ignore").rstrip()
            assert name in found_names


def test_the_photos_are_what_they_should_be(samples: Path) -> None:
    """A case that is no photo, or the same picture as another one, would show nothing."""
    pictures = {cases.piece(samples, number).tobytes() for number in range(len(CASES))}
    assert len(pictures) == len(CASES)


def iptc_of(photo: Path) -> list[str]:
    """The IPTC keywords inside a photo, also where it has a sidecar."""
    answer = output(["exiftool", "-j", "-G1", "-charset", "iptc=latin", "-IPTC:Keywords", photo])
    (row,) = json.loads(answer)
    value = row.get(exiftool.IPTC, [])
    return [str(text) for text in (value if isinstance(value, list) else [value])]
