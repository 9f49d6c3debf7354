"""The engine behind the window: photos in, tags out, and word of every change.

A session lives on the GUI thread. Behind it work a finder (folders), a looker (decoding and the
network), and one writer, through which everything goes that changes a photo or the library.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.change import Edit
from app.core.errors import TagwrightError
from app.core.folders import Folders
from app.core.photo import PhotoId
from app.core.preferences import DEFAULT_HEAD
from app.core.settings import TagSettings
from app.core.tag import Tag
from app.library.library import Library
from app.services.tagging import Tagger
from app.vision.embedder import Embedder
from app.workers.channel import Stopped
from app.workers.doing import Doer
from app.workers.events import Acted, Handle, Problem
from app.workers.looking import Looking
from app.workers.news import News
from app.workers.progress import Progress
from app.workers.teacher import Teacher
from app.workers.writer import Desk, Recorded, Writer

_log = logging.getLogger(__name__)


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
    _remembered = Signal()
    _broke = Signal(object)
    _taught = Signal(object)
    _anew = Signal(bool)

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
        self._news = News(self)
        self._looking = Looking(folders, make_tagger, settings, self._news, make_embedder, self)
        self._looking.prepared.connect(self._teach)
        self._looking.working.connect(self.working)
        self._looking.progressed.connect(self.progressed)
        self._looking.failed.connect(self.failed)
        self._looking.broke.connect(self._on_broke)
        self._closed = False
        self._news.added.connect(self.added)
        self._news.removed.connect(self.removed)
        self._news.changed.connect(self.changed)
        self._news.changed.connect(self.tags_changed)
        self._writer = Writer(
            folders.data,
            folders.thumbnails,
            self._deliver,
            self._looking.stalled.emit,
            is_outdated=self._looking.is_outdated,
        )
        self._doer = Doer(self._do, self._writer.forget_learned, self)
        self._learns = learn
        self._head = head
        self._teacher = Teacher(
            folders.data, self._writer, self._taught.emit, self._broke.emit, head, self._anew.emit
        )
        self._looking.all_seen.connect(self._teacher.all_seen)
        self._recorded.connect(self._on_recorded)
        self._doer.acted.connect(self._on_acted)
        self._doer.left.connect(self.left)
        self._remembered.connect(self.tags_changed)
        self._doer.touched.connect(self._on_touched)
        self._taught.connect(self._on_taught)
        self._anew.connect(self.learning_anew)
        self._doer.failed.connect(self.failed)
        self._broke.connect(self._on_broke)

    @property
    def settings(self) -> TagSettings:
        """How photos are tagged."""
        return self._looking.settings

    def is_busy(self) -> bool:
        """Whether photos wait, or folders are being looked through."""
        return self._looking.is_busy()

    def is_learning(self) -> bool:
        """Whether suggestions are about to change by what was decided last."""
        return self._teacher.is_busy()

    @property
    def model_key(self) -> str:
        """Key of the network in use; empty where it cannot be used."""
        tagger = self._looking.tagger
        return tagger.card.key if tagger is not None else ""

    def start(self) -> None:
        """Begin, with what was left undone the last time."""
        self._writer.start()
        self._doer.finish(self.settings)
        self._looking.start(self._writer)
        self._teacher.start()

    # Photos in

    def add(self, paths: Iterable[Path]) -> None:
        """Look through folders and files and at the photos that are new; watch them from now on."""
        self._looking.find(list(paths), is_new=True)

    def find_again(self, paths: Iterable[Path], *, deep: bool = True) -> None:
        """Look through folders that may have changed.

        Args:
            deep: also look into the folders inside of them.
        """
        self._looking.find(list(paths), deep=deep)

    def look_again(self, photos: Iterable[PhotoId]) -> None:
        """Look at photos once more, also those that failed or were cancelled."""
        wanted = list(photos)

        def queue(desk: Desk) -> None:
            desk.library.queue(wanted, again=True)
            known = [desk.library.by_id(photo_id) for photo_id in wanted]
            self._looking.add([(each.id, each.path) for each in known if each is not None])

        self._do(queue)

    def look_first(self, photos: Sequence[PhotoId]) -> None:
        """Look at these before the others: they are on the screen."""
        self._looking.look_first(photos)

    def pause(self) -> None:
        """Begin no further photo until `resume`."""
        self._looking.pause()

    def resume(self) -> None:
        """Go on."""
        self._looking.resume()

    def cancel(self) -> None:
        """Drop what waits; those photos keep waiting until somebody asks for them."""
        dropped = self._looking.cancel()
        if dropped:
            self._do(lambda desk: desk.library.unqueue(dropped))
        self.resume()

    def use(self, settings: TagSettings) -> None:
        """Go on under other settings.

        Where other tags may be suggested or written now, by another network or from another
        certainty on for instance, all known photos are looked at anew, after those that wait.
        Until a photo's turn comes, it keeps what was suggested before; decisions stay in any case,
        and so does what is written. How tags are put into files holds for what is written from
        now on.
        """
        self._looking.use(settings)

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
        self._doer.act(handle, edits, label, self.settings, renames)
        return handle

    def undo(self, handle: Handle) -> None:
        """Take an action back, byte for byte where nobody else has changed the file since."""
        self._doer.undo(handle)

    def redo(self, handle: Handle) -> None:
        """Carry an undone action out again."""
        self._doer.redo(handle, self.settings)

    def photos_left(self) -> int:
        """How many photos the user has changed of which it is not written yet."""
        return self._doer.photos_left()

    def give_up(self) -> None:
        """Stop what `photos_left` counts: what is done stays and can be undone, the rest is
        forgotten.
        """
        self._doer.give_up()

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
        self._looking.close()
        self._teacher.close()
        self._writer.close()
        self._looking.wait()
        self._writer.wait()

    # Behind it

    @Slot()
    def _teach(self) -> None:
        if not self._learns:
            self._teacher.rest()
        elif self._looking.tagger is not None:
            self._teacher.use(self._looking.tagger, self._head)

    def _deliver(self, recorded: Recorded | None) -> None:
        """On the writer's thread: what other programs decided is taken over by now."""
        if recorded is not None and recorded.photo is not None:
            self._teacher.decided([recorded.photo])
        self._recorded.emit(recorded)

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

    # What comes back, on the GUI thread

    @Slot(object)
    def _on_recorded(self, recorded: Recorded | None) -> None:
        if self._closed:
            return
        if recorded is not None:
            self._looking.recorded(recorded)
        else:  # it has ended, and nobody has asked it to
            self._doer.answer_all()

    @Slot(object)
    def _on_acted(self, acted: Acted) -> None:
        self._news.tell()
        self.acted.emit(acted)
        for problem in acted.problems:
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


__all__ = ["Acted", "Handle", "Problem", "Progress", "Session"]
