"""Finding tags by what people type."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UsageError
from app.core.tag import Tag
from app.library.library import DATABASE, Library
from app.services.vocabulary import Match, Vocabulary, levels, plain, read_vocabulary


def tag(path: str) -> Tag:
    return Tag.parse(path)


CAT, DOG, KITTEN = tag("Animal/Cat"), tag("Animal/Dog"), tag("Animal/Cat/Kitten")
TAGS = {
    CAT: 12,
    DOG: 90,
    KITTEN: 3,
    tag("Vehicle/Car"): 40,
    tag("Wildcat"): 1,
    tag("Place/Old Castle"): 5,
    tag("Place/Café"): 2,
    tag("Education"): 1,
}


@pytest.fixture
def words() -> Vocabulary:
    return Vocabulary(TAGS, [DOG], {CAT: ("kitty", "Mieze")})


def found(words: Vocabulary, text: str, limit: int = 20) -> list[str]:
    return [str(match.tag) for match in words.matches(text, limit)]


def test_names_that_begin_so_come_before_words_and_those_before_the_rest(words: Vocabulary) -> None:
    order = found(words, "ca")
    assert order[:2] == ["Vehicle/Car", "Animal/Cat"]  # by use
    beginning = {"Vehicle/Car", "Animal/Cat", "Place/Café"}
    assert set(order[:3]) == beginning
    assert order[3] == "Place/Old Castle"  # a word of the name
    assert order[4] == "Animal/Cat/Kitten"  # a name above it
    assert set(order[5:]) == {"Wildcat", "Education"}  # inside a word


def test_a_whole_name_comes_first_however_rare_it_is(words: Vocabulary) -> None:
    rare = Vocabulary({tag("Catalogue"): 500, tag("Animal/Cat"): 1})
    assert found(rare, "CAT") == ["Animal/Cat", "Catalogue"]


def test_any_level_is_found_and_no_tag_twice(words: Vocabulary) -> None:
    order = found(words, "animal")
    assert order[0] == "Animal"  # the level itself can be given, though no photo has it
    assert sorted(order[1:]) == ["Animal/Cat", "Animal/Cat/Kitten", "Animal/Dog"]
    assert len(set(order)) == len(order)


def test_a_path_is_found_level_by_level(words: Vocabulary) -> None:
    assert found(words, "an/ki") == ["Animal/Cat/Kitten", "Animal/Cat"]  # the other is a kitty
    assert found(words, "cat/ki") == ["Animal/Cat/Kitten"]
    assert found(words, "dog/ki") == []
    assert set(found(words, "Animal/")) == {"Animal/Cat", "Animal/Dog", "Animal/Cat/Kitten"}


def test_a_synonym_finds_its_tag_and_says_so(words: Vocabulary) -> None:
    assert found(words, "kit") == ["Animal/Cat/Kitten", "Animal/Cat"]  # a name before a synonym
    by_kitty = words.matches("kitty")
    assert by_kitty[0] == Match(CAT, 12, synonym="kitty")
    assert words.resolve("MIEZE") == CAT


def test_case_and_accents_do_not_matter(words: Vocabulary) -> None:
    assert found(words, "cafe")[0] == found(words, "CAFÉ")[0] == "Place/Café"
    assert found(words, "cafe\u0301")[0] == "Place/Café"
    nordic = Vocabulary({tag("Ærø"): 1, tag("Łódź"): 1})
    assert found(nordic, "aero") == ["Ærø"]
    assert found(nordic, "lodz") == ["Łódź"]


def test_marks_that_make_another_letter_are_no_accents() -> None:
    kana = Vocabulary({tag("かに"): 1, tag("がん"): 1})
    assert found(kana, "か") == ["かに"]


def test_for_no_text_the_recent_ones_come(words: Vocabulary) -> None:
    assert words.matches("") == [Match(DOG, 90, recent=True)]
    assert words.matches("  /") == words.matches("")
    assert words.matches("do")[0].recent


def test_the_limit_is_kept(words: Vocabulary) -> None:
    assert len(found(words, "a", 3)) == 3
    assert found(words, "ca", 2) == found(words, "ca")[:2]


def test_what_is_meant_by_a_whole_name(words: Vocabulary) -> None:
    assert words.resolve("cat") == CAT
    assert str(words.resolve("animal/cat")) == "Animal/Cat"  # as it is spelt in the library
    assert words.resolve("place/cafe") == tag("Place/Café")
    assert words.resolve("ca") is None
    assert words.resolve("Pet/Cat") is None  # a path is from the top
    assert words.resolve("a;b") is None
    assert words.resolve("") is None


def test_of_two_names_the_one_with_the_same_accents_is_meant() -> None:
    words = Vocabulary({tag("A/Résumé"): 1, tag("B/Resume"): 100})
    assert str(words.resolve("résumé")) == "A/Résumé"
    assert str(words.resolve("resume")) == "B/Resume"


def test_a_slash_in_a_name_is_typed_with_a_backslash() -> None:
    words = Vocabulary({Tag(("AC/DC",)): 1, Tag(("AC", "DC")): 1})
    assert levels(r"AC\/DC/x") == ["AC/DC", "x"]
    assert words.resolve(r"ac\/dc") == Tag(("AC/DC",))
    assert words.resolve("ac/dc") == Tag(("AC", "DC"))


_LETTERS = st.characters(
    exclude_characters="|;\\/", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")
)
names = st.text(_LETTERS, min_size=1, max_size=6)


def _tags(paths: list[list[str]]) -> dict[Tag, int]:
    made = {}
    for n, path in enumerate(paths):
        try:
            made[Tag(tuple(path))] = n
        except UsageError:
            continue
    return made


@given(st.lists(st.lists(names, min_size=1, max_size=3), max_size=12), st.data())
def test_whatever_a_tag_is_called_each_part_of_its_name_finds_it(
    paths: list[list[str]], data: st.DataObject
) -> None:
    tags = _tags(paths)
    words = Vocabulary(tags)
    for each in tags:
        assert words.resolve(str(each)) == each
        name = plain(each.name)
        if not name:  # nothing but accents
            continue
        start = data.draw(st.integers(0, len(name) - 1))
        end = data.draw(st.integers(start + 1, len(name)))
        part = name[start:end]
        if plain(part) == part and part.strip() == part and "/" not in part and "\\" not in part:
            assert each in [match.tag for match in words.matches(part, 1000)]


def test_it_is_read_from_the_library(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        photo = library.save_photo(Path("/p/a.jpg"), size=1, mtime_ns=1, content_hash=b"a")
        library.decide(photo, [DOG], "confirmed", found_in_file=True)
        library.decide(photo, [CAT], "confirmed")
        library.decide(photo, [KITTEN], "rejected")
        with closing(sqlite3.connect(tmp_path / DATABASE)) as other, other:
            other.execute(
                "INSERT INTO synonym SELECT id, 'Mieze', 'mieze' FROM tag WHERE path = 'Animal/Cat'"
            )
        words = read_vocabulary(library)
        assert library.synonyms() == {CAT: ("Mieze",)}
        # What another program has put into a photo was not typed here.
        assert library.recent_tags(5) == [CAT]
    assert words.matches("") == [Match(CAT, 1, recent=True)]
    assert words.resolve("mieze") == CAT
    assert words.count(DOG) == 1
    assert KITTEN not in words


def test_the_latest_comes_first(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        photo = library.save_photo(Path("/p/a.jpg"), size=1, mtime_ns=1, content_hash=b"a")
        library.decide(photo, [CAT, DOG], "confirmed")
        with closing(sqlite3.connect(tmp_path / DATABASE)) as other, other:
            other.execute(
                "UPDATE decision SET decided_at = '2020-01-01T00:00:00.000Z' WHERE tag_id ="
                " (SELECT id FROM tag WHERE path = 'Animal/Cat')"
            )
        assert library.recent_tags(5) == [DOG, CAT]
        assert library.recent_tags(1) == [DOG]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cat/tabby", "Animal/Cat/tabby"),
        ("CAT/kitten", "Animal/Cat/Kitten"),  # which is there
        ("cat/kitten/grey", "Animal/Cat/Kitten/grey"),
        ("mieze/tabby", "Animal/Cat/tabby"),  # by its other name
        ("cafe/Paris", "Place/Café/Paris"),
        ("animal/zebra", None),  # from the top
        ("wildcat/grey", None),
        ("zoo/cat", None),  # nothing is called so
        ("dog/cat", "Animal/Dog/cat"),
        ("ca/tabby", None),
        ("cat", None),
        ("cat/", None),
    ],
)
def test_a_path_that_does_not_begin_at_the_top_is_below_what_it_names(
    words: Vocabulary, typed: str, meant: str | None
) -> None:
    placed = words.placed(typed)
    assert (None if placed is None else str(placed)) == meant


def test_of_several_tags_with_the_name_the_most_used_one_has_it_below() -> None:
    words = Vocabulary({tag("Animal/Cat"): 3, tag("Toy/Cat"): 9, tag("Toy/Cat/Red"): 1})
    assert words.placed("cat/tabby") == tag("Toy/Cat/tabby")
    assert Vocabulary({tag("Cat"): 0, tag("Animal/Cat"): 9}).placed("cat/tabby") is None
