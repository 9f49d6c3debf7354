"""The private XMP property that says which of a photo's tags this program has put there.

`tagwright:Tags` is an unordered array of structures, one for each tag:

    tagwright:Tag        the path, levels joined by '|' as in lr:hierarchicalSubject
    tagwright:Score      0.000 to 1.000; left out where the user set the tag
    tagwright:Model      id of the network or head; left out where the user set the tag
    tagwright:Run        id of the run
    tagwright:State      'suggested' or 'confirmed'
    tagwright:Leaf       'own' where the user had the last level as a plain keyword before

It tells the program's tags from the user's own for ever, also where the library is lost or
the photo has gone to another computer. Whoever wrote the photo can have put anything there,
so that what is read is held to narrow bounds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.core.change import Origin
from app.core.errors import UsageError
from app.core.tag import Tag

NAMESPACE: Final = "http://ns.tagwright.org/1.0/"
PREFIX: Final = "tagwright"
PROPERTY: Final = "Tags"
#: The most characters that a path, and an id of a model or run, may have.
MAX_PATH: Final = 2_000
MAX_ID: Final = 200

_TAG, _SCORE, _MODEL, _RUN, _STATE = "Tag", "Score", "Model", "Run", "State"
_LEAF: Final = "Leaf"
_OWN: Final = "own"
_STATES: Final = {"suggested": False, "confirmed": True}
#: Characters of a tag that XML cannot hold (XML 1.0, section 2.2).
_NO_XML: Final = re.compile("[\ufffe\uffff]")
_NUMBER: Final = re.compile(r"0(\.[0-9]{1,9})?|1(\.0{1,9})?")


@dataclass(frozen=True, slots=True)
class Record:
    """What a photo says of one tag that this program has put into it.

    Attributes:
        tag, origin: which, and how it came.
        had_leaf: whether the user had its last level as a plain keyword before, which stays when
            the tag goes.
    """

    tag: Tag
    origin: Origin
    had_leaf: bool = False


def encode(record: Record) -> dict[str, str]:
    """The members of the structure that stands for a record, by their local names.

    Raises:
        ValueError: it breaks the bounds that `decode` holds records to.
    """
    origin = record.origin
    members = {_TAG: "|".join(record.tag.path)}
    if origin.score is not None:
        members[_SCORE] = f"{origin.score:.3f}"
    if origin.model:
        members[_MODEL] = origin.model
    if origin.run:
        members[_RUN] = origin.run
    if record.had_leaf:
        members[_LEAF] = _OWN
    members[_STATE] = "confirmed" if origin.confirmed else "suggested"
    if decode(members) is None:
        raise ValueError(f"cannot be stored in a photo: {record}")
    return members


def decode(members: Mapping[str, str]) -> Record | None:
    """The record that a structure stands for; None where it breaks any bound.

    Members that later versions may add are ignored.
    """
    path, score = members.get(_TAG, ""), members.get(_SCORE)
    model, run = members.get(_MODEL, ""), members.get(_RUN, "")
    confirmed = _STATES.get(members.get(_STATE, ""))
    if confirmed is None or len(path) > MAX_PATH or _NO_XML.search(path):
        return None
    if score is not None and not _NUMBER.fullmatch(score):
        return None
    if any(len(text) > MAX_ID or not text.isprintable() for text in (model, run)):
        return None
    try:
        tag = Tag(tuple(path.split("|")))
    except UsageError:
        return None
    certainty = None if score is None else round(float(score), 3)
    origin = Origin(confirmed, certainty, model, run)
    return Record(tag, origin, members.get(_LEAF) == _OWN)


def as_stored(record: Record) -> Record:
    """A record as it is read back from a photo: its score has three places.

    Raises:
        ValueError: see `encode`.
    """
    stored = decode(encode(record))
    assert stored is not None  # `encode` has made sure of that
    return stored
