"""The status bar: how many photos, how far the work is, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from app.ui.icons import icon
from app.workers.session import Progress

_MESSAGE_TIME = 6000
#: Fewer photos than this are changed before anybody has read that they are.
_MANY_LEFT = 20


class StatusBar(QStatusBar):
    """Says what is going on, in words that are true."""

    pause_wanted = Signal()
    resume_wanted = Signal()
    cancel_wanted = Signal()
    problems_wanted = Signal()
    #: Of what the user did, what is not done yet is not to be done.
    give_up_wanted = Signal()
    #: Photos are not to be compared any further.
    stop_comparing_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(0, 0, 8, 0)
        self._photos = QLabel(self)
        self._photos.setAccessibleName(self.tr("Photos shown and selected"))
        self._photos.setContentsMargins(4, 0, 0, 0)  # where messages begin
        self._work = QLabel(self)
        self._work.setAccessibleName(self.tr("Progress"))
        self._left = QLabel(self)
        self._left.setAccessibleName(self.tr("Photos still to be changed"))
        self._give_up = QToolButton(self, autoRaise=True)
        self._give_up.setText(self.tr("Stop"))
        self._give_up.setToolTip(
            self.tr("Leave the other photos as they are; what has been changed can be undone")
        )
        self._give_up.setAccessibleName(self.tr("Stop changing photos"))
        self._give_up.clicked.connect(self._stop_changing)
        self._comparing = QLabel(self)
        self._comparing.setAccessibleName(self.tr("Progress of the comparison"))
        self._stop_comparing = QToolButton(self, autoRaise=True)
        self._stop_comparing.setText(self.tr("Stop"))
        self._stop_comparing.setAccessibleName(self.tr("Stop comparing photos"))
        self._stop_comparing.clicked.connect(self.stop_comparing_wanted)
        for button in (self._give_up, self._stop_comparing):
            button.setIcon(icon("stop"))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(140)
        self._bar.setMaximumHeight(8)
        self._bar.setAccessibleName(self.tr("Share of the photos that are done"))
        self._pause = QToolButton(self, autoRaise=True)
        self._pause.clicked.connect(self._pause_or_resume)
        self._cancel = QToolButton(self, autoRaise=True)
        self._cancel.setIcon(icon("stop"))
        self._cancel.setToolTip(self.tr("Stop; the photos that are left keep waiting"))
        self._cancel.setAccessibleName(self.tr("Stop"))
        self._cancel.clicked.connect(self.cancel_wanted)
        self._problems = QToolButton(self, autoRaise=True)
        self._problems.setIcon(icon("warning"))
        self._problems.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._problems.clicked.connect(self.problems_wanted)
        self.addWidget(self._photos)
        for widget in (
            self._left,
            self._give_up,
            self._comparing,
            self._stop_comparing,
            self._work,
            self._bar,
            self._pause,
            self._cancel,
            self._problems,
        ):
            self.addPermanentWidget(widget)
        self._is_paused = False
        self.show_left(0)
        self.show_comparing(None)
        self.show_progress(Progress())
        self.show_problems(0)

    def show_photos(self, shown: int, selected: int, total: int) -> None:
        """Say how many photos are shown (of how many in the library) and selected."""
        if not total:
            text = ""  # the start page says what to do
        elif shown == total:
            text = self.tr("%n photo(s)", "", total)
        else:
            text = self.tr("{shown} of %n photo(s)", "", total).format(shown=_number(shown))
        if selected > 1:
            text += " · " + self.tr("%n selected", "", selected)
        self._photos.setText(text)

    def show_progress(self, progress: Progress) -> None:
        """Say how far the work is."""
        is_busy = progress.state != "idle"
        self._is_paused = progress.state == "paused"
        for widget in (self._bar, self._pause, self._cancel):
            widget.setVisible(is_busy and (widget is not self._bar or progress.total > 0))
        if self._is_paused:
            self._pause.setIcon(icon("resume"))
            self._pause.setToolTip(self.tr("Go on"))
        else:
            self._pause.setIcon(icon("pause"))
            self._pause.setToolTip(self.tr("Pause"))
        self._pause.setAccessibleName(self._pause.toolTip())
        self._bar.setMaximum(max(progress.total, 1))
        self._bar.setValue(progress.done)
        self._work.setText(self._words(progress))

    def show_left(self, left: int) -> None:
        """Say how many photos the user has changed of which it is not written yet."""
        is_much = left >= _MANY_LEFT
        self._left.setVisible(is_much)
        self._give_up.setVisible(is_much)
        self._give_up.setEnabled(is_much)
        self._left.setText(self.tr("%n photo(s) still to be changed", "", left))

    def show_comparing(self, share: float | None) -> None:
        """Say how far the search for near duplicates is, 0 to 1; None while there is none."""
        for widget in (self._comparing, self._stop_comparing):
            widget.setVisible(share is not None)
        if share is not None:
            percent = QLocale().toString(int(share * 100))
            self._comparing.setText(
                self.tr("Comparing photos: {percent} %").format(percent=percent)
            )

    def show_problems(self, count: int) -> None:
        """Say how many problems there are."""
        self._problems.setVisible(count > 0)
        self._problems.setText(self.tr("%n problem(s)", "", count))
        self._problems.setToolTip(self.tr("Show what went wrong, and try again"))

    def say(self, message: str) -> None:
        """Say something for a few seconds."""
        self.showMessage(message, _MESSAGE_TIME)

    def show_learning_anew(self, is_anew: bool) -> None:
        """Say that it learns anew from all answers, or that it has."""
        if is_anew:
            self.showMessage(self.tr("Learning anew from your answers…"))
        else:
            self.say(self.tr("Learned anew: the suggestions for all photos are up to date."))

    def _words(self, progress: Progress) -> str:
        if progress.state == "idle":
            if not progress.done:
                return ""
            text = self.tr("%n photo(s) done", "", progress.done - progress.failed)
            if progress.failed:
                text += " · " + self.tr("%n failed", "", progress.failed)
            return text
        if not progress.total:
            return self.tr("Looking through folders…")
        if progress.renewing:
            how_far = self.tr("Looking once more: {done} of {total}")
        else:
            how_far = self.tr("{done} of {total}")
        parts = [how_far.format(done=_number(progress.done), total=_number(progress.total))]
        if self._is_paused:
            parts.append(self.tr("paused"))
        if progress.rate:
            rate = QLocale().toString(progress.rate, "f", 0 if progress.rate >= 10 else 1)
            parts.append(self.tr("{rate} photos a second").format(rate=rate))
        if progress.finding:
            parts.append(self.tr("still looking through folders"))
        elif progress.seconds_left is not None:
            parts.append(self._time_left(progress.seconds_left))
        if progress.failed:
            parts.append(self.tr("%n failed", "", progress.failed))
        return " · ".join(parts)

    def _time_left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("less than a minute left")
        minutes = round(seconds / 60)
        if minutes < 60:
            return self.tr("about %n minute(s) left", "", minutes)
        return self.tr("about %n hour(s) left", "", round(seconds / 3600))

    def _stop_changing(self) -> None:
        self._give_up.setEnabled(False)  # until it has come to it
        self.give_up_wanted.emit()

    def _pause_or_resume(self) -> None:
        if self._is_paused:
            self.resume_wanted.emit()
        else:
            self.pause_wanted.emit()


def _number(value: int) -> str:
    return QLocale().toString(value)
