"""What the windows have in common in which a command of the program compares something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui import reasons
from app.workers.command import Command, CommandEnded


class JobDialog(QDialog):
    """Runs a command, shows how far it is, and puts its result into a table.

    Closing it ends the command.

    Args:
        title: of the window.
        beginning: what is said at first.
        arguments: of the command, without those that make it say lines of JSON.
        columns: the heads of the table.
        about: what the table is, for who cannot see it.
        command: runs it; None for this program.
    """

    def __init__(
        self,
        title: str,
        beginning: str,
        arguments: Sequence[str],
        columns: Sequence[str],
        about: str,
        parent: QWidget | None = None,
        *,
        command: Command | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.said = QLabel(beginning)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setRange(0, 0)
        self.table = _table(columns, about)
        self.table.hide()
        self.note = QLabel()
        self.note.setProperty("role", "subtle")
        self.note.setWordWrap(True)
        self.note.hide()
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.clicked.connect(self._stop)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.close)
        self.foot = QHBoxLayout()
        self.foot.addStretch()
        for button in (self.stop_button, self.close_button):
            button.setAutoDefault(False)
            self.foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for widget in (self.said, self._bar, self.note):
            column.addWidget(widget)
        column.insertWidget(2, self.table, 1)
        column.addStretch()
        column.addLayout(self.foot)
        self.resize(620, 130)
        self._result: dict[str, Any] | None = None
        self._command = command or Command("the comparison", self)
        self._command.said.connect(self._hear)
        self._command.ended.connect(self._ended)
        self._command.start([*arguments, "--json-lines", "--controlled"])
        self.stop_button.setFocus()

    def done(self, result: int) -> None:
        self._command.close()
        super().done(result)

    def is_result(self, said: dict[str, Any]) -> bool:
        """Whether a line is the result and not a step on the way."""
        raise NotImplementedError

    def show_step(self, said: dict[str, Any]) -> None:
        """Say what is being done."""
        raise NotImplementedError

    def show_result(self, said: dict[str, Any]) -> None:
        """Fill the table, and say what is in it."""
        raise NotImplementedError

    def too_little(self) -> str:
        """Say what is needed, where there is too little to compare by."""
        raise NotImplementedError

    def progress(self, done: int, total: int) -> None:
        """Show how far it is; a total of 0 for something that nobody can count."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def put(self, row: int, texts: Sequence[str]) -> None:
        """Fill a row of the table: a name, then figures."""
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column:
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                item.setTextAlignment(side)
            self.table.setItem(row, column, item)

    @Slot()
    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.said.setText(self.tr("Stopping…"))
        self._command.stop()

    @Slot(object)
    def _hear(self, said: dict[str, Any]) -> None:
        if self.is_result(said):
            self._result = said
        elif self.stop_button.isEnabled():
            self.show_step(said)

    @Slot(object)
    def _ended(self, ended: CommandEnded) -> None:
        self._bar.hide()
        self.stop_button.hide()
        if self._result is not None:
            self.table.show()
            self.note.show()
            self.show_result(self._result)
            rows = self.table.rowCount() * self.table.verticalHeader().defaultSectionSize()
            self.resize(760, min(rows + 230, 640))
            self.table.setFocus()
            return
        self.close_button.setFocus()
        if ended.stopped:
            self.said.setText(self.tr("Stopped."))
            return
        # Exit code 2: nothing has failed, there is only too little to go by.
        is_little = ended.code == 2
        self.said.setText(self.too_little() if is_little else reasons.sentence(ended.reason))
        self.said.setProperty("role", "" if is_little else "failed")
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)


def _table(columns: Sequence[str], about: str) -> QTableWidget:
    table = QTableWidget(0, len(columns))
    table.setAccessibleName(about)
    table.setHorizontalHeaderLabels(list(columns))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(34)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.horizontalHeaderItem(0).setTextAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    return table
