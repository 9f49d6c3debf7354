"""The inspector for so many photos that their cards are not kept: they are only counted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer

from app.core.errors import TagwrightError
from app.library.library import Library
from app.ui.context import Context
from app.ui.inspector.panel import InspectorPanel
from app.ui.inspector.summary import Counting, Summary

#: Photos that one question reads.
_TOGETHER = 2000
#: While photos change, they are counted again so often, in milliseconds.
_AGAIN = 3000


class ManyPhotos(QObject):
    """Shows what many photos have in common, all of them: a click is about each one.

    Args:
        context: asks the library.
        inspector: where it is shown.
    """

    def __init__(self, context: Context, inspector: InspectorPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._inspector = inspector
        self._ids: NDArray[np.int64] | None = None
        self._is_counting = False
        self._again = QTimer(self, interval=_AGAIN, singleShot=True)
        self._again.timeout.connect(self._count_again)

    def show(self, ids: NDArray[np.int64]) -> None:
        """Show photos; the same ones again where something about them may have changed."""
        if self._ids is not None and np.array_equal(ids, self._ids):
            if not self._again.isActive():
                self._again.start()
            return
        self._inspector.show_cards([], len(ids))
        self._count(ids)

    def leave(self) -> None:
        """Others are shown now."""
        self._ids = None
        self._again.stop()

    def _count_again(self) -> None:
        if self._is_counting:
            self._again.start()
        elif self._ids is not None:
            self._count(self._ids.copy())

    def _count(self, ids: NDArray[np.int64]) -> None:
        self._ids = ids
        self._is_counting = True

        def count(library: Library) -> Summary | None:
            counting = Counting()
            for start in range(0, len(ids), _TOGETHER):
                if self._ids is not ids:  # others are selected by now
                    return None
                counting.add(library.cards(ids[start : start + _TOGETHER].tolist()))
            return counting.summary()

        def show(summary: Summary | None) -> None:
            if self._ids is not ids:
                return
            self._is_counting = False
            if summary is not None:
                self._inspector.show_summary(summary)

        def failed(_: TagwrightError) -> None:
            if self._ids is ids:
                self._is_counting = False

        self._context.reader.ask(count, show, key="inspected many", failed=failed)
