"""How the embedded networks are made ready for int8: rounding, evening out, correcting."""

from copy import deepcopy
from typing import Any

import numpy as np
import pytest

from app.vision.build import adapting
from app.vision.build.folded import Layer, Step
from app.vision.build.rounding import STEPS, round_filters


def moments_of(x: np.ndarray) -> np.ndarray:
    return x.T @ x / len(x)


def test_rounding_keeps_what_a_layer_answers() -> None:
    chance = np.random.default_rng(1)
    # Inputs that are all large together, as in an even picture.
    x = 3 + chance.normal(size=(500, 25)) * 0.3
    weights = chance.normal(size=(25, 12)) * 0.1
    step = np.abs(weights).max(axis=0) / STEPS
    nearest = np.round(weights / step) * step
    rounded = round_filters(weights, moments_of(x))

    def loss(found: np.ndarray) -> np.ndarray:
        return ((x @ (found - weights)) ** 2).mean(axis=0)

    assert (loss(rounded) <= loss(nearest)).all()
    assert loss(rounded).mean() < loss(nearest).mean() / 10
    # The converter, which takes the largest weight for 127 steps, rounds nothing any more.
    again = np.round(rounded / step)
    np.testing.assert_allclose(again * step, rounded, atol=1e-12)
    assert (np.abs(again).max(axis=0) == STEPS).all()


def test_filters_have_inputs_of_their_own_or_share_them() -> None:
    chance = np.random.default_rng(2)
    weights = chance.normal(size=(9, 3)) * 0.1
    even = moments_of(3 + 0.1 * chance.normal(size=(500, 9)))
    # A filter whose inputs have nothing to do with each other has no use for another step.
    moments = np.stack([even, np.eye(9), even])
    step = np.abs(weights).max(axis=0) / STEPS
    nearest = np.round(weights / step) * step
    shared, own = round_filters(weights, even), round_filters(weights, moments)
    np.testing.assert_allclose(own[:, [0, 2]], shared[:, [0, 2]])
    np.testing.assert_allclose(own[:, 1], nearest[:, 1])
    assert not np.allclose(shared[:, 1], nearest[:, 1])


def test_a_filter_of_zeros_stays_so() -> None:
    zeros = np.zeros((4, 2))
    np.testing.assert_array_equal(round_filters(zeros, np.eye(4)), zeros)


def network() -> tuple[list[Step], np.ndarray]:
    """A stem, three blocks of which the last two add, and a head."""
    chance = np.random.default_rng(3)

    def layer(
        name: str, size: int, inputs: int, outputs: int, stride: int = 1, *, relu: bool = True
    ) -> Layer:
        shape = (size, size, inputs, 1 if name.endswith("_depthwise_conv") else outputs)
        kernel = chance.normal(size=shape) / np.sqrt(size * size * inputs) * 2
        return Layer(name, stride, relu, kernel, chance.normal(size=outputs))

    steps = [Step("stem", [layer("conv_stem", 3, 3, 8, 2)], adds=False)]
    for index, inputs in enumerate((8, 6, 6)):
        prefix = f"blocks.{index}"
        inner = [layer(f"{prefix}._expand_conv", 1, inputs, 12)] if index else []
        width = 12 if index else inputs
        inner.append(layer(f"{prefix}._depthwise_conv", 3, width, width))
        project = layer(f"{prefix}._project_conv", 1, width, 6, relu=False)
        project.kernel[..., 0] *= 30  # one channel that reaches far beyond the others
        project.bias[1] += 50
        inner.append(project)
        steps.append(Step(prefix, inner, adds=index > 0))
    steps.append(Step("head", [layer("conv_head", 1, 6, 10)], adds=False))
    return steps, chance.uniform(-1, 1, (12, 16, 16, 3)).astype(np.float32)


def answers(steps: list[Step], x: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """What the last layer gives, and what every block does."""
    sums = []
    for step in steps:
        shortcut = x
        for layer in step.layers:
            x = adapting._activate(adapting._run(layer, x), layer)
        x = x + shortcut if step.adds else x
        sums.append(x)
    return x, sums


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # TensorFlow's own imports warn
def test_evened_channels_reach_as_far_and_answer_the_same() -> None:
    pytest.importorskip("tensorflow")
    steps, images = network()
    before, sums = answers(steps, images)
    evened = deepcopy(steps)
    adapting.even_out(evened, images)
    after, even_sums = answers(evened, images)
    np.testing.assert_allclose(after, before, rtol=1e-3, atol=1e-3)

    def spread(x: np.ndarray) -> float:
        reach = x.max(axis=(0, 1, 2)) - x.min(axis=(0, 1, 2))
        return float(reach.max() / np.median(reach))

    assert spread(sums[3]) > 5
    assert spread(even_sums[3]) < 3


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # TensorFlow's own imports warn
def test_rounded_and_corrected_layers_answer_on_average_as_before() -> None:
    pytest.importorskip("tensorflow")
    steps, images = network()
    adapting.even_out(steps, images)
    wanted, _ = answers(steps, images)
    rounded = deepcopy(steps)
    adapting.round_and_correct(rounded, images)
    found, _ = answers(rounded, images)
    assert cosine(wanted, found) > 0.999
    for step, other in zip(steps, rounded, strict=True):
        for layer, changed in zip(step.layers, other.layers, strict=True):
            in_float = layer.name in adapting.IN_FLOAT
            assert np.array_equal(layer.kernel, changed.kernel) == in_float, layer.name
            if not in_float:
                flat = changed.kernel.reshape(-1, len(changed.bias))
                whole = flat / np.abs(flat).max(axis=0) * STEPS
                np.testing.assert_allclose(whole, np.round(whole), atol=1e-6)


def cosine(one: Any, other: Any) -> float:
    one, other = one.ravel(), other.ravel()
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))
