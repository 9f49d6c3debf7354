"""Curves with a sentence about each: certainty, and how examples help."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from app.learning.evaluation import CalibrationBin, calibration_error
from app.services.accuracy.judging import ENOUGH, LibraryFigures
from app.services.learning_curves import CurvePoint
from app.ui.accuracy.chart import Chart
from app.ui.accuracy.drawings import Curve, Point
from app.ui.accuracy.parts import Pane
from app.ui.accuracy.tables import percent

#: Certainties that are off by less are as good as right.
_HONEST = 0.03


class CurvePane(Pane):
    """A curve with a sentence about it.

    Args:
        name: what it shows, for screen readers.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(content, parent)
        self.chart = Chart(name, QSize(560, 400))
        self.chart.setMaximumSize(860, 560)
        self.about = QLabel()
        self.about.setWordWrap(True)
        read = QLabel()
        read.setProperty("role", "subtle")
        self.chart.pointed.connect(read.setText)
        layout = self.layout_ = QVBoxLayout(content)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.about)
        layout.addWidget(self.chart, 4)
        layout.addWidget(read)
        layout.addStretch(1)


class CertaintyPane(CurvePane):
    """How certain it was, and how often that was right: as measured, or by the user's answers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.chart.setAccessibleName(self.tr("How often it is right at each certainty"))
        self._measured: Sequence[CalibrationBin] = ()
        self._answered: Sequence[CalibrationBin] = ()
        self._why_not = ""
        self.source = QComboBox()
        self.source.addItem(self.tr("As measured on photos with confirmed tags"))
        self.source.addItem(self.tr("By your answers to suggestions"))
        self.source.setAccessibleName(self.tr("What is counted"))
        self.layout_.insertWidget(0, self.source, 0, Qt.AlignmentFlag.AlignLeft)
        self.source.currentIndexChanged.connect(self._show)

    def say(self, sentence: str) -> None:
        """Why nothing is measured; the user's answers are shown in any case."""
        self._why_not = sentence
        if sentence:
            self._measured = ()
        self._show()

    def show_figures(self, found: LibraryFigures) -> None:
        """Show what was measured."""
        self._measured = found.figures.curve if found.figures is not None else ()
        self._show()

    def show_answers(self, curve: Sequence[CalibrationBin]) -> None:
        """Show how the user has answered."""
        self._answered = curve
        self._show()

    def _show(self) -> None:
        by_answers = self.source.currentIndex() == 1
        curve = self._answered if by_answers else self._measured
        known = [each for each in curve if each.answers >= ENOUGH]
        too_few = self.tr("There are too few suggestions to say anything.")
        self.chart.setVisible(bool(known))
        if known:
            self.about.setText(self._sentence_about(curve, calibration_error(curve)))
            self.chart.show_drawing(self._drawing(known))
        else:
            self.about.setText(too_few if by_answers else self._why_not or too_few)
            self.chart.show_drawing(None)

    def _drawing(self, known: list[CalibrationBin]) -> Curve:
        most = max(each.answers for each in known)
        points = [
            Point(
                each.certainty,
                each.right,
                self.tr("{certainty} certain on average: {right} right, of %n suggestion(s)", "",
                        each.answers).format(
                    certainty=percent(each.certainty), right=percent(each.right)
                ),
                each.answers / most,
            )
            for each in known
        ]  # fmt: skip
        marks = [(tenth / 10, f"{tenth * 10} %") for tenth in range(0, 11, 2)]
        return Curve(points, marks, self.tr("how certain it was"), diagonal=True)

    def _sentence_about(self, bins: Sequence[CalibrationBin], error: float) -> str:
        total = sum(each.answers for each in bins)
        lean = sum(each.answers * (each.right - each.certainty) for each in bins) / total
        if abs(lean) < _HONEST:
            text = self.tr(
                "It is right about as often as it says: on average its certainty is off by"
                " {points} points. On the dashed line it would be exactly so."
            )
        elif lean > 0:
            text = self.tr(
                "It is right more often than it says: on average its certainty is off by {points}"
                " points. On the dashed line it would be right as often as it says."
            )
        else:
            text = self.tr(
                "It is right less often than it says: on average its certainty is off by {points}"
                " points. On the dashed line it would be right as often as it says."
            )
        return text.format(points=round(100 * error))


class LearningPane(CurvePane):
    """How good it is with few examples and with many."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.chart.setAccessibleName(self.tr("How often the first answer is right, by examples"))

    def show_figures(self, found: LibraryFigures) -> None:
        """Show what was measured."""
        if not found.curve:
            self.say(
                self.tr(
                    "For this, the tags need more photos that have just one of them: such photos"
                    " say most clearly what helped."
                )
            )
            return
        self.say("")
        self.about.setText(
            self.tr(
                "How often the first answer is right on photos that it was not taught, when it is"
                " taught just so many of each tag. Where the line still rises, more examples help."
            )
        )
        self.chart.show_drawing(self._drawing(found.curve))

    def _drawing(self, curve: tuple[CurvePoint, ...]) -> Curve:
        widest = math.log(max(curve[-1].examples, 2))
        points = [
            Point(
                math.log(each.examples) / widest,
                each.mean,
                self.tr("With %n example(s) of each tag: {right} right (from {low} to {high})", "",
                        each.examples).format(
                    right=percent(each.mean),
                    low=percent(min(each.accuracies)),
                    high=percent(max(each.accuracies)),
                ),
                low=min(each.accuracies),
                high=max(each.accuracies),
            )
            for each in curve
        ]  # fmt: skip
        marks = [(point.across, str(each.examples)) for point, each in zip(points, curve,
                                                                          strict=True)]  # fmt: skip
        return Curve(points, marks, self.tr("examples of each tag"))
