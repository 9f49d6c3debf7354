"""A small network from scratch: the one of TensorFlow's tutorial on image classification.

Photos scaled to 0..1, three blocks of a 3×3 convolution and a halving maximum with 16, 32 and 64
channels, dropout, a dense layer of 128 and one value for each class
(https://www.tensorflow.org/tutorials/images/classification).
"""

from __future__ import annotations

from typing import Any, Final

from app.core.training import TrainingSettings

#: The input is (pixel - MEAN) / STD, pixels 0 to 255.
MEAN: Final = (0.0, 0.0, 0.0)
STD: Final = (255.0, 255.0, 255.0)
CHANNELS: Final = (16, 32, 64)
RATE: Final = 1e-3
_DENSE: Final = 128


def embedding_size(classes: int) -> int:
    """Length of the embedding: what the dense layer before the last says."""
    # A network's two outputs are told apart by their lengths.
    return _DENSE if classes != _DENSE else _DENSE + 1


def build_core(edge: int, classes: int) -> Any:
    """The graph with fresh weights, as it is exported.

    Input: float32 `[batch, edge, edge, 3]`, normalised. Outputs, by name: `embedding`
    `[batch, 128]` and `scores` `[batch, classes]`, probabilities. In mixed precision these two
    stay in float32.
    """
    import keras
    from keras import layers

    image = keras.Input((edge, edge, 3), name="image")
    x = image
    for number, channels in enumerate(CHANNELS, 1):
        x = layers.Conv2D(channels, 3, padding="same", activation="relu", name=f"conv{number}")(x)
        x = layers.MaxPooling2D(name=f"pool{number}")(x)
    x = layers.Flatten(name="flat")(x)
    size = embedding_size(classes)
    x = layers.Dense(size, activation="relu", dtype="float32", name="embedding")(x)
    logits = layers.Dense(classes, dtype="float32", name="logits")(x)
    scores = layers.Softmax(dtype="float32", name="scores")(logits)
    return keras.Model(image, {"embedding": x, "scores": scores}, name="cnn")


def training_model(core: Any, augment: Any, settings: TrainingSettings) -> Any:
    """The core with augmentation and dropout around it; the weights are the same ones.

    Input: `[batch, edge, edge, 3]`, pixels 0 to 255. Output: logits `[batch, classes]`.
    """
    import keras
    from keras import layers

    pixels = keras.Input(core.input_shape[1:], name="pixels")
    x = augment(pixels) if settings.augments else pixels
    x = layers.Rescaling(1 / STD[0], name="rescaling")(x)
    for number in range(1, len(CHANNELS) + 1):
        x = core.get_layer(f"pool{number}")(core.get_layer(f"conv{number}")(x))
    if settings.dropout:
        x = layers.Dropout(settings.dropout, seed=settings.seed, name="dropout")(x)
    for name in ("flat", "embedding", "logits"):
        x = core.get_layer(name)(x)
    return keras.Model(pixels, x, name="cnn-in-training")
