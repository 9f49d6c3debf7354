"""The keyword fields of photo files: one table that says what each one holds.

Keywords live in several places at once, and photo managers differ in which they read, many of
them stopping at the first one that holds something. Everything about a field that code needs
to know stands here and nowhere else.

Who reads what ('>' the first of these that holds something, '+' all of them):

    digiKam     tags_list > microsoft > hierarchical > mediapro > acdsee_categories > dc_subject
                > iptc > xp_keywords [1]
    Shotwell    hierarchical + acdsee_keywords + acdsee_categories + tags_list + microsoft,
                and dc_subject + iptc for keywords without a path [2]
    darktable   (hierarchical > dc_subject) + iptc [3]
    Immich      tags_list > hierarchical > iptc; a sidecar's before the photo's [4]
    Windows     dc_subject + iptc + xp_keywords; it writes microsoft and does not read it [5]
    PhotoPrism  iptc as keywords, dc_subject > hierarchical > mediapro as the subject; of
                sidecars only a dc_subject that is a rdf:Seq [6]
    Lightroom   hierarchical and dc_subject, both of which it writes (which wins is not known)
    Apple       dc_subject or iptc on import (which wins is not known)

[1] `DMetadataSettingsContainer::defaultTagValues` and `DMetadata::getItemTagsPath`; a setting
    makes it read all. A '/' in a name becomes a backslash. Shown as paths at '.' in iptc.
[2] `KEYWORD_TAGS`, `HIERARCHICAL_KEYWORD_TAGS` of `PhotoMetadata.vala`. It writes tags_list and
    microsoft with a '/' in front.
[3] `_exif_decode_xmp_data`, `_exif_decode_iptc_data` of `exif.cc`.
[4] `getTagList`, `mergeExifTags` of `metadata.service.ts`; dc_subject is not read. Its tags are
    separated by '/', and a '/' in a name of hierarchical becomes '|'.
[5] "System.Keywords Photo Metadata Policy", Windows Imaging Component documentation: values are
    merged. Also IFD0 tag 18247.
[6] `Data` of `internal/meta/data.go` (ExifTool's names), `XmpDocument.Keywords` of
    `internal/meta/xmp_document.go`; its issues 2075, 5168.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML: Final = "http://www.w3.org/XML/1998/namespace"

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One place where keywords are kept.

    Attributes:
        key: the name of the field in this program's reports.
        holds: "leaf" for bare keywords, "path" for a keyword with its place in a hierarchy.
        separator: what stands between the levels of a path; empty for leaves.
        escapes: (character, stand-in) pairs for characters that a level's name cannot hold
            as they are.
        container: the RDF container that a new property gets.
        namespace: URI of the XMP namespace; empty where the field is no XMP property.
        prefix: the usual prefix of that namespace.
        local: the local name of the XMP property.
        written: whether this program writes the field, or only reads it.
        readers: programs that are known to show what the field holds.
    """

    key: str
    holds: Literal["leaf", "path"]
    separator: str = ""
    escapes: tuple[tuple[str, str], ...] = ()
    container: Literal["Bag", "Seq"] = "Bag"
    namespace: str = ""
    prefix: str = ""
    local: str = ""
    written: bool = False
    readers: tuple[str, ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        """(namespace URI, local name) of the XMP property."""
        return self.namespace, self.local

    def encode(self, path: Path) -> str:
        """The text that stands for a tag's path in this field."""
        if self.holds == "leaf":
            return path[-1]
        return self.separator.join(self._each(level, 0, 1) for level in path)

    def decode(self, text: str) -> Path:
        """The path that a text of this field stands for; empty levels are left out."""
        if self.holds == "leaf":
            return (text.strip(),) if text.strip() else ()
        levels = (level.strip() for level in text.split(self.separator))
        return tuple(self._each(level, 1, 0) for level in levels if level)

    def _each(self, level: str, old: int, new: int) -> str:
        for pair in self.escapes:
            level = level.replace(pair[old], pair[new])
        return level


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What changes in one field: texts as the field spells them; what is taken out goes first."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


#: The keyword without its parents. XMP specification part 1, section 8.3 (an unordered array
#: of text). Lightroom and Shotwell also put the parents here, each as a keyword of its own.
DC_SUBJECT: Final = Field(
    "dc_subject", "leaf", namespace="http://purl.org/dc/elements/1.1/", prefix="dc",
    local="subject", written=True,
    readers=("Lightroom", "digiKam", "darktable", "Shotwell", "Windows", "Apple Photos",
             "PhotoPrism"),
)  # fmt: skip
HIERARCHICAL: Final = Field(
    "hierarchical", "path", "|", namespace="http://ns.adobe.com/lightroom/1.0/", prefix="lr",
    local="hierarchicalSubject", written=True,
    readers=("Lightroom", "darktable", "Shotwell", "digiKam", "Immich", "PhotoPrism"),
)  # fmt: skip
#: digiKam has no escape for its separator; where it turns a name with a slash from another
#: field into a path of its own it puts a backslash there, and so do we.
TAGS_LIST: Final = Field(
    "tags_list", "path", "/", (("/", "\\"),), "Seq", "http://www.digikam.org/ns/1.0/",
    "digiKam", "TagsList", True, ("digiKam", "Shotwell", "Immich"),
)  # fmt: skip
#: IPTC-NAA Information Interchange Model 4.2, dataset 2:25, repeatable, 64 octets each.
IPTC: Final = Field(
    "iptc", "leaf", written=True,
    readers=("Shotwell", "digiKam", "Immich", "darktable", "Windows", "Apple Photos",
             "PhotoPrism"),
)  # fmt: skip
#: Written by Windows with what it has written to dc:subject; plain keywords, or the paths of
#: Windows Photo Gallery ('People/Anna').
MICROSOFT: Final = Field(
    "microsoft", "path", "/", (("/", "\\"),), namespace="http://ns.microsoft.com/photo/1.0/",
    prefix="MicrosoftPhoto", local="LastKeywordXMP", readers=("digiKam", "Shotwell"),
)  # fmt: skip
MEDIAPRO: Final = Field(
    "mediapro", "path", "|", namespace="http://ns.iview-multimedia.com/mediapro/1.0/",
    prefix="mediapro", local="CatalogSets", readers=("Media Pro", "digiKam", "PhotoPrism"),
)  # fmt: skip
ACDSEE_KEYWORDS: Final = Field(
    "acdsee_keywords", "path", "|", namespace="http://ns.acdsee.com/iptc/1.0/", prefix="acdsee",
    local="keywords", readers=("ACDSee", "Shotwell"),
)  # fmt: skip
#: One text that holds an XML fragment of nested categories; see `app.metadata.blocks.acdsee`.
ACDSEE_CATEGORIES: Final = Field(
    "acdsee_categories", "path", "|", namespace="http://ns.acdsee.com/iptc/1.0/",
    prefix="acdsee", local="categories", readers=("ACDSee", "digiKam", "Shotwell"),
)  # fmt: skip
#: Exif tag 0x9C9E of IFD0: UTF-16LE, separated by semicolons.
XP_KEYWORDS: Final = Field("xp_keywords", "leaf", readers=("Windows", "digiKam"))

ALL: Final[tuple[Field, ...]] = (
    TAGS_LIST, HIERARCHICAL, MICROSOFT, MEDIAPRO, ACDSEE_KEYWORDS, ACDSEE_CATEGORIES,
    DC_SUBJECT, IPTC, XP_KEYWORDS,
)  # fmt: skip
IN_XMP: Final = tuple(field for field in ALL if field.namespace)
WRITTEN_IN_XMP: Final = tuple(
    field for field in (DC_SUBJECT, HIERARCHICAL, TAGS_LIST) if field.written
)
BY_KEY: Final = {field.key: field for field in ALL}


def keys(fields: Sequence[Field]) -> tuple[str, ...]:
    """The keys of some fields, in their order."""
    return tuple(field.key for field in fields)
