"""The window with all networks: which there are, and what can be done with them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import TagwrightError
from app.core.folders import Folders
from app.services.networks import KnownNetwork
from app.ui import reasons
from app.ui.icons import icon
from app.ui.networks.delegate import NetworkDelegate
from app.ui.networks.details import Details
from app.ui.networks.model import NetworksModel
from app.ui.window.dropping import DropTarget
from app.workers.cataloguing import CatalogueReader
from app.workers.fetching import Fetcher, FetchState

_DETAILS: Final = 330


class NetworksDialog(QDialog):
    """Lists the networks; fetching goes on when it is closed.

    Args:
        folders: whose catalogue it is.
        in_use: id of the network that looks at photos now.
        fetcher: fetches networks; it is the window's, and stays.
    """

    #: str: id of a network that photos are to be looked at with from now on.
    use_wanted = Signal(str)
    #: The user wants to train a network.
    train_wanted = Signal()
    #: list[KnownNetwork]: the catalogue, whenever it was read anew.
    catalogue_read = Signal(object)

    def __init__(
        self, folders: Folders, in_use: str, fetcher: Fetcher, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Networks"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._fetcher = fetcher
        self._failures: dict[str, str] = {}
        self._wanted = in_use
        self._question: QMessageBox | None = None
        self._reader = CatalogueReader(folders, self)
        self._reader.found.connect(self._show_found)
        self._reader.removed.connect(self._removed)
        self._reader.failed.connect(self._failed)
        self.model = NetworksModel(in_use, self)
        for model_id, state in fetcher.states.items():
            self.model.set_fetching(model_id, state)
        fetcher.changed.connect(self._fetching)
        fetcher.fetched.connect(self._fetched)
        fetcher.failed.connect(self._fetch_failed)
        self._drop = DropTarget(self)
        self._drop.dropped.connect(lambda paths: self.add(paths[0]))
        self._make_parts()
        self._lay_out()
        self.resize(960, 660)
        self._reader.read()

    def set_in_use(self, model_id: str) -> None:
        """Another network looks at photos now."""
        self.model.set_in_use(model_id)
        self._show_details()

    def refresh(self, select: str = "") -> None:
        """Read the catalogue anew.

        Args:
            select: id of a network to go to.
        """
        if select:
            self._wanted = select
            self.search.clear()
        self._reader.read()

    def current(self) -> KnownNetwork | None:
        """The network that is chosen."""
        return self.model.network(self.view.currentIndex())

    def choose(self, model_id: str) -> None:
        """Go to a network."""
        row = self.model.row_of(model_id)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
            self.view.scrollTo(self.model.index(row))

    def add(self, path: Path | None = None) -> None:
        """Add a network from a file.

        Args:
            path: None to ask for it.
        """
        from app.ui.networks.adding import AddDialog, ask_for_network

        path = path or ask_for_network(self)
        if path is None:
            return
        known = [(each.id, each.name) for each in self.model.networks]
        dialog = AddDialog(path, [model_id for model_id, _ in known], self._reader, self)
        dialog.added.connect(lambda card: self.refresh(str(card["id"])))
        dialog.use_wanted.connect(self._use)
        self._open(dialog)

    def compare(self) -> None:
        """Compare all that are here on the user's photos."""
        from app.ui.networks.comparing import CompareDialog

        dialog = CompareDialog(self.model.in_use, self)
        dialog.chosen.connect(self._use)
        self._open(dialog)

    def done(self, result: int) -> None:
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        for signal, slot in (
            (self._fetcher.changed, self._fetching),
            (self._fetcher.fetched, self._fetched),
            (self._fetcher.failed, self._fetch_failed),
        ):
            signal.disconnect(slot)
        self._reader.close()
        super().done(result)

    # Building

    def _make_parts(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find a network"))
        self.search.setAccessibleName(self.tr("Find a network"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.view = QListView()
        self.view.setAccessibleName(self.tr("Networks"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(NetworkDelegate(self.view))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.selectionModel().currentChanged.connect(self._show_details)
        self.view.activated.connect(self._activate)
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.view)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self._remove_current)
        self._none = QLabel(self.tr("No network has all these words."))
        self._none.setProperty("role", "subtle")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        self.details = Details()
        self.details.setFixedWidth(_DETAILS)
        self.details.use_wanted.connect(self._use)
        self.details.fetch_wanted.connect(self._fetch)
        self.details.file_wanted.connect(self._fetch_from_file)
        self.details.stop_wanted.connect(self._fetcher.stop)
        self.details.remove_wanted.connect(self._ask_to_remove)
        self.details.report_wanted.connect(self._report)
        self.add_button = self._button(self.tr("Add a file…"), "add", self.add)
        self.add_button.setToolTip(self.tr("Or drop it on this window: TFLite, Keras, SavedModel"))
        self.compare_button = self._button(
            self.tr("Compare on my photos…"), "accuracy", self.compare
        )
        self.train_button = self._button(self.tr("Train your own…"), "", self.train_wanted.emit)
        self.close_button = self._button(self.tr("Close"), "", self.close)
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)

    def _button(self, text: str, symbol: str, pressed) -> QPushButton:
        button = QPushButton(icon(symbol), text) if symbol else QPushButton(text)
        button.setAutoDefault(False)
        # The signal's own argument is not for who is called.
        button.clicked.connect(lambda _checked: pressed())
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        for button in (self.add_button, self.train_button, self.compare_button):
            top.addWidget(button)
        body = QHBoxLayout()
        body.setSpacing(8)
        lists = QVBoxLayout()
        lists.addWidget(self.view, 1)
        lists.addWidget(self._none, 1)
        body.addLayout(lists, 1)
        body.addWidget(self.details)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._said, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addLayout(body, 1)
        column.addLayout(foot)
        QWidget.setTabOrder(self.search, self.view)
        self.view.setFocus()

    # What is shown

    @Slot(object)
    def _show_found(self, networks: list[KnownNetwork]) -> None:
        current = self._wanted or (found.id if (found := self.current()) else "")
        top = self.view.verticalScrollBar().value()
        self.model.set_networks(networks)
        self.view.verticalScrollBar().setValue(top)
        self._wanted = ""
        self.choose(current if self.model.row_of(current) >= 0 else self.model.in_use)
        self._show_details()
        self.catalogue_read.emit(networks)

    @Slot(str)
    def _filter(self, text: str) -> None:
        before = self.current()
        self.model.filter(text)
        empty = not self.model.rowCount()
        self.view.setVisible(not empty)
        self._none.setVisible(empty)
        self.choose(before.id if before is not None else self.model.in_use)
        if not self.view.currentIndex().isValid() and self.model.rowCount() > 1:
            self.view.setCurrentIndex(self.model.index(1))
        self._show_details()

    @Slot()
    def _show_details(self, *_: QModelIndex) -> None:
        network = self.current()
        model_id = network.id if network is not None else ""
        self.details.show_network(
            network,
            in_use=model_id == self.model.in_use,
            fetching=self.model.fetching(model_id),
            failure=self._failures.get(model_id, ""),
        )

    def _say(self, text: str, role: str = "") -> None:
        self._said.setText(text)
        self._said.setProperty("role", role)
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)

    # What can be done

    @Slot(QModelIndex)
    def _activate(self, index: QModelIndex) -> None:
        """Enter or a double click does what is next for a network."""
        for button in (self.details.use_button, self.details.fetch_button):
            if button.isVisibleTo(self) and self.model.network(index) is not None:
                button.click()
                return

    @Slot(str)
    def _use(self, model_id: str) -> None:
        self.use_wanted.emit(model_id)
        self.set_in_use(model_id)
        name = next((each.name for each in self.model.networks if each.id == model_id), model_id)
        self._say(
            self.tr(
                "{name} is in use. All photos are looked at anew in the background; tags that they"
                " have stay."
            ).format(name=name)
        )
        self.view.setFocus()

    @Slot(str)
    def _fetch(self, model_id: str) -> None:
        self._failures.pop(model_id, None)
        self._fetcher.fetch(model_id)
        self.details.stop_button.setFocus()

    @Slot(str)
    def _fetch_from_file(self, model_id: str) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Weights of the network, as Keras keeps them"),
            "",
            self.tr("Weights ({patterns})").format(patterns="*.h5 *.hdf5"),
        )
        if name:
            self._failures.pop(model_id, None)
            self._fetcher.fetch(model_id, Path(name))

    @Slot(str)
    def _report(self, model_id: str) -> None:
        from app.ui.networks.forms import FormsDialog

        network = next(each for each in self.model.networks if each.id == model_id)
        self._open(FormsDialog(model_id, network.name, self))

    @Slot()
    def _remove_current(self) -> None:
        button = self.details.remove_button
        if button.isVisibleTo(self) and button.isEnabled():
            button.click()

    @Slot(str)
    def _ask_to_remove(self, model_id: str) -> None:
        network = next(each for each in self.model.networks if each.id == model_id)
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Remove a network"),
            self.tr("Remove “{name}” from this computer?").format(name=network.name),
            parent=self,
        )
        box.setInformativeText(self.tr("Tags that it has given stay."))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        remove.clicked.connect(lambda: self._reader.remove(model_id))
        box.open()

    @Slot(str)
    def _removed(self, model_id: str) -> None:
        self._say(self.tr("Removed. Tags that it has given stay."))
        self.refresh()

    @Slot(object)
    def _failed(self, error: TagwrightError) -> None:
        self._say(reasons.of_error(error), "failed")

    @Slot(str, object)
    def _fetching(self, model_id: str, state: FetchState | None) -> None:
        self.model.set_fetching(model_id, state)
        if (current := self.current()) is not None and current.id == model_id:
            self._show_details()

    @Slot(str)
    def _fetched(self, model_id: str) -> None:
        self._failures.pop(model_id, None)
        name = next((each.name for each in self.model.networks if each.id == model_id), model_id)
        self._say(self.tr("{name} is here now.").format(name=name))
        self.refresh()

    @Slot(str, str)
    def _fetch_failed(self, model_id: str, reason: str) -> None:
        self._failures[model_id] = reason
        self._show_details()

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
