"""What a network makes of folders, kept in the temporary folder."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from app.core.paths import data_path
from app.core.settings import TagSettings
from app.services.features import Extraction, Features
from app.vision.catalogue import Catalogue
from app.vision.litert import LiteRTEmbedder


def features(folder: Path, model: str) -> Features:
    """What the network makes of a folder, from the cache where it is there."""
    card = Catalogue([data_path("models")]).get(model)
    kept = cache_file(folder, card.key)
    if kept.exists():
        return Features.load(kept)
    extraction = Extraction(folder, LiteRTEmbedder(card), TagSettings().crops)
    for _ in extraction:
        pass
    extraction.features().save(kept)
    return Features.load(kept)


def cache_file(folder: Path, what: str) -> Path:
    names = sorted(str(path) for path in folder.rglob("*"))
    said = hashlib.sha256("\n".join([what, *names]).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tagwright-learning-{said}.npz"


def mean(values: Iterable[float]) -> float:
    """Rounded, for showing."""
    return round(float(np.mean(list(values))), 4)
