"""The catalogue of networks: model cards, their labels, and files checked by hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import yaml

from app.core.confidence import AS_SAID, Confidence
from app.core.errors import ModelError, UsageError
from app.core.rules import Label
from app.core.tag import Tag
from app.vision.card_values import (
    file_in,
    length,
    load_yaml,
    model_id,
    one_of,
    share,
    side,
    three,
)
from app.vision.fetchable import cards_of, is_table

#: A network with fewer classes has none for most photos.
_NARROW = 100
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
class Download:
    """Where the weights of a network come from that is fetched when it is asked for.

    Attributes:
        kind, architecture: what is built with them; see `FloatModel`.
        url: of the file with the weights.
        megabytes: about how many that are.
        algorithm: of the checksum, `md5` or `sha256`; empty where none is published.
        checksum: of the file, in hexadecimal.
    """

    kind: str
    architecture: str
    url: str
    megabytes: int
    algorithm: str
    checksum: str


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
        confidence: what its scores are worth; as they are, where the card says nothing.
        card: the whole card, for showing.
        channels: the order of the colours that the network expects.
        layout: NHWC, or NCHW with the colours first.
        activation: what its scores are.
        embedding_from: `output` where the network gives one; with `scores` the square roots of its
            scores serve as embedding.
        float_model: the same network for Keras, None where there is none.
        path: of the card.
        download: where its weights come from, None for one that does not have to be fetched.
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
    embedding_from: Literal["output", "scores"] = "output"
    float_model: FloatModel | None = None
    path: Path = Path()
    download: Download | None = None
    confidence: Confidence = AS_SAID

    @property
    def is_here(self) -> bool:
        """Whether the network's file is there; else it is to be fetched first."""
        return self.file.is_file()

    @property
    def is_narrow(self) -> bool:
        """Whether it knows just a few things, as one that was trained on the user's own classes.

        It takes every photo for one of them, also those that show none, and with some certainty.
        """
        return "trained" in self.card or self.classes < _NARROW

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
            if self.download is not None and not self.is_here:
                reason = f"has not been fetched; `tagwright models fetch {self.id}` does that"
                raise ModelError(self.id, reason) from error
            raise ModelError(self.file, error.strerror or str(error)) from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ModelError(self.file, "is damaged or not the file that its model card describes")
        return content

    def labels(self) -> tuple[Label, ...]:
        """The classes, in the order of the scores.

        A line is a name, or a WordNet id and a name: `n01440764 tench`. Where the card says that
        `labels_are: tags`, it is a tag as well: `Animal/Cat`.

        Raises:
            ModelError: the file is missing or holds another number of labels.
        """
        try:
            lines = self.labels_file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(self.labels_file, f"cannot be read: {error}") from error
        labels = tuple(parse_label(line) for line in lines if line.strip())
        if len(labels) != self.classes:
            reason = f"holds {len(labels)} labels, but the network has {self.classes} classes"
            raise ModelError(self.labels_file, reason)
        if self.card.get("labels_are") != "tags":
            return labels
        return tuple(
            replace(label, tag=tag) for label, tag in zip(labels, self._tags(lines), strict=True)
        )

    def _tags(self, lines: Iterable[str]) -> list[Tag]:
        """The labels of a network that was trained on tags."""
        try:
            return [Tag.parse(line) for line in lines if line.strip()]
        except UsageError as error:
            raise ModelError(self.labels_file, str(error)) from error


def parse_label(line: str) -> Label:
    """A line of a file of labels: a name, or a WordNet id and a name."""
    first, _, rest = line.strip().partition(" ")
    if rest and len(first) == 9 and first[0] == "n" and first[1:].isdigit():
        return Label(rest.strip().lower(), first)
    return Label(line.strip().lower())


def read_card(path: Path) -> ModelCard:
    """Read one model card.

    Raises:
        ModelError: it cannot be read, lacks something, or holds several.
    """
    cards = read_cards(path)
    if len(cards) != 1:
        raise ModelError(path, "is a table of networks, not a model card")
    return cards[0]


def read_cards(path: Path) -> list[ModelCard]:
    """Read a model card, or a table of networks that can be fetched.

    Raises:
        ModelError: it cannot be read, or lacks something.
    """
    try:
        content = load_yaml(path.read_text(encoding="utf-8"))
        cards = cards_of(content) if is_table(content) else [content]
        return [_card(card, path) for card in cards]
    except OSError as error:
        raise ModelError(path, error.strerror or str(error)) from error
    except KeyError as error:
        raise ModelError(path, f"the model card has no {error}") from error
    except (TypeError, ValueError, IndexError, AttributeError, yaml.YAMLError) as error:
        raise ModelError(path, f"is not a model card: {error}") from error


def _card(card: Mapping[str, Any], path: Path) -> ModelCard:
    inputs, outputs = card["input"], card["outputs"]
    height, width = inputs["size"]
    activation: Activation = one_of(
        outputs["scores"].get("activation", "softmax"), "softmax", "logits", "sigmoid"
    )
    return ModelCard(
        id=model_id(card["id"]),
        name=str(card["name"]),
        version=str(card["version"]),
        file=file_in(path.parent, card["file"]),
        sha256=str(card["sha256"]),
        input_size=(side(width), side(height)),
        mean=three(inputs["mean"]),
        std=three(inputs["std"], zeros=False),
        crop_fraction=share(inputs["crop_fraction"]),
        embedding_size=length(outputs["embedding"]["shape"][-1]),
        classes=length(outputs["scores"]["shape"][-1]),
        labels_file=file_in(path.parent, card["labels"]),
        role=str(card.get("role", "")),
        card=card,
        channels=one_of(inputs.get("channels", "RGB"), "RGB", "BGR"),
        layout=one_of(inputs.get("layout", "NHWC"), "NHWC", "NCHW"),
        activation=activation,
        embedding_from=one_of(outputs["embedding"].get("from", "output"), "output", "scores"),
        float_model=_float_model(path.parent, card.get("float")),
        confidence=_confidence(card.get("confidence"), activation),
        path=path,
        download=_download(card.get("download")),
    )


def _float_model(folder: Path, entry: Any) -> FloatModel | None:
    if entry is None:
        return None
    return FloatModel(
        kind=str(entry["kind"]),
        architecture=str(entry["architecture"]),
        file=file_in(folder, entry["file"]),
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


def _download(entry: Any) -> Download | None:
    if entry is None:
        return None
    algorithm = next((name for name in ("sha256", "md5") if name in entry), "")
    return Download(
        kind=str(entry["kind"]),
        architecture=str(entry["architecture"]),
        url=str(entry["url"]),
        megabytes=int(entry["megabytes"]),
        algorithm=algorithm,
        checksum=str(entry.get(algorithm, "")).lower(),
    )


class Catalogue:
    """The networks of one or more folders; of two with the same id, the first wins.

    A card that is damaged is as if it were not there, and told by `damaged`.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)

    def cards(self) -> list[ModelCard]:
        """Every network there is: the default, then by id, last those that are not fetched."""
        return self.survey()[0]

    def damaged(self) -> list[ModelError]:
        """What is wrong with cards that cannot be read."""
        return self.survey()[1]

    def survey(self) -> tuple[list[ModelCard], list[ModelError]]:
        """Both: `cards` and `damaged`."""
        found: dict[str, ModelCard] = {}
        damaged: list[ModelError] = []
        for folder in self._folders:
            for path in sorted(folder.glob("*.yml")):
                try:
                    for card in read_cards(path):
                        found.setdefault(card.id, card)
                except ModelError as error:
                    damaged.append(error)
        cards = sorted(
            found.values(), key=lambda card: (card.role != "default", not card.is_here, card.id)
        )
        return cards, damaged

    def get(self, model_id: str) -> ModelCard:
        """The network with this id.

        Raises:
            UsageError: there is none; it names those that are here, and one that may be meant.
            ModelError: its card is damaged.
        """
        cards, damaged = self.survey()
        for card in cards:
            if card.id == model_id:
                return card
        for error in damaged:
            if error.path.stem == model_id:
                raise error
        meant = get_close_matches(model_id.lower(), [card.id for card in cards], 1)
        hint = f"do you mean {meant[0]}? " if meant else ""
        known = ", ".join(card.id for card in cards if card.is_here) or "none"
        reason = f"no such model; {hint}(there are: {known}; `tagwright models` lists all)"
        raise UsageError(f"{model_id}: {reason}")
