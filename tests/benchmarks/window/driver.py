"""Drives a real main window as a person would, in small steps of the event loop."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.core.photo import PhotoId
from app.core.preferences import Preferences
from app.library.lock import run_lock
from app.ui.application import prepare
from app.ui.garbage import Garbage
from app.ui.window.main_window import MainWindow
from tests.benchmarks.window.material import folders
from tests.benchmarks.window.pulse import Pulse, memory

#: A step waits for so many milliseconds, or until something is so.
Step = float | Callable[[], bool]
Steps = Generator[Step, None, None]
#: What takes longer than so many seconds is stuck.
_PATIENCE = 600.0


class Driver:
    """A window on a home, and a script for it.

    Args:
        home: of the library.
        where: whether to say on stderr what the GUI thread does during stalls.
    """

    def __init__(self, home: Path, *, where: bool = False) -> None:
        self.application = QApplication(["window"])
        preferences = Preferences(theme="light", language="en", watch=False)
        prepare(self.application, preferences)
        self.folders = folders(home)
        self._lock = run_lock(self.folders.data)
        self._lock.__enter__()
        self.window = MainWindow(self.folders, preferences)
        Garbage(self.application, self.window)
        self.pulse = Pulse(where=where)
        self.painted = _Painted(self.window.view.viewport())
        self.found: dict[str, Any] = {}
        self.failed: BaseException | None = None

    def run(self, script: Steps) -> dict[str, Any]:
        """Show the window, go through the script, close. Returns `found`."""
        self.window.show()
        self._script = script
        QTimer.singleShot(0, self.window.start)
        QTimer.singleShot(0, self._go_on)
        self.application.exec()
        self.window.close()
        self._lock.__exit__(None, None, None)
        if self.failed is not None:
            raise self.failed
        return self.found

    def _go_on(self) -> None:
        try:
            step = next(self._script)
        except StopIteration:
            self.application.quit()
        except BaseException as error:  # noqa: BLE001 (raised where the loop has ended)
            self.failed = error
            self.application.quit()
        else:
            if callable(step):
                self._wait(step, time.monotonic() + _PATIENCE)
            else:
                QTimer.singleShot(round(step), self._go_on)

    def _wait(self, until: Callable[[], bool], end: float) -> None:
        if until():
            self._go_on()
        elif time.monotonic() > end:
            self.failed = TimeoutError("the window is stuck")
            self.application.quit()
        else:
            QTimer.singleShot(4, lambda: self._wait(until, end))

    # What can be done

    def measured(self, name: str, script: Steps) -> Steps:
        """Go through a script and note the stalls and the memory."""
        self.pulse.begin()
        yield from script
        self.found[name] = self.pulse.end() | memory()

    def rows(self, count: int) -> Step:
        """Until so many photos are shown and the grid was painted."""
        seen = self.painted.count
        return lambda: self.window.proxy.rowCount() == count and self.painted.count > seen

    def idle(self) -> Step:
        """Until no photo waits to be looked at."""
        return lambda: not self.window.session.is_busy()

    def key(self, key: Qt.Key | str, widget: QWidget | None = None) -> None:
        """Press a key."""
        target = widget or QApplication.focusWidget() or self.window
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key)

    def wheel(self, steps: int) -> None:
        """Turn the wheel over the grid."""
        viewport = self.window.view.viewport()
        middle = QPointF(viewport.width() / 2, viewport.height() / 2)
        QApplication.sendEvent(
            viewport,
            QWheelEvent(
                middle, viewport.mapToGlobal(middle), QPoint(), QPoint(0, -120 * steps),
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    def accept(self, photo: PhotoId, taken: list[tuple[float, float]]) -> Steps:
        """Go to a photo, accept its first suggestion; when it was seen, and when in the file."""
        window = self.window
        window.view.setFocus()
        window.photos.go_to(photo)
        yield lambda: [card.id for card in window.inspector.cards()] == [photo]
        yield 60
        card = window.model.card(photo)
        assert card is not None
        if not card.suggested:
            return
        tag = card.suggested[0].tag
        written: list[float] = []
        slot = window.session.acted.connect(lambda _: written.append(time.perf_counter()))

        def is_shown() -> bool:
            now = window.model.card(photo)
            return now is not None and tag in now.confirmed

        begun = time.perf_counter()
        self.painted.arm(is_shown)
        self.key("1")
        yield lambda: bool(written) and self.painted.moment is not None
        window.session.acted.disconnect(slot)
        assert self.painted.moment is not None
        taken.append((self.painted.moment - begun, written[0] - begun))


class _Painted(QObject):
    """Notes when the grid has been painted."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.count = 0
        self.moment: float | None = None
        self._when: Callable[[], bool] | None = None
        viewport.installEventFilter(self)

    def arm(self, when: Callable[[], bool]) -> None:
        """Note the moment of the next paint at which something is so."""
        self.moment, self._when = None, when

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            self.count += 1
            if self._when is not None and self._when():
                self._when = None
                # Before all that waits, but after the painting that is about to be done.
                after = QEvent(QEvent.Type.User)
                QApplication.postEvent(self, after, int(Qt.EventPriority.HighEventPriority.value))
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self.moment = time.perf_counter()
            return True
        return super().event(event)
