"""What was measured on the photos with confirmed tags: tag by tag, and mix-ups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.tag import Tag
from app.learning.evaluation import TagFigures
from app.services.accuracy.judging import ENOUGH, LibraryFigures
from app.services.training import GIVEN
from app.ui.accuracy.matrix import MatrixView
from app.ui.accuracy.parts import Facts, Pane
from app.ui.accuracy.tables import Column, FigureFilter, FigureModel, percent, table_of

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

    #: Tag: the photos on which it was missed are wanted.
    chosen = Signal(object)

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
        about = QLabel(
            self.tr("Double-click a tag, or press Enter on it, to see the photos it was missed on.")
        )
        about.setProperty("role", "subtle")
        about.setWordWrap(True)
        layout.addWidget(self.facts)
        layout.addSpacing(4)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        layout.addWidget(about)
        self.table.activated.connect(self._choose)
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

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.row(self.sorted.mapToSource(index).row()).tag)


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


def names_of(tags: tuple[Tag, ...]) -> list[str]:
    """The tags' own names; with what stands above them where two have the same."""
    names = [tag.name for tag in tags]
    return [
        name if names.count(name) == 1 else " › ".join(tag.path[-2:])
        for name, tag in zip(names, tags, strict=True)
    ]
