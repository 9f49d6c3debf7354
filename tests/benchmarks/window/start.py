"""A process that starts as `python -m app` does, and says when it got how far.

    python -m tests.benchmarks.window.start SINCE [--bare]

SINCE is `time.monotonic()` of who starts it, just before. With `--bare` an empty QMainWindow of
Qt is shown instead, which is the least that any program with this toolkit takes.
"""

# ruff: noqa: E402 (what is imported when is what is measured)
import time

_BEGUN = time.monotonic()

import gc
import json
import sys
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

#: After the first paint the process goes on for so long at most, for thumbnails.
_PATIENCE = 8.0


class Watched(QApplication):
    """Notes when the main window has been painted for the first time, with all that is in it."""

    def __init__(self, since: float) -> None:
        self.since = since
        self.moments: dict[str, float] = {}
        self._depth = 0
        self._painted = False
        self._seen = False
        super().__init__(["window"])
        self.note("python", _BEGUN)

    def note(self, name: str, moment: float | None = None) -> None:
        """So far it is now."""
        if name not in self.moments:
            self.moments[name] = round((moment or time.monotonic()) - self.since, 3)
            self.moments[f"{name}_cpu"] = round(time.process_time(), 3)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        kind = event.type()
        self._depth += 1
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            if kind == QEvent.Type.Paint and isinstance(receiver, QWidget):
                self._saw(receiver)
            if self._depth == 0 and self._painted and not self._seen:
                self._seen = True
                self.note("first_paint")

    def _saw(self, widget: QWidget) -> None:
        window = widget.window()
        if not isinstance(window, QMainWindow):
            return
        self._painted = True
        view = getattr(window, "view", None)
        if view is None or widget is not view.viewport():
            return
        visible = view.visible_rows()
        if not visible:
            return
        self.note("rows_painted")
        ids = window.proxy.ids()[visible.start : visible.stop].tolist()
        shown = sum(window.pictures.get(photo) is not None for photo in ids)
        if shown:
            self.note("first_thumbnails")
        if shown == len(visible):
            self.note("all_thumbnails")


def main() -> None:
    """Start, wait for the paints, close, and print the moments."""
    application = Watched(float(sys.argv[1]))
    wants = {"first_paint"} if "--empty" in sys.argv else {"all_thumbnails"}
    if "--bare" in sys.argv:
        application.note("imported")
        window: Any = QMainWindow()
        application.note("made")
        window.resize(1280, 820)
        window.show()
        run, wants = application.exec, {"first_paint"}
    else:
        run = _real(application)

    def look() -> None:
        waited = time.monotonic() - application.since
        if wants <= application.moments.keys() or waited > _PATIENCE:
            poll.stop()
            for widget in application.topLevelWidgets():
                if isinstance(widget, QMainWindow):
                    widget.close()

    poll = QTimer(interval=50)
    poll.timeout.connect(look)
    poll.start()
    run()
    application.note("closed")
    print(json.dumps(application.moments))


def _real(application: Watched) -> Any:
    from app.bootstrap import user_folders

    gc.disable()  # as `app.bootstrap` does
    from app.ui import application as module

    application.note("imported")

    class Noted(module.MainWindow):
        def __init__(self, *given: Any) -> None:
            application.note("prepared")
            super().__init__(*given)
            application.note("made")

    module.MainWindow = Noted  # type: ignore[misc]
    return lambda: module.run_window(user_folders(), [])


if __name__ == "__main__":
    main()
