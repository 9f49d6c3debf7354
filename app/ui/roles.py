"""What the photo models answer beside Qt's own roles."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt


class Role(IntEnum):
    """Roles of `PhotoModel` and of the proxies over it."""

    ID = Qt.ItemDataRole.UserRole + 1  #: PhotoId
    CARD = Qt.ItemDataRole.UserRole + 2  #: core.photo.Card, or None while it is being read
    PICTURE = Qt.ItemDataRole.UserRole + 3  #: QPixmap, or None while it is being read
