"""The second page: how the training goes."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.core.training import (
    BatchDone,
    EpochDone,
    Event,
    Examples,
    Notice,
    Phase,
    Skipped,
    Started,
    Working,
)
from app.ui.accuracy.chart import Chart
from app.ui.training import words
from app.ui.training.curves import Curves
from app.ui.training.form import heading
from app.workers.thread import Thread

_STEPS: Final = 1000
_CHART: Final = QSize(380, 240)


class RunningPage(QWidget):
    """Curves, augmented examples and the time left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = heading("")
        self._what = QLabel()
        self._left = QLabel()
        self._left.setProperty("role", "subtle")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Progress of the training"))
        self._bar.setRange(0, _STEPS)
        self.accuracy = Chart(self.tr("Share of photos that are right, by round"), _CHART)
        self.loss = Chart(self.tr("How wrong it is (loss), by round"), _CHART)
        self._pointed = QLabel()
        self._pointed.setWordWrap(True)
        for chart in (self.accuracy, self.loss):
            chart.pointed.connect(self._pointed.setText)
        self._examples = _Picture()
        self._examples.setAccessibleName(
            self.tr("Some of your photos, and how they are changed by chance while it learns")
        )
        self._about_examples = QLabel(
            self.tr("First the photo, then as it is changed by chance while it is learned")
        )
        self._about_examples.setProperty("role", "subtle")
        self._about_examples.setWordWrap(True)
        self._notes = QLabel()
        self._notes.setWordWrap(True)
        self._notes.setProperty("role", "warning")
        self._lay_out()
        self.begin("")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._what, 1)
        row.addWidget(self._left)
        charts = QHBoxLayout()
        charts.setSpacing(20)
        for title, chart in (
            (self.tr("Photos that are right"), self.accuracy),
            (self.tr("How wrong it is (loss)"), self.loss),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(QLabel(title))
            column.addWidget(chart, 1)
            charts.addLayout(column, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addSpacing(8)
        column.addLayout(charts, 3)
        column.addWidget(self._pointed)
        column.addWidget(self._notes)
        column.addWidget(self._about_examples)
        column.addWidget(self._examples, 2)

    @property
    def epochs(self) -> list[EpochDone]:
        """The rounds so far."""
        return self._epochs

    @property
    def overfits(self) -> Notice | None:
        """That it learned by heart, if it did."""
        return self._overfits

    def close_threads(self) -> None:
        """End what reads files."""
        self._examples.close_thread()

    def begin(self, name: str) -> None:
        """Show a training that has not said anything yet."""
        self._epochs: list[EpochDone] = []
        self._borders: list[int] = []
        self._phase: Phase | None = None
        self._phases: tuple[Phase, ...] = ()
        self._skipped = 0
        self._overfits: Notice | None = None
        self._round_began = 0.0
        self._notices: dict[str, str] = {}
        self._head.setText(self.tr("Training “{name}”").format(name=name))
        self._what.setText(self.tr("Starting…"))
        self._left.setText("")
        self._bar.setRange(0, 0)
        self._examples.show_file("")
        self._about_examples.hide()
        self._show_curves()
        self._show_notes()

    def show_event(self, event: Event) -> None:
        """Show what the training says."""
        match event:
            case Working():
                self._what.setText(words.of_work(event))
                self._left.setText("")
                self._bar.setRange(0, event.total)
                self._bar.setValue(event.done)
            case Started():
                self._phases = event.phases
                self._head.setText(self.tr("Training “{name}”").format(name=event.name))
            case Skipped():
                self._skipped += 1
                self._show_notes()
            case Examples():
                self._examples.show_file(event.path)
                self._about_examples.show()
            case BatchDone():
                self._begin_phase(event.phase)
                self._show_round(event, event.batch / max(1, event.batches))
            case EpochDone():
                self._begin_phase(event.phase)
                self._epochs.append(event)
                self._round_began = time.monotonic()
                self._show_round(event, 1.0)
                self._show_curves()
            case Notice():
                if event.kind == "overfitting":
                    self._overfits = event
                self._notices[event.kind] = words.of_notice(event)
                self._show_notes()
            case _:
                pass

    def say_stopping(self, keep: bool) -> None:
        """Say that it is about to end."""
        self._what.setText(
            self.tr("Ending; the best so far is kept…") if keep else self.tr("Stopping…")
        )
        self._left.setText("")
        self._bar.setRange(0, 0)

    def _begin_phase(self, phase: Phase) -> None:
        if phase != self._phase:
            self._phase = phase
            self._borders.append(len(self._epochs))
            # What was said about the part before is no longer so.
            self._overfits = None
            for kind in ("overfitting", "early-stop"):
                self._notices.pop(kind, None)
            self._show_notes()
            self._round_began = time.monotonic()

    def _show_round(self, event: BatchDone | EpochDone, share: float) -> None:
        rounds = event.epoch - 1 + share
        self._what.setText(words.of_round(event))
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(_STEPS * rounds / event.epochs))
        of_phase = [each.seconds for each in self._epochs if each.phase == event.phase]
        if not of_phase:
            self._left.setText("")
            return
        # The first round also builds what the others run.
        usual = of_phase[1:] or of_phase
        seconds = sum(usual) / len(usual) * (event.epochs - rounds)
        text = self.tr("at most {time} left") if self._is_last() else self.tr(
            "at most {time} left of this part"
        )  # fmt: skip
        self._left.setText(text.format(time=words.of_seconds(seconds)))

    def _is_last(self) -> bool:
        return not self._phases or self._phase == self._phases[-1]

    def _show_curves(self) -> None:
        names = (self.tr("Training"), self.tr("Validation"))
        best = max((n for n, each in enumerate(self._epochs) if each.best), default=-1)
        texts = [self._text(number) for number in range(len(self._epochs))]
        for chart, training, validation, is_share in (
            (
                self.accuracy,
                [each.accuracy for each in self._epochs],
                [each.validation_accuracy for each in self._epochs],
                True,
            ),
            (
                self.loss,
                [each.loss for each in self._epochs],
                [each.validation_loss for each in self._epochs],
                False,
            ),
        ):
            chart.show_drawing(
                Curves(training, validation, texts, self._borders, names, is_share, best)
            )

    def _text(self, number: int) -> str:
        each = self._epochs[number]
        locale = self.locale()
        text = self.tr(
            "Round {number}: {right} of the training photos and {validation} of the validation"
            " photos are right; loss {loss} and {validation_loss}."
        )
        return text.format(
            number=number + 1,
            right=words.percent(each.accuracy),
            validation=words.percent(each.validation_accuracy),
            loss=locale.toString(each.loss, "f", 3),
            validation_loss=locale.toString(each.validation_loss, "f", 3),
        )

    def _show_notes(self) -> None:
        notes = list(self._notices.values())
        if self._skipped:
            notes.append(self.tr("%Ln photo(s) cannot be read and are left out.", "",
                                 self._skipped))  # fmt: skip
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))


class _Picture(QLabel):
    """A picture from a file, as large as there is room for; hidden where there is none."""

    #: QImage, which is read on a thread.
    _read = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._whole = QPixmap()
        self._thread: Thread | None = None
        self._read.connect(self._show_image)
        self.setMinimumHeight(80)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.hide()

    def show_file(self, path: str) -> None:
        """Show the picture in a file; without a path, none."""
        self.close_thread()
        self._show_image(QImage())
        if path:
            self._thread = Thread("picture", lambda: self._read.emit(QImage(path)))
            self._thread.start()

    def close_thread(self) -> None:
        """Wait for the file."""
        if self._thread is not None:
            self._thread.wait()
            self._thread = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot(object)
    def _show_image(self, image: QImage) -> None:
        self._whole = QPixmap.fromImage(image)
        self.setVisible(not self._whole.isNull())
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        ratio = self.devicePixelRatioF()
        size = (self.size() * ratio).boundedTo(self._whole.size())
        scaled = self._whole.scaled(
            size,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(ratio)
        self.setPixmap(scaled)
