"""The networks that are trained: which weights learn, and what is exported."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.core.paths import data_path
from app.core.training import Form, TrainingSettings
from app.vision.catalogue import Catalogue
from app.vision.networks.load import load_float
from app.vision.training import cnn, finetune
from app.vision.training.augmentation import augmenter
from app.vision.training.data import batches
from app.vision.training.export import choose
from app.vision.training.fit import falling, overfits

PLAIN = TrainingSettings(flip=False, rotation=False, zoom=False, dropout=0.0)


@pytest.fixture(scope="module")
def photos() -> Any:
    return np.random.default_rng(0).integers(0, 256, (2, 224, 224, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def refined() -> finetune.Refined:
    card = Catalogue([data_path("models")]).get("efficientnet-lite0")
    return finetune.refine(load_float(card), 3, TrainingSettings())


def test_the_small_network_is_the_tutorials() -> None:
    core = cnn.build_core(180, 5)

    convolutions = [layer for layer in core.layers if type(layer).__name__ == "Conv2D"]
    assert [layer.filters for layer in convolutions] == [16, 32, 64]
    assert core.output["embedding"].shape == (None, 128)
    assert core.output["scores"].shape == (None, 5)
    # As the tutorial's summary says.
    assert core.count_params() == 3_989_285


def test_what_learns_is_what_is_exported() -> None:
    core = cnn.build_core(32, 2)
    model = cnn.training_model(core, augmenter(PLAIN), PLAIN)
    pixels = np.random.default_rng(0).uniform(0, 255, (3, 32, 32, 3)).astype(np.float32)

    logits = np.asarray(model(pixels, training=False))
    scores = np.asarray(core(pixels / np.float32(255), training=False)["scores"])

    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    assert scores == pytest.approx(powers / powers.sum(axis=1, keepdims=True), abs=1e-5)
    assert {id(each) for each in model.weights} == {id(each) for each in core.weights}


def test_as_many_classes_as_values_stay_apart() -> None:
    sizes = {cnn.embedding_size(classes) == classes for classes in (2, 127, 128, 129)}

    assert sizes == {False}


def test_photos_change_only_while_they_are_learned() -> None:
    pixels = np.random.default_rng(0).uniform(0, 255, (2, 32, 32, 3)).astype(np.float32)
    augment = augmenter(TrainingSettings())

    assert np.asarray(augment(pixels, training=False)) == pytest.approx(pixels)
    assert np.abs(np.asarray(augment(pixels, training=True)) - pixels).mean() > 5


def test_both_halves_make_the_whole(refined: finetune.Refined, photos: Any) -> None:
    image = (photos.astype(np.float32) - 127) / 128

    whole = np.asarray(refined.core(image, training=False)["embedding"])
    halves = np.asarray(refined.upper(refined.lower(image, training=False), training=False))

    assert halves == pytest.approx(whole, abs=1e-4)
    below, above = (sum(bool(layer.weights) for layer in model.layers)
                    for model in (refined.lower, refined.upper))  # fmt: skip
    assert above > 10 and above / (above + below) <= finetune.UPPER_SHARE


def test_only_the_upper_blocks_learn_and_no_batch_norm(refined: finetune.Refined) -> None:
    import keras

    def weights(model: Any, kind: str) -> list[Any]:
        return [
            np.array(weight)
            for layer in model.layers
            if (type(layer).__name__ == "BatchNormalization") == (kind == "norm")
            for weight in layer.weights
        ]

    finetune.thaw(refined.upper)
    before = {kind: weights(refined.upper, kind) for kind in ("norm", "other")}
    lower = weights(refined.lower, "other")
    features = np.random.default_rng(0).normal(size=(8, *refined.lower.output.shape[1:]))
    refined.tail.compile(
        keras.optimizers.SGD(0.1), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    )
    # Twice: after the first time the last layer still says nothing to what is below it.
    refined.tail.fit(features.astype(np.float32), np.arange(8) % 3, epochs=2, verbose=0)

    after = {kind: weights(refined.upper, kind) for kind in ("norm", "other")}
    assert all(np.array_equal(*pair) for pair in zip(before["norm"], after["norm"], strict=True))
    assert not any(
        np.array_equal(*pair) for pair in zip(before["other"], after["other"], strict=True)
    )
    assert all(
        np.array_equal(*pair) for pair in zip(lower, weights(refined.lower, "other"), strict=True)
    )


def test_batches_bring_each_photo_once_in_another_order_each_time() -> None:
    values = np.arange(10, dtype=np.float32).reshape(10, 1)
    dataset = batches(values, np.arange(10) % 2, 2, 4, seed=1, rows=np.arange(1, 10))

    rounds = [[(value[0], int(target[1])) for value, target in _all(dataset)] for _ in range(2)]

    assert all(sorted(each) == [(n, n % 2) for n in range(1, 10)] for each in rounds)
    assert rounds[0] != rounds[1]


def test_a_round_has_one_version_of_each_photo_and_the_rounds_take_turns() -> None:
    # Three versions of five photos; a value says which of which.
    values = np.array([[version, photo] for version in range(3) for photo in range(5)], np.float32)
    dataset = batches(values, np.tile(np.arange(5) % 2, 3), 2, 2, seed=1, versions=3)

    rounds = [
        [(int(value[0]), int(value[1]), int(target[1])) for value, target in _all(dataset)]
        for _ in range(6)
    ]

    assert len(dataset) == 3
    for each in rounds:
        assert sorted((photo, right) for _, photo, right in each) == [(n, n % 2) for n in range(5)]
    for some in (rounds[:3], rounds[3:]):
        assert {each[:2] for one in some for each in one} == {
            (version, photo) for version in range(3) for photo in range(5)
        }
    assert any(len({version for version, _, _ in each}) > 1 for each in rounds)
    assert [photo for _, photo, _ in rounds[0]] != [photo for _, photo, _ in rounds[3]]


def test_mixed_photos_have_mixed_targets() -> None:
    classes = np.arange(40) % 2
    values = np.stack([classes, 1 - classes], axis=1).astype(np.float16)

    pairs = _all(batches(values, classes, 2, 10, seed=1, smoothing=0.2, mixing=0.4))

    # Before, a value says its class; mixed, it says the mixed target.
    for value, target in pairs:
        assert target.sum() == pytest.approx(1)
        assert target[1] == pytest.approx(0.1 + 0.8 * value[0], abs=1e-3)
    assert any(0.2 < value[0] < 0.8 for value, _ in pairs)


def _all(dataset: Any) -> list[Any]:
    parts = [(np.asarray(values), np.asarray(targets)) for values, targets in dataset]
    return [pair for part in parts for pair in zip(*part, strict=True)]


def test_the_rate_rises_and_falls_to_nothing() -> None:
    def rates(optimiser: Any) -> list[float]:
        import keras

        weight = keras.Variable(0.0)
        optimiser.build([weight])
        found = []
        for _ in range(30):
            found.append(float(optimiser.learning_rate))
            optimiser.apply([np.float32(1)], [weight])
        return found

    rising, at_once = (rates(falling(1e-3, 10, 33, 16, rising=share)) for share in (0.2, 0.0))
    assert int(np.argmax(rising)) == 6 and rising[0] == 0.0
    assert rising[6] == pytest.approx(1e-3) and rising[29] < 1e-5
    assert at_once[0] == pytest.approx(1e-3) and at_once == sorted(at_once, reverse=True)
    assert at_once[29] < 1e-5


@pytest.mark.parametrize(
    ("rounds", "loss", "at_best", "expected"),
    [(4, 0.1, 0.2, True), (3, 0.1, 0.2, False), (9, 0.3, 0.2, False)],
)
def test_overfitting_is_better_in_training_only(
    rounds: int, loss: float, at_best: float, expected: bool
) -> None:
    assert overfits(rounds, loss, at_best) is expected


@pytest.mark.parametrize(("int8", "kept"), [(0.9, "int8"), (0.89, "int8"), (0.88, "float")])
def test_the_small_form_is_kept_unless_it_is_worse(int8: float, kept: str) -> None:
    forms = [Form("float", 4, 0.9, 1.0, 0.0), Form("int8", 1, int8, 1.0, 0.0)]

    assert choose(forms) == kept
