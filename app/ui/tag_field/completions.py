"""The tags that are offered while somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.core.errors import UsageError
from app.core.tag import Tag
from app.services.vocabulary import Match, Vocabulary
from app.ui.widgets.tag_text import spoken

LIMIT = 40
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """A tag that is offered.

    Attributes:
        new: whether it is not in the library yet.
        enter, tab: whether it is what that key takes while no row is chosen.
    """

    match: Match
    new: bool = False
    enter: bool = False
    tab: bool = False

    @property
    def words(self) -> str:
        """All that the row says, for those who cannot see it."""
        return _WORDS.of(self)


class _Words(QObject):
    """What rows say."""

    def of(self, row: Row) -> str:
        says = [spoken(row.match.tag)]
        if row.match.synonym:
            says.append(self.tr("also called {name}").format(name=row.match.synonym))
        if row.new:
            says.append(self.tr("New tag"))
        else:
            says.append(self.tr("%n photo(s)", "", row.match.count))
        return ", ".join(says)


_WORDS = _Words()


def rows_for(
    text: str, vocabulary: Vocabulary, used: Sequence[Tag] = (), taken: Sequence[Tag] = ()
) -> list[Row]:
    """What to offer for a text.

    The first row is what Enter takes: the tag that goes by this very name, else a new one, which
    is below the known tag that its first levels name.

    Args:
        used: tags that were given since the vocabulary was read, the latest first.
        taken: tags that stand in the field already.
    """
    if not text:
        fresh = [Match(tag, vocabulary.count(tag), recent=True) for tag in used]
        found = [*fresh, *(m for m in vocabulary.recent() if m.tag not in used)]
        return [Row(match) for match in found if match.tag not in taken]
    found = [match for match in vocabulary.matches(text, LIMIT) if match.tag not in taken]
    meant = meaning(text, vocabulary, used)
    rows: list[Row] = []
    if meant is not None:
        count = vocabulary.count(meant)
        known = next((m for m in found if m.tag == meant), Match(meant, count))
        is_there = meant in vocabulary or meant in used
        rows.append(Row(known, new=not is_there, enter=True))
    try:
        literal = Tag.parse(text)
    except UsageError:
        literal = None
    is_new = literal is not None and literal not in vocabulary and literal not in used
    if is_new and literal is not None and meant is None:
        rows.append(Row(Match(literal), new=True, enter=True))
    others = [match for match in found if match.tag != meant]
    to_complete = not rows or rows[0].new
    rows += [Row(match, tab=n == 0 and to_complete) for n, match in enumerate(others)]
    if is_new and literal is not None and meant is not None:
        rows.append(Row(Match(literal), new=True))
    return rows


def meaning(text: str, vocabulary: Vocabulary, used: Sequence[Tag] = ()) -> Tag | None:
    """The known tag that a text names as a whole, or that it stands below, if any."""
    try:
        typed = Tag.parse(text)
    except UsageError:
        return None
    known = next((tag for tag in used if tag == typed), None)
    known = known or vocabulary.resolve(text)
    is_begun = any(tag.key[:1] == typed.key[:1] for tag in used)  # at the top
    return known or (None if is_begun else vocabulary.placed(text))


class CompletionModel(QAbstractListModel):
    """Rows that are offered, best first."""

    ROW = Qt.ItemDataRole.UserRole + 1  #: Row

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """What is offered."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Offer something else."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (as Qt has it)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return spoken(row.match.tag)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.words
        return row if role == self.ROW else None
