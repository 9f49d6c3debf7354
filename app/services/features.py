"""Embeddings of a folder of photos, in a file: what heads are trained and judged on."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.core.cpu import usable_cores
from app.core.embedding import powered
from app.core.errors import FileError, ReadError, UsageError, WriteError
from app.core.tag import Tag
from app.services.scan import find_photos
from app.vision.catalogue import ModelCard
from app.vision.crops import cut_crops, join_crops, short_side
from app.vision.decode import decode
from app.vision.embedder import Embedder, Prediction

#: Changes whenever a file of before can no longer be read.
FORMAT = 1


#: The crops of a photo, which are being cut.
_Cut: TypeAlias = "Future[NDArray[np.uint8] | FileError]"


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo as a network sees it.

    Attributes:
        embedding: shape (embedding_size,), joined over the crops.
        scores: class probabilities of shape (classes,), joined over the crops.
    """

    path: Path
    embedding: NDArray[np.float32]
    scores: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Features:
    """What a network makes of the photos of a folder.

    Attributes:
        model: key of the network.
        crops: how many parts of a photo it looked at.
        paths: of the photos, below the folder.
        classes: for each photo the folder it is in, below the folder; empty for none.
        embeddings: shape (photos, embedding_size), float16, as the network gives them.
        scores: class probabilities, shape (photos, classes).
        failed: photos that could not be decoded.
    """

    model: str
    crops: int
    paths: tuple[str, ...]
    classes: tuple[str, ...]
    embeddings: NDArray[np.float16]
    scores: NDArray[np.float32]
    failed: tuple[FileError, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.paths)

    @cached_property
    def powered(self) -> NDArray[np.float16]:
        """The embeddings as heads take them (`app.core.embedding`), of the same shape."""
        return powered(self.embeddings).astype(np.float16)

    def tags(self) -> tuple[Tag, ...]:
        """The classes as tags, each once, in the order of the alphabet; `a/b` is a hierarchy.

        Raises:
            UsageError: the name of a folder cannot be a tag.
        """
        return tuple(sorted({Tag(tuple(name.split("/"))) for name in self.classes if name}))

    def truth(self, tags: tuple[Tag, ...]) -> NDArray[np.int64]:
        """For each photo the index of its class among some tags, -1 where it has none of them."""
        place = {tag: index for index, tag in enumerate(tags)}
        return np.array(
            [place.get(Tag(tuple(name.split("/"))), -1) if name else -1 for name in self.classes],
            dtype=np.int64,
        )

    def take(self, rows: NDArray[np.integer]) -> Features:
        """Only some of the photos."""
        return Features(
            self.model,
            self.crops,
            tuple(self.paths[row] for row in rows),
            tuple(self.classes[row] for row in rows),
            self.embeddings[rows],
            self.scores[rows],
        )

    def save(self, path: Path) -> None:
        """Write them into one file, a NumPy archive without pickles, all or nothing.

        Raises:
            WriteError: it cannot be written.
        """
        header = {"format": FORMAT, "model": self.model, "crops": self.crops}
        beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            with open(beside, "wb") as file:
                np.savez(
                    file,
                    allow_pickle=False,
                    header=np.array(json.dumps(header)),
                    paths=np.array(self.paths, dtype=np.str_),
                    classes=np.array(self.classes, dtype=np.str_),
                    embeddings=self.embeddings,
                    scores=self.scores,
                )
            os.replace(beside, path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise WriteError(path, error.strerror or str(error)) from error

    @classmethod
    def load(cls, path: Path) -> Features:
        """Read a file that `save` has written.

        Raises:
            ReadError: it cannot be read, or is another file.
        """
        try:
            with open(path, "rb") as opened, np.load(opened, allow_pickle=False) as file:
                header = json.loads(str(file["header"]))
                if header["format"] != FORMAT:
                    reason = f"was written by another version ({header['format']})"
                    raise ReadError(path, reason)
                made = cls(
                    str(header["model"]),
                    int(header["crops"]),
                    tuple(str(text) for text in file["paths"]),
                    tuple(str(text) for text in file["classes"]),
                    np.asarray(file["embeddings"], dtype=np.float16),
                    np.asarray(file["scores"], dtype=np.float32),
                )
        except OSError as error:
            raise ReadError(path, error.strerror or str(error)) from error
        except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise ReadError(path, "is no file that `tagwright features` has written") from error
        if not len(made.paths) == len(made.classes) == len(made.embeddings) == len(made.scores):
            raise ReadError(path, "is damaged")
        return made


def look_at(paths: Iterable[Path], embedder: Embedder, crops: int) -> Iterator[Seen | FileError]:
    """Run a network on photos, in their order; decoding goes ahead on other threads."""
    workers = usable_cores()
    # As many photos at once as the network gains by.
    together = max(1, embedder.batch_size // crops)

    def crops_of(path: Path) -> NDArray[np.uint8] | FileError:
        try:
            return load_crops(path, embedder.card, crops)
        except FileError as error:
            return error

    def answers(running: list[tuple[Path, _Cut]]) -> Iterator[Seen | FileError]:
        cuts = [(path, future.result()) for path, future in running]
        pictures = [cut for _, cut in cuts if not isinstance(cut, FileError)]
        if pictures:
            found = embedder.embed(pictures[0] if len(pictures) == 1 else np.concatenate(pictures))
        done = 0
        for path, cut in cuts:
            if isinstance(cut, FileError):
                yield cut
                continue
            part = slice(done, done + len(cut))
            done = part.stop
            prediction = Prediction(found.embeddings[part], found.scores[part])
            yield Seen(path, *join_crops(prediction))

    with ThreadPoolExecutor(workers) as pool:
        running: list[tuple[Path, _Cut]] = []
        for path in paths:
            running.append((path, pool.submit(crops_of, path)))
            if len(running) > 4 * workers + together:
                yield from answers(running[:together])
                del running[:together]
        while running:
            yield from answers(running[:together])
            del running[:together]


def load_crops(path: Path, card: ModelCard, crops: int) -> NDArray[np.uint8]:
    """Decode a photo for a network: crops of shape (1 or 3, height, width, 3).

    Raises:
        FileError: it cannot be read or decoded.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(path, error.strerror or os.strerror(error.errno or 0)) from error
    image = decode(path, content, short_side(card.input_size, card.crop_fraction)).image
    return cut_crops(image, card.input_size, crops)


@dataclass(slots=True)
class Extraction:
    """Looking at a whole folder. Iterating does it, and yields how many photos are done.

    Attributes:
        photos: how many there are.
    """

    folder: Path
    embedder: Embedder
    crops: int
    photos: int = 0
    _found: list[Path] = field(default_factory=list)
    _seen: list[Seen] = field(default_factory=list)
    _failed: list[FileError] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise UsageError(f"{self.folder}: is not a folder")
        for found in find_photos([self.folder]):
            if isinstance(found, ReadError):
                self._failed.append(found)
            else:
                self._found.append(found)
        self.photos = len(self._found)
        if not self._found:
            raise UsageError(f"{self.folder}: has no photos in it")

    def __iter__(self) -> Iterator[int]:
        for done, seen in enumerate(look_at(self._found, self.embedder, self.crops), 1):
            if isinstance(seen, FileError):
                self._failed.append(seen)
            else:
                self._seen.append(seen)
            yield done

    def features(self) -> Features:
        """What came out."""
        base = self.folder.resolve()
        card = self.embedder.card
        below = [Path(os.path.relpath(each.path, base)) for each in self._seen]
        return Features(
            card.key,
            self.crops,
            tuple(path.as_posix() for path in below),
            tuple("" if ".." in path.parts else _folder(path) for path in below),
            np.array([each.embedding for each in self._seen], dtype=np.float16).reshape(
                -1, card.embedding_size
            ),
            np.array([each.scores for each in self._seen], dtype=np.float32).reshape(
                -1, card.classes
            ),
            tuple(self._failed),
        )


def _folder(path: Path) -> str:
    parent = path.parent.as_posix()
    return "" if parent == "." else parent
