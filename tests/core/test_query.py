"""The language of the search field."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import UsageError
from app.core.photo import State
from app.core.query import (
    Both,
    Certain,
    Either,
    Holding,
    InState,
    Node,
    Query,
    QueryError,
    Rated,
    Similar,
    Tagged,
    Taken,
    Without,
    Word,
    plain,
)
from app.core.query_text import parse
from app.core.tag import Tag

CAT, DOG = Tagged(Tag(("cat",))), Tagged(Tag(("dog",)))
A, B, C, D = map(Word, "abcd")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", Both()),
        ("   ", Both()),
        ("lake", Word("lake")),
        ("a b", Both((A, B))),
        ("a AND b", Both((A, B))),
        ('"golden hour"', Word("golden hour")),
        ('"say ""hi"""', Word('say "hi"')),
        ('"not closed yet', Word("not closed yet")),
        ("a | b", Either((A, B))),
        ("a OR b", Either((A, B))),
        ("a|b", Either((A, B))),
        ("a b | c d", Either((Both((A, B)), Both((C, D))))),
        ("a (b | c) d", Both((A, Either((B, C)), D))),
        ("-a", Without(A)),
        ("NOT a", Without(A)),
        ("--a", Without(Without(A))),
        ("-(a b)", Without(Both((A, B)))),
        ('-"a b"', Without(Word("a b"))),
        ("2024 - Kyoto", Both((Word("2024"), Word("Kyoto")))),
        ("well-known", Word("well-known")),
        ("or", Word("or")),
        ("(((a)))", A),
        ("tag:cat -tag:dog", Both((CAT, Without(DOG)))),
        ("TAG:Cat", CAT),
        ("tag:animal/cat", Tagged(Tag(("animal", "cat")))),
        ("tag:=cat", Tagged(Tag(("cat",)), exact=True)),
        ('tag:="big cat"', Tagged(Tag(("big cat",)), exact=True)),
        ("confirmed:cat", Tagged(Tag(("cat",)), how="confirmed")),
        ("suggested:cat", Tagged(Tag(("cat",)), how="suggested")),
        ("certainty>0.8", Certain(">", 0.8)),
        ("certainty > 80%", Certain(">", 0.8)),
        ("certainty>=80", Certain(">=", 0.8)),
        ("certainty:<0,5", Certain("<", 0.5)),
        ("certainty:1", Certain("=", 1.0)),
        ("state:suggested", InState(State.SUGGESTED)),
        ("state:Untagged", InState(State.UNTAGGED)),
        ("folder:2024", Holding("folder", "2024")),
        ('name:"img (2)"', Holding("name", "img (2)")),
        ("camera:canon", Holding("camera", "canon")),
        ("date:2024", Taken(date(2024, 1, 1), date(2025, 1, 1))),
        ("date:2024-05", Taken(date(2024, 5, 1), date(2024, 6, 1))),
        ("date:2024-12", Taken(date(2024, 12, 1), date(2025, 1, 1))),
        ("date=2024-02-29", Taken(date(2024, 2, 29), date(2024, 3, 1))),
        ("date:2024..2025-03", Taken(date(2024, 1, 1), date(2025, 4, 1))),
        ("date:2024-05..", Taken(date(2024, 5, 1), None)),
        ("date:..2023", Taken(None, date(2024, 1, 1))),
        ("date>=2024-05-01", Taken(date(2024, 5, 1), None)),
        ("date>2024", Taken(date(2025, 1, 1), None)),
        ("date<2024", Taken(None, date(2024, 1, 1))),
        ("date<=2024", Taken(None, date(2025, 1, 1))),
        ("rating>=3", Rated(">=", 3)),
        ("rating:-1", Rated("=", -1)),
        ("similar:12", Similar(12)),
        ("12:30", Word("12:30")),
        ("a=b", Word("a=b")),
    ],
)
def test_what_is_typed_is_understood(text: str, root: Node) -> None:
    query = parse(text)
    assert query.root == root
    assert str(query) == text.strip()
    assert parse(str(query.root)).root == root


@pytest.mark.parametrize(
    ("text", "sentence", "wrong"),
    [
        ("lake stat:suggested", "There is no “stat:”; did you mean state:?", "stat:"),
        ("taag:cat", "There is no “taag:”; did you mean tag:?", "taag:"),
        ("xyzzy:1", "There is no “xyzzy:”.", "xyzzy:"),
        ("certanty>0.8", "There is no “certanty:”; did you mean certainty:?", "certanty"),
        ("state:sugested x", "There is no state “sugested”; did you mean suggested?", "sugested"),
        ("a certainty>much", "“much” is no certainty; write a number such as 0.8 or 80%.", "much"),
        ("certainty>101", "“101” is no certainty; write a number such as 0.8 or 80%.", "101"),
        ("certainty>nan", "“nan” is no certainty; write a number such as 0.8 or 80%.", "nan"),
        ("rating>7", "“7” is no rating; write a number from 0 to 5.", "7"),
        ("date:2024-13", "“2024-13” is no date; write 2024, 2024-05 or 2024-05-31.", "2024-13"),
        ("date:9999", "“9999” is no date; write 2024, 2024-05 or 2024-05-31.", "9999"),
        ("date:..", "“..” is no date; write 2024, 2024-05 or 2024-05-31.", ".."),
        ("tag:a//b", "“a//b” cannot be the name of a tag.", "a//b"),
        ("tag>cat", "“tag” takes a colon, not a comparison.", "tag>cat"),
        ("a)", "This parenthesis was never opened.", ")"),
    ],
)
def test_what_is_wrong_is_said(text: str, sentence: str, wrong: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    error = raised.value
    assert str(error) == sentence
    assert text[error.position : error.position + error.length] == wrong
    assert not error.is_unfinished
    assert isinstance(error, UsageError)


@pytest.mark.parametrize(
    "text", ["tag:", "a tag:=", "(a", "a |", "a OR", "a OR (", "date>=", "NOT"]
)
def test_what_is_not_finished_is_no_mistake_yet(text: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    assert raised.value.is_unfinished
    assert 0 <= raised.value.position < len(text)


@pytest.mark.parametrize("text", ["(" * 5000, "-" * 5000 + "a", "a " * 5000, "((a)" * 60])
def test_what_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)


@given(st.text(alphabet=st.sampled_from('ab:"()|-=<>. %*20/\\ tagORNOTdate'), max_size=30))
def test_any_text_is_a_query_or_a_mistake_in_it(text: str) -> None:
    query = wrong = None
    try:
        query = parse(text)
    except QueryError as error:
        wrong = error
    if query is None:
        assert wrong is not None
        assert 0 <= wrong.position <= wrong.position + wrong.length <= len(text)
        return
    assert parse(str(query.root)) == query
    assert parse(str(query)) == query


_words = st.text(min_size=1, max_size=8).map(str.strip).filter(bool)
_dates = st.dates(date(1900, 1, 1), date(2100, 1, 1))
_leaves = st.one_of(
    _words.map(Word),
    _words.map(lambda text: Holding("folder", text)),
    st.builds(Certain, st.sampled_from(("<", ">=")), st.integers(0, 100).map(lambda n: n / 100)),
    st.builds(Rated, st.sampled_from(("<", "=")), st.integers(0, 5)),
    st.sampled_from([CAT, Tagged(Tag(("a b", "c/d")), True), Similar(3), InState(State.FAILED)]),
    st.builds(Taken, _dates, st.none() | st.dates(date(2100, 1, 2), date(2200, 1, 1))),
)
_nodes = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        inner.map(Without),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Both(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Either(tuple(parts))),
    ),
    max_leaves=8,
)


@given(_nodes)
def test_what_is_said_can_be_written_down(node: Node) -> None:
    assert parse(str(Query(node))).root == node


def test_case_and_accents_make_no_difference() -> None:
    assert plain("ZÜRICH Café") == plain("zurich cafe") == "zurich cafe"
    assert plain("İstanbul") == plain("istanbul")
    assert plain("straße") == "strasse"
    assert plain("が") != plain("か")
    assert plain("ﾀﾞ") == plain("ダ")
