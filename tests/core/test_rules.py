"""What rules make of a network's scores."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from app.core.rules import Label, Labeller, Rule, RuleSet
from app.core.tag import Tag

LABELS = [Label("tabby"), Label("egyptian cat"), Label("lion"), Label("tub"), Label("crane", "n1")]


def suggest(
    rules: Mapping[str, Rule], scores: list[float], choice: str = "rules", join: str = "sum"
) -> list[tuple[str, float]]:
    labeller = Labeller(RuleSet(rules), LABELS, join=join)  # type: ignore[arg-type]
    found = labeller.suggest(np.array(scores, dtype=np.float32), "net", choice=choice)  # type: ignore[arg-type]
    return [(str(s.tag), round(s.score, 4)) for s in found]


CAT = Rule("Cat", 0.3, 5, (Tag(("Animal",)),))


def test_a_label_without_a_rule_keeps_its_name_and_needs_a_tenth() -> None:
    assert suggest({}, [0, 0, 0.1, 0.0999, 0]) == [("lion", 0.1)]


def test_a_score_under_the_threshold_is_dropped() -> None:
    assert suggest({"lion": CAT}, [0, 0, 0.29, 0, 0]) == []
    assert suggest({"lion": CAT}, [0, 0, 0.31, 0, 0]) == [("Animal/Cat", 0.31)]


def test_a_low_threshold_does_not_go_below_a_tenth() -> None:
    assert suggest({"lion": Rule("Lion", 0.0)}, [0, 0, 0.09, 0, 0]) == []


def test_a_threshold_of_one_switches_a_label_off() -> None:
    assert suggest({"tub": Rule("tub", 1.0)}, [0, 0, 0, 1.0, 0]) == []


def test_classes_with_the_same_tag_are_one_result() -> None:
    rules = {"tabby": CAT, "egyptian cat": CAT}
    assert suggest(rules, [0.2, 0.15, 0, 0, 0]) == [("Animal/Cat", 0.35)]
    assert suggest(rules, [0.2, 0.15, 0, 0, 0], join="max") == []
    assert suggest(rules, [0.7, 0.5, 0, 0, 0]) == [("Animal/Cat", 1.0)]


def test_priority_comes_before_score() -> None:
    rules = {"tub": Rule("Bath", priority=-1), "lion": Rule("Lion", priority=2)}
    assert suggest(rules, [0, 0, 0.3, 0.6, 0]) == [("Lion", 0.3), ("Bath", 0.6)]


def test_no_more_than_a_third_of_the_first_result_is_dropped() -> None:
    assert [tag for tag, _ in suggest({}, [0.6, 0.2, 0.21, 0, 0])] == ["tabby", "lion"]


def test_the_first_result_is_the_one_that_comes_first() -> None:
    rules = {"lion": Rule("Lion", priority=2)}
    # A third of the lion's 0.3, not of the tub's 0.6.
    assert [tag for tag, _ in suggest(rules, [0.11, 0, 0.3, 0.6, 0])] == ["Lion", "tub", "tabby"]


def test_further_categories_are_tags_of_their_own() -> None:
    rule = Rule("Cat", 0.1, 0, (Tag(("Animal",)), Tag(("Pet",)), Tag(("cat",))))
    assert suggest({"tabby": rule}, [0.5, 0, 0, 0, 0]) == [("Animal/Cat", 0.5), ("Pet", 0.5)]


def test_a_label_that_is_its_own_category_is_not_nested_in_itself() -> None:
    assert str(Rule("dog", categories=(Tag(("Dog",)),)).tag) == "Dog"


def test_a_wordnet_id_wins_over_a_label() -> None:
    rules = {"crane": Rule("Bird"), "n1": Rule("Machine")}
    assert suggest(rules, [0, 0, 0, 0, 0.5]) == [("Machine", 0.5)]


def test_cumulative_takes_tags_until_nine_tenths() -> None:
    rules = {"tabby": CAT, "egyptian cat": CAT, "tub": Rule("tub", 1.0)}
    scores = [0.25, 0.25, 0.06, 0.38, 0.06]
    # Cat 0.5, then the tub, which counts but is switched off, then one more to pass 0.9.
    assert suggest(rules, scores, "cumulative") == [("Animal/Cat", 0.5), ("lion", 0.06)]
    assert suggest(rules, [0.95, 0, 0.05, 0, 0], "cumulative") == [("Animal/Cat", 0.95)]


@pytest.mark.parametrize("choice", ["rules", "cumulative"])
def test_nothing_likely_suggests_nothing(choice: str) -> None:
    assert suggest({}, [0, 0, 0, 0, 0], choice) == []
