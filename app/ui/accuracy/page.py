"""The page that says how good the suggestions are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import TagwrightError
from app.core.settings import TagSettings
from app.library.library import Library
from app.services.accuracy.history import Answers
from app.services.accuracy.judging import ENOUGH, LibraryFigures
from app.ui import reasons
from app.ui.accuracy.answers import AnswersPane
from app.ui.accuracy.measured import CertaintyPane, LearningPane, MixUpsPane, TagsPane, names_of
from app.ui.accuracy.saving import Sheet, SheetChart, save_table, write_bytes
from app.ui.context import Context
from app.ui.icons import icon
from app.workers.judge import Judge

#: So many tags that were left out are named in a tool tip.
_NAMED = 20


class AccuracyPage(QWidget):
    """How suggestions were answered, and how well the confirmed tags are found.

    Args:
        context: asks the library.
        in_use: gives the settings, which say which network is judged, and the kind of head.
    """

    #: numpy array of PhotoId, str: photos to be shown in the grid, and what they are.
    photos_wanted = Signal(object, str)
    #: Back to the photos.
    left = Signal()
    #: str: something to be said in passing.
    told = Signal(str)

    def __init__(
        self,
        context: Context,
        in_use: Callable[[], tuple[TagSettings, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._in_use = in_use
        self._found: LibraryFigures | None = None
        #: With which settings and head it was found, or is being looked for.
        self._found_with: tuple[TagSettings, str] | None = None
        self._begun_with: tuple[TagSettings, str] | None = None
        self._judge = Judge(context.folders, self)
        self.answers = AnswersPane()
        self.tags = TagsPane()
        self.mix_ups = MixUpsPane()
        self.certainty = CertaintyPane()
        self.learning = LearningPane()
        self._measured = (self.tags, self.mix_ups, self.certainty, self.learning)
        self.tabs = QTabWidget()
        for pane, title in (
            (self.answers, self.tr("Your answers")),
            (self.tags, self.tr("Tag by tag")),
            (self.mix_ups, self.tr("Mix-ups")),
            (self.certainty, self.tr("Certainty")),
            (self.learning, self.tr("Examples")),
        ):
            self.tabs.addTab(pane, title)
        self._lay_out()
        self._judge.progressed.connect(self._show_progress)
        self._judge.finished.connect(self._show_found)
        self._judge.failed.connect(self._show_failure)
        self.mix_ups.chosen.connect(self._choose)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        self._say_in_measured(self.tr("Not measured yet."))

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Accuracy"))
        font = QFont(title.font())
        font.setPointSizeF(font.pointSizeF() * 1.5)
        title.setFont(font)
        self.works_on = QLabel()
        self.works_on.setProperty("role", "subtle")
        self.works_on.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setFixedWidth(140)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.measure_button = QPushButton(self.tr("&Measure again"))
        self.stop_button = QPushButton(self.tr("S&top"))
        self.save_button = QPushButton(icon("export"), self.tr("&Save"))
        menu = QMenu(self)
        menu.addAction(self.tr("As a &table (CSV)…"), self.save_table)
        self._save_picture = menu.addAction(self.tr("As a &picture (PNG)…"), self.save_picture)
        self.save_button.setMenu(menu)
        self.back_button = QPushButton(icon("chevron-left"), self.tr("&Back to the photos"))
        self.problem = QLabel()
        self.problem.setProperty("role", "failed")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.measure_button.clicked.connect(self.measure)
        self.stop_button.clicked.connect(self._judge.stop)
        self.back_button.clicked.connect(self.left)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(title, 1)
        first.addWidget(self.save_button)
        first.addWidget(self.back_button)
        second = QHBoxLayout()
        second.setSpacing(10)
        second.addWidget(self.works_on, 1)
        second.addWidget(self.progress)
        second.addWidget(self.stop_button)
        second.addWidget(self.measure_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.problem)
        layout.addSpacing(4)
        layout.addWidget(self.tabs, 1)
        self._enable()

    @property
    def found(self) -> LibraryFigures | None:
        """What was measured, if anything was."""
        return self._found

    def is_measuring(self) -> bool:
        """Whether it is at work."""
        return self._judge.is_running()

    # Loading

    def enter(self) -> None:
        """Show what the library knows now; measure where something has been decided since."""
        self._refuse("")
        self._context.reader.ask(
            lambda library: (Answers.of(library), library.last_decision()),
            self._show_known,
            key="accuracy",
            failed=self._cannot_read,
        )
        self.tabs.tabBar().setFocus()

    def close_down(self) -> None:
        """End what it does."""
        self._judge.close()

    def measure(self) -> None:
        """Judge all that is confirmed."""
        self._refuse("")
        self._begun_with = self._in_use()
        self._judge.start(*self._begun_with)
        self.progress.setValue(0)
        self.works_on.setText(
            self.tr("Measuring on the photos with tags that you have confirmed …")
        )
        if self._found is None:
            self._say_in_measured(self.tr("Measuring …"))
        self._enable()

    def _show_known(self, known: tuple[Answers, tuple[int, str]]) -> None:
        answers, mark = known
        self.answers.show_answers(answers, date.today())
        self.certainty.show_answers(answers.curve)
        is_new = self._found is None or self._found.mark != mark
        is_new = is_new or self._found_with != self._in_use()
        if is_new and not self._judge.is_running():
            self.measure()
        self._enable()

    def _cannot_read(self, error: TagwrightError) -> None:
        self._refuse(reasons.of_error(error))

    # Measuring

    def _show_progress(self, done: int, steps: int) -> None:
        self.progress.setRange(0, steps)
        self.progress.setValue(done)

    def _show_found(self, found: LibraryFigures | None) -> None:
        if found is None:
            self.works_on.setText(self._works_on(self._found) if self._found else "")
            if self._found is None:
                self._say_in_measured(self.tr("It was stopped before there was anything to show."))
        else:
            self._found, self._found_with = found, self._begun_with
            self._show_figures(found)
        self._enable()

    def _show_failure(self, text: str) -> None:
        self._refuse(reasons.in_words(text))
        self.works_on.setText(self._works_on(self._found) if self._found else "")
        if self._found is None:
            self._say_in_measured(self.tr("It could not be measured."))
        self._enable()

    def _show_figures(self, found: LibraryFigures) -> None:
        if found.figures is None:
            self._say_in_measured(
                self.tr(
                    "To measure, there must be two tags at least with {n} photos each that you"
                    " have confirmed. Accept more suggestions or type tags, and come back."
                ).format(n=ENOUGH)
            )
        else:
            self._say_in_measured("")
            for pane in self._measured:
                pane.show_figures(found)
        self.works_on.setText(self._works_on(found))
        names = ", ".join(str(tag) for tag in list(found.too_few)[:_NAMED])
        more = " …" if len(found.too_few) > _NAMED else ""
        self.works_on.setToolTip(names + more)

    def _works_on(self, found: LibraryFigures) -> str:
        if found.figures is None:
            return self.tr("%n photo(s) with confirmed tags: too few to measure.", "",
                           found.confirmed)  # fmt: skip
        text = self.tr(
            "Measured on %n photo(s) with tags that you have confirmed, each judged as if its own"
            " tags were not known.", "", found.photos,
        )  # fmt: skip
        if found.too_few:
            text += " " + self.tr(
                "%n tag(s) with too few photos are left out.", "", len(found.too_few)
            )
        return text

    def _say_in_measured(self, sentence: str) -> None:
        for pane in self._measured:
            pane.say(sentence)

    def _enable(self) -> None:
        running = self._judge.is_running()
        self.progress.setVisible(running)
        self.stop_button.setVisible(running)
        self.measure_button.setVisible(not running)
        figures = self._found.figures if self._found is not None else None
        has_answers = not self.answers.sentence
        self.save_button.setEnabled(figures is not None or has_answers)

    def _choose(self, shows: int, taken_for: int) -> None:
        found = self._found
        if found is None or found.figures is None:
            return
        names = names_of(found.figures.tags)
        photos = found.photos_of(shows, taken_for)
        text = (
            self.tr("{tag}, found as such")
            if shows == taken_for
            else self.tr("{tag}, taken for {other}")
        )
        title = text.format(tag=names[shows], other=names[taken_for])
        self.photos_wanted.emit(photos, title)

    # Saving

    def save_table(self, path: Path | None = None) -> None:
        """Write all figures into a CSV file (asked for where none is given)."""
        path = path or self._ask(self.tr("Accuracy.csv"), self.tr("Tables (*.csv);;All files (*)"))
        if path is None:
            return
        history = self.answers.history if not self.answers.sentence else None
        found, to = self._found, path
        self._write(path, lambda library: save_table(to, library, history, found))

    def save_picture(self, path: Path | None = None) -> None:
        """Paint what was measured into a PNG file (asked for where none is given)."""
        path = path or self._ask(
            self.tr("Accuracy.png"), self.tr("Pictures (*.png);;All files (*)")
        )
        if path is None:
            return
        content, to = self.sheet().png(self.font()), path
        self._write(path, lambda _: write_bytes(to, content))

    def sheet(self) -> Sheet:
        """What stands in the picture."""
        figures = self._found.figures if self._found is not None else None
        charts = []
        history = self.answers.history
        if not self.answers.sentence and history is not None:
            bars = self.answers.bars(history.everything)
            charts.append(SheetChart(self.tr("Your answers"), bars, self.answers.words))
        for pane, heading in (
            (self.certainty, self.tr("Certainty")),
            (self.learning, self.tr("Examples")),
        ):
            if figures is not None and not pane.sentence and pane.chart.drawing is not None:
                charts.append(SheetChart(heading, pane.chart.drawing))
        title = self.tr("Accuracy")
        if figures is not None:
            text = self.tr("{title}: the first answer is right for {share} of %n photo(s)", "",
                           figures.photos)  # fmt: skip
            title = text.format(title=title, share=self.tags.facts.values()[0])
        names = names_of(figures.tags) if figures is not None else []
        return Sheet(title, names, self._found, charts)

    def _ask(self, name: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save"), name, kinds)
        return Path(chosen) if chosen else None

    def _write(self, path: Path, job: Callable[[Library], None]) -> None:
        self._refuse("")
        said = self.tr("Saved: {name}").format(name=path.name)
        self._context.reader.ask(job, lambda _: self.told.emit(said), failed=self._cannot_read)

    def _refuse(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
