"""Inference on the CPU through LiteRT."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.cpu import usable_cores
from app.core.errors import ModelError
from app.vision.catalogue import ModelCard
from app.vision.embedder import Prediction


class LiteRTEmbedder:
    """A LiteRT network with float32 input of shape (n, height, width, 3) and two outputs.

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
        """Run the network on RGB crops of shape (n, height, width, 3)."""
        batch = len(crops)
        interpreter = self._by_batch.get(batch)
        if interpreter is None:
            interpreter = _Interpreter(self.card, self._content, batch, self._threads)
            self._by_batch[batch] = interpreter
        pixels = np.subtract(crops, self._mean, dtype=np.float32)
        pixels *= self._scale
        return interpreter.run(pixels)


def _plain_if_equal(values: NDArray[np.floating]) -> NDArray[np.float32] | np.float32:
    values = values.astype(np.float32)
    return np.float32(values[0]) if (values == values[0]).all() else values


class _Interpreter:
    """One LiteRT interpreter at one batch size."""

    def __init__(self, card: ModelCard, content: bytes, batch: int, threads: int) -> None:
        from ai_edge_litert.interpreter import Interpreter

        try:
            with _without_greeting():
                # In memory the file cannot change between the hash check and now.
                self._interpreter: Any = Interpreter(model_content=content, num_threads=threads)
                self._input = int(self._interpreter.get_input_details()[0]["index"])
                width, height = card.input_size
                self._interpreter.resize_tensor_input(self._input, (batch, height, width, 3))
                self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise ModelError(card.file, f"LiteRT cannot load it: {error}") from error
        self._embedding = self._output_of(card, card.embedding_size)
        self._scores = self._output_of(card, card.classes)

    def _output_of(self, card: ModelCard, size: int) -> int:
        # The order of the outputs in the file is the converter's choice, so they are told
        # apart by their size.
        for output in self._interpreter.get_output_details():
            if output["shape"][-1] == size:
                return int(output["index"])
        raise ModelError(card.file, f"has no output with {size} values, as its card says")

    def run(self, pixels: NDArray[np.float32]) -> Prediction:
        self._interpreter.set_tensor(self._input, pixels)
        self._interpreter.invoke()
        return Prediction(
            self._interpreter.get_tensor(self._embedding),
            self._interpreter.get_tensor(self._scores),
        )


@contextmanager
def _without_greeting() -> Iterator[None]:
    """Keep LiteRT's line about its XNNPACK delegate from the terminal; let all else through.

    LiteRT prints it from C++ and has no setting for it in Python.
    """
    try:
        stderr = os.dup(2)
    except OSError:  # a windowed program on Windows has none
        yield
        return
    with tempfile.TemporaryFile() as kept:
        try:
            sys.stderr.flush()
            os.dup2(kept.fileno(), 2)
            yield
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
            kept.seek(0)
            for line in kept:
                if b"Created TensorFlow Lite XNNPACK delegate" not in line:
                    os.write(2, line)
