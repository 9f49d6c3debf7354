"""From a network's class scores to certainties: "0.9" is to mean right nine times in ten.

A network that was trained with smoothed labels (EfficientNet: a tenth of each label is spread over
all classes; Szegedy and others 2016) keeps back that tenth also where it is sure, and says too
little of itself in other ways besides (dropout, pictures that were distorted for training). Its
answers are therefore sharpened by a temperature (Guo and others 2017), and what is left of the long
tail of tiny scores is shared out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: Class scores under this are not kept, and count as none: 1,000 classes have a long tail.
KEPT_SCORE = 0.001


@dataclass(frozen=True, slots=True)
class Confidence:
    """What a network's scores are worth.

    Attributes:
        temperature: below 1 the network is surer than it says; None takes its scores as they are,
            for networks of which nothing is known.
    """

    temperature: float | None = None

    def certainties(self, scores: NDArray[np.floating]) -> NDArray[np.float64]:
        """Certainties of the classes, of the same shape as the scores: (classes,) or (n, classes).

        Those that are kept add up to 1; a row of nothing but zeros stays.
        """
        wide = np.asarray(scores, dtype=np.float64)
        if self.temperature is None:
            return wide
        kept = np.where(wide >= KEPT_SCORE, wide, 0.0) ** (1 / self.temperature)
        total = kept.sum(axis=-1, keepdims=True)
        return np.asarray(kept / np.where(total > 0, total, 1))


#: Takes scores as they are.
AS_SAID: Final = Confidence()
