"""Which head is best for some tags, by cross-validation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.core.tag import Tag
from app.learning.background import Background
from app.learning.examples import Example, ExampleSet
from app.library.library import Analysis, Library
from app.services.comparison import MOST, compare_heads, own_examples
from tests.learning.kinds import SIZE, centres, photos

TAGS = [Tag((name,)) for name in "abcd"]


def examples(each: int, spread: float = 1.0, kinds: int = 4) -> tuple[ExampleSet, Background]:
    made, rows = ExampleSet(SIZE), []
    for kind, middle in enumerate(centres(kinds)):
        for row in photos(middle, each, 10 + kind, spread):
            made.put(Example(len(rows), row, frozenset((TAGS[kind],))))
            rows.append(row)
    return made, Background.of(np.array(rows))


def test_every_kind_is_judged_and_the_best_comes_first() -> None:
    pytest.importorskip("sklearn")
    steps: list[tuple[int, int]] = []
    found = compare_heads("m", *examples(15), told=lambda *step: steps.append(step))
    assert found is not None
    assert (found.photos, found.tags) == (60, 4)
    assert {each.kind for each in found.heads} == {"nearest-mean", "gnb", "svm", "logistic"}
    accuracies = [each.accuracy.mean for each in found.heads]
    assert accuracies == sorted(accuracies, reverse=True) and accuracies[0] > 0.8
    for each in found.heads:
        assert 0.25 < each.average_precision.mean <= 1 and 0 < each.accuracy.deviation < 0.3
        assert 0 < each.calibration_error.mean < 0.5 and each.seconds > 0
    assert steps == [(n, 20) for n in range(1, 21)]


def test_what_is_no_better_than_chance_is_not_recommended() -> None:
    found = compare_heads("m", *examples(40, 0.3), kinds=("gnb", "nearest-mean"), in_use="gnb")
    assert found is not None and found.verdict == "alike" and found.best == "gnb"


def test_a_better_one_is() -> None:
    """What differs within all kinds hides what tells them apart: naive Bayes cannot know."""
    random = np.random.default_rng(2)
    made, rows = ExampleSet(SIZE), []
    mixed = random.standard_normal((4, SIZE))
    for n in range(240):
        kind = n % 3
        row = 4 + 0.35 * np.eye(SIZE)[20 + kind] + random.standard_normal(4) @ mixed * 0.5
        row += 0.05 * random.standard_normal(SIZE)
        rows.append(row.astype(np.float16))
        made.put(Example(n, rows[-1], frozenset((TAGS[kind],))))
    found = compare_heads(
        "m", made, Background.of(np.array(rows)), kinds=("gnb", "nearest-mean"), in_use="gnb"
    )
    assert found is not None
    assert (found.verdict, found.best) == ("best", "nearest-mean")
    assert found.heads[0].kind == "nearest-mean"


def test_too_few_examples_say_nothing() -> None:
    for made, background in (examples(4), examples(30, kinds=1), (ExampleSet(SIZE), None)):
        found = compare_heads("m", made, background or Background.empty(SIZE), in_use="svm")
        assert found is not None
        assert found.verdict == "few" and found.heads == () and found.best == "svm"


def test_it_can_be_stopped() -> None:
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 3

    assert compare_heads("m", *examples(10), kinds=("gnb",), stopped=stopped) is None
    assert len(asked) < 10


def test_of_very_many_answers_each_tag_has_its_share() -> None:
    found = compare_heads("m", *examples(MOST // 2), kinds=("gnb",))
    assert found is not None and found.photos == MOST and found.tags == 4


def test_what_was_decided_in_a_library(tmp_path: Path) -> None:
    with Library(tmp_path / "library") as library:
        assert own_examples(library) is None
        run = library.start_run("net@1", "{}")
        for kind, middle in enumerate(centres(2)):
            for n, row in enumerate(photos(middle, 8, kind)):
                photo = library.save_photo(
                    Path(f"/{kind} {n}.jpg"), size=1, mtime_ns=1, content_hash=bytes([kind, n])
                )
                library.save_analysis(photo, "net@1", Analysis(row, np.zeros(1), 1), run)
                if n < 6:
                    library.decide(photo, [TAGS[kind]], "confirmed")
                elif n == 6:
                    library.decide(photo, [TAGS[1 - kind]], "rejected")
        unseen = library.save_photo(Path("/x.jpg"), size=1, mtime_ns=1, content_hash=b"x")
        library.decide(unseen, [TAGS[0]], "confirmed")
        own = own_examples(library)
        assert own is not None
        model, made, background = own
        assert model == "net@1" and len(made) == 14 and len(background.sample) == 16
        # Another network has looked at all of them, and is the one in use now.
        for photo in library.photos():
            library.save_analysis(photo.id, "a@1", Analysis(np.ones(8), np.zeros(1), 1), run)
        assert [own[0] for own in (own_examples(library, "a@1"), own_examples(library, "net@1"))
                if own is not None] == ["a@1", "net@1"]  # fmt: skip
        found = compare_heads(model, made, background, kinds=("nearest-mean",))
    # Photos of which it is only known what they do not show have no right answer.
    assert found is not None and found.photos == 12 and found.heads[0].accuracy.mean == 1.0
