"""Writing a change of tags into a photo, and remembering it in the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.change import Origin, TagChange
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.library.library import Library, PhotoId
from app.metadata.storage.commit import FileState
from app.metadata.storage.journal import Journal
from app.metadata.writer import WriteReport, write_tags


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as the library and the journal know it."""

    id: int
    key: str


@dataclass(frozen=True, slots=True)
class Saver:
    """Writes changes and remembers them. It belongs to the thread of its library.

    Attributes:
        library, journal: where they are remembered.
        run: the run that they are part of.
        options: how tags are put into files.
    """

    library: Library
    journal: Journal
    run: Run
    options: WriteOptions

    def save(
        self,
        path: Path,
        photo_id: PhotoId,
        change: TagChange,
        origins: Mapping[Tag, Origin],
        expected: FileState,
    ) -> WriteReport:
        """Write a change into a photo, which must be in the state `expected`.

        Raises:
            WriteError: it could not be written; the photo is as it was.
            LibraryError: the library cannot be written.
        """
        report = write_tags(
            path,
            change,
            origins=origins,
            options=self.options,
            journal=self.journal,
            run=self.run.key,
            expected=expected,
        )
        library = self.library
        with library.transaction():
            if report.target != "unchanged":
                library.save_written(photo_id, report.added, report.target, self.run.id)
                library.forget_written(photo_id, report.removed)
            if report.content_hash is not None:
                library.save_rewritten(
                    photo_id,
                    size=report.state.size,
                    mtime_ns=report.state.mtime_ns,
                    content_hash=report.content_hash,
                )
        return report
