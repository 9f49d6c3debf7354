"""The time of one correction in a large library."""

from __future__ import annotations

import resource
import tempfile
import time
from typing import Any

import numpy as np

from app.core.tag import Tag
from app.learning.background import Background
from app.learning.calibration import Calibration
from app.learning.examples import Example
from app.learning.heads import make_head
from app.learning.scan import score_all


def correction(photos: int, tags: int = 300, examples: int = 10) -> dict[str, Any]:
    """One more example of one of many tags, over a library in a file as the library keeps it."""
    size = 1280
    generator = np.random.default_rng(0)
    with tempfile.NamedTemporaryFile(suffix=".f16") as file:
        block = np.abs(generator.standard_normal((10_000, size), dtype=np.float32))
        for first in range(0, photos, len(block)):
            file.write(block[: photos - first].astype("<f2").tobytes())
        file.flush()
        matrix = np.memmap(file.name, dtype="<f2", mode="r", shape=(photos, size))
        head = make_head("nearest-mean", "m", size, Background.of(matrix))
        names = [Tag((f"tag {n}",)) for n in range(tags)]
        for n in range(tags * examples):
            head.learn(Example(n, matrix[n], frozenset((names[n % tags],))))
        started = time.perf_counter()
        head.fit()
        fitted = time.perf_counter() - started
        certainty = Calibration()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        learned, scored, sure = [], [], []
        for n in range(7):
            started = time.perf_counter()
            changed = sorted(head.learn(Example(photos + n, matrix[n * 7], frozenset(names[:1]))))
            learned.append(time.perf_counter() - started)
            started = time.perf_counter()
            scores = score_all(head, matrix, changed)
            scored.append(time.perf_counter() - started)
            started = time.perf_counter()
            certainty.certainties(changed, scores, counts={names[0]: examples + n})
            sure.append(time.perf_counter() - started)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "photos": photos,
        "tags": tags,
        "learn_s": round(float(np.median(learned)), 4),
        "score_one_tag_s": round(float(np.median(scored)), 4),
        "score_one_tag_worst_s": round(max(scored), 4),
        "certainties_s": round(float(np.median(sure)), 4),
        "all_of_it_s": round(float(np.median(np.array(learned) + scored + sure)), 4),
        "fit_s_for_all_tags": round(fitted, 3),
        # The pages of the mapped file count here, which the system takes back at will.
        "more_memory_than_before_mb": round(grown / 1024, 1),
        "result_mb": round(photos * 4 / 1e6, 1),
    }
