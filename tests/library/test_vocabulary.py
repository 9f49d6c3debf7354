"""The tree of tags, kept tags and synonyms on a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.photo import State
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.library.vocabulary import Holding

ANIMAL, CAT, DOG, TABBY = map(Tag.parse, ("Animal", "Animal/Cat", "Animal/Dog", "Animal/Cat/Tabby"))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data") as opened:
        yield opened


def add(library: Library, name: str) -> int:
    return library.save_photo(Path("/p") / name, size=1, mtime_ns=2, content_hash=name.encode())


def suggest(library: Library, photo: int, *tags: Tag) -> None:
    run = library.start_run("net@1", "{}")
    library.save_suggestions(photo, "net@1", [Suggestion(tag, 0.5, "net") for tag in tags], run)


def counts(library: Library) -> dict[str, tuple[int, int, int]]:
    return {str(b.tag): (b.confirmed, b.suggested, b.own) for b in library.branches()}


def test_a_parent_counts_each_photo_below_it_once(library: Library) -> None:
    first, second, third = (add(library, name) for name in "abc")
    library.decide(first, [CAT, DOG], "confirmed")
    library.decide(second, [DOG], "confirmed")
    suggest(library, second, CAT, TABBY)
    suggest(library, third, TABBY)
    assert counts(library) == {
        "Animal": (2, 2, 0),
        "Animal/Cat": (1, 2, 1),
        "Animal/Cat/Tabby": (0, 2, 0),
        "Animal/Dog": (2, 0, 2),
    }
    library.mark_gone([first])
    assert counts(library)["Animal"] == (1, 2, 0)


def test_a_suggestion_that_is_answered_is_not_open(library: Library) -> None:
    photo = add(library, "a")
    suggest(library, photo, CAT, DOG)
    library.decide(photo, [CAT], "rejected")
    assert counts(library) == {"Animal": (0, 1, 0), "Animal/Dog": (0, 1, 0)}
    library.decide(photo, [DOG], "confirmed")
    assert counts(library) == {"Animal": (1, 0, 0), "Animal/Dog": (1, 0, 1)}


def test_a_kept_tag_stays_without_photos_until_it_is_dropped(library: Library) -> None:
    library.add_tags([CAT])
    library.set_synonyms(CAT, ["Kitty"])
    assert counts(library) == {"Animal": (0, 0, 0), "Animal/Cat": (0, 0, 0)}
    assert [b.kept for b in library.branches()] == [False, True]
    library.drop_tags([CAT])
    assert counts(library) == {}
    assert library.all_synonyms() == {}


def test_synonyms_are_tidied_and_replaced(library: Library) -> None:
    library.set_synonyms(CAT, ["  Kitty  cat", "kitty CAT", "", "cat", "Felis"])
    assert library.synonyms_of(CAT) == ("Felis", "kitty CAT")
    library.set_synonyms(CAT, ["Mog"])
    library.set_synonyms(DOG, ["Hound"])
    assert library.all_synonyms() == {CAT: ("Mog",), DOG: ("Hound",)}
    assert library.synonyms_of(TABBY) == ()


def test_a_renamed_tag_keeps_its_words_and_its_place_in_the_tree(library: Library) -> None:
    library.add_tags([CAT])
    library.set_synonyms(CAT, ["Kitty"])
    library.set_synonyms(DOG, ["Hound"])
    library.carry_over([(CAT, DOG)])
    assert library.all_synonyms() == {DOG: ("Hound", "Kitty")}
    assert [str(b.tag) for b in library.branches() if b.kept] == ["Animal/Dog"]


def test_another_spelling_goes_down_to_the_tags_below(library: Library) -> None:
    photo = add(library, "a")
    library.decide(photo, [CAT, TABBY], "confirmed")
    library.carry_over([(CAT, Tag.parse("animal/CAT"))])
    assert {str(tag) for tag in library.decided(photo, "confirmed")} == {
        "animal/CAT",
        "animal/CAT/Tabby",
    }


def test_holdings_say_what_each_photo_has_to_do_with_a_branch(library: Library) -> None:
    first, second, gone = (add(library, name) for name in "abc")
    run = library.start_run("net@1", "{}")
    library.decide(first, [CAT], "confirmed")
    library.decide(first, [DOG], "rejected")
    suggest(library, first, CAT)  # answered
    suggest(library, second, TABBY)
    library.save_written(second, [TABBY], "embedded", run)
    library.decide(gone, [CAT], "confirmed")
    library.mark_gone([gone])
    assert library.holdings([CAT]) == [
        Holding(first, CAT, confirmed=True),
        Holding(second, TABBY, suggested=True, written=True),
    ]
    assert Holding(first, DOG, rejected=True) in library.holdings([ANIMAL])


def test_states_are_counted(library: Library) -> None:
    first, second, _ = (add(library, name) for name in "abc")
    library.decide(first, [CAT], "confirmed")
    library.mark_failed(second, "is damaged", None)
    assert library.state_counts() == {State.CONFIRMED: 1, State.FAILED: 1, State.WAITING: 1}
