"""A session that has not been started: no threads, nothing is looked at."""

from __future__ import annotations

from pathlib import Path

from app.core.errors import ModelError
from app.core.folders import Folders
from app.core.settings import TagSettings
from app.services.tagging import Tagger
from app.workers.session import Session


class IdleSession(Session):
    """The real one at rest; tests say what it should answer by its signals."""

    def __init__(self, folders: Folders | None = None) -> None:
        unused = Path("unused")
        super().__init__(folders or Folders(unused, unused, unused), _no_tagger, TagSettings())

    def close(self) -> None:
        """Nothing was begun."""


def _no_tagger(settings: TagSettings) -> Tagger:
    raise ModelError(settings.model, "is not wanted")
