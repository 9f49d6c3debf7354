"""The networks of one window: the catalogue, what is fetched for it, and training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.core.errors import TagwrightError
from app.core.folders import Folders
from app.core.paths import data_path
from app.library.library import Library
from app.ui import reasons

if TYPE_CHECKING:
    from app.services.networks import KnownNetwork
    from app.ui.networks.dialog import NetworksDialog
    from app.ui.window.commands import Commands
    from app.ui.window.main_window import MainWindow
    from app.vision.catalogue import ModelCard
    from app.workers.cataloguing import CatalogueReader
    from app.workers.fetching import Fetcher

#: Id and name of some networks.
Ids = list[tuple[str, str]]


class Networks(QObject):
    """Opens the dialogs, and fetches networks also while they are closed.

    Args:
        window: whose network is chosen.
        commands: which open dialogs and take settings.
    """

    #: list[tuple[str, str]]: id and name of the networks that are here, whenever they were read.
    catalogue_read = Signal(object)

    def __init__(self, window: MainWindow, commands: Commands) -> None:
        super().__init__(commands)
        self._window = window
        self._commands = commands
        self._fetcher: Fetcher | None = None
        self._reader: CatalogueReader | None = None
        self._dialog: NetworksDialog | None = None
        window.preferences_changed.connect(self._follow)

    def show(self) -> None:
        """Show the catalogue; the window stays free meanwhile."""
        from app.ui.networks.dialog import NetworksDialog

        window = self._window
        if self._dialog is None:
            dialog = NetworksDialog(
                window.folders, window.preferences.model, self._fetching(), window
            )
            dialog.use_wanted.connect(self.use)
            dialog.train_wanted.connect(self.train)
            dialog.catalogue_read.connect(self._read)
            dialog.finished.connect(self._forget)
            self._dialog = dialog
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.show()
        else:
            self._dialog.raise_()
            self._dialog.activateWindow()

    def train(self) -> None:
        """Train a network on a folder of classes; the window stays free meanwhile."""
        folders = self._window.folders

        def look(_: Library) -> Ids:
            cards = _cards_here(folders)
            return [(card.id, card.name) for card in cards if card.float_model is not None]

        self._window.reader.ask(look, self._show_training, key="bases", failed=self._say_why)

    def ask_for_those_here(
        self, answer: Callable[[Ids], None], failed: Callable[[TagwrightError], None]
    ) -> None:
        """Tell somebody which networks are here, as soon as their cards are read."""
        folders = self._window.folders

        def look(_: Library) -> Ids:
            return [(card.id, card.name) for card in _cards_here(folders)]

        self._window.reader.ask(look, answer, failed=failed)

    def ask_for_names(self, answer: Callable[[tuple[str, list[str]]], None]) -> None:
        """Tell somebody the name of the network in use, and of those that come with the program."""
        folders, in_use = self._window.folders, self._window.preferences.model
        program = data_path("models")

        def look(_: Library) -> tuple[str, list[str]]:
            cards = _cards_here(folders)
            name = next((card.name for card in cards if card.id == in_use), in_use)
            return name, [card.name for card in cards if card.path.parent == program]

        self._window.reader.ask(look, answer, key="about", failed=self._say_why)

    @Slot(object)
    def _show_training(self, bases: Ids) -> None:
        from app.ui.training.dialog import TrainingDialog

        dialog = TrainingDialog(bases, parent=self._window)
        dialog.use_wanted.connect(self.use)
        dialog.trained.connect(self.refresh)
        self._commands.open("train", dialog, modal=False)

    @Slot(str)
    def use(self, model_id: str) -> None:
        """Look at photos with another network from now on."""
        self._commands.use(replace(self._window.preferences, model=model_id))

    @Slot(str)
    def refresh(self, model_id: str = "") -> None:
        """Read the catalogue anew, in which something has changed.

        Args:
            model_id: of a network that is new in it.
        """
        if self._dialog is not None:
            self._dialog.refresh(model_id)
            return
        if self._reader is None:
            from app.workers.cataloguing import CatalogueReader

            self._reader = CatalogueReader(self._window.folders, self)
            self._reader.found.connect(self._read)
        self._reader.read()

    def close(self) -> None:
        """Leave what is being fetched for later."""
        if self._fetcher is not None:
            self._fetcher.close()
        if self._reader is not None:
            self._reader.close()

    def _fetching(self) -> Fetcher:
        if self._fetcher is None:
            from app.workers.fetching import Fetcher

            self._fetcher = Fetcher(self)
            self._fetcher.fetched.connect(self._fetched)
            self._fetcher.failed.connect(self._fetch_failed)
        return self._fetcher

    @Slot(object)
    def _read(self, networks: Sequence[KnownNetwork]) -> None:
        here = [each for each in networks if each.place != "fetchable" and each.card is not None]
        self.catalogue_read.emit([(each.id, each.name) for each in here])

    @Slot(str)
    def _fetched(self, model_id: str) -> None:
        if self._dialog is None:  # else that says it
            text = self.tr("The network {name} is here now.")
            self._window.status.say(text.format(name=model_id))
            self.refresh()

    @Slot(str, str)
    def _fetch_failed(self, model_id: str, reason: str) -> None:
        if self._dialog is None:
            text = self.tr("The network {name} could not be fetched: {reason}")
            self._window.status.say(text.format(name=model_id, reason=reasons.in_words(reason)))

    def _say_why(self, error: TagwrightError) -> None:
        self._window.status.say(reasons.of_error(error))

    @Slot()
    def _follow(self) -> None:
        if self._dialog is not None:
            self._dialog.set_in_use(self._window.preferences.model)

    @Slot()
    def _forget(self) -> None:
        self._dialog = None


def _cards_here(folders: Folders) -> list[ModelCard]:
    """The networks that are here. Not for the GUI thread: it reads all cards."""
    from app.services.setup import catalogue

    return [card for card in catalogue(folders).cards() if card.is_here]
