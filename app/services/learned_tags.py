"""What was learned, at one moment: what tagging and writing ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from app.core.tag import Suggestion, Tag
from app.learning.calibration import Calibration
from app.learning.doubt import Doubt
from app.learning.examples import ancestry
from app.learning.fixed import FixedHead
from app.library.learned import LEARNED
from app.services.spreading import priority_of

#: What is less certain is not suggested. Higher than for the network's tags, of which a photo has
#: few: a learned tag stands beside all others, and most of what is shown of it should be right.
#: One kind of flower named, 40 of 440 photos, nothing rejected yet: of what was suggested from 0.4
#: on 57, 54 and 55 % was right after one, three and ten photos, with 68, 74 and 84 % of the kind
#: found, and 83 % after five rejections; from 0.5 on 60, 56, 62 and 88 % (63, 73, 80, 67 % found).
FLOOR = 0.45


@dataclass(frozen=True, eq=False, slots=True)
class LearnedTags:
    """What was learned, at one moment: it never changes, and any thread may ask it.

    Attributes:
        model: key of the network whose embeddings it knows.
        learned_by: under which name the library keeps what it suggests.
        unripe: tags of which there are too few examples (see `teaching.KNOWN_FROM`).
        doubts: tags of which the network is not to be believed as it says.
    """

    model: str
    learned_by: str
    head: FixedHead
    calibration: Calibration
    unripe: frozenset[Tag] = frozenset()
    doubts: Mapping[Tag, Doubt] = field(default_factory=dict)

    def suggest(
        self,
        embedding: NDArray[np.floating],
        network: Sequence[Suggestion],
        confirmed: Collection[Tag],
        rejected: Collection[Tag],
    ) -> tuple[Suggestion, ...]:
        """The learned tags for one photo, without those of which the network is more certain.

        Args:
            embedding: shape (size,).
            network: what the network suggests.
            confirmed: neither they nor what stands above them is suggested.
            rejected: neither they nor what stands below them is suggested.

        Returns:
            Before them, with its source, what the network suggests and is to be less certain.
        """
        doubted = self._doubted(embedding, network)
        tags = self.head.tags
        if not tags:
            return doubted
        believed = {s.tag: s for s in (*network, *doubted)}
        others = {tag: s for tag, s in believed.items() if tag not in rejected}
        said = np.array([[others[t].own if t in others else np.nan for t in tags]])
        # As the library keeps it, and scored by length 1 like there.
        scores = self.head.scores(np.asarray(embedding, "<f2")[None], tags)
        sure = self.calibration.certainties(tags, scores, said, self.head.counts)
        rounded = np.round(sure[0].astype(np.float64), 4)
        open_ = {
            tags[n]: float(rounded[n])
            for n in np.flatnonzero(rounded >= FLOOR)
            if ancestry((tags[n],)).isdisjoint(rejected) and tags[n] not in self.unripe
        }
        below: dict[Tag, float] = {}
        for tag, score in [*open_.items(), *((s.tag, s.score) for s in others.values())]:
            for above in ancestry((tag,)) - {tag}:
                below[above] = max(below.get(above, 0.0), score)
        had = ancestry(confirmed)
        return doubted + tuple(
            Suggestion(
                tag,
                score,
                f"{LEARNED}{self.head.counts[tag]}",
                max(priority_of(score), others[tag].priority)
                if tag in others
                else priority_of(score),
            )
            for tag, score in sorted(open_.items(), key=lambda item: (-item[1], item[0]))
            if tag not in had
            and score > below.get(tag, 0.0)
            and (tag not in others or score > others[tag].score)
        )

    def _doubted(
        self, embedding: NDArray[np.floating], network: Sequence[Suggestion]
    ) -> tuple[Suggestion, ...]:
        """What the network suggests and is less certain than it says."""
        found = []
        row = np.asarray(embedding, "<f2")[None]
        for each in network:
            if each.tag in self.doubts:
                score = float(self.doubts[each.tag].certainties(row, np.array([each.own]))[0])
                if score < each.own:
                    found.append(replace(each, score=score, said=each.own))
        return tuple(found)
