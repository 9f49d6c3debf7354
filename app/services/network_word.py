"""What a network itself says of photos, from the answers that the library keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.core.rules import SCORE_FLOOR, Labeller
from app.core.tag import Tag
from app.library.library import Library

#: Beyond so many examples the network's own word about them is not asked for: it takes a
#: look at each one's class scores.
_ASKED = 2000


class NetworkWord:
    """Reads the kept answers of one network.

    Args:
        model: key of the network.
        labeller, crops, classes: how its answers are to be read.
    """

    def __init__(self, model: str, labeller: Labeller, crops: int, classes: int) -> None:
        self.model = model
        self.labeller = labeller
        self._crops = crops
        self._classes = classes

    def read_with(self, labeller: Labeller, crops: int) -> None:
        """Read the answers in another way from now on."""
        self.labeller, self._crops = labeller, crops

    def tags(self, library: Library) -> set[Tag]:
        """All tags that it can suggest, by the names that they have now."""
        aliases = library.aliases()
        return {aliases.get(tag, tag) for tag in self.labeller.tags}

    def certainties(
        self,
        library: Library,
        photos: Sequence[PhotoId],
        tags: Sequence[Tag],
        *,
        stopped: Callable[[], bool] = lambda: False,
    ) -> NDArray[np.float64]:
        """How certain it is of tags, shape (photos, tags); NaN for what it does not say.

        Args:
            stopped: is asked now and then whether to give up.
        """
        found = np.full((len(photos), len(tags)), np.nan)
        if len(photos) > _ASKED:
            return found
        aliases = library.aliases()
        column = {tag: n for n, tag in enumerate(tags)}
        names = self.labeller.tags
        for row, photo in enumerate(photos):
            if stopped():
                break
            known = library.analysis(photo, self.model, self._crops, self._classes)
            if known is None:
                continue
            scores = self.labeller.certainties(known.scores)
            for n in np.flatnonzero(scores >= SCORE_FLOOR):
                tag = aliases.get(names[n], names[n])
                if tag in column:
                    found[row, column[tag]] = max(
                        float(scores[n]), np.nan_to_num(found[row, column[tag]])
                    )
        return found
