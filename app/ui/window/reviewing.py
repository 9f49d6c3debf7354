"""The review: the queue and the grid together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.core.change import Edit
from app.core.listing import Listing
from app.core.photo import PhotoId
from app.ui.grid.model import PhotoModel
from app.ui.review.queue import ReviewQueue
from app.ui.window.browse import Browser, Shown
from app.ui.window.photos import PhotoCommands


class Reviewing(QObject):
    """Shows the doubtful photos one after the other.

    Args:
        queue: which photos, in which order.
        browser, photos, model: the parts.
    """

    def __init__(
        self,
        queue: ReviewQueue,
        browser: Browser,
        photos: PhotoCommands,
        model: PhotoModel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._browser = browser
        self._photos = photos
        self._model = model
        self._before: Shown | None = None
        queue.started.connect(self._begin)
        queue.current_changed.connect(self._go_to)
        queue.finished.connect(self._finish)
        queue.stopped.connect(self._leave)
        browser.listed.connect(lambda _: self._go_to(queue.current()))
        photos.context.session.acting.connect(lambda _handle, edits, _label: self._see(edits))

    def toggle(self) -> None:
        """Begin or end."""
        if self._queue.running:
            self._queue.stop()
        else:
            self._queue.start()

    def _begin(self, listing: Listing) -> None:
        self._before = self._browser.shown
        self._browser.show_only(listing)

    def _go_to(self, photo: PhotoId | None) -> None:
        if photo is not None and self._queue.running:
            self._photos.go_to(photo)

    def _see(self, edits: Sequence[tuple[PhotoId, Edit]]) -> None:
        if not self._queue.running:
            return
        for photo, _ in edits:
            card = self._model.card(photo)
            if card is not None:
                self._queue.see(card)

    def _finish(self, progress: object) -> None:
        del progress
        self._leave()

    def _leave(self) -> None:
        if self._before is not None:
            self._browser.show(self._before)
            self._before = None
