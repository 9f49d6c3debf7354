"""The editors inside the table of rules."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
)
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QStyledItemDelegate, QStyleOptionViewItem
from PySide6.QtWidgets import QWidget as Widget

from app.ui.rules.model import Column

Index = QModelIndex | QPersistentModelIndex


class RulesDelegate(QStyledItemDelegate):
    """A spin box in percent for thresholds, one for priorities, a line for the rest."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows with room for an editor."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + 8, option.fontMetrics.height() + 10)

    def createEditor(self, parent: Widget, option: QStyleOptionViewItem, index: Index) -> Widget:
        """See Qt."""
        if index.column() == Column.THRESHOLD:
            percent = QDoubleSpinBox(parent)
            percent.setRange(0, 100)
            percent.setDecimals(1)
            percent.setSingleStep(5)
            percent.setSuffix(self.tr(" %"))
            percent.setLocale(_without_needless_zeros(percent.locale()))
            percent.setAccessibleName(self.tr("Suggested from, in percent"))
            percent.setFrame(False)
            # While it is turned, the preview follows.
            percent.valueChanged.connect(lambda: self.commitData.emit(percent))
            return percent
        if index.column() == Column.PRIORITY:
            number = QSpinBox(parent)
            number.setRange(-99, 99)
            number.setAccessibleName(self.tr("Priority"))
            number.setFrame(False)
            return number
        editor = super().createEditor(parent, option, index)
        name = self.tr("Tag") if index.column() == Column.TAG else self.tr("Further tags")
        editor.setAccessibleName(name)
        return editor

    def setEditorData(self, editor: Widget, index: Index) -> None:
        """See Qt."""
        if isinstance(editor, QDoubleSpinBox):
            value = float(index.data(Qt.ItemDataRole.EditRole)) * 100
            if abs(editor.value() - value) >= 0.05:
                # It is the model that says so; there is nothing to commit.
                with QSignalBlocker(editor):
                    editor.setValue(value)
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: Widget, model: QAbstractItemModel, index: Index) -> None:
        """See Qt."""
        if isinstance(editor, QDoubleSpinBox):
            before = float(index.data(Qt.ItemDataRole.EditRole)) * 100
            if abs(editor.value() - before) >= 0.05:  # more than the box can show
                model.setData(index, round(editor.value() / 100, 4))
        elif isinstance(editor, QSpinBox):
            editor.interpretText()
            model.setData(index, editor.value())
        else:
            super().setModelData(editor, model, index)


def _without_needless_zeros(locale: QLocale) -> QLocale:
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale
