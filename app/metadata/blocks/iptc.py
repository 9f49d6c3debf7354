"""Keywords in an IPTC-IIM block: dataset 2:25.

Source: IPTC-NAA Information Interchange Model version 4.2, chapter 1 section 1.5 (datasets),
1:90 coded character set, 2:00 record version, 2:25 keywords (64 octets, repeatable).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.core.tag import fold
from app.metadata.fields import FieldChange
from app.metadata.splice import Edit, Refusal

MAX_OCTETS: Final = 64
UTF8_MARKER: Final = b"\x1b%G"
_MARKER: Final = 0x1C
_CHARSET, _VERSION, _KEYWORDS = (1, 90), (2, 0), (2, 25)
#: ISO 2022 escapes that announce UTF-8, without and with return (levels 1 to 3).
_UTF8: Final = (UTF8_MARKER, b"\x1b%/G", b"\x1b%/H", b"\x1b%/I")


@dataclass(frozen=True, slots=True)
class DataSet:
    """One dataset: (record, number), the range of the whole of it and of its value."""

    id: tuple[int, int]
    start: int
    data: int
    end: int


class Block:
    """A parsed IIM block.

    Raises:
        Refusal: it does not hold a sequence of datasets.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.sets = _parse(data)

    @property
    def declared_utf8(self) -> bool:
        """Whether the block says that its text is UTF-8."""
        return any(self._value(found) in _UTF8 for found in self._all(_CHARSET))

    @property
    def appendable(self) -> bool:
        """Whether UTF-8 keywords can be put in: the block says UTF-8, or is ASCII throughout.

        A block in another character set, or that does not say which, is left alone: what it
        says would change its meaning with a marker, and without one it stays a riddle.
        """
        if self.declared_utf8:
            return True
        texts = [self._value(s) for s in self.sets if s.id[0] >= 2 and s.id != _VERSION]
        return not self._all(_CHARSET) and all(text.isascii() for text in texts)

    @property
    def keywords(self) -> tuple[str, ...]:
        """The keywords in their order.

        Without a declaration they are UTF-8 if they are valid as such, else Windows-1252,
        which is what other readers take them for.
        """
        raw = [self._value(found) for found in self._all(_KEYWORDS)]
        return tuple(text for value in raw if (text := _decode(value).strip()))

    def change(self, change: FieldChange) -> list[Edit]:
        """The edits that take keywords out (every one that reads so) and append others.

        What is appended has been cut by `cut`; it goes behind the keywords there are. What is
        to be taken out and is not there changes nothing.

        Raises:
            Refusal: the block's character set is not UTF-8.
        """
        gone = [
            found for found in self._all(_KEYWORDS)
            if _decode(self._value(found)).strip() in change.remove
        ]  # fmt: skip
        if not gone and not change.add:
            return []
        if not self.appendable:
            raise Refusal("IPTC in a legacy character set")
        edits = [Edit(found.start, found.end, b"") for found in gone]
        return [*edits, *self._append(change.add)] if change.add else edits

    def _append(self, keywords: Sequence[str]) -> list[Edit]:
        edits = []
        if not self.declared_utf8 and not all(keyword.isascii() for keyword in keywords):
            envelope = [found for found in self.sets if found.id <= _CHARSET]
            at = envelope[-1].end if envelope else 0
            edits.append(Edit(at, at, dataset(_CHARSET, UTF8_MARKER)))
        body = b"".join(dataset(_KEYWORDS, keyword.encode()) for keyword in keywords)
        earlier = [found for found in self.sets if found.id <= _KEYWORDS]
        if not any(found.id[0] == 2 for found in self.sets):
            body = dataset(_VERSION, b"\0\x04") + body
        # Behind the last keyword, or else behind the last dataset that numbers lower.
        position = earlier[-1].end if earlier else 0
        present = self._all(_KEYWORDS)
        position = present[-1].end if present else position
        return [*edits, Edit(position, position, body)]

    def _all(self, number: tuple[int, int]) -> list[DataSet]:
        return [found for found in self.sets if found.id == number]

    def _value(self, found: DataSet) -> bytes:
        return self.data[found.data : found.end]


def new_block(keywords: Sequence[str]) -> bytes:
    """A fresh block: UTF-8 marker, record version 4, keywords (already cut by `cut`)."""
    return (
        dataset(_CHARSET, UTF8_MARKER)
        + dataset(_VERSION, b"\0\x04")
        + b"".join(dataset(_KEYWORDS, keyword.encode()) for keyword in keywords)
    )


def dataset(number: tuple[int, int], value: bytes) -> bytes:
    """A dataset with a short (two-octet) length."""
    return bytes((_MARKER, *number)) + len(value).to_bytes(2, "big") + value


def cut(keyword: str) -> str:
    """A keyword cut between characters so that it fits the 64 octets of the field."""
    raw = keyword.encode()[:MAX_OCTETS]
    return raw.decode("utf-8", "ignore").rstrip()


def same(keyword: str) -> str:
    """What keywords of this field are compared by: folded, as far as the field holds them."""
    return fold(cut(keyword))


def _decode(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _parse(data: bytes) -> list[DataSet]:
    sets: list[DataSet] = []
    position = 0
    while position < len(data):
        if data[position] != _MARKER:
            if not data[position:].strip(b"\0"):  # padded with zeros
                break
            raise Refusal("IPTC that cannot be read")
        if position + 5 > len(data):
            raise Refusal("IPTC that is cut off")
        size = int.from_bytes(data[position + 3 : position + 5], "big")
        value = position + 5
        if size & 0x8000:  # an extended dataset: this counts the octets of the real size
            octets = size & 0x7FFF
            if octets > 4 or value + octets > len(data):
                raise Refusal("IPTC that is cut off")
            size = int.from_bytes(data[value : value + octets], "big")
            value += octets
        if value + size > len(data):
            raise Refusal("IPTC that is cut off")
        number = (data[position + 1], data[position + 2])
        sets.append(DataSet(number, position, value, value + size))
        position = value + size
    return sets
