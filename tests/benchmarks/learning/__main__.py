"""See the package."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from app.core.settings import TagSettings
from app.services.features import Features
from tests.benchmarks import learning
from tests.benchmarks.learning.certainty import flowers, imagenet
from tests.benchmarks.learning.correction import correction
from tests.benchmarks.learning.curves import curves
from tests.benchmarks.learning.data import features
from tests.benchmarks.learning.imagetagger import imagetagger
from tests.benchmarks.learning.user import one_tag, simulated_user
from tests.benchmarks.machine import lent_data, machine


def main() -> None:
    parser = argparse.ArgumentParser(description=learning.__doc__)
    parser.add_argument("train", nargs="?", type=Path, default=lent_data("flowers", "train"))
    parser.add_argument("val", nargs="?", type=Path, default=lent_data("flowers", "val"))
    parser.add_argument("--imagenet", type=Path, default=lent_data("imagenet"))
    parser.add_argument(
        "--mobilenet",
        type=Path,
        default=lent_data("models", "mobilenet_v2_1.0_224_int8.tflite"),
    )
    parser.add_argument("--model", default=TagSettings().model)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--only", choices=("certainties",), help="leave out all but `calibration`")
    parser.add_argument("--million", action="store_true", help="measure a million photos, too")
    options = parser.parse_args()
    train_set, val_set = (
        features(folder, options.model) for folder in (options.train, options.val)
    )
    result: dict[str, Any] = {
        **machine(),
        "model": train_set.model,
        "train": len(train_set),
        "val": len(val_set),
        "seeds": options.seeds,
        "calibration": {"flowers": flowers(train_set, val_set, min(options.seeds, 5))},
    }
    if options.imagenet.is_dir():
        result["calibration"]["imagenet"] = imagenet(options.imagenet, options.model)
    if options.only is None:
        result |= all_that_takes_long(options, train_set, val_set)
    print(json.dumps(result, indent=2))


def all_that_takes_long(
    options: argparse.Namespace, train_set: Features, val_set: Features
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "learning_curve": curves(train_set, val_set, options.seeds),
        "simulated_user": simulated_user(train_set, val_set, min(options.seeds, 3)),
    }
    if options.imagenet.is_dir():
        result["one_tag"] = one_tag(train_set, features(options.imagenet, options.model))
    if options.mobilenet.is_file():
        result["imagetagger"] = imagetagger(options)
    result["correction"] = correction(100_000)
    million = {k: round(v * 10, 2) for k, v in result["correction"].items() if k.endswith("_s")}
    result["correction"]["a_million_by_proportion"] = million
    if options.million:
        result["correction"]["a_million_measured"] = correction(1_000_000)
    return result


if __name__ == "__main__":
    main()
