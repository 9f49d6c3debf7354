"""What is dragged inside the window: photos onto tags, tags onto tags."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QMimeData

from app.core.errors import UsageError
from app.core.photo import PhotoId
from app.core.tag import Tag

#: JSON: a list of photo ids.
PHOTOS_MIME = "application/x-tagwright-photos"
#: JSON: a list of tags as `str(tag)`.
TAGS_MIME = "application/x-tagwright-tags"


def put_photos(data: QMimeData, photos: Iterable[PhotoId]) -> None:
    """Let photos be dragged."""
    data.setData(PHOTOS_MIME, json.dumps(list(photos)).encode())


def put_tags(data: QMimeData, tags: Iterable[Tag]) -> None:
    """Let tags be dragged."""
    data.setData(TAGS_MIME, json.dumps([str(tag) for tag in tags]).encode())


def photos_in(data: QMimeData) -> list[PhotoId]:
    """The photos that somebody drags; empty if it is something else."""
    ids = _loaded(data, PHOTOS_MIME)
    return ids if all(type(each) is int for each in ids) else []


def tags_in(data: QMimeData) -> list[Tag]:
    """The tags that somebody drags; empty if it is something else."""
    try:
        return [Tag.parse(text) for text in _loaded(data, TAGS_MIME) if isinstance(text, str)]
    except UsageError:
        return []


def _loaded(data: QMimeData, kind: str) -> list[Any]:
    if not data.hasFormat(kind):
        return []
    try:
        loaded = json.loads(bytes(data.data(kind).data()))
    except ValueError:
        return []
    return loaded if isinstance(loaded, list) else []
