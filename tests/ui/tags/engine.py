"""An engine that does at once, on the thread of the test, what it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.change import Edit
from app.core.folders import Folders
from app.core.photo import PhotoId
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.library.library import Library
from app.metadata.storage.journal import Journal
from app.services.editing import edit_photos
from app.services.saving import Run, Saver
from tests.ui.idle import IdleSession


class DirectSession(IdleSession):
    """Carries edits out in the files and the library; what it was asked is kept in lists."""

    def __init__(self, folders: Folders) -> None:
        super().__init__()
        self.library = Library(folders.data)
        self.journal = Journal(folders.data / "journal.db")
        self.acts: list[tuple[list[tuple[PhotoId, Edit]], str, list[tuple[Tag, Tag]]]] = []

    def act(
        self,
        edits: Sequence[tuple[PhotoId, Edit]],
        label: str,
        renames: Sequence[tuple[Tag, Tag]] = (),
    ) -> None:
        self.acts.append((list(edits), label, list(renames)))
        key = self.journal.start_run("window")
        run = Run(self.library.start_run("", "{}", key), key)
        saver = Saver(self.library, self.journal, run, WriteOptions())
        for photo_id, edit in edits:
            photo = self.library.by_id(photo_id)
            assert photo is not None
            for edited in edit_photos([photo.path], edit, saver, write=True):
                assert edited.error is None
        self.changed.emit([photo_id for photo_id, _ in edits])
        self.tags_changed.emit()

    def remember(self, job: Callable[[Library], None]) -> None:
        job(self.library)
        self.tags_changed.emit()

    def close(self) -> None:
        self.library.close()
        self.journal.close()
