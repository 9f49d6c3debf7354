"""Inference on the CPU through LiteRT."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.cpu import usable_cores
from app.core.errors import ModelError
from app.vision.catalogue import ModelCard
from app.vision.embedder import Prediction, prediction_of
from app.vision.quiet import without_log

#: Of the signature by which two outputs of one size are told apart.
_SIGNATURE = "serving_default"


class LiteRTEmbedder:
    """A LiteRT network with one picture as input, and an embedding and class scores as outputs.

    Input and outputs may be float32, uint8 or int8, quantised as the file says; the batch may be
    fixed or not. What the numbers mean says the card.

    Args:
        card: which network.
        threads: that one run may use; None takes every core that the process may use.

    Raises:
        ModelError: the file is damaged or not the network that its card describes.
    """

    #: More than the crops of one photo at once gain nothing.
    batch_size = 1

    def __init__(self, card: ModelCard, *, threads: int | None = None) -> None:
        self.card = card
        self._threads = threads or usable_cores()
        self._content = card.load()
        # Most networks treat the three colours alike; with plain numbers NumPy is five times
        # as fast as with one for each colour.
        self._mean = _plain_if_equal(np.array(card.mean))
        self._scale = _plain_if_equal(1 / np.array(card.std))
        # One interpreter for each batch size met: changing the size of one allocates anew.
        self._by_batch: dict[int, _Interpreter] = {}

    def embed(self, crops: NDArray[np.uint8]) -> Prediction:
        """Run the network on RGB crops of shape (n, height, width, 3).

        Raises:
            ModelError: LiteRT cannot load or run it.
        """
        pixels = np.subtract(crops, self._mean, dtype=np.float32)
        pixels *= self._scale
        if self.card.channels == "BGR":
            pixels = pixels[..., ::-1]
        if self.card.layout == "NCHW":
            pixels = pixels.transpose(0, 3, 1, 2)
        interpreter = self._interpreter(len(crops))
        size = interpreter.batch
        if size == len(crops):
            return interpreter.run(np.ascontiguousarray(pixels))
        parts = [interpreter.run(_filled(part, size)) for part in _parts(pixels, size)]
        return Prediction(
            np.concatenate([part.embeddings for part in parts])[: len(crops)],
            np.concatenate([part.scores for part in parts])[: len(crops)],
        )

    def _interpreter(self, batch: int) -> _Interpreter:
        found = self._by_batch.get(batch)
        if found is None:
            found = _Interpreter(self.card, self._content, batch, self._threads)
            # One whose batch is fixed serves all of them.
            found = self._by_batch.setdefault(found.batch, found)
            self._by_batch[batch] = found
        return found


def _plain_if_equal(values: NDArray[np.floating]) -> NDArray[np.float32] | np.float32:
    values = values.astype(np.float32)
    return np.float32(values[0]) if (values == values[0]).all() else values


def _parts(pixels: NDArray[np.float32], size: int) -> Iterator[NDArray[np.float32]]:
    for start in range(0, len(pixels), size):
        yield pixels[start : start + size]


def _filled(pixels: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """The same, with empty pictures up to a batch size."""
    missing = size - len(pixels)
    return np.ascontiguousarray(np.pad(pixels, [(0, missing), (0, 0), (0, 0), (0, 0)]))


@dataclass(frozen=True, slots=True)
class _Tensor:
    """Where an input or output is, and what its numbers mean: real = (number - zero) * scale."""

    index: int
    dtype: Any
    scale: float
    zero: int

    @classmethod
    def of(cls, details: dict[str, Any]) -> _Tensor:
        parameters = details["quantization_parameters"]
        if np.dtype(details["dtype"]).kind in "iu" and len(parameters["scales"]) == 1:
            scale, zero = float(parameters["scales"][0]), int(parameters["zero_points"][0])
        else:
            scale, zero = 1.0, 0
        return cls(int(details["index"]), details["dtype"], scale, zero)

    def to_numbers(self, real: NDArray[np.float32]) -> NDArray[Any]:
        if self.dtype is np.float32:
            return real
        limits = np.iinfo(self.dtype)
        numbers = np.rint(real * np.float32(1 / self.scale) + np.float32(self.zero))
        return np.asarray(np.clip(numbers, limits.min, limits.max), self.dtype)

    def to_real(self, numbers: NDArray[Any]) -> NDArray[np.float32]:
        if self.dtype is np.float32:
            return np.asarray(numbers)
        real = (numbers.astype(np.float32) - np.float32(self.zero)) * np.float32(self.scale)
        return np.asarray(real, np.float32)


class _Interpreter:
    """One LiteRT interpreter at one batch size, which is the file's own where that is fixed."""

    def __init__(self, card: ModelCard, content: bytes, batch: int, threads: int) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._card = card
        try:
            with without_log():
                # In memory the file cannot change between the hash check and now.
                self._interpreter: Any = Interpreter(model_content=content, num_threads=threads)
                self.batch = self._allocate(card, batch)
        except (ValueError, RuntimeError) as error:
            raise ModelError(card.file, f"LiteRT cannot load it: {error}") from error
        self._input = _Tensor.of(self._interpreter.get_input_details()[0])
        embedding, scores = self._outputs(card)
        self._embedding, self._scores = _Tensor.of(embedding), _Tensor.of(scores)

    def _allocate(self, card: ModelCard, batch: int) -> int:
        details = self._interpreter.get_input_details()[0]
        width, height = card.input_size
        picture = (height, width, 3) if card.layout == "NHWC" else (3, height, width)
        fixed = int(details["shape_signature"][0])
        index = int(details["index"])
        if fixed > 0 and tuple(details["shape"][1:]) == picture:
            batch = fixed
        else:
            self._interpreter.resize_tensor_input(index, (batch, *picture))
        self._interpreter.allocate_tensors()
        return batch

    def _outputs(self, card: ModelCard) -> tuple[dict[str, Any], dict[str, Any]]:
        """Details of the embedding and of the scores."""
        # The order of the outputs in the file is the converter's choice, so they are told
        # apart by their size, and where that is the same, by their names.
        if card.embedding_from == "scores":
            scores = self._output_of(card, card.classes)
            return scores, scores
        if card.embedding_size != card.classes:
            return self._output_of(card, card.embedding_size), self._output_of(card, card.classes)
        try:
            named = self._interpreter.get_signature_runner(_SIGNATURE).get_output_details()
            return named["embedding"], named["scores"]
        except (ValueError, KeyError) as error:
            reason = "has outputs of one size that no signature tells apart"
            raise ModelError(card.file, reason) from error

    def _output_of(self, card: ModelCard, size: int) -> dict[str, Any]:
        for output in self._interpreter.get_output_details():
            if output["shape"][-1] == size:
                return dict(output)
        for output in self._interpreter.get_output_details():
            if np.prod(output["shape"][1:]) == size:  # NCHW, or (n, 1, 1, size)
                return dict(output)
        raise ModelError(card.file, f"has no output with {size} values, as its card says")

    def run(self, pixels: NDArray[np.float32]) -> Prediction:
        try:
            self._interpreter.set_tensor(self._input.index, self._input.to_numbers(pixels))
            self._interpreter.invoke()
        except (ValueError, RuntimeError) as error:
            raise ModelError(self._card.file, f"LiteRT cannot run it: {error}") from error
        return prediction_of(
            self._card,
            self._rows(self._embedding, self._card.embedding_size),
            self._rows(self._scores, self._card.classes),
        )

    def _rows(self, output: _Tensor, size: int) -> NDArray[np.float32]:
        return output.to_real(self._interpreter.get_tensor(output.index)).reshape(-1, size)
