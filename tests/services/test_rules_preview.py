"""The preview of other rules says what tagging anew would suggest, photo by photo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.core.folders import Folders
from app.core.rules import Label, Labeller, Rule, RuleSet
from app.core.settings import Choice, TagSettings
from app.core.tag import Tag
from app.library.library import Analysis, Library
from app.services.rules_preview import EXAMPLES, Network, Preview, network_in_use, preview

CLASSES = 40
LABELS = tuple(Label(f"class {n}") for n in range(CLASSES))
ANIMAL, CAT, DOG = Tag(("Animal",)), Tag(("Animal", "Cat")), Tag(("Animal", "Dog"))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "data") as opened:
        yield opened


def add(library: Library, number: int, scores: dict[int, float] | np.ndarray) -> int:
    run = library.start_run("net@1", "{}")
    photo = library.save_photo(
        Path(f"/p/{number}.jpg"), size=1, mtime_ns=1, content_hash=str(number).encode()
    )
    values = np.zeros(CLASSES, np.float32)
    if isinstance(scores, dict):
        values[list(scores)] = list(scores.values())
    else:
        values[:] = scores
    library.save_analysis(photo, "net@1", Analysis(np.ones(4, np.float32), values, 1), run)
    return photo


def network(choice: Choice = "rules") -> Network:
    return Network("net@1", 1, LABELS, choice)


def rules(seed: int) -> RuleSet:
    random = np.random.default_rng(seed)
    names = ["Cat", "Dog", "Bird", "Tree", "Car"]
    return RuleSet(
        {
            f"class {n}": Rule(
                names[n % 5] if n < 25 else f"Thing {n}",
                float(random.choice([0.1, 0.2, 0.4, 1.0])),
                int(random.integers(-2, 3)),
                (ANIMAL, Tag(("Also", names[n % 3])))[: random.integers(0, 3)],
            )
            for n in range(0, CLASSES, int(random.integers(1, 3)))
        }
    )


@pytest.mark.parametrize("choice", ["rules", "cumulative"])
@pytest.mark.parametrize("seed", range(6))
def test_it_chooses_as_tagging_does(library: Library, choice: Choice, seed: int) -> None:
    random = np.random.default_rng(seed)
    before, after = rules(seed), rules(seed + 100)
    photos = {}
    for n in range(60):
        scores = random.dirichlet(np.full(CLASSES, 0.05)).astype(np.float32)
        scores[scores < 0.001] = 0
        photos[add(library, n, scores)] = scores
    gained: dict[Tag, int] = {}
    lost: dict[Tag, int] = {}
    changed = 0
    for scores in photos.values():
        old, new = (
            {s.tag for s in Labeller(each, LABELS).suggest(scores, "net", choice=choice)}
            for each in (before, after)
        )
        changed += old != new
        for tag in new - old:
            gained[tag] = gained.get(tag, 0) + 1
        for tag in old - new:
            lost[tag] = lost.get(tag, 0) + 1
    found = preview(library, network(choice), before, after)
    assert found is not None and found.photos == 60 and found.changed == changed
    assert changed  # else this would prove nothing
    assert {d.tag: d.gained for d in found.differences if d.gained} == gained
    assert {d.tag: d.lost for d in found.differences if d.lost} == lost


def threshold(value: float) -> RuleSet:
    return RuleSet({"class 0": Rule("Cat", value, categories=(ANIMAL,))})


def test_a_lower_threshold_gains_and_examples_say_where(library: Library) -> None:
    unsure = [add(library, n, {0: 0.3}) for n in range(20)]
    add(library, 100, {0: 0.6})
    add(library, 101, {1: 0.6})
    found = preview(library, network(), threshold(0.5), threshold(0.2))
    assert found is not None
    assert (found.photos, found.changed) == (22, 20)
    assert [(d.tag, d.gained, d.lost) for d in found.differences] == [(CAT, 20, 0)]
    assert len(found.examples) == EXAMPLES
    assert {e.photo for e in found.examples} <= set(unsure)
    assert all(e.gained == (CAT,) and e.lost == () for e in found.examples)
    back = preview(library, network(), threshold(0.2), threshold(0.5))
    assert back is not None and back.differences[0].lost == 20


def test_what_is_decided_does_not_change(library: Library) -> None:
    confirmed, rejected, gone, left = (add(library, n, {0: 0.3}) for n in range(4))
    library.decide(confirmed, [CAT], "confirmed")
    library.decide(rejected, [CAT], "rejected")
    library.decide(left, [DOG], "confirmed")
    library.mark_gone([gone])
    found = preview(library, network(), threshold(0.5), threshold(0.2))
    assert found is not None and found.changed == 1
    assert [e.photo for e in found.examples] == [left]


def test_other_crops_or_networks_are_no_answers(library: Library) -> None:
    add(library, 0, {0: 0.3})
    other = Network("net@1", 3, LABELS)
    assert preview(library, other, threshold(0.5), threshold(0.2)) == Preview()
    assert preview(library, network(), threshold(0.5), threshold(0.5)) == Preview(photos=1)


def test_it_can_be_stopped(library: Library) -> None:
    add(library, 0, {0: 0.3})
    assert preview(library, network(), threshold(0.5), threshold(0.2), lambda: True) is None


def test_the_network_is_the_one_of_the_settings(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    found = network_in_use(folders, TagSettings(model="efficientnet-lite0", crops=1))
    assert found.key.startswith("efficientnet-lite0@")
    assert len(found.labels) == 1000 and found.crops == 1
