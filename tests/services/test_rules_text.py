"""Changing rules and leaving the rest of the file as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.core.errors import RulesError, WriteError
from app.core.folders import Folders
from app.core.rules import Rule
from app.core.tag import Tag
from app.services.rules_file import load_rules
from app.services.rules_text import (
    RulesText,
    applied,
    changed_text,
    drop_own_rules,
    parse_rules,
    placed,
    read_rules,
    save_rules,
    with_also,
)

ANIMAL, PET = Tag(("Animal",)), Tag(("Pet",))
TEXT = """\
# Mine: größer
cat: {label: Cat, threshold: 0.25, categories: [Animal]}  # the best
tabby: {see: cat}

# in the long way
dog:
  label: Dog   # woof
  categories:
  - Animal     # of course
  # and this
  - Pet

puppy: {see: tabby2}
tabby2: {see: dog}
plain: {}
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


def parsed(text: str = TEXT) -> RulesText:
    return parse_rules(Path("rules.yml"), text)


def test_entries_name_all_words_that_lead_to_them() -> None:
    assert [(e.name, e.names) for e in parsed().entries] == [
        ("cat", ("tabby",)),
        ("dog", ("puppy", "tabby2")),
        ("plain", ()),
    ]


def test_only_the_value_that_changes_is_another_one() -> None:
    rules = parsed()
    cat = Rule("Cat", 0.4, 0, (ANIMAL,))
    assert changed_text(rules, {"cat": cat}) == TEXT.replace("0.25", "0.4")
    assert changed_text(rules, {}) == TEXT


def test_what_is_missing_is_added_in_the_way_of_the_entry() -> None:
    text = changed_text(
        parsed(),
        {
            "cat": Rule("Cat", 0.25, 3, (ANIMAL,)),
            "dog": Rule("Dog", 0.3, 2, (ANIMAL, PET)),
            "plain": Rule("Plain", 0.2),
        },
    )
    assert "categories: [Animal], priority: 3}  # the best" in text
    assert "  - Pet\n  threshold: 0.3\n  priority: 2\n\npuppy" in text
    assert "plain: {label: Plain, threshold: 0.2}" in text
    assert "# Mine: größer" in text and "Dog   # woof" in text


def test_a_list_of_lines_becomes_one_line() -> None:
    text = changed_text(parsed(), {"dog": Rule("Dog", categories=(PET,))})
    assert "  categories: [Pet]\n\npuppy" in text
    flat = "cat:\n  categories:\n  - a\nend: {label: End}"
    assert "  categories: [b]\nend:" in changed_text(
        parsed(flat), {"cat": Rule("cat", categories=(Tag(("b",)),))}
    )


@pytest.mark.parametrize("name", ["No", "a, b", "{x}", "3", "it's", "# x", "a: b", "日本", '"'])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_name_can_be_given(name: str, end: str) -> None:
    rules = parsed(TEXT.replace("\n", end))
    new = placed(rules.entries[1].rule, Tag(("Животное", name)))
    text = changed_text(rules, {"dog": new})
    assert parsed(text).rules.rules["puppy"].tag == Tag(("Животное", name))
    assert ("\r" in text) == ("\r" in end)


def test_every_rule_of_the_program_can_be_changed(folders: Folders) -> None:
    rules = read_rules(folders)
    assert not rules.own
    changes = {
        e.name: placed(Rule(e.rule.label, 0.37, e.rule.priority - 1, e.rule.categories), PET)
        for e in rules.entries
    }
    again = parse_rules(rules.path, changed_text(rules, changes))
    assert {e.rule for e in again.entries} == set(changes.values())
    comments = [line for line in rules.text.splitlines() if line.startswith("#")]
    assert [x for x in changed_text(rules, changes).splitlines() if x.startswith("#")] == comments


def test_what_cannot_be_changed_safely_is_refused() -> None:
    text = "a: &x {label: A}\nb: *x\n"
    with pytest.raises(RulesError, match="safely"):
        changed_text(parsed(text), {"a": Rule("C")})


def test_a_place_in_the_tree_keeps_the_further_tags() -> None:
    rule = Rule("Cat", 0.2, 1, (ANIMAL, PET))
    for tag in (Tag(("Creature", "Cat")), Tag(("Tom",)), Tag(("A/B", "C"))):
        assert (placed(rule, tag).tag, placed(rule, tag).also) == (tag, (PET,))
    assert placed(Rule("Cat", categories=(ANIMAL,)), Tag(("Cat",))).categories == ()
    assert with_also(rule, ()).categories == (ANIMAL,)
    assert with_also(Rule("Cat"), (PET,)).also == (PET,)
    assert with_also(Rule("Cat"), (PET,)).tag == Tag(("Cat",))


def test_a_preview_has_the_change_for_all_words(folders: Folders) -> None:
    new = Rule("Hound")
    found = applied(parsed(), {"dog": new}).rules
    assert found["dog"] == found["puppy"] == found["tabby2"] == new
    assert found["cat"] != new


def test_saving_and_going_back(folders: Folders) -> None:
    assert drop_own_rules(folders) is None
    save_rules(folders, TEXT)
    assert read_rules(folders).own and load_rules(folders.own_rules).rules["tabby"].label == "Cat"
    assert not read_rules(folders, own=False).own
    aside = drop_own_rules(folders)
    assert aside is not None and aside.read_text(encoding="utf-8") == TEXT
    assert not read_rules(folders).own
    assert [each.name for each in folders.config.iterdir()] == [aside.name]


def test_saving_where_nothing_can_be_saved(folders: Folders) -> None:
    folders.config.parent.mkdir(exist_ok=True)
    folders.config.write_bytes(b"")  # a file where the folder should be
    with pytest.raises(WriteError):
        save_rules(folders, TEXT)


def test_a_link_to_the_rules_stays_one(folders: Folders, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.yml"
    real.write_text("")
    folders.config.mkdir()
    os.symlink(real, folders.own_rules)
    save_rules(folders, TEXT)
    assert folders.own_rules.is_symlink() and real.read_text(encoding="utf-8") == TEXT
