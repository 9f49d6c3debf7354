"""Rounding weights to int8 so that what a layer answers stays the same, not each weight.

The nearest step is best for a weight, and not for the sum that it is part of: the errors of a
depthwise filter that takes differences add up wherever the picture is even. With H the mean of x x'
over the inputs x that a layer sees, an error e of its weights costs e' H e (LeCun and others 1990;
Nagel and others 2020, arXiv:2004.10568). Here it is made small one weight at a time, each as good
as the others allow, until nothing changes (coordinate descent, as Behdin and others 2023,
arXiv:2309.01885).

The largest weight of each filter decides its step, as the converter does it, and keeps its place;
so the converter finds the very same steps, and rounds nothing any more.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

STEPS: Final = 127
#: Of the mean diagonal of H, added to it: photos differ from those that calibrate.
_DAMPING: Final = 0.01
_PASSES: Final = 10
_LEAST: Final = 1e-9


def round_filters(weights: Doubles, moments: Doubles) -> Doubles:
    """Rounds filters that share their inputs, or have each their own.

    Args:
        weights: `[inputs, filters]`.
        moments: H, `[inputs, inputs]` for all filters, or `[filters, inputs, inputs]`.

    Returns:
        The weights, each a whole number of steps of its filter.
    """
    diagonal = np.einsum("...ii->...i", moments)
    damping = _DAMPING * diagonal.mean(axis=-1) + _LEAST
    damped = moments + damping[..., np.newaxis, np.newaxis] * np.eye(len(weights))
    # Of each input, for all filters or each: it goes with the weights.
    own = np.einsum("...ii->i...", damped)
    step = _steps(weights)
    whole = np.round(weights / step)
    fixed = np.abs(whole) == STEPS
    error = whole * step - weights
    for _ in range(_PASSES):
        changed = False
        for place in np.argsort(-own.reshape(len(own), -1).mean(axis=1), kind="stable"):
            # What the errors of all others cost here: `[filters]`.
            if moments.ndim == 2:
                others = damped[place] @ error
            else:
                others = np.einsum("fi,if->f", damped[:, place], error)
            others -= own[place] * error[place]
            best = np.round((weights[place] - others / own[place]) / step)
            best = np.where(fixed[place], whole[place], np.clip(best, -STEPS, STEPS))
            changed |= bool((best != whole[place]).any())
            whole[place] = best
            error[place] = best * step - weights[place]
        if not changed:
            break
    rounded: Doubles = whole * step
    return rounded


def _steps(weights: Doubles) -> Doubles:
    steps: Doubles = np.maximum(np.abs(weights).max(axis=0) / STEPS, _LEAST)
    return steps
