"""What other rules would do to the library, from the class scores that it keeps.

No photo is looked at again: the library keeps what the network said (see
`app.library.analyses`), and that is enough to suggest anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.folders import Folders
from app.core.paths import data_path
from app.core.photo import PhotoId
from app.core.rules import CUMULATIVE_STOP, RELATIVE_FLOOR, SCORE_FLOOR, Label, Rule, RuleSet
from app.core.settings import Choice, TagSettings
from app.core.tag import Tag
from app.library.library import Library
from app.vision.catalogue import Catalogue

#: Photos that are worked on at once: a matrix of so many rows and one column for each class.
_CHUNK = 2000
EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class Network:
    """What is needed of a network to read its kept answers.

    Attributes:
        key: what its answers are kept under.
        crops: how many crops it was asked with.
        labels: its classes, in the order of the scores.
    """

    key: str
    crops: int
    labels: tuple[Label, ...]
    choice: Choice = "rules"


@dataclass(frozen=True, slots=True)
class Difference:
    """How many photos would be suggested a tag that they are not now, and the other way round."""

    tag: Tag
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class Example:
    """A photo that would change."""

    photo: PhotoId
    path: Path
    gained: tuple[Tag, ...]
    lost: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What other rules would do.

    Only open suggestions are counted: what the user has confirmed or rejected stays.

    Attributes:
        photos: how many the network has looked at.
        changed: how many of them would have other suggestions.
        differences: by tag, the greatest first.
        examples: some of the photos, from all over the library.
    """

    photos: int = 0
    changed: int = 0
    differences: tuple[Difference, ...] = ()
    examples: tuple[Example, ...] = ()


def network_in_use(folders: Folders, settings: TagSettings) -> Network:
    """The network that the settings name.

    Raises:
        UsageError: there is none of this name.
        ModelError: it cannot be read.
    """
    card = Catalogue([folders.own_models, data_path("models")]).get(settings.model)
    return Network(card.key, settings.crops, card.labels(), settings.choice)


def preview(
    library: Library,
    network: Network,
    before: RuleSet,
    after: RuleSet,
    stopped: Callable[[], bool] = lambda: False,
) -> Preview | None:
    """Compare what two sets of rules suggest for all photos that are there.

    Args:
        stopped: is asked again and again; once it says so, there is no answer.

    Returns:
        None if it was stopped.
    """
    first, second = _Table(before, network), _Table(after, network)
    tags = {tag: number for number, tag in enumerate(dict.fromkeys((*first.tags, *second.tags)))}
    same_groups = bool(np.array_equal(first.group, second.group))
    photos = 0
    ids, columns, signs = [], [], []
    for photo_ids, rows, classes, scores in _answers(library, network):
        if stopped():
            return None
        photos += len(photo_ids)
        joined = first.joined(len(photo_ids), rows, classes, scores)
        old = first.spread(first.chosen(joined, network.choice), tags)
        if not same_groups:
            joined = second.joined(len(photo_ids), rows, classes, scores)
        new = second.spread(second.chosen(joined, network.choice), tags)
        row, column = np.nonzero(old != new)
        ids.append(photo_ids[row])
        columns.append(column)
        signs.append(new[row, column])
    if not photos or not sum(map(len, ids)):
        return Preview(photos)
    return _told(
        library, photos, list(tags), np.concatenate(ids), np.concatenate(columns),
        np.concatenate(signs),
    )  # fmt: skip


def _told(
    library: Library,
    photos: int,
    tags: Sequence[Tag],
    ids: NDArray[np.int64],
    columns: NDArray[np.intp],
    gained: NDArray[np.bool_],
) -> Preview:
    """The preview, without what is decided already."""
    changing = [tags[column] for column in np.unique(columns)]
    exact = set(changing)
    decided: dict[Tag, list[PhotoId]] = {}
    for each in library.holdings(changing):
        if each.tag in exact and (each.confirmed or each.rejected):
            decided.setdefault(each.tag, []).append(each.photo)
    keep = np.ones(len(ids), dtype=np.bool_)
    for column in np.unique(columns):
        if answered := decided.get(tags[column]):
            keep &= ~((columns == column) & np.isin(ids, answered))
    ids, columns, gained = ids[keep], columns[keep], gained[keep]
    more = np.bincount(columns[gained], minlength=len(tags))
    less = np.bincount(columns[~gained], minlength=len(tags))
    differences = [
        Difference(tags[column], int(more[column]), int(less[column]))
        for column in map(int, np.nonzero(more + less)[0])
    ]
    differences.sort(key=lambda each: (-(each.gained + each.lost), each.tag.key))
    changed = np.unique(ids)
    # Evenly from all of them: neighbours in the library are often of one day.
    shown = changed[np.linspace(0, len(changed) - 1, min(EXAMPLES, len(changed))).astype(np.intp)]
    examples = []
    for photo_id in shown:
        photo = library.by_id(int(photo_id))
        if photo is None:
            continue
        of_it = ids == photo_id
        examples.append(
            Example(
                int(photo_id),
                photo.path,
                tuple(tags[c] for c in columns[of_it & gained]),
                tuple(tags[c] for c in columns[of_it & ~gained]),
            )
        )
    return Preview(photos, len(changed), tuple(differences), tuple(examples))


_Answers = tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]


def _answers(library: Library, network: Network) -> Iterator[_Answers]:
    """Kept answers, some photos at a time: their ids, then row, class and score of each score."""
    for kept in library.kept_scores(network.key, network.crops, _CHUNK):
        lengths = [len(classes) // 2 for _, classes, _ in kept]
        classes = np.frombuffer(b"".join(c for _, c, _ in kept), dtype="<u2").astype(np.intp)
        scores = np.frombuffer(b"".join(s for _, _, s in kept), dtype="<f4").astype(np.float64)
        known = classes < len(network.labels)
        rows = np.repeat(np.arange(len(kept)), lengths)
        ids = np.array([photo for photo, _, _ in kept], dtype=np.int64)
        yield ids, rows[known], classes[known], scores[known]


class _Table:
    """`core.rules.Labeller` for many photos at once; the two must choose alike."""

    def __init__(self, rules: RuleSet, network: Network) -> None:
        of_class: list[Rule] = [rules.rule_for(label) for label in network.labels]
        self._names = list(dict.fromkeys(rule.tag for rule in of_class))
        index = {tag: number for number, tag in enumerate(self._names)}
        self.group = np.array([index[rule.tag] for rule in of_class], dtype=np.intp)
        self._threshold = np.ones(len(index))
        self._priority = np.full(len(index), np.iinfo(np.int32).min)
        also: list[tuple[Tag, ...]] = [()] * len(index)
        for rule, group in zip(of_class, self.group, strict=True):
            self._threshold[group] = min(self._threshold[group], rule.threshold)
            self._priority[group] = max(self._priority[group], rule.priority)
            also[group] = also[group] or rule.also
        self._also = [(group, tag) for group, found in enumerate(also) for tag in found]
        self.tags = [*self._names, *(tag for _, tag in self._also)]

    def joined(
        self,
        photos: int,
        rows: NDArray[np.intp],
        classes: NDArray[np.intp],
        scores: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """Scores by tag, of shape (photos, groups)."""
        groups = len(self._names)
        cells = rows * groups + self.group[classes]
        summed = np.bincount(cells, weights=scores, minlength=photos * groups)
        return np.minimum(summed, 1.0).reshape(photos, groups)

    def chosen(self, joined: NDArray[np.float64], choice: Choice) -> NDArray[np.bool_]:
        """Which of them are suggested, of the same shape."""
        on = self._threshold < 1
        if choice == "cumulative":
            order = np.argsort(-joined, axis=1, kind="stable")
            best_first = np.take_along_axis(joined, order, axis=1)
            before = np.zeros_like(best_first)
            np.cumsum(best_first[:, :-1], axis=1, out=before[:, 1:])
            taken = np.zeros(joined.shape, dtype=np.bool_)
            np.put_along_axis(taken, order, (before < CUMULATIVE_STOP) & (best_first > 0), axis=1)
            return taken & on
        good: NDArray[np.bool_] = (joined >= SCORE_FLOOR) & (joined >= self._threshold) & on
        # The first is the best of those with the highest priority.
        lowest = np.iinfo(np.int64).min
        priority = np.where(good, self._priority.astype(np.int64), lowest)
        leading = good & (priority == priority.max(axis=1, keepdims=True, initial=lowest))
        first = np.where(leading, joined, 0).max(axis=1, keepdims=True, initial=0)
        good &= joined > first * RELATIVE_FLOOR
        return good

    def spread(self, chosen: NDArray[np.bool_], tags: dict[Tag, int]) -> NDArray[np.bool_]:
        """The tags that are suggested, with further categories, of shape (photos, tags)."""
        found = np.zeros((len(chosen), len(tags)), dtype=np.bool_)
        found[:, [tags[tag] for tag in self._names]] = chosen
        for group, tag in self._also:
            found[:, tags[tag]] |= chosen[:, group]
        return found
