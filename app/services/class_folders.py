"""A folder with one folder of photos for each class: what is in it, and what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.core.errors import FileError, UsageError
from app.core.tag import Tag
from app.core.training import Notice
from app.services.scan import look_through

#: Fewer photos of a class than that seldom give a network that is of use.
FEW: Final = 20
#: A class with so many times the photos of another makes that one hard to learn.
UNBALANCED: Final = 5

_NONE: Final = (
    "has no photos that can be read; each class needs two at least, one to learn and one to judge"
    " by"
)
_ONE: Final = (
    "has 1 photo that can be read; each class needs two at least, one to learn and one to judge by"
)


@dataclass(frozen=True, slots=True)
class ClassFolder:
    """One class.

    Attributes:
        name: the folder below the one that was asked for, with slashes: the tag.
        photos: the files.
    """

    name: str
    photos: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ClassFolders:
    """All classes of a folder.

    Attributes:
        classes: those with photos, in the order of the alphabet.
        empty: folders with neither photos nor other folders.
        loose: photos that are in no class, as they lie in the folder itself.
        errors: what could not be read.
    """

    folder: Path
    classes: tuple[ClassFolder, ...]
    empty: tuple[str, ...] = ()
    loose: int = 0
    errors: tuple[FileError, ...] = ()

    @property
    def photos(self) -> int:
        """How many there are in all classes."""
        return sum(len(each.photos) for each in self.classes)

    def check(self) -> None:
        """Say what makes it impossible to learn from.

        Raises:
            UsageError: there are fewer than two classes, one has fewer than two photos, or its
                name cannot be a tag.
        """
        where = self.folder
        if not self.classes:
            raise UsageError(
                f"{where}: has no photos in folders; put the photos of each class into a folder of"
                " its own"
            )
        if self.empty:
            raise UsageError(f"{where / self.empty[0]}: has no photos; fill it, or remove it")
        if len(self.classes) < 2:
            raise UsageError(
                f"{where}: has only one class, {self.classes[0].name}; a network needs two to tell"
                " apart, such as this and anything else"
            )
        check_counts([each.name for each in self.classes], [len(c.photos) for c in self.classes])
        tags: dict[Tag, str] = {}
        for each in self.classes:
            tag = Tag(tuple(each.name.split("/")))
            if tag in tags:
                raise UsageError(f"{where}: {tags[tag]} and {each.name} would be the same tag")
            tags[tag] = each.name

    def notices(self) -> Iterator[Notice]:
        """What may make the network worse."""
        if self.loose:
            yield Notice(
                "loose-photos",
                f"{self.loose} of the photos are in no class, and are left out.",
                self.loose,
            )
        few = tuple(each.name for each in self.classes if len(each.photos) < FEW)
        if few:
            yield Notice(
                "few-photos",
                f"Fewer than {FEW} photos: {', '.join(few)}. With more, the network gets better.",
                FEW,
                few,
            )
        if self.classes:
            most = max(self.classes, key=lambda each: len(each.photos))
            least = min(self.classes, key=lambda each: len(each.photos))
            times = len(most.photos) // max(1, len(least.photos))
            if times >= UNBALANCED:
                yield Notice(
                    "unbalanced",
                    f"{most.name} has {times} times as many photos as {least.name}. Rare classes"
                    " count more in training, but more photos of them are better.",
                    times,
                    (most.name, least.name),
                )


def check_counts(names: list[str], counts: list[int]) -> None:
    """Every class needs a photo to learn and one to judge by.

    Raises:
        UsageError: one has fewer than two.
    """
    for name, count in zip(names, counts, strict=True):
        if count < 2:
            raise UsageError(f"{name}: {_ONE if count else _NONE}")


def find_classes(folder: Path, stopped: Callable[[], bool] = lambda: False) -> ClassFolders:
    """Look through a folder.

    Args:
        stopped: is asked at every folder whether to end at once.

    Raises:
        UsageError: it is not a folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: is not a folder")
    base = folder.resolve()
    found: dict[str, list[Path]] = {}
    parents: set[str] = set()
    errors: list[FileError] = []
    loose = 0
    for seen in look_through([folder], stopped):
        errors += seen.errors
        name = Path(os.path.relpath(seen.path, base)).as_posix()
        if name == ".":
            loose += len(seen.photos)
            continue
        if name.startswith(".."):  # behind a link, where its name says nothing
            loose += len(seen.photos)
            continue
        found.setdefault(name, []).extend(photo.path for photo in seen.photos)
        parents.update(parent.as_posix() for parent in Path(name).parents)
    classes = tuple(
        ClassFolder(name, tuple(photos)) for name, photos in sorted(found.items()) if photos
    )
    empty = tuple(
        name for name, photos in sorted(found.items()) if not photos and name not in parents
    )
    return ClassFolders(base, classes, empty, loose, tuple(errors))
