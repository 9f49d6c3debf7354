"""Reading rules files: what is right, what is wrong and in which line, and the cache."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.core.errors import RulesError
from app.core.paths import data_path
from app.core.rules import RuleSet
from app.services.rules_file import check_rules, load_rules
from app.vision.catalogue import Catalogue


def check(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    file = tmp_path / "rules.yml"
    file.write_text(text, encoding="utf-8")
    return check_rules(file).errors


GOOD = """\
# PhotoPrism's format
cat:
  label: Cat
  threshold: 0.3
  priority: 5
  categories:
    - Animal
tabby: {see: tiger cat}
tiger cat:
  see: cat
racer:
  priority: 1
empty: {}
"""


def test_a_good_file(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text(GOOD)
    rules = load_rules(file).rules
    assert str(rules["tabby"].tag) == "Animal/Cat"
    assert rules["tabby"] == rules["tiger cat"] == rules["cat"]
    assert (rules["racer"].label, rules["racer"].threshold, rules["racer"].priority) == (
        "racer", 0.1, 1,
    )  # fmt: skip
    assert rules["empty"].label == "empty"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("cat:\n  colour: red\n", 2, "unknown key 'colour'"),
        ("a: {}\nCat: {}\n", 2, "lower case"),
        ("a:\n  see: nobody\n", 2, "'nobody', which has no rule"),
        ("a:\n  see: b\nb:\n  see: a\n", 2, "circle: a -> b -> a"),
        ("a:\n  see: a\n", 2, "circle: a -> a"),
        ("a:\n  threshold: 1.01\n", 2, "between 0 and 1"),
        ("a:\n  threshold: -0.1\n", 2, "between 0 and 1"),
        ("a:\n  threshold: .nan\n", 2, "must be a number"),
        ("a:\n  threshold: much\n", 2, "must be a number"),
        ("a:\n  priority: 1.5\n", 2, "whole number"),
        ("a:\n  categories: Animal\n", 2, "must be a list"),
        ("a:\n  categories: [x, 'b|c']\n", 2, "cannot contain"),
        ("a:\n  label: [x]\n", 2, "word or phrase"),
        ("a: {}\nb: {}\na: {}\n", 3, "already, in line 1"),
        ("a: 3\n", 1, "must be a mapping"),
        ("- a\n", 1, "must be a mapping"),
        ("a: {}\nb: [\n", 3, "not YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    errors = check(tmp_path, text)
    assert any(where == line and reason in why for where, why in errors), errors


def test_everything_is_said_not_only_the_first(tmp_path: Path) -> None:
    errors = check(tmp_path, "A: {}\nb: {threshold: 2}\nc: {see: d}\n")
    assert [line for line, _ in errors] == [1, 2, 3]


def test_a_bad_file_is_refused_with_its_first_reason(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text("a: {threshold: 2}\nB: {}\n")
    with pytest.raises(RulesError, match=r"rules.yml: line 1: threshold .* \(and 1 more\)"):
        load_rules(file)
    with pytest.raises(RulesError, match="No such file"):
        load_rules(tmp_path / "missing.yml")


def test_keys_beside_see_are_pointed_out(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text("cat: {}\nlion:\n  priority: 5\n  see: cat\n")
    report = check_rules(file)
    assert not report.errors
    assert report.warnings[0][0] == 2 and "priority here has no effect" in report.warnings[0][1]


def test_an_alias_bomb_is_not_unfolded(tmp_path: Path) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for n in range(1, 12):
        bomb += f"a{n}: &a{n} [{','.join([f'*a{n - 1}' if n > 1 else '*a'] * 9)}]\n"
    assert check(tmp_path, bomb)


def test_the_compiled_form_is_cached_until_the_file_changes(tmp_path: Path) -> None:
    file, cache = tmp_path / "rules.yml", tmp_path / "cache"
    file.write_text(GOOD)
    first = load_rules(file, cache)
    (compiled,) = cache.iterdir()
    assert load_rules(file, cache) == first == RuleSet(check_rules(file).rules)
    file.write_text("cat: {label: Kitty}\n")
    assert load_rules(file, cache).rules["cat"].label == "Kitty"
    compiled_now = list(cache.iterdir())
    assert len(compiled_now) == 1 and compiled_now != [compiled]


def test_a_damaged_cache_is_made_again(tmp_path: Path) -> None:
    file, cache = tmp_path / "rules.yml", tmp_path / "cache"
    file.write_text(GOOD)
    load_rules(file, cache)
    (compiled,) = cache.iterdir()
    compiled.write_text('[["cat", 1]]')
    assert load_rules(file, cache).rules["cat"].label == "Cat"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX")
def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text(GOOD)
    in_the_way = tmp_path / "a file"
    in_the_way.touch()
    assert load_rules(file, in_the_way / "cache").rules["cat"].label == "Cat"


def test_our_own_rules_are_good_and_cover_every_class() -> None:
    report = check_rules(data_path("rules.yml"))
    assert (report.errors, report.warnings) == ([], [])
    labels = Catalogue([data_path("models")]).get("efficientnet-lite2").labels()
    uncovered = [
        label
        for label in labels
        if label.name not in report.rules and label.wordnet_id not in report.rules
    ]
    assert uncovered == []


def test_our_own_rules_put_each_label_in_one_place() -> None:
    places: dict[str, set[str]] = {}
    for rule in check_rules(data_path("rules.yml")).rules.values():
        if rule.threshold < 1:
            places.setdefault(rule.label, set()).add(str(rule.tag))
    assert {label: tags for label, tags in places.items() if len(tags) > 1} == {}
