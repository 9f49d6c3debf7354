"""Tagging some folders from beginning to end: the threads that look and the one that writes.

What went wrong with a photo is an `Outcome`. What stops the whole run (a full disk under the
library) is raised by `Pipeline.wait`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import cast

from app.services.saving import Run
from app.services.scan import find_photos
from app.services.tagging import Outcome, Tagger
from app.vision.embedder import Embedder
from app.workers.channel import Channel
from app.workers.looker import MEMORY_LIMIT, Looker, Seen
from app.workers.writer import Recorded, Writer


class Pipeline:
    """Tags photos on a pool of threads.

    Args:
        tagger: the steps.
        make_embedder: makes the network; called on the network's own thread.
        library_folder: each thread opens the library there for itself.
        run: that the library and the journal have noted.
        thumbnails: file of the thumbnail cache.
        decoders: threads that decode.
        deliver: is called on the writer's thread with each outcome, and with None at the end.
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
        memory_limit: int = MEMORY_LIMIT,
    ) -> None:
        def hand_out(recorded: Recorded | None) -> None:
            deliver(recorded.outcome if recorded is not None else None)

        self._error: BaseException | None = None
        self._writer = Writer(library_folder, thumbnails, hand_out, self._failed, run)
        self._looker = Looker(
            tagger,
            make_embedder,
            library_folder,
            cast(Channel[Seen], self._writer.inbox),
            decoders=decoders,
            failed=self._failed,
            memory_limit=memory_limit,
        )

    def start(self, paths: Iterable[Path]) -> None:
        """Begin with the photos in some folders; returns at once."""
        self._looker.start(find_photos(paths, self._looker.is_cancelled))
        self._writer.start()
        self._writer.close()  # what comes, comes from the looker

    def cancel(self) -> None:
        """Stop soon. The photo that is being written is finished; the others stay as they are."""
        self._looker.cancel()
        self._writer.inbox.cancel()

    def wait(self) -> None:
        """Wait until all threads have ended.

        Raises:
            Exception: what stopped a thread, if anything did.
        """
        self._looker.wait()
        self._writer.wait()
        if self._error is not None:
            raise self._error

    def _failed(self, error: BaseException) -> None:
        self._error = self._error or error
        self.cancel()
