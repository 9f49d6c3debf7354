"""All about the network that is chosen, and what can be done with it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.services.networks import KnownNetwork
from app.ui.networks import words
from app.ui.training.form import heading
from app.workers.fetching import FetchState

_READABLE: Final = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class Details(QScrollArea):
    """Facts and buttons of one network."""

    #: str: id of the network for which the button was pressed.
    use_wanted = Signal(str)
    fetch_wanted = Signal(str)
    file_wanted = Signal(str)
    stop_wanted = Signal(str)
    remove_wanted = Signal(str)
    report_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._network: KnownNetwork | None = None
        self._facts_of: KnownNetwork | None = None
        self._name = heading("")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._state = QLabel()
        self._state.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.setProperty("role", "failed")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setTextInteractionFlags(_READABLE)
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setProperty("role", "subtle")
        self.use_button = self._button(self.tr("Use this network"), self.use_wanted)
        self.fetch_button = self._button(self.tr("Fetch"), self.fetch_wanted)
        for button in (self.use_button, self.fetch_button):
            button.setProperty("role", "primary")
        self.file_button = self._button(self.tr("From a file on this computer…"), self.file_wanted)
        self.stop_button = self._button(self.tr("Stop"), self.stop_wanted)
        self.report_button = self._button(self.tr("Compare its forms…"), self.report_wanted)
        self.report_button.setToolTip(
            self.tr("Float, dynamic and int8 side by side: size, time, and how often it is right")
        )
        self.remove_button = self._button(self.tr("Remove…"), self.remove_wanted)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        self._lay_out()
        self.show_network(None, in_use=False, fetching=None, failure="")

    def show_network(
        self,
        network: KnownNetwork | None,
        *,
        in_use: bool,
        fetching: FetchState | None,
        failure: str,
    ) -> None:
        """Show a network.

        Args:
            failure: why something that was wanted of it was not done.
        """
        self._network = network
        self.widget().setVisible(network is not None)
        if network is None:
            return
        is_here = network.place != "fetchable"
        usable = is_here and not network.problem and network.card is not None
        self._name.setText(words.plain(network.name))
        self._state.setText(words.state(network, in_use, fetching))
        share = fetching is not None and fetching.doing == "fetch" and fetching.total
        self._bar.setVisible(fetching is not None)
        self._bar.setRange(0, 1000 if share else 0)
        if fetching is not None and share:
            self._bar.setValue(round(1000 * fetching.done / fetching.total))
        reason = failure or network.problem
        self._problem.setText(words.problem(reason) if reason else "")
        self._problem.setVisible(bool(reason) and fetching is None)
        note = self._note_on(network, usable, in_use, fetching, failure)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.use_button.setVisible(usable and not in_use)
        self.fetch_button.setVisible(not is_here and fetching is None)
        self.fetch_button.setText(self.tr("Go on") if network.arrived else self.tr("Fetch"))
        self.file_button.setVisible(not is_here and fetching is None)
        self.stop_button.setVisible(fetching is not None)
        self.stop_button.setEnabled(fetching is not None and fetching.doing != "stop")
        self.report_button.setVisible(
            usable and network.card is not None and network.card.float_model is not None
        )
        self.remove_button.setVisible(network.removable and is_here)
        self.remove_button.setEnabled(not in_use)
        self.remove_button.setToolTip(self.tr("Use another network first.") if in_use else "")
        if self._facts_of != network:
            self._show_facts(network)

    def text(self) -> str:
        """All that it says, for tests and for reading aloud."""
        above = (self._name, self._state, self._problem, self._note)
        texts = [label.text() for label in above if not label.isHidden()]
        # Those of the facts are shown a moment after they were put there.
        for number in range(self._facts.count()):
            label = self._facts.itemAt(number).widget()
            if isinstance(label, QLabel):
                texts.append(label.text())
        return "\n".join(texts)

    def _note_on(
        self,
        network: KnownNetwork,
        usable: bool,
        in_use: bool,
        fetching: FetchState | None,
        failure: str,
    ) -> str:
        if fetching is not None:
            return self.tr("You can close this window; it goes on as long as Tagwright runs.")
        if failure and network.arrived:
            return self.tr("What has arrived is kept. Check the connection, then go on.")
        if failure and network.place == "fetchable":
            return self.tr(
                "Check the connection and try again, or take a file with its weights that is on"
                " this computer."
            )
        if usable and not in_use:
            return self.tr(
                "All photos are then looked at anew in the background. Tags that they have stay."
            )
        if network.problem and network.removable:
            return self.tr("Remove it, and fetch or add it again.")
        if network.problem and network.place == "own":
            return self.tr(
                "It lies in the folder “models” beside your settings. Put it right or remove it"
                " there."
            )
        if network.problem:
            return self.tr("Install Tagwright again to repair it.")
        if network.place == "fetchable":
            return self.tr(
                "Its weights are fetched from the source below and converted on this computer."
                " Nothing of yours is sent."
            )
        return ""

    def _show_facts(self, network: KnownNetwork) -> None:
        self._facts_of = network
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (title, value) in enumerate(words.facts(network)):
            name = QLabel(title)
            name.setProperty("role", "subtle")
            told = QLabel(_breakable(value))
            told.setTextFormat(Qt.TextFormat.PlainText)
            told.setWordWrap(True)
            told.setTextInteractionFlags(_READABLE)
            # It can be read aloud; the way to the buttons is not to lead through all of it.
            told.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            told.setAccessibleName(f"{title}: {value}")
            told.setMinimumWidth(1)
            top = Qt.AlignmentFlag.AlignTop
            self._facts.addWidget(name, row, 0, top | Qt.AlignmentFlag.AlignLeft)
            self._facts.addWidget(told, row, 1, top)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 4, 8, 12)
        column.setSpacing(8)
        for widget in (
            self._name, self._state, self._bar, self._problem, self.use_button, self.fetch_button,
            self.stop_button, self.file_button, self._note,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(self._facts)
        column.addSpacing(8)
        column.addWidget(self.report_button)
        column.addWidget(self.remove_button)
        column.addStretch()
        self.setWidget(body)

    def _button(self, text: str, wanted: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._press(wanted))
        return button

    def _press(self, wanted: object) -> None:
        if self._network is not None:
            wanted.emit(self._network.id)  # type: ignore[attr-defined]


def _breakable(text: str) -> str:
    """Addresses and paths are words without end: they may be broken behind their slashes."""
    return text.replace("/", "/\u200b").replace("\\", "\\\u200b").replace("_", "_\u200b")
