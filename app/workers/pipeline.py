"""The pipeline: QThreads joined by bounded queues.

    feeder (1) -> decoders (n) -> network (1) -> recorder (1) -> deliver

A queue that is full makes the threads before it wait, so that memory does not grow with the
number of photos. The feeder and the decoders hand a photo that needs no decoding or no network
straight to the recorder. Threads end by themselves: each waits until all before it are done.

What went wrong with a photo is an `Outcome`. What stops the whole run (a full disk under the
library) is raised by `Pipeline.wait`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QThread

from app.core.errors import FileError, LibraryError, ModelError, ReadError
from app.library.library import Library
from app.library.thumbnails import ThumbnailCache, open_thumbnails
from app.metadata.storage.commit import clean_orphans
from app.metadata.storage.journal import DATABASE as JOURNAL
from app.metadata.storage.journal import Journal
from app.services.recording import Recorder
from app.services.saving import Run
from app.services.scan import find_photos
from app.services.tagging import Failed, Looked, Outcome, Prepared, Tagger, Task
from app.vision.embedder import Embedder
from app.workers.channel import Channel, MemoryGate, Stopped

_log = logging.getLogger(__name__)

#: Photos that wait between two stages: enough that no stage starves while another has a slow
#: photo.
QUEUE_SIZE = 16
#: Decoded photos that wait for the network. Decoding is ahead of it, so this queue is full most
#: of the time, and what it holds at the end is worked off while the decoders have nothing to do.
#: A decoded photo takes about 0.6 MB.
DECODED_QUEUE_SIZE = 4
_THUMBNAIL_BATCH = 32


def network_threads(cores: int, crops: int) -> int:
    """How many threads the network should use beside as many decoders as there are cores.

    With three crops the network takes about as long as decoding does, with one a third of it;
    threads beyond its share of the cores only take them from the decoders.
    """
    return max(1, cores // 2 if crops > 1 else cores // 3)


class _Worker(QThread):
    """A QThread that runs one function and keeps what it raised."""

    def __init__(
        self, name: str, work: Callable[[], None], failed: Callable[[BaseException], None]
    ):
        super().__init__()
        self.setObjectName(name)
        self._work = work
        self._failed = failed

    def run(self) -> None:
        try:
            self._work()
        except Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 (handed to whoever waits for the pipeline)
            self._failed(error)


class Pipeline:
    """Tags photos on a pool of threads.

    Args:
        tagger: the steps.
        make_embedder: makes the network; called on the network's own thread.
        library_folder: each thread opens the library there for itself.
        run: that the library and the journal have noted.
        thumbnails: file of the thumbnail cache.
        decoders: threads that decode.
        deliver: is called on the recorder's thread with each outcome, and with None at the end.
        memory_limit: bytes that decoding may take at once.
    """

    def __init__(
        self,
        tagger: Tagger,
        make_embedder: Callable[[], Embedder],
        library_folder: Path,
        run: Run,
        thumbnails: Path,
        *,
        decoders: int,
        deliver: Callable[[Outcome | None], None],
        memory_limit: int = 200_000_000,
    ) -> None:
        self._tagger = tagger
        self._make_embedder = make_embedder
        self._library_folder = library_folder
        self._run = run
        self._thumbnails = thumbnails
        self._deliver = deliver
        self._gate = MemoryGate(memory_limit)
        self._error: BaseException | None = None
        self._tasks: Channel[Task] = Channel(1, QUEUE_SIZE)
        self._prepared: Channel[Prepared] = Channel(decoders, DECODED_QUEUE_SIZE)
        self._results: Channel[Outcome | Looked | Failed] = Channel(1 + decoders + 1, QUEUE_SIZE)
        self._decoders = decoders
        self._threads: list[_Worker] = []

    def start(self, paths: Iterable[Path]) -> None:
        """Begin with the photos in some folders; returns at once."""
        work: list[tuple[str, Callable[[], None]]] = [("feeder", lambda: self._feed(paths))]
        work += [(f"decoder {n + 1}", self._decode) for n in range(self._decoders)]
        work += [("network", self._look), ("recorder", self._record)]
        self._threads = [_Worker(name, function, self._failed) for name, function in work]
        for thread in self._threads:
            thread.start()

    def cancel(self) -> None:
        """Stop soon. The photo that is being written is finished; the others stay as they are."""
        for channel in (self._tasks, self._prepared, self._results):
            channel.cancel()

    def wait(self) -> None:
        """Wait until all threads have ended.

        Raises:
            Exception: what stopped a thread, if anything did.
        """
        for thread in self._threads:
            thread.wait()
        if self._error is not None:
            raise self._error

    def _failed(self, error: BaseException) -> None:
        self._error = self._error or error
        self.cancel()

    # The threads

    def _feed(self, paths: Iterable[Path]) -> None:
        try:
            folder: Path | None = None
            with Library(self._library_folder) as library:
                for found in find_photos(paths, self._tasks.is_cancelled):
                    if isinstance(found, ReadError):
                        self._results.put(Failed(found.path, found))
                        continue
                    if found.parent != folder:
                        folder = found.parent
                        clean_orphans(folder)
                    planned = self._plan(found, library)
                    if isinstance(planned, Task):
                        self._tasks.put(planned)
                    else:
                        self._results.put(planned)
        finally:
            self._tasks.close()
            self._results.close()

    def _plan(self, path: Path, library: Library) -> Outcome | Looked | Task | Failed:
        try:
            return self._tagger.plan(path, library)
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 (a fault at one photo must not stop the others)
            return _unexpected(path, error)

    def _decode(self) -> None:
        try:
            with Library(self._library_folder) as library:
                for task in self._tasks:
                    prepared = self._prepare(task, library)
                    if isinstance(prepared, Prepared):
                        self._prepared.put(prepared)
                    else:
                        self._results.put(prepared)
        finally:
            self._prepared.close()
            self._results.close()

    def _prepare(self, task: Task, library: Library) -> Prepared | Looked | Failed:
        try:
            return self._tagger.prepare(task, library, self._gate.holding)
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 (likewise)
            return _unexpected(task.path, error)

    def _look(self) -> None:
        try:
            embedder: Embedder | None = None
            for prepared in self._prepared:
                embedder = embedder or self._make_embedder()
                self._results.put(self._answer(prepared, embedder))
        finally:
            self._results.close()

    def _answer(self, prepared: Prepared, embedder: Embedder) -> Looked | Failed:
        try:
            return self._tagger.look(prepared, embedder)
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001 (likewise)
            return _unexpected(prepared.task.path, error)

    def _record(self) -> None:
        try:
            with closing(open_thumbnails(self._thumbnails, self._library_folder)) as cache:
                self._record_all(cache)
        finally:
            self._deliver(None)

    def _record_all(self, cache: ThumbnailCache) -> None:
        waiting: dict[int, bytes] = {}
        try:
            folder = self._library_folder
            with Library(folder) as library, Journal(folder / JOURNAL) as journal:
                recorder = Recorder(self._tagger, library, journal, self._run)
                for result in self._results:
                    outcome = self._recorded(result, recorder, waiting)
                    if len(waiting) >= _THUMBNAIL_BATCH:
                        cache.put(waiting)
                        waiting.clear()
                    self._deliver(outcome)
        finally:
            cache.put(waiting)

    def _recorded(
        self, result: Outcome | Looked | Failed, recorder: Recorder, waiting: dict[int, bytes]
    ) -> Outcome:
        if isinstance(result, Outcome):
            return result
        if isinstance(result, Failed):
            return recorder.record_failure(result)
        try:
            photo_id, outcome = recorder.record(result)
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 (likewise)
            return recorder.record_failure(_unexpected(result.task.path, error))
        if result.thumbnail is not None and photo_id is not None:
            waiting[photo_id] = result.thumbnail
        return outcome


def _unexpected(path: Path, error: Exception) -> Failed:
    """A fault of the program, met at one photo: that photo fails, the others go on."""
    _log.error("unexpected error at %s", path, exc_info=error)
    reason = f"unexpected error, please report it: {type(error).__name__}: {error}"
    return Failed(path, FileError(path, reason))
