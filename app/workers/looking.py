"""Photos in: which are to be looked at, the threads that do, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.cpu import usable_cores
from app.core.errors import TagwrightError
from app.core.folders import Folders
from app.core.photo import PhotoId
from app.core.settings import TagSettings
from app.services.tagging import Tagger
from app.vision.backends import GpuUse
from app.vision.embedder import Embedder
from app.workers.backlog import Backlog, Feed
from app.workers.channel import Channel
from app.workers.events import Problem
from app.workers.finder import Finder, Noted
from app.workers.looker import Looker, Seen, network_threads
from app.workers.news import News
from app.workers.preparing import Preparer
from app.workers.progress import Meter
from app.workers.writer import Recorded, Writer

#: A run in the history ends when nothing was to be done for so long, in milliseconds.
_RUN_ENDS_AFTER = 3000


class Looking(QObject):
    """The part of a `Session` that finds photos and looks at them; lives on the GUI thread.

    Args:
        folders: of the user.
        make_tagger: the steps under some settings.
        settings: how to tag.
        news: is told what becomes of photos.
        make_embedder: the network of a tagger; called on the network's thread.
    """

    #: The steps are others now, or there are none.
    prepared = Signal()
    #: Nothing was to be done for some seconds: no more photos are to come for now.
    all_seen = Signal()
    #: list[PhotoId]: photos that the network is working on at the moment.
    working = Signal(object)
    #: Progress
    progressed = Signal(object)
    #: Problem
    failed = Signal(object)
    #: BaseException: something stopped it that concerns no single photo. From any thread.
    broke = Signal(object)
    #: BaseException: photos cannot be looked at or recorded. From any thread.
    stalled = Signal(object)

    _noted = Signal(object)

    def __init__(
        self,
        folders: Folders,
        make_tagger: Callable[[TagSettings], Tagger],
        settings: TagSettings,
        news: News,
        make_embedder: Callable[[Tagger], Embedder] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folders = folders
        self._preparer = Preparer(make_tagger, self.broke.emit, self)
        self._preparer.prepared.connect(self._on_prepared)
        self._make_embedder = make_embedder or self._embedder
        self._settings = settings
        self._tagger: Tagger | None = None
        self._writer: Writer | None = None
        self._backlog = Backlog()
        self._feed: Feed | None = None
        self._looker: Looker | None = None
        self._retired: list[Looker] = []
        self._meter = Meter()
        #: Photos that wait to be looked at once more, as when the network is another one now.
        self._renewing: set[PhotoId] = set()
        self._closed = False
        self._news = news
        news.told.connect(self._on_told)
        self._finder = Finder(
            folders.data, self._settled_fingerprint, self._noted.emit, self.broke.emit
        )
        self._noted.connect(self._on_noted)
        self.stalled.connect(self._on_stalled)
        self._run_end = QTimer(self, interval=_RUN_ENDS_AFTER, singleShot=True)
        self._run_end.timeout.connect(self._end_run)
        self._ticker = QTimer(self, interval=500)
        self._ticker.timeout.connect(self._tick)

    @property
    def settings(self) -> TagSettings:
        """How photos are tagged."""
        return self._settings

    @property
    def tagger(self) -> Tagger | None:
        """The steps in use; None until they are ready, or where they cannot be had."""
        return self._tagger

    def is_busy(self) -> bool:
        """Whether photos wait, or folders are being looked through."""
        return bool(len(self._backlog)) or self._meter.finding

    def start(self, writer: Writer) -> None:
        """Begin, with what was left undone the last time.

        Args:
            writer: takes what was seen.
        """
        self._writer = writer
        self._finder.start()
        self._prepare()

    def find(self, paths: list[Path], *, is_new: bool = False, deep: bool = True) -> None:
        """Look through folders and files, see `Finder.find`."""
        if paths and not self._closed:
            self._meter.finding = True
            self._finder.find(paths, is_new=is_new, deep=deep)
            self._tick()

    def add(self, queued: list[tuple[PhotoId, Path]]) -> None:
        """From any thread: look at photos that the library has queued."""
        self._noted.emit(Noted(queued=queued))

    def look_first(self, photos: Sequence[PhotoId]) -> None:
        """See `Session.look_first`."""
        self._backlog.first(photos)

    def pause(self) -> None:
        """See `Session.pause`."""
        self._backlog.pause(True)
        self._meter.pause(True)
        self._tick()

    def resume(self) -> None:
        """Go on."""
        self._backlog.pause(False)
        self._meter.pause(False)
        if len(self._backlog):
            self._start_looker()
        self._tick()

    def cancel(self) -> list[PhotoId]:
        """Drop what waits; returns what was dropped."""
        dropped = self._backlog.clear()
        self._renewing.difference_update(dropped)
        return dropped

    def use(self, settings: TagSettings) -> None:
        """See `Session.use`."""
        before = self._settings
        if settings != self._settings:
            # What comes of the old ones from now on is dropped: nobody wants it written.
            self._retire_looker()
            self._backlog.put_back()
        self._settings = settings
        self._prepare()
        if _decisive(settings) != _decisive(before):
            self._meter.finding = True
            self._finder.find_outdated()
            self._tick()

    def is_outdated(self, tagger: Tagger) -> bool:
        """On the writer's thread: whether a tagger's settings are no longer the ones in use.

        The user has left them as soon as there are others, though these are still being prepared.
        """
        return tagger.settings != self._settings or tagger.fingerprint != self._fingerprint()

    def close(self) -> None:
        """Finish the photos in hand. Waits for it; `wait` waits for the rest."""
        self._closed = True
        for timer in (self._run_end, self._ticker):
            timer.stop()
        self._finder.close()
        self._preparer.close()
        self._retire_looker()
        for looker in self._retired:
            looker.wait()

    def wait(self) -> None:
        """Wait until all threads have ended."""
        self._finder.wait()

    def recorded(self, recorded: Recorded) -> None:
        """A photo that was looked at is in the library, or has come back."""
        outcome = recorded.outcome
        # What was delivered before may have been taken once more since.
        taken_as = self._backlog.finish(outcome.path) if not recorded.again else None
        photo = recorded.photo if recorded.photo is not None else taken_as
        if recorded.stale:
            if photo is not None:
                self._expect([(photo, outcome.path)])
                self._start_looker()
                self._tick()
            return
        if photo is None or not self._backlog.waits(photo):
            self._meter.count(photo or outcome.path, failed=outcome.status == "failed")
        self._renewing.difference_update({photo, taken_as})
        if photo is not None:
            self._news.collect(changed=[photo])
            if taken_as is not None and taken_as != photo:
                # It has turned out to be one that was elsewhere before.
                self._news.collect(removed=[taken_as], added=[photo])
        if outcome.error is not None:
            self.failed.emit(Problem(outcome.path, outcome.error, photo))
        self._news.collect()

    # Behind it

    def _expect(self, queued: Sequence[tuple[PhotoId, Path]]) -> None:
        if self._backlog.add(queued):
            self._meter.expect(photo for photo, _ in queued)

    def _prepare(self) -> None:
        """Get ready to look at photos; without a network or rules, all else still works."""
        self._preparer.prepare(self._settings)

    @Slot(object)
    def _on_prepared(self, prepared: Tagger | TagwrightError) -> None:
        before = self._tagger
        self._tagger = prepared if isinstance(prepared, Tagger) else None
        if isinstance(prepared, TagwrightError):
            self.broke.emit(prepared)
        self.prepared.emit()
        if before is None or self._fingerprint() != before.fingerprint:
            self._retire_looker()  # the rules are others
            self._backlog.put_back()
        if len(self._backlog):
            self._start_looker()

    def _fingerprint(self) -> str:
        # Also on other threads: what they see is one tagger or the other.
        tagger = self._tagger
        return tagger.fingerprint if tagger is not None else ""

    def _settled_fingerprint(self) -> str:
        """On another thread: that of the settings now, as soon as it is known."""
        self._preparer.wait()
        return self._fingerprint()

    def _embedder(self, tagger: Tagger) -> Embedder:
        """On the network's thread: the network on what it runs on best."""

        def tell(notice: str) -> None:
            self.failed.emit(Problem(tagger.card.path, notice, can_retry=False))

        return GpuUse(self._folders.cache).choose(
            tagger.card,
            tagger.settings.device,
            threads=network_threads(usable_cores(), tagger.settings.crops),
            notify=tell,
        )

    def _start_looker(self) -> None:
        tagger = self._tagger
        if self._looker is not None or self._closed or tagger is None or self._writer is None:
            return
        if tagger.settings != self._settings:  # another one is being prepared
            return
        self._feed = Feed(self._backlog)
        self._looker = Looker(
            tagger,
            lambda: self._make_embedder(tagger),
            self._folders.data,
            cast(Channel[Seen], self._writer.inbox),
            decoders=usable_cores(),
            failed=self.stalled.emit,
        )
        self._looker.start(iter(self._feed))

    def _retire_looker(self) -> None:
        if self._feed is not None:
            self._feed.end()
        if self._looker is not None:
            self._looker.cancel()
            self._retired = [each for each in self._retired if not each.is_finished()]
            self._retired.append(self._looker)
        self._feed = self._looker = None

    @Slot()
    def _end_run(self) -> None:
        if self._writer is not None:
            self._writer.end_run()
        self.all_seen.emit()

    # What comes back, on the GUI thread

    @Slot(object)
    def _on_noted(self, noted: Noted | None) -> None:
        if self._closed:
            return
        if noted is None:
            self._meter.finding = False
        else:
            self._news.collect(
                added=noted.added,
                changed=(photo for photo, _ in noted.queued),
                removed=noted.gone,
            )
            for error in noted.errors:
                self.failed.emit(Problem(error.path, error.reason))
            self._expect(noted.queued)
            if noted.renewed:
                self._renewing.update(photo for photo, _ in noted.queued)
            elif self._renewing:  # which take long, and nobody waits for them
                self._backlog.first(noted.added)
            if len(self._backlog):
                self._run_end.stop()
                self._start_looker()
        self._news.collect()  # the photos in hand may be others
        self._tick()

    @Slot(object)
    def _on_stalled(self, error: BaseException) -> None:
        """Photos cannot be looked at or recorded: it is for the user to say when to go on."""
        if self._closed:
            return
        self._retire_looker()
        self._backlog.put_back()
        self.pause()
        self.broke.emit(error)

    @Slot()
    def _on_told(self) -> None:
        self.working.emit(self._backlog.taken())
        self._tick()

    @Slot()
    def _tick(self) -> None:
        waiting = len(self._backlog)
        renewing = bool(self._renewing) and waiting <= len(self._renewing)
        self.progressed.emit(self._meter.progress(waiting, renewing=renewing))
        busy = bool(waiting) or self._meter.finding
        if busy and not self._ticker.isActive() and not self._closed:
            self._ticker.start()
        elif not busy:
            self._ticker.stop()
            if not self._run_end.isActive() and not self._closed and self._looker is not None:
                self._run_end.start()


def _decisive(settings: TagSettings) -> tuple[object, ...]:
    """What decides which tags known photos are suggested, and which are written into them.

    How they are put into files holds for what is written from now on.
    """
    suggested = settings.model, settings.crops, settings.choice
    if settings.write == "none":
        return suggested
    if settings.write_suggestions == "accepted":
        return *suggested, "accepted"
    return *suggested, settings.min_score
