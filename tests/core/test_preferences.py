"""The table of settings: every field has its row, every row its words and a fitting default."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from app.core.preferences import BY_NAME, OPTIONS, SECTIONS, Option, Preferences, with_defaults
from app.core.settings import TagSettings


def test_every_field_has_one_row() -> None:
    assert sorted(option.name for option in OPTIONS) == sorted(f.name for f in fields(Preferences))


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_row_is_whole(option: Option) -> None:
    assert option.title
    assert option.section in {key for key, _, _ in SECTIONS}
    assert option.check(option.default)
    assert (option.kind == "choice") == bool(option.choices)
    if option.kind in ("number", "share"):
        assert option.limits[0] < option.limits[1]


def test_the_settings_of_tagging_are_all_here() -> None:
    assert Preferences().tag_settings == TagSettings()
    changed = replace(Preferences(), crops=1, min_score=0.8, write="sidecar", use_exiftool=True)
    wanted = TagSettings(crops=1, min_score=0.8, write="sidecar", use_exiftool=True)
    assert changed.tag_settings == wanted


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("xp_keywords", False, True),
        ("xp_keywords", 0, False),
        ("min_score", 0.05, True),
        ("min_score", 1, False),
        ("min_score", True, False),
        ("min_score", "0.5", False),
        ("min_score", float("nan"), False),
        ("crops", 3, True),
        ("crops", 2, False),
        ("crops", True, False),
        ("cache_megabytes", 50, True),
        ("cache_megabytes", 50.5, False),
        ("cache_megabytes", 49, False),
        ("theme", "dark", True),
        ("theme", "pink", False),
        ("theme", [], False),
        ("model", "my-own", True),
        ("model", "", False),
    ],
)
def test_a_value_is_checked(name: str, value: object, fits: bool) -> None:
    assert BY_NAME[name].check(value) is fits


def test_one_section_goes_back_to_its_defaults() -> None:
    changed = replace(Preferences(), crops=1, theme="dark")
    assert with_defaults(changed, "look") == replace(Preferences(), crops=1)
    assert with_defaults(changed, "tagging") == replace(Preferences(), theme="dark")
