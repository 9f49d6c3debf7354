"""The networks of Keras Applications, with the outputs that Tagwright needs.

Weights are HDF5 files as Keras publishes them. They are numbers by name and nothing else: no code,
no pickle; what a file could hold beyond that (links to other files, gigabytes of zeros packed
small) is refused before Keras reads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from app.core.errors import ModelError
from app.vision.tensorflow import import_keras

#: Which there are, by their names in `keras.applications`.
ARCHITECTURES: Final = frozenset({
    "InceptionV3", "InceptionResNetV2", "ResNet50", "ResNet101", "ResNet152", "ResNet50V2",
    "ResNet101V2", "ResNet152V2", "VGG16", "VGG19", "MobileNet", "MobileNetV2", "NASNetMobile",
    "NASNetLarge", "EfficientNetV2B0", "EfficientNetV2B1", "EfficientNetV2B2", "EfficientNetV2B3",
    "EfficientNetV2S", "EfficientNetV2M", "EfficientNetV2L", "ConvNeXtTiny", "ConvNeXtSmall",
    "ConvNeXtBase",
})  # fmt: skip


def build_graph(architecture: str, weights: Path | None = None) -> Any:
    """A network of Keras Applications as a Keras model with two outputs. Imports Keras.

    Input: float32 `[batch, size, size, 3]`, pixels as its card says. Outputs, by name: `embedding`
    `[batch, n]`, what goes into its classifier, and `scores` `[batch, 1000]`, probabilities.

    Args:
        architecture: one of `ARCHITECTURES`.
        weights: an HDF5 file; without one, the weights are random.

    Raises:
        ModelError: the file does not hold the weights of this network.
    """
    if architecture not in ARCHITECTURES:
        raise ModelError(architecture, "is no network of Keras Applications that is known here")
    if weights is not None:
        _check_kind(weights)
    keras = import_keras()
    base = getattr(keras.applications, architecture)(weights=None)
    if weights is not None:
        _load(base, weights, architecture)
    embedding = keras.layers.Flatten(name="embedding")(_classifier(base).input)
    return keras.Model(base.input, {"embedding": embedding, "scores": base.output}, name=base.name)


def _classifier(base: Any) -> Any:
    """The layer that makes class scores of features: dense, or a 1x1 convolution (MobileNet)."""
    last = base.layers[-1]
    return last if type(last).__name__ == "Dense" else base.get_layer("conv_preds")


def _check_kind(path: Path) -> None:
    """Refuse what is no HDF5 file at all, before the seconds that Keras takes."""
    import h5py

    try:
        with h5py.File(path, "r"):
            return
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError(path, f"is no HDF5 file that can be read: {reason}") from error


def _load(base: Any, path: Path, architecture: str) -> None:
    import h5py

    try:
        with h5py.File(path, "r") as file:
            _check(file, path, at_most=2 * 4 * base.count_params())
        base.load_weights(path)
    except OSError as error:
        raise ModelError(path, f"is no HDF5 file that can be read: {error}") from error
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(path, f"does not hold weights of {architecture}: {first}") from error


def _check(file: Any, path: Path, at_most: int) -> None:
    """Refuse what a file of weights has no business to hold.

    Args:
        at_most: bytes of all its numbers together.
    """
    import h5py

    total = 0
    groups = [file]
    while groups:
        group = groups.pop()
        for name in group:
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise ModelError(path, f"{name!r} is a link, which weights do not need")
            found = group[name]
            if isinstance(found, h5py.Group):
                groups.append(found)
                continue
            if found.external or found.is_virtual or found.dtype.kind not in "fiu":
                raise ModelError(path, f"{name!r} does not hold plain numbers")
            total += found.nbytes
            if total > at_most:
                raise ModelError(path, "holds more numbers than this network has")
