"""The networks there are, with all that a person wants to know to choose one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from app.core.errors import ModelError
from app.core.folders import Folders
from app.core.paths import data_path
from app.core.rules import BACKGROUND
from app.services.setup import catalogue
from app.vision.catalogue import ModelCard, read_cards

#: The user's own, those that are here otherwise, and those that can be fetched.
Place = Literal["here", "fetchable", "own"]

#: So many classes are named.
_NAMED: Final = 12
#: Files that were read and found to be what their cards say: path, hash, time and size.
_sound: set[tuple[Path, str, int, int]] = set()


@dataclass(frozen=True, slots=True)
class KnownNetwork:
    """A network of the catalogue.

    Attributes:
        name: that of its file, where its card cannot be read.
        card: None where it cannot be read.
        place: where it belongs in the catalogue.
        problem: why it cannot be used; empty where nothing is known to be wrong.
        bytes: of its files; for one to be fetched, about what is to be fetched.
        arrived: bytes of it that were fetched before somebody stopped it.
        removable: whether it is in the user's own folder.
        classes: the names of some, for one of the user's own.
    """

    id: str
    name: str
    card: ModelCard | None
    place: Place
    problem: str = ""
    bytes: int = 0
    arrived: int = 0
    removable: bool = False
    classes: tuple[str, ...] = ()


def downloads(folders: Folders) -> Path:
    """Where weights lie while they arrive."""
    return folders.cache / "downloads"


def known_networks(folders: Folders, *, thorough: bool = False) -> list[KnownNetwork]:
    """All networks: the default, then by name, in each place.

    Args:
        thorough: read all files and compare them with what their cards say. It takes a second or
            more where there are large ones.
    """
    cards, damaged = catalogue(folders).survey()
    published = _published(folders)
    found = [_known(card, folders, card.id in published, thorough) for card in cards]
    found += [
        KnownNetwork(
            error.path.stem,
            error.path.name,
            None,
            "own" if error.path.parent == folders.own_models else "here",
            error.reason,
        )
        for error in damaged
    ]
    return sorted(
        found,
        key=lambda each: (each.card is None or each.card.role != "default", each.name.lower()),
    )


def _known(card: ModelCard, folders: Folders, published: bool, thorough: bool) -> KnownNetwork:
    own = card.path.parent == folders.own_models
    if card.download is not None and not card.is_here:
        part = downloads(folders) / f"{card.id}.h5.part"
        return KnownNetwork(
            card.id,
            card.name,
            card,
            "fetchable",
            bytes=card.download.megabytes * 1_000_000,
            arrived=_size(part) or _size(part.with_suffix("")),
        )
    files = [card.file]
    if card.float_model is not None:
        files.append(card.float_model.file)
    return KnownNetwork(
        card.id,
        card.name,
        card,
        "own" if own and not published else "here",
        _problem(card) if thorough else "",
        sum(map(_size, files)),
        removable=own,
        classes=_some_classes(card) if own and not published else (),
    )


def _some_classes(card: ModelCard) -> tuple[str, ...]:
    try:
        labels = card.labels()
    except ModelError:
        return ()
    named = [label.tag.path[-1] if label.tag else label.name for label in labels]
    return tuple(name for name in named if name != BACKGROUND)[:_NAMED]


def _published(folders: Folders) -> set[str]:
    """The ids of all networks that can be fetched, or come with the program."""
    found = set()
    for folder in (folders.own_models, data_path("models")):
        for path in folder.glob("*.yml"):
            try:
                cards = read_cards(path)
            except ModelError:
                continue
            found |= {
                card.id
                for card in cards
                if card.download is not None or folder != folders.own_models
            }
    return found


def _problem(card: ModelCard) -> str:
    """Why it cannot be used, having read its files; what is sound is read again when it changes."""
    try:
        try:
            status = card.file.stat()
            seen = (card.file, card.sha256, status.st_mtime_ns, status.st_size)
        except OSError:
            seen = None
        if seen is None or seen not in _sound:
            card.load()
            if seen is not None:
                _sound.add(seen)
        card.labels()
    except ModelError as error:
        return error.reason
    return ""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
