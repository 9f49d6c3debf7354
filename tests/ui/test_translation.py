"""The window in German and Japanese, and that nothing got lost on the way there."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from app.core.preferences import OPTIONS, SECTIONS, Preferences
from app.ui import translation
from app.ui.settings.dialog import SettingsDialog
from app.ui.settings.fields import words
from app.ui.start.page import StartPage
from installer import translations


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    locale = QLocale()
    yield qapp
    for each in qapp.findChildren(QTranslator):
        qapp.removeTranslator(each)
    QLocale.setDefault(locale)


def plural(text: str, number: int) -> str:
    return QCoreApplication.translate("ExportDialog", text, "", number)


def test_german(app: QApplication, qtbot: QtBot) -> None:
    assert translation.install(app, "de") == "de"
    dialog = SettingsDialog(Preferences(), list)
    qtbot.addWidget(dialog)
    texts = {each.text() for each in dialog.findChildren(QLabel)}
    assert {"Sprache", "Farben", "Wo die Schlagwörter stehen"} <= texts
    # Qt's own words as well.
    close = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close)
    assert close.text().replace("&", "") == "Schließen"
    assert plural("Export %Ln photo(s)", 1) == "1 Foto exportieren"
    assert plural("Export %Ln photo(s)", 12_345) == "12.345 Fotos exportieren"


def test_japanese(app: QApplication, qtbot: QtBot) -> None:
    assert translation.install(app, "ja") == "ja"
    page = StartPage()
    qtbot.addWidget(page)
    assert page.add_button.text() == "フォルダーを追加…"
    assert plural("Export %Ln photo(s)", 3) == "3 枚の写真を書き出す"


@pytest.mark.parametrize("language", ["en", "en_US", "fr"])
def test_english_knows_one_and_many(app: QApplication, language: str) -> None:
    assert translation.install(app, language) == "en"
    assert plural("Export %Ln photo(s)", 1) == "Export 1 photo"
    assert plural("Export %Ln photo(s)", 2) == "Export 2 photos"


def test_another_language_replaces_the_first(app: QApplication) -> None:
    translation.install(app, "de")
    translation.install(app, "ja")
    assert words("Colours") == "配色"
    translation.install(app, "en")
    assert words("Colours") == "Colours"


@pytest.mark.parametrize("language", translation.LANGUAGES)
def test_the_table_of_settings_is_translated(app: QApplication, language: str) -> None:
    translation.install(app, language)
    texts = [title for _, title, _ in SECTIONS]
    for option in OPTIONS:
        texts += [option.title, option.help, option.zero]
        if option.name != "language":
            texts += [text for _, text in option.choices]
    same = [text for text in texts if text and words(text) == text]
    assert same == []


def messages(language: str) -> Iterator[tuple[str, list[str]]]:
    """Every text, and the forms of its translation."""
    root = ElementTree.parse(translations.FOLDER / f"tagwright_{language}.ts")
    for message in root.iter("message"):
        found = message.find("translation")
        assert found is not None
        forms = found.findall("numerusform") or [found]
        yield message.findtext("source", ""), [form.text or "" for form in forms]


def parts(text: str) -> tuple[list[str], list[str]]:
    """What a program puts something into, and the tags of HTML."""
    holes = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    return sorted(holes), sorted(re.findall(r"<[^>]+>", text))


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_nothing_is_lost_in_translation(language: str) -> None:
    seen = 0
    for source, forms in messages(language):
        for form in forms:
            seen += 1
            assert parts(form) == parts(source), source
            assert form.strip(), source
        # The form for one may do without its number.
        assert ("%Ln" in source or "%n" in source) == ("%Ln" in forms[-1] or "%n" in forms[-1])
    assert seen > 10


def test_what_is_read_is_what_was_translated(tmp_path: Path) -> None:
    """If this fails: python -m installer.translations"""
    for language in translations.LANGUAGES:
        path = translations.FOLDER / f"tagwright_{language}.ts"
        (tmp_path / path.name).write_bytes(path.read_bytes())
    translations.build(tmp_path)
    for path in tmp_path.glob("*.qm"):
        assert path.read_bytes() == (translations.FOLDER / path.name).read_bytes()


def test_every_text_is_translated() -> None:
    """If this fails: python -m installer.translations, then translate what it prints."""
    modules = translations.sources()
    assert len(modules) > 60
    assert translations.check(modules) == []
