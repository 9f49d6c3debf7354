"""How many of the library's photos have a tag, and what a score says of each.

Whoever names ten photos has looked for them: that all ten have the tag says nothing about how many
of the library's others do, and those are what is to be told apart. So the named photos count for
what the tag's photos score, as *presence-only data* (Ward et al. 2009), with the library's photos
as what they were found among. With the certainty s(x) = 1 / (1 + exp(-(a x + c))) of a score x, and
the share M, its mean over the library,

    sum over photos that have it     log s(x) - (1 - r) log M
  + sum over photos that lack it     log (1 - s(x))
  + PRIOR (m log M + (1 - m) log (1 - M)) - (a - a0)^2 / 2 d^2

is made as large as it gets. Photos that were said to lack the tag are answers to a question, and
count as they are; so do some of the named ones, a part r of them. By themselves, named photos
hardly say how large M is; what is taken beforehand (m) does, and each rejection lowers it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: What a tag's share is taken to be beforehand, and how many photos' worth of evidence that is.
#: Chosen with one kind of flower of the training photos at 5, 9, 20 and 50 % of a library of
#: flowers, 1 to 10 of them named, by themselves or with 5 rejections, 5 of each or 30 other photos
#: named: log loss of the others' certainties 0.257 (0.126 where the kind is up to 9 %), with 3 of
#: 28 0.262 (0.123), and 0.274 (0.166) where a tag's share among what was judged was taken for its
#: share in the library.
NEW_SHARE, PRIOR = 1 / 8, 24.0
#: In libraries with more photos than this it is less, by the root of how many times as many: a kind
#: does not grow with all else that is photographed. (A guess; no such library was at hand.)
MANY = 1000
#: Whoever names photos means to find more of them: so many for each, where none of the library's
#: others are judged, and no more than this part of those.
FINDS, FOUND = 2.0, 0.2
#: Which part of the named photos were answers where nothing but one tag was named. (From 0.1 to
#: 0.4 the log loss goes from 0.268 to 0.258, and from 0.122 to 0.126 where the kind is rare.)
CAME_UP = 0.25
_STEPS = 50
_CLOSE = 1e-6
_LEAST_BEND = 1e-2
#: Shares of 0 and 1 are not claimed.
_LEAST = 1e-6


def fit_share(
    having: Floats,
    lacking: Floats,
    library: Floats,
    expected: float,
    asked: float,
    slope: float,
    deviation: float,
) -> tuple[float, float, float]:
    """What scores of a tag mean.

    Args:
        having: scores of photos that have the tag, shape (n,); any number of them.
        lacking: scores of photos that were said to lack it.
        library: scores of the library's photos, at least one.
        expected: what the share is beforehand, see `expected_share`.
        asked: which part of the photos that have it are answers, see `answers_among`.
        slope, deviation: what the slope is beforehand, and how far it may be off.

    Returns:
        Slope, offset without the share's log odds, and the share.
    """
    answers = np.concatenate([np.ones(len(having)), np.zeros(len(lacking))])
    judged = _with_one(np.concatenate([having, lacking]))
    photos = _with_one(library)
    more, fewer = PRIOR * expected, PRIOR * (1 - expected)
    power = more - (1 - asked) * len(having)

    def at(point: Floats) -> tuple[float, Floats, Floats]:
        """What is to be made small, its gradient and its curvature."""
        logit, sure = judged @ point, logistic(photos @ point)
        share = float(np.clip(sure.mean(), _LEAST, 1 - _LEAST))
        off = (point[0] - slope) / deviation
        loss = float(np.sum(np.logaddexp(0, logit) - answers * logit))
        loss += 0.5 * off**2 - power * np.log(share) - fewer * np.log1p(-share)
        chance = logistic(logit)
        steep = sure * (1 - sure) / len(sure)
        towards = photos.T @ steep
        pull = power / share - fewer / (1 - share)
        gradient = judged.T @ (chance - answers) - pull * towards
        gradient[0] += off / deviation
        curvature = _weighted(judged, chance * (1 - chance))
        curvature -= pull * _weighted(photos, steep * (1 - 2 * sure))
        curvature += (power / share**2 + fewer / (1 - share) ** 2) * np.outer(towards, towards)
        curvature[0, 0] += deviation**-2
        return loss, gradient, curvature

    found = np.array([slope, -slope])
    loss, gradient, curvature = at(found)
    for _ in range(_STEPS):
        # The share's logarithm bends the wrong way in places: then the step is made shorter.
        lowest = float(np.linalg.eigvalsh(curvature)[0])
        damped = curvature + np.eye(2) * max(0.0, _LEAST_BEND - lowest)
        step = np.linalg.solve(damped, gradient)
        step /= max(1.0, float(np.abs(step).max()))
        while (tried := at(found - step))[0] > loss and float(np.abs(step).max()) > _CLOSE:
            step /= 2
        if tried[0] > loss or float(np.abs(step).max()) <= _CLOSE:
            break
        found, (loss, gradient, curvature) = found - step, tried
    share = float(np.clip(logistic(photos @ found).mean(), _LEAST, 1 - _LEAST))
    return float(found[0]), float(found[1] - np.log(share / (1 - share))), share


def expected_share(named: int, judged: int, photos: int) -> float:
    """What a tag's share of a library is taken to be before scores are looked at.

    Args:
        named: how many photos have the tag, as far as anybody has said.
        judged: of how many photos anything was said.
        photos: how many the library has.
    """
    if not photos:
        return NEW_SHARE
    usual = NEW_SHARE * min(1.0, (MANY / photos) ** 0.5)
    judged = max(judged, named)
    if judged >= photos:
        return min(named / judged, 0.5)
    finds = min(FINDS * named * (1 - judged / photos), FOUND * (photos - judged))
    return float(min(max(usual, (named + finds) / photos), 0.5))


def answers_among(named: int, others: int) -> float:
    """Which part of the photos that have a tag were not looked for, but came up.

    Who names photos of one tag only has looked for them. Who gives tags to whatever comes gives
    other tags to other photos.

    Args:
        named: how many photos have the tag.
        others: to how many other photos only other tags were given.
    """
    return (others + CAME_UP * named) / (others + named) if named else 0.0


def logistic(values: Floats) -> Floats:
    """1 / (1 + exp(-values)), without overflow."""
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))))


def _with_one(scores: Floats) -> Floats:
    return np.stack([scores, np.ones(len(scores))], axis=1)


def _weighted(rows: Floats, weights: Floats) -> Floats:
    return np.asarray((rows * weights[:, None]).T @ rows)
