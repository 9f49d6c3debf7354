"""Which photo to ask about next: the one whose answer teaches most about all others.

An answer is taken to tell about the photos that look like the one that was asked about. So what is
to be asked is a few photos that stand for as many uncertain ones as possible: the sum over all
photos u of how uncertain each is, times how much it looks like the most alike of those that are
answered. Each next photo x is the one that adds most to it,

    worth(x) * sum over u of worth(u) * max(0, likeness(u, x) - covered(u))

where covered(u) is its likeness to the nearest photo that was answered, asked or chosen before, so
that what is like one of those teaches little. The sum is submodular (facility location), for which
taking the best next one comes within 1 - 1/e of the best choice there is (Nemhauser, Wolsey and
Fisher 1978); weighing it by uncertainty is information density (Settles and Craven 2008). The first
factor keeps what is asked about itself uncertain: the answer about it is worth something, too.

Little uncertainty in the worths works best: inside the flower training photos, ten seeds of
`tests.benchmarks.review`, 10, 25, 50 and 100 answers in this order, with next to none of it, give
71.8, 82.1, 86.1 and 87.1 % right; the most doubtful first and each unlike those before 65.8, 77.3,
83.7 and 85.3 %; by chance 61.4, 75.8, 83.6 and 86.8 %. What has few examples is doubtful
everywhere, and in the wrong places.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.core.embedding import unpowered

#: After so many the order of the rest is by what each would add by itself: nobody answers so many
#: before the order is made anew.
CAREFUL = 100


def directions(
    embeddings: NDArray[np.floating], middle: NDArray[np.floating] | None = None
) -> NDArray[np.float32]:
    """Where photos lie to each other, as unit vectors: shape (photos, size), zero for no embedding.

    Embeddings are all positive and have much in common, so they are square-rooted and taken from
    their mean: then the cosine tells photos apart.

    Args:
        embeddings: as the library keeps them, `app.core.embedding.powered`.
        middle: of `middle_of`; None for the mean of these.
    """
    seen = _rooted(embeddings)
    known = seen.any(axis=1, keepdims=True)
    seen = np.where(known, seen - (middle_of(embeddings) if middle is None else middle), 0)
    lengths = np.linalg.norm(seen, axis=1, keepdims=True)
    found = np.divide(seen, lengths, out=np.zeros_like(seen), where=lengths > 1e-6)
    return np.asarray(found, dtype=np.float32)


def middle_of(embeddings: NDArray[np.floating]) -> NDArray[np.float32]:
    """The mean of square-rooted embeddings, shape (size,)."""
    rows = _rooted(embeddings)
    rows = rows[rows.any(axis=1)]
    return np.asarray(rows.mean(axis=0) if len(rows) else np.zeros(rows.shape[1]), np.float32)


def _rooted(embeddings: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.sqrt(np.maximum(unpowered(embeddings), 0))


def asking_order(
    photos: NDArray[np.float32],
    worth: NDArray[np.floating],
    others: NDArray[np.float32],
    others_worth: NDArray[np.floating],
    answered: NDArray[np.float32],
) -> NDArray[np.intp]:
    """The order in which to ask about photos.

    Args:
        photos: their directions, shape (n, size).
        worth: how uncertain each is, shape (n,), 0 to 1 or a little more.
        others: photos that stand for all that are uncertain, these among them, shape (m, size).
        others_worth: how uncertain each of those is, shape (m,).
        answered: what is known already, and what was asked just now, shape (k, size).

    Returns:
        Indices, shape (n,), the first one first.
    """
    likeness = np.maximum(others @ photos.T, 0)
    covered = np.zeros(len(others), np.float32)
    if len(answered) and len(others):
        covered = np.maximum(covered, (others @ answered.T).max(axis=1))
    weights = np.asarray(others_worth, np.float32)
    # A photo that nobody else looks like (or without an embedding) is worth its own answer.
    alone = np.float32(1 / max(1, len(others)))
    order = np.empty(len(photos), np.intp)
    left = np.ones(len(photos), bool)
    own = np.asarray(worth, np.float32)
    careful = min(CAREFUL, len(photos))
    value = own
    for place in range(careful):
        gain = weights @ np.maximum(likeness - covered[:, None], 0)
        value = own * (gain / max(1, len(others)) + alone * own)
        value[~left] = -1
        chosen = int(np.argmax(value))
        order[place] = chosen
        left[chosen] = False
        covered = np.maximum(covered, likeness[:, chosen])
    rest = np.flatnonzero(left)
    order[careful:] = rest[np.argsort(-value[rest], kind="stable")]
    return order
