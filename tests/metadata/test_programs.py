"""What photo managers show: the table against what the real programs were seen to show."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.core.tag import Tag
from app.metadata import reader, sidecar
from app.metadata.fields import BY_KEY
from app.metadata.programs import (
    APPLE,
    IMMICH,
    LIGHTROOM,
    PHOTOPRISM,
    PROGRAMS,
    WINDOWS,
    SidecarKind,
    Stored,
    shown_by,
)
from tests.conftest import needs
from tests.metadata.program_cases import CASES

SEEN: dict[str, Any] = json.loads(
    Path(__file__).with_name("programs_seen.json").read_text(encoding="utf-8")
)


def stores(photo: Path) -> tuple[Stored, dict[SidecarKind, Stored]]:
    """What the photo and its sidecars hold, as the product reads them."""
    found = reader.read_tags(photo)
    assert not found.problems
    own = sidecar.path_for(photo)
    beside: dict[SidecarKind, Stored] = {
        "ext" if each.path == own else "stem": each.contents.items for each in sidecar.find(photo)
    }
    return {key: values for key in BY_KEY if (values := getattr(found, key))}, beside


def plain(shown: tuple[str, ...]) -> list[str]:
    """Paths as the programs' own databases were printed: nothing escaped, sorted."""
    return sorted(re.sub(r"\\(.)", r"\1", text) for text in shown)


def findings() -> list[Any]:
    return [
        pytest.param(photo, program, expected, id=f"{program}-{photo}")
        for photo, by_program in SEEN["photos"].items()
        for program, expected in by_program.items()
    ]


@pytest.mark.parametrize(("photo", "program", "expected"), findings())
def test_the_table_agrees_with_the_real_program(
    photo: str, program: str, expected: list[str] | None, tmp_path: Path
) -> None:
    path = CASES[Path(photo).stem].write(tmp_path, Path(photo).stem)
    assert path.name == photo
    embedded, beside = stores(path)
    # What a program did not even import it shows no tags of.
    assert plain(shown_by(PROGRAMS[program], embedded, beside, path.suffix)) == (expected or [])


def test_the_table_is_complete() -> None:
    assert list(PROGRAMS) == [
        "digikam", "lightroom", "darktable", "shotwell", "windows", "apple", "photoprism", "immich",
    ]  # fmt: skip
    for program in PROGRAMS.values():
        assert program.sources and program.writes and program.title
        assert (program.sidecar is None) == (not program.beside)
        if program.beside:
            assert program.sidecar in {each.kind for each in program.beside}


NESTED: Stored = {
    "dc_subject": ("Animal", "Cat"),
    "hierarchical": ("Animal|Cat",),
    "iptc": ("Animal", "Cat"),
}


def test_lightroom_takes_flat_keywords_as_levels_of_its_paths() -> None:
    assert shown_by(LIGHTROOM, NESTED) == ("Animal/Cat",)
    assert shown_by(LIGHTROOM, NESTED | {"dc_subject": ("Sky",)}) == ("Animal/Cat", "Sky")
    assert shown_by(LIGHTROOM, {"iptc": ("Sky",)}) == ("Sky",)


def test_lightroom_reads_sidecars_of_raw_files_only() -> None:
    beside: dict[SidecarKind, Stored] = {"stem": {"dc_subject": ("Sky",)}, "ext": NESTED}
    assert shown_by(LIGHTROOM, NESTED, beside, ".jpg") == ("Animal/Cat",)
    assert shown_by(LIGHTROOM, {}, beside, ".NEF") == ("Sky",)
    assert shown_by(LIGHTROOM, {}, {"ext": NESTED}, ".nef") == ()


def test_windows_merges_flat_keywords_of_jpeg_and_tiff_and_ignores_sidecars() -> None:
    stored = {"dc_subject": ("Cat",), "iptc": ("Cat", "Sky"), "xp_keywords": ("Sea",)}
    assert shown_by(WINDOWS, stored) == ("Cat", "Sky", "Sea")
    assert shown_by(WINDOWS, stored, suffix=".PNG") == ()
    assert shown_by(WINDOWS, {}, {"ext": NESTED, "stem": NESTED}) == ()


def test_apple_photos_takes_what_xmp_holds() -> None:
    assert shown_by(APPLE, {"dc_subject": ("Cat",), "iptc": ("Sky",)}) == ("Cat",)


def test_photoprism_takes_iptc_keywords_apart_into_words() -> None:
    assert shown_by(PHOTOPRISM, {"dc_subject": ("Big Cat",), "iptc": ("Big Cat", "X")}) == (
        "Big Cat", "big", "cat",
    )  # fmt: skip
    assert shown_by(PHOTOPRISM, {"hierarchical": ("Animal|Cat",)}) == ("Animal|Cat",)
    beside: dict[SidecarKind, Stored] = {"ext": {"dc_subject": ("Sky",), "tags_list": ("A/B",)}}
    assert shown_by(PHOTOPRISM, {"dc_subject": ("Cat",)}, beside) == ("Sky",)


def test_immich_reads_the_first_field_that_photo_or_sidecar_has() -> None:
    assert shown_by(IMMICH, NESTED) == ("Animal/Cat",)
    assert shown_by(IMMICH, {"dc_subject": ("Cat",)}) == ()
    assert shown_by(IMMICH, {"hierarchical": ("Art|AC/DC",)}) == ("Art/AC|DC",)
    # Field by field, so that the photo's own TagsList hides the sidecar's other fields.
    assert shown_by(IMMICH, {"tags_list": ("A/B",)}, {"ext": NESTED}) == ("A/B",)
    both: dict[SidecarKind, Stored] = {"stem": {"tags_list": ("Stem",)}, "ext": NESTED}
    assert shown_by(IMMICH, {}, both) == ("Animal/Cat",)


def test_what_exiftool_calls_keywords(tmp_path: Path) -> None:
    """Immich and PhotoPrism read what ExifTool names Keywords; the order is ExifTool's."""
    needs("exiftool")
    for name in ("all", "only-acdsee_keywords", "acdsee_keywords-dc", "dc-iptc", "only-dc_subject"):
        path = CASES[name].write(tmp_path, name)
        ran = subprocess.run(
            ["exiftool", "-j", "-Keywords", path], capture_output=True, text=True, check=True
        )
        (found,) = json.loads(ran.stdout)
        embedded = {**stores(path)[0], "tags_list": (), "hierarchical": ()}
        expected = [found["Keywords"]] if "Keywords" in found else []
        assert list(shown_by(IMMICH, embedded)) == expected, name


def test_a_slash_in_a_name_is_told_from_one_between_levels() -> None:
    shown = shown_by(LIGHTROOM, {"hierarchical": ("Music|AC/DC",)})
    assert [Tag.parse(text) for text in shown] == [Tag(("Music", "AC/DC"))]
