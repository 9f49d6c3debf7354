"""Keras files of others, turned into TFLite.

What may be in them says `app.vision.networks.keras_file`, through which they are read.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from app.core.errors import ModelError
from app.vision.convert import convert
from app.vision.networks.keras_file import read_keras_file
from app.vision.tensorflow import import_keras


def convert_keras(path: Path) -> bytes:
    """A .keras file as TFLite, in floating point.

    Raises:
        ModelError: it is damaged, holds what could run code, or cannot be converted.
    """
    with tempfile.TemporaryDirectory(prefix="tagwright-") as folder:
        # What is checked is what is loaded, whatever becomes of the file meanwhile.
        copy = Path(folder) / "network.keras"
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            raise ModelError(path, error.strerror or str(error)) from error
        try:
            return convert(_with_outputs(read_keras_file(copy)), "float")
        except ModelError as error:
            raise ModelError(path, error.reason) from error
        except MemoryError:
            raise
        except Exception as error:
            # Keras and TensorFlow raise whatever they like about what they cannot do.
            text = " ".join(str(error).split())[:300] or type(error).__name__
            raise ModelError(path, f"Keras cannot use it: {text}") from error


def _with_outputs(model: Any) -> Any:
    """The same, with the outputs by name, and what the classifier is given as another one."""
    keras = import_keras()

    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError(
            f"it has {len(model.inputs)} inputs and {len(model.outputs)} outputs,"
            " where one of each is expected"
        )
    outputs = {"scores": model.outputs[0]}
    for layer in reversed(model.layers):
        if isinstance(layer, keras.layers.Dense):
            if len(layer.input.shape) == 2:
                outputs["embedding"] = layer.input
            break
        if not isinstance(layer, keras.layers.Activation | keras.layers.Softmax):
            break
    return keras.Model(model.inputs[0], outputs)
