"""A library with suggestions, and a session that carries answers out in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.change import Edit
from app.core.folders import Folders
from app.core.photo import PhotoId
from app.core.tag import Suggestion, Tag
from app.library.library import Library
from app.ui.context import Context
from app.workers.reader import Reader
from app.workers.session import Acted
from tests.ui.idle import IdleSession


class Answering(IdleSession):
    """Carries answers out in the library alone, at once."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library

    def act(
        self,
        edits: Sequence[tuple[PhotoId, Edit]],
        label: str,
        renames: Sequence[tuple[Tag, Tag]] = (),
    ) -> None:
        for photo, edit in edits:
            every = {s.tag for s in self.library.suggestions(photo)} if edit.accept_all else ()
            self.library.decide(photo, {*edit.accept, *edit.add, *every}, "confirmed")
            self.library.decide(photo, {*edit.reject, *edit.remove}, "rejected")
        self.changed.emit([photo for photo, _ in edits])
        self.acted.emit(Acted(1, label, "done", len(edits)))

    def take_back(self, photos: Sequence[PhotoId]) -> None:
        """Undo what was decided about photos."""
        for photo in photos:
            tags = {each.tag for each in self.library.suggestions(photo)}
            self.library.forget_decisions(photo, tags)
        self.changed.emit(list(photos))
        self.acted.emit(Acted(1, "", "undone", len(photos)))


class Stage:
    """A library, and what a part of the window needs."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)
        self.session = Answering(self.library)
        self.reader = Reader(folder)
        self.context = Context(self.session, self.reader, Folders(folder, folder, folder))

    def photo(self, *said: tuple[str, float]) -> PhotoId:
        """A photo with these suggestions."""
        number = self.library.counts()["photo"]
        photo_id = self.library.save_photo(
            Path(f"/photos/{number}.jpg"), size=1, mtime_ns=1, content_hash=b"%d" % number
        )
        suggestions = [Suggestion(Tag.parse(tag), score, "net") for tag, score in said]
        run = self.library.start_run("net", "{}")
        self.library.save_suggestions(photo_id, "net", suggestions, run)
        return photo_id

    def answer(self, photo: PhotoId, **edit: object) -> None:
        """The user answers."""
        self.session.act([(photo, Edit(**edit))], "")  # type: ignore[arg-type]

    def close(self) -> None:
        self.reader.close()
        self.library.close()


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    stage = Stage(tmp_path / "library")
    yield stage
    stage.close()
