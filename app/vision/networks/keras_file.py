"""Reading a .keras file of unknown origin: only plain layers, nothing that can run code.

A .keras file is a zip with the graph as JSON and the weights as HDF5. The JSON names classes and
functions, which Keras looks up. Keras's safe mode refuses Lambda layers; beyond it, a graph here
may name nothing but layers that only calculate: not those that read files by a path in their
settings (`TFSMLayer`, `StringLookup`), that carry code or pickles (`Lambda`, `TorchModuleWrapper`,
`JaxLayer`), or that other packages register.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.core.errors import ModelError
from app.vision.tensorflow import import_keras

#: More than this in the graph's JSON is no network of layers.
_MAX_CONFIG_BYTES: Final = 64 * 2**20

#: Layers of `keras.layers` that only calculate.
_LAYERS: Final = frozenset(
    """
    InputLayer Activation ReLU LeakyReLU PReLU ELU Softmax Identity Rescaling Normalization
    Conv1D Conv2D Conv2DTranspose DepthwiseConv2D SeparableConv2D Dense EinsumDense Embedding
    BatchNormalization LayerNormalization GroupNormalization UnitNormalization RMSNormalization
    SpectralNormalization Dropout SpatialDropout2D GaussianDropout GaussianNoise AlphaDropout
    ActivityRegularization Masking MaxPooling2D AveragePooling2D GlobalMaxPooling2D
    GlobalAveragePooling2D GlobalAveragePooling1D GlobalMaxPooling1D AdaptiveAveragePooling2D
    AdaptiveMaxPooling2D Add Subtract Multiply Average Maximum Minimum Concatenate Dot Flatten
    Reshape Permute RepeatVector ZeroPadding2D Cropping2D UpSampling2D Resizing CenterCrop
    RandomFlip RandomRotation RandomZoom RandomTranslation RandomCrop RandomContrast
    RandomBrightness RandomHue RandomSaturation RandomShear RandomColorJitter RandomGrayscale
    RandomErasing MultiHeadAttention Attention AdditiveAttention GroupQueryAttention LayerScale
    StochasticDepth
    """.split()
)
_MODELS: Final = frozenset({"Functional", "Sequential", "Model"})
#: Everything that these modules of Keras's interface have is harmless, and so are names of
#: functions that Keras looks up among its own (`builtins`).
_HARMLESS_MODULES: Final = frozenset(
    {
        "keras.initializers", "keras.regularizers", "keras.constraints", "keras.activations",
        "keras.dtype_policies", "builtins",
    }
)  # fmt: skip
_HARMLESS_CLASSES: Final = frozenset({"DTypePolicy", "SeedGenerator", "FloatDTypePolicy"})
#: Values that JSON has no form for. `__lambda__` is not among them.
_VALUES: Final = frozenset({"__tensor__", "__keras_tensor__", "__numpy__", "__ellipsis__"})
#: Operations that Keras writes for calculations with tensors outside layers.
_OPERATION_MODULES: Final = ("keras.src.ops.numpy", "keras.src.ops.nn")


def read_keras_file(path: Path) -> Any:
    """The Keras model of a .keras file, not compiled.

    Raises:
        ModelError: it cannot be read, is damaged, or names what a network needs not.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            member = archive.getinfo("config.json")
            if member.file_size > _MAX_CONFIG_BYTES:
                raise ModelError(path, "its graph is too large")
            config = json.loads(archive.read(member))
    except OSError as error:
        raise ModelError(path, error.strerror or str(error)) from error
    except (KeyError, ValueError, RecursionError, zipfile.BadZipFile) as error:
        raise ModelError(path, f"is not a .keras file: {error}") from error
    check_config(config, path)
    keras = import_keras()
    try:
        return keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # whatever Keras makes of a broken file
        raise ModelError(path, f"Keras cannot load it: {_first_line(error)}") from error


def check_config(config: Any, path: Path) -> None:
    """Refuse the graph of a Keras model if it names anything but layers that only calculate.

    Args:
        config: as in `config.json` of a .keras file, or from `Model.to_json`.
        path: the file, for errors.

    Raises:
        ModelError: it does; the first such name is the reason.
    """
    if not isinstance(config, dict) or config.get("class_name") not in _MODELS:
        raise ModelError(path, "is not a network of layers")
    # How it was trained does not matter here, and is not loaded.
    graph = {key: value for key, value in config.items() if key != "compile_config"}
    for found in _objects(graph):
        name, module = found["class_name"], found.get("module")
        if not _is_allowed(name, module) or not _is_builtin(found):
            raise ModelError(path, f"has a part {name!r} of {module!r}, which is not loaded")


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every serialised object inside, whatever it is nested in."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if "class_name" in one:
                yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _is_allowed(name: Any, module: Any) -> bool:
    if not isinstance(name, str) or not isinstance(module, str | None):
        return False
    if name in _VALUES:
        return True
    if name == "function":
        return module in _HARMLESS_MODULES
    if name in _MODELS or name in _LAYERS:
        return (
            module is None
            or module == "keras"
            or module.startswith(
                ("keras.layers", "keras.models", "keras.src.models.", "keras.src.layers.")
            )
        )
    if name in _HARMLESS_CLASSES:
        return module is None or module.startswith("keras")
    return module in _HARMLESS_MODULES or (module or "").startswith(_OPERATION_MODULES)


def _is_builtin(found: dict[str, Any]) -> bool:
    """Whether it is no class that another package has registered under a name of its own."""
    return found.get("registered_name") in (None, found["class_name"])


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
