"""Word of photos that have changed, collected so that the window does not paint for each one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.photo import PhotoId

#: What is collected is told after so long, in milliseconds: often enough to look alive.
_COLLECT = 60


class News(QObject):
    """Collects what has become of photos, and tells it a moment later."""

    #: list[PhotoId]
    added = Signal(object)
    #: list[PhotoId]
    changed = Signal(object)
    #: list[PhotoId]
    removed = Signal(object)
    #: All that was collected has been told.
    told = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._added: list[PhotoId] = []
        self._changed: set[PhotoId] = set()
        self._removed: list[PhotoId] = []
        self._is_closed = False
        self._timer = QTimer(self, interval=_COLLECT, singleShot=True)
        self._timer.timeout.connect(self.tell)

    def collect(
        self,
        *,
        added: Iterable[PhotoId] = (),
        changed: Iterable[PhotoId] = (),
        removed: Iterable[PhotoId] = (),
    ) -> None:
        """Something has become of photos."""
        self._added.extend(added)
        self._changed.update(changed)
        self._removed.extend(removed)
        if not self._timer.isActive() and not self._is_closed:
            self._timer.start()

    @Slot()
    def tell(self) -> None:
        """Tell it now."""
        added, self._added = self._added, []
        changed, self._changed = self._changed, set()
        removed, self._removed = self._removed, []
        if removed:
            self.removed.emit(removed)
        if added:
            self.added.emit(added)
        if changed:
            self.changed.emit(sorted(changed))
        self.told.emit()

    def close(self) -> None:
        """Tell nothing by itself any more."""
        self._is_closed = True
        self._timer.stop()
