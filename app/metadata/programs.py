"""What photo managers show of a photo: which keyword fields each reads, and how they combine.

Each program is a rule over the fields of `app.metadata.fields`, a list of the sidecars that it
looks for, and where that is known from. The rules of digiKam, Shotwell and darktable were tried
on the real programs (`tests/metadata/programs_seen.json`, with their versions); those of Immich and
PhotoPrism follow their source and the ExifTool that both read with; those of Lightroom, Windows
and Apple Photos follow what is documented.

Not modelled, because it depends on the other photos of a library: digiKam and Shotwell put a
flat keyword into the hierarchy where they already have one tag of that name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from app.core.formats import RAW_SUFFIXES
from app.metadata.fields import (
    ACDSEE_CATEGORIES,
    ACDSEE_KEYWORDS,
    DC_SUBJECT,
    HIERARCHICAL,
    IPTC,
    MEDIAPRO,
    MICROSOFT,
    TAGS_LIST,
    XP_KEYWORDS,
    Field,
    Path,
)

Stored = Mapping[str, tuple[str, ...]]
#: How a sidecar is named: `photo.ext.xmp` or `photo.xmp`.
SidecarKind = Literal["ext", "stem"]
Finish = Callable[[Sequence[Path]], list[Path]]

_JPEG: Final = frozenset((".jpg", ".jpeg", ".jpe", ".jfif"))
_TIFF: Final = frozenset((".tif", ".tiff"))


@dataclass(frozen=True, slots=True)
class Read:
    """How a program reads one field.

    Attributes:
        field: what it reads.
        levels: the characters at which it splits a text into levels; none leaves it whole.
        inside: (character, stand-in) pairs for what it changes within a level.
        until: a character that ends the keyword; what comes behind it is lost.
    """

    field: Field
    levels: str = ""
    inside: tuple[str, str] | None = None
    until: str = ""

    def paths(self, stored: Stored) -> list[Path]:
        """What it makes of the field's texts."""
        found = []
        for text in stored.get(self.field.key, ()):
            kept = text.partition(self.until)[0] if self.until else text
            parts = re.split(f"[{re.escape(self.levels)}]", kept) if self.levels else [kept]
            levels = [part.strip() for part in parts if part.strip()]
            if self.inside:
                levels = [level.replace(*self.inside) for level in levels]
            if levels:
                found.append(tuple(levels))
        return found


@dataclass(frozen=True, slots=True)
class Words:
    """How a program reads fields that it takes apart into words, in small letters."""

    rule: Rule

    def paths(self, stored: Stored) -> list[Path]:
        """Every word of two letters or more."""
        texts = " ".join(level for path in self.rule.paths(stored) for level in path)
        words = (word.strip("-'").lower() for word in re.findall(r"(?:[^\W\d_]|[-'])+", texts))
        return [(word,) for word in words if len(word.encode()) > 1]


@dataclass(frozen=True, slots=True)
class First:
    """The first that gives anything hides the others."""

    rules: tuple[Rule, ...]

    def paths(self, stored: Stored) -> list[Path]:
        """What the first one that has something gives."""
        return next((paths for rule in self.rules if (paths := rule.paths(stored))), [])


@dataclass(frozen=True, slots=True)
class All:
    """Everything together."""

    rules: tuple[Rule, ...]

    def paths(self, stored: Stored) -> list[Path]:
        """What all of them give, in their order."""
        return [path for rule in self.rules for path in rule.paths(stored)]


Rule = Read | Words | First | All


@dataclass(frozen=True, slots=True)
class Beside:
    """A sidecar that a program looks for.

    Attributes:
        kind: its name.
        effect: what it does to what the photo holds: it replaces all of it, or all but Exif, or
            those fields that it has itself; or it adds to what is shown.
        rule: how it is read, where that differs from the photo.
        fields: the fields that are read of it; all if there are none.
        suffixes: the photos for which it is looked for; all if there are none.
    """

    kind: SidecarKind
    effect: Literal["replaces", "replaces all but Exif", "field by field", "adds"]
    rule: Rule | None = None
    fields: tuple[Field, ...] = ()
    suffixes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Program:
    """One photo manager.

    Attributes:
        key: its name on the command line.
        title: its name for people.
        rule: what it makes of the fields of a photo.
        beside: the sidecars that it looks for; the first one that is there is read.
        formats: suffixes of the files that it reads keywords from; None where no limit is known.
        finish: what it does with the paths in the end.
        writes: the fields that it needs written, and no more than that.
        sidecar: the name of the sidecar to write for it, None where it reads none.
        sources: where all this is known from.
        note: what its users should know.
    """

    key: str
    title: str
    rule: Rule
    writes: tuple[Field, ...]
    sources: tuple[str, ...]
    beside: tuple[Beside, ...] = ()
    formats: frozenset[str] | None = None
    finish: Finish | None = None
    sidecar: SidecarKind | None = None
    note: str = ""


def shown_by(
    program: Program,
    embedded: Stored,
    sidecars: Mapping[SidecarKind, Stored] = MappingProxyType({}),
    suffix: str = ".jpg",
) -> tuple[str, ...]:
    r"""The tags that a program shows for a photo.

    Args:
        program: one of `PROGRAMS`.
        embedded: what each field of the photo holds, as `reader.read_tags` gives it.
        sidecars: the same for the sidecars that are there.
        suffix: of the photo's name.

    Returns:
        Paths from the top, their levels joined by `/`; a slash inside a name is `\/`, as
        `Tag.parse` reads it. Each once, in the order of the fields.
    """
    suffix = suffix.lower()
    stored = embedded if program.formats is None or suffix in program.formats else {}
    beside = next(
        (
            each
            for each in program.beside
            if each.kind in sidecars and (not each.suffixes or suffix in each.suffixes)
        ),
        None,
    )
    if beside is None:
        paths = program.rule.paths(stored)
    else:
        rule = beside.rule or program.rule
        other = sidecars[beside.kind]
        if beside.fields:
            other = {field.key: other.get(field.key, ()) for field in beside.fields}
        if beside.effect == "adds":
            paths = [*program.rule.paths(stored), *rule.paths(other)]
        else:
            paths = rule.paths(_joined(stored, other, beside))
    if program.finish:
        paths = program.finish(paths)
    return tuple(dict.fromkeys("/".join(map(_escaped, path)) for path in paths))


def _joined(embedded: Stored, sidecar: Stored, beside: Beside) -> Stored:
    if beside.effect == "replaces":
        return sidecar
    if beside.effect == "replaces all but Exif":
        return {**sidecar, XP_KEYWORDS.key: embedded.get(XP_KEYWORDS.key, ())}
    return {**embedded, **{key: values for key, values in sidecar.items() if values}}


def _escaped(level: str) -> str:
    return level.replace("\\", "\\\\").replace("/", "\\/")


def _without_levels(paths: Sequence[Path]) -> list[Path]:
    """A flat keyword that is a level of one of the paths is part of that."""
    levels = {level for path in paths if len(path) > 1 for level in path}
    return [path for path in paths if len(path) > 1 or path[0] not in levels]


def _with_parents(paths: Sequence[Path]) -> list[Path]:
    """Every level of a path is a tag of the photo as well."""
    return [path[:depth] for path in _without_levels(paths) for depth in range(1, len(path) + 1)]


_BACKSLASH: Final = ("/", "\\")
_DIGIKAM: Final = First(
    (
        Read(TAGS_LIST, "/"),
        Read(MICROSOFT, "/"),
        Read(HIERARCHICAL, "|", _BACKSLASH),
        Read(MEDIAPRO, "|", _BACKSLASH),
        Read(ACDSEE_CATEGORIES, "|", _BACKSLASH),
        Read(DC_SUBJECT, "/"),
        Read(IPTC, "/"),
        Read(XP_KEYWORDS, "/"),
    )
)
_DARKTABLE_XMP: Final = First(
    (Read(HIERARCHICAL, "|", until=","), Read(DC_SUBJECT, "|", until=","))
)
#: What ExifTool calls Keywords: IPTC's, and ACDSee's where there are none.
_EXIFTOOL_KEYWORDS: Final = (IPTC, ACDSEE_KEYWORDS)

DIGIKAM: Final = Program(
    "digikam", "digiKam", _DIGIKAM,
    writes=(TAGS_LIST, HIERARCHICAL, DC_SUBJECT, IPTC),
    beside=(Beside("stem", "replaces all but Exif"), Beside("ext", "replaces all but Exif")),
    sidecar="ext",
    sources=(
        "KDE/digikam, dmetadatasettingscontainer.cpp, defaultTagValues; metaengine_fileio.cpp,"
        " sidecarFilePathForFile",
        "digiKam 7.9.0, tried",
    ),
    note="sidecars only where its settings say 'Read from sidecar files'",
)  # fmt: skip
LIGHTROOM: Final = Program(
    "lightroom", "Lightroom Classic",
    All((Read(HIERARCHICAL, "|"), First((Read(DC_SUBJECT), Read(IPTC))))),
    writes=(DC_SUBJECT, HIERARCHICAL, IPTC),
    beside=(Beside("stem", "replaces", suffixes=RAW_SUFFIXES),),
    formats=_JPEG | _TIFF | {".dng"},
    finish=_without_levels,
    sidecar="stem",
    sources=(
        "help.adobe.com, Using Lightroom, 'About metadata and XMP': sidecars for raw files only,"
        " else embedded in JPEG, TIFF, PSD and DNG",
        "Metadata Working Group, Guidelines for Handling Image Metadata 2.0, chapter 3: XMP before"
        " IPTC",
    ),
    note="sidecars only for camera raw files",
)  # fmt: skip
DARKTABLE: Final = Program(
    "darktable", "darktable",
    All((Read(IPTC, "|"), _DARKTABLE_XMP)),
    # Not IPTC: it would stand beside the paths as keywords of its own.
    writes=(DC_SUBJECT, HIERARCHICAL),
    beside=(
        Beside("ext", "replaces", _DARKTABLE_XMP),
        Beside("stem", "adds", All((Read(DC_SUBJECT, "|"), Read(HIERARCHICAL, "|")))),
    ),
    sidecar="ext",
    sources=(
        "darktable-org/darktable, src/common/exif.cc, _exif_decode_xmp_data and"
        " _exif_decode_iptc_data; src/develop/lightroom.c, dt_lightroom_import",
        "darktable 4.2.1, tried",
    ),
    note="names are cut at a comma",
)  # fmt: skip
SHOTWELL: Final = Program(
    "shotwell", "Shotwell",
    All((
        Read(HIERARCHICAL, "|/"), Read(ACDSEE_KEYWORDS, "|/"), Read(ACDSEE_CATEGORIES, "|/"),
        Read(TAGS_LIST, "/"), Read(MICROSOFT, "/"),
        Read(DC_SUBJECT, inside=("/", "-")), Read(IPTC, inside=("/", "-")),
    )),
    writes=(DC_SUBJECT, HIERARCHICAL, TAGS_LIST),
    formats=_JPEG | _TIFF | {".png"} | RAW_SUFFIXES,
    finish=_with_parents,
    sources=(
        "GNOME/shotwell, src/photos/PhotoMetadata.vala, get_keywords and"
        " get_hierarchical_keywords",
        "Shotwell 0.30.17, tried",
    ),
    note="reads no sidecars",
)  # fmt: skip
WINDOWS: Final = Program(
    "windows", "Windows",
    All((Read(DC_SUBJECT), Read(IPTC), Read(XP_KEYWORDS))),
    # Not IPTC: what it cuts at 64 bytes would be shown beside the whole keyword.
    writes=(DC_SUBJECT, XP_KEYWORDS),
    formats=_JPEG | _TIFF,
    sources=(
        "learn.microsoft.com, Windows Imaging Component, 'System.Keywords Photo Metadata Policy':"
        " values of all schemas are merged",
    ),
    note="keywords without hierarchy, of JPEG and TIFF files; reads no sidecars",
)  # fmt: skip
APPLE: Final = Program(
    "apple", "Apple Photos",
    Read(DC_SUBJECT),
    writes=(DC_SUBJECT, IPTC),
    sources=(
        "RhetTbull/osxphotos, wiki 'Photos Behavior': macOS 10.15.7 takes keywords from XMP and"
        " does not appear to read IPTC",
    ),
    note="keywords without hierarchy",
)  # fmt: skip
PHOTOPRISM: Final = Program(
    "photoprism", "PhotoPrism",
    All((
        First((Read(DC_SUBJECT), Read(HIERARCHICAL), Read(MEDIAPRO))),
        Words(First(tuple(Read(field) for field in _EXIFTOOL_KEYWORDS))),
    )),
    writes=(DC_SUBJECT, IPTC),
    beside=(
        Beside("ext", "field by field", fields=(DC_SUBJECT,)),
        Beside("stem", "field by field", fields=(DC_SUBJECT,)),
    ),
    sidecar="ext",
    sources=(
        "photoprism/photoprism, internal/meta/data.go (Subject and Keywords),"
        " internal/meta/json_exiftool.go, pkg/txt/words.go",
        "photoprism/photoprism, pull request 5563 and internal/meta/xmp_migration_test.go: the"
        " sidecar's dc:subject becomes the Subject",
    ),
    note="as its Subject; IPTC keywords as single words; sidecars by versions of 2026 and later",
)  # fmt: skip
IMMICH: Final = Program(
    "immich", "Immich",
    First((
        Read(TAGS_LIST, "/"), Read(HIERARCHICAL, "|", ("/", "|")),
        *(Read(field, "/") for field in _EXIFTOOL_KEYWORDS),
    )),
    writes=(TAGS_LIST, HIERARCHICAL, IPTC),
    beside=(Beside("ext", "field by field"), Beside("stem", "field by field")),
    sidecar="ext",
    sources=(
        "immich-app/immich, server/src/services/metadata.service.ts, getTagList, mergeExifTags and"
        " processSidecar; server/src/utils/tag.ts, upsertTags",
        "docs.immich.app, 'XMP Sidecars'",
    ),
)  # fmt: skip

#: All of them, by the names they have on the command line.
PROGRAMS: Final[dict[str, Program]] = {
    program.key: program
    for program in (
        DIGIKAM, LIGHTROOM, DARKTABLE, SHOTWELL, WINDOWS, APPLE, PHOTOPRISM, IMMICH,
    )
}  # fmt: skip
