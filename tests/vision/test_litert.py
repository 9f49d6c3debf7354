"""Networks of every form in which numbers go in and come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.vision.catalogue import ModelCard
from app.vision.embedder import Prediction
from app.vision.litert import LiteRTEmbedder
from app.vision.outside.examining import with_outputs
from app.vision.outside.ranges import RANGES
from app.vision.outside.trial import card_for
from tests.tiny_tflite import GAIN, colour_network

Made = Callable[..., ModelCard]
#: Mean colours of the pictures, 0 to 255.
MEANS = np.array([[200, 90, 40], [30, 220, 100], [10, 20, 240], [128, 127, 126], [0, 255, 64]])


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A card of a network of colours."""

    def make(**form: Any) -> ModelCard:
        content, structure, _ = with_outputs(colour_network(**form), None)
        file = tmp_path / "network.tflite"
        file.write_bytes(content)
        activation = structure.activation or "logits"
        return card_for(file, structure, RANGES["-1..1"], activation)

    return make


def pictures(count: int = 5) -> NDArray[np.uint8]:
    """One colour each, with stripes: 24 x 32 pixels."""
    plain = np.repeat(np.repeat(MEANS[:count, None, None], 24, 1), 32, 2).astype(np.int64)
    plain[:, ::2] = np.minimum(plain[:, ::2] + 3, 255)
    return plain.astype(np.uint8)


def expected(crops: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Embedding and probabilities, worked out without a network."""
    means = crops.mean(axis=(1, 2)) / 127.5 - 1
    powers = np.exp(GAIN * means)
    return means, powers / powers.sum(axis=1, keepdims=True)


def agree(said: Prediction, crops: NDArray[np.uint8], tolerance: float) -> None:
    embeddings, scores = expected(crops)
    assert said.embeddings.dtype == said.scores.dtype == np.float32
    assert said.embeddings.shape == embeddings.shape and said.scores.shape == scores.shape
    np.testing.assert_allclose(said.embeddings, embeddings, atol=tolerance)
    np.testing.assert_allclose(said.scores, scores, atol=tolerance)


@pytest.mark.parametrize(
    ("form", "tolerance"),
    [
        ({}, 1e-5),
        ({"batch": 1}, 1e-5),
        ({"batch": 4}, 1e-5),
        ({"layout": "NCHW"}, 1e-5),
        ({"layout": "NCHW", "batch": 1}, 1e-5),
        ({"scores": "logits"}, 1e-5),
        ({"outputs": "uint8"}, 0.005),
        ({"numbers": "uint8"}, 0.008),
        ({"numbers": "int8", "outputs": "int8", "batch": 1}, 0.008),
        ({"numbers": "uint8", "outputs": "uint8", "batch": 3}, 0.008),
    ],
)
@pytest.mark.parametrize("count", [1, 3, 5])
def test_every_form_gives_the_same(
    made: Made, form: dict[str, Any], tolerance: float, count: int
) -> None:
    crops = pictures(count)
    agree(LiteRTEmbedder(made(**form), threads=1).embed(crops), crops, tolerance)


def test_sigmoids_are_taken_as_they_are(made: Made) -> None:
    crops = pictures()
    said = LiteRTEmbedder(made(scores="sigmoid"), threads=1).embed(crops)
    means, _ = expected(crops)
    np.testing.assert_allclose(said.scores, 1 / (1 + np.exp(-GAIN * means)), atol=1e-5)


def test_colours_can_come_in_the_other_order_each_with_its_own_mean(made: Made) -> None:
    card = replace(made(), channels="BGR", mean=(100.0, 110.0, 120.0), std=(50.0, 60.0, 70.0))
    crops = pictures()
    said = LiteRTEmbedder(card, threads=1).embed(crops)
    normal = (crops.mean(axis=(1, 2)) - card.mean) / card.std
    np.testing.assert_allclose(said.embeddings, normal[:, ::-1], atol=1e-4)


def test_a_quantised_input_is_rounded_and_stays_within_its_numbers(made: Made) -> None:
    card = replace(made(numbers="uint8"), mean=(0.0, 0.0, 0.0), std=(127.5, 127.5, 127.5))
    bright = np.full((1, 24, 32, 3), 255, np.uint8)  # 2.0, where the input ends at 1.004
    said = LiteRTEmbedder(card, threads=1).embed(bright)
    np.testing.assert_allclose(said.embeddings, 128 / 127.5, atol=1e-4)


def test_without_an_embedding_the_roots_of_the_scores_serve_as_one(made: Made) -> None:
    card = made(middle="none")
    assert card.embedding_from == "scores"
    said = LiteRTEmbedder(card, threads=1).embed(pictures())
    np.testing.assert_allclose(said.embeddings**2, said.scores, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(said.embeddings, axis=1), 1, atol=1e-5)


def test_an_embedding_as_long_as_the_scores_is_told_from_them_by_name(made: Made) -> None:
    card = made()
    assert card.embedding_size == card.classes
    agree(LiteRTEmbedder(card, threads=1).embed(pictures()), pictures(), 1e-5)
    unnamed = colour_network()  # has one output only, and no signature
    card.file.write_bytes(unnamed)
    import hashlib

    wrong = replace(card, sha256=hashlib.sha256(unnamed).hexdigest())
    with pytest.raises(ModelError, match="one size"):
        LiteRTEmbedder(wrong, threads=1).embed(pictures())


def test_a_network_that_cannot_run_is_a_model_error(made: Made) -> None:
    card = replace(made(batch=1), input_size=(40, 40))
    with pytest.raises(ModelError, match="LiteRT cannot"):
        LiteRTEmbedder(card, threads=1).embed(np.zeros((1, 24, 32, 3), np.uint8))
