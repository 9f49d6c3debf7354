"""Putting a network into the user's catalogue, and taking it out again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from app.core.errors import ModelError, UsageError
from app.core.file_lock import locked
from app.vision.card_file import write_card
from app.vision.catalogue import Activation, Catalogue, ModelCard, read_card

_COMMENT: Final = "Written by Tagwright; one network of your own catalogue."
#: How the names of files end that are not whole yet.
_PARTIAL: Final = ".new"
#: Seconds to wait for another process that adds a network.
_PATIENCE: Final = 30.0


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
    embedding_from: Literal["output", "scores"] = "output"
    quantisation: str = "float"
    float_model: NewFloatModel | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def id_from(name: str) -> str:
    """An id for a network of this name: small letters of English, digits and single dashes.

    A name in another script gets a number that follows from it.

    Raises:
        UsageError: there is neither a letter nor a digit in the name.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")
    if found:
        return found
    if not any(character.isalnum() for character in name):
        raise UsageError(f"{name}: a network's name needs a letter or a digit")
    return f"network-{_sha256(name.encode())[:8]}"


def register(folder: Path, network: NewNetwork) -> ModelCard:
    """Write a network, its labels and its card into the user's folder of networks.

    The card is put into its place last: a network without one does not exist, so that a crash
    leaves nothing half done that anybody would use. Two processes take turns. The version is the
    beginning of a hash of all that answers depend on: what was cached for another file under the
    same id, or for this one given other numbers, is not taken for this one's.

    Raises:
        UsageError: there is a network of that id in the folder.
        ModelError: it cannot be written; nothing of it is left.
    """
    card_path = folder / f"{network.id}.yml"
    try:
        # Beside the folder, in which there is nothing but networks.
        with locked(folder.with_name(f"{folder.name}.lock"), patience=_PATIENCE):
            if card_path.exists():
                raise UsageError(f"{network.id}: there is a model of that name already")
            folder.mkdir(parents=True, exist_ok=True)
            for left in folder.glob(f"*{_PARTIAL}"):  # of a process that was killed
                left.unlink()
            _write(folder, card_path, network)
    except BlockingIOError as error:
        raise ModelError(card_path, "another Tagwright is adding a network") from error
    except OSError as error:
        raise ModelError(card_path, error.strerror or str(error)) from error
    return read_card(card_path)


def _write(folder: Path, card_path: Path, network: NewNetwork) -> None:
    files = {
        folder / f"{network.id}.tflite": network.litert,
        folder / f"{network.id}.labels.txt": "".join(f"{x}\n" for x in network.labels).encode(),
    }
    content = _card(network)
    moved: tuple[Path, Path] | None = None
    if network.float_model is not None:
        source = network.float_model.file
        moved = source, folder / f"{network.id}{source.suffix}"
        content["float"] = {
            "kind": network.float_model.kind,
            "architecture": network.float_model.architecture,
            "file": moved[1].name,
            "sha256": _sha256_of(source),
        }
    partial = card_path.with_name(card_path.name + _PARTIAL)
    try:
        for path, data in files.items():
            _replace(path, data)
        write_card(partial, content, _COMMENT)
        if moved is not None:
            shutil.move(*moved)  # perhaps from another disk
        os.replace(partial, card_path)
    except BaseException:
        for path in (*files, partial):
            path.unlink(missing_ok=True)
            path.with_name(path.name + _PARTIAL).unlink(missing_ok=True)
        # Weights that took an hour to arrive are not thrown away.
        if moved is not None and moved[0].exists():
            moved[1].unlink(missing_ok=True)
        raise


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
        # Cards that somebody has written may share a file, such as one of labels.
        for file in _files(card) - {
            file for other in Catalogue([folder]).cards() for file in _files(other)
        }:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(card.path, error.strerror or str(error)) from error


def _files(card: ModelCard) -> set[Path]:
    return {card.file, card.labels_file, *([card.float_model.file] if card.float_model else [])}


def _card(network: NewNetwork) -> dict[str, Any]:
    width, height = network.input_size
    digest = _sha256(network.litert)
    embedding: dict[str, Any] = {"shape": [network.embedding_size]}
    if network.embedding_from != "output":
        embedding["from"] = network.embedding_from
    inputs = {
        "size": [height, width],
        "layout": network.layout,
        "channels": network.channels,
        "mean": list(network.mean),
        "std": list(network.std),
        "crop_fraction": network.crop_fraction,
    }
    outputs = {
        "embedding": embedding,
        "scores": {"shape": [len(network.labels)], "activation": network.activation},
    }
    version = _sha256(json.dumps([digest, inputs, outputs, list(network.labels)]).encode())
    return {
        "id": network.id,
        "name": network.name,
        "version": version[:12],
        "file": f"{network.id}.tflite",
        "sha256": digest,
        "bytes": len(network.litert),
        "format": "litert",
        "quantisation": network.quantisation,
        "input": inputs,
        "outputs": outputs,
        "labels": f"{network.id}.labels.txt",
        **network.more,
    }


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(path.name + _PARTIAL)
    partial.write_bytes(content)
    os.replace(partial, path)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
