"""Word of photos that have changed, collected so that the window does not paint for each one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from app.core.photo import PhotoId

#: It is told so often, in milliseconds: often enough to look alive.
_COLLECT = 60


class News(QObject):
    """Collects what has become of photos while much does, and tells it a moment later."""

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
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.tell)
        self._told = QElapsedTimer()

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
            # What comes after a while of silence is waited for, as a rule.
            since = self._told.elapsed() if self._told.isValid() else _COLLECT
            self._timer.start(max(0, _COLLECT - since))

    @Slot()
    def tell(self) -> None:
        """Tell it now."""
        self._told.start()
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
