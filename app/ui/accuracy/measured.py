"""What was measured on the photos with confirmed tags: tag by tag, mix-ups and curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.tag import Tag
from app.learning.evaluation import CalibrationBin, TagFigures, calibration_error
from app.services.accuracy.judging import ENOUGH, LibraryFigures
from app.services.learning_curves import CurvePoint
from app.services.training import GIVEN
from app.ui.accuracy.chart import Chart
from app.ui.accuracy.drawings import Curve, Point
from app.ui.accuracy.matrix import MatrixView
from app.ui.accuracy.parts import Facts, Pane
from app.ui.accuracy.tables import Column, FigureFilter, FigureModel, percent, table_of

#: Certainties that are off by less are as good as right.
_HONEST = 0.03
#: From so many tags on, those that are never mixed up can be left out.
_MANY = 12


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag with its figures.

    Attributes:
        given: how many photos it was given to.
    """

    tag: Tag
    figures: TagFigures
    given: int

    @property
    def precision(self) -> float | None:
        """None for too few photos."""
        return self.figures.precision if self.given >= ENOUGH else None


class TagsPane(Pane):
    """Figures of each tag, and of all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(content, parent)
        sure = self.tr("tags that are at least {n} % certain").format(n=round(100 * GIVEN))
        self.facts = Facts(
            [
                (
                    self.tr("First answer is right"),
                    self.tr("The most certain tag of a photo is one of its own (top-1)"),
                ),
                (
                    self.tr("Right among the first 5"),
                    self.tr("One of its own tags is among the five most certain (top-5)"),
                ),
                (self.tr("Right among the first 10"), self.tr("The same for ten (top-10)")),
                (
                    self.tr("Given tags are right"),
                    self.tr("Precision of {sure}").format(sure=sure),
                ),
                (self.tr("Tags are found"), self.tr("Recall of {sure}").format(sure=sure)),
            ]
        )
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a tag"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.model = FigureModel(self._columns(), self)
        self.sorted = FigureFilter(self)
        self.sorted.setSourceModel(self.model)
        self.table = table_of(self.sorted, self.tr("Figures by tag"))
        self.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.facts)
        layout.addSpacing(4)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        self.filter.textChanged.connect(lambda text: self.sorted.setFilterFixedString(text.strip()))

    def _columns(self) -> list[Column]:
        given = round(100 * GIVEN)
        return [
            Column(self.tr("Tag"), "", lambda row: " › ".join(row.tag.path)),
            Column(
                self.tr("Photos"), self.tr("Photos with the tag"), lambda row: row.figures.photos
            ),
            Column(
                self.tr("Right where given"),
                self.tr(
                    "Precision: the share of the photos it was given to (at least {n} % certain)"
                    " that have it"
                ).format(n=given),
                lambda row: row.precision,
                lambda row: self.tr("It was given to %n photo(s)", "", row.given),
                share=True,
            ),
            Column(
                self.tr("Found"),
                self.tr("Recall: the share of the photos with the tag that it was given to"),
                lambda row: row.figures.recall,
                share=True,
            ),
            Column(
                self.tr("Ranking"),
                self.tr(
                    "Average precision: how far the photos with the tag stand above all others"
                    " when sorted by certainty"
                ),
                lambda row: row.figures.average_precision,
                share=True,
            ),
        ]  # fmt: skip

    def show_figures(self, found: LibraryFigures) -> None:
        """Show what was measured."""
        figures = found.figures
        if figures is None:
            return
        shares = (*(figures.top_k[k] for k in (1, 5, 10)), figures.given.precision,
                  figures.given.recall)  # fmt: skip
        texts = [percent(share) for share in shares]
        count = len(figures.tags)
        # Among ten answers of four, the right one always is.
        for place, first in ((1, 5), (2, 10)):
            if count <= first:
                texts[place] = "–"
        if not sum(found.given):
            texts[3] = "–"
        self.facts.show_values(texts)
        self.model.show(
            [TagRow(*each) for each in zip(figures.tags, figures.by_tag, found.given, strict=True)]
        )


class MixUpsPane(Pane):
    """What was taken for what."""

    #: int, int: what the photos show, and what they were taken for, by the tags' indices.
    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(content, parent)
        self._found: LibraryFigures | None = None
        about = QLabel(
            self.tr(
                "Each row is a tag that photos have, each column what they were taken for. Click a"
                " cell, or press Enter on it, to see its photos."
            )
        )
        about.setWordWrap(True)
        about.setProperty("role", "subtle")
        self.only_mixed = QCheckBox(self.tr("Only tags that are mixed up"))
        self.matrix = MatrixView()
        self._read = QLabel()
        self._read.setProperty("role", "subtle")
        above = QHBoxLayout()
        above.addWidget(about, 1)
        above.addWidget(self.only_mixed)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(above)
        layout.addWidget(self.matrix, 1)
        layout.addWidget(self._read)
        self.matrix.chosen.connect(self.chosen)
        self.matrix.pointed.connect(self._read.setText)
        self.only_mixed.toggled.connect(self._show)

    def show_figures(self, found: LibraryFigures) -> None:
        """Show what was measured."""
        self._found = found
        figures = found.figures
        if figures is None:
            return
        mixed = self._mixed()
        self.only_mixed.setVisible(len(figures.tags) >= _MANY and len(mixed) > 0)
        self._show()

    def _mixed(self) -> list[int]:
        assert self._found is not None
        assert self._found.figures is not None
        wrong = self._found.figures.confusion.copy()
        np.fill_diagonal(wrong, 0)
        return [int(each) for each in np.flatnonzero(wrong.any(axis=0) | wrong.any(axis=1))]

    def _show(self) -> None:
        figures = self._found.figures if self._found is not None else None
        if figures is None:
            return
        some = self.only_mixed.isChecked() and not self.only_mixed.isHidden()
        self.matrix.show_matrix(
            names_of(figures.tags), figures.confusion, self._mixed() if some else None
        )


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


def names_of(tags: tuple[Tag, ...]) -> list[str]:
    """The tags' own names; with what stands above them where two have the same."""
    names = [tag.name for tag in tags]
    return [
        name if names.count(name) == 1 else " › ".join(tag.path[-2:])
        for name, tag in zip(names, tags, strict=True)
    ]
