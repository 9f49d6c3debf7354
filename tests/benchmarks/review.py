"""Whether asking in the review's order teaches faster, and how long the order takes.

    python -m tests.benchmarks.review [TRAIN] [--seeds N] [--photos N]

prints one JSON object. Part of TRAIN (a folder per class) is the library, the others are judged on;
nothing else is looked at. The simulated user says what each photo shows that is asked about.

- `even`, `uneven`: accuracy after some answers, mean and standard error over seeds, asked by the
  review's order, the most doubtful first and each unlike those before, and by chance; the library
  has as many photos of each kind, or 100, 60, 30, 20 and 10.
- `order_s`: the order of a synthetic library of --photos photos.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from app.core.settings import TagSettings
from app.learning.asking import asking_order, directions
from app.learning.background import Background
from app.library.library import Library
from app.services.features import Features
from app.services.learning import Learner
from app.services.review import _DOUBT, review_order
from tests.benchmarks.learning.data import features
from tests.benchmarks.machine import lent_data, machine
from tests.benchmarks.synthetic import make_library

AFTER = (10, 25, 50, 100)
#: The order is made anew after so many answers.
_AGAIN = 5
_UNEVEN = (100, 60, 30, 20, 10)
#: Indices of what is left, worths and directions of all, indices of what was answered: the next.
Order = Callable[[np.ndarray, np.ndarray, np.ndarray, list[int]], np.ndarray]


def by_review(left: np.ndarray, worth: np.ndarray, vectors: np.ndarray, known: list[int]) -> Any:
    own = (1 - _DOUBT) + _DOUBT * worth[left] / max(worth.max(), 1e-9)
    others = vectors[left]
    return left[asking_order(others, own, others, np.ones(len(left)), vectors[known])]


def by_doubt(left: np.ndarray, worth: np.ndarray, vectors: np.ndarray, known: list[int]) -> Any:
    """Maximal marginal relevance: doubt, less half of the likeness to those before."""
    value, rows = worth[left].copy(), vectors[left]
    likeness = (rows @ vectors[known[-50:]].T).max(axis=1, initial=0.0)
    order = []
    for _ in range(min(_AGAIN, len(left))):
        chosen = int(np.argmax(value - 0.5 * likeness))
        order.append(left[chosen])
        value[chosen] = -np.inf
        likeness = np.maximum(likeness, rows @ rows[chosen])
    return np.array(order)


def simulate(photos: Features, order: Order, seed: int, uneven: bool) -> dict[int, float]:
    tags = photos.tags()
    truth, rows = photos.truth(tags), photos.powered
    random = np.random.default_rng(seed)
    mixed = random.permutation(len(truth))
    judged, pool = np.split(mixed, [len(mixed) * 2 // 5])
    if uneven:
        counts = np.array(_UNEVEN)[random.permutation(len(_UNEVEN))]
        pool = np.concatenate([pool[truth[pool] == k][:n] for k, n in enumerate(counts)])
    learner = Learner.new("nearest-mean", photos.model, rows.shape[1])
    learner.head.background = Background.of(rows[pool])
    vectors = directions(rows[pool])
    left, known, coming = np.ones(len(pool), bool), [], []
    found: dict[int, float] = {}
    while len(known) < AFTER[-1] and left.any():
        if not coming:
            worth = np.full(len(pool), 0.5)
            if learner.head.tags:
                sure = learner.certainties(rows[pool], learner.head.tags).astype(np.float64)
                worth = (1 - 2 * np.abs(sure - 0.5)).max(axis=1)
            coming = order(np.flatnonzero(left), worth, vectors, known)[:_AGAIN].tolist()
        asked = coming.pop(0)
        left[asked] = False
        known.append(asked)
        learner.decide(asked, rows[pool[asked]], [tags[truth[pool[asked]]]], [])
        if learner.stale:
            learner.head.fit()
        if len(known) in AFTER:
            columns = np.array([tags.index(tag) for tag in learner.head.tags])
            first = columns[learner.head.scores(rows[judged]).argmax(axis=1)]
            found[len(known)] = float(np.mean(first == truth[judged]))
    return found


def compare(photos: Features, seeds: int, uneven: bool) -> dict[str, Any]:
    def by_chance(left: np.ndarray, *_: Any) -> Any:
        return chance.permutation(left)

    result = {}
    orders: dict[str, Order] = {"review": by_review, "doubt": by_doubt, "chance": by_chance}
    for name, order in orders.items():
        chance = np.random.default_rng(99)
        runs = [simulate(photos, order, seed, uneven) for seed in range(seeds)]
        result[name] = {
            after: [
                round(float(np.mean([run[after] for run in runs])), 4),
                round(float(np.std([run[after] for run in runs]) / seeds**0.5), 4),
            ]
            for after in AFTER
        }
    return result


def order_time(photos: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="tagwright-review-") as folder:
        make_library(Path(folder), photos, embedding_size=1280)
        times = []
        with Library(Path(folder)) as library:
            for _ in range(5):
                began = time.perf_counter()
                review_order(library)
                times.append(time.perf_counter() - began)
    return {"median": round(float(np.median(times)), 3), "worst": round(max(times), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", nargs="?", type=Path, default=lent_data("flowers", "train"))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--photos", type=int, default=100_000)
    options = parser.parse_args()
    photos = features(options.train, TagSettings().model)
    result = {
        **machine(),
        "seeds": options.seeds,
        "even": compare(photos, options.seeds, uneven=False),
        "uneven": compare(photos, options.seeds, uneven=True),
    }
    if options.photos:
        result["order_s"] = order_time(options.photos) | {"photos": options.photos}
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
