"""The catalogue of networks: model cards, their labels, and files checked by hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from app.core.confidence import AS_SAID, Confidence
from app.core.errors import ModelError, UsageError
from app.core.rules import Label

#: The one in C is ten times as fast, where PyYAML has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


#: What the scores of a network are: probabilities that add up to 1, the logits of such, or one
#: probability for each class by itself.
Activation = Literal["softmax", "logits", "sigmoid"]


@dataclass(frozen=True, slots=True)
class FloatModel:
    """The same network in floating point, for Keras: on a GPU, and for training on.

    Attributes:
        kind: how it is rebuilt: `efficientnet-lite` and `keras-application` from code and weights,
            `keras` from a .keras file.
        architecture: which one of its kind, such as `efficientnet-lite2` or `ResNet50V2`.
        file: the weights, or the .keras file.
        sha256: of the file, in hexadecimal.
    """

    kind: str
    architecture: str
    file: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a network is and how it wants its input, as its YAML card says.

    Attributes:
        id: unique name, such as `efficientnet-lite2`.
        name: for people.
        version: of the converted file; a change makes cached embeddings stale.
        file: the network itself, a LiteRT flatbuffer.
        sha256: of the file, in hexadecimal.
        input_size: width and height in pixels.
        mean, std: per channel of RGB; the input is (pixel - mean) / std, pixels 0 to 255.
        crop_fraction: the share of a photo's short side that the centre crop covers.
        embedding_size: length of the embedding.
        classes: number of scores.
        labels_file: one label a line, in the order of the scores.
        role: `default`, `fast` or empty.
        card: the whole card, for showing.
        channels: the order of the colours that the network expects.
        layout: NHWC, or NCHW with the colours first.
        activation: what its scores are.
        float_model: the same network for Keras, None where there is none.
        path: of the card.
        confidence: what its scores are worth; as they are, where the card says nothing.
    """

    id: str
    name: str
    version: str
    file: Path
    sha256: str
    input_size: tuple[int, int]
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    crop_fraction: float
    embedding_size: int
    classes: int
    labels_file: Path
    role: str
    card: Mapping[str, Any]
    channels: Literal["RGB", "BGR"] = "RGB"
    layout: Literal["NHWC", "NCHW"] = "NHWC"
    activation: Activation = "softmax"
    float_model: FloatModel | None = None
    path: Path = Path()
    confidence: Confidence = AS_SAID

    @property
    def is_here(self) -> bool:
        """Whether the network's file is there; else it is to be fetched first."""
        return self.file.is_file()

    @property
    def key(self) -> str:
        """What cached embeddings belong to: they are comparable only under the same key."""
        return f"{self.id}@{self.version}"

    def load(self) -> bytes:
        """The network's bytes.

        Raises:
            ModelError: the file is missing or is not the one that the card describes.
        """
        try:
            content = self.file.read_bytes()
        except OSError as error:
            raise ModelError(self.file, error.strerror or str(error)) from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ModelError(self.file, "is damaged or not the file that its model card describes")
        return content

    def labels(self) -> tuple[Label, ...]:
        """The classes, in the order of the scores.

        A line is a name, or a WordNet id and a name: `n01440764 tench`.

        Raises:
            ModelError: the file is missing or holds another number of labels.
        """
        try:
            lines = self.labels_file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(self.labels_file, f"cannot be read: {error}") from error
        labels = tuple(_label(line) for line in lines if line.strip())
        if len(labels) != self.classes:
            reason = f"holds {len(labels)} labels, but the network has {self.classes} classes"
            raise ModelError(self.labels_file, reason)
        return labels


def _label(line: str) -> Label:
    first, _, rest = line.strip().partition(" ")
    if rest and len(first) == 9 and first[0] == "n" and first[1:].isdigit():
        return Label(rest.strip().lower(), first)
    return Label(line.strip().lower())


def read_card(path: Path) -> ModelCard:
    """Read one model card.

    Raises:
        ModelError: it cannot be read, or lacks something.
    """
    try:
        card = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
        inputs, outputs = card["input"], card["outputs"]
        height, width = inputs["size"]
        activation: Activation = _one_of(
            outputs["scores"].get("activation", "softmax"), "softmax", "logits", "sigmoid"
        )
        return ModelCard(
            id=str(card["id"]),
            name=str(card["name"]),
            version=str(card["version"]),
            file=path.parent / card["file"],
            sha256=str(card["sha256"]),
            input_size=(int(width), int(height)),
            mean=_three(inputs["mean"]),
            std=_three(inputs["std"]),
            crop_fraction=float(inputs["crop_fraction"]),
            embedding_size=int(outputs["embedding"]["shape"][-1]),
            classes=int(outputs["scores"]["shape"][-1]),
            labels_file=path.parent / card["labels"],
            role=str(card.get("role", "")),
            card=card,
            channels=_one_of(inputs.get("channels", "RGB"), "RGB", "BGR"),
            layout=_one_of(inputs.get("layout", "NHWC"), "NHWC", "NCHW"),
            activation=activation,
            float_model=_float_model(path.parent, card.get("float")),
            path=path,
            confidence=_confidence(card.get("confidence"), activation),
        )
    except OSError as error:
        raise ModelError(path, error.strerror or str(error)) from error
    except KeyError as error:
        raise ModelError(path, f"the model card has no {error}") from error
    except (TypeError, ValueError, IndexError, yaml.YAMLError) as error:
        raise ModelError(path, f"is not a model card: {error}") from error


def _one_of(value: Any, *choices: Any) -> Any:
    if value not in choices:
        raise ValueError(f"{value!r} is none of {', '.join(choices)}")
    return value


def _float_model(folder: Path, entry: Any) -> FloatModel | None:
    if entry is None:
        return None
    return FloatModel(
        kind=str(entry["kind"]),
        architecture=str(entry["architecture"]),
        file=folder / entry["file"],
        sha256=str(entry["sha256"]),
    )


def _confidence(said: Mapping[str, Any] | None, activation: Activation) -> Confidence:
    if said is None:
        return AS_SAID
    temperature = float(said["temperature"])
    if not temperature > 0:
        raise ValueError(f"a temperature of {temperature}")
    if activation == "sigmoid":
        raise ValueError("a temperature is for scores of which one is right")
    return Confidence(temperature)


def _three(values: Any) -> tuple[float, float, float]:
    red, green, blue = (float(value) for value in values)
    return red, green, blue


class Catalogue:
    """The networks of one or more folders; of two with the same id, the first wins."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)

    def cards(self) -> list[ModelCard]:
        """Every network there is, the default first, then by id.

        Raises:
            ModelError: a card cannot be read.
        """
        found: dict[str, ModelCard] = {}
        for folder in self._folders:
            for path in sorted(folder.glob("*.yml")):
                card = read_card(path)
                found.setdefault(card.id, card)
        return sorted(found.values(), key=lambda card: (card.role != "default", card.id))

    def get(self, model_id: str) -> ModelCard:
        """The network with this id.

        Raises:
            UsageError: there is none; it names those there are.
        """
        cards = self.cards()
        for card in cards:
            if card.id == model_id:
                return card
        known = ", ".join(card.id for card in cards) or "none"
        raise UsageError(f"{model_id}: no such model (there are: {known})")
