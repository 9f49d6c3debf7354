"""Learning from a library's decisions, without threads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.core.rules import Label, Labeller, RuleSet
from app.core.tag import Suggestion, Tag
from app.learning.boundary import inverse_lengths_of
from app.library.learned import LearnedTag
from app.services.spreading import ScanRows
from app.services.teaching import Teaching
from tests.services.taught import MODEL, SIZE, Bench

CAT, DOG, ANIMAL, BOAT = (Tag.parse(t) for t in ("Animal/Cat", "Animal/Dog", "Animal", "Boat"))
TABBY = Tag.parse("Animal/Cat/Tabby")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "library")
    yield made
    made.library.close()


def teach_some(bench: Bench) -> None:
    """Cats, of which some are tabbies, dogs and boats; what was rejected; what the network says."""
    library = bench.library
    for kind, tag in ((0, CAT), (1, DOG), (2, BOAT), (3, TABBY)):
        for photo in bench.of(kind)[:4]:
            library.decide(photo, [tag], "confirmed")
    for photo in bench.of(0)[12:16]:
        library.decide(photo, [CAT], "confirmed")
    library.decide(bench.of(0)[5], [ANIMAL], "rejected")
    library.decide(bench.of(0)[6], [CAT], "rejected")
    library.decide(bench.of(4)[0], [BOAT], "rejected")
    library.decide(bench.of(0)[7], [ANIMAL], "confirmed")
    bench.suggested(
        (bench.of(4)[8], CAT, 0.95),
        (bench.of(0)[9], CAT, 0.6),
        (bench.of(0)[10], DOG, 0.95),
        (bench.of(1)[11], ANIMAL, 0.97),
        (bench.of(0)[6], CAT, 0.9),
    )


def test_the_library_is_told_what_a_single_photo_would_be(bench: Bench) -> None:
    teach_some(bench)
    bench.learn()
    learned = bench.learned()
    each = bench.teaching.suggest(bench.library, bench.photos, bench.teaching.snapshot())
    for photo in bench.photos:
        assert learned[photo] == sorted(each[photo], key=lambda s: s.tag)
    assert {s.tag for found in learned.values() for s in found} >= {CAT, DOG, BOAT, TABBY}
    # And again when only some of the tags change.
    bench.library.decide(bench.of(1)[5], [DOG], "confirmed")
    bench.learn()
    each = bench.teaching.suggest(bench.library, bench.photos, bench.teaching.snapshot())
    assert bench.learned() == {p: sorted(each[p], key=lambda s: s.tag) for p in bench.photos}


def test_who_is_suggested_what(bench: Bench) -> None:
    teach_some(bench)
    bench.learn()
    learned = {photo: {s.tag for s in found} for photo, found in bench.learned().items()}
    cats = bench.of(0)
    # Of eleven that look like them, eight are cats and three were said to be none.
    assert sum(CAT in learned[photo] for photo in cats[16:]) > 0.9 * len(cats[16:])
    assert not any(learned[photo] & {CAT, ANIMAL, TABBY} for photo in (cats[5],))  # all of it
    assert CAT not in learned[cats[6]] and TABBY not in learned[cats[6]]
    assert ANIMAL not in learned[cats[7]] and CAT in learned[cats[7]]
    assert CAT not in learned[bench.of(4)[8]]  # the network is more certain
    assert CAT in learned[cats[9]]
    for photo, tags in learned.items():
        if CAT in tags and ANIMAL in tags:  # only what is more certain than what is below it
            by_tag = {s.tag: s.score for s in bench.learned()[photo]}
            assert by_tag[ANIMAL] > by_tag[CAT]


def test_states_follow(bench: Bench) -> None:
    teach_some(bench)
    changed = bench.learn()
    assert changed == {photo for photo, found in bench.learned().items() if found}
    question = "SELECT id, state, certainty FROM photo ORDER BY id"
    kept = bench.library._execute(question).fetchall()
    for photo in bench.photos:
        bench.library.refresh(photo)
    assert bench.library._execute(question).fetchall() == kept
    dropped = bench.library.drop_learned()
    assert dropped == changed and not any(bench.learned().values())


def test_what_is_decided_meanwhile_is_not_suggested(bench: Bench) -> None:
    photo = bench.photos[0]
    bench.library.decide(photo, [CAT], "rejected")
    told = LearnedTag(
        "learned:3", np.array([photo, bench.photos[1], 10**6]), np.array([0.9, 0.8, 0.7]),
        np.array([0, 0, 0]),
    )  # fmt: skip
    bench.library.save_learned(MODEL, {CAT: told})
    assert not bench.learned()[photo]
    assert [s.score for s in bench.learned()[bench.photos[1]]] == [0.8]


def test_undoing_in_any_order_gives_the_same_bits(bench: Bench) -> None:
    library = bench.library
    states = [bench.learned()]
    for n in range(9):
        library.decide(bench.of(n % 3)[n], [(CAT, DOG, BOAT)[n % 3]], "confirmed")
        bench.learn(photos=[bench.of(n % 3)[n]])
        states.append(bench.learned())
    for n in reversed(range(9)):
        library.forget_decisions(bench.of(n % 3)[n], [(CAT, DOG, BOAT)[n % 3]])
        bench.learn(photos=[bench.of(n % 3)[n]])
        assert bench.learned() == states[n]
    assert not any(bench.learned().values())


def test_saved_and_taken_up_again(bench: Bench) -> None:
    teach_some(bench)
    bench.learn()
    before = bench.learned()
    bench.teaching.save()
    again = bench.new()
    assert again.open(bench.library) == set()
    late = bench.add(2)
    assert again.left_out(bench.library) == [late]
    found = again.suggest(bench.library, [late], again.snapshot())
    assert BOAT in {s.tag for s in found[late]}
    assert again.left_out(bench.library) == []
    # What was decided meanwhile changes just what it is about.
    bench.library.decide(bench.of(2)[20], [BOAT], "confirmed")
    changed = bench.new().open(bench.library)
    assert changed == {BOAT}
    assert bench.learned() == before


@pytest.mark.parametrize("damage", ["missing", "damaged", "foreign"])
def test_without_its_file_it_learns_anew(bench: Bench, damage: str) -> None:
    teach_some(bench)
    bench.learn()
    bench.teaching.save()
    (path,) = (bench.library.folder / "heads").iterdir()
    if damage == "missing":
        path.unlink()
    elif damage == "damaged":
        path.write_bytes(path.read_bytes()[:1000])
    else:
        other = Teaching(
            path.parent, "other@1", SIZE, Labeller(RuleSet(), [Label("nothing")]), 1, 1
        )
        other.open(bench.library)
        other.save()
        (path.parent / "other@1.npz").replace(path)
    again = bench.new()
    changed = again.open(bench.library)
    assert changed >= {CAT, DOG, BOAT, ANIMAL, TABBY}
    found = again.rescore(bench.library, changed, lambda: False)
    assert found is not None and len(found[CAT].photos) > 10


def test_it_can_be_stopped(bench: Bench) -> None:
    teach_some(bench)
    bench.learn()
    assert bench.teaching.rescore(bench.library, [CAT], lambda: True) is None


def test_what_was_decided_while_new_photos_were_scored_is_not_suggested_to_them(
    bench: Bench,
) -> None:
    for photo in bench.of(0)[:5]:
        bench.library.decide(photo, [CAT], "confirmed")
    bench.learn()
    new = bench.add(0)
    found = bench.teaching.suggest(bench.library, [new], bench.teaching.snapshot())
    assert [s.tag for s in found[new]] == [CAT]
    bench.library.decide(new, [CAT], "rejected")
    bench.library.save_learned_of(MODEL, found)
    assert not bench.library.suggestions(new)


def test_what_stands_above_a_single_tag_is_not_suggested_instead_of_it(bench: Bench) -> None:
    """Not where Rex was rejected either; with a second pet it means something by itself."""
    rex, tom, pets = Tag.parse("Pets/Rex"), Tag.parse("Pets/Tom"), Tag.parse("Pets")
    for photo in bench.of(0)[:4]:
        bench.library.decide(photo, [rex], "confirmed")
    for photo in bench.of(0)[4:12]:
        bench.library.decide(photo, [rex], "rejected")
    bench.learn()
    assert not any(s.tag == pets for found in bench.learned().values() for s in found)
    for photo in bench.of(1)[:4]:
        bench.library.decide(photo, [tom], "confirmed")
    bench.learn()
    assert pets not in bench.teaching._unripe()


def test_photos_that_come_after_the_embeddings_were_mapped_are_taken_in_later(
    bench: Bench,
) -> None:
    library, rows = bench.library, ScanRows()
    file = library.embedding_file(MODEL, SIZE)
    before = file.matrix()
    photo = bench.add(0)
    rows.update(library, MODEL, before)
    assert len(rows.photos) == len(before) and rows.of(np.array([photo])) == [-1]
    after = file.matrix(before)
    rows.update(library, MODEL, after)
    assert rows.photos[-1] == photo
    assert rows.inverse_lengths.tolist() == inverse_lengths_of(after).tolist()


def test_what_a_former_network_has_written_does_not_make_learned_tags_more_certain(
    bench: Bench,
) -> None:
    library, photos = bench.library, bench.of(0)[20:]
    former = library.start_run("old@1", "{}")
    for photo in photos:
        library.save_suggestions(photo, "old@1", [Suggestion(CAT, 0.9, "old", 4)], former)
        library.save_written(photo, [CAT], "embedded", former)
        library.save_suggestions(photo, MODEL, [], bench.run)  # it has nothing to say of it
        assert [s.source for s in library.suggestions(photo)] == ["old"]
    for photo in bench.of(0)[:5]:
        library.decide(photo, [CAT], "confirmed")
    bench.learn()
    matrix, learned = library.embedding_file(MODEL, SIZE).matrix(), bench.teaching.snapshot()
    told = bench.learned()
    each = bench.teaching.suggest(library, photos, learned)
    for photo in photos:
        row = library.embedding_row(photo, MODEL)
        assert row is not None
        # As it is told when it is looked at, of which the former network is no part.
        when_looked_at = list(learned.suggest(matrix[row], (), (), ()))
        assert when_looked_at and told[photo] == when_looked_at == list(each[photo])
