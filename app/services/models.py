"""The user's own networks: adding those that others have made, and taking them out again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.core.errors import FileError, ModelError, UsageError
from app.core.folders import Folders
from app.core.rules import BACKGROUND, RuleSet
from app.library.library import DATABASE, Library
from app.services.preferences import load_preferences
from app.services.setup import catalogue
from app.vision.catalogue import ModelCard
from app.vision.outside.labels import fit_labels, is_imagenet, parse_labels, read_labels
from app.vision.outside.sandbox import Examined, examine
from app.vision.register import NewNetwork, id_from, register, unregister

#: So many photos of the library a network is tried on.
_TRIED_ON: Final = 10
#: What networks for ImageNet are shown of a photo; others mostly see the whole middle.
_IMAGENET_CROP: Final = 0.875
#: Under this much information a network says nearly the same of all photos.
_SAYS_NOTHING: Final = 0.01
#: Words and kinds of files that hold the names of classes.
_LABEL_WORDS: Final = frozenset({"label", "labels", "class", "classes", "names", "labelmap"})
_LABEL_FILES: Final = frozenset({".txt", ".csv", ".json"})


@dataclass(frozen=True, slots=True)
class Added:
    """A network that was added.

    Attributes:
        examined: what was found out about it.
        notes: what the user should know about it, in whole sentences.
        says_nothing: whether it said the same of every picture that it was tried on.
    """

    card: ModelCard
    examined: Examined
    notes: tuple[str, ...]
    says_nothing: bool


class LabelsNeeded(ModelError):
    """A network that does not say what its classes are called.

    Attributes:
        classes: how many there are.
    """

    def __init__(self, path: Path | str, classes: int) -> None:
        super().__init__(
            path, f"says nothing of what its {classes} classes are called; give --labels"
        )
        self.classes = classes

    def __reduce__(self) -> tuple[type[FileError], tuple[Path, Any]]:
        return type(self), (self.path, self.classes)


def add_model(
    folders: Folders,
    path: Path,
    *,
    labels: Path | None = None,
    name: str | None = None,
    input_range: str | None = None,
    photos: Sequence[Path] = (),
) -> Added:
    """Examine a network, try it, and put it into the user's catalogue.

    Args:
        path: a TFLite file, an archive of Teachable Machine, a .keras file, a SavedModel's folder.
        labels: the names of its classes, where the file does not carry them.
        name: for people; without it, as the file is called.
        input_range: a key of `app.vision.outside.ranges.RANGES`; without it, it is found out.
        photos: to try it on; without them, some of the library, else drawn pictures.

    Raises:
        ModelError: the network or the labels cannot be used.
        UsageError: there is one of that name.
        ReadError, DecodeError: a photo to try it on is none.
    """
    name = name or path.stem
    model_id = id_from(name)
    if any(card.id == model_id for card in catalogue(folders).cards()):
        raise UsageError(f"{model_id}: there is a model of that name already; give another --name")
    given = read_labels(labels) if labels is not None else None
    examined = examine(
        path,
        labels=len(given) if given is not None else None,
        input_range=input_range,
        photos=photos or _own_photos(folders),
        skip_unreadable=not photos,
    )
    names = _labels(path, labels, given, examined)
    more: dict[str, Any] = {"source": {"file": path.name, "kind": "added by the user"}}
    more |= {key: text for key, text in examined.about.items() if key in ("description", "author")}
    if "licence" in examined.about:
        more["licence"] = examined.about["licence"]
    more["tried"] = {
        "input_range": examined.input_range or "its own",
        "found": examined.range_found,
    }
    card = register(
        folders.own_models,
        NewNetwork(
            id=model_id,
            name=name,
            litert=examined.network,
            labels=names,
            input_size=examined.input_size,
            mean=examined.mean,
            std=examined.std,
            embedding_size=examined.embedding_size,
            crop_fraction=_IMAGENET_CROP if is_imagenet(names) else 1.0,
            channels=examined.channels,
            layout=examined.layout,
            activation=examined.activation,
            embedding_from=examined.embedding_from,
            quantisation=examined.quantisation,
            more=more,
        ),
    )
    return Added(card, examined, _notes(examined), _says_nothing(examined))


def remove_model(folders: Folders, model_id: str) -> ModelCard:
    """Take a network out of the user's catalogue; the tags that it gave stay.

    Raises:
        UsageError: there is none, it came with the program, or the window uses it.
        ModelError: it cannot be removed.
    """
    card = catalogue(folders).get(model_id)
    if load_preferences(folders.config)[0].model == model_id:
        raise UsageError(f"{model_id}: is in use; choose another network in the settings first")
    unregister(card, folders.own_models)
    return card


def unruled_labels(card: ModelCard, rules: RuleSet) -> list[str]:
    """The labels of which the rules know nothing: they become tags by their own names."""
    known = rules.rules
    return [
        label.name
        for label in card.labels()
        if label.wordnet_id not in known and label.name not in known and label.name != BACKGROUND
    ]


def _labels(
    path: Path, labels: Path | None, given: list[str] | None, examined: Examined
) -> list[str]:
    if given is not None and labels is not None:
        return fit_labels(given, examined.classes, labels)
    if examined.labels is None:
        raise LabelsNeeded(path, examined.classes)
    within = path / "labels.txt"
    return fit_labels(parse_labels(examined.labels, within), examined.classes, within)


def _notes(examined: Examined) -> tuple[str, ...]:
    notes = []
    if examined.embedding_from == "scores":
        notes.append(
            "It gives no embedding, so that its scores serve as one: learning from what you accept"
            " works less well with it."
        )
    if _says_nothing(examined):
        notes.append(
            "It said the same of every picture that it was tried on. If it does so of your photos,"
            " remove it and add it again with another --input-range."
        )
    return tuple(notes)


def _says_nothing(examined: Examined) -> bool:
    return examined.information < _SAYS_NOTHING


def find_labels(network: Path) -> Path | None:
    """The file of labels that lies beside a network, where its name leaves no doubt.

    `mobilenet_v2_labels.txt` belongs to `mobilenet_v2_1.0_224.tflite`: but for words such as
    "labels", its name is the beginning of the network's. A plain `labels.txt` counts where
    nothing has more in common.
    """
    wanted = _parts(network)
    found: dict[int, list[Path]] = {}
    try:
        beside = sorted(network.parent.iterdir())
    except OSError:
        return None
    for path in beside:
        parts = _parts(path)
        own = [part for part in parts if part not in _LABEL_WORDS]
        is_named_so = len(own) < len(parts) or own == wanted
        if path.suffix.lower() in _LABEL_FILES and is_named_so and wanted[: len(own)] == own:
            found.setdefault(len(own), []).append(path)
    best = found[max(found)] if found else []
    return best[0] if len(best) == 1 else None


def _parts(path: Path) -> list[str]:
    return [part for part in re.split(r"[^a-z0-9]+", path.stem.lower()) if part]


def _own_photos(folders: Folders) -> list[Path]:
    """Some photos of the library, from all over it."""
    if not (folders.data / DATABASE).exists():
        return []
    with Library(folders.data) as library:
        photos = [photo.path for photo in library.photos() if photo.error is None]
    some = photos[:: max(1, len(photos) // (2 * _TRIED_ON))]
    there = [path for path in some if path.is_file()][:_TRIED_ON]
    return there if len(there) >= _TRIED_ON // 2 else []
