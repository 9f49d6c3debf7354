"""Pixels as a network wants them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.vision.catalogue import ModelCard


def as_input(card: ModelCard, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """RGB crops of shape (n, height, width, 3) as float input of the network, of the same shape.

    Scaled, and in the network's order of colours, as its card says. The layout stays NHWC: that of
    Keras's networks.
    """
    scaled = (crops - np.asarray(card.mean, np.float32)) / np.asarray(card.std, np.float32)
    return np.ascontiguousarray(scaled[..., ::-1] if card.channels == "BGR" else scaled)
