"""Photos made of numbers: kinds that lie around centres, as embeddings of a network do."""

from __future__ import annotations

import numpy as np

from app.core.tag import Tag
from app.learning.examples import Example

SIZE = 48
DOG, CAT, BOAT = Tag.parse("Animal/Dog"), Tag.parse("Animal/Cat"), Tag.parse("Boat")
ANIMAL = Tag(("Animal",))


def centres(count: int, size: int = SIZE) -> np.ndarray:
    """Centres of kinds: non-negative, as pooled ReLUs are."""
    return np.abs(np.random.default_rng(7).standard_normal((count, size)))


def photos(kind: np.ndarray, count: int, seed: int, spread: float = 0.45) -> np.ndarray:
    """Embeddings around a centre, shape (count, size), as the library keeps them."""
    noise = np.random.default_rng(seed).standard_normal((count, len(kind))) * spread
    return np.maximum(kind + noise, 0).astype(np.float16)


def example(photo: int, embedding: np.ndarray, right: str = "", wrong: str = "") -> Example:
    """An example with tags separated by commas."""
    return Example(photo, embedding, _tags(right), _tags(wrong))


def _tags(text: str) -> frozenset[Tag]:
    return frozenset(Tag.parse(part) for part in text.split(",") if part)
