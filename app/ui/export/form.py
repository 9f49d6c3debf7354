"""The form of an export: which photos, for which program, how, with which tags, where to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.core.photo import PhotoId
from app.metadata.programs import PROGRAMS
from app.services.export import ExportSettings, How
from app.ui.icons import icon


class ExportForm(QWidget):
    """What the user decides.

    Args:
        selected, shown: photos; none where nothing is selected.
        total: photos in the library.
        program: key of the program that is chosen at first.
        folder: where to, at first.
        min_score: of suggestions, at first.
    """

    #: Something was changed, so that the examples are others.
    changed = Signal()
    #: The folder was changed.
    folder_changed = Signal()

    def __init__(
        self,
        selected: Sequence[PhotoId],
        shown: Sequence[PhotoId],
        total: int,
        program: str,
        folder: Path | None,
        min_score: float,
    ) -> None:
        super().__init__()
        self._selected, self._shown, self._total = selected, shown, total
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._add_photos()
        self._add_program(program)
        self._add_how()
        self._add_tags(min_score)
        self._add_folder(folder)
        self._column.addStretch()
        self._switch()

    def ask_for_folder(self) -> None:
        """Give the folder the keys: it is what only the user can say."""
        self._folder.setFocus()

    def photos(self) -> Sequence[PhotoId] | None:
        """What is to be exported; None for everything."""
        return {"selected": self._selected, "shown": self._shown}.get(self._chosen(self._which))

    def count(self) -> int:
        """How many photos that are."""
        photos = self.photos()
        return self._total if photos is None else len(photos)

    def settings(self) -> ExportSettings:
        """How they are to be exported."""
        how: How = self._chosen(self._how)
        program = PROGRAMS[self._program.currentData()] if how in ("copy", "sidecars") else None
        accepted = self._chosen(self._tags) == "accepted"
        return ExportSettings(program, how, self._score.value() / 100, accepted)

    def program(self) -> str:
        """Key of the program that is chosen, also where a table needs none."""
        return str(self._program.currentData())

    def folder(self) -> Path | None:
        """Where to, if that is said."""
        text = self._folder.text().strip()
        return Path(text).expanduser() if text else None

    def set_folder(self, folder: Path) -> None:
        """Export into a folder."""
        self._folder.setText(str(folder))

    def _add_photos(self) -> None:
        choices = []
        if len(self._selected):
            text = self.tr("The %Ln selected photo(s)", "", len(self._selected))
            choices.append(("selected", text))
        if len(self._shown) not in (0, self._total):
            choices.append(("shown", self.tr("The %Ln photo(s) shown", "", len(self._shown))))
        choices.append(("all", self.tr("All %Ln photo(s) in the library", "", self._total)))
        self._which = self._choice(self.tr("Photos"), choices)

    def _add_how(self) -> None:
        self._how = self._choice(
            self.tr("As"),
            [
                ("copy", self.tr("Copies of the photos, with the tags in them")),
                ("sidecars", self.tr("Sidecars only: a small file with the tags for each photo")),
                ("csv", self.tr("A table for spreadsheets (CSV)")),
                ("json", self.tr("A table for programs (JSON)")),
            ],
        )

    def _add_program(self, key: str) -> None:
        label = self._heading(self.tr("For"))
        self._program = QComboBox()
        self._program.setAccessibleName(self.tr("Program that the photos are for"))
        for program in PROGRAMS.values():
            self._program.addItem(program.title, program.key)
        self._program.setCurrentIndex(max(0, self._program.findData(key)))
        self._program.activated.connect(self._edited)
        label.setBuddy(self._program)
        self._column.addWidget(self._program, alignment=Qt.AlignmentFlag.AlignLeft)

    def _add_tags(self, min_score: float) -> None:
        self._tags = self._choice(
            self.tr("Tags"),
            [
                ("accepted", self.tr("Only tags that are in the photos or accepted")),
                ("suggested", self.tr("Suggestions as well, if they are at least so certain:")),
            ],
        )
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._score = QSpinBox()
        self._score.lineEdit().setTextMargins(7, 0, 0, 0)
        self._score.setSuffix(self.tr(" %"))
        row = QHBoxLayout()
        row.setContentsMargins(26, 0, 0, 0)
        row.setSpacing(12)
        for control in (self._slider, self._score):
            control.setRange(1, 100)
            control.setValue(round(min_score * 100))
            control.setAccessibleName(self.tr("Least certainty of suggestions"))
        row.addWidget(self._slider, 1)
        row.addWidget(self._score)
        self._slider.valueChanged.connect(self._score.setValue)
        self._score.valueChanged.connect(self._slider.setValue)
        self._score.valueChanged.connect(self._edited)
        self._column.addLayout(row)

    def _add_folder(self, folder: Path | None) -> None:
        label = self._heading(self.tr("Into the folder"))
        self._folder = QLineEdit("" if folder is None else str(folder))
        self._folder.setPlaceholderText(self.tr("A folder that holds none of these photos"))
        label.setBuddy(self._folder)
        self._folder.setAccessibleName(self.tr("Folder to export into"))
        self._folder.textChanged.connect(self.folder_changed)
        choose = QPushButton(icon("folder"), self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose the folder to export into"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self._folder, 1)
        row.addWidget(choose)
        self._column.addLayout(row)

    def _heading(self, text: str) -> QLabel:
        if self._column.count():
            self._column.addSpacing(14)
        label = QLabel(text)
        font = label.font()
        font.setWeight(QFont.Weight.DemiBold)
        label.setFont(font)
        self._column.addWidget(label)
        return label

    def _choice(self, title: str, choices: Sequence[tuple[Any, str]]) -> QButtonGroup:
        self._heading(title)
        group = QButtonGroup(self)
        for number, (value, text) in enumerate(choices):
            button = QRadioButton(text)
            button.setAccessibleDescription(title)
            button.setProperty("value", value)
            button.setChecked(number == 0)
            group.addButton(button, number)
            self._column.addWidget(button)
        group.idClicked.connect(self._edited)
        return group

    @staticmethod
    def _chosen(group: QButtonGroup) -> Any:
        return group.checkedButton().property("value")

    def _choose(self) -> None:
        title = self.tr("Folder to export into")
        if chosen := QFileDialog.getExistingDirectory(self, title, self._folder.text()):
            self.set_folder(Path(chosen))

    def _edited(self) -> None:
        self._switch()
        self.changed.emit()

    def _switch(self) -> None:
        """Only what makes sense together can be chosen."""
        program = PROGRAMS[self._program.currentData()]
        sidecars = self._how.button(1)
        sidecars.setEnabled(program.sidecar is not None)
        if program.sidecar is None and sidecars.isChecked():
            self._how.button(0).setChecked(True)
        self._program.setEnabled(self._chosen(self._how) in ("copy", "sidecars"))
        suggested = self._chosen(self._tags) == "suggested"
        self._slider.setEnabled(suggested)
        self._score.setEnabled(suggested)
