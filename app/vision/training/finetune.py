"""Teaching a network that is there other classes: a new last layer, then its upper blocks.

What makes it fit for a machine without a GPU: the lower blocks stay as they are, so what they make
of each photo, and of some augmented copies of it, is computed once and kept; the rounds run
through the upper blocks only. BatchNorm keeps the mean and variance that it has learned from
millions of photos, and works as in inference throughout
(https://www.tensorflow.org/tutorials/images/transfer_learning says why).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.core.training import TrainingSettings
from app.vision.tensorflow import import_tensorflow
from app.vision.training.data import Rows

#: How many of a network's layers with weights are upper ones, at most. Tried inside the flower
#: training photos (three of five folds, Lite0, the frozen network right on 89.7 to 90.0 %): with
#: 0.25 90.3 and 90.7 %, with 0.4 91.7 %, with 0.7 88.7 and 89.3 % in more than the time; each with
#: rates and mixing of its own, so that it is weak evidence.
UPPER_SHARE: Final = 0.4
#: Augmented copies of each training photo, beside the photo itself.
COPIES: Final = 3
#: Rounds through all copies, at most: on what a frozen network says, more change nothing.
HEAD_ROUNDS: Final = 10
HEAD_RATE: Final = 1e-3
#: Rounds through all photos, each time in another of their copies, at most. The rate rises in the
#: first ones, so that a last layer that fits is not torn away from what is below it (with 0.0004
#: and 0.0003 from the start the first round loses 8 to 11 points), and falls to nothing.
UPPER_ROUNDS: Final = 12
UPPER_RATE: Final = 1e-4
RISING: Final = 0.2
UPPER_BATCH: Final = 16
#: See `app.vision.training.data.batches`.
SMOOTHING: Final = 0.1
MIXING: Final = 0.2
#: Photos that go through the lower blocks together.
_BATCH: Final = 16


@dataclass(frozen=True, eq=False)
class Refined:
    """A network on its way to other classes. All of its models share their weights.

    Attributes:
        core: as it is exported: normalised image in, `embedding` and `scores` out.
        lower: normalised image in, feature map out; None where the network cannot be cut.
        upper: feature map in, embedding out.
        head: embedding in, logits out; with dropout while it learns.
        tail: feature map in, logits out: `upper` and `head`.
    """

    core: Any
    lower: Any
    upper: Any
    head: Any
    tail: Any


def refine(backbone: Any, classes: int, settings: TrainingSettings) -> Refined:
    """Give a network a new last layer, and cut it in two.

    Args:
        backbone: as `app.vision.networks.load.load_float` gives it; it becomes part of the result.
    """
    import keras
    from keras import layers

    embedding = backbone.output["embedding"]
    size = int(embedding.shape[-1])
    features = keras.Input((size,), name="features")
    dropout = layers.Dropout(settings.dropout, seed=settings.seed, name="dropout")
    # From nothing: with few photos, chance in the first weights stays to the end (a point and more
    # of right answers in cross-validation inside the flower training photos).
    dense = layers.Dense(classes, dtype="float32", kernel_initializer="zeros", name="own_logits")
    head = keras.Model(features, dense(dropout(features)), name="head")
    scores = layers.Softmax(dtype="float32", name="own_scores")(dense(embedding))
    core = keras.Model(backbone.input, {"embedding": embedding, "scores": scores}, name="refined")
    place = cut_point(backbone, embedding)
    lower = keras.Model(backbone.input, place, name="lower")
    upper = keras.Model(place, embedding, name="upper")
    tail = keras.Model(upper.input, head(upper.output), name="tail")
    backbone.trainable = False
    return Refined(core, lower, upper, head, tail)


def thaw(upper: Any) -> None:
    """Let the upper blocks learn, all but their BatchNorm."""
    for layer in upper.layers:
        # Each by itself: Keras says it to no layer of a model that calls itself trainable already.
        layer.trainable = type(layer).__name__ != "BatchNormalization"


def cut_point(backbone: Any, embedding: Any, share: float = UPPER_SHARE) -> Any:
    """A tensor of the graph through which everything goes that reaches the embedding.

    Of all such, it is the one with the most layers above it that are at most a share of those
    with weights; where there is none, it is the embedding itself.
    """
    order = _layers_below(backbone, embedding)
    weighted = sum(bool(layer.weights) for layer in order)
    open_edges: set[int] = set()
    best, below = embedding, 0
    last_use = {
        id(tensor): number for number, layer in enumerate(order) for tensor in _inputs_of(layer)
    }
    for number, layer in enumerate(order):
        open_edges = {tensor for tensor in open_edges if last_use.get(tensor, -1) > number}
        output = layer.output
        open_edges.add(id(output))
        below += bool(layer.weights)
        above = weighted - below
        if len(open_edges) == 1 and number and above <= share * weighted:
            best = output
            break
    return best


def _layers_below(backbone: Any, embedding: Any) -> list[Any]:
    """The layers that the embedding needs, each after those that it takes its input from."""
    import keras

    reached = keras.Model(backbone.input, embedding)
    return [layer for layer in reached.layers if not isinstance(layer, keras.Model)]


def _inputs_of(layer: Any) -> list[Any]:
    import keras

    if isinstance(layer, keras.layers.InputLayer):
        return []
    inputs = layer.input
    return list(inputs) if isinstance(inputs, list | tuple) else [inputs]


def feature_maker(refined: Refined, normalise: Callable[[Any], Any], augment: Any | None) -> Any:
    """A compiled function from photos to what the lower blocks make of them.

    Args:
        normalise: from pixels 0 to 255 to the network's input.
        augment: changes photos first by chance; None leaves them as they are.

    Returns:
        From uint8 `[batch, height, width, 3]` to float16 feature maps.
    """
    tf = import_tensorflow()
    shape = tf.TensorSpec((None, *refined.lower.input_shape[1:]), tf.uint8)

    @tf.function(input_signature=[shape])  # type: ignore[untyped-decorator]
    def run(photos: Any) -> Any:
        photos = tf.cast(photos, tf.float32)
        if augment is not None:
            photos = tf.clip_by_value(augment(photos, training=True), 0.0, 255.0)
        return tf.cast(refined.lower(normalise(photos), training=False), tf.float16)

    return run


def keep_features(
    make: Any,
    pixels: NDArray[np.uint8],
    rows: NDArray[np.integer],
    into: Rows,
    progressed: Callable[[int], None],
) -> None:
    """Run photos through the lower blocks and keep what comes out.

    Args:
        make: see `feature_maker`.
        pixels: of all photos, uint8.
        rows: of the photos that are meant; their order is kept.
        into: the kept feature maps are added to it.
        progressed: hears how many photos are done; what it raises ends it.
    """
    for start in range(0, len(rows), _BATCH):
        chosen = np.asarray(rows[start : start + _BATCH])
        into.append(np.asarray(make(np.asarray(pixels[chosen]))))
        progressed(min(start + _BATCH, len(rows)))


def embeddings(refined: Refined, features: NDArray[np.float16], batch: int = 64) -> Any:
    """What the upper blocks make of kept feature maps: shape (n, embedding_size), float32."""
    parts = [
        np.asarray(
            refined.upper(features[start : start + batch].astype(np.float32), training=False)
        )
        for start in range(0, len(features), batch)
    ]
    return np.concatenate(parts).astype(np.float32)
