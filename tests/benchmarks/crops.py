"""How many crops, and how to join what the network says about them.

    python -m tests.benchmarks.crops [FOLDER] [--backgrounds FOLDER]

prints one JSON object. FOLDER holds photos whose names begin with a WordNet id. They are judged
as they are, and off centre: each one's middle at the left or right end of a 16:9 frame, beside
a plain background (a piece of another photo). For each way of looking: top-1 over classes, and
for some minimum scores the share of photos that get a tag and the share of these that get the
right one.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from app.core.paths import data_path
from app.core.rules import Labeller, RuleSet
from app.core.settings import TagSettings
from app.learning.evaluation import rank_of
from app.services.evaluation import find_examples
from app.services.rules_file import load_rules
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.crops import cut_crops, short_side
from app.vision.decode import decode
from app.vision.litert import LiteRTEmbedder
from tests.benchmarks.machine import lent_data, machine

MIN_SCORES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)


def joined(scores: np.ndarray, how: str) -> np.ndarray:
    """One row of class scores for the crops' rows (n, classes), the centre crop in the middle."""
    match how:
        case "centre":
            return scores[len(scores) // 2]
        case "mean":
            return scores.mean(axis=0)
        case "max":
            return scores.max(axis=0)
        case "mean+max":
            return (scores.mean(axis=0) + scores.max(axis=0)) / 2
        case "surest":  # the crop whose best class scores highest
            return scores[scores.max(axis=1).argmax()]
    raise ValueError(how)


def off_centre(image: Image.Image, background: Image.Image, right: bool) -> Image.Image:
    """The middle square of a photo at one end of a 16:9 frame."""
    side = min(image.size)
    frame = ImageOps.fit(background, (side * 16 // 9, side))
    frame.paste(ImageOps.fit(image, (side, side)), (frame.width - side if right else 0, 0))
    return frame


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=lent_data("imagenet"))
    parser.add_argument("--backgrounds", type=Path, default=lent_data("camera"))
    parser.add_argument("--model", default=TagSettings().model)
    options = parser.parse_args()
    card = Catalogue([data_path("models")]).get(options.model)
    labels, rules = card.labels(), load_rules(data_path("rules.yml"))
    examples, _ = find_examples(options.folder, labels, rules)
    side = short_side(card.input_size, card.crop_fraction)
    backgrounds = [
        decode(path, path.read_bytes(), side).image
        for path in sorted(options.backgrounds.glob("*"))
    ]
    embedder = LiteRTEmbedder(card)
    sets: dict[str, list[np.ndarray]] = {"as they are": [], "off centre": []}
    for n, example in enumerate(examples):
        image = decode(example.path, example.path.read_bytes(), side).image
        moved = off_centre(image, backgrounds[n % len(backgrounds)], right=bool(n % 2))
        for name, picture in (("as they are", image), ("off centre", moved)):
            scores = embedder.embed(cut_crops(picture, card.input_size, 3)).scores
            sets[name].append(scores)
    wanted = [example.classes for example in examples]
    result: dict[str, Any] = {"machine": machine(), "model": card.key, "photos": len(examples)}
    for name, answers in sets.items():
        result[name] = {
            f"{how}, {tags}": judged(
                answers, wanted, how, Labeller(rules, labels, join=tags), rules, card
            )
            for how in ("centre", "mean", "max", "mean+max", "surest")
            for tags in ("sum", "max")
        }
    print(json.dumps(result, indent=2))


def judged(
    answers: list[np.ndarray],
    wanted: list[frozenset[int]],
    how: str,
    labeller: Labeller,
    rules: RuleSet,
    card: ModelCard,
) -> dict[str, Any]:
    """Top-1, and share of photos tagged and tagged right at each minimum score."""
    tags = [rules.rule_for(label).tag for label in card.labels()]
    first, counts = 0, {score: [0, 0, 0, 0] for score in MIN_SCORES}
    for scores, classes in zip(answers, wanted, strict=True):
        row = joined(scores, how)
        first += rank_of(row, classes) == 1
        suggestions = labeller.suggest(row, card.id)
        right = {tags[index] for index in classes}
        for score, count in counts.items():
            sure = [s.tag for s in suggestions if s.score >= score]
            count[0] += bool(sure)
            count[1] += any(tag in right for tag in sure)
            count[2] += len(sure)
            count[3] += sum(tag in right for tag in sure)
    return {
        "top_1": round(first / len(answers), 4),
        "at_min_score": {
            str(score): {
                "tagged": round(some / len(answers), 3),
                "right": round(right / max(1, some), 3),
                "tags": total,
                "tags_right": round(total_right / max(1, total), 3),
            }
            for score, (some, right, total, total_right) in counts.items()
        },
    }


if __name__ == "__main__":
    main()
