"""The thread that learns: from each decision to what is suggested for all photos.

It reads with a library of its own and works out what is to be suggested; the one thread that writes
puts it into the library, a few tags at a time, so that nothing the user does waits for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.core.errors import TagwrightError
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.learned import LearnedTag, in_parts, learned_by
from app.library.library import Library
from app.services.tagging import Tagger
from app.workers.channel import Stopped
from app.workers.thread import Thread
from app.workers.writer import Desk, Writer

if TYPE_CHECKING:
    from app.services.learned_tags import LearnedTags
    from app.services.teaching import Teaching

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
#: After so many seconds it is tried again to write what could not be written, if nothing else
#: comes before.
_AGAIN_AFTER = 30.0


class _Interrupted(Exception):
    """There is something newer to do, or it is to end."""


class Teacher:
    """Learns from decisions. Every method but `close` returns at once.

    Args:
        library_folder: the thread opens the library there for itself; heads are kept in it.
        writer: the thread that writes.
        changed: is called on a thread with photos of which the suggestions are others now.
        failed: is called on a thread with what stopped it.
        head: how it learns, one of `app.learning.heads.KINDS`.
        anew: is called on a thread with True when all is about to be learned anew, with another
            network or head, and with False when all that follows from it is in the library.
    """

    def __init__(
        self,
        library_folder: Path,
        writer: Writer,
        changed: Callable[[list[PhotoId]], None],
        failed: Callable[[BaseException], None],
        head: str,
        anew: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._library_folder = library_folder
        self._writer = writer
        self._report = changed
        self._failed = failed
        self._head = head
        self._anew = anew
        self._batches: list[list[PhotoId]] = []
        #: Whom to learn for from now on: a tagger, nobody (None), or as before (False).
        self._next: Tagger | bool | None = False
        #: Whether it learns, or is about to; None until it is said.
        self._is_wanted: bool | None = None
        self._closed = False
        self._is_all_seen = False
        self._is_idle = True
        self._news = threading.Condition()
        self._thread = Thread("teacher", self._work, failed)
        # Of the thread alone
        self._teaching: Teaching | None = None
        self._open_tags: set[Tag] = set()
        self._is_anew = False
        #: Of the settings in use.
        self._fingerprint = ""
        #: Key of the network for which was learned last, if there was any.
        self._model = ""
        #: Whether the library could not be written, as on a full disk: it is tried again later.
        self._is_stuck = False

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def use(self, tagger: Tagger, head: str) -> None:
        """Learn for this network, and with this kind of head, from now on."""
        self._head = head
        self._writer.learned_for = tagger.card.key
        self._set_next(tagger)

    def rest(self) -> None:
        """Learn nothing any longer, and suggest nothing that was learned."""
        self._writer.learned_for = ""
        self._set_next(None)

    def decided(self, photos: Iterable[PhotoId]) -> None:
        """Something may have been decided about photos; those of one call are learned together."""
        batch = sorted(set(photos))
        with self._news:
            if batch and self._is_wanted is not None and not self._closed:
                self._batches.append(batch)
                self._is_idle = False
                self._news.notify()

    def all_seen(self) -> None:
        """No more photos are to come for now: what it knows of the library is to hold all of it."""
        with self._news:
            if self._is_wanted and not self._closed:
                self._is_all_seen = True
                self._is_idle = False
                self._news.notify()

    def is_busy(self) -> bool:
        """Whether there is something to be learned, or to be suggested anew."""
        return not self._is_idle

    def close(self) -> None:
        """Stop soon; what was not learned is learned at the next start. Waits for it."""
        with self._news:
            self._closed = True
            self._news.notify()
        self._thread.wait()

    def _set_next(self, tagger: Tagger | None) -> None:
        with self._news:
            self._next = tagger
            self._is_wanted = tagger is not None
            self._is_idle = self._closed
            self._news.notify()

    # On the thread

    def _work(self) -> None:
        try:
            with Library(self._library_folder) as library:
                while self._wait():
                    with suppress(_Interrupted):
                        self._catch_up(library)
                self._save()
        finally:
            # Nobody is to wait for what does not come.
            with self._news:
                is_closed, self._closed = self._closed, True
                self._is_idle = True
            if not is_closed:
                self._writer.learned_for = ""
                self._say_anew(False)

    def _wait(self) -> bool:
        """Wait for something to do; False at the end."""
        with self._news:
            if self._is_stuck and not (self._closed or self._batches):
                self._is_idle = True
                self._news.wait(_AGAIN_AFTER)
            self._is_stuck = False
            while not (self._closed or self._has_news() or self._is_behind()):
                self._is_idle = True
                self._news.wait()
            return not self._closed

    def _has_news(self) -> bool:
        is_ready = self._teaching is not None or self._is_wanted is False
        has_more = bool(self._batches) or (self._is_all_seen and self._teaching is not None)
        return self._next is not False or (has_more and is_ready)

    def _is_behind(self) -> bool:
        """Whether the library lacks something of what was learned."""
        return bool(self._open_tags) or (self._teaching is not None and self._teaching.has_doubts)

    def _must_stop(self) -> bool:
        return self._closed or self._next is not False

    def _is_outdated(self) -> bool:
        return self._closed or self._has_news()

    def _catch_up(self, library: Library) -> None:
        with self._news:
            following, self._next = self._next, False
            is_all_seen, self._is_all_seen = self._is_all_seen, False
        if not isinstance(following, bool):
            try:
                self._change_network(library, following)
            except _Interrupted:
                with self._news:
                    if self._is_stuck and self._next is False:
                        self._next = following
                raise
        teaching = self._teaching
        if teaching is None:
            while (batch := self._next_batch()) is not None:
                self._drop_others(library, batch)
            return
        teaching.at_rest |= is_all_seen
        is_worth_keeping = not isinstance(following, bool)
        # Each batch by itself, so that the same decisions settle the same way, however fast they
        # come.
        while (batch := self._next_batch()) is not None:
            self._open_tags |= teaching.take(library, batch)
            self._drop_others(library, batch)
            is_worth_keeping |= self._settle(library, teaching)
        is_worth_keeping |= self._settle(library, teaching)  # it was stopped in the middle
        self._spread(library, teaching, self._is_outdated)
        if self._writer.learned is None:
            learned = teaching.snapshot()
            self._written(lambda desk: self._give(learned))
        if is_worth_keeping:
            self._save()
        self._say_anew(False)

    def _settle(self, library: Library, teaching: Teaching) -> bool:
        """Settle if it is due; whether it was."""
        if not teaching.needs_settling(library):
            return False
        if not self._batches and not teaching.has_no_picture(library):
            self._spread(library, teaching, self._must_stop)  # the quick answer first
        settled = teaching.settle(library, self._must_stop)
        if settled is None:
            # Nothing is kept until all that follows from it is in the library.
            self._open_tags.update(teaching.tags)
            raise _Interrupted
        self._open_tags |= settled
        return True

    def _drop_others(self, library: Library, photos: list[PhotoId]) -> None:
        """An undo may have brought back what was learned in another way, or before it rested."""
        by = self._teaching.learned_by if self._teaching is not None else ""
        if library.has_learned_but(by, photos):
            applied = self._fingerprint if by else ""
            self._tell(
                self._written(
                    lambda desk: desk.library.drop_learned(but=by, photos=photos, applied=applied)
                )
            )

    def _say_anew(self, is_anew: bool) -> None:
        if is_anew != self._is_anew:
            self._is_anew = is_anew
            self._anew(is_anew)

    def _next_batch(self) -> list[PhotoId] | None:
        with self._news:
            return self._batches.pop(0) if self._batches and not self._must_stop() else None

    def _change_network(self, library: Library, tagger: Tagger | None) -> None:
        # Loaded on this thread: the window is painted without it.
        from app.services.teaching import Teaching

        before, head = self._teaching, self._head
        self._fingerprint = tagger.fingerprint if tagger is not None else ""
        if (
            tagger is not None
            and before is not None
            and (before.model, before.kind) == (tagger.card.key, head)
        ):
            before.read_with(tagger.labeller, tagger.settings.crops)
            return
        self._save()
        is_anew = tagger is not None and (before is not None or self._is_anew)
        self._say_anew(is_anew)
        self._teaching, self._open_tags = None, set()
        with self._news:
            self._batches.clear()  # whoever begins reads all that is decided

        def drop(desk: Desk) -> set[PhotoId]:
            self._writer.learned = None
            if tagger is None:
                return desk.library.drop_learned()
            # Under another network a photo keeps what was learned until it is looked at anew.
            model = tagger.card.key
            return desk.library.drop_learned(network=model, but=learned_by(model, head))

        self._tell(self._written(drop))
        if tagger is None:
            return
        card = tagger.card
        teaching = Teaching.of(self._library_folder, tagger, head)
        found = teaching.open(library, self._must_stop)
        if found is None:
            raise _Interrupted
        self._open_tags = found
        learned = teaching.snapshot()

        def take(desk: Desk) -> set[PhotoId]:
            self._writer.learned = learned
            # Photos may have been looked at meanwhile, which have kept what others had learned.
            return desk.library.drop_learned(but=teaching.learned_by, applied=tagger.fingerprint)

        left = self._written(take)
        if left or self._model not in ("", card.key):
            self._open_tags |= teaching.spread_all()
        self._tell(left)
        self._model = card.key
        self._teaching = teaching
        self._include_new(library, teaching)

    # What follows from it

    def _spread(self, library: Library, teaching: Teaching, stopped: Callable[[], bool]) -> None:
        """Suggest the tags that have changed to whom they are to be suggested now."""
        # First what the network's word is worth, with which what was learned is compared.
        self._spread_doubts(library, teaching, stopped)
        if not self._open_tags:
            return
        found = teaching.rescore(library, self._open_tags, stopped)
        if found is None:
            raise _Interrupted
        learned = teaching.snapshot()
        for part in in_parts(found):
            if stopped():
                raise _Interrupted

            def save(desk: Desk, part: Mapping[Tag, LearnedTag | None] = part) -> set[PhotoId]:
                # From now on new photos are told the same.
                self._give(learned)
                return desk.library.save_learned(teaching.learned_by, part)

            self._tell(self._written(save))
            self._open_tags -= part.keys()
        self._include_new(library, teaching)

    def _spread_doubts(
        self, library: Library, teaching: Teaching, stopped: Callable[[], bool]
    ) -> None:
        if not teaching.has_doubts:
            return
        learned = teaching.snapshot()
        for tag, doubted in teaching.doubted(library):
            if stopped():
                raise _Interrupted

            def save(
                desk: Desk, tag: Tag = tag, doubted: NDArray[np.void] = doubted
            ) -> set[PhotoId]:
                self._give(learned)
                return desk.library.save_doubted(teaching.model, tag, doubted)

            self._tell(self._written(save))

    def _give(self, learned: LearnedTags) -> None:
        """On the writer's thread: this is what new photos are told."""
        # After an undo it waits for somebody who knows of that, see `Writer.forget_learned`.
        if self._writer.learned is not None or not self._has_news():
            self._writer.learned = learned

    def _include_new(self, library: Library, teaching: Teaching) -> None:
        """Suggest to the photos that came while the others were scored."""
        new = teaching.left_out(library)
        if new:
            found = teaching.suggest(library, new, teaching.snapshot())

            def save(desk: Desk) -> set[PhotoId]:
                return desk.library.save_learned_of(teaching.learned_by, found)

            self._tell(self._written(save))

    def _tell(self, photos: Collection[PhotoId]) -> None:
        if photos:
            self._report(sorted(photos))

    def _written(self, job: Callable[[Desk], Answer]) -> Answer:
        """Have something done by the thread that writes, and wait for it.

        Raises:
            _Interrupted: it could not be done.
        """
        try:
            return self._writer.ask(job)
        except Stopped:
            self._closed = True  # nothing can be written any more
            raise _Interrupted from None
        except TagwrightError as error:
            _log.warning("%s", error)
            self._is_stuck = True
            self._failed(error)
            raise _Interrupted from None

    def _save(self) -> None:
        """Keep what was learned, if all that follows from it is in the library."""
        if self._teaching is None or self._is_behind():
            return
        try:
            self._teaching.save()
        except TagwrightError as error:
            _log.warning("%s", error)
