"""Where the user has rejected what a network suggests, the network is believed less.

Each answer of the user to a tag of the network is a row of a logistic regression with the network's
log odds given and one unknown, by how much they are off; a photo's own is found by letting answers
count the more, the more alike their photos are to it (locally weighted regression, Cleveland 1979):

    minimise over b   sum_i w_i loss(l_i + b, y_i)  +  b^2 / (2 DEVIATION^2)

The prior holds it to the network's word while there are few answers; acceptances beside the
rejections speak for the network. Nothing is ever raised: that is for what was learned (a head).
Everything follows from the answers as they are now, so that taking one back undoes what it did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.learning.calibration import log_odds
from app.learning.examples import normalised
from app.learning.share import logistic

Floats = NDArray[np.float64]

#: How far a network's log odds may be off, one standard deviation: with it an answer about much the
#: same picture takes 0.9 to 0.65, five about others of its kind to 0.4.
DEVIATION = 1.5
#: What an answer counts for photos that are nothing like its own.
ANYWHERE = 0.1
#: Of more answers about a tag, as many as these stand for all.
MOST = 300
_STEPS = 25
#: Photos at a time: 300 answers about each are 10 MB.
_PIECE = 4096


@dataclass(frozen=True, eq=False, slots=True)
class Doubt:
    """How far a network's word about one tag is to be believed. It never changes.

    Attributes:
        middle: mean of the library's normalised embeddings, shape (size,).
        directions: where the answered photos lie from there, of length 1, shape (answers, size).
        said: log odds of the network for each, shape (answers,).
        right: whether the user agreed, shape (answers,).
    """

    middle: NDArray[np.float32]
    directions: NDArray[np.float32]
    said: Floats
    right: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        middle: NDArray[np.floating],
        embeddings: Sequence[NDArray[np.floating]],
        said: Sequence[float],
        right: Sequence[bool],
    ) -> Doubt:
        """From answers to what a network has suggested.

        Args:
            middle: see the class.
            embeddings: of the photos, shape (size,) each.
            said: the network's certainties.
            right: whether the user agreed.
        """
        centre = np.asarray(middle, dtype=np.float32)
        return cls(
            centre,
            _directions(np.array(embeddings), centre),
            log_odds(np.array(said)),
            np.array(right, dtype=np.bool_),
        )

    def certainties(self, embeddings: NDArray[np.floating], said: NDArray[np.floating]) -> Floats:
        """What the network's certainties are worth for photos, never more than they are.

        Args:
            embeddings: shape (n, size).
            said: the network's certainties, shape (n,).

        Returns:
            Shape (n,), to four places.
        """
        found = np.empty(len(said))
        for first in range(0, len(said), _PIECE):
            part = slice(first, first + _PIECE)
            odds = log_odds(said[part])
            off = self._off(embeddings[part])
            # A certainty that nobody doubts stays as it is, to the last bit.
            lowered = np.minimum(said[part], 1 / (1 + np.exp(-odds - off)))
            found[part] = np.where(off < 0, np.round(lowered, 4), said[part])
        return found

    def _off(self, embeddings: NDArray[np.floating]) -> Floats:
        rows = _directions(embeddings, self.middle)
        # One answer at a time: a product of matrices rounds differently when its shape does, and a
        # photo by itself must come to the same as among all.
        alike = np.stack([rows @ direction for direction in self.directions], axis=1)
        weights = np.maximum(alike.astype(np.float64), 0) * (1 - ANYWHERE) + ANYWHERE
        off = np.zeros(len(rows))
        for _ in range(_STEPS):
            chance = logistic(self.said + off[:, None])
            slope = (weights * (chance - self.right)).sum(axis=1) + off / DEVIATION**2
            curvature = (weights * chance * (1 - chance)).sum(axis=1) + 1 / DEVIATION**2
            # No further at a time than the loss is nearly a parabola.
            step = np.clip(slope / curvature, -1.0, 1.0)
            off -= step
            if float(np.abs(step).max(initial=0.0)) < 1e-9:
                break
        return np.minimum(off, 0.0)


def _directions(
    embeddings: NDArray[np.floating], middle: NDArray[np.float32]
) -> NDArray[np.float32]:
    return normalised(normalised(embeddings) - middle)
