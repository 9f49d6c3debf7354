"""Listing photos in orders and groups, on a real library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from app.core.listing import GROUPINGS, SORTS, Group, Grouping, Sort
from app.core.photo import State
from app.core.tag import Suggestion, Tag
from app.library.analyses import Analysis
from app.library.library import Library

CAT = Tag.parse("Animal/Cat")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path) as opened:
        run = opened.start_run("net@1", "{}")
        for n, (path, taken, score) in enumerate(
            (
                ("/p/b/Zebra.jpg", datetime(2024, 5, 2, 10), 0.9),
                ("/p/b/apple.jpg", None, None),
                ("/p/a/mouse.jpg", datetime(2024, 5, 1, 10), 0.55),
                ("/p/a.jpg", datetime(2024, 5, 2, 9), 0.2),
            )
        ):
            photo = opened.save_photo(Path(path), size=1, mtime_ns=1, content_hash=bytes([n]))
            opened.save_facts(photo, taken, "", None)
            scores = np.zeros(2, np.float32)
            opened.save_analysis(photo, "net@1", Analysis(np.ones(4, np.float32), scores, 1), run)
            if score is not None:
                opened.save_suggestions(photo, "net@1", [Suggestion(CAT, score, "net")], run)
        yield opened


def names(library: Library, **how: object) -> list[str]:
    return [card.path.name for card in library.cards(library.listing(**how).ids)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("path", "a.jpg mouse.jpg Zebra.jpg apple.jpg"),
        ("name", "a.jpg apple.jpg mouse.jpg Zebra.jpg"),
        ("taken", "mouse.jpg a.jpg Zebra.jpg apple.jpg"),
        ("certainty", "Zebra.jpg mouse.jpg a.jpg apple.jpg"),
        ("doubt", "mouse.jpg a.jpg Zebra.jpg apple.jpg"),
    ],
)
def test_the_orders(library: Library, sort: Sort, expected: str) -> None:
    assert " ".join(names(library, sort=sort)) == expected


@pytest.mark.parametrize("sort", SORTS)
def test_the_reverse_of_each_order_keeps_what_has_no_value_at_the_end(
    library: Library, sort: Sort
) -> None:
    forwards, backwards = names(library, sort=sort), names(library, sort=sort, descending=True)
    if sort in ("path", "name"):
        assert backwards == forwards[::-1]
    else:
        assert backwards[-1] == "apple.jpg"
        assert backwards[:-1] == forwards[:-1][::-1]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("grouping", GROUPINGS)
def test_groups_make_up_the_listing(library: Library, sort: Sort, grouping: Grouping) -> None:
    listing = library.listing(sort=sort, grouping=grouping)
    assert len(listing.ids) == 4
    assert sum(group.count for group in listing.groups) == (0 if grouping == "none" else 4)
    cards = library.cards(listing.ids)
    at = 0
    for group in listing.groups:
        for card in cards[at : at + group.count]:
            day = card.taken.date().isoformat() if card.taken else ""
            assert group.key == (str(card.path.parent) if grouping == "folder" else day)
        at += group.count


def test_the_groups_of_days_begin_with_photos_without_one(library: Library) -> None:
    groups = library.listing(grouping="day").groups
    assert groups == (Group("", 1), Group("2024-05-01", 1), Group("2024-05-02", 2))


def test_a_card_says_what_is_open_and_what_is_decided(library: Library) -> None:
    photo = library.by_path(Path("/p/b/Zebra.jpg"))
    assert photo is not None
    (card,) = library.cards([photo.id])
    assert card.state is State.SUGGESTED and card.certainty == 0.9
    library.decide(photo.id, [CAT], "confirmed")
    (card,) = library.cards([photo.id])
    assert card.state is State.CONFIRMED and card.confirmed == (CAT,) and card.certainty is None
    library.forget_decisions(photo.id, [CAT])
    library.decide(photo.id, [CAT], "rejected")
    (card,) = library.cards([photo.id])
    assert card.state is State.UNTAGGED and not card.suggested and not card.confirmed
    (count,) = [each for each in library.tag_counts() if each.tag == CAT]
    assert (count.confirmed, count.suggested) == (0, 2)


def test_photos_that_are_gone_are_not_listed(library: Library) -> None:
    ids = library.listing().ids
    library.mark_gone([int(ids[0])])
    assert list(library.listing().ids) == list(ids[1:])
    assert library.count() == 3
