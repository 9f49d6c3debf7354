"""One window for one library: a second start hands its folders to the first and ends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 1000


class Instance(QObject):
    """Hears from later starts of the program.

    Args:
        folder: of the library.
    """

    #: list[Path]: folders and files that a later start was given; may be empty.
    called = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        # Whoever holds the library is alone; a socket that is there belongs to a process that died.
        QLocalServer.removeServer(_name(folder))
        self._server.listen(_name(folder))

    def close(self) -> None:
        """Hear no more."""
        self._server.close()

    def _hear(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            try:
                said = json.loads(bytes(socket.readLine().data()))
                self.called.emit([Path(path) for path in said["add"]])
            except (ValueError, KeyError, TypeError):
                continue
            socket.write(b"ok\n")
            socket.flush()


def hand_over(folder: Path, paths: Sequence[Path]) -> bool:
    """Give folders and files to the window that is open on a library.

    Returns:
        Whether there is one and it has heard.
    """
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_PATIENCE):
        return False
    said = json.dumps({"add": [str(path.absolute()) for path in paths]})
    socket.write(said.encode() + b"\n")
    socket.waitForBytesWritten(_PATIENCE)
    heard = socket.waitForReadyRead(_PATIENCE)
    socket.disconnectFromServer()
    return heard


def _name(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.absolute()).encode(errors="surrogatepass")).hexdigest()
    return f"tagwright-{digest[:16]}"
