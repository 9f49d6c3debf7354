"""Exiv2: what it finds in the photo or its sidecar."""

from __future__ import annotations

from pathlib import Path

from tests.interop.programs.base import Shown, joined, output, photos_in, with_tags

COMMANDS = ("exiv2",)

_DC, _LR = "Xmp.dc.subject", "Xmp.lr.hierarchicalSubject"


def read(folder: Path, work: Path) -> Shown:
    """The paths of lr:hierarchicalSubject, and the keywords that are in none.

    Exiv2 prints an array as 'a, b'; so no tag of the cases has a comma in it.
    """
    del work
    shown = {}
    for photo in photos_in(folder):
        found: dict[str, list[str]] = {_DC: [], _LR: []}
        keys = [part for key in found for part in ("-K", key)]
        for line in output(["exiv2", "-q", *keys, "-Pkt", with_tags(photo)]).splitlines():
            key, _, text = line.partition(" ")
            if key in found:
                found[key] += text.strip().split(", ")
        shown[photo.name] = joined((tuple(path.split("|")) for path in found[_LR]), found[_DC])
    return shown
