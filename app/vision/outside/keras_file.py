"""Keras files of others, turned into TFLite.

A .keras file is a ZIP with a description of layers (config.json) and their weights. Descriptions
can name any function in any module and carry Python code, so that this one is read and checked,
entry by entry, before Keras sees it: only layers of Keras's own that do arithmetic are let through.
Keras has a check of its own (`safe_mode`), which comes after it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.core.errors import ModelError
from app.vision.convert import convert
from app.vision.outside.kinds import members, read_member

#: Modules whose classes may be named.
_MODULES: Final = frozenset(
    {
        "keras", "keras.layers", "keras.models", "keras.initializers", "keras.regularizers",
        "keras.constraints", "keras.activations", "keras.dtype_policies", "keras.mixed_precision",
        "keras.src.models.functional", "keras.src.models.sequential", "keras.src.dtype_policies",
        "keras.src.dtype_policies.dtype_policy", "keras.src.ops.numpy", "keras.src.ops.nn",
    }
)  # fmt: skip
#: Layers that do something else than arithmetic: they run code, or read files.
_DENIED: Final = frozenset(
    {
        "Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "StringLookup",
        "IntegerLookup", "IndexLookup", "TextVectorization", "Hashing", "HashedCrossing",
        "FeatureSpace", "Pipeline", "RNN", "Wrapper", "TimeDistributed", "Bidirectional",
    }
)  # fmt: skip
#: How Keras marks values that are no classes; the others, such as `__lambda__`, carry code.
_VALUES: Final = frozenset(
    {"__keras_tensor__", "__tensor__", "__numpy__", "__bytes__", "__ellipsis__", "__tuple__"}
)
#: What goes with training, which is not done here.
_FOR_TRAINING: Final = ("compile_config", "build_config")
_CONFIG: Final = "config.json"
_MAX_DEPTH: Final = 200


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
            check_config(copy)
            return _converted(copy)
        except ModelError as error:
            raise ModelError(path, error.reason) from error


def check_config(path: Path) -> None:
    """Let a .keras file pass only if its description names nothing but layers that do arithmetic.

    Raises:
        ModelError: it does not pass.
    """
    for member in members(path):
        if member.filename == _CONFIG:
            content = read_member(path, member)
            break
    else:
        raise ModelError(path, f"holds no {_CONFIG}")
    try:
        config = json.loads(content)
        for entry in _objects(config):
            _check(entry, path)
    except (ValueError, RecursionError) as error:
        raise ModelError(path, f"its {_CONFIG} is damaged: {error}") from error


def _objects(config: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Everything in a description that names a class."""
    if depth > _MAX_DEPTH:
        raise ValueError("too deep")
    if isinstance(config, dict):
        if "class_name" in config or "module" in config or "registered_name" in config:
            yield config
        for name, value in config.items():
            if depth or name not in _FOR_TRAINING:
                yield from _objects(value, depth + 1)
    elif isinstance(config, list):
        for value in config:
            yield from _objects(value, depth + 1)


def _check(entry: dict[str, Any], path: Path) -> None:
    name, module = entry.get("class_name"), entry.get("module")
    registered = entry.get("registered_name")
    if name in _VALUES and module is None:
        return
    if name in ("Lambda", "__lambda__"):
        raise ModelError(path, "holds a Lambda layer, which is Python code; it was not opened")
    if name in ("function", "type"):
        raise ModelError(path, f"names the function {entry.get('config')!r}; it was not opened")
    is_own = registered is None or registered == name
    if not isinstance(name, str) or module not in _MODULES or not is_own:
        what = registered or f"{module}.{name}"
        raise ModelError(path, f"needs {what!r}, which is not a part of Keras; it was not opened")
    if name in _DENIED or name.startswith("_"):
        raise ModelError(path, f"holds a layer {name}, which is not opened for safety")


def _converted(path: Path) -> bytes:
    import keras

    try:
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
        return convert(_with_outputs(model), "float")
    except MemoryError:
        raise
    except Exception as error:
        # Keras and TensorFlow raise whatever they like about what they cannot do.
        text = " ".join(str(error).split())[:300]
        raise ModelError(path, f"Keras cannot use it: {text or type(error).__name__}") from error


def _with_outputs(model: Any) -> Any:
    """The same, with the outputs by name, and what the classifier is given as another one."""
    import keras

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
