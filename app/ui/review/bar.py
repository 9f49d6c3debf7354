"""The bar above the grid while photos are reviewed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.ui import theme
from app.ui.review.queue import ReviewProgress, ReviewQueue


class ReviewBar(QWidget):
    """Says how far a review has come, and has buttons to put a photo off and to end it.

    It shows itself when the review starts and hides when it is stopped.

    Args:
        queue: what it speaks of; None to be told by `show_progress`.
    """

    skip_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, queue: ReviewQueue | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(6)
        self._progress.setMinimumWidth(80)
        self._progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._progress.setAccessibleName(self.tr("Reviewed photos"))
        self._skip = QPushButton(self.tr("&Skip"))
        self._skip.setToolTip(self.tr("Ask about this photo again at the end"))
        self._skip.setAccessibleName(self.tr("Skip this photo"))
        self._stop = QPushButton(self.tr("&Done"))
        self._stop.setToolTip(self.tr("End the review; every answer so far is kept"))
        self._stop.setAccessibleName(self.tr("End the review"))
        for button in (self._skip, self._stop):
            # A click must not take the keys away from the photos.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 10, 7)
        layout.setSpacing(12)
        layout.addWidget(self._text)
        layout.addWidget(self._progress, 1)
        layout.addWidget(self._skip)
        layout.addWidget(self._stop)
        self.setAccessibleName(self.tr("Review"))
        self._skip.clicked.connect(self.skip_wanted)
        self._stop.clicked.connect(self.stop_wanted)
        self.show_progress(ReviewProgress())
        if queue is not None:
            self.skip_wanted.connect(queue.skip)
            self.stop_wanted.connect(queue.stop)
            # After the end there is nothing left to stop, but the bar is still there.
            self.stop_wanted.connect(self.hide)
            queue.progressed.connect(self.show_progress)
            queue.started.connect(self._on_started)
            queue.finished.connect(self.show_finished)
            queue.stopped.connect(self.hide)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    @Slot(object)
    def show_progress(self, progress: ReviewProgress) -> None:
        """Say how far the review has come."""
        parts = [
            self.tr("{n} of {total} reviewed").format(n=progress.reviewed, total=progress.total),
            self.tr("{n} left").format(n=progress.left),
        ]
        if progress.skipped:
            parts.append(self.tr("{n} skipped").format(n=progress.skipped))
        self._say(" · ".join(parts), progress)
        self._skip.setVisible(True)

    @Slot(object)
    def show_finished(self, progress: ReviewProgress) -> None:
        """Say that nothing is left."""
        if progress.reviewed:
            text = self.tr("All done: %n photo(s) reviewed", "", progress.reviewed)
        else:
            text = self.tr("Nothing to review: no suggestion waits for an answer")
        self._say(text, progress)
        self._progress.setRange(0, 1)
        self._progress.setValue(1)
        self._skip.setVisible(False)
        self.show()

    @Slot()
    def _on_started(self) -> None:
        self.show()

    def _say(self, text: str, progress: ReviewProgress) -> None:
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._progress.setRange(0, max(1, progress.total))
        self._progress.setValue(progress.reviewed)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.border(self.palette()))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()
