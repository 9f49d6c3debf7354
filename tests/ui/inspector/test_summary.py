"""What photos have in common, and the edits that follow."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.change import Edit
from app.core.photo import Card, State
from app.core.tag import Suggestion, Tag
from app.ui.inspector.summary import Counting, Summary, accept, aggregate, reject
from app.ui.inspector.words import percent, reason, stars

CAT, DOG, NIGHT = Tag(("Animal", "Cat")), Tag(("Animal", "Dog")), Tag(("Night",))


def card(
    number: int,
    confirmed: tuple[Tag, ...] = (),
    suggested: tuple[tuple[Tag, float], ...] = (),
    error: str | None = None,
    source: str = "net",
) -> Card:
    state = State.FAILED if error else State.SUGGESTED if suggested else State.CONFIRMED
    return Card(
        number,
        Path(f"/p/{number}.jpg"),
        state,
        confirmed,
        tuple(Suggestion(tag, score, source) for tag, score in suggested),
        error=error,
    )


CARDS = [
    card(1, (NIGHT,), ((CAT, 0.9), (DOG, 0.2))),
    card(2, (CAT, NIGHT), ((DOG, 0.4),), source="learned:3"),
    card(3, (NIGHT,), ((DOG, 0.6),)),
    card(4, (CAT, NIGHT)),
]


def test_nothing() -> None:
    assert aggregate([]) == Summary()


def test_tags_on_all_and_on_some() -> None:
    summary = aggregate(CARDS)
    assert [(each.tag, each.photos) for each in summary.on_all] == [(NIGHT, (1, 2, 3, 4))]
    assert [(each.tag, each.photos) for each in summary.on_some] == [(CAT, (2, 4))]
    assert summary.states == {State.SUGGESTED: 3, State.CONFIRMED: 1}


def test_suggestions_are_counted_and_the_likeliest_for_most_photos_comes_first() -> None:
    dog, cat = aggregate(CARDS).suggested
    assert (dog.tag, dog.photos) == (DOG, (1, 2, 3))
    assert dog.mean == pytest.approx(0.4)
    assert dog.highest == 0.6
    assert dog.sources == ("net", "learned:3")
    assert (cat.tag, cat.photos, cat.mean) == (CAT, (1,), 0.9)


def test_one_photo_keeps_the_order_of_its_card() -> None:
    summary = aggregate([card(1, (), ((DOG, 0.2), (CAT, 0.9)))])
    assert [each.tag for each in summary.suggested] == [DOG, CAT]


def test_spellings_of_a_tag_are_one() -> None:
    other = Tag(("ANIMAL", "cat"))
    summary = aggregate([card(1, (CAT,), ((DOG, 0.5),)), card(2, (other,))])
    assert [(each.tag.path, each.photos) for each in summary.on_all] == [(CAT.path, (1, 2))]
    loud = Tag(("Animal", "DOG"))
    summary = aggregate([card(1, (), ((DOG, 0.5),)), card(2, (), ((loud, 0.7),))])
    (dog,) = summary.suggested
    assert (dog.photos, dog.mean, dog.highest) == ((1, 2), 0.6, 0.7)


def test_bit_by_bit_is_the_same_as_at_once() -> None:
    counting = Counting()
    for each in CARDS:
        counting.add([each])
    assert counting.summary() == aggregate(CARDS)


def test_errors_are_counted() -> None:
    summary = aggregate([card(1, error="gone"), card(2, error="cut off"), card(3, error="gone")])
    assert summary.failed == (1, 2, 3)
    assert summary.errors == (("gone", 2), ("cut off", 1))


def test_where_when_and_with_what_they_were_taken() -> None:
    assert aggregate(CARDS).days is None
    cards = [
        Card(1, Path("/b/1.jpg"), State.WAITING, taken=datetime(2024, 5, 3, 12), camera="Canon"),
        Card(2, Path("/a/2.jpg"), State.WAITING, taken=datetime(2023, 1, 2, 3)),
        Card(3, Path("/a/3.jpg"), State.WAITING),
    ]
    summary = aggregate(cards)
    assert summary.folders == ("/a", "/b")
    assert summary.cameras == ("Canon",)
    assert summary.days == (date(2023, 1, 2), date(2024, 5, 3))


def test_accepting_and_rejecting_ask_only_where_it_is_suggested() -> None:
    dog, cat = aggregate(CARDS).suggested
    assert accept([cat]) == [(1, Edit(accept=(CAT,)))]
    assert reject([dog]) == [(n, Edit(reject=(DOG,))) for n in (1, 2, 3)]
    assert accept([dog, cat]) == [
        (1, Edit(accept=(DOG, CAT))),
        (2, Edit(accept=(DOG,))),
        (3, Edit(accept=(DOG,))),
    ]


def test_putting_on_all_accepts_where_it_is_suggested_and_leaves_the_rest_alone() -> None:
    summary = aggregate(CARDS)
    assert summary.put_on_all([CAT]) == [(1, Edit(accept=(CAT,))), (3, Edit(add=(CAT,)))]
    assert summary.put_on_all([NIGHT]) == []
    new = Tag(("New",))
    assert summary.put_on_all([new, CAT])[:2] == [
        (1, Edit(add=(new,), accept=(CAT,))),
        (2, Edit(add=(new,))),
    ]


def test_removing_touches_only_those_that_have_it() -> None:
    summary = aggregate(CARDS)
    assert summary.remove(CAT) == [(2, Edit(remove=(CAT,))), (4, Edit(remove=(CAT,)))]
    assert summary.remove(DOG) == []


def test_after_its_edits_a_summary_is_what_was_wanted() -> None:
    edits = dict(aggregate(CARDS).put_on_all([CAT, DOG]))
    after = aggregate([c.after(edits[c.id]) if c.id in edits else c for c in CARDS])
    assert [each.tag for each in after.on_all] == [CAT, DOG, NIGHT]
    assert after.suggested == ()


def test_who_is_less_believed_is_told_apart() -> None:
    doubted = Card(
        5, Path("/p/5.jpg"), State.SUGGESTED, suggested=(Suggestion(CAT, 0.3, "net", said=0.9),)
    )
    (cat,) = aggregate([doubted]).suggested
    assert cat.sources == ("doubted:net",) and cat.highest == 0.3


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("efficientnet-lite2", "The network EfficientNet-Lite2"),
        ("my-net", "The network my-net"),
        ("learned:14", "Learned from 14 example(s)"),
        ("learned:", "Learned from your answers"),
        ("rule", "A rule"),
        ("doubted:my-net", "You rejected it for other photos"),
        ("rule:birds", "The rule “birds”"),
        ("", ""),
    ],
)
def test_why_a_tag_is_suggested(source: str, words: str) -> None:
    assert reason(source) == words


def test_nobody_is_ever_quite_certain() -> None:
    assert [percent(score) for score in (0.0, 0.004, 0.5, 0.999, 1.0)] == [
        "1 %", "1 %", "50 %", "99 %", "99 %",
    ]  # fmt: skip


def test_stars() -> None:
    assert [stars(n) for n in (-1, 0, 5)] == ["Marked as rejected", "☆☆☆☆☆", "★★★★★"]
