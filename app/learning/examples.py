"""What the user has said about photos: the examples that every head learns from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.core.photo import PhotoId
from app.core.tag import Tag

Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, eq=False)
class Example:
    """A photo with what is right and wrong for it.

    Attributes:
        embedding: shape (size,), as the library keeps it, `app.core.embedding.powered`; any length,
            any float type.
        right: tags that the user has confirmed or set.
        wrong: tags that the user has rejected or taken out.
    """

    photo: PhotoId
    embedding: NDArray[np.floating]
    right: frozenset[Tag] = frozenset()
    wrong: frozenset[Tag] = frozenset()

    def __post_init__(self) -> None:
        # Heads count in the precision in which the library keeps embeddings, so that a head
        # that was fed from the network and one that was fed from the library are the same.
        half = np.array(self.embedding, dtype="<f2")
        half.setflags(write=False)
        object.__setattr__(self, "embedding", half)
        object.__setattr__(self, "wrong", frozenset(self.wrong) - ancestry(self.right))

    @property
    def taught(self) -> frozenset[Tag]:
        """The right tags and everything above them: a photo of `Animal/Cat` shows an `Animal`."""
        return ancestry(self.right)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Example) and self.digest == other.digest

    def __hash__(self) -> int:
        return self.digest

    @property
    def digest(self) -> int:
        """64 bits that stand for all of it."""
        said = hashlib.blake2b(self.embedding.tobytes(), digest_size=8)
        said.update(repr((self.photo, _keys(self.right), _keys(self.wrong))).encode())
        return int.from_bytes(said.digest(), "little")


def _keys(tags: Iterable[Tag]) -> list[tuple[str, ...]]:
    return sorted(tag.key for tag in tags)


def ancestry(tags: Iterable[Tag]) -> frozenset[Tag]:
    """Tags and all tags above them in the hierarchy."""
    return frozenset().union(*(_with_parents(tag) for tag in tags))


def at_or_below(tags: Iterable[Tag], tops: Iterable[Tag]) -> set[Tag]:
    """Those of some tags that are one of the others, or below one in the hierarchy."""
    keys = {top.key for top in tops}
    return {
        tag for tag in tags if any(tag.key[:level] in keys for level in range(1, len(tag.key) + 1))
    }


@lru_cache(maxsize=10_000)
def _with_parents(tag: Tag) -> frozenset[Tag]:
    return frozenset(Tag(tag.path[:level]) for level in range(1, len(tag.path) + 1))


@dataclass(slots=True)
class ExampleSet:
    """The examples by photo. What it holds does not depend on the order of changes."""

    size: int
    _by_photo: dict[PhotoId, Example] = field(default_factory=dict)
    #: Sum of the digests modulo 2**64: equal for equal sets, whatever came and went before.
    fingerprint: int = 0

    def put(self, example: Example) -> Example | None:
        """Add an example, or replace the one of the same photo.

        Returns:
            What was known of the photo before.

        Raises:
            ValueError: the embedding has another size than the others.
        """
        if example.embedding.shape != (self.size,):
            raise ValueError(f"{example.embedding.shape} is no embedding of {self.size} values")
        before = self.pop(example.photo)
        self._by_photo[example.photo] = example
        self.fingerprint = (self.fingerprint + example.digest) % 2**64
        return before

    def pop(self, photo: PhotoId) -> Example | None:
        """Take a photo's example out; None where there is none."""
        example = self._by_photo.pop(photo, None)
        if example is not None:
            self.fingerprint = (self.fingerprint - example.digest) % 2**64
        return example

    def get(self, photo: PhotoId) -> Example | None:
        """What is known of a photo."""
        return self._by_photo.get(photo)

    def __len__(self) -> int:
        return len(self._by_photo)

    def __iter__(self) -> Iterator[Example]:
        """The examples in the order of their photos' ids."""
        return (self._by_photo[photo] for photo in sorted(self._by_photo))

    def matrix(self) -> NDArray[np.float32]:
        """Their normalised embeddings in the order of iteration, shape (examples, size)."""
        rows = np.array([e.embedding for e in self], dtype=np.float32).reshape(-1, self.size)
        return normalised(rows)

    def membership(self, tags: Iterable[Tag]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which example teaches which tag, and which rejects it: two of shape (examples, tags).

        Who rejects `Animal` rejects `Animal/Cat` as well.
        """
        columns = list(tags)
        right = np.zeros((len(self), len(columns)), dtype=bool)
        wrong = np.zeros_like(right)
        place = {tag: column for column, tag in enumerate(columns)}
        for row, example in enumerate(self):
            right[row, [place[tag] for tag in example.taught if tag in place]] = True
            if example.wrong:
                wrong[row, [place[tag] for tag in at_or_below(columns, example.wrong)]] = True
        return right, wrong & ~right

    def tags(self) -> tuple[Tag, ...]:
        """Every tag that some example teaches, in the order of the alphabet."""
        return tuple(sorted({tag for example in self for tag in example.taught}))

    def to_arrays(self) -> Arrays:
        """Plain arrays for a file without pickles."""
        examples = list(self)
        tags = sorted({tag for e in examples for tag in (*e.right, *e.wrong)})
        column = {tag: index for index, tag in enumerate(tags)}
        said = [
            (row, column[tag], right)
            for row, example in enumerate(examples)
            for right, tags_said in ((1, example.right), (0, example.wrong))
            for tag in sorted(tags_said)
        ]
        rows = np.array([e.embedding for e in examples], dtype="<f2").reshape(-1, self.size)
        return {
            "photos": np.array([e.photo for e in examples], dtype=np.int64),
            "embeddings": rows,
            "tags": np.array([str(tag) for tag in tags], dtype=np.str_),
            "said": np.array(said, dtype=np.int64).reshape(-1, 3),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> ExampleSet:
        """The set that `to_arrays` was called on.

        Raises:
            KeyError, ValueError, IndexError: these are other arrays.
        """
        rows = np.asarray(arrays["embeddings"], dtype="<f2")
        tags = [Tag.parse(str(text)) for text in arrays["tags"]]
        right: list[set[Tag]] = [set() for _ in rows]
        wrong: list[set[Tag]] = [set() for _ in rows]
        for row, column, is_right in np.asarray(arrays["said"], dtype=np.int64):
            (right if is_right else wrong)[row].add(tags[column])
        made = cls(int(rows.shape[1]))
        photos = np.asarray(arrays["photos"], dtype=np.int64)
        for index, photo in enumerate(photos):
            made.put(
                Example(int(photo), rows[index], frozenset(right[index]), frozenset(wrong[index]))
            )
        return made


def normalised(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows of shape (n, size), each of length 1; rows of zeros stay."""
    wide = widen(rows)
    return np.asarray(wide / lengths(wide)[:, None], dtype=np.float32)


def widen(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows as float32; half precision nine times as fast as NumPy does it (2.4, x86-64).

    The bits of a half-precision number, moved to their places in a single-precision one, are its
    value times 2**-112, subnormal numbers included. Infinities and NaN, which no embedding has,
    come out as numbers.
    """
    if rows.dtype != np.float16 or not rows.dtype.isnative:
        return np.asarray(rows, dtype=np.float32)
    bits = np.ascontiguousarray(rows).view(np.int16).astype(np.int32)  # extends the sign
    bits <<= 13
    bits &= np.int32(-0x70002000)  # the sign, and 15 bits of exponent and fraction
    values: NDArray[np.float32] = bits.view(np.float32)
    values *= np.float32(2.0**112)
    return values


def lengths(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The Euclidean lengths of rows of shape (n, size), 1 for rows of zeros."""
    found = np.sqrt(np.vecdot(rows, rows))
    found[found == 0] = 1
    return np.asarray(found, dtype=np.float32)
