"""Training a network of one's own: how it is to be done, and what is said while it goes.

The training runs in a process of its own and says each event as one line of JSON.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, get_args

from app.core.settings import TagSettings

#: cnn: a small network from scratch; finetune: a network that is there learns other classes.
Kind = Literal["cnn", "finetune"]


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How to train.

    Attributes:
        network: see `Kind`.
        name: of the new network, for people.
        base: id of the network that is refined.
        epochs: at most so many rounds through the photos in each phase.
        batch: photos a step.
        image_size: edge in pixels of a network from scratch; a refined one keeps its own.
        seed: of the split, the first weights and the chance in augmentation.
        share: of each class's photos that is learned; the rest only judges.
        flip, rotation, zoom: what is done to photos by chance while they are learned.
        dropout: the share of values that is left out by chance while learning; 0 for none.
        patience: so many rounds in which validation gets no better end it.
    """

    network: Kind = "finetune"
    name: str = ""
    base: str = TagSettings().model
    epochs: int = 30
    batch: int = 32
    image_size: int = 180
    seed: int = 0
    share: float = 0.8
    flip: bool = True
    rotation: bool = True
    zoom: bool = True
    dropout: float = 0.2
    patience: int = 6

    @property
    def augments(self) -> bool:
        """Whether photos are changed by chance."""
        return self.flip or self.rotation or self.zoom


#: head: the new last layer of a frozen network; upper: its upper blocks as well; whole: all of it.
Phase = Literal["head", "upper", "whole"]
#: What is being done where no epoch is counted.
Work = Literal["starting", "reading", "features", "exporting", "checking"]
NoticeKind = Literal["overfitting", "few-photos", "unbalanced", "loose-photos", "early-stop"]


@dataclass(frozen=True, slots=True)
class Started:
    """The photos are read and the training begins.

    Attributes:
        counts: photos of each class that can be read, in the order of the classes.
        training, validation: how the photos are split.
        device: cpu or gpu.
        phases: that will follow, in this order.
    """

    network: Kind
    name: str
    base: str
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    training: int
    validation: int
    seed: int
    device: str
    phases: tuple[Phase, ...]
    epochs: int


@dataclass(frozen=True, slots=True)
class Working:
    """How far something is that takes a while; `total` is 0 where that is not known."""

    work: Work
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A photo that cannot be learned from."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Examples:
    """A picture of photos as they are and as augmentation changes them.

    Attributes:
        path: a PNG file, in which changed copies follow each photo.
    """

    path: str


@dataclass(frozen=True, slots=True)
class BatchDone:
    """Some batches of an epoch are done; epochs and batches count from 1.

    Attributes:
        loss, accuracy: on the photos of this epoch so far.
    """

    phase: Phase
    epoch: int
    epochs: int
    batch: int
    batches: int
    loss: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class EpochDone:
    """A round through the photos is done, and the validation photos were asked.

    Attributes:
        seconds: that the round took.
        best: whether validation was worse in all rounds before.
    """

    phase: Phase
    epoch: int
    epochs: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    seconds: float
    best: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the user should know.

    Attributes:
        kind: what it is about.
        text: as a sentence, in English.
        number: how many, where the sentence has a number: rounds, photos, times.
        classes: that it is about.
    """

    kind: NoticeKind
    text: str
    number: int = 0
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confusion:
    """Validation photos by their class (rows) and the network's first answer (columns)."""

    classes: tuple[str, ...]
    matrix: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One exported form of the network against the one that was trained.

    Attributes:
        precision: float or int8.
        size: in bytes.
        accuracy: on the validation photos.
        agreement: the share of them with the same first answer.
        difference: the largest between two probabilities for the same class of the same photo.
    """

    precision: str
    size: int
    accuracy: float
    agreement: float
    difference: float


@dataclass(frozen=True, slots=True)
class Checked:
    """What exporting has changed.

    Attributes:
        photos: that it was checked on.
        accuracy: of the network as it was trained, on these.
        forms: what it was exported to.
        kept: the precision that is used from now on.
    """

    photos: int
    accuracy: float
    forms: tuple[Form, ...]
    kept: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The network is in the catalogue."""

    id: str
    name: str
    accuracy: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """It has come to nothing; nothing was registered."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """It was stopped; nothing was registered."""


Event = (
    Started
    | Working
    | Skipped
    | Examples
    | BatchDone
    | EpochDone
    | Notice
    | Confusion
    | Checked
    | Finished
    | Failed
    | Stopped
)
_KINDS: Final[dict[str, Any]] = {each.__name__: each for each in get_args(Event)}


def to_line(event: Event) -> str:
    """An event as one line of JSON, without the end of the line."""
    return json.dumps({"event": type(event).__name__, **asdict(event)}, ensure_ascii=True)


def from_line(line: str) -> Event:
    """The event of a line.

    Raises:
        ValueError: it is none, or one that this version does not know.
    """
    said = json.loads(line)
    if not isinstance(said, dict) or said.get("event") not in _KINDS:
        raise ValueError(f"is no event of a training: {line[:80]!r}")
    kind = _KINDS[said["event"]]
    values = {name: _frozen(value) for name, value in said.items() if name != "event"}
    if kind is Checked and isinstance(values.get("forms"), tuple):
        values["forms"] = tuple(_made(Form, each) for each in values["forms"])
    event: Event = _made(kind, values)
    return event


def _made(kind: Any, values: Any) -> Any:
    if not isinstance(values, dict) or set(values) > {field.name for field in fields(kind)}:
        raise ValueError(f"is no {kind.__name__}: {values!r:.80}")
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(str(error)) from error


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
