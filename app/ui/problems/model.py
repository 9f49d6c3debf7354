"""What went wrong, by reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from app.core.photo import PhotoId
from app.ui import reasons
from app.workers.session import Problem

Index = QModelIndex | QPersistentModelIndex
FILE, FOLDER = range(2)


@dataclass(slots=True, eq=False)
class _Reason:
    number: int  # from 1
    text: str
    problems: list[Problem] = field(default_factory=list)


class ProblemModel(QAbstractItemModel):
    """Reasons, and below each the files that it is true of. A file is there once.

    Trying again is shown until the file fails once more or is resolved.
    """

    #: int: how many files there are now.
    count_changed = Signal(int)
    #: Answers the `Problem`, or None for a reason.
    PROBLEM = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reasons: list[_Reason] = []
        # The number of a reason is the id of the indexes below it; those of reasons have 0.
        self._by_number: dict[int, _Reason] = {}
        self._given = 0
        self._by_path: dict[Path, _Reason] = {}
        self._by_photo: dict[PhotoId, Path] = {}
        self._retried: set[Path] = set()

    @property
    def count(self) -> int:
        """How many files there are."""
        return len(self._by_path)

    def problems(self) -> list[Problem]:
        """All, reason by reason."""
        return [problem for reason in self._reasons for problem in reason.problems]

    def photos(self) -> set[PhotoId]:
        """Those that the library knows."""
        return set(self._by_photo)

    def is_retried(self, problem: Problem) -> bool:
        """Whether it is being tried again."""
        return problem.path in self._retried

    def add(self, problem: Problem) -> None:
        """Something went wrong. What was said about the same file before is forgotten."""
        self._take_out(problem.path)
        reason = next((each for each in self._reasons if each.text == problem.reason), None)
        if reason is None:
            self._given += 1
            reason = self._by_number[self._given] = _Reason(self._given, problem.reason)
            row = len(self._reasons)
            self.beginInsertRows(QModelIndex(), row, row)
            self._reasons.append(reason)
            self.endInsertRows()
        row = len(reason.problems)
        self.beginInsertRows(self._index_of(reason), row, row)
        reason.problems.append(problem)
        self._by_path[problem.path] = reason
        if problem.photo is not None:
            self._by_photo[problem.photo] = problem.path
        self.endInsertRows()
        self._changed(reason)
        self.count_changed.emit(self.count)

    def resolved(self, photo: PhotoId) -> None:
        """Nothing is wrong with a photo any more."""
        if photo in self._by_photo:
            self.forget([self._by_photo[photo]])

    def forget(self, paths: Iterable[Path]) -> None:
        """Take files off the list."""
        before = self.count
        for path in paths:
            self._take_out(path)
        if self.count != before:
            self.count_changed.emit(self.count)

    def mark_retried(self, problems: Iterable[Problem]) -> None:
        """These are being tried again."""
        for problem in problems:
            reason = self._by_path.get(problem.path)
            if reason is not None:
                self._retried.add(problem.path)
                row = self._row_of(reason, problem.path)
                parent = self._index_of(reason)
                self.dataChanged.emit(self.index(row, FILE, parent), self.index(row, 1, parent))

    def _take_out(self, path: Path) -> None:
        reason = self._by_path.pop(path, None)
        if reason is None:
            return
        self._retried.discard(path)
        row = self._row_of(reason, path)
        self.beginRemoveRows(self._index_of(reason), row, row)
        photo = reason.problems.pop(row).photo
        if photo is not None:
            self._by_photo.pop(photo, None)
        self.endRemoveRows()
        if reason.problems:
            self._changed(reason)
            return
        row = self._reasons.index(reason)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._reasons[row]
        del self._by_number[reason.number]
        self.endRemoveRows()

    @staticmethod
    def _row_of(reason: _Reason, path: Path) -> int:
        return next(n for n, each in enumerate(reason.problems) if each.path == path)

    def _changed(self, reason: _Reason) -> None:
        """The number beside a reason is another one."""
        index = self._index_of(reason)
        self.dataChanged.emit(index, index)

    def _index_of(self, reason: _Reason) -> QModelIndex:
        return self.createIndex(self._reasons.index(reason), 0)

    # What Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column)
        return self.createIndex(row, column, self._reasons[parent.row()].number)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        reason = self._by_number.get(index.internalId()) if index.isValid() else None
        return QModelIndex() if reason is None else self._index_of(reason)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._reasons)
        if parent.internalId() == 0 and parent.column() == 0:
            return len(self._reasons[parent.row()].problems)
        return 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("File"), self.tr("Folder"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        reason = self._by_number.get(index.internalId())
        if reason is None:
            return self._of_reason(self._reasons[index.row()], index.column(), role)
        problem = reason.problems[index.row()]
        if role == self.PROBLEM:
            return problem
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(problem.path)
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == FOLDER:
                return str(problem.path.parent)
            if problem.path in self._retried:
                return self.tr("{name} (trying again …)").format(name=_name(problem.path))
            return _name(problem.path)
        return None

    def _of_reason(self, reason: _Reason, column: int, role: int) -> Any:
        if column != FILE:
            return None
        text = reasons.sentence(reason.text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("{reason} ({n})").format(reason=text, n=len(reason.problems))
        return None


def _name(path: Path) -> str:
    return path.name or str(path)
