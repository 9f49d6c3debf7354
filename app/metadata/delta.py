"""How to get an old file back from one that another program has made of it.

Where this project changes a file itself, it knows its edits and how to undo them. Of a file
that another program has rewritten it knows only both versions. What they have in common is
found by cutting both at places that their content decides (so that what is inserted ahead
does not move the cuts), pairing the pieces that are there once in each, and letting the pairs
grow as far as the bytes agree. Everything between them goes into the edits.

Sources: the low-bandwidth network file system (Muthitacharoen et al., SOSP 2001, section 3.1:
content-defined cuts); patience diff (Cohen, 2003: pairs of unique pieces, longest increasing
subsequence).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np

from app.metadata.splice import Edit

#: Cuts are 256 bytes apart on average, and never nearer than this many bytes.
_CUT: Final = 256
_NEAREST: Final = 32
#: Multipliers of the eight bytes in front of a cut; any large odd numbers would do.
_WEIGHTS: Final = tuple((0x9E3779B1 * (2 * n + 1) * (n * n + 7) | 1) % (1 << 32) for n in range(8))
#: How many bytes are compared or searched for cuts at a time.
_STEP: Final = 1 << 18
#: Edits with fewer equal bytes between them than this become one: each costs some bytes, too.
_BETWEEN: Final = 16

#: Equal bytes: start in the new file, start in the old one, length.
_Match = tuple[int, int, int]


def inverse(new: bytes, old: bytes) -> list[Edit]:
    """The edits that turn `new` into `old`: in order, without overlap, few and short.

    It takes time in proportion to the lengths, whatever the bytes are.
    """
    head = _same_ahead(new, 0, old, 0)
    limit = min(len(new), len(old)) - head
    tail = _same_behind(new, len(new), old, len(old), limit)
    matches = _grown(new, old, _pairs(new, old, head, tail), head, tail)
    edits: list[Edit] = []
    at_new = at_old = head
    for start_new, start_old, length in [*matches, (len(new) - tail, len(old) - tail, 0)]:
        edits += _between(new, old, at_new, start_new, at_old, start_old)
        at_new, at_old = start_new + length, start_old + length
    return edits


def _between(
    new: bytes, old: bytes, new_start: int, new_end: int, old_start: int, old_end: int
) -> list[Edit]:
    """The edits that turn a part of the new file into one of the old file."""
    size = new_end - new_start
    if size != old_end - old_start:
        return [Edit(new_start, new_end, old[old_start:old_end])]
    # Of the same length: numbers that were changed in place.
    edits: list[Edit] = []
    for at in range(0, size, _STEP):
        end = min(at + _STEP, size)
        places = _differing(new, new_start + at, old, old_start + at, end - at)
        if not len(places):
            continue
        breaks = np.flatnonzero(np.diff(places) > _BETWEEN)
        firsts = places[np.concatenate(([0], breaks + 1))] + at
        lasts = places[np.concatenate((breaks, [len(places) - 1]))] + at + 1
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            replacement = old[old_start + first : old_start + last]
            edits.append(Edit(new_start + first, new_start + last, replacement))
    return edits


def _pairs(new: bytes, old: bytes, head: int, tail: int) -> list[_Match]:
    """Pieces that are there once in both, in the order of both: as many as possible."""
    ours, theirs = (_unique_pieces(data, head, len(data) - tail) for data in (new, old))
    both = [(at, theirs[piece], len(piece)) for piece, at in ours.items() if piece in theirs]
    return _longest_rising(both)


def _unique_pieces(data: bytes, start: int, end: int) -> dict[bytes, int]:
    """The pieces of a part of a file that are there only once, and where, in their order."""
    places: dict[bytes, int] = {}
    again: set[bytes] = set()
    cuts = [start, *_cuts(data, start, end), end]
    for at, until in pairwise(cuts):
        piece = data[at:until]
        if len(piece) >= _NEAREST and places.setdefault(piece, at) != at:
            again.add(piece)
    for piece in again:
        del places[piece]
    return places


def _cuts(data: bytes, start: int, end: int) -> list[int]:
    """Where a part of a file is cut: behind eight bytes whose checksum says so."""
    window = len(_WEIGHTS)
    found = []
    for at in range(start, end - window + 1, _STEP):
        count = min(_STEP, end - window + 1 - at)
        block = np.frombuffer(data, np.uint8, count + window - 1, at).astype(np.uint32)
        total = np.full(count, 0x5BD1E995, np.uint32)
        for n, weight in enumerate(_WEIGHTS):
            total += block[n : n + count] * np.uint32(weight)
        found.append(np.flatnonzero(total >> 24 == _CUT - 1) + (at + window))
    if not found:
        return []
    cuts = np.concatenate(found)
    # Where bytes repeat there may be a cut behind each: only the first of such a row counts.
    return [int(cut) for cut in cuts[np.diff(cuts, prepend=start) >= _NEAREST] if cut < end]


def _longest_rising(matches: list[_Match]) -> list[_Match]:
    """Of matches in the order of the new file, the most that are in the old file's order, too."""
    ends: list[int] = []  # the lowest start in the old file of a row of each length
    last: list[int] = []  # which match that is
    before = [-1] * len(matches)
    for index, (_, start, _) in enumerate(matches):
        length = bisect_left(ends, start)
        before[index] = last[length - 1] if length else -1
        if length == len(ends):
            ends.append(start)
            last.append(index)
        else:
            ends[length], last[length] = start, index
    row = []
    index = last[-1] if last else -1
    while index >= 0:
        row.append(matches[index])
        index = before[index]
    return row[::-1]


def _grown(new: bytes, old: bytes, pairs: list[_Match], head: int, tail: int) -> list[_Match]:
    """The pairs, made as long as the bytes agree between their neighbours."""
    grown: list[_Match] = []
    at_new = at_old = head
    for start_new, start_old, length in pairs:
        if start_new + length <= at_new:  # the one before has grown over it
            continue
        if start_new < at_new or start_old < at_old:
            continue
        room = min(start_new - at_new, start_old - at_old)
        back = _same_behind(new, start_new, old, start_old, room)
        ahead = _same_ahead(
            new, start_new + length, old, start_old + length, len(new) - tail, len(old) - tail
        )
        match = (start_new - back, start_old - back, back + length + ahead)
        grown.append(match)
        at_new, at_old = match[0] + match[2], match[1] + match[2]
    return grown


def _same_ahead(
    a: bytes, at_a: int, b: bytes, at_b: int, end_a: int | None = None, end_b: int | None = None
) -> int:
    """How many bytes from two positions on are the same."""
    limit = min(
        (len(a) if end_a is None else end_a) - at_a, (len(b) if end_b is None else end_b) - at_b
    )
    for done, count in _steps(limit):
        differ = _differing(a, at_a + done, b, at_b + done, count)
        if len(differ):
            return done + int(differ[0])
    return max(limit, 0)


def _same_behind(a: bytes, end_a: int, b: bytes, end_b: int, limit: int) -> int:
    """How many bytes before two positions are the same, `limit` at the most."""
    for done, count in _steps(limit):
        differ = _differing(a, end_a - done - count, b, end_b - done - count, count)
        if len(differ):
            return done + count - 1 - int(differ[-1])
    return max(limit, 0)


def _steps(limit: int) -> Iterator[tuple[int, int]]:
    """How far one has come and how many bytes are next: ever more, as most end soon."""
    done, count = 0, 64
    while done < limit:
        count = min(count, limit - done)
        yield done, count
        done, count = done + count, min(4 * count, _STEP)


def _differing(
    a: bytes, at_a: int, b: bytes, at_b: int, count: int
) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Where `count` bytes from two positions on are not the same."""
    return np.flatnonzero(
        np.frombuffer(a, np.uint8, count, at_a) != np.frombuffer(b, np.uint8, count, at_b)
    )
