"""Networks on Keras: the same answers as LiteRT's, on little memory, and on JAX."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.paths import data_path
from app.services.features import load_crops
from app.vision.catalogue import Catalogue
from app.vision.keras_embedder import KerasEmbedder, is_out_of_memory
from app.vision.litert import LiteRTEmbedder
from tests.conftest import ROOT, SAMPLES

CARD = Catalogue([data_path("models")]).get("efficientnet-lite0")


@pytest.fixture(scope="module")
def crops(samples: Path) -> np.ndarray:
    return np.concatenate([load_crops(samples / name, CARD, 1) for name in SAMPLES])


@pytest.fixture(scope="module")
def embedder(keras: Any) -> KerasEmbedder:
    return KerasEmbedder(CARD, batch_size=4, jit=False)


def cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.sum(one * other, axis=1) / norms


def test_it_answers_as_the_processor_does(embedder: KerasEmbedder, crops: np.ndarray) -> None:
    wanted = LiteRTEmbedder(CARD, threads=1).embed(crops)

    found = embedder.embed(crops)

    assert cosines(found.embeddings, wanted.embeddings).min() >= 0.98
    assert (found.scores.argmax(axis=1) == wanted.scores.argmax(axis=1)).all()
    assert (found.embeddings.dtype, found.scores.dtype) == (np.float32, np.float32)


def test_any_number_of_crops_gives_the_same_answers(
    embedder: KerasEmbedder, crops: np.ndarray
) -> None:
    whole = embedder.embed(crops)
    many = embedder.embed(np.concatenate([crops, crops, crops[:1]]))  # two batches and a part

    alone = np.concatenate([embedder.embed(crops[n : n + 1]).embeddings for n in range(4)])

    np.testing.assert_allclose(alone, whole.embeddings, atol=1e-4)
    assert many.scores.shape == (9, CARD.classes)
    np.testing.assert_allclose(many.embeddings[4:8], whole.embeddings, atol=1e-4)
    np.testing.assert_allclose(many.embeddings[8], whole.embeddings[0], atol=1e-4)


def test_half_precision_says_the_same(
    keras: Any, embedder: KerasEmbedder, crops: np.ndarray
) -> None:
    half = KerasEmbedder(CARD, precision="mixed_float16", batch_size=4, jit=False)

    found, wanted = half.embed(crops), embedder.embed(crops)

    assert cosines(found.embeddings, wanted.embeddings).min() > 0.999
    assert not np.array_equal(found.embeddings, wanted.embeddings)  # it was another precision
    np.testing.assert_allclose(found.scores.sum(axis=1), 1, atol=1e-5)
    assert keras.config.dtype_policy().name == "float32"  # for everybody else


def small(keras: Any, scale: float = 1.0) -> Any:
    """Averages the colours, times a scale; what it says of them are the classes' logits."""
    image = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(
        3, 1, use_bias=False, kernel_initializer=keras.initializers.Constant(scale)
    )(image)
    embedding = keras.layers.GlobalAveragePooling2D(name="embedding")(x)
    scores = keras.layers.Dense(3, kernel_initializer="identity", name="scores")(embedding)
    return keras.Model(image, {"embedding": embedding, "scores": scores})


@pytest.fixture
def small_card(monkeypatch: pytest.MonkeyPatch, keras: Any) -> Callable[..., Any]:
    """A card of a network given as it is."""

    def make(model: Any, **changes: Any) -> Any:
        monkeypatch.setattr("app.vision.keras_embedder.load_float", lambda _: model)
        card = dataclasses.replace(CARD, input_size=(8, 8), embedding_size=3, classes=3)
        return dataclasses.replace(card, activation="logits", **changes)

    return make


def test_answers_beyond_half_precision_are_computed_in_single(
    keras: Any, small_card: Callable[..., Any]
) -> None:
    white = np.full((2, 8, 8, 3), 254, np.uint8)  # comes in as 127 / 128
    network = small(keras, scale=40_000)
    embedder = KerasEmbedder(small_card(network), precision="mixed_float16", batch_size=2)

    found = embedder.embed(white)

    np.testing.assert_allclose(found.embeddings, 3 * 40_000 * 127 / 128, rtol=1e-3)
    assert np.isfinite(found.scores).all()


def test_colours_come_in_the_order_that_the_network_wants(
    keras: Any, small_card: Callable[..., Any]
) -> None:
    image = keras.Input((8, 8, 3))
    embedding = keras.layers.GlobalAveragePooling2D(name="embedding")(image)
    scores = keras.layers.Activation("linear", name="scores")(embedding)
    network = keras.Model(image, {"embedding": embedding, "scores": scores})
    picture = np.zeros((1, 8, 8, 3), np.uint8)
    picture[..., 0], picture[..., 2] = 10, 30
    card = small_card(network, channels="BGR", mean=(1.0, 2.0, 3.0), std=(1.0, 2.0, 4.0))

    found = KerasEmbedder(card, batch_size=1).embed(picture)

    # Mean and deviation are those of red, green and blue.
    np.testing.assert_allclose(found.embeddings[0], [(30 - 3) / 4, (0 - 2) / 2, 9], atol=1e-5)
    np.testing.assert_allclose(found.scores.sum(), 1, atol=1e-5)  # logits no longer


def short_of_memory(embedder: KerasEmbedder, most: int) -> list[int]:
    """The compiled function below the network has no memory for more pictures than `most`."""
    import tensorflow as tf

    model, asked = embedder._model, []
    model.make_predict_function()
    inner = model.predict_function

    def function(data: Any) -> Any:
        asked.append(len(data[0][0]))
        if asked[-1] > most:
            raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")
        return inner(data)

    model.predict_function = function
    return asked


def test_too_little_memory_halves_the_batch_for_good(keras: Any, crops: np.ndarray) -> None:
    kept: list[int] = []
    embedder = KerasEmbedder(CARD, batch_size=16, jit=False, shrunk=kept.append)
    wanted = LiteRTEmbedder(CARD, threads=1).embed(crops)
    asked = short_of_memory(embedder, 4)
    many = np.concatenate([crops] * 4)

    found = embedder.embed(many)

    assert kept == [8, 4]
    assert embedder.batch_size == 4
    assert asked == [16, 8, 4, 4, 4, 4]  # nothing was computed twice, nothing left out
    np.testing.assert_array_less(0.98, cosines(found.embeddings[12:], wanted.embeddings))
    asked.clear()
    embedder.embed(many)
    assert asked == [4, 4, 4, 4]


def test_no_memory_for_a_single_photo_is_an_error(keras: Any, crops: np.ndarray) -> None:
    embedder = KerasEmbedder(CARD, batch_size=2, jit=False)
    short_of_memory(embedder, 0)

    with pytest.raises(MemoryError):
        embedder.embed(crops)


def test_errors_of_other_kinds_are_not_taken_for_want_of_memory() -> None:
    assert not is_out_of_memory(RuntimeError("CUDA_ERROR_LAUNCH_FAILED"))
    assert is_out_of_memory(RuntimeError("RESOURCE_EXHAUSTED: Out of memory allocating 1 byte"))


_ON_JAX = """
import json, sys
import numpy as np
from app.core.paths import data_path
from app.vision.catalogue import Catalogue
from app.vision.keras_embedder import KerasEmbedder
import jax
card = Catalogue([data_path("models")]).get("efficientnet-lite0")
kept = []
embedder = KerasEmbedder(card, batch_size=2, jit=False, shrunk=kept.append)
model = embedder._model
inner = model.predict_on_batch
def short(batch):
    if len(batch) > 1:
        raise jax.errors.JaxRuntimeError("RESOURCE_EXHAUSTED: Out of memory")
    return inner(batch)
model.predict_on_batch = short
found = embedder.embed(np.load(sys.argv[1]))
import keras
np.save(sys.argv[2], found.embeddings)
print(json.dumps([keras.backend.backend(), "tensorflow" in sys.modules, kept]))
"""


@pytest.mark.slow
def test_it_runs_on_jax(crops: np.ndarray, tmp_path: Path) -> None:
    """`TAGWRIGHT_JAX_PYTHON` may name a Python that has JAX, where this one has not."""
    python = os.environ.get("TAGWRIGHT_JAX_PYTHON", sys.executable)
    if python == sys.executable and importlib.util.find_spec("jax") is None:
        pytest.skip("JAX is not installed")
    np.save(tmp_path / "crops.npy", crops[:2])

    process = subprocess.run(
        [python, "-c", _ON_JAX, tmp_path / "crops.npy", tmp_path / "found.npy"],
        env={**os.environ, "KERAS_BACKEND": "jax", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )

    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout.splitlines()[-1]) == ["jax", False, [1]]
    wanted = LiteRTEmbedder(CARD, threads=1).embed(crops[:2])
    assert cosines(np.load(tmp_path / "found.npy"), wanted.embeddings).min() >= 0.98
