"""The one interface that every inference backend has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.vision.catalogue import ModelCard


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a network says about a batch of n crops.

    Attributes:
        embeddings: shape (n, embedding_size), float32, not normalised.
        scores: shape (n, classes), float32, class probabilities.
    """

    embeddings: NDArray[np.float32]
    scores: NDArray[np.float32]


class Embedder(Protocol):
    """A network ready to run. One thread uses it at a time."""

    card: ModelCard

    def embed(self, crops: NDArray[np.uint8]) -> Prediction:
        """Run the network on RGB crops of shape (n, height, width, 3)."""
        ...
