"""Which tags of the network are doubted, from the user's answers, and what that makes of photos.

Part of `app.services.teaching`; one thread uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.core.tag import Tag
from app.learning.doubt import MOST, Doubt
from app.learning.examples import Arrays, Example, ExampleSet, ancestry, at_or_below, normalised

if TYPE_CHECKING:
    from app.library.library import Library
    from app.services.spreading import ScanRows

#: Gives the network's own certainties, shape (photos, tags), NaN for what it does not suggest.
Said = Callable[[Sequence[PhotoId], Sequence[Tag]], NDArray[np.float64]]

#: Photos whose mean is the middle of the library, and how many times as many there must be before
#: it is taken anew.
_SAMPLE = 2000
_GROWTH = 1.5
#: Photos at a time: their embeddings are 5 MB in the library, and 20 MB to count with.
_PIECE = 2048


class Doubting:
    """The doubts about one network, kept up with the examples."""

    def __init__(self) -> None:
        self.doubts: dict[Tag, Doubt] = {}
        #: Tags about which something was answered since their doubts were made.
        self._open: set[Tag] = set()
        #: Tags of which the library does not know yet what their doubts make of photos.
        self.unspread: set[Tag] = set()
        self._middle: NDArray[np.float32] | None = None
        self._middle_of = 0

    # Keeping

    def to_arrays(self) -> Arrays:
        """What cannot be had from the examples alone."""
        if self._middle is None:
            return {}
        return {"library_middle": self._middle, "library_rows": np.array(self._middle_of)}

    def restore(self, arrays: Mapping[str, NDArray[np.generic]], size: int) -> None:
        """Take back what `to_arrays` gave."""
        middle = arrays.get("library_middle")
        if middle is not None and middle.shape == (size,):
            self._middle = np.asarray(middle, dtype=np.float32)
            self._middle_of = int(arrays["library_rows"])

    # Learning

    def answered(self, tags: Collection[Tag], *about: Example | None) -> None:
        """Note that what was said about a photo has changed.

        Args:
            tags: those of the network.
            about: what was said before and what is now.
        """
        for example in about:
            if example is not None:
                self._open |= at_or_below(tags, example.wrong) if example.wrong else set()
                self._open |= example.taught & self.doubts.keys()

    def doubt_all(self, tags: Collection[Tag]) -> None:
        """Make the doubts about all these tags anew."""
        self._open |= set(tags)

    def renew(
        self, examples: ExampleSet, said: Said, matrix: NDArray[np.floating], *, spread: bool = True
    ) -> None:
        """Make the doubts that are out of date.

        Args:
            examples: all that was answered.
            said: see `Said`.
            matrix: embeddings of the library, shape (rows, size).
            spread: whether the library is to be told.
        """
        if self._open and (
            self._middle is None or len(matrix) >= max(1, self._middle_of) * _GROWTH
        ):
            self._middle = _middle(matrix)
            self._middle_of = len(matrix)
            self._open |= self.doubts.keys()
        for tag in sorted(self._open):
            made = self._made(tag, examples, said)
            if made is None and tag not in self.doubts:
                continue
            if made is not None:
                self.doubts[tag] = made
            else:
                del self.doubts[tag]
            if spread:
                self.unspread.add(tag)
        self._open.clear()

    def _made(self, tag: Tag, examples: ExampleSet, said: Said) -> Doubt | None:
        above = ancestry((tag,))
        wrong = [e for e in examples if not above.isdisjoint(e.wrong) and tag not in e.taught]
        if not wrong or self._middle is None:
            return None
        right = [e for e in examples if tag in e.taught]
        asked = [*_some(wrong), *_some(right)]
        certainties = said([e.photo for e in asked], [tag])[:, 0]
        # What was rejected or named without the network's having said so says nothing of it.
        kept = [n for n in range(len(asked)) if not np.isnan(certainties[n])]
        if not any(tag not in asked[n].taught for n in kept):
            return None
        return Doubt.of(
            self._middle,
            [asked[n].embedding for n in kept],
            [float(certainties[n]) for n in kept],
            [tag in asked[n].taught for n in kept],
        )

    # Answering

    def spread(
        self,
        tag: Tag,
        library: Library,
        network: str,
        matrix: NDArray[np.floating],
        rows: ScanRows,
    ) -> NDArray[np.void]:
        """What is suggested of a tag by the network, with the scores that it should have.

        Args:
            network: its key.
            matrix: its embeddings, shape (rows, size).
            rows: whose they are.

        Returns:
            For `Library.save_doubted`.
        """
        offered = library.offered_by(network, tag)
        doubt = self.doubts.get(tag)
        where = rows.of(offered["photo"])
        seen = np.flatnonzero((where >= 0) & (where < len(matrix)))
        for first in range(0, len(seen) if doubt is not None else 0, _PIECE):
            part = seen[first : first + _PIECE]
            assert doubt is not None
            offered["score"][part] = doubt.certainties(matrix[where[part]], offered["own"][part])
        return offered


def _some(examples: list[Example]) -> list[Example]:
    """No more than stand for all, evenly from all of them."""
    if len(examples) <= MOST:
        return examples
    return [examples[n] for n in np.linspace(0, len(examples) - 1, MOST).astype(int)]


def _middle(matrix: NDArray[np.floating]) -> NDArray[np.float32]:
    step = max(1, -(-len(matrix) // _SAMPLE))
    rows = np.asarray(matrix[::step], dtype=np.float32)
    rows = normalised(rows[rows.any(axis=1)])
    if not len(rows):
        return np.zeros(matrix.shape[1], np.float32)
    return np.asarray(rows.mean(axis=0, dtype=np.float64), dtype=np.float32)
