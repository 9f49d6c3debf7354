"""ExifTool: the fields as they are, and the tags that they make together."""

from __future__ import annotations

import json
from pathlib import Path

from tests.interop.programs.base import Shown, joined, output, photos_in, with_tags

COMMANDS = ("exiftool",)

DC, LR, DIGIKAM = "XMP-dc:Subject", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList"
IPTC, WINDOWS = "IPTC:Keywords", "IFD0:XPKeywords"
MICROSOFT = "XMP-microsoft:LastKeywordXMP"

Fields = dict[str, list[str]]


def read_fields(folder: Path) -> dict[str, Fields]:
    """The keyword fields of each photo, of its sidecar where it has one."""
    photos = {str(with_tags(photo)): photo.name for photo in photos_in(folder)}
    asked = [f"-{field}" for field in (DC, LR, DIGIKAM, IPTC, MICROSOFT)] + ["-EXIF:XPKeywords"]
    answer = output(["exiftool", "-j", "-a", "-G1", "-charset", "iptc=latin", *asked, *photos])
    return {
        photos[row.pop("SourceFile")]: {
            field: [str(text) for text in (value if isinstance(value, list) else [value])]
            for field, value in row.items()
        }
        for row in json.loads(answer or "[]")
    }


def read(folder: Path, work: Path) -> Shown:
    """The paths of lr:hierarchicalSubject, and the keywords that are in none."""
    del work
    return {
        name: joined((tuple(path.split("|")) for path in fields.get(LR, [])), fields.get(DC, []))
        for name, fields in read_fields(folder).items()
    }
