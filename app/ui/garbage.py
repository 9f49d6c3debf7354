"""When and where Python looks for garbage: on the GUI thread only, and not while somebody scrolls.

Left to itself, Python looks for garbage on whichever thread happens to make the next object. What
it finds there may be a QObject of the GUI thread, knotted up with a signal's receiver, say of a
dialog that was closed. Qt ends such an object holding one of its locks, and PySide waits for
Python's lock in the middle of it; if the GUI thread, which holds that one, wants Qt's lock at the
same moment, both wait for ever. So nothing is looked for on any other thread.

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

#: Between looks at how many young objects there are, in milliseconds.
_YOUNG_EVERY = 200
#: Young objects before they are looked at, and looks at them before those are looked at, too,
#: that were still in use then.
_YOUNG = 2_000
_LOOKS = 10
#: A full search is made after so many minutes in any case.
_AT_LEAST_EVERY = 15
#: And at most so often, in minutes, when the user goes to another program.
_AT_MOST_EVERY = 2


class Garbage(QObject):
    """Looks for garbage, for as long as it lives; from then on nobody else does, on any thread.

    All of it is looked for when the user has gone to another program, or else seldom.

    Args:
        application: whose state says whether the user is there.
    """

    def __init__(self, application: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._minutes = 0
        self._young_timer = QTimer(self, interval=_YOUNG_EVERY)
        self._young_timer.timeout.connect(self._look_at_the_young)
        self._young_timer.start()
        self._timer = QTimer(self, interval=60_000)
        self._timer.timeout.connect(self._minute)
        self._timer.start()
        application.applicationStateChanged.connect(self._state_changed)

    def _look_at_the_young(self) -> None:
        young, looks, _ = gc.get_count()
        if young > _YOUNG:
            gc.collect(1 if looks > _LOOKS else 0)

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
