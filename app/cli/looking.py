"""Features of a folder from the command line: fresh, or from a file of before."""

from __future__ import annotations

import sys
from pathlib import Path

from app.cli.text import printable
from app.core.errors import UsageError
from app.core.folders import Folders
from app.core.settings import Device
from app.services.features import Extraction, Features
from app.services.setup import catalogue
from app.vision.backends import GpuUse
from app.vision.embedder import Embedder


def embedder_for(model: str, device: Device, folders: Folders) -> Embedder:
    """A network of the catalogue, ready to run; tells on the terminal when a card has failed."""

    def tell(notice: str) -> None:
        print(f"tagwright: {printable(notice)}", file=sys.stderr)

    return GpuUse(folders.cache).choose(catalogue(folders).get(model), device, notify=tell)


def features_of(
    source: Path, model: str, crops: int, folders: Folders, device: Device = "auto"
) -> Features:
    """What a network makes of a folder, or what `tagwright features` has kept of one.

    Tells on the terminal how it goes, and which photos cannot be read.

    Raises:
        UsageError: there are no photos, or none that can be read.
        ReadError: it is a file that `tagwright features` has not written.
    """
    if source.is_file():
        return Features.load(source)
    extraction = Extraction(source, embedder_for(model, device, folders), crops)
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
