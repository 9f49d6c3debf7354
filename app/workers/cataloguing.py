"""What the window asks of the catalogue of networks, on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.core.errors import TagwrightError
from app.core.folders import Folders
from app.services.models import find_labels, remove_model
from app.services.networks import known_networks
from app.workers.thread import Thread


class CatalogueReader(QObject):
    """Reads the catalogue, looks for labels, and removes networks.

    Args:
        folders: whose catalogue it is.
    """

    #: list[KnownNetwork]: first as their cards say, then with what is wrong with their files.
    found = Signal(object)
    #: The file of a network, and the path of its labels or None.
    labels_found = Signal(object, object)
    #: str: the id of a network that is gone.
    removed = Signal(str)
    #: TagwrightError: why something was not done.
    failed = Signal(object)

    _heard = Signal(object, object)

    def __init__(self, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._asked = 0
        self._threads: list[Thread] = []
        self._heard.connect(self._answer)

    def read(self) -> None:
        """Read all cards anew; of several reads only the last is answered."""
        self._asked += 1
        number = self._asked

        def work() -> None:
            for thorough in (False, True):
                networks = known_networks(self._folders, thorough=thorough)
                if number != self._asked:
                    return
                self._heard.emit(partial(self._found, number, networks), None)

        self._run("catalogue", work)

    def find_labels(self, network: Path) -> None:
        """Look for the file of labels beside a network; `labels_found` follows."""

        def work() -> None:
            labels = find_labels(network)
            self._heard.emit(lambda: self.labels_found.emit(network, labels), None)

        self._run("labels", work)

    def remove(self, model_id: str) -> None:
        """Take a network of the user out of the catalogue; `removed` or `failed` follows."""

        def work() -> None:
            remove_model(self._folders, model_id)
            self._heard.emit(lambda: self.removed.emit(model_id), None)

        self._run("removing", work)

    def close(self) -> None:
        """End, and wait until the threads are gone."""
        self._asked += 1
        for thread in self._threads:
            thread.wait()
        self._threads.clear()

    def _run(self, name: str, work: Callable[[], None]) -> None:
        thread = Thread(name, work, lambda error: self._heard.emit(None, error))
        self._threads = [each for each in self._threads if not each.isFinished()]
        self._threads.append(thread)
        thread.start()

    def _found(self, number: int, networks: object) -> None:
        if number == self._asked:
            self.found.emit(networks)

    @Slot(object, object)
    def _answer(self, say: Callable[[], None] | None, error: BaseException | None) -> None:
        if say is not None:
            say()
        elif isinstance(error, TagwrightError):
            self.failed.emit(error)
        elif error is not None:
            raise error
