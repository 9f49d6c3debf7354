"""The first page: which photos, which kind of network, and what few want to change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import TagwrightError
from app.core.training import TrainingSettings
from app.services.class_folders import ClassFolders
from app.ui import reasons
from app.ui.icons import icon
from app.ui.training import words
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.window.dropping import paths_in
from app.workers.class_finder import ClassFinder

_USUAL: Final = TrainingSettings()
_INDENT: Final = 26


class TrainingForm(QWidget):
    """What is to be trained.

    Args:
        bases: id and name of the networks that can be refined, the usual one first.
        folder: to begin with.
    """

    #: Something was chosen, or the photos were counted.
    changed = Signal()

    def __init__(
        self,
        bases: Sequence[tuple[str, str]],
        folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._classes: ClassFolders | None = None
        self._problem = ""
        self._looking = False
        self._finder = ClassFinder(self)
        self._finder.found.connect(self._found)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(self._photos(), 5)
        row.addLayout(self._network(bases), 5)
        self._show_kind()
        self._show_classes()
        if folder is not None:
            self.choose(folder)

    def close_finder(self) -> None:
        """End looking through folders."""
        self._finder.close()

    def offer(self, offered: bool) -> None:
        """Let Enter ask for a folder."""
        if offered:
            self._choose_button.setDefault(True)

    def choose(self, folder: Path) -> None:
        """Take the photos of a folder; they are counted now."""
        self._folder.setText(str(folder))
        self._folder.setToolTip(str(folder))
        self._name.setPlaceholderText(folder.name)
        self._classes, self._problem, self._looking = None, "", True
        self._show_classes()
        self._finder.look(folder)
        self.changed.emit()

    def folder(self) -> Path | None:
        """The folder, if it can be learned from."""
        good = self._classes is not None and not self._problem
        return self._classes.folder if good and self._classes is not None else None

    def hint(self) -> str:
        """What is missing."""
        if self.folder() is not None:
            return ""
        if self._looking:
            return self.tr("Counting the photos…")
        if self._problem:
            return self.tr("Choose another folder, or change this one.")
        return self.tr("Choose a folder first.")

    def settings(self) -> TrainingSettings:
        """What is chosen."""
        return TrainingSettings(
            network="finetune" if self._refine.isChecked() else "cnn",
            name=self._name.text().strip(),
            base=self._base.currentData() or _USUAL.base,
            epochs=self._epochs.value(),
            batch=self._batch.value(),
            image_size=self._edge.value(),
            seed=self._seed.value(),
            flip=self._flip.isChecked(),
            rotation=self._rotation.isChecked(),
            zoom=self._zoom.isChecked(),
            dropout=_USUAL.dropout if self._dropout.isChecked() else 0.0,
        )

    # Photos

    def _photos(self) -> QVBoxLayout:
        about = QLabel(
            self.tr("Put the photos of each class into a folder of its own, such as “Rex” and"
                    " “Bella”, and choose the folder that they are in. Or drop it here.")
        )  # fmt: skip
        about.setWordWrap(True)
        about.setProperty("role", "subtle")
        self._choose_button = QPushButton(icon("folder"), self.tr("Choose folder…"))
        self._choose_button.setAutoDefault(False)
        self._choose_button.clicked.connect(self._ask)
        self._folder = ElidedLabel()
        choice = QHBoxLayout()
        choice.addWidget(self._choose_button)
        choice.addWidget(self._folder, 1)
        self._table = QTableWidget(0, 2)
        self._table.setHorizontalHeaderLabels([self.tr("Class"), self.tr("Photos")])
        self._table.setAccessibleName(self.tr("Classes and how many photos each has"))
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setFrameShape(QFrame.Shape.StyledPanel)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._table.setTabKeyNavigation(False)
        header = self._table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._warnings = QLabel()
        self._warnings.setWordWrap(True)
        self._warnings.setProperty("role", "warning")
        self._wrong = QLabel()
        self._wrong.setWordWrap(True)
        self._wrong.setProperty("role", "failed")
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(heading(self.tr("Your photos")))
        column.addWidget(about)
        column.addLayout(choice)
        column.addWidget(self._table, 1)
        for label in (self._summary, self._wrong, self._warnings):
            column.addWidget(label)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        return column

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("A folder with a folder of photos for each class")
        )
        if folder:
            self.choose(Path(folder))

    def _found(self, answer: ClassFolders | TagwrightError) -> None:
        self._looking = False
        if isinstance(answer, TagwrightError):
            self._problem = reasons.of_error(answer)
        else:
            self._classes = answer
            try:
                answer.check()
            except TagwrightError as error:
                self._problem = reasons.of_error(error)
        self._show_classes()
        self.changed.emit()

    def _show_classes(self) -> None:
        found = self._classes
        classes = found.classes if found is not None else ()
        self._table.setRowCount(len(classes))
        for row, each in enumerate(classes):
            number = QTableWidgetItem(self.locale().toString(len(each.photos)))
            number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._table.setItem(row, 0, QTableWidgetItem(each.name))
            self._table.setItem(row, 1, number)
        self._table.setVisible(bool(classes))
        self._rest.setVisible(not classes)
        self._summary.setText(
            self.tr("{classes}, {photos}").format(
                classes=self.tr("%Ln class(es)", "", len(classes)),
                photos=self.tr("%Ln photo(s)", "", found.photos if found is not None else 0),
            )
            if classes
            else self.tr("Counting the photos…")
            if self._looking
            else ""
        )
        self._wrong.setText(self._problem)
        notices = list(found.notices()) if found is not None and not self._problem else []
        self._warnings.setText("\n".join(map(words.of_notice, notices)))
        for label in (self._summary, self._wrong, self._warnings):
            label.setVisible(bool(label.text()))

    # The network

    def _network(self, bases: Sequence[tuple[str, str]]) -> QVBoxLayout:
        self._refine = QRadioButton(self.tr("Refine the built-in network (recommended)"))
        self._scratch = QRadioButton(self.tr("Small network from scratch"))
        self._refine.setChecked(bool(bases))
        self._scratch.setChecked(not bases)
        self._refine.setEnabled(bool(bases))
        self._refine.toggled.connect(self._show_kind)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(heading(self.tr("The network")))
        for radio, text in (
            (
                self._refine,
                self.tr("It has seen a million photos already, and learns to tell your classes"
                        " apart. Right more often, and enough with 20 photos of each."),
            ),
            (
                self._scratch,
                self.tr("It knows nothing but your photos. To see how learning works; it wants"
                        " hundreds of photos of each class."),
            ),
        ):  # fmt: skip
            note = QLabel(text)
            note.setWordWrap(True)
            note.setProperty("role", "subtle")
            note.setContentsMargins(_INDENT, 0, 0, 6)
            radio.setAccessibleDescription(text)
            column.addWidget(radio)
            column.addWidget(note)
        self._name = QLineEdit()
        self._name.setMaxLength(60)
        self._name.setAccessibleName(self.tr("Name of the network"))
        self._name.setPlaceholderText(self.tr("As the folder is called"))
        self._name.textChanged.connect(self.changed)
        name = QLabel(self.tr("Name"))
        name.setBuddy(self._name)
        column.addSpacing(8)
        column.addWidget(name)
        column.addWidget(self._name)
        column.addSpacing(8)
        self._fold = QToolButton()
        self._fold.setText(self.tr("Options"))
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._unfold)
        column.addWidget(self._fold)
        self._options = self._make_options(bases)
        column.addWidget(self._options)
        column.addStretch()
        self._unfold(False)
        return column

    def _make_options(self, bases: Sequence[tuple[str, str]]) -> QWidget:
        box = QWidget()
        form = QFormLayout(box)
        form.setContentsMargins(_INDENT, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._base = QComboBox()
        for model_id, text in bases:
            self._base.addItem(text, model_id)
        self._epochs = _spin(1, 1000, _USUAL.epochs)
        self._batch = _spin(1, 512, _USUAL.batch)
        self._edge = _spin(32, 512, _USUAL.image_size, 20)
        self._edge.setSuffix(self.tr(" pixels"))
        self._seed = _spin(0, 1_000_000, _USUAL.seed)
        self._form = form
        for text, field in (
            (self.tr("Begin with"), self._base),
            (self.tr("Size of the photos"), self._edge),
            (self.tr("At most so many rounds"), self._epochs),
            (self.tr("Photos at a time"), self._batch),
            (self.tr("Number for chance"), self._seed),
        ):
            field.setAccessibleName(text)
            form.addRow(text, field)
        self._seed.setToolTip(
            self.tr("With the same number, the same photos are held back for judging.")
        )
        self._flip = QCheckBox(self.tr("Mirror photos by chance"))
        self._rotation = QCheckBox(self.tr("Turn them a little"))
        self._zoom = QCheckBox(self.tr("Make them a little larger or smaller"))
        self._dropout = QCheckBox(self.tr("Leave parts of the network out by chance"))
        for check in (self._flip, self._rotation, self._zoom, self._dropout):
            check.setChecked(True)
            form.addRow(check)
        note = QLabel(self.tr("Chance keeps the network from learning photos by heart."))
        note.setWordWrap(True)
        note.setProperty("role", "subtle")
        form.addRow(note)
        return box

    def _unfold(self, shown: bool) -> None:
        self._options.setVisible(shown)
        self._fold.setIcon(icon("chevron-down" if shown else "chevron-right"))

    def _show_kind(self) -> None:
        refine = self._refine.isChecked()
        self._form.setRowVisible(self._base, refine)
        self._form.setRowVisible(self._edge, not refine)
        self.changed.emit()

    # Dropping

    def dragEnterEvent(self, event) -> None:
        if any(path.is_absolute() for path in paths_in(event.mimeData())):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event) -> None:
        paths = paths_in(event.mimeData())
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.choose(paths[0])


def heading(text: str) -> QLabel:
    """A label that stands over others."""
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 1.25)
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    label.setForegroundRole(QPalette.ColorRole.WindowText)
    label.setWordWrap(True)
    return label


def _spin(least: int, greatest: int, value: int, step: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, greatest)
    box.setSingleStep(step)
    box.setValue(value)
    box.lineEdit().setTextMargins(7, 0, 0, 0)
    return box
