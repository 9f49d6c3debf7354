"""The writer as most tests need it: tags are added, and there is no way back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from app.core.change import Origin, TagChange
from app.core.settings import WriteOptions
from app.core.tag import Tag
from app.metadata.storage.commit import FileState
from app.metadata.writer import WriteReport, write_tags


def add_tags(
    path: Path,
    tags: Sequence[Tag],
    *,
    mode: Literal["auto", "sidecar"] = "auto",
    expected: FileState | None = None,
    suggested: float | None = None,
) -> WriteReport:
    """Add tags to a photo, or beside it, as the user's own or as suggested with a certainty."""
    options = WriteOptions(embed=mode == "auto")
    origin = Origin(suggested is None, suggested, "" if suggested is None else "net")
    return write_tags(
        path,
        TagChange(add=tuple(tags)),
        origins=dict.fromkeys(tags, origin),
        options=options,
        expected=expected,
    )
