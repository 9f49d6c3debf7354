"""From a head to all photos: who is to be suggested a tag, worked out for the whole library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.boundary import inverse_lengths_of
from app.learning.examples import ancestry
from app.learning.scan import PIECE
from app.library.learned import LEARNED, LearnedTag
from app.library.library import Library
from app.services.learning import Learner

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

#: Certainties that are worked out at a time: 8 MB for each of a few arrays.
_CELLS = 1 << 20
#: Rows of which the lengths are worked out at a time.
_AT_ONCE = 10_000
#: What is known of so large a share of all photos is faster read tag by tag than photo by photo.
_LOOKED_UP = 0.1
#: From which certainty on a learned tag comes before what the network says, and with which
#: priority; below it comes after.
_FIRST_FROM, _FIRST = 0.5, 10


def priority_of(certainty: float) -> int:
    """The priority of a learned suggestion."""
    return _FIRST if certainty >= _FIRST_FROM else 0


class ScanRows:
    """Which photo each row of the embeddings belongs to, kept up with the library."""

    def __init__(self) -> None:
        #: Photo of each row, 0 for none.
        self.photos: Rows = np.zeros(0, np.int64)
        #: Row of each photo, -1 for none.
        self._rows: Rows = np.zeros(0, np.int64)
        #: See `app.learning.boundary.score`; 1 for rows of nobody.
        self.inverse_lengths = np.zeros(0, np.float32)

    def update(self, library: Library, model: str, matrix: NDArray[np.floating]) -> None:
        """Take in the rows that came since the last time.

        Args:
            matrix: the embeddings, shape (rows, size).
        """
        new = np.array(library.embedding_rows(model, len(self.photos)), np.int64).reshape(-1, 2)
        # Photos may have come since the matrix was mapped: they are taken in the next time.
        new = new[new[:, 1] < len(matrix)]
        if not len(new):
            return
        photos, rows = new[:, 0], new[:, 1]
        start = len(self.photos)
        self.photos = _grown(self.photos, int(rows.max()) + 1, 0)
        # A row of nobody may be written yet; its length is not asked for before it is somebody's.
        self.inverse_lengths = np.concatenate(
            [self.inverse_lengths, np.ones(len(self.photos) - start, np.float32)]
        )
        there = np.sort(rows)
        for part in np.array_split(there, -(-len(there) // _AT_ONCE)):
            # A run of rows is looked at where it lies; all but a few are one.
            is_run = part[-1] - part[0] + 1 == len(part)
            found = matrix[part[0] : part[-1] + 1] if is_run else matrix[part]
            self.inverse_lengths[part] = inverse_lengths_of(found)
        self._rows = _grown(self._rows, int(photos.max()) + 1, -1)
        before = self._rows[photos]
        self.photos[before[before >= 0]] = 0  # looked at once more
        self.photos[rows] = photos
        self._rows[photos] = rows

    def of(self, photos: Rows) -> Rows:
        """The rows of photos, -1 for those that have none."""
        found = np.full(len(photos), -1, np.int64)
        known = photos < len(self._rows)
        found[known] = self._rows[photos[known]]
        return found


def _grown(array: Rows, size: int, value: int) -> Rows:
    # Twice as much as is needed would be unused rows that are scanned; copying is cheap.
    more = max(0, size - len(array))
    return np.concatenate([array, np.full(more, value, np.int64)])


class _About:
    """Something said of photos, by tag: rows and values, shape (n,) each."""

    def __init__(self, found: NDArray[np.void], rows: ScanRows, *fields: str) -> None:
        where = rows.of(found["photo"])
        kept = where >= 0
        order = np.argsort(found["tag"][kept], kind="stable")
        self._rows = where[kept][order]
        self._values = [found[name][kept][order] for name in fields]
        self._tags = found["tag"][kept][order]

    def of(self, tag_id: int | None) -> tuple[NDArray[Any], ...]:
        """The rows of one tag, and the fields."""
        number = -1 if tag_id is None else tag_id
        first, last = np.searchsorted(self._tags, [number, number + 1])
        return self._rows[first:last], *(values[first:last] for values in self._values)


def rescore(
    learner: Learner,
    library: Library,
    matrix: NDArray[np.floating],
    rows: ScanRows,
    tags: Collection[Tag],
    floor: float,
    stopped: Callable[[], bool],
    unripe: Collection[Tag] = (),
) -> dict[Tag, LearnedTag | None] | None:
    """Who is to be suggested some tags and those above them, by the rules of `LearnedTags.suggest`.

    Args:
        matrix: embeddings, shape (rows, size).
        floor: the least certainty.
        stopped: is asked now and then whether to give up.
        unripe: tags that are not to be suggested yet.

    Returns:
        None if it was given up; None for a tag that is not known any longer.
    """
    head = learner.head
    known = set(head.tags)
    result: dict[Tag, LearnedTag | None] = {tag: None for tag in tags if tag not in known}
    # Whether a tag is shown depends on those below it.
    wanted = sorted(ancestry(tags) & known, key=lambda tag: (-len(tag.path), tag))
    if not wanted:
        return result
    ids = library.tag_ids()
    below: dict[Tag, list[Tag]] = defaultdict(list)
    for tag in ids:
        for level in range(1, len(tag.path)):
            below[Tag(tag.path[:level])].append(tag)
    own = library.offered(head.model, (ids[tag] for tag in wanted if tag in ids))
    offered = _About(own, rows, "own")
    count = min(len(matrix), len(rows.photos))
    candidates = _candidates(
        learner, matrix[:count], rows.photos[:count], rows.inverse_lengths[:count], wanted,
        [offered.of(ids.get(tag)) for tag in wanted], floor, stopped,
    )  # fmt: skip
    if candidates is None:
        return None
    nobody = np.zeros(0, np.int64), np.zeros(0)
    candidates = [
        nobody if tag in unripe else each for tag, each in zip(wanted, candidates, strict=True)
    ]
    near = {*ancestry(wanted), *(each for tag in wanted for each in below.get(tag, ()))}
    near_ids = [ids[tag] for tag in near if tag in ids]
    is_candidate = np.zeros(count, bool)
    for where, _ in candidates:
        is_candidate[where] = True
    some: Rows | None = None
    if np.count_nonzero(is_candidate) <= count * _LOOKED_UP:
        some = rows.photos[:count][is_candidate]
    said = _About(library.said_about(near_ids, some), rows, "confirmed")
    # Of the wanted ones it is known already what others suggest, and not yet what was learned.
    others_ids = [ids[tag] for tag in near - set(wanted) if tag in ids]
    others = library.offered(head.model, others_ids, some)
    offered = _About(np.concatenate([own, others]), rows, "score", "priority")
    shown = _About(library.learned_scores(others_ids, some), rows, "score")
    open_: dict[Tag, tuple[Rows, Floats]] = {}
    for tag, (all_places, all_sure) in zip(wanted, candidates, strict=True):
        is_out = np.zeros(len(rows.photos), bool)
        for above in ancestry((tag,)):
            where, confirmed = said.of(ids.get(above))
            is_out[where[~confirmed.astype(bool)]] = True
        kept = ~is_out[all_places]
        open_[tag] = all_places[kept], all_sure[kept]
        for each in (tag, *below.get(tag, ())):
            where, confirmed = said.of(ids.get(each))
            is_out[where[confirmed.astype(bool)]] = True
        most = np.zeros(len(rows.photos))
        priority = np.zeros(len(rows.photos), np.int64)
        own, own_scores, own_priorities = offered.of(ids.get(tag))
        most[own] = own_scores
        priority[own] = own_priorities
        has_own = np.zeros(len(rows.photos), bool)
        has_own[own] = True
        for each in below.get(tag, ()):
            _raise(most, *_not_rejected(offered, said, ids[each]))
            _raise(most, *(open_[each] if each in open_ else shown.of(ids[each])))
        places, sure = open_[tag]
        kept = ~is_out[places] & (sure > most[places])
        places, sure = places[kept], sure[kept]
        priorities = np.where(sure >= _FIRST_FROM, _FIRST, 0)
        taken = has_own[places]
        priorities[taken] = np.maximum(priorities[taken], priority[places[taken]])
        result[tag] = LearnedTag(
            f"{LEARNED}{head.count_of(tag)}", rows.photos[places], sure, priorities
        )
    return result


def _candidates(
    learner: Learner,
    matrix: NDArray[np.floating],
    photos: Rows,
    inverse_lengths: NDArray[np.float32],
    tags: Sequence[Tag],
    network: Sequence[tuple[NDArray[Any], ...]],
    floor: float,
    stopped: Callable[[], bool],
) -> list[tuple[Rows, Floats]] | None:
    """Rows and certainties of each tag, as far as it is certain enough."""
    calibration = learner.calibration_of(tags)
    block = max(PIECE, _CELLS // len(tags) // PIECE * PIECE)
    places: list[list[Rows]] = [[] for _ in tags]
    found: list[list[Floats]] = [[] for _ in tags]
    for first in range(0, len(matrix), block):
        if stopped():
            return None
        part = matrix[first : first + block]
        said = np.full((len(part), len(tags)), np.nan)
        for column, (where, scores) in enumerate(network):
            inside = (where >= first) & (where < first + len(part))
            said[where[inside] - first, column] = scores[inside]
        scale = inverse_lengths[first : first + block]
        known = learner.certainties(
            part, tags, said, inverse_lengths=scale, calibration=calibration
        )
        sure = np.round(known.astype(np.float64), 4)
        sure[photos[first : first + block] == 0] = 0
        for column in range(len(tags)):
            kept = np.flatnonzero(sure[:, column] >= floor)
            places[column].append(kept + first)
            found[column].append(sure[kept, column])
    empty = np.zeros(0, np.int64), np.zeros(0)
    return [
        (np.concatenate([empty[0], *where]), np.concatenate([empty[1], *sure]))
        for where, sure in zip(places, found, strict=True)
    ]


def _not_rejected(offered: _About, said: _About, tag_id: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """What others suggest of a tag, without the photos for which it was rejected."""
    where, scores, _ = offered.of(tag_id)
    decided, confirmed = said.of(tag_id)
    kept = ~np.isin(where, decided[~confirmed.astype(bool)])
    return where[kept], scores[kept]


def _raise(most: Floats, where: NDArray[Any], scores: NDArray[Any]) -> None:
    np.maximum.at(most, where, scores)
