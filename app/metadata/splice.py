"""Changing a file by replacing byte ranges and copying everything else.

A plan is a list of `Edit`s against the original bytes. Applying it and applying its inverse
are pure functions, so that a plan can be proved before anything is written: the inverse
applied to the new bytes must give back the original, byte for byte.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import xxhash


class Refusal(Exception):
    """Tags cannot be embedded in this file without risk; `reason` says why.

    Never reaches a caller of `app.metadata.writer`: it turns into a sidecar and a note.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes from `start` up to `end` (offsets in the original) by `replacement`."""

    start: int
    end: int
    replacement: bytes

    @property
    def growth(self) -> int:
        """By how many bytes the file becomes longer (negative: shorter)."""
        return len(self.replacement) - (self.end - self.start)

    def shifted(self, offset: int) -> Edit:
        """The same edit against bytes that begin `offset` bytes earlier."""
        return Edit(self.start + offset, self.end + offset, self.replacement)


def in_order(edits: Sequence[Edit], size: int) -> list[Edit]:
    """Sort edits by position; insertions at one position keep the order they came in.

    Raises:
        ValueError: edits overlap or lie outside the `size` bytes of the original.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    position = 0
    for edit in ordered:
        if not position <= edit.start <= edit.end <= size:
            raise ValueError(f"edit {edit.start}..{edit.end} overlaps or lies outside 0..{size}")
        position = edit.end
    return ordered


def pieces(data: bytes, edits: Sequence[Edit]) -> list[bytes | memoryview]:
    """The parts, copied and new, that `data` consists of with all `edits` made."""
    parts: list[bytes | memoryview] = []
    view, position = memoryview(data), 0
    for edit in in_order(edits, len(data)):
        parts += (view[position : edit.start], edit.replacement)
        position = edit.end
    parts.append(view[position:])
    return parts


def apply(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes of `data` with all `edits` made."""
    return b"".join(pieces(data, edits))


def inverse(data: bytes, edits: Sequence[Edit]) -> list[Edit]:
    """The edits that turn `apply(data, edits)` back into `data`."""
    undo, growth = [], 0
    for edit in in_order(edits, len(data)):
        start = edit.start + growth
        undo.append(Edit(start, start + len(edit.replacement), data[edit.start : edit.end]))
        growth += edit.growth
    return undo


def digest(parts: Iterable[bytes | memoryview]) -> bytes:
    """The xxh3-128 of parts one behind the other."""
    state = xxhash.xxh3_128()
    for part in parts:
        state.update(part)
    return state.digest()


def proves(data: bytes, edits: Sequence[Edit], new: bytes) -> bool:
    """Whether undoing `edits` in `new` gives `data` back, by hash and without copying it."""
    return digest(pieces(new, inverse(data, edits))) == digest([data])


class Shift:
    """Where positions of the original are found after the edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        changing = sorted((edit for edit in edits if edit.growth), key=lambda edit: edit.end)
        self._ends = [edit.end for edit in changing]
        self._growth = [0, *accumulate(edit.growth for edit in changing)]

    def __call__(self, position: int) -> int:
        """The new position of the byte that was at `position`.

        An insertion exactly at `position` comes before that byte.
        """
        return position + self._growth[bisect_right(self._ends, position)]
