"""What every format that tags can be put into answers to.

A container knows where a format keeps its three blocks of metadata (the XMP packet, the
IPTC-IIM block, Exif) and which numbers of the file follow from their lengths. What is inside
the blocks it leaves to `app.metadata.blocks`, which keywords go where to `app.metadata.merge`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from app.metadata.blocks.tiff import Tiff
from app.metadata.splice import Edit

Kind = Literal["xmp", "iptc"]


@dataclass(frozen=True, slots=True)
class BlockChanges:
    """What is to change in a file's blocks.

    Attributes:
        xmp, iptc: edits against the block's content (see `Container.content`), or one insertion
            at 0 that is the whole of a new block.
        xp_keywords: the new value of Exif's XPKeywords: None leaves it as it is, an empty one
            takes the entry out.
    """

    xmp: Sequence[Edit] = ()
    iptc: Sequence[Edit] = ()
    xp_keywords: tuple[str, ...] | None = None


class Container(ABC):
    """A photo's file, parsed; it never changes.

    Attributes:
        name: of the format, as its users call it.
        data: the whole file.

    Raises:
        Refusal: (by the constructor) the file is not of this format, or breaks it.
    """

    name: ClassVar[str]
    #: Whether a new IPTC block may be made here: only where programs look for one.
    makes_iptc: ClassVar[bool]
    #: The most bytes that an XMP packet may have here.
    max_xmp: ClassVar[int]
    data: bytes
    #: What may hold keywords in a way that is not understood; nothing is embedded then.
    riddles: tuple[str, ...] = ()

    @abstractmethod
    def __init__(self, data: bytes) -> None: ...

    @abstractmethod
    def content(self, kind: Kind) -> bytes | None:
        """A block as its own format defines it, without what the container wraps around it.

        None where there is none.

        Raises:
            Refusal: it is there and cannot be read, or there is more than one.
        """

    @abstractmethod
    def exif(self) -> Tiff | None:
        """Exif as a TIFF structure whose offsets count positions in `data`, None without any.

        Raises:
            Refusal: it is there and cannot be read.
        """

    @abstractmethod
    def hidden_xmp(self) -> list[bytes]:
        """Packets besides the one that can be edited, which are read and never written.

        Extended XMP, raw profiles, doubles. Where one holds keywords nothing is embedded.
        """

    def iptc_blocks(self) -> list[bytes]:
        """All IPTC blocks, for reading: also where there is more than one.

        Raises:
            Refusal: they cannot be read.
        """
        block = self.content("iptc")
        return [] if block is None else [block]

    @abstractmethod
    def edits(self, changes: BlockChanges) -> list[Edit]:
        """The edits to `data` that make the changes, with all numbers that depend on them.

        Raises:
            Refusal: they cannot be made without risk to something else in the file.
        """

    @abstractmethod
    def picture(self) -> Sequence[tuple[int, int]]:
        """The ranges of `data` that must come out the same, in their order: the picture itself,
        thumbnails, MakerNote, trailers: all but the blocks and the numbers that edits may touch.
        """
