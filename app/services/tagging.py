"""Tagging photos, step by step, without threads: plan, prepare, look, record.

    plan     what is there to do for a file?               (library)
    prepare  read, hash, decode once, cut crops, thumbnail (no shared state: any thread)
    look     run the network on the crops                  (the network's thread)
    record   suggest, write into the file, remember        (one thread, with its own library)

`app.workers` runs the steps on threads. What passes between them is immutable.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import xxhash
from numpy.typing import NDArray
from PIL import Image

import app
from app.core.errors import DecodeError, FileError, LibraryError, ReadError
from app.core.rules import Labeller
from app.core.settings import TagSettings
from app.core.tag import Suggestion, Tag
from app.library.library import Analysis, Library, Photo
from app.metadata.commit import FileState
from app.metadata.reader import read_tags
from app.metadata.writer import WriteReport, add_tags
from app.vision.catalogue import ModelCard
from app.vision.crops import cut_crops, join_crops, short_side
from app.vision.decode import decode
from app.vision.embedder import Embedder

#: Longest side that a cached thumbnail may have, in pixels.
THUMBNAIL_SIZE = 640
_THUMBNAIL_QUALITY = 80

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
    """

    path: Path
    status: Status
    suggestions: tuple[Suggestion, ...] = ()
    written: frozenset[Tag] = frozenset()
    report: WriteReport | None = None
    rejected: frozenset[Tag] = frozenset()
    error: str | None = None
    looked: bool = False


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
    view: View


@dataclass(frozen=True, slots=True)
class Looked:
    """A photo with the network's answer, fresh or from the library.

    Attributes:
        photo: as the library knew it, where it did.
        fresh: whether the network has run now.
    """

    task: Task
    content_hash: bytes
    analysis: Analysis
    pixels: tuple[int, int] | None = None
    thumbnail: bytes | None = None
    photo: Photo | None = None
    fresh: bool = True


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
        self._labeller = labeller
        said = json.dumps(
            [app.__version__, asdict(settings), card.key, rules_version], sort_keys=True
        )
        #: Equal only where tagging a photo again would change nothing.
        self.fingerprint = hashlib.sha256(said.encode()).hexdigest()[:32]

    # plan

    def plan(self, path: Path, library: Library) -> Outcome | Looked | Task | Failed:
        """What is there to do for a file: nothing, only the rules, or a look at it."""
        try:
            state = FileState.of(path.stat())
        except OSError as error:
            return Failed(path, ReadError(path, error.strerror or str(error)))
        photo = library.by_path(path)
        if photo is None or (photo.size, photo.mtime_ns) != (state.size, state.mtime_ns):
            return Task(path, state)
        if photo.applied == self.fingerprint:
            if photo.error is not None:
                return Outcome(path, "failed", error=photo.error)
            return Outcome(
                path,
                "unchanged",
                library.suggestions(photo.id),
                library.written(photo.id),
                rejected=library.decided(photo.id, "rejected"),
            )
        analysis = self._known(photo, library)
        if analysis is None:
            return Task(path, state)
        return Looked(Task(path, state), photo.content_hash, analysis, photo=photo, fresh=False)

    def _known(self, photo: Photo, library: Library) -> Analysis | None:
        return library.analysis(photo.id, self.card.key, self.settings.crops, self.card.classes)

    # prepare

    def prepare(self, task: Task, library: Library) -> Prepared | Looked | Failed:
        """Read and decode a photo; one whose content the library knows needs no decoding."""
        try:
            content = task.path.read_bytes()
        except OSError as error:
            return Failed(task.path, ReadError(task.path, error.strerror or str(error)))
        content_hash = xxhash.xxh3_128_digest(content)
        known = self._same_content(task, content_hash, library)
        if known is not None:
            return known
        try:
            view = decode_view(task.path, content, self.card, self.settings.crops)
        except DecodeError as error:
            return Failed(task.path, error, content_hash, task.state)
        return Prepared(task, content_hash, view)

    def _same_content(self, task: Task, content_hash: bytes, library: Library) -> Looked | None:
        """The answer for a photo that was moved, renamed, copied or only touched."""
        for photo in library.by_content(content_hash):
            analysis = self._known(photo, library)
            if analysis is not None:
                moved = photo.path == task.path or not photo.path.exists()
                return Looked(
                    task, content_hash, analysis, photo=photo if moved else None, fresh=False
                )
        return None

    # look

    def look(self, prepared: Prepared, embedder: Embedder) -> Looked:
        """Run the network on a photo's crops, in one batch."""
        embedding, scores = join_crops(embedder.embed(prepared.view.crops))
        return Looked(
            prepared.task,
            prepared.content_hash,
            Analysis(embedding, scores, self.settings.crops),
            prepared.view.pixels,
            prepared.view.thumbnail,
        )

    # record

    def record(self, looked: Looked, library: Library, run_id: int) -> tuple[int | None, Outcome]:
        """Suggest tags, write the sure ones, remember everything.

        Returns:
            The photo's id (None if it is gone by now) and what became of it. A photo that could
            not be written is a failure, with its suggestions.

        Raises:
            LibraryError: the library cannot be written.
        """
        path = looked.task.path
        photo_id: int | None = None
        suggestions: tuple[Suggestion, ...] = ()
        report: WriteReport | None = None
        try:
            with library.transaction():
                known_id = self._remember(looked, library, run_id)
                self._notice_removed(path, known_id, library)
                rejected = library.decided(known_id, "rejected")
                suggestions = self._suggest(looked, rejected)
                library.save_suggestions(known_id, self.card.key, suggestions, run_id)
                sure = [s.tag for s in suggestions if s.score >= self.settings.min_score]
                to_write = bool(sure) and self.settings.write != "none"
                if not to_write:
                    library.mark_applied(known_id, self.fingerprint)
            # Only now: an id handed out in a transaction that failed may come again.
            photo_id = known_id
            if to_write:
                report = self._write(looked.task, sure)
                with library.transaction():
                    self._remember_written(photo_id, report, library, run_id)
                    library.mark_applied(photo_id, self.fingerprint)
        except LibraryError:
            raise
        except FileError as error:
            if photo_id is not None:
                library.mark_failed(photo_id, error.reason, None)
            return photo_id, Outcome(path, "failed", suggestions, error=error.reason)
        written = library.written(photo_id)
        return photo_id, Outcome(
            path, "tagged", suggestions, written, report, rejected, looked=looked.fresh
        )

    def _suggest(self, looked: Looked, rejected: frozenset[Tag]) -> tuple[Suggestion, ...]:
        suggestions = self._labeller.suggest(
            looked.analysis.scores, self.card.id, choice=self.settings.choice
        )
        return tuple(s for s in suggestions if s.tag not in rejected)

    def _remember(self, looked: Looked, library: Library, run_id: int) -> int:
        known = looked.photo
        photo_id = library.save_photo(
            looked.task.path,
            size=looked.task.state.size,
            mtime_ns=looked.task.state.mtime_ns,
            content_hash=looked.content_hash,
            photo_id=known.id if known else None,
            pixels=looked.pixels,
        )
        if looked.fresh:
            library.forget_analyses(photo_id)
        if looked.fresh or known is None:
            library.save_analysis(photo_id, self.card.key, looked.analysis, run_id)
        return photo_id

    def _notice_removed(self, path: Path, photo_id: int, library: Library) -> None:
        """Tags that this program wrote and that somebody has taken out since are rejected."""
        before = library.written(photo_id)
        if not before:
            return
        removed = before - frozenset(read_tags(path).tags)
        with library.transaction():
            library.decide(photo_id, removed, "rejected")
            library.forget_written(photo_id, removed)

    def _write(self, task: Task, tags: list[Tag]) -> WriteReport:
        mode: Literal["auto", "sidecar"] = "sidecar" if self.settings.write == "sidecar" else "auto"
        return add_tags(task.path, tags, mode=mode, expected=task.state)

    def _remember_written(
        self, photo_id: int, report: WriteReport, library: Library, run_id: int
    ) -> None:
        if report.target != "unchanged":
            library.save_written(photo_id, report.added, report.target, run_id)
        if report.content_hash is not None:
            library.save_rewritten(
                photo_id,
                size=report.state.size,
                mtime_ns=report.state.mtime_ns,
                content_hash=report.content_hash,
            )

    def record_failure(self, failed: Failed, library: Library) -> Outcome:
        """Remember why a photo cannot be tagged.

        What is wrong with the content stays so until it changes; a file that could not be read
        is tried again next time.
        """
        if failed.content_hash is not None and failed.state is not None:
            with library.transaction():
                photo_id = library.save_photo(
                    failed.path,
                    size=failed.state.size,
                    mtime_ns=failed.state.mtime_ns,
                    content_hash=failed.content_hash,
                )
                library.mark_failed(photo_id, failed.error.reason, self.fingerprint)
        return Outcome(failed.path, "failed", error=failed.error.reason)


def decode_view(path: Path, content: bytes, card: ModelCard, crops: int) -> View:
    """Decode a photo once, for the network and for the window.

    Raises:
        DecodeError: it cannot be decoded.
    """
    decoded = decode(path, content, short_side(card.input_size, card.crop_fraction))
    return View(
        (decoded.width, decoded.height),
        cut_crops(decoded.image, card.input_size, crops),
        _thumbnail(decoded.image),
    )


def _thumbnail(image: Image.Image) -> bytes:
    # The network's size, about 300 pixels on the short side, suits a grid; only long panoramas
    # are made smaller.
    if max(image.size) > THUMBNAIL_SIZE:
        image = image.copy()
        image.thumbnail((THUMBNAIL_SIZE, THUMBNAIL_SIZE))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_THUMBNAIL_QUALITY)
    return buffer.getvalue()
