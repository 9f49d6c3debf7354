"""From scores to certainties: "0.9" is to mean right nine times in ten.

A head's score is turned into log odds by Platt's (1999) logistic function, whose parameters are
found by penalised maximum likelihood from what the user has accepted and rejected, each photo
scored by a head that was not taught it (cross-validation). All tags share one slope and offset;
each tag has its own on top of them, held to the common ones by a prior, so that a tag with three
examples is judged as tags in general are, and one with three hundred as itself. How many of the
library's photos have a tag is found along with it, see `app.learning.share`.

Where the network has an own score for a tag, its log odds are a second input with a weight of its
own: one list, one certainty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Tag
from app.learning.cross_validation import OutOfFold
from app.learning.examples import Arrays
from app.learning.share import NEW_SHARE, answers_among, expected_share, fit_share, logistic

Floats = NDArray[np.float64]

#: What slope and offset are before anything is known, and how far they may be off (standard
#: deviations): weights of the head's score (in standard deviations of what photos without the
#: tag score), of the network's log odds, and the offset. The first and the last are what three to
#: ten examples a class give inside the flower training photos; the network's is what it would be
#: if it told the truth.
PRIOR_MEAN = np.array([3.0, 1.0, -0.8])
PRIOR_DEVIATION = np.array([0.3, 0.3, 1.0])
#: How far a tag may be off the others.
SLOPE = 0.3
TAG_DEVIATION = np.array([SLOPE, 0.3, 1.0])
#: For what all tags share, the library's photos stand in for those that lack a tag where hardly
#: anybody has said so of any, as many as this for each photo that has it.
WITHOUT = 2.0
#: The rarest that a tag is taken to be among the judged photos.
RAREST = 0.05
#: With so many examples a score is worth 1/sqrt(2) of what it is worth with very many.
HALF_TRUSTED = 4.0
#: A single photo shows much beside what it was named for. What is said after one photo is less by
#: this part, after two by a quarter of it, and so on. One flower of a kind named among others: of
#: what was given 90 % and more, 42 to 93 % was right after one photo, 80 to 98 % after three.
FIRST_DOUBT = 0.35
#: How far a slope may be off that is to stay as it is.
_FIXED = 1e-2
#: Certainties of 0 and 1 are not claimed.
_CLOSEST = 1e-3


@dataclass(frozen=True)
class Calibration:
    """Turns scores of one head into certainties.

    Attributes:
        middle, spread: mean and standard deviation of what photos without a tag score.
        common: weight of the score, of the network's log odds, and offset.
        own: the same for each tag that was known.
        shares: how many of the library's photos have it, from 0 to 1.
        examples: how many examples it had.
    """

    middle: float = 0.0
    spread: float = 1.0
    common: tuple[float, float, float] = (3.0, 1.0, -0.8)
    own: Mapping[Tag, tuple[float, float, float]] = field(default_factory=dict)
    shares: Mapping[Tag, float] = field(default_factory=dict)
    examples: Mapping[Tag, int] = field(default_factory=dict)

    def with_new(
        self,
        tags: Iterable[Tag],
        library: NDArray[np.floating],
        counts: Mapping[Tag, int],
        photos: int = 0,
    ) -> Calibration:
        """The same with tags that it does not know yet, judged by what the library scores for them.

        Args:
            library: scores of photos that nobody has judged, shape (photos, tags).
            counts: how many examples each tag has.
            photos: how many the library has, where not all of them are scored.
        """
        own, shares, examples = dict(self.own), dict(self.shares), dict(self.examples)
        nothing = np.empty(0)
        for tag, scores in zip(tags, np.asarray(library, dtype=np.float64).T, strict=True):
            numbers = np.array(float(counts[tag]))
            around = self._inputs(scores, numbers)
            every = max(photos, len(around))
            expected = expected_share(counts[tag], counts[tag], every)
            slope, offset, share = fit_share(
                nothing, nothing, around, expected, 0.0, self.common[0], SLOPE
            )
            own[tag] = (slope, self.common[1], offset)
            shares[tag], examples[tag] = share, counts[tag]
        return replace(self, own=own, shares=shares, examples=examples)

    def certainties(
        self,
        tags: Iterable[Tag],
        scores: NDArray[np.floating],
        network: NDArray[np.floating] | None = None,
        counts: Mapping[Tag, int] | None = None,
    ) -> NDArray[np.float32]:
        """Certainties from 0 to 1, shape (n, tags).

        Args:
            scores: of the head, shape (n, tags); NaN where it does not know the tag.
            network: the network's own probabilities for the same, NaN where it has none.
            counts: how many examples each tag has now; None for as many as at calibration.
        """
        columns = list(tags)
        known = self.examples if counts is None else counts
        numbers = np.array([known.get(tag, 0) for tag in columns], dtype=np.float64)
        weights = np.array([self.own.get(tag, self.common) for tag in columns])
        weights = weights.reshape(-1, 3)
        head = self._inputs(np.asarray(scores, dtype=np.float64), numbers)
        shares = log_odds(np.array([self.shares.get(tag, NEW_SHARE) for tag in columns]))
        logit = head * weights[:, 0] + weights[:, 2] + shares
        believed = np.broadcast_to(1 - FIRST_DOUBT / np.maximum(numbers, 1) ** 2, logit.shape)
        if network is not None:
            said = log_odds(network)
            has = ~np.isnan(said)
            # A tag that only the network knows is as certain as the network says.
            alone = np.isnan(logit) & has
            both = has & ~alone
            # The network's own odds have the tag's share in them already.
            logit[both] = (logit + said * weights[:, 1] - shares)[both]
            logit[alone] = said[alone]
            believed = np.where(has, 1.0, believed)
        return np.asarray(np.nan_to_num(logistic(logit) * believed, nan=0.0), dtype=np.float32)

    def _inputs(self, scores: Floats, numbers: Floats) -> Floats:
        trust = np.sqrt(numbers / (numbers + HALF_TRUSTED))
        return np.asarray((scores - self.middle) / self.spread * trust)

    def to_arrays(self) -> Arrays:
        """Plain arrays for a file."""
        said = {
            "middle": self.middle,
            "spread": self.spread,
            "common": list(self.common),
            "own": {str(tag): list(values) for tag, values in self.own.items()},
            "shares": {str(tag): share for tag, share in self.shares.items()},
            "examples": {str(tag): number for tag, number in self.examples.items()},
        }
        return {"calibration": np.array(json.dumps(said))}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Calibration:
        """What `to_arrays` gave; the prior alone where it is not among them."""
        if "calibration" not in arrays:
            return cls()
        said = json.loads(str(arrays["calibration"]))
        return cls(
            float(said["middle"]),
            float(said["spread"]),
            _three(said["common"]),
            {Tag.parse(text): _three(values) for text, values in said["own"].items()},
            {Tag.parse(text): float(share) for text, share in said["shares"].items()},
            {Tag.parse(text): int(number) for text, number in said["examples"].items()},
        )


def _three(values: Iterable[float]) -> tuple[float, float, float]:
    first, second, third = values
    return float(first), float(second), float(third)


def exclusive(certainties: NDArray[np.floating]) -> NDArray[np.float32]:
    """Certainties of tags of which a photo has exactly one, as in a folder per class.

    Each tag's certainty is by itself, since a photo may have several; where it is known that
    just one is right, their odds are shared out. Rows of shape (n, tags) then add up to 1.
    """
    odds = np.exp(log_odds(certainties))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)


def log_odds(probabilities: NDArray[np.floating]) -> Floats:
    """log(p / (1 - p)), for p no closer to 0 and 1 than a thousandth."""
    kept = np.clip(np.asarray(probabilities, dtype=np.float64), _CLOSEST, 1 - _CLOSEST)
    return np.asarray(np.log(kept / (1 - kept)))


def _rarity(numbers: Floats, photos: int) -> Floats:
    """Log odds of each tag among the judged photos."""
    shares = (numbers + 1) / (np.maximum(photos, numbers * (1 + WITHOUT)) + 2)
    return log_odds(np.clip(shares, RAREST, 0.5))


def calibrate(
    judged: OutOfFold,
    library: NDArray[np.floating],
    network: Floats | None = None,
    photos: int = 0,
) -> Calibration:
    """Learn what scores are worth.

    Args:
        judged: the examples, scored by heads that did not know them.
        library: scores of photos that nobody has judged, shape (photos, tags), in the order of
            `judged.tags`; NaN for tags that the head does not know.
        network: the network's own probabilities for the examples, shape (examples, tags), NaN for
            tags that it does not know.
        photos: how many the library has, where not all of them are scored.
    """
    seen = ~np.isnan(judged.scores)
    outside = np.concatenate([judged.scores[seen & ~judged.right], library[~np.isnan(library)]])
    middle = float(outside.mean()) if len(outside) else 0.0
    spread = (float(outside.std()) if len(outside) else 0.0) or 1.0
    numbers = judged.right.sum(axis=0).astype(np.float64)
    answered = len(judged.right)
    frame = Calibration(middle, spread)
    inputs = frame._inputs(judged.scores, judged.taught)
    # Of a photo that is only said not to be a cat it is not said what else it is not.
    only_rejected = ~judged.right.any(axis=1, keepdims=True)
    inputs[only_rejected & ~judged.wrong] = np.nan
    unlabelled = frame._inputs(np.asarray(library, dtype=np.float64), numbers)
    said = np.full(inputs.shape, np.nan) if network is None else log_odds(network)
    rarity = _rarity(numbers, answered)
    pieces = [
        _pairs(inputs[:, k], said[:, k], judged.right[:, k], unlabelled[:, k], rarity[k])
        for k in range(len(judged.tags))
    ]
    common, own, shares = PRIOR_MEAN, {}, {}
    if pieces:
        rows, answers, weights, fixed = (
            np.concatenate(parts) for parts in zip(*pieces, strict=True)
        )
        # What a photo scores for all the tags hangs together: it is one answer, and not as many as
        # there are tags. Else the chance of a few examples outweighs the prior: with three a class,
        # twelve draws inside the flower training photos, the calibration error of first answers was
        # 0.064 and is 0.052 (0.025 and 0.010 where the draws are judged together).
        weights = weights / len(pieces)
        common = fit_logistic(rows, answers, weights, fixed, PRIOR_MEAN, PRIOR_DEVIATION)
        for k, (tag, piece) in enumerate(zip(judged.tags, pieces, strict=True)):
            own[tag] = _three(fit_logistic(*piece, common, TAG_DEVIATION))
            shares[tag] = float(logistic(rarity[k]))
            around = unlabelled[~np.isnan(unlabelled[:, k]), k]
            if not len(around):
                continue
            column, right = inputs[:, k], judged.right[:, k]
            is_known = ~np.isnan(column)
            having, lacking = column[is_known & right], column[is_known & ~right]
            expected = expected_share(int(numbers[k]), answered, max(photos, len(around)))
            others = int(np.count_nonzero(is_known & ~right & ~judged.wrong[:, k]))
            asked = answers_among(len(having), others)
            by_network = bool((~np.isnan(said[:, k])).any())
            before, off = (own[tag][0], _FIXED) if by_network else (float(common[0]), SLOPE)
            slope, offset, share = fit_share(having, lacking, around, expected, asked, before, off)
            if by_network:
                # The offset is that of photos of which the network says something; what is fitted
                # here is what holds of the others.
                shares[tag] = float(logistic(offset + log_odds(np.array(share)) - own[tag][2]))
            else:
                own[tag], shares[tag] = (slope, float(common[1]), offset), share
    counts = {tag: int(n) for tag, n in zip(judged.tags, numbers, strict=True)}
    return Calibration(middle, spread, _three(common), own, shares, counts)


def _pairs(
    inputs: Floats, said: Floats, right: NDArray[np.bool_], library: Floats, rarity: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """One tag's rows of inputs, answers, weights and fixed log odds."""
    kept = ~np.isnan(inputs)
    inputs, said, answers = inputs[kept], said[kept], right[kept].astype(np.float64)
    has = ~np.isnan(said)
    rows = np.stack([inputs, np.where(has, said, 0.0), np.ones(len(inputs))], axis=1)
    # The network's own odds have the tag's rarity in them already.
    fixed = np.where(has, 0.0, rarity)
    weights = np.ones(len(rows))
    library = library[~np.isnan(library)]
    lacking = WITHOUT * answers.sum() - np.count_nonzero(answers == 0)
    if len(library) and lacking > 0:
        extra = np.stack([library, np.zeros(len(library)), np.ones(len(library))], axis=1)
        rows = np.concatenate([rows, extra])
        answers = np.concatenate([answers, np.zeros(len(library))])
        fixed = np.concatenate([fixed, np.full(len(library), rarity)])
        weights = np.concatenate([weights, np.full(len(library), lacking / len(library))])
    return rows, answers, weights, fixed


def fit_logistic(
    rows: Floats,
    answers: Floats,
    weights: Floats,
    fixed: Floats,
    mean: Floats,
    deviation: Floats,
    steps: int = 50,
) -> Floats:
    """Logistic regression under a normal prior, by Newton's method with step halving.

    Args:
        rows: inputs, shape (n, inputs).
        answers: 0 or 1, shape (n,).
        weights: how much each row counts.
        fixed: log odds that are added to each row's.
        mean, deviation: of the prior, shape (inputs,).

    Returns:
        The parameters, shape (inputs,). Slopes are never negative.
    """
    precision = 1 / deviation**2
    found = mean.astype(np.float64).copy()

    def loss(parameters: Floats) -> float:
        logit = rows @ parameters + fixed
        surprise = np.logaddexp(0, logit) - answers * logit
        off = parameters - mean
        return float(weights @ surprise + 0.5 * off @ (precision * off))

    current = loss(found)
    for _ in range(steps):
        chance = logistic(rows @ found + fixed)
        gradient = rows.T @ (weights * (chance - answers)) + precision * (found - mean)
        curvature = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows
        step = np.linalg.solve(curvature + np.diag(precision), gradient)
        size = 1.0
        while size > 1e-4 and loss(found - size * step) > current:
            size /= 2
        if size <= 1e-4 or float(np.abs(size * step).max()) < 1e-7:
            break
        found = found - size * step
        current = loss(found)
    found[:-1] = np.maximum(found[:-1], 0.0)
    return found
