"""What int8 costs and gives, on the networks that come with the program.

    python -m tests.benchmarks.models [FOLDER] [--models ID ...] [--threads N] [--photos N]

prints one JSON object. FOLDER holds photos whose names begin with a WordNet id, or one folder each
for a class; by default the lent ImageNet photos. The float network is exported to LiteRT from the
float weights that ship; int8 is the very file that ships, unless `--convert` asks for one made now,
which takes its calibration photos from FOLDER and leaves them out of the judging. Both look at each
photo in turn, and who begins changes from photo to photo: ratios are medians over photos, and are
what to compare; milliseconds belong to the machine. What is right is judged as in tagging, by three
crops of a photo; the clock runs for one. `top_1_lost` is in points, with the margin that so few
photos leave.

It ends with 1 if int8 is less than 1.6 times as fast, or loses more than a point of top-1.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from app.cli.models_quantise import as_dict
from app.core.paths import data_path
from app.core.rules import Labeller
from app.core.settings import TagSettings
from app.services.calibrating import spread
from app.services.evaluation import find_examples
from app.services.quantising import Quantising, split_for_calibration
from app.services.rules_file import load_rules
from app.vision.catalogue import Catalogue
from app.vision.convert import Precision
from tests.benchmarks.machine import lent_data, machine

#: What int8 must reach.
FASTER = 1.6
POINTS = 1.0


def measure(model: str, options: argparse.Namespace) -> dict[str, Any]:
    """One network in float and int8, in the same run."""
    card = Catalogue([data_path("models")]).get(model)
    labels = card.labels()
    rule_set = load_rules(data_path("rules.yml"))
    examples, _ = find_examples(options.folder, labels, rule_set)
    photos, calibration = spread(examples, options.photos), []
    given: dict[Precision, bytes] = {"int8": card.load()}
    if options.convert:
        photos, calibration = split_for_calibration(photos)
        given = {}
    precisions: list[Precision] = ["float", "int8"]
    with Quantising(
        card,
        photos,
        calibration,
        Labeller(rule_set, labels, card.confidence),
        TagSettings(model, options.crops),
        threads=options.threads,
        precisions=precisions,
        given=given,
    ) as quantising:
        for step in quantising:
            if sys.stderr.isatty():
                print(f"\r\033[K{model}: {step.doing} {step.done}", end="", file=sys.stderr)
        figures = as_dict(quantising)
    int8 = figures["int8"]
    return {
        "photos": len(photos),
        "threads": quantising.threads,
        "crops": options.crops,
        **figures,
        "reached": int8["speed_up"] >= FASTER and int8["top_1_lost"] <= POINTS,
    }


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=lent_data("imagenet"))
    parser.add_argument(
        "--models", nargs="+", default=["efficientnet-lite0", "efficientnet-lite2"], metavar="ID"
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--photos", type=int, default=300)
    parser.add_argument("--crops", type=int, choices=(1, 3), default=TagSettings().crops)
    parser.add_argument("--convert", action="store_true", help="make the int8 file now")
    options = parser.parse_args()
    models = {model: measure(model, options) for model in options.models}
    reached = all(each["reached"] for each in models.values())
    result = {"machine": machine(), "models": models, "reached": reached}
    print(json.dumps(result, indent=2))
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
