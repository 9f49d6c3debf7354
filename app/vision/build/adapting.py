"""Makes folded layers ready for int8: evens out channels, rounds weights, corrects biases."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.vision.build.folded import IN_FLOAT, Layer, Step
from app.vision.build.rounding import Doubles, round_filters
from app.vision.tensorflow import import_tensorflow

Floats = NDArray[np.float32]

#: Inputs of a layer that are looked at to round it; with 1x1, at least so many for each channel.
_PATCHES: Final = 4000
_FOR_EACH_CHANNEL: Final = 8
_BATCH: Final = 10
#: A channel narrower than this part of the widest is not stretched further.
_NARROWEST: Final = 1e-3


def even_out(steps: list[Step], images: Floats) -> None:
    """Shift and scale the channels between blocks so that all span the same range.

    The network answers the same: whatever reads these channels undoes it.

    Args:
        steps: are changed.
        images: network inputs `[n, size, size, 3]` that show how far the channels reach.
    """
    reaches: list[tuple[Doubles, Doubles]] = []
    widths: list[Doubles] = []
    x = images
    for step in steps:
        shortcut = x
        for layer in step.layers:
            x = _activate(_run(layer, x), layer)
        widths.append(_width(x))
        if step.adds:
            x = x + shortcut
        low, high = x.min(axis=(0, 1, 2)), x.max(axis=(0, 1, 2))
        reaches.append((np.asarray(low, np.float64), np.asarray(high, np.float64)))
    # The stem and the head end in a ReLU6, and are left as they are.
    first = 1
    while first < len(steps) - 1:
        end = first + 1
        while steps[end].adds:
            end += 1
        _even_out_sums(steps, range(first, end), reaches, widths)
        first = end


def _even_out_sums(
    steps: list[Step], members: range, reaches: list[tuple[Doubles, Doubles]], widths: list[Doubles]
) -> None:
    """As `even_out`, for blocks that each add to what those before them gave."""
    half = np.max([(high - low) / 2 for low, high in (reaches[n] for n in members)], axis=0)
    for member in members[1:]:
        half = np.maximum(half, widths[member] / 2)
    half = np.maximum(half, _NARROWEST * half.max())
    scale = half / np.exp(np.log(half).mean())
    before: Doubles = np.zeros_like(scale)
    for member in members:
        low, high = reaches[member]
        centre = (low + high) / 2
        project, reader = steps[member].layers[-1], steps[member + 1].layers[0]
        project.kernel = project.kernel / scale
        project.bias = (project.bias - (centre - before)) / scale
        reader.bias = reader.bias + centre @ reader.kernel[0, 0]
        reader.kernel = reader.kernel * scale[:, np.newaxis]
        before = centre


def round_and_correct(steps: list[Step], images: Floats) -> None:
    """Round the weights, each layer on what the quantised ones before it give, and its bias.

    Args:
        steps: are changed; the layers of `IN_FLOAT` stay as they are.
        images: network inputs `[n, size, size, 3]`.
    """
    chance = np.random.default_rng(0)
    exact, rounded = images, images
    for step in steps:
        shortcuts = exact, rounded
        for layer in step.layers:
            wanted = _run(layer, exact)
            if layer.name not in IN_FLOAT:
                _round(layer, rounded, chance)
            found = _run(layer, rounded)
            if layer.name not in IN_FLOAT:
                drift = _mean(wanted) - _mean(found)
                layer.bias = layer.bias + drift
                found += drift.astype(np.float32)
            exact, rounded = _activate(wanted, layer), _activate(found, layer)
            # What the first projection reads is quantised, whatever made it.
            if layer.name != IN_FLOAT[0]:
                rounded = _quantised(rounded, exact)
        if step.adds:
            exact = exact + shortcuts[0]
            rounded = _quantised(rounded + shortcuts[1], exact)


def _round(layer: Layer, x: Floats, chance: np.random.Generator) -> None:
    seen = _patches(layer, x, chance)
    if layer.depthwise:
        columns = np.ascontiguousarray(seen.transpose(2, 1, 0))
        moments = columns @ columns.transpose(0, 2, 1)
    else:
        seen = seen.reshape(len(seen), -1)
        moments = seen.T @ seen
    weights = layer.kernel.reshape(-1, len(layer.bias))
    rounded = round_filters(weights, moments.astype(np.float64) / len(seen))
    layer.kernel = rounded.reshape(layer.kernel.shape)


def _patches(layer: Layer, x: Floats, chance: np.random.Generator) -> Floats:
    """What a layer reads at some places drawn at random: `[places, taps, channels]`."""
    size, stride = layer.kernel.shape[0], layer.stride
    count = _PATCHES if layer.depthwise else max(_PATCHES, _FOR_EACH_CHANNEL * x.shape[-1])
    edge = x.shape[1]
    out = -(-edge // stride)
    # As TensorFlow pads for 'same': the odd pixel goes behind.
    padding = max((out - 1) * stride + size - edge, 0)
    around = (padding // 2, padding - padding // 2)
    padded = np.pad(x, ((0, 0), around, around, (0, 0))) if padding else x
    which = chance.integers(0, len(x), count)
    top, left = (chance.integers(0, out, count) * stride for _ in range(2))
    return np.stack(
        [padded[which, top + row, left + column] for row in range(size) for column in range(size)],
        axis=1,
    )


def _run(layer: Layer, x: Floats) -> Floats:
    """What a convolution gives, before its ReLU6."""
    tf = import_tensorflow()
    kernel = tf.constant(layer.kernel, tf.float32)
    bias = tf.constant(layer.bias, tf.float32)

    def run(part: Floats) -> Any:
        if layer.depthwise:
            strides = [1, layer.stride, layer.stride, 1]
            return (tf.nn.depthwise_conv2d(part, kernel, strides, "SAME") + bias).numpy()
        return (tf.nn.conv2d(part, kernel, layer.stride, "SAME") + bias).numpy()

    return np.concatenate([run(x[at : at + _BATCH]) for at in range(0, len(x), _BATCH)])


def _activate(x: Floats, layer: Layer) -> Floats:
    return np.clip(x, 0, 6, out=x) if layer.relu else x


def _quantised(x: Floats, exact: Floats) -> Floats:
    """Values as int8 holds them, 256 steps from the least to the largest of `exact`; in place."""
    low, high = min(float(exact.min()), 0.0), max(float(exact.max()), 0.0)
    step = np.float32((high - low) / 255)
    zero = np.float32(round(-low / float(step)))
    x /= step
    np.round(x, out=x)
    x += zero
    np.clip(x, 0, 255, out=x)
    x -= zero
    x *= step
    return x


def _mean(x: Floats) -> Doubles:
    mean: Doubles = x.mean(axis=(0, 1, 2), dtype=np.float64)
    return mean


def _width(x: Floats) -> Doubles:
    return np.asarray(x.max(axis=(0, 1, 2)) - x.min(axis=(0, 1, 2)), np.float64)
