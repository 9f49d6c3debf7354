"""What the scores of a network are worth: the temperature that its card carries.

It is found on twenty pinned ImageNet photos (`sources.LABELLED`) that are in no set on which
networks are judged. So few say a temperature only to about a sixth, so it is the mean of a
posterior: how probable each temperature makes the right classes, under a prior around 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.core.confidence import KEPT_SCORE, Confidence
from app.vision.build.sources import LABELLED
from app.vision.catalogue import ModelCard
from app.vision.crops import cut_crops, join_crops, short_side
from app.vision.decode import decode
from app.vision.litert import LiteRTEmbedder

# How far the logarithm of a temperature may be off 0, one standard deviation: a factor of 1.35
# either way. Networks that were trained in the usual ways need 0.8 to 1.5 (Guo and others 2017,
# Mueller and others 2019).
_DEVIATION: Final = 0.3
_CANDIDATES: Final = np.exp(np.linspace(math.log(0.25), math.log(4), 200))
# As the program looks at photos.
_CROPS: Final = 3


@dataclass(frozen=True)
class Found:
    """A temperature, and one standard deviation either side of it."""

    temperature: float
    low: float
    high: float
    photos: int


def look_at(card: ModelCard, photos: Sequence[Path]) -> NDArray[np.float32]:
    """What a network says of photos, as the program asks it: scores of shape (photos, classes).

    Raises:
        FileError: a photo cannot be decoded.
    """
    network = LiteRTEmbedder(card)
    rows = []
    for photo in photos:
        least = short_side(card.input_size, card.crop_fraction)
        image = decode(photo, photo.read_bytes(), least).image
        rows.append(join_crops(network.embed(cut_crops(image, card.input_size, _CROPS)))[1])
    return np.array(rows)


def find(scores: NDArray[np.floating], classes: Sequence[int]) -> Found:
    """The temperature for scores of shape (photos, classes), with each photo's right class."""
    rows = np.arange(len(scores))
    log_weights = np.array(
        [
            np.log(np.maximum(Confidence(t).certainties(scores)[rows, classes], KEPT_SCORE)).sum()
            for t in _CANDIDATES
        ]
    )
    logs = np.log(_CANDIDATES)
    log_weights -= 0.5 * (logs / _DEVIATION) ** 2
    weights = np.exp(log_weights - log_weights.max())
    weights /= weights.sum()
    mean = float(weights @ logs)
    deviation = math.sqrt(float(weights @ (logs - mean) ** 2))
    low, middle, high = (round(math.exp(mean + n * deviation), 2) for n in (-1, 0, 1))
    return Found(middle, low, high, len(scores))


def entry(found: Found) -> dict[str, Any]:
    """What the card says of it."""
    return {
        "temperature": found.temperature,
        "range": [found.low, found.high],
        "photos": found.photos,
        "package": f"{LABELLED.package}=={LABELLED.version}",
    }
