"""EfficientNet-Lite for quantising: its convolutions with BatchNorm folded into them.

What is done to them makes int8 answer as float does, and costs nothing when the network runs (see
`adapting`):

- Between the blocks run sums of linear convolutions, and one scale has to serve all channels of
  such a sum. Each channel is shifted and scaled so that all span the same range, and the 1x1
  convolutions that read it undo that: the answer is the same (after Nagel and others 2019,
  arXiv:1906.04721). There is no ReLU6 in between, and no padding.
- Weights are rounded for the sums that they are part of (`rounding`), layer by layer, each on what
  the quantised layers before it give.
- What still shifts a channel on average goes into its bias (the same paper).

The stem and the depthwise convolution after it stay in float: pictures that are dark or even differ
there by less than a step of int8. That is a twentieth of the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from app.vision.build.rounding import Doubles
from app.vision.networks.efficientnet_lite import (
    BATCH_NORM_EPSILON,
    CLASSES,
    Variant,
    blocks,
)
from app.vision.tensorflow import import_keras

#: The layers that stay in float32.
IN_FLOAT: Final = ("conv_stem", "blocks.0._depthwise_conv")


@dataclass
class Layer:
    """A convolution with its BatchNorm in it: kernel as Keras has it, bias `[filters]`."""

    name: str
    stride: int
    relu: bool
    kernel: Doubles
    bias: Doubles

    @property
    def depthwise(self) -> bool:
        return self.name.endswith("_depthwise_conv")


@dataclass
class Step:
    """One block: its convolutions in order, and whether its input is added to what they give."""

    name: str
    layers: list[Layer]
    adds: bool


def fold(model: Any, variant: Variant) -> list[Step]:
    """The network of `efficientnet_lite.build_graph`, stem to head, as folded layers."""

    def layer(name: str, norm: str, stride: int = 1, *, relu: bool = True) -> Layer:
        kernel = np.asarray(model.get_layer(name).get_weights()[0], np.float64)
        parts = model.get_layer(norm).get_weights()
        scale, shift, mean, variance = (np.asarray(part, np.float64) for part in parts)
        factor = scale / np.sqrt(variance + BATCH_NORM_EPSILON)
        folded = Layer(name, stride, relu, kernel, shift - mean * factor)
        folded.kernel = kernel * _along_filters(factor, folded)
        return folded

    steps = [Step("stem", [layer("conv_stem", "bn0", 2)], adds=False)]
    for index, block in enumerate(blocks(variant)):
        prefix = f"blocks.{index}"
        layers = [
            layer(f"{prefix}._depthwise_conv", f"{prefix}._bn1", block.stride),
            layer(f"{prefix}._project_conv", f"{prefix}._bn2", relu=False),
        ]
        if block.expansion != 1:
            layers.insert(0, layer(f"{prefix}._expand_conv", f"{prefix}._bn0"))
        adds = block.stride == 1 and block.channels_in == block.channels_out
        steps.append(Step(prefix, layers, adds))
    return [*steps, Step("head", [layer("conv_head", "bn1")], adds=False)]


def _along_filters(values: Doubles, layer: Layer) -> Doubles:
    return values[:, np.newaxis] if layer.depthwise else values


def graph(steps: list[Step], model: Any, variant: Variant) -> Any:
    """A Keras model of folded layers, with the inputs, outputs and classifier of `model`."""
    keras = import_keras()
    layers = keras.layers
    weights: list[tuple[Any, list[Any]]] = []

    def apply(x: Any, each: Layer) -> Any:
        size = each.kernel.shape[0]
        made = (
            layers.DepthwiseConv2D(size, each.stride, padding="same", name=each.name)
            if each.depthwise
            else layers.Conv2D(len(each.bias), size, each.stride, padding="same", name=each.name)
        )
        weights.append((made, [each.kernel, each.bias]))
        x = made(x)
        return layers.ReLU(6.0, name=f"{each.name}.relu6")(x) if each.relu else x

    image = keras.Input((variant.input_size, variant.input_size, 3), name="image")
    x = image
    for step in steps:
        shortcut = x
        for each in step.layers:
            x = apply(x, each)
        if step.adds:
            x = layers.Add(name=f"{step.name}.add")([x, shortcut])
    embedding = layers.GlobalAveragePooling2D(name="embedding")(x)
    dense = layers.Dense(CLASSES, name="fc")
    weights.append((dense, model.get_layer("fc").get_weights()))
    scores = layers.Softmax(name="scores")(dense(embedding))
    for made, arrays in weights:
        made.set_weights([np.asarray(array, np.float32) for array in arrays])
    return keras.Model(image, {"embedding": embedding, "scores": scores}, name=variant.name)
