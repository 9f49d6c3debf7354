"""What is left of the network's suggestions once the user has rejected some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.core.change import Edit
from app.core.confidence import Confidence
from app.core.tag import Suggestion, Tag
from app.library.library import Analysis
from app.services.teaching import Teaching
from tests.services.taught import MODEL, Bench

TRIPOD, VASE = Tag(("tripod",)), Tag(("vase",))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """The network takes all photos of kinds 0 and 1 for tripods."""
    made = Bench(tmp_path / "library")
    made.photos = [made.add(n % 3, tripod=0.8, vase=0.15) for n in range(60)]
    made.suggested(
        *((photo, TRIPOD, 0.8) for photo in made.photos if made.photos.index(photo) % 3 < 2)
    )
    yield made
    made.library.close()


def of(bench: Bench, kind: int) -> list[int]:
    return bench.photos[kind::3]


def tripods(bench: Bench) -> dict[int, Suggestion]:
    said = ((p, bench.library.suggestions(p)) for p in bench.photos)
    return {photo: s for photo, found in said for s in found if s.tag == TRIPOD}


def reject(bench: Bench, *photos: int) -> set[int]:
    for photo in photos:
        bench.library.decide(photo, [TRIPOD], "rejected")
    return bench.learn(photos=list(photos))


def test_what_was_rejected_again_and_again_is_less_certain(bench: Bench) -> None:
    changed = reject(bench, *of(bench, 0)[:5])
    found = tripods(bench)
    alike = [found[photo] for photo in of(bench, 0)[5:]]
    others = [found[photo] for photo in of(bench, 1)]
    assert all(s.score < 0.5 and s.said == 0.8 and s.source == "net" for s in alike)
    assert max(s.score for s in alike) < min(s.score for s in others)
    assert changed >= set(of(bench, 0)[5:])
    (certainty,) = bench.library._execute(
        "SELECT certainty FROM photo WHERE id = ?", (of(bench, 0)[7],)
    ).fetchone()
    assert certainty == found[of(bench, 0)[7]].score
    (card,) = bench.library.cards([of(bench, 0)[7]])
    assert card.suggested == (found[of(bench, 0)[7]],)


def test_undo_gives_back_exactly_what_the_network_said(bench: Bench) -> None:
    before = tripods(bench)
    states = [before]
    for photo in of(bench, 0)[:4]:
        reject(bench, photo)
        states.append(tripods(bench))
    assert states[4] != states[3] != before
    for n, photo in reversed(list(enumerate(of(bench, 0)[:4]))):
        bench.library.forget_decisions(photo, [TRIPOD])
        bench.learn(photos=[photo])
        assert tripods(bench) == states[n]
    assert not bench.library.doubted_tags(MODEL)


def test_accepted_as_often_it_is_believed(bench: Bench) -> None:
    reject(bench, *of(bench, 0)[:3])
    low = tripods(bench)[of(bench, 0)[10]].score
    for photo in of(bench, 0)[3:9]:
        bench.library.decide(photo, [TRIPOD], "confirmed")
    bench.learn(photos=of(bench, 0)[3:9])
    shown = max(s.score for s in bench.library.suggestions(of(bench, 0)[10]) if s.tag == TRIPOD)
    assert shown > low + 0.1


def test_a_rejected_name_that_the_network_never_said_is_no_doubt(bench: Bench) -> None:
    for photo in of(bench, 0)[:5]:
        bench.library.decide(photo, [Tag(("Rex",))], "rejected")
        bench.library.decide(photo, [Tag(("vase",))], "confirmed")
    bench.learn()
    assert {s.score for s in tripods(bench).values()} == {0.8}


def test_a_new_photo_is_told_the_same(bench: Bench) -> None:
    reject(bench, *of(bench, 0)[:5])
    new = bench.add(0, tripod=0.8)
    bench.photos.append(new)
    bench.suggested((new, TRIPOD, 0.8))
    snapshot = bench.teaching.snapshot()
    (told,) = bench.teaching.suggest(bench.library, [new], snapshot)[new]
    assert told.score < 0.5 and told.said == 0.8
    bench.library.save_learned_of(MODEL, {new: (told,)})
    assert tripods(bench)[new] == replace(told)
    # And again when nobody doubts it any more.
    for photo in of(bench, 0)[:5]:
        bench.library.forget_decisions(photo, [TRIPOD])
    bench.teaching.take(bench.library, of(bench, 0)[:5])
    believed = bench.teaching.suggest(bench.library, [new], bench.teaching.snapshot())
    bench.library.save_learned_of(MODEL, believed)
    assert tripods(bench)[new] == Suggestion(TRIPOD, 0.8, "net", 4)


def test_photos_alone_and_all_together_come_to_the_same(bench: Bench) -> None:
    reject(bench, *of(bench, 0)[:3], of(bench, 1)[0])
    together = tripods(bench)
    alone = bench.teaching.suggest(bench.library, bench.photos, bench.teaching.snapshot())
    open_ = [p for p in together if p not in (*of(bench, 0)[:3], of(bench, 1)[0])]
    assert len(open_) > 30
    for photo in open_:
        assert together[photo] in alone[photo]


def test_it_is_still_doubted_after_the_next_start(bench: Bench) -> None:
    reject(bench, *of(bench, 0)[:5])
    bench.teaching.save()
    before = tripods(bench)
    again = bench.new()
    assert again.open(bench.library) == set() and not again.has_doubts
    assert TRIPOD in again.snapshot().doubts
    # Also when it was switched off for a while.
    changed = bench.library.drop_learned()
    assert changed >= set(of(bench, 0)[5:])
    assert {s.score for s in tripods(bench).values()} == {0.8}
    bench.teaching = bench.new()
    bench.teaching.open(bench.library)
    assert bench.teaching.has_doubts
    bench.learn()
    assert tripods(bench) == before


def test_another_temperature_is_calibrated_anew(bench: Bench) -> None:
    for photo in of(bench, 2)[:4]:
        bench.library.decide(photo, [Tag(("Rex",))], "confirmed")
    bench.learn()
    bench.teaching.save()
    assert bench.new().open(bench.library) == set()
    bench.confidence = Confidence(0.7)
    again: Teaching = bench.new()
    assert again.open(bench.library) == {Tag(("Rex",))}
    again.save()
    assert bench.new().open(bench.library) == set()


def test_under_another_temperature_the_library_is_told_the_doubts_anew(bench: Bench) -> None:
    reject(bench, *of(bench, 0)[:5])
    bench.teaching.save()
    bench.confidence = Confidence(0.7)
    again: Teaching = bench.new()
    again.open(bench.library)
    assert {tag for tag, _ in again.doubted(bench.library)} == {TRIPOD}


def test_what_was_noted_for_undo_before_there_were_doubts_can_be_put_back(bench: Bench) -> None:
    """Rows of suggestions that were noted before there was anything to doubt."""
    photo = of(bench, 0)[0]
    library = bench.library
    edit = Edit(reject=(TRIPOD,))
    action = library.start_action("reject", "", [(photo, edit)])
    library.save_before(action, photo, edit)
    (noted,) = library._execute("SELECT before FROM action_photo").fetchone()
    of_before = noted.replace(", null]]", "]]")
    assert of_before != noted
    library._execute("UPDATE action_photo SET before = ?", (of_before,))
    library.decide(photo, [TRIPOD], "rejected")
    library.drop_suggestions(photo, [TRIPOD])
    library.restore(action, photo)
    assert tripods(bench)[photo] == Suggestion(TRIPOD, 0.8, "net", 4)


def test_beside_what_is_doubted_what_was_learned_is_shown(bench: Bench) -> None:
    """A learned tag gives way to a surer one of the network below it; once that is doubted, not."""
    seat, swing = Tag(("seat",)), Tag(("seat", "tripod"))
    for photo in of(bench, 0)[:6]:
        bench.library.decide(photo, [seat], "confirmed")
    library, run = bench.library, bench.run
    for photo in (*of(bench, 0), *of(bench, 1)):
        library.save_suggestions(photo, MODEL, [Suggestion(TRIPOD, 0.9, "net", 4)], run)
    action = library.start_action("rename", "", [])
    library.rename_tags(action, [(TRIPOD, swing)])
    bench.learn()

    def shown() -> set[int]:
        return {p for p in of(bench, 0)[18:] for s in library.suggestions(p) if s.tag == seat}

    before = shown()
    for photo in of(bench, 0)[12:18]:
        library.decide(photo, [swing], "rejected")
        bench.learn(photos=[photo])
        alone = bench.teaching.suggest(library, of(bench, 0)[18:], bench.teaching.snapshot())
        assert shown() == {p for p, found in alone.items() for s in found if s.tag == seat}
    assert shown() > before


def test_what_another_network_says_stays_as_it_is(bench: Bench) -> None:
    """As long as its photos wait for the network that is in use now."""
    reject(bench, *of(bench, 0)[:5])
    before = tripods(bench)
    assert min(s.score for s in before.values()) < 0.5
    library, run = bench.library, bench.run
    for photo in bench.photos:
        library.save_analysis(photo, "other@1", Analysis(np.ones(8), np.zeros(2), 1), run)
    labeller = bench.teaching.network.labeller
    other = Teaching(library.folder / "heads", "other@1", 8, labeller, 1, 2)
    other.open(library)
    for tag, doubted in other.doubted(library):
        library.save_doubted("other@1", tag, doubted)
    assert tripods(bench) == before
