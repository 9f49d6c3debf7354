"""What was learned, where photos are recorded: suggested at once, written only when it is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.tag import Suggestion, Tag
from tests.services.bench import CARD, Bench, Colours, picture, tags

REX = Tag.parse("Pets/Rex")


def suggested(bench: Bench, photo: Path) -> dict[Tag, str]:
    known = bench.library.by_path(photo)
    assert known is not None
    return {each.tag: each.source for each in bench.library.suggestions(known.id)}


@pytest.mark.parametrize(("examples", "is_written"), [(1, False), (9, False), (10, True)])
def test_a_learned_tag_is_written_by_itself_only_from_enough_examples(
    bench: Bench, tmp_path: Path, examples: int, is_written: bool
) -> None:
    photo = picture(tmp_path / "photos" / "a.jpg", "red")
    source = f"learned:{examples}"
    bench.learned = lambda *_: (Suggestion(REX, 0.95, source, 10),)
    outcome = bench.tag(photo)
    assert outcome.suggestions[0].tag == REX and outcome.suggestions[1].source != source
    assert suggested(bench, photo)[REX] == source
    assert (str(REX) in tags(photo)) is is_written
    assert "Animal/Cat" in tags(photo)


def test_a_network_of_own_classes_only_suggests(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It knows nothing else, and a red photo of anything is a cat to it."""
    own = replace(CARD, card={**CARD.card, "trained": {"on": "/photos/pets"}})
    monkeypatch.setattr(Colours, "card", own)
    monkeypatch.setattr("tests.services.bench.CARD", own)
    photo = picture(tmp_path / "photos" / "a.jpg", "red")
    bench.tag(photo)
    assert Tag.parse("Animal/Cat") in suggested(bench, photo) and not tags(photo)
    known = bench.library.by_path(photo)
    assert known is not None
    bench.library.decide(known.id, [Tag.parse("Animal/Cat")], "confirmed")
    bench.tag(photo, min_score=0.4)
    assert "Animal/Cat" in tags(photo)


def test_a_learned_tag_is_not_written_where_only_accepted_ones_are(
    bench: Bench, tmp_path: Path
) -> None:
    photo = picture(tmp_path / "photos" / "a.jpg", "red")
    bench.learned = lambda *_: (Suggestion(REX, 0.95, "learned:50", 10),)
    bench.tag(photo, write_suggestions="accepted")
    assert REX in suggested(bench, photo) and not tags(photo)


def test_of_a_tag_that_the_network_suggests_too_the_surer_word_counts(
    bench: Bench, tmp_path: Path
) -> None:
    photo = picture(tmp_path / "photos" / "a.jpg", "red")
    cat = Tag.parse("Animal/Cat")
    bench.learned = lambda *_: (Suggestion(cat, 0.999, "learned:3", 10),)
    outcome = bench.tag(photo)
    assert next(s.source for s in outcome.suggestions if s.tag == cat) == "learned:3"
    assert "Animal/Cat" in tags(photo)  # by the network's word


def test_what_a_photo_has_stays_while_nobody_knows_what_was_learned(
    bench: Bench, tmp_path: Path
) -> None:
    photo = picture(tmp_path / "photos" / "a.jpg", "red")
    bench.learned = lambda *_: (Suggestion(REX, 0.95, "learned:3", 10),)
    bench.tag(photo)
    bench.learned = lambda *_: None
    bench.tag(photo, min_score=0.4)
    assert suggested(bench, photo)[REX] == "learned:3"
    bench.learned = lambda *_: ()
    bench.tag(photo, min_score=0.5)
    assert REX not in suggested(bench, photo)


def test_what_was_learned_is_told_what_was_decided(bench: Bench, tmp_path: Path) -> None:
    photo = picture(tmp_path / "photos" / "a.jpg", "red")
    bench.tag(photo)
    known = bench.library.by_path(photo)
    assert known is not None
    bench.library.decide(known.id, [REX], "rejected")
    bench.library.decide(known.id, [Tag.parse("Home")], "confirmed")
    asked = []

    def learned(*said: object) -> tuple[Suggestion, ...]:
        asked.append(said[2:])
        return ()

    bench.learned = learned
    bench.tag(photo, min_score=0.4)
    assert asked == [({Tag.parse("Home")}, {REX})]


def test_what_is_doubted_stays_doubted_while_nobody_knows_what_was_learned(
    bench: Bench, tmp_path: Path
) -> None:
    """As at the start under other settings: what was rejected elsewhere is not written then."""
    photo = picture(tmp_path / "photos" / "a.jpg", "red")
    cat = Tag.parse("Animal/Cat")
    bench.learned = lambda _, network, *__: tuple(
        replace(s, score=0.2, said=s.score) for s in network if s.tag == cat
    )
    bench.tag(photo)
    assert not tags(photo)
    bench.learned = lambda *_: None
    (doubted,) = bench.tag(photo, min_score=0.4).suggestions
    assert not tags(photo)
    assert doubted.score == 0.2 and doubted.said is not None and doubted.said > 0.4
    bench.learned = lambda *_: ()
    bench.tag(photo, min_score=0.4, xp_keywords=False)
    assert tags(photo)


def test_what_is_rejected_takes_all_below_it_along(bench: Bench, tmp_path: Path) -> None:
    photo = picture(tmp_path / "photos" / "a.jpg", "red")
    bench.tag(photo, write="none")
    known = bench.library.by_path(photo)
    assert known is not None and Tag.parse("Animal/Cat") in suggested(bench, photo)
    bench.library.decide(known.id, [Tag.parse("Animal")], "rejected")
    bench.tag(photo)
    assert Tag.parse("Animal/Cat") not in suggested(bench, photo)
    assert "Animal/Cat" not in tags(photo)
