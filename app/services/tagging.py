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
import os
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
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
from app.core.tag import Suggestion, Tag, fold
from app.library.library import KEPT_SCORE, Analysis, Library, Photo
from app.metadata.fields import DC_SUBJECT
from app.metadata.reader import FileTags, read_tags
from app.metadata.sidecar import has_sidecar
from app.metadata.storage.commit import FileState
from app.metadata.writer import WriteReport, add_tags
from app.vision.catalogue import ModelCard
from app.vision.crops import cut_crops, join_crops, short_side
from app.vision.decode import decode, memory_needed
from app.vision.embedder import Embedder

#: Longest side that a cached thumbnail may have, in pixels.
THUMBNAIL_SIZE = 640
_THUMBNAIL_QUALITY = 80

#: A file larger than this is not read, in bytes.
MAX_FILE_SIZE = 1 << 30
#: Two looks at one picture have embeddings with at least this cosine. Measured with both networks:
#: saved again at quality 80, 0.945 to 0.998; ten percent brighter, 0.98 and more; different
#: pictures, 0.33 at most. A picture turned in its pixels (0.3 to 0.98) may count as another one.
SAME_PICTURE = 0.9

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
        source: the photo of the library that the answer comes from, if it does: this one, or one
            with the same content that was moved or copied here.
        fresh: whether the network has run now.
    """

    task: Task
    content_hash: bytes
    analysis: Analysis
    pixels: tuple[int, int] | None = None
    thumbnail: bytes | None = None
    source: Photo | None = None
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
            [app.__version__, asdict(settings), card.key, card.sha256, rules_version],
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
        lost = "sidecar" in written.values() and not has_sidecar(path)
        if photo.applied == self.fingerprint and not lost:
            if photo.error is not None:
                return Outcome(path, "failed", error=photo.error)
            return Outcome(
                path,
                "unchanged",
                library.suggestions(photo.id),
                frozenset(written),
                rejected=library.decided(photo.id, "rejected"),
            )
        analysis = self._known(photo.id, library)
        if analysis is None:
            return Task(path, state)
        return Looked(Task(path, state), photo.content_hash, analysis, source=photo, fresh=False)

    def _known(self, photo_id: int, library: Library) -> Analysis | None:
        return library.analysis(photo_id, self.card.key, self.settings.crops, self.card.classes)

    # prepare

    def prepare(self, task: Task, library: Library, gate: Gate) -> Prepared | Looked | Failed:
        """Read and decode a photo; one whose content the library knows needs no decoding.

        Args:
            gate: is entered with the bytes that decoding takes, and may wait for others.
        """
        try:
            content = task.path.read_bytes()
        except OSError as error:
            return Failed(task.path, ReadError(task.path, error.strerror or str(error)))
        content_hash = xxhash.xxh3_128_digest(content)
        known = self._same_content(task, content_hash, library)
        if known is not None:
            return known
        try:
            with gate(memory_needed(task.path, content)):
                view = decode_view(task.path, content, self.card, self.settings.crops)
        except DecodeError as error:
            return Failed(task.path, error, content_hash, task.state)
        return Prepared(task, content_hash, view)

    def _same_content(self, task: Task, content_hash: bytes, library: Library) -> Looked | None:
        """The answer for a photo that was moved, renamed, copied or only touched."""
        photos = library.by_content(content_hash)
        # The photo at this very path first: it may only have been touched.
        # Then one with the same time, which a move keeps.
        for photo in sorted(
            photos, key=lambda p: (p.path != task.path, p.mtime_ns != task.state.mtime_ns)
        ):
            analysis = self._known(photo.id, library)
            if analysis is not None:
                return Looked(task, content_hash, analysis, source=photo, fresh=False)
        return None

    # look

    def look(self, prepared: Prepared, embedder: Embedder) -> Looked:
        """Run the network on a photo's crops, in one batch."""
        embedding, scores = join_crops(embedder.embed(prepared.view.crops))
        # As the library keeps them, so that a later look at the kept ones says the same.
        scores = np.where(scores >= KEPT_SCORE, scores, np.float32(0))
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
                known_id, same_picture = self._remember(looked, library, run_id)
                moved = self._notice_removed(path, known_id, library, same_picture=same_picture)
                rejected = library.decided(known_id, "rejected")
                suggestions = self._suggest(looked, rejected)
                library.save_suggestions(known_id, self.card.key, suggestions, run_id)
                sure = [
                    s.tag
                    for s in suggestions
                    if s.score >= self.settings.min_score and s.tag not in moved
                ]
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
        written = frozenset(library.written(photo_id))
        return photo_id, Outcome(
            path, "tagged", suggestions, written, report, rejected, looked=looked.fresh
        )

    def _suggest(self, looked: Looked, rejected: frozenset[Tag]) -> tuple[Suggestion, ...]:
        suggestions = self._labeller.suggest(
            looked.analysis.scores, self.card.id, choice=self.settings.choice
        )
        return tuple(s for s in suggestions if s.tag not in rejected)

    def _remember(self, looked: Looked, library: Library, run_id: int) -> tuple[int, bool]:
        """Bring the library up to what was found.

        Returns:
            The photo's id, and whether its picture is the one that the library knew.
        """
        path = looked.task.path
        known = library.by_path(path)
        moved_id, copied_id = None, None
        if looked.source is not None and (
            known is None or known.content_hash != looked.content_hash
        ):
            # Decided here, on one thread: of two copies of a vanished photo, one is the moved one.
            source = library.by_id(looked.source.id)
            if source is not None and _is_gone(source.path, path):
                moved_id, known = source.id, source
            elif source is not None:
                copied_id = source.id
                if known is not None:
                    library.displace(path)
                    known = None
        same_picture = known is None or self._same_picture(known, looked, library)
        if known is not None and not moved_id and not same_picture:
            library.displace(path)
            known = None
        photo_id = library.save_photo(
            path,
            size=looked.task.state.size,
            mtime_ns=looked.task.state.mtime_ns,
            content_hash=looked.content_hash,
            photo_id=moved_id,
            pixels=looked.pixels,
        )
        if copied_id is not None:
            library.copy_history(copied_id, photo_id)
        if known is not None and known.content_hash != looked.content_hash:
            library.forget_analyses(photo_id)
        if looked.fresh or self._known(photo_id, library) is None:
            library.save_analysis(photo_id, self.card.key, looked.analysis, run_id)
        # What a copy lacks was never taken out of it.
        return photo_id, same_picture and copied_id is None

    def _same_picture(self, known: Photo, looked: Looked, library: Library) -> bool:
        """Whether a photo still shows what it showed, whatever became of its metadata."""
        if known.content_hash == looked.content_hash:
            return True
        before = self._known(known.id, library)
        if before is None:
            return True
        a, b = before.embedding, looked.analysis.embedding
        return float(a @ b) >= SAME_PICTURE * float(np.linalg.norm(a) * np.linalg.norm(b))

    def _notice_removed(
        self, path: Path, photo_id: int, library: Library, *, same_picture: bool
    ) -> frozenset[Tag]:
        """Tags that this program wrote and that somebody has taken out since are rejected.

        Returns:
            Tags that are there only as parents of others now, which are not to be written again.
        """
        before = library.written(photo_id)
        if not before:
            return frozenset()
        found = read_tags(path)
        if found.problems and same_picture:
            return frozenset()  # what cannot be read may still be there
        gone = [tag for tag in before if not _holds(found, tag)]
        # Another picture under an old name, or a sidecar that was lost or left behind, is no
        # opinion about tags.
        rejected = [
            tag for tag in gone if same_picture and (before[tag] == "embedded" or found.sidecars)
        ]
        with library.transaction():
            library.decide(photo_id, rejected, "rejected")
            library.forget_written(photo_id, gone)
        return frozenset(tag for tag in before if tag not in gone and not _plain(found, tag))

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
                known = library.by_path(failed.path)
                if known is not None and known.content_hash != failed.content_hash:
                    library.displace(failed.path)
                photo_id = library.save_photo(
                    failed.path,
                    size=failed.state.size,
                    mtime_ns=failed.state.mtime_ns,
                    content_hash=failed.content_hash,
                )
                # Whatever was said before was about other content.
                library.forget_analyses(photo_id)
                library.mark_failed(photo_id, failed.error.reason, self.fingerprint)
        return Outcome(failed.path, "failed", error=failed.error.reason)


def _holds(found: FileTags, tag: Tag) -> bool:
    """Whether a photo still has a tag that this program wrote.

    Every tag is written as a plain keyword too, the only ones that some programs edit, so the
    plain keyword decides; but a tag that became the parent of a finer one has only moved.
    """
    if _plain(found, tag):
        return True
    depth = len(tag.key)
    return any(len(t.key) > depth and t.key[:depth] == tag.key for t in found.tags)


def _plain(found: FileTags, tag: Tag) -> bool:
    """Whether a tag's own name is among the plain keywords of a photo or its sidecars."""
    beside = dict(found.sidecar).get(DC_SUBJECT.key, ())
    return fold(tag.name) in {fold(name) for name in (*found.dc_subject, *beside)}


def _is_gone(old: Path, new: Path) -> bool:
    """Whether a photo is no longer at its old path, but at the new one."""
    try:
        # The same file under another spelling, on disks that do not tell `a.jpg` from `A.JPG`.
        return os.path.samefile(old, new) and not old.is_symlink() and old.lstat().st_nlink == 1
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # a disk that does not answer still has its photos
        return False


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
