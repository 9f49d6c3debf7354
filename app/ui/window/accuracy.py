"""The page about accuracy and the grid together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from app.core.listing import Listing
from app.core.settings import TagSettings
from app.ui.window.browse import Shown

if TYPE_CHECKING:
    from app.ui.accuracy.page import AccuracyPage
    from app.ui.window.main_window import MainWindow


class AccuracyMode(QObject):
    """Shows the page in place of the photos, and the photos of a cell with a way back.

    Args:
        window: whose parts it puts to work.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._page: AccuracyPage | None = None
        self._before: Shown | None = None
        self._only: Listing | None = None

    def give_way(self) -> None:
        """Leave the page from now on whenever other photos are wanted."""
        window = self._window
        for wanted in (
            window.tools.sort_wanted,
            window.tools.grouping_wanted,
            window.search.query_changed,
            window.queue.started,
        ):
            wanted.connect(self.leave)

    @property
    def page(self) -> AccuracyPage | None:
        """The page, once it was shown."""
        return self._page

    def is_shown(self) -> bool:
        """Whether the page is what is seen."""
        return self._page is not None and self._window.pages.currentWidget() is self._page

    def toggle(self) -> None:
        """Show the page, or the photos again."""
        if self.is_shown():
            self.leave()
        else:
            self.show()

    def show(self) -> None:
        """Show the page."""
        window = self._window
        window.commands.end_review()
        if self._page is None:
            from app.ui.accuracy.page import AccuracyPage

            self._page = AccuracyPage(window.context, self._in_use)
            self._page.left.connect(self.leave)
            self._page.told.connect(window.status.say)
            self._page.photos_wanted.connect(self._show_photos)
            window.pages.addWidget(self._page)
        window.pages.setCurrentWidget(self._page)
        self._page.enter()

    @Slot()
    def leave(self) -> None:
        """Show the photos in place of the page, if it is shown."""
        if self.is_shown():
            window = self._window
            empty = not window.browser.total
            window.pages.setCurrentWidget(window.start_page if empty else window.grid_page)
            window.view.setFocus()

    def has_way_back(self) -> bool:
        """Whether the grid shows what the page has asked for."""
        return self._only is not None and self._window.browser.shown.only is self._only

    @Slot()
    def go_back(self) -> None:
        """From the photos of a cell to the page."""
        if self.has_way_back() and self._before is not None:
            self._window.browser.show(self._before)
            self._before = self._only = None
        self.show()

    def close(self) -> None:
        """End what the page does."""
        if self._page is not None:
            self._page.close_down()

    def _in_use(self) -> tuple[TagSettings, str]:
        """The settings, and the kind of head that learns."""
        preferences = self._window.preferences
        return preferences.tag_settings, preferences.head

    def _show_photos(self, photos: NDArray[np.int64], title: str) -> None:
        browser = self._window.browser
        if not self.has_way_back():
            self._before = browser.shown
        self._only = Listing(np.asarray(photos, np.int64))
        browser.show_only(self._only, title)
        self.leave()
