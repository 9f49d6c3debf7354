"""The learner: from decisions to suggestions, on photos of flowers where they are lent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.core.errors import ModelError
from app.core.tag import Suggestion, Tag
from app.learning.share import NEW_SHARE, expected_share
from app.services.learning import Learner
from tests.learning.kinds import ANIMAL, BOAT, CAT, DOG, SIZE, centres, photos

NONE: tuple[Tag, ...] = ()


@pytest.fixture
def library() -> np.ndarray:
    """Ten kinds, 30 photos of each."""
    return np.concatenate([photos(kind, 30, n) for n, kind in enumerate(centres(10))])


@pytest.fixture
def learner(library: np.ndarray) -> Learner:
    made = Learner.new("nearest-mean", "net@1", SIZE)
    made.settle(library)
    for n in range(10):
        made.decide(n, library[n], [DOG], [])
        made.decide(30 + n, library[30 + n], [CAT], [])
    made.settle()
    return made


def suggest(
    learner: Learner,
    rows: np.ndarray,
    network: dict[Tag, float] | None = None,
    confirmed: tuple[Tag, ...] = NONE,
    rejected: tuple[Tag, ...] = NONE,
) -> list[tuple[Suggestion, ...]]:
    count = len(rows)
    return learner.suggest(rows, [network or {}] * count, [confirmed] * count, [rejected] * count)


def test_ten_photos_with_a_name_and_the_others_appear(library: np.ndarray) -> None:
    learner = Learner.new("nearest-mean", "net@1", SIZE)
    learner.settle(library)
    rex = Tag(("Rex",))
    for n in range(10):
        assert learner.decide(n, library[n], [rex], []) == {rex}
    assert learner.stale
    assert learner.settle() == {rex}
    given = learner.certainties(library, [rex])[:, 0] >= 0.5
    assert given[10:30].mean() > 0.8 and given[30:].mean() < 0.02


def test_many_photos_named_at_once_are_few_of_a_large_library(tmp_path: Path) -> None:
    rows = np.concatenate([photos(kind, 300, n) for n, kind in enumerate(centres(40))])
    learner = Learner.new("nearest-mean", "net@1", SIZE)
    learner.decide(1, rows[-1], [DOG], [])
    learner.settle(rows)
    assert len(rows) / 2 < learner.head.background.photos <= 1.1 * len(rows)
    for n in range(280):
        learner.decide(2 + n, rows[n], [CAT], [])
    # Before it settles: as frequent as with a few, though a sample of 2,000 is all it looks at.
    found = learner.certainties(rows, [CAT])[:, 0]
    assert found[:300].min() > 0.5
    expected = expected_share(280, 280, len(rows))
    assert expected < NEW_SHARE
    assert learner.calibration_of([CAT]).shares[CAT] == pytest.approx(expected, abs=0.02)
    assert (found >= 0.45).mean() < 0.2
    learner.save(tmp_path / "head")
    again = Learner.load(tmp_path / "head", "net@1")
    np.testing.assert_array_equal(again.certainties(rows, [CAT])[:, 0], found)


def test_each_correction_changes_what_comes_next(learner: Learner, library: np.ndarray) -> None:
    photo = library[75:76]
    assert BOAT not in {each.tag for each in suggest(learner, photo)[0]}
    assert learner.decide(60, library[60], [BOAT], []) == {BOAT}
    after = learner.certainties(photo, [BOAT])[0, 0]
    learner.decide(61, library[61], [BOAT], [])
    learner.decide(62, library[62], [BOAT], [])
    assert learner.certainties(photo, [BOAT])[0, 0] > after + 0.1 > 0.2


def test_undoing_all_gives_the_first_suggestions(learner: Learner, library: np.ndarray) -> None:
    network = {Tag(("Dog", "Spaniel")): 0.4, BOAT: 0.2}
    first = suggest(learner, library, network)
    for n in range(60, 80):
        learner.decide(n, library[n], [BOAT], [DOG])
    learner.decide(3, library[3], [CAT], [DOG])
    assert suggest(learner, library, network) != first
    learner.decide(3, library[3], [DOG], [])
    for n in range(60, 80):
        learner.decide(n, library[n], [], [])
    assert suggest(learner, library, network) == first


def test_what_was_rejected_never_comes_back(learner: Learner, library: np.ndarray) -> None:
    rows = library[12:20]
    assert all(DOG in {each.tag for each in found} for found in suggest(learner, rows))
    for rejected in ((DOG,), (ANIMAL,)):
        for found in suggest(learner, rows, {DOG: 0.99, ANIMAL: 0.99}, rejected=rejected):
            assert DOG not in {each.tag for each in found}
    for found in suggest(learner, rows, {ANIMAL: 0.99}, rejected=(ANIMAL,)):
        assert found == ()
    # The network's word, and a spelling of another program.
    said = {Tag(("animal", "DOG")): 0.99}
    assert all(
        DOG not in {each.tag for each in found}
        for found in suggest(learner, rows, said, rejected=(DOG,))
    )


def test_a_photo_is_not_told_what_it_has(learner: Learner, library: np.ndarray) -> None:
    for found in suggest(learner, library[12:20], confirmed=(DOG,)):
        assert not {DOG, ANIMAL} & {each.tag for each in found}
    # What is confirmed may be said more closely.
    for found in suggest(learner, library[12:20], confirmed=(ANIMAL,)):
        assert found[0].tag == DOG


def test_a_parent_is_suggested_where_no_child_is_as_certain(
    learner: Learner, library: np.ndarray
) -> None:
    between = (library[15:16].astype(float) + library[45:46]).astype(np.float16)
    for rows in (library[15:16], between):
        (found,) = suggest(learner, rows)
        scores = {each.tag: each.score for each in found}
        children = [scores[tag] for tag in (DOG, CAT) if tag in scores]
        assert ANIMAL not in scores or scores[ANIMAL] > max(children, default=0)
    assert [each.tag for each in found] == sorted(scores, key=lambda tag: (-scores[tag], tag))


def test_the_networks_tags_are_in_the_same_list(learner: Learner, library: np.ndarray) -> None:
    (found,) = suggest(learner, library[15:16], {BOAT: 0.3, Tag(("Sea",)): 0.05})
    by_tag = {each.tag: each for each in found}
    assert by_tag[DOG].source == "nearest-mean:net@1"
    assert by_tag[BOAT].source == "net@1" and by_tag[BOAT].score == pytest.approx(0.3, abs=1e-3)
    assert Tag(("Sea",)) not in by_tag
    (alone,) = suggest(learner, library[15:16])
    (doubted,) = suggest(learner, library[15:16], {DOG: 0.02})
    dog, doubt = (
        next((each.score for each in found if each.tag == DOG), 0.0) for found in (alone, doubted)
    )
    assert doubt < dog


def test_a_learner_can_be_kept(learner: Learner, library: np.ndarray, tmp_path: Path) -> None:
    file = tmp_path / "learner.npz"
    learner.save(file)
    again = Learner.load(file, "net@1")
    assert suggest(again, library) == suggest(learner, library)
    with pytest.raises(ModelError, match="belongs to the network"):
        Learner.load(file, "net@2")


def test_another_network_is_learned_anew_from_the_decisions(
    learner: Learner, library: np.ndarray
) -> None:
    turned = np.roll(library, 5, axis=1)  # what another network makes of the same photos
    again = Learner.new("nearest-mean", "net@2", SIZE)
    for example in learner.head.examples:
        again.decide(example.photo, turned[example.photo], example.right, example.wrong)
    again.settle(turned)
    sure = again.certainties(turned, [DOG, CAT])
    assert (sure[10:30, 0] >= 0.5).mean() > 0.8 and (sure[40:60, 1] >= 0.5).mean() > 0.8
