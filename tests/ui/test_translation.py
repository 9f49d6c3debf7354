"""The window in German and Japanese, and that nothing got lost on the way there."""

from __future__ import annotations

import ast
import errno
import os
import re
import string
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import ReadError
from app.core.folders import Folders
from app.core.preferences import OPTIONS, SECTIONS, Preferences
from app.ui import reasons, translation
from app.ui.keys.overlay import KeysOverlay
from app.ui.settings.dialog import SettingsDialog
from app.ui.settings.fields import words
from app.ui.start.page import StartPage
from app.ui.window import actions
from app.ui.window.main_window import MainWindow
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
    dialog = SettingsDialog(Preferences(), [])
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
            assert form.strip() or not source.strip(), source
            # The key that stands for a menu entry or a control, and that more is asked for.
            assert form.count("&") == source.count("&"), source
            assert form.endswith("…") == source.endswith("…") or language == "ja", source
            assert ("\n" in form) == ("\n" in source), source
        # The form for one may do without its number.
        assert ("%Ln" in source or "%n" in source) == ("%Ln" in forms[-1] or "%n" in forms[-1])
    assert seen > 40


def test_numbers_decide_in_every_language() -> None:
    forms = {"en": 2, "de": 2, "ja": 1}
    counted = {}
    for language, number in forms.items():
        root = ElementTree.parse(translations.FOLDER / f"tagwright_{language}.ts")
        found = [each for each in root.iter("message") if each.get("numerus") == "yes"]
        assert all(len(each.findall("*/numerusform")) == number for each in found)
        counted[language] = sorted(each.findtext("source", "") for each in found)
    assert counted["en"] == counted["de"] == counted["ja"]
    assert not [form for _, each in messages("en") for form in each if "(s)" in form]


def test_words_with_a_number_are_in_no_class_that_others_derive_from() -> None:
    """There `tr` would not find them: the English text with its number looks translated."""
    bases: set[str] = set()
    counted: set[str] = set()
    for path in translations.sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases |= {ast.unparse(base) for base in node.bases}
                if any(_is_counted(each) for each in ast.walk(node)):
                    counted.add(node.name)
    assert len(counted) > 10
    assert counted & bases == set()


def test_words_with_a_number_are_where_they_are_found() -> None:
    """`lupdate` does not see them in `QCoreApplication.translate`."""
    for path in translations.sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr != "translate" or len(node.args) < 4, (path, node.lineno)


def _is_counted(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "tr"
        and len(node.args) > 2
    )


@pytest.mark.parametrize("language", ["", *translation.LANGUAGES])
def test_every_menu_has_its_own_keys(app: QApplication, language: str) -> None:
    translation.install(app, language or "en")
    menus: dict[str, list[str]] = {"": []}
    for entry in actions.TABLE:
        if entry.menu not in menus:
            menus[entry.menu] = []
            menus[""].append(words(entry.menu))
        menus[entry.menu].append(words(entry.text))
    for texts in menus.values():
        keys = [text[text.index("&") + 1].lower() for text in texts]
        assert len(set(keys)) == len(keys), texts


@pytest.mark.parametrize("language", translation.LANGUAGES)
def test_the_window_shows_no_english(
    app: QApplication, qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    preferences = Preferences(language=language)
    translation.install(app, language)
    window = MainWindow(
        Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "config"), preferences
    )
    try:
        seen = set(shown(window))
        keys = KeysOverlay(list(window.actions_.keys()), window)
        seen |= set(shown(keys))
    finally:
        window.shut_down()
        window.deleteLater()
        QApplication.processEvents()
    assert words("&File") in seen
    assert words("Suggestions") in seen
    english = {source for source, forms in messages(language) if forms != [source]}
    assert seen & english == set()
    # Nothing of the table is left without its words, whether it stands in a menu or not.
    assert {words(entry.text) for entry in actions.TABLE} <= seen


def shown(top: QWidget) -> Iterator[str]:
    """Every text of a widget and all that is in it, also those for who cannot see it."""
    for each in (top, *top.findChildren(QObject)):
        for name in ("text", "toolTip", "accessibleName", "placeholderText", "windowTitle",
                     "title", "statusTip", "iconText"):  # fmt: skip
            value = each.property(name)
            if isinstance(value, str) and value:
                yield value


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("is not an image of a kind that can be read", "ist kein lesbares Bild"),
        ("Permission denied", "Keine Berechtigung"),
        ("is damaged: broken data", "ist beschädigt: broken data"),
        ("/photos/a.jpg: the file is empty", "/photos/a.jpg: die Datei ist leer"),
        ("unexpected error: permission denied", "unerwarteter Fehler: keine Berechtigung"),
        ("something nobody has thought of", "something nobody has thought of"),
        ("", ""),
    ],
)
def test_reasons(app: QApplication, error: str, said: str) -> None:
    translation.install(app, "en")
    assert reasons.in_words(error) == error
    translation.install(app, "de")
    assert reasons.in_words(error) == said


def test_reasons_as_sentences(app: QApplication) -> None:
    translation.install(app, "de")
    path = Path("/photos/a.jpg")
    assert reasons.sentence(f"{path}: the file is empty", path) == "Die Datei ist leer"
    assert reasons.sentence("the file is empty") == "Die Datei ist leer"
    assert reasons.sentence("the file is empty", path) == "Die Datei ist leer"
    assert reasons.sentence("b.xmp: the file is empty", path) == "b.xmp: die Datei ist leer"
    error = ReadError(path, "the file is empty")
    assert reasons.of_error(error) == f"{path}: die Datei ist leer"


def test_reasons_are_those_that_are_given() -> None:
    """A sentence that is changed where it comes from must be changed in the list."""
    below = [path for name in ("core", "library", "metadata", "services", "vision", "workers")
             for path in (translations.ROOT / "app" / name).rglob("*.py")]  # fmt: skip
    code = "\n".join(
        node.value
        for path in below
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    system = {os.strerror(number).lower() for number in errno.errorcode}
    # What Python and the resolver say of a line that is down.
    system |= {"timed out", "the read operation timed out"}
    system |= {"name or service not known", "temporary failure in name resolution"}
    for text in (*reasons.KNOWN, *reasons.WITH_MORE):
        pieces = [piece.strip() for piece in re.split(r"\{\w+\}", text) if piece.strip(" )")]
        assert all(piece in code for piece in pieces) or text in system, text


def test_what_is_read_is_what_was_translated(tmp_path: Path) -> None:
    """If this fails: python -m installer.translations"""
    for path in translations.FOLDER.glob("*.ts"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    translations.build(tmp_path)
    built = sorted(tmp_path.glob("*.qm"))
    assert len(built) == len(translations.LANGUAGES)
    for path in built:
        assert path.read_bytes() == (translations.FOLDER / path.name).read_bytes()


def test_every_text_is_translated() -> None:
    """If this fails: python -m installer.translations, then translate what it prints."""
    modules = translations.sources()
    assert len(modules) > 60
    assert translations.check(modules) == []
