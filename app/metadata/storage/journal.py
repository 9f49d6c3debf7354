"""The journal: for every file that is written, how to get the old one back. (Being built.)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.core.change import TagChange
from app.metadata.splice import Edit


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is about to be written.

    Attributes:
        run: id of the run that writes it.
        photo: the photo whose tags change.
        file: what is written: the photo or its sidecar, symbolic links resolved.
        before, after: xxh3-128 of all bytes; `before` is None for a file that is made.
        times: access and modification time of the old file in nanoseconds.
        inverse: the edits that turn the new bytes into the old ones.
        change: the tags that this file really gets and loses.
        undoes: id of the entry that this one takes back, if it does.
    """

    run: str
    photo: Path
    file: Path
    target: Literal["embedded", "sidecar"]
    before: bytes | None
    after: bytes
    times: tuple[int, int] | None
    inverse: Sequence[Edit]
    change: TagChange
    undoes: int | None = None


class Journal:
    """The journal in one SQLite file. An instance belongs to the thread that made it."""

    def __init__(self, path: Path) -> None:
        raise NotImplementedError

    def start_run(self, what: str, settings: str = "{}") -> str:
        """Note that a run begins; returns its id, such as '20261123-101502-7f3a'."""
        raise NotImplementedError

    @contextmanager
    def writing(self, draft: Draft) -> Iterator[int]:
        """Note a file as about to be written, durably, and as written when the block is left.

        Where the block raises, the file is looked at: the entry stays only if it was written.
        """
        raise NotImplementedError
        yield 0
