"""Tags: a keyword with its place in a hierarchy, and what is said about one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from app.core.errors import UsageError

#: Characters that separate keywords or levels in some program's field, so that no name may
#: hold them: `|` in lr:hierarchicalSubject, `;` in XPKeywords. Control characters break XML.
FORBIDDEN = frozenset("|;")

#: Those, and the control characters and surrogates of Unicode (categories Cc and Cs).
_CANNOT_BE: Final = re.compile(r"[|;\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Tag:
    """A keyword by its path from the top of the hierarchy, as in `Tag(("Animal", "Cat"))`.

    Two tags are equal when their names are equal after Unicode normalisation (NFC) and case
    folding, because photo managers treat them so; the first spelling met is kept.

    Raises:
        UsageError: no level, an empty level, or a character that no photo manager can store.
    """

    path: tuple[str, ...]

    def __post_init__(self) -> None:
        path = tuple(unicodedata.normalize("NFC", " ".join(name.split())) for name in self.path)
        if not path or not all(path):
            raise UsageError("a tag needs a name on every level")
        for name in path:
            wrong = _CANNOT_BE.search(name)
            if wrong is not None:
                raise UsageError(f"a tag cannot contain {wrong[0]!r}: {name!r}")
        object.__setattr__(self, "path", path)

    @classmethod
    def parse(cls, text: str) -> Tag:
        r"""Read `Animal/Cat`; a slash that belongs to a name is written `\/`."""
        return _parsed(text)

    @property
    def name(self) -> str:
        """The last level: what a flat keyword field holds."""
        return self.path[-1]

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What tags are compared by: every level, case folded."""
        return tuple(fold(name) for name in self.path)

    @property
    def key_text(self) -> str:
        """The key as one text, in which a slash that belongs to a name is written `\\/`."""
        return _joined(self.key)

    def __str__(self) -> str:
        return _joined(self.path)

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, Tag) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)

    def __lt__(self, other: Tag) -> bool:
        return self.key < other.key


#: The same few hundred tags are read again and again, on every thread.
@lru_cache(maxsize=8192)
def _parsed(text: str) -> Tag:
    levels, current, characters = [], "", iter(text)
    for character in characters:
        if character == "\\":
            following = next(characters, "")
            current += following if following in ("/", "\\") else character + following
        elif character == "/":
            levels.append(current)
            current = ""
        else:
            current += character
    return Tag((*levels, current))


def _joined(names: tuple[str, ...]) -> str:
    return "/".join(name.replace("\\", "\\\\").replace("/", "\\/") for name in names)


def fold(name: str) -> str:
    """The form by which two keywords count as the same (NFC, then case folding, then NFC)."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return unicodedata.normalize("NFC", folded.strip())


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that somebody other than the user proposes for a photo.

    Attributes:
        tag: what is proposed.
        score: certainty from 0 to 1.
        source: who proposes it, such as the id of a network.
        priority: of suggestions for one photo, the higher comes first, whatever the score.
        said: how certain its source is, where the user's rejections have taught that it is less.
    """

    tag: Tag
    score: float
    source: str
    priority: int = 0
    said: float | None = None

    @property
    def own(self) -> float:
        """How certain its source is, whatever was learned since."""
        return self.score if self.said is None else self.said
