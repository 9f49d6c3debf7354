"""The threads that look at photos: QThreads joined by bounded queues.

    feeder (1) -> decoders (n) -> network (1) -> whoever records

A queue that is full makes the threads before it wait, so that memory does not grow with the
number of photos. The feeder and the decoders hand a photo that needs no decoding or no network
straight on. Threads end by themselves: each waits until all before it are done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import FileError, LibraryError, ModelError, ReadError
from app.library.library import Library
from app.metadata.storage.commit import clean_orphans
from app.services.tagging import Failed, Looked, Outcome, Prepared, Tagger, Task
from app.vision.embedder import Embedder
from app.workers.channel import Channel, MemoryGate
from app.workers.thread import Thread

_log = logging.getLogger(__name__)

#: Photos that wait between two stages: enough that no stage starves while another has a slow
#: photo.
QUEUE_SIZE = 16
#: Decoded photos that wait for the network. Decoding is ahead of it, so this queue is full most
#: of the time, and what it holds at the end is worked off while the decoders have nothing to do.
#: A decoded photo takes about 0.6 MB.
DECODED_QUEUE_SIZE = 4
#: The same where the network takes many photos at once.
BATCH_QUEUE_SIZE = 48
#: Bytes that decoding may take at once.
MEMORY_LIMIT = 200_000_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found out about a photo, and under which settings: to be recorded."""

    tagger: Tagger
    result: Outcome | Looked | Failed


class Looker:
    """Looks at photos on a pool of threads.

    Args:
        tagger: the steps.
        make_embedder: makes the network; called on the network's own thread.
        library_folder: each thread opens the library there for itself.
        results: takes what was found out, from `senders` senders.
        decoders: threads that decode.
        failed: is called on a thread with what stopped it.
    """

    def __init__(
        self,
        tagger: Tagger,
        make_embedder: Callable[[], Embedder],
        library_folder: Path,
        results: Channel[Seen],
        *,
        decoders: int,
        failed: Callable[[BaseException], None],
        memory_limit: int = MEMORY_LIMIT,
    ) -> None:
        self._tagger = tagger
        self._make_embedder = make_embedder
        self._library_folder = library_folder
        self._results = results
        self._gate = MemoryGate(memory_limit)
        self._tasks: Channel[Task] = Channel(1, QUEUE_SIZE)
        self._prepared: Channel[Prepared] = Channel(decoders, DECODED_QUEUE_SIZE)
        self._decoders = decoders
        self._failed = failed
        self._threads: list[Thread] = []

    def start(self, photos: Iterable[Path | ReadError]) -> None:
        """Begin; returns at once.

        Args:
            photos: is iterated on the feeder's thread, and may wait.
        """
        self._results.open(1 + self._decoders + 1)
        work: list[tuple[str, Callable[[], None]]] = [("feeder", lambda: self._feed(photos))]
        work += [(f"decoder {n + 1}", self._decode) for n in range(self._decoders)]
        work += [("network", self._look)]
        self._threads = [Thread(name, function, self._failed) for name, function in work]
        for thread in self._threads:
            thread.start()

    def cancel(self) -> None:
        """Stop soon, and drop what waits."""
        self._tasks.cancel()
        self._prepared.cancel()

    def is_cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._tasks.is_cancelled()

    def wait(self) -> None:
        """Wait until all threads have ended."""
        for thread in self._threads:
            thread.wait()

    def is_finished(self) -> bool:
        """Whether all threads have ended."""
        return all(thread.isFinished() for thread in self._threads)

    def _hand_on(self, result: Outcome | Looked | Failed) -> None:
        self._results.put(Seen(self._tagger, result))

    # The threads

    def _feed(self, photos: Iterable[Path | ReadError]) -> None:
        cleaned: set[Path] = set()
        try:
            with Library(self._library_folder) as library:
                for found in photos:
                    if self.is_cancelled():
                        return
                    if isinstance(found, ReadError):
                        self._hand_on(Failed(found.path, found))
                        continue
                    if found.parent not in cleaned:
                        cleaned.add(found.parent)
                        clean_orphans(found.parent)
                    planned = self._plan(found, library)
                    if isinstance(planned, Task):
                        self._tasks.put(planned)
                    else:
                        self._hand_on(planned)
        finally:
            self._tasks.close()
            self._results.close()

    def _plan(self, path: Path, library: Library) -> Outcome | Looked | Task | Failed:
        try:
            return self._tagger.plan(path, library)
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 (a fault at one photo must not stop the others)
            return unexpected(path, error)

    def _decode(self) -> None:
        try:
            with Library(self._library_folder) as library:
                for task in self._tasks:
                    prepared = self._prepare(task, library)
                    if isinstance(prepared, Prepared):
                        self._prepared.put(prepared)
                    else:
                        self._hand_on(prepared)
        finally:
            self._prepared.close()
            self._results.close()

    def _prepare(self, task: Task, library: Library) -> Prepared | Looked | Failed:
        try:
            return self._tagger.prepare(task, library, self._gate.holding)
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 (likewise)
            return unexpected(task.path, error)

    def _look(self) -> None:
        try:
            embedder: Embedder | None = None
            for first in self._prepared:
                embedder = embedder or self._make_embedder()
                # A graphics card is as fast with many photos as with one, the processor is not.
                photos = max(1, embedder.batch_size // len(first.view.crops))
                self._prepared.widen(min(photos, BATCH_QUEUE_SIZE))
                batch = [first, *self._prepared.take_waiting(photos - 1)]
                for answer in self._answers(batch, embedder):
                    self._hand_on(answer)
        finally:
            self._results.close()

    def _answers(self, batch: list[Prepared], embedder: Embedder) -> Sequence[Looked | Failed]:
        try:
            return self._tagger.look(batch, embedder)
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001 (likewise)
            if len(batch) == 1:
                return [unexpected(batch[0].task.path, error)]
            # The others have nothing to do with the one that it is about.
            return [answer for each in batch for answer in self._answers([each], embedder)]


def unexpected(path: Path, error: Exception) -> Failed:
    """A fault of the program, met at one photo: that photo fails, the others go on."""
    _log.error("unexpected error at %s", path, exc_info=error)
    reason = f"unexpected error, please report it: {type(error).__name__}: {error}"
    return Failed(path, FileError(path, reason))


def network_threads(cores: int, crops: int) -> int:
    """How many threads the network should use beside as many decoders as there are cores.

    With three crops the network takes about as long as decoding does, with one a third of it;
    threads beyond its share of the cores only take them from the decoders.
    """
    return max(1, cores // 2 if crops > 1 else cores // 3)
