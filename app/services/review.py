"""Reviewing: which photo to ask about next, and what accepting in bulk would come to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.change import Edit
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.learning.asking import asking_order, directions, middle_of
from app.library.browsing import EVERYTHING, Condition
from app.library.library import Library
from app.library.reviewing import doubts, embedding_rows, open_tags

#: Photos that are put in order with care: of these half are the most doubtful ones, the others
#: spread evenly over all, since what stands for many is worth asking though it is less doubtful.
_POOL = 400
#: Photos that stand for all that are open, and for all that are answered.
_OTHERS, _ANSWERED = 600, 500
#: How much of a photo's worth is its own doubt; the rest is what its answer tells about others.
#: Asking in order of doubt first teaches less: see `tests.benchmarks.review`.
_DOUBT = 0.05
#: A photo of which the network is surer than this in all that it suggests is hardly worth a
#: question, for itself or as one of many: the answer is known. In uncertainty: 0.2 is a score of
#: 0.9. Not so what was learned: among the flower training photos that cost one to three points of
#: accuracy at 10 to 100 answers (`tests.benchmarks.review`), as a young head is sure too soon.
_SETTLED = 0.2
#: How much more the answer about a tag teaches of which few examples are known.
_NEW_TAG = 0.3


def review_order(
    library: Library,
    limit: int | None = None,
    *,
    condition: Condition = EVERYTHING,
    skipped: Sequence[PhotoId] = (),
    asked: Collection[PhotoId] = (),
) -> NDArray[np.int64]:
    """The photos with open suggestions, in the order in which they should be asked about.

    First come those whose answers teach most about all open photos: which stand for many of them,
    and are unlike the photos that are answered, and unlike each other (`app.learning.asking`).
    Among these, and where there is nothing to tell photos apart by, first those of which the
    program is least sure and about whose tags it knows least. Those of which the network is all
    but sure come late, however many they stand for. It takes no longer for a larger
    library but for looking up what is open.

    Args:
        limit: of how many; None for all.
        condition: which photos are meant.
        skipped: photos that were put off, the first one first: they come last.
        asked: photos that were asked about just now: what looks like them teaches little.

    Returns:
        shape (photos,), int64.
    """
    found = doubts(library, condition, for_new_tags=_NEW_TAG)
    late = np.isin(found["photo"], np.fromiter(skipped, np.int64))
    found, skipped_ones = found[~late], found[late]
    ids = found["photo"]
    # The most doubtful come first in them.
    pool = np.unique(np.concatenate([np.arange(min(_POOL // 2, len(ids))), _evenly(len(ids))]))
    in_pool = np.zeros(len(ids), bool)
    in_pool[pool] = True
    first = pool[_by_teaching(library, found, pool, asked)]
    open_ids = set(skipped_ones["photo"].tolist())
    last = [photo for photo in dict.fromkeys(skipped) if photo in open_ids]
    order = np.concatenate([ids[first], ids[~in_pool], np.array(last, np.int64)])
    return order if limit is None else order[:limit]


def _evenly(count: int, most: int = _POOL // 2) -> NDArray[np.intp]:
    """At most so many of the numbers below another one, evenly spread."""
    return np.arange(0, count, max(1, -(-count // most)))


def _by_teaching(
    library: Library,
    found: NDArray[np.void],
    pool: NDArray[np.intp],
    asked: Collection[PhotoId],
) -> NDArray[np.intp]:
    """The order of a pool of photos by what their answers teach.

    Args:
        found: all photos, of `app.library.reviewing.DOUBT`.
        pool: positions in them.
    """
    if not len(pool):
        return np.zeros(0, np.intp)
    ids, opens = found["photo"], np.minimum(1.0, found["open"] / _SETTLED)
    # By id and not by doubt, so that they are an even sample of what was photographed when.
    some = np.argsort(ids)[_evenly(len(ids), _OTHERS)]
    others = ids[some]
    answered = library.answered_photos()
    answered = answered[_evenly(len(answered), _ANSWERED)]
    known = [*answered.tolist(), *asked]
    wanted = [*ids[pool].tolist(), *others.tolist(), *known]
    vectors = _directions(library, wanted, len(pool), len(others))
    ends = np.cumsum([len(pool), len(others)])
    own, other, answers = np.split(vectors, ends)
    worth = (1 - _DOUBT) * opens + _DOUBT * found["worth"] / max(float(found["worth"].max()), 1e-9)
    return asking_order(own, worth[pool], other, opens[some], answers)


def _directions(
    library: Library, photos: Sequence[PhotoId], first: int, count: int
) -> NDArray[np.float32]:
    """Where photos lie to each other, as unit vectors of shape (photos, size).

    By the model that has looked at most of them; a photo that it has not seen is like none, its
    vector is zero.

    Args:
        first, count: photos from which on, and how many, the others are seen from.
    """
    known = embedding_rows(library, photos)
    if known is None:
        return np.zeros((len(photos), 1), np.float32)
    model, size, rows = known
    matrix = library.embedding_file(model, size).matrix()
    seen = np.zeros((len(photos), size), np.float32)
    # A row that a crash kept from the disk is not there.
    places = [n for n, p in enumerate(photos) if rows.get(p, len(matrix)) < len(matrix)]
    seen[places] = matrix[[rows[photos[place]] for place in places]]
    return directions(seen, middle_of(seen[first : first + count]))


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A photo with a tag that would be accepted.

    Attributes:
        percent: the certainty, rounded as it is shown.
    """

    photo: PhotoId
    tag: Tag
    percent: int


@dataclass(frozen=True, slots=True, eq=False)
class OpenSuggestions:
    """All suggestions that wait for an answer, the surest first: looked up once, asked often.

    Attributes:
        tags: those that are suggested, in the order of the alphabet.
        photo: ids, shape (suggestions,), int64.
        tag: positions in `tags`, shape (suggestions,), int32.
        percent: certainties, rounded as they are shown, shape (suggestions,), uint8.
    """

    tags: tuple[Tag, ...]
    photo: NDArray[np.int64]
    tag: NDArray[np.int32]
    percent: NDArray[np.uint8]

    def only(self, tag: Tag | None) -> OpenSuggestions:
        """Those of one tag and the tags below it; None for all."""
        if tag is None:
            return self
        depth = len(tag.key)
        below = [n for n, each in enumerate(self.tags) if each.key[:depth] == tag.key]
        meant = np.isin(self.tag, np.array(below, np.int32))
        return OpenSuggestions(self.tags, self.photo[meant], self.tag[meant], self.percent[meant])

    def histogram(self) -> NDArray[np.int64]:
        """How many tags have each percentage, shape (101,)."""
        return np.bincount(self.percent, minlength=101).astype(np.int64)

    def tags_from(self) -> NDArray[np.int64]:
        """How many tags are at least so sure, by percentage, shape (101,)."""
        return _at_least(self.histogram())

    def photos_from(self) -> NDArray[np.int64]:
        """How many photos have a tag that is at least so sure, by percentage, shape (101,)."""
        _, first = np.unique(self.photo, return_index=True)
        return _at_least(np.bincount(self.percent[first], minlength=101).astype(np.int64))

    def least_certain(self, percent: int, limit: int) -> list[Example]:
        """Of what is at least so sure, what is least so: one example of each photo."""
        found: dict[PhotoId, Example] = {}
        for n in range(self._end(percent) - 1, -1, -1):
            photo = int(self.photo[n])
            if photo not in found:
                found[photo] = Example(photo, self.tags[self.tag[n]], int(self.percent[n]))
                if len(found) == limit:
                    break
        return list(found.values())

    def edits(self, percent: int) -> list[tuple[PhotoId, Edit]]:
        """What accepting everything that is at least so sure comes to."""
        end = self._end(percent)
        accepted: dict[PhotoId, list[Tag]] = {}
        for photo, tag in zip(self.photo[:end].tolist(), self.tag[:end].tolist(), strict=True):
            accepted.setdefault(photo, []).append(self.tags[tag])
        return [(photo, Edit(accept=tuple(tags))) for photo, tags in sorted(accepted.items())]

    def _end(self, percent: int) -> int:
        """How many of the first are at least so sure."""
        # Ascending for the search: they are in descending order.
        return len(self.percent) - int(np.searchsorted(self.percent[::-1], percent, side="left"))


def open_suggestions(
    library: Library, photos: Condition | Iterable[PhotoId] = EVERYTHING
) -> OpenSuggestions:
    """Every suggestion that is neither accepted nor rejected, of some photos or of all."""
    found, names = open_tags(library, photos)
    numbers, tag = np.unique(found["tag"], return_inverse=True)
    tags = [names[number] for number in numbers.tolist()]
    by_name = sorted(range(len(tags)), key=tags.__getitem__)
    rank = np.empty(len(tags), np.int32)
    rank[by_name] = np.arange(len(tags), dtype=np.int32)
    percent = np.clip(np.rint(found["score"] * 100), 0, 100).astype(np.uint8)
    order = np.argsort(-percent.astype(np.int16), kind="stable")
    return OpenSuggestions(
        tuple(tags[n] for n in by_name),
        found["photo"][order],
        rank[tag][order],
        percent[order],
    )


def _at_least(histogram: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.cumsum(histogram[::-1])[::-1]
