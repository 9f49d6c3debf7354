"""What a network's scores are worth."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.confidence import KEPT_SCORE, Confidence
from app.core.rules import Label, Labeller, Rule, RuleSet
from app.core.tag import Tag


def test_scores_of_an_unknown_network_are_taken_as_they_are() -> None:
    scores = np.array([0.5, 0.3, 0.0004])
    np.testing.assert_array_equal(Confidence().certainties(scores), scores)


def test_what_the_network_keeps_back_is_given_out() -> None:
    found = Confidence(1.0).certainties(np.array([0.6, 0.2, 0.0]))
    np.testing.assert_allclose(found, [0.75, 0.25, 0], atol=1e-6)


def test_a_temperature_below_one_makes_it_surer() -> None:
    found = Confidence(0.5).certainties(np.array([[0.6, 0.2, 0.0], [0.0, 0.0, 0.0]]))
    np.testing.assert_allclose(found, [[0.9, 0.1, 0], [0, 0, 0]], atol=1e-6)


def test_what_the_library_does_not_keep_has_no_part() -> None:
    """Fresh scores and those from the library must say the same."""
    fresh = np.full(1000, KEPT_SCORE * 0.9)
    fresh[:2] = 0.08, 0.02
    kept = np.where(fresh >= KEPT_SCORE, fresh, 0)
    confidence = Confidence(0.7)
    np.testing.assert_array_equal(confidence.certainties(fresh), confidence.certainties(kept))


@pytest.mark.parametrize("temperature", [0.5, 0.73, 1.0, 1.4])
def test_an_underconfident_network_is_set_right(temperature: float) -> None:
    """Scores whose true worth is known: drawn from it, then dulled by the temperature."""
    generator = np.random.default_rng(0)
    true = generator.dirichlet(np.full(5, 0.3), 4000).clip(0.01)
    true /= true.sum(axis=1, keepdims=True)
    right = np.array([generator.choice(5, p=row) for row in true])
    said = true**temperature
    said *= 0.9 / said.sum(axis=1, keepdims=True)
    sure = Confidence(temperature).certainties(said)
    hit = sure.argmax(axis=1) == right
    for low in (0.3, 0.5, 0.7, 0.9):
        about = (sure.max(axis=1) >= low) & (sure.max(axis=1) < low + 0.1)
        assert hit[about].mean() == pytest.approx(sure.max(axis=1)[about].mean(), abs=0.06)


LABELS = [Label(name) for name in ("tabby", "egyptian cat", "tub", "lion")]
CAT = Rule("Cat", 0.4, 5, (Tag(("Animal",)),))
RULES = RuleSet({"tabby": CAT, "egyptian cat": CAT, "tub": Rule("Bath", 0.2)})


def test_rules_choose_by_scores_and_certainties_are_said() -> None:
    labeller = Labeller(RULES, LABELS, Confidence(0.5))
    cat, bath = labeller.suggest(np.array([0.3, 0.2, 0.25, 0.0]), "net")
    assert (str(cat.tag), str(bath.tag)) == ("Animal/Cat", "Bath")
    assert cat.score == pytest.approx((0.09 + 0.04) / (0.09 + 0.04 + 0.0625))
    assert bath.score == pytest.approx(0.0625 / (0.09 + 0.04 + 0.0625))


def test_a_certain_tag_of_a_score_under_its_threshold_is_not_suggested() -> None:
    """A network that knows nothing of what it sees says little of everything."""
    scores = np.array([0.2, 0.1, 0.0, 0.02])
    labeller = Labeller(RULES, LABELS, Confidence(0.7))
    assert labeller.certainties(scores)[labeller.tags.index(Tag(("Animal", "Cat")))] > 0.9
    assert labeller.suggest(scores, "net") == ()
