"""A simulated user, who corrects photos as they come."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.embedding import powered
from app.learning.background import Background
from app.learning.calibration import calibrate
from app.learning.cross_validation import out_of_fold
from app.learning.examples import Example
from app.learning.heads import Head, make_head
from app.services.features import Features
from app.services.training import Trained, judge_trained, train
from tests.benchmarks.learning.data import mean


def simulated_user(train_set: Features, val: Features, seeds: int) -> dict[str, Any]:
    tags = train_set.tags()
    truth, val_truth = train_set.truth(tags), val.truth(tags)
    background = Background.of(train_set.powered)
    runs = []
    for seed in range(seeds):
        head = make_head("nearest-mean", train_set.model, train_set.embeddings.shape[1], background)
        right, on_the_way, errors = [], {}, {}
        order = np.random.default_rng(seed).permutation(len(train_set))
        for number, row in enumerate(order, 1):
            embedding, wanted = train_set.powered[row], tags[truth[row]]
            guess = None
            if head.tags:
                guess = head.tags[int(head.scores(embedding[None]).argmax())]
            right.append(guess == wanted)
            wrong = frozenset((guess,)) if guess is not None and guess != wanted else frozenset()
            head.learn(Example(int(row), embedding, frozenset((wanted,)), wrong))
            if head.stale:
                head.fit()
            if number in (5, 10, 25, 50, 100, 250, 500):
                known = np.array([tags.index(tag) for tag in head.tags])
                first = known[head.scores(val.powered).argmax(axis=1)]
                on_the_way[number] = float(np.mean(first == val_truth))
                errors[number] = _error(head, val)
        runs.append(
            {
                "right_first_answers": float(np.mean(right)),
                "right_in_the_last_50": float(np.mean(right[-50:])),
                "val_accuracy_after": on_the_way,
                "val_error_after": errors,
            }
        )
    return {
        "runs": seeds,
        "right_first_answers": mean(run["right_first_answers"] for run in runs),
        "right_in_the_last_50": mean(run["right_in_the_last_50"] for run in runs),
        "val_accuracy_after": {
            number: mean(run["val_accuracy_after"][number] for run in runs)
            for number in runs[0]["val_accuracy_after"]
        },
        "val_error_after": {
            number: mean(run["val_error_after"][number] for run in runs)
            for number in runs[0]["val_error_after"]
        },
    }


def _error(head: Head, val: Features) -> float:
    """Calibration error of the first answers, had what was learned been calibrated just now."""
    judged = out_of_fold(head.kind, head.model, head.examples, head.background)
    made = calibrate(judged, head.scores(head.background.sample, judged.tags))
    return judge_trained(Trained(head, made), val).first_error


def one_tag(train_set: Features, others: Features) -> dict[str, Any]:
    """Ten photos get a name; how many of the rest of their kind appear, among all the others."""
    tags = train_set.tags()
    truth = train_set.truth(tags)
    library = np.concatenate([train_set.embeddings, others.embeddings])
    as_kept = powered(library).astype(np.float16)
    shows = np.concatenate([truth, np.full(len(others), -1)])
    result: dict[str, Any] = {"library": len(library)}
    for index, tag in enumerate(tags):
        for count in (3, 10):
            precision, recall = [], []
            for seed in range(3):
                named = np.random.default_rng(seed).permutation(np.flatnonzero(shows == index))
                named = named[:count]
                part = Features(
                    train_set.model, 3, tuple(map(str, named)), (str(tag),) * count,
                    library[named], np.empty((count, 0), np.float32),
                )  # fmt: skip
                trained = train("nearest-mean", part, as_kept)
                given = trained.certainties(as_kept)[:, 0] >= 0.5
                given[named] = False
                hits = int(np.count_nonzero(given & (shows == index)))
                precision.append(hits / max(1, int(given.sum())))
                recall.append(hits / (int(np.count_nonzero(shows == index)) - count))
            result.setdefault(f"{count}_named", {})[str(tag)] = {
                "precision": mean(precision),
                "recall": mean(recall),
            }
    return result
