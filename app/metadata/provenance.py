"""The private XMP property that says which of a photo's tags this program has put there.

`tagwright:Tags` is an unordered array of structures, one for each tag:

    tagwright:Tag        the path, levels joined by '|' as in lr:hierarchicalSubject
    tagwright:Score      0.000 to 1.000; left out where the user set the tag
    tagwright:Model      id of the network or head; left out where the user set the tag
    tagwright:Run        id of the run
    tagwright:State      'suggested' or 'confirmed'

It tells the program's tags from the user's own for ever, also where the library is lost or
the photo has gone to another computer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.core.change import Origin
from app.core.tag import Tag

NAMESPACE: Final = "http://ns.tagwright.org/1.0/"
PREFIX: Final = "tagwright"
PROPERTY: Final = "Tags"


@dataclass(frozen=True, slots=True)
class Record:
    """What a photo says of one tag that this program has put into it."""

    tag: Tag
    origin: Origin
