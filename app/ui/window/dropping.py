"""Folders and files that are dropped onto the window or pasted into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget


def paths_in(data: QMimeData) -> list[Path]:
    """The local files and folders that are dragged or were copied.

    File managers give URLs; a terminal or an editor gives text, one path or URL on a line.
    """
    urls = data.urls()
    if not urls and data.hasText():
        urls = [_url(line.strip()) for line in data.text().splitlines() if line.strip()]
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile() and url.toLocalFile()]
    return list(dict.fromkeys(paths))


def _url(line: str) -> QUrl:
    if line.startswith("file:"):
        return QUrl(line)
    path = Path(line).expanduser()
    return QUrl.fromLocalFile(str(path)) if path.is_absolute() else QUrl()


class DropTarget(QObject):
    """Takes files that are dropped onto any part of a window.

    It looks at events before the widget under the pointer does, since a grid or a text field
    would have its own idea of what a file is; what the program itself drags is left alone.

    Args:
        window: the window with all its children.
    """

    #: list[Path]
    dropped = Signal(object)
    #: bool: whether files are above the window that it would take.
    hovering = Signal(bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handler = self._HANDLERS.get(event.type())
        if handler is None or not isinstance(watched, QWidget):
            return False
        if watched.window() is not self._window:
            return False
        return handler(self, event)

    def _drag(self, event: QEvent) -> bool:
        assert isinstance(event, QDropEvent)
        if event.source() is not None or not paths_in(event.mimeData()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.hovering.emit(True)
        return True

    def _leave(self, event: QEvent) -> bool:
        self.hovering.emit(False)
        return False

    def _drop(self, event: QEvent) -> bool:
        assert isinstance(event, QDropEvent)
        self.hovering.emit(False)
        paths = paths_in(event.mimeData()) if event.source() is None else []
        if not paths:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(paths)
        return True

    _HANDLERS: ClassVar[dict[QEvent.Type, Callable[..., bool]]] = {
        QEvent.Type.DragEnter: _drag,
        QEvent.Type.DragMove: _drag,
        QEvent.Type.DragLeave: _leave,
        QEvent.Type.Drop: _drop,
    }
