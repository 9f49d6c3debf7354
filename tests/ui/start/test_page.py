"""The first page, used by mouse and keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from app.core.preferences import Preferences
from app.ui import theme
from app.ui.start.page import StartPage

FOLDERS = [Path("/photos/2024"), Path("/photos/R&D"), Path("/photos") / ("very-long-" * 20)]


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    page = StartPage(FOLDERS)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page


def test_the_button_asks_for_a_folder(page: StartPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.add_wanted):
        qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    page.setFocus()
    with qtbot.waitSignal(page.add_wanted):
        qtbot.keyClick(page.focusProxy(), Qt.Key.Key_Space)


@pytest.mark.parametrize("row", range(len(FOLDERS)))
def test_a_recent_folder_opens(page: StartPage, qtbot: QtBot, row: int) -> None:
    button = page.findChildren(QToolButton)[row]
    with qtbot.waitSignal(page.open_wanted) as heard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.args == [FOLDERS[row]]
    assert str(FOLDERS[row]) in button.accessibleName()
    assert button.width() <= page.viewport().width()


def test_the_list_of_folders_changes(page: StartPage, qtbot: QtBot) -> None:
    page.set_recent([Path("/x")])
    qtbot.waitUntil(lambda: [b.text() for b in page.findChildren(QToolButton)] == ["/x"])
    page.set_recent([])
    qtbot.waitUntil(lambda: not page.findChildren(QToolButton))
    assert not any(
        each.isVisible() and each.text() == "Recent folders" for each in page.findChildren(QLabel)
    )


def test_the_link_leads_to_the_settings(page: StartPage, qtbot: QtBot) -> None:
    label = next(each for each in page.findChildren(QLabel) if "href" in each.text())
    label.setFocus()
    qtbot.keyClick(label, Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.settings_wanted) as heard:
        label.linkActivated.emit("writing")
    assert heard.args == ["writing"]
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.LinksAccessibleByKeyboard


def test_it_says_what_will_happen(page: StartPage) -> None:
    """And nothing else: with these settings no suggestion is written, or no photo touched."""
    label = next(each for each in page.findChildren(QLabel) if "href" in each.text())
    assert "Those it is sure of are written into the photos" in label.text()
    page.set_preferences(Preferences(write_suggestions="accepted"))
    assert "What you accept is written into the photos" in label.text()
    page.set_preferences(Preferences(write="sidecar"))
    assert "beside the photos, which stay as they are" in label.text()
    page.set_preferences(Preferences(write="none"))
    assert "keeps them to itself" in label.text()


def test_it_shows_where_to_drop(page: StartPage, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    before = page.grab().toImage()
    page.set_highlighted(True)
    held = page.grab().toImage()
    corner = page._drop.mapTo(page, page._drop.rect().topLeft())
    place = (corner.x() + 40, corner.y() + 20)
    assert before.pixelColor(*place) == theme.colour("Base", qapp.palette())
    assert held.pixelColor(*place) == theme.selected(qapp.palette())
    page.set_highlighted(False)
    assert page.grab().toImage() == before


def test_links_change_with_the_theme(page: StartPage, qapp: QApplication, qtbot: QtBot) -> None:
    label = next(each for each in page.findChildren(QLabel) if "href" in each.text())

    def colours() -> set[str]:
        image = label.grab().toImage()
        return {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
        }

    links = [theme.palette_for(dark).link().color().name() for dark in (False, True)]
    theme.apply(qapp, "light")
    qtbot.waitUntil(lambda: links[0] in colours())
    theme.apply(qapp, "dark")
    qtbot.waitUntil(lambda: links[1] in colours())
    assert links[0] not in colours()
    theme.apply(qapp, "light")


@pytest.mark.parametrize("width", [380, 900, 2000])
def test_it_fits_any_width(page: StartPage, qtbot: QtBot, width: int) -> None:
    page.resize(width, 700)
    qtbot.waitUntil(lambda: page.width() == width)
    assert page.horizontalScrollBar().maximum() == 0
    area = page._drop
    left = area.mapTo(page, area.rect().topLeft()).x()
    assert abs(left - (width - left - area.width())) <= 16
