"""Starting the window: the application, its look and language, one window for one library."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.core.errors import LibraryError
from app.core.folders import Folders
from app.core.preferences import Preferences
from app.library.lock import run_lock
from app.services.preferences import load_preferences
from app.ui import reasons, theme
from app.ui.garbage import Garbage
from app.ui.icons import application_icon
from app.ui.instance import Instance, hand_over
from app.ui.translation import install
from app.ui.window.main_window import MainWindow

_log = logging.getLogger(__name__)


def run_window(folders: Folders, paths: Sequence[Path]) -> int:
    """Open the window and stay until it is closed.

    Args:
        paths: folders and photos to add at once.

    Returns:
        The exit code.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    preferences, warnings = load_preferences(folders.config)
    prepare(application, preferences)
    with ExitStack() as stack:
        try:
            stack.enter_context(run_lock(folders.data))
        except LibraryError as error:
            if hand_over(folders.data, paths):
                return 0
            QMessageBox.critical(None, "Tagwright", reasons.of_error(error))
            return 1
        window = MainWindow(folders, preferences)
        Garbage(application, window)
        instance = Instance(folders.data, window)
        instance.called.connect(window.called)
        stack.callback(window.shut_down)
        window.show()
        # The first paint comes before anything that takes time.
        QTimer.singleShot(0, lambda: window.start(paths, warnings))
        sys.excepthook = _Reporter(window)
        _close_on_signals(window)
        return application.exec()


def prepare(application: QApplication, preferences: Preferences) -> None:
    """Give an application its name, look and language."""
    # A thread that has Python's lock gives it up after so many seconds (otherwise 5 ms) when the
    # GUI thread waits for it.
    sys.setswitchinterval(0.001)
    application.setApplicationName("Tagwright")
    application.setApplicationDisplayName("Tagwright")
    application.setOrganizationName("Tagwright")
    application.setDesktopFileName("tagwright")
    install(application, preferences.language)
    theme.apply(application, preferences.theme)
    application.setWindowIcon(application_icon())


class _Reporter:
    """Says in the window that something went wrong which nobody expected, and logs it."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        _log.critical("unexpected error", exc_info=(kind, error, trace))
        self._window.report(f"{kind.__name__}: {error}")


def _close_on_signals(window: MainWindow) -> None:
    """Close the window as cleanly on Ctrl-C in the terminal, or when the system shuts down."""
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, window)

    def close() -> None:
        if ours.recv(64):
            window.asks_before_closing = False
            window.close()

    notifier.activated.connect(close)
    # Python's handlers run only between Python's own steps; the byte wakes Qt's loop for them.
    signal.set_wakeup_fd(theirs.fileno())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)

    # Held here until then: a connection to `theirs.close` itself would not keep the socket, and
    # closed it reads as a signal.
    def end() -> None:
        signal.set_wakeup_fd(-1)
        for one in (ours, theirs):
            one.close()

    window.destroyed.connect(end)
