"""Features of a folder from the command line: fresh, or from a file of before."""

from __future__ import annotations

import sys
from pathlib import Path

from app.cli.text import printable
from app.core.errors import UsageError
from app.core.folders import Folders
from app.services.features import Extraction, Features
from app.services.setup import catalogue
from app.vision.litert import LiteRTEmbedder


def features_of(source: Path, model: str, crops: int, folders: Folders) -> Features:
    """What a network makes of a folder, or what `tagwright features` has kept of one.

    Tells on the terminal how it goes, and which photos cannot be read.

    Raises:
        UsageError: there are no photos, or none that can be read.
        ReadError: it is a file that `tagwright features` has not written.
    """
    if source.is_file():
        return Features.load(source)
    embedder = LiteRTEmbedder(catalogue(folders).get(model))
    extraction = Extraction(source, embedder, crops)
    shown = sys.stderr.isatty()
    for done in extraction:
        if shown:
            print(f"\r{done} of {extraction.photos} photos", end="", file=sys.stderr)
    if shown:
        print("\r\033[K", end="", file=sys.stderr)
    features = extraction.features()
    for error in features.failed:
        print(f"tagwright: {printable(error)}", file=sys.stderr)
    if not len(features):
        raise UsageError(f"{source}: no photo there can be read")
    return features
