"""In which numbers a network wants its colours: 0 to 1, -1 to 1, and so on.

Where the file does not say it, it is tried out: under the right range the answers to crops of one
picture agree, and those to different pictures differ. That is the information between picture and
answer, in nats: the entropy of the mean answer, less the mean entropy of the answers to a picture.
Certainty alone would not do, as numbers that are far too large make a network certain of the same
answer whatever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.vision.outside.graph import Quantisation

Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class InputRange:
    """What is done to pixels of 0 to 255: (pixel - mean) / std, per channel of RGB.

    Attributes:
        name: as `--input-range` takes it; empty for one that a file itself gives.
    """

    name: str
    mean: Three
    std: Three
    channels: Literal["RGB", "BGR"] = "RGB"

    def limits(self) -> tuple[float, float]:
        """The least and the greatest number that a channel can have."""
        low = min(-mean / std for mean, std in zip(self.mean, self.std, strict=True))
        high = max((255 - mean) / std for mean, std in zip(self.mean, self.std, strict=True))
        return low, high


#: The usual ones, the most usual first. `imagenet` is that of PyTorch's networks, `caffe` that of
#: VGG and ResNet V1 in Keras.
RANGES: Final = {
    each.name: each
    for each in (
        InputRange("-1..1", (127.5, 127.5, 127.5), (127.5, 127.5, 127.5)),
        InputRange("0..1", (0.0, 0.0, 0.0), (255.0, 255.0, 255.0)),
        InputRange("0..255", (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
        InputRange("imagenet", (123.675, 116.28, 103.53), (58.395, 57.12, 57.375)),
        InputRange("caffe", (123.68, 116.779, 103.939), (1.0, 1.0, 1.0), "BGR"),
    )
}
#: A range of integers is one of the usual ones if its ends are so close to its, as a share of it.
_CLOSE: Final = 0.03


def from_quantisation(dtype: str, quantisation: Quantisation) -> tuple[InputRange, str]:
    """The range that a quantised input spans, and what is known about it in a few words.

    Its 256 numbers then are the 256 values of a colour, so that nothing is rounded.
    """
    least, greatest = (0, 255) if dtype == "uint8" else (-128, 127)
    low = (least - quantisation.zero) * quantisation.scale
    high = (greatest - quantisation.zero) * quantisation.scale
    imagenet = RANGES["imagenet"]
    if _are_close((low, high), imagenet.limits()):
        return imagenet, "as its quantisation says"
    mean = float(quantisation.zero - least)
    std = 1 / quantisation.scale
    for known in RANGES.values():
        if _are_close((low, high), known.limits()):
            return InputRange(known.name, (mean,) * 3, (std,) * 3, known.channels), (
                "as its quantisation says"
            )
    return InputRange("", (mean,) * 3, (std,) * 3), "all that its quantisation spans"


def _are_close(found: tuple[float, float], known: tuple[float, float]) -> bool:
    span = known[1] - known[0]
    return all(abs(a - b) <= _CLOSE * span for a, b in zip(found, known, strict=True))


def from_metadata(mean: tuple[float, ...], std: tuple[float, ...]) -> InputRange | None:
    """The range that metadata give, one number for all channels or one for each."""
    if len(mean) not in (1, 3) or len(std) not in (1, 3):
        return None
    if not np.isfinite([*mean, *std]).all() or min(std) <= 0:
        return None
    three = InputRange("", _three(mean), _three(std))
    for known in RANGES.values():
        if known.channels == "RGB" and (known.mean, known.std) == (three.mean, three.std):
            return known
    return three


def _three(values: tuple[float, ...]) -> Three:
    red, green, blue = values * 3 if len(values) == 1 else values
    return red, green, blue


def from_rescaling(constants: tuple[float, ...]) -> InputRange | None:
    """The range that a network wants which does arithmetic with its input before all else.

    By far the most divide 0 to 255 by about 128 or 255, or take a hundred off first; those of TF
    Hub double 0 to 1, those that come from PyTorch take half off.
    """
    if not constants:
        return None
    small, large = min(constants), max(constants)
    if small < 0.05 or large > 10:
        return RANGES["0..255"]
    return RANGES["0..1"]


def information(scores: NDArray[np.float32]) -> float:
    """How much answers tell about which picture was shown, in nats.

    Args:
        scores: shape (pictures, crops, classes); rows that do not add up to 1 are made to.
    """
    some = np.maximum(scores.astype(np.float64), 0)
    some /= np.maximum(some.sum(axis=-1, keepdims=True), 1e-12)
    of_picture = some.mean(axis=1)
    told = float(_entropy(of_picture.mean(axis=0)) - _entropy(of_picture).mean())
    return max(told, 0.0)  # not a rounding below it


def _entropy(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    logarithms = np.log(np.where(shares > 0, shares, 1))
    return np.asarray(-(shares * logarithms).sum(axis=-1))
