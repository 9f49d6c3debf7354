"""The tool bar: search, order, groups, size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QSlider,
    QToolBar,
    QToolButton,
    QWidget,
)

from app.core.listing import Grouping, Sort
from app.ui.grid.metrics import LARGEST, SMALLEST
from app.ui.icons import icon

Name = TypeVar("Name", bound=str)


class ToolBar(QToolBar):
    """What is always at hand above the photos."""

    #: Sort, bool: another order, and whether the last comes first.
    sort_wanted = Signal(str, bool)
    #: Grouping
    grouping_wanted = Signal(str)
    #: int: the size of the cells in pixels.
    size_wanted = Signal(int)

    def __init__(
        self,
        search: QWidget,
        begin: list[QAction],
        end: list[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setWindowTitle(self.tr("Tools"))
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.addActions(begin)
        self.addSeparator()
        search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(search)
        self.addWidget(self._sort_button())
        self.addWidget(self._group_button())
        self.addWidget(self._size_slider())
        self.addSeparator()
        self.addActions(end)

    def show_size(self, pixels: int) -> None:
        """Show the size that the cells have now."""
        self._size.blockSignals(True)
        self._size.setValue(pixels)
        self._size.blockSignals(False)

    def show_order(self, sort: Sort, descending: bool, grouping: Grouping) -> None:
        """Show how the photos are sorted and grouped now."""
        self._sorts[sort].setChecked(True)
        self._descending.setChecked(descending)
        self._groupings[grouping].setChecked(True)

    def _sort_button(self) -> QToolButton:
        texts: dict[Sort, str] = {
            "path": self.tr("Folder and name"),
            "name": self.tr("Name"),
            "taken": self.tr("Date taken"),
            "certainty": self.tr("Surest suggestion first"),
            "doubt": self.tr("Most doubtful first"),
        }
        menu = QMenu(self)
        self._sorts = _choices(menu, texts)
        menu.addSeparator()
        self._descending = menu.addAction(self.tr("Reverse the order"))
        self._descending.setCheckable(True)
        for name, action in self._sorts.items():
            action.triggered.connect(lambda _=False, name=name: self._sort(name))
        self._descending.triggered.connect(lambda: self._sort(self._sorted_by()))
        return self._menu_button("sort", self.tr("Sort"), menu)

    def _group_button(self) -> QToolButton:
        texts: dict[Grouping, str] = {
            "none": self.tr("No groups"),
            "folder": self.tr("By folder"),
            "day": self.tr("By day"),
        }
        menu = QMenu(self)
        self._groupings = _choices(menu, texts)
        for name, action in self._groupings.items():
            action.triggered.connect(lambda _=False, name=name: self.grouping_wanted.emit(name))
        return self._menu_button("group", self.tr("Group"), menu)

    def _menu_button(self, picture: str, text: str, menu: QMenu) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(picture))
        button.setText(text)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _size_slider(self) -> QWidget:
        self._size = QSlider(Qt.Orientation.Horizontal, self)
        self._size.setRange(SMALLEST, LARGEST)
        self._size.setPageStep(32)
        self._size.setFixedWidth(120)
        self._size.setToolTip(self.tr("Size of the photos"))
        self._size.setAccessibleName(self._size.toolTip())
        self._size.valueChanged.connect(self.size_wanted)
        around = QWidget(self)
        # A slider wants all the width, which is for the search.
        around.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(around)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(self._size)
        return around

    def _sort(self, sort: Sort) -> None:
        self.sort_wanted.emit(sort, self._descending.isChecked())

    def _sorted_by(self) -> Sort:
        return next(name for name, action in self._sorts.items() if action.isChecked())


def _choices(menu: QMenu, texts: Mapping[Name, str]) -> dict[Name, QAction]:
    group = QActionGroup(menu)
    actions = {}
    for name, text in texts.items():
        action = actions[name] = menu.addAction(text)
        action.setCheckable(True)
        group.addAction(action)
    next(iter(actions.values())).setChecked(True)
    return actions
