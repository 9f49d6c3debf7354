"""The dialog that says which way of learning is best for the user's own tags."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.preferences import BY_NAME
from app.services.comparison import LEAST_PHOTOS, LEAST_TAGS, Comparison, HeadFigures, Spread
from app.ui import reasons
from app.ui.numbers import percent
from app.ui.settings.fields import words
from app.workers.comparing import Comparer


class ComparisonDialog(QDialog):
    """Compares the ways of learning on what was accepted and rejected so far, and shows it.

    Closing it stops the comparison.

    Args:
        library_folder: where the library is.
        model: key of the network in use; empty where there is none.
        in_use: the way that is set now, as in `Preferences.head`.
    """

    #: str: the user wants to use this way.
    chosen = Signal(str)

    def __init__(
        self, library_folder: Path, model: str, in_use: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Compare ways of learning"))
        self._in_use = in_use
        self._order: list[str] = []
        self._say = QLabel(self.tr("Answering each of your photos from all the others…"))
        self._say.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setRange(0, 0)
        self._table = self._make_table()
        self._table.hide()
        self._note = QLabel()
        self._note.setProperty("role", "subtle")
        self._note.setWordWrap(True)
        self._note.hide()
        self._use = QPushButton(self.tr("Use this one"))
        self._use.setEnabled(False)
        self._use.setAutoDefault(False)
        self._use.clicked.connect(self._choose)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.addButton(self._use, QDialogButtonBox.ButtonRole.ActionRole)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for widget in (self._say, self._bar, self._table, self._note):
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(self._buttons)
        self.resize(820, 380)
        self._comparer = Comparer(library_folder, model, in_use, self)
        self._comparer.progressed.connect(self._show_progress)
        self._comparer.finished.connect(self._show)
        self._comparer.failed.connect(self._fail)
        self._comparer.start()

    def done(self, result: int) -> None:
        self._comparer.close()
        super().done(result)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 5)
        table.setAccessibleName(self.tr("Ways of learning, the best one first"))
        table.setHorizontalHeaderLabels(
            [
                self.tr("Way"),
                self.tr("First tag right"),
                self.tr("Order"),
                self.tr("Certainty off by"),
                self.tr("Time"),
            ]
        )
        for column, tip in (
            (1, self.tr("Of how many photos the surest tag is one that you gave them")),
            (
                2,
                self.tr("How far the photos of a tag come before all others (100 %: all do)"),
            ),
            (3, self.tr("How far certainties are from how often they are right, on average")),
            (4, self.tr("For learning all your answers six times over")),
        ):
            table.horizontalHeaderItem(column).setToolTip(tip)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeaderItem(0).setTextAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        table.itemSelectionChanged.connect(self._selected)
        return table

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    @Slot(object)
    def _show(self, found: Comparison | None) -> None:
        self._bar.hide()
        close = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        close.setText(self.tr("Close"))
        if found is None or found.verdict == "few":
            self._say.setText(
                self.tr(
                    "There is too little to compare yet: accept or set at least {tags} tags, each"
                    " for {photos} photos or more."
                ).format(tags=LEAST_TAGS, photos=LEAST_PHOTOS)
            )
            return
        self._say.setText(self._verdict(found))
        self._note.setText(
            self.tr(
                "Measured on %n photo(s) that you have answered, each by what was learned from the"
                " others. ± is how much it differs from one fifth of them to another.",
                "",
                found.photos,
            )
        )
        self._order = [each.kind for each in found.heads]
        self._table.setRowCount(len(found.heads))
        for row, each in enumerate(found.heads):
            for column, text in enumerate(self._row(each)):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self._table.setItem(row, column, item)
        self._table.show()
        self._note.show()
        self._table.selectRow(self._order.index(found.best))
        self._table.setFocus()

    def _verdict(self, found: Comparison) -> str:
        name = _name(found.best)
        if found.best == self._in_use and found.verdict == "best":
            return self.tr("On your photos the best is the one in use: {name}").format(name=name)
        if found.best == self._in_use:
            return self.tr(
                "On your photos the differences are no larger than chance makes them. The one in"
                " use is as good as any: {name}"
            ).format(name=name)
        return self.tr("Better on your photos than the one in use: {name}").format(name=name)

    def _row(self, each: HeadFigures) -> tuple[str, ...]:
        name = _name(each.kind)
        if each.kind == self._in_use:
            name = self.tr("{} – in use").format(name)
        return (
            name,
            _percent(each.accuracy),
            _percent(each.average_precision),
            _percent(each.calibration_error),
            self.tr("{} s").format(QLocale().toString(each.seconds, "f", 1)),
        )

    @Slot()
    def _selected(self) -> None:
        row = self._table.currentRow()
        self._use.setEnabled(0 <= row < len(self._order) and self._order[row] != self._in_use)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._order[self._table.currentRow()])
        self.accept()

    @Slot(str)
    def _fail(self, text: str) -> None:
        self._bar.hide()
        self._say.setText(reasons.in_words(text))
        self._say.setProperty("role", "failed")
        self._say.style().unpolish(self._say)
        self._say.style().polish(self._say)


def _name(kind: str) -> str:
    return words(dict(BY_NAME["head"].choices)[kind])


def _percent(figure: Spread) -> str:
    mean = QLocale().toString(100 * figure.mean, "f", 1)
    return f"{mean} ± {percent(100 * figure.deviation, 1)}"
