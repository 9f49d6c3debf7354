"""Reading a .keras file of unknown origin: only plain layers, nothing that can run code.

A .keras file is a zip with the graph as JSON and the weights as HDF5. The JSON names classes and
functions, which Keras looks up. Keras's safe mode refuses Lambda layers; beyond it, a graph here
may name nothing but layers that only calculate: not those that read files by a path in their
settings (`TFSMLayer`, `StringLookup`), that carry code or pickles (`Lambda`, `TorchModuleWrapper`,
`JaxLayer`), or that other packages register.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.core.errors import ModelError
from app.vision.outside.kinds import members, read_member
from app.vision.tensorflow import import_keras

#: More than this in the graph's JSON is no network of layers.
_MAX_CONFIG_BYTES: Final = 64 * 2**20
_CONFIG: Final = "config.json"

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
#: Everything that these modules of Keras's interface have is harmless.
_HARMLESS_MODULES: Final = frozenset(
    {
        "keras.initializers", "keras.regularizers", "keras.constraints", "keras.activations",
        "keras.dtype_policies",
    }
)  # fmt: skip
_HARMLESS_CLASSES: Final = frozenset({"DTypePolicy", "SeedGenerator", "FloatDTypePolicy"})
#: Where functions may come from; Keras looks up those of `builtins` among its own activations,
#: losses and metrics.
_FUNCTION_MODULES: Final = frozenset({"keras.activations", "builtins"})
#: Values that JSON has no form for. `__lambda__` is not among them.
_VALUES: Final = frozenset({"__tensor__", "__keras_tensor__", "__numpy__", "__ellipsis__"})
#: Operations that Keras writes for calculations with tensors outside layers.
_OPERATION_MODULES: Final = ("keras.src.ops.numpy", "keras.src.ops.nn")


def read_keras_file(path: Path) -> Any:
    """The Keras model of a .keras file, not compiled.

    Raises:
        ModelError: it cannot be read, is damaged, unpacks to more than a network has, or names what
            a network needs not.
    """
    check_keras_file(path)
    keras = import_keras()
    try:
        return keras.saving.load_model(path, compile=False, safe_mode=True)
    except MemoryError:
        raise
    except Exception as error:
        # Keras raises whatever it likes about a broken file.
        text = " ".join(str(error).split())[:300] or type(error).__name__
        raise ModelError(path, f"Keras cannot use it: {text}") from error


def check_keras_file(path: Path) -> None:
    """Let a .keras file pass only if its graph names nothing but layers that only calculate.

    Raises:
        ModelError: it does not pass; the first such name is the reason.
    """
    for member in members(path):
        if member.filename == _CONFIG:
            break
    else:
        raise ModelError(path, f"holds no {_CONFIG}")
    if member.file_size > _MAX_CONFIG_BYTES:
        raise ModelError(path, f"its {_CONFIG} is too large")
    try:
        config = json.loads(read_member(path, member))
    except (ValueError, RecursionError) as error:
        raise ModelError(path, f"its {_CONFIG} is damaged: {error}") from error
    if not isinstance(config, dict) or config.get("class_name") not in _MODELS:
        raise ModelError(path, "is not a network of layers")
    # How it was trained does not matter here, and is not loaded.
    for found in _objects({k: v for k, v in config.items() if k != "compile_config"}):
        _check(found, path)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every serialised object inside, whatever it is nested in."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if not one.keys().isdisjoint(("class_name", "module", "registered_name")):
                yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _check(found: dict[str, Any], path: Path) -> None:
    name, module, registered = (
        found.get(key) for key in ("class_name", "module", "registered_name")
    )
    if not isinstance(name, str | None) or not isinstance(module, str | None):
        raise ModelError(path, f"its {_CONFIG} is damaged: {name} of {module} is no name")
    if name in ("Lambda", "__lambda__"):
        raise ModelError(path, "holds a Lambda layer, which is Python code; it was not opened")
    if name == "function" and module not in _FUNCTION_MODULES:
        raise ModelError(path, f"names the function {found.get('config')!r}; it was not opened")
    # Another package may register a class under a name of its own.
    is_keras = registered is None or registered == name
    if name is None or not is_keras or not _is_allowed(name, module):
        what = registered or f"{module}.{name}"
        reason = f"needs {what!r}, which is not a part of Keras that only calculates"
        raise ModelError(path, f"{reason}; it was not opened")


def _is_allowed(name: str, module: str | None) -> bool:
    if name in _VALUES:
        return True
    if name == "function":
        return module in _FUNCTION_MODULES
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
