"""What a photo or a sidecar says about tags, gathered from all of its blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from app.metadata.blocks import exif, iptc, xmp
from app.metadata.containers.base import Container
from app.metadata.provenance import Record
from app.metadata.splice import Refusal

Stored = dict[str, tuple[str, ...]]
T = TypeVar("T")


@dataclass
class Contents:
    """Keywords by field, as they are written, and what this program noted about its own.

    Attributes:
        items: the texts of each field that is there; see `app.metadata.fields`.
        records: which tags this program has put there.
        problems: what could not be read.
    """

    items: Stored = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    problems: list[str] = field(default_factory=list)

    def take_xmp(self, packet: bytes) -> None:
        """Add what a packet holds; one that cannot be read is a problem."""
        try:
            self.items = together(self.items, xmp.read_items(packet))
            self.records += xmp.read_records(packet)
        except Refusal as refusal:
            self.problems.append(refusal.reason)

    def take_iptc(self, block: bytes) -> None:
        """Add what an IPTC block holds; one that cannot be read is a problem."""
        try:
            keywords = iptc.Block(block).keywords
        except Refusal as refusal:
            self.problems.append(refusal.reason)
            return
        if keywords:
            self.items = together(self.items, {"iptc": keywords})

    def take_windows(self, keywords: tuple[str, ...] | None) -> None:
        """Add the keywords of Exif's XPKeywords."""
        if keywords:
            self.items = together(self.items, {"xp_keywords": keywords})


def read(container: Container) -> Contents:
    """Everything that a file says about tags, from every place that can be read."""
    found = Contents(problems=list(container.riddles))
    hidden = container.hidden_xmp()
    packet = _or_problem(lambda: container.content("xmp"), [] if hidden else found.problems)
    for each in (packet, *hidden):
        if each is not None:
            found.take_xmp(each)
    for block in _or_problem(container.iptc_blocks, found.problems) or ():
        found.take_iptc(block)
    tiff = _or_problem(container.exif, [])  # Exif that is broken is no concern of tags
    if tiff is not None:
        found.take_windows(exif.xp_keywords(tiff))
    return found


def combine(parts: Iterable[Contents]) -> Contents:
    """What several files hold together."""
    whole = Contents()
    for part in parts:
        whole.items = together(whole.items, part.items)
        whole.records += part.records
        whole.problems += part.problems
    return whole


def together(first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]) -> Stored:
    """What two places hold, by field, without repeating what both hold."""
    keys = dict.fromkeys((*first, *second))
    return {key: _join(first.get(key, ()), second.get(key, ())) for key in keys}


def _join(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + tuple(text for text in second if text not in first)


def _or_problem(read: Callable[[], T], problems: list[str]) -> T | None:
    try:
        return read()
    except Refusal as refusal:
        problems.append(refusal.reason)
        return None
