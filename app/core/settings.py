"""The settings of tagging, each with its default: one table for command line and window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: auto: into the photo where that is safe, else a sidecar; sidecar: never touch the photo;
#: none: write nothing at all.
WriteMode = Literal["auto", "none", "sidecar"]
#: How suggestions are chosen: by the rules' thresholds, or the most probable ones until their
#: probabilities add up to 0.9.
Choice = Literal["rules", "cumulative"]

#: Which suggestions are written: the sure ones straight away, or only what the user accepts.
WriteSuggestions = Literal["sure", "accepted"]

#: What the network runs on: the processor, a graphics card, or whichever is faster.
Device = Literal["auto", "cpu", "gpu"]

DEVICES: tuple[Device, ...] = ("auto", "cpu", "gpu")
WRITE_MODES: tuple[WriteMode, ...] = ("auto", "none", "sidecar")
WRITE_SUGGESTIONS: tuple[WriteSuggestions, ...] = ("sure", "accepted")
CHOICES: tuple[Choice, ...] = ("rules", "cumulative")


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How tags are put into files.

    Attributes:
        embed: put them into the photo where that is safe; if not, always beside it.
        xp_keywords: write the keywords of Windows programs, which are kept in Exif.
        adobe_sidecars: name new sidecars `photo.xmp` as Adobe does, not `photo.ext.xmp`.
        use_exiftool: let ExifTool, where it is installed, put tags into HEIC, AVIF and JPEG XL.
        fields: keys of the only fields to make (see `app.metadata.fields`), None for all; what is
            there already is kept in step in any case.
    """

    embed: bool = True
    xp_keywords: bool = True
    adobe_sidecars: bool = False
    use_exiftool: bool = False
    fields: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class TagSettings:
    """How photos are tagged.

    Attributes:
        model: id of the network.
        crops: 1 looks at the middle of a photo, 3 also at its two ends.
        min_score: suggestions at least this certain (0 to 1) are written by themselves.
        write: where tags are written.
        write_suggestions: which suggestions are written.
        choice: how suggestions are chosen from the network's scores.
        xp_keywords, adobe_sidecars, use_exiftool: see `WriteOptions`.
        device: what the network runs on; what it says is the same.
    """

    model: str = "efficientnet-lite2"
    crops: Literal[1, 3] = 3
    min_score: float = 0.5
    write: WriteMode = "auto"
    write_suggestions: WriteSuggestions = "sure"
    choice: Choice = "rules"
    xp_keywords: bool = True
    adobe_sidecars: bool = False
    use_exiftool: bool = False
    device: Device = "auto"

    @property
    def write_options(self) -> WriteOptions:
        """How tags are put into files."""
        return WriteOptions(
            embed=self.write == "auto",
            xp_keywords=self.xp_keywords,
            adobe_sidecars=self.adobe_sidecars,
            use_exiftool=self.use_exiftool,
        )
