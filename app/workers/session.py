"""The engine behind the window: photos in, tags out, and word of every change.

A session lives on the GUI thread. Behind it work a finder (folders), a looker (decoding and the
network), and one writer, through which everything goes that changes a photo or the library.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.change import Edit
from app.core.cpu import usable_cores
from app.core.errors import TagwrightError
from app.core.folders import Folders
from app.core.photo import PhotoId
from app.core.preferences import DEFAULT_HEAD
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.library.library import Library
from app.services.tagging import Tagger
from app.vision.backends import GpuUse
from app.vision.embedder import Embedder
from app.workers.backlog import Backlog, Feed
from app.workers.channel import Channel, Stopped
from app.workers.doing import Doer
from app.workers.events import Acted, Handle, Problem
from app.workers.finder import Finder, Noted
from app.workers.looker import Looker, Seen, network_threads
from app.workers.news import News
from app.workers.preparing import Preparer
from app.workers.progress import Meter, Progress
from app.workers.teacher import Teacher
from app.workers.writer import Desk, Recorded, Writer

_log = logging.getLogger(__name__)

#: A run in the history ends when nothing was to be done for so long, in milliseconds.
_RUN_ENDS_AFTER = 3000


class Session(QObject):
    """All that the window can do to photos. Every method but `close` returns at once.

    Args:
        folders: of the user; whoever makes a session holds the run lock of the library.
        make_tagger: the steps under some settings.
        settings: how to tag.
        make_embedder: the network of a tagger; called on the network's thread.
        learn: whether to learn from what the user accepts and rejects.
        head: how it learns, one of `app.learning.heads.KINDS`.
    """

    #: list[PhotoId]: photos that are there now and were not before.
    added = Signal(object)
    #: list[PhotoId]: photos of which the card (`Library.cards`) is another one now.
    changed = Signal(object)
    #: list[PhotoId]: photos that are there no longer.
    removed = Signal(object)
    #: list[PhotoId]: photos that the network is working on at the moment.
    working = Signal(object)
    #: The tags that there are, or their counts, have changed.
    tags_changed = Signal()
    #: Progress
    progressed = Signal(object)
    #: Problem
    failed = Signal(object)
    #: Handle, Sequence[tuple[PhotoId, Edit]], str: the user does something, which is about to be
    #: carried out; its label.
    acting = Signal(object, object, str)
    #: int: photos that the user has changed of which it is not written yet.
    left = Signal(int)
    #: Acted
    acted = Signal(object)
    #: bool: it learns all anew from what the user has decided, with another network or in another
    #: way; False when all photos are suggested what follows from it.
    learning_anew = Signal(bool)
    #: str: something stopped the engine, such as a full disk under the library.
    stopped = Signal(str)

    _recorded = Signal(object)
    _noted = Signal(object)
    _remembered = Signal()
    _broke = Signal(object)
    _stalled = Signal(object)
    _taught = Signal(object)
    _anew = Signal(bool)
    _gpu_failed = Signal(object)

    def __init__(
        self,
        folders: Folders,
        make_tagger: Callable[[TagSettings], Tagger],
        settings: TagSettings,
        make_embedder: Callable[[Tagger], Embedder] | None = None,
        learn: bool = True,
        head: str = DEFAULT_HEAD,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folders = folders
        self._preparer = Preparer(make_tagger, self._broke.emit, self)
        self._preparer.prepared.connect(self._on_prepared)
        self._make_embedder = make_embedder or self._embedder
        self._settings = settings
        self._tagger: Tagger | None = None
        self._backlog = Backlog()
        self._feed: Feed | None = None
        self._looker: Looker | None = None
        self._retired: list[Looker] = []
        self._meter = Meter()
        #: Photos that wait to be looked at anew, as the network is another one now.
        self._renewing: set[PhotoId] = set()
        self._closed = False
        self._news = News(self)
        self._news.added.connect(self.added)
        self._news.removed.connect(self.removed)
        self._news.changed.connect(self.changed)
        self._news.changed.connect(self.tags_changed)
        self._news.told.connect(self._on_told)
        self._writer = Writer(
            folders.data,
            folders.thumbnails,
            self._deliver,
            self._stalled.emit,
            is_outdated=self._is_outdated,
        )
        self._doer = Doer(self._do, self)
        self._learns = learn
        self._head = head
        self._teacher = Teacher(
            folders.data, self._writer, self._taught.emit, self._broke.emit, head, self._anew.emit
        )
        self._finder = Finder(
            folders.data, self._settled_fingerprint, self._noted.emit, self._broke.emit
        )
        self._recorded.connect(self._on_recorded)
        self._noted.connect(self._on_noted)
        self._doer.acted.connect(self._on_acted)
        self._doer.left.connect(self.left)
        self._remembered.connect(self.tags_changed)
        self._doer.touched.connect(self._on_touched)
        self._taught.connect(self._on_taught)
        self._anew.connect(self.learning_anew)
        self._doer.failed.connect(self._fail)
        self._gpu_failed.connect(self._fail)
        self._broke.connect(self._on_broke)
        self._stalled.connect(self._on_stalled)
        self._run_end = QTimer(self, interval=_RUN_ENDS_AFTER, singleShot=True)
        self._run_end.timeout.connect(self._end_run)
        self._ticker = QTimer(self, interval=500)
        self._ticker.timeout.connect(self._tick)

    @property
    def settings(self) -> TagSettings:
        """How photos are tagged."""
        return self._settings

    def is_busy(self) -> bool:
        """Whether photos wait, or folders are being looked through."""
        return bool(len(self._backlog)) or self._meter.finding

    def is_learning(self) -> bool:
        """Whether suggestions are about to change by what was decided last."""
        return self._teacher.is_busy()

    @property
    def model_key(self) -> str:
        """Key of the network in use; empty where it cannot be used."""
        return self._tagger.card.key if self._tagger is not None else ""

    def start(self) -> None:
        """Begin, with what was left undone the last time."""
        self._writer.start()
        self._doer.finish(self._settings)
        self._finder.start()
        self._teacher.start()
        self._prepare()

    # Photos in

    def add(self, paths: Iterable[Path]) -> None:
        """Look through folders and files and at the photos that are new; watch them from now on."""
        self._find(list(paths), is_new=True)

    def find_again(self, paths: Iterable[Path], *, deep: bool = True) -> None:
        """Look through folders that may have changed.

        Args:
            deep: also look into the folders inside of them.
        """
        self._find(list(paths), deep=deep)

    def look_again(self, photos: Iterable[PhotoId]) -> None:
        """Look at photos once more, also those that failed or were cancelled."""
        wanted = list(photos)

        def queue(desk: Desk) -> None:
            desk.library.queue(wanted, again=True)
            known = [desk.library.by_id(photo_id) for photo_id in wanted]
            queued = [(each.id, each.path) for each in known if each is not None]
            self._noted.emit(Noted(queued=queued))

        self._do(queue)

    def look_first(self, photos: Sequence[PhotoId]) -> None:
        """Look at these before the others: they are on the screen."""
        self._backlog.first(photos)

    def pause(self) -> None:
        """Begin no further photo until `resume`."""
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

    def cancel(self) -> None:
        """Drop what waits; those photos keep waiting until somebody asks for them."""
        dropped = self._backlog.clear()
        if dropped:
            self._renewing.difference_update(dropped)
            self._do(lambda desk: desk.library.unqueue(dropped))
        self.resume()

    def use(self, settings: TagSettings) -> None:
        """Go on under other settings.

        Under another network all known photos are looked at anew, after those that wait. Until
        a photo's turn comes, it keeps what was suggested before; decisions stay in any case.
        """
        before = self._settings
        if settings != self._settings:
            # What comes of the old ones from now on is dropped: nobody wants it written.
            self._retire_looker()
            self._backlog.put_back()
        self._settings = settings
        self._prepare()
        if (settings.model, settings.crops) != (before.model, before.crops):
            self._meter.finding = True
            self._finder.find_outdated()
            self._tick()

    def learn(self, learns: bool, head: str | None = None) -> None:
        """Learn from what the user accepts and rejects from now on, or no longer.

        Args:
            head: how; with another one than before it learns anew from all that was decided. None
                for as before.
        """
        head = head or self._head
        if (learns, head) != (self._learns, self._head):
            self._learns, self._head = learns, head
            self._teach()

    # What the user does

    def act(
        self,
        edits: Sequence[tuple[PhotoId, Edit]],
        label: str,
        renames: Sequence[tuple[Tag, Tag]] = (),
    ) -> Handle:
        """Carry out what the user decided, as one thing that can be undone.

        Args:
            edits: what becomes of each photo.
            label: what it is, for the menu: "Accept Animal/Cat".
            renames: old and new tags; whoever suggests the old one means the new one from now on,
                and open suggestions change their name. What is in photos is the edits' business.

        Returns:
            What `undo` and `redo` take.
        """
        handle = Handle()
        self.acting.emit(handle, edits, label)
        self._doer.act(handle, edits, label, self._settings, renames)
        return handle

    def undo(self, handle: Handle) -> None:
        """Take an action back, byte for byte where nobody else has changed the file since."""
        self._doer.undo(handle)

    def redo(self, handle: Handle) -> None:
        """Carry an undone action out again."""
        self._doer.redo(handle, self._settings)

    def photos_left(self) -> int:
        """How many photos the user has changed of which it is not written yet."""
        return self._doer.photos_left()

    def remember(self, job: Callable[[Library], None]) -> None:
        """Change something in the library that is no photo's tag, on the thread that writes.

        For saved searches, synonyms and the like; cannot be undone. `tags_changed` follows.
        """

        def remember(desk: Desk) -> None:
            try:
                job(desk.library)
            finally:
                self._remembered.emit()

        self._do(remember)

    def close(self) -> None:
        """Finish the photos in hand, write what was decided, and end all threads. Waits for it.

        What takes longer than a few seconds to write is noted in the library, and goes on at the
        next start.
        """
        if self._closed:
            return
        self._closed = True
        self._doer.end_soon()
        self._news.close()
        for timer in (self._run_end, self._ticker):
            timer.stop()
        self._finder.close()
        self._preparer.close()
        self._retire_looker()
        for looker in self._retired:
            looker.wait()
        self._teacher.close()
        self._writer.close()
        self._finder.wait()
        self._writer.wait()

    # Behind it

    def _prepare(self) -> None:
        """Get ready to look at photos; without a network or rules, all else still works."""
        self._preparer.prepare(self._settings)

    @Slot(object)
    def _on_prepared(self, prepared: Tagger | TagwrightError) -> None:
        before = self._tagger
        self._tagger = prepared if isinstance(prepared, Tagger) else None
        if isinstance(prepared, TagwrightError):
            self._on_broke(prepared)
        self._teach()
        if before is None or self._fingerprint() != before.fingerprint:
            self._retire_looker()  # the rules are others
            self._backlog.put_back()
        if len(self._backlog):
            self._start_looker()

    def _teach(self) -> None:
        if not self._learns:
            self._teacher.rest()
        elif self._tagger is not None:
            self._teacher.use(self._tagger, self._head)

    def _deliver(self, recorded: Recorded | None) -> None:
        """On the writer's thread: what other programs decided is taken over by now."""
        if recorded is not None and recorded.photo is not None:
            self._teacher.decided([recorded.photo])
        self._recorded.emit(recorded)

    def _fingerprint(self) -> str:
        # Also on other threads: what they see is one tagger or the other.
        tagger = self._tagger
        return tagger.fingerprint if tagger is not None else ""

    def _is_outdated(self, tagger: Tagger) -> bool:
        """On the writer's thread: whether a tagger's settings are no longer the ones in use.

        The user has left them as soon as there are others, though these are still being prepared.
        """
        return tagger.settings != self._settings or tagger.fingerprint != self._fingerprint()

    def _settled_fingerprint(self) -> str:
        """On another thread: that of the settings now, as soon as it is known."""
        self._preparer.wait()
        return self._fingerprint()

    def _find(self, paths: list[Path], *, is_new: bool = False, deep: bool = True) -> None:
        if paths and not self._closed:
            self._meter.finding = True
            self._finder.find(paths, is_new=is_new, deep=deep)
            self._tick()

    def _do(self, job: Callable[[Desk], None]) -> bool:
        """Let the writer do something; whether it will."""

        def carefully(desk: Desk) -> None:
            try:
                job(desk)
            except Exception as error:  # noqa: BLE001
                # One thing that cannot be done does not end the thread that does all others.
                _log.warning("%s", error)
                self._broke.emit(error)

        try:
            self._writer.do(carefully)
        except Stopped:
            _log.warning("asked for something after the end")
            return False
        return True

    def _embedder(self, tagger: Tagger) -> Embedder:
        """On the network's thread: the network on what it runs on best."""

        def tell(notice: str) -> None:
            self._gpu_failed.emit(Problem(tagger.card.path, notice, can_retry=False))

        return GpuUse(self._folders.cache).choose(
            tagger.card,
            tagger.settings.device,
            threads=network_threads(usable_cores(), tagger.settings.crops),
            notify=tell,
        )

    def _start_looker(self) -> None:
        tagger = self._tagger
        if self._looker is not None or self._closed or tagger is None:
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
            failed=self._stalled.emit,
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

    def _end_run(self) -> None:
        self._writer.end_run()
        self._teacher.all_seen()

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
            self._meter.expect(self._backlog.add(noted.queued))
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
    def _on_recorded(self, recorded: Recorded | None) -> None:
        if self._closed:
            return
        if recorded is None:  # it has ended, and nobody has asked it to
            self._doer.answer_all()
            return
        outcome = recorded.outcome
        taken_as = self._backlog.finish(outcome.path)
        photo = recorded.photo if recorded.photo is not None else taken_as
        if recorded.stale:
            if photo is not None:
                self._backlog.add([(photo, outcome.path)])
            return
        self._meter.count(failed=outcome.status == "failed")
        self._renewing.difference_update({photo, taken_as})
        if photo is not None:
            self._news.collect(changed=[photo])
            if taken_as is not None and taken_as != photo:
                # It has turned out to be one that was elsewhere before.
                self._news.collect(removed=[taken_as], added=[photo])
        if outcome.error is not None:
            self.failed.emit(Problem(outcome.path, outcome.error, photo))
        self._news.collect()

    @Slot(object)
    def _on_acted(self, acted: Acted) -> None:
        self._news.tell()
        self.acted.emit(acted)
        for problem in acted.problems:
            self.failed.emit(problem)

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        self.failed.emit(problem)

    @Slot(object)
    def _on_touched(self, photos: list[PhotoId]) -> None:
        self._news.collect(changed=photos)
        self._teacher.decided(photos)

    @Slot(object)
    def _on_taught(self, photos: list[PhotoId]) -> None:
        self._news.collect(changed=photos)

    @Slot(object)
    def _on_broke(self, error: BaseException) -> None:
        if not isinstance(error, TagwrightError):
            _log.error("unexpected error", exc_info=error)
        self.stopped.emit(str(error))

    @Slot(object)
    def _on_stalled(self, error: BaseException) -> None:
        """Photos cannot be looked at or recorded: it is for the user to say when to go on."""
        if self._closed:
            return
        self._retire_looker()
        self._backlog.put_back()
        self.pause()
        self._on_broke(error)

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


__all__ = ["Acted", "Handle", "Problem", "Progress", "Session"]
