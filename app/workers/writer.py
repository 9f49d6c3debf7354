"""The one thread that writes: into photos, the library, the journal and the thumbnail cache.

What was found out about photos waits in a bounded queue; what the user does goes before it.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.core.errors import LibraryError
from app.core.photo import PhotoId
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.library.thumbnails import ThumbnailCache, open_thumbnails
from app.metadata.storage.journal import DATABASE as JOURNAL
from app.metadata.storage.journal import Journal
from app.metadata.storage.recovery import recover
from app.services.recording import Recorder
from app.services.saving import Run
from app.services.tagging import Failed, Outcome, Tagger
from app.workers.channel import Channel, Stopped
from app.workers.looker import QUEUE_SIZE, Seen, unexpected
from app.workers.thread import Thread

if TYPE_CHECKING:
    from app.services.learned_tags import LearnedTags

Answer = TypeVar("Answer")
_THUMBNAIL_BATCH = 32


@dataclass(frozen=True, slots=True)
class Desk:
    """What a job on the writing thread works with."""

    library: Library
    journal: Journal


Job = Callable[[Desk], None]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one photo.

    Attributes:
        photo: its id, where the library knows it.
        stale: whether it has changed since it was looked at, and must be looked at once more.
        again: whether it was delivered before, and only now what was held back was written.
    """

    outcome: Outcome
    photo: PhotoId | None = None
    stale: bool = False
    again: bool = False


class Writer:
    """Records what was found out about photos, and carries out jobs.

    Args:
        library_folder: of the library and the journal.
        thumbnails: file of the thumbnail cache.
        deliver: is called on the thread with each photo, and with None at the end.
        failed: is called on the thread with what stopped it, or with why a photo could not be
            recorded.
        is_outdated: says of the settings that a photo was looked at under whether others are in
            use by now; then it is not recorded, nor delivered. Asked on the thread.
        run: that the photos are part of. Without one, a run is begun for the first photo and
            ended by `end_run`, what was left undone before is cleaned up first, and photos are
            handed back as stale which the user has changed since they were looked at, or which
            the library had no room for.
    """

    def __init__(
        self,
        library_folder: Path,
        thumbnails: Path,
        deliver: Callable[[Recorded | None], None],
        failed: Callable[[BaseException], None],
        run: Run | None = None,
        is_outdated: Callable[[Tagger], bool] = lambda tagger: False,
    ) -> None:
        #: What was learned from the user's decisions; set by jobs, on the thread.
        self.learned: LearnedTags | None = None
        #: Key of the network for which something was learned, or is about to be. Until that is
        #: there, nothing is written into photos by itself: the user may have rejected just that.
        self.learned_for = ""
        #: Takes what was seen, and jobs. It ends when everybody has closed it: `close` is one.
        self.inbox: Channel[Seen | Job] = Channel(1, QUEUE_SIZE)
        self._library_folder = library_folder
        self._thumbnails = thumbnails
        self._deliver = deliver
        self._given_run = run
        self._run: Run | None = run
        self._recorder: Recorder | None = None
        self._tagger: Tagger | None = None
        self._thumbnails_waiting: dict[PhotoId, bytes] = {}
        #: Photos of which something was held back, in the order in which they came.
        self._held: deque[Seen] = deque()
        self._goes_on = False
        self._closing = False
        self._failed = failed
        self._is_outdated = is_outdated
        self._thread = Thread("writer", self._work, failed)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def close(self) -> None:
        """Nothing comes any more from who has made it; it ends when all others have closed.

        What is held back by then is written when its photo is looked at after the next start.
        """
        self._closing = True
        self.inbox.close()

    def do(self, job: Job) -> None:
        """Carry out a job before the photos that wait.

        Raises:
            Stopped: it has ended.
        """
        self.inbox.put_first(job)

    def ask(self, job: Callable[[Desk], Answer]) -> Answer:
        """Carry out a job before the photos that wait. Waits for it, on another thread.

        Raises:
            Stopped: it has ended.
            Exception: what the job raised.
        """
        done = threading.Event()
        answers: list[Answer] = []
        errors: list[Exception] = []

        def carefully(desk: Desk) -> None:
            try:
                answers.append(job(desk))
            except Exception as error:  # noqa: BLE001 (it is for who asks)
                errors.append(error)
            finally:
                done.set()

        self.do(carefully)
        while not done.wait(0.2):
            if self.is_finished() and not done.is_set():
                raise Stopped
        if errors:
            raise errors[0]
        return answers[0]

    def forget_learned(self) -> None:
        """On the thread: what was learned is no longer true until somebody sets it again.

        After an undo the files are looked at anew, and what was learned from the very decisions
        that were taken back must not be written into them by itself.
        """
        self.learned = None

    def end_run(self) -> None:
        """The photos that come from now on are part of another run."""
        self.inbox.put_first(self._end_run)

    def wait(self) -> None:
        """Wait until all is written."""
        self._thread.wait()

    def is_finished(self) -> bool:
        """Whether it has ended, and no job is carried out any more."""
        return self._thread.isFinished()

    # On the thread

    def _work(self) -> None:
        try:
            # Opened first and closed last: the thumbnails of the last photos go into it.
            with closing(open_thumbnails(self._thumbnails, self._library_folder)) as cache:
                try:
                    self._write_all(cache)
                finally:
                    cache.put(self._thumbnails_waiting)
        finally:
            # Whoever still wants to put something in would wait for ever.
            self.inbox.cancel()
            self._deliver(None)

    def _write_all(self, cache: ThumbnailCache) -> None:
        folder = self._library_folder
        with Library(folder) as library, Journal(folder / JOURNAL) as journal:
            desk = Desk(library, journal)
            if self._given_run is None:
                recover(journal)
            for item in self.inbox:
                if not isinstance(item, Seen):
                    item(desk)
                    self._go_on_with_held()
                    continue
                if self._is_outdated(item.tagger):
                    continue
                recorded = self._record_or_hand_back(item, desk)
                if len(self._thumbnails_waiting) >= _THUMBNAIL_BATCH:
                    cache.put(self._thumbnails_waiting)
                    self._thumbnails_waiting.clear()
                self._deliver(recorded)
            self._end_run(desk)

    def _record_or_hand_back(self, seen: Seen, desk: Desk) -> Recorded:
        try:
            return self._record(seen, desk)
        except LibraryError as error:
            if self._given_run is not None:
                raise
            # There is no room for it now. The user's own changes are still to be carried out.
            self._failed(error)
            return Recorded(Outcome(seen.result.path, "unchanged"), stale=True)

    def _record(self, seen: Seen, desk: Desk) -> Recorded:
        recorder = self._recorder_for(seen.tagger, desk)
        result = seen.result
        if isinstance(result, Outcome):
            return self._nothing_to_do(result, desk)
        if isinstance(result, Failed):
            return Recorded(*recorder.record_failure(result))
        if self._given_run is None and recorder.is_stale(result):
            return Recorded(Outcome(result.task.path, "unchanged"), stale=True)
        try:
            photo_id, outcome = recorder.record(result, hold=self._holds(seen.tagger))
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 (a fault at one photo must not stop the others)
            return Recorded(*recorder.record_failure(unexpected(result.task.path, error)))
        if result.thumbnail is not None and photo_id is not None:
            self._thumbnails_waiting[photo_id] = result.thumbnail
        if outcome.held:
            self._held.append(seen)
        return Recorded(outcome, photo_id)

    # What is held back

    def _holds(self, tagger: Tagger) -> bool:
        """Whether it is not known yet what was learned for this network, and will be soon."""
        model = tagger.card.key
        return self.learned_for == model and (self.learned is None or self.learned.model != model)

    def _go_on_with_held(self) -> None:
        """Write what was held back; one photo at a time, as what the user does goes first."""
        if not self._held or self._goes_on or self._closing:
            return
        if not self._holds(self._held[0].tagger):
            with suppress(Stopped):
                self.inbox.put_first(self._record_held)
                self._goes_on = True

    def _record_held(self, desk: Desk) -> None:
        self._goes_on = False
        if not self._held or self._holds(self._held[0].tagger):
            return
        seen = self._held.popleft()
        photo = desk.library.by_path(seen.result.path)
        if photo is None or photo.applied:  # it was looked at once more meanwhile
            return
        if self._is_outdated(seen.tagger):
            recorded = Recorded(Outcome(seen.result.path, "unchanged"), stale=True)
        else:
            recorded = self._record_or_hand_back(seen, desk)
        self._deliver(replace(recorded, photo=recorded.photo or photo.id, again=True))

    def _nothing_to_do(self, outcome: Outcome, desk: Desk) -> Recorded:
        if self._given_run is not None:
            return Recorded(outcome)
        photo = desk.library.by_path(outcome.path)
        if photo is None:
            return Recorded(outcome)
        desk.library.unqueue([photo.id])
        return Recorded(outcome, photo.id)

    def _recorder_for(self, tagger: Tagger, desk: Desk) -> Recorder:
        if self._recorder is None or self._tagger is not tagger:
            self._end_run(desk)
            if self._run is None:
                said = json.dumps(asdict(tagger.settings))
                key = desk.journal.start_run("tag", said)
                self._run = Run(desk.library.start_run(tagger.card.key, said, key), key)
            self._tagger = tagger
            self._recorder = Recorder(
                tagger,
                desk.library,
                desk.journal,
                self._run,
                self._suggest_learned,
                lambda: self.learned.learned_by if self.learned is not None else "",
            )
        return self._recorder

    def _suggest_learned(
        self,
        embedding: NDArray[np.floating],
        network: Sequence[Suggestion],
        confirmed: Collection[Tag],
        rejected: Collection[Tag],
    ) -> tuple[Suggestion, ...] | None:
        learned = self.learned
        if learned is None or self._tagger is None or learned.model != self._tagger.card.key:
            return None
        return learned.suggest(embedding, network, confirmed, rejected)

    def _end_run(self, desk: Desk) -> None:
        self._recorder = None
        if self._given_run is None and self._run is not None:
            desk.library.finish_run(self._run.id)
            desk.journal.finish_run(self._run.key)
            self._run = None
