"""Inference on a GPU through LiteRT's own accelerator: Vulkan, Direct3D or Metal.

For machines on which TensorFlow has no GPU support, as on Windows and macOS. The wheel of LiteRT
brings the accelerator, and it runs the very file that runs on the CPU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelError
from app.vision.catalogue import ModelCard
from app.vision.embedder import Prediction, prediction_of
from app.vision.quiet import without_log

#: Crops in a batch.
BATCH_SIZE: Final = 32


@dataclass(frozen=True, slots=True)
class _Output:
    """One output of the network: where among its outputs, and how many values for each crop."""

    index: int
    size: int


class LiteRTGpuEmbedder:
    """A LiteRT network with float input and outputs, on the graphics card that the system prefers.

    All batches are filled up to one size: another would be compiled anew.

    Args:
        card: which network.
        batch_size: crops at once.

    Raises:
        ModelError: its file is damaged, or there is no accelerator that runs it.
    """

    _model: Any
    _inputs: Any
    _outputs: Any

    def __init__(self, card: ModelCard, *, batch_size: int = BATCH_SIZE) -> None:
        self.card = card
        self.batch_size = batch_size
        self._mean = np.array(card.mean, np.float32)
        self._scale = (1 / np.array(card.std)).astype(np.float32)
        self._model = self._inputs = self._outputs = None
        with without_log():
            self._load(card.load())
            self.embed(np.zeros((1, *card.input_size[::-1], 3), np.uint8))  # the rest is made now

    def _load(self, content: bytes) -> None:
        from ai_edge_litert.compiled_model import CompiledModel
        from ai_edge_litert.hardware_accelerator import HardwareAccelerator
        from ai_edge_litert.options import Options

        width, height = self.card.input_size
        try:
            options = Options(hardware_accelerators=HardwareAccelerator.GPU)
            self._model = CompiledModel.from_buffer(content, options=options)
            signature = next(iter(self._model.get_signature_list()))
            (image,) = self._model.get_input_tensor_details(signature).values()
            if image["dtype"] != "float32" or tuple(image["shape"])[1:] != (height, width, 3):
                raise ModelError(self.card.file, "takes an input that only the processor can give")
            shape = (self.batch_size, height, width, 3)
            self._model.resize_input_tensor(0, shape, strict=False)
            self._inputs = self._model.create_input_buffers(0)
            self._outputs = self._model.create_output_buffers(0)
            self._scores = self._output(signature, "scores", self.card.classes)
            self._embedding = self._scores
            if self.card.embedding_from == "output":
                self._embedding = self._output(signature, "embedding", self.card.embedding_size)
        except (RuntimeError, ValueError, ImportError, OSError) as error:
            reason = f"LiteRT cannot run it on the graphics card: {_said(error)}"
            raise ModelError(self.card.file, reason) from error

    def _output(self, signature: str, called: str, size: int) -> _Output:
        names = self._model.get_signature_list()[signature]["outputs"]
        details = self._model.get_output_tensor_details(signature)
        found = [
            (name != called, index)
            for index, name in enumerate(names)
            if details[name]["dtype"] == "float32" and details[name]["shape"][-1] == size
        ]
        if not found:
            raise ModelError(self.card.file, f"has no output with {size} values, as its card says")
        # Of two of one size, the name tells.
        return _Output(min(found)[1], size)

    def __del__(self) -> None:
        with without_log():  # it tells what it takes down
            self._model = self._inputs = self._outputs = None

    def embed(self, crops: NDArray[np.uint8]) -> Prediction:
        """Run the network on any number of RGB crops, of shape (n, height, width, 3).

        Raises:
            RuntimeError: the graphics card or its driver fails.
        """
        parts = [
            self._run(crops[start : start + self.batch_size])
            for start in range(0, len(crops), self.batch_size)
        ]
        if len(parts) == 1:
            return parts[0]
        return Prediction(
            np.concatenate([part.embeddings for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )

    def _run(self, crops: NDArray[np.uint8]) -> Prediction:
        pixels = np.zeros((self.batch_size, *crops.shape[1:]), np.float32)
        np.subtract(crops, self._mean, out=pixels[: len(crops)], dtype=np.float32)
        pixels[: len(crops)] *= self._scale
        if self.card.channels == "BGR":
            pixels = pixels[..., ::-1]
        self._inputs[0].write(pixels)
        self._model.run_by_index(0, self._inputs, self._outputs)
        embeddings, scores = (
            self._read(output, len(crops)) for output in (self._embedding, self._scores)
        )
        return prediction_of(self.card, embeddings, scores)

    def _read(self, output: _Output, crops: int) -> NDArray[np.float32]:
        values = self._outputs[output.index].read(self.batch_size * output.size, np.float32)
        return np.array(values, np.float32).reshape(self.batch_size, output.size)[:crops]


def _said(error: Exception) -> str:
    # Often it says nothing but places in its source.
    lines = [line for line in str(error).splitlines() if line and "ERROR: [" not in line]
    return lines[0] if lines else "it finds none that it can use"
