"""Which parts of a photo the network looks at, and how its answers are joined."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.vision.embedder import Prediction

#: Photos whose sides differ by no more than this factor get one crop.
NEARLY_SQUARE = 1.1

Box = tuple[float, float, float, float]


def crop_boxes(width: int, height: int, crops: int, fraction: float) -> list[Box]:
    """The squares that the network looks at, as (left, top, right, bottom) in pixels.

    The centre crop covers `fraction` of the short side, as the network was trained. With three
    crops, photos that are not nearly square also get one at each end of the long side.
    """
    short = min(width, height)
    side = short * fraction
    margin = (short - side) / 2
    left, top = (width - side) / 2, (height - side) / 2
    centre = (left, top, left + side, top + side)
    if crops == 1 or max(width, height) <= short * NEARLY_SQUARE:
        return [centre]
    if width > height:
        right = width - margin - side
        return [
            (margin, top, margin + side, top + side),
            centre,
            (right, top, right + side, top + side),
        ]
    bottom = height - margin - side
    return [
        (left, margin, left + side, margin + side),
        centre,
        (left, bottom, left + side, bottom + side),
    ]


def cut_crops(image: Image.Image, size: tuple[int, int], boxes: list[Box]) -> NDArray[np.uint8]:
    """The crops of an RGB image, scaled to (width, height) with a bicubic filter.

    Crops that overlap are cut from the image scaled once, to the nearest pixel.

    Returns:
        Array of shape (len(boxes), height, width, 3).
    """
    width, height = size
    crops = np.empty((len(boxes), height, width, 3), dtype=np.uint8)
    if len(boxes) > 1 and max(image.size) <= len(boxes) * min(image.size):
        scale = width / (boxes[0][2] - boxes[0][0])
        whole = (max(width, round(image.width * scale)), max(height, round(image.height * scale)))
        scaled = np.asarray(image.resize(whole, Image.Resampling.BICUBIC))
        for crop, (left, top, _, _) in zip(crops, boxes, strict=True):
            x = min(round(left * scale), whole[0] - width)
            y = min(round(top * scale), whole[1] - height)
            crop[...] = scaled[y : y + height, x : x + width]
        return crops
    for crop, box in zip(crops, boxes, strict=True):
        crop[...] = np.asarray(image.resize(size, Image.Resampling.BICUBIC, box=box))
    return crops


def join_crops(prediction: Prediction) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """One embedding of shape (embedding_size,) and one row of scores (classes,) for a photo.

    The embedding is the mean of the crops', as the photo is all of them. The scores are those
    of the crop whose best class scores highest: the one that shows the subject best. Measured
    by `tests/benchmarks/crops.py` on 300 ImageNet photos, as they are and with the subject at
    one end of a wide frame, at a minimum score of 0.5: share of photos tagged, and right

        one centre crop      67 %, 98.0 %      off centre 39 %, 94.1 %
        mean of three        66 %, 98.5 %                 18 %, 100 %
        maximum of three     74 %, 97.7 %                 70 %, 95.7 %
        surest of three      74 %, 97.7 %                 69 %, 94.7 %

    The maximum finds as much, but one in 30 (off centre: one in 14) of its tags is a guess of a
    crop that shows no subject; with the surest crop, one in 43 (one in 19) is.
    """
    surest = prediction.scores.max(axis=1).argmax()
    return prediction.embeddings.mean(axis=0), prediction.scores[surest]
