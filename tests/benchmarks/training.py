"""Training on one machine, in one run: what augmentation, dropout and fine-tuning are worth.

    python -m tests.benchmarks.training TRAIN VAL [--epochs N] [--image-size N] [--seeds N]
        [--only PART ...]

prints one JSON object. TRAIN and VAL hold one folder of photos per class. A fifth of TRAIN chooses
the best round; VAL is only judged on.

- `cnn`: the tutorial's network with and without augmentation and dropout.
- `curve`: the same network with both, learning ever more of the photos: where more would lead.
- `finetune`: the embedded network with a new last layer, and with its upper blocks refined, each
  seed for itself, and how much the second adds to the first: the mean of the differences and its
  standard error.

Each has the accuracy on the held part of TRAIN and on VAL, the curves, and seconds per round.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from app.core.errors import FileError
from app.core.paths import data_path
from app.core.training import EpochDone, Event, Phase, TrainingSettings
from app.services.class_folders import find_classes
from app.vision.catalogue import Catalogue, ModelCard
from app.vision.training import trainer
from app.vision.training.data import PhotoSet, Rows, read_photos, split
from app.vision.training.export import predict
from app.vision.training.fit import Course
from tests.benchmarks.machine import lent_data, machine

PARTS = ("cnn", "curve", "finetune")
PLAIN: dict[str, Any] = {"flip": False, "rotation": False, "zoom": False}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", nargs="?", type=Path, default=lent_data("flowers", "train"))
    parser.add_argument("val", nargs="?", type=Path, default=lent_data("flowers", "val"))
    parser.add_argument("--model", default="efficientnet-lite2", help="what is refined")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--image-size", type=int, default=180)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument(
        "--photos",
        type=int,
        nargs="+",
        default=[100, 200, 400],
        help="to learn, for the curve; of all of them, those of `cnn` count as well",
    )
    options = parser.parse_args()
    base = Catalogue([data_path("models")]).get(options.model)
    usual = TrainingSettings(epochs=options.epochs, image_size=options.image_size)
    cnn = replace(usual, network="cnn")
    result: dict[str, Any] = {
        "machine": machine(), "epochs": options.epochs, "image_size": options.image_size,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        both: list[dict[str, Any]] = []
        if "cnn" in options.only:
            variants = {
                "plain": replace(cnn, dropout=0.0, **PLAIN),
                "with dropout": replace(cnn, **PLAIN),
                "with augmentation": replace(cnn, dropout=0.0),
                "with both": cnn,
            }
            result["cnn"] = {
                name: runs(settings, None, options, work) for name, settings in variants.items()
            }
            both = result["cnn"]["with both"]
        if "curve" in options.only:
            found = [run for most in options.photos for run in runs(cnn, None, options, work, most)]
            result["curve"] = curve(found + both)
        if "finetune" in options.only:
            result["refined"] = base.key
            found = runs(replace(usual, base=base.id), base, options, work)
            result["finetune"] = {"difference": difference(found), "runs": found}
    print(json.dumps(result, indent=2))


def runs(
    settings: TrainingSettings,
    base: ModelCard | None,
    options: Any,
    work: Path,
    most: int | None = None,
) -> list[dict[str, Any]]:
    """One training for each seed, on at most so many photos."""
    wants = trainer.input_of(settings, base)
    shape = (wants.size[1], wants.size[0], 3)
    train, val = Rows(work, shape, np.uint8), Rows(work, shape, np.uint8)
    photos, judged = read(options.train, wants, train), read(options.val, wants, val)
    found = [
        run(replace(settings, seed=seed), base, photos, judged, work, most)
        for seed in range(options.seeds)
    ]
    train.close()
    val.close()
    return found


def read(folder: Path, wants: Any, rows: Rows) -> PhotoSet:
    """The photos of a folder of classes."""
    classes = find_classes(folder).classes
    listed = [(path, index) for index, each in enumerate(classes) for path in each.photos]

    def failed(error: FileError) -> None:
        print(error, file=sys.stderr)

    return read_photos(
        listed, wants.size, wants.crop_fraction, rows, skipped=failed, progressed=lambda _: None
    )


def curve(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Accuracy by the number of photos that were learned, over all seeds."""
    by_photos: dict[int, list[float]] = {}
    for each in runs:
        by_photos.setdefault(each["photos"], []).append(each["whole"]["val"])
    means = {photos: float(np.mean(found)) for photos, found in by_photos.items()}
    result: dict[str, Any] = {
        "val": {photos: round(mean, 4) for photos, mean in means.items()}, "runs": runs,
    }  # fmt: skip
    if len(means) > 1:
        slope, _ = np.polyfit(np.log2(list(means)), list(means.values()), 1)
        result["per_doubling"] = round(float(slope), 4)
    return result


def difference(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """What refining adds to the frozen network on VAL, seed by seed."""
    head, upper = (np.array([each[phase]["val"] for each in runs]) for phase in ("head", "upper"))
    paired = upper - head
    result: dict[str, Any] = {
        "frozen": round(float(head.mean()), 4),
        "refined": round(float(upper.mean()), 4),
        "mean": round(float(paired.mean()), 4),
    }
    if len(runs) > 1:
        result["standard_error"] = round(float(paired.std(ddof=1) / np.sqrt(len(runs))), 4)
    return result


def run(
    settings: TrainingSettings,
    base: ModelCard | None,
    photos: PhotoSet,
    val: PhotoSet,
    work: Path,
    most: int | None = None,
) -> dict[str, Any]:
    """Train once, and judge what comes out."""
    wants = trainer.input_of(settings, base)
    learn, held = split(photos.classes, settings.share, settings.seed)
    if most is not None and most < len(learn):
        some, _ = split(photos.classes[learn], most / len(learn), settings.seed)
        learn = learn[some]
    on_val: dict[str, float] = {}

    def judge(phase: Phase, core: Any) -> None:
        answers = predict(core, val.pixels, wants).argmax(axis=1)
        on_val[phase] = round(float((answers == val.classes).mean()), 4)

    def emit(event: Event) -> None:
        if isinstance(event, EpochDone):
            print(
                f"{settings.network} {event.phase} {event.epoch}: {event.accuracy:.3f},"
                f" validation {event.validation_accuracy:.3f} ({event.seconds:.1f} s)",
                file=sys.stderr, flush=True,
            )  # fmt: skip

    course = Course()
    job = trainer.Job(
        settings, base, photos, learn, held, int(photos.classes.max()) + 1, work, emit,
        lambda: None, judge,
    )  # fmt: skip
    began = time.monotonic()
    core = trainer.train(job, course)
    seconds = time.monotonic() - began
    judge(trainer.phases_of(settings)[-1], core)
    phases: dict[str, Any] = {}
    for phase in trainer.phases_of(settings):
        epochs = [each for each in course.epochs if each.phase == phase]
        best = [each for each in epochs if each.best]
        phases[phase] = {
            "val": on_val[phase],
            "held_part_of_train": round(best[-1].validation_accuracy, 4) if best else None,
            "rounds": len(epochs),
            "seconds_per_round": round(float(np.median([each.seconds for each in epochs])), 2),
            "training_accuracy": [round(each.accuracy, 3) for each in epochs],
            "validation_accuracy": [round(each.validation_accuracy, 3) for each in epochs],
            "training_loss": [round(each.loss, 3) for each in epochs],
            "validation_loss": [round(each.validation_loss, 3) for each in epochs],
        }
    print(
        f"seed {settings.seed}, {len(learn)} photos: on val {on_val}", file=sys.stderr, flush=True
    )
    return {"seed": settings.seed, "photos": len(learn), "seconds": round(seconds, 1), **phases}


if __name__ == "__main__":
    main()
