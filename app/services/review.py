"""Reviewing: which photo to ask about next, and what accepting in bulk would come to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.change import Edit
from app.core.photo import PhotoId
from app.core.tag import Tag
from app.library.browsing import EVERYTHING, Condition
from app.library.library import Library
from app.library.reviewing import doubts, embedding_rows, open_tags

#: Photos of which the order also considers how much they look like each other.
_POOL = 500
#: How much a photo that looks just like one asked before is worth less; uncertainty is 0 to 1.
_LIKENESS = 0.5
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

    First come those of which the program is least sure and about whose tags it knows least, each
    unlike the ones before it (greedy, by the cosine of their embeddings, as in maximal marginal
    relevance), so that no two answers teach the same.

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
    ids, worths = found["photo"][~late], found["worth"][~late]
    pool = ids[:_POOL]
    first = _spread(library, pool, worths[:_POOL], asked)
    open_ids = set(found["photo"][late].tolist())
    last = [photo for photo in dict.fromkeys(skipped) if photo in open_ids]
    order = np.concatenate([pool[first], ids[_POOL:], np.array(last, np.int64)])
    return order if limit is None else order[:limit]


def _spread(
    library: Library,
    pool: NDArray[np.int64],
    worths: NDArray[np.float64],
    asked: Collection[PhotoId],
) -> NDArray[np.intp]:
    """The order of a pool in which each next one is worth much and unlike those before."""
    vectors = _directions(library, [*pool.tolist(), *asked])
    own, before = vectors[: len(pool)], vectors[len(pool) :]
    likeness = (own @ before.T).max(axis=1, initial=0.0)
    to_each_other = own @ own.T
    order = np.empty(len(pool), np.intp)
    left = worths.copy()
    for place in range(len(pool)):
        chosen = int(np.argmax(left - _LIKENESS * likeness))
        order[place] = chosen
        left[chosen] = -np.inf
        likeness = np.maximum(likeness, to_each_other[chosen])
    return order


def _directions(library: Library, photos: Sequence[PhotoId]) -> NDArray[np.float32]:
    """Where the photos lie to each other, as unit vectors of shape (photos, size).

    By the model that has looked at most of them; a photo that it has not seen is like none, its
    vector is zero. Embeddings are all positive and have much in common, so they are square-rooted
    and taken from their mean: then the cosine tells photos apart.
    """
    known = embedding_rows(library, photos)
    if known is None:
        return np.zeros((len(photos), 1), np.float32)
    model, size, rows = known
    matrix = library.embedding_file(model, size).matrix()
    vectors = np.zeros((len(photos), size), np.float32)
    # A row that a crash kept from the disk is not there.
    places = [n for n, p in enumerate(photos) if rows.get(p, len(matrix)) < len(matrix)]
    if not places:
        return vectors
    numbers = [rows[photos[place]] for place in places]
    seen = np.sqrt(np.maximum(np.asarray(matrix[numbers], np.float32), 0))
    seen -= seen.mean(axis=0)
    lengths = np.linalg.norm(seen, axis=1, keepdims=True)
    vectors[places] = np.divide(seen, lengths, out=np.zeros_like(seen), where=lengths > 1e-6)
    return vectors


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
