"""Thumbnails for the window: from the cache at once, else the preview in the Exif, then the photo.

Whoever shows photos says which it wants, the most important first, as often as that changes. What
is not wanted any more is not begun. All photos are looked up in the cache before any preview is
read, and all previews are shown before any photo is decoded, which takes the longest.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from heapq import heappop, heappush
from pathlib import Path
from threading import Condition
from typing import NamedTuple

from PIL import Image
from PySide6.QtCore import QObject, Signal

from app.core.errors import FileError, LibraryError, ReadError
from app.core.photo import PhotoId
from app.library.thumbnails import DEFAULT_LIMIT, ThumbnailCache, open_thumbnails
from app.services.pictures import read_picture, read_preview
from app.vision.thumbnail import THUMBNAIL_SIZE, fitted, opened, short_side_for, thumbnail
from app.workers.channel import MemoryGate
from app.workers.thread import Thread

_log = logging.getLogger(__name__)

_THREADS = 2
#: Photos that one thread looks up at once: few enough that the other has some, too.
_LOOKED_UP_TOGETHER = 8
#: Thumbnails that are put into the cache at once, if none comes in between.
_KEPT_TOGETHER = 16
#: Short side of what is kept, at least: cells may grow to it without decoding again.
_KEPT_SIDE = 300
#: A picture that is painted this much larger than it is still looks sharp.
_SHARP = 0.8
#: Photos of which it is remembered that they have been decoded. Forgetting it costs time only.
_REMEMBERED = 50_000
#: Files that may have an Exif preview.
_JPEG_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".mpo"})


class Wanted(NamedTuple):
    """A photo of which a picture is wanted.

    Attributes:
        stale: what the cache has shows what the photo was before; it is to be decoded anew.
        size: of the photo, upright, in pixels; None where it is not known.
    """

    photo: PhotoId
    path: Path
    stale: bool = False
    size: tuple[int, int] | None = None


class Pixels(NamedTuple):
    """A picture as the screen has it, so that the GUI thread has nothing to convert.

    Attributes:
        bgrx: four bytes for each pixel, row by row: `QImage.Format.Format_RGB32`.
    """

    width: int
    height: int
    bgrx: bytes


@dataclass(slots=True)
class _Job:
    """A photo in the hands of a thread."""

    wanted: Wanted
    pixels: int
    obsolete: bool = False  # the photo is another one meanwhile


class ThumbnailLoader(QObject):
    """Makes pictures of photos on threads of its own.

    Args:
        thumbnails: file of the thumbnail cache.
        library: folder of the library that the photos are of.
        limit: bytes of the cache.
        gate: keeps large photos from being decoded at once; may be shared with others.
    """

    #: PhotoId, Pixels that fit into the square asked for, whether a better picture follows, and
    #: the side of the square.
    ready = Signal(object, object, bool, int)
    #: PhotoId, reason: there is no picture of it; not tried again until `forget`.
    failed = Signal(object, str)

    def __init__(
        self,
        thumbnails: Path,
        library: Path,
        parent: QObject | None = None,
        *,
        limit: int = DEFAULT_LIMIT,
        gate: MemoryGate | None = None,
    ) -> None:
        super().__init__(parent)
        self._file = thumbnails
        self._library = library
        self._limit = limit
        self._gate = gate or MemoryGate(200_000_000)
        self._pixels = 256
        self._closed = False
        self._changed = Condition()  # guards all below
        self._wanted: dict[PhotoId, Wanted] = {}
        self._ranks: dict[PhotoId, int] = {}
        self._to_look_up: _Line = []
        self._to_preview: _Line = []
        self._to_decode: _Line = []
        self._not_cached: set[PhotoId] = set()
        self._previewed: set[PhotoId] = set()
        self._running: dict[PhotoId, _Job] = {}
        self._done: set[PhotoId] = set()
        self._failed: set[PhotoId] = set()
        self._decoded_for: dict[PhotoId, int] = {}
        self._unsaved: dict[PhotoId, bytes] = {}
        self._threads = [Thread(f"thumbnails {n + 1}", self._run) for n in range(_THREADS)]
        for thread in self._threads:
            thread.start()

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Make pictures of these and of no others, in this order. What runs is finished."""
        with self._changed:
            self._wanted = {each.photo: each for each in wanted}
            self._ranks = {photo: rank for rank, photo in enumerate(self._wanted)}
            self._done &= self._wanted.keys()
            self._not_cached &= self._wanted.keys()
            self._previewed &= self._wanted.keys()
            self._arrange()

    def set_size(self, pixels: int) -> None:
        """Make pictures that fit into a square of so many pixels from now on."""
        with self._changed:
            if pixels != self._pixels:
                self._pixels = pixels
                self._done.clear()
                self._not_cached.clear()
                self._arrange()

    def forget(self, photos: Iterable[PhotoId]) -> None:
        """Begin anew with photos: those that could not be decoded, and those that are others now.

        What a thread is making of them at the moment is not delivered.
        """
        with self._changed:
            for photo in photos:
                self._forget(photo)
            self._arrange()

    def set_limit(self, limit: int) -> None:
        """Let the cache hold so many bytes."""
        with self._changed:
            self._limit = limit
            self._changed.notify_all()

    def close(self) -> None:
        """Drop what waits, and end the threads. Waits for the photos in their hands."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.wait()
        self._threads.clear()  # each knows what it ran, and so this

    def _forget(self, photo: PhotoId) -> None:
        self._failed.discard(photo)
        self._done.discard(photo)
        self._not_cached.discard(photo)
        self._previewed.discard(photo)
        self._decoded_for.pop(photo, None)
        self._unsaved.pop(photo, None)
        if photo in self._running:
            self._running[photo].obsolete = True

    def _arrange(self) -> None:
        """Line up what is wanted and not done, by the next step of each."""
        for line in (self._to_look_up, self._to_preview, self._to_decode):
            line.clear()
        for photo, wanted in self._wanted.items():
            if not (photo in self._done or photo in self._failed or photo in self._running):
                self._line_up(wanted)
        self._changed.notify_all()

    def _line_up(self, wanted: Wanted) -> None:
        heappush(self._line(wanted), (self._ranks[wanted.photo], wanted.photo))

    def _line(self, wanted: Wanted) -> _Line:
        if wanted.photo not in self._not_cached and not wanted.stale:
            return self._to_look_up
        if wanted.photo not in self._previewed and wanted.path.suffix.lower() in _JPEG_SUFFIXES:
            return self._to_preview
        return self._to_decode

    # The threads

    def _run(self) -> None:
        with closing(self._cache()) as cache:
            limit = self._limit
            while True:
                step, jobs = self._next()
                if limit != self._limit:
                    limit = self._limit
                    cache.set_limit(limit)
                if step is None:
                    self._save(cache, at_least=1)
                    if self._closed:
                        return
                    self._wait(limit)
                    continue
                for job, next_step in zip(jobs, step(jobs, cache), strict=True):
                    self._finish(job, next_step)
                self._save(cache, at_least=_KEPT_TOGETHER)

    def _cache(self) -> ThumbnailCache:
        try:
            return open_thumbnails(self._file, self._library, self._limit)
        except LibraryError:
            _log.exception("the library cannot be opened; thumbnails are not kept")
            return ThumbnailCache(Path(":memory:"))

    def _next(self) -> tuple[_Step | None, list[_Job]]:
        with self._changed:
            if self._closed:
                return None, []
            steps: list[tuple[_Line, int, _Step]] = [
                (self._to_look_up, _LOOKED_UP_TOGETHER, self._look_up),
                (self._to_preview, 1, self._preview),
                (self._to_decode, 1, self._decode),
            ]
            for line, count, step in steps:
                if line:
                    photos = [heappop(line)[1] for _ in range(min(count, len(line)))]
                    jobs = [_Job(self._wanted[photo], self._pixels) for photo in photos]
                    self._running.update(zip(photos, jobs, strict=True))
                    return step, jobs
            return None, []

    def _wait(self, limit: int) -> None:
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._closed
                    or self._to_look_up
                    or self._to_preview
                    or self._to_decode
                    or self._limit != limit
                )
            )

    def _finish(self, job: _Job, is_done: bool) -> None:
        """Put a photo down, and into the next line if it is wanted still and not done."""
        photo = job.wanted.photo
        with self._changed:
            del self._running[photo]
            wanted = self._wanted.get(photo)
            if wanted is None:
                return
            if is_done and not job.obsolete and job.pixels == self._pixels:
                self._done.add(photo)
            elif photo not in self._failed:
                self._line_up(wanted)
                self._changed.notify_all()

    def _save(self, cache: ThumbnailCache, at_least: int) -> None:
        with self._changed:
            if len(self._unsaved) < at_least:
                return
            unsaved = dict(self._unsaved)
        cache.put(unsaved)
        with self._changed:
            for photo, jpeg in unsaved.items():
                if self._unsaved.get(photo) is jpeg:
                    del self._unsaved[photo]

    # The steps. Each says of its photos whether they are done.

    def _look_up(self, jobs: list[_Job], cache: ThumbnailCache) -> list[bool]:
        found = cache.get_many(job.wanted.photo for job in jobs)
        with self._changed:
            for job in jobs:
                if job.wanted.photo in self._unsaved:
                    found[job.wanted.photo] = self._unsaved[job.wanted.photo]
        return [self._use(job, found.get(job.wanted.photo)) for job in jobs]

    def _use(self, job: _Job, jpeg: bytes | None) -> bool:
        """Show a thumbnail of the cache; whether it is all that is wanted."""
        photo = job.wanted.photo
        is_good = False
        try:
            if jpeg is not None:
                image = opened(jpeg)
                is_good = self._is_sharp(image.size, job)
                self._deliver(job, fitted(image, job.pixels), is_preview=not is_good)
        except Exception:  # noqa: BLE001 (a damaged one raises nearly anything, and is made again)
            _log.debug("the thumbnail of photo %d is damaged", photo)
            jpeg = None
        if not is_good:
            with self._changed:
                self._not_cached.add(photo)
                if jpeg is not None:  # which is better than the one in the Exif
                    self._previewed.add(photo)
        return is_good

    def _is_sharp(self, have: tuple[int, int], job: _Job) -> bool:
        best = min(job.pixels, THUMBNAIL_SIZE, max(job.wanted.size or (THUMBNAIL_SIZE,)))
        was_decoded_for = self._decoded_for.get(job.wanted.photo, 0)
        return max(have) >= _SHARP * best or was_decoded_for >= job.pixels

    def _preview(self, jobs: list[_Job], cache: ThumbnailCache) -> list[bool]:
        (job,) = jobs
        try:
            preview = read_preview(job.wanted.path)
        except ReadError:
            preview = None  # decoding says what is wrong
        if preview is not None:
            self._deliver(job, fitted(preview, job.pixels), is_preview=True)
        with self._changed:
            self._previewed.add(job.wanted.photo)
        return [False]

    def _decode(self, jobs: list[_Job], cache: ThumbnailCache) -> list[bool]:
        (job,) = jobs
        photo, path = job.wanted.photo, job.wanted.path
        side = min(job.pixels, THUMBNAIL_SIZE)
        short = max(_KEPT_SIDE, short_side_for(job.wanted.size or (4, 3), side))
        try:
            image = read_picture(path, short, self._gate.holding)
            kept = thumbnail(image)
            shown = fitted(image, job.pixels)
        except FileError as error:
            self._fail(job, error.reason)
            return [True]
        except Exception as error:  # noqa: BLE001 (a fault at one photo must not end the thread
            _log.exception("unexpected error at %s", path)
            self._fail(job, f"unexpected error: {type(error).__name__}: {error}")
            return [True]
        with self._changed:
            if not job.obsolete:
                self._unsaved[photo] = kept
                if len(self._decoded_for) > _REMEMBERED:
                    self._decoded_for.clear()
                self._decoded_for[photo] = job.pixels
        self._deliver(job, shown, is_preview=False)
        return [True]

    def _fail(self, job: _Job, reason: str) -> None:
        with self._changed:
            if job.obsolete:
                return
            self._failed.add(job.wanted.photo)
        self.failed.emit(job.wanted.photo, reason)

    def _deliver(self, job: _Job, image: Image.Image, *, is_preview: bool) -> None:
        if not job.obsolete and not self._closed:
            # Qt's textures take the fourth byte for opacity, also where it should not matter.
            bgrx = image.convert("RGBA").tobytes("raw", "BGRA")
            pixels = Pixels(image.width, image.height, bgrx)
            self.ready.emit(job.wanted.photo, pixels, is_preview, job.pixels)


#: A heap: photos by their rank among the wanted ones.
_Line = list[tuple[int, PhotoId]]
_Step = Callable[[list[_Job], ThumbnailCache], list[bool]]
