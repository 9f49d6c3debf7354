"""Weights of a Keras graph in an .npz file: plain arrays by name, half the size of float32.

Kernels are kept in float16: their rounding, 11 bits of 24, is far below what int8 does to them.
Vectors (biases, and scale, shift, mean and variance of BatchNorm) stay in float32: they are 2 % of
the weights, and variances do not fit in the range of float16.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from app.core.errors import ModelError


def weights_file(model: Any) -> bytes:
    """The weights of a Keras model as an .npz file; the same weights give the same bytes."""
    arrays: dict[str, Any] = {}
    for name, variable in _variables(model):
        array = np.asarray(variable, dtype=np.float32)
        arrays[name] = array.astype(np.float16) if array.ndim > 1 else array
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def set_weights(model: Any, content: bytes, path: Path) -> None:
    """Fill a Keras model from what `weights_file` gave for a graph of the same layers.

    Args:
        content: of the file; nothing in it is run.
        path: the file, for errors.

    Raises:
        ModelError: it is no such file, or belongs to another network.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            left = set(arrays.files)
            for name, variable in _variables(model):
                if name not in left:
                    raise ModelError(path, f"has no weights {name!r}, which {model.name} needs")
                left.remove(name)
                array, shape = arrays[name], tuple(variable.shape)
                if array.shape != shape:
                    reason = (
                        f"weights {name!r} are of shape {array.shape}, {model.name} needs {shape}"
                    )
                    raise ModelError(path, reason)
                variable.assign(array.astype(np.float32))
    except (ValueError, EOFError, OSError, TypeError, MemoryError, zipfile.BadZipFile) as error:
        raise ModelError(path, f"is not a file of weights: {error}") from error
    if left:
        raise ModelError(path, f"has weights {min(left)!r}, for which {model.name} has no place")


def _variables(model: Any) -> list[tuple[str, Any]]:
    return [
        (f"{layer.name}.{variable.name}", variable)
        for layer in model.layers
        for variable in layer.weights
    ]
