"""Putting a network into the user's catalogue, and taking it out again."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from app.core.errors import ModelError, UsageError
from app.vision.card_file import write_card
from app.vision.catalogue import Activation, ModelCard, read_card

_COMMENT = "Written by Tagwright; one network of your own catalogue."


@dataclass(frozen=True, slots=True)
class NewFloatModel:
    """See `app.vision.catalogue.FloatModel`; `file` is moved into the catalogue."""

    kind: str
    architecture: str
    file: Path


@dataclass(frozen=True, slots=True)
class NewNetwork:
    """A network that is to be registered; what is not said here is as in `ModelCard`.

    Attributes:
        litert: the LiteRT file, with an output of `embedding_size` and one of `len(labels)` values.
        quantisation: float, dynamic or int8, for people.
        more: further entries of the card: licence, source, accuracy, how it was trained.
    """

    id: str
    name: str
    litert: bytes
    labels: Sequence[str]
    input_size: tuple[int, int]
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    embedding_size: int
    crop_fraction: float = 1.0
    channels: Literal["RGB", "BGR"] = "RGB"
    layout: Literal["NHWC", "NCHW"] = "NHWC"
    activation: Activation = "softmax"
    quantisation: str = "float"
    float_model: NewFloatModel | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def id_from(name: str) -> str:
    """An id for a network of this name: small letters, digits and single dashes.

    Raises:
        UsageError: nothing of the name can be in an id.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")
    if not found:
        raise UsageError(f"{name}: a network's name needs a letter or a digit")
    return found


def register(folder: Path, network: NewNetwork) -> ModelCard:
    """Write a network, its labels and its card into the user's folder of networks.

    The card is written last: a network without one does not exist, so that a crash leaves nothing
    half done that anybody would use. The version is the beginning of the file's hash: what was
    cached for another file under the same id is not taken for this one's.

    Raises:
        UsageError: there is a network of that id in the folder.
        ModelError: it cannot be written.
    """
    card_path = folder / f"{network.id}.yml"
    if card_path.exists():
        raise UsageError(f"{network.id}: there is a model of that name already")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / f"{network.id}.tflite", network.litert)
        labels = "".join(f"{label}\n" for label in network.labels)
        _replace(folder / f"{network.id}.labels.txt", labels.encode())
        content = _card(network)
        if network.float_model is not None:
            source = network.float_model.file
            kept = folder / f"{network.id}{source.suffix}"
            os.replace(source, kept)
            content["float"] = {
                "kind": network.float_model.kind,
                "architecture": network.float_model.architecture,
                "file": kept.name,
                "sha256": _sha256(kept.read_bytes()),
            }
        partial = card_path.with_suffix(".yml.new")
        write_card(partial, content, _COMMENT)
        os.replace(partial, card_path)
    except OSError as error:
        raise ModelError(card_path, error.strerror or str(error)) from error
    return read_card(card_path)


def unregister(card: ModelCard, folder: Path) -> None:
    """Take a network out of the user's folder; tags that it gave stay.

    Raises:
        UsageError: it is one of those that came with the program.
        ModelError: it cannot be removed.
    """
    if card.path.parent != folder:
        raise UsageError(f"{card.id}: came with the program and stays")
    try:
        card.path.unlink()
        files = [card.file, card.labels_file]
        if card.float_model is not None:
            files.append(card.float_model.file)
        for file in files:
            # A card may name files elsewhere, which are not ours to remove.
            if file.parent == folder:
                file.unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(card.path, error.strerror or str(error)) from error


def _card(network: NewNetwork) -> dict[str, Any]:
    width, height = network.input_size
    digest = _sha256(network.litert)
    return {
        "id": network.id,
        "name": network.name,
        "version": digest[:12],
        "file": f"{network.id}.tflite",
        "sha256": digest,
        "bytes": len(network.litert),
        "format": "litert",
        "quantisation": network.quantisation,
        "input": {
            "size": [height, width],
            "layout": network.layout,
            "channels": network.channels,
            "mean": list(network.mean),
            "std": list(network.std),
            "crop_fraction": network.crop_fraction,
        },
        "outputs": {
            "embedding": {"shape": [network.embedding_size]},
            "scores": {"shape": [len(network.labels)], "activation": network.activation},
        },
        "labels": f"{network.id}.labels.txt",
        **network.more,
    }


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(path.name + ".new")
    partial.write_bytes(content)
    os.replace(partial, path)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
