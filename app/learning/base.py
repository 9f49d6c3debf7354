"""What all heads share: the examples, the library's background, and who changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.core.tag import Tag
from app.learning.background import Background
from app.learning.examples import Arrays, Example, ExampleSet, ancestry, at_or_below


class BaseHead:
    """Keeps the examples. Subclasses say what they do with one that comes or goes.

    Args:
        model: key of the network.
        size: values per embedding.
        background: the library; None for none.
    """

    kind: ClassVar[str]

    def __init__(self, model: str, size: int, background: Background | None = None) -> None:
        self.model = model
        self.examples = ExampleSet(size)
        self.background = background or Background.empty(size)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags that can be scored."""
        raise NotImplementedError

    def learn(self, example: Example) -> frozenset[Tag]:
        """Add what was said about a photo; see `app.learning.heads.Head`."""
        before = self.examples.put(example)
        return self._changed(before, example)

    def forget(self, photo: PhotoId) -> frozenset[Tag]:
        """Take back what was said about a photo."""
        before = self.examples.pop(photo)
        return self._changed(before, None) if before is not None else frozenset()

    def _changed(self, before: Example | None, after: Example | None) -> frozenset[Tag]:
        if before is not None and before == after:
            return frozenset()
        known = self._known()
        if before is not None:
            self._count(before, -1)
        if after is not None:
            self._count(after, 1)
        touched: set[Tag] = set()
        for example in (before, after):
            if example is not None:
                touched |= example.taught
                if example.wrong:
                    touched |= at_or_below(known | self._known(), example.wrong)
        return frozenset(touched) | self._after_change()

    def _known(self) -> frozenset[Tag]:
        """`tags`, in no order."""
        raise NotImplementedError

    def _count(self, example: Example, sign: int) -> None:
        """Take an example in (1) or out (-1)."""
        raise NotImplementedError

    def _after_change(self) -> frozenset[Tag]:
        """What else changes with any example."""
        return frozenset()

    def state(self) -> Arrays:
        """What cannot be had from the examples alone."""
        return {}

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take a state back."""


def leaves(tags: frozenset[Tag]) -> frozenset[Tag]:
    """The tags without those that stand above another one of them."""
    above = ancestry(Tag(tag.path[:-1]) for tag in tags if len(tag.path) > 1)
    return tags - above
