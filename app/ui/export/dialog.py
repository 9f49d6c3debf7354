"""The export dialog: a form with examples beside it, then the progress, then a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import TagwrightError
from app.core.photo import PhotoId
from app.core.settings import TagSettings
from app.ui import reasons
from app.ui.context import Context
from app.ui.export.examples import Examples, examples
from app.ui.export.form import ExportForm
from app.ui.export.programs import note
from app.ui.export.report import ProgressPage, ReportPage
from app.workers.exporting import Exporter, ExportReport

#: Milliseconds without a change until examples are looked up.
_SETTLED: Final = 200


class ExportDialog(QDialog):
    """Exports photos of the library for another program.

    Args:
        context: of the window.
        selected: photos that are selected, in their order.
        shown: photos that the grid shows.
        total: photos in the library.
        program: key of the program that is chosen at first.
        folder: where to, at first.
        min_score: of suggestions, at first.
    """

    #: ExportReport: an export has ended; the dialog shows the same.
    exported = Signal(object)

    def __init__(
        self,
        context: Context,
        selected: Sequence[PhotoId],
        shown: Sequence[PhotoId],
        total: int,
        *,
        program: str = "digikam",
        folder: Path | None = None,
        min_score: float = TagSettings().min_score,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._context = context
        self._exporter = Exporter(context.folders.data, self)
        self._exporter.progressed.connect(self._progressed)
        self._exporter.finished.connect(self._finished)
        self.form = ExportForm(selected, shown, total, program, folder, min_score)
        self.form.changed.connect(self._changed)
        self.form.folder_changed.connect(self._switch)
        self.examples = Examples()
        self.progress = ProgressPage()
        self.report = ReportPage()
        self._pages = QStackedWidget()
        for page in (self._first_page(), self.progress, self.report):
            self._pages.addWidget(page)
        self._lay_out()
        if folder is None:
            self.form.ask_for_folder()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED)
        self._timer.timeout.connect(self._look_up)
        self.resize(920, 640)
        self._switch()
        self._describe()
        self.examples.show_words(self.tr("Looking at some of the photos…"))
        self._look_up()

    def program(self) -> str:
        """Key of the program that is chosen, for the next time."""
        return self.form.program()

    def folder(self) -> Path | None:
        """Where to, for the next time."""
        return self.form.folder()

    def done(self, result: int) -> None:
        self._timer.stop()
        # Nothing is left half done: the copy in hand is finished, then the thread ends.
        self._exporter.close()
        super().done(result)

    def _first_page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        scroll = QScrollArea()
        scroll.setWidget(self.examples)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        row.addWidget(self.form, 5)
        row.addWidget(scroll, 4)
        return page

    def _lay_out(self) -> None:
        self._hint = QLabel()
        self._hint.setProperty("role", "subtle")
        self._hint.setWordWrap(True)
        self.export_button = QPushButton()
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self._start)
        self.back_button = QPushButton(self.tr("Back"))
        self.back_button.setAutoDefault(False)
        self.back_button.clicked.connect(self._back)
        self.close_button = QPushButton(self.tr("Cancel"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self._close_clicked)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        for button in (self.back_button, self.close_button, self.export_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    def _changed(self) -> None:
        self._switch()
        self._describe()
        self._timer.start()

    @Slot()
    def _switch(self) -> None:
        """What can be done on this page."""
        page = self._pages.currentWidget()
        first = page not in (self.progress, self.report)
        count = self.form.count()
        ready = self.form.folder() is not None and count > 0
        self.export_button.setVisible(first)
        self.export_button.setEnabled(first and ready)
        self.export_button.setText(self.tr("Export %Ln photo(s)", "", count))
        self.back_button.setVisible(page is self.report)
        self.close_button.setText(self.tr("Close") if page is self.report else self.tr("Cancel"))
        hint = self.tr("Your originals stay as they are.")
        if first and not ready and count:
            hint = self.tr("Say which folder to export into.")
        self._hint.setText(hint if first else "")

    def _describe(self) -> None:
        settings = self.form.settings()
        if settings.program is None:
            heading = self.tr("What the table will say")
        else:
            heading = self.tr("What {} will show").format(settings.program.title)
        self.examples.set_words(heading, note(settings.program.key) if settings.program else "")

    @Slot()
    def _look_up(self) -> None:
        photos, settings = self.form.photos(), self.form.settings()
        ratio = self.devicePixelRatioF()

        self._context.reader.ask(
            lambda library: examples(library, photos, settings, ratio),
            self.examples.show_examples,
            key="export",
            failed=self._cannot_look_up,
        )

    def _cannot_look_up(self, error: TagwrightError) -> None:
        self.examples.show_words(reasons.of_error(error))

    @Slot()
    def _start(self) -> None:
        folder = self.form.folder()
        if folder is None:
            return
        self.progress.show_progress(0, self.form.count())
        self._show(self.progress)
        self._exporter.start(self.form.photos(), folder, self.form.settings())

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._switch()

    @Slot(int, int)
    def _progressed(self, done: int, total: int) -> None:
        self.progress.show_progress(done, total)

    @Slot(object)
    def _finished(self, report: ExportReport) -> None:
        self.report.show_report(report)
        self._show(self.report)
        self.close_button.setEnabled(True)
        self.close_button.setFocus()
        self.exported.emit(report)

    def _back(self) -> None:
        self._pages.setCurrentIndex(0)
        self._switch()

    def _close_clicked(self) -> None:
        if self._exporter.is_running():
            self._exporter.cancel()
            self.close_button.setEnabled(False)
        else:
            self.reject()
