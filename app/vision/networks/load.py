"""The float form of a network in the catalogue, as a Keras model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from app.core.errors import ModelError
from app.vision.catalogue import FloatModel, ModelCard
from app.vision.networks import efficientnet_lite
from app.vision.networks.keras_file import read_keras_file
from app.vision.networks.weights_file import set_weights


def load_float(card: ModelCard) -> Any:
    """The float form of a network, rebuilt with its weights. Imports Keras.

    Returns:
        A Keras model. Input: float `[batch, height, width, 3]` in the network's order of colours,
        normalised as its card says. Outputs, by name: `embedding` `[batch, embedding_size]` and
        `scores` `[batch, classes]`, with the activation that the card names.

    Raises:
        ModelError: there is none; its file is missing, damaged, not the one that the card describes
            or asks for something that could run code; or it is another network than the card says.
        ImportError: Keras or what it runs on cannot be imported.
    """
    model_file = card.float_model
    if model_file is None:
        raise ModelError(card.path, "names no float form of this network, which this needs")
    if model_file.kind not in _LOADERS:
        raise ModelError(card.path, f"its float form is of an unknown kind, {model_file.kind!r}")
    _check_hash(model_file)
    model = _LOADERS[model_file.kind](card, model_file)
    _check_shapes(model, card, model_file)
    return model


def _efficientnet_lite(card: ModelCard, model_file: FloatModel) -> Any:
    try:
        variant = efficientnet_lite.VARIANTS[model_file.architecture]
    except KeyError:
        raise ModelError(card.path, f"no architecture {model_file.architecture!r}") from None
    model = efficientnet_lite.build_graph(variant)
    set_weights(model, model_file.file.read_bytes(), model_file.file)
    return model


def _keras(card: ModelCard, model_file: FloatModel) -> Any:
    return read_keras_file(model_file.file)


#: How each kind of `FloatModel` is rebuilt; the hash of its file has been checked.
_LOADERS: Final[Mapping[str, Callable[[ModelCard, FloatModel], Any]]] = {
    "efficientnet-lite": _efficientnet_lite,
    "keras": _keras,
}


def _check_hash(model_file: FloatModel) -> None:
    try:
        with model_file.file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(model_file.file, error.strerror or str(error)) from error
    if digest != model_file.sha256:
        raise ModelError(
            model_file.file, "is damaged or not the file that its model card describes"
        )


def _check_shapes(model: Any, card: ModelCard, model_file: FloatModel) -> None:
    width, height = card.input_size
    outputs = getattr(model, "output", None)
    outputs = outputs if isinstance(outputs, dict) else {}
    for what, found, wanted in (
        ("output 'embedding'", _shape(outputs.get("embedding")), (card.embedding_size,)),
        ("output 'scores'", _shape(outputs.get("scores")), (card.classes,)),
        ("input", _shape(getattr(model, "input", None)), (height, width, 3)),
    ):
        if found is None:
            raise ModelError(model_file.file, f"has no {what}")
        # An open size (None) takes any.
        if len(found) != len(wanted) or any(
            one not in (None, other) for one, other in zip(found, wanted, strict=True)
        ):
            reason = f"its {what} is of shape {found}, its card says {wanted}"
            raise ModelError(model_file.file, reason)


def _shape(tensor: Any) -> tuple[int | None, ...] | None:
    shape = getattr(tensor, "shape", None)
    return None if shape is None else tuple(shape)[1:]
