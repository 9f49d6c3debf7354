"""Which photos are shown, in which order and groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

#: path: by folder, then name. doubt: what the program is least sure about first.
Sort = Literal["path", "name", "taken", "certainty", "doubt"]
Grouping = Literal["none", "folder", "day"]

SORTS: tuple[Sort, ...] = ("path", "name", "taken", "certainty", "doubt")
GROUPINGS: tuple[Grouping, ...] = ("none", "folder", "day")


@dataclass(frozen=True, slots=True)
class Group:
    """Photos that are shown under one heading.

    Attributes:
        key: the folder, or the day as '2024-05-31'; empty where a photo has none.
    """

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Photos in the order in which they are shown.

    Attributes:
        ids: shape (photos,), int64.
        groups: one after the other they make up `ids`; empty where nothing is grouped.
    """

    ids: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    groups: tuple[Group, ...] = ()
