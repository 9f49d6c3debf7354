"""The pictures of photos that are at hand for painting. GUI thread only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from app.core.photo import PhotoId
from app.workers.thumbnails import Pixels, ThumbnailLoader, Wanted

#: Bytes of pixels that are held.
DEFAULT_LIMIT = 150_000_000
#: While a slider is drawn, no picture is made for every size on the way.
_SETTLED_AFTER_MS = 120


@dataclass(slots=True)
class _Entry:
    pixmap: QPixmap
    pixels: int  # the size that it was made for
    is_preview: bool

    @property
    def bytes(self) -> int:
        return 4 * self.pixmap.width() * self.pixmap.height()


class Pictures(QObject):
    """Pixmaps by photo, the most recently used ones.

    Args:
        loader: makes them.
        limit: bytes of pixels to hold.
    """

    #: list[PhotoId]: photos that have another picture now, or that there is none to be had of.
    changed = Signal(object)

    def __init__(
        self,
        loader: ThumbnailLoader,
        parent: QObject | None = None,
        *,
        limit: int = DEFAULT_LIMIT,
    ) -> None:
        super().__init__(parent)
        self._loader = loader
        self._limit = limit
        self._bytes = 0
        self._pixels = 0
        self._entries: OrderedDict[PhotoId, _Entry] = OrderedDict()
        self._wanted: dict[PhotoId, Wanted] = {}
        self._stale: set[PhotoId] = set()
        self._errors: dict[PhotoId, str] = {}
        self._news: dict[PhotoId, None] = {}
        self._tell = QTimer(self, singleShot=True, interval=5)
        self._tell.timeout.connect(self._tell_news)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED_AFTER_MS)
        self._settle.timeout.connect(self._use_size)
        self._next_pixels = 0
        loader.ready.connect(self._ready)
        loader.failed.connect(self._failed)

    def get(self, photo: PhotoId) -> QPixmap | None:
        """The picture of a photo as far as it is there; it may be a preview or of another size."""
        entry = self._entries.get(photo)
        if entry is None:
            return None
        self._entries.move_to_end(photo)
        return entry.pixmap

    def is_good(self, photo: PhotoId) -> bool:
        """Whether there is nothing better to be had of a photo."""
        entry = self._entries.get(photo)
        if photo in self._stale:
            return False
        is_done = entry is not None and not entry.is_preview and entry.pixels == self._pixels
        return is_done or photo in self._errors

    def error(self, photo: PhotoId) -> str | None:
        """Why there is no picture of a photo, if so."""
        return self._errors.get(photo)

    def set_size(self, pixels: int) -> None:
        """Pictures are to fit into a square of so many pixels of the screen.

        That is the side of the cell times the device's pixel ratio. The old ones stay until the
        new ones are there; while the size goes on changing, no new ones are made.
        """
        if not self._pixels:
            self._next_pixels = pixels
            self._use_size()
        elif pixels != self._next_pixels:
            self._next_pixels = pixels
            self._settle.start()

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Get these pictures and no others, the first ones first."""
        self._wanted = {each.photo: each for each in wanted}
        for photo in reversed(self._wanted):
            if photo in self._entries:
                self._entries.move_to_end(photo)
        self._ask()

    def renew(self, photos: Iterable[PhotoId]) -> None:
        """The files are other ones now: their pictures are shown until the new ones are there."""
        photos = list(photos)
        self._stale.update(photos)
        for photo in photos:
            self._errors.pop(photo, None)
        self._loader.forget(photos)
        self._ask()

    def retry(self, photos: Iterable[PhotoId]) -> None:
        """Try those again that there was no picture of."""
        failed = [photo for photo in photos if photo in self._errors]
        if failed:
            for photo in failed:
                del self._errors[photo]
            self._loader.forget(failed)
            self._ask()

    def remove(self, photos: Iterable[PhotoId]) -> None:
        """Forget the pictures of photos that are not there any more."""
        photos = list(photos)
        for photo in photos:
            entry = self._entries.pop(photo, None)
            if entry is not None:
                self._bytes -= entry.bytes
            self._errors.pop(photo, None)
            self._stale.discard(photo)
        self._loader.forget(photos)

    def _use_size(self) -> None:
        if self._pixels != self._next_pixels:
            self._pixels = self._next_pixels
            self._loader.set_size(self._pixels)
            self._ask()

    def _ask(self) -> None:
        if not self._pixels:  # nobody has said yet how large they are painted
            return
        missing = [each for each in self._wanted.values() if not self.is_good(each.photo)]
        self._loader.want(
            [each._replace(stale=True) if each.photo in self._stale else each for each in missing]
        )

    def _ready(self, photo: PhotoId, image: Pixels, is_preview: bool, pixels: int) -> None:
        old = self._entries.get(photo)
        if old is not None:
            if is_preview and self._is_better(old, image):
                return
            self._bytes -= old.bytes
        entry = self._entries[photo] = _Entry(_pixmap(image), pixels, is_preview)
        self._entries.move_to_end(photo)
        self._bytes += entry.bytes
        self._errors.pop(photo, None)
        if not is_preview:
            self._stale.discard(photo)
        self._shrink()
        self._add_news(photo)

    def _shrink(self) -> None:
        # What is on the screen stays in any case, or it would be made again and again.
        while self._bytes > self._limit and next(iter(self._entries)) not in self._wanted:
            _, last = self._entries.popitem(last=False)
            self._bytes -= last.bytes

    @staticmethod
    def _is_better(old: _Entry, preview: Pixels) -> bool:
        """Whether a picture of another size shows more than a preview of the right one."""
        return old.pixmap.width() >= preview.width or not old.is_preview

    def _failed(self, photo: PhotoId, reason: str) -> None:
        self._errors[photo] = reason
        self._stale.discard(photo)
        self._add_news(photo)

    def _add_news(self, photo: PhotoId) -> None:
        # Pictures come one by one, but are painted together.
        self._news[photo] = None
        if not self._tell.isActive():
            self._tell.start()

    def _tell_news(self) -> None:
        news, self._news = list(self._news), {}
        self.changed.emit(news)


def _pixmap(image: Pixels) -> QPixmap:
    width, height, pixels = image
    view = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGB32)
    # Copied, since neither QImage nor QPixmap keeps alive what it is made of.
    return QPixmap.fromImage(view.copy())
