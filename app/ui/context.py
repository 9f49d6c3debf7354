"""What every part of the window may use."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.folders import Folders
from app.workers.reader import Reader
from app.workers.session import Session


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every part of the window that asks or changes anything.

    Attributes:
        session: changes photos, and says what has changed.
        reader: answers questions about the library.
    """

    session: Session
    reader: Reader
    folders: Folders
