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

    @property
    def batch_size(self) -> int:
        """Crops that it takes at once with a gain; 1 where those of one photo are as good."""
        ...

    def embed(self, crops: NDArray[np.uint8]) -> Prediction:
        """Run the network on any number of RGB crops, of shape (n, height, width, 3)."""
        ...


def prediction_of(
    card: ModelCard, embeddings: NDArray[np.float32], raw: NDArray[np.float32]
) -> Prediction:
    """What the outputs of a network mean, as its card says.

    Args:
        embeddings: shape (n, embedding_size); not looked at where the scores serve as such.
        raw: its scores, shape (n, classes).
    """
    scores = softmax(raw) if card.activation == "logits" else raw
    if card.embedding_from == "scores":
        return Prediction(np.sqrt(np.maximum(scores, 0)), scores)
    return Prediction(embeddings, scores)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities of logits, both of shape (n, classes)."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
