"""Photos that look like one, and groups of photos that are nearly the same.

Two photos are compared by the cosine of what the network gave (`app.core.embedding.unpowered`).
Measured on 140 photos of three kinds (camera originals, ImageNet, flowers), each against a changed
copy of itself; three crops; Lite0 and Lite2: the cosine that 95 % of the copies reach, and the
median.

    saved again as JPEG, quality 80   0.92  0.88    0.98  0.96
    10 % / 30 % brighter              0.98 / 0.92   0.99 / 0.98
    5 % / 10 % cut off                0.96 / 0.94   0.98 / 0.97
    made half as large                0.79  0.76    0.95  0.92
    without colours                   0.65  0.71    0.85  0.85

The nearest two that were different photos (of one kind of flower) had 0.83 and 0.85, the median of
the nearest was below 0.5. So 0.92 lies between: most changed copies are found, and what is found is
a copy or a shot of the same series. From 0.97 on, half of the copies that were saved again are
missed. These photos are no series; how near shots of one series come was not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from app.core.embedding import unpowered
from app.core.photo import PhotoId
from app.learning.examples import widen
from app.library.library import Library
from app.library.similar import Embedded

#: Rows of the matrix that are in memory at a time.
_BLOCK = 4096
#: Photos whose shares of width and height differ by more than this are no duplicates.
_ASPECT = 0.02
#: The least cosine of near duplicates, see above.
NEARLY_SAME = 0.92
#: Values that are left of an embedding for a first look at all pairs, and photos that say which.
_FEW, _SAMPLE = 96, 2048
#: Up to so many photos are compared in full at once.
_FEW_PHOTOS = 1000
#: From so many pairs in two blocks on, all of their cosines are worked out.
_DENSE = 40_000
#: Pairs that are kept at most; only a library of copies of copies has so many.
_MAX_PAIRS = 5_000_000


def _never() -> bool:
    return False


def similar_to(
    library: Library,
    photo_id: PhotoId,
    model_key: str,
    limit: int = 200,
    stopped: Callable[[], bool] = _never,
) -> list[tuple[PhotoId, float]]:
    """The photos that look most like one, best first: it itself with 1, then others.

    Args:
        model_key: of the network whose embeddings are compared.
        limit: how many, at most.
        stopped: is asked from time to time whether to end at once.

    Returns:
        Photos with their cosines, -1 to 1. None if the network has not looked at the photo.
    """
    embedded = library.embedded(model_key)
    (place,) = np.nonzero(embedded.ids == photo_id)
    if not len(place):
        return []
    wanted = _unit(embedded.matrix[embedded.rows[place]])[0]
    cosines = np.full(len(embedded.ids), -2, np.float32)
    for first, block in _blocks(embedded):
        if stopped():
            return []
        cosines[first : first + len(block)] = block @ wanted
    cosines[place] = 2  # so that it comes first, also of exact copies
    best = np.argsort(-cosines, kind="stable")[:limit]
    return [(int(embedded.ids[i]), min(float(cosines[i]), 1.0)) for i in best if cosines[i] > 0]


def near_duplicates(
    library: Library,
    model_key: str,
    threshold: float = NEARLY_SAME,
    stopped: Callable[[], bool] = _never,
    progress: Callable[[float], None] = lambda _share: None,
) -> list[tuple[PhotoId, ...]]:
    """Groups of photos that are nearly the same, or the same to the byte.

    One photo of each group has this cosine, and about the same shape, with every other.

    Args:
        model_key: of the network whose embeddings are compared.
        threshold: the least cosine.
        stopped: is asked from time to time whether to end at once; then there are no groups.
        progress: is called with the share of the work that is done, 0 to 1.

    Returns:
        Groups of two and more, largest first; in each, the photos in the order in which they came.
    """
    embedded = library.embedded(model_key)
    looks = library.looks(embedded.ids)
    copies: dict[bytes, list[int]] = {}
    for place, photo in enumerate(embedded.ids.tolist()):
        content = looks[photo][0] if photo in looks else b""
        # Without a hash, a photo is a copy of none.
        copies.setdefault(content or photo.to_bytes(8, "big"), []).append(place)
    single = np.array([places[0] for places in copies.values()], dtype=np.int64)
    aspects = np.array(
        [looks.get(photo, (b"", None))[1] or np.nan for photo in embedded.ids[single].tolist()]
    )
    pairs = _near_pairs(embedded, single, aspects, threshold, stopped, progress)
    if pairs is None:
        return []
    whole = {places[0]: places for places in copies.values()}
    groups = [
        sorted(int(embedded.ids[i]) for each in members for i in whole[int(single[each])])
        for members in _groups(pairs, len(single))
    ]
    return sorted((tuple(g) for g in groups if len(g) > 1), key=lambda g: (-len(g), g))


def _near_pairs(
    embedded: Embedded,
    places: NDArray[np.int64],
    aspects: NDArray[np.float64],
    threshold: float,
    stopped: Callable[[], bool],
    progress: Callable[[float], None],
) -> NDArray[np.int64] | None:
    """The pairs that are near each other, shape (n, 2), as positions in `places`.

    Unit vectors with a cosine of at least t are at most sqrt(2 - 2t) apart, and no projection on
    fewer orthogonal axes takes them further apart. So all pairs are compared on the few axes
    along which the photos differ most (principal components), which loses none, and only those
    that are near there are compared in full.
    """
    small = _projected(embedded, places, stopped)
    if small is None:
        return None
    # |a - b|² <= 2 - 2t  <=>  a·b - |a|²/2 - |b|²/2 >= t - 1, in one product of matrices.
    half = (small**2).sum(1, keepdims=True) / 2
    one = np.ones_like(half)
    left, right = np.hstack((small, -half, one)), np.hstack((small, one, -half))
    found: list[NDArray[np.int64]] = []
    count, step = 0, _BLOCK // 2
    total, done = max(1, len(places)) ** 2 / 2, 0.0
    for i in range(0, len(places), step):
        for j in range(i, len(places), step):
            if stopped():
                return None
            near = left[i : i + step] @ right[j : j + step].T >= threshold - 1 - 1e-4
            first, second = np.nonzero(near)
            first, second = first + i, second + j
            keep = first < second
            with np.errstate(invalid="ignore"):
                keep &= ~(np.abs(aspects[first] / aspects[second] - 1) > _ASPECT)
            pairs = np.stack((first[keep], second[keep]), axis=1)
            if len(pairs) > _DENSE:
                blocks = places[i : i + step], places[j : j + step]
                pairs = pairs[_verified_whole(embedded, *blocks, pairs - (i, j), threshold)]
            else:
                pairs = _verified(embedded, places, pairs, threshold)
            found.append(pairs)
            count += len(pairs)
            done += step * step / (2 if i == j else 1)
            progress(min(1.0, done / total))
            if count > _MAX_PAIRS:
                return np.concatenate(found)
    return np.concatenate(found) if found else np.empty((0, 2), np.int64)


def _projected(
    embedded: Embedded, places: NDArray[np.int64], stopped: Callable[[], bool]
) -> NDArray[np.float32] | None:
    """The unit embeddings on their principal axes, shape (places, at most `_FEW`).

    Of few photos, as they are.
    """
    if len(places) <= _FEW_PHOTOS:
        return _unit(embedded.matrix[embedded.rows[places]])  # finding axes would take far longer
    chosen = places[np.linspace(0, len(places) - 1, min(_SAMPLE, len(places))).astype(int)]
    sample = _unit(embedded.matrix[embedded.rows[chosen]])
    mean = sample.mean(axis=0) if len(sample) else np.zeros(sample.shape[1], np.float32)
    _, axes = np.linalg.eigh((sample - mean).T @ (sample - mean))
    axes = axes[:, ::-1][:, :_FEW]
    small = np.empty((len(places), axes.shape[1]), np.float32)
    for i in range(0, len(places), _BLOCK):
        if stopped():
            return None
        rows = embedded.rows[places[i : i + _BLOCK]]
        small[i : i + _BLOCK] = (_unit(embedded.matrix[rows]) - mean) @ axes
    return small


def _verified(
    embedded: Embedded, places: NDArray[np.int64], pairs: NDArray[np.int64], threshold: float
) -> NDArray[np.int64]:
    kept = []
    for i in range(0, len(pairs), _BLOCK):
        some = pairs[i : i + _BLOCK]
        first, second = (_unit(embedded.matrix[embedded.rows[places[c]]]) for c in some.T)
        kept.append(some[np.einsum("ij,ij->i", first, second) >= threshold])
    return np.concatenate(kept) if kept else pairs


def _verified_whole(
    embedded: Embedded,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    pairs: NDArray[np.int64],
    threshold: float,
) -> NDArray[np.bool_]:
    """Which pairs are near; for so many of them that all cosines of two blocks cost less."""
    one, other = (_unit(embedded.matrix[embedded.rows[places]]) for places in (first, second))
    cosines = one @ other.T
    near: NDArray[np.bool_] = cosines[pairs[:, 0], pairs[:, 1]] >= threshold
    return near


def _groups(pairs: NDArray[np.int64], count: int) -> Iterator[list[int]]:
    """Each photo with those that are near to it and not taken yet.

    Not whatever hangs together: in a series of shots, the first may be near the second and so on,
    while the last shows something else.
    """
    near: dict[int, list[int]] = {}
    for first, second in pairs.tolist():
        near.setdefault(first, []).append(second)
        near.setdefault(second, []).append(first)
    taken = np.zeros(count, bool)
    # Who has most neighbours leads a group.
    for leader in sorted(range(count), key=lambda i: (-len(near.get(i, ())), i)):
        if not taken[leader]:
            members = [leader, *(each for each in near.get(leader, ()) if not taken[each])]
            taken[members] = True
            yield members


def _blocks(embedded: Embedded) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Unit embeddings, some at a time, with the position of the first."""
    for first in range(0, len(embedded.rows), _BLOCK):
        yield first, _unit(embedded.matrix[embedded.rows[first : first + _BLOCK]])


def _unit(rows: NDArray[np.float16]) -> NDArray[np.float32]:
    """What the network gave, of length 1; those that are all zero stay so."""
    some = unpowered(widen(rows))
    norms = np.linalg.norm(some, axis=1, keepdims=True)
    return np.asarray(some / np.maximum(norms, 1e-12), dtype=np.float32)
