"""How suggestions were answered over time, as a whole and tag by tag."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.services.accuracy.history import ENOUGH, AnswerCounts, Answers, History, Span
from app.ui.accuracy.chart import Chart
from app.ui.accuracy.drawings import Bars
from app.ui.accuracy.parts import Facts, Legend, Pane
from app.ui.accuracy.tables import Column, FigureFilter, FigureModel, TrendDelegate, table_of
from app.ui.accuracy.tables import shown as as_text
from app.ui.widgets.elided_label import ElidedLabel

#: The column with the small lines.
_TREND = 7


class AnswersPane(Pane):
    """Suggestions kept, removed and added by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        super().__init__(content, parent)
        self._answers = Answers((), {})
        self._today = date.today()
        self._history: History | None = None
        words = self.words = (self.tr("Kept"), self.tr("Removed"), self.tr("Added by hand"))
        self.facts = Facts(
            [
                (self.tr("Suggested"), self.tr("Tags suggested, with those that wait")),
                (words[0], self.tr("Suggestions that you accepted")),
                (words[1], self.tr("Suggestions that you rejected or took out")),
                (words[2], self.tr("Tags that you set without a suggestion")),
                (self.tr("Right"), self._about_right()),
            ]
        )
        self.span = QComboBox()
        self.span.addItem(self.tr("By week"), "week")
        self.span.addItem(self.tr("By month"), "month")
        self.span.setAccessibleName(self.tr("How time is divided"))
        self.chart = Chart(self.tr("Answers over time"), QSize(560, 190))
        self._of = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.all_tags = QPushButton(self.tr("All tags"))
        self._read = QLabel()
        self._read.setProperty("role", "subtle")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a tag"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.model = FigureModel(self._columns(), self)
        self.sorted = FigureFilter(self)
        self.sorted.setSourceModel(self.model)
        self.table = table_of(self.sorted, self.tr("Answers by tag"))
        self.table.setItemDelegateForColumn(_TREND, TrendDelegate(self.table))
        self.table.horizontalHeader().setSectionResizeMode(_TREND, QHeaderView.ResizeMode.Fixed)
        self.table.setColumnWidth(_TREND, 140)
        self.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        self._lay_out(content, words)
        self.span.currentIndexChanged.connect(self._show)
        self.filter.textChanged.connect(lambda text: self.sorted.setFilterFixedString(text.strip()))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.all_tags.clicked.connect(self.table.clearSelection)
        self.all_tags.clicked.connect(self._show_all)
        self.chart.pointed.connect(self._read.setText)
        self.show_answers(self._answers, self._today)

    def _lay_out(self, content: QWidget, words: tuple[str, str, str]) -> None:
        above = QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(self._of, 1)
        above.addWidget(self.all_tags)
        above.addWidget(Legend(words))
        above.addWidget(self.span)
        below = QHBoxLayout()
        below.addWidget(self._read, 1)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.facts)
        layout.addSpacing(6)
        layout.addLayout(above)
        layout.addWidget(self.chart, 2)
        layout.addLayout(below)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 3)
        self.all_tags.hide()

    def _about_right(self) -> str:
        return self.tr(
            "The share of the answered suggestions that you kept; not shown for fewer than {n}"
        ).format(n=ENOUGH)

    def _columns(self) -> list[Column]:
        return [
            Column(self.tr("Tag"), "", lambda row: " › ".join(row.tag.path)),
            Column(
                self.tr("Suggested"),
                self.tr("Photos that the tag was suggested for, with those that wait"),
                lambda row: row.suggested,
                lambda row: self.tr("%n suggestion(s) wait for an answer", "", row.waiting),
            ),
            Column(self.tr("Kept"), self.tr("Accepted"), lambda row: row.kept),
            Column(self.tr("Removed"), self.tr("Rejected or taken out"), lambda row: row.removed),
            Column(
                self.tr("Added"), self.tr("Set by you without a suggestion"), lambda row: row.added
            ),
            Column(
                self.tr("Right"), self._about_right(), lambda row: row.right, self._tip, share=True
            ),
            Column(
                self.tr("Certainty"),
                self.tr("How certain the answered suggestions were on average"),
                lambda row: row.certainty,
                share=True,
            ),
            Column(
                self.tr("Trend"),
                self.tr("The share that was right in each week or month"),
                lambda row: row.right_by_period(),
                self._tip,
                trend=True,
            ),
        ]

    def _tip(self, row: AnswerCounts) -> str:
        text = self.tr("{kept} of {answered} answered suggestions were right")
        return text.format(kept=row.kept, answered=row.answered)

    @property
    def history(self) -> History | None:
        """What is shown."""
        return self._history

    def show_answers(self, answers: Answers, today: date) -> None:
        """Show what the library knows."""
        self._answers, self._today = answers, today
        if not answers.days:
            self.say(
                self.tr(
                    "No suggestion has been answered yet. Accept or reject some, and here you see"
                    " how many were right, for each tag and over time."
                )
            )
        else:
            self.say("")
        self._show()

    def _show(self) -> None:
        span: Span = "month" if self.span.currentData() == "month" else "week"
        history = self._history = self._answers.history(span, self._today)
        everything = history.everything
        numbers = (
            everything.suggested, everything.kept, everything.removed, everything.added
        )  # fmt: skip
        self.facts.show_values([*map(as_text, numbers), as_text(everything.right, share=True)])
        self.model.show(history.tags)
        self._show_all()

    def _show_all(self) -> None:
        if self._history is not None:
            self._show_chart(self._history.everything)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self._show_chart(self.model.row(self.sorted.mapToSource(index).row()))

    def _show_chart(self, counts: AnswerCounts) -> None:
        self._of.setText(" › ".join(counts.tag.path) if counts.tag else self.tr("All tags"))
        self.all_tags.setVisible(counts.tag is not None)
        self.chart.show_drawing(self.bars(counts))

    def bars(self, counts: AnswerCounts) -> Bars:
        """The answers about one tag, or about all, in each period."""
        assert self._history is not None
        starts, span = self._history.starts, self._history.span
        text = self.tr("{period}: {kept} kept, {removed} removed, {added} added by hand")
        return Bars(
            counts.periods,
            [short_name(start, span) for start in starts],
            [
                text.format(
                    period=self._long_name(start), kept=row[0], removed=row[1], added=row[2]
                )
                for start, row in zip(starts, counts.periods.tolist(), strict=True)
            ],
        )

    def _long_name(self, start: date) -> str:
        assert self._history is not None
        if self._history.span == "month":
            return QLocale().toString(_date(start), "MMMM yyyy")
        day = QLocale().toString(_date(start), QLocale.FormatType.LongFormat)
        return self.tr("Week from {day}").format(day=day)


def short_name(start: date, span: Span) -> str:
    """A period as it stands below a chart."""
    pattern = "d MMM" if span == "week" else "MMM yy"
    return QLocale().toString(_date(start), pattern)


def _date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
