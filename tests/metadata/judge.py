"""What ExifTool and Pillow see in a photo, for comparing before and after."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

#: What writing tags is meant to change, as ExifTool names it.
INTENDED = frozenset(
    {
        "XMP-dc:Subject",
        "XMP-lr:HierarchicalSubject",
        "XMP-digiKam:TagsList",
        "IPTC:Keywords",
        "IFD0:XPKeywords",
    }
)
#: What follows from that: the digest of the IPTC block.
FOLLOWING = frozenset({"File:CurrentIPTCDigest", "Photoshop:IPTCDigest"})
#: What comes with a packet or a block where there was none.
CREATED = frozenset(
    {
        "XMP-x:XMPToolkit",
        "IPTC:CodedCharacterSet",
        "IPTC:ApplicationRecordVersion",
        "File:ExifByteOrder",
    }
)
#: What a WebP says of itself once it can hold metadata: the VP8X chunk's fields.
EXTENDED_WEBP = frozenset(
    {"RIFF:WebP_Flags", "RIFF:Copy1:ImageWidth", "RIFF:Copy1:ImageHeight", "File:FileType"}
)
#: Where the second picture stands; its bytes are compared instead.
POSITIONS = ("MPImageStart", "MPImageLength")
_FILE = (
    "FileModifyDate",
    "FileAccessDate",
    "FileInodeChangeDate",
    "FileSize",
    "Directory",
    "FilePermissions",
)


class ExifTool:
    """ExifTool, asked for everything it can find, binary values included."""

    def dump(self, paths: Sequence[Path]) -> dict[str, dict[str, object]]:
        """All values by 'group:tag' (and ':CopyN' between them), by the file's name."""
        if not paths:
            return {}
        answer = subprocess.run(
            ["exiftool", "-j", "-G1:4", "-a", "-u", "-U", "-ee", "-b", "-n", *map(str, paths)],
            capture_output=True,
        )
        found = json.loads(answer.stdout)
        return {Path(each.pop("SourceFile")).name: each for each in found}

    def differences(self, old: dict[str, object], new: dict[str, object]) -> dict[str, object]:
        """What differs and was not meant to."""
        result: dict[str, object] = {}
        for key in old.keys() | new.keys():
            if old.get(key) == new.get(key) or key.split(":")[-1] in _FILE:
                continue
            if key in INTENDED | FOLLOWING or (key in CREATED and key not in old):
                continue
            if key in EXTENDED_WEBP and new.get("File:FileType") == "Extended WEBP":
                continue
            if key.startswith("XMP-tagwright:"):
                continue
            if key.startswith("MPImage") and key.endswith(POSITIONS):
                continue
            result[key] = (old.get(key), new.get(key))
        return result


def pixels(path: Path) -> np.ndarray:
    """The decoded picture."""
    with Image.open(path) as image:
        return np.asarray(image)
