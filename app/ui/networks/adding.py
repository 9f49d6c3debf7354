"""Adding a network that others have made, from its file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import UsageError
from app.ui import reasons
from app.ui.icons import icon
from app.ui.widgets.elided_label import ElidedLabel
from app.vision.outside.ranges import RANGES
from app.vision.register import id_from
from app.workers.cataloguing import CatalogueReader
from app.workers.command import Command, CommandEnded


class AddDialog(QDialog):
    """Says what is known of a file, asks for what is missing, and adds it.

    Args:
        path: a TFLite file, an archive of Teachable Machine, a .keras file, or a SavedModel's
            folder.
        taken: ids of the networks that there are.
        reader: looks for the labels.
        command: runs it; None for this program.
    """

    #: dict: the card of a network that is in the catalogue now.
    added = Signal(object)
    #: str: id of a network that photos are to be looked at with from now on.
    use_wanted = Signal(str)

    def __init__(
        self,
        path: Path,
        taken: Collection[str],
        reader: CatalogueReader,
        parent: QWidget | None = None,
        *,
        command: Command | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add a network"))
        self._path = path
        self._taken = taken
        self._labels: Path | None = None
        self._needs_labels = False
        self._classes = 0
        self._says_nothing = False
        self._name_problem = ""
        self._model_id = ""
        self._looking = True
        self._card: dict[str, Any] | None = None
        self._command = command or Command("the examination", self)
        self._command.said.connect(self._hear)
        self._command.ended.connect(self._ended)
        self._reader = reader
        reader.labels_found.connect(self._labels_found)
        self._make_parts()
        self._lay_out()
        self.resize(560, 0)
        self._switch()
        reader.find_labels(path)

    def choose_labels(self, path: Path | None, note: str = "") -> None:
        """Take the names of the classes from a file."""
        self._labels = path
        self._labels_file.setText("" if path is None else path.name + note)
        self._labels_file.setToolTip("" if path is None else str(path))
        self._show_labels()
        self._switch()

    def done(self, result: int) -> None:
        self._command.close()
        super().done(result)

    # Building

    def _make_parts(self) -> None:
        self._file = ElidedLabel()
        self._file.setText(str(self._path))
        self.name = QLineEdit(self._path.stem or self._path.name)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.textChanged.connect(self._switch)
        self._labels_file = ElidedLabel()
        self.labels_button = QPushButton(self.tr("Choose…"))
        self.labels_button.setAccessibleName(
            self.tr("Choose the file with the names of its classes")
        )
        self.labels_button.setAutoDefault(False)
        self.labels_button.clicked.connect(self._ask_for_labels)
        self._labels_row = QWidget()
        row = QHBoxLayout(self._labels_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._labels_file, 1)
        row.addWidget(self.labels_button)
        self.fold = QToolButton()
        self.fold.setText(self.tr("More"))
        self.fold.setIcon(icon("chevron-right"))
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self.range = QComboBox()
        self.range.setAccessibleName(self.tr("Numbers of its colours"))
        self.range.addItem(self.tr("Find it out"), "")
        for each in RANGES:
            self.range.addItem(each.replace("..", " … "), each)
        self._range_note = QLabel(
            self.tr("Only if it says the same of all photos, or talks nonsense.")
        )
        self._range_note.setProperty("role", "subtle")
        self._range_note.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setRange(0, 0)
        self._bar.hide()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.add_button = QPushButton(self.tr("Add"))
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._start)
        self.use_button = QPushButton(self.tr("Use this network now"))
        self.use_button.clicked.connect(self._use)
        self.close_button = QPushButton(self.tr("Cancel"))
        self.close_button.clicked.connect(self.close)

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(10)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._form.addRow(self.tr("File"), self._file)
        self._form.addRow(self.tr("Name"), self.name)
        self._form.addRow(self.tr("Names of its classes"), self._labels_row)
        self._form.addRow(self.fold)
        self._form.addRow(self.tr("Numbers of its colours"), self.range)
        self._form.addRow("", self._range_note)
        foot = QHBoxLayout()
        foot.addStretch()
        for button in (self.close_button, self.add_button, self.use_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(self._form)
        column.addWidget(self._bar)
        column.addWidget(self.said)
        column.addStretch()
        column.addLayout(foot)
        self._unfold(False)
        self._show_labels()

    @Slot(bool)
    def _unfold(self, shown: bool) -> None:
        self.fold.setIcon(icon("chevron-down" if shown else "chevron-right"))
        self._form.setRowVisible(self.range, shown)
        self._form.setRowVisible(self._range_note, shown)
        self._show_labels()

    def _show_labels(self) -> None:
        wanted = self._needs_labels or self._labels is not None or self.fold.isChecked()
        self._form.setRowVisible(self._labels_row, wanted)
        self._grow()

    def _grow(self) -> None:
        """Make room for what is shown now; texts of several lines do not ask for it themselves."""
        layout = self.layout()
        layout.activate()
        height = layout.totalHeightForWidth(self.width())
        if height > self.height():
            self.resize(self.width(), height)

    # What happens

    @Slot()
    def _switch(self) -> None:
        running, done = self._command.is_running(), self._card is not None
        problem = ""
        try:
            if id_from(self.name.text()) in self._taken:
                problem = self.tr("There is a network of this name already.")
        except UsageError:
            problem = self.tr("A name needs a letter or a digit.")
        missing = self._needs_labels and self._labels is None
        if not running and not done and problem != self._name_problem:
            self._say(problem, "failed")
            self._name_problem = problem
        self.add_button.setVisible(not done)
        self.add_button.setEnabled(not (running or problem or missing or self._looking))
        self.use_button.setVisible(done)
        self.use_button.setDefault(done)
        self.close_button.setText(
            self.tr("Stop") if running else self.tr("Close") if done else self.tr("Cancel")
        )
        for widget in (self.name, self.labels_button, self.range, self.fold):
            widget.setEnabled(not running and not done)
        self._bar.setVisible(running)

    @Slot(object, object)
    def _labels_found(self, network: Path, labels: Path | None) -> None:
        if network != self._path:
            return
        self._looking = False
        if labels is not None and self._labels is None:
            self.choose_labels(labels, self.tr(" (found beside it)"))
        self._switch()
        self.add_button.setFocus()

    @Slot()
    def _ask_for_labels(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("The names of its classes"),
            str(self._path.parent),
            self.tr("Lists ({patterns})").format(patterns="*.txt *.csv *.json"),
        )
        if name:
            self._say("")
            self.choose_labels(Path(name))
            self.add_button.setFocus()

    @Slot()
    def _start(self) -> None:
        arguments = ["models", "add", "--json-lines", "--controlled"]
        arguments.append(f"--name={self.name.text().strip()}")
        if self._labels is not None:
            arguments.append(f"--labels={self._labels.absolute()}")
        if self.range.currentData():
            arguments.append(f"--input-range={self.range.currentData()}")
        self._command.start([*arguments, "--", str(self._path.absolute())])
        self._say(self.tr("Examining it, and trying it on some photos…"))
        self._switch()
        self.close_button.setFocus()

    @Slot(object)
    def _hear(self, said: dict[str, Any]) -> None:
        if said.get("needs") == "labels":
            self._needs_labels = True
            self._classes = int(said["classes"])
        elif "card" in said:
            self._card = said["card"]
            self._says_nothing = bool(said.get("says_nothing"))

    @Slot(object)
    def _ended(self, ended: CommandEnded) -> None:
        if self._card is not None:
            self._model_id = str(self._card["id"])
            self._say_added(self._card)
            self._switch()
            self.use_button.setFocus()
            self.added.emit(self._card)
            return
        if self._needs_labels and self._labels is None:
            self._say(
                self.tr(
                    "It does not say what its %n class(es) are called. Choose the file with their"
                    " names, one a line.",
                    "",
                    self._classes,
                ),
                "warning",
            )
            self._show_labels()
            self._switch()
            self.labels_button.setFocus()
            return
        self._say("" if ended.stopped else reasons.sentence(ended.reason, self._path), "failed")
        if self._labels is not None:
            self._needs_labels = True  # perhaps it is the wrong list
        self._switch()
        self.add_button.setFocus()

    def _say_added(self, card: dict[str, Any]) -> None:
        parts = [
            self.tr(
                "Added: it knows %n class(es).", "", int(card["outputs"]["scores"]["shape"][-1])
            )
        ]
        if card["outputs"]["embedding"].get("from") == "scores":
            parts.append(
                self.tr("Learning from what you accept works less well with it than with others.")
            )
        if self._says_nothing:
            parts.append(
                self.tr(
                    "It said the same of every picture that it was tried on. If it does so of your"
                    " photos, remove it, and add it again with other numbers under “More”."
                )
            )
        parts.append(
            self.tr(
                "When you use it, all photos are looked at anew in the background; tags that they"
                " have stay."
            )
        )
        self._say(" ".join(parts))

    @Slot()
    def _use(self) -> None:
        self.use_wanted.emit(self._model_id)
        self.accept()

    def _say(self, text: str, role: str = "") -> None:
        self.said.setText(text)
        self.said.setProperty("role", role)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setVisible(bool(text))
        self._grow()


def ask_for_network(parent: QWidget) -> Path | None:
    """Let the user choose the file of a network; a SavedModel by the file that lies in its folder.

    Returns:
        None where nothing is chosen.
    """
    name, _ = QFileDialog.getOpenFileName(
        parent,
        QCoreApplication.translate("AddDialog", "Add a network"),
        "",
        QCoreApplication.translate("AddDialog", "Networks ({patterns})").format(
            patterns="*.tflite *.keras *.zip saved_model.pb"
        ),
    )
    if not name:
        return None
    path = Path(name)
    return path.parent if path.name == "saved_model.pb" else path
