"""What is asked next, and what accepting in bulk comes to, on a real library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.core.change import Edit
from app.core.photo import PhotoId
from app.core.tag import Suggestion, Tag
from app.library.analyses import Analysis
from app.library.browsing import Condition
from app.library.library import Library
from app.services.review import open_suggestions, review_order

CAT, DOG, CUP = Tag.parse("Animal/Cat"), Tag.parse("Animal/Dog"), Tag.parse("Cup")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library") as library:
        yield library


def photo(library: Library, *said: tuple[Tag, float], looks: list[float] | None = None) -> PhotoId:
    """A photo with these suggestions, and an embedding if it looks like something."""
    number = library.counts()["photo"]
    photo_id = library.save_photo(
        Path(f"/photos/{number}.jpg"), size=1, mtime_ns=1, content_hash=number.to_bytes(2, "big")
    )
    run = library.start_run("net", "{}")
    suggestions = [Suggestion(tag, score, "net") for tag, score in said]
    library.save_suggestions(photo_id, "net", suggestions, run)
    if looks is not None:
        answer = Analysis(np.array(looks, np.float32), np.zeros(3, np.float32), 1)
        library.save_analysis(photo_id, "net", answer, run)
    return photo_id


def test_the_most_doubtful_come_first(library: Library) -> None:
    sure, doubtful, unlikely = (photo(library, (CAT, s)) for s in (0.97, 0.52, 0.2))
    photo(library)  # nothing to ask about
    assert review_order(library).tolist() == [doubtful, unlikely, sure]
    assert review_order(library, 1).tolist() == [doubtful]


def test_one_doubtful_tag_makes_a_photo_doubtful(library: Library) -> None:
    one = photo(library, (CAT, 0.8))
    other = photo(library, (CAT, 0.99), (DOG, 0.5))
    assert review_order(library).tolist() == [other, one]


def test_what_was_answered_is_not_asked(library: Library) -> None:
    answered, half, gone = (photo(library, (CAT, 0.5), (DOG, 0.6)) for _ in range(3))
    library.decide(answered, [CAT], "confirmed")
    library.decide(answered, [DOG], "rejected")
    library.decide(half, [CAT], "rejected")
    library.mark_gone([gone])
    assert review_order(library).tolist() == [half]


def test_tags_of_which_little_is_known_come_first(library: Library) -> None:
    for _ in range(5):
        library.decide(photo(library, (CAT, 0.9)), [CAT], "confirmed")
    known, new = photo(library, (CAT, 0.6)), photo(library, (DOG, 0.6))
    assert review_order(library).tolist() == [new, known]


def test_each_is_unlike_the_ones_before(library: Library) -> None:
    meadow = [photo(library, (CAT, 0.5 + n / 1000), looks=[9, 1, 0, 0]) for n in range(4)]
    city = photo(library, (CAT, 0.56), looks=[0, 1, 9, 0])
    sea = photo(library, (CAT, 0.58), looks=[0, 1, 0, 9])
    assert review_order(library).tolist() == [meadow[0], city, sea, *meadow[1:]]


def test_what_looks_like_the_photo_just_asked_waits(library: Library) -> None:
    alike = photo(library, (CAT, 0.5), looks=[9, 1, 0, 0])
    other = photo(library, (CAT, 0.55), looks=[0, 1, 9, 0])
    asked = photo(library, (CAT, 0.5), looks=[9, 1, 0, 0])
    assert review_order(library).tolist()[0] == alike
    assert review_order(library, asked=[asked]).tolist()[0] == other


def test_what_looks_like_an_answered_photo_waits(library: Library) -> None:
    asked = photo(library, (CAT, 0.5), looks=[9, 1, 0, 0])
    library.decide(asked, [CAT], "confirmed")
    alike = photo(library, (CAT, 0.5), looks=[9, 1, 0, 0])
    other = photo(library, (CAT, 0.55), looks=[0, 1, 9, 0])
    assert review_order(library).tolist() == [other, alike]


def test_a_photo_that_stands_for_many_comes_before_a_more_doubtful_one(library: Library) -> None:
    strange = photo(library, (CAT, 0.5), looks=[0, 0, 0, 9])
    many = [photo(library, (CAT, 0.6), looks=[9, n / 10, 0, 0]) for n in range(6)]
    others = [photo(library, (CAT, 0.6), looks=[0, n / 10, 9, 0]) for n in range(3)]
    order = review_order(library).tolist()
    assert order[0] in many and order[1] in others and order[2] == strange
    assert sorted(order) == sorted([strange, *many, *others])


def test_every_photo_of_a_large_library_has_its_place(library: Library) -> None:
    ids = [photo(library, (CAT, 0.3 + n / 2000)) for n in range(700)]
    order = review_order(library)
    assert sorted(order.tolist()) == ids and order[0] == ids[400]


def test_some_without_embeddings(library: Library) -> None:
    seen = photo(library, (CAT, 0.7), looks=[1, 2, 3])
    unseen = photo(library, (CAT, 0.5))
    assert review_order(library).tolist() == [unseen, seen]


def test_skipped_photos_come_last_in_the_order_of_skipping(library: Library) -> None:
    ids = [photo(library, (CAT, 0.5 + n / 100)) for n in range(4)]
    order = review_order(library, skipped=[ids[1], ids[0], 999])
    assert order.tolist() == [ids[2], ids[3], ids[1], ids[0]]


def test_only_photos_that_meet_a_condition(library: Library) -> None:
    ids = [photo(library, (CAT, 0.5 + n / 100)) for n in range(3)]
    condition = Condition("path LIKE ?", ("%/1.jpg",))
    assert review_order(library, condition=condition).tolist() == [ids[1]]
    assert open_suggestions(library, condition).photo.tolist() == [ids[1]]


def test_nothing_to_review(library: Library) -> None:
    assert review_order(library).tolist() == []
    nothing = open_suggestions(library)
    assert nothing.tags == () and nothing.tags_from()[0] == 0 and nothing.photos_from()[100] == 0
    assert nothing.least_certain(0, 6) == [] and nothing.edits(0) == []


def test_counts_at_every_percentage(library: Library) -> None:
    one = photo(library, (CAT, 0.90), (CUP, 0.4))
    two = photo(library, (CAT, 0.896), (DOG, 0.95))  # shown as 90 %
    found = open_suggestions(library)
    tags, photos = found.tags_from(), found.photos_from()
    assert [int(tags[p]) for p in (0, 40, 41, 90, 91, 95, 96)] == [4, 4, 3, 3, 1, 1, 0]
    assert [int(photos[p]) for p in (0, 41, 90, 91, 96)] == [2, 2, 2, 1, 0]
    assert found.histogram()[90] == 2
    assert found.edits(90) == [(one, Edit(accept=(CAT,))), (two, Edit(accept=(DOG, CAT)))]


def test_counts_are_those_of_the_edits(library: Library) -> None:
    random = np.random.default_rng(4)
    for _ in range(60):
        scores = random.random(3).tolist()
        photo(library, *zip((CAT, DOG, CUP), scores, strict=True))
    found = open_suggestions(library).only(Tag(("Animal",)))
    for percent in range(101):
        edits = found.edits(percent)
        assert len(edits) == found.photos_from()[percent]
        assert sum(len(edit.accept) for _, edit in edits) == found.tags_from()[percent]
        examples = found.least_certain(percent, 6)
        assert len(examples) == min(6, len(edits))
        assert all(each.percent >= percent for each in examples)
        assert CUP not in {each.tag for each in examples}


def test_examples_are_the_least_certain_and_of_different_photos(library: Library) -> None:
    one = photo(library, (CAT, 0.7), (DOG, 0.71))
    two = photo(library, (CAT, 0.9))
    photo(library, (CAT, 0.3))
    examples = open_suggestions(library).least_certain(50, 6)
    assert [(e.photo, e.tag, e.percent) for e in examples] == [(one, CAT, 70), (two, CAT, 90)]


def test_of_two_sources_the_one_that_is_shown_counts(library: Library) -> None:
    photo_id = photo(library)
    said = [Suggestion(CAT, 0.9, "net"), Suggestion(CAT, 0.6, "learned", priority=1)]
    library.save_suggestions(photo_id, "net", said, library.start_run("net", "{}"))
    (card,) = library.cards([photo_id])
    assert card.suggested[0].score == 0.6
    assert open_suggestions(library).percent.tolist() == [60]


def test_open_suggestions_of_chosen_photos(library: Library) -> None:
    ids = [photo(library, (CAT, 0.5)) for _ in range(3)]
    assert sorted(open_suggestions(library, ids[:2]).photo.tolist()) == ids[:2]
    found = open_suggestions(library, ids)
    assert found.only(DOG).edits(0) == [] and len(found.only(CAT).edits(0)) == 3


def test_what_is_all_but_sure_comes_late_though_it_stands_for_many(library: Library) -> None:
    sure = [photo(library, (CAT, 0.98), looks=[9, n / 10, 0, 0]) for n in range(9)]
    doubtful = [photo(library, (CUP, s), looks=[0, 0, s, 9]) for s in (0.6, 0.7, 0.85)]
    half_sure = photo(library, (DOG, 0.98), (CUP, 0.4), looks=[0, 9, 0, 0])
    order = review_order(library).tolist()
    assert order[0] in doubtful and half_sure in order[:2]
    assert order.index(half_sure) < min(map(order.index, sure))
    assert sum(each in sure for each in order[:3]) <= 1 and sorted(order) == sorted(
        [*sure, *doubtful, half_sure]
    )
    # What was learned from three examples is asked about, however sure it seems.
    run = library.start_run("net", "{}")
    for each in sure:
        learned = [Suggestion(CAT, 0.98, "learned:3", 10), Suggestion(CAT, 0.3, "net")]
        library.save_suggestions(each, "net", learned, run)
    assert review_order(library).tolist()[0] in sure
