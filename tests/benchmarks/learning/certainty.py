"""Whether "0.9" means right nine times in ten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from app.core.confidence import AS_SAID
from app.core.paths import data_path
from app.core.rules import Labeller
from app.core.settings import TagSettings
from app.learning.calibration import exclusive
from app.learning.evaluation import calibration_curve, calibration_error
from app.learning.heads import KINDS
from app.services.evaluation import Evaluation, evaluate, find_examples
from app.services.features import Features
from app.services.learning_curves import CURVE, few
from app.services.rules_file import load_rules
from app.services.training import judge_trained, train
from app.vision.catalogue import Catalogue
from app.vision.litert import LiteRTEmbedder
from tests.benchmarks.learning.data import mean

#: What counts as sure enough to be written by itself before certainties were calibrated.
_OLD_MIN_SCORE = 0.5


def flowers(train_set: Features, val: Features, seeds: int) -> dict[str, Any]:
    """Of what was learned: each head from all photos, ours from few."""
    result: dict[str, Any] = {}
    for kind in KINDS:
        figures = judge_trained(train(kind, train_set), val)
        result[kind] = {
            "accuracy": round(figures.top_k[1], 4),
            "error_of_first_answers": round(figures.first_error, 4),
            "error_of_all": round(figures.error, 4),
            "precision_at_0.5": round(figures.given.precision, 4),
            "recall_at_0.5": round(figures.given.recall, 4),
        }
    tags = train_set.tags()
    truth, val_truth = train_set.truth(tags), val.truth(tags)
    points = {}
    for count in CURVE:
        if count > np.bincount(truth).min():
            continue
        figures, sure, hit = [], [], []
        for seed in range(seeds):
            part = train_set.take(few(truth, count, seed))
            trained = train("nearest-mean", part, train_set.powered)
            figures.append(judge_trained(trained, val))
            first = exclusive(trained.certainties(val.powered, tags))
            sure.append(first.max(axis=1))
            hit.append(first.argmax(axis=1) == val_truth)
        together = calibration_curve(np.concatenate(sure), np.concatenate(hit))
        points[str(count)] = {
            "accuracy": mean(each.top_k[1] for each in figures),
            "error_of_first_answers": mean(each.first_error for each in figures),
            "the_same_over_all_seeds": round(calibration_error(together), 4),
            "of_perfect_certainties": mean(map(by_chance, sure)),
            "error_of_all": mean(each.error for each in figures),
        }
    return result | {"nearest-mean by examples a class": points, "seeds": seeds}


def by_chance(certainties: np.ndarray, draws: int = 50) -> float:
    """The calibration error that answers have which are right just as often as they say.

    It is not 0, since so few photos in each bin are right a little more or less often by chance.
    """
    generator = np.random.default_rng(0)
    return float(
        np.mean(
            [
                calibration_error(
                    calibration_curve(certainties, generator.random(len(certainties)) < certainties)
                )
                for _ in range(draws)
            ]
        )
    )


def imagenet(folder: Path, model: str) -> dict[str, Any]:
    """Of the network's own tags: its scores as they are, and what is made of them."""
    card = Catalogue([data_path("models")]).get(model)
    labels, rules = card.labels(), load_rules(data_path("rules.yml"))
    result: dict[str, Any] = {"temperature": card.confidence.temperature}
    for name, confidence, min_score in (
        ("before", AS_SAID, _OLD_MIN_SCORE),
        ("after", card.confidence, TagSettings().min_score),
    ):
        settings = TagSettings(model, min_score=min_score)
        examples, evaluation = find_examples(folder, labels, rules)
        labeller = Labeller(rules, labels, confidence)
        steps = evaluate(
            examples, evaluation, LiteRTEmbedder(card), labeller, rules, labels, settings
        )
        for _ in steps:
            pass
        result[name] = _figures(evaluation, min_score)
    return result


def _figures(evaluation: Evaluation, min_score: float) -> dict[str, float]:
    judgement = evaluation.by_tag(min_score)
    assert judgement is not None
    return {
        "photos": len(evaluation.ranks),
        "error_of_first_tags": round(calibration_error(judgement.first_curve), 4),
        "of_perfect_certainties": round(by_chance(np.array(evaluation.scores).max(axis=1)), 4),
        "error_of_all_suggestions": round(calibration_error(judgement.curve), 4),
        "written_from": min_score,
        "share_tagged": round(evaluation.suggested / len(evaluation.ranks), 4),
        "precision": round(evaluation.right / max(1, evaluation.suggested), 4),
    }
