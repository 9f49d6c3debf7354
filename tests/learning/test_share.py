"""How many photos have a tag, and what its scores mean."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.learning.share import (
    NEW_SHARE,
    PRIOR,
    answers_among,
    expected_share,
    fit_share,
    logistic,
)

SLOPE, DEVIATION = 3.0, 0.3
NONE = np.empty(0)


def photos(share: float, count: int = 1000, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Scores of a library's photos, and which of them have the tag."""
    random = np.random.default_rng(seed)
    has = random.random(count) < share
    return random.normal(np.where(has, 3.0, 0.0), 1.0), has


def certainties(found: tuple[float, float, float], scores: np.ndarray) -> np.ndarray:
    slope, offset, share = found
    return logistic(slope * scores + offset + np.log(share / (1 - share)))


def fit(
    having: np.ndarray,
    lacking: np.ndarray,
    library: np.ndarray,
    expected: float = NEW_SHARE,
    asked: float = 0.25,
) -> tuple[float, float, float]:
    return fit_share(having, lacking, library, expected, asked, SLOPE, DEVIATION)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.3])
def test_as_many_photos_have_a_tag_as_its_certainties_say(share: float) -> None:
    library, has = photos(share)
    named = library[has][:10]
    found = fit(named, NONE, library, expected_share(10, 10, len(library)))
    sure = certainties(found, library)
    assert sure.mean() == pytest.approx(found[2], rel=1e-3)
    assert 0.4 * share < found[2] < 2 * share
    likely = sure >= 0.5
    assert has[likely].mean() > 0.75 and likely[has].mean() > 0.35


def test_ten_finds_do_not_make_a_tag_frequent() -> None:
    library, has = photos(0.05)
    few = fit(library[has][:2], NONE, library)
    many = fit(library[has][:40], NONE, library)
    assert many[2] < 1.2 * few[2] < 0.15


def test_each_rejection_makes_it_less_certain() -> None:
    library, has = photos(0.1)
    named, wrong = library[has][:10], np.sort(library[~has])[-12:]
    found = [fit(named, wrong[:n], library) for n in range(13)]
    sure = [float(certainties(each, wrong).mean()) for each in found]
    assert all(after < before for before, after in pairwise(sure))
    assert sure[-1] < 0.8 * sure[0]
    # What has it is more certain than they.
    assert np.median(certainties(found[-1], named)) > 2 * sure[-1]


def test_answers_to_questions_say_how_many_there_are() -> None:
    library, has = photos(0.4)
    asked = slice(0, 300)
    having, lacking = library[asked][has[asked]], library[asked][~has[asked]]
    found = fit(having, lacking, library, asked=answers_among(len(having), len(lacking)))
    assert found[2] == pytest.approx(has.mean(), abs=0.06)


def test_nothing_known_but_the_library() -> None:
    library, _ = photos(0.1)
    slope, _, share = fit(NONE, NONE, library)
    assert share == pytest.approx(NEW_SHARE, rel=0.02) and slope == pytest.approx(SLOPE, abs=0.05)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_as_good_as_it_gets(seed: int) -> None:
    """Beside what was found, all is worse, and the steps end there from scores of any size."""
    random = np.random.default_rng(seed)
    library = random.normal(0, 10.0 ** random.integers(-2, 2), 300)
    having, lacking = random.choice(library, 7) + 1, random.choice(library, int(3 * seed))
    found = fit(having, lacking, library)
    assert np.isfinite(found).all() and 0 < found[2] < 1
    before = _worth(found, having, lacking, library)
    for step in ((0.02, 0.0), (-0.02, 0.0), (0.0, 0.02), (0.0, -0.02)):
        beside = (found[0] + step[0], found[1] + step[1], found[2])
        assert _worth(beside, having, lacking, library) < before


def _worth(
    found: tuple[float, float, float], having: np.ndarray, lacking: np.ndarray, library: np.ndarray
) -> float:
    """What is made as large as it gets, as the module gives it."""
    share = certainties(found, library).mean()
    worth = np.log(certainties(found, having)).sum() - 0.75 * len(having) * np.log(share)
    worth += np.log1p(-certainties(found, lacking)).sum()
    worth += PRIOR * (NEW_SHARE * np.log(share) + (1 - NEW_SHARE) * np.log1p(-share))
    return float(worth - 0.5 * ((found[0] - SLOPE) / DEVIATION) ** 2)


def test_who_names_one_tag_only_has_looked_for_it() -> None:
    assert answers_among(0, 0) == answers_among(0, 5) == 0
    assert answers_among(10, 0) == answers_among(1, 0) == 0.25
    assert answers_among(10, 40) > 0.8 > answers_among(10, 10) > 0.5


def test_what_is_expected_of_a_share() -> None:
    assert expected_share(0, 0, 0) == NEW_SHARE
    assert expected_share(1, 1, 800) == NEW_SHARE
    # Of very many photos it is a smaller part, and yet more of them.
    assert 1000 < 100_000 * expected_share(1, 1, 100_000) < 2000
    # Three named of a library of thirty: there will be more of them.
    assert 0.2 < expected_share(3, 3, 30) < 0.3
    # All are judged: it is known.
    assert expected_share(5, 30, 30) == 5 / 30
    assert expected_share(9, 10, 10) == 0.5  # never more likely than not
