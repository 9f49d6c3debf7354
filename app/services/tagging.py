"""Tagging photos, step by step, without threads: plan, prepare, look, record.

    plan     what is there to do for a file?               (library)
    prepare  read, hash, decode once, cut crops, thumbnail (no shared state: any thread)
    look     run the network on the crops                  (the network's thread)
    record   suggest, write into the file, remember        (`app.services.recording`)

`app.workers` runs the steps on threads. What passes between them is immutable.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import xxhash
from numpy.typing import NDArray

import app
from app.core.confidence import KEPT_SCORE
from app.core.embedding import powered
from app.core.errors import DecodeError, FileError, ReadError
from app.core.rules import Labeller
from app.core.settings import TagSettings
from app.core.tag import Suggestion, Tag
from app.library.library import Analysis, Library, Photo
from app.metadata import sidecar
from app.metadata.facts import Facts, read_facts
from app.metadata.reader import FileTags, read_tags
from app.metadata.storage.commit import FileState
from app.metadata.writer import WriteReport
from app.vision.catalogue import ModelCard
from app.vision.crops import cut_crops, join_crops, short_side
from app.vision.decode import decode, memory_needed
from app.vision.embedder import Embedder, Prediction
from app.vision.thumbnail import thumbnail

#: A file larger than this is not read, in bytes.
MAX_FILE_SIZE = 1 << 30
#: Enters a region that needs some bytes of memory.
Gate = Callable[[int], AbstractContextManager[None]]
Status = Literal["tagged", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one photo.

    Attributes:
        status: `unchanged` when there was nothing to do, since nothing changed since last time.
        suggestions: best first.
        written: tags that this program has put into the photo or its sidecar, now or before.
        report: what was written now, where anything was to be written.
        rejected: tags that somebody has rejected for this photo, or taken out of it.
        error: why it failed, if so.
        looked: whether the photo was decoded and the network run.
        held: whether tags that are certain enough wait to be written, see `Recorder.record`.
    """

    path: Path
    status: Status
    suggestions: tuple[Suggestion, ...] = ()
    written: frozenset[Tag] = frozenset()
    report: WriteReport | None = None
    rejected: frozenset[Tag] = frozenset()
    error: str | None = None
    looked: bool = False
    held: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A photo that has to be looked at."""

    path: Path
    state: FileState


@dataclass(frozen=True, slots=True)
class View:
    """All that tagging needs of a photo's picture, from one decode.

    Attributes:
        pixels: width and height of the photo, upright.
        crops: shape (1 or 3, height, width, 3), uint8.
        thumbnail: a JPEG.
    """

    pixels: tuple[int, int]
    crops: NDArray[np.uint8]
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """A decoded photo, ready for the network."""

    task: Task
    content_hash: bytes
    found: FileTags
    facts: Facts
    view: View


@dataclass(frozen=True, slots=True)
class Looked:
    """A photo with the network's answer, fresh or from the library.

    Attributes:
        found: the tags that the file has.
        facts: when and with what it was taken.
        source: the photo of the library that the answer comes from, if it does: this one, or one
            with the same content that was moved or copied here.
        fresh: whether the network has run now.
    """

    task: Task
    content_hash: bytes
    found: FileTags
    facts: Facts
    analysis: Analysis
    pixels: tuple[int, int] | None = None
    thumbnail: bytes | None = None
    source: Photo | None = None
    fresh: bool = True

    @property
    def path(self) -> Path:
        """Of the photo."""
        return self.task.path


@dataclass(frozen=True, slots=True)
class Failed:
    """A photo that cannot be tagged."""

    path: Path
    error: FileError
    content_hash: bytes | None = None
    state: FileState | None = None


class Tagger:
    """The steps of tagging under fixed settings. It holds nothing that changes.

    Args:
        settings: how to tag.
        card: the network; its id is `settings.model`.
        labeller: the rules laid over the network's classes.
        rules_version: changes whenever the rules do.
    """

    def __init__(
        self, settings: TagSettings, card: ModelCard, labeller: Labeller, rules_version: str
    ) -> None:
        self.settings = settings
        self.card = card
        self.labeller = labeller
        # What the network runs on changes nothing in what it says.
        decisive = {name: value for name, value in asdict(settings).items() if name != "device"}
        said = json.dumps(
            [
                *(app.__version__, decisive, card.key, card.sha256, rules_version),
                asdict(card.confidence),
            ],
            sort_keys=True,
        )
        #: Equal only where tagging a photo again would change nothing.
        self.fingerprint = hashlib.sha256(said.encode()).hexdigest()[:32]

    # plan

    def plan(self, path: Path, library: Library) -> Outcome | Looked | Task | Failed:
        """What is there to do for a file: nothing, only the rules, or a look at it."""
        try:
            status = path.stat()
        except OSError as error:
            return Failed(path, ReadError(path, error.strerror or str(error)))
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
            return Failed(path, ReadError(path, "is not a file"))
        if status.st_size > MAX_FILE_SIZE:
            reason = f"is too large to be read safely (the limit is {MAX_FILE_SIZE >> 20} MB)"
            return Failed(path, ReadError(path, reason))
        state = FileState.of(status)
        photo = library.by_path(path)
        if photo is None or (photo.size, photo.mtime_ns) != (state.size, state.mtime_ns):
            return Task(path, state)
        written = library.written(photo.id)
        same_sidecars = photo.beside == sidecar.signature(path)
        if photo.applied == self.fingerprint and same_sidecars:
            if photo.error is not None:
                return Outcome(path, "failed", error=photo.error)
            return Outcome(
                path,
                "unchanged",
                library.suggestions(photo.id),
                frozenset(written),
                rejected=library.decided(photo.id, "rejected"),
            )
        analysis = self.known(photo.id, library)
        if analysis is None:
            return Task(path, state)
        try:
            found, facts = read_tags(path), read_facts(path)
        except ReadError as error:
            return Failed(path, error)
        task = Task(path, state)
        return Looked(task, photo.content_hash, found, facts, analysis, source=photo, fresh=False)

    def known(self, photo_id: int, library: Library) -> Analysis | None:
        """The network's answer to a photo that the library keeps, if it does."""
        return library.analysis(photo_id, self.card.key, self.settings.crops, self.card.classes)

    # prepare

    def prepare(self, task: Task, library: Library, gate: Gate) -> Prepared | Looked | Failed:
        """Read and decode a photo; one whose content the library knows needs no decoding.

        Args:
            gate: is entered with the bytes that decoding takes, and may wait for others.
        """
        try:
            content = task.path.read_bytes()
            found, facts = read_tags(task.path), read_facts(task.path, content)
        except OSError as error:
            return Failed(task.path, ReadError(task.path, error.strerror or str(error)))
        except ReadError as error:
            return Failed(task.path, error)
        content_hash = xxhash.xxh3_128_digest(content)
        known = self._same_content(task, content_hash, found, facts, library)
        if known is not None:
            return known
        try:
            with gate(memory_needed(task.path, content)):
                view = decode_view(task.path, content, self.card, self.settings.crops)
        except DecodeError as error:
            return Failed(task.path, error, content_hash, task.state)
        return Prepared(task, content_hash, found, facts, view)

    def _same_content(
        self, task: Task, content_hash: bytes, found: FileTags, facts: Facts, library: Library
    ) -> Looked | None:
        """The answer for a photo that was moved, renamed, copied or only touched."""
        photos = library.by_content(content_hash)
        # The photo at this very path first: it may only have been touched.
        # Then one with the same time, which a move keeps.
        for photo in sorted(
            photos, key=lambda p: (p.path != task.path, p.mtime_ns != task.state.mtime_ns)
        ):
            analysis = self.known(photo.id, library)
            if analysis is not None:
                return Looked(task, content_hash, found, facts, analysis, source=photo, fresh=False)
        return None

    # look

    def look(self, photos: Sequence[Prepared], embedder: Embedder) -> list[Looked]:
        """Run the network on the crops of some photos, in one batch."""
        # Most of the time it is one photo, whose crops need not be copied.
        crops = [prepared.view.crops for prepared in photos]
        found = embedder.embed(crops[0] if len(crops) == 1 else np.concatenate(crops))
        looked, done = [], 0
        for prepared in photos:
            end = done + len(prepared.view.crops)
            part = Prediction(found.embeddings[done:end], found.scores[done:end])
            looked.append(self._looked(prepared, part))
            done = end
        return looked

    def _looked(self, prepared: Prepared, prediction: Prediction) -> Looked:
        embedding, scores = join_crops(prediction)
        # As the library keeps them, so that a later look at the kept ones says the same.
        scores = np.where(scores >= KEPT_SCORE, scores, np.float32(0))
        return Looked(
            prepared.task,
            prepared.content_hash,
            prepared.found,
            prepared.facts,
            Analysis(powered(embedding), scores, self.settings.crops),
            prepared.view.pixels,
            prepared.view.thumbnail,
        )


def decode_view(path: Path, content: bytes, card: ModelCard, crops: int) -> View:
    """Decode a photo once, for the network and for the window.

    Raises:
        DecodeError: it cannot be decoded.
    """
    decoded = decode(path, content, short_side(card.input_size, card.crop_fraction))
    return View(
        (decoded.width, decoded.height),
        cut_crops(decoded.image, card.input_size, crops),
        thumbnail(decoded.image),
    )
