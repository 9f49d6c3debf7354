"""Tags: equality, text form, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UsageError
from app.core.tag import Tag

names = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="|;"), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(st.lists(names, min_size=1, max_size=4))
def test_text_form_round_trips(path: list[str]) -> None:
    tag = Tag(tuple(path))
    assert Tag.parse(str(tag)).path == tag.path


def test_slash_in_a_name_is_escaped() -> None:
    assert str(Tag(("Music", "AC/DC"))) == r"Music/AC\/DC"
    assert Tag.parse(r"Music/AC\/DC").path == ("Music", "AC/DC")


def test_equal_after_normalisation_and_case_folding() -> None:
    composed, decomposed = Tag(("Café",)), Tag(("CAFE\u0301",))
    assert composed == decomposed
    assert len({composed, decomposed}) == 1
    assert Tag(("Straße",)) == Tag(("STRASSE",))
    assert Tag(("Animal", "Cat")) != Tag(("Cat",))


@pytest.mark.parametrize("path", [(), ("",), ("Animal", " "), ("a|b",), ("a;b",), ("a\x00b",)])
def test_what_no_program_can_store_is_refused(path: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        Tag(path)


def test_white_space_is_folded() -> None:
    assert Tag(("  Golden \n retriever ",)).name == "Golden retriever"
