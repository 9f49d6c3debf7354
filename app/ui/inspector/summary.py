"""What photos have in common, counted; and the edits that follow from a click. No widgets here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from os import fspath
from os.path import dirname

from app.core.change import Edit
from app.core.photo import Card, PhotoId, State
from app.core.tag import Tag

Edits = list[tuple[PhotoId, Edit]]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A confirmed tag.

    Attributes:
        photos: those that have it.
    """

    tag: Tag
    photos: tuple[PhotoId, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """An open suggestion.

    Attributes:
        photos: those for which it is open.
        mean, highest: of the certainties, 0 to 1.
        sources: who suggests it, in the order of how often; `doubted:` stands before somebody who
            is less believed since the user has rejected the tag elsewhere.
    """

    tag: Tag
    photos: tuple[PhotoId, ...]
    mean: float
    highest: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Photos, taken together.

    Attributes:
        photos: their ids.
        on_all, on_some: confirmed tags; those on most photos first.
        suggested: best first. For one photo that is the order of its card; else those which the
            most photos probably have, which is the sum of certainties.
        states: how many photos are in each state.
        failed: photos with an error.
        errors: each reason, and how many photos have it.
        folders, cameras: all that there are, in the order of the alphabet.
        days: the first and the last on which they were taken, if that is known.
    """

    photos: tuple[PhotoId, ...] = ()
    on_all: tuple[Confirmed, ...] = ()
    on_some: tuple[Confirmed, ...] = ()
    suggested: tuple[Suggested, ...] = ()
    states: dict[State, int] = field(default_factory=dict)
    failed: tuple[PhotoId, ...] = ()
    errors: tuple[tuple[str, int], ...] = ()
    folders: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()
    days: tuple[date, date] | None = None

    def put_on_all(self, tags: Iterable[Tag]) -> Edits:
        """The edits that give tags to every photo which has them not. A suggestion is accepted."""
        have = {each.tag: frozenset(each.photos) for each in (*self.on_all, *self.on_some)}
        open_for = {each.tag: frozenset(each.photos) for each in self.suggested}
        tags, nobody = list(tags), frozenset[PhotoId]()
        edits: Edits = []
        for photo in self.photos:
            missing = [tag for tag in tags if photo not in have.get(tag, nobody)]
            accept = tuple(tag for tag in missing if photo in open_for.get(tag, nobody))
            add = tuple(tag for tag in missing if tag not in accept)
            if missing:
                edits.append((photo, Edit(add=add, accept=accept)))
        return edits

    def remove(self, tag: Tag) -> Edits:
        """The edits that take a confirmed tag from every photo that has it."""
        for each in (*self.on_all, *self.on_some):
            if each.tag == tag:
                return [(photo, Edit(remove=(tag,))) for photo in each.photos]
        return []


def accept(suggestions: Iterable[Suggested]) -> Edits:
    """The edits that accept suggestions wherever they are open."""
    return [(photo, Edit(accept=tags)) for photo, tags in _by_photo(suggestions).items()]


def reject(suggestions: Iterable[Suggested]) -> Edits:
    """The edits that reject suggestions wherever they are open."""
    return [(photo, Edit(reject=tags)) for photo, tags in _by_photo(suggestions).items()]


def aggregate(cards: Sequence[Card]) -> Summary:
    """Photos, taken together."""
    counting = Counting()
    counting.add(cards)
    return counting.summary()


class Counting:
    """Takes photos together bit by bit, for when they are many."""

    def __init__(self) -> None:
        self._photos: list[PhotoId] = []
        self._states: Counter[State] = Counter()
        self._failed: list[PhotoId] = []
        self._errors: Counter[str] = Counter()
        self._folders: set[str] = set()
        self._cameras: set[str] = set()
        self._first, self._last = datetime.max, datetime.min
        # By the path as it is spelt: a string's hash is known already, a tag's has to be found
        # out each time. Spellings come together at the end.
        self._confirmed: dict[tuple[str, ...], tuple[Tag, list[PhotoId]]] = {}
        self._suggested: dict[tuple[str, ...], _Open] = {}

    def add(self, cards: Iterable[Card]) -> None:
        """Count some more photos."""
        for card in cards:
            self._photos.append(card.id)
            self._states[card.state] += 1
            self._folders.add(dirname(fspath(card.path)))
            if card.camera:
                self._cameras.add(card.camera)
            if card.taken is not None:
                self._first = min(self._first, card.taken)
                self._last = max(self._last, card.taken)
            if card.error is not None:
                self._failed.append(card.id)
                self._errors[card.error] += 1
            for tag in card.confirmed:
                known = self._confirmed.get(tag.path)
                if known is None:
                    known = self._confirmed[tag.path] = (tag, [])
                known[1].append(card.id)
            for suggestion in card.suggested:
                path = suggestion.tag.path
                open_ = self._suggested.get(path)
                if open_ is None:
                    open_ = self._suggested[path] = _Open(suggestion.tag)
                open_.photos.append(card.id)
                open_.total += suggestion.score
                open_.highest = max(open_.highest, suggestion.score)
                doubted = suggestion.said is not None
                open_.sources[f"doubted:{suggestion.source}" if doubted else suggestion.source] += 1

    def summary(self) -> Summary:
        """What was counted. Nothing can be added after that."""
        total = len(self._photos)
        confirmed: dict[Tag, tuple[Tag, list[PhotoId]]] = {}
        for tag, photos in self._confirmed.values():
            if (known := confirmed.setdefault(tag, (tag, photos)))[1] is not photos:
                known[1].extend(photos)
        found = [Confirmed(tag, tuple(photos)) for tag, photos in confirmed.values()]
        some = [each for each in found if len(each.photos) < total]
        opened: dict[Tag, _Open] = {}
        for open_ in self._suggested.values():
            if (known_open := opened.setdefault(open_.tag, open_)) is not open_:
                known_open.join(open_)
        ranked = list(opened.values())
        if total > 1:
            ranked.sort(key=lambda each: (-each.total, each.tag))
        return Summary(
            tuple(self._photos),
            tuple(sorted((e for e in found if len(e.photos) == total), key=lambda e: e.tag)),
            tuple(sorted(some, key=lambda e: (-len(e.photos), e.tag))),
            tuple(each.summary() for each in ranked),
            dict(self._states),
            tuple(self._failed),
            tuple(self._errors.most_common()),
            tuple(sorted(self._folders)),
            tuple(sorted(self._cameras)),
            (self._first.date(), self._last.date()) if self._first <= self._last else None,
        )


class _Open:
    """A suggestion that is being counted."""

    __slots__ = ("highest", "photos", "sources", "tag", "total")

    def __init__(self, tag: Tag) -> None:
        self.tag = tag
        self.photos: list[PhotoId] = []
        self.total = 0.0
        self.highest = 0.0
        self.sources: Counter[str] = Counter()

    def join(self, other: _Open) -> None:
        """Count what the other one has counted as well."""
        self.photos += other.photos
        self.total += other.total
        self.highest = max(self.highest, other.highest)
        self.sources += other.sources

    def summary(self) -> Suggested:
        return Suggested(
            self.tag,
            tuple(self.photos),
            self.total / len(self.photos),
            self.highest,
            tuple(source for source, _ in self.sources.most_common()),
        )


def _by_photo(suggestions: Iterable[Suggested]) -> dict[PhotoId, tuple[Tag, ...]]:
    tags: dict[PhotoId, list[Tag]] = {}
    for each in suggestions:
        for photo in each.photos:
            tags.setdefault(photo, []).append(each.tag)
    return {photo: tuple(of_it) for photo, of_it in tags.items()}
