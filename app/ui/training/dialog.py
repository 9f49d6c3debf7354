"""The window for training a network of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.training import Checked, Confusion, Event, Finished
from app.ui.training.form import TrainingForm
from app.ui.training.result import ResultPage
from app.ui.training.running import RunningPage
from app.workers.network_training import Ended, NetworkTraining


class TrainingDialog(QDialog):
    """Choose photos, watch the network learn, use it. The training ends when the dialog closes.

    Args:
        bases: id and name of the networks that can be refined, the usual one first.
        folder: to begin with.
        training: runs it; None for this program in a process of its own.
    """

    #: str: id of a network that photos are to be tagged with from now on.
    use_wanted = Signal(str)
    #: str: id of a network that is in the catalogue now.
    trained = Signal(str)

    def __init__(
        self,
        bases: Sequence[tuple[str, str]],
        folder: Path | None = None,
        training: NetworkTraining | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Train your own network"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._training = training or NetworkTraining(self)
        self._training.happened.connect(self._happened)
        self._training.ended.connect(self._ended)
        self._model_id = ""
        self._checked: Checked | None = None
        self._confusion: Confusion | None = None
        self._finished: Finished | None = None
        self._stopping = False
        self._question: QMessageBox | None = None
        self.form = TrainingForm(bases, folder)
        self.form.changed.connect(self._switch)
        self.running = RunningPage()
        self.result = ResultPage()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.form)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedWidget()
        for page in (self._scroll, self.running, self.result):
            self._pages.addWidget(page)
        self._lay_out()
        self.resize(900, 680)
        self._switch()

    def done(self, result: int) -> None:
        self._training.close()
        self.form.close_finder()
        self.running.close_threads()
        super().done(result)

    def _lay_out(self) -> None:
        self._hint = QLabel()
        self._hint.setProperty("role", "subtle")
        self._hint.setWordWrap(True)
        self.start_button = QPushButton(self.tr("Train"))
        self.start_button.clicked.connect(self._start)
        self.back_button = QPushButton(self.tr("Back"))
        self.back_button.clicked.connect(self._back)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("End the training and keep nothing"))
        self.stop_button.clicked.connect(lambda: self._stop(keep=False))
        self.keep_button = QPushButton(self.tr("Stop and keep"))
        self.keep_button.setToolTip(self.tr("End the training and keep the best network so far"))
        self.keep_button.clicked.connect(lambda: self._stop(keep=True))
        self.use_button = QPushButton(self.tr("Use this network now"))
        self.use_button.clicked.connect(self._use)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        for button in (
            self.back_button, self.close_button, self.keep_button, self.stop_button,
            self.start_button, self.use_button,
        ):  # fmt: skip
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    @Slot()
    def _switch(self) -> None:
        """What can be done on this page."""
        page = self._pages.currentWidget()
        first, running, last = (page is each for each in (self._scroll, self.running, self.result))
        self.start_button.setVisible(first)
        self.start_button.setEnabled(self.form.folder() is not None)
        self.start_button.setDefault(first)
        self.form.offer(first and self.form.folder() is None)
        self.close_button.setVisible(first or last)
        self.back_button.setVisible(last)
        self.stop_button.setVisible(running)
        self.stop_button.setEnabled(not self._stopping)
        self.keep_button.setVisible(running)
        self.keep_button.setEnabled(bool(self.running.epochs) and not self._stopping)
        self.use_button.setVisible(last and bool(self._model_id))
        self.use_button.setDefault(last and bool(self._model_id))
        hint = ""
        if first:
            hint = self.form.hint() if self.form.folder() is None else ""
        elif running:
            hint = self.tr("You can go on working in the main window meanwhile.")
        self._hint.setText(hint)

    @Slot()
    def _start(self) -> None:
        folder = self.form.folder()
        if folder is None:
            return
        settings = self.form.settings()
        self._model_id, self._stopping = "", False
        self._checked = self._confusion = self._finished = None
        self.running.begin(settings.name or folder.name)
        self._pages.setCurrentWidget(self.running)
        self._switch()
        self.stop_button.setFocus()
        self._training.start(folder, settings)

    @Slot(object)
    def _happened(self, event: Event) -> None:
        match event:
            case Checked():
                self._checked = event
            case Confusion():
                self._confusion = event
            case Finished():
                self._finished = event
            case _ if not self._stopping:
                before = len(self.running.epochs)
                self.running.show_event(event)
                if not before and self.running.epochs:
                    self._switch()

    @Slot(object)
    def _ended(self, ended: Ended) -> None:
        if self._question is not None:
            self._question.reject()
        if ended.how == "finished" and self._finished is not None:
            self._model_id = ended.model_id
            self.result.show_network(
                self._finished, self._checked, self._confusion, self.running.overfits
            )
            self.trained.emit(ended.model_id)
        else:
            self.result.show_end(ended)
        self._pages.setCurrentWidget(self.result)
        self._switch()
        (self.use_button if self._model_id else self.back_button).setFocus()

    def _stop(self, *, keep: bool) -> None:
        self._stopping = not keep
        self.running.say_stopping(keep)
        self.keep_button.setEnabled(False)
        self.stop_button.setEnabled(keep)
        self._training.stop(keep=keep)

    def _use(self) -> None:
        self.use_wanted.emit(self._model_id)
        self.accept()

    def _back(self) -> None:
        self._pages.setCurrentWidget(self._scroll)
        self._switch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # An Escape that slips in is not to end minutes of work.
        if event.key() == Qt.Key.Key_Escape and self._training.is_running():
            self.close()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._training.is_running():
            super().closeEvent(event)
            return
        event.ignore()
        if self._question is None:
            self._ask()

    def _ask(self) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.windowTitle())
        box.setText(self.tr("Stop the training?"))
        box.setInformativeText(self.tr("Nothing of it is kept."))
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        go_on = box.addButton(self.tr("Go on"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stop.clicked.connect(self.reject)
        box.finished.connect(self._answered)
        self._question = box
        box.open()

    @Slot()
    def _answered(self) -> None:
        self._question = None
