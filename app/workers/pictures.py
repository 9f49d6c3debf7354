"""Photos as pictures to look at, decoded on threads of their own.

Two threads: one makes pictures of the size of the screen, for the photo that is looked at and for
its neighbours, the other every pixel of the one that is zoomed into, which takes far longer and
must not hold up the next photo. Pixels come as arrays that Qt draws as they are, without a copy.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import DecodeError
from app.vision.viewing import decode_to_view
from app.workers.thread import Thread

_log = logging.getLogger(__name__)

#: Bytes of screen-sized pictures that are kept: about a dozen on a 4K screen.
DEFAULT_MEMORY = 400_000_000
#: Rows that are copied at once: few, so that they stay in the processor's cache and other threads
#: need not wait for long.
_STRIP = 32
#: Below this a smaller copy would save nothing.
_SMALLEST_LEVEL = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A photo to look at, upright.

    Attributes:
        levels: the same picture, each half as large as the one before: what is drawn small is
            drawn from a small one, which is faster and does not flicker. Shape (height, width, 4),
            the bytes are blue, green, red and 255, as in `QImage.Format_RGB32`.
        size: width and height of the photo itself, in pixels.
        full: whether there is no more to be had by decoding more of it.
    """

    path: Path
    levels: tuple[NDArray[np.uint8], ...]
    size: tuple[int, int]
    full: bool

    @property
    def bytes(self) -> int:
        """The memory that it takes."""
        return sum(level.nbytes for level in self.levels)

    @property
    def width(self) -> int:
        """Of the largest level."""
        return int(self.levels[0].shape[1])

    @property
    def longest(self) -> int:
        """The longer side of the largest level."""
        return int(max(self.levels[0].shape))

    def level(self, scale: float) -> int:
        """Which is the smallest that has all that is seen at a scale.

        Args:
            scale: screen pixels per pixel of the photo.
        """
        wanted = self.size[0] * scale
        enough = [n for n, level in enumerate(self.levels) if level.shape[1] >= wanted]
        return enough[-1] if enough else 0


class PictureLoader(QObject):
    """Decodes what is asked for, newest wish first, and keeps what fits into memory.

    Args:
        parent: of this object; signals come on its thread.
        memory: bytes of screen-sized pictures that are kept.
    """

    #: Picture
    loaded = Signal(object)
    #: Path, str: why it cannot be shown, without the path.
    failed = Signal(object, str)
    _made = Signal(object, object, int, bool)  # path, Picture or reason, edition, every pixel

    def __init__(self, parent: QObject | None = None, memory: int = DEFAULT_MEMORY) -> None:
        super().__init__(parent)
        self._memory = memory
        self._kept: OrderedDict[Path, Picture] = OrderedDict()
        self._full: Picture | None = None
        self._full_of: Path | None = None  # what every pixel is wanted of, or being made
        self._edition = 0  # what was begun in an earlier one is not wanted any more
        self._longest = 0
        self._waiting: list[Path] = []
        self._waiting_full: list[Path] = []
        self._closed = False
        self._changed = threading.Condition()
        self._made.connect(self._deliver)
        self._threads = [
            Thread("pictures", lambda: self._run(self._waiting, full=False)),
            Thread("every pixel", lambda: self._run(self._waiting_full, full=True)),
        ]
        for thread in self._threads:
            thread.start()

    def load(self, path: Path, longest: int) -> Picture | None:
        """Want a photo now, and nothing else that was wanted before.

        Args:
            longest: pixels that its longer side needs to fill the screen.

        Returns:
            what is there already. If it is None or too small, `loaded` or `failed` follow.
        """
        if self._full_of != path:
            self._full, self._full_of = None, None
        kept = self._full or self._kept.get(path)
        if path in self._kept:
            self._kept.move_to_end(path)
        enough = kept is not None and self._enough(kept, longest)
        with self._changed:
            self._longest = longest
            self._waiting[:] = [] if enough else [path]
            if self._full_of != path:
                self._waiting_full.clear()
            self._changed.notify_all()
        return kept

    def load_full(self, path: Path) -> Picture | None:
        """Want every pixel of a photo; returns them if they are there, else `loaded` follows."""
        if self._full is not None and self._full.path == path:
            return self._full
        kept = self._kept.get(path)
        if kept is not None and kept.full:
            return kept
        if self._full_of != path:
            self._full, self._full_of = None, path
            with self._changed:
                self._waiting_full[:] = [path]
                self._changed.notify_all()
        return None

    def preload(self, paths: Iterable[Path]) -> None:
        """Have photos ready that are likely to be wanted next; after what is wanted now."""
        with self._changed:
            for path in paths:
                kept = self._kept.get(path)
                ready = kept is not None and self._enough(kept, self._longest)
                if not ready and path not in self._waiting:
                    self._waiting.append(path)
            self._changed.notify_all()

    def forget(self, path: Path) -> None:
        """Drop what is kept of a photo whose file has another picture now."""
        self._kept.pop(path, None)
        if self._full_of == path:
            self._full, self._full_of = None, None

    def cancel(self) -> None:
        """Want nothing any more, and give the memory back."""
        with self._changed:
            self._edition += 1
            self._waiting.clear()
            self._waiting_full.clear()
        self._kept.clear()
        self._full, self._full_of = None, None

    def close(self) -> None:
        """End the threads, after the photos in their hands."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.wait()
        self._threads.clear()  # each knows what it ran, and so this

    @staticmethod
    def _enough(picture: Picture, longest: int) -> bool:
        return picture.full or picture.longest >= longest

    @Slot(object, object, int, bool)
    def _deliver(self, path: Path, made: Picture | str, edition: int, full: bool) -> None:
        if self._closed or edition != self._edition:
            return
        if isinstance(made, str):
            self.failed.emit(path, made)
            return
        if full:
            if path != self._full_of:
                return
            self._full = made
        else:
            self._kept[path] = made
            self._kept.move_to_end(path)
            held = sum(each.bytes for each in self._kept.values())
            while held > self._memory and len(self._kept) > 1:
                held -= self._kept.popitem(last=False)[1].bytes
        self.loaded.emit(made)

    # On the threads

    def _run(self, waiting: list[Path], *, full: bool) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: waiting or self._closed)
                if self._closed:
                    return
                path = waiting.pop(0)
                longest = None if full else self._longest
                edition = self._edition
            made = _make(path, longest)
            if not self._closed:
                self._made.emit(path, made, edition, full)
            # A large picture is not to live until the next one is wanted.
            del made


def _make(path: Path, longest: int | None) -> Picture | str:
    """A photo as a picture, or why not."""
    try:
        decoded = decode_to_view(path, path.read_bytes(), longest)
        size = (decoded.width, decoded.height)
        full = decoded.image.size == size or longest is None
        return Picture(path, _levels(decoded.image), size, full)
    except DecodeError as error:
        return error.reason
    except OSError as error:
        return error.strerror or str(error)
    except MemoryError:
        return "needs more memory to decode than there is"
    except Exception as error:  # noqa: BLE001 (one photo must not end the thread)
        _log.exception("unexpected error while decoding %s", path)
        return f"unexpected error: {type(error).__name__}: {error}"


def _levels(image: Image.Image) -> tuple[NDArray[np.uint8], ...]:
    levels = [_pixels(image)]
    while max(image.size) >= 2 * _SMALLEST_LEVEL:
        image = image.reduce(2)
        levels.append(_pixels(image))
    return tuple(levels)


def _pixels(image: Image.Image) -> NDArray[np.uint8]:
    width, height = image.size
    pixels = np.empty((height, width, 4), np.uint8)
    for top in range(0, height, _STRIP):
        bottom = min(height, top + _STRIP)
        strip = image.crop((0, top, width, bottom)).tobytes("raw", "BGRX")
        pixels[top:bottom] = np.frombuffer(strip, np.uint8).reshape(bottom - top, width, 4)
    pixels[..., 3] = 255
    return pixels
