"""Inference through Keras, in batches: on a GPU, by TensorFlow or whatever else Keras runs on.

Nothing here calls TensorFlow itself, so that `KERAS_BACKEND=jax` runs it as well.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.vision.catalogue import ModelCard
from app.vision.embedder import Prediction, prediction_of
from app.vision.networks.load import load_float
from app.vision.quiet import without_log
from app.vision.tensorflow import import_keras

_log = logging.getLogger(__name__)

#: Crops in a batch: beyond this a large GPU gains little, and a small one has no memory.
BATCH_SIZE: Final = 64

#: For what comes in less: the crops of a photo, and of a few.
_SMALL_BATCHES: Final = (4, 16)

#: float32: all of it; mixed_float16: arithmetic in float16 and sums in float32, for GPUs with units
#: for that, which are several times as fast with it.
Precision = Literal["float32", "mixed_float16"]


class KerasEmbedder:
    """A network's float form, with the same answers as its LiteRT file but for rounding.

    Batches are filled up to one of a few sizes, so that few functions are compiled. When the device
    is out of memory the largest is halved, and stays so.

    Args:
        card: which network.
        precision: of the arithmetic; answers beyond the range of float16 make it float32.
        batch_size: crops at once, at most.
        jit: compile it by XLA; None leaves that to Keras, which does where the network allows.
        shrunk: is called with the new batch size when there was no memory for the old one.

    Raises:
        ModelError: the network has no float form, or that is damaged.
        ImportError: Keras or what it runs on cannot be imported.
    """

    def __init__(
        self,
        card: ModelCard,
        *,
        precision: Precision = "float32",
        batch_size: int = BATCH_SIZE,
        jit: bool | None = None,
        shrunk: Callable[[int], None] | None = None,
    ) -> None:
        self.card = card
        self.batch_size = batch_size
        self._precision: Precision = precision
        self._jit = jit
        self._shrunk = shrunk
        self._compiled: set[int] = set()
        self._model = self._build()

    def embed(self, crops: NDArray[np.uint8]) -> Prediction:
        """Run the network on any number of RGB crops, of shape (n, height, width, 3).

        Raises:
            MemoryError: the device has no memory for a single crop.
            Exception: whatever else Keras or the device says.
        """
        parts: list[Prediction] = []
        done = 0
        while done < len(crops):
            part = crops[done : done + self.batch_size]
            try:
                parts.append(self._run(part))
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                self._halve(error)
                continue
            done += len(part)
        if len(parts) == 1:
            return parts[0]
        return Prediction(
            np.concatenate([part.embeddings for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )

    def _halve(self, error: Exception) -> None:
        if self.batch_size == 1:
            raise MemoryError("the device has no memory for a single photo") from error
        self.batch_size //= 2
        _log.info("out of memory; from now on %d crops at once", self.batch_size)
        if self._shrunk is not None:
            self._shrunk(self.batch_size)

    def _run(self, crops: NDArray[np.uint8]) -> Prediction:
        prediction = self._predict(crops)
        if self._precision == "mixed_float16" and not _is_finite(prediction):
            _log.info("%s leaves the range of float16; going on in float32", self.card.id)
            self._precision = "float32"
            self._model = self._build()
            prediction = self._predict(crops)
        return prediction

    def _predict(self, crops: NDArray[np.uint8]) -> Prediction:
        size = next(each for each in self._sizes() if each >= len(crops))
        batch = crops
        if len(crops) < size:
            batch = np.zeros((size, *crops.shape[1:]), np.uint8)
            batch[: len(crops)] = crops
        with nullcontext() if size in self._compiled else without_log():
            found = self._model.predict_on_batch(batch)
        self._compiled.add(size)
        embeddings, scores = (
            np.asarray(found[name], np.float32)[: len(crops)] for name in ("embedding", "scores")
        )
        return prediction_of(self.card, embeddings, scores)

    def _sizes(self) -> tuple[int, ...]:
        return (*(size for size in _SMALL_BATCHES if size < self.batch_size), self.batch_size)

    def _build(self) -> Any:
        """The network from RGB pixels, 0 to 255, on: what goes to the device is a quarter so."""
        keras = import_keras()
        with without_log():
            network = load_float(self.card)
            if self._precision != "float32":
                network = _in_precision(keras, network, self._precision)
            width, height = self.card.input_size
            pixels = keras.Input((height, width, 3), dtype="uint8", name="pixels")
            mean, std = np.array(self.card.mean), np.array(self.card.std)
            x = keras.layers.Rescaling(
                (1 / std).tolist(), (-mean / std).tolist(), dtype="float32", name="normalise"
            )(pixels)
            if self.card.channels == "BGR":
                x = keras.ops.flip(x, axis=-1)
            outputs = network(x, training=False)
            model = keras.Model(pixels, {name: outputs[name] for name in ("embedding", "scores")})
            if self._jit is not None:
                model.jit_compile = self._jit
            return model


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a device had no memory, in the words of TensorFlow, XLA (JAX) or the system."""
    if isinstance(error, MemoryError):
        return True
    if any(each.__name__ == "ResourceExhaustedError" for each in type(error).__mro__):
        return True
    said = str(error)
    return "RESOURCE_EXHAUSTED" in said or "out of memory" in said.lower()


def _is_finite(prediction: Prediction) -> bool:
    return bool(np.isfinite(prediction.embeddings).all() and np.isfinite(prediction.scores).all())


def _in_precision(keras: Any, network: Any, precision: Precision) -> Any:
    """The same network with the same weights, which computes in another precision."""
    # Averages over the image and probabilities are the answer itself, and cost nothing.
    exact = {"GlobalAveragePooling2D", "GlobalMaxPooling2D", "Softmax"}
    exact_names = {_producer(output) for output in network.output.values()}

    def clone(layer: Any) -> Any:
        config = layer.get_config()
        is_exact = type(layer).__name__ in exact or layer.name in exact_names
        config["dtype"] = "float32" if is_exact else precision
        return type(layer).from_config(config)

    cloned = keras.models.clone_model(network, clone_function=clone)
    cloned.set_weights(network.get_weights())
    return cloned


def _producer(tensor: Any) -> str:
    return str(tensor._keras_history.operation.name)


__all__ = ["BATCH_SIZE", "KerasEmbedder", "Precision", "is_out_of_memory"]
