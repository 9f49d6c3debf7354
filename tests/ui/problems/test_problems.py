"""What went wrong: collected, grouped, tried again, and gone when it is well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.core.folders import Folders
from app.core.photo import PhotoId
from app.library.library import Library
from app.ui.context import Context
from app.ui.problems.model import ProblemModel
from app.ui.problems.panel import Problems, ProblemsDialog
from app.workers.reader import Reader
from app.workers.session import Acted, Problem
from tests.ui.idle import IdleSession

# Qt without a screen says so of every window.

DAMAGED, DENIED = "is damaged: it ends too early", "Permission denied"


class Noted(IdleSession):
    """A session that only notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.again: list[PhotoId] = []
        self.paths: list[Path] = []

    def look_again(self, photos: Iterable[PhotoId]) -> None:
        self.again += photos

    def add(self, paths: Iterable[Path]) -> None:
        self.paths += paths


@pytest.fixture
def context(tmp_path: Path, qtbot: QtBot) -> Iterator[Context]:
    with Library(tmp_path / "library"):
        pass
    reader = Reader(tmp_path / "library")
    yield Context(Noted(), reader, Folders(tmp_path, tmp_path, tmp_path))
    reader.close()


@pytest.fixture
def problems(context: Context) -> Iterator[Problems]:
    problems = Problems(context)
    tester = QAbstractItemModelTester(
        problems.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    yield problems
    tester.deleteLater()


@pytest.fixture
def dialog(context: Context, problems: Problems, qtbot: QtBot) -> ProblemsDialog:
    dialog = ProblemsDialog(context, problems)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


class Catcher(QObject):
    """Takes the place of the file manager."""

    def __init__(self, opened: list[QUrl]) -> None:
        super().__init__()
        self._opened = opened

    @Slot(QUrl)
    def catch(self, url: QUrl) -> None:
        self._opened.append(url)


def problem(number: int, reason: str = DAMAGED, **more: object) -> Problem:
    return Problem(Path(f"/photos/{number}.jpg"), reason, number, **more)  # type: ignore[arg-type]


def shown(model: ProblemModel, parent: QModelIndex | None = None) -> list[object]:
    """The texts of the first column, those below a line in a list behind it."""
    parent = QModelIndex() if parent is None else parent
    lines: list[object] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        lines.append(index.data())
        lines += [below] if (below := shown(model, index)) else []
    return lines


def select(dialog: ProblemsDialog, *place: int) -> None:
    index = QModelIndex()
    for row in place:
        index = dialog.panel.view.model().index(row, 0, index)
    rows = QItemSelectionModel.SelectionFlag.Rows
    dialog.panel.view.selectionModel().select(
        index, QItemSelectionModel.SelectionFlag.ClearAndSelect | rows
    )


def test_same_reasons_stand_together(problems: Problems, context: Context, qtbot: QtBot) -> None:
    counts: list[int] = []
    problems.model.count_changed.connect(counts.append)
    for each in (problem(1), problem(2, DENIED), problem(3)):
        context.session.failed.emit(each)
    assert shown(problems.model) == [
        "Is damaged: it ends too early (2)", ["1.jpg", "3.jpg"],
        "Permission denied (1)", ["2.jpg"],
    ]  # fmt: skip
    assert counts == [1, 2, 3]


def test_a_file_is_there_once_with_its_last_reason(problems: Problems) -> None:
    for each in (problem(1), problem(1, DENIED), problem(1, DENIED)):
        problems.model.add(each)
    assert shown(problems.model) == ["Permission denied (1)", ["1.jpg"]]
    assert problems.model.count == 1


def test_a_file_that_is_gone_is_no_problem(problems: Problems, context: Context) -> None:
    context.session.removed.emit([1])
    context.session.failed.emit(problem(1))  # it was to be looked at
    assert problems.model.count == 0
    context.session.added.emit([1])
    context.session.failed.emit(problem(1))
    assert problems.model.count == 1


def test_what_is_well_or_gone_leaves_the_list(
    problems: Problems, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    with Library(tmp_path / "library") as library:
        ids = [
            library.save_photo(Path(f"/photos/{n}"), size=1, mtime_ns=1, content_hash=b"")
            for n in range(3)
        ]
        library.mark_failed(ids[1], DAMAGED, None)
    for photo in ids:
        problems.model.add(problem(photo))
    context.session.removed.emit([ids[2]])
    assert problems.model.photos() == {ids[0], ids[1]}
    with qtbot.waitSignal(problems.model.count_changed):
        context.session.changed.emit(ids)
    assert problems.model.photos() == {ids[1]}
    problems.model.resolved(ids[1])
    assert shown(problems.model) == []


def test_problems_of_an_action_are_listed(problems: Problems, context: Context) -> None:
    context.session.acted.emit(Acted(1, "Accept", "done", 1, (problem(1, DENIED),)))
    assert shown(problems.model) == ["Permission denied (1)", ["1.jpg"]]


def test_trying_again(
    dialog: ProblemsDialog, problems: Problems, context: Context, qtbot: QtBot
) -> None:
    unknown = Problem(Path("/elsewhere"), DENIED)
    for each in (problem(1), problem(2), problem(3, DENIED, can_retry=False), unknown):
        problems.model.add(each)
    panel = dialog.panel
    assert not panel._retry.isEnabled()
    select(dialog, 0, 1)
    qtbot.mouseClick(panel._retry, Qt.MouseButton.LeftButton)
    assert isinstance(context.session, Noted)
    assert context.session.again == [2]
    assert "2.jpg (trying again …)" in str(shown(problems.model))
    assert not panel._retry.isEnabled(), "it is being tried already"
    qtbot.mouseClick(panel._retry_all, Qt.MouseButton.LeftButton)
    assert context.session.again == [2, 1] and context.session.paths == [Path("/elsewhere")]
    assert not panel._retry_all.isEnabled()
    problems.model.add(problem(2))
    assert "trying again" not in str(shown(problems.model)[1][1]), "it failed once more"  # type: ignore[index]
    assert panel._retry_all.isEnabled()


def test_a_reason_stands_for_all_its_files(dialog: ProblemsDialog, problems: Problems) -> None:
    for each in (problem(1), problem(2), problem(3, DENIED)):
        problems.model.add(each)
    select(dialog, 0)
    assert [each.photo for each in dialog.panel.selected()] == [1, 2]


def test_copying(dialog: ProblemsDialog, problems: Problems, qtbot: QtBot) -> None:
    for each in (problem(1), problem(2, DENIED)):
        problems.model.add(each)
    dialog.panel.copy()
    paths = [Path("/photos/1.jpg"), Path("/photos/2.jpg")]
    lines = [f"{paths[0]}: {DAMAGED}", f"{paths[1]}: {DENIED}"]
    assert QGuiApplication.clipboard().text() == "\n".join(lines)
    select(dialog, 1, 0)
    dialog.panel.view.setFocus()
    qtbot.keyClick(dialog.panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == lines[1]


def test_showing_in_the_folder(
    dialog: ProblemsDialog, problems: Problems, qtbot: QtBot, tmp_path: Path
) -> None:
    opened: list[QUrl] = []

    problems.model.add(Problem(tmp_path / "a.jpg", DAMAGED, 1))
    problems.model.add(Problem(tmp_path / "b.jpg", DAMAGED, 2))
    select(dialog, 0)
    catcher = Catcher(opened)
    QDesktopServices.setUrlHandler("file", catcher, "catch")
    try:
        qtbot.mouseClick(dialog.panel._show, Qt.MouseButton.LeftButton)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]


def test_new_ones_come_while_it_is_open(
    dialog: ProblemsDialog, problems: Problems, context: Context
) -> None:
    panel = dialog.panel
    assert panel._nothing.isVisible() and not panel.view.isVisible()
    for number in range(60):
        context.session.failed.emit(problem(number, f"reason {number % 3}"))
    assert panel.view.isVisible() and "60" in panel._summary.text()
    model = problems.model
    assert all(panel.view.isExpanded(model.index(row, 0)) for row in range(3))
    for number in range(60):
        model.resolved(number)
    assert panel._nothing.isVisible() and model.rowCount() == 0


def test_every_control_has_a_name_and_can_be_reached(dialog: ProblemsDialog) -> None:
    panel = dialog.panel
    for widget in (panel.view, panel._retry, panel._retry_all, panel._show, panel._copy):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
