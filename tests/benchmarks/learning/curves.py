"""Accuracy by examples per class, the heads side by side with what everybody would try."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.learning.background import Background
from app.learning.cross_validation import taught_head
from app.learning.examples import Example
from app.learning.heads import KINDS
from app.services.features import Features
from app.services.learning_curves import CURVE, few


def curves(train_set: Features, val: Features, seeds: int) -> dict[str, Any]:
    tags = train_set.tags()
    truth, val_truth = train_set.truth(tags), val.truth(tags)
    background = Background.of(train_set.powered)
    size = train_set.embeddings.shape[1]
    result: dict[str, dict[str, Any]] = {}
    for count in CURVE:
        if count > np.bincount(truth).min():
            continue
        found: dict[str, list[float]] = {}
        for seed in range(seeds):
            rows = few(truth, count, seed)
            for kind in KINDS:
                examples = [
                    Example(int(r), train_set.powered[r], frozenset((tags[truth[r]],)))
                    for r in rows
                ]
                head = taught_head(kind, train_set.model, examples, size, background)
                guess = head.scores(val.powered, tags).argmax(axis=1)
                found.setdefault(kind, []).append(float(np.mean(guess == val_truth)))
            for name, guess in peers(
                train_set.embeddings[rows], truth[rows], val.embeddings
            ).items():
                found.setdefault(f"peer {name}", []).append(float(np.mean(guess == val_truth)))
        result[str(count)] = {
            name: {"mean": round(float(np.mean(each)), 4), "std": round(float(np.std(each)), 4)}
            for name, each in found.items()
        }
        ours = np.array(found["nearest-mean"])
        best = max((n for n in found if n.startswith("peer")), key=lambda n: np.mean(found[n]))
        gaps = ours - np.array(found[best])
        result[str(count)]["ours_over_best_peer"] = {
            "peer": best.removeprefix("peer "),
            "mean": round(float(gaps.mean()), 4),
            "standard_error": round(float(gaps.std() / max(1, len(gaps) - 1) ** 0.5), 4),
        }
    return result


def peers(rows: np.ndarray, truth: np.ndarray, judged: np.ndarray) -> dict[str, np.ndarray]:
    """First answers of what everybody would try."""
    from sklearn.naive_bayes import GaussianNB
    from sklearn.svm import LinearSVC

    plain, plain_judged = rows.astype(np.float32), judged.astype(np.float32)
    unit, unit_judged = (
        each / np.linalg.norm(each, axis=1, keepdims=True) for each in (plain, plain_judged)
    )
    means = np.array([unit[truth == c].mean(axis=0) for c in range(truth.max() + 1)])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return {
        "nearest mean": (unit_judged @ means.T).argmax(axis=1),
        "GaussianNB": GaussianNB().fit(plain, truth).predict(plain_judged),
        "LinearSVC": LinearSVC().fit(unit, truth).predict(unit_judged),
        "LinearSVC, not normalised": LinearSVC(C=0.01).fit(plain, truth).predict(plain_judged),
    }
