"""What queries find, in a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.core.photo import Card, State
from app.core.query import Certain, Query, Rated, Taken, plain
from app.core.query_text import parse
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from tests.benchmarks.synthetic import MODEL, make_library

CAT, DOG, BIG = Tag(("Animal", "Cat")), Tag(("Animal", "Dog")), Tag(("Animal", "Cat", "Big cat"))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data") as opened:
        opened.add_root(Path("/home/anna/Pictures"))
        yield opened


def add(library: Library, name: str, **more: object) -> int:
    path = Path("/home/anna/Pictures") / name
    photo = library.save_photo(path, size=1, mtime_ns=1, content_hash=name.encode())
    library.save_facts(photo, more.get("taken"), more.get("camera", ""), more.get("rating"))  # type: ignore[arg-type]
    run = library.start_run(MODEL, "{}")
    offered = more.get("suggested", {})
    library.save_suggestions(
        photo, MODEL, [Suggestion(t, s, "net") for t, s in offered.items()], run  # type: ignore[attr-defined]
    )  # fmt: skip
    for verdict in ("confirmed", "rejected"):
        library.decide(photo, more.get(verdict, ()), verdict)  # type: ignore[arg-type]
    return photo


def found(library: Library, text: str) -> list[str]:
    ids = library.listing(library.condition(parse(text))).ids
    names = [card.path.name for card in library.cards(ids.tolist())]
    assert library.count(library.condition(parse(text))) == len(names)
    return [name.partition(".")[0] for name in names]


def test_tags_are_found_on_any_level(library: Library) -> None:
    add(library, "a.jpg", confirmed=[CAT])
    add(library, "b.jpg", suggested={DOG: 0.9, BIG: 0.4})
    add(library, "c.jpg", suggested={CAT: 0.9}, rejected=[CAT])
    add(library, "d.jpg", confirmed=[Tag(("Cattle",))])
    assert found(library, "tag:CAT") == ["a", "b"]
    assert found(library, "tag:animal") == ["a", "b"]
    assert found(library, "tag:animal/cat") == ["a", "b"]
    assert found(library, 'tag:cat/"big') == []
    assert found(library, 'tag:"cat/big cat"') == ["b"]
    assert found(library, "tag:=animal/cat") == ["a"]
    assert found(library, "tag:=cat") == []
    assert found(library, "confirmed:cat") == ["a"]
    assert found(library, "suggested:cat") == ["b"]
    assert found(library, "tag:animal -tag:dog") == ["a"]
    assert found(library, "-tag:animal") == ["c", "d"]
    library._execute(
        "INSERT INTO synonym SELECT id, 'Kitty', 'kitty' FROM tag WHERE key = 'animal/cat'"
    )
    assert found(library, "tag:kitty") == ["a"]
    assert found(library, "kit") == ["a"]


def test_words_are_found_wherever_they_stand(library: Library) -> None:
    add(library, "2024 Zürich/a.jpg", camera="Canon EOS 80D")
    add(library, "2024 Zu\u0308rich/b.jpg")  # the same name, as Apple's disks spell it
    add(library, "x/Café.jpg", confirmed=[Tag(("Ort", "Café"))])
    add(library, "x/cattle_50%.jpg", confirmed=[Tag(("Farm",))])
    add(library, "x/y.jpg", confirmed=[CAT])
    add(library, "x/花見.jpg")
    assert found(library, "zurich") == found(library, "ZÜRICH") == ["b", "a"]
    assert found(library, "cafe") == found(library, "CAFÉ") == ["Café"]
    assert found(library, "canon") == found(library, "camera:eos") == ["a"]
    assert found(library, "cat") == ["cattle_50%", "y"]
    assert found(library, "att") == ["cattle_50%"]  # of a file's name any part, of a tag the start
    assert found(library, "50%") == found(library, "e_5") == ["cattle_50%"]
    assert found(library, "a_") == found(library, "x%") == []
    assert found(library, "花") == ["花見"]
    assert found(library, "見学") == []
    assert found(library, "pictures") == ["b", "a", "Café", "cattle_50%", "y", "花見"]
    assert found(library, "anna") == []  # above the folder that was added
    assert found(library, "2024 -camera:canon") == ["b"]
    assert found(library, '"2024 zurich"') == ["b", "a"]
    assert found(library, "'; DROP TABLE photo; --") == []
    assert library.counts()["photo"] == 6


def test_names_and_folders(library: Library) -> None:
    for name in ("IMG_1.jpg", "IMG_10.jpg", "img_2.JPG", "trip/IMG_1.png", "trip/deep/ä_1.jpg"):
        add(library, name)
    assert found(library, "name:img_1") == ["IMG_1", "IMG_10", "IMG_1"]
    assert found(library, "name:img_?.jpg") == ["IMG_1", "img_2"]
    assert found(library, "name:*.png") == ["IMG_1"]
    assert found(library, "name:A_?.jp*") == ["ä_1"]
    assert found(library, "folder:TRIP") == ["IMG_1", "ä_1"]
    assert found(library, "folder:trip/deep") == ["ä_1"]
    assert found(library, "folder:/home/anna/Pictures/trip") == ["IMG_1", "ä_1"]
    assert found(library, "folder:/home/anna/Pictures/tri") == []


def test_dates_stars_and_states(library: Library) -> None:
    add(library, "a.jpg", taken=datetime(2024, 5, 31, 23, 59, 59), rating=3)
    add(library, "b.jpg", taken=datetime(2024, 6, 1), rating=-1, suggested={CAT: 0.804})
    add(library, "c.jpg", confirmed=[CAT])
    assert found(library, "date:2024-05") == found(library, "date:2024-05-31") == ["a"]
    assert found(library, "date:2024-05-31..2024-06-01") == ["a", "b"]
    assert found(library, "date>2024-05") == found(library, "date:2024-06..") == ["b"]
    assert found(library, "date<=2024-05") == ["a"]
    assert found(library, "-date:2024-05") == ["b", "c"]
    assert found(library, "rating>=3") == ["a"]
    assert found(library, "rating:-1") == ["b"]
    assert found(library, "-rating>=3") == ["b", "c"]
    assert found(library, "certainty>80%") == found(library, "certainty=80%") == ["b"]
    assert found(library, "certainty>0.81 | state:confirmed") == ["c"]
    assert found(library, "state:waiting") == ["a"]


def test_beside_a_tag_its_own_certainty_counts(library: Library) -> None:
    add(library, "a.jpg", suggested={CAT: 0.5, DOG: 0.9})
    add(library, "b.jpg", suggested={CAT: 0.9})
    assert found(library, "certainty>0.8") == ["a", "b"]
    assert found(library, "tag:cat certainty>0.8") == ["b"]
    assert found(library, "tag:cat certainty>0.4 certainty<0.8") == ["a"]


def test_similar_photos_are_somebody_elses_knowledge(library: Library) -> None:
    first, second = add(library, "a.jpg"), add(library, "b.jpg")
    query = parse(f"similar:{first}")
    assert library.count(library.condition(query)) == 0
    condition = library.condition(query, lambda photo: [photo, second])
    assert library.listing(condition).ids.tolist() == [first, second]


def test_what_is_gone_is_not_found(library: Library) -> None:
    photo = add(library, "a.jpg", confirmed=[CAT], camera="X", taken=datetime(2024, 1, 1))
    assert library.cameras() == [("X", 1)]
    assert library.years() == [(2024, 1)]
    library.mark_gone([photo])
    assert found(library, "tag:cat") == found(library, "a") == []
    assert library.cameras() == library.years() == []


# Against a plain reading of the cards, over a library with everything in it.


def fits(card: Card, query: Query) -> bool:
    root = query.root
    if isinstance(root, Certain):
        assert root.comparison == ">"
        return (card.certainty or 0) > root.score
    if isinstance(root, Rated):
        assert root.comparison == ">="
        return card.rating is not None and card.rating >= root.stars
    if isinstance(root, Taken):
        day = card.taken.date() if card.taken else None
        return day is not None and bool(
            (root.first is None or day >= root.first) and (root.end is None or day < root.end)
        )
    raise AssertionError(root)


SIMPLE = {
    "tag:cat": lambda c: "Cat" in levels(c),
    "tag:food": lambda c: "Food" in levels(c),
    "state:suggested": lambda c: c.state is State.SUGGESTED,
    "state:untagged": lambda c: c.state is State.UNTAGGED,
    "camera:canon": lambda c: "canon" in c.camera.lower(),
    "folder:zurich": lambda c: "zurich" in plain(c.path.parent.name),
    "name:img_0001": lambda c: "img_0001" in c.path.name.lower(),
    "paris": lambda c: (
        "paris" in str(c.path.parent).lower() or "Paris" in levels(c)
        or "paris" in str(levels(c)).lower()
    ),
    **{
        text: (lambda c, text=text: fits(c, parse(text)))
        for text in ("certainty>0.6", "rating>=3", "date:2005", "date>=2006-02", "date<2004-03-01")
    },
}  # fmt: skip


def levels(card: Card) -> set[str]:
    tags = (*card.confirmed, *(each.tag for each in card.suggested))
    return {name for tag in tags for name in tag.path}


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, list[Card]]]:
    folder = tmp_path_factory.mktemp("synthetic")
    make_library(folder, 2000, 120, seed=3)
    with Library(folder) as library:
        yield library, library.cards(library.listing().ids.tolist())


@pytest.mark.parametrize("text", SIMPLE)
def test_a_query_finds_what_its_words_say(cards: tuple[Library, list[Card]], text: str) -> None:
    library, everything = cards
    expected = {card.id for card in everything if SIMPLE[text](card)}
    assert 0 < len(expected) < len(everything)
    assert set(library.listing(library.condition(parse(text))).ids.tolist()) == expected
    without = library.listing(library.condition(parse(f"-({text})"))).ids
    assert set(without.tolist()) == {card.id for card in everything} - expected


def test_parts_join_as_they_read(cards: tuple[Library, list[Card]]) -> None:
    library, everything = cards
    for first, one in SIMPLE.items():
        for second, other in SIMPLE.items():
            if {first[:3], second[:3]} == {"tag", "cer"}:
                continue  # they mean something else together
            for word, join in ((" ", all), (" | ", any), (" -", None)):
                got = library.listing(library.condition(parse(f"{first}{word}{second}"))).ids
                expected = {
                    c.id
                    for c in everything
                    if (join((one(c), other(c))) if join else one(c) and not other(c))
                }
                assert set(got.tolist()) == expected, f"{first}{word}{second}"


def test_a_synthetic_library_is_as_the_program_would_have_it(
    cards: tuple[Library, list[Card]],
) -> None:
    library, everything = cards
    with library.transaction():
        for card in everything:
            library.refresh(card.id)
    assert library.cards([card.id for card in everything]) == everything
    assert {card.state for card in everything} == set(State) - {State.WORKING}
