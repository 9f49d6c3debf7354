"""The dialog for the settings: sections on the left, their options on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import TagwrightError
from app.core.preferences import OPTIONS, SECTIONS, Option, Preferences, in_use, with_defaults
from app.ui import reasons
from app.ui.icons import icon
from app.ui.settings.fields import BoxField, Field, SwitchField, field_for, words

#: A number counts as meant when it has not changed for so long, in milliseconds.
_SETTLED: Final = 400


class SettingsDialog(QDialog):
    """Everything that can be set; what is changed holds at once.

    Args:
        preferences: as they are.
        models: id and name of each network that is known by now, see `show_models`.
    """

    #: Preferences: the user has changed something.
    changed = Signal(object)
    #: str: the name of an option of which the button was pressed.
    action_wanted = Signal(str)

    def __init__(
        self,
        preferences: Preferences,
        models: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._preferences = preferences
        self._fields: dict[str, Field] = {}
        self._labels: dict[str, list[QLabel]] = {}
        self._problem = QLabel()
        self._problem.setProperty("role", "failed")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._sections = QListWidget()
        self._sections.setAccessibleName(self.tr("Sections"))
        self._sections.setFrameShape(QFrame.Shape.NoFrame)
        self._sections.setProperty("role", "sections")
        self._sections.setIconSize(QSize(20, 20))
        self._sections.setFixedWidth(190)
        self._pages = QStackedWidget()
        for key, title, symbol in SECTIONS:
            item = QListWidgetItem(icon(symbol), words(title))
            item.setSizeHint(QSize(0, 36))
            self._sections.addItem(item)
            options = [option for option in OPTIONS if option.section == key]
            self._pages.addWidget(self._page(key, title, options, models))
        self._sections.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._sections.setCurrentRow(0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        self._lay_out(buttons)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED)
        self._timer.timeout.connect(self._tell)
        self.show_preferences(preferences)
        self.resize(780, 560)

    @property
    def preferences(self) -> Preferences:
        """As the dialog shows them."""
        values = {name: field.value() for name, field in self._fields.items()}
        return replace(self._preferences, **values)

    def show_preferences(self, preferences: Preferences) -> None:
        """Show other values, without a word that they have changed."""
        self._preferences = preferences
        for name, field in self._fields.items():
            field.show_value(getattr(preferences, name))
        self._switch()

    def choose(self, name: str, value: object) -> None:
        """Set an option as if the user had set it here."""
        self._fields[name].show_value(value)
        self._switch()
        self._tell()

    def show_models(self, models: Sequence[tuple[str, str]]) -> None:
        """Offer these networks, by id and name; the one that is set stays."""
        for option in OPTIONS:
            field = self._fields[option.name]
            if option.kind == "model" and isinstance(field, BoxField):
                field.set_choices(models)

    def show_failure(self, error: TagwrightError) -> None:
        """Say why something cannot be shown."""
        self.show_problem(reasons.of_error(error))

    def show_section(self, key: str) -> None:
        """Open a section, such as `writing`."""
        self._sections.setCurrentRow([each for each, _, _ in SECTIONS].index(key))

    def show_problem(self, text: str) -> None:
        """Say that something is wrong, such as that the settings cannot be saved.

        Args:
            text: empty when all is well again.
        """
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def done(self, result: int) -> None:
        self._tell()
        super().done(result)

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        line = QFrame()
        line.setFrameShape(QFrame.Shape.VLine)
        line.setForegroundRole(line.palette().ColorRole.Mid)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._sections)
        body.addWidget(self._pages, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.addWidget(self._problem, 1)
        foot.addStretch()
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addLayout(foot)

    def _page(
        self, key: str, title: str, options: Sequence[Option], models: Sequence[tuple[str, str]]
    ) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(28, 20, 28, 20)
        column.setSpacing(4)
        heading = QLabel(words(title))
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        column.addWidget(heading)
        for option in options:
            column.addSpacing(18)
            self._add(option, column, models)
        column.addSpacing(24)
        defaults = QPushButton(self.tr("Back to defaults"))
        defaults.setAccessibleName(
            self.tr("Set everything under “{}” back to its default").format(words(title))
        )
        defaults.setAutoDefault(False)
        defaults.clicked.connect(lambda: self._reset(key))
        column.addStretch()
        column.addWidget(defaults, alignment=Qt.AlignmentFlag.AlignLeft)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _add(self, option: Option, column: QVBoxLayout, models: Sequence[tuple[str, str]]) -> None:
        field = field_for(option, models)
        labels: list[QLabel] = []
        if not isinstance(field, SwitchField):
            label = QLabel(words(option.title))
            font = label.font()
            font.setWeight(QFont.Weight.DemiBold)
            label.setFont(font)
            label.setBuddy(field)
            column.addWidget(label)
            labels.append(label)
        column.addWidget(field)
        if option.help:
            note = QLabel(words(option.help))
            note.setProperty("role", "subtle")
            note.setWordWrap(True)
            # Under the words of a switch, not under its box.
            note.setContentsMargins(26 if isinstance(field, SwitchField) else 0, 0, 0, 0)
            column.addWidget(note)
        if option.action:
            button = QPushButton(words(option.action))
            button.setAutoDefault(False)
            button.clicked.connect(lambda: self.action_wanted.emit(option.name))
            column.addSpacing(4)
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        self._fields[option.name] = field
        self._labels[option.name] = labels
        field.changed.connect(lambda: self._edited(field))

    def _edited(self, field: Field) -> None:
        self._switch()
        if field.settles:
            self._timer.start()
        else:
            self._tell()

    def _switch(self) -> None:
        """Only what does something can be set."""
        preferences = self.preferences
        for option in OPTIONS:
            used = in_use(option, preferences)
            self._fields[option.name].setEnabled(used)
            for label in self._labels[option.name]:
                label.setEnabled(used)

    def _reset(self, section: str) -> None:
        preferences = with_defaults(self.preferences, section)
        for name, field in self._fields.items():
            field.show_value(getattr(preferences, name))
        self._switch()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self._timer.stop()
        preferences = self.preferences
        if preferences != self._preferences:
            self._preferences = preferences
            self.changed.emit(preferences)
