"""When Python looks for garbage: not while somebody scrolls.

Python's full search looks at every object that there is, with all threads waiting: some 100 ms in
a window that holds thousands of photos' cards. Nearly all garbage is freed at once, by counting
references, and most of the rest is found among the young objects, which takes no time to speak of.
So what the program begins with is never looked at again, and full searches wait until nobody is
there to notice.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

#: Young objects before they are looked at, looks at them before the next generation, and (in
#: practice never) of those before a full search.
_THRESHOLDS = (2_000, 10, 1_000_000)
#: A full search is made after so many minutes in any case.
_AT_LEAST_EVERY = 15
#: And at most so often, in minutes, when the user goes to another program.
_AT_MOST_EVERY = 2


class Garbage(QObject):
    """Looks for garbage when the user has gone to another program, or else seldom.

    Args:
        application: whose state says whether the user is there.
    """

    def __init__(self, application: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.freeze()
        gc.set_threshold(*_THRESHOLDS)
        gc.enable()
        self._minutes = 0
        self._timer = QTimer(self, interval=60_000)
        self._timer.timeout.connect(self._minute)
        self._timer.start()
        application.applicationStateChanged.connect(self._state_changed)

    def _minute(self) -> None:
        self._minutes += 1
        if self._minutes >= _AT_LEAST_EVERY:
            self._collect()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive and self._minutes >= _AT_MOST_EVERY:
            self._collect()

    def _collect(self) -> None:
        self._minutes = 0
        gc.collect()
