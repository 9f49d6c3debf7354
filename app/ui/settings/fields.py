"""A control for each kind of option: it shows a value, and says when the user changes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.core.preferences import CONTEXT, Option

#: Up to so many choices are all shown at once.
_RADIOS: Final = 3
#: Between the frame of a number and its digits; a style sheet cannot say so.
_INDENT: Final = (7, 0, 0, 0)


def words(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate(CONTEXT, text) if text else ""


class Field(QWidget):
    """What all controls have in common.

    Attributes:
        settles: whether the value changes many times on the way to the one that is meant.
    """

    #: The user has changed the value.
    changed = Signal()
    settles = False

    def value(self) -> Any:
        """What is set."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Set it without saying that the user did."""
        raise NotImplementedError


class SwitchField(Field):
    """A check box, which carries the option's title itself."""

    def __init__(self, option: Option) -> None:
        super().__init__()
        self._box = QCheckBox(words(option.title))
        self._box.setAccessibleDescription(words(option.help))
        _column(self).addWidget(self._box)
        self.setFocusProxy(self._box)
        self._box.clicked.connect(self.changed)

    def value(self) -> bool:
        return self._box.isChecked()

    def show_value(self, value: bool) -> None:
        self._box.setChecked(value)


class RadioField(Field):
    """A few choices, all in sight."""

    def __init__(self, option: Option) -> None:
        super().__init__()
        column = _column(self)
        self._group = QButtonGroup(self)
        self._values = [value for value, _ in option.choices]
        for number, (_, text) in enumerate(option.choices):
            button = QRadioButton(words(text))
            button.setAccessibleDescription(words(option.help))
            self._group.addButton(button, number)
            column.addWidget(button)
        self._group.idClicked.connect(lambda _: self.changed.emit())

    def value(self) -> Any:
        return self._values[self._group.checkedId()]

    def show_value(self, value: Any) -> None:
        button = self._group.button(self._values.index(value))
        button.setChecked(True)
        self.setFocusProxy(button)


class BoxField(Field):
    """One of many choices.

    Args:
        choices: (value, words); words are shown as they are.
    """

    def __init__(self, option: Option, choices: Sequence[tuple[Any, str]]) -> None:
        super().__init__()
        self._box = QComboBox()
        self._box.setAccessibleName(words(option.title))
        self._box.setAccessibleDescription(words(option.help))
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_choices(choices)
        _column(self).addWidget(self._box, alignment=Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._box)
        self._box.activated.connect(lambda _: self.changed.emit())

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices; what is set stays."""
        before = self.value()
        self._box.clear()
        for value, text in choices:
            self._box.addItem(text, value)
        if before is not None:
            self.show_value(before)

    def value(self) -> Any:
        return self._box.currentData()

    def show_value(self, value: Any) -> None:
        if (row := self._box.findData(value)) < 0:
            # Such as a network that is no longer there.
            self._box.addItem(self.tr("{} (not there)").format(value), value)
            row = self._box.count() - 1
        self._box.setCurrentIndex(row)


class NumberField(Field):
    """A whole number."""

    settles = True

    def __init__(self, option: Option) -> None:
        super().__init__()
        self._box = QSpinBox()
        _describe(self._box, option)
        least, greatest = option.limits
        self._box.setRange(int(least), int(greatest))
        self._box.setSingleStep(int(option.step))
        self._box.setGroupSeparatorShown(True)
        self._box.lineEdit().setTextMargins(*_INDENT)
        before, _, behind = words(option.unit).partition("{}")
        self._box.setPrefix(before)
        self._box.setSuffix(behind)
        self._box.setSpecialValueText(words(option.zero))
        _column(self).addWidget(self._box, alignment=Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._box)
        self._box.valueChanged.connect(lambda _: self.changed.emit())

    def value(self) -> int:
        return self._box.value()

    def show_value(self, value: int) -> None:
        self._box.blockSignals(True)
        self._box.setValue(value)
        self._box.blockSignals(False)


class ShareField(Field):
    """A share of one as per cent, with a slider."""

    settles = True

    def __init__(self, option: Option) -> None:
        super().__init__()
        self._shown: float = option.default
        step = round(option.step * 100)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._box = QSpinBox()
        least, greatest = (round(limit * 100) for limit in option.limits)
        for control in (self._slider, self._box):
            _describe(control, option)
            control.setRange(least, greatest)
            control.setSingleStep(step)
        self._box.setSuffix(self.tr(" %"))
        self._box.lineEdit().setTextMargins(*_INDENT)
        self._slider.setPageStep(5 * step)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._slider, 1)
        row.addWidget(self._box)
        self.setFocusProxy(self._slider)
        self._slider.valueChanged.connect(self._box.setValue)
        self._box.valueChanged.connect(self._slider.setValue)
        self._box.valueChanged.connect(lambda _: self.changed.emit())

    def value(self) -> float:
        # What is finer than the control can show stays as it is until it is changed.
        unchanged = round(self._shown * 100) == self._box.value()
        return self._shown if unchanged else self._box.value() / 100

    def show_value(self, value: float) -> None:
        self._shown = value
        self._box.blockSignals(True)
        self._slider.blockSignals(True)
        self._box.setValue(round(value * 100))
        self._slider.setValue(round(value * 100))
        self._slider.blockSignals(False)
        self._box.blockSignals(False)


def field_for(option: Option, models: Sequence[tuple[str, str]]) -> Field:
    """The control that shows an option.

    Args:
        models: id and name of each network.
    """
    if option.kind == "switch":
        return SwitchField(option)
    if option.kind == "number":
        return NumberField(option)
    if option.kind == "share":
        return ShareField(option)
    if option.kind == "model":
        return BoxField(option, models)
    if len(option.choices) <= _RADIOS:
        return RadioField(option)
    return BoxField(option, [(value, words(text)) for value, text in option.choices])


def _describe(control: QWidget, option: Option) -> None:
    control.setAccessibleName(words(option.title))
    control.setAccessibleDescription(words(option.help))


def _column(field: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(field)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return column
