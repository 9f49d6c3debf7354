"""Running a network for the first time: does it run, and in which range does it want colours?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.core.errors import DecodeError, ModelError, ReadError
from app.vision.catalogue import Activation, ModelCard
from app.vision.decode import decode
from app.vision.litert import LiteRTEmbedder
from app.vision.outside.graph import Structure
from app.vision.outside.pictures import draw_pictures
from app.vision.outside.ranges import RANGES, InputRange, information

#: Ranges that are tried; the others are too like them to be told from them.
_LARGE = "0..255"
_TRIED = ("-1..1", "0..1", _LARGE, "imagenet")
#: A network that wants 0 to 255 sees nearly nothing in numbers around 1: the answers of
#: EfficientNet then told less than a twentieth. One that wants numbers around 1 may become more
#: certain by larger ones, and tell up to three times as much, if it has no normalisation.
_CLEARLY = 5.0
#: Of the ranges that tell nearly as much as the best one, the most usual is taken. Ten photos tell
#: 0..1, -1..1 and imagenet from each other; drawn pictures only tell those three from 0..255.
_NEARLY_ON_PHOTOS, _NEARLY_ON_DRAWINGS = 0.99, 0.9
#: Sides of the crops as shares of the short side, and where they lie: -1 left or top, 1 right.
_CROPS = ((1.0, 0, 0), (0.8, 1, 1), (0.8, -1, -1))
_DRAWN = 8
#: The library keeps embeddings in half precision.
_LARGEST_KEPT = 65_000.0
#: Of photos to try a network on, in pixels.
_PHOTO_SIDE = 400
#: Probabilities add up to 1 but for rounding to 1/256.
_ROUNDING = 0.1


@dataclass(frozen=True, slots=True)
class Trial:
    """How a network did.

    Attributes:
        used: the range it was given.
        activation: of its scores.
        best: for each picture the class that scored highest, and its score.
        information: see `app.vision.outside.ranges`.
        tried: whether other ranges were tried, too.
    """

    used: InputRange
    activation: Activation
    best: tuple[tuple[int, float], ...]
    information: float
    tried: bool


def load_photos(paths: Sequence[Path], *, skip_unreadable: bool) -> list[Image.Image]:
    """Photos, small.

    Raises:
        ReadError, DecodeError: one of them is none, and is not to be left out.
    """
    found = []
    for path in paths:
        try:
            found.append(decode(path, path.read_bytes(), _PHOTO_SIDE).image)
        except OSError as error:
            if not skip_unreadable:
                raise ReadError(path, error.strerror or str(error)) from error
        except DecodeError:
            if not skip_unreadable:
                raise
    return found


def try_out(
    file: Path, structure: Structure, known: InputRange | None, photos: Sequence[Image.Image]
) -> Trial:
    """Run a network on photos, or on drawn pictures.

    Args:
        file: the network with its outputs as Tagwright wants them.
        known: the range, if it is known.

    Raises:
        ModelError: it does not run, or gives no numbers.
    """
    pictures = photos or draw_pictures(_DRAWN)
    crops = np.stack([_crops(picture, structure.input_size) for picture in pictures])
    trials = [
        trial
        for used in ([known] if known is not None else [RANGES[name] for name in _TRIED])
        if (trial := _run(file, structure, used, crops, tried=known is None)) is not None
    ]
    if not trials:
        raise ModelError(file, "gives no numbers, or numbers that are too large to be kept")
    small = [trial for trial in trials if trial.used.name != _LARGE] or trials
    most = max(trial.information for trial in small)
    for trial in trials:
        if trial.used.name == _LARGE and trial.information > _CLEARLY * most:
            return trial
    nearly = _NEARLY_ON_PHOTOS if len(photos) > 1 else _NEARLY_ON_DRAWINGS
    return next(trial for trial in small if trial.information >= nearly * most)


def _run(
    file: Path,
    structure: Structure,
    used: InputRange,
    crops: NDArray[np.uint8],
    *,
    tried: bool,
) -> Trial | None:
    """Under one range; None where it does not give numbers."""
    activation = structure.activation
    if activation is None:
        activation = _activation(_scores(file, structure, used, "softmax", crops))
    scores = _scores(file, structure, used, activation, crops)
    if not np.isfinite(scores).all():
        return None
    centre = scores[:, 0]
    best = tuple((int(row.argmax()), float(row.max())) for row in centre)
    return Trial(used, activation, best, information(scores), tried)


def _scores(
    file: Path,
    structure: Structure,
    used: InputRange,
    activation: Activation,
    crops: NDArray[np.uint8],
) -> NDArray[np.float32]:
    """Shape (pictures, crops, classes); also looks whether embeddings are numbers."""
    embedder = LiteRTEmbedder(card_for(file, structure, used, activation))
    found = [embedder.embed(each) for each in crops]
    scores = np.stack([each.scores for each in found])
    if not all(np.abs(each.embeddings).max() <= _LARGEST_KEPT for each in found):  # or is NaN
        scores = np.full_like(scores, np.nan)
    return scores


def _activation(raw: NDArray[np.float32]) -> Activation:
    """What scores are which the network says nothing of."""
    within = bool(raw.min() >= -1e-6 and raw.max() <= 1 + _ROUNDING)
    if not within:
        return "logits"
    return "softmax" if (np.abs(raw.sum(axis=-1) - 1) < _ROUNDING).all() else "sigmoid"


def card_for(
    file: Path, structure: Structure, used: InputRange, activation: Activation
) -> ModelCard:
    """A card that is in no catalogue, to run a network by."""
    return ModelCard(
        id=file.stem, name=file.stem, version="", file=file,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        input_size=structure.input_size, mean=used.mean, std=used.std, crop_fraction=1.0,
        embedding_size=structure.embedding_size, classes=structure.classes, labels_file=Path(),
        role="", card={}, channels=used.channels, layout=structure.layout, activation=activation,
        embedding_from="output" if structure.embedding is not None else "scores",
    )  # fmt: skip


def _crops(picture: Image.Image, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Shape (crops, height, width, 3)."""
    short = min(picture.size)
    found = []
    for share, across, down in _CROPS:
        side = short * share
        left = (picture.width - side) / 2 + across * (short - side) / 2
        top = (picture.height - side) / 2 + down * (short - side) / 2
        box = (left, top, left + side, top + side)
        found.append(np.asarray(picture.resize(size, Image.Resampling.BICUBIC, box=box)))
    return np.stack(found)
