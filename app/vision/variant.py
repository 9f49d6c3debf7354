"""A network that was just converted, run before anybody has registered it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from app.core.errors import ModelError
from app.vision.catalogue import ModelCard


def variant(card: ModelCard, content: bytes, path: Path) -> ModelCard:
    """The card of a network as it would be with another LiteRT file.

    Args:
        content: of the file.
        path: where it is written, for as long as the card is used.

    Raises:
        ModelError: it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ModelError(path, error.strerror or str(error)) from error
    return replace(card, file=path, sha256=hashlib.sha256(content).hexdigest())
